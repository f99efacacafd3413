"""Where things stand on the sheet: words are measured first and the map gets all the room that is left."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from layers.export.faces import SMALL, USUAL, Faces
from layers.export.legend import Legend, LegendRow
from layers.export.paper import A4_MM, Block, Typeface, balanced_width
from layers.text.style import GroupMark
from layers.words.caption import Caption

MARGIN: Final = 11.0
GUTTER: Final = 7.0
WARNING_HEIGHT: Final = 9.0
PORTRAIT_LEGEND_WIDTH: Final = 78.0
LANDSCAPE_PANEL_WIDTH: Final = 86.0
LEAST_MAP_SHARE: Final = 0.4
"""Of the height of the sheet: words that leave less are set smaller, then given by the table."""
SMALLEST_MAP_MM: Final = 40.0
"""Of a sheet with more words than there is room for: a smaller map is none."""
STRIP_MM: Final = 13.0
"""Height of the strip for scale bar and north arrow where the map leaves no free corner."""
COLUMN_GAP: Final = 2.0
WIDE: Final = 1.25
"""Width by height from which an area is better off on a landscape sheet."""

TITLE_LINES: Final = 3
"""A title of more lines is set smaller: it took the room of a map."""
SOURCE = Typeface(8)
SOURCE_GAP: Final = 0.9
FOOTER = Typeface(8.5)


@dataclass(frozen=True)
class Box:
    """A rectangle on the sheet in millimetres from the upper left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Layout:
    """
    The sheet with every block measured and placed.

    Attributes
    ----------
    map_box
        Where the map may be drawn.
    metres_per_mm
        Scale of the map in that box; the smaller, the larger the map.
    """

    is_landscape: bool
    head: Block
    head_top: float
    map_box: Box
    metres_per_mm: float
    legend: Legend
    legend_left: float
    legend_top: float
    sources: Block
    sources_left: float
    sources_top: float
    more_sources: Block
    """Notes and sources that go on under the legend."""
    more_sources_top: float
    footer: Block
    footer_top: float


def lay_out(
    caption: Caption, rows: list[LegendRow], mark: GroupMark, *, width_m: float, height_m: float
) -> Layout:
    """
    Return the layout, portrait or landscape, that suits an area of this size and lets it be drawn large.

    Parameters
    ----------
    caption, rows, mark
        What has to be said, and the legend's rows.
    width_m, height_m
        Extent of the area in metres.

    Notes
    -----
    A map has `LEAST_MAP_SHARE` of the sheet's height, or what the area needs in the sheet's width. Words that leave
    less are set smaller; then sources are left out, from the end, then notes, the longest first, because so the fewest
    are missing, but the `main_notes` of the caption last and its `firm_notes` never. The sheet says that the table
    lists them, and still credits those whose licence asks for it.
    """
    extent = (width_m, height_m)
    for words in _less_and_less(caption):
        layouts = [
            _layout(words, rows, mark, is_landscape=is_landscape, extent=extent)
            for is_landscape in (False, True)
        ]
        fitting = [layout for layout in layouts if _has_map(layout, extent) and _panel_fits(layout)]
        if fitting:
            return min(fitting, key=lambda layout: _emptiness(layout, is_wide=width_m > WIDE * height_m))
    # Words and signs stand nowhere on each other: the map is smaller then.
    portrait = layouts[0]
    height = max(portrait.map_box.height, SMALLEST_MAP_MM)
    return replace(portrait, map_box=replace(portrait.map_box, height=height))


@dataclass(frozen=True)
class _Words:
    """What is said on the sheet: so many of the sources, so many of the shortest notes, in these sizes."""

    caption: Caption
    faces: Faces
    sources: int
    notes: int

    def paragraphs(self) -> list[tuple[str, Typeface, float]]:
        """Return notes and sources with what is said in the place of those left out."""
        caption, faces = self.caption, self.faces
        shortest = sorted(
            range(len(caption.notes)),
            key=lambda n: (
                caption.notes[n] not in caption.firm_notes,
                caption.notes[n] not in caption.main_notes,
                len(caption.notes[n]),
            ),
        )
        notes = [caption.notes[number] for number in sorted(shortest[: self.notes])]
        if self.notes < len(caption.notes):
            notes.append(caption.more_notes)
        paragraphs = [
            (note, faces.note, faces.note_gap if number else 0.0) for number, note in enumerate(notes)
        ]
        paragraphs.append((caption.sources_title, faces.sources_head, 2.0 if paragraphs else 0.0))
        sources = [source.text for source in caption.sources[: self.sources]]
        if self.sources < len(caption.sources):
            sources += caption.rest_of_sources(self.sources)
        return paragraphs + [(source, SOURCE, SOURCE_GAP) for source in sources]


def _less_and_less(caption: Caption) -> Iterator[_Words]:
    sources, notes = len(caption.sources), len(caption.notes)
    for shown in range(sources, -1, -1):
        for faces in (USUAL, SMALL):
            yield _Words(caption, faces, shown, notes)
    for said in range(notes - 1, len(caption.firm_notes) - 1, -1):
        yield _Words(caption, SMALL, 0, said)


def _emptiness(layout: Layout, *, is_wide: bool) -> float:
    """Return what to make least: the scale, but a wide area may be smaller on a sheet that it fills."""
    return layout.metres_per_mm * (0.85 if layout.is_landscape and is_wide else 1.0)


def _layout(
    words: _Words,
    rows: list[LegendRow],
    mark: GroupMark,
    *,
    is_landscape: bool,
    extent: tuple[float, float],
) -> Layout:
    caption, faces = words.caption, words.faces
    sheet_width, sheet_height = (A4_MM[1], A4_MM[0]) if is_landscape else A4_MM
    width = sheet_width - 2 * MARGIN
    title = _title(caption.title, width, faces)
    head = Block(title.lines + Block.of([(caption.lines, faces.subtitle, 0.8)], width).lines)
    head_top = MARGIN - 3.0 + (WARNING_HEIGHT + 2.0 if caption.warning else 0.0)
    dates = " · ".join((caption.as_of, caption.boundaries, caption.projection))
    footer = Block.of([(dates, FOOTER, 0.0), (f"{caption.snapshot} · {caption.address}", FOOTER, 0.0)], width)
    footer_top = sheet_height - MARGIN + 4.0 - footer.height_mm
    top = head_top + head.height_mm + 3.0
    bottom = footer_top - 4.0

    if is_landscape:
        legend = Legend.lay_out(caption, rows, mark, LANDSCAPE_PANEL_WIDTH, faces)
        sources, more = Block.of(words.paragraphs(), LANDSCAPE_PANEL_WIDTH), Block(())
        legend_left = sources_left = sheet_width - MARGIN - LANDSCAPE_PANEL_WIDTH
        legend_top, sources_top = top, top + legend.height_mm + 3.0
        map_box = Box(MARGIN, top, width - LANDSCAPE_PANEL_WIDTH - GUTTER, bottom - top)
    else:
        legend = Legend.lay_out(caption, rows, mark, PORTRAIT_LEGEND_WIDTH, faces)
        sources, more = _in_two_columns(words, legend, width - PORTRAIT_LEGEND_WIDTH - GUTTER)
        legend_left, sources_left = MARGIN, MARGIN + PORTRAIT_LEGEND_WIDTH + GUTTER
        legend_top = sources_top = bottom - max(
            legend.height_mm + COLUMN_GAP + more.height_mm, sources.height_mm
        )
        map_box = Box(MARGIN, top, width, legend_top - 4.0 - top)
    return Layout(
        is_landscape=is_landscape,
        head=head,
        head_top=head_top,
        map_box=map_box,
        metres_per_mm=max(extent[0] / map_box.width, extent[1] / max(map_box.height, 1.0)),
        legend=legend,
        legend_left=legend_left,
        legend_top=legend_top,
        sources=sources,
        sources_left=sources_left,
        sources_top=sources_top,
        more_sources=more,
        more_sources_top=legend_top + legend.height_mm + COLUMN_GAP,
        footer=footer,
        footer_top=footer_top,
    )


def _title(text: str, width_mm: float, faces: Faces) -> Block:
    blocks = (
        Block.of([(text, face, 0.0)], balanced_width(text, face, width_mm))
        for face in (faces.title, faces.long_title)
    )
    title = next(blocks)
    return title if len(title.lines) <= TITLE_LINES else next(blocks)


def _in_two_columns(words: _Words, legend: Legend, width_mm: float) -> tuple[Block, Block]:
    """Return notes and sources beside the legend and those under it, split so that both columns end together."""
    paragraphs = words.paragraphs()
    # A heading stays with what it heads.
    head = next(number for number, (_, face, _) in enumerate(paragraphs) if face == words.faces.sources_head)
    ways = [(paragraphs[:n], paragraphs[n:]) for n in range(len(paragraphs), 0, -1) if n != head + 1]
    # Credits are long and break badly: notes may go under the legend without the sources, too.
    ways += [(paragraphs[:n] + paragraphs[head:], paragraphs[n:head]) for n in range(head - 1, 0, -1)]
    splits = [(Block.of(beside, width_mm), Block.of(under, PORTRAIT_LEGEND_WIDTH)) for beside, under in ways]
    return min(splits, key=lambda split: max(split[0].height_mm, legend.height_mm + split[1].height_mm))


def _has_map(layout: Layout, extent: tuple[float, float]) -> bool:
    sheet_height = A4_MM[0] if layout.is_landscape else A4_MM[1]
    needed = STRIP_MM + layout.map_box.width * extent[1] / extent[0]
    return layout.map_box.height >= min(LEAST_MAP_SHARE * sheet_height, needed)


def _panel_fits(layout: Layout) -> bool:
    return not layout.is_landscape or layout.sources_top + layout.sources.height_mm <= layout.footer_top - 2.0
