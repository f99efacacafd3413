"""Limits of classes that a planner sets, and which class a number is in."""

import pandas as pd
import pytest

from data.vocabulary.languages import LANGUAGES
from geo.errors import OptionError
from layers.answers.table_building import build_area_table
from layers.answers.value_classes import classes_of, printed_values
from layers.text import texts_of
from layers.view.class_limits import ClassLimits
from layers.view.view import View
from layers.widgets.class_limits import usual_line
from layers.words.figures import write_limits
from tests.support.tiny_world import service, tiny_registry


@pytest.mark.parametrize("typed", ["1; 2,5; 5", "1 2.5 5", " 1;2,5 ;5; "])
def test_limits_are_written_as_people_write(typed):
    limits = ClassLimits.typed(typed, "rate")
    assert limits.limits == (1.0, 2.5, 5.0)
    assert limits.to_address() == "r_1_2.5_5"
    assert ClassLimits.from_address("r_1_2.5_5") == limits
    assert write_limits(limits, texts_of("pl")) == "1; 2,5; 5"


@pytest.mark.parametrize("typed", ["1; 2; 123456,5", "1; 2; 1000000", "0,1; 100000,5; 999999,9"])
def test_large_limits_are_kept_in_the_address(typed):
    limits = ClassLimits.typed(typed, "rate")
    assert ClassLimits.from_address(limits.to_address()) == limits


@pytest.mark.parametrize(
    "typed", ["", "dużo", "5", "5; 1", "0; 1; 2", "1; 1", "1; 2; 3; 4; 5; 6", "1; 2,55", "-1; 2"]
)
def test_what_is_no_limit_is_refused(typed):
    with pytest.raises(OptionError, match="expected 2 to 5 ascending limits"):
        ClassLimits.typed(typed, "rate")


def test_a_share_ends_at_all():
    assert ClassLimits.typed("50%; 100%", "share").to_address() == "s_50_100"
    with pytest.raises(OptionError):
        ClassLimits.typed("50; 101", "share")


@pytest.mark.parametrize("damaged", ["", "r", "r_5_1", "x_1_2", "r_1", "s_1_200", "r_1_2_3_4_5_6", "r_1_2)"])
def test_a_damaged_address_gives_none(damaged):
    assert ClassLimits.from_address(damaged) is None
    assert View.from_query({"classes": damaged}).classes == ""


def test_limits_stay_through_changes_of_the_view():
    view = View.from_query({"classes": "r_1_2.5_5", "scope": "12"})
    changed = view.with_changes(form="DZI-DDP", level="powiat", distance_km=30, indicator="access_per_1000")
    assert changed.to_query()["classes"] == "r_1_2.5_5"
    assert changed.question == changed.with_changes(classes="").question, "they change no number"
    assert changed.with_changes(classes="").to_query().get("classes") is None


def test_a_share_is_classed_as_it_is_printed():
    shares = pd.Series([0.0, 0.0004, 0.2494, 0.2496, 0.4999, 0.9996, 1.0, None])
    view = View(indicator="coverage_share")
    printed = printed_values(view.question, shares)
    classes = classes_of(view, pd.DataFrame({"value": shares}))
    assert printed.tolist()[:7] == [0, 0.04, 24.9, 25.0, 50.0, 99.96, 100]
    assert classes.assign(printed).tolist() == [0, 1, 1, 2, 3, 4, 5, pd.NA]


def test_classes_of_access_are_the_same_at_every_distance():
    homes = [service(1, "120001", capacity_places=30), service(2, "120002", capacity_places=1)]
    registry = tiny_registry(homes)
    lowers = {
        build_area_table(registry, View(indicator="access_per_1000", distance_km=km)).classes.lowers
        for km in (1, 15, 100)
    }
    # 31 places for the 300 older people of both gminas: 103.3 per 1,000; a quarter, a half, all and twice as much.
    assert lowers == {(0, 30, 50, 100, 200)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_limits_of_the_method_are_said(lang):
    registry = tiny_registry([service(1, "120001", capacity_places=30)])
    texts = texts_of(lang)
    few = build_area_table(registry, View())
    assert usual_line(few, texts) == texts.t("classes.few")
    share = build_area_table(registry, View(indicator="coverage_share"))
    assert "75" in usual_line(share, texts)
    access = build_area_table(registry, View(indicator="access_per_1000"))
    assert "100" in usual_line(access, texts)
