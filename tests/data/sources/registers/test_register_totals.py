"""What docs/adding-a-register.md says of `skip`, `reject`, `[totals]` and `cut`; sums with nothing beside them."""

import pytest

from data.__main__ import main
from data.sources.registers.profile import load_profile
from data.sources.registers.registers import read_register
from data.store.errors import RegisterError

PROFILE = """
[register]
code = "domy"
form = "CAL-DPS"
voivodeship = "12"
key = ["facility_name"]
[columns.stated_powiat_name]
header = "powiat"
[columns.facility_name]
header = "nazwa"
[columns.capacity_places]
header = "miejsca"
[columns.vacant_places]
header = "wolne"
"""
TOTALS = """
[totals]
{column}pattern = '{pattern}'
group = "{group}"
quantities = ["capacity_places", "vacant_places"]
"""
ROWS = """powiat,nazwa,miejsca,wolne
bocheński,Dom A,10,1
bocheński,Dom B,20,2
bocheński,RAZEM,30,3
brzeski,Dom C,5,0
"""


def _profile(folder, more=""):
    path = folder / "domy.toml"
    path.write_text(PROFILE + more, encoding="utf-8")
    return load_profile(path)


def _read(folder, more="", rows=ROWS):
    (folder / "domy.csv").write_text(rows, encoding="utf-8")
    return read_register(_profile(folder, more), folder / "domy.csv")


def _totals(*, column="facility_name", pattern="^RAZEM$", group="stated_powiat_name"):
    return TOTALS.format(column=f'column = "{column}"\n' if column else "", pattern=pattern, group=group)


def _reasons(staged):
    return staged.rejected["reason"].tolist()


def test_pattern_without_a_column_is_looked_for_in_all_words_of_the_row(tmp_path):
    for pattern in ("RAZEM 30", "(?i)razem", "bocheński RAZEM"):
        staged = _read(tmp_path, _totals(column="", pattern=pattern))
        assert _reasons(staged) == ["total_row"]
        assert staged.totals["stated"].tolist() == [30, 3]
    # A home whose name has the word is taken for a total: that is what `column` and `^…$` are for.
    staged = _read(tmp_path, _totals(column="", pattern="Dom C"))
    assert _reasons(staged) == ["total_row"]


def test_skipped_rows_are_not_counted_and_rejected_ones_come_before_totals(tmp_path):
    assert _read(tmp_path, '[rows]\nskip = ["^bocheński RAZEM"]').rows_read == 3
    rules = '[rows]\nreject = [{ pattern = "RAZEM", reason = "counted_elsewhere" }]\n'
    staged = _read(tmp_path, rules + _totals())
    assert (staged.rows_read, _reasons(staged), len(staged.totals)) == (4, ["counted_elsewhere"], 0)


def test_sums_without_a_total_are_named(tmp_path):
    staged = _read(tmp_path, _totals())
    assert staged.totals[["label", "stated", "computed"]].to_numpy().tolist() == [
        ["bocheński", 30, 30],
        ["bocheński", 3, 3],
    ]
    assert staged.not_compared == (("brzeski", "no total of capacity_places, vacant_places"),)
    assert _read(tmp_path, _totals(group="register")).not_compared == ()
    assert _read(tmp_path).not_compared == ()


def test_quantity_without_a_number_is_not_compared(tmp_path):
    staged = _read(tmp_path, _totals(group="register"), ROWS.replace("30,3", "30,X"))
    assert staged.not_compared == (("razem", "no total of vacant_places"),)
    staged = _read(tmp_path, _totals(group="register"), ROWS.replace("30,3", "X,X"))
    assert staged.not_compared == (
        ("razem", "the total rows found (1) have no number in capacity_places, vacant_places"),
    )


@pytest.mark.parametrize(
    ("column", "where"), [("facility_name", "the column facility_name"), ("", "all words of a row")]
)
def test_totals_that_the_file_does_not_have_are_told(tmp_path, column, where):
    staged = _read(tmp_path, _totals(column=column, pattern="^OGÓŁEM"))
    ((label, why),) = staged.not_compared
    assert (label, why) == ("razem", f"no row fits the pattern '^OGÓŁEM' of [totals], looked for in {where}")


def test_try_says_that_nothing_was_compared(tmp_path, capsys):
    for more, told in (
        ("", "  not compared: its profile names no totals ([totals]), or its format has none"),
        (_totals(), "  not compared: brzeski: no total of capacity_places, vacant_places"),
    ):
        _read(tmp_path, more)
        assert main(["try", str(tmp_path / "domy.toml"), str(tmp_path / "domy.csv")]) == 0
        assert told in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (
            _totals().replace("pattern = '^RAZEM$'\n", ""),
            "totals: Value error, [totals] needs a `pattern` of its rows",
        ),
        (_totals(pattern=""), "[totals] needs a `pattern` of its rows"),
        (_totals(column="", pattern=".*"), "totals: expected a pattern that fits some rows, found '.*'"),
        ('[rows]\nskip = [""]', "rows.skip: expected a pattern that fits some rows, found ''"),
        (
            '[rows]\nreject = [{ pattern = "", reason = "x" }]',
            "rows.reject: expected a pattern that fits some rows",
        ),
        ('[rows]\nskip = [{ pattern = "x", column = "facility_name" }]', "belong to `reject` in [rows]"),
    ],
)
def test_pattern_that_is_missing_or_fits_every_row_is_refused(tmp_path, more, told):
    with pytest.raises(RegisterError) as caught:
        _profile(tmp_path, more)
    assert told in str(caught.value)


CUT = PROFILE.replace('header = "nazwa"', 'header = "nazwa"\naddress = "cut"')


@pytest.mark.parametrize(
    ("cell", "name", "street", "locality"),
    [
        ("Dom A, Klimkówka 67, 38-312 Ropa", "Dom A", "Klimkówka 67", "Klimkówka"),
        ("Dom A\nKlimkówka 67", "Dom A", "Klimkówka 67", "Klimkówka"),
        ("Dom A ul. Parkowa 1, 30-001 Kraków", "Dom A", "ul. Parkowa 1", "Kraków"),
        ("Dom A 30-001 Kraków", "Dom A", None, "Kraków"),
        ("Dom A, Kraków", "Dom A, Kraków", None, None),
        ("Dom A, Parkowa 1, 30-001 Kraków", "Dom A", "Parkowa 1", "Parkowa"),
    ],
)
def test_cut_needs_something_that_parts_the_name_from_the_address(tmp_path, cell, name, street, locality):
    (tmp_path / "domy.toml").write_text(CUT, encoding="utf-8")
    (tmp_path / "domy.csv").write_text(f'powiat,nazwa,miejsca,wolne\nx,"{cell}",1,0\n', encoding="utf-8")
    (record,) = read_register(load_profile(tmp_path / "domy.toml"), tmp_path / "domy.csv").records.to_dict(
        "records"
    )
    found = (record["facility_name"], record["street_address"], record["locality_name"])
    assert found == (name, street, locality)


@pytest.mark.parametrize("cell", ["Dom A Klimkówka 67", "Dom A Parkowa 1, 30-001 Kraków", "Dom Nr 2"])
def test_cell_that_cannot_be_cut_rejects_its_row_with_what_to_do(tmp_path, cell):
    (tmp_path / "domy.toml").write_text(CUT, encoding="utf-8")
    (tmp_path / "domy.csv").write_text(f'powiat,nazwa,miejsca,wolne\nx,"{cell}",1,0\n', encoding="utf-8")
    staged = read_register(load_profile(tmp_path / "domy.toml"), tmp_path / "domy.csv")
    (row,) = staged.rejected.to_dict("records")
    assert row["reason"] == "no_name_before_address"
    assert "Part name and address by a comma" in row["detail"]
