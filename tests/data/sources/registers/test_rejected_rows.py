"""A rejected row keeps the cells that its profile reads, so that a clerk finds it, and no word of any other."""

import pytest

from data.sources.registers.profile import load_profile
from data.sources.registers.registers import read_register

MANAGER = "Jadwiga Niewidoczna"
PROFILE = """
[register]
code = "small"
form = "CAL-DPS"
voivodeship = "12"
key = ["facility_name", "locality_name"]

[columns.facility_name]
header = "Dom"

[columns.locality_name]
header = "Miejscowość"

[columns.street_address]
header = "Ulica"
required = false

[columns.capacity_places]
header = "Liczba miejsc"

[columns.note]
header = "Uwagi"
required = false

[rows]
reject = [{ pattern = "^Stary", reason = "listed_twice" }]

[totals]
pattern = "^Razem"
group = "register"
quantities = ["capacity_places"]
"""
OF_MANY_FORMS = PROFILE.replace('form = "CAL-DPS"\n', "").replace(
    "[rows]", '[columns.support_form]\nheader = "Forma"\n\n[rows]'
)
WITH_VISIBILITY = PROFILE.replace("[rows]", '[columns.visibility]\nheader = "Widoczność"\n\n[rows]')


def rejected(folder, text, profile=PROFILE):
    (folder / "small.toml").write_text(profile, encoding="utf-8")
    (folder / "small.csv").write_text(text, encoding="utf-8")
    staged = read_register(load_profile(folder / "small.toml"), folder / "small.csv")
    assert staged.rows_read == len(staged.records) + len(staged.rejected)
    return dict(staged.rejected[["reason", "detail"]].itertuples(index=False, name=None))


def test_rows_of_a_rule_and_totals_keep_only_what_is_read(tmp_path):
    kept = rejected(
        tmp_path,
        "Dom,Kierownik,Miejscowość,Liczba miejsc,E-mail\n"
        f"Stary Dom,{MANAGER},Bochnia,10,j.niewidoczna@dom.example\n"
        f"Dom Pod Lipą,{MANAGER},Bochnia,10,\n"
        f"Razem,{MANAGER},,10,\n",
    )
    assert kept == {
        "listed_twice": "1 'Dom': Stary Dom; 3 'Miejscowość': Bochnia; 4 'Liczba miejsc': 10",
        "total_row": "1 'Dom': Razem; 4 'Liczba miejsc': 10",
    }


def test_person_in_a_cell_that_is_read_is_not_kept(tmp_path):
    kept = rejected(
        tmp_path,
        "Dom,Miejscowość,Liczba miejsc,Uwagi\n"
        f"Stary Dom,Bochnia,10,pytać: {MANAGER}\n"
        f"Dom Pod Lipą,Bochnia,pyta {MANAGER},\n",
    )
    person = "looks like a private person's name, not kept; look at the row in the file"
    assert kept["listed_twice"].endswith(f"4 'Uwagi': ({person})")
    assert kept["not_a_number"] == (
        f"column 3 'Liczba miejsc': the cell {person}. Write digits only, without a mark of "
        "thousands, and put words into a column of notes."
    )


def test_words_beyond_the_header_are_not_kept(tmp_path):
    kept = rejected(tmp_path, f"Dom,Miejscowość,Liczba miejsc\nDom Pod Lipą,Bochnia,10,{MANAGER}\nDom,B,1,\n")
    assert "4 or more cells, 3 in the header" in kept["too_many_cells"]
    assert MANAGER not in kept["too_many_cells"]


@pytest.mark.parametrize(
    ("profile", "label", "word"),
    [
        (PROFILE.replace("CAL-DPS", "KRY-DMK"), "Inne", ""),
        (OF_MANY_FORMS, "Forma", "KRY-DMK"),
        (OF_MANY_FORMS, "Forma", "dom dla matek"),
        (WITH_VISIBILITY, "Widoczność", "hidden"),
        (WITH_VISIBILITY, "Widoczność", "poufne"),
    ],
)
def test_row_of_a_place_that_is_or_may_be_protected_keeps_no_cell(tmp_path, profile, label, word):
    kept = rejected(
        tmp_path,
        f"Dom,Miejscowość,Ulica,Liczba miejsc,{label}\n"
        f"Stary Dom,Sekretowo,ul. Tajemna 7,10,{word}\n"
        f'Dom Pod Lipą,Sekretowo,ul. Tajemna 7,"pięć, ul. Tajemna 7",{word}\n'
        f"Razem,Sekretowo,ul. Tajemna 7,10,{word}\n",
        profile,
    )
    assert len(kept) == 3
    for detail in kept.values():
        assert "Tajemn" not in detail
        assert "Sekretow" not in detail
        assert "look at the row in the file" in detail


def test_form_or_visibility_that_is_wrong_is_told(tmp_path):
    header = "Dom,Miejscowość,Ulica,Liczba miejsc"
    row = "Dom Pod Lipą,Sekretowo,ul. Tajemna 7,10"
    kept = rejected(tmp_path, f"{header},Forma\n{row},dom dla matek\n", OF_MANY_FORMS)
    assert kept["unknown_value"].startswith("column 5 'Forma': support_form: 'dom dla matek'. ")
    kept = rejected(tmp_path, f"{header},Widoczność\n{row},poufne\n", WITH_VISIBILITY)
    assert kept["unknown_value"].startswith("column 5 'Widoczność': visibility: 'poufne', expected one of ")


def test_form_that_cannot_be_read_withholds_nothing_where_all_are_public(tmp_path):
    profile = OF_MANY_FORMS.replace(
        'header = "Forma"', 'header = "Forma"\nmap = { dps = "CAL-DPS", klub = "DZI-KLS" }'
    )
    kept = rejected(
        tmp_path,
        "Dom,Miejscowość,Liczba miejsc,Forma\nStary Dom,Bochnia,10,\nDom,Bochnia,10,dps\n",
        profile,
    )
    assert kept["listed_twice"].startswith("1 'Dom': Stary Dom; 2 'Miejscowość': Bochnia")
