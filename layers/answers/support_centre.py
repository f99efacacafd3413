"""Where a person applies: the centres of their gmina that are for everybody, and the teams that are for their group."""

import re
from typing import Any

import geopandas as gpd
import pandas as pd

from data.store.names import fold
from data.store.smallest_area import smallest_area
from geo.teryt import FIRST_CITY_POWIAT

AGREED_BY_POWIAT = frozenset({"REI-WTZ"})
"""Forms that a person applies for at the place itself, and the powiat's centre agrees to."""

_CENTRES = ("INS-OPS", "INS-CUS")
_SERVICES_CENTRE = "INS-CUS"
_POWIAT_CENTRE = "INS-PCPR"
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


def gmina_centres(services: gpd.GeoDataFrame, *, gmina_code: str, group: str) -> gpd.GeoDataFrame:
    """
    Return the centres at which a person of a group applies in a gmina.

    Parameters
    ----------
    services
        Counted services, columns of `data.registry.registry.Registry.services`.

    Returns
    -------
    centres
        Rows of `services`: those of the group itself first, then those for everybody. A team or a branch is there only
        when its record names the group; empty when only such are known, because none of them is the person's centre.
        One office is there once: a centre (OPS) that a list still has, with a telephone of the services centre (CUS) of
        the gmina, is what that was made of (art. 9 of the act of 19 July 2019), and a name that a list confirms needs
        no polling station.
    """
    here = services[services["support_form"].isin(_CENTRES) & (services["gmina_code"] == gmina_code)]
    is_own = here["need_groups"].map(lambda groups: group in groups).astype(bool)
    is_for_all = here["need_groups"].map(lambda groups: "all" in groups).astype(bool)
    centres = here[is_own | (is_for_all & ~is_part_of_centre(here["facility_name"]))]
    centres = centres[~_is_told_already(centres)]
    return centres.loc[is_own[centres.index].sort_values(ascending=False, kind="stable").index]


def _is_told_already(centres: gpd.GeoDataFrame) -> pd.Series:
    """Tell which centres of one gmina are another of them, under an old name or said by a polling station."""
    listed = centres[~centres["is_unconfirmed"].astype(bool)]
    of_services = listed[listed["support_form"] == _SERVICES_CENTRE]
    numbers = {number for phones in of_services["phones"] for number in _numbers(phones)}
    is_for_all = centres["need_groups"].map(lambda groups: "all" in groups).astype(bool)
    has_its_phone = (
        centres["phones"].map(lambda phones: not numbers.isdisjoint(_numbers(phones))).astype(bool)
    )
    is_old_name = is_for_all & (centres["support_form"] != _SERVICES_CENTRE) & has_its_phone
    names = set(listed["facility_name"].map(fold))
    is_listed_too = centres["is_unconfirmed"].astype(bool) & centres["facility_name"].map(fold).isin(names)
    told: pd.Series = is_old_name | is_listed_too
    return told


def _numbers(phones: Any) -> set[str]:
    """Return the nine digits of each telephone, however a list writes them."""
    digits = (re.sub(r"\D", "", phone)[-9:] for phone in phones or [] if isinstance(phone, str))
    return {number for number in digits if len(number) == _DIGITS}


def powiat_centres(services: gpd.GeoDataFrame, *, gmina_code: str) -> gpd.GeoDataFrame:
    """
    Return the powiat's family support centre; in a city with powiat rights the city's own centres do its tasks.

    One that stands outside its powiat, in the city in its middle, is not known to be of it and left out.
    """
    is_city = int(gmina_code[2:4]) >= FIRST_CITY_POWIAT
    is_form = services["support_form"].isin(_CENTRES if is_city else (_POWIAT_CENTRE,))
    here = services[is_form & smallest_area(services).str.startswith(gmina_code[:4])]
    is_for_all = here["need_groups"].map(lambda groups: "all" in groups).astype(bool)
    return here[is_for_all & ~is_part_of_centre(here["facility_name"])]


def is_part_of_centre(names: pd.Series) -> pd.Series:
    """Tell which names are those of a team or a branch of a centre."""
    return names.map(_is_part).astype(bool)


def _is_part(name: str) -> bool:
    return bool(_PART.search(name) or (_OF_A_GROUP.search(name) and not _WHOLE.search(name)))
