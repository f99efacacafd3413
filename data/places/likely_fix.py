"""The likely fix of a place conflict, so that a person who looks at it begins with a guess and its reason."""

from collections.abc import Callable, Mapping, Sequence

from data.places.name_fix import (
    fix_among,
    fix_at,
    fix_of_gmina_name,
    fix_of_locality_name,
    fix_of_namesakes,
    fix_of_powiat_name,
)
from data.places.place_conflict import Conflict, measure, read_conflict
from data.places.postal_places import distance_km
from data.places.world import AreaIndex, Gazetteer, NamedPlace
from data.store.names import fold
from data.store.query_frames import Row

LIKELY_FIXES = (
    "swapped_coordinates",
    "imprecise_point",
    "wrong_point",
    "renamed_gmina",
    "renamed_powiat",
    "wrong_code",
    "namesake",
    "neighbouring_gmina",
    "typing_error",
    "part_of_locality",
    "unknown",
)
"""Codes of `likely_fix`; docs/geocoding.md says what each means and what to do."""

NEAR_BORDER_M = 1_000.0
"""A point stands for a whole village and is rounded: this near to the stated gmina the words are likelier right."""
NEIGHBOURHOOD_M = 5_000.0
"""A place further from the stated area is likelier another village of the name, even if the gminas touch."""
_RENAMED_SHARE = 0.5
_RENAMED_LOCALITIES = 3

_OFFICIAL_NAMES = frozenset({"locality_gmina_disagrees", "locality_outside_areas"})
"""Their names come from a register without typing errors: a gmina that we do not know has gone."""


def add_likely_fixes(items: Sequence[Row], areas: AreaIndex, gazetteer: Gazetteer) -> list[Row]:
    """
    Return work items with the likely fix of each place conflict among their facts.

    Parameters
    ----------
    items
        `kind`, `subject`, `facts`. Give those of a whole source at once: a renamed gmina shows only when most of
        its localities state another name. `latitude` and `longitude` among the facts are used; without them the
        gazetteer's place of the name is.

    Returns
    -------
    items
        In the same order, copies. Items of `FIXED_KINDS` have the fact `likely_fix`, one of `LIKELY_FIXES`, and
        what is needed to apply it: `likely_gmina_code` (`likely_gmina_codes` when it may be several,
        `likely_powiat_code` for a powiat), `likely_name`, `likely_latitude` and `likely_longitude`, `distance_m`
        from the stated area. Others are returned as they are.
    """
    conflicts = {
        position: read_conflict(item, areas, gazetteer)
        for position, item in enumerate(items)
        if item["kind"] in _FINDERS
    }
    measure(list(conflicts.values()), areas)
    renamed = _renamed_gminas(list(conflicts.values()), gazetteer)
    done = list(items)
    for position, conflict in conflicts.items():
        fix = (
            {"likely_fix": "renamed_gmina", "likely_gmina_code": conflict.facts["gmina_of_point"]}
            if _names_of(conflict) in renamed
            else _FINDERS[conflict.item["kind"]](conflict, areas, gazetteer)
        )
        done[position] = conflict.item | {"facts": dict(conflict.facts) | (fix or {"likely_fix": "unknown"})}
    return done


def _names_of(conflict: Conflict) -> tuple[str, str] | None:
    """Return the gmina of a locality's point and the name that the locality states."""
    if conflict.item["kind"] != "locality_gmina_disagrees":
        return None
    return conflict.facts["gmina_of_point"], conflict.facts["stated_gmina"]


def _renamed_gminas(conflicts: Sequence[Conflict], gazetteer: Gazetteer) -> set[tuple[str, str]]:
    """Return (gmina of the points, name that they state) where most localities of the gmina state that name."""
    counts: dict[tuple[str, str], int] = {}
    for conflict in conflicts:
        if (names := _names_of(conflict)) is not None:
            counts[names] = counts.get(names, 0) + 1
    return {
        (code, name)
        for (code, name), count in counts.items()
        if count >= max(_RENAMED_LOCALITIES, _RENAMED_SHARE * len(gazetteer.all_within([code])))
    }


def _fix_of_coordinate(conflict: Conflict, areas: AreaIndex, gazetteer: Gazetteer) -> Row | None:
    """Return the fix where a coordinate lies elsewhere than the words say."""
    swapped = conflict.gmina_if_swapped
    if swapped is not None and conflict.stated.has(swapped):
        point = conflict.points[0]
        return {
            "likely_fix": "swapped_coordinates",
            "likely_gmina_code": swapped,
            "likely_latitude": point.x,
            "likely_longitude": point.y,
        }
    return _fix_of_areas(conflict, areas, gazetteer)


def _fix_of_areas(conflict: Conflict, areas: AreaIndex, gazetteer: Gazetteer) -> Row | None:
    """Return the fix where the gmina of the point is not the stated one."""
    found = conflict.facts.get("gmina_of_point")
    stated_name = conflict.facts.get("stated_gmina_name") or conflict.facts.get("stated_gmina") or ""
    is_same_name = bool(found) and fold(areas.name_of[found or ""]) == fold(stated_name)
    if is_same_name and conflict.facts.get("stated_gmina_code") and not conflict.stated.has(found or ""):
        return {"likely_fix": "wrong_code", "likely_gmina_code": found}
    if conflict.item["kind"] in _OFFICIAL_NAMES and not conflict.stated.gmina_codes:
        return _fix_of_lost_gmina(found, stated_name, areas)
    if conflict.nearest_stated is None:
        return None
    code, distance_m = conflict.nearest_stated
    if found and found == conflict.facts.get("stated_gmina_code") and not conflict.stated.has(found):
        # Point and code are of one gmina, and the words of another: the point was made from the wrong code.
        return {"likely_fix": "wrong_point", "likely_gmina_code": code, "distance_m": round(distance_m)}
    fix = _fix_of_distance(conflict, gazetteer, code=code, distance_m=distance_m)
    return (fix or {"likely_fix": "unknown"}) | {"distance_m": round(distance_m)}


def _fix_of_distance(conflict: Conflict, gazetteer: Gazetteer, *, code: str, distance_m: float) -> Row | None:
    """Choose between words and point by how far the point is from the stated area, whose nearest gmina is `code`."""
    facts, stated = conflict.facts, conflict.stated
    found = facts.get("gmina_of_point")
    if distance_m <= NEAR_BORDER_M:
        fix = "neighbouring_gmina" if found else "imprecise_point"
        return {"likely_fix": fix, "likely_gmina_code": code}
    name = facts.get("name") or facts.get("locality_name") or ""
    namesakes = gazetteer.named(name, within=stated.near_codes) if name and stated.near_codes else []
    if len(namesakes) == 1:
        is_namesake = _is_at_namesake(conflict, namesakes[0], gazetteer)
        return fix_at(namesakes[0], "namesake" if is_namesake else "wrong_point")
    if namesakes:
        return fix_among(namesakes)
    speaks_for_words = set(facts.get("gminas_of_postal_code", ())) - {found}
    is_near = conflict.is_bordering and distance_m <= NEIGHBOURHOOD_M
    if found and is_near and not speaks_for_words:
        return {"likely_fix": "neighbouring_gmina", "likely_gmina_code": found}
    if found and name and len(stated.gmina_codes) == 1:
        # The gazetteer has no such village in the stated gmina, but what it has is another one.
        return {"likely_fix": "namesake", "likely_gmina_code": code}
    return None


def _is_at_namesake(conflict: Conflict, meant: NamedPlace, gazetteer: Gazetteer) -> bool:
    """Tell whether another locality of the name lies where the point is."""
    point, found = conflict.points[0], conflict.facts.get("gmina_of_point")
    others = (
        [place for place in gazetteer.named(meant.name, within=[found[:2]]) if place is not meant]
        if found
        else []
    )
    return any(distance_km(place.point, point) * 1_000 <= NEIGHBOURHOOD_M for place in others)


def _fix_of_lost_gmina(found: str | None, stated_name: str, areas: AreaIndex) -> Row | None:
    """Return the fix where no gmina of the stated name is left in the stated area: renamed, divided or moved."""
    if not found or not stated_name or areas.gminas_named(stated_name, within=found[:2]):
        return None
    return {"likely_fix": "renamed_gmina", "likely_gmina_code": found}


def _fix_of_code(conflict: Conflict, areas: AreaIndex, gazetteer: Gazetteer) -> Row | None:  # noqa: ARG001
    """Return the fix where a code means no gmina, or another than the name."""
    codes = conflict.facts.get("believed_codes") or sorted(conflict.stated.gmina_codes)
    if not codes:
        return None
    if conflict.facts.get("stated_code") in codes:
        return {
            "likely_fix": "namesake",
            "likely_gmina_code": codes[0],
            "likely_name": areas.name_of[codes[0]],
        }
    if len(codes) > 1:
        return {"likely_fix": "wrong_code", "likely_gmina_codes": list(codes)}
    return {"likely_fix": "wrong_code", "likely_gmina_code": codes[0], "likely_name": areas.name_of[codes[0]]}


_FINDERS: Mapping[str, Callable[[Conflict, AreaIndex, Gazetteer], Row | None]] = {
    "coordinate_disagrees": _fix_of_coordinate,
    "gmina_disagrees": _fix_of_areas,
    "locality_gmina_disagrees": _fix_of_areas,
    "locality_outside_areas": _fix_of_areas,
    "gmina_code_unknown": _fix_of_code,
    "gmina_code_disagrees": _fix_of_code,
    "gmina_name_unknown": fix_of_gmina_name,
    "powiat_unknown": fix_of_powiat_name,
    "locality_unknown": fix_of_locality_name,
    "not_located": fix_of_locality_name,
    "locality_ambiguous": fix_of_namesakes,
}
FIXED_KINDS = frozenset(_FINDERS)
"""Kinds of work items that are place conflicts and get a likely fix."""
