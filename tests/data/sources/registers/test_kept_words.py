"""What is kept of a row that was not taken."""

import pytest

from data.sources.registers.kept_words import kept_cells, kept_reason


def test_cells_are_kept_under_their_labels() -> None:
    cells = {"A 'Nazwa'": "Dom\nPod Lipą", "B 'Uwagi'": "", "C 'Miejsca'": "12"}
    assert kept_cells(cells) == "A 'Nazwa': Dom Pod Lipą; C 'Miejsca': 12"


def test_cell_with_a_persons_name_is_not_kept() -> None:
    kept = kept_cells({"A 'Nazwa'": "Dom", "B 'Uwagi'": "pytać: Jadwiga Niewidoczna"})
    assert kept.startswith("A 'Nazwa': Dom; B 'Uwagi': (looks like a private person's name")
    assert "Niewidoczna" not in kept


@pytest.mark.parametrize(
    ("form", "visibility", "is_of_protection", "is_kept"),
    [
        ("BEZ-SCH", None, False, True),
        ("BEZ-SCH", "public", False, True),
        ("BEZ-SCH", "gmina_centroid", False, False),
        ("BEZ-SCH", "poufne", False, False),
        ("KRY-DMK", None, False, False),
        ("KRY-DMK", "public", True, False),
        (None, None, False, False),
        (None, None, True, True),
    ],
)
def test_words_of_a_place_that_is_or_may_be_protected_are_not_kept(
    form, visibility, is_of_protection, is_kept
) -> None:
    kept = kept_reason(
        "street: 'przy Tajemnej'",
        support_form=form,
        visibility=visibility,
        is_of_protection=is_of_protection,
    )
    assert ("Tajemn" in kept) is is_kept
    assert is_kept or "look at the row in the file" in kept


def test_form_that_cannot_be_read_is_told_but_not_with_an_address_in_it() -> None:
    kept = kept_reason("kind: 'Tajemna 7'", support_form=None, visibility=None, is_of_protection=True)
    assert "Tajemn" not in kept
