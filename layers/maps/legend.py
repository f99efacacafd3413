"""The legend on the map: title, unit, date, classes, zero, no data, marks; all words come translated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from layers.maps.base import MapPart
from layers.maps.choropleth import bound_pattern, drawing_style
from layers.maps.symbol_sizes import symbol_radius
from layers.text import style


@dataclass(frozen=True)
class LegendTexts:
    """
    Words of a legend, already translated and formatted.

    Attributes
    ----------
    title
        What the map shows.
    unit, as_of
        Unit of the values and the date they are of; empty leaves the line out.
    class_labels
        One per class, palest first ("0,5-1,2").
    zero_label, no_data_label
        Empty where the map has no such areas.
    bound_labels
        Code of a bound → words of its pattern.
    symbol_labels
        Of a map of symbols: numbers and their words, the highest first.
    symbol_highest
        What the largest symbol of the map stands for; 0 for the first of these numbers.
    symbol_colour
        Of these symbols.
    symbol_area_label
        What an area without a colour of its own means on such a map; empty leaves the line out.
    mark_labels
        Need group → label of its mark; the empty key stands for "several groups or another".
    hollow_label, count_label
        What a hollow mark and a number on a mark mean; empty leaves the line out.
    new_label
        What the sign of a facility that a scenario opens means; empty leaves the line out.
    site_labels
        One for each new site, in the order of their numbers.
    need_label
        What the circles of reports mean; empty leaves the line out.
    place_label, ring_label
        The resident's place and the ring of the distance; empty leaves them out.
    notes
        Sentences below, for example that people are estimated.
    """

    title: str
    unit: str = ""
    as_of: str = ""
    class_labels: Sequence[str] = ()
    zero_label: str = ""
    no_data_label: str = ""
    bound_labels: Mapping[str, str] = field(default_factory=dict)
    symbol_labels: Sequence[tuple[float, str]] = ()
    symbol_highest: float = 0.0
    symbol_colour: str = style.ACCENT
    symbol_area_label: str = ""
    mark_labels: Mapping[str, str] = field(default_factory=dict)
    hollow_label: str = ""
    count_label: str = ""
    new_label: str = ""
    site_labels: Sequence[str] = ()
    need_label: str = ""
    place_label: str = ""
    ring_label: str = ""
    notes: Sequence[str] = ()


class Legend(MapPart):
    """
    A legend in the corner of the map that can be folded, also by keyboard.

    Raises
    ------
    ValueError
        If there is not one label for each class colour.
    """

    call: ClassVar[str] = "legend"

    def __init__(self, texts: LegendTexts, *, class_colours: Sequence[str] = ()) -> None:
        if len(texts.class_labels) != len(class_colours):
            raise ValueError(
                f"expected one label for each of {len(class_colours)} classes, found {len(texts.class_labels)}"
            )
        super().__init__(
            {
                "title": texts.title,
                "lines": [line for line in (texts.unit, texts.as_of) if line],
                "entries": _entries(texts, class_colours),
                "notes": list(texts.notes),
                "hatch": drawing_style()["hatch"],
            }
        )


def _entries(texts: LegendTexts, class_colours: Sequence[str]) -> list[dict[str, Any]]:
    """Return the entries from the largest class down, as a reader looks for the most first, then the exceptions."""
    classes = zip(class_colours, texts.class_labels, strict=True)
    entries: list[dict[str, Any]] = [
        {"kind": "fill", "colour": colour, "label": label} for colour, label in reversed(list(classes))
    ]
    for value, label in texts.symbol_labels:
        radius = symbol_radius(value, texts.symbol_highest or texts.symbol_labels[0][0])
        entries.append({"kind": "symbol", "colour": texts.symbol_colour, "radius": radius, "label": label})
    if texts.symbol_area_label:
        entries.append({"kind": "fill", "colour": style.PAPER, "label": texts.symbol_area_label})
    if texts.zero_label:
        entries.append({"kind": "fill", "colour": style.ZERO_COLOUR, "label": texts.zero_label})
    if texts.no_data_label:
        entries.append({"kind": "hatch", "label": texts.no_data_label})
    entries += [
        {"kind": "site", "colour": style.SITE_COLOUR, "number": str(number), "label": label}
        for number, label in enumerate(texts.site_labels, start=1)
    ]
    # Over a colour of the middle: over each it is drawn as light as there.
    ground = class_colours[len(class_colours) // 2] if class_colours else style.PAPER
    for bound, label in texts.bound_labels.items():
        entries.append({"kind": "bound", "pattern": bound_pattern(bound, ground), "label": label})
    return [*entries, *_mark_entries(texts)]


def _mark_entries(texts: LegendTexts) -> list[dict[str, Any]]:
    """Return the entries of what stands on the map: facilities, and a resident's place."""
    entries: list[dict[str, Any]] = []
    for group, label in texts.mark_labels.items():
        mark = style.mark_of(group)
        entries.append({"kind": "mark", "shape": mark.shape, "colour": mark.colour, "label": label})
    if texts.hollow_label:
        mark = style.mark_of(next(iter(texts.mark_labels), ""))
        entries.append(
            {"kind": "hollow", "shape": mark.shape, "colour": mark.colour, "label": texts.hollow_label}
        )
    if texts.count_label:
        entries.append({"kind": "count", "colour": style.OTHER_MARK.colour, "label": texts.count_label})
    if texts.new_label:
        mark = style.mark_of(next(iter(texts.mark_labels), ""))
        entries.append(
            {"kind": "new", "shape": mark.shape, "colour": style.SITE_COLOUR, "label": texts.new_label}
        )
    if texts.need_label:
        # As many as an area that is told has at least.
        entries.append(
            {"kind": "count", "colour": style.NEED_COLOUR, "number": "5", "label": texts.need_label}
        )
    if texts.place_label:
        entries.append({"kind": "place", "colour": style.PLACE_COLOUR, "label": texts.place_label})
    if texts.ring_label:
        entries.append({"kind": "ring", "colour": style.PLACE_COLOUR, "label": texts.ring_label})
    return entries
