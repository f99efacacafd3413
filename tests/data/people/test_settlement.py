"""Where in each gmina people live, worked by hand: shares of villages, a town, and cells of a grid."""

import geopandas as gpd
import pandas as pd
import pytest

from data.people.settlement import Places, settlement_points
from data.registry.registry import ADDRESS_COLUMNS, CELL_COLUMNS, TOWN_PART_COLUMNS
from geo.crs import GEOGRAPHIC, METRIC
from tests.support.tiny_world import GMINAS, middle_of, tiny_registry

FIRST, SECOND, THIRD = GMINAS


def village(number, gmina, *, people=None, east_m=0.0):
    return {
        "locality_key": str(number),
        "gmina_code": gmina,
        "population_persons": people,
        "geometry": middle_of(gmina, east_m=east_m),
    }


def points(localities, *, residents=None, cells=(), addresses=(), parts=()):
    gminas = tiny_registry([]).areas_of_level("gmina")
    frame = gpd.GeoDataFrame(
        pd.DataFrame(localities, columns=["locality_key", "gmina_code", "population_persons", "geometry"]),
        geometry="geometry",
        crs=GEOGRAPHIC,
    ).astype({"population_persons": float})
    grid = gpd.GeoDataFrame(
        pd.DataFrame(list(cells), columns=CELL_COLUMNS), geometry="geometry", crs=GEOGRAPHIC
    ).astype({"persons": float, "persons_65_plus": float})
    houses = gpd.GeoDataFrame(
        pd.DataFrame(list(addresses), columns=ADDRESS_COLUMNS), geometry="geometry", crs=GEOGRAPHIC
    ).astype({"addresses": float, "town_addresses": float})
    told = pd.DataFrame(list(parts), columns=TOWN_PART_COLUMNS)
    known = pd.Series({FIRST: 1000.0, SECOND: 500.0, THIRD: 400.0} if residents is None else residents)
    return settlement_points(gminas, Places(grid, houses, frame, told), known.astype(float))


def shares(found, gmina, column="share"):
    return sorted(round(share, 9) for share in found.loc[found["gmina_code"] == gmina, column])


def test_a_town_has_its_people_and_villages_share_the_rest():
    # 1,000 residents, 700 in the town: two villages of 150.
    found = points([village(1, FIRST, people=700), village(2, FIRST), village(3, FIRST, east_m=500)])
    assert shares(found, FIRST) == [0.15, 0.15, 0.7]
    assert found.crs == METRIC


def test_a_gmina_without_localities_keeps_its_people_at_its_label_point():
    found = points([village(1, FIRST)])
    assert shares(found, SECOND) == [1]
    own = found[found["gmina_code"] == SECOND].geometry.iloc[0]
    square = tiny_registry([]).areas_of_level("gmina").to_crs(METRIC).set_index("area_code").geometry[SECOND]
    assert square.contains(own)


@pytest.mark.parametrize("residents", [{SECOND: 500}, {FIRST: 0, SECOND: 500}, {FIRST: None, SECOND: 500}])
def test_a_town_cannot_be_weighed_where_nobody_knows_all_residents(residents):
    found = points([village(1, FIRST, people=700), village(2, FIRST)], residents=residents)
    assert shares(found, FIRST) == [0.5, 0.5]


def test_a_locality_without_a_gmina_is_left_out():
    lost = village(1, FIRST) | {"gmina_code": None}
    found = points([lost, village(2, FIRST)])
    assert shares(found, FIRST) == [1]
    assert len(found) == 3


def test_cells_stand_for_localities():
    cells = [
        (FIRST, 30, 12, middle_of(FIRST)),
        (FIRST, 10, 4, middle_of(FIRST, east_m=2000)),
        (FIRST, 0, 0, middle_of(FIRST, east_m=3000)),
    ]
    found = points([village(1, FIRST), village(2, SECOND)], cells=cells)
    assert [share for share in shares(found, FIRST) if share] == [0.25, 0.75]
    assert shares(found, SECOND) == [1]


def test_older_people_are_spread_by_older_people_unless_any_cell_keeps_them_secret():
    cells = [(FIRST, 30, 4, middle_of(FIRST)), (FIRST, 10, 12, middle_of(FIRST, east_m=2000))]
    found = points([], cells=cells).query("gmina_code == @FIRST")
    assert found["share"].tolist() == pytest.approx([0.75, 0.25])
    assert found["older_share"].tolist() == pytest.approx([0.25, 0.75])
    secret = [cells[0], (FIRST, 10, None, middle_of(FIRST, east_m=2000))]
    found = points([], cells=secret).query("gmina_code == @FIRST")
    assert found["older_share"].tolist() == pytest.approx([0.75, 0.25])


def test_what_people_are_spread_by_is_what_decides_where_they_stand():
    towns, villages = pd.DataFrame([village(1, FIRST, people=700)]), pd.DataFrame([village(1, FIRST)])
    nowhere, none = pd.DataFrame([village(1, FIRST) | {"gmina_code": None}]), towns[:0]
    assert Places(towns, towns, towns).spread_by == "grid"
    assert Places(none, towns, towns).spread_by == "addresses"
    assert Places(none, none, towns).spread_by == "towns"
    assert Places(none, none, villages).spread_by == "localities"
    assert Places(none, none, nowhere).spread_by == "gminas"


def test_a_cell_of_young_people_alone_keeps_its_place_among_the_points():
    cells = [(FIRST, 30, 0, middle_of(FIRST)), (FIRST, 10, 5, middle_of(FIRST, east_m=2000))]
    found = points([], cells=cells).query("gmina_code == @FIRST")
    assert (found["share"].tolist(), found["older_share"].tolist()) == ([0.75, 0.25], [0.0, 1.0])


HOUSES = [
    (FIRST, 30, 30, middle_of(FIRST)),
    (FIRST, 20, 10, middle_of(FIRST, east_m=1000)),
    (FIRST, 50, 0, middle_of(FIRST, east_m=4000)),
]
"""A town of 40 addresses in two cells, villages of 60 in two."""


def test_people_live_where_houses_stand():
    found = points([village(1, FIRST, people=700), village(2, SECOND)], addresses=HOUSES)
    assert shares(found, FIRST) == [0.2, 0.3, 0.5]
    assert shares(found, FIRST, "older_share") == [0.2, 0.3, 0.5]
    # A gmina without a cell keeps its localities.
    assert shares(found, SECOND) == [1]


def test_the_town_and_the_villages_of_a_gmina_have_the_people_that_are_known_of_them():
    # Of 1,000 people 800 live in the town: 20 at an address of it; in the villages 200 at 60 addresses.
    known = (FIRST, 800, 200, None, None, "counted")
    found = points([], addresses=HOUSES, parts=[known]).query("gmina_code == @FIRST")
    assert found["share"].tolist() == pytest.approx([0.6, (200 + 200 / 6) / 1000, 1 / 6])
    assert found["older_share"].tolist() == pytest.approx(found["share"].tolist())


def test_older_people_have_parts_of_their_own_and_newer_numbers_of_all_do_not_touch_them():
    by_age = (FIRST, 500, 500, 90, 10, "by age")
    newer = (FIRST, 800, 200, None, None, "newer")
    found = points([], addresses=HOUSES, parts=[by_age, newer]).query("gmina_code == @FIRST")
    assert found["share"].tolist()[0] == pytest.approx(0.6)
    assert found["older_share"].tolist() == pytest.approx([0.675, (22.5 + 10 / 6) / 100, 5 / 60])


@pytest.mark.parametrize("part", [(800, 0), (0, 800)])
def test_parts_of_which_one_has_nobody_say_nothing(part):
    found = points([], addresses=HOUSES, parts=[(FIRST, *part, None, None, "counted")])
    assert shares(found, FIRST) == [0.2, 0.3, 0.5]


def test_a_town_whose_addresses_nobody_knows_weighs_its_addresses():
    houses = [(code, addresses, None, point) for code, addresses, _, point in HOUSES]
    found = points([], addresses=houses, parts=[(FIRST, 800, 200, None, None, "counted")])
    assert shares(found, FIRST) == [0.2, 0.3, 0.5]


def test_a_census_grid_stands_before_houses_and_both_before_localities():
    cells = [(FIRST, 30, 12, middle_of(FIRST)), (FIRST, 10, 4, middle_of(FIRST, east_m=2000))]
    found = points([village(1, FIRST), village(2, FIRST)], cells=cells, addresses=HOUSES)
    assert shares(found, FIRST) == [0.25, 0.75]


def test_shares_of_each_gmina_add_up_to_one():
    found = points(
        [village(1, FIRST, people=990), village(2, FIRST), village(3, SECOND), village(4, SECOND, people=900)]
    )
    assert found.groupby("gmina_code")["share"].sum().tolist() == pytest.approx([1, 1, 1])
    assert found["share"].between(0, 1).all()
