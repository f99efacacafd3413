"""Queues of an earlier day: the newest month that a register tells, the same in gauge, table, sheet and history."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from data.reading.stated_vacancies import STATED_COLUMNS, no_stated_vacancies
from data.vocabulary.languages import LANGUAGES
from layers.answers.gauges import scope_gauges
from layers.answers.table_building import build_area_table
from layers.text import texts_of
from layers.view.question import Help
from layers.view.view import View
from layers.words.gauge_words import gauge_lines
from layers.words.gauges_over_time import register_name, registers_over_time
from tests.support.tiny_world import AS_OF, GMINAS, service, tiny_registry

FIRST, SECOND, _ = GMINAS
MAY, HELD, NOVEMBER = date(2025, 5, 31), date(2025, 6, 10), date(2025, 11, 30)
OLDER = Help("CAL-DPS", "older")


def month(number, gmina, vacant, waiting, *, day=MAY, is_month=True, groups=("older",)):
    values = ("register", day, number, "CAL-DPS", list(groups), pd.NA, vacant, waiting, day)
    areas = (gmina, gmina[:4], gmina[:2])
    return dict(zip(STATED_COLUMNS, (*values, *areas, True, is_month), strict=True))


ROWS = (month(0, FIRST, 30, 80), month(1, SECOND, 9, 2), month(2, SECOND, 7, 5, groups=("disabled",)))


def registry_of(rows=ROWS, *services, held_from=MAY, claims=()):
    """Give the registry of a day on which no list of the register held, and what its later file says of that day."""
    now = tiny_registry(list(services), claims=claims)
    stated = pd.DataFrame(list(rows), columns=list(STATED_COLUMNS)).astype(no_stated_vacancies().dtypes)
    others = now.sources[now.sources["source_code"] != "register"].reset_index(drop=True)
    return replace(
        now,
        stated_vacancies=stated,
        held_from=held_from,
        now="now",
        sources=now.sources if services else others,
        sources_of_now=now.sources,
    )


def told(registry, **view):
    wanted = View(scope="12", level="gmina", form="CAL-DPS", day=HELD.isoformat()).with_changes(**view)
    table = build_area_table(registry, wanted)
    whole = build_area_table(registry, wanted.with_changes(level="voivodeship"))
    gap = build_area_table(registry, wanted.with_changes(indicator="gap_share"))
    return table, gap, scope_gauges(registry, gap, whole)


def test_gauge_table_and_history_of_a_day_between_two_lists_tell_one_number():
    """Kujawsko-Pomorskie on 10 June 2025: the gauge knew of nothing above 39 free and 82 waiting in the history."""
    registry = registry_of()
    table, _, gauges = told(registry)
    (register,) = registers_over_time(registry, OLDER, "12", until=HELD)
    last = register.history.stocks[-1].numbers
    queue = gauges.queue
    assert (queue.vacant_places, queue.waiting_persons, queue.newest) == (39, 82, MAY)
    assert (last["vacant_places"], last["waiting_persons"]) == (39, 82)
    assert table.rows["vacant_places"].tolist() == [30, 9]
    assert table.rows["waiting_persons"].tolist() == [80, 2]
    assert (table.bounds["vacant_places"] == "").all()
    assert gauges.whole_queue.vacant_places == 46
    # Of the list itself nothing is known on that day.
    assert table.rows["facilities_count"].isna().all()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_month_of_a_complete_register_is_told_whole_and_with_its_day(lang):
    texts, (_, gap, gauges) = texts_of(lang), told(registry_of())
    line = gauge_lines(gauges, gap, texts)[1]
    assert texts.t("as_of", date=MAY) in line
    assert texts.t("at_least", value="39") not in line


def test_a_list_that_holds_on_the_day_gives_way_to_a_newer_month_of_its_register():
    of_list = service(
        1, FIRST, capacity_places=50, vacant_places=3, waiting_persons=4, vacancies_on=date(2025, 1, 1)
    )
    other = service(2, SECOND, vacant_places=1, vacancies_on=AS_OF, source_code="another")
    _, _, gauges = told(registry_of(ROWS, of_list, other))
    assert (gauges.queue.vacant_places, gauges.queue.waiting_persons) == (40, 82)
    assert (gauges.queue.oldest, gauges.queue.newest) == (MAY, AS_OF)


def test_today_and_on_the_day_of_a_list_the_rows_of_the_list_are_told():
    of_list = service(1, FIRST, vacant_places=3, waiting_persons=4, vacancies_on=NOVEMBER)
    listed = month(0, FIRST, 3, 4, day=NOVEMBER, is_month=False)
    for held in (None, NOVEMBER):
        _, _, gauges = told(
            registry_of((*ROWS, listed), of_list, held_from=held), day=held.isoformat() if held else ""
        )
        assert (gauges.queue.vacant_places, gauges.queue.newest) == (3, NOVEMBER)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_register_without_a_list_on_the_day_is_named_in_words_and_is_a_source(lang):
    registry = registry_of()
    (name,) = registry.sources_of_now.loc[registry.sources_of_now["source_code"] == "register", "name"]
    said = register_name(registry, "register", texts_of(lang))
    assert name in said
    assert "register" not in said.replace(name, "").lower() or name == "register"
    (note,) = [note for note in told(registry)[0].sources if note.code == "register"]
    assert (note.as_of, note.days.newest.day) == (None, MAY)
    # One that no catalogue has says at least that it is a list.
    unknown = register_name(registry, "lost-list", texts_of(lang))
    assert unknown == texts_of(lang).t("origin.unnamed", code="lost-list") != "lost-list"


def test_two_months_between_two_lists_are_two_states():
    april = registry_of(held_from=date(2025, 4, 30))
    assert told(april)[0].snapshot_id != told(registry_of())[0].snapshot_id
