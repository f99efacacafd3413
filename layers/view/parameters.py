"""One parameter of an address at a time: a text that anybody may have written becomes a value, or its default."""

import re
from collections.abc import Collection
from datetime import date
from typing import Final, TypeVar

from data.finding.points import POINT_KEY
from data.scenarios.text import is_scenario
from geo.printed_numbers import rounded
from layers.view.class_limits import ClassLimits
from layers.view.offered import MOST_NORM, YEARS

Code = TypeVar("Code", bound=str)

AREA_CODE = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}")
_DECIMAL = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
PLACE_KEY = re.compile(rf"l:[0-9A-Za-z_-]{{1,40}}|g:[0-9]{{6}}|{POINT_KEY}")
_PACKED = re.compile(r"[0-9]\.[0-9A-Za-z_-]{1,6000}")
COSTS = re.compile(
    r"[A-Z0-9]{3}-[A-Z0-9]{2,5}(?:_[0-9]{0,9}){3}(?:\.[A-Z0-9]{3}-[A-Z0-9]{2,5}(?:_[0-9]{0,9}){3}){0,59}"
)
SITING = re.compile(r"[0-9]{0,2}(?:_[0-9]{0,4}){3}_[0-9]{0,10}_[0-9]{0,2}_u?w?[pg]?")
OTHER = re.compile(rf"y(?:{'|'.join(map(str, YEARS))})|s[0-9]{{2}}|d[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|c")
YES: Final = ("True", "1")
NO: Final = ("False", "0", "")


def number(text: str) -> float:
    """Return a number written in digits, below zero for anything else."""
    return float(text) if _DECIMAL.fullmatch(text) else -1.0


def day_of(value: str | None) -> str:
    """Return a day in ISO form, or nothing when it is none or yet to come: nobody knows the registry of tomorrow."""
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return ""
    return day.isoformat() if day <= date.today() else ""  # noqa: DTZ011 - a day of the calendar here


def norm_of(value: str | None) -> float:
    """Return places per 1,000 with two decimals, or 0 when it is no such number."""
    norm = rounded(number(str(value)), 2)
    return norm if 0 < norm <= MOST_NORM else 0.0


def classes_of(value: str | None) -> str:
    """Return limits of classes as the address says them, or nothing when they are none."""
    limits = ClassLimits.from_address(str(value))
    return limits.to_address() if limits else ""


def scenario_of(value: str | None) -> str:
    """Return a packed scenario, or nothing when it was cut or damaged on its way."""
    packed = matching(value, _PACKED)
    return packed if packed and is_scenario(packed) else ""


def number_of(value: str | None, allowed: tuple[int, ...], default: int) -> int:
    """Return one of the numbers that can be chosen, or the default."""
    return int(one_of(value, tuple(map(str, allowed)), str(default)))


def one_of(value: str | None, allowed: Collection[Code], default: Code) -> Code:
    """Return one of the codes that can be chosen, or the default."""
    return next((code for code in allowed if code == value), default)


def matching(value: str | None, pattern: re.Pattern[str]) -> str:
    """Return a text that has the form of a pattern, or nothing."""
    return value if isinstance(value, str) and pattern.fullmatch(value) else ""
