"""The facts of a service in words: what is known is said with its day, what is not is said or left out."""

from datetime import date

import pytest

from layers.text import texts_of
from layers.words.service_facts import (
    access_lines,
    capacity_line,
    hours_line,
    how_to_get,
    language_name,
    public_note,
    vacancy_line,
    vacancy_lines,
)
from layers.words.service_words import door_words, outside_words
from tests.support.tiny_world import service

TODAY = date(2026, 11, 22)
PL, UK, EN = (texts_of(lang) for lang in ("pl", "uk", "en"))


def row(**changes):
    return {**service(1, "120001"), "is_vacancy_old": False, **changes}


class TestVacancies:
    def test_current_ones_have_their_day(self):
        line = vacancy_line(
            row(vacant_places=3, vacant_women=1, vacant_men=2, waiting_persons=4, waiting_days=30)
            | {"vacancies_on": date(2026, 11, 1)},
            PL,
        )
        assert line == (
            "3 wolne miejsca (dla kobiet: 1, dla mężczyzn: 2); 4 osoby czekają na miejsce; czeka się 30 dni "
            "– stan na 1 listopada 2026"
        )

    @pytest.mark.parametrize(
        ("texts", "said"),
        [
            (PL, "3 wolne miejsca – stan na 30 czerwca 2026, może być nieaktualny"),
            (EN, "3 vacant places – as of 30 June 2026, may be out of date"),
        ],
        ids=["pl", "en"],
    )
    def test_expired_ones_say_that_they_may_be_out_of_date(self, texts, said):
        old = row(vacant_places=3, vacancies_on=date(2026, 6, 30), is_vacancy_old=True)
        assert vacancy_line(old, texts) == said

    def test_of_no_known_day(self):
        line = vacancy_line(row(vacant_places=0, is_vacancy_old=True), PL)
        assert line == "Brak wolnych miejsc – nie wiemy, z którego dnia, może być nieaktualne"

    def test_unknown_ones_are_not_none(self):
        assert vacancy_line(row(capacity_places=40, vacancies_on=TODAY), PL) == ""
        assert vacancy_lines(row(capacity_places=40, vacancies_on=TODAY), PL) == []

    def test_of_a_home_with_one_profile_are_one_line(self):
        home = row(vacant_places=0, waiting_days=30, vacancies_on=TODAY)
        assert vacancy_lines(home, PL) == [vacancy_line(home, PL)]

    def test_of_a_home_with_several_are_said_of_each(self):
        profiles = [
            {"label": "dla osób przewlekle somatycznie chorych", **self.counts(50, 0, 3, 45)},
            {"label": "dla osób w podeszłym wieku", **self.counts(40, 0, 11, 1650)},
        ]
        home = row(capacity_places=90, vacant_places=0, profiles=profiles, vacancies_on=date(2026, 6, 30))
        one, other = (line.replace("\N{NO-BREAK SPACE}", " ") for line in vacancy_lines(home, PL))
        assert one == (
            "Dla osób przewlekle somatycznie chorych: brak wolnych miejsc; 3 osoby czekają na miejsce; "
            "czeka się 45 dni – stan na 30 czerwca 2026"
        )
        assert other == (
            "Dla osób w podeszłym wieku: brak wolnych miejsc; 11 osób czeka na miejsce; "
            "czeka się 1 650 dni – stan na 30 czerwca 2026"
        )
        assert capacity_line(home, PL) == (
            "Liczba miejsc: dla osób przewlekle somatycznie chorych – 50; dla osób w podeszłym wieku – 40"
        )

    def test_of_a_profile_that_says_nothing_are_not_those_of_another(self):
        nothing = {"label": "dla osób w podeszłym wieku", **self.counts(*[None] * 4)}
        other = {"label": "dla osób przewlekle psychicznie chorych", **self.counts(None, 2, None, None)}
        (line,) = vacancy_lines(row(profiles=[nothing, other], vacant_places=None), PL)
        assert line == "Dla osób przewlekle psychicznie chorych: 2 wolne miejsca"

    @staticmethod
    def counts(places, vacant, waiting, days):
        return {
            "capacity_places": places,
            "vacant_places": vacant,
            "waiting_persons": waiting,
            "waiting_days": days,
        }


class TestHours:
    def test_are_said_in_the_language_of_the_page(self):
        known = row(opening_hours="Mo-Fr 08:00-16:00", opening_hours_text="pn-pt 8-16")
        assert hours_line(known, PL) == "Godziny: poniedziałek–piątek 8:00–16:00"
        assert hours_line(known, UK).startswith("Години: ")
        assert "poniedziałek" not in hours_line(known, UK)

    def test_only_words_stay_words(self):
        assert hours_line(row(opening_hours_text="7.30 - 15.30"), EN) == "Hours: 7.30 - 15.30"

    @pytest.mark.parametrize(
        ("form", "line"),
        [
            ("DZI-KLS", "Godzin otwarcia nie znamy."),
            ("BEZ-NOC", "Godzin otwarcia nie znamy."),
            ("CAL-DPS", ""),
        ],
        ids=["a club", "a night shelter", "a home where people live"],
    )
    def test_unknown_ones_are_said_where_somebody_would_go(self, form, line):
        assert hours_line(row(support_form=form), PL) == line


@pytest.mark.parametrize(
    ("changes", "texts", "said"),
    [
        ({"is_open": True}, PL, "Otwarte teraz"),
        ({"is_open": False}, PL, "Teraz zamknięte"),
        ({"is_open": None, "is_holiday_untold": False}, PL, ""),
        ({"is_open": None, "is_holiday_untold": True}, PL, "Święto: zadzwoń i zapytaj, czy jest otwarte"),
        ({"is_open": None, "is_holiday_untold": True}, UK, "Свято: зателефонуйте й запитайте, чи відчинено"),
        ({"is_open": None, "is_holiday_untold": True}, EN, "Public holiday: call and ask if it is open"),
        (
            {"is_open": None, "is_holiday_untold": True, "phones": []},
            PL,
            "Święto: nie wiemy, czy jest otwarte",
        ),
    ],
)
def test_the_door_is_said_in_words(changes, texts, said):
    assert door_words(row(**changes), texts) == said


def test_access_says_what_is_known_and_nothing_else():
    known = row(
        languages=["pl", "uk"], service_languages=["en"], wheelchair="limited", barrier_free=["winda"]
    )
    assert access_lines(known, PL) == [
        "Języki: angielski, polski, ukraiński",
        "Częściowo dostępne dla wózków",
        "Udogodnienia: winda",
    ]
    assert access_lines(row(), PL) == []


def test_a_language_without_a_name_stays_a_code():
    assert language_name("uk", EN) == "Ukrainian"
    assert language_name("qqq", EN) == "qqq"


class TestHowToGet:
    def test_every_topic_is_a_line(self):
        lines = how_to_get(
            row(
                intake_text="wniosek w OPS",
                required_documents=["dowód", "zaświadczenie"],
                fees_text="do 70% dochodu",
                eligibility_text="osoby starsze",
                minimum_age=60,
                interpretation_text="PJM na żądanie",
            ),
            PL,
            TODAY,
        )
        assert lines == {
            "intake": "Jak się zgłosić: wniosek w OPS",
            "eligibility": "Kto może skorzystać: osoby starsze; wiek: od 60 lat",
            "documents": "Potrzebne dokumenty: dowód; zaświadczenie",
            "fees": "Opłaty: do 70% dochodu",
            "interpretation": "Tłumaczenie: PJM na żądanie",
        }

    def test_nothing_known_is_no_line(self):
        assert how_to_get(row(), PL, TODAY) == {}

    def test_fees_are_those_of_the_day(self):
        fees = [
            {"option": "pobyt", "amount": 70.5, "currency": "PLN", "description": "za dobę"},
            {"option": "zajęcia", "amount": 0, "currency": "PLN"},
            {"option": "dawniej", "amount": 1, "valid_to": "2025-12-31"},
            {"option": "później", "amount": 2, "valid_from": "2027-01-01"},
        ]
        said = how_to_get(row(fees=fees), PL, TODAY)["fees"]
        assert said == "Opłaty: pobyt – za dobę: 70,50 zł; zajęcia: bezpłatnie"

    @pytest.mark.parametrize(
        ("ages", "said"),
        [
            ({"minimum_age": 18, "maximum_age": 65}, "wiek: od 18 do 65 lat"),
            ({"minimum_age": 18}, "wiek: od 18 lat"),
            ({"maximum_age": 24}, "wiek: do 24 lat"),
        ],
        ids=["between", "from", "to"],
    )
    def test_ages(self, ages, said):
        assert how_to_get(row(**ages), PL, TODAY)["eligibility"] == f"Kto może skorzystać: {said}"


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"note": "filia: ul. Węgierska 28"}, "filia: ul. Węgierska 28"),
        ({"note": "Źródło: mir.org.pl - wymaga weryfikacji"}, ""),
        ({"note": "adres poza odczytanym fragmentem", "source_code": "compiled"}, ""),
        ({"note": "uprawnionych do głosowania 146", "field_sources": {"note": ["compiled"]}}, ""),
        ({"note": "filia: ul. Prosta 2", "field_sources": {"note": ["register"]}}, "filia: ul. Prosta 2"),
        ({"note": None}, ""),
    ],
    ids=[
        "an office's",
        "where a row is from",
        "a compiler's",
        "a merged list's",
        "a merged office's",
        "none",
    ],
)
def test_only_notes_of_offices_for_people_are_shown(changes, shown):
    assert public_note(row(**changes), {"register"}) == shown


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (PL, "To inna gmina. Zapytaj, czy przyjmuje spoza gminy."),
        (UK, "Це інша гміна. Запитайте, чи приймають з-поза гміни."),
        (EN, "This is another gmina. Ask whether it takes people from outside."),
    ],
)
def test_a_club_of_another_gmina_is_to_be_asked(texts, said):
    other = {"is_of_other_gmina": True}
    assert outside_words(row(support_form="DZI-KLS") | other, texts) == said
    # Nor is anybody told to ask where people come from anywhere, or whoever lives in the gmina itself.
    assert outside_words(row(support_form="CAL-DPS") | other, texts) == ""
    assert outside_words(row(support_form="DZI-KLS") | {"is_of_other_gmina": False}, texts) == ""
    assert outside_words(row(support_form="DZI-KLS"), texts) == ""
