"""What the maps need beside their data: words in the reader's language, bounds, addresses of geometry."""

from layers.maps import MapTexts
from layers.text import Texts

MAP_HEIGHT_PX = 620


def map_words(texts: Texts, *, label: str, boundary_vintage: str) -> MapTexts:
    """Return the words of a map that shows `label`."""
    return MapTexts(
        lang=texts.lang,
        label=label,
        zoom_in=texts.t("map.zoom_in"),
        zoom_out=texts.t("map.zoom_out"),
        whole_area=texts.t("map.whole_area"),
        close=texts.t("map.close"),
        loading_failed=texts.t("map.loading_failed"),
        attribution=texts.t("map.attribution", vintage=boundary_vintage),
    )
