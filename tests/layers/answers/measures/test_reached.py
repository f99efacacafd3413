"""
Coverage, access and gaps worked by hand on three square gminas (tests/support/tiny_world.py).

Their villages lie 9 km apart, with 200, 100 and 50 older people. The border of voivodeship 24 is 13.5 km from the
first village and 4.5 km from the second.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.sources.roads.rules import RoadGraphError
from geo.gaps import PLACES
from layers.answers.measures.gap_answer import Amount
from layers.answers.measures.gaps import bounds_of_places
from layers.answers.measures.world import World
from layers.answers.table_building import build_area_table
from layers.indicators.gap_share import TRIAD
from layers.view.view import View
from tests.support.kept import kept
from tests.support.tiny_world import GMINAS, middle_of, service, tiny_registry

FIRST, SECOND, THIRD = GMINAS
EVERYWHERE = (("CAL-DPS", "12"), ("CAL-DPS", "24"))
NO_DATA = None


def told(result, column="value"):
    """Give the numbers of a column in the order of gminas, None for no data."""
    return [None if pd.isna(value) else pytest.approx(value) for value in result.rows[column]]


def bounds(result, column="value"):
    return result.bounds[column].tolist()


def home(places=30, gmina=FIRST, number=1, **changes):
    return service(number, gmina, capacity_places=places, **changes)


@kept
def table(services, view, *, claims=EVERYWHERE, **world):
    return build_area_table(tiny_registry(services, claims=claims, **world), View().with_changes(**view))


def coverage(services, *, km=2, claims=EVERYWHERE, world=None, **view):
    return table(
        services, {"indicator": "coverage_share", "distance_km": km, **view}, claims=claims, **(world or {})
    )


class TestCoverage:
    @pytest.mark.parametrize(
        ("km", "detour_pct", "expected"),
        # 9 km of line are 10.8 km of road at 120 % and 13.5 km at 150 %; 18 km are 21.6 km at 120 %.
        [
            (10, 100, [1, 1, 0]),
            (10, 120, [1, 0, 0]),
            (15, 150, [1, 1, 0]),
            (20, 100, [1, 1, 1]),
            (20, 120, [1, 1, 0]),
        ],
    )
    def test_by_door_and_detour(self, km, detour_pct, expected):
        result = coverage([home()], km=km, detour_pct=detour_pct)
        assert told(result) == expected
        assert bounds(result) == ["", "", ""]

    def test_a_stop_is_where_people_meet_a_mobile_service(self):
        bus = home(geometry=None, place_grade="none")
        stop = {"service_id": 1, "name": "Rynek", "geometry": middle_of(SECOND, east_m=1500)}
        # The stop is 1.5 km from the second village; the bus itself belongs to the first gmina.
        assert told(coverage([bus], world={"stops": [stop]})) == [0, 1, 0]
        assert told(coverage([bus], km=1, world={"stops": [stop]})) == [0, 0, 0]

    @pytest.mark.parametrize(
        ("area", "expected"),
        [(FIRST, [1, 0, 0]), ("1200", [1, 1, 0]), ("12", [1, 1, 0]), ("24", [0, 0, 1]), ("00", [1, 1, 1])],
    )
    def test_an_area_service_reaches_its_areas_and_no_others(self, area, expected):
        helpers = home(support_form="DOM-UO", geometry=None, place_grade="none")
        claims = (("DOM-UO", "12"), ("DOM-UO", "24"))
        result = coverage([helpers], form="DOM-UO", km=1, claims=claims, world={"service_areas": [(1, area)]})
        assert told(result) == expected

    def test_a_home_that_nobody_can_place_makes_its_surroundings_no_data(self):
        hidden = home(gmina=SECOND, geometry=None, place_grade="none")
        # It stands somewhere in the second gmina; the other villages are 4.5 km from its border.
        assert told(coverage([hidden], km=2)) == [0, NO_DATA, 0]
        assert told(coverage([hidden], km=5)) == [NO_DATA, NO_DATA, NO_DATA]

    def test_a_home_without_a_gmina_may_be_anywhere_in_its_voivodeship(self):
        lost = home(gmina=THIRD, geometry=None) | {"gmina_code": None, "powiat_code": None}
        assert told(coverage([lost], km=2)) == [0, 0, NO_DATA]
        # The second village is 4.5 km from voivodeship 24, the first 13.5 km.
        assert told(coverage([lost], km=5)) == [0, NO_DATA, NO_DATA]

    def test_a_home_that_another_list_names_may_be_in_reach_from_next_door(self):
        aside = home(gmina=SECOND, is_counted=False, set_aside_by="register")
        assert told(coverage([aside], km=2)) == [0, NO_DATA, 0]
        assert told(coverage([aside], km=5)) == [NO_DATA, NO_DATA, NO_DATA]

    def test_people_off_the_roads_make_it_at_least(self):
        registry = tiny_registry([home()], claims=EVERYWHERE)
        for level, expected, bound in (
            ("gmina", [1, NO_DATA, 0], ["", "", ""]),
            ("powiat", [200 / 300, 0], ["least", ""]),
        ):
            view = View(indicator="coverage_share", distance_km=2, level=level)
            result = build_area_table(registry, view, world=WithSecondOff(registry))
            assert told(result) == expected
            assert bounds(result) == bound

    def test_a_way_by_road_without_roads_is_refused(self):
        # A straight line would answer another question under the words "by car".
        with pytest.raises(RoadGraphError, match="SUPPORT_MAP_ROADS"):
            coverage([home()], travel="car")


class WithSecondOff(World):
    """The second village is too far from the road network."""

    def reach(self, question):
        return replace(super().reach(question), is_demand_off=np.array([False, True, False]))


def access(services, *, method="2sfca", km=10, claims=EVERYWHERE, **view):
    return table(
        services,
        {"indicator": "access_per_1000", "method": method, "distance_km": km, **view},
        claims=claims,
    )


class TestAccess:
    def test_2sfca_shares_places_among_all_in_reach(self):
        # 30 places for the 300 people within 10 km.
        assert told(access([home()])) == [100, 100, 0]

    def test_e2sfca_weighs_the_nearer_more(self):
        # Thirds of 15 km: weight 1 at 0 km and 0.68 at 9 km; 30 / (200 + 0.68 × 100) places a person.
        rate = 30 / 268
        assert told(access([home()], method="e2sfca_step", km=15)) == [1000 * rate, 680 * rate, 0]

    def test_gaussian_decay_ends_at_the_limit(self):
        # exp(-u²/2) at u = 9/10, moved and scaled to be 1 at 0 and 0 at 1 (Dai 2010).
        bell = np.exp(-0.5)
        weight = (np.exp(-0.5 * 0.9**2) - bell) / (1 - bell)
        rate = 30 / (200 + 100 * weight)
        assert told(access([home()], method="e2sfca_gauss")) == [1000 * rate, 1000 * weight * rate, 0]

    def test_3sfca_splits_people_between_their_homes(self):
        # Thirds of 10 km: weight 1 at 0 km, 0.22 at 9 km. The first two villages choose between two homes (1.22 in
        # all), the third has the second home alone.
        near, far = 1 / 1.22, 0.22 * 0.22 / 1.22
        first = 30 / (200 * near + 100 * far)
        second = 10 / (200 * far + 100 * near + 50 * 0.22)
        expected = [
            1000 * (near * first + far * second),
            1000 * (far * first + near * second),
            220 * second,
        ]
        result = access([home(30), home(10, SECOND, 2)], method="3sfca_step")
        assert told(result) == expected
        # All 40 places are shared out.
        assert (result.rows["value"] * [200, 100, 50] / 1000).sum() == pytest.approx(40)

    def test_beyond_an_unlisted_border_it_is_at_least_or_no_data(self):
        result = access([home()], claims=(("CAL-DPS", "12"),))
        # Second: within 10 km of voivodeship 24, so 100 or more; third: "0 or more" is no data.
        assert told(result) == [100, 100, NO_DATA]
        assert bounds(result) == ["", "least", ""]

    def test_with_a_choice_of_homes_an_unlisted_one_may_also_take_people_away(self):
        result = access([home()], method="3sfca_step", claims=(("CAL-DPS", "12"),))
        # The second village may choose a home in 24: it comes less to this one, and the first village has more of it.
        assert bounds(result) == ["unsure", "unsure", ""]

    def test_zero_is_known_and_no_data_is_not_zero(self):
        assert told(access([])) == [0, 0, 0]
        assert told(access([], claims=(("CAL-DPS", "12"),))) == [0, NO_DATA, NO_DATA]

    def test_unknown_places_are_no_zero(self):
        assert told(access([home(pd.NA)])) == [NO_DATA, NO_DATA, 0]
        result = access([home(), home(pd.NA, number=2)])
        assert told(result) == [100, 100, 0]
        assert bounds(result) == ["least", "least", ""]


def gaps(services, *, km=10, norm=100.0, claims=EVERYWHERE, **view):
    """At 100 places per 1,000 one place is enough for 10 people."""
    return table(services, {"indicator": "gap_share", "distance_km": km, "norm": norm, **view}, claims=claims)


def parts(result):
    return [told(result, part) for part in TRIAD]


class TestGaps:
    def test_served_over_capacity_and_out_of_reach(self):
        # Room for 250 of 300: five sixths of both villages; the third is out of reach.
        result = gaps([home(25)])
        assert parts(result) == [[167, 83, 0], [33, 17, 0], [0, 0, 50], [0, 0, 0]]
        assert told(result) == [1 / 6, 1 / 6, 1]
        # 3.33 and 1.67 places: 5 in the powiat.
        assert told(result, "missing_places") == [3, 2, 5]
        assert bounds(result) == ["", "", ""]

    def test_parts_of_larger_areas(self):
        result = gaps([home(25)], level="voivodeship")
        assert parts(result) == [[250, 0], [50, 0], [0, 50], [0, 0]]
        assert told(result) == [50 / 300, 1]

    def test_unknown_capacity_is_no_data_and_no_gap(self):
        result = gaps([home(pd.NA)])
        assert parts(result) == [[0, 0, 0], [0, 0, 0], [0, 0, 50], [200, 100, 0]]
        assert told(result) == [NO_DATA, NO_DATA, 1]
        assert bounds(result, "served_persons") == ["least", "least", ""]

    def test_who_lives_near_an_unlisted_border_is_no_data(self):
        result = gaps([home(25)], claims=(("CAL-DPS", "12"),))
        assert parts(result) == [[167, 83, 0], [33, 0, 0], [0, 0, 0], [0, 17, 50]]
        # If the second village has its places elsewhere, there is room for the first.
        assert told(result) == [1 / 6, NO_DATA, NO_DATA]
        assert bounds(result) == ["most", "", ""]
        assert [told(result, name) for name in PLACES] == [[0, 0, 0], [4, NO_DATA, NO_DATA], [4, 1, 5]]
        assert result.answer.missing_places == Amount(0, 4, 10)
        assert result.answer.reasons == ("list",)

    def test_where_most_is_unknown_share_and_places_are_of_the_same_people(self):
        """A powiat with 59 % of its people unknown told "0,01 %" beside places of which nobody knows how many."""
        # Room for 50 of 300: 17 places are missing in the first village, and 83 of 300 people are in no known gap.
        result = gaps([home(5)], claims=(("CAL-DPS", "12"),), level="powiat")
        assert told(result, "no_data_persons")[0] == 83
        assert [told(result, name)[0] for name in PLACES] == [15, 17, 25]
        # "4 (uncertain)" stood beside "at least 4.6 %": 5 of 9 is what 17 places are for, and as uncertain.
        assert told(result)[0] == 5 / 9
        assert bounds(result)[0] == bounds(result, "missing_places")[0] == "unsure"
        # With 20 places the first village may lack none: 33 of 300 people are more than a tenth.
        may_lack_none = gaps([home(20)], claims=(("CAL-DPS", "12"),), level="powiat")
        assert [told(may_lack_none, name)[0] for name in PLACES] == [0, 7, 10]
        assert told(may_lack_none)[0] == pytest.approx(2 / 9)
        assert bounds(may_lack_none)[0] == bounds(may_lack_none, "missing_places")[0] == "unsure"
        # With 25 only 17 of 300 are unknown.
        assert told(gaps([home(25)], claims=(("CAL-DPS", "12"),), level="powiat"))[0] == 1 / 9

    def test_whole_places_are_at_most_only_where_the_fraction_is(self):
        """Kraków lacked "at most 6" places beside a share that may be more: whole numbers are shared out."""
        whole = pd.DataFrame({"least_missing_places": [0.0] * 3, "most_missing_places": [6.0, 6.0, 7.0]})
        known, nobody = pd.Series([6.0, 6.0, 6.0]), pd.Series(data=False, index=range(3))
        persons = pd.DataFrame(
            {
                "over_capacity_persons": [55.0] * 3,
                "out_of_reach_persons": [0.0] * 3,
                "most_gap_persons": [60.0, 64.0, 66.0],
            }
        )
        found = bounds_of_places(whole, known, persons, norm_per_1000=100.0, is_part=nobody)
        assert found.tolist() == ["most", "unsure", "unsure"]

    def test_who_may_leave_a_place_makes_the_gap_of_others_at_most(self):
        # A home 1 km west of the second village; 9 km reach the first village (8 km) and not the third (10 km).
        west = home(15, SECOND, geometry=middle_of(SECOND, east_m=-1000))
        result = gaps([west], km=10, detour_pct=120, claims=(("CAL-DPS", "12"),))
        # Room for 150 of 300. The second lies 4.5 km from an unlisted border: those 100 may have a place there, and
        # leave theirs to the first.
        assert parts(result)[0][:2] == [100, 50]
        assert told(result)[0] == 0.5
        assert bounds(result)[0] == "most"
        assert bounds(result, "served_persons")[0] == "least"

    def test_without_a_norm_there_is_no_gap(self):
        result = gaps([], norm=0.0)
        assert result.norm.default.reason_code == "median_is_zero"
        assert parts(result) == [[NO_DATA] * 3] * 4
        assert told(result) == told(result, "missing_places") == [NO_DATA] * 3
        assert not result.answer.is_known

    def test_the_default_norm_is_the_median_of_powiats(self):
        # 30 places for 300 people and 10 for 50: 100 and 200 per 1,000, the median is 150.
        services = [home(30), home(10, THIRD, 2)]
        assert gaps(services, norm=0.0).norm.places_per_1000 == pytest.approx(150)
        # Of the year, too: a norm is of today's people.
        assert gaps(services, norm=0.0, year=2035).norm.places_per_1000 == pytest.approx(150)
        one = gaps(services, norm=0.0, claims=(("CAL-DPS", "12"),))
        assert one.norm.places_per_1000 == pytest.approx(100)
        # Out of all powiats of the country, also those whose register nobody has.
        assert (one.norm.default.areas_known, one.norm.default.areas_count) == (1, 2)

    def test_people_of_a_later_year_need_more(self):
        # Twice as many people in powiat 1200: room for 250 of 400 + 200.
        result = table(
            [home(25)],
            {"indicator": "gap_share", "distance_km": 10, "norm": 100.0, "year": 2035},
            projected={"1200": 600},
        )
        assert told(result, "demand_persons") == [400, 200, NO_DATA]
        assert told(result)[0] == pytest.approx(350 / 600)
        # Nobody knows how many there will be in the third gmina.
        assert [part[2] for part in parts(result)] == [NO_DATA] * 4


homes = st.lists(
    st.tuples(st.sampled_from(list(GMINAS)), st.none() | st.integers(0, 40), st.integers(-4000, 4000)),
    max_size=5,
)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(homes=homes, opened=homes, km=st.sampled_from([2, 10, 20]), norm=st.sampled_from([20.0, 130.0]))
def test_one_answer_at_every_level_and_a_new_place_never_widens_it(homes, opened, km, norm):
    answers = []
    for listed in (homes, homes + opened[:1]):
        services = [
            home(pd.NA if places is None else places, code, number, geometry=middle_of(code, east_m=east_m))
            for number, (code, places, east_m) in enumerate(listed, start=1)
        ]
        registry = tiny_registry(services, claims=EVERYWHERE[:1])
        world = World(registry)
        tables = [
            build_area_table(
                registry,
                View(indicator="gap_share", distance_km=km, norm=norm, level=level).with_changes(),
                world=world,
            )
            for level in ("gmina", "powiat", "voivodeship")
        ]
        answer = tables[0].answer
        answers.append(answer)
        for result in tables:
            assert result.answer == answer
            sums = result.rows.sum(numeric_only=True)
            amount = answer.missing_places
            told = [sums[name] for name in ("least_missing_places", "missing_places", "most_missing_places")]
            assert told == [amount.least, amount.estimate, amount.most]
            assert sums["out_of_reach_persons"] == answer.out_of_reach_persons.estimate
            # The people of the heading, 62,198, stood over a column of 63,914.
            assert sums["least_out_of_reach_persons"] == answer.out_of_reach_persons.least
            assert sums[list(TRIAD)].sum() == sums["demand_persons"] == answer.people_persons == 350
    before, after = (answer.missing_places for answer in answers)
    for name in ("least", "estimate", "most"):
        assert getattr(after, name) <= getattr(before, name)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(homes=homes, km=st.sampled_from([2, 5, 10, 20]), norm=st.sampled_from([20.0, 100.0, 700.0]))
def test_parts_add_up_and_farther_never_covers_less(homes, km, norm):
    services = [
        home(pd.NA if places is None else places, code, number, geometry=middle_of(code, east_m=east_m))
        for number, (code, places, east_m) in enumerate(homes, start=1)
    ]
    registry = tiny_registry(services)
    world = World(registry)
    view = View(indicator="gap_share", distance_km=km, norm=norm)
    rows = build_area_table(registry, view, world=world).rows
    assert rows[list(TRIAD)].sum(axis=1).tolist() == pytest.approx([200, 100, 50])
    assert (rows[list(TRIAD)] >= 0).all(axis=None)
    assert rows["value"].dropna().between(0, 1).all()
    near, far = (
        build_area_table(registry, View(indicator="coverage_share", distance_km=distance), world=world).rows[
            "value"
        ]
        for distance in (km, km * 2 if km < 20 else 30)
    )
    both = near.notna() & far.notna()
    assert (near[both] <= far[both]).all()
