"""What is protected stays protected: on every day, under another key, after undo, until a person lifts it."""

from datetime import date
from itertools import count

import pytest
from shapely import Point
from sqlalchemy import Engine, delete, func, insert, select, update
from sqlalchemy.orm import Session

from data.__main__ import main
from data.duplicates.protected_doors import WITHHELD, without_protected
from data.duplicates.store import decide
from data.export.query import read_extract
from data.loading.ended_releases import retire_sources
from data.loading.protecting import leaving_places, protect_brought, protect_merged
from data.loading.undo import undo_last_load
from data.reading.history import record_history
from data.reading.merged_services import read_services
from data.reading.organization_queries import organization_seats
from data.reading.protection import lift, once_public, protect, protected_records, protection_revision
from data.reading.record_handles import protected_handles
from data.reading.registry_state import registry_fingerprint
from data.reading.service_queries import mobile_stops, public_services
from data.registry.status import read_status
from data.registry.work_items import work_items
from data.store.schema import Facility, Organization, OrganizationSeat, Protection, Release, WorkItem
from data.store.schema_revision import migrate
from data.store.transactions import exclusive
from tests.support.small_registry import (
    EAST,
    TRUE_ADDRESS,
    TRUE_POINT,
    add_areas,
    add_facility,
    add_load,
    add_release,
)

MAY, JUNE, JULY = date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31)
FAR = Point(19.15, 50.15)
NOTHING_OF_IT = {
    "name": "Punkt",
    "alternate_name": None,
    "street_address": None,
    "place_grade": "none",
    "point": None,
    "support_form": "KRY-DMK",
    "visibility": "gmina_centroid",
}
"""A protected record that has nothing in common with those of `add_facility`."""


class Lists:
    """Registers whose releases a test writes by hand, several to a load, with what every load does at its end."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._keys = count()
        with Session(engine) as session, session.begin():
            add_areas(session)

    def load(self, *releases: tuple[str, date, dict[str, dict]]) -> int:
        """Write releases (source, day, records by key) as one load; records that are not given any more end."""
        with Session(self.engine) as session, session.begin():
            load_id = add_load(session)
            for source, day, records in releases:
                self._write(session, load_id, source, day, records)
            session.flush()
            connection = session.connection()
            self.protected = protect_brought(connection, load_id)
            protect_merged(connection, load_id)
        return load_id

    def _write(
        self, session: Session, load_id: int, source: str, day: date, records: dict[str, dict]
    ) -> None:
        session.execute(
            update(Release)
            .where(Release.source_code == source, Release.state == "current")
            .values(state="previous")
        )
        release_id = add_release(session, source, as_of=day, load_id=load_id)
        open_ones = select(Facility).where(
            Facility.source_code == source, Facility.ended_release_id.is_(None)
        )
        for known in session.execute(open_ones).scalars().all():
            known.ended_release_id = release_id
        session.flush()
        for key, changes in records.items():
            add_facility(session, release_id, key, **changes)

    def shown(self, day: date | None = None):
        with self.engine.connect() as connection:
            return read_services(connection, day)

    def doors(self, day: date | None = None) -> set[str]:
        """Return the keys of the records that show a street on a day."""
        services = self.shown(day)
        return set(services.loc[services["street_address"].notna(), "record_key"])

    def items(self, kind: str) -> list[dict]:
        with self.engine.connect() as connection:
            return work_items(connection, kind).to_dict("records")


@pytest.fixture
def lists(engine: Engine) -> Lists:
    return Lists(engine)


@pytest.fixture
def command(database_url, engine, monkeypatch, capsys):
    """Give `python -m data` on the database of the test; its exit code and what it printed on both outputs."""
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", database_url)

    def run(*words: str) -> tuple[int, str]:
        code = main(list(words))
        return code, "".join(capsys.readouterr())

    return run


# One record.


def test_place_that_a_register_protects_is_protected_on_every_day_and_stays_so(lists):
    lists.load(("list", MAY, {"a": {}, "b": {"street_address": "ul. Jawna 1", "point": FAR}}))
    assert lists.doors() == {"a", "b"}
    lists.load(
        ("list", JUNE, {"a": {"visibility": "gmina_centroid"}, "b": {"street_address": "ul. Jawna 1"}})
    )
    assert [lists.doors(day) for day in (None, JUNE, MAY)] == [{"b"}] * 3
    lists.load(("list", JULY, {"a": {}, "b": {"street_address": "ul. Jawna 1"}}))
    assert [lists.doors(day) for day in (None, JULY, JUNE, MAY)] == [{"b"}] * 4
    (item,) = lists.items("still_protected")
    assert item["subject"].startswith("@")
    assert item["facts"] == {"protected_as": "gmina_centroid", "source_says": "public"}
    with exclusive(lists.engine) as connection:
        assert lift(connection, ("list", "a"), reason="przeniesiony do nowego miejsca") == 1
    assert [lists.doors(day) for day in (None, JULY, JUNE, MAY)] == [
        {"a", "b"},
        {"a", "b"},
        {"b"},
        {"a", "b"},
    ]
    assert lists.items("still_protected") == []


def test_the_strictest_reason_counts_and_a_milder_one_is_not_entered(lists):
    lists.load(("list", MAY, {"a": {"visibility": "staff"}}))
    lists.load(("list", JUNE, {"a": {"visibility": "gmina_centroid"}}))
    with lists.engine.connect() as connection:
        assert protected_records(connection) == {("list", "a"): "staff"}
        assert connection.execute(select(func.count()).select_from(Protection)).scalar() == 1
    assert len(lists.shown()) == 0
    lists.load(("list", JULY, {"a": {"visibility": "hidden"}}))
    with lists.engine.connect() as connection:
        assert protected_records(connection) == {("list", "a"): "hidden"}


def test_words_of_a_version_that_was_public_are_not_told(lists):
    lists.load(("list", MAY, {"a": {"organization_key": "o", "name": f"Dom, {TRUE_ADDRESS}"}}))
    with Session(lists.engine) as session, session.begin():
        release_id = session.execute(select(func.max(Release.id))).scalar_one()
        told = {"release_id": release_id, "source_code": "list", "organization_key": "o", "content_hash": "o"}
        session.execute(insert(Organization).values(told | {"name": f"Fundacja {TRUE_ADDRESS}"}))
    (before,) = lists.shown().to_dict("records")
    assert before["organization_name"] == f"Fundacja {TRUE_ADDRESS}"
    with exclusive(lists.engine) as connection:
        protect(connection, [(("list", "a"), "gmina_centroid", None)], origin="person")
    (row,) = lists.shown().to_dict("records")
    assert (row["facility_name"], row["organization_name"]) == ("schronisko dla osób bezdomnych", None)
    extract = read_extract(lists.engine)
    places = extract.facilities.drop(columns="geometry")
    told = "".join(
        frame.to_json(default_handler=str) for frame in (places, extract.organizations, extract.services)
    )
    assert TRUE_ADDRESS not in told
    assert len(extract.organizations) == 0


# The same place under another key.


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # renamed, at the same point
        ({}, {"name": "Placówka", "street_address": None, "place_grade": "street", "point": TRUE_POINT}),
        # the street left out, and of another form
        ({}, {"name": "Placówka a"}),
        # another name, listed with the same address
        ({}, {"street_address": "Tajemna 7/2"}),
        # nothing but who runs it, and how
        ({"organization_key": "o"}, {"organization_key": "o", "support_form": "BEZ-SCH"}),
    ],
    ids=["near", "name", "address", "operator"],
)
def test_what_vanishes_as_a_protected_record_comes_takes_over(lists, before, after):
    lists.load(("list", MAY, {"a": before}))
    with Session(lists.engine) as session, session.begin():
        release_id = session.execute(select(func.max(Release.id))).scalar_one()
        told = {"release_id": release_id, "source_code": "list", "organization_key": "o", "content_hash": "o"}
        session.execute(insert(Organization).values(told | {"name": "Fundacja"}))
    assert lists.doors(MAY) == {"a"}
    lists.load(("list", JUNE, {"new": NOTHING_OF_IT | {"point": None} | after}))
    assert lists.protected.vanished == (("list", "a"),)
    assert lists.doors() == lists.doors(MAY) == set()
    (item,) = lists.items("protected_with_successor")
    with lists.engine.connect() as connection:
        handles = protected_handles(connection)
        assert item["subject"] == handles["list", "a"]
        assert item["facts"] == {
            "protected_as": "gmina_centroid",
            "successor": f"list:{handles['list', 'new']}",
        }
        (added, vanished) = record_history(connection, "list", "a")
        assert (added.name, vanished.kind) == ("(protected)", "vanished")
        assert once_public(connection) == 1
        assert read_status(connection).protection == {"records": 2, "once_public": 1}


def test_what_has_nothing_in_common_does_not_take_over(lists):
    lists.load(("list", MAY, {"a": {}, "b": {"gmina_code": EAST}}))
    lists.load(("list", JUNE, {"new": NOTHING_OF_IT, "east": NOTHING_OF_IT | {"gmina_code": EAST}}))
    assert lists.protected.vanished == ()
    assert lists.doors(MAY) == {"a", "b"}


def test_all_candidates_take_over_the_strictest_of_their_successors(lists):
    lists.load(("list", MAY, {"a": {}, "b": {"name": "Placówka b", "support_form": "BEZ-NOC"}}))
    same = {"street_address": TRUE_ADDRESS}
    lists.load(
        ("list", JUNE, {"x": NOTHING_OF_IT | same, "y": NOTHING_OF_IT | same | {"visibility": "hidden"}})
    )
    assert set(lists.protected.vanished) == {("list", "a"), ("list", "b")}
    with lists.engine.connect() as connection:
        known = protected_records(connection)
    assert (known["list", "a"], known["list", "b"]) == ("hidden", "hidden")


def test_protected_record_may_come_from_another_source_in_the_same_load(lists):
    lists.load(("list", MAY, {"a": {}}))
    lists.load(("list", JUNE, {}), ("other", JUNE, {"x": NOTHING_OF_IT | {"name": "Placówka a"}}))
    assert lists.protected.vanished == (("list", "a"),)


def test_months_of_a_register_in_one_load_are_one_load(lists):
    """Also of a first load that reads files of the past, and where the record came back for a month."""
    protected = NOTHING_OF_IT | {"name": "Placówka a"}
    lists.load(("list", MAY, {"a": {}}), ("list", JUNE, {"x": protected}), ("list", JULY, {"a": {}}))
    assert lists.protected.vanished == (("list", "a"),)
    assert [lists.doors(day) for day in (None, JUNE, MAY)] == [set()] * 3


@pytest.mark.parametrize("is_gone_first", [True, False], ids=["gone first", "gone later"])
def test_a_month_between_the_two_does_not_matter(lists, is_gone_first):
    protected = NOTHING_OF_IT | {"name": "Placówka a"}
    lists.load(("list", MAY, {"a": {}}))
    lists.load(("list", JUNE, {} if is_gone_first else {"a": {}, "x": protected}))
    lists.load(("list", JULY, {"x": protected}))
    assert lists.doors(MAY) == set()


def test_register_months_later_is_not_taken_over_by_operator_alone(lists):
    lists.load(("list", MAY, {"a": {"organization_key": "o"}}))
    with Session(lists.engine) as session, session.begin():
        release_id = session.execute(select(func.max(Release.id))).scalar_one()
        told = {"release_id": release_id, "source_code": "list", "organization_key": "o", "content_hash": "o"}
        session.execute(insert(Organization).values(told | {"name": "Fundacja"}))
    lists.load(("list", JUNE, {}))
    lists.load(("list", JULY, {"x": NOTHING_OF_IT | {"organization_key": "o", "support_form": "BEZ-SCH"}}))
    assert lists.doors(MAY) == {"a"}


@pytest.mark.parametrize("months_between", [0, 1])
def test_public_record_that_comes_as_a_protected_one_goes_is_protected_too(lists, months_between):
    lists.load(("list", MAY, {"a": {"visibility": "hidden"}}))
    if months_between:
        lists.load(("list", JUNE, {}))
    lists.load(
        ("list", JULY, {"b": {"name": "Nowa nazwa"}, "c": {"street_address": "ul. Jawna 1", "point": FAR}})
    )
    assert lists.protected.successor == (("list", "b"),)
    assert lists.doors() == {"c"}
    (item,) = lists.items("protected_as_successor")
    assert item["facts"]["predecessor"].startswith("list:@")


def test_public_record_that_stood_beside_the_protected_one_is_another_place(lists):
    beside = {"b": {"name": "Placówka a"}}
    lists.load(("list", MAY, {"a": {"visibility": "hidden", "point": None, "place_grade": "none"}} | beside))
    lists.load(("list", JUNE, beside))
    assert lists.doors() == {"b"}


def test_what_a_person_lifted_is_not_taken_over_again_for_the_same_reason(lists):
    lists.load(("list", MAY, {"a": {}}))
    lists.load(("list", JUNE, {"x": NOTHING_OF_IT | {"name": "Placówka a"}}))
    with exclusive(lists.engine) as connection:
        lift(connection, ("list", "a"), reason="to było inne miejsce")
        # As after a migration: nobody has compared what it entered.
        connection.execute(update(Protection).values(load_id=None))
        assert protect_brought(connection, None).vanished == ()
    assert lists.doors(MAY) == {"a"}


# Lists that have one facility.


def test_other_list_of_a_merged_place_is_protected_where_the_protected_record_did_not_hold(lists):
    lists.load(("list", MAY, {"a": {}}))
    lists.load(("other", JUNE, {"x": {"visibility": "gmina_centroid"}}))
    assert lists.doors(MAY) == {"a"}
    with exclusive(lists.engine) as connection:
        decide(connection, ("list", "a"), ("other", "x"), verdict="same", reason="widziane na miejscu")
    lists.load(("unrelated", JULY, {}))
    assert lists.doors() == lists.doors(MAY) == set()
    (item,) = lists.items("protected_as_merged")
    assert item["facts"]["other"].startswith("other:@")
    lists.load(("other", JULY, {}))  # the protected record vanishes; the door is still the same
    assert lists.doors() == set()


def test_merging_by_hand_protects_at_once(lists, command):
    lists.load(("list", MAY, {"a": {}}), ("other", JUNE, {"x": {"visibility": "hidden"}}))
    code, told = command("merge", "list:a", "other:x", "--because", "widziane na miejscu")
    assert code == 0
    assert "list:@" in told.splitlines()[-1]
    assert lists.doors(MAY) == set()


# Undo.


def test_undo_never_lowers_protection(lists, command):
    lists.load(("list", MAY, {"a": {}, "b": {"street_address": "ul. Jawna 1", "point": FAR}}))
    open_one = {"b": {"street_address": "ul. Jawna 1"}}
    lists.load(("list", JUNE, {"new": NOTHING_OF_IT | {"name": "Placówka a"}} | open_one))
    undone = undo_last_load(lists.engine)
    assert len(undone.still_protected) == 2
    assert all(handle.startswith("list:@") for handle in undone.still_protected)
    assert [lists.doors(day) for day in (None, JUNE, MAY)] == [{"b"}] * 3
    assert {item["kind"] for item in lists.items("protected_with_successor")} == {"protected_with_successor"}
    lists.load(("list", JULY, {"a": {}} | open_one))
    assert [lists.doors(day) for day in (None, JUNE, MAY)] == [{"b"}] * 3
    for handle in undone.still_protected:
        assert command("protect", "--lift", handle, "--reason", "plik był pomyłką")[0] == 0
    assert lists.doors(MAY) == {"a", "b"}


def test_undo_lists_what_stays_protected_without_its_address(lists, command):
    lists.load(("list", MAY, {f"a {TRUE_ADDRESS}": {}}))
    lists.load(("list", JUNE, {f"a {TRUE_ADDRESS}": {"visibility": "hidden"}}))
    code, told = command("undo")
    assert code == 0
    assert "1 places that it protected stay protected on every day" in told
    assert TRUE_ADDRESS not in told
    (item,) = lists.items("protected_by_undone_load")
    assert item["subject"] in told
    assert lists.doors() == set()


# The command.


def test_protect_hides_one_place_at_once_on_every_day_and_lift_shows_it_again(lists, command):
    lists.load(("list", MAY, {"a": {}, "b": {"street_address": "ul. Jawna 1", "point": FAR}}))
    lists.load(("list", JUNE, {"a": {"note": None}, "b": {"street_address": "ul. Jawna 1"}}))
    with lists.engine.connect() as connection:
        before = registry_fingerprint(connection), registry_fingerprint(connection, MAY)
    code, told = command("protect", "list:a", "--reason", "prosi o to placówka")
    assert code == 0
    assert "list:@" in told
    assert TRUE_ADDRESS not in told
    with lists.engine.connect() as connection:
        after = registry_fingerprint(connection), registry_fingerprint(connection, MAY)
        assert public_services(connection)["record_key"].tolist() == ["b"]
        assert public_services(connection, MAY)["record_key"].tolist() == ["b"]
        assert len(mobile_stops(connection)) == 0
    assert before[0] != after[0]
    assert before[1] != after[1]
    _, listed = command("protect")
    assert "hidden          person     list:@" in listed
    handle = listed.split()[-1]
    assert command("protect", "--lift", handle)[0] == 1
    assert command("protect", "--lift", handle, "--reason", "adres jest już jawny") == (
        0,
        f"{handle} is shown again as its source says; reasons lifted: 1\n",
    )
    with lists.engine.connect() as connection:
        assert (registry_fingerprint(connection), registry_fingerprint(connection, MAY)) == before
    assert lists.doors(MAY) == {"a", "b"}
    assert command("protect", "--list")[1] == "nothing is protected\n"
    with lists.engine.connect() as connection:
        kept = connection.execute(select(Protection.reason, Protection.lift_reason)).one()
    assert tuple(kept) == ("prosi o to placówka", "adres jest już jawny")


def test_protect_finds_earlier_records_of_the_place_and_names_open_ones(lists, command):
    lists.load(("list", MAY, {"old": {"name": "Dawna nazwa"}}))
    lists.load(("list", JUNE, {"a": {}}), ("other", JUNE, {"x": {"name": "Obok", "support_form": "BEZ-NOC"}}))
    code, told = command("protect", "list:a", "--as", "gmina_centroid")
    assert code == 0
    assert told.count("is the same place and is protected, too") == 1
    assert "these may be the same place and still show it" in told
    assert "    other:@" in told
    assert lists.doors(MAY) == set()
    assert lists.doors() == {"x"}


def test_a_persons_word_decides_what_was_only_likely(lists, command):
    lists.load(("list", MAY, {"a": {}}))
    lists.load(("list", JUNE, {"new": NOTHING_OF_IT | {"name": "Placówka a"}}))
    (item,) = lists.items("protected_with_successor")
    assert command("protect", f"list:{item['subject']}", "--as", "gmina_centroid")[0] == 0
    assert lists.items("protected_with_successor") == []


def test_protect_says_what_is_wrong_and_changes_nothing(lists, command):
    lists.load(("list", MAY, {"a": {}, "b": {"visibility": "staff", "point": FAR, "street_address": None}}))
    why = ["--reason", "nikt nie pamięta"]
    for words, said in (
        (["list:zzz"], "`python -m data history SOURCE NAME` finds records"),
        (["list"], "found 'list:'"),
        (["list:@999999"], "which is none"),
        (["--lift", "list:a", *why], "which is not; `python -m data protect`"),
        (["--lift", "list:b", *why], "is staff there; correct the register"),
        (["--lift", "list:a"], "expected --reason with --lift"),
        (["--lift", *why], "expected which place to show again"),
        (["--lift", "list:a", "--as", "staff", *why], "expected --lift without --as"),
        (["--list", "list:a"], "expected --list alone"),
    ):
        code, told = command("protect", *words)
        assert (code, said in told) == (1, True), told
    with lists.engine.connect() as connection:
        assert protected_records(connection) == {("list", "b"): "staff"}


def test_one_of_two_merged_records_is_not_lifted_alone(lists, command):
    lists.load(("list", MAY, {"a": {}}), ("other", JUNE, {"x": {"visibility": "hidden"}}))
    command("merge", "list:a", "other:x", "--because", "widziane na miejscu")
    code, told = command("protect", "--lift", "list:a", "--reason", "nikt nie pamięta")
    assert code == 1
    assert "is one facility with other:@" in told
    assert lists.doors() == set()
    _, told = command("part", "list:a", "other:x", "--because", "to jednak dwa domy")
    assert "list:@1 stays protected; `python -m data protect --lift` shows it" in told
    assert command("protect", "--lift", "list:a", "--reason", "to jednak dwa domy")[0] == 0
    assert lists.doors() == {"a"}


def test_a_merged_facility_hidden_by_mistake_is_lifted_whole_and_hidden_whole_again(lists, command):
    lists.load(("list", MAY, {"a": {}}), ("other", JUNE, {"x": {}}))
    command("merge", "list:a", "other:x", "--because", "widziane na miejscu")
    why = ["--reason", "pomylono placówki"]
    for _ in range(2):
        assert command("protect", "list:a")[0] == 0
        assert lists.doors() == set()
        with lists.engine.connect() as connection:
            assert protected_records(connection).keys() == {("list", "a"), ("other", "x")}
        code, told = command("protect", "--lift", "other:x", *why)
        assert (code, "is one facility with list:@" in told) == (1, True)
        code, told = command("protect", "--lift", "list:a", *why)
        assert (code, "is the same facility and is shown again, too" in told) == (0, True)
        with lists.engine.connect() as connection:
            assert protected_records(connection) == {}


def test_hiding_a_place_never_waits_for_a_longer_reason(lists, command):
    lists.load(("list", MAY, {"a": {}}))
    assert command("protect", "list:a", "--reason", "azyl")[0] == 0
    assert lists.doors() == set()
    code, told = command("protect", "--lift", "list:a", "--reason", "ok")
    assert (code, "of at least 10 letters" in told) == (1, True)
    assert lists.doors() == set()


# What else may tell.


def test_work_items_and_rejected_rows_of_the_time_before_tell_nothing(lists):
    key = f"dom|{TRUE_ADDRESS}"
    lists.load(("list", MAY, {key: {}}))
    with Session(lists.engine) as session, session.begin():
        release_id = session.execute(select(func.max(Release.id))).scalar_one()
        for kind, subject, facts in (
            (
                "postal_code_disagrees",
                key,
                {"street_address": TRUE_ADDRESS, "latitude": TRUE_POINT.y, "row": "4"},
            ),
            ("perhaps_moved", "new", {"was": key}),
        ):
            session.execute(
                insert(WorkItem).values(release_id=release_id, kind=kind, subject=subject, facts=facts)
            )
    assert TRUE_ADDRESS in str(lists.items("perhaps_moved"))
    with exclusive(lists.engine) as connection:
        protect(connection, [(("list", key), "hidden", None)], origin="person")
        handle = protected_handles(connection)["list", key]
        told = list(
            without_protected(connection, ["row: Kuchnia, ul. TAJEMNA 7, 5 miejsc", "ul. Tajemna 70"])
        )
    assert told == [WITHHELD, "ul. Tajemna 70"]
    assert [item["facts"] for item in lists.items("perhaps_moved")] == [{"was": handle}]
    (item,) = lists.items("postal_code_disagrees")
    assert (item["subject"], item["facts"]) == (handle, {"row": "4", "is_protected": True})


def test_a_source_that_comes_back_finds_what_a_person_protected(lists):
    lists.load(("list", MAY, {"a": {}}))
    with exclusive(lists.engine) as connection:
        protect(connection, [(("list", "a"), "hidden", None)], origin="person")
        connection.execute(delete(Facility).where(Facility.source_code == "list"))
        connection.execute(delete(Release).where(Release.source_code == "list"))
    lists.load(("list", JUNE, {"a": {}}))
    assert lists.doors() == set()


# The identifier of a state, and the migration.


def test_revision_is_of_what_is_protected_and_the_same_on_both_databases(lists):
    lists.load(("list", MAY, {"a": {"visibility": "hidden"}, "ź": {"visibility": "staff"}, "b": {}}))
    with lists.engine.connect() as connection:
        assert protection_revision(connection) == protection_revision(connection) == "bea1e0d92a67"
    with exclusive(lists.engine) as connection:
        protect(connection, [(("list", "a"), "hidden", None)], origin="person")
        assert protection_revision(connection) == "bea1e0d92a67"
        lift(connection, ("list", "a"), reason="nikt nie pamięta")
        assert protection_revision(connection) not in {"", "bea1e0d92a67"}


def test_migration_enters_what_any_version_protects_and_the_next_load_takes_over(lists):
    lists.load(("list", MAY, {"a": {}, "b": {"visibility": "hidden"}, "c": {"visibility": "staff"}}))
    lists.load(
        ("list", JUNE, {"x": NOTHING_OF_IT | {"name": "Placówka a"}, "b": {"visibility": "staff"}, "c": {}})
    )
    migrate(lists.engine, "0003")
    migrate(lists.engine)
    with lists.engine.connect() as connection:
        known = {key: visibility for (_, key), visibility in protected_records(connection).items()}
        assert known == {"b": "hidden", "c": "staff", "x": "gmina_centroid"}
    assert lists.doors(MAY) == {"a"}
    with exclusive(lists.engine) as connection:
        assert protect_brought(connection, None).vanished == (("list", "a"),)
        assert protect_brought(connection, None).vanished == ()
    assert lists.doors(MAY) == set()


def test_migration_of_a_name_that_told_the_address_does_not_tell_it_on_earlier_days(lists):
    """A version that was loaded before names were searched keeps its text, and is not read again."""
    telling = {"visibility": "gmina_centroid", "name": "Dom 32-777, 54,8923 16,1472"}
    lists.load(("list", MAY, {"a": telling}))
    lists.load(("list", JUNE, {"a": telling | {"name": "Dom"}}))
    assert lists.shown(MAY)["facility_name"].tolist() == ["schronisko dla osób bezdomnych"]
    assert lists.shown()["facility_name"].tolist() == ["Dom"]


def test_name_does_not_tell_the_street_that_another_version_has(lists):
    lists.load(("list", MAY, {"a": {"visibility": "gmina_centroid", "name": "Dom"}}))
    left_out = {"visibility": "gmina_centroid", "name": "Dom na Tajemnej", "street_address": None}
    lists.load(("list", JUNE, {"a": left_out}))
    assert lists.shown()["facility_name"].tolist() == ["schronisko dla osób bezdomnych"]
    assert lists.shown(MAY)["facility_name"].tolist() == ["Dom"]


def test_list_that_goes_on_under_another_code_keeps_what_a_person_hid(lists):
    lists.load(("list", MAY, {"a": {}, "b": {"street_address": "ul. Jawna 1", "point": FAR}}))
    with exclusive(lists.engine) as connection:
        protect(connection, [(("list", "a"), "hidden", None)], origin="person")
        left = leaving_places(connection, {"list"})
        retire_sources(connection, {"list"})
    with Session(lists.engine) as session, session.begin():
        load_id = add_load(session)
        release_id = add_release(session, "new list", as_of=JUNE, load_id=load_id)
        add_facility(session, release_id, "a", name="Placówka")
        add_facility(session, release_id, "b", name="Placówka b", street_address="ul. Jawna 1", point=FAR)
        session.flush()
        told = protect_brought(session.connection(), load_id, left=left)
    assert told.successor == (("new list", "a"),)
    assert lists.doors() == {"b"}


def test_older_file_that_becomes_history_protects_what_its_place_was_called_later(lists):
    """As a load does it: the later file is read again, and its records come after the protected one."""
    later = ("list", JULY, {"b": {"name": "Nowa nazwa"}})
    lists.load(later)
    lists.load(("list", MAY, {"a": {"visibility": "hidden"}}), later)
    assert lists.protected.successor == (("list", "b"),)
    assert [lists.doors(day) for day in (None, JULY, MAY)] == [set()] * 3


def test_former_address_of_a_protected_record_listed_again_is_protected(lists):
    """Another name at that door is another place: an office is not hidden because a shelter is under its roof."""
    moved = {"name": "Schronisko", "street_address": "ul. Inna 5", "visibility": "hidden"}
    lists.load(("list", MAY, {"a": {"name": "Schronisko"}}))
    lists.load(("list", JUNE, {"a": moved}))
    lists.load(("list", JULY, {"a": moved, "a+": {"name": "Schronisko"}, "b": {"name": "Ośrodek"}}))
    assert lists.protected.successor == (("list", "a+"),)
    assert lists.doors() == {"b"}


def test_who_runs_a_protected_place_is_not_among_the_seats(engine: Engine) -> None:
    """The seat may be the place: an organisation is left out by any record of it, whatever its spelling."""
    names = ("FUNDACJA SCHRONIENIE", "FUNDACJA JAWNA", "FUNDACJA INNA")
    with Session(engine) as session, session.begin():
        add_areas(session)
        release_id = add_release(session, "list", as_of=JUNE)
        add_facility(
            session, release_id, "hidden", visibility="hidden", organization_key="Fundacja „Schronienie”"
        )
        add_facility(session, release_id, "public", organization_key="Fundacja „Jawna”")
        seats = add_release(session, "seats", as_of=JUNE)
        for number, name in enumerate(names):
            row = {"release_id": seats, "krs": f"{number:010}", "name": name, "gmina_code": EAST}
            session.execute(insert(OrganizationSeat).values(**row))
    with engine.connect() as connection:
        assert organization_seats(connection)["name"].tolist() == ["FUNDACJA INNA", "FUNDACJA JAWNA"]
    with engine.begin() as connection:
        protect(connection, [(("list", "public"), "hidden", None)], origin="person")
        assert organization_seats(connection)["name"].tolist() == ["FUNDACJA INNA"]
