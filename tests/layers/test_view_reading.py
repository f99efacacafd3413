"""Nothing that an address says, or that a choice takes away, is dropped in silence."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.loss_words import loss_lines
from layers.state import View
from layers.text import LANGUAGES, texts_of
from layers.view_reading import LONGEST_WRITTEN, Loss, choose, lost_in, read_view
from tests.layers.test_state import views
from tests.support.tiny_world import tiny_registry

PARAMETERS = [field.name for field in fields(View)]
DAMAGES = (")", ".", "…)", "…", "%", " ", "x" * 9000, "\u200b")
"""What a mail program, a sentence or a cut leaves at the end of a link."""
GOOD = {
    "lang": "uk",
    "scope": "12",
    "level": "powiat",
    "group": "disabled",
    "form": "DZI-KLS",
    "indicator": "facilities_count",
    "distance_km": "30",
    "travel": "car",
    "minutes": "45",
    "detour_pct": "130",
    "own": "1",
    "age_from": "80",
    "is_estimate": "True",
    "norm": "5.50",
    "method": "2sfca",
    "year": "2035",
    "since": "2026-05-31",
    "scenario": "1.abcDEF-_1",
    "costs": "CAL-DPS_1000000_90000_72000.DZI-KLS___4500",
    "costs_group": "older",
    "siting": "3_15_30___5_uwg",
    "other": "y2035",
    "other_scenario": "1.abc",
    "chosen": "126101",
    "place": "l:12345",
    "forms": "DZI-KLS.CAL-DPS",
    "day": "2026-05-31",
    "classes": "r_2_4.5",
}


def told(query):
    return {loss.parameter for loss in read_view(query).losses}


def test_every_parameter_has_an_example():
    assert list(GOOD) == PARAMETERS


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_good_value_is_never_told(name):
    beside = {"form": "DZI-KLS"} if name == "own" else {}
    assert read_view({**beside, name: GOOD[name]}).losses == ()


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", PARAMETERS)
def test_a_damaged_value_is_always_told(name, damage):
    beside = {"form": "DZI-KLS"} if name == "own" else {}
    losses = read_view({**beside, name: GOOD[name] + damage}).losses
    assert [(loss.parameter, loss.reason) for loss in losses] == [(name, "unreadable")]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PARAMETERS)
def test_every_parameter_has_a_name_for_people(name, lang):
    (line,) = loss_lines([Loss(name, "?", "!", "unreadable")], View(), texts_of(lang))
    assert len(line) > 10
    assert "lost." not in line


@given(views)
def test_a_link_of_the_application_is_never_told(view):
    assert read_view(view.to_query()).losses == ()


@given(views, st.sampled_from(PARAMETERS), st.text(max_size=12))
def test_whatever_is_written_is_shown_or_told(view, name, written):
    reading = read_view({**view.to_query(), name: written})
    is_told = name in {loss.parameter for loss in reading.losses}
    assert is_told != reading.view.says(name, written)


@given(
    views,
    st.sampled_from(["year", "group", "form", "indicator", "level", "scope", "age_from", "lang"]),
    st.data(),
)
def test_what_gives_way_to_a_choice_is_told(view, name, data):
    value = getattr(data.draw(views), name)
    reading = choose(view, **{name: value})
    lost = {loss.parameter for loss in reading.losses}
    is_other = {
        field
        for field in PARAMETERS
        if field != name and getattr(view, field) != getattr(reading.view, field)
    }
    assert is_other - {"chosen", "distance_km"} <= lost <= is_other


def test_a_future_year_that_brings_another_age_says_so():
    reading = choose(View(age_from=75), year=2035)
    assert reading.losses == (Loss("age_from", "75", "65", "year"),)
    assert read_view({"year": "2035", "age_from": "75"}).losses == reading.losses


def test_a_group_that_drops_chosen_forms_says_so():
    reading = choose(View(forms=("DZI-KLS", "CAL-DPS")), group="homeless")
    assert Loss("forms", "DZI-KLS.CAL-DPS", "", "group") in reading.losses
    assert Loss("form", "CAL-DPS", "BEZ-SCH", "group") in reading.losses


@pytest.mark.parametrize("level", [{}, {"level": "gmina"}])
def test_an_old_link_to_a_gminas_lack_opens_at_powiats_and_says_so(level):
    reading = read_view({"indicator": "gap_share", "form": "CAL-DPS", **level})
    assert reading.view.level == "powiat"
    assert reading.losses == (Loss("level", "gmina", "powiat", "wide"),)
    assert choose(View(), indicator="gap_share").losses == reading.losses
    assert choose(View(form="DZI-KLS"), indicator="gap_share").losses == ()


def test_parts_of_a_parameter_that_are_dropped_are_told():
    assert told({"siting": "99_15_30___5_"}) == {"siting"}  # 30 sites at most
    assert told({"costs": "CAL-DPS___4500.XXX-YYY___1"}) == {"costs"}
    assert told({"costs": "CAL-DPS___4500.CAL-DPS___1"}) == {"costs"}
    assert told({"forms": "CAL-DPS.BEZ-SCH"}) == {"forms"}
    assert told({"chosen": "126101", "scope": "14"}) == {"chosen"}
    assert told({"group": "disabled", "year": "2035"}) == {"year"}
    assert told({"form": "CAL-DPS", "own": "1"}) == {"own"}


def test_a_parameter_that_no_view_has_is_told_and_those_of_trackers_are_not():
    losses = read_view({"amp;level": "powiat", "utm_source": "mail", "fbclid": "1"}).losses
    assert losses == (Loss("", "amp;level=powiat", "", "unknown"),)
    assert len(read_view({"x" * 5000: "y"}).losses[0].written) <= LONGEST_WRITTEN + 1


def test_areas_and_second_maps_that_the_data_do_not_have_are_told():
    registry = tiny_registry([])
    assert lost_in(registry, View(chosen="120001", other="s24"), page="compare") == ()
    assert lost_in(registry, View(chosen="129999")) == (Loss("chosen", "129999", "", "unknown"),)
    gone = lost_in(registry, replace(View(), other="d2019-01-01"), page="compare")
    assert [(loss.parameter, loss.written, loss.reason) for loss in gone] == [
        ("other", "d2019-01-01", "unknown")
    ]
    assert lost_in(registry, View(other="d2019-01-01")) == ()
    told = lost_in(registry, View(level="voivodeship"), page="costs")
    assert told == (Loss("level", "voivodeship", "powiat", "indicator"),)
