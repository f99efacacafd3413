"""Texts of versions that ended, searched again by the rules of now, on both databases."""

from datetime import date

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from data.loading.earlier_texts import forget_persons
from data.store.schema import Facility, Service
from tests.support.small_registry import add_areas, add_facility, add_release

MANAGER = "kierownik Janusz Wymyślony"


def test_ended_versions_forget_persons_and_keep_the_rest(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        add_areas(session)
        may = add_release(session, "list", state="previous", as_of=date(2026, 5, 31))
        june = add_release(session, "list", as_of=date(2026, 6, 30))
        other = add_release(session, "other", as_of=date(2026, 6, 30))
        add_facility(session, may, "a", note=MANAGER, ended_release_id=june)
        add_facility(session, may, "b", note="wejście od podwórza", ended_release_id=june)
        add_facility(session, june, "a", note=f"otwiera {MANAGER}")
        add_facility(session, other, "c", source_code="other", note=MANAGER, ended_release_id=other)
        session.execute(update(Service).values(intake_text=MANAGER))
    with engine.begin() as connection:
        assert forget_persons(connection, ["list"]) == 2
    with engine.connect() as connection:
        notes = connection.execute(select(Facility.record_key, Facility.note).order_by(Facility.id)).all()
        intake = connection.execute(select(Service.intake_text).order_by(Service.id)).scalars().all()
    assert [tuple(row) for row in notes] == [
        ("a", None),
        ("b", "wejście od podwórza"),
        ("a", f"otwiera {MANAGER}"),
        ("c", MANAGER),
    ]
    assert intake == [None, None, MANAGER, MANAGER]
