"""Workbooks good and bad: what is wrong is said with file, sheet and cell, and nothing is unpacked that need not be."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
import xlsxwriter

from data.sources.registers.profile_tables import File
from data.sources.tables.archive import Archive
from data.sources.tables.limits import MOST_COLUMNS, MOST_ROWS
from data.sources.tables.table_file import read_table_file
from data.store.errors import RegisterError

AUTO = File()
ROWS = [["Powiat", "Dom", "Liczba miejsc"], ["krakowski", "Dom Pod Lipą", 10]]


def _xlsx(path: Path, rows=ROWS) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Dane")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(number, column, value)
    return path


def _ole(path: Path, streams: dict[str, bytes]) -> Path:
    """Write an OLE file of large streams: one sector of directory, one of allocation table, then the streams."""
    end, free, own = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    table, body, entries = [own, end], b"", []
    for name, content in streams.items():
        padded = content.ljust(4096, b"\0")
        padded += b"\0" * (-len(padded) % 512)
        first = len(table)
        count = len(padded) // 512
        table += [*range(first + 1, first + count), end]
        entries.append((name, 2, first, len(padded)))
        body += padded
    entries.insert(0, ("Root Entry", 5, end, 0))
    directory = b""
    for place, (name, kind, first, size) in enumerate(entries):
        label = (name + "\0").encode("utf-16-le")
        right = place + 1 if 0 < place < len(entries) - 1 else free
        child = 1 if place == 0 else free
        directory += label.ljust(64, b"\0") + struct.pack("<HBB3I", len(label), kind, 1, free, right, child)
        directory += b"\0" * 36 + struct.pack("<IQ", first, size)
    directory += (b"\0" * 68 + struct.pack("<3I", free, free, free) + b"\0" * 48) * (4 - len(entries))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6)
    header += b"\0" * 6 + struct.pack("<9I", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    allocation = struct.pack("<128I", *(table + [free] * (128 - len(table))))
    path.write_bytes(header + allocation + directory + body)
    return path


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _xls(path: Path, cells: bytes, *, before_sheets: bytes = b"") -> Path:
    """Write an XLS workbook with one sheet "Dane" of these records."""
    beginning = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + before_sheets
    name = b"Dane"
    size = len(beginning) + 4 + 8 + len(name) + 4
    listed = _record(0x85, struct.pack("<IHBB", size, 0, len(name), 0) + name)
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + cells + _record(0xA, b"")
    return _ole(path, {"Workbook": beginning + listed + _record(0xA, b"") + sheet})


def _label(row: int, column: int, text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return _record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + encoded)


def _number(row: int, column: int, number: float) -> bytes:
    return _record(0x203, struct.pack("<HHHd", row, column, 0, number))


def _rezip(path: Path, changes: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()} | changes
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def _refused(path: Path, rules: File = AUTO) -> str:
    with pytest.raises(RegisterError) as caught:
        read_table_file(path, rules)
    message = str(caught.value)
    assert message.startswith(path.name)
    return message


def test_failed_formulas_of_xlsx_keep_their_words(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as workbook:
        sheet = workbook.add_worksheet("Dane")
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(2, 0, "=NA()", None, "#N/A")
        sheet.write_formula(3, 0, "=1+1", None, 2)

    table = read_table_file(tmp_path / "a.xlsx", AUTO)

    assert [[table.text(row, column) for column in (0, 1)] for row in range(4)] == [
        ["a", "b"],
        ["", "#DIV/0!"],
        ["#N/A", ""],
        ["2", ""],
    ]


def test_old_xls_is_read_with_its_failed_formulas(tmp_path):
    formula = struct.pack("<HHH", 2, 1, 0) + b"\x02\x00\x17\x00\x00\x00\xff\xff" + b"\0" * 8
    cells = (
        _label(0, 0, "Dom Łódź") + _number(1, 0, 12) + _record(0x205, struct.pack("<HHHBB", 1, 1, 0, 0x2A, 1))
    )

    table = read_table_file(_xls(tmp_path / "a.xls", cells + _record(0x6, formula)), AUTO)

    assert table.sheet == "Dane"
    assert [[table.text(row, column) for column in (0, 1)] for row in range(3)] == [
        ["Dom Łódź", ""],
        ["12", "#N/A"],
        ["", "#REF!"],
    ]


def test_ods_is_read(tmp_path):
    row = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{word}</text:p></table:table-cell>'
        for word in ("Powiat", "#N/D!")
    )
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Dane"><table:table-row>{row}</table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)

    table = read_table_file(tmp_path / "a.ods", AUTO)

    assert (table.sheet, table.row_text(0)) == ("Dane", "Powiat #N/D!")
    _rezip(tmp_path / "a.ods", {"META-INF/manifest.xml": b"<manifest:encryption-data/>"})
    assert "found one with a password" in _refused(tmp_path / "a.ods")


def test_password_of_each_kind_of_workbook_is_told(tmp_path):
    encrypted = _ole(tmp_path / "new.xlsx", {"EncryptedPackage": b"x", "EncryptionInfo": b"y"})
    old = _xls(tmp_path / "old.xls", _label(0, 0, "a"), before_sheets=_record(0x2F, b"\0" * 54))
    locked = _xlsx(tmp_path / "locked.xlsx")
    content = bytearray(locked.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    locked.write_bytes(content)

    for path in (encrypted, old, locked):
        assert "found one with a password" in _refused(path)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"%PDF-1.7 register", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n....", "a PNG picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG picture"),
        (b"BM\x00\x00\x01\x00", "a BMP picture"),
        (b"\n<!DOCTYPE html><html><table><tr><td>Dom</td></tr></table>", "an HTML page"),
        (b"\xef\xbb\xbf<table><tr><td>Dom</td></tr></table>", "an HTML page"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "XML form of 2003",
        ),
        (b'<?xml version="1.0"?><rejestr/>', "an XML document"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "a web archive"),
        (b"{\\rtf1 Dom}", "an RTF document"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (b"\x00\x01\x02\x03" * 50, "a binary file"),
        ("Powiat;Dom".encode("utf-16-le"), "text in UTF-16 without a byte order mark"),
    ],
)
def test_another_kind_of_file_is_named_whatever_it_is_called(tmp_path, content, found):
    (tmp_path / "rejestr.xls").write_bytes(content)

    message = _refused(tmp_path / "rejestr.xls")

    assert found in message
    assert "Fetch the register itself" in message


def test_other_documents_in_the_same_wrapping_are_named(tmp_path):
    word = _ole(tmp_path / "a.xls", {"WordDocument": b"x"})
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with zipfile.ZipFile(tmp_path / "c.xlsx", "w") as archive:
        archive.writestr("rejestr.csv", "a,b")

    assert "found a Word document (DOC)" in _refused(word)
    assert "found a Word document (DOCX)" in _refused(tmp_path / "b.xlsx")
    assert "found a ZIP archive with rejestr.csv" in _refused(tmp_path / "c.xlsx")


def test_declared_format_must_be_the_real_one(tmp_path):
    message = _refused(_xlsx(tmp_path / "a.csv"), File(format="csv"))

    assert "expected a CSV file, found a workbook or another ZIP archive" in message
    assert "correct `format`" in message


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf\r\n \n", b"\0\0\0\0"])
def test_empty_file_is_told(tmp_path, content):
    (tmp_path / "a.csv").write_bytes(content)

    assert "found an empty file" in _refused(tmp_path / "a.csv")
    assert "expected a file that can be read" in _refused(tmp_path / "missing.csv")
    assert "sheet 'Dane': expected a table, found no words" in _refused(_xlsx(tmp_path / "a.xlsx", []))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_cut_archive_is_broken(tmp_path, share):
    content = _xlsx(tmp_path / "a.xlsx").read_bytes()
    (tmp_path / "a.xlsx").write_bytes(content[: int(len(content) * share)])

    assert "found a broken one" in _refused(tmp_path / "a.xlsx")


def test_damaged_part_is_broken(tmp_path):
    content = bytearray(_xlsx(tmp_path / "a.xlsx").read_bytes())
    content[200] ^= 0xFF
    (tmp_path / "a.xlsx").write_bytes(content)

    assert "found a broken one" in _refused(tmp_path / "a.xlsx")


def test_two_gigabytes_in_ten_kilobytes_are_not_unpacked(tmp_path, monkeypatch):
    path = _xlsx(tmp_path / "bomb.xlsx")
    content = bytearray(path.read_bytes())
    entry = content.rindex(b"xl/worksheets/sheet1.xml") - 46
    content[entry + 24 : entry + 28] = struct.pack("<I", 2 * 2**30)
    path.write_bytes(content)
    monkeypatch.setattr(zlib, "decompressobj", lambda *_: pytest.fail("the bomb was unpacked"))

    with pytest.raises(RegisterError, match=r"bomb\.xlsx: .* found 2,048 MB: an archive bomb"):
        Archive(path)
    assert len(content) < 10_000


def test_ratio_betrays_a_bomb_that_stays_below_the_limit(tmp_path):
    path = _rezip(_xlsx(tmp_path / "bomb.xlsx"), {"xl/worksheets/sheet1.xml": b" " * (32 * 2**20)})

    assert "found 32 MB in" in _refused(path)


def test_directory_that_lies_about_sizes_is_caught_while_unpacking(tmp_path):
    path = _rezip(_xlsx(tmp_path / "bomb.xlsx"), {"xl/worksheets/sheet1.xml": b" " * (64 * 2**20)})
    content = bytearray(path.read_bytes())
    entry = content.rindex(b"xl/worksheets/sheet1.xml") - 46
    # What Python's own zipfile believes: 1,000 bytes, and their checksum.
    content[entry + 16 : entry + 20] = struct.pack("<I", zlib.crc32(b" " * 1000))
    content[entry + 24 : entry + 28] = struct.pack("<I", 1000)
    path.write_bytes(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert len(archive.read("xl/worksheets/sheet1.xml")) == 1000

    assert "more than 1,000 bytes claimed for 'xl/worksheets/sheet1.xml'" in _refused(path)


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("BDWGN1", "cell BDWGN1: expected at most 1,000 columns, found 1,000,000"),
        ("A1048576", "cell A1048576: expected at most 300,000 rows, found 1,048,576"),
    ],
)
def test_stray_cell_far_away_is_named_before_memory_is_taken(tmp_path, cell, found):
    sheet = SHEET.format(f'<row><c r="A1"><v>1</v></c></row><row><c r="{cell}"><v>1</v></c></row>')

    message = _refused(_rezip(_xlsx(tmp_path / "a.xlsx"), {"xl/worksheets/sheet1.xml": sheet.encode()}))

    assert f"a.xlsx, sheet 'Dane', {found}" in message
    assert "delete stray cells" in message


def test_coloured_but_empty_cells_far_away_are_no_cells(tmp_path):
    sheet = SHEET.format(
        '<row><c r="A1" t="inlineStr"><is><t>Dom</t></is></c></row><row><c r="XFD900" s="1"/></row>'
    )

    table = read_table_file(
        _rezip(_xlsx(tmp_path / "a.xlsx"), {"xl/worksheets/sheet1.xml": sheet.encode()}), AUTO
    )

    assert table.rows == [["Dom"]]


def test_rectangle_of_too_many_cells_is_refused(tmp_path):
    rows = "".join(f'<row><c r="{cell}"><v>1</v></c></row>' for cell in ("A1", "ALL2", "A9000"))

    message = _refused(
        _rezip(_xlsx(tmp_path / "a.xlsx"), {"xl/worksheets/sheet1.xml": SHEET.format(rows).encode()})
    )

    assert "expected at most 5,000,000 cells, found 9,000 rows of 1,000 columns" in message


def test_stray_cell_of_an_old_workbook_is_found_too(tmp_path):
    cells = _number(0, 0, 1) + _number(65535, 60000, 1)

    assert "expected at most 1,000 columns, found 60,001" in _refused(_xls(tmp_path / "a.xls", cells))


def test_entities_are_refused(tmp_path):
    sheet = '<!DOCTYPE a [<!ENTITY b "bbbb">]>' + SHEET.format("")

    message = _refused(_rezip(_xlsx(tmp_path / "a.xlsx"), {"xl/worksheets/sheet1.xml": sheet.encode()}))

    assert "found an entity declaration" in message


def test_worker_that_dies_is_a_damaged_file(tmp_path):
    """A million columns repeated a million times in ODS: only the library can tell, and its process pays."""
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="4000000000"/>'
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Dane"><table:table-row>{cell}</table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)

    assert "expected a whole" in _refused(tmp_path / "a.ods")


def test_limits_hold_a_register_of_100_000_rows():
    assert MOST_ROWS >= 2 * 100_000
    assert MOST_COLUMNS >= 100


def test_hidden_rows_of_an_old_workbook_are_told(tmp_path):
    hidden = _record(0x208, struct.pack("<HHHHHHI", 1, 0, 1, 255, 0, 0, 0x20))
    path = _xls(tmp_path / "a.xls", hidden + _label(0, 0, "Dom") + _label(1, 0, "Pod Lipą"))

    table = read_table_file(path, AUTO)

    assert table.text(1, 0) == "Pod Lipą"
    assert table.doubts == [("hidden_rows", {"sheet": "Dane", "rows": 1, "first_row": 2})]


_ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:automatic-styles><style:style style:name="off" style:family="table"><style:table-properties
 table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>
<table:table table:name="Stary" table:style-name="off">{row}</table:table>
<table:table table:name="Nowy">{row}{hidden}</table:table>
</office:spreadsheet></office:body></office:document-content>"""
_ODS_CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'


def test_hidden_sheet_and_filtered_rows_of_an_open_document_are_told(tmp_path):
    row = f"<table:table-row>{_ODS_CELL.format('Dom')}</table:table-row>"
    hidden = f'<table:table-row table:visibility="filter">{_ODS_CELL.format("Pod Lipą")}</table:table-row>'
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", _ODS.format(row=row, hidden=hidden))

    table = read_table_file(path, AUTO)

    assert (table.sheet, table.doubts) == (
        "Nowy",
        [("hidden_rows", {"sheet": "Nowy", "rows": 1, "first_row": 2})],
    )
    assert read_table_file(path, File(sheet="Stary")).doubts == [("hidden_sheet", {"sheet": "Stary"})]
