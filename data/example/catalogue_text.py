"""The catalogue of the example region: which file is which source, with checksums."""

import hashlib
from collections.abc import Iterable, Mapping

from data.example.lists import ExampleList
from data.example.people import COUNTED_ON, LAST_YEAR, People
from data.example.people_tables import FIRST_YEAR
from data.example.places import Places
from data.example.profiles import file_name
from data.example.units import Units
from geo.teryt import EXAMPLE_VOIVODESHIPS

_INTRODUCTION = """\
# The example region: an invented voivodeship on the open sea beside a strip of two others, in the formats of the real
# sources. It is loaded when no real source is found. Made by `python -m data example`; do not edit.

is_invented = true
"""
_OWN = (
    'publisher = "nikt: przykład, dane zmyślone"',
    'licence = "MIT"',
    'attribution = "Dane przykładowe: nie opisują żadnego prawdziwego miejsca"',
)
_FOUNDATION: tuple[tuple[str, str, str, str, str | None], ...] = (
    ("granice", "granice gmin", "boundaries", "gminas.geojson", None),
    ("terc", "rejestr jednostek", "teryt", "terc.csv", "2026-01-01"),
    ("kody", "kody gmin", "crosswalk", "gmina_codes.csv", "2026-01-01"),
    ("miejscowosci", "miejscowości", "localities", "localities.csv", "2026-01-01"),
    ("ludnosc-miejscowosci", "ludność miejscowości", "places_population", "places.tsv", "2025-01-01"),
    ("kody-pocztowe", "kody pocztowe", "postcodes", "postcodes.txt", "2025-01-01"),
    ("ludnosc", "ludność gmin według wieku", "population", "population.csv", f"{COUNTED_ON}-12-31"),
    (
        "lata",
        "ludność województw w latach",
        "population_history",
        "population_history.csv",
        f"{COUNTED_ON}-12-31",
    ),
    ("prognoza", "prognoza ludności powiatów", "population_projection", "projection.csv", "2026-01-31"),
    ("liczby-osob", "liczby osób w grupach", "people_counts", "people_counts.csv", None),
    ("plany", "lokalne plany deinstytucjonalizacji", "local_plans", "local_plans.csv", None),
)
"""Code, name, kind, file and day of each source that is no list."""


def catalogue(
    files: Mapping[str, bytes], lists: Iterable[ExampleList], units: Units, people: People, places: Places
) -> str:
    """Return the catalogue of the region as TOML, with the checksum of every file that it names."""
    details = _details(units, people, places)
    parts = [
        "\n".join(
            [
                "[[source]]",
                f'code = "przyklad-{code}"',
                f'name = "Przykład: {name}"',
                f'kind = "{kind}"',
                *_OWN,
                *details.get(code, ()),
                "",
                *_file(files, path, day),
            ]
        )
        for code, name, kind, path, day in _FOUNDATION
    ]
    return "\n".join([_INTRODUCTION, *parts, *(_register(files, example) for example in lists)])


def _details(units: Units, people: People, places: Places) -> dict[str, tuple[str, ...]]:
    """Return by code of a source what else its entry says: the vintage, and the figures that a load must find."""
    everybody = units.gminas
    counts = {
        "gminas": len(everybody),
        "powiats": len(units.powiats),
        "voivodeships": len(EXAMPLE_VOIVODESHIPS),
    }
    areas = ", ".join(f'"{level}" = {count}' for level, count in counts.items())
    older, oldest = (sum(people.from_age(gmina, age) for gmina in everybody) for age in (65, 80))
    persons = sum(people.residents(gmina) for gmina in everybody)
    years = f'"first_year" = {FIRST_YEAR}, "last_year" = {COUNTED_ON}'
    later = f'"first_year" = {COUNTED_ON}, "last_year" = {LAST_YEAR}'
    return {
        "granice": ('vintage = "2026"', f"check = {{ {areas} }}"),
        "terc": ('vintage = "2026"',),
        "kody": ('vintages = { "stan_2026" = "2026" }',),
        "miejscowosci": (f'check = {{ "localities" = {sum(map(len, places.by_gmina.values()))} }}',),
        "ludnosc": (
            f'check = {{ "persons" = {persons}, "persons_65_plus" = {older}, "persons_80_plus" = {oldest} }}',
        ),
        "lata": (f'check = {{ "areas" = {len(EXAMPLE_VOIVODESHIPS)}, {years} }}',),
        "prognoza": (f'check = {{ "areas" = {len(units.powiats)}, {later} }}',),
    }


def _register(files: Mapping[str, bytes], example: ExampleList) -> str:
    lines = [
        "[[source]]",
        f'code = "{example.code}"',
        f'name = "{example.name}"',
        'kind = "register"',
        *_OWN,
        f'profile = "{example.code}"',
        *(["is_official = true"] if example.is_official else []),
    ]
    for day in sorted(example.files):
        lines += ["", *_file(files, file_name(example, day), day)]
    return "\n".join(lines)


def _file(files: Mapping[str, bytes], path: str, day: str | None) -> list[str]:
    checksum = hashlib.sha256(files[path]).hexdigest()
    lines = ["[[source.files]]", f'path = "{path}"', f'sha256 = "{checksum}"']
    return [*lines, *([f"as_of = {day}"] if day else []), ""]
