"""How much we know here: the map's numbers and words, on the tiny world, the same on page, card and files."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import openpyxl
import pandas as pd
import pytest

from data.scenarios import Change, Scenario, to_text
from data.vocabulary.languages import LANGUAGES
from layers.answers.measures.applied_scenario import apply_packed
from layers.answers.snapshot_id import snapshot_id
from layers.answers.table_building import build_area_table
from layers.cache.shared_answers import area_table
from layers.export.command import snapshot_command
from layers.export.files import export_bytes
from layers.export.table_book import table_xlsx
from layers.export.tables import table_csv
from layers.text import texts_of
from layers.view.view import View
from layers.widgets.knowledge_card import missing_lines, overdue_lines, records_of, register_lines
from layers.widgets.planner_map import map_values
from layers.widgets.ranking import ranked
from layers.words.caption import build_caption
from tests.support.pages import address_of, open_page, words_of
from tests.support.tiny_world import AS_OF, service, tiny_registry

FIRST, SECOND, THIRD = "120001", "120002", "240001"
TODAY = AS_OF + timedelta(days=10)


def two_homes():
    """Return a home of the complete register, and one from a list elsewhere, known since some day of 2021."""
    old = {"dated_on": AS_OF.replace(2021, 1, 1), "dated_precision": "year"}
    return [
        service(1, FIRST, capacity_places=30),
        service(2, THIRD, phones=[], source_code="other-register", **old),
    ]


def knowledge(services=None, *, registry=None, today=TODAY, **view):
    registry = registry or tiny_registry(two_homes() if services is None else services)
    return build_area_table(registry, View().with_changes(indicator="knowledge", **view), today=today)


def caption_of(table, lang="pl"):
    return build_caption(table, texts_of(lang))


def test_classes_and_figures_of_areas():
    table = knowledge()
    assert table.class_of.tolist() == [3, 3, 1]
    assert len(table.classes) == 3
    rows = table.rows
    assert rows["records_count"].tolist() == [1, 0, 1]
    assert rows["overdue_count"].tolist() == [0, 0, 1]
    # Of the forms for older people, one has a complete register in voivodeship 12.
    assert rows["known_forms_count"].tolist() == [1, 1, 0]
    assert (table.bounds["value"] == "").all()
    assert table.measured_on == TODAY


def test_hatched_here_means_no_data_on_the_map_of_facilities():
    services = [service(1, FIRST)]
    counts = build_area_table(tiny_registry(services), View(indicator="facilities_count")).class_of
    here = knowledge(services).class_of
    assert here.isna().tolist() == counts.isna().tolist() == [False, False, True]


def test_classes_are_the_same_where_some_do_not_occur():
    assert len(knowledge([]).classes) == 3
    assert caption_of(knowledge([])).class_labels == caption_of(knowledge()).class_labels


def test_what_a_scenario_opens_is_no_record_of_a_list():
    registry = tiny_registry(two_homes())
    change = Change(kind="open", support_form="CAL-DPS", gmina_code=FIRST, locality_key="1", places=10)
    changed = apply_packed(registry, to_text(Scenario("Plan", "CAL-DPS", "older", (change,)))).registry
    before, after = knowledge(registry=registry), knowledge(registry=changed)
    assert after.rows["records_count"].tolist() == before.rows["records_count"].tolist()
    assert overdue_lines(after, records_of(after, FIRST), texts_of("pl")) == overdue_lines(
        before, records_of(before, FIRST), texts_of("pl")
    )


def test_other_indicators_have_nothing_of_it():
    table = build_area_table(tiny_registry(two_homes()), View())
    assert "knowledge" not in table.rows
    assert table.records is None
    assert table.measured_on is None


def test_ages_are_counted_from_the_day_of_the_view():
    view = View(indicator="knowledge", day=(AS_OF + timedelta(days=1000)).isoformat())
    assert build_area_table(tiny_registry([]), view).measured_on == view.date
    table = area_table(tiny_registry([]), view)
    assert table.measured_on == view.date
    assert table.class_of[FIRST] == 2  # the register is no longer fresh on that day


def test_the_state_is_named_by_the_day_too():
    registry, view = tiny_registry([]), View(indicator="knowledge")
    assert knowledge(registry=registry).snapshot_id == snapshot_id(registry, view.question, TODAY)
    assert snapshot_id(registry, view.question, TODAY) != snapshot_id(registry, view.question, AS_OF)
    assert (
        snapshot_id(registry, View().question) == build_area_table(registry, View(), today=TODAY).snapshot_id
    )


def test_sources_are_the_registers_and_no_people():
    assert [note.code for note in knowledge().sources] == ["boundaries", "register", "other-register"]


FORM = "Dom pomocy społecznej – osoby starsze: "


@pytest.mark.parametrize(
    ("services", "options", "title"),
    [
        ([], {}, "w 1 gminie na 3 nie mamy żadnych danych"),
        (None, {}, "w 1 gminie na 3 nie mamy pełnego rejestru"),
        ([], {"scope": "12"}, "wszędzie mamy pełny i aktualny rejestr"),
        ([], {"scope": "24"}, "w 1 gminie na 1 nie mamy żadnych danych"),
        (None, {"scope": "24"}, "nigdzie nie mamy pełnego rejestru"),
        (
            [],
            {"scope": "12", "today": AS_OF + timedelta(days=400)},
            "pełny rejestr jest wszędzie, ale w 2 gminach na 2 trzeba go potwierdzić",
        ),
    ],
)
def test_title_is_the_answer(services, options, title):
    assert caption_of(knowledge(services, **options)).title.replace("\N{NO-BREAK SPACE}", " ") == FORM + title


def test_title_tells_gaps_from_nothing():
    registry = tiny_registry([], except_gminas=(SECOND,))
    title = "w 2 gminach na 3 nie mamy pełnego rejestru; w 1 gminie nie mamy żadnych danych"
    assert caption_of(knowledge(registry=registry)).title == FORM + title


@pytest.mark.parametrize(
    ("lang", "rest"),
    [
        ("pl", "nigdzie nie mamy pełnego rejestru; w 2 powiatach nie mamy żadnych danych"),
        ("en", "nowhere do we have a complete register; in 2 powiats we have no data at all"),
        ("uk", "ніде ми не маємо повного реєстру; у 2 повітах не маємо жодних даних"),
    ],
)
def test_nowhere_includes_nothing(lang, rest):
    texts = texts_of(lang)
    where = {"pl": "w 2 powiatach", "en": "in 2 powiats", "uk": "у 2 повітах"}[lang]
    words = texts.t(
        "export_title_knowledge_nowhere", form="", rest=texts.t("export_rest_nothing", where=where)
    )
    assert words.removeprefix(": ") == rest


@pytest.mark.parametrize("lang", LANGUAGES)
def test_caption_in_every_language(lang):
    caption = caption_of(knowledge(), lang)
    assert len(caption.class_labels) == 3
    assert caption.zero_label is None
    assert caption.legend_unit == ""
    note = caption.notes[0]
    assert "365" in note
    assert "10" in note
    assert "2026" in note
    assert caption.no_data_legend not in caption.class_labels


def read_csv(table):
    return list(
        csv.DictReader(io.StringIO(table_csv(table, caption_of(table)).decode("utf-8-sig")), delimiter=";")
    )


def test_csv_has_the_class_in_words_and_the_parts():
    first, second, third = read_csv(knowledge())
    assert first["Klasa na mapie"] == "pełny i aktualny rejestr"
    assert third["Klasa na mapie"] == "tylko listy niepełne lub sprzeczne"
    # Of five fields asked of a care home address, phone and capacity are known; elsewhere the address only.
    assert (first["Kompletność wpisów (%)"], third["Kompletność wpisów (%)"]) == ("60,0", "20,0")
    assert (first["Świeżość wpisów (%)"], third["Świeżość wpisów (%)"]) == ("100", "0")
    assert first["Dokładność położenia (%)"] == "40,0"
    assert third["Pewność źródła (%)"] == "66,7"
    assert (first["Wpisy do potwierdzenia"], third["Wpisy do potwierdzenia"]) == ("0", "1")
    assert third["Najdawniejsza data wpisu"] == "2021"
    assert first["Najdawniejsza data wpisu"] == "2026-06-30"
    assert second["Liczba wpisów"] == "0"
    assert second["Świeżość wpisów (%)"] == ""
    assert "Świeżość wpisów (%)" in second["Zastrzeżenia do liczb"]
    assert "Liczba osób z grupy" not in first


def test_nothing_is_called_no_data_in_the_table():
    assert read_csv(knowledge([]))[2]["Klasa na mapie"] == "brak danych"


def test_xlsx_has_the_same_numbers():
    table = knowledge()
    sheet = openpyxl.load_workbook(io.BytesIO(table_xlsx(table, caption_of(table)))).worksheets[1]
    heads, first, *_ = sheet.iter_rows(values_only=True)
    values = dict(zip(heads, first, strict=True))
    assert values["Kompletność wpisów (%)"] == pytest.approx(0.6)
    assert values["Najdawniejsza data wpisu"] == "2026-06-30"


def test_picture_explains_the_classes_and_draws_no_marks():
    registry = tiny_registry(two_homes())
    table = knowledge(registry=registry)
    svg = export_bytes(
        table, registry.areas_of_level("gmina"), registry.areas, caption_of(table), file_format="svg"
    ).decode()
    assert "pełny i aktualny rejestr" in svg
    assert "pełny rejestr, ale dawny" in svg
    assert 'id="facilities"' not in svg
    assert "jednostka" not in svg


def test_command_makes_the_same_map():
    assert "knowledge" in snapshot_command(View(indicator="knowledge"))


def test_map_tells_the_class_and_what_is_to_confirm():
    table = knowledge()
    said = map_values(table, caption_of(table), texts_of("pl"))["value_text"]
    assert said[FIRST] == "Ile wiemy: pełny i aktualny rejestr; wpisów: 1, do potwierdzenia: 0"
    assert said[SECOND] == "Ile wiemy: pełny i aktualny rejestr"
    assert said[THIRD] == "Ile wiemy: tylko listy niepełne lub sprzeczne; wpisów: 1, do potwierdzenia: 1"
    assert map_values(knowledge([]), caption_of(table), texts_of("pl")).loc[THIRD, "value_text"] == (
        "Ile wiemy: brak danych"
    )


def test_ranking_begins_where_nothing_is_known():
    registry = tiny_registry([], except_gminas=(FIRST,))
    assert list(ranked(knowledge(registry=registry)).index) == [THIRD, FIRST, SECOND]


class TestCard:
    texts = texts_of("pl")

    def lines(self, code, services=None, **world):
        registry = tiny_registry(two_homes() if services is None else services, **world)
        return register_lines(registry, knowledge(registry=registry), code, self.texts)

    def test_names_the_register_and_its_day(self):
        assert self.lines(FIRST) == ["Pełny rejestr: Źródło register, stan na 30 czerwca 2026."]
        assert self.lines(SECOND)[1:] == ["Rejestr nie wymienia tu żadnej placówki dla tej grupy."]

    def test_says_that_no_list_is_complete(self):
        assert self.lines(THIRD)[0].startswith("Żadne źródło nie podaje pełnej listy")

    def test_says_that_lists_contradict_each_other(self):
        assert "Trzeba to sprawdzić" in self.lines(SECOND, except_gminas=(SECOND,))[1]

    def test_names_the_list_that_contradicts(self):
        aside = service(3, SECOND, source_code="other-register", is_counted=False, set_aside_by="register")
        assert self.lines(SECOND, [service(1, FIRST), aside])[-1] == (
            "Placówkę wymienia: Źródło other-register."
        )

    @pytest.mark.parametrize(("level", "code"), [("powiat", "1200"), ("voivodeship", "12")])
    def test_a_larger_area_is_no_better_known_than_its_gminas(self, level, code):
        registry = tiny_registry([service(1, FIRST)], except_gminas=(SECOND,))
        table = knowledge(registry=registry, level=level)
        assert table.class_of[code] == 1
        assert table.rows.loc[code, "known_forms_count"] == 0
        assert register_lines(registry, table, code, self.texts)[1].startswith("W części gmin")

    def test_says_what_to_confirm_by_source(self):
        table = knowledge()
        assert overdue_lines(table, records_of(table, THIRD), self.texts) == (
            "Do potwierdzenia: 1 z 1",
            ["Źródło other-register: 1 wpis, najdawniejsza data: 2021"],
        )
        assert overdue_lines(table, records_of(table, FIRST), self.texts) == (
            "Żaden wpis nie jest do potwierdzenia: daty mieszczą się w terminie.",
            [],
        )

    def test_undated_records_are_to_be_confirmed(self):
        table = knowledge([service(1, FIRST, dated_on=None), service(2, FIRST, dated_on=None)])
        head, lines = overdue_lines(table, records_of(table, FIRST), self.texts)
        assert head == "Do potwierdzenia: 2 z 2"
        assert lines == ["Źródło register: 2 wpisy, bez żadnej daty"]

    def test_says_what_is_missing_most_first(self):
        table = knowledge([service(1, FIRST, capacity_places=3), service(2, FIRST, eligibility_text="65+")])
        head, lines = missing_lines(records_of(table, FIRST), self.texts)
        assert head == "Czego brakuje we wpisach (wszystkich: 2)"
        assert lines == [
            "jak się zgłosić: 2 wpisy (usługi) w 2 placówkach",
            "liczba miejsc: 1 wpis (usługa) w 1 placówce",
            "kto może skorzystać: 1 wpis (usługa) w 1 placówce",
        ]

    def test_other_views_have_no_records(self):
        with pytest.raises(ValueError, match="places_per_1000"):
            records_of(build_area_table(tiny_registry([]), View()), FIRST)


class TestPage:
    @pytest.fixture(autouse=True)
    def _invented(self, monkeypatch, invented_database_url):
        monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", invented_database_url)

    def test_choice_title_table_and_card(self):
        app = open_page("planner")
        app.selectbox(key="view_indicator").set_value("knowledge").run()
        assert address_of(app)["indicator"] == "knowledge"
        assert "rejestr" in app.header[0].value
        frame = app.dataframe[0].value
        assert len(frame) == 9
        assert {"Ile wiemy", "Wpisy do potwierdzenia", "Świeżość wpisów (%)"} <= set(frame.columns)
        assert "Tabela: najmniej wiemy na górze" in words_of(app)
        app.selectbox(key="view_chosen").set_value("986101").run()
        assert not app.exception
        assert "Formy tej grupy z pełnym rejestrem" in words_of(app)

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_it_needs_no_number_of_people(self, lang):
        app = open_page("planner", group="homeless", indicator="knowledge", lang=lang)
        assert not app.info
        assert not app.error

    def test_coordinator_has_the_same_title(self):
        planner = open_page("planner", indicator="knowledge")
        assert open_page("coordinator", indicator="knowledge").header[0].value == planner.header[0].value


def test_empty_frames_are_no_data():
    rows = knowledge([]).rows
    assert rows.loc[THIRD, "records_count"] == 0
    assert pd.isna(rows.loc[THIRD, "quality_score"])


def test_it_is_dated_by_the_lists_of_its_own_form():
    """The list of clubs of a voivodeship gave its day to what is known of care homes."""
    registry = tiny_registry(two_homes())
    beside = registry.sources.iloc[[0]].assign(source_code="clubs", kind="register", as_of=date(2020, 1, 1))
    claim = registry.register_coverage.iloc[[0]].assign(source_code="clubs", support_form="DZI-KLS")
    both = replace(
        registry,
        sources=pd.concat([registry.sources, beside], ignore_index=True),
        register_coverage=pd.concat([registry.register_coverage, claim], ignore_index=True),
    )
    alone, told = knowledge(registry=registry), knowledge(registry=both)
    assert (told.as_of, told.oldest_as_of) == (alone.as_of, alone.oldest_as_of)
    assert told.oldest_as_of != date(2020, 1, 1)
    # It says how many forms are known, so it is among the sources.
    assert "clubs" in {note.code for note in told.sources}
