"""CSV files of every usual encoding and separator, told by their content."""

import pytest

from data.sources.cell_text import cell_text
from data.sources.registers.profile_tables import File
from data.sources.tables.delimited_text import decode, tell_separator
from data.sources.tables.table_file import read_table_file
from data.store.errors import RegisterError

AUTO = File()
TEXT = "Powiat;Dom;Adres\nżywiecki;Dom „Pod Lipą”;ul. Źródlana 5, Żywiec\nłódzki;Śnieżka;ul. Ćwiklińskiej 3, Łódź\n"
PLAIN = TEXT.replace("„", '""').replace("”", '""').replace('Dom ""Pod Lipą""', '"Dom ""Pod Lipą"""')


def _write(folder, content):
    (folder / "a.csv").write_bytes(content)
    return folder / "a.csv"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", TEXT),
        ("utf-8-sig", TEXT),
        ("utf-16", TEXT),
        ("cp1250", TEXT),
        ("iso-8859-2", PLAIN),
        ("cp1250", PLAIN),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encoding_and_separator_need_not_be_told(tmp_path, encoding, text, line_end):
    table = read_table_file(_write(tmp_path, text.replace("\n", line_end).encode(encoding)), AUTO)

    assert table.rows[0] == ["Powiat", "Dom", "Adres"]
    assert table.rows[2] == ["łódzki", "Śnieżka", "ul. Ćwiklińskiej 3, Łódź"]
    assert table.numbers == [1, 2, 3]


@pytest.mark.parametrize("letter", "ąśźĄŚŹ")
@pytest.mark.parametrize("encoding", ["cp1250", "iso-8859-2", "utf-8"])
def test_one_letter_that_the_encodings_write_otherwise_is_enough(letter, encoding):
    decoded = decode(f"a,b\n1,d{letter}b\n".encode(encoding), "a.csv")

    assert (decoded.text[7], decoded.encoding) == (letter, encoding)


def test_capitals_of_windows_that_look_like_utf8_are_not_taken_for_it():
    """ÓŻ is 0xD3 0xAF in Windows-1250, which is also a Cyrillic letter in UTF-8."""
    assert decode("UL. RÓŻANA".encode("cp1250"), "a.csv").text == "UL. RÓŻANA"
    assert decode("вул. Руська".encode(), "a.csv").text == "вул. Руська"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separator_is_the_one_that_parts_all_rows_alike(separator):
    rows = [["Dom", "Adres", "Miejsca"], ["A", "ul. Długa 5, Kraków; wejście B", "10"], ["B", "x|y, z", "5"]]
    quoted = [[f'"{cell}"' if any(char in cell for char in ",;|") else cell for cell in row] for row in rows]

    assert tell_separator("\n".join(separator.join(row) for row in quoted)) == separator


def test_commas_within_cells_do_not_outvote_the_separator():
    rows = "".join(f"Dom {number};ul. Długa {number}, 30-001, Kraków, Polska\n" for number in range(20))

    assert tell_separator("Dom;Adres\n" + rows) == ";"


def test_separator_line_of_excel_is_not_a_row(tmp_path):
    table = read_table_file(_write(tmp_path, b"sep=|\r\nDom|Miejsca\r\nA;B,C|1\r\n"), AUTO)

    assert table.rows == [["Dom", "Miejsca"], ["A;B,C", "1"]]
    assert table.numbers == [2, 3]


def test_one_column_is_a_table_too(tmp_path):
    assert read_table_file(_write(tmp_path, b"Dom\nA\nB\n"), AUTO).rows == [["Dom"], ["A"], ["B"]]


def test_row_in_another_encoding_is_named_with_its_bytes(tmp_path):
    content = "Dom,Miasto\nŻabka,Łódź\n".encode() + "Sójka,Łowicz\n".encode("cp1250")

    with pytest.raises(RegisterError) as caught:
        read_table_file(_write(tmp_path, content), AUTO)

    message = str(caught.value)
    assert message.startswith("a.csv, row 3: expected text in utf-8, found the bytes 0xF3")
    assert "'Sójka,Łowicz' in Windows-1250" in message
    assert "save it as UTF-8" in message
    assert caught.value.facts["row"] == 3


def test_row_in_utf8_within_windows_1250_is_mixed_too(tmp_path):
    content = "Dom,Miasto\nŻabka,Łódź\n".encode("cp1250") + "Sójka,Łowicz\n".encode()

    with pytest.raises(RegisterError, match=r"a\.csv, row 2: expected text in utf-8, found the bytes 0xAF"):
        read_table_file(_write(tmp_path, content), AUTO)


def test_encoding_we_do_not_know_is_not_guessed(tmp_path):
    with pytest.raises(RegisterError, match=r"row 2: expected text in UTF-8, Windows-1250 or ISO-8859-2"):
        read_table_file(_write(tmp_path, "Dom,Miasto\nŻółć,Łódź źle\n".encode("cp852")), AUTO)


def test_declared_encoding_is_obeyed(tmp_path):
    path = _write(tmp_path, "Dom,Miasto\nŻółć,Łódź\n".encode("cp852"))

    assert read_table_file(path, File(encoding="cp852", separator=",")).rows[1] == ["Żółć", "Łódź"]
    with pytest.raises(RegisterError, match=r"row 2: expected text in utf-8, found the bytes 0xBD"):
        read_table_file(path, File(encoding="utf-8"))


def test_nul_bytes_control_characters_and_parted_letters_are_cleaned(tmp_path):
    table = read_table_file(_write(tmp_path, "Dom,Uwagi\nŁo\u0301dz\u0301\0,a\x07b\x1b\n".encode()), AUTO)

    assert (table.text(1, 0), table.text(1, 1)) == ("Łódź", "ab")
    assert cell_text("z\u0307o\u0301ł\u200bty") == "żółty"


def test_open_quotation_is_named_with_its_row(tmp_path):
    with pytest.raises(RegisterError, match=r"a\.csv, row 2: .*quotation mark that is not closed"):
        read_table_file(_write(tmp_path, b'Dom,Miejsca\n"Dom Pod Lip,1\nB,2\n'), AUTO)


def test_million_columns_are_refused(tmp_path):
    with pytest.raises(RegisterError, match=r"row 2: expected at most 1,000 columns, found 1,000,001"):
        read_table_file(_write(tmp_path, b"a,b\n" + b"," * 1_000_000), AUTO)


def test_many_rows_are_refused(tmp_path):
    with pytest.raises(RegisterError, match="expected at most 300,000 rows, found 310,000"):
        read_table_file(_write(tmp_path, b"a,b\n" * 400_000), AUTO)


def test_word_that_begins_like_a_picture_is_text(tmp_path):
    assert read_table_file(_write(tmp_path, b"BMI,MZ\n1,2\n"), AUTO).rows[0] == ["BMI", "MZ"]
