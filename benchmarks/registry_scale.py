"""
A register of 100,000 facilities into an empty SQLite database and into PostGIS, then a plan where 1 % changed.

The register is made up from real localities, so that every row is placed as real rows are. The load may take 120 s on
each database, the plan 30 s and 0.35 of the load: a plan that read and wrote everything would have 1.
Exits with 1 when a target is missed.
"""

import csv
import gzip
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

from benchmarks._plain_work import beside_plain_work, told
from data.catalogue import REAL_CATALOGUE
from data.loading.load import load_all
from data.store.engine import open_engine
from data.store.schema_revision import migrate
from data.store.settings import Settings
from tests.support.invented import sha256_of
from tests.support.postgis import find_server, running_cluster

FACILITIES = 100_000
CHANGED = 0.01
MAX_LOAD_SECONDS = 120.0
MAX_PLAN_SECONDS = 30.0
MAX_PLAN_OF_LOAD = 0.35
FORMS = ("CAL-DPS", "DZI-SDS", "DZI-KLS", "BEZ-NOC", "REI-WTZ", "DOM-UO")
COLUMNS = (
    "key",
    "name",
    "form",
    "street",
    "locality",
    "gmina",
    "powiat",
    "voivodeship",
    "phone",
    "places",
    "free",
)
PROFILE = """
[register]
code = "made-up"
[file]
format = "csv"
[columns.facility_key]
header = "key"
[columns.facility_name]
header = "name"
[columns.support_form]
header = "form"
[columns.street_address]
header = "street"
[columns.locality_name]
header = "locality"
[columns.stated_gmina_name]
header = "gmina"
[columns.stated_powiat_name]
header = "powiat"
[columns.voivodeship_code]
header = "voivodeship"
[columns.phones]
header = "phone"
[columns.capacity_places]
header = "places"
[columns.vacant_places]
header = "free"
"""
SOURCE = """
[[source]]
code = "made-up"
name = "Made-up register"
kind = "register"
publisher = "nobody"
licence = "CC0"
attribution = "made up"
profile = "made-up"
[[source.files]]
path = "made-up.csv"
sha256 = "{sha256}"
"""


def make_rows(mirror: Path) -> list[dict[str, str]]:
    """Return facilities in real localities, always the same."""
    with gzip.open(mirror / "gazetteer" / "localities_prng_2021.csv.gz", "rt", encoding="utf-8") as file:
        localities = list(csv.DictReader(file))
    chosen = random.Random(7)
    rows = []
    for number in range(FACILITIES):
        place = chosen.choice(localities)
        rows.append(
            {
                "key": f"made-up#{number}",
                "name": f"Placówka nr {number} w miejscowości {place['name']}",
                "form": FORMS[number % len(FORMS)],
                "street": f"ul. Polna {number % 300 + 1}",
                "locality": place["name"],
                "gmina": place["gmina"],
                "powiat": place["powiat"],
                "voivodeship": place["voivodeship"],
                "phone": f"12 {number:07d}"[:11],
                "places": str(number % 90 + 5),
                "free": str(number % 5),
            }
        )
    return rows


def write_region(folder: Path, rows: list[dict[str, str]]) -> Path:
    """Write the register and a catalogue of it and of the real foundation; return the catalogue."""
    with (folder / "made-up.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    registers = folder / "registers"
    registers.mkdir(exist_ok=True)
    (registers / "made-up.toml").write_text(PROFILE, encoding="utf-8")
    parts = REAL_CATALOGUE.read_text(encoding="utf-8").split("[[source]]")
    foundation = [part for part in parts if 'kind = "register"' not in part and "official_totals" not in part]
    source = SOURCE.format(sha256=sha256_of(folder / "made-up.csv"))
    catalogue = folder / "catalogue.toml"
    catalogue.write_text("[[source]]".join(foundation) + source, encoding="utf-8")
    return catalogue


def measure(name: str, url: str, folder: Path, rows: list[dict[str, str]]) -> bool:
    """Load, change 1 % and plan; return whether both are within their targets."""
    settings = Settings(url, folder, folder / "cache", is_download_allowed=False)
    engine = open_engine(url)
    migrate(engine)
    catalogue = write_region(folder, rows)

    def full_load() -> float:
        started = time.perf_counter()
        load_all(engine, settings, catalogue_path=catalogue)
        return time.perf_counter() - started

    loaded, slowness = beside_plain_work(full_load)
    step = round(1 / CHANGED)
    changed = [row | {"free": "9"} if number % step == 0 else row for number, row in enumerate(rows)]
    catalogue = write_region(folder, changed)
    started = time.perf_counter()
    planned_load = load_all(engine, settings, catalogue_path=catalogue, is_committed=False)
    planned = time.perf_counter() - started
    engine.dispose()
    (release,) = planned_load.report.releases
    counts = (release.records_changed, release.records_unchanged)
    if counts != (FACILITIES // step, FACILITIES - FACILITIES // step):
        raise AssertionError(f"expected {FACILITIES // step} changed records, found {counts}")
    is_loaded, load_words = told(loaded, MAX_LOAD_SECONDS, slowness)
    is_planned, plan_words = told(planned, MAX_PLAN_SECONDS, slowness)
    print(
        f"{name}: load of {FACILITIES:,} facilities {load_words}; plan with {CHANGED:.0%} changed "
        f"{planned / loaded:.2f} of the load (at most {MAX_PLAN_OF_LOAD}), {plan_words}"
    )
    return is_loaded and is_planned and planned / loaded <= MAX_PLAN_OF_LOAD


@contextmanager
def postgis() -> Iterator[str]:
    """Give an empty PostGIS database of a server of our own."""
    server = find_server()
    if server is None:
        raise SystemExit("no PostGIS; `make test` installs it")
    with running_cluster(server) as address:
        admin = create_engine(f"{address}/postgres", isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text("CREATE DATABASE bench"))
        admin.dispose()
        yield f"{address}/bench"


def main() -> int:
    """Measure and print; 1 when a target is missed."""
    mirror = Settings.from_environment().mirror
    if mirror is None:
        print("no mirror of real data; set SUPPORT_MAP_MIRROR", file=sys.stderr)
        return 1
    rows = make_rows(mirror)
    results = []
    for name in ("SQLite", "PostGIS"):
        with tempfile.TemporaryDirectory() as text_folder:
            folder = Path(text_folder)
            for part in mirror.iterdir():
                (folder / part.name).symlink_to(part)
            if name == "SQLite":
                results.append(measure(name, f"sqlite:///{folder / 'bench.sqlite'}", folder, rows))
            else:
                with postgis() as url:
                    results.append(measure(name, url, folder, rows))
    return int(not all(results))


if __name__ == "__main__":
    sys.exit(main())
