"""What registers stated on each of their days, by versions of records; nothing of a place kept from sight."""

import json
from datetime import date

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from data.duplicates.store import decide
from data.reading.protection import protect
from data.reading.stated_vacancies import STATED_COLUMNS, stated_vacancies
from data.store.schema import RegisterCoverage
from data.store.transactions import exclusive
from tests.support.small_registry import TRUE_ADDRESS, WEST, add_areas, add_facility, add_release

MAY, JUNE, JULY = date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31)
HOME = {"support_form": "CAL-DPS", "need_groups": ["older"]}


@pytest.fixture
def filled(engine):
    """
    Fill a register of three days: one home unchanged since May, one with a queue in May and none told after, one new.

    June was read twice, the second time with the right number of the unchanged home: 4 free, not 3.
    """
    with Session(engine) as session, session.begin():
        add_areas(session)
        may, june, again, july = (
            add_release(session, "register", state=state, as_of=day)
            for state, day in (("previous", MAY), ("previous", JUNE), ("previous", JUNE), ("current", JULY))
        )
        add_facility(session, may, "still", ended_release_id=june, vacant_places=3, waiting_persons=0, **HOME)
        add_facility(session, june, "still", ended_release_id=again, vacant_places=3, **HOME)
        add_facility(session, again, "still", vacant_places=4, **HOME)
        add_facility(session, may, "silent", ended_release_id=june, waiting_persons=7, **HOME)
        add_facility(session, june, "silent", **HOME)
        add_facility(session, july, "new", vacant_places=9, capacity_places=30, **HOME)
        add_facility(session, july, "closed", vacant_places=5, status="closed", **HOME)
        # Of a form that states nothing, and of a list that never does.
        add_facility(session, july, "shelter")
        other = add_release(session, "other", as_of=JUNE)
        add_facility(session, other, "unstated", **HOME)
        withdrawn = add_release(session, "register", state="withdrawn", as_of=date(2026, 8, 31))
        add_facility(session, withdrawn, "taken back", vacant_places=99, **HOME)
        session.execute(
            insert(RegisterCoverage).values(
                release_id=july, support_form="CAL-DPS", voivodeship_code="98", except_area_codes=[]
            )
        )
    return engine


def read(engine):
    with engine.connect() as connection:
        return stated_vacancies(connection)


def sums(stated):
    columns = ["capacity_places", "vacant_places", "waiting_persons"]
    table = stated.groupby("day")[columns].sum(min_count=1).astype(object)
    return {day: tuple(row) for day, *row in table.where(table.notna(), None).itertuples(name=None)}


def test_each_day_has_what_its_last_file_states_and_nothing_is_no_zero(filled):
    stated = read(filled)
    assert list(stated.columns) == list(STATED_COLUMNS)
    assert sums(stated) == {MAY: (20, 3, 7), JUNE: (20, 4, None), JULY: (50, 13, None)}
    # Homes that state nothing are counted, too.
    assert stated.groupby("day")["facility_id"].nunique().to_dict() == {MAY: 2, JUNE: 2, JULY: 3}
    assert stated.groupby("day")["is_complete"].all().to_dict() == {MAY: False, JUNE: False, JULY: True}
    assert set(stated["powiat_code"]) == {"9801"}


def test_a_home_is_the_same_on_all_days(filled):
    stated = read(filled)
    days = stated.groupby("facility_id")["day"].agg(set)
    assert sorted(map(len, days)) == [1, 3, 3]


def test_the_day_of_what_is_stated_is_its_own_or_that_of_its_file(engine):
    with Session(engine) as session, session.begin():
        add_areas(session)
        release = add_release(session, "register", as_of=JUNE)
        add_facility(session, release, "own", vacant_places=1, vacancies_on=MAY, **HOME)
        add_facility(session, release, "file", vacant_places=1, **HOME)
        add_facility(session, release, "silent", **HOME)
    assert read(engine)["vacancies_on"].tolist()[:2] == [MAY, JUNE]
    assert read(engine)["vacancies_on"].isna().tolist() == [False, False, True]


def test_what_another_register_takes_the_place_of_is_told_no_more(filled):
    with Session(filled) as session, session.begin():
        complete = add_release(session, "complete", as_of=JULY)
        session.execute(
            insert(RegisterCoverage).values(
                release_id=complete, support_form="CAL-DPS", voivodeship_code="98", except_area_codes=[]
            )
        )
    assert read(filled).empty


def test_a_place_that_is_hidden_today_is_on_no_earlier_day(filled):
    with exclusive(filled) as connection:
        protect(connection, [(("register", "still"), "hidden", None)], origin="person", reason="ever")
    assert sums(read(filled)) == {MAY: (10, None, 7), JUNE: (10, None, None), JULY: (40, 9, None)}


def test_a_record_that_is_one_facility_with_a_hidden_one_is_on_no_day(filled):
    with exclusive(filled) as connection:
        decide(connection, ("other", "unstated"), ("register", "still"), verdict="same", reason="one house")
        protect(connection, [(("other", "unstated"), "hidden", None)], origin="person", reason="ever")
    assert sums(read(filled))[MAY] == (10, None, 7)


def test_a_place_shown_by_its_gmina_tells_numbers_and_no_word(filled):
    with exclusive(filled) as connection:
        protect(connection, [(("register", "still"), "gmina_centroid", None)], origin="person", reason="ever")
    stated = read(filled)
    assert sums(stated)[MAY] == (20, 3, 7)
    text = json.dumps(stated.astype(str).to_dict("records"), ensure_ascii=False)
    assert not any(secret in text for secret in (TRUE_ADDRESS, "Tajemna", "Sekretowo", "still"))
    assert WEST in text


def test_an_empty_database_states_nothing(engine):
    stated = read(engine)
    assert stated.empty
    assert list(stated.columns) == list(STATED_COLUMNS)
