"""Whom to call in a gmina or powiat: its office, which is no social assistance centre."""

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from data.places.stated_area import text_of
from data.registry.registry import Registry
from geo.teryt import CODE_DIGITS, FIRST_CITY_POWIAT


@dataclass(frozen=True)
class OfficeFact:
    """
    The office of an area; `phone` and `website` as its list writes them, None where it has none.

    `is_of_before` says that the list is of before the gmina was divided off: the office is that of the gmina that it
    was part of, and nobody listed its own. `area_name` is the name of the gmina where several are told together.
    """

    area_code: str
    name: str
    address: str
    phone: str | None
    website: str | None
    as_of: date | None
    is_of_before: bool = False
    area_name: str = ""


def offices_of(registry: Registry, code: str) -> tuple[OfficeFact, ...]:
    """
    Return the offices of an area: one, or that of each gmina where several are told together under its code.

    Empty for larger areas and where no list names one.
    """
    parts = registry.together.parts.get(code, ())
    if not parts:
        office = office_of(registry, code)
        return (office,) if office else ()
    found = [(part, office_of(registry, part.area_code)) for part in parts]
    return tuple(replace(office, area_name=part.name) for part, office in found if office)


def office_of(registry: Registry, code: str) -> OfficeFact | None:
    """
    Return the office of a gmina or powiat; None for larger areas and where no list names one.

    A city with powiat rights has one office, which is that of its gmina. Where the list has no telephone of a gmina,
    the powiat's office is told instead.
    """
    is_of_before = False
    if len(code) == 4 and int(code[2:]) >= FIRST_CITY_POWIAT:
        here = registry.offices[registry.offices["area_code"].str[:4] == code]
    else:
        here = registry.offices[registry.offices["area_code"] == code]
        if here.empty:
            here = registry.offices[registry.offices["area_code"] == registry.together.code_of(code)]
            is_of_before = True
    if len(code) == CODE_DIGITS["gmina"] and not here["phone"].notna().any():
        here = pd.concat([registry.offices[registry.offices["area_code"] == code[:4]], here])
    if here.empty:
        return None
    row = here.iloc[0]
    return OfficeFact(
        area_code=code,
        name=str(row["name"]),
        address=str(row["address"]),
        phone=text_of(row["phone"]),
        website=text_of(row["website"]),
        as_of=None if pd.isna(row["as_of"]) else row["as_of"],
        # Of a powiat's office nobody asks how the gmina was divided.
        is_of_before=is_of_before and len(row["area_code"]) == len(code),
    )
