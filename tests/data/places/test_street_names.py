import pytest

from data.places.address_answers import same_street
from data.places.street_names import likeness, street_name

_SAME = [
    ("J. Piłsudskiego", "Marszałka Józefa Piłsudskiego"),
    ("al. Marsz. Piłsudskiego", "Aleja Józefa Piłsudskiego"),
    ("Piłsudskiego Józefa", "Józefa Piłsudskiego"),
    ("Trzeciego Maja", "ul. 3-go Maja"),
    ("11-go Listopada", "11 Listopada"),
    ("3 Maja", "Konstytucji 3 Maja"),
    ("M. Skłodowskiej-Curie", "Marii Curie-Skłodowskiej"),
    ("E. K. Wojtyłów", "Emilii i Karola Wojtyłów"),
    ("Kluzeka", "Piotra Kluzeka"),
    ("Sobieskiego", "Króla Jana III Sobieskiego"),
    ("Żwirki i Wigury", "Franciszka Żwirki i Stanisława Wigury"),
    ("al. MB Fatimskiej", "Aleja Matki Bożej Fatimskiej"),
    ("Powstańców Wlkp.", "Powstańców Wielkopolskich"),
    ("al. 1000-lecia", "Aleja Tysiąclecia"),
    ("rynek Rynek", "Rynek"),
    ("ks. Jana Ficka", "Księdza Jana Ficka"),
    ("Beethovena", "Ludwiga van Beethovena"),
    ("L. van Beethovena", "Ludwiga van Beethovena"),
    ("Roosevelta", "Prezydenta Franklina Delano Roosevelta"),
    ("ul. bł. Faustyny", "Błog. Faustyny"),
    ("PCK", "Polskiego Czerwonego Krzyża"),
]
_OTHER = [
    ("Boczna", "Podmiejska Boczna"),
    ("1 Maja", "3 Maja"),
    ("Jana Kochanowskiego", "Adama Kochanowskiego"),
    ("Leśna", "Leska"),
    ("Góry", "Zielonej Góry"),
    ("Ludwiga", "Ludwiga van Beethovena"),
    ("Armii Krajowej", "Armii Ludowej"),
]


@pytest.mark.parametrize(("first", "second"), _SAME)
def test_one_street_is_written_in_many_ways(first: str, second: str) -> None:
    assert likeness(street_name(first), street_name(second)) > 0
    assert likeness(street_name(second), street_name(first)) > 0


@pytest.mark.parametrize(("first", "second"), _OTHER)
def test_names_that_only_look_alike_are_of_other_streets(first: str, second: str) -> None:
    assert likeness(street_name(first), street_name(second)) == 0
    assert not same_street(first, second)


def test_of_two_streets_that_differ_by_a_title_the_very_name_is_more_alike():
    wanted = street_name("ul. Józefa")
    assert likeness(wanted, street_name("Józefa")) > likeness(wanted, street_name("Księcia Józefa")) > 0


def test_a_square_is_no_street_of_its_name():
    assert street_name("pl. Kościuszki").kind == "plac"
    assert not same_street("pl. Kościuszki", "Kościuszki")
