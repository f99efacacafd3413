import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.errors import TerytError
from geo.teryt import VOIVODESHIPS, Teryt


def test_gmina_of_seven_digits():
    code = Teryt.parse("1206012")
    assert code.level == "gmina"
    assert (code.area_code, code.powiat_code, code.voivodeship_code) == ("120601", "1206", "12")
    assert str(code) == "1206012"


def test_gmina_of_six_digits_has_no_type():
    code = Teryt.parse("020101")
    assert code.level == "gmina"
    assert code.area_code == "020101"
    assert code != Teryt.parse("0201011")


def test_underscore_is_only_a_way_of_writing():
    assert Teryt.parse("060802_2") == Teryt.parse("0608022")


def test_parents_go_up_to_the_voivodeship():
    gmina = Teryt.parse("1206012")
    assert gmina.parent == Teryt.parse("1206")
    assert gmina.parent.parent == Teryt.parse("12")
    assert gmina.parent.parent.parent is None
    assert gmina.parent.area_code == "1206"
    assert Teryt.parse("12").powiat_code is None


def test_krakowski_and_m_krakow_are_different_powiats():
    land, city = Teryt.parse("1206"), Teryt.parse("1261")
    assert land.level == city.level == "powiat"
    assert not land.is_city_powiat
    assert city.is_city_powiat
    assert Teryt.parse("1261011").is_city_powiat
    assert not Teryt.parse("12").is_city_powiat


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "another form"),
        ("1", "another form"),
        ("123", "another form"),
        ("12345", "another form"),
        ("12060122", "another form"),
        (" 1206012", "another form"),
        ("1206012\n", "another form"),
        ("12060_12", "another form"),
        ("١٢", "another form"),
        ("00", "Poland"),
        ("03", "no voivodeship 03"),
        ("34", "no voivodeship 34"),
        ("0200000", "padded"),
        ("1200", "padded"),
        ("120600", "padded"),
        ("1206016", "no gmina type 6"),
        (201011, "int, not text"),
        (None, "NoneType, not text"),
    ],
)
def test_other_values_are_named_and_explained(text, reason):
    with pytest.raises(TerytError, match=reason) as caught:
        Teryt.parse(text)
    assert repr(text) in str(caught.value)
    assert caught.value.facts["value"] == text


def test_sixteen_voivodeships_in_order():
    assert len(VOIVODESHIPS) == 16
    assert list(VOIVODESHIPS) == sorted(VOIVODESHIPS)
    assert VOIVODESHIPS["12"] == "małopolskie"
    assert all(Teryt.parse(code).level == "voivodeship" for code in VOIVODESHIPS)


@given(st.text(alphabet=string.digits + "_", max_size=9))
@example("000000_0")
def test_whatever_parses_stays_the_same_and_lies_in_its_parents(text):
    try:
        code = Teryt.parse(text)
    except TerytError as error:
        assert repr(text) in str(error)  # noqa: PT017 (either outcome is right; each has its claim)
        return
    assert Teryt.parse(str(code)) == code
    assert code.area_code.startswith(code.voivodeship_code)
    assert code.parent is None or code.teryt_code.startswith(str(code.parent))
