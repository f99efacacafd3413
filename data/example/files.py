"""The files of the example region, in the formats of the real sources."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from data.example.area_tables import Table, borders, codes, localities, named_places, plans, postcodes, terc
from data.example.catalogue_text import catalogue
from data.example.list_row import COLUMNS, ListRow
from data.example.lists import make_lists
from data.example.people import make_people
from data.example.people_tables import counts, history, population, projection
from data.example.places import make_places
from data.example.profiles import TOTAL, file_name, profile
from data.example.providers import make_providers
from data.example.roads import graphml
from data.example.units import make_units

_SUMS = ("places", "vacant", "vacant_women", "vacant_men", "waiting")


def region_files() -> dict[str, bytes]:
    """Return every file of the region by its path in the folder, the catalogue among them; the same at every call."""
    units = make_units()
    people = make_people(units)
    places = make_places(units, people)
    providers = make_providers(units, people, places)
    lists = make_lists(units, places, providers)
    files = {
        "gminas.geojson": borders(units),
        "terc.csv": _csv(terc(units), separator=";"),
        "gmina_codes.csv": _csv(codes(units)),
        "localities.csv": _csv(localities(places)),
        "places.tsv": _csv(named_places(places), separator="\t"),
        "postcodes.txt": _csv(postcodes(units, places), separator="\t"),
        "population.csv": _csv(population(units, people), separator=";"),
        "population_history.csv": _csv(history(units, people), separator=";"),
        "projection.csv": _csv(projection(units, people)),
        "people_counts.csv": _csv(counts(units, people)),
        "local_plans.csv": _csv(plans(units)),
        "roads.graphml": graphml(units, places).encode(),
    }
    for example in lists:
        files[f"registers/{example.code}.toml"] = profile(example).encode()
        for day, rows in example.files.items():
            files[file_name(example, day)] = _csv(_rows(rows, has_totals=example.has_totals))
    files["catalogue.toml"] = catalogue(files, lists, units, people, places).encode()
    return files


def write_region(folder: Path) -> list[Path]:
    """Write the region into a folder and return the paths."""
    written = []
    for name, content in region_files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        written.append(path)
    return written


def _csv(table: Table, *, separator: str = ",") -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator, lineterminator="\n").writerows(table)
    return buffer.getvalue().encode()


def _rows(rows: Iterable[ListRow], *, has_totals: bool) -> Table:
    rows = list(rows)
    if has_totals:
        rows = _with_totals(rows)
    yield COLUMNS
    yield from ([row.get(column, "") for column in COLUMNS] for row in rows)


def _with_totals(rows: list[ListRow]) -> list[ListRow]:
    """Return the rows by powiat, each powiat followed by its sums."""
    found: list[ListRow] = []
    for powiat in sorted({row["powiat_name"] for row in rows}):
        own = [row for row in rows if row["powiat_name"] == powiat]
        sums = {column: str(sum(int(row[column]) for row in own)) for column in _SUMS}
        found += [*own, {"powiat_name": powiat, "name": TOTAL, **sums}]
    return found
