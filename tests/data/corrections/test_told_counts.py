"""What is told of reports by area: five at least, and nothing of fewer follows from the difference of two levels."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.corrections.told_counts import LEAST_SHOWN, told_gminas

LEVELS = ("gmina", "powiat", "voivodeship")
MOST = 6
"""Reports of a gmina in the property below: few enough to try every world, and more than are needed to be told."""


def told(counts, level, known=()):
    """Return what is told of gminas with some reports each."""
    found = told_gminas(counts, {*counts, *known}, level=level)
    return {code: sum(counts[gmina] for gmina in gminas) for code, gminas in found.items()}


def test_a_gmina_is_told_from_five_reports_on():
    assert told({"120101": 4, "120102": 5}, "gmina") == {"120102": 5}


def test_a_powiat_has_what_its_gminas_tell_and_no_single_report_more():
    """12 in all would tell that the other gmina has 4."""
    assert told({"120101": 8, "120102": 4}, "powiat") == {"1201": 8}


def test_of_two_gminas_with_few_a_total_would_tell_that_each_has_some():
    assert told({"120101": 3, "120102": 4}, "powiat") == {}


def test_many_gminas_with_few_are_told_together():
    few = {f"12010{number}": 2 for number in range(1, 5)}
    assert told(few, "gmina") == {}
    assert told(few, "powiat") == {"1201": 8}
    assert told(few, "voivodeship") == {"12": 8}


def test_gminas_without_a_report_hide_those_with_some():
    assert told({"120101": 3, "120102": 4}, "powiat", known={"120103", "120104"}) == {"1201": 7}


def test_a_voivodeship_does_not_tell_what_its_powiats_keep():
    assert told({"120101": 8, "120102": 3, "120201": 6}, "voivodeship") == {"12": 14}


WORLD = ("120101", "120102", "120103", "120201", "120202", "120301")
"""Three powiats, one of them a town with the rights of one."""


def everything_told(counts):
    return tuple(sorted((level, *entry) for level in LEVELS for entry in told(counts, level).items()))


@pytest.fixture(scope="module")
def worlds_of():
    """Give every world of few reports by what it tells on all levels: what a reader of all of them knows."""
    found = {}
    for counts in product(range(MOST), repeat=len(WORLD)):
        known = everything_told(dict(zip(WORLD, counts, strict=True)))
        found.setdefault(known, []).append(counts)
    return found


def test_whoever_compares_all_levels_learns_of_no_untold_gmina_that_it_has_a_report(worlds_of):
    for known, worlds in worlds_of.items():
        told_gminas = {code for level, code, _ in known if level == "gmina"}
        for place, gmina in enumerate(WORLD):
            if gmina not in told_gminas:
                assert any(counts[place] == 0 for counts in worlds), (known, gmina)


@given(st.lists(st.integers(0, 12), min_size=8, max_size=8))
@settings(max_examples=100, deadline=None)
def test_levels_differ_by_nothing_or_by_enough(counts):
    gminas = [f"12{powiat:02}{number:02}" for powiat, number in product((1, 2), (1, 2, 3, 4))]
    world = dict(zip(gminas, counts, strict=True))
    of_gminas, of_powiats, of_whole = (told(world, level) for level in LEVELS)
    for parts, areas in ((of_gminas, of_powiats), (of_powiats, of_whole)):
        for code, count in areas.items():
            left = count - sum(part for key, part in parts.items() if key.startswith(code))
            assert left == 0 or left >= LEAST_SHOWN
        assert all(any(key.startswith(code) for code in areas) for key in parts)
    assert all(count >= LEAST_SHOWN for told in (of_gminas, of_powiats, of_whole) for count in told.values())
