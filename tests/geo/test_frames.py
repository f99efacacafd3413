import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo import frames
from geo.errors import FrameError
from tests.geo.world import points, square_gminas


def test_missing_columns_are_named():
    frame = pd.DataFrame({"gmina_code": ["120101"]})
    assert frames.require_columns(frame, "gmina_code", what="demand") is None
    with pytest.raises(FrameError, match=r"found no \['demand_persons'\]; the frame has \['gmina_code'\]"):
        frames.require_columns(frame, "gmina_code", "demand_persons", what="demand")


def test_keys_repeat_or_are_missing():
    assert frames.require_unique(pd.Series(["a", "b"]), what="areas") is None
    with pytest.raises(FrameError, match=r"2 codes that repeat, first \['b', 'a'\]") as caught:
        frames.require_unique(pd.Series(["b", "a", "b", "a", "c"]), what="areas")
    assert caught.value.facts["codes"] == ["b", "a"]
    with pytest.raises(FrameError, match="found 1 without"):
        frames.require_unique(pd.Index(["a", None]), what="areas")


def test_only_the_first_five_codes_are_listed():
    codes = pd.Series([letter for letter in "abcdefg" for _ in range(2)])
    with pytest.raises(FrameError, match="found 7 codes") as caught:
        frames.require_unique(codes, what="areas")
    assert caught.value.facts["codes"] == ["a", "b", "c", "d", "e"]


def test_geometry_must_be_there_and_of_the_kind():
    gminas = square_gminas(3)
    assert frames.require_geometry(gminas, frames.POLYGONS, what="areas") is None
    gminas.loc[[0, 2], "geometry"] = [None, shapely.Polygon()]
    with pytest.raises(FrameError, match=r"found 2 rows without, first \['120101', '120103'\]"):
        frames.require_geometry(gminas, frames.POLYGONS, what="areas")
    with pytest.raises(FrameError, match=r"\['Point'\], found \['Polygon'\]"):
        frames.require_geometry(square_gminas(), frames.POINTS, what="facilities")


def test_rows_without_a_code_are_named_by_their_index():
    series = gpd.GeoSeries([shapely.Point(0, 0), None], index=["here", "nowhere"])
    with pytest.raises(FrameError, match="nowhere"):
        frames.require_geometry(series, frames.POINTS, what="facilities")
    assert frames.require_geometry(points(), frames.POINTS, what="facilities") is None


def test_quantities_are_not_negative_and_missing_is_unknown():
    assert frames.require_not_negative(pd.Series([0, None, 3], dtype="Int64"), what="places") is None
    with pytest.raises(FrameError, match=r"found -2 among 1 rows, first \['b'\]"):
        frames.require_not_negative(pd.Series([1, -2], index=["a", "b"]), what="places")
    with pytest.raises(FrameError, match="found inf"):
        frames.require_not_negative(pd.Series([1, float("inf")]), what="places")


def test_words_are_not_numbers():
    with pytest.raises(FrameError, match="expected places as numbers"):
        frames.require_not_negative(pd.Series(["many"]), what="places")


def test_objects_that_hold_numbers_are_numbers():
    numbers = frames.as_floats(pd.Series([1, None, 2.5], dtype=object), what="places")
    assert numbers[[0, 2]].tolist() == [1.0, 2.5]
    assert pd.isna(numbers[1])


@pytest.mark.parametrize("dtype", ["str", "string", "object"])
@pytest.mark.parametrize("codes", [["b", "x", None, "a", "a", ""], ["x"], []])
@pytest.mark.parametrize("known", [["a", "b", "c"], ["", "a"], []])
def test_codes_are_among_an_index_as_isin_says(codes, known, dtype):
    codes = pd.Series(codes, index=range(7, 7 + len(codes)), name="area_code", dtype=dtype)
    index = pd.Index(known, dtype="str")
    found = frames.is_among(codes, index)
    pd.testing.assert_series_equal(found, codes.isin(index).astype(bool))
