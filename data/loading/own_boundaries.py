"""The load of boundaries of an operator's own: read as its publisher gives them, kept beside the database, loaded."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
from sqlalchemy import Engine

from data.catalogue import REAL_CATALOGUE, OtherBoundaries, SourceFile
from data.catalogue_file import CatalogueError
from data.loading.load import LoadSummary, load_all
from data.own_catalogue import BOUNDARIES, whole_catalogue
from data.reading import area_queries
from data.sources.country.foreign_boundaries import ReadBoundaries, Reading, read_boundaries
from data.sources.fetch import sha256_of
from data.store.schema_revision import require_migrated
from data.store.settings import Settings

_DECIMALS = 9
"""Of degrees, a tenth of a millimetre: rounding must not part borders that were closed."""
_MOST_TOLD = 10


@dataclass(frozen=True)
class Whose:
    """Whose boundaries they are and of which year: `attribution` is printed on every map."""

    vintage: str
    name: str
    publisher: str
    licence: str
    attribution: str


def load_boundaries(
    engine: Engine,
    settings: Settings,
    path: Path,
    *,
    whose: Whose,
    reading: Reading,
    report: Callable[[str], None] = lambda _: None,
    catalogue_path: Path = REAL_CATALOGUE,
    is_committed: bool = True,
    accepted_difference: str | None = None,
) -> LoadSummary:
    """
    Load boundaries in place of those of the catalogue, with all that stands on them.

    Raises
    ------
    CatalogueError
        If the year is one of the catalogue's.
    SourceFormatError, LoadRefusedError and others
        Nothing was changed.
    """
    require_migrated(engine)
    if settings.own_data is None:
        raise CatalogueError("expected a folder for own data, found none: set SUPPORT_MAP_OWN_DATA")
    _require_own_year(whose, settings, catalogue_path)
    known = _known_gminas(engine)
    read = read_boundaries(path, reading, known=known)
    for line in (*read.told, *_compared(read, known)):
        report(line)
    with _kept(settings.own_data, read, whose, is_committed=is_committed) as own_data:
        return load_all(
            engine,
            replace(settings, own_data=own_data, boundaries=whose.vintage),
            report=report,
            catalogue_path=catalogue_path,
            is_committed=is_committed,
            accepted_difference=accepted_difference,
            is_example_allowed=False,
        )


def _require_own_year(whose: Whose, settings: Settings, catalogue_path: Path) -> None:
    catalogue = whole_catalogue(settings.catalogue, catalogue_path=catalogue_path)
    taken = {str(catalogue.only("boundaries").vintage), *(one.vintage for one in catalogue.other_boundaries)}
    if whose.vintage in taken:
        raise CatalogueError(
            f"--vintage: expected a year that the catalogue has no boundaries of, found {whose.vintage}; call yours "
            f"otherwise, such as {whose.vintage}-own",
            found=whose.vintage,
        )


def _known_gminas(engine: Engine) -> dict[str, tuple[str, str]]:
    """Return 6 digits → 7 digits and name of the gminas that are loaded; none in an empty database."""
    with engine.connect() as connection:
        gminas = area_queries.areas(connection, "gmina")
    columns = (gminas["area_code"], gminas["teryt_code"], gminas["name"])
    return {str(code): (str(whole), str(name)) for code, whole, name in zip(*columns, strict=True)}


def _compared(read: ReadBoundaries, known: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """Say which gminas the file has more or fewer than those that are loaded."""
    now = {
        str(code)[:6]: str(name) for code, name in zip(read.gminas["terc"], read.gminas["name"], strict=True)
    }
    yield f"{len(now)} gminas, {len(known)} are loaded"
    gone = [f"{code} {name}" for code, (_, name) in known.items() if code not in now]
    new = [f"{code} {name}" for code, name in now.items() if code not in known] if known else []
    for words, found in (("not in the file", gone), ("new in the file", new)):
        if found:
            more = f" and {len(found) - _MOST_TOLD} more" if len(found) > _MOST_TOLD else ""
            yield f"{words}: {', '.join(found[:_MOST_TOLD])}{more}"


@contextmanager
def _kept(own_data: Path, read: ReadBoundaries, whose: Whose, *, is_committed: bool) -> Iterator[Path]:
    """Write boundaries to the folder of own data, or for a plan to a copy of it; take them out when the load fails."""
    with tempfile.TemporaryDirectory() as folder:
        if not is_committed:
            if own_data.is_dir():
                shutil.copytree(own_data, Path(folder) / "own")
            own_data = Path(folder) / "own"
        target = own_data / BOUNDARIES
        target.mkdir(parents=True, exist_ok=True)
        described = target / f"{whose.vintage}.json"
        before = described.read_text(encoding="utf-8") if described.exists() else None
        made = Path(folder) / "gminas.geojson"
        _write(read.gminas, made)
        sha256 = sha256_of(made)
        path = target / f"{whose.vintage}-{sha256[:8]}.geojson"
        was_there = path.exists()
        shutil.move(made, path)
        boundaries = OtherBoundaries(
            name=whose.name,
            vintage=whose.vintage,
            files=(SourceFile(path=path.name, sha256=sha256),),
            publisher=whose.publisher,
            licence=whose.licence,
            attribution=whose.attribution,
        )
        described.write_text(boundaries.model_dump_json(indent=2), encoding="utf-8")
        try:
            yield own_data
        except BaseException:
            described.unlink()
            if before is not None:
                described.write_text(before, encoding="utf-8")
            if not was_there:
                path.unlink()
            raise


def _write(gminas: gpd.GeoDataFrame, path: Path) -> None:
    gminas[["terc", "name", "geometry"]].to_file(path, driver="GeoJSON", COORDINATE_PRECISION=_DECIMALS)
