"""The name of a place that tells it from its namesakes."""

from data.places.place_search import Place
from layers.text import Texts


def place_label(place: Place, texts: Texts) -> str:
    """Return a name that tells a place from its namesakes."""
    if place.powiat_name == place.gmina_name == place.name:  # a city that is a powiat of its own
        key = "place.city_gmina" if place.kind == "gmina" else "place.city"
    else:
        key = "place.gmina" if place.kind == "gmina" else "place.locality"
    return texts.t(
        key,
        name=place.name,
        kind=place.kind,
        gmina=place.gmina_name,
        powiat=place.powiat_name,
        voivodeship=place.voivodeship_name,
    )
