"""Places, the norm, and the places that keep today's level, worked by hand on three square gminas."""

from dataclasses import replace

import pandas as pd
import pytest

from data.registry.registry import BY_YEAR_COLUMNS
from layers.answers.table_building import build_area_table
from layers.text import texts_of
from layers.view.view import View
from layers.words.caption import build_caption
from layers.words.reasons import missing_reasons
from tests.support.tiny_world import GMINAS, service, tiny_registry

pytestmark = pytest.mark.usefixtures("every_form_is_near")

FIRST, SECOND, THIRD = GMINAS
NO_DATA = None


def told(result, column):
    return [None if pd.isna(value) else pytest.approx(value) for value in result.rows[column]]


def table(services, *, world=None, **view):
    return build_area_table(tiny_registry(services, **(world or {})), View().with_changes(**view))


def homes():
    return [service(1, FIRST, capacity_places=5), service(2, THIRD, capacity_places=2)]


def test_missing_to_the_norm_is_at_most_where_the_list_is_not_complete():
    result = table(homes(), norm=100.0)
    # 100 for each 1,000: 20 for 200 people, of which 5 are there; 10 for 100; 5 for 50, of which 2 are listed.
    assert told(result, "norm_missing_places") == [15, 10, 3]
    assert result.bounds["norm_missing_places"].tolist() == ["", "", "most"]
    assert result.bounds["places_per_1000"].tolist() == ["", "", "least"]


def test_without_a_norm_nothing_is_missing_to_it():
    # No powiat of voivodeship 24 is known.
    result = table(homes(), scope="24")
    assert result.norm.default.reason_code == "too_few_known"
    assert "norm_missing_places" not in result.rows


@pytest.mark.parametrize("norm", [50.0, 100.0])
def test_what_is_above_the_norm_is_not_taken_off_others(norm):
    # 50 places where 10 (20) are needed, none where 5 (10) are; of the powiat nothing is missing at 35 needed.
    result = table([service(1, FIRST, capacity_places=50)], norm=norm)
    assert told(result, "norm_missing_places") == [0, norm / 10, NO_DATA]


class TestYear:
    def test_places_grow_with_people(self):
        # Powiat 1200 grows from 300 to 600: 200 to 400 and 100 to 200. Powiat 2400 has no projection.
        result = table(homes(), world={"projected": {"1200": 600}}, year=2035)
        assert told(result, "demand_persons") == [400, 200, NO_DATA]
        assert told(result, "places_per_1000") == [12.5, 0, NO_DATA]
        assert told(result, "places_to_keep") == [5, 0, NO_DATA]

    def test_of_a_list_that_is_not_complete_more_has_to_grow(self):
        growing = table(homes(), world={"projected": {"2400": 100}}, year=2035)
        assert told(growing, "places_to_keep")[2] == 2
        assert growing.bounds["places_to_keep"].tolist()[2] == "least"
        # Fewer people need no more places, however many there are.
        falling = table(homes(), world={"projected": {"2400": 40}}, year=2035)
        assert told(falling, "places_to_keep")[2] == 0
        assert falling.bounds["places_to_keep"].tolist()[2] == ""

    def test_larger_areas_add_up_and_are_unknown_when_a_part_is(self):
        powiats = table(homes(), world={"projected": {"1200": 600}}, year=2035, level="powiat")
        assert told(powiats, "demand_persons") == [600, NO_DATA]
        both = {"projected": {"1200": 600, "2400": 60}}
        assert told(table(homes(), world=both, year=2035, level="voivodeship"), "demand_persons") == [600, 60]

    def test_a_voivodeship_with_a_powiat_that_nobody_projected_is_unknown(self):
        registry = tiny_registry(homes(), projected={"1200": 600})
        # The second gmina in a powiat of its own, which the projection leaves out.
        other = {SECOND: "120101"}
        areas = registry.areas.assign(area_code=registry.areas["area_code"].replace(other))
        population = registry.population.assign(area_code=registry.population["area_code"].replace(other))
        localities = registry.localities.assign(gmina_code=registry.localities["gmina_code"].replace(other))
        changed = replace(registry, areas=areas, population=population, localities=localities)
        result = build_area_table(changed, View(year=2035, level="voivodeship"))
        assert told(result, "demand_persons") == [NO_DATA, NO_DATA]

    def test_a_year_that_nobody_projected_is_unknown_and_no_error(self):
        registry = tiny_registry(homes())
        rows = [("1200", 65, None, 2030, "projected", 600, "population")]
        registry = replace(registry, population_by_year=pd.DataFrame(rows, columns=BY_YEAR_COLUMNS))
        assert told(build_area_table(registry, View(year=2035)), "demand_persons") == [NO_DATA] * 3

    @pytest.mark.parametrize(
        "view",
        [
            {"indicator": "facilities_count"},
            {"indicator": "day_per_1000"},
            {"group": "homeless", "level": "voivodeship"},
        ],
    )
    def test_what_has_no_years_counts_the_people_of_now(self, view):
        # The address may hold a year from the view before.
        world = {"projected": {"1200": 600}}
        later = table(homes(), world=world, year=2035, **view)
        assert told(later, "demand_persons") == told(table(homes(), world=world, **view), "demand_persons")
        assert "places_to_keep" not in later.rows


class TestFewPeople:
    """2,093 people of the voivodeship are spread over its gminas like all residents."""

    def shelters(self, **view):
        services = [service(1, FIRST, capacity_places=40, support_form="BEZ-SCH", need_groups=["homeless"])]
        asked = {
            "scope": "12",
            "group": "homeless",
            "form": "BEZ-SCH",
            "level": "powiat",
            "is_estimate": True,
        }
        claims = (("BEZ-SCH", "12"),)
        return build_area_table(tiny_registry(services, claims=claims), View().with_changes(**asked | view))

    def test_no_rate_is_told_of_a_handful_of_estimated_people_and_the_reason_is(self, monkeypatch):
        enough = self.shelters()
        people = enough.rows["demand_persons"].iloc[0]
        assert enough.rows["places_per_1000"].iloc[0] == pytest.approx(1000 * 40 / people)
        monkeypatch.setattr("layers.answers.measures.inputs.LEAST_ESTIMATED", people + 1)
        few = self.shelters()
        assert told(few, "places_per_1000") == [None]
        assert told(few, "capacity_places") == [40]
        row = few.rows.iloc[0].to_dict()
        assert missing_reasons("places_per_1000", row, has_norm=False) == ("few_people",)
        assert few.norm.default.reason_code == "too_few_known"
        notes = build_caption(few, texts_of("pl")).notes
        assert [note for note in notes if note.startswith("Gdzie według tego szacunku jest mniej niż")]

    def test_counted_people_have_a_rate_however_few_they_are(self, monkeypatch):
        monkeypatch.setattr("layers.answers.measures.inputs.LEAST_ESTIMATED", 10_000_000)
        counted = self.shelters(level="voivodeship")
        assert told(counted, "places_per_1000") == [1000 * 40 / 2093]
        assert not counted.rows["is_few"].any()


def test_the_median_of_another_year_names_the_people_that_it_is_of():
    world = {
        "older_in": {2022: {FIRST: 200, SECOND: 100, THIRD: 50}, 2035: {FIRST: 400, SECOND: 200, THIRD: 50}}
    }
    today = table(homes(), world=world, level="powiat")
    later = table(homes(), world=world, level="powiat", year=2035)
    assert later.norm.places_per_1000 == today.norm.places_per_1000
    assert (today.norm.people_year, later.norm.people_year) == (0, 2022)
    for lang, said in (
        ("pl", "przy ludności z roku 2022"),
        ("uk", "за населення 2022 року"),
        ("en", "for the people of 2022"),
    ):
        of_later, of_today = (build_caption(one, texts_of(lang)) for one in (later, today))
        assert any(said in note for note in of_later.notes)
        assert said in of_later.columns["norm_missing_places"]
        assert said not in " ".join([*of_today.notes, *of_today.columns.values()])
    gap = table(homes(), world=world, level="powiat", year=2035, indicator="gap_share")
    assert "na 1000, ludność z 2022)" in build_caption(gap, texts_of("pl")).title
    # A target is nobody's median.
    assert table(homes(), world=world, level="powiat", year=2035, norm=5.0).norm.people_year == 0
