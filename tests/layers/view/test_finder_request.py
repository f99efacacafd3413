"""The address of a search: what it says comes back, and what cannot be read is a loss."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.vocabulary import forms_for_group, screen_groups
from data.vocabulary.needs import needs
from layers.view.finder_request import (
    MOST_SHOWN,
    PAGE_OF_LIST,
    FinderRequest,
    of_need,
    read_request,
)
from layers.view.needed_forms import needed_forms
from layers.view.offered import DISTANCES_KM, FILTERS
from layers.view.view import View

views = st.sampled_from(screen_groups()).flatmap(
    lambda group: st.builds(
        lambda forms, km, place: View.from_query(
            {"group": group, "forms": ".".join(forms), "distance_km": str(km), "place": place}
        ),
        st.lists(st.sampled_from(forms_for_group(group)), unique=True),
        st.sampled_from(DISTANCES_KM),
        st.sampled_from(["", "l:1", "g:126101"]),
    )
)
requests = st.builds(
    FinderRequest,
    view=views,
    typed=st.sampled_from(["", "nocleg Wrocław", "a&b=c", "<b>"]),
    before=st.sampled_from(["", "l:1"]),
    only=st.lists(st.sampled_from([*FILTERS, "language:uk"]), unique=True).map(tuple),
    is_unknown_shown=st.booleans(),
    shown=st.integers(1, MOST_SHOWN // PAGE_OF_LIST).map(lambda pages: pages * PAGE_OF_LIST),
    has_map=st.booleans(),
)


def read(**query):
    return read_request({name: [value] for name, value in query.items()}, lang="pl")


@given(requests)
def test_what_an_address_says_comes_back(request):
    told = {name: [value] for name, value in request.to_query().items()}
    again, _ = read_request(told, lang="pl")
    assert again == request


@given(requests, st.sampled_from(list(needs())))
def test_a_need_brings_its_forms_and_ends_with_others(request, code):
    needed = of_need(request, code)
    told = {name: [value] for name, value in needed.to_query().items()}
    assert read_request(told, lang="pl")[0] == needed
    expected = needed_forms(needs()[code], request.view.group)
    assert set(needed.view.forms) == set(expected.forms)
    other = next(form for form in forms_for_group(needed.view.group) if form not in needed.view.forms)
    changed, losses = read_request({**told, "forms": [other]}, lang="pl")
    assert changed.need == ""
    assert [loss for loss in losses if loss.parameter == "forms"] == []


@pytest.mark.parametrize(
    "query",
    [
        {"shown": "0"},
        {"shown": "615"},
        {"shown": "7"},
        {"only": "sauna"},
        {"only": "open.sauna"},
        {"need": "gold"},
        {"unknown": "yes"},
        {"map": "x"},
        {"before": "Kraków"},
        {"near": "50.0614,19.9366"},
        {"near": "l:1"},
    ],
)
def test_what_cannot_be_read_is_a_loss_and_the_default_holds(query):
    request, losses = read(**query)
    [(name, value)] = query.items()
    assert [loss.written for loss in losses] == [f"{name}={value}"]
    assert request == FinderRequest(View.from_query({}))


def test_what_is_typed_is_one_line_of_at_most_so_many_signs():
    assert read(q="  nocleg \n\t Wrocław ")[0].typed == "nocleg Wrocław"
    assert len(read(q="x" * 5000)[0].typed) == 200


def test_every_field_has_a_parameter():
    request = FinderRequest(
        View.from_query({}), "x", "l:1", "p:50.06,19.94", "dps", ("open",), True, 30, True
    )
    assert len(set(request.to_query()) - {"lang"}) == len(fields(FinderRequest)) - 1
