"""In which gmina each point of people lies, as numbers: looking up two hundred thousand texts takes long."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class PointGminas:
    """
    The gminas of points.

    Attributes
    ----------
    codes
        Each gmina once, 6 digits.
    rows
        Of every point the position of its gmina among them.
    """

    codes: pd.Index
    rows: NDArray[np.intp]

    @classmethod
    def of_points(cls, points: pd.DataFrame) -> "PointGminas":
        """Read them from points with `gmina_code`."""
        rows, codes = pd.factorize(points["gmina_code"])
        return cls(pd.Index(codes), rows)

    def values(self, by_gmina: pd.Series) -> NDArray[np.float64]:
        """Return a number of the gmina of each point; missing where its code is not in `by_gmina`."""
        numbers: NDArray[np.float64] = by_gmina.reindex(self.codes).to_numpy(dtype=float, na_value=np.nan)
        return numbers[self.rows]

    def areas(self, digits: int) -> pd.Series:
        """Return the code of the area of each point: so many first digits of its gmina's."""
        of_gmina = self.codes.str[:digits].array
        return pd.Series(of_gmina.take(self.rows), name="gmina_code")

    def sums(self, of_points: pd.DataFrame, digits: int) -> pd.DataFrame:
        """Add up columns of numbers by area, as `groupby(areas(digits)).sum()` does; indexed by its code, sorted."""
        areas, codes = pd.factorize(self.codes.str[:digits], sort=True)
        of_area = of_points.groupby(areas[self.rows]).sum()
        return of_area.set_axis(codes[of_area.index], axis="index")

    def starting_with(self, code: str | tuple[str, ...]) -> pd.Series:
        """Tell of each point whether the code of its gmina begins so; all do with an empty text."""
        return pd.Series(
            np.asarray(self.codes.str.startswith(code), dtype=bool)[self.rows], name="gmina_code"
        )
