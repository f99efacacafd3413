"""Damaged files of every format: a register whose rows add up, or one error with a message; nothing else, ever."""

import json
import re
import sqlite3
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.sources.registers.profile import RegisterProfile, load_profile
from data.sources.registers.registers import read_register
from data.sources.registers.staged_register import StagedRegister
from data.store.errors import RegisterError
from tests.support.folders import REGISTERS

PROFILE = {
    "register": {"code": "small", "form": "CAL-DPS", "voivodeship": "12", "key": ["facility_name"]},
    "columns": {
        "facility_name": {"header": "Dom"},
        "capacity_places": {"header": "Miejsca"},
        "verified_on": {"header": "Data", "required": False},
        "latitude": {"header": "latitude", "required": False},
        "longitude": {"header": "longitude", "required": False},
    },
}
SMALL = RegisterProfile.model_validate(PROFILE)
ROWS = [["Dom Pod Lipą", 10, "2026-06-30"], ["Łaźnia", 20, "30 maja 2026"], ["Żółty Dom", 5, "2026"]]
HEADER = ["Dom", "Miejsca", "Data"]

FAST = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
"""Formats that are read in this process; the others start a process for each example."""
SLOW = settings(FAST, max_examples=30)
SLOWEST = settings(FAST, max_examples=6)

Edit = tuple[str, float, bytes]


def _edits(*kinds: str) -> st.SearchStrategy[list[Edit]]:
    data = st.binary(min_size=1, max_size=8)
    return st.lists(
        st.tuples(st.sampled_from(kinds), st.floats(0, 1, exclude_max=True), data), min_size=1, max_size=6
    )


EDITS = _edits("flip", "cut", "insert", "delete", "overwrite")
IN_PLACE = _edits("flip", "overwrite")
"""For formats of fixed places, of which little is left when everything moves."""


def _mutated(content: bytes, edits: list[Edit]) -> bytes:
    for kind, share, data in edits:
        place = int(share * len(content))
        head, tail = content[:place], content[place:]
        match kind:
            case "flip":
                content = head + bytes([tail[0] ^ (data[0] or 1)]) + tail[1:] if tail else head
            case "cut":
                content = head
            case "insert":
                content = head + data + tail
            case "delete":
                content = head + tail[len(data) :]
            case _:
                content = head + data + tail[len(data) :]
    return content


REFUSAL = re.compile(r".*\bexpected .+\bfound .+\. \S.+", re.DOTALL)
"""What a refusal says behind the name of the file: what was expected and found, and then what to do."""


def _read(path: Path, profile: RegisterProfile = SMALL) -> StagedRegister | RegisterError:
    """Return what a file gave, or why it was refused; any other error is one of the reader."""
    try:
        return read_register(profile, path)
    except RegisterError as error:
        return error


def _faults(path: Path, outcome: StagedRegister | RegisterError) -> list[str]:
    """Return what is wrong with a refusal that does not help, or with rows that are lost or cannot be."""
    if isinstance(outcome, RegisterError):
        said = str(outcome)
        is_clear = said.startswith(path.name) and REFUSAL.fullmatch(said[len(path.name) :])
        return [] if is_clear and str(path.parent) not in said else [f"not clear: {said}"]
    records, rejected = outcome.records, outcome.rejected
    places = records["capacity_places"].dropna()
    references = [*records["row_reference"], *rejected["row_reference"]]
    is_true = {
        "rows add up": outcome.rows_read == len(records) + len(rejected) > 0,
        "each row is named, once": all(references) and len(set(references)) == len(references),
        "each record has its name": (records["facility_name"].str.strip().str.len() > 0).all(),
        "places are possible": ((places >= 0) & (places <= 5000)).all(),
        "each refused row says why": rejected["reason"].astype(bool).all()
        and rejected["detail"].astype(bool).all(),
    }
    return [what for what, is_so in is_true.items() if not is_so]


def _xlsx(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Dane")
        for number, row in enumerate([HEADER, *ROWS]):
            sheet.write_row(number, 0, row)
        sheet.merge_range(5, 0, 6, 0, "Dom scalony")
    return path


def _csv(path: Path) -> Path:
    lines = [HEADER, *ROWS]
    path.write_text("\n".join(";".join(map(str, line)) for line in lines), encoding="utf-8")
    return path


def _geojson(path: Path) -> Path:
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [20.1, 50.1]},
            "properties": dict(zip(HEADER, row, strict=True)),
        }
        for row in ROWS
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def _geopackage(path: Path) -> Path:
    frame = gpd.GeoDataFrame(ROWS, columns=HEADER, geometry=[shapely.Point(20.1, 50.1)] * 3, crs=4326)
    frame.to_file(path, layer="domy")
    return path


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Return whole files by format; each is read well before anything is done to copies of it."""
    folder = tmp_path_factory.mktemp("whole")
    makers = {"xlsx": _xlsx, "csv": _csv, "geojson": _geojson, "gpkg": _geopackage}
    paths = {kind: make(folder / f"a.{kind}") for kind, make in makers.items()}
    for path in paths.values():
        staged = _read(path)
        assert staged.records["facility_name"].tolist()[:3] == [row[0] for row in ROWS]
        assert not _faults(path, staged)
    return {kind: path.read_bytes() for kind, path in paths.items()}


def _faults_of_bytes(folder: Path, name: str, content: bytes, profile: RegisterProfile = SMALL) -> list[str]:
    path = folder / name
    path.write_bytes(content)
    return _faults(path, _read(path, profile))


def test_a_refusal_that_does_not_help_and_lost_rows_are_seen(tmp_path):
    """A check that passes whatever it is given would be none."""
    path = _csv(tmp_path / "a.csv")
    for said in (
        "cannot read",
        "a.csv: broken",
        "a.csv: expected a table, found none",
        "b.csv: expected a table, found none. Fetch it again.",
        f"a.csv: expected a table, found {path}. Fetch it again.",
    ):
        assert _faults(path, RegisterError(said)), said
    assert not _faults(path, RegisterError("a.csv: expected a table, found none. Fetch it again."))
    staged = _read(path)
    assert not _faults(path, staged)
    for column, wrong in (("row_reference", ""), ("facility_name", " "), ("capacity_places", 5001)):
        records = staged.records.copy()
        records.loc[0, column] = wrong
        assert len(_faults(path, replace(staged, records=records))) == 1, column
    assert _faults(path, replace(staged, rows_read=4)) == ["rows add up"]
    nameless = pd.DataFrame([("7", "not_a_number", "")], columns=["row_reference", "reason", "detail"])
    assert _faults(path, replace(staged, rejected=nameless, rows_read=4)) == ["each refused row says why"]


@FAST
@given(edits=EDITS)
def test_damaged_csv(whole, tmp_path, edits):
    assert not _faults_of_bytes(tmp_path, "a.csv", _mutated(whole["csv"], edits))


@FAST
@given(edits=EDITS)
def test_damaged_geojson(whole, tmp_path, edits):
    assert not _faults_of_bytes(tmp_path, "a.geojson", _mutated(whole["geojson"], edits))


@SLOW
@given(edits=EDITS)
def test_damaged_xlsx(whole, tmp_path, edits):
    assert not _faults_of_bytes(tmp_path, "a.xlsx", _mutated(whole["xlsx"], edits))


@SLOW
@given(
    edits=EDITS, part=st.sampled_from(["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
)
def test_damaged_part_in_a_whole_xlsx(whole, tmp_path, edits, part):
    """Checksums guard archives: to damage what is inside, it is packed again."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(whole["xlsx"])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = _mutated(parts[part], edits)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert not _faults(path, _read(path))


@SLOWEST
@given(edits=IN_PLACE | EDITS)
def test_damaged_geopackage(whole, tmp_path, edits):
    assert not _faults_of_bytes(tmp_path, "a.gpkg", _mutated(whole["gpkg"], edits))


@SLOWEST
@given(
    shape=st.just(shapely.to_wkb(shapely.Point(20.1, 50.1))) | st.binary(max_size=60),
    text=st.text(max_size=5) | st.just("Dom"),
    number=st.integers(0, 5000) | st.integers(-(2**62), 2**62),
)
def test_odd_content_of_a_whole_geopackage(whole, tmp_path, shape, text, number):
    path = tmp_path / "a.gpkg"
    path.write_bytes(whole["gpkg"])
    connection = sqlite3.connect(path)
    connection.executescript("".join(f"DROP TRIGGER {name};" for name in _triggers(connection)))
    header = b"GP\0\1" + struct.pack("<i", 4326)
    connection.execute(
        'UPDATE domy SET geom = ?, "Dom" = ?, "Miejsca" = ? WHERE fid = 1', (header + shape, text, number)
    )
    connection.commit()
    connection.close()
    outcome = _read(path)
    assert not _faults(path, outcome)
    if isinstance(outcome, RegisterError):
        return
    # The rows beside it are read as ever; its own is a record with this number, or refused by its name.
    records = outcome.records.set_index("row_reference")
    assert records.loc[["domy!2", "domy!3"], "facility_name"].tolist() == ["Łaźnia", "Żółty Dom"]
    if "domy!1" in records.index:
        assert (records.loc["domy!1", "capacity_places"], 0 <= number <= 5000) == (number, True)
    else:
        assert outcome.rejected["row_reference"].tolist() == ["domy!1"]


def _triggers(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'domy'")
    return [f'"{name}"' for (name,) in rows]


CELLS = st.one_of(
    st.text(max_size=12),
    st.integers(-(10**12), 10**12).map(str),
    st.floats().map(str),
    st.dates().map(str),
    st.sampled_from(["#REF!", "=1+1", "<b>", "\0", "o\u0301", "razem", "1e400", "٣", "²"]),
)


@FAST
@given(rows=st.lists(st.lists(CELLS, max_size=6), max_size=5), separator=st.sampled_from(",;\t|"))
def test_random_cells_in_csv(tmp_path, rows, separator):
    lines = [[*HEADER, "latitude", "longitude"], *rows]
    quoted = [separator.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines]
    assert not _faults_of_bytes(tmp_path, "a.csv", "\r\n".join(quoted).encode("utf-8", "surrogatepass"))


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
KINDS = ["Point", "Polygon", "MultiPoint", "LineString", "GeometryCollection", "Circle"]
GEOMETRIES = JSON | st.fixed_dictionaries({"type": st.sampled_from(KINDS), "coordinates": JSON})
PROPERTIES = JSON | st.fixed_dictionaries({"Dom": JSON, "Miejsca": JSON, "Data": JSON})
FEATURES = JSON | st.fixed_dictionaries({"geometry": GEOMETRIES, "properties": PROPERTIES})


@FAST
@given(features=st.lists(FEATURES, max_size=4), crs=st.none() | JSON)
def test_random_features_in_geojson(tmp_path, features, crs):
    document = {"type": "FeatureCollection", "features": features, "crs": crs}
    assert not _faults_of_bytes(tmp_path, "a.geojson", json.dumps(document).encode())


@FAST
@given(content=st.binary(max_size=300))
def test_random_bytes(tmp_path, content):
    assert not _faults_of_bytes(tmp_path, "a.xls", content)


@pytest.mark.mirror
@SLOW
@given(edits=EDITS)
def test_damaged_old_xls(mirror, tmp_path, edits):
    real = mirror / "registers" / "lodzkie" / "dps_vacancies_2026-07-12.xls"
    assert not _faults_of_bytes(
        tmp_path, "a.xls", _mutated(real.read_bytes(), edits), load_profile(REGISTERS / "lodzkie-dps.toml")
    )


@pytest.mark.mirror
@SLOW
@given(edits=IN_PLACE, region=st.sampled_from([(0, 512), (512, 1024), (-1024, None)]))
def test_damaged_tables_of_an_old_xls(mirror, tmp_path, edits, region):
    """The header and the allocation table, where a ring of sectors has no end."""
    real = (mirror / "registers" / "lodzkie" / "dps_vacancies_2026-07-12.xls").read_bytes()
    start, end = region[0] % len(real), region[1] or len(real)
    part = _mutated(real[start:end], edits)
    assert not _faults_of_bytes(
        tmp_path, "a.xls", real[:start] + part + real[end:], load_profile(REGISTERS / "lodzkie-dps.toml")
    )
