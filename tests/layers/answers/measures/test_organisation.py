"""How gminas organise services, and local plans: classes, no data apart, and the sentence of progress."""

from dataclasses import replace
from datetime import date

import pytest

from layers.answers.measures.stated_days import DayRange, StatedDay
from layers.answers.measures.unequal import progress_of
from layers.answers.table_building import build_area_table
from layers.text import texts_of
from layers.view.view import View
from layers.widgets.summary import progress_line
from layers.words.caption import build_caption
from tests.support.tiny_world import GMINAS, service, tiny_registry

FIRST, SECOND, THIRD = GMINAS


def office(number, gmina, form="INS-OPS", **changes):
    return service(number, gmina, support_form=form, need_groups=["all"], **changes)


def planned(number, gmina):
    return office(number, gmina, "INS-CUS", is_counted=False, status="planned")


def organised(services, claims=(("INS-CUS", "12"),)):
    registry = tiny_registry(services, claims=claims)
    return registry, build_area_table(registry, View(indicator="organisation"))


def test_an_office_alone_is_told_only_where_all_centres_are_listed():
    services = [office(1, FIRST), office(2, FIRST, "INS-CUS"), office(3, SECOND), office(4, THIRD)]
    _, table = organised(services)
    # Classes from the least: 1 office only, 2 a centre to come, 3 a centre. Of voivodeship 24 nobody listed centres.
    assert table.class_of.tolist()[:2] == [3, 1]
    assert table.class_of.isna().tolist() == [False, False, True]


def test_a_planned_centre_is_between():
    _, table = organised([planned(1, SECOND), office(2, SECOND)])
    assert table.class_of[SECOND] == 2
    # Nothing is listed in the first: nobody knows, although centres would be known.
    assert table.class_of.isna()[FIRST]


def test_progress_counts_no_data_apart():
    registry = tiny_registry(
        [office(1, FIRST, "INS-CUS"), office(2, SECOND)],
        claims=(("INS-CUS", "12"),),
        local_plans={THIRD: "none"},
    )
    table = build_area_table(registry, View(indicator="organisation"))
    # No target is told: no document with one for a gmina was found.
    assert progress_line(registry, table, texts_of("pl")) == (
        "Według list, które mamy: CUS działa: 1, w przygotowaniu: 0, tylko OPS: 1, brak danych: 1 "
        "(wszystkich gmin: 3)."
    )
    nothing = tiny_registry([])
    assert progress_line(nothing, build_area_table(nothing, table.view), texts_of("pl")) == ""


@pytest.mark.parametrize("indicator", ["organisation", "local_plan"])
def test_a_registry_without_any_plan_is_no_error(indicator):
    registry = tiny_registry([])
    table = build_area_table(registry, View(indicator=indicator))
    assert table.class_of.isna().all()
    assert progress_of(registry, table)["no_data"] == 3


@pytest.mark.parametrize(("level", "code", "rows"), [("gmina", FIRST, 3), ("powiat", "1200", 2)])
def test_plans_of_a_level(level, code, rows):
    registry = tiny_registry([], local_plans={FIRST: "adopted", SECOND: "preparing", "1200": "adopted"})
    table = build_area_table(registry, View(indicator="local_plan", level=level))
    assert table.class_of[code] == 3
    assert len(table.rows) == rows
    row = progress_of(registry, table)
    assert (row["units"], row["reached"]) == (rows, 1)
    assert row["no_data"] == 1


def test_no_progress_where_it_is_not_asked():
    registry = tiny_registry([])
    assert progress_of(registry, build_area_table(registry, View())) is None
    assert progress_line(registry, build_area_table(registry, View()), texts_of("pl")) == ""


def test_it_is_dated_by_its_rows_where_their_list_states_no_day():
    """Fourteen of fifteen centres have the day of the register, and the page said that no source states one."""
    day = {"dated_on": date(2026, 3, 6), "dated_precision": "day"}
    _, table = organised([office(1, FIRST, "INS-CUS", **day)])
    assert (table.as_of, table.oldest_as_of, table.undated_sources) == (date(2026, 3, 6), date(2026, 3, 6), 0)
    # A month is told as one, and a row that states none, too.
    month = {"dated_on": date(2023, 5, 1), "dated_precision": "month"}
    _, table = organised([office(1, FIRST, "INS-CUS", **day), office(2, SECOND, "INS-CUS", **month)])
    assert (table.as_of, table.oldest_as_of, table.undated_sources) == (date(2026, 3, 6), date(2023, 5, 1), 0)
    assert (table.as_of_precision, table.oldest_precision) == ("day", "month")
    none = {"dated_on": None, "dated_precision": None}
    _, table = organised([office(1, FIRST, "INS-CUS", **day), office(2, SECOND, "INS-CUS", **none)])
    assert (table.as_of, table.oldest_as_of, table.undated_sources) == (date(2026, 3, 6), date(2026, 3, 6), 1)


def test_plans_are_dated_by_the_rows_of_their_list_and_elsewhere_by_the_whole_list():
    """Every row of the list states 21 May 2024, and the page said that there is no list of any day."""
    registry = tiny_registry([], local_plans={FIRST: "adopted", SECOND: "preparing"})
    days = registry.local_plans["area_code"].map({FIRST: "2024-05-21", SECOND: "2023"})
    registry = replace(registry, local_plans=registry.local_plans.assign(as_of_text=days))
    told = {
        scope: build_area_table(registry, View(indicator="local_plan", scope=scope)).days
        for scope in ("12", "24")
    }
    both = DayRange(StatedDay(date(2023, 1, 1), "year"), StatedDay(date(2024, 5, 21)))
    # In the second voivodeship nobody has a plan that we know of: that is what the same list tells.
    assert told == {"12": both, "24": both}
    undated = replace(registry, local_plans=registry.local_plans.assign(as_of_text=None))
    assert build_area_table(undated, View(indicator="local_plan")).days == DayRange(undated=2)
    none = build_area_table(tiny_registry([]), View(indicator="local_plan"))
    assert none.days == DayRange()
    assert build_caption(none, texts_of("pl")).as_of == "Stan danych: nie mamy takich danych"
