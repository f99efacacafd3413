"""Words that hold street and number of a protected place: nothing that is printed may have them."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, select

from data.duplicates.words import door
from data.reading.protection import is_of_facility, protections
from data.store.names import fold
from data.store.schema import Facility

WITHHELD = (
    "the row tells the address of a protected place: its words are not told; look at the row in the file"
)


def without_protected(connection: Connection, details: Iterable[str]) -> Iterator[str]:
    """Yield what is said of rejected rows; where it holds street and number of a protected place, that it does."""
    told = list(details)
    houses = _houses(connection) if told else {}
    for detail in told:
        words = fold(detail).split()
        padded = f" {' '.join(words)} "
        is_telling = any(f" {house} " in padded for word in words for house in houses.get(word, ()))
        yield WITHHELD if is_telling else detail


def _houses(connection: Connection) -> dict[str, set[str]]:
    """Return "street number" of every protected place by its first word."""
    protected = protections()
    query = select(Facility.street_address, Facility.locality_name).join(protected, is_of_facility(protected))
    houses: dict[str, set[str]] = {}
    for row in connection.execute(query.where(Facility.street_address.is_not(None)).distinct()):
        found = door(row.street_address, row.locality_name)
        house = fold(f"{found.street} {found.number}")
        if found.street and found.number:
            houses.setdefault(house.split()[0], set()).add(house)
    return houses
