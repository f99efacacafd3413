"""What a resident's list says above its cards: how much was found, measured from where, and what is farther."""

from data.places.coarse_places import is_town
from data.places.place_search import Place
from data.registry.registry import Registry
from layers.answers.nearby import GMINA, Beyond, NearbyHelp
from layers.text import Texts
from layers.words.place_names import place_name


def found_words(found: NearbyHelp, distance: str, middle: str, texts: Texts) -> str:
    """
    Return how many services were found, and of how many of them there is only evidence.

    Where none is near, what the person's own town or gmina has farther away: nobody is told of nothing who lives in
    a town with help. `middle` says from where the distance is measured.
    """
    if not found.near and found.beyond is not None:
        key = f"resident.only_beyond_{found.beyond.kind}"
        return _beyond_words(key, found.beyond, distance, middle, texts)
    if not found.near:
        key = "resident.found_none_but_area" if found.area else "resident.found_none"
        return texts.t(key, distance=distance)
    return _among(
        _found_words(found, distance, texts), sum(bool(row["is_unconfirmed"]) for row in found.near), texts
    )


def measured_words(registry: Registry, place: Place, texts: Texts) -> str:
    """Return from where distances are measured, and of a gmina with villages how they are from one's own."""
    said = texts.t(
        "resident.measured", middle=texts.t(f"resident.middle_{place.middle}"), place=place_name(place, texts)
    )
    gminas = registry.own_gminas.areas_by_code("gmina")
    if place.kind != "gmina" or is_town(place.gmina_code, gminas):
        return said
    return f"{said} {texts.t('resident.measured_own')}"


def more_beyond_words(found: NearbyHelp, distance: str, middle: str, texts: Texts) -> str:
    """Return how much of the own town or gmina is farther; empty where nothing is, or the heading says it."""
    if found.beyond is None or not found.near:
        return ""
    return _beyond_words(f"resident.more_beyond_{found.beyond.kind}", found.beyond, distance, middle, texts)


def _among(said: str, unconfirmed: int, texts: Texts) -> str:
    return texts.t("origin.among", found=said, count=unconfirmed) if unconfirmed else said


def _beyond_words(key: str, beyond: Beyond, distance: str, middle: str, texts: Texts) -> str:
    said = texts.t(key, count=beyond.count, distance=distance, middle=middle)
    return _among(said, beyond.unconfirmed, texts)


def _found_words(found: NearbyHelp, distance: str, texts: Texts) -> str:
    """Return how many services were found: within the distance, and in the own town, where no distance is known."""
    own = [row["same_place"] for row in found.near if row["same_place"]]
    count = len(found.near) - len(own)
    near = texts.t("resident.found", count=count, distance=distance)
    if not own:
        return near
    kind = own[0] if len(set(own)) == 1 else GMINA
    said = texts.t(f"coarse.own_{kind}", count=len(own))
    return texts.t("coarse.own_and_near", own=said, near=near) if count else said
