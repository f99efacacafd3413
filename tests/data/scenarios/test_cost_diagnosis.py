"""The cost diagnosis of an area: services now and as proposed, with what they cost a year, worked by hand."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.scenarios import Change, Scenario, UnitCosts, apply_scenario
from data.scenarios.cost_diagnosis import CLASSES, diagnose_costs, services_here
from data.vocabulary import support_forms
from geo.errors import FrameError, OptionError
from tests.support.tiny_world import service, tiny_registry

UNITS = {
    "CAL-DPS": UnitCosts(run_per_place_zl_year=100),
    "DZI-KLS": UnitCosts(run_per_place_zl_year=10),
    "DOM-UO": UnitCosts(run_per_place_zl_year=2),
}
COMPLETE = ("CAL-DPS", "DZI-KLS", "OPW-CAL")
FORMS = ("CAL-DPS", "DZI-KLS", "DOM-UO", "OPW-CAL", "MIE-WSP")
HOME, CLUB = "register:00000000000000aa", "register:00000000000000bb"


def rows():
    """Two homes (40 places and an unknown number) and two clubs (20, 5) in gmina 120001, a home in 120002."""
    return [
        service(1, "120001", capacity_places=40),
        service(2, "120001"),
        service(3, "120001", support_form="DZI-KLS", capacity_places=20),
        service(4, "120001", support_form="DZI-KLS", capacity_places=5),
        service(5, "120002", capacity_places=300),
        service(6, "120001", support_form="DOM-UO", geometry=None, capacity_places=600),
        service(7, "120001", capacity_places=9, is_counted=False),
    ]


def diagnosed(*changes, services=None, areas=((6, "120001"),), at="120001", units=UNITS, forms=FORMS):
    registry = tiny_registry(rows() if services is None else services, service_areas=list(areas))
    known = {1: HOME, 3: CLUB}
    current = registry.services.assign(
        facility_handle=[known.get(number) for number in registry.services["service_id"]]
    )
    plan = Scenario("Plan", "CAL-DPS", "older", tuple(changes))
    after = apply_scenario(plan, current, registry.service_areas, registry.localities)
    assert after.problems.empty
    return diagnose_costs(
        at,
        current,
        after.services,
        current_areas=registry.service_areas,
        proposed_areas=after.service_areas,
        unit_costs=units,
        complete_forms=COMPLETE,
        forms=forms,
    )


CLOSE_HOME = Change(kind="close", facility=HOME)
LARGER_CLUB = Change(kind="enlarge", facility=CLUB, support_form="DZI-KLS", places=35)


def test_services_and_costs_of_a_gmina_are_worked_by_hand():
    """
    Now: homes 40 known places x 100 = 4,000 at least; clubs 25 x 10 = 250; help at home 600 hours x 2 = 1,200 at least,
    because its list is not complete. Without the home of 40 and with 15 places more in a club: -4,000 and +150.
    """
    result = diagnosed(CLOSE_HOME, LARGER_CLUB)
    forms = result.forms
    assert forms.index.to_list() == ["DOM-UO", "DZI-KLS", "MIE-WSP", "CAL-DPS", "OPW-CAL"]
    home = forms.loc["CAL-DPS"]
    assert (home["di_class"], home["capacity_unit"]) == ("institutional", "places")
    assert (home["current_facilities_count"], home["current_known_places"]) == (2, 40)
    assert pd.isna(home["current_capacity_places"])
    assert (home["current_run_zl_year"], home["current_is_run_at_least"]) == (4_000, True)
    assert home["proposed_facilities_count"] == 1
    assert pd.isna(home["proposed_known_places"])
    assert pd.isna(home["proposed_run_zl_year"])
    assert (home["difference_places"], home["difference_zl_year"]) == (-40, -4_000)
    club = forms.loc["DZI-KLS"]
    assert (club["current_capacity_places"], club["proposed_capacity_places"]) == (25, 40)
    assert (club["current_run_zl_year"], club["proposed_run_zl_year"]) == (250, 400)
    assert not club["current_is_run_at_least"]
    help_at_home = forms.loc["DOM-UO"]
    assert (help_at_home["current_run_zl_year"], help_at_home["current_is_run_at_least"]) == (1_200, True)
    assert forms["difference_zl_year"].to_list() == [0, 150, 0, -4_000, 0]


def test_zero_and_no_data_are_told_apart():
    forms = diagnosed().forms
    # No respite stay here is a true zero of places; what a stay elsewhere costs the gmina nobody told.
    assert forms.loc["OPW-CAL", "current_facilities_count"] == 0
    assert pd.isna(forms.loc["OPW-CAL", "current_run_zl_year"])
    assert forms.loc["OPW-CAL", "current_is_run_at_least"]
    assert forms.loc["MIE-WSP", ["current_facilities_count", "current_run_zl_year"]].isna().all()
    assert forms.loc["MIE-WSP", "current_is_run_at_least"]


def test_classes_sum_what_is_known_and_tell_what_is_not():
    """Community: clubs 250 and help at home 1,200, no data of supported flats; institutional: 4,000 at least."""
    result = diagnosed(CLOSE_HOME, LARGER_CLUB)
    assert result.classes.index.to_list() == list(CLASSES)
    assert result.classes["current_run_zl_year"].to_list() == [1_450, pd.NA, 4_000]
    assert result.classes["proposed_run_zl_year"].to_list() == [1_600, pd.NA, pd.NA]
    assert result.classes["difference_zl_year"].to_list() == [150, 0, -4_000]
    assert result.classes["current_is_run_at_least"].to_list() == [True, True, True]
    assert result.classes["current_no_data_forms_count"].to_list() == [1, 0, 0]
    assert result.classes["current_unknown_cost_forms_count"].to_list() == [0, 0, 1]
    assert result.total["current_run_zl_year"] == 5_450
    assert result.total["difference_zl_year"] == -3_850


def test_a_powiat_has_all_its_gminas():
    forms = diagnosed(at="1200").forms
    assert forms.loc["CAL-DPS", ["current_facilities_count", "current_known_places"]].to_list() == [3, 340]


def test_without_unit_costs_nothing_is_known():
    result = diagnosed(CLOSE_HOME, units={})
    assert result.forms["current_run_zl_year"].isna().all()
    assert result.forms["difference_zl_year"].fillna(-1).to_list() == [0, 0, 0, -1, 0]
    assert pd.isna(result.classes.loc["institutional", "current_run_zl_year"])
    assert pd.isna(result.total["difference_zl_year"])


@pytest.mark.parametrize(
    ("areas", "places", "is_here"),
    [
        ([(6, "120001")], 600, True),
        ([(6, "120001"), (6, "120002")], None, True),
        ([(6, "12")], None, True),
        ([(6, "00")], None, True),
        ([(6, "240001")], None, False),
        ([], None, False),
    ],
)
def test_capacity_without_a_door_is_of_this_area_only_when_it_covers_nothing_beyond(areas, places, is_here):
    registry = tiny_registry(rows(), service_areas=areas)
    here = services_here("120001", registry.services, registry.service_areas).set_index("service_id")
    assert (6 in here.index) is is_here
    if is_here:
        found = here.loc[6, "capacity_places"]
        assert (None if pd.isna(found) else found) == places
    assert 7 not in here.index


def test_a_facility_that_moves_away_leaves_with_its_places():
    away = Change(kind="move", facility=HOME, gmina_code="120002", locality_key="2")
    assert diagnosed(away).forms.loc["CAL-DPS", "difference_places"] == -40
    assert diagnosed(away, at="1200").forms.loc["CAL-DPS", "difference_places"] == 0


@pytest.mark.parametrize(
    "change",
    [
        Change(kind="open", support_form="CAL-DPS", gmina_code="120001", locality_key="1"),
        Change(kind="close", facility=HOME),
        Change(kind="enlarge", facility=HOME, places=3),
    ],
)
def test_a_difference_is_unknown_where_unknown_places_come_go_or_change(change):
    services = [service(1, "120001")]
    result = diagnosed(change, services=services, areas=())
    assert pd.isna(result.forms.loc["CAL-DPS", "difference_places"])
    assert pd.isna(result.classes.loc["institutional", "difference_zl_year"])
    assert result.classes.loc["community", "difference_zl_year"] == 0


def test_a_change_of_capacity_that_is_shared_with_other_areas_is_unknown_here():
    registry = tiny_registry(rows(), service_areas=[(6, "1200")])
    after = registry.services.copy()
    after.loc[after["service_id"] == 6, "capacity_places"] = 900
    result = diagnose_costs(
        "120001",
        registry.services,
        after,
        current_areas=registry.service_areas,
        proposed_areas=registry.service_areas,
        unit_costs=UNITS,
        complete_forms=(),
        forms=FORMS,
    )
    assert pd.isna(result.forms.loc["DOM-UO", "difference_places"])


def test_all_forms_but_offices_are_told_when_none_are_chosen():
    forms = diagnosed(forms=None).forms
    wanted = [code for code, form in support_forms().items() if form.di_class != "enabling"]
    assert forms.index.to_list() == wanted


def test_an_area_without_services_is_an_answer():
    result = diagnosed(services=[], areas=())
    assert result.total["current_run_zl_year"] == 0  # of clubs; where people live, a gmina pays elsewhere too
    assert result.total["current_is_run_at_least"]
    assert result.total["current_no_data_forms_count"] == 2


def test_wrong_areas_and_frames_are_refused():
    with pytest.raises(OptionError, match="found '12'"):
        diagnosed(at="12")
    registry = tiny_registry(rows())
    with pytest.raises(FrameError, match="is_counted"):
        services_here("120001", registry.services.drop(columns="is_counted"), registry.service_areas)
    with pytest.raises(FrameError, match="0 or more"):
        diagnosed(services=[service(1, "120001", capacity_places=-1)], areas=())


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["CAL-DPS", "DZI-KLS"]), st.none() | st.integers(0, 90)), max_size=6)
)
def test_current_cost_is_that_of_the_obvious_loop(homes):
    services = [
        service(number, "120001", support_form=form, capacity_places=pd.NA if places is None else places)
        for number, (form, places) in enumerate(homes, start=1)
    ]
    result = diagnosed(services=services, areas=())
    expected = 0
    for form, places in homes:
        expected += (places or 0) * UNITS[form].run_per_place_zl_year
    total = result.total["current_run_zl_year"]
    assert (0 if pd.isna(total) else total) == expected
    homes_places = [places for form, places in homes if form == "CAL-DPS"]
    # Without a place in a home here, those who need one live elsewhere.
    is_any_unknown = any(places is None for _, places in homes) or sum(filter(None, homes_places)) == 0
    assert result.forms.loc[["CAL-DPS", "DZI-KLS"], "current_is_run_at_least"].any() == is_any_unknown
    assert (result.forms["difference_zl_year"] == 0).all()
