"""Codes that a spreadsheet took for numbers: given back where that is sure, refused where it is not."""

import pytest

from data.sources.registers.code_text import (
    area_code,
    bare_code,
    gmina_code,
    postal_code,
    written_out,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("201", "0201"),
        ("20101", "020101"),
        ("401", "0401"),
        ("0401", "0401"),
        ("2", "02"),
        ("201.0", "0201"),
        ("201,0", "0201"),
        ("'0201", "0201"),
        ('="020101"', "020101"),
        ("401011", "040101"),
        ("126101", "126101"),
        ("1261011", "126101"),
        ("126101_1", "126101"),
        ("1,26101E+05", "126101"),
        ("12", "12"),
        ("00", "00"),
        ("980101", "980101"),
    ],
)
def test_zero_that_is_surely_lost_is_given_back(text, code):
    assert area_code(text) == code


@pytest.mark.parametrize(
    "text", ["40", "4001", "121", "0", "1,261E+06", "12610112", "Kraków", "1206000000", ""]
)
def test_what_begins_no_voivodeship_is_no_code(text):
    assert area_code(text) is None


def test_six_digits_are_a_gmina_or_seven_without_their_zero_as_the_voivodeship_says():
    assert gmina_code("201011") == "201011"
    assert gmina_code("201011", voivodeship_code="20") == "201011"
    assert gmina_code("201011", voivodeship_code="02") == "020101"


def test_code_that_may_lack_its_end_is_not_repaired():
    """26501 is 026501, but in the voivodeship 26 it may be 26501?."""
    assert gmina_code("26501", voivodeship_code="02") == "026501"
    assert gmina_code("26501", voivodeship_code="26") is None
    assert area_code("201", voivodeship_code="20") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("30-001", "30-001"),
        ("30001", "30-001"),
        ("30 001", "30-001"),
        ("30–001", "30-001"),
        ("30001.0", "30-001"),
        ("5120", "05-120"),
        ("5-120", "05-120"),
        ("3,0001E+04", "30-001"),
        ("950", None),
        ("3E+04", None),
        ("30-0011", None),
    ],
)
def test_postal_codes_get_their_zero_and_dash_back(text, code):
    assert postal_code(text) == code


def test_number_in_scientific_form_is_written_out_only_when_whole():
    assert written_out("6,01235789E+08") == "601235789"
    assert written_out("6,01235E+08") is None
    assert bare_code("12 61 01") == "126101"
