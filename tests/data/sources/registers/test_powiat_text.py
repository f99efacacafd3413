"""Names of powiats and cities with what registers put before and behind them."""

import pytest

from data.sources.registers.powiat_text import read_powiat, without_capital


@pytest.mark.parametrize(
    "text",
    [
        "m. st. Warszawa",
        "m.st. Warszawa",
        "M. ST. WARSZAWA",
        "Miasto Stołeczne Warszawa",
        "Powiat m.st. Warszawa",
        "Warszawa - miasto",
        "Warszawa (miasto na prawach powiatu)",
        "miasto na prawach powiatu Warszawa",
        "m. Warszawa na prawach powiatu",
        "powiat grodzki Warszawa",
    ],
)
def test_city_is_known_by_its_name(text):
    assert read_powiat(text) == ("Warszawa", True)


@pytest.mark.parametrize(
    "text",
    [
        "pow. krakowski",
        "pow.krakowski",
        "Powiat Krakowski",
        "powiatu krakowskiego",
        "powiecie krakowskim",
        "krakowski ziemski",
        "powiat krakowski (ziemski)",
    ],
)
def test_land_powiat_is_known_by_its_adjective(text):
    assert read_powiat(text) == ("krakowski", False)


def test_names_of_two_words_stay_whole():
    assert read_powiat("powiatu warszawskiego zachodniego") == ("warszawski zachodni", False)
    assert read_powiat("Ruda Śląska") == ("Ruda Śląska", True)
    assert read_powiat("powiat m. Bielsko-Biała") == ("Bielsko-Biała", True)


def test_capital_of_a_locality_is_bare():
    assert without_capital("m. st. Warszawa") == without_capital("m.st.Warszawa") == "Warszawa"
    assert without_capital("Miasto") == "Miasto"
