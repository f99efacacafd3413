"""Rows of a frame as Python's own values."""

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import Point

from data.store.query_frames import plain_rows


def test_values_are_pythons_own_and_missing_ones_none():
    frame = pd.DataFrame(
        {
            "places": pd.array([3, None], dtype="Int64"),
            "share": [0.5, np.nan],
            "count": np.array([1, 2]),
            "is_open": [True, False],
            "day": [date(2026, 6, 1), pd.NaT],
            "mixed": pd.Series([np.int64(7), ["a"]], dtype=object),
        }
    )
    first, second = plain_rows(frame)
    assert first == {
        "places": 3, "share": 0.5, "count": 1, "is_open": True, "day": date(2026, 6, 1), "mixed": 7,
    }  # fmt: skip
    assert second == {
        "places": None, "share": None, "count": 2, "is_open": False, "day": None, "mixed": ["a"],
    }  # fmt: skip
    assert [type(value) for value in first.values()] == [int, float, int, bool, date, int]


def test_points_stay_and_a_frame_without_rows_has_none():
    placed = gpd.GeoDataFrame({"name": ["a", "b"]}, geometry=[Point(1, 2), None])
    assert plain_rows(placed) == [{"name": "a", "geometry": Point(1, 2)}, {"name": "b", "geometry": None}]
    assert plain_rows(placed.iloc[:0]) == []
