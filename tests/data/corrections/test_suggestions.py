"""What readers tell: kept without persons, at most so much, decided by somebody, and of protected places no words."""

import csv
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.__main__ import main
from data.corrections import suggestions as store
from data.corrections.correcting import undo_correction
from data.corrections.errors import CorrectionError, FloodError, HourFloodError, SuggestionError
from data.corrections.suggestions import (
    MOST_OF_PLACE_A_DAY,
    Told,
    accept,
    decide,
    receipt_of,
    suggestion,
    suggestions,
    take_suggestion,
)
from data.corrections.told_counts import LEAST_SHOWN
from data.corrections.unmet_needs import (
    MOST_OF_GMINA_A_DAY,
    Unmet,
    take_need,
    unmet_needs,
)
from data.corrections.withheld import WITHHELD
from data.reading.merged_services import read_services
from data.reading.protection import protect
from data.store.schema import Correction, Suggestion, UnmetNeed
from tests.support.small_registry import EAST, TRUE_ADDRESS, WEST, add_areas, add_facility, add_release

HOME = ("list", "home")
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC).replace(tzinfo=None)
TODAY = date(2026, 11, 30)


@pytest.fixture
def filled(engine):
    with Session(engine) as session, session.begin():
        add_areas(session)
        add_facility(session, add_release(session, "list"), "home", phones=[{"number": "12 000 00 00"}])
    return engine


def told(number=1, **changes):
    fields = {"receipt": f"{number:016x}", "lang": "pl", "kind": "outdated", "record": HOME, "topic": "phone"}
    return Told(**(fields | changes))


def take(engine, one, now=NOW):
    with engine.begin() as connection:
        return take_suggestion(connection, one, now=now)


def kept(engine):
    with engine.connect() as connection:
        return connection.execute(select(Suggestion).order_by(Suggestion.id)).mappings().all()


def test_words_are_hidden_before_they_are_kept(filled):
    take(
        filled,
        told(proposal="12 345 67 89 Jan Kowalski", words="mówiła Anna Nowak, 600 100 200, a@example.org"),
    )
    [row] = kept(filled)
    assert row["proposal"] == "12 345 67 89"
    assert row["words"] == "mówiła […]"
    assert not {"Kowalski", "Nowak", "600", "example"} & set(str(dict(row)).replace("'", " ").split())


@pytest.mark.parametrize(
    ("topic", "proposal", "words", "expected"),
    [
        ("hours", "pn.-pt. 8-16", "", ("pn.-pt. 8-16", None)),
        ("address", "ul. Jana Matejki 3", "", ("ul. Jana Matejki 3", None)),
        (
            "closed",
            "od 1 grudnia, mówi Jan Kowalski",
            "nie ma nikogo",
            (None, "od […] grudnia, mówi […]\nnie ma nikogo"),
        ),
        ("phone", "nie wiem", "", (None, None)),
    ],
)
def test_each_topic_keeps_what_it_needs(filled, topic, proposal, words, expected):
    take(filled, told(topic=topic, proposal=proposal, words=words))
    [row] = kept(filled)
    assert (row["proposal"], row["words"]) == expected


def test_the_same_form_sent_twice_is_one(filled):
    assert take(filled, told()) == take(filled, told()) == told().receipt
    assert len(kept(filled)) == 1


def test_the_same_form_with_other_content_is_a_newer_version(filled):
    first = take(filled, told(proposal="12 345 67 89"))
    second = take(filled, told(proposal="12 345 67 80"))
    assert first != second
    rows = kept(filled)
    assert [(row["proposal"], row["state"]) for row in rows] == [
        ("12 345 67 89", "closed"),
        ("12 345 67 80", "open"),
    ]
    assert take(filled, told(proposal="12 345 67 80", lang="uk")) == second
    accept_first = rows[0]["id"]
    with filled.begin() as connection:
        accept(connection, accept_first, by="ja")
        assert suggestion(connection, rows[1]["id"])["state"] == "open", (
            "who accepts one accepts what they read"
        )


def test_floods_end(filled, monkeypatch):
    for number in range(MOST_OF_PLACE_A_DAY):
        take(filled, told(number))
    with pytest.raises(FloodError, match="tomorrow"):
        take(filled, told(99))
    take(filled, told(99), NOW + timedelta(hours=25))
    monkeypatch.setattr(store, "MOST_AN_HOUR", 1)
    take(filled, told(100, kind="missing", record=None, topic=None), NOW + timedelta(hours=50))
    with pytest.raises(HourFloodError, match="an hour"):
        take(
            filled, told(101, kind="missing", record=None, topic=None), NOW + timedelta(hours=50, minutes=30)
        )
    assert len(kept(filled)) == MOST_OF_PLACE_A_DAY + 2


def test_nothing_is_shown_before_it_is_accepted_and_then_with_its_number(filled):
    take(filled, told(proposal="12 345 67 89"))
    with filled.connect() as connection:
        assert read_services(connection)["phones"].tolist() == [["12 000 00 00"]]
    with filled.begin() as connection:
        accept(connection, 1, by="ola")
    with filled.connect() as connection:
        row = read_services(connection).to_dict("records")[0]
        assert receipt_of(connection, f"{1:016x}").state == "accepted"
        assert connection.execute(select(Correction.suggestion_id)).scalar_one() == 1
        assert suggestions(connection) == []
    assert row["phones"] == ["12 345 67 89"]
    assert row["corrections"][0]["reason"] == "zgłoszenie nr 1"
    with filled.begin() as connection, pytest.raises(SuggestionError, match="that nobody accepted"):
        accept(connection, 1, by="ola")


def test_what_is_closed_becomes_so(filled):
    take(filled, told(topic="closed"))
    with filled.begin() as connection:
        accept(connection, 1, by="ola", reason="sprawdziliśmy w gminie")
    with filled.connect() as connection:
        assert read_services(connection)["status"].tolist() == ["closed"]


def test_what_cannot_be_accepted_says_what_to_do(filled):
    take(filled, told(1, topic="address", proposal="ul. Nowa 1"))
    take(filled, told(2, topic="other", words="rampa jest"))
    take(filled, told(3, kind="missing", record=None, topic=None, words="brakuje klubu", gmina_code=WEST))
    take(filled, told(4, proposal="12 34"))
    for number, error, said in (
        (1, CorrectionError, "found no index: 'ul. Nowa 1'"),
        (2, SuggestionError, "say them by --field and --value"),
        (3, SuggestionError, "which is of one that no list has; add it to a sheet"),
        (4, SuggestionError, "say them by --field and --value"),
        (5, SuggestionError, "expected the number of a suggestion, found 5"),
    ):
        with filled.begin() as connection, pytest.raises(error, match=said):
            accept(connection, number, by="ola")
    with filled.begin() as connection:
        accept(connection, 2, by="ola", field="wheelchair", value="tak")
    assert [row["state"] for row in kept(filled)] == ["open", "accepted", "open", "open"]


def test_an_answer_is_for_its_sender_and_names_nobody(filled):
    take(filled, told())
    with filled.begin() as connection, pytest.raises(SuggestionError, match="names no private person"):
        decide(connection, 1, state="answered", answer="pytać: Jan Kowalski", by="ola")
    with filled.begin() as connection:
        decide(connection, 1, state="answered", answer="Numer jest dobry, dzwoniliśmy dziś.", by="ola")
    with filled.connect() as connection:
        assert receipt_of(connection, f"{1:016x}").answer == "Numer jest dobry, dzwoniliśmy dziś."
        assert receipt_of(connection, "f" * 16) is None


# Protected places.


def test_of_a_place_shown_by_its_gmina_only_numbers_are_kept(filled):
    with filled.begin() as connection:
        protect(connection, [(HOME, "gmina_centroid", None)], origin="person")
    take(filled, told(1, proposal=f"12 345 67 89, {TRUE_ADDRESS}", words=f"to jest {TRUE_ADDRESS}"))
    take(filled, told(2, topic="address", proposal=TRUE_ADDRESS, words="x"))
    rows = kept(filled)
    assert [(row["proposal"], row["words"]) for row in rows] == [("12 345 67 89", None), (None, None)]
    assert "Tajemn" not in str(rows)


@pytest.mark.parametrize("visibility", ["gmina_centroid", "staff", "hidden"])
def test_words_about_a_place_that_is_protected_since_are_withheld(filled, visibility):
    take(filled, told(1, topic="hours", proposal=f"8-16, {TRUE_ADDRESS}", words=f"to jest {TRUE_ADDRESS}"))
    with filled.begin() as connection:
        protect(connection, [(HOME, visibility, None)], origin="person")
    with filled.connect() as connection:
        listed = str(suggestions(connection)) + str(suggestion(connection, 1))
    assert "Tajemn" not in listed
    assert "home" not in listed
    assert "list:@1" in listed


@pytest.mark.parametrize("gmina", [None, WEST])
def test_words_about_another_place_that_name_a_protected_street_are_withheld(filled, gmina):
    with filled.begin() as connection:
        protect(connection, [(HOME, "hidden", None)], origin="person")
    take(
        filled,
        told(1, kind="missing", record=None, topic=None, words=f"dom przy {TRUE_ADDRESS}", gmina_code=gmina),
    )
    with filled.connect() as connection:
        assert suggestion(connection, 1)["words"] == WITHHELD


# The command.


@pytest.fixture
def run(filled, database_url, monkeypatch, capsys):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", database_url)

    def run(*words, status=0):
        assert main(list(words)) == status
        return "".join(capsys.readouterr())

    return run


def test_from_a_report_to_the_page_in_two_commands(filled, run):
    take(filled, told(proposal="12 345 67 89"))
    assert "python -m data suggestions accept 1" in run("suggestions")
    assert "12 000 00 00 → 12 345 67 89" in run("suggestions", "accept", "1", "--by", "ola")
    assert "no suggestions wait" in run("suggestions", "list")
    assert "(accepted)" in run("suggestions", "list", "--all")
    assert "by ola: zgłoszenie nr 1; the register still says otherwise" in run("correct")
    assert "lists speak again" in run("correct", "--undo", "1", "--reason", "pomyłka w numerze")
    assert run("correct") == "nothing is corrected\n"


def test_a_listing_is_no_markup_formula_or_command_of_a_terminal(filled, run):
    take(filled, told(topic="other", words='=HYPERLINK("x")\x1b[2J<script>\nI druga linia'))
    listed = run("suggestions")
    assert "\x1b" not in listed
    assert listed.count("\n") == 3
    rows = list(csv.DictReader(run("suggestions", "list", "--csv").splitlines()))
    assert rows[0]["words"].startswith("'=HYPERLINK")
    assert "\x1b" not in rows[0]["words"]


def test_the_command_answers_closes_and_shows(filled, run):
    take(filled, told())
    take(filled, told(2))
    run("suggestions", "answer", "1", "--because", "numer jest dobry")
    run("suggestions", "close", "2", "--because", "to samo co numer jeden")
    shown = run("suggestions", "show", "2")
    assert "state        closed" in shown
    assert "receipt" not in shown
    assert "error: expected the number of a suggestion, found 7" in run("suggestions", "show", "7", status=1)


def test_correct_wants_a_reason(run):
    assert "error: expected SOURCE:KEY FIELD VALUE --reason" in run(
        "correct", "list:home", "phones", status=1
    )


# What readers did not find.


def need(engine, number, gmina=WEST, form="BEZ-NOC", today=TODAY):
    with engine.begin() as connection:
        return take_need(connection, Unmet(f"{number:016x}", gmina, "homeless", form), today=today)


def test_needs_are_told_from_five_on_and_by_area(filled, run):
    for number in range(LEAST_SHOWN - 1):
        assert need(filled, number)
    assert not need(filled, 0)
    with filled.connect() as connection:
        assert unmet_needs(connection, today=TODAY).empty
    need(filled, 50, gmina=EAST)
    with filled.connect() as connection:
        assert unmet_needs(connection, today=TODAY).empty
        # Of a powiat of two gminas five would tell that each of them has some.
        assert unmet_needs(connection, today=TODAY, level="powiat").empty
    need(filled, 51, form=None)
    with filled.connect() as connection:
        [row] = unmet_needs(connection, today=TODAY).to_dict("records")
        # A form that four named is not told by itself.
        assert (row["area_code"], row["reports"], row["forms"]) == (WEST, LEAST_SHOWN, {})
        # The one report of the other gmina would follow from six of the powiat.
        [row] = unmet_needs(connection, today=TODAY, level="powiat").to_dict("records")
        assert (row["area_code"], row["reports"]) == ("9801", LEAST_SHOWN)
    assert f"powiat 9801  homeless  {LEAST_SHOWN} reports" in run("suggestions", "needs")
    for number in range(60, 60 + LEAST_SHOWN):
        need(filled, number)
    with filled.connect() as connection:
        [row] = unmet_needs(connection, today=TODAY).to_dict("records")
        # Nine named one form: of ten reports the last would be one of another.
        assert (row["reports"], row["forms"]) == (2 * LEAST_SHOWN, {})
        assert unmet_needs(connection, today=TODAY + timedelta(days=366)).empty


def test_of_a_need_nothing_else_is_kept(filled):
    need(filled, 1)
    with filled.connect() as connection:
        row = dict(connection.execute(select(UnmetNeed)).mappings().one())
    assert row | {"id": 0} == {
        "id": 0,
        "receipt": f"{1:016x}",
        "reported_on": TODAY,
        "gmina_code": WEST,
        "need_group": "homeless",
        "support_form": "BEZ-NOC",
    }


def test_needs_of_one_gmina_end(filled):
    for number in range(MOST_OF_GMINA_A_DAY):
        need(filled, number)
    with pytest.raises(FloodError):
        need(filled, 99)
    assert need(filled, 99, gmina=EAST)


def test_a_receipt_says_that_its_correction_was_taken_back(filled):
    take(filled, told(proposal="12 345 67 89"))
    with filled.begin() as connection:
        accept(connection, 1, by="ola")
        undo_correction(connection, 1, reason="zły numer", by="ewa")
        assert receipt_of(connection, f"{1:016x}").state == "undone"
