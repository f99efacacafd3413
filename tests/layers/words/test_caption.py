from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from data.vocabulary.languages import LANGUAGES
from layers.answers.value_classes import classes_of, printed_values
from layers.text import texts_of
from layers.view.view import View
from layers.words.caption import build_caption, table_columns
from tests.golden.world import world_table

pytestmark = pytest.mark.usefixtures("every_form_is_near")


def caption_of(lang="pl", **changes):
    return build_caption(world_table(**changes), texts_of(lang))


def with_values(values, *, indicator, **view):
    table, shown = world_table(), View(scope="12", indicator=indicator, **view)
    value = pd.Series(values, index=table.rows.index, dtype=float)
    rows = table.rows.assign(value=value, is_complete=value.notna())
    classes = classes_of(shown, rows)
    return replace(
        table,
        view=shown,
        rows=rows,
        classes=classes,
        class_of=classes.assign(printed_values(shown.question, value)),
    )


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        (
            "pl",
            (
                "Dom pomocy społecznej – osoby starsze: "
                "w 1 gminie na 2 objęte pełnym rejestrem nie ma ani jednego miejsca"
            ),
        ),
        (
            "en",
            (
                "Social care home (DPS, 24h) – older people: "
                "in 1 gmina out of 2 covered by a complete register there is not a single place"
            ),
        ),
        (
            "uk",
            (
                "Будинок соціальної допомоги (DPS) – люди старшого віку: "
                "у 1 гміні із 2, де є повний реєстр, немає жодного місця"
            ),
        ),
    ],
)
def test_title_counts_zeros_out_of_the_areas_where_a_register_is_complete(lang, title):
    assert caption_of(lang).title == title


def test_title_counts_many_in_the_plural_and_says_nothing_of_missing_data_where_none_is_missing():
    table = with_values([0, 0, 2, 5], indicator="facilities_count")
    title = build_caption(table, texts_of("pl")).title
    assert title == "Dom pomocy społecznej – osoby starsze: w 2 gminach na 4 nie ma ani jednej placówki"


def test_title_without_zero_says_where_there_is_something():
    table = with_values([None, 1, 2, 5], indicator="facilities_count")
    title = build_caption(table, texts_of("pl")).title
    assert (
        title == "Dom pomocy społecznej – osoby starsze: placówki są w 3 gminach; o pozostałych brak danych"
    )


def test_title_of_coverage_says_the_distance():
    table = with_values([0, 0.2, 0.5, 1], indicator="coverage_share", distance_km=30)
    caption = build_caption(table, texts_of("pl"))
    assert "w 1 gminie na 4 nikt z tej grupy nie ma placówki" in caption.title
    assert caption.title.replace("\N{NO-BREAK SPACE}", " ").endswith("w odległości do 30 km w linii prostej")


def test_title_does_not_call_unknown_people_no_service():
    table = with_values([None] * 4, indicator="places_per_1000")
    table = replace(table, rows=table.rows.assign(demand_persons=float("nan")))
    caption = build_caption(table, texts_of("pl"))
    assert (
        caption.title
        == "Dom pomocy społecznej – osoby starsze: liczba osób z tej grupy nie jest znana w tym podziale"
    )
    assert caption.zero_label is None
    assert caption.class_labels == ()


def test_counts_have_no_classes_but_sizes():
    caption = build_caption(with_values([0, 1, 2, 50], indicator="facilities_count"), texts_of("pl"))
    assert caption.class_labels == ()
    assert caption.symbol_labels == ((50, "50"), (10, "10"), (2, "2"))
    assert caption.class_note == "Wielkość koła mówi, ile; kolor obszaru nie mówi o liczbie."
    assert caption.zero_label == "0 – nie ma placówek"


@pytest.mark.parametrize(
    ("indicator", "is_told"), [("organisation", False), ("local_plan", False), ("facilities_count", True)]
)
def test_a_file_names_a_form_only_where_its_numbers_are_of_one(indicator, is_told):
    caption = build_caption(with_values([0, 1, 2, 3], indicator=indicator), texts_of("pl"))
    assert ("Forma wsparcia" in dict(caption.about)) is is_told


def test_a_zero_beside_a_table_means_what_it_means_on_the_map():
    reached = build_caption(with_values([0, 0.4, 1, None], indicator="coverage_share"), texts_of("pl"))
    assert reached.signs.startswith("0% – nikt nie ma placówki w tej odległości; „brak danych”")
    assert dict(reached.about)["Znaki"] == reached.signs
    without = build_caption(with_values([0.3, 0.4, 1, None], indicator="coverage_share"), texts_of("pl"))
    assert without.signs.startswith("„brak danych”")
    assert "nic nie ma" not in " ".join(text for _, text in reached.about)


def test_where_nothing_is_known_no_size_of_circles_is_explained():
    nothing = with_values([None, None, None, None], indicator="places_per_1000")
    assert build_caption(nothing, texts_of("pl")).class_note == ""


def test_classes_of_shares_are_the_same_on_every_map_and_none_overlaps():
    fixed = (">0–24,9%", "25,0–49,9%", "50,0–74,9%", "75,0–<100%", "100%")
    for values in ([0, 0.07, 0.5, 1], [0.3, 0.31, 0.32, None]):
        caption = build_caption(with_values(values, indicator="coverage_share"), texts_of("pl"))
        assert caption.class_labels == fixed
        assert caption.class_note == ""


def test_two_values_are_no_classes_and_the_legend_says_so():
    caption = build_caption(with_values([0, 4, 12, 12], indicator="places_per_1000"), texts_of("pl"))
    assert caption.class_labels == ()
    assert caption.symbol_labels == ((10, "10,0"), (5, "5,0"))
    assert caption.class_note.startswith("Za mało różnych wartości")
    assert "class_label" not in table_columns(with_values([0, 4, 12, 12], indicator="places_per_1000"))


def test_limits_of_a_planner_are_named_as_theirs():
    table = world_table()
    chosen = table.of_view(replace(table.view, classes="r_2_4.5"))
    caption = build_caption(chosen, texts_of("pl"))
    assert caption.class_labels == (">0–1,9", "2,0–4,4", "4,5 i więcej")
    assert chosen.class_of.tolist() == [pd.NA, 0, 2, 3]
    assert caption.class_note == "granice klas ustawione przez planistę"
    assert chosen.snapshot_id == table.snapshot_id, "they colour numbers and change none"
    # Limits of shares say nothing of rates.
    of_shares = table.of_view(replace(table.view, classes="s_20_40"))
    assert "planist" not in build_caption(of_shares, texts_of("pl")).class_note


def test_what_is_known_within_a_bound_is_in_the_legend():
    assert caption_of().bound_labels == {"least": "co najmniej tyle: może być więcej"}


def test_class_labels_use_the_decimal_sign_of_the_language():
    assert caption_of("pl").class_labels == (">0–4,9", "5,0–9,9", "10,0 i więcej")
    assert caption_of("en").class_labels == (">0–4.9", "5.0–9.9", "10.0 and more")


def test_places_are_called_what_they_are_counted_in():
    caption = caption_of(view=View(scope="12", group="homeless", form="ZYW-JAD"))
    assert "posiłków dziennie" in caption.legend_title
    assert "posiłków dziennie" in caption.legend_unit
    assert "ani jednej placówki" in caption.title


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_that_an_export_must_carry_is_said(lang):
    caption = caption_of(lang, is_invented=True)
    text = " ".join(
        [
            caption.as_of,
            caption.boundaries,
            caption.snapshot,
            caption.address,
            *(s.text for s in caption.sources),
        ]
    )
    for needed in ("2026", "2019", "0123456789ab", "scope=12", "The Unlicense", "CC BY 4.0", "Granice: PRG"):
        assert needed in text
    assert caption.warning == caption.about[0][1]
    assert caption.warning_short


def test_real_data_carry_no_warning():
    caption = caption_of()
    assert caption.warning is None
    assert caption.warning_short is None
    assert caption.provenance["warning"] == ""


def test_notes_say_lower_bounds_and_how_people_were_counted():
    notes = " ".join(caption_of().notes)
    assert "„Co najmniej”: może być więcej" in notes
    assert "65 lat" in notes
    assert "31 grudnia 2020" in notes


@pytest.mark.parametrize(
    ("spread_by", "said"),
    [
        ("gminas", "liczymy je wszystkie w jednym punkcie gminy, bo miejscowości nie wczytano"),
        ("localities", "dzielimy je po równo między jej miejscowości"),
        ("towns", "szacujemy z liczby ludności jej miejscowości"),
        ("grid", "szacujemy z siatki ludności"),
        ("addresses", "szacujemy z liczby adresów w oczkach siatki 1 km"),
    ],
)
def test_notes_say_by_what_people_are_spread_over_a_gmina(spread_by, said):
    # Whatever sources the view names: what is said follows what was computed.
    table = replace(
        with_values([0, 0.2, 0.5, 1], indicator="coverage_share"), sources=(), spread_by=spread_by
    )
    notes = build_caption(table, texts_of("pl")).notes
    (note,) = [note for note in notes if "w gminie mieszkają" in note]
    assert said in note


def test_that_nobody_is_known_to_name_is_a_sentence():
    for lang, said in (
        ("pl", "więcej. Źródła nie znamy."),
        ("uk", "Джерело невідоме."),
        ("en", "Source not known."),
    ):
        notes = build_caption(replace(world_table(), sources=()), texts_of(lang)).notes
        assert any(said in note for note in notes)


def test_people_counted_by_another_method_are_named_by_it():
    people = replace(
        world_table().people,
        indicator="homeless_count_mrpips",
        counted_on=date(2019, 2, 14),
        base_level="voivodeship",
    )
    view = View(scope="12", group="homeless", form="BEZ-SCH")
    notes = " ".join(caption_of(people=people, view=view).notes)
    assert "badanie jednej nocy" in notes
    assert "14 lutego 2019" in notes
    assert "SZACUNEK" not in notes


def test_an_estimate_is_called_one():
    people = world_table().people
    people = replace(
        people,
        is_estimate=~people.is_estimate,
        indicator="homeless_count_mrpips",
        base_level="voivodeship",
        residents_on=date(2020, 12, 31),
    )
    view = View(scope="12", group="homeless", form="BEZ-SCH", is_estimate=True)
    assert "SZACUNEK" in " ".join(caption_of(people=people, view=view).notes)


def test_unknown_date_is_said():
    caption = caption_of(as_of=None, undated_sources=1)
    assert caption.as_of == "Stan danych na dzień, którego źródła nie podają"
    assert caption.as_of_iso == ""


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ({}, "nie mamy żadnej listy tej formy z tego obszaru"),
        ({"day": "2019-06-10"}, "nie mamy żadnej listy tej formy z tego obszaru na dzień 10 czerwca 2019"),
    ],
)
def test_without_any_list_there_is_no_day_and_it_is_said(view, said):
    caption = caption_of(as_of=None, view=View(scope="12").with_changes(**view))
    assert caption.as_of.replace("\u00a0", " ") == f"Stan danych: {said}"
    assert caption.legend_date.replace("\u00a0", " ") == f"stan danych: {said}"
    assert caption.as_of_iso == ""


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("pl", "Stan danych na różne daty: od 9 stycznia 2017 do stycznia 2024; część danych bez daty"),
        ("uk", "Дані станом на різні дати: від 9 січня 2017 р. до січня 2024; частина даних без дати"),
        ("en", "Data as of various dates: from 9 January 2017 to January 2024; some data undated"),
    ],
)
def test_a_month_is_no_day(lang, said):
    table = replace(
        world_table(),
        as_of=date(2024, 1, 1),
        as_of_precision="month",
        oldest_as_of=date(2017, 1, 9),
        undated_sources=1,
    )
    caption = build_caption(table, texts_of(lang))
    assert caption.as_of.replace("\u202f", " ") == said
    assert caption.as_of_iso == "2024-01"
    alone = replace(table, oldest_as_of=table.as_of, oldest_precision="month", undated_sources=0)
    month = texts_of(lang).date(date(2024, 1, 1), precision="month")
    assert month in [text for _, text in build_caption(alone, texts_of(lang)).about]


@pytest.mark.parametrize(
    ("oldest", "undated", "said"),
    [
        (date(2026, 6, 30), 0, "30 czerwca 2026"),
        (date(2026, 6, 30), 2, "30 czerwca 2026; część danych bez daty"),
        (date(2026, 5, 4), 0, "różne daty: od 4 maja 2026 do 30 czerwca 2026"),
        (date(2026, 5, 4), 1, "różne daty: od 4 maja 2026 do 30 czerwca 2026; część danych bez daty"),
    ],
)
def test_one_day_is_said_only_when_every_register_states_it(oldest, undated, said):
    caption = caption_of(oldest_as_of=oldest, undated_sources=undated)
    assert caption.as_of == f"Stan danych na {said}"
    assert caption.legend_date == f"stan na {said}"
    assert said in [text for _, text in caption.about]


def test_a_facility_of_unknown_places_is_no_zero_and_stays_in_the_denominator():
    table = with_values([0, None, None, 5], indicator="places_per_1000")
    rows = table.rows.assign(
        facilities_count=pd.array([0, 1, pd.NA, 2], dtype="Int64"), is_complete=[True, True, True, False]
    )
    title = build_caption(replace(table, rows=rows), texts_of("pl")).title
    assert "w 1 gminie na 2 objęte pełnym rejestrem" in title


def test_address_names_the_language_even_when_it_is_the_default():
    assert dict(caption_of().about)["Adres widoku"] == "?scope=12&lang=pl"


def test_columns_follow_the_level_and_the_indicator():
    def columns(**view):
        return table_columns(world_table(view=View().with_changes(**view)))

    assert "powiat_name" in columns()
    assert "powiat_name" not in columns(level="powiat")
    assert "voivodeship_name" not in columns(level="voivodeship")
    # What the table was not made for is not in it.
    assert "norm_missing_places" not in columns()
    assert columns(indicator="coverage_share")[-4:] == (
        "coverage_share",
        "sign",
        "remarks",
        "class_label",
    )
    assert "sign" not in columns(indicator="organisation")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_seat_in_a_gmina_is_no_lack_where_a_list_tells_the_powiat(lang):
    """Workshops are told by powiat: a gmina without one only has no seat."""
    of_gmina, of_powiat = (texts_of(lang).t(f"use.seat_{level}") for level in ("only", "powiat"))
    table = world_table()
    # PFRON's list names powiat ostrołęcki for a workshop in the city of Ostrołęka, where it is counted.
    for form, level, indicator, said in (
        ("REI-WTZ", "gmina", "facilities_count", of_gmina),
        ("REI-WTZ", "powiat", "facilities_count", of_powiat),
        ("REI-WTZ", "voivodeship", "facilities_count", ""),
        ("REI-WTZ", "gmina", "coverage_share", ""),
        ("DZI-KLS", "gmina", "facilities_count", ""),
    ):
        view = View(scope="12", level=level, form=form, indicator=indicator, lang=lang)
        notes = build_caption(replace(table, view=view), texts_of(lang)).notes
        assert [note for note in notes if note in {of_gmina, of_powiat}] == [said] * bool(said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_makes_numbers_unlike_the_lists_is_a_note_that_no_picture_leaves_out(lang):
    table = world_table()
    assert build_caption(table, texts_of(lang)).firm_notes == ()
    of_day = replace(table, view=table.view.with_changes(day="2026-03-01"), misfits=2)
    caption = build_caption(of_day, texts_of(lang))
    assert len(caption.firm_notes) == 2
    assert set(caption.firm_notes) < set(caption.notes)
