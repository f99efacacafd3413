"""Sums of points by area are those that pandas gives by the code of each point."""

import numpy as np
import pandas as pd
import pytest

from layers.answers.measures.point_gminas import PointGminas


@pytest.mark.parametrize("digits", [2, 4, 6])
def test_sums_by_area_are_those_by_the_code_of_each_point(digits):
    chance = np.random.default_rng(14)
    codes = chance.choice(["240201", "120102", "120101", "121001"], 500)
    points = pd.DataFrame({"gmina_code": pd.Series(codes, dtype="str")})
    columns = pd.DataFrame({"all": chance.random(500) * 1e6, "some": chance.random(500)})
    found = PointGminas.of_points(points).sums(columns, digits)
    plain = columns.groupby(points["gmina_code"].str[:digits].to_numpy()).sum()
    # To the last bit: a share is held against a limit.
    assert found.to_numpy().tolist() == plain.to_numpy().tolist()
    assert found.index.tolist() == plain.index.tolist()
