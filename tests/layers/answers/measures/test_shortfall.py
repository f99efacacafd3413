"""How many places fewer stand in areas than a rate gives: one number at every level."""

from dataclasses import replace

import pandas as pd
import pytest

from layers.answers.table_building import build_area_table
from layers.text import texts_of
from layers.view.view import View
from layers.words.figures import write_figure
from layers.words.gap_words import GapWords
from tests.support.tiny_world import service, tiny_registry

FIRST, SECOND = "120001", "120002"
LEVELS = ("gmina", "powiat", "voivodeship")
BOTH = (("CAL-DPS", "12"), ("CAL-DPS", "24"))
PL = texts_of("pl")


def table(services, *, projected=None, claims=BOTH, **view):
    registry = tiny_registry(services, projected=projected, claims=claims)
    return build_area_table(registry, View().with_changes(**view))


def sums(services, column, **view):
    """Give the sum of a column at each level."""
    return {level: table(services, level=level, **view).rows[column].sum() for level in LEVELS}


@pytest.mark.usefixtures("every_form_is_near")
class TestNear:
    """200 and 100 older people in the gminas of powiat 1200, 50 in that of 2400."""

    def test_what_one_gmina_has_too_many_is_not_taken_off_another_at_any_level(self):
        # 100 per 1,000 are 20, 10 and 5 places; the first has 50.
        found = sums([service(1, FIRST, capacity_places=50)], "norm_missing_places", norm=100.0)
        assert found == dict.fromkeys(LEVELS, 15)

    def test_places_to_keep_add_up(self):
        # Twice as many people: 3 places of the first gmina are 6, 4 of the second 8.
        homes = [service(1, FIRST, capacity_places=3), service(2, SECOND, capacity_places=4)]
        for column in ("places_to_keep", "places_to_keep_2030", "places_to_keep_2035"):
            assert sums(homes, column, projected={"1200": 600}, year=2035) == dict.fromkeys(LEVELS, 7), column

    def test_fractions_are_rounded_once(self):
        # 11 per 1,000 are 2.2, 1.1 and 0.55 places: 4 in the first voivodeship and 1 in the second, at every level.
        assert sums([], "norm_missing_places", norm=11.0) == dict.fromkeys(LEVELS, 5)

    def test_what_is_not_known_of_all_is_at_least(self):
        # Nobody says how many places the second gmina has.
        homes = [service(1, FIRST, capacity_places=5), service(2, SECOND)]
        powiats = table(homes, norm=100.0, level="powiat")
        assert powiats.rows["norm_missing_places"].tolist() == [15, 5]
        assert powiats.bounds["norm_missing_places"].tolist() == ["least", ""]


def test_of_a_form_for_people_from_anywhere_powiats_are_asked():
    # 30 places are enough for the powiat of 300 people, wherever in it they stand.
    homes = [service(1, FIRST, capacity_places=30)]
    for level in ("powiat", "voivodeship"):
        result = table(homes, norm=100.0, level=level)
        assert result.rows["norm_missing_places"].tolist() == [0, 5]
    assert "norm_missing_places" not in table(homes, norm=100.0, level="gmina").rows


def test_an_area_with_a_gmina_of_unknown_people_is_the_same_sum_as_the_heading():
    """The second gmina in a powiat that nobody projected: the voivodeship tells the first, at least."""
    registry = tiny_registry([], projected={"1200": 600}, claims=BOTH)
    other = {SECOND: "120101"}
    changed = replace(
        registry,
        areas=registry.areas.assign(area_code=registry.areas["area_code"].replace(other)),
        population=registry.population.assign(area_code=registry.population["area_code"].replace(other)),
        localities=registry.localities.assign(gmina_code=registry.localities["gmina_code"].replace(other)),
    )
    view = View(indicator="gap_share", level="voivodeship", scope="12", year=2035, norm=100.0)
    result = build_area_table(changed, view)
    row, answer = result.rows.loc["12"], result.answer
    # 600 people of the first gmina; of the other one nobody knows how many there will be.
    assert row["missing_places"] == answer.missing_places.estimate == 60
    assert row["out_of_reach_persons"] == answer.out_of_reach_persons.estimate == 600
    assert result.bounds.loc["12", ["missing_places", "out_of_reach_persons"]].tolist() == ["least", "least"]
    assert pd.isna(row["most_missing_places"])
    assert pd.isna(row["gap_share"])
    said = GapWords(answer, PL, form="CAL-DPS", way="").missing()
    assert said.endswith("licząc tylko gminy, w których znamy liczbę osób (1 z 2)")
    assert "co najmniej 60 miejsc" in said.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("column", "bound", "words"),
    [
        ("over_capacity_persons", "least", "nie wiemy, ilu"),
        ("places_to_keep", "unsure", "nie wiemy, ile"),
        ("over_capacity_persons", "most", "mniej niż 1"),
        ("over_capacity_persons", "", "0"),
    ],
)
def test_at_least_none_tells_nothing(column, bound, words):
    assert write_figure(0.0, column, PL, bound=bound) == words
