"""The facts of one area, worked by hand on three square gminas (tests/support/tiny_world.py)."""

import math
from dataclasses import replace
from types import SimpleNamespace

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from data.registry.registry import PLAN_COLUMNS
from geo.errors import OptionError
from layers.answers.measures.gaps import EXACT, triad_shares
from layers.answers.measures.world import World
from layers.answers.table_building import build_area_table
from layers.indicators.gap_share import TRIAD
from layers.text import texts_of
from layers.view.view import View
from layers.words.area_facts import Figure, area_facts
from layers.words.area_facts.figure import figures
from layers.words.area_facts.neighbours import neighbouring_codes
from layers.words.area_facts.people import residents_of, share_of_residents
from layers.words.area_facts.wording import (
    facility_line,
    neighbour_names,
    neighbour_value,
    progress_line,
    rounding_line,
)
from tests.support.kept import kept
from tests.support.tiny_world import AS_OF, service, tiny_registry

pytestmark = pytest.mark.usefixtures("every_form_is_near")

FIRST, SECOND, THIRD = "120001", "120002", "240001"
TEXTS = texts_of("pl")


def registry_of(services):
    plans = [[FIRST, "Pierwsza", "adopted", "2026", "https://example.org/plan", None, "register"]]
    return replace(tiny_registry(services), local_plans=pd.DataFrame(plans, columns=PLAN_COLUMNS))


def two_homes():
    return [service(1, FIRST, capacity_places=3), service(2, FIRST, capacity_places=5)]


@kept
def facts_of(services=None, code=FIRST, **view):
    world = World(registry_of(two_homes() if services is None else services))
    return area_facts(world, View().with_changes(**{"norm": 20.0, **view}), code, today=AS_OF)


def values(found):
    return [None if math.isnan(figure.value) else figure.value for figure in found]


def test_people_of_an_area():
    people = facts_of().people
    # 200 of 1,000 residents are 65 and more; the tiny world knows no other age.
    assert people.now.value == 200
    assert people.residents_persons == 1000
    assert people.share == 0.2
    assert [band.age_from for band in people.bands if band.figure.is_known] == [65]


def test_a_card_is_of_the_people_of_its_view():
    """The map of people is of 80 and more, other maps of 65 and more: its card would mix both."""
    facts = facts_of(indicator="people", form="DZI-KLS")
    assert facts.view.age_from == 80
    found = (facts.people.now, *facts.capacity, facts.triad.gap, *facts.reach, *facts.otherwise)
    assert {figure.table.view.age_from for figure in found} == {80}


def test_only_older_people_have_ages():
    assert facts_of(group="homeless").people.bands == ()


def test_answer_is_what_the_page_shows():
    facts = facts_of()
    assert [(figure.column, figure.value) for figure in facts.answer] == [
        ("places_per_1000", 40.0),
        ("demand_persons", 200.0),
        ("facilities_count", 2.0),
        ("capacity_places", 8.0),
        ("norm_missing_places", 0.0),
    ]


def test_facilities_come_with_places_and_days_the_largest_first():
    late = AS_OF.replace(year=2021, month=1, day=1)
    services = [
        *two_homes(),
        service(3, FIRST, dated_on=None, dated_precision=None),
        service(4, FIRST, facility_id=2, capacity_places=1, dated_on=late, dated_precision="year"),
    ]
    facilities = facts_of(services).facilities
    assert [fact.facility_id for fact in facilities] == [2, 1, 3]
    assert [fact.capacity_places for fact in facilities[:2]] == [6, 3]
    assert math.isnan(facilities[2].capacity_places)
    assert (facilities[0].dated_on, facilities[0].dated_precision) == (late, "year")
    assert facilities[2].dated_on is None
    table = facts_of(services).table
    assert facility_line(facilities[0], table, TEXTS) == (
        "Placówka 2: 6 miejsc; położenie znamy tylko do miejscowości; data rejestru: 2021"
    )
    assert facility_line(facilities[2], table, TEXTS) == (
        "Placówka 3: liczba miejsc nieznana; położenie znamy tylko do miejscowości; bez daty"
    )


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({"place_grade": "door", "place_radius_m": 100}, ""),
        ({"place_grade": "street", "place_radius_m": 420}, "położenie znamy do ulicy, do około 450 m; "),
        (
            {"place_grade": "locality", "place_radius_m": 2_700},
            "położenie znamy tylko do miejscowości, do około 3,0 km; ",
        ),
        # Beyond 5 km the addresses of a town, or one astray, tell nobody how far to go.
        (
            {"place_grade": "locality", "place_radius_m": 9_000},
            "położenie znamy tylko do miejscowości; ",
        ),
        ({"place_grade": "postal_code"}, "położenie znamy tylko do kodu pocztowego; "),
        ({"place_grade": "gmina"}, "położenie znamy tylko do gminy; "),
        ({"place_grade": "none", "geometry": None}, ""),
        # Where a place is kept from sight, that its gmina alone is told is no lack of knowledge.
        ({"place_grade": "gmina", "visibility": "gmina_centroid"}, ""),
    ],
)
def test_a_facility_that_is_not_known_to_its_door_says_to_what_it_is_known(place, words):
    facts = facts_of([service(1, FIRST, capacity_places=3, **place)])
    (fact,) = facts.facilities
    said = facility_line(fact, facts.table, TEXTS).replace("\u00a0", " ")
    assert said == f"Placówka 1: 3 miejsc; {words}data rejestru: 30 czerwca 2026"


def test_other_forms_are_told_where_anything_is_known():
    clubs = [service(number, FIRST, support_form="DZI-KLS") for number in (8, 9)]
    assert [
        (fact.form, fact.facilities_count, fact.bound)
        for fact in facts_of([*two_homes(), *clubs]).other_forms
    ] == [("DZI-KLS", 2.0, "least")]
    assert facts_of().other_forms == ()


def test_triad_adds_up_to_the_people():
    # At 20 places per 1,000, one place is for 50 people: the 8 places serve 200 here and 100 in Druga, 9 km away.
    triad = facts_of().triad
    assert values(triad.parts) == pytest.approx([200, 0, 0, 0])
    assert triad.shares == pytest.approx((1, 0, 0, 0))
    assert sum(values(triad.parts)) == pytest.approx(facts_of().people.now.value)


def test_triad_without_a_norm_has_no_bar():
    triad = facts_of(norm=0.0, scope="24", code=THIRD).triad
    assert values(triad.parts) == [None] * 4
    assert triad.shares == ()


def test_forecast_without_projections_is_no_data_and_other_groups_have_none():
    years = facts_of().forecast
    assert [year.year for year in years] == [2030, 2035, 2040]
    assert all(not figure.is_known for year in years for figure in year.figures)
    assert facts_of(group="homeless").forecast == ()


def test_forecast_of_ages_that_nobody_projects_is_of_65_and_more():
    assert {year.age_from for year in facts_of(age_from=75).forecast} == {65}
    assert {year.age_from for year in facts_of(age_from=80).forecast} == {80}


def test_organisation_by_level():
    gmina = facts_of().organisation
    assert [figure.column for figure in gmina.figures] == ["organisation", "local_plan"]
    assert gmina.figures[1].written(TEXTS) == "plan przyjęty"
    assert gmina.progress == ()
    powiat = facts_of(level="powiat", code="1200").organisation
    assert [figure.column for figure in powiat.figures] == ["local_plan"]
    cus, plan = powiat.progress
    assert (cus.measure, cus.units, cus.reached, cus.no_data) == ("cus", 2, 0, 2)
    assert (plan.measure, plan.reached) == ("plan", 1)
    # Of no gmina is anything known of a centre: that is told, and not "0 of 2".
    assert progress_line(cus, TEXTS) == (
        "Gminy z działającym CUS",
        "nie znamy stanu żadnego z nich (wszystkich: 2)",
    )
    assert progress_line(plan, TEXTS)[1] == "1 z 1, o których wiemy; brak danych: 2"
    assert facts_of(level="voivodeship", code="12").organisation.figures == ()


def test_quality_is_of_the_same_form():
    found = {figure.column: figure.value for figure in facts_of().quality}
    assert found["records_count"] == 2
    assert found["overdue_count"] == 0
    assert found["knowledge"] == 3


def test_neighbours_share_a_border_and_the_indicator():
    facts = facts_of(code=SECOND)
    assert [(beside.code, neighbour_value(beside, TEXTS)) for beside in facts.neighbours] == [
        (FIRST, "40,0"),
        (THIRD, "brak danych"),
    ]
    within = facts_of(code=SECOND, scope="12").neighbours
    assert [neighbour_value(beside, TEXTS) for beside in within] == ["40,0", "poza tym widokiem"]


def test_namesakes_beside_each_other_are_told_apart():
    registry = registry_of(two_homes())
    areas = registry.areas.copy()
    areas.loc[areas["level"] == "gmina", "name"] = ["Bochnia", "Bochnia", "Łapanów"]
    areas.loc[areas["level"] == "gmina", "kind"] = ["urban", "rural", "rural"]
    facts = area_facts(World(replace(registry, areas=areas)), View(), SECOND, today=AS_OF)
    assert [name for _, name in neighbour_names(facts, TEXTS)] == ["Bochnia (miejska)", "Łapanów"]


def test_a_corner_is_no_border_and_an_enclave_is():
    areas = gpd.GeoDataFrame(
        {"area_code": ["a", "b", "c", "d", "inside"]},
        geometry=[
            box(0, 0, 10, 10).difference(box(4, 4, 5, 5)),
            box(10, 0, 20, 10),
            box(10, 10, 20, 20),
            box(90, 0, 99, 9),
            box(4, 4, 5, 5),
        ],
        crs=2180,
    )
    assert neighbouring_codes(areas, "a") == ("b", "inside")
    assert neighbouring_codes(areas, "b") == ("a", "c")
    assert neighbouring_codes(areas, "d") == ()


def test_all_numbers_are_those_of_the_tables_of_the_view():
    facts = facts_of(indicator="gap_share")
    alone = build_area_table(
        facts.registry, facts.view.with_changes(indicator="access_per_1000"), today=AS_OF
    )
    access = facts.reach[1]
    assert access.value == alone.rows.loc[FIRST, "access_per_1000"]
    assert access.bound == alone.bounds.loc[FIRST, "access_per_1000"]
    assert facts.triad.gap.table is facts.table


def test_shares_of_the_triad_are_of_people_before_they_are_rounded():
    """A card told 68,2 of the people it had rounded beside 68,1 that is missing."""
    # At 47 per 1,000 eight places are for 170.2 of the 300 people in reach: for 113.47 of 200, told as 113.
    triad = facts_of(indicator="gap_share", norm=47.0, distance_km=10).triad
    assert [part.value for part in triad.parts] == [113, 87, 0, 0]
    assert triad.shares[0] == pytest.approx(8 / 47 * 1000 / 300)
    assert triad.shares[1] == pytest.approx(triad.gap.value)


def test_tables_given_are_asked_and_asked_once_for_each_section():
    registry = registry_of(two_homes())
    world, asked = World(registry), []

    def table_of(view):
        asked.append(view.indicator)
        return build_area_table(registry, view, today=AS_OF, world=world)

    facts = area_facts(world, View(norm=20.0), FIRST, today=AS_OF, table_of=table_of)
    assert asked == ["places_per_1000"]
    assert facts.triad is facts.triad
    assert asked == ["places_per_1000", "gap_share"]


def test_sources_of_the_card_stand_once():
    codes = [note.code for note in facts_of().sources()]
    assert len(codes) == len(set(codes))
    assert {"boundaries", "population", "register"} <= set(codes)


def test_an_area_of_another_place_is_refused():
    with pytest.raises(OptionError, match="expected the code of a gmina in voivodeship 24, found '120001'"):
        facts_of(scope="24")


def test_a_figure_of_no_column_is_no_data_and_a_strange_one_is_refused():
    table = facts_of().table
    assert not Figure(table, FIRST, "coverage_share").is_known
    assert Figure(table, FIRST, "coverage_share").bound == ""
    with pytest.raises(KeyError, match="powers"):
        figures(table, FIRST, ("powers",))


def test_residents_of_an_area_with_an_unknown_gmina_are_unknown():
    gminas = pd.Index([FIRST, SECOND, THIRD])
    known = pd.Series({FIRST: 10.0, SECOND: 5.0})
    assert residents_of(known, gminas, "1200") == 15
    assert math.isnan(residents_of(known, gminas, "24"))
    assert math.isnan(residents_of(known, gminas, "06"))


@given(st.floats(0, 1e7) | st.just(math.nan), st.floats(0, 1e7) | st.just(math.nan))
def test_a_share_of_residents_is_a_share_or_unknown(persons, residents):
    share = share_of_residents(persons, residents)
    assert math.isnan(share) or 0 <= share <= 1
    assert math.isnan(share) == (not residents > 0 or not persons <= residents)


def test_who_is_nobody_in_print_is_in_no_share():
    parts = dict(zip(TRIAD, (53_684.0, 0.0, 0.0, 0.1), strict=True))
    of_one = pd.DataFrame({f"{EXACT}{part}": [persons] for part, persons in parts.items()})
    assert triad_shares(of_one) == (1, 0, 0, 0)
    # Half a person of a thousand is told.
    assert triad_shares(of_one.assign(**{f"{EXACT}{TRIAD[0]}": 1_000.0, f"{EXACT}{TRIAD[3]}": 0.6}))[3] > 0


def test_the_card_says_how_rates_at_least_are_rounded():
    """The same places were "at least 3.8" of their kind and 3.9 as the places of a form."""
    facts = facts_of()
    assert {figure.bound for figure in facts.balance if figure.is_known} == {"least"}
    assert not rounding_line(SimpleNamespace(balance=[facts.people.now]), TEXTS)
    assert rounding_line(facts, TEXTS) == (
        "Liczby na 1000 osób z „co najmniej” zaokrąglamy w dół, z „najwyżej” w górę, pozostałe do najbliższej."
    )
