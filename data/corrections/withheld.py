"""Words of readers that may tell where a protected place is: whoever wrote them, nothing prints them."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, select

from data.reading.address_in_text import tells_address
from data.reading.protection import is_of_facility, protections
from data.store.schema import Facility

WITHHELD: Final = "(withheld: the words name the street of a protected place)"


class ProtectedStreets:
    """
    The streets that versions of protected records have or had, by gmina.

    A number is hidden before words are kept, so the street alone must be enough; a word that is also a common one
    ("Długa") withholds more than it would have to.
    """

    def __init__(self, connection: Connection) -> None:
        protected = protections()
        query = select(Facility.gmina_code, Facility.street_address).join(
            protected, is_of_facility(protected)
        )
        self._streets: dict[str | None, set[str]] = {}
        for row in connection.execute(query.where(Facility.street_address.is_not(None)).distinct()):
            self._streets.setdefault(row.gmina_code, set()).add(row.street_address)

    def tellable(self, text: str | None, gmina_code: str | None) -> str | None:
        """Return a text, or that it is withheld; of an unknown gmina it is compared with the streets of all."""
        known: Mapping[str | None, set[str]] = self._streets
        wanted = known.keys() if gmina_code is None else {gmina_code, None}
        streets = {street for code in wanted for street in known.get(code, ())}
        return WITHHELD if text and any(tells_address(text, street) for street in streets) else text
