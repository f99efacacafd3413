"""
The empty map: Leaflet from this host, canvas, no background tiles, words in the reader's language.

Folium's own map names four foreign hosts; this one names none. Each part of a map (`MapPart`) is one call of our
script with one JSON value: registers are not trusted, so texts travel as data and become text nodes.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar

import folium
from folium.elements import JSCSSMixin
from folium.template import Template

from layers.maps.browser_files import leaflet_url, our_url

_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "'": "\\u0027",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
# In JSON itself a brace is followed by a quote or a brace that closes, so what is found here is inside a text.
_TEMPLATE_OPENING = re.compile(r"\{(?=[{%#])")


def script_json(value: Any) -> str:
    """
    Return JSON that is safe inside a script element of a folium page.

    Registers are not ours: a name may hold `</script>`, or `{{ … }}`, which branca would run as a template,
    because it renders every finished script once more. Polish letters stay as they are: escapes would make
    them three times as long.

    Raises
    ------
    ValueError
        If a number is NaN or infinite; missing values must be None.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return _TEMPLATE_OPENING.sub(r"\\u007b", text)


Bounds = Sequence[Sequence[float]]
"""`[[south, west], [north, east]]` in degrees, as Leaflet and folium write it."""

POLAND: tuple[tuple[float, float], tuple[float, float]] = ((49.0, 14.12), (54.84, 24.15))

_MAX_ZOOM = 15
_MIN_ZOOM = 5


@dataclass(frozen=True)
class Background:
    """A background map of another host (WMS), which the reader's browser asks: its address, layers and whose it is."""

    url: str
    layers: str
    attribution: str


@dataclass(frozen=True)
class MapTexts:
    """
    Words of the map itself, already translated.

    Attributes
    ----------
    lang
        Language of the texts: pl, uk or en.
    label
        What the map shows, for screen readers and as the title of its frame.
    zoom_in, zoom_out, whole_area, close
        Names of buttons.
    loading_failed
        Said on the map when borders could not be fetched.
    attribution
        Who made the borders, and their vintage; always shown.
    kinds
        Kinds of gminas by code, as they follow the name of one that is not the only one of its name.
    background
        What lies under the areas, where the operator has switched it on; None: no foreign host is asked.
    """

    lang: str
    label: str
    zoom_in: str
    zoom_out: str
    whole_area: str
    close: str
    loading_failed: str
    attribution: str
    kinds: Mapping[str, str] = field(default_factory=dict)
    background: Background | None = None


class LocalFiles(JSCSSMixin):
    """Names the files of this host; properties, because their digests are read when a map is made."""

    # In folium both are attributes; nobody writes to them.
    @property
    def default_js(self) -> list[tuple[str, str]]:  # type: ignore[override]
        """Return name and address of each script, in the order of loading."""
        ours = [("support_map_drawing", "support-map-drawing.js"), ("support_map", "support-map.js")]
        return [
            ("leaflet", leaflet_url("leaflet.js")),
            *((name, our_url(file_name)) for name, file_name in ours),
        ]

    @property
    def default_css(self) -> list[tuple[str, str]]:  # type: ignore[override]
        """Return name and address of each style sheet."""
        return [("leaflet_css", leaflet_url("leaflet.css")), ("support_map_css", our_url("support-map.css"))]


class MapPart(LocalFiles):
    """
    Something on the map: one function of our script, called with the map and one JSON value.

    Attributes
    ----------
    call
        The function's name in `layers/assets/support-map.js`.
    value
        What it is called with, as it becomes JSON.
    """

    call: ClassVar[str]
    _template = Template(
        """
        {% macro script(this, kwargs) %}
        SupportMap.{{ this.call }}({{ this._parent.get_name() }}, {{ this.payload }});
        {% endmacro %}
        """
    )

    def __init__(self, value: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca says no types
        self._name = type(self).__name__
        self.value = value
        self.payload = script_json(value)


class SupportMap(LocalFiles, folium.Map):  # type: ignore[override]  # the properties of `LocalFiles` go first
    """
    A folium map that asks no foreign host for anything.

    Parameters
    ----------
    texts
        Words of the map itself.
    bounds
        What is shown at first and after "whole area"; a reader's own view is kept while these stay the same.
    title
        Name of this map where another one stands beside it; None for a map that stands alone.
    """

    _template = Template(
        """
        {% macro header(this, kwargs) %}
        <style>
            html, body { width: 100%; height: 100%; margin: 0; padding: 0; }
            #{{ this.get_name() }} { position: relative; width: 100%; height: 100%; }
        </style>
        {% endmacro %}
        {% macro html(this, kwargs) %}
        <div class="folium-map" id={{ this.get_name()|tojson }} ></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = SupportMap.start({{ this.get_name()|tojson }}, {{ this.payload }});
        {% endmacro %}
        """
    )

    def __init__(self, *, texts: MapTexts, bounds: Bounds = POLAND, title: str | None = None) -> None:
        super().__init__(tiles=None)
        self.payload = script_json(map_options(texts=texts, bounds=bounds, title=title))


def map_options(*, texts: MapTexts, bounds: Bounds, title: str | None = None) -> dict[str, Any]:
    """Return what our script starts a map with; the parameters are those of `SupportMap`."""
    (south, west), (north, east) = bounds
    return {
        "texts": asdict(texts),
        "bounds": [[float(south), float(west)], [float(north), float(east)]],
        "minZoom": _MIN_ZOOM,
        "maxZoom": _MAX_ZOOM,
        "title": title or "",
        "isPaired": title is not None,
    }
