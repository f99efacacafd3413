"""An address that is put right: found among published ones in the gmina of its record, or refused."""

import re
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Connection

from data.corrections.errors import CorrectionError
from data.corrections.records import RecordInForce
from data.finding.at_hand import address_indexes_at_hand
from data.places.address_index import AddressIndex, FoundAddress
from data.places.offline_doors import address_of
from data.reading.area_queries import areas
from data.store.settings import Settings

FindAddress = Callable[[dict[str, Any], str], FoundAddress | None]
"""Returns where an address (`street_address`, `locality_name`) of a gmina is; None where it is not known there."""
_TOWN: Final = re.compile(r"(?P<street>.+?),\s*(?:(?P<code>\d\d-\d{3})\s+)?(?P<town>[^\d,]+)")


def addresses_at_hand(connection: Connection, settings: Settings) -> FindAddress | None:
    """Return what finds addresses in the indexes that loads have made; None where there is none."""
    paths = address_indexes_at_hand(settings)
    if not paths:
        return None
    known = areas(connection)
    codes = known.loc[known["level"] == "gmina", "area_code"].tolist()
    index = AddressIndex(paths, area_of_code=dict(zip(codes, codes, strict=True)))

    def find(address: dict[str, Any], gmina_code: str) -> FoundAddress | None:
        asked = address_of(address)
        return index.find(asked, gmina_code=gmina_code) if asked is not None else None

    return find


def read_address(text: str, known: RecordInForce, find: FindAddress | None) -> dict[str, Any]:
    """
    Return a new address of a record with its place, as a correction of `street_address` keeps it.

    Parameters
    ----------
    text
        "ul. Nowa 5", or with its town: "ul. Nowa 5, 33-170 Tuchów"; without one that of the record stays.

    Raises
    ------
    CorrectionError
        If no published address of the gmina is this one: a point of the old address would lie, and none says nothing.
    """
    found = _TOWN.fullmatch(" ".join(text.split()))
    facility = known.facility
    address = {
        "street_address": found["street"] if found else " ".join(text.split()),
        "postal_code": (found["code"] if found else None) or (None if found else facility["postal_code"]),
        "locality_name": found["town"].strip() if found else facility["locality_name"],
    }
    gmina = facility["gmina_code"]
    place = find(address, gmina) if find is not None and gmina is not None else None
    if place is None:
        why = (
            "in its gmina, found none"
            if find is not None
            else "that a load has made an index of, found no index"
        )
        raise CorrectionError(
            f"street_address: expected an address {why}: {text!r}; correct the spelling, or fill the place in in a "
            "sheet (`python -m data template FORM --area CODE OUT.xlsx`), which a load brings to its place. "
            "Nothing was changed.",
            field="street_address",
            found=text,
        )
    return address | {
        "longitude": place.point.x,
        "latitude": place.point.y,
        "place_grade": place.grade,
        "place_radius_m": place.radius_m,
    }
