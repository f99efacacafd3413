import pytest

from data.places.locality_names import fold_locality


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Gródek N/Dunajcem", "grodek nad dunajcem"),
        ("Gródek nad Dunajcem", "grodek nad dunajcem"),
        ("Wola k/ Lubartowa", "wola kolo lubartowa"),
        ("Zalesie p/Lasem", "zalesie pod lasem"),
        # A longer word and a number before the stroke are no "nad".
        ("Bierutów-Sp/Wieś", "bierutow sp wies"),
        ("Osada n/2", "osada n 2"),
        ("Krynica - Zdrój", "krynica zdroj"),
        ("", ""),
    ],
)
def test_what_stands_before_a_river_is_written_out(name, folded):
    assert fold_locality(name) == folded
