"""Gminas that are one area of the map: what councils are asked is told of each, on map, card, table and file."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from data.registry.local_government import organisation_by_gmina, plans_by_area, progress
from data.registry.offices import offices_of
from data.registry.reading import told_together
from data.registry.registry import OFFICE_COLUMNS, PLAN_COLUMNS, SEAT_COLUMNS
from data.scenarios import Change, Scenario
from data.scenarios.text import to_text
from data.vocabulary.languages import LANGUAGES
from layers.answers.distribution import distribution_of
from layers.answers.measures.applied_scenario import apply_packed
from layers.answers.measures.world import World
from layers.answers.table_building import build_area_table
from layers.export.area_sheet import area_sheet, sheet_data
from layers.export.tables import table_csv, table_rows
from layers.say import say_view
from layers.text import texts_of
from layers.view.view import View
from layers.widgets.distribution import summary
from layers.widgets.planner_map import map_values
from layers.words.area_facts import area_facts
from layers.words.area_facts.wording import seat_lines
from layers.words.caption import build_caption
from layers.words.office_words import office_lines
from tests.support.tiny_world import service, tiny_registry

WHOLE, PART, OTHER = "120001", "120002", "240001"
ORGANISATION = View(indicator="organisation", level="gmina")
PLANS = View(indicator="local_plan", level="gmina")
DAY = date(2023, 9, 1)


def divided(*services, plans=(), offices=(), seats=()):
    """Druga was divided off Pierwsza after people were counted; all centres of their voivodeship are listed."""
    registry = tiny_registry(list(services), claims=(("INS-CUS", "12"),))
    people = registry.areas["area_code"].where(registry.areas["area_code"] != PART, WHOLE)
    # Whose people are told together, has none of its own.
    counted = registry.population[registry.population["area_code"] != PART]
    return told_together(
        replace(
            registry,
            areas=registry.areas.assign(people_code=people),
            population=counted,
            local_plans=pd.DataFrame(plans, columns=PLAN_COLUMNS),
            offices=pd.DataFrame(offices, columns=OFFICE_COLUMNS),
            organization_seats=pd.DataFrame(seats, columns=SEAT_COLUMNS),
        )
    )


def centre(number, gmina, **changes):
    return service(number, gmina, support_form="INS-CUS", need_groups=["all"], **changes)


def office(number, gmina):
    return service(number, gmina, support_form="INS-OPS", need_groups=["all"])


def plan(code, status):
    return (code, code, status, "2026", "https://example.org", None, "plans")


ONE_HAS_A_CENTRE = (office(1, WHOLE), centre(2, PART))


def test_each_gmina_is_asked_and_counted_by_itself() -> None:
    registry = divided(*ONE_HAS_A_CENTRE, plans=[plan(PART, "adopted")])
    told = organisation_by_gmina(registry).set_index("area_code")["organisation"]
    assert told[[WHOLE, PART]].tolist() == ["ops_only", "cus"]
    assert plans_by_area(registry, "gmina").set_index("area_code")["status"][[WHOLE, PART]].tolist() == [
        None,
        "adopted",
    ]
    # Three gminas and not two areas; of plans 3 gminas and 2 powiats.
    found = progress(registry).set_index("measure")
    assert found.loc["cus", ["units", "reached", "without", "no_data"]].tolist() == [3, 1, 1, 1]
    assert found.loc["plan", ["units", "reached", "no_data"]].tolist() == [5, 1, 4]


def test_the_map_says_that_one_has_a_centre_and_the_other_not() -> None:
    table = build_area_table(divided(*ONE_HAS_A_CENTRE), ORGANISATION)
    assert table.rows.index.tolist() == [WHOLE, OTHER]
    caption = build_caption(table, texts_of("pl"))
    # The colour of a working centre under a pattern that the legend explains.
    assert table.class_of[WHOLE] == 3
    assert table.value_bounds.tolist() == ["unsure", ""]
    assert dict(caption.bound_labels) == {
        "unsure": "gminy pokazane razem różnią się: barwa mówi o jednej z nich, resztę mówi tabela i karta"
    }
    assert map_values(table, caption, texts_of("pl")).loc[WHOLE, "value_text"] == (
        "Organizacja usług: Pierwsza: ośrodek pomocy społecznej (OPS), bez CUS; "
        "Druga: centrum usług społecznych (CUS) działa"
    )
    assert caption.title.startswith(
        "Centrum usług społecznych (CUS): na liście, którą mamy, działa w 1 gminie"
    )
    (note,) = [note for note in caption.notes if "Pierwsza + Druga" in note]
    assert "każda z nich jest podana i policzona osobno" in note
    assert not any("Niepewne" in note for note in caption.notes)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_they_are_alike_no_pattern_is_drawn(lang) -> None:
    table = build_area_table(divided(centre(1, WHOLE), centre(2, PART)), ORGANISATION)
    assert (table.class_of[WHOLE], table.value_bounds[WHOLE]) == (3, "")
    assert not build_caption(table, texts_of(lang)).bound_labels
    nothing = build_area_table(divided(), ORGANISATION)
    assert nothing.class_of.isna().all()
    assert (nothing.value_bounds == "").all()


def test_of_one_that_nobody_knows_the_other_is_no_answer() -> None:
    table = build_area_table(divided(plans=[plan(PART, "adopted")]), PLANS)
    assert (table.class_of[WHOLE], table.value_bounds[WHOLE]) == (3, "unsure")
    caption = build_caption(table, texts_of("pl"))
    assert caption.title == (
        "Lokalny plan deinstytucjonalizacji: według zestawienia, które mamy, przyjęto go w 1 gminie; "
        "stan znamy w 1 gminie na 3"
    )
    assert table.by_part.rows["is_complete"].tolist() == [False, True, False]


def test_a_file_has_a_row_for_each() -> None:
    table = build_area_table(divided(*ONE_HAS_A_CENTRE), ORGANISATION)
    texts = texts_of("pl")
    rows = table_rows(table, build_caption(table, texts))
    assert rows[["area_code", "name", "class_label"]].to_numpy().tolist() == [
        [WHOLE, "Pierwsza", "ośrodek pomocy społecznej (OPS), bez CUS"],
        [PART, "Druga", "centrum usług społecznych (CUS) działa"],
        [OTHER, "Trzecia", "brak danych"],
    ]
    assert table_csv(table, build_caption(table, texts)).decode().count("\r\n") == 4
    # Where people are told, there is one row with both codes.
    older = build_area_table(divided(*ONE_HAS_A_CENTRE), View(indicator="people", level="gmina"))
    assert older.parts == {}
    assert older.by_part is older
    assert table_rows(older, build_caption(older, texts))["area_code"].tolist() == [f"{WHOLE}+{PART}", OTHER]


def test_bars_count_each_gmina() -> None:
    table = build_area_table(divided(*ONE_HAS_A_CENTRE), ORGANISATION)
    spread = distribution_of(table)
    assert [one.count for one in spread.bins] == [1, 0, 1]
    assert (spread.no_data_count, spread.areas_count) == (1, 3)
    assert "2" in summary(table, spread, texts_of("pl"))


def test_a_card_tells_centre_plan_office_and_seats_of_each() -> None:
    registry = divided(
        *ONE_HAS_A_CENTRE,
        plans=[plan(WHOLE, "preparing")],
        offices=[
            (WHOLE, "Urząd Gminy Pierwsza", "Pierwsza 1", "12 345 67 89", None, DAY, "o"),
            (PART, "Urząd Gminy Druga", "Druga 2", "12 345 67 00", None, DAY, "o"),
        ],
        seats=[
            ("1", "FUNDACJA A", WHOLE, DAY, "s"),
            ("2", "FUNDACJA B", PART, DAY, "s"),
            ("3", "FUNDACJA C", OTHER, DAY, "s"),
        ],
    )
    texts = texts_of("pl")
    facts = area_facts(World(registry), ORGANISATION, WHOLE, today=date(2026, 6, 30))
    assert [figure.written(texts) for figure in facts.organisation.figures] == [
        "Pierwsza: ośrodek pomocy społecznej (OPS), bez CUS; Druga: centrum usług społecznych (CUS) działa",
        "Pierwsza: plan w przygotowaniu; Druga: brak danych",
    ]
    assert seat_lines(facts.seats, texts) == [
        "FUNDACJA A (gmina Pierwsza)",
        "FUNDACJA B (gmina Druga)",
    ]
    assert office_lines(facts.offices, texts) == [
        f"Gdzie zapytać: gmina {name}: Urząd Gminy {name}, {name} {number}, tel. {phone}. "
        "To urząd, a nie ośrodek pomocy społecznej."
        for name, number, phone in (("Pierwsza", 1, "12 345 67 89"), ("Druga", 2, "12 345 67 00"))
    ]
    said = sheet_data(facts, build_caption(facts.table, texts), texts)
    assert said["answer"] == facts.organisation.figures[0].written(texts)
    assert "Urząd Gminy Druga" in said["office"]
    assert said["seats"].startswith(
        "Organizacje pożytku publicznego z siedzibą w tych gminach: 2. Siedziba to"
    )
    assert area_sheet(facts).startswith(b"%PDF")
    alone = area_facts(World(registry), ORGANISATION, OTHER, today=date(2026, 6, 30))
    assert seat_lines(alone.seats, texts) == ["FUNDACJA C"]


def test_an_office_of_before_the_division_is_said_to_be_one() -> None:
    registry = divided(
        offices=[(WHOLE, "Urząd Gminy Pierwsza", "Pierwsza 1", "12 345 67 89", None, DAY, "o")]
    )
    first, second = offices_of(registry, WHOLE)
    assert (first.area_name, first.is_of_before) == ("Pierwsza", False)
    assert (second.area_name, second.is_of_before) == ("Druga", True)
    for lang, word in (
        ("pl", "sprzed powstania"),
        ("uk", "до створення"),
        ("en", "before this gmina was founded"),
    ):
        lines = office_lines((first, second), texts_of(lang))
        assert [word in line for line in lines] == [False, True]
    assert offices_of(registry, OTHER) == ()


def test_a_view_that_is_spoken_has_the_class_of_each() -> None:
    world = World(divided(*ONE_HAS_A_CENTRE))
    said = say_view(ORGANISATION, lambda _: (world, None))
    whole, other = said["rows"]
    assert [(part["name"], part["organisation"]) for part in whole["parts"]] == [
        ("Pierwsza", 1.0),
        ("Druga", 3.0),
    ]
    assert whole["parts"][1]["written"] == {"organisation": "centrum usług społecznych (CUS) działa"}
    assert "parts" not in other


def test_what_a_scenario_moves_is_organised_where_it_stands() -> None:
    """A centre that a scenario closes is none any more, in a part too."""
    home = centre(2, PART, facility_handle="register:00000000000000aa")
    registry = divided(office(1, PART), home)
    packed = to_text(
        Scenario("Plan", "CAL-DPS", "older", (Change(kind="close", facility=home["facility_handle"]),))
    )
    told = organisation_by_gmina(apply_packed(registry, packed).registry).set_index("area_code")[
        "organisation"
    ]
    assert told[[WHOLE, PART]].tolist() == [None, "ops_only"]
