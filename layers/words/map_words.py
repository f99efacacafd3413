"""What the maps need beside their data: words in the reader's language, and whose borders they show."""

from data.registry.registry import Registry
from data.store.names import GMINA_KINDS
from data.store.settings import Settings
from layers.maps import Background, MapTexts
from layers.text import Texts


def map_words(texts: Texts, *, label: str, registry: Registry, settings: Settings) -> MapTexts:
    """Return the words of a map that shows `label`, over the background that the operator has switched on."""
    return MapTexts(
        lang=texts.lang,
        label=label,
        zoom_in=texts.t("map.zoom_in"),
        zoom_out=texts.t("map.zoom_out"),
        whole_area=texts.t("map.whole_area"),
        close=texts.t("map.close"),
        loading_failed=texts.t("map.loading_failed"),
        attribution=boundary_credit(registry, texts),
        background=background_of(settings),
        kinds={kind: texts.t(f"place.kind_{kind}") for kind in GMINA_KINDS},
    )


def background_of(settings: Settings) -> Background | None:
    """Return the background map that the operator has switched on."""
    if settings.wms is None:
        return None
    return Background(settings.wms, settings.wms_layers, settings.wms_attribution)


def boundary_credit(registry: Registry, texts: Texts) -> str:
    """Return whose boundaries a map shows, as their source asks to be named, and of which state they are."""
    sources = registry.sources
    names = sources.loc[sources["kind"] == "boundaries", "attribution"].drop_duplicates()
    vintage = str(registry.areas["boundary_vintage"].iloc[0])
    return texts.t("map.attribution", source="; ".join(names), vintage=vintage)
