"""How exactly facilities with a street address are placed, by voivodeship and in all."""

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, func, select

from data.reading.editions import editions, in_force
from data.reading.protection import is_of_facility, protections, visibility_in
from data.store.grades import EXACT_GRADES
from data.store.origins import EVIDENCE
from data.store.query_frames import read_frame
from data.store.schema import Facility
from geo.teryt import COUNTRY


@dataclass(frozen=True)
class PlacedAddresses:
    """
    Records of one voivodeship, or of the country, whose list gives a street or a house number.

    `door` and `street` stand there, the others in the middle of their locality, post town or gmina.
    """

    area_code: str
    records: int
    door: int
    street: int

    @property
    def share(self) -> float:
        """The part of them at a door or on a street, 0 to 1."""
        return (self.door + self.street) / self.records


def placed_addresses(connection: Connection) -> list[PlacedAddresses]:
    """
    Return how the records of registers and lists are placed, those of all the country first.

    Public ones of now. Records of which there is only evidence (polling stations) do not count: they came with doors of
    their own.
    """
    edition, protected = editions(None), protections()
    query = (
        select(Facility.voivodeship_code, Facility.place_grade, func.count().label("records"))
        .join(edition, in_force(Facility, edition))
        .outerjoin(protected, is_of_facility(protected))
        .where(
            visibility_in(protected) == "public",
            Facility.street_address.is_not(None),
            Facility.place_grade != "none",
            Facility.origin.not_in(EVIDENCE),
        )
        .group_by(Facility.voivodeship_code, Facility.place_grade)
        .order_by(Facility.voivodeship_code)
    )
    counted = read_frame(connection, query)
    if counted.empty:
        return []
    by_grade = counted.pivot_table(
        index="voivodeship_code", columns="place_grade", values="records", aggfunc="sum", fill_value=0
    )
    both = pd.concat([by_grade.sum().to_frame(COUNTRY).T, by_grade])
    exact = both.reindex(columns=sorted(EXACT_GRADES), fill_value=0)
    rows = zip(both.index, both.sum(axis=1), exact["door"], exact["street"], strict=True)
    return [
        PlacedAddresses(str(code), int(all_), int(door), int(street)) for code, all_, door, street in rows
    ]
