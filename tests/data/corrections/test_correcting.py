"""One field put right above its register: checked, shown, kept over loads, told when it is needless, taken back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from shapely import Point
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from data.corrections.correcting import correct, undo_correction
from data.corrections.errors import CorrectionError
from data.corrections.standing import caught_up_lines, standing_corrections
from data.export.formats import FORMATS, write_export
from data.export.query import read_extract
from data.fields import FIELDS
from data.places.address_index import FoundAddress
from data.reading.corrections import CORRECTABLE, corrections_revision
from data.reading.merged_services import read_services
from data.reading.protection import protect
from data.reading.registry_state import registry_fingerprint
from data.scenarios.scenario import digest_of_key
from data.store.schema import Correction, DuplicatePair, Facility, Service
from tests.support.small_registry import TRUE_ADDRESS, WEST, add_areas, add_facility, add_release

HOME = ("list", "home")
WHY = "zadzwoniliśmy w poniedziałek"
NOW = datetime(2026, 11, 30, tzinfo=UTC).replace(tzinfo=None)


@pytest.fixture
def filled(engine):
    """Give a database with one home of one list, without words that tell its address."""
    with Session(engine) as session, session.begin():
        add_areas(session)
        release = add_release(session, "list", as_of=date(2026, 6, 30))
        add_facility(session, release, "home", phones=[{"number": "12 000 00 00"}])
    return engine


def put_right(engine, field, text, named=HOME, **options):
    with engine.begin() as connection:
        return correct(connection, named, field, text, **({"reason": WHY, "by": "ola"} | options))


def shown(engine, day=None):
    with engine.connect() as connection:
        rows = read_services(connection, day).to_dict("records")
    return rows[0]


def test_every_field_that_can_be_corrected_is_a_field():
    assert set(CORRECTABLE) <= {field.name for field in FIELDS}


@pytest.mark.parametrize(
    ("field", "text", "column", "value"),
    [
        ("phones", "12 345 67 89, 600 100 200 wew. 3", "phones", ["12 345 67 89", "600 100 200 wew. 3"]),
        ("phone", "", "phones", []),
        ("opening_hours_text", "pn.-pt. 8-16", "opening_hours", "Mo-Fr 08:00-16:00"),
        ("website", "www.example.pl", "website", "http://www.example.pl"),
        ("website", "", "website", None),
        ("wheelchair", "tak", "wheelchair", "yes"),
        ("facility_name", "Dom Nowy", "facility_name", "Dom Nowy"),
        ("capacity_places", "12", "capacity_places", 12),
        ("status", "closed", "status", "closed"),
        ("languages", "ukraiński, angielski", "languages", ["uk", "en"]),
    ],
)
def test_a_correction_is_shown_and_says_its_day_and_reason(filled, field, text, column, value):
    done = put_right(filled, field, text)
    row = shown(filled)
    assert row[column] == value or (value is None and row[column] is None)
    [told] = row["corrections"]
    assert (told["field"], told["reason"]) == (done.field, WHY)
    assert (row["source_code"], row["record_key"]) == HOME
    assert row["said_on"] is None


def test_a_closed_place_is_counted_no_more_and_an_opened_one_again(filled):
    assert shown(filled)["is_counted"]
    put_right(filled, "status", "closed")
    assert not shown(filled)["is_counted"]
    with filled.begin() as connection:
        undo_correction(connection, 1, reason=WHY, by="ola")
    assert shown(filled)["is_counted"]
    assert shown(filled)["corrections"] is None


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("phones", "12 345", "phones: expected telephones of 9 digits.* found '12 345'; write them as"),
        ("phones", "zadzwoń", "phones: expected telephones of 9 digits.* found 'zadzwoń'"),
        ("capacity_places", "dużo", "capacity_places: 'dużo', expected a whole number.*Write digits only"),
        ("status", "zamknięte", "status: expected one of active.* found 'zamknięte'; correct the word"),
        ("status", "", "status: expected a value"),
        ("wheelchair", "może", "wheelchair: 'może', expected one of yes"),
        ("vacant_places", "3", "found 'vacant_places'; it changes every month"),
        (
            "street_address",
            "ul. Nowa 1",
            "found no index: 'ul. Nowa 1'; correct the spelling",
        ),
        (
            "visibility",
            "public",
            "found 'visibility'; what is kept from sight is for `python -m data protect`",
        ),
        ("colour", "red", "found 'colour'; correct the word"),
        ("note", "pytać: Jan Kowalski", "note: expected words that name no private person"),
        ("phones", "12 000 00 00", "which list:[0-9a-f]{16} says already"),
    ],
)
def test_what_is_no_value_is_refused_with_field_value_and_advice(filled, field, text, said):
    with pytest.raises(CorrectionError, match=said) as caught:
        put_right(filled, field, text)
    assert str(caught.value).endswith("Nothing was changed.")
    assert shown(filled)["corrections"] is None


@pytest.mark.parametrize("why", ["powiedział Jan Kowalski", "mail od jan@example.org", "x" * 201])
def test_a_reason_is_shown_so_it_names_nobody(filled, why):
    with pytest.raises(CorrectionError, match="--reason"):
        put_right(filled, "phones", "12 345 67 89", reason=why)


def test_a_record_is_named_as_the_address_of_its_page_does(filled):
    put_right(filled, "phones", "12 345 67 89", named=("list", digest_of_key("home")))
    assert shown(filled)["phones"] == ["12 345 67 89"]
    with pytest.raises(CorrectionError, match="expected a record in force"):
        put_right(filled, "phones", "12 345 67 89", named=("list", digest_of_key("other")))


def test_the_later_of_two_corrections_holds(filled):
    put_right(filled, "phones", "12 345 67 89")
    put_right(filled, "phones", "12 999 99 99", reason="zadzwoniliśmy we wtorek")
    row = shown(filled)
    assert row["phones"] == ["12 999 99 99"]
    assert [told["reason"] for told in row["corrections"]] == ["zadzwoniliśmy we wtorek"]
    with filled.connect() as connection:
        assert [one.standing for one in standing_corrections(connection)] == ["overtaken", "needed"]


def test_a_correction_holds_above_every_list_that_has_the_facility(filled):
    with Session(filled) as session, session.begin():
        other = add_release(session, "later-list", as_of=date(2026, 10, 31))
        add_facility(session, other, "same", phones=[{"number": "12 111 11 11"}])
        ends = {"left_source": "later-list", "left_key": "same", "right_source": "list", "right_key": "home"}
        decision = {"verdict": "same", "decided_by": "person", "reason": "x", "score": None, "evidence": {}}
        session.add(DuplicatePair(**ends, **decision, decided_at=NOW))
    assert shown(filled)["phones"] == ["12 111 11 11", "12 000 00 00"]
    put_right(filled, "phones", "12 345 67 89")
    assert shown(filled)["phones"] == ["12 345 67 89"]


NEW_DOOR = Point(19.15, 50.15)


def known_door(address, gmina_code):
    """Find one door of the western gmina."""
    is_it = address["street_address"] == "ul. Nowa 5" and gmina_code == WEST
    return FoundAddress(NEW_DOOR, "door", 100) if is_it else None


@pytest.mark.parametrize(
    ("text", "town"),
    [("ul. Nowa 5", ("32-777", "Sekretowo")), ("ul. Nowa 5, 32-001  Inne", ("32-001", "Inne"))],
)
def test_an_address_moves_the_point_with_it(filled, text, town):
    put_right(filled, "address", text, find=known_door)
    row = shown(filled)
    assert (row["street_address"], row["postal_code"], row["locality_name"]) == ("ul. Nowa 5", *town)
    assert row["geometry"].equals(NEW_DOOR)
    assert (row["place_grade"], row["place_radius_m"], row["gmina_code"]) == ("door", 100, WEST)
    assert [told["field"] for told in row["corrections"]] == ["street_address"]
    with filled.begin() as connection:
        connection.execute(update(Facility).values(street_address="Nowa 5"))
        connection.execute(update(Facility).values(street_address="ul. Nowa 5"))
        assert [one.standing for one in standing_corrections(connection)] == ["caught_up"]
    with filled.begin() as connection:
        protect(connection, [(HOME, "gmina_centroid", None)], origin="person")
    row = shown(filled)
    assert row["street_address"] is None
    assert row["place_grade"] == "gmina"
    assert not row["geometry"].equals(NEW_DOOR)


def test_an_address_that_is_not_there_is_refused(filled):
    with pytest.raises(CorrectionError, match=r"in its gmina, found none: 'ul\. Inna 5'"):
        put_right(filled, "street_address", "ul. Inna 5", find=known_door)
    with filled.begin() as connection:
        protect(connection, [(HOME, "gmina_centroid", None)], origin="person")
    with pytest.raises(CorrectionError, match="expected a field that a protected place shows"):
        put_right(filled, "street_address", "ul. Nowa 5", find=known_door)


def test_of_several_services_it_must_be_said_which(filled):
    with Session(filled) as session, session.begin():
        release = add_release(session, "two")
        add_facility(session, release, "both")
        facility = session.execute(select(Facility.id).where(Facility.record_key == "both")).scalar_one()
        session.add(
            Service(
                facility_id=facility, service_key="b2", support_form="DZI-KSP", need_groups=["older"],
                status="active", required_documents=[], fees=[], funding=[], languages=[],
            )
        )  # fmt: skip
    both = ("two", "both")
    with pytest.raises(CorrectionError, match="found 2; say which by --form"):
        put_right(filled, "capacity_places", "7", named=both)
    with pytest.raises(CorrectionError, match="expected one of BEZ-SCH, DZI-KSP, found --form CAL-DPS"):
        put_right(filled, "capacity_places", "7", named=both, form="CAL-DPS")
    put_right(filled, "capacity_places", "7", named=both, form="DZI-KSP")
    put_right(filled, "status", "suspended", named=both)
    with filled.connect() as connection:
        rows = read_services(connection)
    of_both = rows[rows["source_code"] == "two"].set_index("support_form")
    assert of_both["capacity_places"].to_dict() == {"BEZ-SCH": 10, "DZI-KSP": 7}
    assert set(of_both["status"]) == {"suspended"}


# What is protected.


@pytest.mark.parametrize("visibility", ["staff", "hidden"])
def test_a_place_that_is_not_shown_is_not_corrected(filled, visibility):
    with filled.begin() as connection:
        protect(connection, [(HOME, visibility, None)], origin="person")
    with pytest.raises(CorrectionError, match="kept from sight") as caught:
        put_right(filled, "phones", "12 345 67 89")
    assert "home" not in str(caught.value)


def test_a_place_shown_by_its_gmina_gets_numbers_and_no_words(filled):
    with filled.begin() as connection:
        protect(connection, [(HOME, "gmina_centroid", None)], origin="person")
    for field in ("facility_name", "note", "opening_hours_text", "website", "intake_text"):
        with pytest.raises(CorrectionError, match=f"{field}: expected a field that a protected place shows"):
            put_right(filled, field, "pn.-pt. 8-16")
    put_right(filled, "phones", "12 345 67 89 (dyżurka)")
    row = shown(filled)
    assert row["phones"] == ["12 345 67 89"]
    assert row["phone_records"] == [{"number": "12 345 67 89"}]
    assert row["street_address"] is None
    assert row["visibility"] == "gmina_centroid"
    assert [told["reason"] for told in row["corrections"]] == [None]


def test_what_was_corrected_before_it_was_protected_is_not_told(filled):
    for field, text in (
        ("opening_hours_text", f"8-16, {TRUE_ADDRESS}x"),
        ("facility_name", "Dom na rogu"),
        ("note", "wejście od podwórza"),
        ("phones", "12 345 67 89 (portiernia)"),
    ):
        put_right(filled, field, text)
    with filled.begin() as connection:
        protect(connection, [(HOME, "gmina_centroid", None)], origin="person")
    row = shown(filled)
    assert "Dom na rogu" not in str(row)
    assert "podwórza" not in str(row)
    assert "portiernia" not in str(row)
    assert TRUE_ADDRESS not in str(row)
    assert row["phones"] == ["12 345 67 89"]
    with filled.begin() as connection:
        protect(connection, [(HOME, "hidden", None)], origin="person")
    with filled.connect() as connection:
        assert read_services(connection).empty


def test_no_word_of_a_correction_tells_the_address_of_a_protected_place(filled):
    with Session(filled) as session, session.begin():
        release = add_release(session, "other")
        add_facility(session, release, "open")
    with filled.begin() as connection:
        protect(connection, [(HOME, "hidden", None)], origin="person")
    for options in (
        {"text": f"przenieśli się na {TRUE_ADDRESS}"},
        {"text": "x", "reason": f"jest na {TRUE_ADDRESS}"},
    ):
        with pytest.raises(CorrectionError, match="address of a protected place") as caught:
            put_right(filled, "note", named=("other", "open"), **options)
        assert TRUE_ADDRESS not in str(caught.value)


# Days, loads and standing.


def test_of_an_earlier_day_only_earlier_corrections_hold(filled):
    put_right(filled, "phones", "12 345 67 89")
    day = shown(filled)["corrections"][0]["on"]
    assert shown(filled, day)["phones"] == ["12 345 67 89"]
    assert shown(filled, day - timedelta(days=1))["phones"] == ["12 000 00 00"]


def test_caches_follow_corrections(filled):
    def prints():
        with filled.connect() as connection:
            return registry_fingerprint(connection), corrections_revision(connection)

    first = prints()
    assert first[1] == ""
    put_right(filled, "phones", "12 345 67 89")
    second = prints()
    with filled.begin() as connection:
        undo_correction(connection, 1, reason=WHY, by="ola")
    assert second[0] != first[0]
    assert prints() == first


@pytest.mark.parametrize(
    ("phones", "standing"),
    [
        ([{"number": "12 000 00 00"}], "needed"),
        ([{"number": "+48 123456789"}], "caught_up"),
        ([{"number": "12 777 77 77"}], "moved_on"),
    ],
)
def test_it_is_told_when_the_register_catches_up(filled, phones, standing):
    put_right(filled, "phones", "12 345 67 89")
    with filled.begin() as connection:
        connection.execute(update(Facility).values(phones=phones))
        [one] = standing_corrections(connection)
        lines = list(caught_up_lines(connection))
    assert one.standing == standing
    assert len(lines) == (standing != "needed")
    assert all("12 345" not in line and "correct --undo 1" in line for line in lines)
    assert shown(filled)["phones"] == ["12 345 67 89"]


def test_a_record_that_is_gone_leaves_its_correction_without_effect(filled):
    put_right(filled, "phones", "12 345 67 89")
    with Session(filled) as session, session.begin():
        later = add_release(session, "other")
        session.execute(update(Facility).values(ended_release_id=later))
    with filled.connect() as connection:
        [one] = standing_corrections(connection)
    assert one.standing == "gone"


def test_undone_twice_is_refused_and_what_was_written_is_kept(filled):
    put_right(filled, "phones", "12 345 67 89")
    with filled.begin() as connection:
        undo_correction(connection, 1, reason="pomyłka przy wpisywaniu", by="ewa")
    with (
        filled.begin() as connection,
        pytest.raises(CorrectionError, match="expected the number of a correction"),
    ):
        undo_correction(connection, 1, reason=WHY, by="ewa")
    with filled.connect() as connection:
        kept = connection.execute(select(Correction)).mappings().one()
    assert (kept["corrected_by"], kept["undone_by"], kept["undo_reason"]) == (
        "ola",
        "ewa",
        "pomyłka przy wpisywaniu",
    )


@pytest.mark.parametrize("file_format", FORMATS)
def test_exports_have_what_was_corrected(filled, tmp_path, file_format):
    put_right(filled, "phones", "12 345 67 89")
    extract = read_extract(filled)
    assert extract.facilities["phones"].tolist() == [[{"number": "12 345 67 89"}]]
    assert ("phones", "own-corrections") in set(
        extract.provenance[["field", "source_code"]].itertuples(index=False)
    )
    path = tmp_path / f"out{FORMATS[file_format].ending}"
    write_export(extract, path, file_format=file_format)
    assert path.stat().st_size
