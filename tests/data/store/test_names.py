"""Folding of names."""

import pytest

from data.store.names import fold


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Łódź", "lodz"),
        ("Krynica - Zdrój", "krynica zdroj"),
        ("  ŻÓŁĆ  ", "zolc"),
        ("Z\u0301dz\u0301bło", "zdzblo"),
        ("Jerzmanowice-Przeginia", "jerzmanowice przeginia"),
        ("…", ""),
    ],
)
def test_fold(text, expected):
    assert fold(text) == expected
