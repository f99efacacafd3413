import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.crs import to_geographic
from geo.errors import CrsError, FrameError
from geo.joins import points_in_areas
from tests.geo.world import points, square_gminas


def slow_areas(places, areas):
    """Ask every area for every point, in the order of codes."""
    found = []
    for place in places.geometry:
        codes = [row.area_code for row in areas.itertuples() if row.geometry.intersects(place)]
        found.append(min(codes, default=None))
    return found


def test_points_inside_outside_and_without_place():
    places = points((5, 5), (15, 5), (25, 5))
    places.index = ["west", "east", "abroad"]
    places.loc["unknown", "geometry"] = None
    join = points_in_areas(places, square_gminas())
    assert join.area_code["west"] == "120101"
    assert join.area_code["east"] == "120102"
    assert join.area_code.isna().tolist() == [False, False, True, True]
    assert join.outside.tolist() == ["abroad"]
    assert join.unlocated.tolist() == ["unknown"]


def test_a_point_on_a_shared_border_has_the_lowest_code_in_any_order():
    corner_and_border = points((10, 10), (10, 5), (10, 15))
    gminas = square_gminas(2, 2)
    for order in (gminas, gminas.iloc[::-1], gminas.iloc[[2, 0, 3, 1]]):
        join = points_in_areas(corner_and_border, order)
        assert join.area_code.tolist() == ["120101", "120101", "120103"]
        assert join.outside.empty


def test_the_outer_border_belongs_to_its_gmina():
    assert points_in_areas(points((0, 0), (20, 10)), square_gminas()).area_code.tolist() == [
        "120101",
        "120102",
    ]


@given(st.lists(st.tuples(st.integers(-2, 32), st.integers(-2, 32)), max_size=30), st.randoms())
def test_join_equals_the_slow_one(places, chance):
    areas = square_gminas(3, 3)
    shuffled = areas.iloc[chance.sample(range(len(areas)), len(areas))]
    join = points_in_areas(points(*places), shuffled)
    assert join.area_code.astype(object).where(join.area_code.notna(), None).tolist() == slow_areas(
        points(*places), areas
    )


def test_frames_of_nothing():
    assert points_in_areas(points(), square_gminas()).area_code.empty
    none = points_in_areas(points((5, 5)), square_gminas().iloc[:0])
    assert none.area_code.isna().tolist() == [True]
    assert none.outside.tolist() == [0]


def test_series_of_points_with_a_repeated_index_work():
    places = gpd.GeoSeries([shapely.Point(5e3, 5e3), shapely.Point(15e3, 5e3)], index=[7, 7], crs="EPSG:2180")
    assert points_in_areas(places, square_gminas()).area_code.tolist() == ["120101", "120102"]


def test_points_in_areas_refuses_other_crs_and_repeated_codes():
    with pytest.raises(CrsError, match="EPSG:4326"):
        points_in_areas(to_geographic(points((5, 5))), square_gminas())
    with pytest.raises(FrameError, match="repeat"):
        points_in_areas(points((5, 5)), square_gminas().assign(area_code="120101"))
    with pytest.raises(FrameError, match="expected points of geometry"):
        points_in_areas(square_gminas(), square_gminas())


@pytest.mark.mirror
def test_localities_of_poland(mirror):
    gminas = gpd.read_file(mirror / "boundaries" / "gminas_2019.geojson")
    gminas = gminas.assign(area_code=gminas["terc"].str[:6])
    table = pd.read_csv(mirror / "gazetteer" / "localities_prng_2021.csv.gz")
    places = gpd.GeoSeries(gpd.points_from_xy(table["lon"], table["lat"]), crs="EPSG:4326")
    join = points_in_areas(places, gminas)
    assert len(join.area_code) == 43_989
    assert len(join.outside) == 5
    assert join.area_code.nunique() == 2477
    assert np.isin(join.outside, places.index).all()
