"""The people and places that measures share, what a snapshot id changes with, and which sources are named."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from data.vocabulary import forms_for_group
from layers.answers.measures.world import World
from layers.answers.snapshot_id import snapshot_id
from layers.answers.table_building import build_area_table
from layers.text import texts_of
from layers.view.view import View
from layers.words.caption import build_caption
from tests.support.tiny_world import GMINAS, middle_of, service, tiny_registry

FIRST, SECOND, THIRD = GMINAS
NO_DATA = None
SHELTERS = View(group="homeless", form="BEZ-SCH", scope="12")


def told(series):
    return [None if pd.isna(value) else pytest.approx(value) for value in series]


def shelter(**changes):
    return service(1, FIRST, support_form="BEZ-SCH", need_groups=["homeless"], capacity_places=30, **changes)


class TestPeople:
    def test_counted_above_the_gmina_they_are_unknown_in_it(self):
        world = World(tiny_registry([]))
        assert told(world.gmina_people(SHELTERS.question.people)) == [NO_DATA, NO_DATA]
        assert told(world.people(SHELTERS.question.people, "voivodeship").persons) == [2093]

    def test_spread_by_residents_they_are_an_estimate(self):
        world = World(tiny_registry([]))
        people = world.people(SHELTERS.with_changes(is_estimate=True).question.people, "gmina")
        # 2,093 people over 1,000 and 500 residents.
        assert told(people.persons) == [2093 * 1000 / 1500, 2093 * 500 / 1500]
        assert people.is_estimate.all()
        assert people.residents_on == date(2020, 12, 31)

    def test_a_figure_of_the_country_is_not_spread_over_a_part_of_it(self):
        registry = tiny_registry([])
        row = {
            "area_code": "00",
            "indicator": "disabled_legal_nsp2021",
            "subgroup": "total",
            "value": 3_000_000.0,
            "as_of_text": "2021-03-31",
        }
        counts = pd.concat([registry.people_counts, pd.DataFrame([row])], ignore_index=True)
        world = World(replace(registry, people_counts=counts))
        view = View(group="disabled", form="REI-WTZ", is_estimate=True)
        assert told(world.gmina_people(view.question.people)) == [NO_DATA] * 3

    def test_of_older_people_the_whole_country_is_known_in_any_scope(self):
        people = World(tiny_registry([])).gmina_people(View(scope="12").question.people)
        assert told(people) == [200, 100, 50]

    def test_so_it_is_of_people_with_disabilities_who_share_places_across_a_border(self):
        world = World(tiny_registry([]))
        disabled = View(group="disabled", form="REI-WTZ", scope="12")
        assert list(world.gmina_people(disabled.question.people).index) == list(GMINAS)
        # One night is counted for a voivodeship, so its scope has a day of its own.
        assert list(world.gmina_people(SHELTERS.question.people).index) == [FIRST, SECOND]

    def test_ages(self):
        registry = tiny_registry([])
        assert told(World(registry).gmina_people(View(age_from=80).question.people)) == [NO_DATA] * 3
        bands = [
            {"area_code": code, "age_from": low, "age_to": high, "persons": persons}
            for code in GMINAS
            for low, high, persons in [(0, 64, 800), (65, 79, 150), (80, None, 50)]
        ]
        population = pd.DataFrame(bands).assign(counted_on=date(2020, 12, 31))
        world = World(replace(registry, population=population))
        assert told(world.gmina_people(View(age_from=65).question.people)) == [200] * 3
        assert told(world.gmina_people(View(age_from=80).question.people)) == [50] * 3

    def test_years_are_of_older_people_and_of_indicators_that_have_them(self):
        assert View(year=2035).question.people.year == 2035
        assert View(year=2035, indicator="facilities_count").question.people.year == 0
        assert View(year=2035, group="homeless", form="BEZ-SCH").question.people.year == 0

    def test_points_are_cells_of_a_grid_where_there_is_one(self):
        cells = [(FIRST, middle_of(FIRST), 30.0), (FIRST, middle_of(FIRST, east_m=3000), 10.0)]
        world = World(tiny_registry([], grid_cells=cells))
        persons = world.demand_persons(View().question.people)
        # 200 people, three quarters in the first cell; other gminas keep their villages.
        assert sorted(persons.round(6)) == [50, 50, 100, 150]


class TestHouses:
    """Of 200 older people of the first gmina 160 live in its town, beside the home, 40 in a village 20 km away."""

    def registry(self, **more):
        near, far = middle_of(FIRST), middle_of(FIRST, east_m=-20_000)
        cells = [(FIRST, near, 30, 30), (FIRST, far, 60, 0)]
        return tiny_registry(
            [service(1, FIRST, capacity_places=20)],
            address_cells=cells,
            town_parts={FIRST: (800, 200)},
            **more,
        )

    def test_people_stand_where_houses_do_and_the_town_has_its_own(self):
        world = World(self.registry())
        persons = world.demand_persons(View().question.people)
        assert sorted(persons[world.points["gmina_code"] == FIRST].round(6)) == [40, 160]
        table = build_area_table(
            self.registry(), View(indicator="coverage_share", distance_km=15, scope="12")
        )
        assert table.rows.loc[FIRST, "value"] == pytest.approx(0.8)

    def test_the_sources_are_those_of_houses_and_of_the_parts_and_of_localities_where_a_gmina_has_no_house(
        self,
    ):
        registry = self.registry()
        kinds = ("address_grid", "address_localities", "places_population", "population_grid")
        more = [registry.sources.iloc[[0]].assign(source_code=kind, kind=kind) for kind in kinds]
        registry = replace(registry, sources=pd.concat([registry.sources, *more], ignore_index=True))
        view = View(indicator="coverage_share")
        told = {note.code for note in build_area_table(registry, view).sources}
        assert {"address_grid", "address_localities", "population", "places_population"} <= told
        assert "population_grid" not in told
        rows = registry.address_cells
        rest = pd.concat(
            [rows, *(rows.iloc[[0]].assign(gmina_code=code) for code in GMINAS if code != FIRST)]
        )
        told = {note.code for note in build_area_table(replace(registry, address_cells=rest), view).sources}
        assert "address_grid" in told
        assert not {"places_population", "localities"} & told

    def test_all_residents_are_spread_by_all_and_older_people_by_older_ones(self):
        registry = self.registry()
        parts = registry.town_parts.assign(town_persons_65_plus=100.0, rural_persons_65_plus=100.0)
        world = World(replace(registry, town_parts=parts))
        is_first = (world.points["gmina_code"] == FIRST).to_numpy()
        assert sorted(world.demand_persons(View().question.people)[is_first].round(6)) == [100, 100]
        assert sorted(world.residents_at_points()[is_first].round(6)) == [200, 800]


def test_unknown_people_make_what_they_reach_no_data():
    # At the voivodeship the people are counted, but who is in reach is told by gminas.
    view = SHELTERS.with_changes(level="voivodeship", indicator="coverage_share")
    registry = tiny_registry([shelter()])
    unknown = build_area_table(registry, view)
    assert told(unknown.rows["demand_persons"]) == [2093]
    assert told(unknown.rows["value"]) == [NO_DATA]
    notes = build_caption(unknown, texts_of("pl")).notes
    assert any("Można pokazać szacunek" in note for note in notes)
    estimated = build_area_table(registry, view.with_changes(is_estimate=True))
    # 1,395 of 2,093 live in the gmina of the shelter; nobody lists all shelters.
    assert told(estimated.rows["value"]) == [1]
    notes = build_caption(estimated, texts_of("pl")).notes
    assert any(note.startswith("SZACUNEK") and "31 grudnia 2020" in note for note in notes)
    counted = build_area_table(registry, view.with_changes(is_estimate=True, indicator="places_per_1000"))
    # Places for 1,000 people rest on the count alone.
    assert not any("SZACUNEK" in note for note in build_caption(counted, texts_of("pl")).notes)


@pytest.mark.parametrize("scope", ["12", "24"])
def test_order_of_views_does_not_matter(scope):
    registry = tiny_registry([shelter(), service(2, THIRD, capacity_places=5)])
    shared = World(registry)
    views = [
        View(indicator=indicator, scope=scope, distance_km=km, norm=norm, method=method, is_estimate=True)
        for indicator in ("gap_share", "access_per_1000", "coverage_share")
        for km, norm, method in [(5, 100.0, "2sfca"), (20, 100.0, "3sfca_step"), (20, 30.0, "2sfca")]
    ]
    views += [view.with_changes(group="homeless") for view in views]
    for view in views:
        pd.testing.assert_frame_equal(
            build_area_table(registry, view, world=shared).rows, build_area_table(registry, view).rows
        )


class TestSnapshot:
    @pytest.mark.parametrize(
        "change",
        [
            {"scope": "12"},
            {"level": "powiat"},
            {"group": "homeless"},
            {"form": "DZI-KLS"},
            {"indicator": "gap_share"},
            {"distance_km": 30},
            {"travel": "car"},
            {"minutes": 45},
            {"detour_pct": 130},
            {"age_from": 80},
            {"is_estimate": True},
            {"norm": 12.5},
            {"method": "2sfca"},
            {"year": 2035},
            {"since": "2025-01-01"},
            {"scenario": "1.abc"},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_it_changes_with_every_number(self, change):
        registry = tiny_registry([])
        assert snapshot_id(registry, View(**change).question) != snapshot_id(registry, View().question)

    @pytest.mark.parametrize(
        "change",
        [
            {"lang": "uk"},
            {"chosen": FIRST},
            {"place": "l:1"},
            {"forms": ("CAL-DPS",)},
            {"costs": "CAL-DPS_1_2_3"},
            {"other": "y2035"},
            {"other_scenario": "1.abc"},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_it_does_not_change_with_words_and_choices_beside(self, change):
        registry = tiny_registry([])
        assert snapshot_id(registry, View(**change).question) == snapshot_id(registry, View().question)

    def test_it_changes_with_the_registry(self):
        registry = tiny_registry([])
        other = replace(registry, state=replace(registry.state, fingerprint="another"))
        assert snapshot_id(registry, View().question) != snapshot_id(other, View().question)


OLDER_IN = {
    2022: {FIRST: 190, SECOND: 110, THIRD: 50},
    2025: {FIRST: 200, SECOND: 100, THIRD: 50},
    2030: {FIRST: 180, SECOND: 150, THIRD: 60},
}
"""In the first gmina older people become fewer, in the second, of the same powiat, half as many more."""


class TestYears:
    def world(self, **changes):
        return World(tiny_registry([service(1, FIRST, capacity_places=20)], older_in=OLDER_IN, **changes))

    def people(self, year=0, **view):
        return View().with_changes(year=year, **view).question.people

    def test_now_is_the_newest_year_that_has_ended(self):
        world = self.world()
        assert told(world.gmina_people(self.people())) == [200, 100, 50]
        now = world.people(self.people(), "gmina")
        assert (now.counted_on, now.is_projected) == (date(2025, 12, 31), True)
        then = self.world(today=date(2024, 6, 30)).people(self.people(), "gmina")
        assert (then.counted_on, then.is_projected) == (date(2022, 12, 31), False)
        assert told(then.persons) == [190, 110, 50]

    def test_each_gmina_grows_as_its_source_says(self):
        world = self.world()
        assert told(world.gmina_people(self.people(2030))) == [180, 150, 60]
        assert told(world.people(self.people(2030), "powiat").persons) == [330, 60]

    def test_before_the_census_people_are_those_of_the_older_count(self):
        people = self.world().people(self.people(2020), "gmina")
        assert (people.counted_on, people.is_projected) == (date(2020, 12, 31), False)
        assert told(people.persons) == [200, 100, 50]

    def test_an_age_that_gminas_lack_is_an_estimate_of_gminas_alone(self):
        world, asked = self.world(), self.people(2030, age_from=75)
        # Half of the 330 in the powiat, by those of 70 to 79: 40 percent are 80 and more, a quarter of the rest 75.
        assert told(world.gmina_people(asked)) == [90, 75, 30]
        assert world.people(asked, "gmina").has_estimates
        assert not world.people(asked, "powiat").has_estimates

    def test_places_keep_the_rate_of_each_gmina(self):
        table = build_area_table(
            tiny_registry([service(1, FIRST, support_form="DZI-KLS", capacity_places=20)],
                          claims=(("DZI-KLS", "12"),), older_in=OLDER_IN),
            View(form="DZI-KLS", scope="12", year=2030),
        )  # fmt: skip
        # People of the gmina with places become fewer: as the powiat as a whole grows, it had to add 2 before.
        assert told(table.rows["places_to_keep"]) == [0, 0]
        assert told(table.rows["demand_persons"]) == [180, 150]

    def test_nobody_keeps_a_rate_for_people_of_before(self):
        registry = tiny_registry([service(1, FIRST, capacity_places=20)], older_in=OLDER_IN)
        table = build_area_table(registry, View(level="powiat", scope="12", year=2022))
        assert "places_to_keep" not in table.rows
        assert "low_persons" not in table.rows

    def test_low_and_high_stand_beside_areas_above_gminas(self):
        registry = tiny_registry([service(1, FIRST, capacity_places=20)], older_in=OLDER_IN)
        powiats = build_area_table(registry, View(level="powiat", scope="12", year=2030))
        assert told(powiats.rows["low_persons"]) == [297]
        assert told(powiats.rows["high_persons"]) == [363]
        assert powiats.people_of_scope == pytest.approx((330, 297, 363))
        notes = build_caption(powiats, texts_of("pl")).notes
        assert any(
            "prognoza liczby osób z grupy: 330; w niskim wariancie 297, w wysokim 363" in note
            for note in notes
        )
        gminas = build_area_table(registry, View(scope="12", year=2030))
        assert "low_persons" not in gminas.rows

    def test_every_view_says_whether_people_were_counted_or_projected(self):
        registry = tiny_registry([service(1, FIRST, capacity_places=20)], older_in=OLDER_IN)
        said = {
            0: "prognoza na 31 grudnia 2025, nie spis",
            2020: "sprzed spisu powszechnego",
            2022: "stan na 31 grudnia 2022",
            2030: "prognoza na 31 grudnia 2030, nie spis",
        }
        for year, words in said.items():
            notes = build_caption(
                build_area_table(registry, View(scope="12", year=year)), texts_of("pl")
            ).notes
            assert any(
                words.replace(" ", "") in note.replace("\u00a0", "").replace(" ", "") for note in notes
            ), year

    def test_sources_are_those_of_the_year(self):
        registry = tiny_registry([service(1, FIRST, capacity_places=20)], older_in=OLDER_IN)
        more = [registry.sources.iloc[[0]].assign(source_code=code, kind="residents_by_year")
                for code in ("gminas", "powiats", "voivodeships", "variants")]  # fmt: skip
        registry = replace(registry, sources=pd.concat([registry.sources, *more], ignore_index=True))

        def named(**view):
            table = build_area_table(registry, View().with_changes(scope="12", **view))
            return {note.code for note in table.sources} - {"boundaries", "register"}

        assert named() == {"gminas"}
        assert named(age_from=75) == {"gminas", "powiats"}
        assert named(year=2030) == {"gminas", "variants"}
        assert named(year=2020) == {"population"}


class TestSources:
    def sources(self, services, *, claims=(("CAL-DPS", "12"),), **view):
        registry = tiny_registry(services, claims=claims, local_plans={FIRST: "adopted"})
        more = [
            registry.sources.iloc[[0]].assign(source_code=kind, kind=kind)
            for kind in ("population_projection", "places_population", "population_grid", "local_plans")
        ]
        registry = replace(registry, sources=pd.concat([registry.sources, *more], ignore_index=True))
        return {note.code for note in build_area_table(registry, View().with_changes(**view)).sources}

    def test_of_each_indicator(self):
        home = [service(1, FIRST, capacity_places=5)]
        people = {"boundaries", "population", "register"}
        where = {"localities", "places_population", "population_grid"}
        assert self.sources(home) == people
        assert self.sources(home, year=2035) == people | {"population_projection"}
        assert self.sources(home, indicator="facilities_count", year=2035) == people
        for indicator in ("coverage_share", "access_per_1000", "gap_share"):
            assert self.sources(home, indicator=indicator) == people | where
        assert self.sources(home, indicator="local_plan") == {"boundaries", "local_plans"}

    def test_residents_weigh_where_any_group_lives(self):
        found = self.sources([shelter()], group="homeless", indicator="coverage_share")
        assert {"counts", "population", "localities", "register"} <= found
        assert "population" not in self.sources([shelter()], group="homeless")

    def test_a_complete_list_without_anything_is_a_source_of_zeros(self):
        assert "register" in self.sources([])
        # Of a kind of support it tells a zero where the lists of all its forms do.
        assert "register" not in self.sources([], indicator="day_per_1000")
        every = tuple((form, "12") for form in forms_for_group("older"))
        assert "register" in self.sources([], claims=every, indicator="day_per_1000")

    def test_of_organisation_those_that_say_so_and_those_that_list_all_centres(self):
        office = service(1, FIRST, support_form="INS-OPS", need_groups=["all"], source_code="other-register")
        known = self.sources([office], claims=(("INS-CUS", "12"),), indicator="organisation")
        assert known == {"boundaries", "register", "other-register"}
        # Where nobody lists all centres, an office alone says nothing, and its list is no source.
        assert self.sources([office], indicator="organisation") == {"boundaries"}
