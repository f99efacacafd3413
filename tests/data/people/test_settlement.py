"""Where in each gmina people live, worked by hand: shares of villages, a town, and cells of a grid."""

import geopandas as gpd
import pandas as pd
import pytest

from data.people.settlement import settlement_points
from data.registry.registry import CELL_COLUMNS
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


def points(localities, *, residents=None, cells=(), is_of_older=False):
    gminas = tiny_registry([]).areas_of_level("gmina")
    frame = gpd.GeoDataFrame(
        pd.DataFrame(localities, columns=["locality_key", "gmina_code", "population_persons", "geometry"]),
        geometry="geometry",
        crs=GEOGRAPHIC,
    ).astype({"population_persons": float})
    grid = gpd.GeoDataFrame(
        pd.DataFrame(list(cells), columns=CELL_COLUMNS), geometry="geometry", crs=GEOGRAPHIC
    ).astype({"persons": float, "persons_65_plus": float})
    known = pd.Series({FIRST: 1000.0, SECOND: 500.0, THIRD: 400.0} if residents is None else residents)
    return settlement_points(gminas, frame, known.astype(float), grid, is_of_older=is_of_older)


def shares(found, gmina):
    return sorted(round(share, 9) for share in found.loc[found["gmina_code"] == gmina, "share"])


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
    assert shares(points([], cells=cells), FIRST) == [0.25, 0.75]
    west, east = points([], cells=cells, is_of_older=True).query("gmina_code == @FIRST")["share"]
    assert (west, east) == (pytest.approx(0.25), pytest.approx(0.75))
    secret = [cells[0], (FIRST, 10, None, middle_of(FIRST, east_m=2000))]
    west, east = points([], cells=secret, is_of_older=True).query("gmina_code == @FIRST")["share"]
    assert (west, east) == (pytest.approx(0.75), pytest.approx(0.25))


def test_shares_of_each_gmina_add_up_to_one():
    found = points(
        [village(1, FIRST, people=990), village(2, FIRST), village(3, SECOND), village(4, SECOND, people=900)]
    )
    assert found.groupby("gmina_code")["share"].sum().tolist() == pytest.approx([1, 1, 1])
    assert found["share"].between(0, 1).all()
