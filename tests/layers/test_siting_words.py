"""The best sites in words: every outcome, obstacle and reason has its sentence in every language."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from data.scenarios.costs import UnitCosts
from geo.siting_left import LeftReason
from geo.siting_limits import SitingLimits
from geo.siting_plan import Outcome
from layers.measures.asked import Asked
from layers.measures.siting import SitingObstacle, find_sites, siting_need
from layers.measures.world import World
from layers.scenario_words import ScenarioWords
from layers.siting_words import SitingWords, changes_of
from layers.state import View
from layers.text import LANGUAGES, texts_of
from tests.support.tiny_world import GMINAS, service, tiny_registry

FIRST, SECOND, THIRD = GMINAS
VIEW = View(scope="12", norm=100.0, distance_km=2, indicator="gap_share").with_changes()
LIMITS = SitingLimits(least_places=1, most_places=50, sites_count=1)
COSTS = UnitCosts(build_per_site_zl=100_000, build_per_place_zl=10_000, run_per_place_zl_year=8_000)


@pytest.fixture(scope="module")
def registry():
    return tiny_registry([service(1, FIRST, capacity_places=15)])


@pytest.fixture(scope="module")
def question(registry):
    """Pierwsza lacks a place for 50 people, Druga for 100."""
    gminas = registry.areas_of_level("gmina").set_index("area_code")
    return siting_need(Asked(World(registry), VIEW, gminas[:2]))


@pytest.fixture(scope="module")
def found(question):
    return find_sites(question, LIMITS)


def words(registry, lang="pl", view=VIEW):
    return SitingWords(ScenarioWords(registry, texts_of(lang)), view)


def test_the_answer_tells_people_before_and_after(registry, question, found):
    assert words(registry).answer(found, question) == (
        "1 nowa placówka (razem liczba miejsc: 10): osób, którym brakuje miejsca według normy, będzie 50 zamiast 150, "
        "czyli o 100 mniej (−66,7%)."
    )


def test_who_is_unsure_is_told_apart(registry, question, found):
    unsure = replace(found, certain_persons=60.4, unsure_persons=39.6)
    said = words(registry, "en").answer(unsure, replace(question, is_unsure_counted=True))
    assert said.endswith(
        "Of these, at most 60 are certain to lack a place today; "
        "of the others (40) it is not known whether they have one already."
    )


def test_a_plan_that_is_not_proven_says_how_much_better_another_could_be(registry, found):
    said = words(registry)
    assert said.proof(found.plan, seconds=4.0).startswith("Sprawdzone")
    unsure = replace(found.plan, is_proven=False, bound_persons=found.plan.gained_persons + 12.3)
    assert said.proof(unsure, seconds=4.0) == (
        "To najlepsze rozwiązanie znalezione w 4 s. Nie wiemy, czy jest lepsze; dałoby miejsce najwyżej o 13 osób "
        "więcej."
    )


class TestCosts:
    # 100,000 and 10 places of 10,000 are 200,000; a year is 80,000, five are 400,000: 100 people for 600,000 zł.
    limits = SitingLimits(
        least_places=1,
        most_places=50,
        sites_count=1,
        build_per_site=100_000.0,
        build_per_place=10_000.0,
        run_per_place_year=8_000.0,
        years=5.0,
    )

    def test_table(self, registry, question):
        plan = find_sites(question, self.limits).plan
        table = (
            words(registry)
            .table(plan, question, self.limits, COSTS)
            .map(lambda cell: cell.replace("\xa0", " "))
        )
        assert table.to_numpy().tolist() == [
            ["Wieś Druga", "gmina Druga", "10", "100", "200 000 zł", "80 000 zł", "0,17"],
            ["Razem", "", "10", "100", "200 000 zł", "80 000 zł", "0,17"],
        ]

    def test_a_cost_that_nobody_gave_is_not_zero(self, registry, question):
        some = UnitCosts(build_per_place_zl=10_000)
        limits = replace(self.limits, build_per_site=0.0, run_per_place_year=0.0)
        plan = find_sites(question, limits).plan
        cells = (
            words(registry).table(plan, question, limits, some).iloc[0, 4:].str.replace("\xa0", " ").tolist()
        )
        # 100 people for 100,000 zł of places alone: one for each 1,000 zł, at most.
        assert cells == ["co najmniej 100 000 zł", "nie podano", "najwyżej 1,0"]
        assert "nie podano wszystkich kosztów" in words(registry).money(plan, limits, some).lower()

    def test_no_columns_without_costs(self, registry, question, found):
        said = words(registry)
        assert len(said.table(found.plan, question, LIMITS, UnitCosts()).columns) == 4
        assert said.money(found.plan, LIMITS, UnitCosts()) == ""


@pytest.mark.parametrize("lang", LANGUAGES)
class TestEveryCode:
    def test_outcomes_and_obstacles(self, registry, question, lang):
        said = words(registry, lang)
        sentences = [said.outcome(outcome, question) for outcome in Outcome]
        sentences += [said.obstacle(obstacle) for obstacle in SitingObstacle]
        assert len(set(sentences)) == len(Outcome) + len(SitingObstacle)
        assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences)

    def test_reasons_each_with_its_people_and_gminas(self, registry, found, lang):
        rows = [(FIRST, reason.value, 1200.0 + number, 1) for number, reason in enumerate(LeftReason)]
        rows = [
            (code, reason, np.nan if reason == "unknown_persons" else n, p) for code, reason, n, p in rows
        ]
        plan = replace(
            found.plan,
            left_over=pd.DataFrame(rows, columns=["gmina_code", "reason", "persons", "points_count"]),
        )
        sentences = words(registry, lang).left(plan, LIMITS)
        assert [sentence.reason for sentence in sentences] == list(LeftReason)
        assert all("Pierwsza" in sentence.text for sentence in sentences)
        for number, sentence in enumerate(sentences[1:], start=1):
            assert str(1200 + number) in re.sub(r"(?<=\d)[\s\xa0,](?=\d)", "", sentence.text)

    def test_notes(self, registry, question, found, lang):
        all_of_them = replace(
            question, unsure_persons=np.array([7.0, np.nan]), is_upper_bound=True, is_lower_bound=True
        )
        plan = replace(found.plan, unknown_room_count=2, is_preselected=True)
        notes = words(registry, lang).notes(replace(found, plan=plan), all_of_them)
        assert len(notes) == len(set(notes)) == 9


def test_the_gminas_with_most_people_come_first_and_crumbs_are_not_told(registry, found):
    rows = [(FIRST, "budget", 3.0, 1), (SECOND, "budget", 40.0, 2), (THIRD, "sites_count", 0.2, 1)]
    plan = replace(
        found.plan, left_over=pd.DataFrame(rows, columns=["gmina_code", "reason", "persons", "points_count"])
    )
    (sentence,) = words(registry).left(plan, LIMITS)
    assert sentence.text == (
        "Liczba osób: 43. Zabrakło pieniędzy na kolejną placówkę lub kolejne miejsce. "
        "Najwięcej: gmina Druga (40), gmina Pierwsza (3)."
    )


def test_nobody_certain_is_not_nobody(registry, question):
    said = words(registry)
    unsure = replace(question, unsure_persons=np.array([5.0, 0.0]))
    assert said.outcome(Outcome.NO_UNMET, unsure) != said.outcome(Outcome.NO_UNMET, question)


def test_sites_are_changes_of_a_scenario(question, found):
    (change,) = changes_of(found.plan, question, "CAL-DPS")
    assert (change.kind, change.support_form, change.gmina_code) == ("open", "CAL-DPS", SECOND)
    assert (change.locality_key, change.places, change.build_cost_zl) == ("2", 10, None)


def test_invented_gminas_cannot_be_named_by_a_scenario(question, found):
    invented = replace(question, candidates=question.candidates.assign(gmina_code="990001"))
    assert changes_of(found.plan, invented, "CAL-DPS") == []
