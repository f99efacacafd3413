"""The likely fix where a name is of no place, or of several, within the stated area."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TypeVar

import shapely
from rapidfuzz import fuzz, process

from data.places.place_conflict import BORDERING_M, Conflict, StatedWords, metric_shapes
from data.places.world import AreaIndex, Gazetteer, NamedPlace
from data.store.names import fold
from data.store.query_frames import Row

_TYPING_SCORE = 83.0
"""Per cent of `rapidfuzz.fuzz.ratio`: one wrong letter in a name of six."""
_CLEAR_LEAD = 4.0
_Key = TypeVar("_Key")


def fix_of_gmina_name(conflict: Conflict, areas: AreaIndex, gazetteer: Gazetteer) -> Row | None:  # noqa: ARG001
    """Return the fix where no gmina has the stated name within the stated powiat or voivodeship."""
    name = conflict.facts.get("stated_gmina") or ""
    prefixes = conflict.stated.prefixes
    elsewhere = set(
        chain.from_iterable(areas.gminas_named(name, within=code) for code in {p[:2] for p in prefixes})
    )
    if len(elsewhere) == 1:
        return {"likely_fix": "renamed_powiat", "likely_gmina_code": elsewhere.pop()}
    codes = set(chain.from_iterable(areas.gminas_within(prefix) for prefix in prefixes))
    code = _nearly_named(name, {code: fold(areas.name_of[code]) for code in codes})
    if code is None:
        return None
    return {
        "likely_fix": "typing_error",
        "likely_gmina_code": code,
        "likely_name": areas.name_of[code],
    }


def fix_of_powiat_name(conflict: Conflict, areas: AreaIndex, gazetteer: Gazetteer) -> Row | None:  # noqa: ARG001
    """Return the fix where no powiat has the stated name within the stated voivodeship."""
    powiats = areas.areas[areas.areas["level"] == "powiat"]
    names = {
        code: fold(name)
        for code, name in zip(powiats["area_code"], powiats["name"], strict=True)
        if code.startswith(conflict.stated.prefixes)
    }
    code = _nearly_named(conflict.facts.get("stated_powiat") or "", names)
    if code is None:
        return None
    return {
        "likely_fix": "typing_error",
        "likely_powiat_code": code,
        "likely_name": areas.name_of[code],
    }


def fix_of_locality_name(conflict: Conflict, areas: AreaIndex, gazetteer: Gazetteer) -> Row | None:
    """Return the fix where no locality of the name is known where the words say."""
    name = fold(conflict.facts.get("locality_name") or "")
    near = gazetteer.all_within(sorted(conflict.stated.near_codes))
    if not name or not near:
        return None
    parts = [
        place for folded, place in near if folded.startswith(f"{name} ") or name.startswith(f"{folded} ")
    ]
    if len(parts) == 1:
        return fix_at(parts[0], "part_of_locality")
    # A name that two localities have is no guess.
    folded_names = [folded for folded, _ in near]
    position = _nearly_named(name, dict(enumerate(folded_names)))
    if position is not None and folded_names.count(folded_names[position]) == 1:
        return fix_at(near[position][1], "typing_error")
    return _around(name, conflict.stated, areas, gazetteer)


def _around(name: str, stated: StatedWords, areas: AreaIndex, gazetteer: Gazetteer) -> Row | None:
    """Return the fix when localities of the name lie outside the stated area, in its voivodeship."""
    found = [
        place
        for place in gazetteer.named(name, within={code[:2] for code in stated.near_codes})
        if place.gmina_code not in stated.near_codes
    ]
    if not found:
        return None
    shapes = metric_shapes(areas, {place.gmina_code for place in found} | stated.near_codes)
    whole = shapely.union_all([shapes[code] for code in sorted(stated.near_codes)])
    bordering = [place for place in found if shapely.dwithin(shapes[place.gmina_code], whole, BORDERING_M)]
    return fix_at(bordering[0], "neighbouring_gmina") if len(bordering) == 1 else fix_among(found)


def fix_of_namesakes(conflict: Conflict, areas: AreaIndex, gazetteer: Gazetteer) -> Row | None:  # noqa: ARG001
    """Return the fix where several localities have the name."""
    return {"likely_fix": "namesake", "likely_gmina_codes": list(conflict.facts.get("gminas", []))}


def _nearly_named(name: str, known: Mapping[_Key, str]) -> _Key | None:
    """Return the key of the one folded name that is nearly the same, or None."""
    best = process.extract(fold(name), known, scorer=fuzz.ratio, score_cutoff=_TYPING_SCORE, limit=2)
    if not best or (len(best) > 1 and best[0][1] - best[1][1] < _CLEAR_LEAD):
        return None
    key: _Key = best[0][2]
    return key


def fix_at(place: NamedPlace, fix: str) -> Row:
    """Return a fix that means one place of the gazetteer."""
    return {
        "likely_fix": fix,
        "likely_gmina_code": place.gmina_code,
        "likely_name": place.name,
        "likely_latitude": place.point.y,
        "likely_longitude": place.point.x,
    }


def fix_among(places: Sequence[NamedPlace]) -> Row:
    """Return the fix where one of several places of the name is meant."""
    return {"likely_fix": "namesake", "likely_gmina_codes": sorted({place.gmina_code for place in places})}
