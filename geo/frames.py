"""Contracts of our frames: columns, keys, geometry and ranges; a check raises when one is broken."""

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.errors import FrameError

POINTS = ("Point",)
POLYGONS = ("Polygon", "MultiPolygon")
_SHOWN = 5  # codes listed in a message


def require_columns(frame: pd.DataFrame, *columns: str, what: str) -> None:
    """
    Check that a frame has the named columns.

    Parameters
    ----------
    what
        What one row is, for the message: "areas", "demand"; the same in all checks below.

    Raises
    ------
    FrameError
        Naming the missing columns.
    """
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise FrameError(
            f"expected {what} with columns {list(columns)}, found no {missing}; "
            f"the frame has {list(frame.columns)}",
            what=what,
            columns=missing,
        )


def require_unique(codes: pd.Series | pd.Index, *, what: str) -> None:
    """
    Check that codes are a key: none missing, none twice.

    Raises
    ------
    FrameError
        Naming the first codes that repeat, or how many are missing.
    """
    missing = int(np.count_nonzero(codes.isna()))
    if missing:
        raise FrameError(
            f"expected a code for each of the {what}, found {missing} without; drop or repair those rows",
            what=what,
            missing=missing,
        )
    repeated = list(codes[codes.duplicated()].unique())
    if repeated:
        raise FrameError(
            f"expected each of the {what} once, found {len(repeated)} codes that repeat, "
            f"first {repeated[:_SHOWN]}; the table mixes vintages or holds parts beside wholes",
            what=what,
            codes=repeated[:_SHOWN],
        )


def require_geometry(frame: gpd.GeoDataFrame | gpd.GeoSeries, kinds: tuple[str, ...], *, what: str) -> None:
    """
    Check that every row has a geometry of the wanted kinds: none missing, none empty.

    Raises
    ------
    FrameError
        Naming the first rows without one or of another kind.
    """
    shapes = frame.geometry.to_numpy()
    is_absent = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    if is_absent.any():
        raise FrameError(
            f"expected a geometry for each of the {what}, found {int(is_absent.sum())} rows without, "
            f"first {first_labels(frame, is_absent)}; leave out those that have no place",
            what=what,
            rows=first_labels(frame, is_absent),
        )
    kind_of = frame.geom_type
    is_other = ~kind_of.isin(kinds).to_numpy()
    if is_other.any():
        found = sorted(kind_of[is_other].unique())
        raise FrameError(
            f"expected {what} of geometry {list(kinds)}, found {found}, first {first_labels(frame, is_other)}",
            what=what,
            rows=first_labels(frame, is_other),
            found=found,
        )


def require_not_negative(values: pd.Series, *, what: str) -> None:
    """
    Check that a quantity is never negative or infinite; missing is allowed and means unknown.

    Raises
    ------
    FrameError
        Naming the first codes and the lowest value.
    """
    numbers = as_floats(values, what=what)
    is_wrong = (numbers < 0) | np.isinf(numbers)
    if is_wrong.any():
        codes = list(values.index[is_wrong][:_SHOWN])
        raise FrameError(
            f"expected {what} of 0 or more, found {numbers[is_wrong][0]:g} among {int(is_wrong.sum())} rows, "
            f"first {codes}",
            what=what,
            codes=codes,
            value=float(numbers[is_wrong][0]),
        )


def as_floats(values: pd.Series, *, what: str) -> NDArray[np.float64]:
    """
    Return a column as floats with NaN for missing, whatever kind of number it holds.

    Raises
    ------
    FrameError
        If a value is not a number.
    """
    if isinstance(values.dtype, np.dtype) and values.dtype.kind in "fiu":
        return values.to_numpy(dtype=np.float64)
    try:
        return np.asarray(values.astype("Float64").to_numpy(dtype=float, na_value=np.nan), dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise FrameError(f"expected {what} as numbers, found {values.dtype}: {error}", what=what) from error


def is_among(codes: pd.Series, known: pd.Index) -> "pd.Series[bool]":
    """
    Tell which codes are among those of an index, as `codes.isin(known)` does.

    That would turn each known text into one of Arrow's every time: of 2,477 gminas 7 ms, for a single code, too.

    Parameters
    ----------
    codes
        Texts; one that is missing is among none.
    known
        Texts, none missing and none twice.

    Returns
    -------
    is_among
        bool, indexed like `codes`.
    """
    return pd.Series(known.get_indexer(pd.Index(codes)) >= 0, index=codes.index, name=codes.name, dtype=bool)


def require_none_left(codes: Iterable[object], *, what: str, remedy: str) -> None:
    """
    Check that a list of codes that should not exist is empty.

    Raises
    ------
    FrameError
        Naming the first of them and `remedy`, what to do about it.
    """
    found = list(dict.fromkeys(codes))
    if found:
        raise FrameError(
            f"expected no {what}, found {len(found)}, first {found[:_SHOWN]}; {remedy}",
            what=what,
            codes=found[:_SHOWN],
        )


def first_labels(frame: gpd.GeoDataFrame | gpd.GeoSeries, is_wrong: NDArray[np.bool_]) -> list[object]:
    """Return codes of the first wrong rows, or their index labels when the frame has no code column."""
    codes = frame.index
    if isinstance(frame, gpd.GeoDataFrame):
        codes = next((frame[key] for key in ("area_code", "gmina_code") if key in frame.columns), frame.index)
    return list(codes[is_wrong][:_SHOWN])
