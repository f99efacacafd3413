"""The one order of secrecy: two words swapped would show what is hidden."""

from itertools import pairwise

import pytest

from data.store.visibility import NOT_SHOWN, PROTECTED, VISIBILITIES, is_public, secrecy, strictest


def test_the_order_from_open_to_secret():
    assert VISIBILITIES == ("public", "gmina_centroid", "staff", "hidden")
    assert [secrecy(word) for word in VISIBILITIES] == [0, 1, 2, 3]
    assert PROTECTED == ("gmina_centroid", "staff", "hidden")
    assert NOT_SHOWN == ("staff", "hidden")


@pytest.mark.parametrize(
    ("open_one", "secret_one"), list(pairwise(("public", "gmina_centroid", "staff", "hidden")))
)
def test_the_stricter_of_two_counts_in_either_order(open_one, secret_one):
    assert strictest([open_one, secret_one]) == strictest([secret_one, open_one]) == secret_one


def test_a_missing_word_opens_nothing_and_an_unknown_one_is_no_word():
    assert strictest([None, "staff", None]) == "staff"
    assert strictest([]) == "public"
    assert is_public(None)
    assert not is_public("gmina_centroid")
    with pytest.raises(ValueError, match="not in tuple"):
        secrecy("secret")
