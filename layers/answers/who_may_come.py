"""Who may come to a place, as far as its numbers, its name, its hours and its conditions of intake say it."""

import re
from typing import Any, Final

import pandas as pd

from layers.answers.service_today import hours_of

WOMEN, MEN = "women", "men"
_SEXES: Final = {WOMEN: re.compile(r"kobiet|mat(?:ek|k)"), MEN: re.compile(r"mężczyzn|mężczyźni|męsk")}
"""How names of places and their hours, which are Polish, say for whom they are."""
_HOURS_OF_SEX: Final = {WOMEN: re.compile(r"kobiet\w*\s*:"), MEN: re.compile(r"mężczy\w*\s*:")}
_FAMILIES: Final = re.compile(r"dziećmi|dzieckiem|i dziecka|mat(?:ek|k)|\brodzin\b|\brodzic")
_COUPLES: Final = re.compile(r"\bdla par\b|małżeńst")
_AT_ANOTHER: Final = " przy "
"""A warming place "przy Domu dla Mężczyzn" stands beside a home for men: it need not be for men alone."""
_NO_REFERRAL: Final = re.compile(r"bez skierowania|bez warunków|skierowanie nie jest (?:potrzebne|wymagane)")
_REFERRAL: Final = re.compile(r"(?:^|na |po |wymagane |potrzebne )skierowani")
_NO_SOBRIETY: Final = re.compile(r"bez warunków|trzeźwość nie jest wymagana")
_SOBRIETY: Final = re.compile(r"wymagana trzeźwość|tylko trzeźw")


def takes_in(service: dict[str, Any], sex: str) -> bool | None:
    """
    Tell whether a place takes in women or men; None where nothing says it.

    Hours of its own for them are an answer, whatever the name; free places of none say nothing of places.
    """
    places, vacant = service.get(f"capacity_{sex}"), service.get(f"vacant_{sex}")
    if (not pd.isna(vacant) and vacant > 0) or _has_hours_for(service, sex):
        return True
    return _is_named_for(service, sex) if pd.isna(places) else bool(places > 0)


def takes_in_families(service: dict[str, Any]) -> bool | None:
    """Tell whether a place takes in people with children: its name says so, or that it is for men alone."""
    if _FAMILIES.search(_name(service)):
        return True
    return False if is_for_men_alone(service) else None


def takes_in_couples(service: dict[str, Any]) -> bool | None:
    """Tell whether a place takes in couples; one for women or men alone does not."""
    if _COUPLES.search(_name(service)):
        return True
    return False if False in (takes_in(service, WOMEN), takes_in(service, MEN)) else None


def is_for_men_alone(service: dict[str, Any]) -> bool:
    """Tell whether a place is known to be for men and not for women."""
    return takes_in(service, MEN) is True and takes_in(service, WOMEN) is False


def needs_no_referral(service: dict[str, Any]) -> bool | None:
    """Tell whether one may come without a referral, by what its card says of how to apply."""
    return _of_conditions(service, _NO_REFERRAL, _REFERRAL)


def needs_no_sobriety(service: dict[str, Any]) -> bool | None:
    """Tell whether one need not be sober, by what its card says of how to apply."""
    return _of_conditions(service, _NO_SOBRIETY, _SOBRIETY)


def _of_conditions(service: dict[str, Any], free: "re.Pattern[str]", bound: "re.Pattern[str]") -> bool | None:
    """Return what conditions of intake say; None where they say nothing, or differ between parts of a place."""
    parts = [part.strip() for part in str(service.get("intake_text") or "").casefold().split(";")]
    said = {True for part in parts if free.search(part)}
    said |= {False for part in parts if bound.search(part) and not free.search(part)}
    return said.pop() if len(said) == 1 else None


def _has_hours_for(service: dict[str, Any], sex: str) -> bool:
    return bool(_HOURS_OF_SEX[sex].search(hours_of(service)[1].casefold()))


def _is_named_for(service: dict[str, Any], sex: str) -> bool | None:
    """Tell whether a name says that a place is for women or for men; None where it says neither."""
    name = _name(service)
    if _SEXES[sex].search(name):
        return True
    own, _, _ = name.partition(_AT_ANOTHER)
    return False if any(words.search(own) for words in _SEXES.values()) else None


def _name(service: dict[str, Any]) -> str:
    return str(service.get("facility_name", "")).casefold()
