"""The legend of the printed map: the same fills, hatch and marks as the map, in words."""

from collections.abc import Collection
from dataclasses import dataclass

from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from layers.export.choropleth import (
    BOUND_HATCH_WIDTH_PT,
    HATCH_WIDTH_PT,
    NO_DATA,
    SYMBOL_ALPHA,
    ZERO,
    symbol_radius_pt,
)
from layers.export.faces import USUAL, Faces
from layers.export.marks import COUNT_PT, COUNTED_PT, NEW_PT, draw_new_sign
from layers.export.paper import MM_PER_POINT, Block, Sheet, Typeface, wrap
from layers.text.style import (
    AREA_BORDER,
    BOUND_HATCHES,
    MARK_RIM,
    NO_DATA_GROUND,
    NO_DATA_HATCH,
    NO_DATA_LINE,
    PAPER,
    REGION_BORDER,
    ZERO_COLOUR,
    GroupMark,
    bound_colour,
    class_colours,
)
from layers.words.caption import Caption

SWATCH_WIDTH = 10.0
LABEL_LEFT = SWATCH_WIDTH + 3.0
MARK_PT = 8.5
HOLLOW, COUNTED, NEW = "facilities-hollow", "facilities-counted", "facilities-new"
SYMBOL_AREA = "symbol-area"
MARKS = ("facilities", HOLLOW, COUNTED)


@dataclass(frozen=True)
class LegendRow:
    """One sign and its words; `name` says which sign of the map it explains, the rest how it is drawn."""

    name: str
    label: str
    fill: str | None = None
    border_width_pt: float | None = None
    radius_pt: float | None = None
    bound: str = ""


def legend_rows(
    caption: Caption, *, drawn: set[str], borders: dict[str, float], marks: Collection[str]
) -> list[LegendRow]:
    """
    Return the rows for what the map shows.

    From the largest class or symbol down, then zero and no data, and what else is drawn, as on screen; `marks` are the
    signs of facilities that it has.
    """
    fills = class_colours(len(caption.class_labels))
    rows = [
        LegendRow(f"class-{number}", label, fill)
        for number, (label, fill) in enumerate(zip(caption.class_labels, fills, strict=True), start=1)
    ]
    rows.reverse()
    rows += [
        LegendRow(f"symbol-{number}", label, radius_pt=symbol_radius_pt(value, caption.symbol_highest))
        for number, (value, label) in enumerate(caption.symbol_labels, start=1)
    ]
    if caption.symbol_area_label:
        rows.append(LegendRow(SYMBOL_AREA, caption.symbol_area_label, PAPER))
    if caption.zero_label:
        rows.append(LegendRow(ZERO, caption.zero_label, ZERO_COLOUR))
    if NO_DATA in drawn:
        rows.append(LegendRow(NO_DATA, caption.no_data_legend))
    ground = fills[len(fills) // 2] if fills else PAPER
    rows += [LegendRow(bound, label, ground, bound=bound) for bound, label in caption.bound_labels.items()]
    if marks:
        rows.append(LegendRow("facilities", caption.points_label))
    words_of_marks = {HOLLOW: caption.hollow_label, COUNTED: caption.count_label, NEW: caption.new_label}
    rows += [LegendRow(sign, label) for sign, label in words_of_marks.items() if sign in marks]
    words = {"voivodeship": caption.voivodeship_border, "powiat": caption.powiat_border}
    rows += [
        LegendRow(f"border-{level}", words[level], border_width_pt=width) for level, width in borders.items()
    ]
    return rows


@dataclass(frozen=True)
class Legend:
    """A legend laid out for a width, so that its height is known before it is drawn."""

    head: Block
    rows: tuple[tuple[LegendRow, tuple[str, ...]], ...]
    mark: GroupMark
    faces: Faces

    @classmethod
    def lay_out(
        cls,
        caption: Caption,
        rows: list[LegendRow],
        mark: GroupMark,
        width_mm: float,
        faces: Faces = USUAL,
    ) -> "Legend":
        """Break the words of the legend to the width."""
        head = Block.of(
            [
                (caption.legend_title, faces.legend_head, 0.0),
                (caption.legend_unit, faces.legend_quiet, 0.6),
                (caption.legend_date, faces.legend_quiet, 0.0),
                (caption.class_note, faces.legend_quiet, 0.0),
            ],
            width_mm,
        )
        broken = tuple(
            (row, tuple(wrap(row.label, faces.legend_label, width_mm - LABEL_LEFT))) for row in rows
        )
        return cls(head, broken, mark, faces)

    @property
    def height_mm(self) -> float:
        """Height of the whole legend."""
        return (
            self.head.height_mm
            + 2.0
            + sum(self._row_height(row, lines) + self.faces.row_gap for row, lines in self.rows)
        )

    def draw(self, sheet: Sheet, *, left: float, top: float) -> float:
        """Draw the legend and return where it ends."""
        y = sheet.write_block(self.head, left=left, top=top, name="legend-title") + 2.0
        label = self.faces.legend_label
        for row, lines in self.rows:
            self._draw_sign(sheet, row, left=left, top=y)
            first = y + self._sign_height(row) / 2 + 0.36 * label.line_mm - 0.1
            for number, line in enumerate(lines):
                baseline = first + number * label.line_mm
                sheet.write(
                    line, label, left=left + LABEL_LEFT, baseline=baseline, name=f"legend-{row.name}-{number}"
                )
            y += self._row_height(row, lines) + self.faces.row_gap
        return y

    def _row_height(self, row: LegendRow, lines: tuple[str, ...]) -> float:
        sign = self._sign_height(row)
        return max(sign, sign / 2 + (len(lines) - 0.5) * self.faces.legend_label.line_mm)

    def _sign_height(self, row: LegendRow) -> float:
        return max(self.faces.swatch, 2 * (row.radius_pt or 0.0) * MM_PER_POINT + 0.6)

    def _draw_sign(self, sheet: Sheet, row: LegendRow, *, left: float, top: float) -> None:
        middle = top + self._sign_height(row) / 2
        name = f"legend-sign-{row.name}"
        if row.name == NEW:
            draw_new_sign(
                sheet.plane,
                left + SWATCH_WIDTH / 2,
                middle,
                self.mark,
                diameter_pt=NEW_PT,
                is_alone=True,
                name=name,
            )
        elif row.name in MARKS:
            is_hollow = row.name == HOLLOW
            sheet.plane.scatter(
                [left + SWATCH_WIDTH / 2],
                [middle],
                s=(COUNTED_PT if row.name == COUNTED else MARK_PT) ** 2,
                marker=self.mark.marker,
                facecolor=PAPER if is_hollow else self.mark.colour,
                edgecolor=self.mark.colour if is_hollow else MARK_RIM,
                linewidth=0.8,
                gid=name,
            )
            if row.name == COUNTED:
                sheet.write(
                    "3",
                    Typeface(COUNT_PT, is_bold=True, colour=PAPER),
                    left=left + SWATCH_WIDTH / 2,
                    baseline=middle + 1.0,
                    name=f"{name}-number",
                    align="center",
                )
        elif row.radius_pt is not None:
            sheet.plane.scatter(
                [left + SWATCH_WIDTH / 2],
                [middle],
                s=(2 * row.radius_pt) ** 2,
                marker="o",
                facecolor=self.mark.colour,
                edgecolor=MARK_RIM,
                linewidth=0.6,
                alpha=SYMBOL_ALPHA,
                gid=name,
            )
        elif row.border_width_pt is not None:
            sheet.plane.add_artist(
                Line2D(
                    [left, left + SWATCH_WIDTH],
                    [middle, middle],
                    color=REGION_BORDER,
                    linewidth=row.border_width_pt,
                    gid=name,
                )
            )
        else:
            is_missing = row.name == NO_DATA
            swatch = Rectangle(
                (left, top),
                SWATCH_WIDTH,
                self.faces.swatch,
                facecolor=NO_DATA_GROUND if is_missing else row.fill,
                edgecolor=AREA_BORDER,
                linewidth=0.5,
                gid=name,
            )
            if is_missing:
                swatch.set_hatch(NO_DATA_HATCH)
                swatch.set_hatchcolor(NO_DATA_LINE)
                swatch.set_hatch_linewidth(HATCH_WIDTH_PT)
            if row.bound:
                swatch.set_hatch(BOUND_HATCHES[row.bound])
                swatch.set_hatchcolor(bound_colour(row.fill or PAPER))
                swatch.set_hatch_linewidth(BOUND_HATCH_WIDTH_PT)
            sheet.plane.add_patch(swatch)
