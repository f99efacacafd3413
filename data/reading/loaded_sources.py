"""What both catalogues, the real one and that of the example, say of sources that are loaded."""

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

import pandas as pd

from data.catalogue import Source, read_catalogue
from data.own_catalogue import own_boundaries, sheet_source, whole_catalogue
from data.store.own_sheets import sheet_of_code
from data.store.settings import example_catalogue, own_catalogue, own_data_folder


def lists_of_everything(loaded: Collection[str]) -> frozenset[tuple[str, str, str]]:
    """
    Return (source code, form, voivodeship) of the claims `lists_every`, of both catalogues, that hold.

    A list that is not loaded claims nothing, nor does one that counts on another list that is not loaded.
    """
    return frozenset(
        (source.code, form, voivodeship)
        for source in _listing_everything()
        if {source.code, *source.lists_every_with} <= set(loaded)
        for form, voivodeships in source.lists_every.items()
        for voivodeship in voivodeships
    )


def _listing_everything() -> tuple[Source, ...]:
    return tuple(source for source in _known_sources() if source.lists_every)


def _known_sources() -> tuple[Source, ...]:
    """Return the sources of the example region, of our catalogue and of the operator's own, in this order."""
    return _sources(example_catalogue(), own_catalogue())


@cache
def _sources(example: Path, own: Path | None) -> tuple[Source, ...]:
    return (*read_catalogue(example).source, *whole_catalogue(own).source)


def _sheets(codes: Iterable[str]) -> Iterator[Source]:
    """Return the sources of those codes that are an operator's own sheets, in no catalogue."""
    sheets = (sheet_of_code(code) for code in dict.fromkeys(codes))
    yield from (sheet_source(sheet) for sheet in sheets if sheet is not None)


def _other_boundaries() -> tuple[Source, ...]:
    catalogue = whole_catalogue(own_catalogue())
    others = (*catalogue.other_boundaries, *own_boundaries(own_data_folder()))
    catalogue = catalogue.model_copy(update={"other_boundaries": others})
    return tuple(
        catalogue.with_boundaries(other.vintage).only("boundaries") for other in catalogue.other_boundaries
    )


def official_sources() -> frozenset[str]:
    """Return the codes of the sources that a public office publishes, of all catalogues."""
    return _official(example_catalogue(), own_catalogue())


@cache
def _official(example: Path, own: Path | None) -> frozenset[str]:
    return frozenset(source.code for source in _sources(example, own) if source.is_official)


def describe_sources(releases: pd.DataFrame) -> pd.DataFrame:
    """
    Add to releases what the catalogues say of their sources.

    Parameters
    ----------
    releases
        As `data.reading.release_queries.releases` returns.

    Returns
    -------
    sources
        The same rows and columns and `name`, `kind`, `publisher`, `url`, `licence`, `attribution`. A source
        that left the catalogue is named by its code.
    """
    known = {source.code: source for source in (*_known_sources(), *_sheets(releases["source_code"]))}
    for boundaries in _other_boundaries():
        is_other = (releases["source_code"] == boundaries.code) & (
            releases.get("boundary_vintage", "") == boundaries.vintage
        )
        if is_other.any():
            known[boundaries.code] = boundaries
    described = releases.copy()
    described["is_official"] = [code in official_sources() for code in releases["source_code"]]
    columns = {
        "name": "name",
        "kind": "kind",
        "publisher": "publisher",
        "publisher_url": "url",
        "licence": "licence",
        "attribution": "attribution",
    }
    for attribute, column in columns.items():
        described[column] = [
            (getattr(known[code], attribute) or "") if code in known else (code if column == "name" else "")
            for code in releases["source_code"]
        ]
    return described
