import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import FrameError, OptionError
from geo.forecast import growth_factor, places_to_keep_level, projected_people, summed_people

GMINAS = ["120101", "120102", "120201", "120202", "240101"]
persons = st.one_of(st.none(), st.integers(0, 9_000))


def people_of(*counts, codes=GMINAS):
    return pd.Series(list(counts), index=codes[: len(counts)], dtype="Float64", name="demand_persons")


def projections(*rows):
    return pd.DataFrame(rows, columns=["powiat_code", "year", "projected_persons"]).astype(
        {"projected_persons": "Float64"}
    )


def series(values, codes="abcdefgh"):
    return pd.Series(values, index=list(codes[: len(values)]), dtype="Float64")


def test_gminas_keep_their_share_in_the_powiat():
    table = projections(("1201", 2030, 1_500), ("1202", 2030, 400), ("1202", 2035, 1))
    then = projected_people(people_of(300, 700, 200, 200, 50), table, year=2030)
    # 30 % and 70 % of 1,500, half of 400 each; the powiat 2401 has no projection.
    assert then.fillna(-1).tolist() == [450, 1_050, 200, 200, -1]
    assert summed_people(then, level="powiat").fillna(-1).to_dict() == {"1201": 1500, "1202": 400, "2401": -1}
    assert summed_people(then, level="voivodeship").fillna(-1).to_dict() == {"12": 1900, "24": -1}
    assert then.name == "projected_persons"


def test_a_powiat_with_an_unknown_gmina_or_nobody_cannot_be_shared():
    table = projections(("1201", 2030, 1_500), ("1202", 2030, 400), ("2401", 2030, None))
    then = projected_people(people_of(300, None, 0, 0, 50), table, year=2030)
    assert then.isna().all()


def test_no_projections_at_all_are_unknown_people():
    assert projected_people(people_of(300), projections(), year=2030).isna().all()
    assert projected_people(people_of(), projections(("1201", 2030, 1)), year=2030).empty


def test_growth_factor():
    factor = growth_factor(series([100, 100, 0, 0, None, 100]), series([120, 0, 0, 5, 5]))
    assert factor[["a", "b", "c"]].tolist() == [1.2, 0.0, 1.0]
    assert factor[["d", "e", "f"]].isna().all()


def test_places_that_keep_the_level():
    places = places_to_keep_level(
        series([50, 50, 0, None, 50, 50]),
        series([10_000, 10_000, 100, 100, 0]),
        series([12_400, 8_000, 200, 50, 0]),
    )
    # 24 % more people need 24 % more places: 62; fewer people need no more; nothing stays nothing.
    assert places.loc[["a", "b", "c"], "needed_places"].tolist() == [62, 40, 0]
    assert places.loc[["a", "b", "c"], "extra_places"].tolist() == [12, 0, 0]
    assert places.loc["a", "places_per_1000_now"] == 5
    assert places.loc["a", "places_per_1000_then"] == pytest.approx(4.0323, abs=5e-5)
    assert places["people_growth_share"].fillna(-9).round(9).tolist() == [0.24, -0.2, 1, -0.5, 0, -9]
    assert places["is_falling"].tolist() == [False, True, False, True, False, pd.NA]
    # Unknown places, nobody there, unknown people.
    of_places = ["places_per_1000_now", "places_per_1000_then", "needed_places", "extra_places"]
    assert places.loc[["d", "e", "f"], of_places].isna().all(axis=None)


@given(st.lists(persons, min_size=5, max_size=5), st.lists(persons, min_size=3, max_size=3))
def test_gminas_add_up_to_their_powiat_and_keep_their_order(counts, projected):
    table = projections(
        *[(code, 2035, n) for code, n in zip(("1201", "1202", "2401"), projected, strict=True)]
    )
    now = people_of(*counts)
    then = projected_people(now, table, year=2035)
    for powiat, total in zip(table["powiat_code"], table["projected_persons"], strict=True):
        is_here = now.index.str.startswith(powiat)
        if pd.isna(total) or now[is_here].isna().any() or now[is_here].sum() == 0:
            assert then[is_here].isna().all()
        else:
            assert then[is_here].sum() == pytest.approx(total, rel=1e-12)
            # Whoever has more people now has not fewer then.
            assert (then[is_here].rank(method="min") <= now[is_here].rank(method="max")).all()


@given(st.lists(st.tuples(persons, persons, persons), min_size=1, max_size=8))
def test_the_places_keep_the_level(rows):
    capacity, now, then = (series(list(column)) for column in zip(*rows, strict=True))
    places = places_to_keep_level(capacity, now, then)
    for code, row in places.iterrows():
        if pd.isna(capacity[code]) or pd.isna(now[code]) or pd.isna(then[code]) or now[code] == 0:
            assert math.isnan(row["extra_places"])
            continue
        assert row["needed_places"] * now[code] == pytest.approx(capacity[code] * then[code])
        assert row["extra_places"] == pytest.approx(max(0, row["needed_places"] - capacity[code]))
        assert row["is_falling"] == (then[code] < now[code])
        if row["is_falling"]:
            assert row["extra_places"] == 0


def test_wrong_inputs_are_named():
    table = projections(("1201", 2030, 1_500))
    with pytest.raises(OptionError, match=r"one of \[2030\], found 2031"):
        projected_people(people_of(1), table, year=2031)
    with pytest.raises(FrameError, match=r"powiats projected for 2030 once, found 1 codes that repeat"):
        projected_people(people_of(1), pd.concat([table, table]), year=2030)
    with pytest.raises(
        FrameError, match=r"other than of a gmina \(6 digits, as text\), found 1, first \['1201'\]"
    ):
        projected_people(people_of(1, codes=["1201"]), table, year=2030)
    with pytest.raises(FrameError, match=r"other than of a powiat .* first \['011212001000'\]"):
        projected_people(people_of(1), projections(("011212001000", 2030, 1)), year=2030)
    with pytest.raises(FrameError, match="projected_persons of 0 or more, found -1"):
        projected_people(people_of(1), projections(("1201", 2030, -1)), year=2030)
    with pytest.raises(FrameError, match="projected_persons"):
        projected_people(people_of(1), table.drop(columns="projected_persons"), year=2030)
    with pytest.raises(FrameError, match="people of 0 or more"):
        summed_people(people_of(-1), level="powiat")
    with pytest.raises(FrameError, match="repeat"):
        growth_factor(series([1]), series([1, 2], codes="aa"))
    with pytest.raises(FrameError, match="capacity_places of 0 or more"):
        places_to_keep_level(series([-1]), series([1]), series([1]))
