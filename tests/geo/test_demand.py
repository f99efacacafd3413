import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.crs import to_geographic
from geo.demand import LEAST_RESIDENTS, spread_over_cells, spread_people
from geo.errors import CrsError, FrameError
from tests.geo.world import points, square_gminas

FALLBACK = square_gminas(3).set_index("area_code").centroid


def slow_residents(residents, populations):
    """Follow the formula of the docstring for one gmina, locality by locality; None is unknown."""
    known = [number for number in populations if number]
    others = len(populations) - len(known)
    if not known:
        return [1.0] * others
    rest = 0.0
    if others:
        even = residents * others / len(populations)
        rest = max(residents - sum(known), min(LEAST_RESIDENTS * others, even))
    return [(residents - rest) * number / sum(known) if number else rest / others for number in populations]


def demand_of(people, populations, residents):
    """Spread people of one gmina over localities of the given populations."""
    localities = points(
        *[(place, 5) for place in range(len(populations))],
        gmina_code=["120101"] * len(populations),
        population_persons=pd.array(populations, dtype="Int64"),
    )
    spread = spread_people(
        pd.Series({"120101": people}), localities, FALLBACK, residents=pd.Series({"120101": residents})
    )
    return spread["demand_persons"].tolist()


def test_a_town_keeps_its_population_and_villages_share_the_rest():
    # 1,000 residents: the town has 600, two villages 200 each. A tenth of everybody is in need.
    assert demand_of(100, [600, None, None], 1000) == pytest.approx([60, 20, 20])


def test_towns_that_are_everybody_share_by_population():
    # They claim 800 of 1,000; there are no villages for the other 200.
    assert demand_of(100, [600, 200], 1000) == pytest.approx([75, 25])


def test_a_gazetteer_that_knows_too_many_leaves_fifty_to_each_village():
    # 1,200 of 1,000 residents are claimed: 2 villages x 50 stay, the towns share the other 900 as 800 : 400.
    assert demand_of(100, [800, 400, None, None], 1000) == pytest.approx([60, 30, 5, 5])


def test_a_small_gmina_is_spread_evenly_rather_than_given_to_villages():
    # 4 villages x 50 would be more than the 100 residents: each of the 5 localities has an even part.
    assert demand_of(10, [90, None, None, None, None], 100) == pytest.approx([2, 2, 2, 2, 2])


def test_zero_population_is_unknown():
    assert demand_of(100, [600, 0, None], 1000) == demand_of(100, [600, None, None], 1000)


def test_without_known_towns_people_are_spread_evenly():
    localities = points((1, 1), (9, 9), gmina_code=["120101", "120101"])
    spread = spread_people(pd.Series({"120101": 30}), localities, FALLBACK)
    assert spread["demand_persons"].tolist() == [15.0, 15.0]
    assert spread.geometry.x.tolist() == [1000, 9000]
    assert spread.crs == localities.crs
    assert list(spread.columns) == ["gmina_code", "demand_persons", "geometry"]


def test_gminas_without_locality_unknown_people_and_other_localities():
    people = pd.Series({"120102": 10.0, "120101": None, "120103": 0.0})
    localities = points((5, 5), (25, 5), (99, 9), (98, 9), gmina_code=["120101", "120103", "999999", None])
    spread = spread_people(people, localities, FALLBACK)
    assert spread["gmina_code"].tolist() == ["120102", "120101", "120103"]
    assert spread["demand_persons"].fillna(-1).tolist() == [10.0, -1.0, 0.0]
    # The middle gmina has no locality: its people stand at the fallback point, the centre of the square.
    assert (spread.geometry[0].x, spread.geometry[0].y) == (15_000, 5_000)


def test_nobody_to_spread():
    empty = spread_people(pd.Series(dtype=float), points((5, 5), gmina_code=["120101"]), FALLBACK)
    assert len(empty) == 0
    assert list(empty.columns) == ["gmina_code", "demand_persons", "geometry"]
    nowhere = spread_people(pd.Series({"120101": 3}), points(gmina_code=[]), FALLBACK)
    assert nowhere["demand_persons"].tolist() == [3.0]


def test_inputs_stay_as_they_were():
    localities = points((1, 1), gmina_code=["120101"], population_persons=[10])
    before = localities.copy()
    spread_people(pd.Series({"120101": 5}), localities, FALLBACK, residents=pd.Series({"120101": 10}))
    assert localities.equals(before)


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 5000)), min_size=1, max_size=12),
    st.integers(1, 20_000),
    st.floats(0, 1e6),
)
def test_spread_equals_the_slow_one_and_its_sum_is_exact(populations, residents, people):
    demand = demand_of(people, populations, residents)
    weights = slow_residents(residents, populations)
    assert demand == pytest.approx([people * weight / sum(weights) for weight in weights])
    assert sum(demand) == pytest.approx(people, rel=1e-9, abs=1e-12)
    assert min(demand) >= 0


@given(st.permutations(range(4)))
def test_row_order_does_not_matter(order):
    localities = points(
        (1, 1),
        (2, 2),
        (3, 3),
        (11, 1),
        gmina_code=["120101"] * 3 + ["120102"],
        population_persons=[600, None, None, 7],
    )
    people, residents = pd.Series({"120101": 100, "120102": 8}), pd.Series({"120101": 1000, "120102": 50})
    spread = spread_people(people, localities.iloc[list(order)], FALLBACK, residents=residents)
    assert dict(zip(spread.geometry.x, spread["demand_persons"], strict=True)) == pytest.approx(
        {1000: 60, 2000: 20, 3000: 20, 11_000: 8}
    )


def test_known_towns_need_residents():
    town = points((1, 1), gmina_code=["120101"], population_persons=[10])
    for residents in (None, pd.Series({"120102": 10}), pd.Series({"120101": 0})):
        with pytest.raises(FrameError, match=r"residents above 0 .* first \['120101'\]"):
            spread_people(pd.Series({"120101": 5}), town, FALLBACK, residents=residents)


def test_wrong_inputs_are_named():
    place = points((1, 1), gmina_code=["120101"])
    with pytest.raises(FrameError, match=r"without locality and fallback point, found 1, first \['120199'\]"):
        spread_people(pd.Series({"120199": 5}), place, FALLBACK)
    with pytest.raises(FrameError, match="found -5"):
        spread_people(pd.Series({"120101": -5}), place, FALLBACK)
    with pytest.raises(FrameError, match="repeat"):
        spread_people(pd.Series([1, 2], index=["120101", "120101"]), place, FALLBACK)
    with pytest.raises(FrameError, match="found -1 among 1 rows, first \\['120101'\\]"):
        spread_people(pd.Series({"120101": 5}), place.assign(population_persons=-1), FALLBACK)
    with pytest.raises(FrameError, match="gmina_code"):
        spread_people(pd.Series({"120101": 5}), points((1, 1)), FALLBACK)
    for localities, fallback in ((to_geographic(place), FALLBACK), (place, to_geographic(FALLBACK))):
        with pytest.raises(CrsError):
            spread_people(pd.Series({"120101": 5}), localities, fallback)
    with pytest.raises(CrsError, match="no CRS"):
        spread_people(pd.Series({"120101": 5}), place, gpd.GeoSeries([None], index=["120101"]))


def on_cells(people, weights, *, codes=None, **options):
    """Spread people over cells in a row, 1 km apart, all in gmina 120101 unless said."""
    cells = points(
        *[(place, 5) for place in range(len(weights))],
        gmina_code=codes or ["120101"] * len(weights),
        persons=pd.array(weights, dtype="Float64"),
    )
    localities = points((9, 9), (19, 9), gmina_code=["120101", "120102"])
    return spread_over_cells(pd.Series(people), cells, localities, FALLBACK, **options)


def test_cells_share_the_people_of_their_gmina_by_their_persons():
    # 200 older people on cells of 10, 30 and 60 persons.
    spread = on_cells({"120101": 200}, [10, 30, 60])
    assert spread["demand_persons"].tolist() == [20, 60, 120]
    assert spread.geometry.x.tolist() == [0, 1000, 2000]
    assert list(spread.columns) == ["gmina_code", "demand_persons", "geometry"]


def test_cells_without_people_are_no_points():
    spread = on_cells({"120101": 200}, [0, 30, None, 10])
    assert spread["demand_persons"].tolist() == [150, 50]
    assert spread.geometry.x.tolist() == [1000, 3000]


def test_a_gmina_without_populated_cell_keeps_its_localities():
    spread = on_cells({"120102": 7, "120101": 5}, [1, 0], codes=["120101", "120102"])
    assert spread["gmina_code"].tolist() == ["120102", "120101"]
    assert spread["demand_persons"].tolist() == [7, 5]
    assert spread.geometry.x.tolist() == [19_000, 0]
    nowhere = on_cells({"120103": 4}, [1])
    assert (nowhere.geometry.x[0], nowhere.geometry.y[0]) == (25_000, 5_000)


def test_without_cells_the_spread_is_that_over_localities():
    people = pd.Series({"120101": 5.0, "120102": 3.0})
    localities = points((9, 9), (19, 9), gmina_code=["120101", "120102"])
    none = points(gmina_code=[], persons=[])
    spread = spread_over_cells(people, none, localities, FALLBACK)
    assert spread.equals(spread_people(people, localities, FALLBACK))


def test_unknown_people_stay_unknown_and_other_cells_are_left_out():
    spread = on_cells({"120101": None}, [1, 1, 5], codes=["120101", "120101", "120102"])
    assert spread["gmina_code"].tolist() == ["120101", "120101"]
    assert spread["demand_persons"].isna().all()
    assert len(on_cells({"120101": 8}, [1, 3], codes=["120101", None])) == 1


def test_another_column_may_weigh():
    cells = points((1, 1), (2, 2), gmina_code=["120101"] * 2, persons=[1, 1], persons_65_plus=[1, 3])
    spread = spread_over_cells(
        pd.Series({"120101": 8}), cells, points(gmina_code=[]), FALLBACK, weight_column="persons_65_plus"
    )
    assert spread["demand_persons"].tolist() == [2, 6]


@given(
    st.lists(
        st.tuples(st.sampled_from(["120101", "120102", None]), st.floats(0, 5000)), min_size=1, max_size=12
    ),
    st.floats(0, 1e6),
    st.floats(0, 1e6),
)
def test_sums_over_cells_are_exact(cells, first, second):
    codes, weights = [code for code, _ in cells], [weight for _, weight in cells]
    people = {"120101": first, "120102": second}
    spread = on_cells(people, weights, codes=codes)
    assert spread.groupby("gmina_code")["demand_persons"].sum().to_dict() == pytest.approx(
        people, rel=1e-9, abs=1e-12
    )
    for code, persons in people.items():
        own = [weight for here, weight in cells if here == code and weight > 0]
        expected = [persons * (weight / sum(own)) for weight in own] or [persons]
        found = spread.loc[spread["gmina_code"] == code, "demand_persons"]
        assert found.tolist() == pytest.approx(expected)


def test_faults_of_cells_are_named():
    people = pd.Series({"120101": 5})
    cells = points((1, 1), gmina_code=["120101"], persons=[1])
    localities = points((9, 9), gmina_code=["120101"])
    for wrong, message in (
        (cells.assign(persons=-1), "persons of cells of 0 or more, found -1"),
        (cells.drop(columns="persons"), r"cells with columns \['gmina_code', 'persons'\]"),
        (cells.set_geometry([None], crs=cells.crs), "geometry for each of the cells"),
    ):
        with pytest.raises(FrameError, match=message):
            spread_over_cells(people, wrong, localities, FALLBACK)
    with pytest.raises(CrsError):
        spread_over_cells(people, to_geographic(cells), localities, FALLBACK)
    with pytest.raises(FrameError, match="repeat"):
        spread_over_cells(pd.Series([1, 2], index=["120101"] * 2), cells, localities, FALLBACK)
