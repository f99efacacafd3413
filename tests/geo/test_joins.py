import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.crs import to_geographic
from geo.errors import CrsError, FrameError
from geo.joins import join_by_code, points_in_areas
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


def test_join_by_code_reports_both_sides():
    facts = pd.DataFrame(
        {"area_code": ["120102", "120713", None, "120102"], "places": [1, 2, 3, 4]}, index=[9, 8, 7, 6]
    )
    join = join_by_code(facts, square_gminas(), boundary_vintage="2019")
    assert join.joined.index.tolist() == [9, 6]
    assert join.joined["places"].tolist() == [1, 4]
    assert isinstance(join.joined, gpd.GeoDataFrame)
    assert join.joined.geometry.area.tolist() == [1e8, 1e8]
    assert join.left_lost == [None, "120713"]
    assert join.right_lost == ["120101"]
    assert join.boundary_vintage == "2019"
    assert list(facts.columns) == ["area_code", "places"]


def test_join_by_code_with_columns_of_other_names():
    left = pd.DataFrame({"gmina": ["120101"], "places": [5]})
    right = pd.DataFrame({"code": ["120101"], "persons": [50]})
    join = join_by_code(left, right, left_code="gmina", right_code="code", boundary_vintage="2019")
    assert join.joined.to_dict("records") == [{"gmina": "120101", "places": 5, "persons": 50}]
    assert (join.left_lost, join.right_lost) == ([], [])


def test_join_by_code_checks_the_vintage():
    left = pd.DataFrame({"area_code": ["120101"], "boundary_vintage": ["2026"]})
    right = pd.DataFrame({"area_code": ["120101"], "boundary_vintage": ["2019"], "persons": [50]})
    with pytest.raises(FrameError, match=r"left table in boundary vintage 2019, found \['2026'\]"):
        join_by_code(left, right, boundary_vintage="2019")
    join = join_by_code(left.assign(boundary_vintage="2019"), right, boundary_vintage="2019")
    assert join.joined["boundary_vintage"].tolist() == ["2019"]


def test_join_by_code_never_multiplies_rows_or_renames_columns():
    left = pd.DataFrame({"area_code": ["120101"], "name": ["a"]})
    twice = pd.DataFrame({"area_code": ["120101", "120101"], "persons": [1, 2]})
    with pytest.raises(FrameError, match="repeat"):
        join_by_code(left, twice, boundary_vintage="2019")
    with pytest.raises(FrameError, match=r"found \['name'\] twice"):
        join_by_code(left, left, boundary_vintage="2019")
    with pytest.raises(FrameError, match="left table with columns"):
        join_by_code(left, left, left_code="code", boundary_vintage="2019")


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
