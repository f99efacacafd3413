"""A change in words, its problems in words, and the errors of edits: names of data as text, never as code."""

import pandas as pd
import pytest

from data.scenarios import KINDS, Change, Scenario, ScenarioError, apply_scenario
from data.scenarios.text import to_text
from data.vocabulary.languages import LANGUAGES
from layers.answers.measures.applied_scenario import apply_packed
from layers.text import texts_of
from layers.words.scenario_words import ScenarioWords, error_words
from tests.support.tiny_world import middle_of, service, tiny_registry

HOME, TWO, GONE = "register:00000000000000aa", "register:00000000000000bb", "register:00000000000000dd"


@pytest.fixture
def registry():
    return tiny_registry(
        [
            service(
                1, "120001", facility_handle=HOME, facility_name="Dom <b>Róż</b>\n=1+1", capacity_places=40
            ),
            service(2, "120002", facility_handle=TWO, facility_id=2, capacity_places=20),
            service(3, "120002", facility_handle=TWO, facility_id=2),
        ]
    )


def words(registry, lang="pl"):
    return ScenarioWords(registry, texts_of(lang))


def said(registry, change, lang="pl"):
    return words(registry, lang).change(change, Scenario("Próba", "CAL-DPS", "older", (change,)))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            Change(kind="open", support_form="DZI-KLS", gmina_code="120002", locality_key="2", places=30),
            "Otwarcie: klub „Senior+” / „Aktywny Senior”, Wieś Druga, gmina Druga, liczba miejsc: 30",
        ),
        (
            Change(kind="open", support_form="DZI-KLS", gmina_code="120002", longitude=19.5, latitude=50.25),
            (
                "Otwarcie: klub „Senior+” / „Aktywny Senior”, punkt 50,25000; 19,50000, gmina Druga, "
                "liczba miejsc: nieznana"
            ),
        ),
        (Change(kind="close", facility=HOME), "Zamknięcie: Dom <b>Róż</b> =1+1 (Pierwsza)"),
        (
            Change(kind="close", facility=HOME, support_form="CAL-DPS"),
            "Zamknięcie formy „dom pomocy społecznej”: Dom <b>Róż</b> =1+1 (Pierwsza)",
        ),
        (
            Change(kind="enlarge", facility=HOME, places=50),
            "Inna liczba miejsc: Dom <b>Róż</b> =1+1 (Pierwsza). Dziś: 40, po zmianie: 50",
        ),
        (
            Change(kind="enlarge", facility=TWO, places=50),
            "Inna liczba miejsc: Placówka 2 (Druga). Dziś: nieznana, po zmianie: 50",
        ),
        (
            Change(kind="move", facility=HOME, gmina_code="240001", locality_key="3"),
            "Przeniesienie: Dom <b>Róż</b> =1+1 (Pierwsza). Nowe miejsce: Wieś Trzecia, gmina Trzecia",
        ),
        (
            Change(kind="start_area_service", support_form="DOM-UO", area_codes=("1200", "24"), places=600),
            (
                "Uruchomienie usługi: usługi opiekuńcze w miejscu zamieszkania, powiat powiat 1200, "
                "województwo śląskie, liczba godzin miesięcznie: 600"
            ),
        ),
    ],
)
def test_a_change_is_one_line(registry, change, sentence):
    assert said(registry, change) == sentence


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_gone_is_said_in_every_language(registry, lang):
    closing = said(registry, Change(kind="close", facility=GONE), lang)
    opening = said(
        registry,
        Change(kind="open", support_form="DZI-KLS", gmina_code="129999", locality_key="99"),
        lang,
    )
    assert GONE not in closing
    assert "99" in opening
    assert "129999" in opening


def test_each_problem_is_a_sentence_of_its_change(registry):
    changes = (
        Change(kind="close", facility=GONE),
        Change(kind="enlarge", facility=TWO, places=50),
        Change(kind="open", support_form="CAL-DPS", gmina_code="120001", locality_key="2"),
        Change(kind="open", support_form="CAL-DPS", gmina_code="120001", locality_key="77"),
        Change(kind="close", facility=HOME, support_form="DZI-KLS"),
        Change(kind="start_area_service", support_form="DOM-UO", area_codes=("1299", "1200")),
        Change(kind="close", facility=HOME, support_form="CAL-DPS"),
    )
    scenario = Scenario("Próba", "CAL-DPS", "older", changes)
    services = registry.services.assign(is_counted=registry.services["facility_handle"] != HOME)
    applied = apply_scenario(
        scenario,
        services,
        registry.service_areas,
        registry.localities,
        area_codes=set(registry.areas["area_code"]),
    )
    problems = words(registry).problems(applied.problems, scenario)
    assert sorted(problems) == [1, 2, 3, 4, 5, 6, 7]
    assert "nie ma już na listach" in problems[1][0]
    assert "nie wiadomo, ile miejsc ma każda" in problems[2][0]
    assert "Wieś Druga leży dziś w innej gminie, niż mówi scenariusz (gmina Pierwsza)" in problems[3][0]
    assert "nie zna już tej miejscowości" in problems[4][0]
    assert "klub „Senior+” / „Aktywny Senior”" in problems[5][0]
    assert "1299" in problems[6][0]
    assert "nie liczymy" in problems[7][0]


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        (
            "pl",
            (
                "Zmiana 2: Tej zmiany nie ma w liczbach: punkt leży w innej gminie (gmina Druga), niż mówi scenariusz "
                "(gmina Pierwsza), i dalej niż 300 m od jej granicy. Popraw współrzędne albo gminę."
            ),
        ),
        ("uk", "Зміна 2: Цієї зміни немає в числах: точка лежить в іншій гміні (гміна Druga), ніж каже сценарій "),
        ("en", "Change 2: This change is not in the numbers: the point lies in another gmina (gmina Druga) than "),
    ],
)  # fmt: skip
def test_a_point_elsewhere_is_told_with_both_gminas_and_the_number_of_its_change(registry, lang, sentence):
    east = middle_of("120002")
    spot = {"longitude": round(east.x, 5), "latitude": round(east.y, 5)}
    new = Change(kind="open", support_form="CAL-DPS", gmina_code="120001", **spot)
    abroad = Change(kind="open", support_form="CAL-DPS", gmina_code="120001", longitude=15.0, latitude=52.0)
    near = Change(kind="open", support_form="CAL-DPS", gmina_code="120002", **spot)
    applied = apply_packed(registry, to_text(Scenario("Próba", "CAL-DPS", "older", (near, new, abroad))))
    first, second = words(registry, lang).problem_lines(applied.problems, applied.scenario)
    assert first.startswith(sentence)
    assert "3:" in second[:10]
    assert applied.problems["problem"].tolist() == ["point_elsewhere", "point_outside"]


def test_a_problem_of_a_later_version_still_has_words(registry):
    problems = pd.DataFrame({"change": [1], "kind": ["close"], "problem": ["melted"], "subject": ["x\ny"]})
    scenario = Scenario("Próba", "CAL-DPS", "older", (Change(kind="close", facility=HOME),))
    assert words(registry).problems(problems, scenario) == {1: ["Tej zmiany nie da się zastosować (x y)."]}


def error_of(make):
    with pytest.raises(ScenarioError) as caught:
        make()
    return caught.value


@pytest.mark.parametrize("lang", LANGUAGES)
def test_errors_of_edits_name_what_to_correct(lang):
    texts, close = texts_of(lang), Change(kind="close", facility=HOME)
    twice = error_of(
        lambda: Scenario("x", "CAL-DPS", "older", (close, Change(kind="enlarge", facility=HOME, places=3)))
    )
    assert error_words(twice, texts, changes=[close]) == texts.t("scenario.error_twice", number=1)
    many = [Change(kind="close", facility=f"register:{number:016x}") for number in range(61)]
    too_many = error_of(lambda: Scenario("x", "CAL-DPS", "older", tuple(many)))
    assert error_words(too_many, texts) == texts.t("scenario.error_changes", count=60)
    wrong = error_of(lambda: Change(kind="enlarge", facility=HOME, places=0))
    assert texts.t("scenario.field_places") in error_words(wrong, texts)


def test_every_kind_has_its_words():
    for lang in LANGUAGES:
        texts = texts_of(lang)
        for kind in KINDS:
            assert all(texts.has(f"scenario.{part}_{kind}") for part in ("kind", "add", "do"))
