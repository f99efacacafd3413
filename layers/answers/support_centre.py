"""Where a person applies: the centres of their gmina that are for everybody, and the teams that are for their group."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from data.store.names import fold
from data.store.smallest_area import smallest_area_of
from geo.teryt import FIRST_CITY_POWIAT
from layers.answers.service_rows import Row

AGREED_BY_POWIAT = frozenset({"REI-WTZ"})
"""Forms that a person applies for at the place itself, and the powiat's centre agrees to."""

CENTRES = ("INS-OPS", "INS-CUS")
_SERVICES_CENTRE = "INS-CUS"
_POWIAT_CENTRE = "INS-PCPR"
APPLIED_AT = frozenset({*CENTRES, _POWIAT_CENTRE})
"""Forms of the offices where a person applies for help."""
_DIGITS = 9
_PART = re.compile(
    r"\b(?:dział(?:u|em)?|zespół|zespołu|sekcj[aięą]|referat\w*|biuro|biura|punkt\w*|stanowisk\w*|pracowni\w*|poradni\w*"
    r"|klub\w*|świetlic\w*|schronisk\w*|noclegowni\w*|ogrzewalni\w*"
    r"|fili[aięą]|oddział(?:u|em)?|rejon\w*|terenow\w*|dzielnic\w*|delegatur\w*|ekspozytur\w*|obwód|obwodu)\b",
    re.IGNORECASE,
)
"""A team, or a branch of one district; we know the gmina of a person, not the district."""
_OF_A_GROUP = re.compile(
    r"bezdomn|monar|markot|niepełnospraw|przemoc|uzależni|alkohol|cudzoziem|uchodź|dzieci|młodzież|piecz|adopc",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"ośrodek pomocy (?:społecznej|rodzinie)|centrum usług społecznych", re.IGNORECASE)


def gmina_centres(services: Iterable[Row], *, gmina_code: str, group: str) -> list[Row]:
    """
    Return the centres at which a person of a group applies in a gmina.

    Parameters
    ----------
    services
        Rows of services that count, of all forms or of `APPLIED_AT`.

    Returns
    -------
    centres
        Rows of `services`: those of the group itself first, then those for everybody. A team or a branch is there only
        when its record names the group; empty when only such are known, because none of them is the person's centre.
        One office is there once: a centre (OPS) that a list still has, with a telephone of the services centre (CUS) of
        the gmina, is what that was made of (art. 9 of the act of 19 July 2019), and a name that a list confirms needs
        no polling station.
    """
    here = [row for row in services if row["support_form"] in CENTRES and row["gmina_code"] == gmina_code]
    own = [row for row in here if group in row["need_groups"]]
    centres = [*own, *(row for row in here if group not in row["need_groups"] and _is_for_everybody(row))]
    return [row for row in centres if not _is_told_already(row, centres)]


def _is_told_already(centre: Row, centres: Sequence[Row]) -> bool:
    """Tell whether a centre is another one of its gmina, under an old name or said by a polling station."""
    listed = [row for row in centres if not row["is_unconfirmed"]]
    if centre["is_unconfirmed"]:
        names = {fold(row["facility_name"]) for row in listed}
        if fold(centre["facility_name"]) in names:
            return True
    if centre["support_form"] == _SERVICES_CENTRE or "all" not in centre["need_groups"]:
        return False
    of_services = [row for row in listed if row["support_form"] == _SERVICES_CENTRE]
    numbers = {number for row in of_services for number in _numbers(row["phones"])}
    return not numbers.isdisjoint(_numbers(centre["phones"]))


def _numbers(phones: Any) -> set[str]:
    """Return the nine digits of each telephone, however a list writes them."""
    digits = (re.sub(r"\D", "", phone)[-9:] for phone in phones or [] if isinstance(phone, str))
    return {number for number in digits if len(number) == _DIGITS}


def powiat_centres(services: Iterable[Row], *, gmina_code: str) -> list[Row]:
    """
    Return the powiat's family support centre; in a city with powiat rights the city's own centres do its tasks.

    One that stands outside its powiat, in the city in its middle, is not known to be of it and left out.
    """
    is_city = int(gmina_code[2:4]) >= FIRST_CITY_POWIAT
    forms = CENTRES if is_city else (_POWIAT_CENTRE,)
    return [
        row
        for row in services
        if row["support_form"] in forms
        and smallest_area_of(row).startswith(gmina_code[:4])
        and _is_for_everybody(row)
    ]


def is_part_of_centre(name: str) -> bool:
    """Tell whether a name is that of a team or a branch of a centre."""
    return bool(_PART.search(name) or (_OF_A_GROUP.search(name) and not _WHOLE.search(name)))


def _is_for_everybody(service: Row) -> bool:
    return "all" in service["need_groups"] and not is_part_of_centre(service["facility_name"])
