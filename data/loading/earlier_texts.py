"""
Texts of earlier versions that name a private person: the rules that find names learn, what is kept must follow.

A version that ended is shown by `day=` and told by `history`. It was searched by the rules of the day of its load.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, select, update

from data.personal_names import names_a_person
from data.store.schema import Facility, Organization, Service

_OWN: Final = (
    Facility.alternate_name,
    Facility.description,
    Facility.opening_hours_text,
    Facility.transportation_text,
    Facility.note,
    Organization.alternate_name,
    Organization.description,
)
_OF_SERVICES: Final = (
    Service.name,
    Service.subtype,
    Service.description,
    Service.intake_text,
    Service.eligibility_text,
    Service.fees_text,
    Service.interpretation_text,
    Service.opening_hours_text,
)
_CHUNK: Final = 400


def forget_persons(connection: Connection, source_codes: Sequence[str]) -> int:
    """Take texts that name a private person out of the ended versions of some sources; return how many texts went."""
    ended = select(Facility.id).where(
        Facility.source_code.in_(source_codes), Facility.ended_release_id.is_not(None)
    )
    count = 0
    for column in _OWN:
        table = column.class_
        is_ended = table.source_code.in_(source_codes) & table.ended_release_id.is_not(None)
        count += _blank(connection, column, is_ended)
    for column in _OF_SERVICES:
        count += _blank(connection, column, Service.facility_id.in_(ended))
    return count


def _blank(connection: Connection, column: Any, is_meant: Any) -> int:
    texts = connection.execute(select(column).where(is_meant, column.is_not(None)).distinct()).scalars()
    telling = [text for text in texts if names_a_person(text)]
    for start in range(0, len(telling), _CHUNK):
        chunk = telling[start : start + _CHUNK]
        connection.execute(
            update(column.class_).where(is_meant, column.in_(chunk)).values({column.key: None}),
            execution_options={"synchronize_session": False},
        )
    return len(telling)
