"""The doors of facilities by an address service: what may be asked, and which answer lies where the row says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shapely import Point

from data.places.address_answers import Candidate
from data.places.address_index import DOOR_RADIUS_M
from data.places.geocoding import AddressFinder
from data.places.near_border import believed_gmina
from data.places.offline_doors import address_of
from data.places.placed import AddressRow, Placed
from data.places.postal_places import distance_km
from data.places.stated_area import StatedArea, text_of
from data.places.world import AreaIndex
from data.store.grades import coarseness
from data.store.names import fold

_SAME_DOOR_KM = 0.1
_SOLVED_BY_DOOR = frozenset({"locality_unknown", "locality_ambiguous", "not_located", "gmina_disagrees"})


@dataclass(frozen=True)
class Located:
    """A point with its grade (`door` or `street`) and the gmina in which it lies."""

    point: Point
    grade: str
    gmina_code: str


def find_doors(
    placed: list[Placed], rows: Sequence[AddressRow], areas: AreaIndex, finder: AddressFinder
) -> None:
    """
    Ask for doors and put in `placed` the answers that agree with what the rows state.

    Only rows whose `is_public` is true are asked for: the address of a protected place is told to nobody.
    """
    asked: list[tuple[int, Candidate]] = []
    for position, (row, place) in enumerate(zip(rows, placed, strict=True)):
        if row.get("is_public") is not True or not row["has_door"] or place.grade == "door":
            continue
        address = address_of(row)
        if address is not None:
            asked += [(position, candidate) for candidate in finder.find(address)]
    gminas = areas.gminas_of([candidate.point for _, candidate in asked])
    answers: dict[int, list[tuple[Candidate, str | None]]] = {}
    for (position, candidate), gmina_code in zip(asked, gminas, strict=True):
        answers.setdefault(position, []).append((candidate, gmina_code))
    for position, found in answers.items():
        place = placed[position]
        located = located_door(found, place.stated, areas, postal_code=text_of(rows[position]["postal_code"]))
        if located is None or coarseness(located.grade) >= coarseness(place.grade):
            continue
        placed[position] = replace(
            place,
            point=located.point,
            grade=located.grade,
            gmina_code=located.gmina_code,
            gmina_of_point=located.gmina_code,
            radius_m=DOOR_RADIUS_M if located.grade == "door" else None,
            problems=[problem for problem in place.problems if problem[0] not in _SOLVED_BY_DOOR],
        )


def located_door(
    candidates: Sequence[tuple[Candidate, str | None]],
    stated: StatedArea,
    areas: AreaIndex,
    *,
    postal_code: str | None,
) -> Located | None:
    """
    Return the one candidate that agrees with what a row states, None when none or several do.

    Parameters
    ----------
    candidates
        Each with the gmina in which its point lies, None outside Poland.
    stated
        The point must lie in a stated gmina, or within `BORDER_M` of it; in the stated powiat when no gmina is stated.
        A row that states only its voivodeship must agree with its postal code as well.
    postal_code
        Chooses between several that agree. It is not asked of a single one: codes change and are mistyped.
    """
    believed = [
        (candidate, believed_gmina(candidate.point, lies_in, stated, areas))
        for candidate, lies_in in candidates
    ]
    agreeing = [
        (candidate, gmina_code)
        for candidate, gmina_code in believed
        if gmina_code is not None and stated.has(gmina_code) and _is_named(candidate, gmina_code, areas)
    ]
    is_vague = not stated.gmina_codes and stated.powiat_code is None
    if is_vague or len(agreeing) > 1:
        same_code = [pair for pair in agreeing if postal_code and pair[0].postal_code == postal_code]
        agreeing = same_code if is_vague else same_code or agreeing
    if not agreeing:
        return None
    (first, gmina_code), *others = agreeing
    if any(distance_km(first.point, other.point) > _SAME_DOOR_KM for other, _ in others):
        return None
    return Located(first.point, first.grade, gmina_code)


def _is_named(candidate: Candidate, gmina_code: str, areas: AreaIndex) -> bool:
    """
    Whether the names of an answer are those of the areas in which its point lies.

    A name that none of our areas has is that of an area younger than the boundaries and contradicts nothing.
    """
    voivodeship = areas.voivodeship_of_name.get(fold(candidate.voivodeship_name or ""))
    powiat = areas.powiat(candidate.powiat_name or "", voivodeship_code=gmina_code[:2])
    gminas = areas.gminas_named(candidate.gmina_name or "", within=gmina_code[:2])
    return (
        (voivodeship is None or gmina_code.startswith(voivodeship))
        and (powiat is None or gmina_code.startswith(powiat))
        and (not gminas or gmina_code in gminas)
    )
