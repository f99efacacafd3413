"""
Protected places: every output that there is, searched for the true address and the true point.

The world is a register whose every text, key and coordinate tells one secret (`tests/support/protected_world.py`),
loaded twice, as any register is: places that were public are protected by the second release, under their own key and
under another, and a person hides one more. The search reads texts in several encodings, numbers as text and as bytes,
degrees and metres, packed or not (`tests/support/secrets.py`).

Outputs searched: every format of `python -m data export`, now and as of an earlier day; pictures and tables of views
(PNG with its metadata, SVG, XLSX, CSV) and the card of an area (PDF); what commands print on both outputs; tooltips and
popups; distances; light pages, the finder with its map, and the addresses under which pages stood; forms of readers,
their reports and corrections. Other pages are searched in `tests/browser/test_protected_pages.py`.
"""

import contextlib
import io
import json
import re
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pypdf
import pytest
from shapely import Point, to_wkb
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from starlette.applications import Starlette

from data.__main__ import main
from data.corrections.suggestions import Told, take_suggestion
from data.export.formats import FORMATS, write_export
from data.export.query import read_extract
from data.places.place_search import Place
from data.reading.protection import protected_records
from data.reading.record_handles import protected_handles
from data.reading.registry_state import registry_fingerprint
from data.registry.reading import read_registry
from data.registry.registry import Registry
from data.scenarios.scenario import facility_handles
from data.store.engine import open_engine
from data.store.schema import Facility, Service, Suggestion
from data.store.schema_revision import migrate
from layers import __main__ as layers_command
from layers import server
from layers.answers.nearby import find_help
from layers.export.files import FORMATS as PICTURE_FORMATS
from layers.maps.facility_points import facility_points
from layers.site.place_data import place_data
from layers.site.place_page import place_page
from layers.text import texts_of
from tests.support.asking import asked
from tests.support.protected_world import (
    ADDRESS,
    FIRST_DAY,
    GMINA,
    LATER,
    ON_CALL,
    OPEN_ADDRESS,
    RENAMED,
    SECRETS,
    SOURCE,
    TRUE_DOOR,
    changing_world,
    printed,
)
from tests.support.secrets import unpacked
from tests.support.small_registry import TRUE_ADDRESS, add_areas, add_facility, add_release

AROUND = f"p:{TRUE_DOOR.y:.2f},{TRUE_DOOR.x:.2f}"
"""The point that a position of somebody at the true door is rounded to."""
SHOWN = "Dom dla matek"
"""A protected place that is shown by its gmina: it must be in an output for its address to be missed there."""


@dataclass(frozen=True)
class World:
    """The loaded world: the address of its database, and what the second load and the command `protect` printed."""

    database_url: str
    loads: str

    def registry(self) -> Registry:
        engine = open_engine(self.database_url)
        try:
            return read_registry(engine)
        finally:
            engine.dispose()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory):
    with changing_world(tmp_path_factory.mktemp("protected")) as (url, protect):
        loads = protect()
    assert "2 changed" not in loads
    assert re.search(rf"{SOURCE} +18 +16 +2 +2 +2", loads), loads
    return World(url, loads)


@pytest.fixture
def run(world, monkeypatch) -> Callable[..., str]:
    """Give the commands of data on the world; what they print on both outputs comes back."""
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", world.database_url)
    # A load here is one of the example beside what is stored, and no load of all real data.
    monkeypatch.setenv("SUPPORT_MAP_MIRROR", "")
    return printed


# The search itself: what it cannot find, no test below can.


@pytest.mark.parametrize(
    "content",
    [
        b"... ul. TAJEMNA 7 ...",
        ADDRESS.encode("utf-16-le"),
        b"https://example.org/ul.%20tajemna%207",
        b'{"at":[54.8923417,16.1472583]}',
        b"54,8923",
        b"x 16.1473 y",
        to_wkb(TRUE_DOOR),
        to_wkb(TRUE_DOOR, byte_order=0),
        b"odd" + struct.pack(">d", TRUE_DOOR.y),
    ],
)
def test_search_finds_what_is_written_down(content):
    assert SECRETS.found_in(content)


def test_search_finds_metres_of_the_maps_systems():
    for code in (2180, 3857):
        [door] = gpd.GeoSeries([TRUE_DOOR], crs=4326).to_crs(code)
        assert SECRETS.found_in(f"{door.x:.1f}")
        assert SECRETS.found_in(f"({round(door.y)})")
        assert SECRETS.found_in(struct.pack("<d", door.x))


def test_search_unpacks():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.txt", f"nic {ADDRESS}")
    assert SECRETS.found_in(buffer.getvalue())
    chunk = b"Comment\0\0" + zlib.compress(ADDRESS.encode())
    picture = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", len(chunk), b"zTXt") + chunk + b"\0\0\0\0"
    assert SECRETS.found_in(picture)


def test_search_is_quiet_where_nothing_is_told():
    assert SECRETS.found_in(np.random.default_rng(1).bytes(2_000_000)) == []
    assert SECRETS.found_in("54.8941, 16.1142, gmina Wydumka, 54.892") == []


# Files.


@pytest.fixture(scope="module", params=FORMATS)
def exported(request, world, tmp_path_factory) -> bytes:
    engine = open_engine(world.database_url)
    path = tmp_path_factory.mktemp("export") / f"out{FORMATS[request.param].ending}"
    write_export(read_extract(engine), path, file_format=request.param)
    engine.dispose()
    return path.read_bytes()


def test_no_export_tells(exported):
    seen = b"\n".join(unpacked(exported)).decode("utf-8", errors="replace")
    assert OPEN_ADDRESS in seen
    assert SHOWN in seen
    assert SECRETS.found_in(exported) == []


def test_place_that_is_protected_today_is_protected_as_of_any_day(world, tmp_path):
    engine = open_engine(world.database_url)
    extract = read_extract(engine, day=FIRST_DAY)
    engine.dispose()
    # Its name of that day could tell where it is: the name of its form stands for it.
    assert {"jadłodajnia"} <= set(extract.facilities["name"])
    assert not {LATER, RENAMED, ON_CALL} & set(extract.facilities["name"])
    for file_format in ("geojson", "hsds"):
        path = tmp_path / f"out{FORMATS[file_format].ending}"
        write_export(extract, path, file_format=file_format)
        assert SECRETS.found_in(path.read_bytes()) == []


def test_what_was_public_once_is_counted(run):
    told = json.loads(run("status", "--json"))
    assert told["protection"]["once_public"] == 3
    assert {"protected_with_successor"} <= told["work_items"].keys()


def test_geopackage_and_workbook_tell_nothing_when_they_are_read(world, tmp_path):
    engine = open_engine(world.database_url)
    extract = read_extract(engine)
    engine.dispose()
    write_export(extract, tmp_path / "out.gpkg", file_format="gpkg")
    write_export(extract, tmp_path / "out.xlsx", file_format="xlsx")
    with contextlib.closing(sqlite3.connect(tmp_path / "out.gpkg")) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        cells = [row for table in tables for row in database.execute(f'SELECT * FROM "{table}"')]
    cells += [
        row
        for sheet in openpyxl.load_workbook(tmp_path / "out.xlsx")
        for row in sheet.iter_rows(values_only=True)
    ]
    assert any(SHOWN in map(str, row) for row in cells)
    assert SECRETS.found_in("\n".join(repr(row) for row in cells)) == []
    points = gpd.read_file(tmp_path / "out.gpkg", layer="facilities").to_crs(2180)
    [door] = gpd.GeoSeries([TRUE_DOOR], crs=4326).to_crs(2180)
    assert points.distance(door).min() > 1000


@pytest.mark.parametrize(
    "view",
    [
        ["--group", "homeless", "--form", "BEZ-SCH", "--indicator", "facilities_count"],
        ["--group", "disabled", "--form", "REI-WTZ", "--indicator", "coverage_share"],
        ["--group", "older", "--form", "CAL-RDP", "--indicator", "places_per_1000"],
        [
            "--group",
            "homeless",
            "--form",
            "BEZ-NOC",
            "--indicator",
            "facilities_count",
            "--day",
            str(FIRST_DAY),
        ],
    ],
)
def test_no_picture_and_no_table_of_a_view_tells(world, monkeypatch, tmp_path, capfd, view):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", world.database_url)
    assert layers_command.main(["snapshot", *view, "--out", str(tmp_path)]) == 0
    files = sorted(tmp_path.iterdir())
    assert {path.suffix[1:] for path in files} == set(PICTURE_FORMATS)
    for path in files:
        assert SECRETS.found_in(path.read_bytes()) == [], path.name
    assert SECRETS.found_in("".join(capfd.readouterr())) == []


@pytest.mark.parametrize(("group", "form"), [("homeless", "BEZ-SCH"), ("older", "CAL-RDP")])
def test_nothing_that_a_view_says_tells(world, monkeypatch, capfd, group, form):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", world.database_url)
    assert layers_command.main(["say", f"group={group}&form={form}&level=gmina&chosen=980108"]) == 0
    told = "".join(capfd.readouterr())
    assert '"card"' in told
    assert SECRETS.found_in(told) == []


@pytest.mark.parametrize(("group", "form"), [("homeless", "BEZ-SCH"), ("older", "CAL-RDP")])
def test_no_card_of_an_area_tells(world, monkeypatch, tmp_path, group, form):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", world.database_url)
    words = ["card", "--area", "980108", "--group", group, "--form", form, "--out", str(tmp_path)]
    assert layers_command.main(words) == 0
    [path] = tmp_path.iterdir()
    sheet = pypdf.PdfReader(path)
    told = "\n".join([*(page.extract_text() for page in sheet.pages), str(sheet.metadata)])
    assert "980108" in told
    assert SECRETS.found_in(told) == []
    assert SECRETS.found_in(path.read_bytes()) == []


def test_a_scenario_names_no_protected_place_by_its_address(world):
    services = world.registry().services
    handles = services["facility_handle"].dropna()
    assert len(handles)
    assert SECRETS.found_in("\n".join(handles)) == []
    guarded = services[services["visibility"] != "public"]
    assert guarded["facility_handle"].dropna().str.contains(":@").all()


# Light pages.


@pytest.fixture
def ask(world, monkeypatch):
    """Give a function that asks the server's routes and middleware for an address."""
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", world.database_url)
    app = Starlette(routes=server.routes(), middleware=server.middleware())
    return lambda path, query="": asked(app, path, query, headers={"host": "mapa.example"})


def handles_of(world: World) -> dict[str, str]:
    """Return every handle that a record of the world has or had, of any visibility, with the name of its place."""
    engine = open_engine(world.database_url)
    with engine.connect() as connection:
        query = select(Facility.source_code, Facility.record_key, Facility.name, Facility.id)
        rows = pd.DataFrame(connection.execute(query).mappings().all())
        named = protected_handles(connection)
    engine.dispose()
    rows = rows.assign(visibility="public")
    as_public, as_now = facility_handles(rows, {}), facility_handles(rows, named)
    return dict(zip([*as_public, *as_now], [*rows["name"], *rows["name"]], strict=True))


@pytest.mark.parametrize("lang", ["pl", "uk", "en"])
@pytest.mark.parametrize("day", ["", f"&day={FIRST_DAY}"])
def test_no_light_page_tells(ask, world, lang, day):
    shown = world.registry().services["facility_handle"]
    paths = [f"/placowka/{handle}" for handle in {*handles_of(world), *shown}]
    paths += [f"/gmina/{GMINA}", "/sitemap.xml", "/robots.txt"]
    answers = {path: ask(path, f"lang={lang}{day}") for path in paths}
    told = b"\n".join(answer.body for answer in answers.values())
    assert OPEN_ADDRESS.encode() in told
    assert SHOWN.encode() in told
    assert {path: found for path, answer in answers.items() if (found := SECRETS.found_in(answer.body))} == {}
    assert SECRETS.found_in("\n".join(str(answer.headers) for answer in answers.values())) == []


@pytest.mark.parametrize("group", ["homeless", "disabled", "older"])
@pytest.mark.parametrize("lang", ["pl", "uk", "en"])
def test_neither_the_list_of_the_finder_nor_its_map_tells(ask, world, lang, group):
    place = f"lang={lang}&place=g:{GMINA}&group={group}&distance_km=50"
    queries = [place, f"{place}&shown=600", f"{place}&day={FIRST_DAY}", f"{place}&map=1"]
    queries += [f"{place}&need={need}" for need in ("bed_tonight", "violence", "talk_now", "mothers_home")]
    queries += [f"{place}&only={code}&unknown=1" for code in ("open", "vacant", "women", "home")]
    queries += [query.replace(f"g:{GMINA}", AROUND) for query in queries[:4]]
    asked_for = [("/pomoc", query) for query in queries] + [("/pomoc/mapa", query) for query in queries]
    answers = {(path, query): ask(path, query) for path, query in asked_for}
    assert {answer.status for answer in answers.values()} == {200}
    told = {way: found for way, answer in answers.items() if (found := SECRETS.found_in(answer.body))}
    assert told == {}
    assert SECRETS.found_in("\n".join(str(answer.headers) for answer in answers.values())) == []
    shown = world.registry().services
    hidden = shown.loc[~shown["visibility"].isin(["public", "gmina_centroid"]), "facility_handle"].dropna()
    everything = b"\n".join(answer.body for answer in answers.values()).decode()
    assert [handle for handle in hidden if handle in everything] == []


@pytest.mark.parametrize("lang", ["pl", "uk", "en"])
def test_no_suggestion_tells(ask, world, lang):
    """Whatever is typed: words of the true address, names of the places, and every beginning of them."""
    lines = {ADDRESS, OPEN_ADDRESS, SHOWN, *handles_of(world).values(), "dom", "noc", "przemoc", "gmi"}
    typed = {line[:size] for line in lines for size in (2, 3, 5, len(line))} | {
        word[:size] for line in lines for word in line.split() for size in (3, len(word))
    }
    answers = {text: ask("/pomoc/podpowiedzi", urlencode({"lang": lang, "q": text})) for text in typed}
    assert {answer.status for answer in answers.values()} == {200}
    assert any(json.loads(answer.body)["options"] for answer in answers.values())
    assert {text: found for text, answer in answers.items() if (found := SECRETS.found_in(answer.body))} == {}
    everything = b"\n".join(answer.body for answer in answers.values())
    assert [name for name in (SHOWN, "Schronisko dla rodzin") if name.encode() in everything] == []
    assert SECRETS.found_in("\n".join(str(answer.headers) for answer in answers.values())) == []


def test_the_finder_tells_what_may_be_told_of_protected_places(ask):
    query = f"lang=pl&place=g:{GMINA}&group=homeless&distance_km=50&shown=600"
    listed, drawn = (ask(path, query).body.decode() for path in ("/pomoc", "/pomoc/mapa"))
    assert "Schronisko dla rodzin" in listed
    assert "Schronisko dla rodzin" in drawn
    assert OPEN_ADDRESS in listed


def test_a_place_that_is_not_shown_is_answered_as_one_that_never_was(ask, world):
    services = world.registry().services
    paged = set(services.loc[services["visibility"].isin(["public", "gmina_centroid"]), "facility_handle"])
    gone = {handle: name for handle, name in handles_of(world).items() if handle not in paged}
    # Hidden by a list or a person, for staff, doorless, public once under the digest of a key, renamed, moved.
    assert {"Noclegownia kobiet", "Schronisko kobiet", ON_CALL, LATER, RENAMED} <= set(gone.values())
    unknown = ask(f"/placowka/{SOURCE}:0123456789abcdef", "lang=pl")
    assert unknown.status == 404
    listed = ask("/sitemap.xml").body.decode()
    for handle in gone:
        answer = ask(f"/placowka/{handle}", "lang=pl")
        assert (answer.status, answer.headers, answer.body) == (404, unknown.headers, unknown.body), handle
        assert handle not in listed


def test_no_light_page_tells_machines(world):
    registry = world.registry()
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    pages = [place_page(registry, handle, now=now, texts=texts_of("pl")) for handle in handles_of(world)]
    told = json.dumps(
        [place_data(page, "https://mapa.example") for page in pages if page], ensure_ascii=False
    )
    assert OPEN_ADDRESS in told
    assert SHOWN in told
    assert SECRETS.found_in(told) == []


def test_addresses_of_protected_pages_tell_nothing(world):
    services = world.registry().services
    guarded = services[services["visibility"] == "gmina_centroid"]
    assert len(guarded)
    assert guarded["facility_handle"].str.fullmatch(r"[a-z-]+:@p?[0-9]+").all()


# Reports of readers.


@pytest.fixture(scope="module")
def reported(world) -> World:
    """Give the world after readers told everything about every place, and about one that no list has."""
    engine = open_engine(world.database_url)
    with engine.begin() as connection:
        records = connection.execute(select(Facility.source_code, Facility.record_key).distinct()).all()
        records = [tuple(row) for row in records if row.source_code == SOURCE]
        words = f"Ten dom stoi przy {ADDRESS}, 32-777 Sekretowo"
        for number, record in enumerate([None, *records]):
            kind, topics = (
                ("missing", [None]) if record is None else ("outdated", ["address", "phone", "other"])
            )
            for topic in topics:
                told = Told(f"{number}{topic}", "pl", kind, record, GMINA, topic, words, words)
                take_suggestion(connection, told, now=datetime(2026, 11, 30))  # noqa: DTZ001
                connection.execute(update(Suggestion).values(received_at=datetime(2026, 1, 1)))  # noqa: DTZ001
    engine.dispose()
    return world


@pytest.mark.parametrize(
    "words",
    [
        ["suggestions"],
        ["suggestions", "list", "--all", "--csv"],
        ["suggestions", "show", "1"],
        ["suggestions", "needs"],
        ["correct"],
    ],
    ids=" ".join,
)
def test_no_list_of_reports_and_corrections_tells(reported, run, words):
    told = run(*words)
    assert told
    assert SECRETS.found_in(told) == []


def test_a_form_for_a_place_that_is_not_shown_is_one_for_a_place_that_never_was(ask, world, monkeypatch):
    services = world.registry().services
    paged = set(services.loc[services["visibility"].isin(["public", "gmina_centroid"]), "facility_handle"])
    app = Starlette(routes=server.routes(), middleware=server.middleware())

    def send(handle):
        body = urlencode({"place": handle, "topic": "closed", "token": "x"}).encode()
        headers = {"host": "mapa.example", "content-length": str(len(body))}
        return asked(app, "/zglos", "lang=pl", method="POST", headers=headers, body=[body])

    never = f"{SOURCE}:0123456789abcdef"
    opened, sent = ask("/zglos", f"lang=pl&place={never}"), send(never)
    assert (opened.status, sent.status) == (404, 404)
    for handle in handles_of(world).keys() - paged:
        form, answer = ask("/zglos", f"lang=pl&place={handle}"), send(handle)
        assert (form.status, form.headers, form.body) == (404, opened.headers, opened.body), handle
        assert (answer.status, answer.headers, answer.body) == (404, sent.headers, sent.body), handle


def test_a_form_for_a_place_shown_by_its_gmina_takes_no_words_and_tells_nothing(ask, world):
    services = world.registry().services
    guarded = services.loc[services["visibility"] == "gmina_centroid", "facility_handle"].dropna()
    assert len(guarded)
    for handle in set(guarded):
        form = ask("/zglos", f"lang=pl&place={handle}")
        assert form.status == 200
        assert b"<textarea" not in form.body
        assert b'value="address"' not in form.body
        assert SECRETS.found_in(form.body) == []


def test_corrections_of_before_are_not_told_of_what_is_protected_since(world):
    services = world.registry().services
    later = services[services["corrections"].map(bool)]
    assert set(later["visibility"]) == {"gmina_centroid"}
    assert [told["field"] for told in later["corrections"].iloc[0]] == ["phones"]
    assert later["phones"].tolist() == [["00 000 00 99"]]


@pytest.mark.parametrize("field", ["note", "facility_name", "phones", "status", "visibility"])
def test_no_correction_opens_what_is_hidden(world, monkeypatch, capsys, field):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", world.database_url)
    engine = open_engine(world.database_url)
    with engine.connect() as connection:
        hidden = [
            record for record, visibility in protected_records(connection).items() if visibility == "hidden"
        ]
        before = registry_fingerprint(connection)
        assert hidden
        for source, key in hidden:
            value = "active" if field == "status" else "000 000 012" if field == "phones" else "public"
            words = ["correct", f"{source}:{key}", field, value, "--reason", "żeby było widać"]
            assert main(words) == 1
        assert registry_fingerprint(connection) == before
    engine.dispose()
    assert SECRETS.found_in("".join(capsys.readouterr())) == []


# Commands.


@pytest.mark.parametrize(
    "words",
    [
        ["status"],
        ["status", "--json"],
        ["totals"],
        ["quality"],
        ["work"],
        ["changes", SOURCE],
        ["history", SOURCE, "Dom"],
        ["history", SOURCE, SHOWN],
        ["history", SOURCE, LATER],
        ["history", SOURCE, RENAMED],
        ["history", SOURCE, ON_CALL],
        ["protect"],
        ["duplicates", "--all"],
        ["load", "--or-example"],
    ],
    ids=" ".join,
)
def test_no_command_tells(run, words):
    assert SECRETS.found_in(run(*words)) == []


def test_load_that_tells_every_row_does_not_tell_these(world):
    assert SECRETS.found_in(world.loads) == []


def test_export_says_nothing_of_the_places_it_masks(run, tmp_path):
    told = run("export", "csv", str(tmp_path / "out.zip"))
    assert "facilities" in told
    assert SECRETS.found_in(told) == []


# What pages are made of.


def test_nothing_that_pages_compute_with_holds_the_secret(world):
    registry = world.registry()
    services = registry.services
    protected = services[services["visibility"] != "public"]
    assert SHOWN in set(protected["facility_name"])
    assert SECRETS.found_in(protected.to_json(default=str)) == []
    assert SECRETS.found_in(b"".join(to_wkb(point) for point in services.geometry.dropna())) == []


def test_words_of_a_service_at_a_protected_place_stay_in_the_database(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'small.sqlite'}")
    migrate(engine)
    with Session(engine) as session, session.begin():
        add_areas(session)
        release_id = add_release(session, "list")
        add_facility(session, release_id, "a", visibility="gmina_centroid", subtype=f"przy {TRUE_ADDRESS}")
        session.execute(update(Service).values(name=f"Nocleg przy {TRUE_ADDRESS}"))
    services = read_registry(engine).services
    engine.dispose()
    assert SECRETS.found_in(services.to_json(default=str)) == []


def test_marks_tooltips_and_popups_of_maps_tell_nothing(world):
    services = world.registry().services
    lines = services.drop(columns="geometry").astype(str).apply(list, axis=1)
    marks = facility_points(
        services.assign(mark_group="homeless", label=services["facility_name"], details=lines)
    )
    written = json.dumps(marks, ensure_ascii=False)
    assert SHOWN in written
    assert SECRETS.found_in(written) == []


def test_distances_to_three_points_lead_to_the_label_point_and_not_to_the_door(world):
    registry = world.registry()
    gmina = registry.areas.set_index("area_code").loc[GMINA]
    label, door = gpd.GeoSeries([gmina["label_point"], TRUE_DOOR], crs=4326).to_crs(2180)
    assert label.distance(door) > 1000
    asked = [Point(16.05, 54.86), Point(16.19, 54.86), Point(16.1, 54.94)]
    measured = [
        {
            (row["facility_name"], row["facility_id"]): row["distance_m"]
            for row in nearby(registry, point)
            if row["visibility"] != "public"
        }
        for point in asked
    ]
    assert {"Warsztat", "Schronisko dla rodzin"} <= {name for name, _ in measured[0]}
    centres = list(gpd.GeoSeries(asked, crs=4326).to_crs(2180))
    for name in measured[0]:
        found = crossing(centres, [distances[name] for distances in measured])
        assert found.distance(label) < 1, name
        assert found.distance(door) > 1000, name


def nearby(registry: Registry, point: Point):
    place = Place("l:1", "Miejsce", "wieś", GMINA, "", "", "", None, point)
    found = [
        find_help(
            registry,
            place,
            group=group,
            forms=(),
            distance_km=100,
            now=datetime(2026, 11, 22, 12, tzinfo=UTC),
        ).near
        for group in ("homeless", "disabled", "older")
    ]
    return [row for rows in found for row in rows]


def crossing(centres: list[Point], distances: list[float]) -> Point:
    """Return the point at these distances from three centres: two differences of circles are straight lines."""
    (first, *others), (radius, *radii) = centres, distances
    left = [[2 * (one.x - first.x), 2 * (one.y - first.y)] for one in others]
    right = [
        radius**2 - other**2 + one.x**2 - first.x**2 + one.y**2 - first.y**2
        for one, other in zip(others, radii, strict=True)
    ]
    return Point(np.linalg.solve(left, right))
