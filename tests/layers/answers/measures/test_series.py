"""The line of years beside each area: of now and projected, or counted; never of two sources or two groups."""

from dataclasses import replace

import pandas as pd

from data.registry.registry import BY_YEAR_COLUMNS
from layers.answers.measures.series import people_series
from layers.answers.measures.world import World
from layers.view.view import View
from tests.support.tiny_world import GMINAS, tiny_registry

FIRST, SECOND, THIRD = GMINAS


def world_of(rows):
    return World(replace(tiny_registry([]), population_by_year=pd.DataFrame(rows, columns=BY_YEAR_COLUMNS)))


def projected(code, year, persons, age=65):
    return (code, age, None, year, "projected", persons, "projection")


def counted(code, year, persons, source="history"):
    return (code, 65, None, year, "counted", persons, source)


def test_people_of_now_and_of_the_projected_years():
    world = world_of([projected("1200", 2030, 450), projected("1200", 2040, 600)])
    line = people_series(world, View().question)
    assert list(line.columns) == [2020, 2030, 2040]
    assert line.loc[FIRST].tolist() == [200, 300, 400]
    assert line.loc[THIRD].isna().tolist() == [False, True, True]
    powiats = people_series(world, View(level="powiat").question)
    assert powiats.loc["1200"].tolist() == [300, 450, 600]


def test_the_line_is_the_same_for_every_view_of_the_same_people():
    world = world_of([projected("1200", 2030, 450)])
    for view in (View(indicator="day_per_1000"), View(indicator="gap_share", year=2030)):
        assert people_series(world, view.question).loc[FIRST].tolist() == [200, 300]


def test_a_line_does_not_change_the_age():
    # Nobody of the tiny world is counted from 70; those of 65 and more must not continue their line.
    world = world_of([projected("1200", 2030, 450), projected("1200", 2030, 300, age=70)])
    line = people_series(world, View(age_from=70).question)
    assert line is None or line.isna().all(axis=None)


def test_voivodeships_have_their_counted_years_of_one_source():
    rows = [counted("12", year, 1000 + year) for year in (2000, 2010, 2020)]
    world = world_of([*rows, counted("12", 2020, 5, "another"), counted("12", 2021, 5, "another")])
    line = people_series(world, View(level="voivodeship").question)
    assert list(line.columns) == [2000, 2010, 2020]
    assert line.loc["12"].tolist() == [3000, 3010, 3020]


def test_no_line_where_there_is_nothing_to_draw():
    world = world_of([])
    assert people_series(world, View().question) is None
    assert people_series(world, View(level="voivodeship").question) is None
    assert people_series(world, View(indicator="organisation").question) is None
    assert people_series(world, View(group="homeless", form="BEZ-SCH").question) is None
