"""
Areas filled by class: geometry fetched by address and kept by the browser, only values travel.

A click comes back through `streamlit_folium.st_folium` as the key `last_active_drawing`: our script answers the
component's question for the clicked shape with the area's code and no geometry. It is the only returned key that
names a shape and works for shapes that arrive after the map was made. Ask for `returned_objects=CLICK_OBJECTS`,
so that moving the map or opening a popup does not run the page again, and read it with `clicked_area_code`.

Show the chosen area with `feature_group_to_add=chosen_area(code)`: it is drawn on the map that is there, while a
changed map would be made anew in the browser.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import folium
import pandas as pd
from folium.template import Template

from layers.maps.base import MapPart, script_json
from layers.maps.symbol_sizes import symbol_radius
from layers.text import style

CLICK_OBJECTS = ("last_active_drawing",)

_AREA_CODE = re.compile(r"\d{2}|\d{4}|\d{6}")
_NO_DATA = "-"
_BOUND_SIGNS = {"": "-", "least": "l", "most": "m", "unsure": "u"}


class Choropleth(MapPart):
    """
    Areas of one level, filled by class, hatched where there is no data; without classes plain, with symbols.

    Parameters
    ----------
    values
        Indexed by area code: `class_index` (0 zero, 1 to k, missing: no data) and `value_text`, what a reader
        is told about the area; an area without a row is drawn and told as no data. Optional `bound`: `least`, `most`
        or `unsure` has a second pattern over its fill. Optional `size`, above 0 to 1: as a part of the highest number,
        what the symbol inside the area stands for.
    class_colours
        Fill of each class, palest first (`layers.text.style.class_colours`); none for a map of symbols.
    symbol
        Colour of the symbols.
    geometry_url
        Address of the areas, from `layers.maps.topology.published_geometry`.
    borders_url
        Address of the voivodeships, drawn as thicker lines; None for none.
    no_data_text
        What is said of an area without a value.
    scope
        `00` for the country, else the code of a voivodeship: only its areas are drawn.
    """

    call: ClassVar[str] = "areas"

    def __init__(
        self,
        values: pd.DataFrame,
        *,
        class_colours: Sequence[str],
        geometry_url: str,
        borders_url: str | None,
        no_data_text: str,
        scope: str = "00",
        symbol: str = style.ACCENT,
    ) -> None:
        fills = list(class_colours) or [style.PAPER]
        super().__init__(
            {
                "url": geometry_url,
                "bordersUrl": borders_url,
                "scope": "" if scope == "00" else scope,
                "values": _compact(values, class_count=len(fills)),
                "noDataText": no_data_text,
                "fills": [style.ZERO_COLOUR, *fills],
                "bounds": bound_fills([style.ZERO_COLOUR, *fills]),
                "symbol": {"colour": symbol, "rim": style.MARK_RIM},
                "style": drawing_style(),
            }
        )


class PlainAreas(MapPart):
    """Areas without values, as the ground on which facilities are found: those near bounds, or those of a scope."""

    call: ClassVar[str] = "areas"

    def __init__(
        self,
        *,
        geometry_url: str,
        borders_url: str | None,
        near: Sequence[Sequence[float]] | None = None,
        scope: str = "00",
    ) -> None:
        super().__init__(
            {
                "url": geometry_url,
                "bordersUrl": borders_url,
                "scope": "" if scope == "00" else scope,
                "near": near,
                "values": None,
                "style": drawing_style(),
            }
        )


class ChosenArea(folium.FeatureGroup):
    """The outline of the chosen area; a feature group, so that st_folium can change it on a map that is there."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = SupportMap.chosenArea({{ this.payload }});
        {% endmacro %}
        """
    )

    def __init__(self, area_code: str) -> None:
        super().__init__(control=False)
        self.payload = script_json(area_code)


def chosen_area(area_code: str) -> ChosenArea:
    """
    Return the outline of an area for `st_folium(..., feature_group_to_add=...)`; empty text outlines nothing.

    Raises
    ------
    ValueError
        If the text is not an area code.
    """
    if area_code and not _AREA_CODE.fullmatch(area_code):
        raise ValueError(f"expected an area code of 2, 4 or 6 digits, found {area_code!r}")
    return ChosenArea(area_code)


def clicked_area_code(returned: Mapping[str, Any] | None) -> str | None:
    """
    Return the code of the area clicked last, from what `st_folium` returned; None when there was no click.

    What returns from a browser is not trusted: anything but a code of 2, 4 or 6 digits counts as no click.
    """
    drawing = (returned or {}).get("last_active_drawing")
    properties = drawing.get("properties") if isinstance(drawing, Mapping) else None
    code = properties.get("area_code") if isinstance(properties, Mapping) else None
    return code if isinstance(code, str) and code.isascii() and _AREA_CODE.fullmatch(code) else None


def drawing_style() -> dict[str, Any]:
    """Return the strokes and the hatch in the words of our script."""
    return {
        "border": {"color": style.AREA_BORDER, "weight": style.AREA_BORDER_WIDTH_PX},
        "neighbour": {"color": style.NEIGHBOUR_BORDER, "weight": style.NEIGHBOUR_BORDER_WIDTH_PX},
        "region": {"color": style.REGION_BORDER, "weight": style.REGION_BORDER_WIDTH_PX},
        "chosen": {
            "color": style.CHOSEN_BORDER,
            "weight": style.CHOSEN_BORDER_WIDTH_PX,
            "casing": style.CHOSEN_CASING,
        },
        "hatch": {
            "ground": style.NO_DATA_GROUND,
            "line": style.NO_DATA_LINE,
            "spacing": style.NO_DATA_SPACING_PX,
            "width": style.NO_DATA_LINE_WIDTH_PX,
        },
        "paper": style.PAPER,
        "text": style.TEXT,
    }


def bound_fills(fills: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Return for each bound the patterns over the fills, in the words of our script."""
    return {bound: [bound_pattern(bound, fill) for fill in fills] for bound in style.BOUND_HATCHES}


def bound_pattern(bound: str, fill: str) -> dict[str, Any]:
    """Return the pattern of a bound over a fill, in the words of our script."""
    return {
        "kind": bound,
        "ground": fill,
        "line": style.bound_colour(fill),
        "spacing": style.BOUND_SPACING_PX,
        "width": 1,
    }


def _compact(values: pd.DataFrame, *, class_count: int) -> dict[str, Any]:
    """
    Return values by column: codes in one text, one character per class, each sentence once.

    Raises
    ------
    ValueError
        If a class has no colour.
    """
    classes = values["class_index"]
    out_of_range = classes[classes.notna() & ~classes.isin(range(class_count + 1))]
    if len(out_of_range):
        first = {str(code): out_of_range[code] for code in out_of_range.index[:3]}
        raise ValueError(f"expected classes 0 to {class_count}, one colour each, found {first}")
    texts = values["value_text"].astype(str)
    numbers, distinct = pd.factorize(texts)
    bounds = values["bound"] if "bound" in values else pd.Series("", index=values.index)
    return {
        "codes": " ".join(values.index.astype(str)),
        "bounds": "".join(_BOUND_SIGNS[bound] for bound in bounds),
        "sizes": _sizes(values),
        "classes": "".join(_NO_DATA if pd.isna(one) else str(int(one)) for one in classes),
        "texts": list(distinct),
        "textNumbers": " ".join(map(str, numbers)),
    }


def _sizes(values: pd.DataFrame) -> str:
    """Return the radius of each area's symbol in pixels, `0` for none; empty where the map has no symbols."""
    if "size" not in values:
        return ""
    sizes = values["size"].astype(float).fillna(0.0)
    return " ".join(f"{symbol_radius(size, 1.0):.1f}" if size > 0 else "0" for size in sizes)
