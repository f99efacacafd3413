import numpy as np
import pandas as pd
import pytest

from geo.age_bands import part_of_band
from geo.errors import FrameError


def _series(**numbers: float) -> pd.Series:
    return pd.Series({code.removeprefix("g"): value for code, value in numbers.items()}, dtype=float)


def test_a_part_is_shared_out_as_the_powiat_has_it() -> None:
    band = _series(g120101=10, g120102=20, g120103=30, g120201=7)
    powiat_band, powiat_part = _series(g1201=60, g1202=7), _series(g1201=20, g1202=7)
    # A third of 10, 20 and 30 is 3.33, 6.67 and 10: the second has the largest remainder.
    assert part_of_band(band, powiat_band=powiat_band, powiat_part=powiat_part).tolist() == [3, 7, 10, 7]


def test_equal_remainders_go_to_the_first_code_whatever_the_order() -> None:
    band = _series(g120103=5, g120101=5, g120102=5)
    part = part_of_band(band, powiat_band=_series(g1201=15), powiat_part=_series(g1201=8))
    assert part.to_dict() == {"120103": 2, "120101": 3, "120102": 3}


def test_nobody_and_everybody() -> None:
    band = _series(g120101=0, g120102=4)
    assert part_of_band(band, powiat_band=_series(g1201=4), powiat_part=_series(g1201=4)).tolist() == [0, 4]
    assert part_of_band(band, powiat_band=_series(g1201=4), powiat_part=_series(g1201=0)).tolist() == [0, 0]
    empty = _series(g120101=0)
    assert part_of_band(empty, powiat_band=_series(g1201=0), powiat_part=_series(g1201=0)).tolist() == [0]


@pytest.mark.parametrize(
    ("band", "powiat_band", "powiat_part"),
    [
        (_series(g120101=4, g120102=np.nan), _series(g1201=4), _series(g1201=1)),
        (_series(g120101=4), _series(g1201=5), _series(g1201=1)),
        (_series(g120101=4), _series(g1202=4), _series(g1202=1)),
        (_series(g120101=4), _series(g1201=4), _series(g1201=np.nan)),
    ],
)
def test_what_does_not_add_up_is_unknown(
    band: pd.Series, powiat_band: pd.Series, powiat_part: pd.Series
) -> None:
    assert part_of_band(band, powiat_band=powiat_band, powiat_part=powiat_part).isna().all()


def test_sums_are_exact_and_no_gmina_has_more_than_its_band() -> None:
    random = np.random.default_rng(13)
    band = pd.Series(random.integers(0, 900, 40), index=[f"12{n // 8:02}{n % 8 + 1:02}" for n in range(40)])
    whole = band.groupby(band.index.str[:4]).sum()
    part = (whole * random.random(len(whole))).round()
    found = part_of_band(band, powiat_band=whole, powiat_part=part)
    assert found.groupby(found.index.str[:4]).sum().to_dict() == part.to_dict()
    assert ((found >= 0) & (found <= band) & (found % 1 == 0)).all()
    exact = band * (part / whole).reindex(band.index.str[:4]).to_numpy()
    assert (found - exact).abs().max() < 1


def test_negative_numbers_are_an_error() -> None:
    with pytest.raises(FrameError, match="band"):
        part_of_band(_series(g120101=-1), powiat_band=_series(g1201=4), powiat_part=_series(g1201=1))
