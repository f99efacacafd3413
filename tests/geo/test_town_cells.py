"""Houses by cells: where those of a gmina stand in a cell, and which are of its town; worked by hand."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.crs import METRIC, to_geographic
from geo.errors import CrsError, FrameError
from geo.town_cells import points_of_cells, town_addresses
from tests.geo.world import points, square_gminas

WEST, EAST = "120101", "120102"


def cell(code, east_km, north_km=5.0):
    """Give the square of a cell of 1 km by its south-west corner."""
    x, y = 1000 * east_km, 1000 * north_km
    return {"gmina_code": code, "geometry": shapely.box(x, y, x + 1000, y + 1000)}


def cells_of(*rows):
    return gpd.GeoDataFrame(list(rows), geometry="geometry", crs=METRIC)


def test_a_point_is_the_middle_of_what_the_gmina_has_of_the_cell():
    # The border is at 10 km: a quarter of the second cell is in the west, three quarters in the east.
    cells = cells_of(cell(WEST, 3), cell(WEST, 9.75), cell(EAST, 9.75))
    found = points_of_cells(cells, square_gminas())
    assert [(point.x, point.y) for point in found] == [(3500, 5500), (9875, 5500), (10_375, 5500)]


def test_houses_beyond_a_border_that_moved_stay_where_they_are():
    found = points_of_cells(cells_of(cell(WEST, 12), cell(WEST, 30)), square_gminas())
    assert [(point.x, point.y) for point in found] == [(12_500, 5500), (30_500, 5500)]


def test_a_gmina_of_another_system_or_twice_is_refused():
    with pytest.raises(CrsError):
        points_of_cells(to_geographic(cells_of(cell(WEST, 3))), square_gminas())
    with pytest.raises(FrameError, match="once"):
        points_of_cells(cells_of(cell(WEST, 3)), pd.concat([square_gminas()] * 2))


def houses(*places, addresses, code=WEST):
    return points(*places, gmina_code=[code] * len(places), addresses=list(addresses))


def places(*where, addresses, towns):
    return points(*where, gmina_code=[WEST] * len(where), addresses=list(addresses), is_town=list(towns))


def test_the_town_takes_the_cells_that_are_nearest_in_measures_of_size():
    # A town of 400 at 2 km, a village of 100 at 6 km: twice as near to the town ends at 2 + 4 × 2/3 = 4.67 km.
    known = places((2, 2), (6, 2), addresses=(400, 100), towns=(True, False))
    cells = houses((2, 2), (4, 2), (5, 2), (6, 2), addresses=(300, 80, 60, 60))
    # 300 and 80 are the town's; of the next cell it has the 20 that are left to 400.
    assert town_addresses(cells, known).tolist() == [300, 80, 20, 0]


def test_a_town_alone_has_all_addresses_and_no_more():
    known = places((2, 2), addresses=(900,), towns=(True,))
    assert town_addresses(houses((1, 2), (3, 2), addresses=(5, 7)), known).tolist() == [5, 7]


def test_a_gmina_without_a_town_is_told_nothing_of():
    known = places((2, 2), addresses=(10,), towns=(False,))
    found = town_addresses(
        pd.concat([houses((1, 2), addresses=(5,)), houses((9, 9), addresses=(3,), code=EAST)]), known
    )
    assert found.isna().all()


def test_two_towns_of_a_gmina_are_refused():
    known = places((2, 2), (3, 3), addresses=(1, 1), towns=(True, True))
    with pytest.raises(FrameError, match="once"):
        town_addresses(houses((1, 2), addresses=(5,)), known)


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 500)),
        min_size=1,
        max_size=20,
        unique=True,
    ),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 900)), min_size=1, max_size=6),
)
def test_the_town_has_its_addresses_or_all_and_order_does_not_matter(cells, known):
    there = houses(*((x, y) for x, y, _ in cells), addresses=[number for *_, number in cells])
    names = places(
        *((x, y) for x, y, _ in known),
        addresses=[number for *_, number in known],
        towns=[row == 0 for row in range(len(known))],
    )
    found = town_addresses(there, names)
    assert found.between(0, there["addresses"]).all()
    assert found.sum() == pytest.approx(min(known[0][2], there["addresses"].sum()))
    whole = np.isclose(found, 0) | np.isclose(found, there["addresses"])
    assert (~whole).sum() <= 1
