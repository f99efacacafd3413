"""Sources of the catalogue that are not loaded: whose files they are, and what each would add."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from data.catalogue import REAL_CATALOGUE, Source
from data.own_catalogue import whole_catalogue
from data.source_kinds import NEEDED, Kind
from data.sources.fetch import named_file
from data.sources.registers.profile import load_profile
from data.store.settings import own_catalogue
from data.vocabulary import support_forms
from geo.teryt import ALL_VOIVODESHIPS

_ADDS: dict[Kind, str] = {
    "boundaries": "the areas themselves; without them nothing can be shown",
    "teryt": "names and codes of the areas; without them nothing can be shown",
    "crosswalk": "codes of gminas in other years; without them nothing can be shown",
    "population": "people by age in every gmina; without them nothing can be shown",
    "localities": (
        "facilities are placed by town, people live spread over villages and towns, and places are found by name; "
        "without it only by gmina"
    ),
    "places_population": (
        "beside the localities, towns weigh as much as people live in them; without it the localities of a gmina share "
        "its people evenly"
    ),
    "address_localities": (
        "beside the localities, hamlets that they lack: what is known only by a name that two gminas of a powiat have "
        "is counted in the powiat; without it in the gmina that the localities name, which may be the wrong one"
    ),
    "postcodes": "a postal code tells namesakes apart and places what has no locality; without it neither",
    "address_streets": (
        "facilities stand at the street of their address; without it in the middle of their town or village"
    ),
    "addresses": (
        "facilities stand at the door of their address, and in villages at their house; without it at their street, as "
        "far as streets are loaded"
    ),
    "population_grid": (
        "people live in the cells where they were counted; without it where houses stand, or in localities"
    ),
    "address_grid": "people live where houses stand, cell by cell; without it in localities",
    "population_history": "people counted in the years {first_year} to {last_year}; without it no line of past years",
    "population_projection": "years to {last_year}; without it no people of later years there",
    "residents": (
        "all residents of every gmina as last counted; without it those of the year for which ages are known"
    ),
    "residents_by_year": (
        "people by age of {first_year} to {last_year} in {areas} areas; without it people of today are those of the "
        "last count by age, and later years are told where a powiat is projected"
    ),
    "people_counts": "published numbers of people in a group; without it they are no data, not zero",
    "known_costs": "what homes and hours of services were announced to cost, offered to who plans; without it none is",
    "local_plans": "which gminas and powiats have a local plan; without it that is no data, not none",
    "offices": "whom to call in a gmina of which nothing is known; without it nobody is named",
    "organization_seats": "public benefit organisations with their seat in a gmina; without it none is named",
    "official_totals": "official totals beside ours (`python -m data totals`); without it nothing is compared",
}


@dataclass(frozen=True)
class MissingSource:
    """
    A source of the catalogue that is not loaded, so that what it tells is no data.

    Attributes
    ----------
    is_needed
        Whether nothing can be shown without it.
    last_year
        Of projections: the last year that it reaches, when the catalogue says it.
    complete_for
        (form of support, voivodeship code) of a register that lists all of them: with it, no row means none there.
    adds
        What it would add, in a sentence.
    """

    source_code: str
    name: str
    kind: Kind
    path: str
    publisher: str
    publisher_url: str | None
    is_needed: bool
    adds: str
    last_year: int | None = None
    complete_for: tuple[tuple[str, str], ...] = ()


def missing_sources(
    loaded: Collection[str], *, catalogue_path: Path = REAL_CATALOGUE
) -> tuple[MissingSource, ...]:
    """Return the sources of a catalogue, and of the operator's own, whose codes are not among the loaded ones."""
    return tuple(
        missing_source(source)
        for source in whole_catalogue(own_catalogue(), catalogue_path=catalogue_path).source
        if source.code not in loaded
    )


def missing_source(source: Source) -> MissingSource:
    """Return what a source would add; the claims of a register are read from its profile."""
    claims: tuple[tuple[str, str], ...] = ()
    if source.profile is not None:
        register = load_profile(source.profile_path).register_
        claims = tuple((claim.form, claim.voivodeship) for claim in register.complete_for)
    return MissingSource(
        source_code=source.code,
        name=source.name,
        kind=source.kind,
        path=source.newest.path,
        publisher=source.publisher,
        publisher_url=source.publisher_url,
        is_needed=source.kind in NEEDED,
        adds=_adds(source, claims),
        last_year=source.check.get("last_year"),
        complete_for=claims,
    )


def say_missing(missing: MissingSource) -> list[str]:
    """Return the lines that tell a missing source: its file, its publisher, and what it would add."""
    url = f", {missing.publisher_url}" if missing.publisher_url else ""
    return [
        f"  {missing.source_code}: {missing.path} ({missing.publisher}{url})",
        f"      {missing.name}: {missing.adds}",
    ]


def say_kept(source: Source) -> str:
    """Return the sentence of a source that was loaded before and whose file is not at hand now."""
    return f"{source.code}: {named_file(source)} is not at hand; what was loaded of it stays"


def _adds(source: Source, claims: tuple[tuple[str, str], ...]) -> str:
    if source.kind == "register":
        return _what_register_adds(source, claims)
    years = {"first_year": "?", "last_year": "?", "areas": "?"} | source.check
    return _ADDS[source.kind].format(**years)


def _what_register_adds(source: Source, claims: tuple[tuple[str, str], ...]) -> str:
    every = [(form, code) for form, codes in source.lists_every.items() for code in codes]
    listed = [f"{_form(form)} in {ALL_VOIVODESHIPS.get(code, code)}" for form, code in (*claims, *every)]
    if not listed:
        return "its facilities; it is complete nowhere, so that figures say at least so many"
    return (
        f"its facilities; complete for {', '.join(listed)}: without it, no row there is no data and not none"
    )


def _form(code: str) -> str:
    return f"{code} {support_forms()[code].name['en']}"
