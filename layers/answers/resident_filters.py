"""Narrowing a resident's list by what is known, without hiding in silence what is not."""

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd

OPEN, VACANT, WHEELCHAIR = "open", "vacant", "wheelchair"
_LANGUAGE = "language:"
_POLISH = "pl"


@dataclass(frozen=True, eq=False)
class Narrowed:
    """
    A list narrowed by filters.

    Attributes
    ----------
    matching
        Services of which every fact asked for is known and true.
    unknown
        Services that no known fact speaks against, with at least one that nobody knows.
    """

    matching: gpd.GeoDataFrame
    unknown: gpd.GeoDataFrame


def offered_filters(services: gpd.GeoDataFrame) -> list[str]:
    """
    Return the filters that some of the services know an answer to, in the order of showing.

    `open`, `vacant`, `wheelchair`, and `language:` with the code of each language besides Polish.
    """
    rows = services.to_dict("records")
    offered = [
        code for code in (OPEN, VACANT, WHEELCHAIR) if any(answer(row, code) is not None for row in rows)
    ]
    spoken = sorted({language for row in rows for language in languages_of(row)} - {_POLISH})
    return [*offered, *(f"{_LANGUAGE}{language}" for language in spoken)]


def narrow(services: gpd.GeoDataFrame, filters: list[str]) -> Narrowed:
    """Return the services that match all filters, and those of which it is not known; the order stays."""
    matching, unknown = [], []
    for row in services.to_dict("records"):
        answers = [answer(row, code) for code in filters]
        matching.append(all(known is True for known in answers))
        unknown.append(False not in answers and None in answers)
    return Narrowed(
        services[pd.Series(matching, index=services.index, dtype=bool)],
        services[pd.Series(unknown, index=services.index, dtype=bool)],
    )


def answer(service: dict[str, Any], code: str) -> bool | None:
    """
    Return what is known of one fact, None when it is not known.

    A door partly fit for wheelchairs counts, and its card says "partly". Expired vacancies are no vacancies known.
    """
    if code == OPEN:
        is_open: bool | None = service["is_open"]
        return is_open
    if code == VACANT:
        vacant = service["vacant_places"]
        return None if pd.isna(vacant) or service["is_vacancy_old"] else bool(vacant > 0)
    if code == WHEELCHAIR:
        return {"yes": True, "limited": True, "no": False}.get(str(service.get("wheelchair")))
    spoken = languages_of(service)
    return language_of(code) in spoken if spoken else None


def languages_of(service: dict[str, Any]) -> list[str]:
    """Return the codes of languages spoken in a service or its facility; empty when nothing is known."""
    both = [service.get("service_languages"), service.get("languages")]
    return list(dict.fromkeys(code for codes in both if isinstance(codes, list) for code in codes))


def language_of(code: str) -> str:
    """Return the code of the language that a filter asks for, empty for other filters."""
    return code.removeprefix(_LANGUAGE) if code.startswith(_LANGUAGE) else ""
