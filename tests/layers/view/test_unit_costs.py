"""Unit costs in the address: what is packed is read again, and nothing that anybody writes there is believed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.scenarios import UnitCosts
from data.scenarios.cost_diagnosis import CLASSES
from data.vocabulary import support_forms
from geo.errors import OptionError
from layers.view.unit_costs import MOST_ZL, pack_unit_costs, read_unit_costs, with_unit_cost
from layers.view.view import View

FORMS = [code for code, form in support_forms().items() if form.di_class in CLASSES]
HOME, CLUB = "CAL-DPS", "DZI-KLS"
ZL = st.none() | st.integers(0, MOST_ZL)
COSTS = st.builds(UnitCosts, build_per_site_zl=ZL, build_per_place_zl=ZL, run_per_place_zl_year=ZL)


def test_packed_text_is_short_and_in_the_order_of_the_vocabulary():
    costs = {
        HOME: UnitCosts(build_per_site_zl=1_000_000, build_per_place_zl=90_000, run_per_place_zl_year=72_000),
        CLUB: UnitCosts(run_per_place_zl_year=0),
    }
    assert pack_unit_costs(costs) == "DZI-KLS___0.CAL-DPS_1000000_90000_72000"
    assert read_unit_costs(pack_unit_costs(costs)) == costs


@given(st.dictionaries(st.sampled_from(FORMS), COSTS))
def test_what_is_packed_is_read_again_and_the_address_lets_it_in(costs):
    packed = pack_unit_costs(costs)
    assert View.from_query({"costs": packed}).costs == packed
    given_costs = {form: cost for form, cost in costs.items() if cost != UnitCosts()}
    assert read_unit_costs(packed) == given_costs


def test_costs_of_every_form_fit_into_the_address():
    most = UnitCosts(build_per_site_zl=MOST_ZL, build_per_place_zl=MOST_ZL, run_per_place_zl_year=MOST_ZL)
    packed = pack_unit_costs(dict.fromkeys(FORMS, most))
    assert View.from_query({"costs": packed}).costs == packed
    assert len(packed) < 2_000


@given(st.text(alphabet="ABCDLPSZIK-_.0123456789x \n＝١", max_size=60))
def test_nothing_is_raised_and_nothing_unknown_gets_in(text):
    for form, costs in read_unit_costs(text).items():
        assert form in FORMS
        assert costs != UnitCosts()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "CAL-DPS",
        "CAL-DPS_1_2",
        "CAL-DPS_1_2_3_4",
        "CAL-DPS_-1__",
        "CAL-DPS_1,5__",
        "CAL-DPS_1234567890__",
        "CAL-DPS_١__",
        "CAL-DPS___",
        "cal-dps_1__",
        "XXX-YYY_1__",
        "INS-OPS_1__",
        " CAL-DPS_1__",
        "CAL-DPS_1__\n",
    ],
)
def test_what_is_malformed_or_unknown_is_a_cost_that_nobody_gave(text):
    assert read_unit_costs(text) == {}


def test_a_bad_entry_does_not_take_the_good_ones_along():
    found = read_unit_costs("XXX-YYY_1__.CAL-DPS___72000.nonsense.CAL-DPS___1")
    assert found == {HOME: UnitCosts(run_per_place_zl_year=72_000)}


def test_one_cost_is_changed_and_taken_out():
    packed = with_unit_cost("", HOME, "run_per_place_zl_year", 72_000)
    packed = with_unit_cost(packed, CLUB, "build_per_site_zl", 5)
    assert packed == "DZI-KLS_5__.CAL-DPS___72000"
    assert with_unit_cost(packed, HOME, "run_per_place_zl_year", None) == "DZI-KLS_5__"


def test_zero_is_a_cost_and_empty_is_none():
    assert read_unit_costs("CAL-DPS_0__")[HOME] == UnitCosts(build_per_site_zl=0)


def test_what_does_not_fit_is_refused():
    with pytest.raises(OptionError, match="CAL-DPS up to 999999999 zł, found 1000000000"):
        pack_unit_costs({HOME: UnitCosts(run_per_place_zl_year=1_000_000_000)})
    for form in ("XXX-YYY", "INS-OPS"):
        with pytest.raises(OptionError, match=re.escape(repr(form))):
            pack_unit_costs({form: UnitCosts(run_per_place_zl_year=1)})
