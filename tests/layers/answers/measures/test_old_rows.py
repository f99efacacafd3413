"""Rows of incomplete lists that are so old that what they name may be gone: nothing is "at least" by them."""

from datetime import date, timedelta

import pandas as pd
import pytest

from layers.answers.measures.queue import queue_of
from layers.answers.table_building import build_area_table
from layers.view.view import View
from tests.support.tiny_world import AS_OF, service, tiny_registry

YEAR_DAYS = 365
"""How long a record of a care home is fresh (`review_days` of the vocabulary)."""
FRESH = AS_OF - timedelta(days=YEAR_DAYS)
OLD = FRESH - timedelta(days=1)


def measured(*services: dict[str, object], complete: bool = False, indicator: str = "places_per_1000"):
    claims = (("CAL-DPS", "12"),) if complete else ()
    view = View(scope="12", level="powiat", form="CAL-DPS", indicator=indicator)
    return build_area_table(tiny_registry(list(services), claims=claims), view)


@pytest.mark.parametrize(("day", "bound"), [(FRESH, "least"), (OLD, "unsure"), (None, "unsure")])
def test_a_number_of_an_incomplete_list_is_at_least_as_long_as_its_row_is_fresh(
    day: date | None, bound: str
) -> None:
    table = measured(service(1, "120001", capacity_places=10, dated_on=day))
    (code,) = table.rows.index[table.rows["facilities_count"].eq(1).fillna(value=False)]
    told = table.bounds.loc[code, ["facilities_count", "capacity_places", "places_per_1000"]]
    assert told.tolist() == [bound] * 3
    assert table.is_old is (bound == "unsure")


def test_one_old_row_makes_the_sum_unsure() -> None:
    table = measured(
        service(1, "120001", capacity_places=10), service(2, "120001", capacity_places=30, dated_on=OLD)
    )
    here = table.rows[table.rows["facilities_count"].eq(2).fillna(value=False)]
    assert here["capacity_places"].tolist() == [40]
    assert table.bounds.loc[here.index, "capacity_places"].tolist() == ["unsure"]


def test_a_complete_list_tells_its_number_of_its_own_day() -> None:
    table = measured(service(1, "120001", capacity_places=10, dated_on=OLD), complete=True)
    assert (table.bounds[["facilities_count", "capacity_places"]] == "").all(axis=None)
    assert not table.is_old


def test_whoever_reaches_old_rows_alone_may_have_nothing() -> None:
    """ "At most all of them" would tell nothing."""
    fresh, old = (
        measured(service(1, "120001", capacity_places=10, dated_on=day), indicator="coverage_share")
        for day in (FRESH, OLD)
    )
    told = fresh.rows["value"] > 0
    assert told.any()
    assert set(fresh.bounds.loc[told, "value"]) <= {"least", ""}
    assert old.rows.loc[told, "value"].isna().all()


def test_places_that_some_state_are_at_least_so_many() -> None:
    table = measured(service(1, "120001", capacity_places=10), service(2, "120001"), complete=True)
    here = table.rows[table.rows["facilities_count"] == 2]
    assert here["capacity_places"].tolist() == [10]
    assert table.bounds.loc[here.index, ["capacity_places", "places_per_1000"]].to_numpy().tolist() == [
        ["least", "least"]
    ]
    assert table.bounds.loc[here.index, "facilities_count"].tolist() == [""]


def test_where_most_state_nothing_there_is_no_rate() -> None:
    """Mazowieckie: one shelter of five stated its beds, and the map coloured the voivodeship by their rate."""
    silent = [service(number, "120001") for number in (2, 3)]
    table = measured(service(1, "120001", capacity_places=10), *silent, complete=True)
    here = table.rows[table.rows["facilities_count"] == 3]
    assert here["capacity_places"].tolist() == [10]
    assert here["places_per_1000"].isna().all()
    assert table.bounds.loc[here.index, ["capacity_places", "places_per_1000"]].to_numpy().tolist() == [
        ["least", ""]
    ]


def test_places_that_nobody_states_are_no_data() -> None:
    table = measured(service(1, "120001"), service(2, "120001", capacity_places=0), complete=True)
    assert table.rows.loc[table.rows["facilities_count"] == 2, "capacity_places"].isna().all()


def test_what_is_counted_nowhere_gives_no_day() -> None:
    station = service(
        2,
        "120001",
        source_code="stations",
        origin="polling_station",
        is_counted=False,
        is_unconfirmed=True,
        dated_on=date(2019, 5, 26),
    )
    registry = tiny_registry([service(1, "120001", capacity_places=10), station])
    row = registry.sources.iloc[[0]].assign(source_code="stations", as_of=None, kind="register")
    sources = pd.concat([registry.sources, row], ignore_index=True)
    object.__setattr__(registry, "sources", sources)
    table = build_area_table(registry, View(scope="12", level="powiat", form="CAL-DPS"))
    assert table.left_out.unconfirmed == 1
    assert table.undated_sources == 0
    assert (table.oldest_as_of, table.as_of) == (AS_OF, AS_OF)
    (note,) = [note for note in table.sources if note.code == "stations"]
    assert note.days.newest.day == date(2019, 5, 26)


@pytest.mark.parametrize(("day", "bound"), [(FRESH, "least"), (OLD, "unsure")])
def test_free_places_of_an_old_row_are_no_least(day: date, bound: str) -> None:
    """Of a list of March 2025 the free places of 2026 were "at least 217"; none is none, whenever it was."""
    table = measured(
        service(1, "120001", capacity_places=10, vacant_places=3, waiting_persons=0, dated_on=day)
    )
    here = table.rows.index[table.rows["vacant_places"].eq(3).fillna(value=False)]
    assert table.bounds.loc[here, "vacant_places"].tolist() == [bound]
    assert table.bounds.loc[here, "waiting_persons"].tolist() == ["least"]
    queue = queue_of(table.services)
    assert (queue.is_vacant_most, queue.is_waiting_most) == (bound == "unsure", False)
