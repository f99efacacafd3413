"""Narrowing a resident's list by what is known, without hiding in silence what is not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from data.vocabulary import support_forms
from layers.answers.service_rows import Row
from layers.answers.who_may_come import (
    MEN,
    WOMEN,
    needs_no_referral,
    needs_no_sobriety,
    takes_in,
    takes_in_couples,
    takes_in_families,
)

OPEN, VACANT, WHEELCHAIR = "open", "vacant", "wheelchair"
FREE, AT_HOME = "free", "home"
FAMILIES, COUPLES, SOBER, NO_REFERRAL = "families", "couples", "sober", "no_referral"
ASKED: Final = (OPEN, VACANT, FREE, AT_HOME, WHEELCHAIR)
"""What people of every group ask of a place."""
ASKED_OF_BEDS: Final = (WOMEN, MEN, FAMILIES, COUPLES, SOBER, NO_REFERRAL)
"""What is asked of places for people in the crisis of homelessness."""
ANY_LANGUAGE: Final = "language"
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

    matching: list[Row]
    unknown: list[Row]


@dataclass(frozen=True)
class Offered:
    """
    Filters of a list, in the order of showing.

    Attributes
    ----------
    known
        Those that some place of the list knows an answer to.
    unknown
        Those that are asked and that no place of the list can answer.
    """

    known: tuple[str, ...]
    unknown: tuple[str, ...]


def filters_of_group(group: str) -> tuple[str, ...]:
    """Return the filters that are asked on a list for a group, whether or not its places can answer them."""
    return (*ASKED, *(ASKED_OF_BEDS if group == "homeless" else ()))


def offered_filters(rows: Sequence[Row], *, group: str) -> Offered:
    """
    Return the filters of a list for a group.

    `open`, `vacant`, `free`, `home` (help that comes home), `wheelchair`, for people in the crisis of homelessness
    whom a place takes in, and `language:` with the code of each language besides Polish; `language` is asked where no
    place tells its languages.
    """
    asked = filters_of_group(group)
    known = [code for code in asked if any(answer(row, code) is not None for row in rows)]
    if AT_HOME in known and len({answer(row, AT_HOME) for row in rows}) == 1:
        known.remove(AT_HOME)  # the list would stay as it is, or be empty
    spoken = sorted({language for row in rows for language in languages_of(row)} - {_POLISH})
    unknown = [code for code in asked if code not in known and code != AT_HOME]
    return Offered(
        (*known, *(f"{_LANGUAGE}{language}" for language in spoken)),
        (*unknown, *([] if spoken else [ANY_LANGUAGE])),
    )


def narrow(services: Sequence[Row], filters: Sequence[str]) -> Narrowed:
    """Return the services that match all filters, and those of which it is not known; the order stays."""
    matching: list[Row] = []
    unknown: list[Row] = []
    for row in services:
        answers = [answer(row, code) for code in filters]
        if False in answers:
            continue
        (unknown if None in answers else matching).append(row)
    return Narrowed(matching, unknown)


def answer(service: dict[str, Any], code: str) -> bool | None:
    """
    Return what is known of one fact, None when it is not known.

    A door partly fit for wheelchairs counts, and its card says "partly". Expired vacancies are no vacancies known.
    """
    if code in _ANSWERS:
        return _ANSWERS[code](service)
    if language := language_of(code):
        spoken = languages_of(service)
        return language in spoken if spoken else None
    return None


def _is_open(service: dict[str, Any]) -> bool | None:
    is_open: bool | None = service["is_open"]
    return is_open


def _is_vacant(service: dict[str, Any]) -> bool | None:
    vacant = service["vacant_places"]
    return None if pd.isna(vacant) or service["is_vacancy_old"] else bool(vacant > 0)


def _comes_home(service: dict[str, Any]) -> bool:
    return "home" in support_forms()[service["support_form"]].delivery_modes


def _is_for_wheelchairs(service: dict[str, Any]) -> bool | None:
    return {"yes": True, "limited": True, "no": False}.get(str(service.get("wheelchair")))


def _is_free(service: dict[str, Any]) -> bool | None:
    """Tell whether every fee that is listed is nothing; a fee in words, or without an amount, is not read."""
    fees = service.get("fees")
    amounts = [fee.get("amount") for fee in fees] if isinstance(fees, list) else []
    if not amounts or any(amount is None for amount in amounts):
        return None
    return not any(float(amount) for amount in amounts)


def languages_of(service: dict[str, Any]) -> list[str]:
    """Return the codes of languages spoken in a service or its facility; empty when nothing is known."""
    both = [service.get("service_languages"), service.get("languages")]
    return list(dict.fromkeys(code for codes in both if isinstance(codes, list) for code in codes))


def language_of(code: str) -> str:
    """Return the code of the language that a filter asks for, empty for other filters."""
    return code.removeprefix(_LANGUAGE) if code.startswith(_LANGUAGE) else ""


_ANSWERS: Final[Mapping[str, Callable[[dict[str, Any]], bool | None]]] = MappingProxyType(
    {
        OPEN: _is_open,
        VACANT: _is_vacant,
        FREE: _is_free,
        AT_HOME: _comes_home,
        WHEELCHAIR: _is_for_wheelchairs,
        WOMEN: partial(takes_in, sex=WOMEN),
        MEN: partial(takes_in, sex=MEN),
        FAMILIES: takes_in_families,
        COUPLES: takes_in_couples,
        SOBER: needs_no_sobriety,
        NO_REFERRAL: needs_no_referral,
    }
)
