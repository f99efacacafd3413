"""The address of a page is its view, and nothing untrusted gets through."""

from dataclasses import fields, replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.scenarios.scenario import Scenario
from data.scenarios.text import to_text
from data.vocabulary import forms_for_group, screen_groups
from data.vocabulary.languages import LANGUAGES
from geo.roads.network import Mode
from geo.teryt import VOIVODESHIPS, Level
from layers.indicators import INDICATORS
from layers.indicators.indicator import LEVELS
from layers.view.offered import AGES, DETOURS_PCT, DISTANCES_KM, FIRST_FORMS, METHODS, MINUTES, TRAVELS, YEARS
from layers.view.question import Question
from layers.view.view import View

PACKED = to_text(Scenario("Plan", "DZI-KLS", "older"))
DRAWN = {
    "lang": st.sampled_from(list(LANGUAGES)),
    "scope": st.sampled_from(["00", *VOIVODESHIPS]),
    "level": st.sampled_from(LEVELS),
    "group": st.sampled_from(screen_groups()),
    "form": st.sampled_from(forms_for_group("older") + forms_for_group("homeless")),
    "indicator": st.sampled_from(list(INDICATORS)),
    "distance_km": st.sampled_from(DISTANCES_KM),
    "travel": st.sampled_from(TRAVELS),
    "minutes": st.sampled_from(MINUTES),
    "detour_pct": st.sampled_from(DETOURS_PCT),
    "own": st.booleans(),
    "age_from": st.sampled_from(AGES),
    "is_estimate": st.booleans(),
    "norm": st.integers(0, 100_000).map(lambda hundredths: hundredths / 100),
    "method": st.sampled_from(METHODS),
    "year": st.sampled_from(YEARS),
    "since": st.sampled_from(["", "2026-05-31"]),
    "scenario": st.sampled_from(["", PACKED]),
    "costs": st.sampled_from(["", "CAL-DPS_1_2_3", "CAL-DPS___900.DZI-KLS_50000__"]),
    "costs_group": st.sampled_from(["", *screen_groups()]),
    "siting": st.sampled_from(["", "3____2000000_5_", "5_15_30_60_2000000_10_uw"]),
    "other": st.sampled_from(["", "y2035", "s24", "d2026-05-31", "c"]),
    "other_scenario": st.sampled_from(["", PACKED]),
    "chosen": st.sampled_from(["", "12", "1261", "126101", "146501"]),
    "place": st.sampled_from(["", "l:12345", "g:126101"]),
    "forms": st.lists(st.sampled_from(forms_for_group("older"))).map(tuple),
    "day": st.sampled_from(["", "2026-05-31"]),
    "classes": st.sampled_from(["", "r_1_2.5_5", "s_20_80"]),
    "needs": st.booleans(),
}
"""What may stand in each field of a view."""

views = st.builds(lambda form, **rest: View(**rest).with_changes(form=form).settled(), **DRAWN)

OPENED = View(indicator="people", age_from=80)
"""What an address that says nothing opens: people, who are known in the whole country."""


def test_plain_address_is_the_default_view():
    assert View.from_query({}) == OPENED
    assert OPENED.to_query() == {}
    assert View(scope="12").to_query() == {"scope": "12"}


@pytest.mark.parametrize(
    ("group", "indicator", "level"),
    [
        ("older", "people", "gmina"),
        ("disabled", "reached_residents", "gmina"),
        ("homeless", "known_places", "voivodeship"),
    ],
)
def test_the_country_opens_with_a_map_of_each_group(group, indicator, level):
    view = View.from_query({"group": group})
    assert (view.indicator, view.level, view.form) == (indicator, level, FIRST_FORMS[group])
    assert view.to_query() == ({} if group == "older" else {"group": group})
    # From any other group, too, and the other way round.
    for other in FIRST_FORMS:
        assert View.from_query({"group": other}).with_choice(group=group) == view


@pytest.mark.parametrize("group", ["disabled", "homeless"])
@pytest.mark.parametrize(
    "said",
    [
        {"level": "powiat"},
        {"level": "gmina"},
        {"is_estimate": "True"},
        {"norm": "5"},
        {"chosen": "120101"},
        {"distance_km": "30"},
        {"classes": "r2-5"},
        {"form": "first"},
        {"scope": "12"},
    ],
)
def test_an_older_link_means_what_it_meant(group, said):
    said = {name: FIRST_FORMS[group] if value == "first" else value for name, value in said.items()}
    view = View.from_query({"group": group, **said})
    assert view.indicator == "places_per_1000"
    assert view.level == said.get("level", "gmina")
    assert View.from_query(view.to_query()) == view


def test_a_first_map_that_says_more_says_what_it_is():
    chosen = View.from_query({"group": "homeless"}).with_choice(chosen="12")
    assert chosen.to_query() == {"group": "homeless", "indicator": "known_places", "chosen": "12"}
    assert View.from_query(chosen.to_query()) == chosen
    # What a resident chose changes no map.
    assert View.from_query({"group": "homeless", "place": "g:120101"}).indicator == "known_places"


def test_a_voivodeship_is_no_map_of_one_area():
    view = View.from_query({"group": "homeless"}).with_choice(scope="12")
    assert (view.indicator, view.level) == ("places_per_1000", "gmina")
    # Whoever asks for it in so many words gets it.
    assert (
        View.from_query({"group": "homeless", "scope": "12", "indicator": "known_places"}).level
        == "voivodeship"
    )


def test_an_indicator_of_another_group_gives_way():
    for indicator, group in (("known_places", "disabled"), ("reached_residents", "homeless")):
        for scope in ("00", "12"):
            view = View.from_query({"scope": scope, "group": group, "indicator": indicator})
            assert view.what.is_of_group(group)
            assert view.indicator != indicator


def test_an_address_may_ask_for_every_level_and_way_that_geo_computes():
    assert get_args(Level) == LEVELS
    assert ("line", *get_args(Mode)) == TRAVELS


def test_only_differences_from_the_default_are_in_the_address():
    view = View(scope="12", distance_km=30, forms=("CAL-DPS", "DZI-DDP")).with_changes()
    assert view.to_query() == {"scope": "12", "distance_km": "30", "forms": "DZI-DDP.CAL-DPS"}


def test_every_field_of_a_view_is_drawn():
    assert set(DRAWN) == {field.name for field in fields(View)}


@given(views)
def test_a_link_is_the_view(view):
    assert View.from_query(view.to_query()) == view


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("lang", "xx"),
        ("scope", "99"),
        ("scope", "1261"),
        ("level", "district"),
        ("group", "all"),
        ("form", "<script>"),
        ("form", "BEZ-SCH"),
        ("indicator", "__class__"),
        ("distance_km", "15.0"),
        ("distance_km", "١٥"),
        ("distance_km", "-1"),
        ("norm", "-1"),
        ("norm", "nan"),
        ("norm", "1001"),
        ("norm", "much"),
        ("year", "2021"),
        ("year", "2041"),
        ("year", "2025.0"),
        ("age_from", "66"),
        ("method", "4sfca"),
        ("travel", "plane"),
        ("detour_pct", "90"),
        ("is_estimate", "true; drop"),
        ("since", "yesterday"),
        ("chosen", "12345"),
        ("chosen", "١٢٣٤٥٦"),
        ("place", "l:../../etc"),
        ("place", "g:1206"),
        ("place", "[x](javascript:alert(1))"),
        ("forms", "CAL-DPS'--"),
        ("siting", "3_15_30"),
        ("siting", "3_15_30___5_x"),
        ("siting", "-3_15_30___5_"),
    ],
)
def test_unknown_values_give_way_to_defaults(name, value):
    assert View.from_query({name: value}) == OPENED


def test_a_new_group_brings_its_first_form():
    view = View(form="DZI-KLS").with_changes(group="homeless")
    assert view.form == "BEZ-SCH"
    assert "form" not in view.to_query()


def test_a_form_that_suits_both_groups_stays():
    assert View(form="DZI-DDP").with_changes(group="disabled").form == "DZI-DDP"


def test_any_age_goes_with_any_year():
    assert View(age_from=70).with_changes(year=2035).age_from == 70
    assert View.from_query({"year": "2027", "age_from": "75"}) == replace(OPENED, year=2027, age_from=75)


def test_an_indicator_brings_a_level_that_it_can_be_told_for():
    view = View(level="voivodeship", chosen="12").with_changes(indicator="organisation")
    assert (view.level, view.chosen) == ("gmina", "")
    assert View(level="powiat").with_changes(indicator="local_plan").level == "powiat"


def test_numbers_do_not_depend_on_language_or_choices_of_the_reader():
    view = View(
        scope="12", norm=5.5, year=2035, lang="uk", chosen="120601", day="2026-05-31", siting="9______"
    )
    assert view.question == Question(scope="12", norm=5.5, year=2035)


def test_first_forms_are_meant_for_their_groups():
    assert set(FIRST_FORMS) == set(screen_groups())
    assert all(form in forms_for_group(group) for group, form in FIRST_FORMS.items())


@pytest.mark.parametrize(
    ("changes", "chosen"),
    [
        ({"scope": "12"}, "126101"),
        ({"scope": "14"}, ""),
        ({"level": "powiat"}, ""),
        ({"lang": "uk"}, "126101"),
    ],
)
def test_an_area_outside_the_view_is_no_longer_chosen(changes, chosen):
    assert View(chosen="126101").with_changes(**changes).chosen == chosen


def test_what_lacks_of_a_wide_form_is_told_for_powiats():
    for indicator in ("gap_share", "coverage_share", "access_per_1000"):
        shown = View.from_query({"indicator": indicator, "form": "CAL-DPS", "level": "gmina"})
        assert (shown.level, shown.levels, shown.distance_km) == ("powiat", ("powiat", "voivodeship"), 30)
        near = View.from_query({"indicator": indicator, "form": "DZI-KLS"})
        assert (near.level, near.distance_km) == ("gmina", 15)
    stands = View.from_query({"form": "CAL-DPS"})
    assert (stands.level, stands.question.is_what_stands) == ("gmina", True)
    assert not View.from_query({"form": "DZI-KLS"}).question.is_what_stands


def test_distances_follow_how_a_form_is_used():
    club = View(form="DZI-KLS", indicator="gap_share", distance_km=5)
    home = club.with_choice(form="CAL-DPS")
    assert (home.distance_km, home.level) == (30, "powiat")
    assert home.with_choice(form="DZI-KLS").distance_km == 15
    assert club.with_choice(form="DZI-DDP").distance_km == 5
    # Nobody saw a distance before: the usual one of the form comes with the indicator.
    assert View().with_choice(indicator="coverage_share").distance_km == 30
    # Who writes a distance into the link gets it.
    link = {"indicator": "gap_share", "level": "powiat", "distance_km": "15"}
    assert View.from_query(link).distance_km == 15
    assert View.from_query(link).to_query() == link


def test_only_forms_of_councils_are_kept_for_own_residents():
    assert View.from_query({"form": "DZI-KLS", "own": "1"}).own
    assert not View.from_query({"form": "CAL-DPS", "own": "1"}).own
    club = View(form="DZI-KLS", own=True)
    assert club.with_changes(form="DZI-DDP").own
    assert not club.with_changes(group="homeless").own
    assert club.question.own


def test_only_older_people_are_projected():
    assert View.from_query({"group": "disabled", "year": "2035"}).year == 0
    assert View.from_query({"year": "2035"}).year == 2035


def test_a_view_is_not_changed_in_place():
    view = View()
    view.with_changes(scope="12")
    assert view.scope == "00"
