"""Where things stand on the sheet: words are measured first and the map gets all the room that is left."""

from dataclasses import dataclass, replace
from typing import Final

from layers.export.legend import Legend, LegendRow
from layers.export.paper import A4_MM, Block, Typeface, balanced_width
from layers.text.style import TEXT_QUIET, GroupMark
from layers.words.caption import Caption

MARGIN: Final = 11.0
GUTTER: Final = 7.0
WARNING_HEIGHT: Final = 9.0
PORTRAIT_LEGEND_WIDTH: Final = 78.0
LANDSCAPE_PANEL_WIDTH: Final = 86.0
LEAST_MAP_MM: Final = 70.0
SMALLEST_MAP_MM: Final = 40.0
"""Of a sheet with more words than there is room for: a smaller map is none."""
COLUMN_GAP: Final = 2.0
WIDE: Final = 1.25
"""Width by height from which an area is better off on a landscape sheet."""

TITLE = Typeface(17, is_bold=True)
LONG_TITLE = Typeface(13, is_bold=True)
TITLE_LINES: Final = 3
"""A title of more lines is set smaller: it took the room of a map."""
SUBTITLE = Typeface(10.5, colour=TEXT_QUIET)
NOTE = Typeface(9)
SOURCES_HEAD = Typeface(9, is_bold=True)
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
    """Sources that go on under the legend."""
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
    Sources are left out, from the end, only when they would leave no room for a map at all; the sheet then
    says that the table lists them, and still credits those whose licence asks for it. Where that is not enough, notes
    go on under the legend, too.
    """
    extent = (width_m, height_m)
    for shown in range(len(caption.sources), -1, -1):
        layouts = [
            _layout(caption, rows, mark, shown, is_landscape=is_landscape, extent=extent)
            for is_landscape in (False, True)
        ]
        fitting = [layout for layout in layouts if _has_map(layout) and _panel_fits(layout)]
        if fitting:
            return min(fitting, key=lambda layout: _emptiness(layout, is_wide=width_m > WIDE * height_m))
    for shown in range(len(caption.sources), -1, -1):
        portrait = _layout(
            caption, rows, mark, shown, is_landscape=False, extent=extent, are_notes_spread=True
        )
        if _has_map(portrait):
            break
    # Words and signs stand nowhere on each other: the map is smaller then.
    height = max(portrait.map_box.height, SMALLEST_MAP_MM)
    return replace(portrait, map_box=replace(portrait.map_box, height=height))


def _emptiness(layout: Layout, *, is_wide: bool) -> float:
    """Return what to make least: the scale, but a wide area may be smaller on a sheet that it fills."""
    return layout.metres_per_mm * (0.85 if layout.is_landscape and is_wide else 1.0)


def _layout(
    caption: Caption,
    rows: list[LegendRow],
    mark: GroupMark,
    shown: int,
    *,
    is_landscape: bool,
    extent: tuple[float, float],
    are_notes_spread: bool = False,
) -> Layout:
    sheet_width, sheet_height = (A4_MM[1], A4_MM[0]) if is_landscape else A4_MM
    width = sheet_width - 2 * MARGIN
    title = _title(caption.title, width)
    head = Block(title.lines + Block.of([(caption.subtitle, SUBTITLE, 0.8)], width).lines)
    head_top = MARGIN - 3.0 + (WARNING_HEIGHT + 2.0 if caption.warning else 0.0)
    dates = " · ".join((caption.as_of, caption.boundaries, caption.projection))
    footer = Block.of([(dates, FOOTER, 0.0), (f"{caption.snapshot} · {caption.address}", FOOTER, 0.0)], width)
    footer_top = sheet_height - MARGIN + 4.0 - footer.height_mm
    top = head_top + head.height_mm + 3.0
    bottom = footer_top - 4.0

    if is_landscape:
        legend = Legend.lay_out(caption, rows, mark, LANDSCAPE_PANEL_WIDTH)
        sources, more = _sources(caption, shown, LANDSCAPE_PANEL_WIDTH), Block(())
        legend_left = sources_left = sheet_width - MARGIN - LANDSCAPE_PANEL_WIDTH
        legend_top, sources_top = top, top + legend.height_mm + 3.0
        map_box = Box(MARGIN, top, width - LANDSCAPE_PANEL_WIDTH - GUTTER, bottom - top)
    else:
        legend = Legend.lay_out(caption, rows, mark, PORTRAIT_LEGEND_WIDTH)
        in_columns = _all_in_two_columns if are_notes_spread else _in_two_columns
        sources, more = in_columns(caption, shown, legend, width - PORTRAIT_LEGEND_WIDTH - GUTTER)
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


def _title(text: str, width_mm: float) -> Block:
    blocks = (
        Block.of([(text, face, 0.0)], balanced_width(text, face, width_mm)) for face in (TITLE, LONG_TITLE)
    )
    title = next(blocks)
    return title if len(title.lines) <= TITLE_LINES else next(blocks)


def _in_two_columns(caption: Caption, shown: int, legend: Legend, width_mm: float) -> tuple[Block, Block]:
    """Return the sources beside the legend and those under it, split so that both columns end together."""
    splits = []
    # A heading stays with what it heads: at least one source stands under it.
    for beside in range(shown, min(shown, 1) - 1, -1):
        right = _sources(caption, beside, width_mm, is_end=beside == shown)
        under = [(source.text, SOURCE, SOURCE_GAP) for source in caption.sources[beside:shown]]
        if beside < shown < len(caption.sources):
            under += [(line, SOURCE, SOURCE_GAP) for line in caption.rest_of_sources(shown)]
        left = Block.of(under, PORTRAIT_LEGEND_WIDTH)
        splits.append((max(right.height_mm, legend.height_mm + left.height_mm), right, left))
        if left.height_mm + legend.height_mm > right.height_mm:
            break
    _, right, left = min(splits, key=lambda split: split[0])
    return right, left


def _all_in_two_columns(caption: Caption, shown: int, legend: Legend, width_mm: float) -> tuple[Block, Block]:
    """Return notes and sources beside the legend and those under it, split so that both columns end together."""
    paragraphs = _paragraphs(caption, shown)
    splits = [
        (Block.of(paragraphs[:beside], width_mm), Block.of(paragraphs[beside:], PORTRAIT_LEGEND_WIDTH))
        for beside in range(len(paragraphs), 0, -1)
        # A heading stays with what it heads.
        if paragraphs[beside - 1][1] != SOURCES_HEAD
    ]
    return min(splits, key=lambda split: max(split[0].height_mm, legend.height_mm + split[1].height_mm))


def _sources(caption: Caption, shown: int, width_mm: float, *, is_end: bool = True) -> Block:
    return Block.of(_paragraphs(caption, shown, is_end=is_end), width_mm)


def _paragraphs(caption: Caption, shown: int, *, is_end: bool = True) -> list[tuple[str, Typeface, float]]:
    paragraphs = [(note, NOTE, 1.2 if number else 0.0) for number, note in enumerate(caption.notes)]
    paragraphs.append((caption.sources_title, SOURCES_HEAD, 2.0 if paragraphs else 0.0))
    paragraphs += [(source.text, SOURCE, SOURCE_GAP) for source in caption.sources[:shown]]
    if is_end and shown < len(caption.sources):
        paragraphs += [(line, SOURCE, SOURCE_GAP) for line in caption.rest_of_sources(shown)]
    return paragraphs


def _has_map(layout: Layout) -> bool:
    return layout.map_box.height >= LEAST_MAP_MM


def _panel_fits(layout: Layout) -> bool:
    return not layout.is_landscape or layout.sources_top + layout.sources.height_mm <= layout.footer_top - 2.0
