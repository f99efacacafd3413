"""The name of a place that tells it from its namesakes."""

from typing import Final

from data.finding.points import POINT
from data.places.place_search import Place
from layers.text import Texts

_KINDS: Final = {"miasto": "place.kind_town", "wieś": "place.kind_village"}
"""Kinds as the register of places names them."""


def place_label(place: Place, texts: Texts) -> str:
    """Return a name that tells a place from its namesakes."""
    if place.kind == POINT:
        return _told("place.point", place, texts)
    if place.powiat_name == place.gmina_name == place.name:  # a city that is a powiat of its own
        key = "place.city_gmina" if place.kind == "gmina" else "place.city"
    else:
        key = "place.gmina" if place.kind == "gmina" else "place.locality"
    return _told(key, place, texts)


def place_name(place: Place, texts: Texts) -> str:
    """Return what a place is called in a sentence; a point is only near a locality."""
    return texts.t("place.near_locality", name=place.name) if place.kind == POINT else place.name


def _told(key: str, place: Place, texts: Texts) -> str:
    return texts.t(
        key,
        name=place.name,
        kind=texts.t(_KINDS[place.kind]) if place.kind in _KINDS else place.kind,
        gmina=place.gmina_name,
        powiat=place.powiat_name,
        voivodeship=place.voivodeship_name,
    )
