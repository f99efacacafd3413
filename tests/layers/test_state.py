"""The address of a page is its view, and nothing untrusted gets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.vocabulary import forms_for_group, screen_groups
from geo.teryt import VOIVODESHIPS
from layers.state import DISTANCES_KM, FIRST_FORMS, INDICATORS, LEVELS, View

views = st.builds(
    lambda group, form, **rest: View(group=group, **rest).with_changes(form=form),
    lang=st.sampled_from(["pl", "uk", "en"]),
    scope=st.sampled_from(["00", *VOIVODESHIPS]),
    level=st.sampled_from(LEVELS),
    group=st.sampled_from(screen_groups()),
    form=st.sampled_from(forms_for_group("older") + forms_for_group("homeless")),
    indicator=st.sampled_from(INDICATORS),
    distance_km=st.sampled_from(DISTANCES_KM),
    chosen=st.sampled_from(["", "12", "1261", "126101", "146501"]),
    place=st.sampled_from(["", "l:12345", "g:126101"]),
    forms=st.lists(st.sampled_from(forms_for_group("older"))).map(tuple),
)


def test_plain_address_is_the_default_view():
    assert View.from_query({}) == View()
    assert View().to_query() == {}


def test_only_differences_from_the_default_are_in_the_address():
    view = View(scope="12", distance_km=30, forms=("CAL-DPS", "DZI-DDP")).with_changes()
    assert view.to_query() == {"scope": "12", "distance_km": "30", "forms": "DZI-DDP.CAL-DPS"}


@given(views)
def test_a_link_is_the_view(view):
    assert View.from_query(view.to_query()) == view


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("lang", "de"),
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
        ("chosen", "12345"),
        ("chosen", "١٢٣٤٥٦"),
        ("place", "l:../../etc"),
        ("place", "g:1206"),
        ("place", "[x](javascript:alert(1))"),
        ("forms", "CAL-DPS'--"),
    ],
)
def test_unknown_values_give_way_to_defaults(name, value):
    assert View.from_query({name: value}) == View()


def test_a_new_group_brings_its_first_form():
    view = View(form="DZI-KLS").with_changes(group="homeless")
    assert view.form == "BEZ-SCH"
    assert "form" not in view.to_query()


def test_a_form_that_suits_both_groups_stays():
    assert View(form="DZI-DDP").with_changes(group="disabled").form == "DZI-DDP"


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


def test_a_view_is_not_changed_in_place():
    view = View()
    view.with_changes(scope="12")
    assert view.scope == "00"
