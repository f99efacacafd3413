"""The best sites in words: every outcome, obstacle and reason has its sentence in every language."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from data.scenarios.costs import UnitCosts
from data.vocabulary.languages import LANGUAGES
from geo.siting.goal import OneInEach, WorstFirst
from geo.siting.limits import SitingLimits
from geo.siting.plan import LeftReason, Outcome
from layers.answers.measures.gap_answer import Amount
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.siting import SitingObstacle, siting_need
from layers.answers.measures.siting_found import closed_by, find_sites
from layers.answers.measures.siting_goal import AskedGoal
from layers.answers.measures.world import World
from layers.text import texts_of
from layers.view.siting_request import SitingRequest
from layers.view.view import View
from layers.words.scenario_words import ScenarioWords
from layers.words.siting_left_words import left_sentences, left_unsure
from layers.words.siting_plan_words import changes_of, plan_marks, plan_money, plan_table
from layers.words.siting_words import SitingWords
from tests.support.tiny_world import GMINAS, service, tiny_registry

FIRST, SECOND, THIRD = GMINAS
VIEW = View(scope="12", norm=100.0, distance_km=2, indicator="gap_share").with_changes()
LIMITS = SitingLimits(least_places=1, most_places=50, sites_count=1)
COSTS = UnitCosts(build_per_site_zl=100_000, build_per_place_zl=10_000, run_per_place_zl_year=8_000)


@pytest.fixture(scope="module")
def registry():
    return tiny_registry([service(1, FIRST, capacity_places=15)])


@pytest.fixture(scope="module")
def asked(registry):
    gminas = registry.areas_of_level("gmina").set_index("area_code")
    return MeasureInputs(World(registry), VIEW.question, gminas[:2])


@pytest.fixture(scope="module")
def question(asked):
    """Pierwsza lacks 5 places, Druga 10."""
    return siting_need(asked)


@pytest.fixture(scope="module")
def found(asked, question):
    return find_sites(asked, question, LIMITS)


def words(registry, lang="pl", view=VIEW):
    return SitingWords(ScenarioWords(registry, texts_of(lang)), view)


def test_the_answer_tells_places_before_and_after(registry, question, found):
    assert words(registry).answer(found, question) == (
        "1 nowa placówka (razem liczba miejsc: 10): licząc placówki w odległości do 2 km w linii prostej, "
        "do celu 100 na 1000 będzie brakować 5 zamiast 15 miejsc, czyli o 10 mniej."
    )


def test_who_is_unsure_is_counted_in_the_worst_of_worlds(registry, question, found):
    before = replace(question.before, missing_places=Amount(15, 15, 22))
    after = replace(found.after, missing_places=Amount(5, 5, 9))
    asked_for = replace(question, is_unsure_counted=True, before=before)
    said = words(registry, "en").answer(replace(found, after=after), asked_for)
    assert said.endswith("at least 15 places (at most 22) missing to the target of 100 per 1,000, "
                         "and with it at least 5 places (at most 9).")  # fmt: skip
    assert closed_by(asked_for, after) == 13


def test_numbers_that_are_not_certain_are_told_with_their_range(registry, question, found):
    before = replace(question, before=replace(question.before, missing_places=Amount(15, 15, 22)))
    after = replace(found, after=replace(found.after, missing_places=Amount(3, 5, 9)))
    assert (
        words(registry)
        .answer(after, before)
        .endswith(
            "do celu 100 na 1000 brakuje co najmniej 15 miejsc (najwyżej 22), a z nią co najmniej 3 miejsc "
            "(najwyżej 9). To nie jest pewne; nasz szacunek: 5 zamiast 15."
        )
    )


def test_a_siting_tells_what_the_scenario_of_its_sites_tells(registry, question, found):
    """A home of 48 places was to leave 0 missing instead of 1; as a scenario 205 may still be."""
    before = replace(question.before, missing_places=Amount(1, 1, 206), reasons=("list",))
    after = replace(found.after, missing_places=Amount(0, 0, 205), reasons=("list",))
    said = words(registry).answer(replace(found, after=after), replace(question, before=before))
    assert (
        "brakuje co najmniej 1 miejsca (najwyżej 206), a z nią od 0 do 205 miejsc. "
        "Może być tak, że część nowych (liczba miejsc: 9) nie zmniejszy tego braku: "
    ) in said


class TestWhatIsNotCertain:
    """Two homes of 60 places: at least 28 missing before and after, at most 346 and then 320, by the estimate 33."""

    before, after = Amount(28, 33, 346), Amount(28, 33, 320)

    @pytest.fixture
    def unsure(self, question, found):
        def made(*, before=self.before, after=self.after, places=60, people=100.0, unknown=10.0, **changes):
            parts = {"people_persons": people, "no_data_persons": unknown, "reasons": ("list",)}
            plan = replace(found.plan, sites=found.plan.sites.assign(places=places))
            asked = replace(
                question, before=replace(question.before, missing_places=before, **parts), **changes
            )
            stands = replace(found.after, missing_places=after, **parts)
            return replace(found, plan=plan, after=stands, closed_places=np.array([0])), asked

        return made

    @pytest.mark.parametrize(
        ("lang", "said"),
        [
            ("pl", "Może być tak, że nowe placówki wcale nie zmniejszą tego braku"),
            ("uk", "Може бути так, що нові заклади зовсім не зменшать цієї нестачі"),
            ("en", "It may be that the new facilities do not lessen this at all"),
        ],
    )
    def test_places_that_may_do_nothing_are_told_so(self, registry, unsure, lang, said):
        assert said in words(registry, lang).answer(*unsure())
        # By 5 for certain, or by more: of 60 places 55 may do nothing.
        told = words(registry, lang).answer(*unsure(after=Amount(23, 23, 330)))
        assert said not in told
        assert ": 55)" in told

    @pytest.mark.parametrize(
        ("lang", "perhaps", "surely"),
        [
            (
                "pl",
                "więc to może być więcej, niż brakuje: mniejszych placówek niż 60",
                "co najmniej o 54 więcej",
            ),
            ("uk", "тож це може бути більше, ніж бракує: менших закладів, ніж 60", "щонайменше на 54 більше"),
            ("en", "so this may be more than are missing: facilities smaller than 60", "at least 54 more"),
        ],
    )
    def test_more_than_the_estimate_is_not_more_than_are_missing(
        self, registry, unsure, lang, perhaps, surely
    ):
        limits, said = replace(LIMITS, least_places=60, most_places=90), words(registry, lang)
        first = said.size(*unsure(), limits)[0]
        assert perhaps in first
        # 32 were "at most more", though of 346 that may be missing they are 286 fewer.
        assert "32" not in first
        # 400 places are 54 more than the 346 that are missing at most.
        assert surely in said.size(*unsure(places=400), limits)[0]

    @pytest.mark.parametrize(
        ("lang", "estimated", "unknown"),
        [
            (
                "pl",
                "według naszego szacunku nie zmniejsza liczby",
                "Nie wiemy, czy 1 z nowych placówek zmniejsza",
            ),
            ("uk", "за нашою оцінкою не зменшує кількості", "Ми не знаємо, чи 1 з нових закладів зменшує"),
            ("en", "By our estimate 1 of the new facilities does not", "We do not know whether 1 of the new"),
        ],
    )
    def test_a_site_that_does_nothing_by_the_estimate_is_told_by_it(
        self, registry, unsure, lang, estimated, unknown
    ):
        said = words(registry, lang)
        assert estimated in said.size(*unsure(), LIMITS)[-1]
        # Of 80 of 100 people nothing is known: their estimate is told nowhere.
        assert unknown in said.size(*unsure(unknown=80.0), LIMITS)[-1]
        assert unknown in said.size(*unsure(is_unsure_counted=True), LIMITS)[-1]
        exact = Amount(33, 33, 33)
        certain = said.size(*unsure(before=exact, after=exact), LIMITS)[-1]
        assert estimated not in certain
        assert unknown not in certain

    @pytest.mark.parametrize(
        ("lang", "over", "would"),
        [
            (
                "pl",
                "(liczba miejsc: 60) to więcej, niż brakuje bez nich: 33",
                "niż brakuje według naszego szacunku",
            ),
            (
                "uk",
                "(кількість місць: 60) – це більше, ніж бракує без них: 33",
                "ніж бракує за нашою оцінкою",
            ),
            (
                "en",
                "(number of places: 60) are already more than are missing without them: 33",
                "by our estimate",
            ),
        ],
    )
    def test_places_that_are_more_already_are_not_said_to_become_so(
        self, registry, unsure, lang, over, would
    ):
        rows = pd.DataFrame(
            [(FIRST, "places_count", 30.0, 1)], columns=["gmina_code", "reason", "persons", "points_count"]
        )
        said, mark = words(registry, lang), texts_of(lang).t("siting.in_estimate", number="")

        def left(places, **changes):
            found, asked = unsure(places=places, **changes)
            held = replace(found, plan=replace(found.plan, left_over=rows))
            held = replace(held, limits=replace(LIMITS, places_count=places))
            return left_sentences(said, held, asked, LIMITS)[0].text

        # Both the places left and those without the plan are by the estimate.
        assert over in left(60)
        assert left(60).count(mark) == 2
        assert would in left(30)
        assert over not in left(30)
        # In the worst of worlds 346 are missing, and the places left are of that world.
        assert texts_of(lang).t("siting.in_most", number="").strip() in left(60, is_unsure_counted=True)

    def test_numbers_of_single_sites_say_that_they_are_an_estimate(self, registry, unsure, question, found):
        said = words(registry)
        assert (
            plan_table(said, *unsure(), None, UnitCosts()).columns[4] == "O ile mniej brakuje (nasz szacunek)"
        )
        assert plan_table(said, found, question, None, UnitCosts()).columns[4] == "O ile mniej brakuje"
        (mark,) = plan_marks(said, *unsure()).to_dict("records")
        assert mark["legend"].endswith("brakuje mniej o 0 (nasz szacunek)")

    def test_that_nothing_gains_is_by_the_estimate(self, registry, unsure, question):
        said = words(registry)
        assert "według naszego szacunku" in said.outcome(Outcome.NO_GAIN, unsure()[1])
        assert "według naszego szacunku" not in said.outcome(Outcome.NO_GAIN, question)


@pytest.mark.parametrize(
    ("lang", "unused", "unpaid"),
    [
        (
            "pl",
            "Budżet (2 000 000 zł) niczego tu nie ogranicza, bo nie podano kosztów",
            "żadnego roku prowadzenia",
        ),
        (
            "uk",
            "Бюджет (2 000 000 злотих) тут нічого не обмежує, бо вартості не вказано",
            "жодного року роботи",
        ),
        (
            "en",
            "The budget (2,000,000 zł) limits nothing here, because no costs are given",
            "no year of running",
        ),
    ],
)
def test_a_budget_that_limits_nothing_is_said(registry, lang, unused, unpaid):
    said, asked = words(registry, lang), SitingRequest(budget_zl=2_000_000, years=3)
    told = said.unused_budget(asked, UnitCosts())
    assert unused in told.replace("\xa0", " ")
    assert said.unused_budget(asked, COSTS) == ""
    assert said.unused_budget(replace(asked, budget_zl=None), UnitCosts()) == ""
    # A cost is given, but one of running, of which no year is paid.
    running = UnitCosts(run_per_place_zl_year=8_000)
    assert said.unused_budget(asked, running) == ""
    assert unpaid in said.unused_budget(replace(asked, years=0), running)


def test_more_places_than_are_missing_are_told(registry, asked, question):
    said = words(registry)
    # 15 places are missing.
    limits = replace(LIMITS, least_places=40)
    held = find_sites(asked, question, limits)
    assert said.size(held, question, limits) == [
        (
            "Brakuje 15 miejsc, więc to o 25 więcej: mniejszych placówek niż 40 nie rozważamy. Taki brak może "
            "wypełnić powiększenie placówki, która już jest, albo mniejsza nowa placówka (wielkość można podać wyżej)."
        )
    ]
    wanted = replace(limits, places_count=80, sites_count=2)
    assert said.size(find_sites(asked, question, wanted), question, wanted) == [
        "Brakuje 15 miejsc, więc to o 65 więcej."
    ]


def test_why_there_are_no_more_sites(registry, asked, question, found):
    said = words(registry)
    assert said.size(found, question, LIMITS) == []
    limits = replace(LIMITS, least_places=10, sites_count=2)
    plan = find_sites(asked, question, limits)
    (held,) = said.size(plan, question, limits)
    (left,) = left_sentences(said, plan, question, limits)
    # A second site of 10 would lessen it, and would make 20 of the 15 that are missing.
    assert left.text.startswith("Brakuje 5 miejsc: więcej nowych miejsc nie proponujemy")
    assert held.startswith("Więcej placówek nie proponujemy, bo nowych miejsc byłoby więcej, niż brakuje.")
    (spare,) = said.size(replace(found, spare_sites=1), question, LIMITS)
    assert spare.startswith("Więcej niż 1 placówki nie proponujemy")
    (idle,) = said.size(replace(found, closed_places=np.array([0])), question, LIMITS)
    assert idle.startswith("1 z nowych placówek nie zmniejsza liczby brakujących miejsc")


def test_without_a_locality_nothing_can_be_found(registry, question):
    empty = replace(question, candidates=question.candidates.iloc[:0])
    said = words(registry).outcome(Outcome.NO_CANDIDATE, empty)
    assert said.startswith("Nie znamy w tym województwie żadnej miejscowości")


def test_what_stays_the_same_is_not_called_fewer(registry, question, found):
    said = words(registry).answer(replace(found, after=question.before), question)
    assert said == (
        "1 nowa placówka (razem liczba miejsc: 10): licząc placówki w odległości do 2 km w linii prostej, "
        "do celu 100 na 1000 nadal będzie brakować 15 miejsc."
    )


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("pl", "licząc placówki w odległości do 7 km w linii prostej, do celu"),
        ("uk", "рахуючи заклади на відстані до 7 км по прямій, до"),
        ("en", "counting facilities within 7 km in a straight line, 5 missing"),
    ],
)
def test_the_answer_says_for_which_way_sites_were_found(registry, question, found, lang, said):
    view = replace(VIEW, distance_km=7)
    answer = words(registry, lang, view).answer(found, question)
    assert said in answer.replace("\u00a0", " ").replace(" km ", " км " if lang == "uk" else " km ")


def test_places_that_close_nothing_are_told(registry, question, found):
    after = replace(found.after, missing_places=Amount(8, 8, 8))
    said = words(registry).answer(replace(found, after=after), question)
    assert (
        "brakować 8 zamiast 15 miejsc, czyli o 7 mniej. Reszta nowych (liczba miejsc: 3) nie zmniejsza"
        in said
    )


def test_a_plan_that_is_not_proven_says_how_much_better_another_could_be(registry, question, found):
    said = words(registry)
    assert said.proof(found.plan, question, seconds=4.0).startswith("Sprawdzone")
    # 12.3 people are 1.23 places.
    unsure = replace(found.plan, is_proven=False, bound_persons=found.plan.gained_persons + 12.3)
    assert said.proof(unsure, question, seconds=4.0) == (
        "To najlepsze rozwiązanie znalezione w 4 s. Nie wiemy, czy jest lepsze; liczba brakujących miejsc spadłaby "
        "najwyżej o 2 więcej."
    )


class TestGoals:
    # The tiny world calls a powiat "powiat 1200".
    def asking(self, question, goal, unsure=()):
        return replace(question, asked_goal=AskedGoal(goal, unsure))

    def test_each_powiat_names_those_that_had_none(self, registry, question):
        asked = self.asking(question, OneInEach(("1200",), ("1200", "1200")), ("1200",))
        assert words(registry).goal(asked) == [
            (
                "W 1 powiecie nie ma na listach żadnej takiej placówki dla tej grupy: powiat powiat 1200. "
                "Staje tam co najmniej jedna nowa."
            ),
            "W 1 z tych powiatów lista nie jest pełna: placówka może tam być, choć jej nie znamy.",
        ]
        assert "jest już na liście" in words(registry).goal(self.asking(question, OneInEach((), ())))[0]

    def test_why_each_powiat_cannot_have_one(self, registry, question):
        asked = self.asking(question, OneInEach(("1200", "2400"), ("1200", "1200")))
        said = words(registry).outcome(Outcome.AREAS_CANDIDATE, asked)
        assert "(powiat powiat 2400)" in said
        said = words(registry).outcome(
            Outcome.AREAS_SITES, self.asking(question, OneInEach(("1200", "2400"), ("1200", "2400")))
        )
        assert said.startswith(
            "Takiej placówki dla tej grupy nie ma na listach w 2 powiatach (powiat powiat 1200, powiat powiat 2400)"
        )

    def test_the_worst_off_say_that_others_may_gain_more_people(self, registry, question, found):
        asked = self.asking(question, WorstFirst())
        plan = replace(found.plan, is_proven=True, area_shares=pd.DataFrame())
        assert "może bardziej zmniejszyć" in words(registry).goal(asked)[0]
        assert "sytuacji gmin" in words(registry).proof(plan, asked, seconds=4.0)
        # The bound is in people, and says nothing of the gminas.
        late = words(registry).proof(replace(plan, is_proven=False), asked, seconds=4.0)
        assert late == (
            "To najlepszy układ znaleziony w 4 s. Nie wiemy, czy jest lepszy dla gmin, w których jest najgorzej."
        )

    def test_powiats_come_first_where_no_gmina_lacks_a_form_by_itself(self, registry, question, found):
        asked, said = self.asking(question, WorstFirst(digits=4)), words(registry)
        spoken = [*said.goal(asked), said.proof(found.plan, asked, seconds=4.0), *said.notes(found, asked)]
        assert "zaczyna od powiatów" in spoken[0]
        assert "sytuacji powiatów" in spoken[1]
        assert [note for note in spoken if note.startswith("Powiat oceniamy")]
        assert not [note for note in spoken if note.startswith("Gminę oceniamy")]
        # The care homes of the tiny world take people in from anywhere.
        assert (said.goal_key("worst"), said.goal_key("each")) == ("worst_powiats", "each")

    def test_most_people_need_no_sentence(self, registry, question):
        assert words(registry).goal(question) == []


def test_marks_have_the_numbers_of_the_table(registry, question, found):
    (mark,) = plan_marks(words(registry), found, question).to_dict("records")
    assert mark == {
        "number": 1,
        "label": "Wieś Druga",
        "details": ["gmina Druga", "Liczba miejsc: 10", "O ile mniej brakuje: 10"],
        "legend": "Wieś Druga: liczba miejsc 10, brakuje mniej o 10",
    }


def test_people_who_are_not_counted_are_told_beside_those_left_over(registry, question):
    said = words(registry)
    assert left_unsure(said, question) == ""
    # The whole number of the table, not the fractions of its points rounded once more.
    before = replace(question.before, no_data_persons=7.0)
    unsure = replace(question, unsure_persons=np.array([5.3, 2.4]), before=before)
    assert left_unsure(said, unsure).startswith("Liczba osób: 7. Nie wiemy, czy mają miejsce")
    assert left_unsure(said, replace(unsure, is_unsure_counted=True)) == ""


def test_nobody_lacking_is_no_reason_against_a_facility(registry, question):
    said = words(registry).outcome(Outcome.NO_UNMET, question)
    assert "nie znaczy to, że placówka jest w każdej gminie" in said


class TestCosts:
    # 100,000 and 10 places of 10,000 are 200,000; a year is 80,000, five are 400,000: 600,000 zł for 10.
    limits = SitingLimits(
        least_places=1,
        most_places=50,
        sites_count=1,
        build_per_site=100_000.0,
        build_per_place=10_000.0,
        run_per_place_year=8_000.0,
        years=5.0,
    )

    def test_table(self, registry, asked, question):
        found = find_sites(asked, question, self.limits)
        table = plan_table(words(registry), found, question, self.limits, COSTS).map(
            lambda cell: cell.replace("\xa0", " ")
        )
        assert table.to_numpy().tolist() == [
            ["1", "Wieś Druga", "gmina Druga", "10", "10", "200 000 zł", "80 000 zł", "60 000 zł"],
            ["", "Razem", "", "10", "10", "200 000 zł", "80 000 zł", "60 000 zł"],
        ]

    def test_a_cost_that_nobody_gave_is_not_zero(self, registry, asked, question):
        some = UnitCosts(build_per_place_zl=10_000)
        limits = replace(self.limits, build_per_site=0.0, run_per_place_year=0.0)
        found = find_sites(asked, question, limits)
        cells = (
            plan_table(words(registry), found, question, limits, some)
            .iloc[0, 5:]
            .str.replace("\xa0", " ")
            .tolist()
        )
        # 100,000 zł of places alone for 10 that are missing no more: 10,000 zł each, at least.
        assert cells == ["co najmniej 100 000 zł", "nie podano", "co najmniej 10 000 zł"]
        assert (
            "nie podano wszystkich kosztów"
            in plan_money(words(registry), found, question, limits, some).lower()
        )

    def test_no_columns_without_costs(self, registry, question, found):
        said = words(registry)
        assert len(plan_table(said, found, question, LIMITS, UnitCosts()).columns) == 5
        assert plan_money(said, found, question, LIMITS, UnitCosts()) == ""


@pytest.mark.parametrize("lang", LANGUAGES)
class TestEveryCode:
    def test_outcomes_and_obstacles(self, registry, question, lang):
        said = words(registry, lang)
        sentences = [said.outcome(outcome, question) for outcome in Outcome]
        sentences += [said.obstacle(obstacle) for obstacle in SitingObstacle]
        assert len(set(sentences)) == len(Outcome) + len(SitingObstacle)
        assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences)

    @pytest.mark.usefixtures("every_form_is_near")
    def test_reasons_each_with_its_places_and_gminas(self, registry, question, found, lang):
        rows = [(FIRST, reason.value, 1200.0 + number, 1) for number, reason in enumerate(LeftReason)]
        rows = [
            (code, reason, np.nan if reason == "unknown_persons" else n, p) for code, reason, n, p in rows
        ]
        plan = replace(
            found.plan,
            left_over=pd.DataFrame(rows, columns=["gmina_code", "reason", "persons", "points_count"]),
        )
        after = replace(found.after, missing_places=Amount(964, 964, 964))
        sentences = left_sentences(
            words(registry, lang), replace(found, plan=plan, after=after), question, LIMITS
        )
        assert [sentence.reason for sentence in sentences] == list(LeftReason)
        assert all("Pierwsza" in sentence.text for sentence in sentences)
        # They add up to what is missing with the plan.
        assert sum(sentence.places for sentence in sentences[1:]) == 964
        for sentence in sentences[1:]:
            assert f"{sentence.places:.0f}" in sentence.text

    def test_notes(self, registry, question, found, lang):
        all_of_them = replace(question, before=replace(question.before, no_data_persons=7.0))
        plan = replace(found.plan, unknown_room_count=2, is_preselected=True)
        notes = words(registry, lang).notes(replace(found, plan=plan), all_of_them)
        assert len(notes) == len(set(notes)) == 7


def test_of_a_form_that_people_come_to_from_anywhere_powiats_are_named(registry, question, found):
    rows = [(FIRST, "budget", 3.0, 1), (SECOND, "budget", 40.0, 2)]
    plan = replace(
        found.plan, left_over=pd.DataFrame(rows, columns=["gmina_code", "reason", "persons", "points_count"])
    )
    (sentence,) = left_sentences(words(registry), replace(found, plan=plan), question, LIMITS)
    assert sentence.text.endswith("Najwięcej: powiat powiat 1200.")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_places_that_are_an_estimate_say_so(registry, question, found, lang):
    """ "Brakuje 313 miejsc" stood beside "od 0 do 802"."""
    rows = pd.DataFrame(
        [(FIRST, "budget", 3.0, 1)], columns=["gmina_code", "reason", "persons", "points_count"]
    )
    plan, mark = replace(found.plan, left_over=rows), texts_of(lang).t("siting.in_estimate", number="")
    said = [
        left_sentences(
            words(registry, lang),
            replace(found, plan=plan, after=replace(found.after, missing_places=amount)),
            replace(question, is_unsure_counted=False),
            LIMITS,
        )[0].text
        for amount in (Amount(0, 313, 802), Amount(313, 313, 313))
    ]
    assert [mark in one for one in said] == [True, False]


@pytest.mark.usefixtures("every_form_is_near")
def test_the_gminas_with_most_people_come_first_and_crumbs_are_not_told(registry, question, found):
    rows = [(FIRST, "budget", 3.0, 1), (SECOND, "budget", 40.0, 2), (THIRD, "sites_count", 0.2, 1)]
    plan = replace(
        found.plan, left_over=pd.DataFrame(rows, columns=["gmina_code", "reason", "persons", "points_count"])
    )
    (sentence,) = left_sentences(words(registry), replace(found, plan=plan), question, LIMITS)
    # The five places that are missing with the plan.
    assert sentence.text == (
        "Brakuje 5 miejsc: zabrakło pieniędzy na kolejną placówkę lub kolejne miejsce. "
        "Najwięcej: gmina Druga, gmina Pierwsza."
    )


def test_nobody_certain_is_not_nobody(registry, question):
    said = words(registry)
    unsure = replace(question, unsure_persons=np.array([5.0, 0.0]))
    assert said.outcome(Outcome.NO_UNMET, unsure) != said.outcome(Outcome.NO_UNMET, question)


def test_sites_are_changes_of_a_scenario(question, found):
    (change,) = changes_of(found.plan, question, "CAL-DPS")
    assert (change.kind, change.support_form, change.gmina_code) == ("open", "CAL-DPS", SECOND)
    assert (change.locality_key, change.places, change.build_cost_zl) == ("2", 10, None)
