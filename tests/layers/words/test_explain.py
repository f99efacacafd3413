"""How each number was computed: every column, every language, and formulas that give the number that is shown."""

import importlib
import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.registry.registry import BY_YEAR_COLUMNS, PLAN_COLUMNS
from data.registry.told_together import ToldTogether
from data.vocabulary import forms_for_group
from data.vocabulary.languages import LANGUAGES
from layers.answers.measures.world import World
from layers.answers.table_building import build_area_table
from layers.indicators import COLUMNS, INDICATORS, KINDS
from layers.indicators.balance import BALANCE_CHANGE
from layers.indicators.gap_share import TRIAD
from layers.text import texts_of
from layers.view.view import View
from layers.words.area_facts import Figure
from layers.words.explain import example_area, explain_residents, explanation, worked_areas
from layers.words.formulas import FORMULAS, filled_in
from layers.words.reasons import missing_reasons
from tests.support.tiny_world import AS_OF, residents_of, service, tiny_registry

pytestmark = pytest.mark.usefixtures("every_form_is_near")

FIRST, SECOND, THIRD = "120001", "120002", "240001"


def registry_of(services):
    """Return the tiny world with a plan, and powiat 1200 growing from 300 to 600 older people by 2035."""
    plans = [[FIRST, "Pierwsza", "adopted", "2026", "https://example.org/plan", None, "register"]]
    years = [["1200", 65, None, year, "projected", 600, "population"] for year in (2030, 2035, 2040)]
    return replace(
        tiny_registry(services),
        local_plans=pd.DataFrame(plans, columns=PLAN_COLUMNS),
        population_by_year=pd.DataFrame(years, columns=BY_YEAR_COLUMNS),
    )


def services():
    return [
        service(1, FIRST, capacity_places=3, vacant_places=1, waiting_persons=2),
        service(2, FIRST, capacity_places=2),
        service(3, FIRST, support_form="DZI-KLS", capacity_places=12),
        service(4, SECOND, support_form="DZI-DDS", capacity_places=7),
    ]


def complete(registry, on):
    """Return the registry with complete lists of all forms of the group, so that balance and change can be told."""
    claims = [(form, "12", [], "register", on) for form in forms_for_group("older")]
    return replace(
        registry, register_coverage=pd.DataFrame(claims, columns=registry.register_coverage.columns)
    )


@pytest.fixture(scope="module")
def tables():
    """Give tables that have every column between them, at a norm of 30 places per 1,000 within 5 km."""
    now = complete(registry_of(services()), AS_OF)
    before = complete(registry_of(services()[1:]), AS_OF)
    world = World(now)
    with pytest.MonkeyPatch.context() as patch:
        # As `every_form_is_near`, which ends with each test.
        patch.setattr("layers.view.question.is_wide", lambda form: False)
        made = [
            build_area_table(
                now,
                View(norm=30.0, distance_km=5).with_changes(
                    indicator=indicator,
                    age_from=65,
                    year=year,
                    since="2025-01-01",
                    group=what.groups[0] if what.groups else "older",
                ),
                today=AS_OF,
                world=world,
                earlier=before,
            )
            for indicator, what in INDICATORS.items()
            for year in (0, 2035)
        ]
    # A low and a high variant are told of powiats, in a year of which gminas are told.
    older = {FIRST: 200, SECOND: 100, THIRD: 50}
    years = replace(now, residents_by_year=residents_of({2025: older, 2035: older}), today=AS_OF)
    made.append(
        build_area_table(years, View(norm=30.0, distance_km=5, level="powiat", year=2035), today=AS_OF)
    )
    assert set().union(*(table.rows.columns for table in made)) >= set(KINDS)
    return made


def known_cells(tables):
    for table in tables:
        for column in KINDS:
            if column in table.rows:
                for code in table.rows.index[table.rows[column].notna()]:
                    yield table, column, code


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("column", KINDS)
def test_every_column_is_explained_in_every_language(tables, column, lang):
    table = next(table for table in tables if column in table.rows)
    for code in table.rows.index[[0, -1]]:
        explained = explanation(table, column, code, texts_of(lang))
        assert explained.value == Figure(table, code, column).written(texts_of(lang))
        assert all((explained.name, explained.what, explained.formula, explained.sources, explained.method))
        assert bool(explained.missing) == (not Figure(table, code, column).is_known)


def test_the_formula_gives_the_number_of_the_table(tables):
    seen = set()
    for table, column, code in known_cells(tables):
        filled = filled_in(table, column, code)
        if filled is None:
            continue
        seen.add(column)
        assert filled.result == pytest.approx(Figure(table, code, column).value, rel=1e-9, abs=1e-9), (
            column,
            code,
        )
    assert seen == set(FORMULAS)


_WRITTEN = re.compile(
    r"(?P<left>[\d ,.()+−×/*-]+?) = (?:co najmniej |najwyżej )?(?P<right>[+−]?[\d ]+(?:,\d+)?)(?P<pct>%?)"
)


def _number(text):
    return float(text.replace("\u00a0", "").replace(" ", "").replace(",", ".").replace("−", "-"))


def test_the_written_formula_gives_the_number_that_is_shown(tables):
    texts, checked = texts_of("pl"), set()
    for table, column, code in known_cells(tables):
        written = explanation(table, column, code, texts).filled
        found = (
            _WRITTEN.fullmatch(written.split(" (")[0].replace("\u00a0", " ")) if " = " in written else None
        )
        if found is None:
            continue
        sum_text = found["left"].replace(" ", "").replace(",", ".").replace("×", "*").replace("−", "-")
        calculated = eval(sum_text, {"__builtins__": {}})
        shown = _number(found["right"]) / (100 if found["pct"] else 1)
        # As shown: whole per cent, one decimal of a rate, whole persons; lacking places are rounded up.
        rounding = 0.005 if found["pct"] else 0.05 if "," in found["right"] else 1.0
        assert calculated == pytest.approx(shown, rel=0.01, abs=rounding * 1.01), (column, code, written)
        checked.add(column)
    assert checked >= {
        "places_per_1000", "capacity_places", "coverage_share", "access_per_1000", "gap_share", "served_persons",
        "missing_places", "norm_missing_places", "places_to_keep", "day_per_1000",
        "quality_score", "demand_persons",
    }  # fmt: skip


def of(tables, indicator, year=0):
    return next(table for table in tables if (table.view.indicator, table.view.year) == (indicator, year))


def test_numbers_worked_by_hand(tables):
    texts = texts_of("pl")

    def filled(indicator, column, code=FIRST, year=0):
        return explanation(of(tables, indicator, year), column, code, texts).filled.replace("\u00a0", " ")

    assert filled("places_per_1000", "places_per_1000") == "5 / 200 × 1000 = 25,0"
    assert filled("places_per_1000", "capacity_places") == "3 + 2 = 5"
    assert filled("places_per_1000", "norm_missing_places") == (
        "30 × 200 / 1000 − 5 = 1 (w całych miejscach: 1)"
    )
    # 200 of the powiat's 300 older people; it will have 600.
    assert filled("places_per_1000", "demand_persons", year=2035) == (
        "200 × 600 / 300 = 400 (w całych osobach: 400)"
    )
    assert filled("places_per_1000", "places_to_keep", year=2035) == (
        "5 × 400 / 200 − 5 = 5 (w całych miejscach: 5)"
    )
    # 5 places at 30 per 1,000 are enough for 166.7 people.
    assert filled("gap_share", "gap_share") == "33,33 / 200 = 16,7%"
    assert filled("knowledge", "overdue_count") == "0 z 2 wpisów"


def test_the_parts_of_the_gap_are_not_told_by_each_other(tables):
    texts, table = texts_of("pl"), of(tables, "gap_share")
    for column in TRIAD:
        explained = explanation(table, column, FIRST, texts)
        assert explained.filled.endswith(
            f"= 200 (cztery części to wszystkie osoby z grupy; tu: {explained.value})"
        )
        assert "wszystkie osoby z grupy −" not in explained.formula


@given(
    st.floats(0.5, 9.5),
    st.floats(100, 99_999),
    st.integers(1, 999),
)
def test_whoever_calculates_with_the_printed_numbers_gets_the_printed_result(norm, people, places):
    texts = texts_of("en")
    table = tables_of_numbers(people, places, norm)
    for column in ("places_per_1000", "norm_missing_places"):
        written = explanation(table, column, FIRST, texts).filled
        if " = " not in written or "fewer" in written:
            continue
        left, right = written.split(" (")[0].replace(",", "").replace("×", "*").replace("−", "-").split(" = ")
        decimals = len(right.partition(".")[2])
        # Half a step may be rounded either way.
        assert abs(eval(left, {"__builtins__": {}}) - float(right)) <= 0.5 * 10.0**-decimals + 1e-9, written


def tables_of_numbers(people, places, norm):
    """Return a table of one area with numbers that no world has."""
    table = _TABLE
    rows = table.rows.assign(
        demand_persons=people, capacity_places=places, places_per_1000=1000 * places / people
    )
    rows["norm_missing_places"] = max(0.0, norm * people / 1000 - places)
    rows["value"] = rows["places_per_1000"]
    return replace(table, rows=rows, norm=replace(table.norm, places_per_1000=norm))


_TABLE = build_area_table(
    complete(registry_of([service(1, FIRST, support_form="DZI-KLS", capacity_places=5)]), AS_OF),
    View(form="DZI-KLS", norm=5.0),
    today=AS_OF,
)


def test_the_example_of_each_column_shows_something(tables):
    table = of(tables, "gap_share")
    rows = table.rows
    for column in ("facilities_count", "missing_places", "over_capacity_persons"):
        code = example_area(table, column)
        numbers = rows[column].astype(float)
        assert numbers[code] != 0 or not (numbers.fillna(0) != 0).any(), column
    keep = of(tables, "places_per_1000").rows["places_to_keep_2035"].astype(float)
    code = example_area(of(tables, "places_per_1000"), "places_to_keep_2035")
    assert keep[code] > 0
    chosen = replace(table, view=table.view.with_changes(chosen=SECOND))
    assert worked_areas(chosen, "missing_places")[0] == SECOND


def test_nothing_lacking_and_fewer_people_are_said_in_words():
    registry = registry_of([service(1, FIRST, capacity_places=50)])
    fewer = registry.population_by_year.assign(persons=150)
    view = View(norm=20.0, year=2035)
    table = build_area_table(replace(registry, population_by_year=fewer), view, today=AS_OF)
    met = explanation(table, "norm_missing_places", FIRST, texts_of("pl")).filled
    assert met == "20 × 100 / 1000 = 2, a jest 50: mniej o 0"
    keep = explanation(table, "places_to_keep", FIRST, texts_of("pl")).filled
    assert keep == "osób nie będzie więcej (100, dziś 200), a miejsc jest 50: trzeba dodać 0"


@pytest.mark.parametrize(
    ("view", "column", "code", "said"),
    [
        ({}, "places_per_1000", THIRD, "Nie mamy pełnego rejestru"),
        ({"group": "homeless", "form": "BEZ-SCH"}, "demand_persons", FIRST, "Nie wiemy, ile osób"),
        (
            {"indicator": "gap_share", "norm": 0.0, "scope": "24"},
            "gap_share",
            THIRD,
            "Nie ma z czym porównać",
        ),
        ({"indicator": "day_per_1000"}, BALANCE_CHANGE[0], FIRST, "Nie ma wybranego dnia"),
        ({"indicator": "organisation"}, "organisation", FIRST, "Źródła tego nie podają"),
        ({"indicator": "knowledge"}, "quality_score", THIRD, "Nie mamy stąd żadnego wpisu"),
    ],
)
def test_what_is_missing_is_said(view, column, code, said):
    table = build_area_table(registry_of([]), View().with_changes(**view), today=AS_OF)
    explained = explanation(table, column, code, texts_of("pl"))
    assert explained.filled == ""
    assert any(sentence.startswith(said) for sentence in explained.missing), explained.missing


def test_a_home_without_its_places_is_named_as_the_cause():
    table = build_area_table(registry_of([service(1, FIRST)]), View(), today=AS_OF)
    explained = explanation(table, "places_per_1000", FIRST, texts_of("pl"))
    assert explained.missing == ("Co najmniej jedna placówka nie podaje liczby miejsc.",)


@pytest.mark.parametrize("column", ["coverage_share", "reached_residents"])
def test_what_needs_no_places_does_not_lack_them(column):
    row = {"facilities_count": 1, "capacity_places": None, "demand_persons": None, "is_complete": False}
    assert "capacity" not in missing_reasons(column, row, has_norm=True)
    assert "capacity" in missing_reasons("places_per_1000", row, has_norm=True)


def test_assumptions_are_of_that_number_alone(tables):
    texts, table = texts_of("pl"), of(tables, "gap_share")
    gap = " ".join(explanation(table, "gap_share", FIRST, texts).assumptions)
    homes = " ".join(explanation(table, "facilities_count", FIRST, texts).assumptions)
    people = " ".join(explanation(table, "demand_persons", FIRST, texts).assumptions)
    assert "Cel: 30" in gap
    assert "5 km w linii prostej" in gap
    assert "65 lat i więcej" in people
    assert not any(word in homes for word in ("Norma", "km", "65 lat"))
    assert not any(word in people for word in ("Norma", "km"))


def test_an_estimate_is_called_one(tables):
    explained = explanation(of(tables, "places_per_1000", 2035), "demand_persons", FIRST, texts_of("pl"))
    assert any("SZACUNEK na rok 2035" in sentence for sentence in explained.assumptions)


def test_sources_have_their_days(tables):
    first = of(tables, "places_per_1000", 0)
    sources = explanation(first, "places_per_1000", FIRST, texts_of("pl")).sources
    assert "Źródło register (30 czerwca 2026)" in sources
    undated = replace(first, sources=tuple(replace(note, as_of=None) for note in first.sources))
    assert (
        "Źródło register (bez podanej daty)"
        in explanation(undated, "places_per_1000", FIRST, texts_of("pl")).sources
    )


@pytest.mark.parametrize(
    "name",
    sorted(
        {*(column.method for column in COLUMNS.values()), "layers.words.area_facts.people.share_of_residents"}
    ),
)
def test_every_method_is_a_function_that_exists(name):
    module, _, function = name.rpartition(".")
    assert callable(getattr(importlib.import_module(module), function))


def test_the_share_of_residents():
    table = build_area_table(registry_of([]), View(indicator="facilities_count"), today=date(2026, 7, 1))
    figure = Figure(table, FIRST, "demand_persons")
    explained = explain_residents(figure, 1000.0, 0.2, texts_of("pl"))
    assert (explained.value, explained.filled.replace("\u00a0", " ")) == ("20,0%", "200 / 1 000 = 20,0%")
    unknown = explain_residents(figure, float("nan"), float("nan"), texts_of("pl"))
    assert (unknown.value, unknown.filled, len(unknown.missing)) == ("brak danych", "", 1)


def test_a_strange_column_is_refused(tables):
    with pytest.raises(KeyError, match="powers"):
        explanation(tables[0], "powers", FIRST, texts_of("pl"))


def test_a_number_is_explained_beside_gminas_that_are_told_together(tables):
    together = ToldTogether({SECOND: (SimpleNamespace(area_code=SECOND),)})
    told = replace(of(tables, "facilities_count", 0), together=together)
    for lang in LANGUAGES:
        said = texts_of(lang).t("export_together", names="Druga")
        assert said in explanation(told, "facilities_count", SECOND, texts_of(lang)).assumptions
        assert said not in explanation(told, "facilities_count", FIRST, texts_of(lang)).assumptions
