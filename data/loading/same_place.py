"""Which records are the same place under another key: renamed, without its street, listed anew by another source."""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from shapely import Point

from data.duplicates.words import Door, door, is_same_street
from data.reading.address_in_text import tells_address
from data.reading.record_handles import Record
from data.store.grades import EXACT_GRADES
from data.store.names import fold
from data.vocabulary import support_forms
from geo.crs import GEOGRAPHIC, to_metric

NEAR_M = 100.0
"""Only these points say where a place is: 80 records share the point of one locality."""
_Area = tuple[str, str | None]
_Sign = tuple[_Area, str, Hashable]
_FLAT = re.compile(r"[\s,/]+(?:lok(?:al)?|m(?:ieszk\w*)?)\b\.? *\d+\w*$", re.IGNORECASE)


@dataclass(frozen=True)
class Trace:
    """What one version of a record tells of the place that it is; None and empty where it does not say."""

    record: Record
    name: str
    street_address: str | None
    locality_name: str | None
    gmina_code: str | None
    voivodeship_code: str
    place_grade: str
    point: Point | None
    organization_name: str | None
    forms: frozenset[str]
    place_radius_m: int | None = None

    @property
    def is_at_its_point(self) -> bool:
        """Tell whether the point says where the place is: not the middle of a street that others share."""
        return (
            self.point is not None
            and self.place_grade in EXACT_GRADES
            and (self.place_radius_m or 0) <= NEAR_M
        )


def same_places(
    traces: Sequence[Trace], guards: Sequence[Trace], *, takes_weak_signs: bool = False
) -> set[tuple[Record, Record]]:
    """
    Return the pairs (record of a trace, record of a guard) that are likely one place.

    They are when one version of each stands within `NEAR_M` of the other, both at a door or a short street; or has
    the same street and house number in the gmina; or the same name there. A version without a gmina is compared with
    the whole voivodeship.

    Parameters
    ----------
    takes_weak_signs
        The same organization with the same form of support in the gmina is enough, too; so is a name that would have
        given way to that of the form, were the place protected, where a guard is called like the form.
    """
    found = _near(traces, guards)
    by_sign: dict[_Sign, list[tuple[Record, Door]]] = {}
    for guard in guards:
        areas = [("gmina", guard.gmina_code)] if guard.gmina_code else [("nowhere", guard.voivodeship_code)]
        for sign in _signs(guard, [*areas, ("anywhere", guard.voivodeship_code)], _names(guard)):
            by_sign.setdefault(sign, []).append((guard.record, _door(guard)))
    for trace in traces:
        if trace.gmina_code:
            areas = [("gmina", trace.gmina_code), ("nowhere", trace.voivodeship_code)]
        else:
            areas = [("anywhere", trace.voivodeship_code)]
        names = _names(trace) | (_shown_names(trace) if takes_weak_signs else set())
        own = _door(trace)
        for sign in _signs(trace, areas, names):
            kind = sign[1]
            if kind == "operator" and not takes_weak_signs:
                continue
            found |= {
                (trace.record, record)
                for record, other in by_sign.get(sign, ())
                if kind != "door" or is_same_street(own.street, other.street)
            }
    return {(one, other) for one, other in found if one != other}


def listed_again(traces: Iterable[Trace], guards: Iterable[Trace]) -> set[tuple[Record, Record]]:
    """Return the pairs (record of a trace, of a guard) of one source that share a name at one street and number."""
    by_record: dict[Hashable, set[Record]] = {}
    for guard in guards:
        if _is_at_a_door(guard):
            by_record.setdefault(_named_door(guard), set()).add(guard.record)
    return {
        (trace.record, record)
        for trace in traces
        if _is_at_a_door(trace)
        for record in by_record.get(_named_door(trace), set()) - {trace.record}
    }


def _is_at_a_door(trace: Trace) -> bool:
    house = _door(trace)
    return bool(house.street) and house.base >= 0


def _named_door(trace: Trace) -> Hashable:
    house = _door(trace)
    return trace.record[0], fold(trace.name), trace.gmina_code, house.street, house.base


def _signs(trace: Trace, areas: Iterable[_Area], names: Iterable[str]) -> Iterator[_Sign]:
    """Yield what traces of one place may share in an area: a name, a house number, a form of the same operator."""
    house, operator = _door(trace), fold(trace.organization_name or "")
    for area in areas:
        yield from ((area, "name", name) for name in names)
        if house.base >= 0 and house.street:
            yield area, "door", house.base
        if operator and area[0] == "gmina":
            yield from ((area, "operator", (operator, form)) for form in trace.forms)


def _names(trace: Trace) -> set[str]:
    return {fold(trace.name)} - {""}


def _shown_names(trace: Trace) -> set[str]:
    """Return the names that a place would have, were it protected: those of its forms, if its own tells the address."""
    is_telling = tells_address(trace.name, trace.street_address, trace.locality_name)
    return {fold(support_forms()[form].name["pl"]) for form in trace.forms} if is_telling else set()


def _door(trace: Trace) -> Door:
    """Return street and house number, without the number of a flat."""
    return door(_FLAT.sub("", trace.street_address or "") or None, trace.locality_name)


def _near(traces: Iterable[Trace], guards: Iterable[Trace]) -> set[tuple[Record, Record]]:
    here = [trace for trace in traces if trace.is_at_its_point]
    there = [guard for guard in guards if guard.is_at_its_point]
    if not here or not there:
        return set()
    tree = shapely.STRtree(_metric(there))
    left, right = tree.query(_metric(here), predicate="dwithin", distance=NEAR_M)
    return {(here[i].record, there[j].record) for i, j in zip(left, right, strict=True)}


def _metric(traces: Sequence[Trace]) -> np.ndarray:
    points: np.ndarray = to_metric(
        gpd.GeoSeries([trace.point for trace in traces], crs=GEOGRAPHIC)
    ).to_numpy()
    return points
