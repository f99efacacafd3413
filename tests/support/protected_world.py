"""
The invented region with a register of protected places, all behind one door that nothing may give away.

Every text of the register tells the address, its record keys are made of it, and its coordinates are those of the
door: whatever an output takes from a row, it takes the secret with it.
"""

import contextlib
import csv
import io
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from shapely import Point

from data.__main__ import main
from data.reading.record_search import record_keys
from data.store.engine import open_engine
from tests.support.invented import TINY_REGION, replace_text, sha256_of
from tests.support.secrets import Secrets

SOURCE = "zmyslone-chronione"
FILE = "protected_places.csv"
GMINA = "980108"
TRUE_DOOR = Point(16.1472583, 54.8923417)
OTHER_DOOR = Point(16.1611249, 54.9012683)
"""Where one of the places moves to in the next release."""
SECRETS = Secrets(("Tajemn", "Sekretow", "32-777"), (TRUE_DOOR, OTHER_DOOR))
ADDRESS = "ul. Tajemna 7"
OPEN_ADDRESS = "ul. Jawna 5"
"""The address of the one public place: who does not find it in an output has not searched it."""
_TOLD = f"tu jest {ADDRESS}, 32-777 Sekretowo"

COLUMNS = {
    "facility_name": "name",
    "support_form": "form",
    "organization_name": "operator",
    "street_address": "street",
    "postal_code": "postal_code",
    "locality_name": "locality",
    "stated_gmina_name": "gmina",
    "stated_powiat_name": "powiat",
    "latitude": "lat",
    "longitude": "lon",
    "file_place_grade": "grade",
    "visibility": "visibility",
    "phones": "phone",
    "capacity_places": "places",
    "alternate_name": "alternate_name",
    "facility_description": "description",
    "website": "website",
    "opening_hours_text": "hours",
    "transportation_text": "transport",
    "note": "note",
    "source_url": "source_url",
    "verified_on": "checked",
    "service_description": "service_description",
    "intake_text": "intake",
    "eligibility_text": "eligibility",
    "fees_text": "fees",
    "interpretation_text": "interpretation",
    "barrier_free": "aids",
    "required_documents": "documents",
    "funding": "funding",
}
"""Field → column of the file."""

LATER = "Kuchnia"
"""A place that was public once and is protected from the second release on."""
RENAMED = "Noclegownia nad rzeką"
"""A public place that the second release calls otherwise, of another form, without its street, and protects."""
ON_CALL = "Dom na wezwanie"
"""A public place that no release protects: a person hides it."""
FIRST_DAY, SECOND_DAY = date(2026, 5, 31), date(2026, 6, 30)
PLACES = (
    # name, form, visibility; a form may protect by itself
    ("Dom dla matek", "KRY-DMK", ""),
    ("Ośrodek wsparcia", "KRY-SOW", ""),
    ("Mieszkanie wspomagane", "MIE-WSP", ""),
    ("Schronisko dla rodzin", "BEZ-SCH", "gmina_centroid"),
    ("Schronisko kobiet", "BEZ-SCH", "staff"),
    ("Noclegownia kobiet", "BEZ-NOC", "hidden"),
    ("Zespół uliczny", "BEZ-STR", ""),
    ("Dom rodzinny", "CAL-RDP", "gmina_centroid"),
    (f"Przystań przy {ADDRESS}", "BEZ-SCH", "gmina_centroid"),
    (LATER, "ZYW-JAD", "public"),
    ("Warsztat", "REI-WTZ", "gmina_centroid"),
    (RENAMED, "BEZ-NOC", "public"),
    (ON_CALL, "BEZ-SCH", "public"),
)


def make_world(folder: Path) -> Path:
    """Copy the invented region with the register of protected places, and return its catalogue."""
    shutil.copytree(TINY_REGION, folder)
    rows = [
        # Numbers of their own, or they would be merged as one facility that several lists have.
        _row(name, form, visibility)
        | {"street": name.partition("przy ")[2] or f"ul. Tajemna {number}", "phone": f"000 000 0{number}"}
        for number, (name, form, visibility) in enumerate(PLACES, start=70)
    ]
    rows.append(rows[0] | {"places": "99"})  # a row of the same place that contradicts the first is not taken
    rows.append(
        _row("Mieszkanie bez punktu", "MIE-WSP", "") | {"lat": "", "lon": "", "street": "ul. Tajemna 90"}
    )
    rows.append(_row("Źle wpisane", "KRY-DMK", "") | {"places": f"pięć, {_TOLD}"})
    rows.append(
        _row("Poza gminą", "KRY-DMK", "")
        | {"gmina": "Makietowo", "street": rows[0]["street"], "phone": rows[0]["phone"]}
    )
    rows.append(_open_row())
    _write(folder / FILE, rows)
    (folder / "registers" / f"{SOURCE}.toml").write_text(_profile(), encoding="utf-8")
    with (folder / "catalogue.toml").open("a", encoding="utf-8") as file:
        file.write(
            f'\n[[source]]\ncode = "{SOURCE}"\nname = "Lista chroniona"\nkind = "register"\n'
            f'publisher = "nikt"\nlicence = "MIT"\nattribution = "nikt"\nprofile = "{SOURCE}"\n\n'
            f'[[source.files]]\npath = "{FILE}"\nsha256 = "{sha256_of(folder / FILE)}"\n'
        )
    return folder / "catalogue.toml"


def change_world(catalogue: Path) -> None:
    """Make the next release: places move, close, are new, become protected, renamed too; all is about the secret."""
    rows = list(csv.DictReader((catalogue.parent / FILE).read_text(encoding="utf-8").splitlines()))
    for row in rows:
        if row["name"] == "Schronisko dla rodzin":
            row |= {"lat": str(OTHER_DOOR.y), "lon": str(OTHER_DOOR.x), "note": f"{_TOLD}, w podwórzu"}
        if row["name"] == "Dom rodzinny":
            row["name"] = "Dom rodzinny nowy"
        if row["name"] == LATER:
            row["visibility"] = "gmina_centroid"
        if row["name"] == RENAMED:
            row |= {"name": "Placówka", "form": "BEZ-SCH", "street": "", "visibility": "gmina_centroid"}
    before = sha256_of(catalogue.parent / FILE)
    _write(catalogue.parent / FILE, rows)
    replace_text(catalogue, before, sha256_of(catalogue.parent / FILE))
    profile = catalogue.parent / "registers" / f"{SOURCE}.toml"
    replace_text(profile, FIRST_DAY.isoformat(), SECOND_DAY.isoformat())


@contextlib.contextmanager
def changing_world(folder: Path) -> Iterator[tuple[str, Callable[[], str]]]:
    """Give the address of the world after its first load, and what protects it; it returns what commands printed."""
    url = f"sqlite:///{folder / 'world.sqlite'}"
    catalogue = make_world(folder / "region")

    def protect() -> str:
        change_world(catalogue)
        loads = printed("load", "--commit", "--details", "--or-example")
        engine = open_engine(url)
        with engine.connect() as connection:
            (key,) = record_keys(connection, SOURCE, ON_CALL)
        engine.dispose()
        return loads + printed("protect", f"{SOURCE}:{key}")

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SUPPORT_MAP_EXAMPLE", str(catalogue))
        patch.setenv("SUPPORT_MAP_DATABASE_URL", url)
        patch.setenv("SUPPORT_MAP_MIRROR", "")
        patch.setenv("SUPPORT_MAP_CACHE", str(folder / "cache"))
        printed("load", "--commit", "--or-example")
        correct_what_is_open(url)
        yield url, protect


def correct_what_is_open(url: str) -> None:
    """Put words about places right that are public still: they tell the street, and the places are protected later."""
    engine = open_engine(url)
    with engine.connect() as connection:
        keys = [key for name in (LATER, ON_CALL) for key in record_keys(connection, SOURCE, name)]
    engine.dispose()
    for key in keys:
        for field in ("note", "facility_name", "opening_hours_text"):
            printed(
                "correct", f"{SOURCE}:{key}", field, "Wejście od Tajemnej", "--reason", "Tajemna jest dobra"
            )
        printed(
            "correct", f"{SOURCE}:{key}", "phones", "00 000 00 99 (Tajemna)", "--reason", "Tajemna dzwoni"
        )


def printed(*words: str) -> str:
    """Run a command of data that works and return what it prints on both outputs."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        assert main(list(words)) == 0, output.getvalue()
    return output.getvalue()


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(COLUMNS.values()), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _row(name: str, form: str, visibility: str) -> dict[str, str]:
    row = dict.fromkeys(COLUMNS.values(), _TOLD)
    return row | {
        "name": name,
        "form": form,
        "operator": "Fundacja Zmyślona",
        "street": ADDRESS,
        "postal_code": "32-777",
        "locality": "Sekretowo",
        "gmina": "Wydumka",
        "powiat": "zmyślański",
        "lat": str(TRUE_DOOR.y),
        "lon": str(TRUE_DOOR.x),
        "grade": "door",
        "visibility": visibility,
        "phone": "000 000 077",
        "places": "10",
        "website": "https://zmyslone.example/ul-tajemna-7",
        "source_url": "https://zmyslone.example/ul-tajemna-7",
        "checked": "2026-05-01",
    }


def _open_row() -> dict[str, str]:
    row = {
        column: text.replace(ADDRESS, OPEN_ADDRESS)
        for column, text in _row("Dom otwarty", "BEZ-SCH", "").items()
    }
    opened = {column: text.replace("32-777 Sekretowo", "Wydumka") for column, text in row.items()}
    return opened | {
        "street": OPEN_ADDRESS,
        "postal_code": "00-008",
        "locality": "Wydumka",
        "lat": "54.8941",
        "lon": "16.1142",
        "website": "https://zmyslone.example/ul-jawna-5",
        "source_url": "https://zmyslone.example/ul-jawna-5",
    }


def _profile() -> str:
    columns = "\n".join(f'[columns.{field}]\nheader = "{column}"\n' for field, column in COLUMNS.items())
    return (
        f'[register]\ncode = "{SOURCE}"\nvoivodeship = "98"\n'
        'key = ["facility_name", "street_address", "locality_name"]\n\n'
        f'[file]\nformat = "csv"\n\n[as_of]\nfixed = {FIRST_DAY}\n\n{columns}'
    )
