"""Every format of an export, read back by another program than the one that wrote it."""

import csv
import io
import json
import re
import sqlite3
import uuid
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
from shapely import Point

from data.export.delimited import README, write_csv
from data.export.extract import FACILITY_FIELDS, SERVICE_FIELDS, Extract
from data.export.flat import TABLE_NAMES, fields, flat_tables
from data.export.formats import FORMATS, ExportError, write_export
from data.export.geojson import write_geojson
from data.export.geopackage import write_geopackage
from data.export.query import read_extract
from data.export.workbook import write_xlsx
from data.store.plain_text import cell_text, plain_text

EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w-]{2,}")
KITCHEN, FLAT = str(uuid.UUID(int=1)), str(uuid.UUID(int=2))
AT_KITCHEN, AT_FLAT = str(uuid.UUID(int=11)), str(uuid.UUID(int=12))
CARITAS = str(uuid.UUID(int=21))
LISTS = {"phones", "languages", "barrier_free", "need_groups", "required_documents", "fees", "funding"}
COUNTS = {
    name
    for name in SERVICE_FIELDS
    if name.startswith(("capacity", "vacant", "waiting", "minimum", "maximum"))
}


def row(names, **values):
    return {
        name: values.get(name, [] if name in LISTS else pd.NA if name in COUNTS else None) for name in names
    }


@pytest.fixture
def extract():
    """Give a kitchen whose texts would be formulas, and a protected flat without a point of its own."""
    facility = ("facility_id", "organization_id", "source_code", *FACILITY_FIELDS, "geometry")
    service = (
        "service_at_facility_id",
        "service_id",
        "facility_id",
        "organization_id",
        "source_code",
        *SERVICE_FIELDS,
    )
    facilities = [
        row(
            facility,
            facility_id=KITCHEN,
            organization_id=CARITAS,
            source_code="list",
            name="=1+1 Jadłodajnia „Żółta”",
            street_address="ul. Jawna 5",
            gmina_code="020101",
            gmina_name="Łąka",
            place_grade="door",
            visibility="public",
            phones=[
                {"number": "+48 12 000 00 00", "extension": 7, "description": "kuchnia"},
                {"number": "112"},
            ],
            opening_hours="Mo-Fr 08:00-16:00",
            languages=["uk", "en"],
            note="wejście\nod podwórza",
            verified_on=date(2026, 6, 30),
            verified_precision="day",
            geometry=Point(19.12345678, 50.5),
        ),
        row(
            facility,
            facility_id=FLAT,
            source_code="list",
            name="Mieszkanie",
            gmina_code="020101",
            place_grade="none",
            visibility="hidden",
            geometry=None,
        ),
    ]
    services = [
        row(
            service,
            service_at_facility_id=AT_KITCHEN,
            service_id=AT_KITCHEN,
            facility_id=KITCHEN,
            organization_id=CARITAS,
            source_code="list",
            name="obiady",
            support_form="ZYW-JAD",
            need_groups=["homeless", "older"],
            status="active",
            capacity_places=40,
            vacant_places=0,
            vacancies_on=date(2026, 6, 30),
            vacancies_expire_on=date(2026, 7, 30),
            is_counted=True,
            fees=[{"option": "obiad", "amount": 12.5, "currency": "PLN", "valid_from": "2026-01-01"}],
            required_documents=["dowód", "skierowanie"],
        ),
        row(
            service,
            service_at_facility_id=AT_FLAT,
            service_id=AT_FLAT,
            facility_id=FLAT,
            source_code="list",
            name="streetworking",
            support_form="BEZ-STR",
            need_groups=["homeless"],
            status="active",
            is_counted=False,
            set_aside_by="register",
        ),
    ]
    stop_fields = [
        "service_at_facility_id",
        "position",
        "name",
        "locality_name",
        "gmina_code",
        "opening_hours",
        "opening_hours_text",
        "geometry",
    ]
    stops = [
        row(
            stop_fields,
            service_at_facility_id=AT_KITCHEN,
            position=1,
            name="Dworzec",
            geometry=Point(19.5, 50.25),
        )
    ]
    organization = [
        row(
            (
                "organization_id",
                "source_code",
                "name",
                "alternate_name",
                "description",
                "website",
                "legal_status",
                "year_incorporated",
                "nip",
                "regon",
                "krs",
            ),
            organization_id=CARITAS,
            source_code="list",
            name="Caritas",
            nip="1234563218",
        )
    ]
    sources = [
        {
            "source_code": "list",
            "name": "Lista",
            "publisher": "Urząd",
            "url": "https://example.org",
            "licence": "CC BY 4.0",
            "attribution": "Urząd Miasta",
            "as_of": date(2026, 6, 30),
            "is_official": True,
        },
        {
            "source_code": "boundaries",
            "name": "Granice",
            "publisher": "GUGiK",
            "url": "",
            "licence": "MIT",
            "attribution": "PRG",
            "as_of": None,
            "is_official": False,
        },
    ]
    areas = [
        {"service_at_facility_id": AT_FLAT, "area_code": "020101", "area_name": "Łąka", "level": "gmina"}
    ]
    frame = lambda rows: pd.DataFrame(rows, dtype=object)  # noqa: E731
    return Extract(
        organizations=frame(organization).astype({"year_incorporated": "Int64"}),
        facilities=gpd.GeoDataFrame(frame(facilities), geometry="geometry", crs="EPSG:4326"),
        services=frame(services).astype({**dict.fromkeys(COUNTS, "Int64"), "is_counted": bool}),
        service_areas=frame(areas),
        stops=gpd.GeoDataFrame(frame(stops), geometry="geometry", crs="EPSG:4326"),
        sources=frame(sources),
        provenance=pd.DataFrame([(KITCHEN, "name", "list")], columns=["facility_id", "field", "source_code"]),
        as_of=date(2026, 6, 30),
        snapshot_id="0123456789ab",
        is_invented=True,
        notes=("DANE ZMYŚLONE: nic z tego nie istnieje.", "Figures that differ were accepted."),
    )


def all_text(path):
    """Return every text of a file, unpacked."""
    content = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    elif content.startswith(b"SQLite format 3"):
        # Bytes of geometry may look like anything.
        with closing(sqlite3.connect(path)) as database:
            tables = [
                name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            ]
            rows = [row for table in tables for row in database.execute(f'SELECT * FROM "{table}"')]
        return "\n".join(cell for row in rows for cell in row if isinstance(cell, str))
    return content.decode("utf-8", errors="replace")


@pytest.mark.parametrize("file_format", FORMATS)
def test_every_format_says_where_its_data_are_from(extract, tmp_path, file_format):
    path = tmp_path / f"out{FORMATS[file_format].ending}"
    write_export(extract, path, file_format=file_format)
    told = all_text(path)
    for words in (
        "0123456789ab",
        "2026-06-30",
        "CC BY 4.0",
        "Urząd Miasta",
        "DANE ZMYŚLONE",
        "Figures that differ",
    ):
        assert words in told, words


@pytest.mark.parametrize("file_format", FORMATS)
def test_same_extract_gives_the_same_bytes(extract, tmp_path, file_format, monkeypatch):
    ending = FORMATS[file_format].ending
    write_export(extract, tmp_path / f"a{ending}", file_format=file_format)
    clock = "2031-01-01T00:00:00.000Z"
    monkeypatch.setattr("time.time", lambda: 1_900_000_000.0)
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": clock})
    write_export(extract, tmp_path / f"b{ending}", file_format=file_format)
    # What another part of the program asked of GDAL stays as it was.
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") == clock
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
    assert (tmp_path / f"a{ending}").read_bytes() == (tmp_path / f"b{ending}").read_bytes()


def test_flat_tables_have_the_columns_that_are_explained(extract):
    tables = flat_tables(extract)
    assert list(tables) == list(TABLE_NAMES)
    kitchen = tables["facilities"].iloc[0]
    assert kitchen["phones"] == "+48 12 000 00 00 wew. 7 (kuchnia); 112"
    assert (kitchen["support_forms"], kitchen["need_groups"]) == ("ZYW-JAD", "homeless; older")
    assert (kitchen["organization_name"], kitchen["languages"]) == ("Caritas", "uk; en")
    assert (kitchen["longitude"], kitchen["latitude"]) == (19.1234568, 50.5)
    obiady = tables["services"].iloc[0]
    assert obiady["fees"] == "obiad: 12.5 PLN (od 2026-01-01)"
    assert (obiady["facility_name"], obiady["support_form_name"]) == (
        "=1+1 Jadłodajnia „Żółta”",
        "jadłodajnia",
    )
    assert obiady["required_documents"] == "dowód; skierowanie"
    assert pd.isna(tables["services"]["capacity_places"][1])


def test_every_field_of_an_extract_is_exported():
    names = {table: {field.name for field in columns} for table, columns in fields().items()}
    assert set(FACILITY_FIELDS) <= names["facilities"]
    assert set(SERVICE_FIELDS) <= names["services"]
    assert all(field.name_pl for columns in fields().values() for field in columns)


def test_geopackage_has_typed_layers(extract, tmp_path):
    path = tmp_path / "out.gpkg"
    write_geopackage(extract, path)
    layers = dict(pyogrio.list_layers(path))
    assert layers == {
        "facilities": "Point",
        "stops": "Point",
        "services": None,
        "service_areas": None,
        "organizations": None,
        "sources": None,
        "provenance": None,
        "about": None,
    }
    facilities = gpd.read_file(path, layer="facilities")
    assert facilities.crs.to_epsg() == 4326
    assert facilities.geometry[0].equals(Point(19.12345678, 50.5))
    assert facilities.geometry[1] is None
    assert facilities["gmina_code"].tolist() == ["020101", "020101"]
    types = dict(
        zip(*(pyogrio.read_info(path, layer="services")[key] for key in ("fields", "dtypes")), strict=True)
    )
    assert (types["capacity_places"], types["is_counted"], types["vacancies_on"], types["support_form"]) == (
        "int32",
        "bool",
        "datetime64[D]",
        "object",
    )
    with closing(sqlite3.connect(path)) as database:
        read = database.execute(
            "SELECT capacity_places, vacant_places, vacancies_on, is_counted FROM services"
        )
        assert read.fetchall() == [(40, 0, "2026-06-30", 1), (None, None, None, 0)]
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        about = dict(database.execute("SELECT text, item FROM about"))
        assert about["0123456789ab"] == "Identyfikator stanu / Snapshot id"
        contents = database.execute("SELECT last_change, description FROM gpkg_contents").fetchall()
    assert {changed for changed, _ in contents} == {"2026-06-30T00:00:00.000Z"}
    assert all(text.startswith("DANE ZMYŚLONE") and "0123456789ab" in text for _, text in contents)


def test_geojson_has_one_feature_a_facility(extract, tmp_path):
    path = tmp_path / "out.geojson"
    write_geojson(extract, path)
    whole = json.loads(path.read_text(encoding="utf-8"))
    assert whole["type"] == "FeatureCollection"
    assert "crs" not in whole  # RFC 7946, section 4
    assert (whole["as_of"], whole["snapshot_id"], whole["is_invented"]) == (
        "2026-06-30",
        "0123456789ab",
        True,
    )
    assert whole["licences"] == ["CC BY 4.0", "MIT"]
    kitchen, flat = whole["features"]
    assert kitchen["id"] == KITCHEN
    assert kitchen["geometry"] == {"type": "Point", "coordinates": [19.1234568, 50.5]}
    assert flat["geometry"] is None
    properties = kitchen["properties"]
    assert properties["organization"]["name"] == "Caritas"
    assert properties["phones"][0]["extension"] == 7
    assert properties["verified_on"] == "2026-06-30"
    assert properties["source_of_field"] == {"name": "list"}
    [obiady] = properties["services"]
    assert (obiady["capacity_places"], obiady["capacity_women"], obiady["vacancies_on"]) == (
        40,
        None,
        "2026-06-30",
    )
    assert obiady["stops"][0]["coordinates"] == [19.5, 50.25]
    assert flat["properties"]["services"][0]["service_areas"] == [
        {"area_code": "020101", "area_name": "Łąka", "level": "gmina"}
    ]
    assert gpd.read_file(path)["name"].tolist() == ["=1+1 Jadłodajnia „Żółta”", "Mieszkanie"]


def test_csv_opens_anywhere_and_no_cell_is_a_formula(extract, tmp_path):
    path = tmp_path / "out.zip"
    write_csv(extract, path)
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == [README, *(f"{table}.csv" for table in TABLE_NAMES)]
        files = {name: archive.read(name) for name in archive.namelist()}
    assert all(content.startswith(b"\xef\xbb\xbf") for content in files.values())
    rows = list(csv.DictReader(io.StringIO(files["facilities.csv"].decode("utf-8-sig"))))
    assert rows[0]["name"] == "'=1+1 Jadłodajnia „Żółta”"
    assert rows[0]["phones"].startswith("'+48 12")
    assert rows[0]["note"] == "wejście od podwórza"
    assert (rows[0]["gmina_code"], rows[0]["longitude"], rows[1]["longitude"]) == ("020101", "19.1234568", "")
    assert {(one["snapshot_id"], one["is_invented"]) for one in rows} == {("0123456789ab", "true")}
    services = pd.read_csv(io.BytesIO(files["services.csv"]), dtype={"capacity_places": "Int64"})
    assert services["capacity_places"].tolist() == [40, pd.NA]
    assert services["is_counted"].tolist() == [True, False]
    assert "Licencje / Licences: CC BY 4.0 | MIT" in files[README].decode("utf-8-sig")


def test_xlsx_has_numbers_dates_and_texts_only(extract, tmp_path):
    path = tmp_path / "out.xlsx"
    write_xlsx(extract, path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["O danych", *TABLE_NAMES.values(), "Słownik"]
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink]
    sheet = book["Usługi"]
    banner, heads, codes, first, second = sheet.iter_rows(values_only=True)
    assert banner[0].startswith("DANE ZMYŚLONE")
    assert sheet.freeze_panes == "A4"
    at = {code: position for position, code in enumerate(codes)}
    assert heads[at["capacity_places"]] == "liczba miejsc"
    assert first[at["capacity_places"]] == 40
    assert first[at["vacant_places"]] == 0
    assert second[at["capacity_places"]] is None
    assert first[at["vacancies_on"]] == datetime(2026, 6, 30)  # noqa: DTZ001 - a cell has no time zone
    assert (first[at["is_counted"]], second[at["is_counted"]]) == ("tak", "nie")
    assert book["Placówki"].cell(4, 5).value == "=1+1 Jadłodajnia „Żółta”"
    assert book["Placówki"].cell(4, 5).data_type == "s"
    assert sheet.column_dimensions["H"].width > 20
    explained = {line[1] for line in book["Słownik"].iter_rows(min_row=2, values_only=True)}
    assert set(codes) <= explained


def test_true_data_have_no_banner(extract, tmp_path):
    write_xlsx(replace(extract, is_invented=False, notes=("Uwaga.",)), tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book["Usługi"]["A1"].value == "identyfikator usługi w placówce"


@pytest.mark.parametrize("file_format", FORMATS)
def test_registry_with_one_service_and_nothing_else_is_written(extract, tmp_path, file_format):
    bare = replace(
        extract,
        organizations=extract.organizations.head(0),
        stops=extract.stops.head(0),
        notes=(),
        service_areas=extract.service_areas.head(0),
        provenance=extract.provenance.head(0),
        facilities=extract.facilities.tail(1).reset_index(drop=True),
        services=extract.services.tail(1).reset_index(drop=True),
    )
    path = tmp_path / f"out{FORMATS[file_format].ending}"
    write_export(bare, path, file_format=file_format)
    assert FLAT in all_text(path)


def test_file_is_not_replaced_unless_asked(extract, tmp_path):
    path = tmp_path / "out.geojson"
    path.write_text("mine")
    with pytest.raises(ExportError, match="--force"):
        write_export(extract, path, file_format="geojson")
    assert path.read_text() == "mine"
    write_export(extract, path, file_format="geojson", is_replaced=True)
    assert KITCHEN in path.read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("file_format", FORMATS)
def test_failed_export_leaves_nothing_half_written(extract, tmp_path, file_format, monkeypatch):
    path = tmp_path / f"out{FORMATS[file_format].ending}"
    path.write_text("mine")
    broken = replace(
        extract,
        sources=extract.sources.drop(columns="licence"),
        services=extract.services.drop(columns="status"),
    )
    with pytest.raises(KeyError):
        write_export(broken, path, file_format=file_format, is_replaced=True)
    assert path.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [path]


def test_wrong_names_are_refused_before_anything_is_written(extract, tmp_path):
    with pytest.raises(ExportError, match=r"ends in \.gpkg, found 'out\.shp'"):
        write_export(extract, tmp_path / "out.shp", file_format="gpkg")
    with pytest.raises(ExportError, match="make it first"):
        write_export(extract, tmp_path / "none" / "out.gpkg", file_format="gpkg")
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(ExportError, match="found a folder"):
        write_export(extract, tmp_path / "folder.xlsx", file_format="xlsx", is_replaced=True)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "＝1", " =1", "\t=1", "\u202e=1"])
def test_formulas_become_text(text):
    assert cell_text(text).startswith("'")


def test_plain_text_is_one_line_that_any_file_can_hold():
    assert plain_text(" dwa\nwiersze\x00 i \u202e znak  ") == "dwa wiersze i znak"
    assert plain_text("zwykły tekst, „Żółta”") == "zwykły tekst, „Żółta”"


@pytest.mark.mirror
@pytest.mark.parametrize("file_format", FORMATS)
def test_no_address_of_a_person_is_in_an_export_of_real_data(real_extract, tmp_path, file_format):
    path = tmp_path / f"out{FORMATS[file_format].ending}"
    write_export(real_extract, path, file_format=file_format)
    told = all_text(path)
    assert "Kraków" in told  # the search sees into the file
    assert "poczta.example" not in told
    assert EMAIL.findall(told) == []


@pytest.fixture(scope="module")
def real_extract(real_engine):
    """Give the real registry."""
    return read_extract(real_engine)
