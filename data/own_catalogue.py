"""The operator's own catalogue, which stands beside ours: its sources are added, and none of ours is changed."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import ConfigDict, ValidationError

from data.catalogue import REAL_CATALOGUE, Catalogue, OtherBoundaries, Source, SourceFile, read_catalogue
from data.catalogue_file import CatalogueError, first_problem, read_toml
from data.store.own_sheets import SheetOf
from data.store.settings import Settings
from data.vocabulary import support_forms

SETTING = "SUPPORT_MAP_CATALOGUE"
BOUNDARIES = "boundaries"
"""The folder of own boundaries in that of own data."""


class OwnCatalogue(Catalogue):
    """What an own catalogue may say: sources and boundaries of other years, as ours; it need not be whole."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: tuple[Source, ...] = ()
    other_boundaries: tuple[OtherBoundaries, ...] = ()

    def require_whole(self) -> None:
        """Ask nothing here: the two are looked through together."""


def whole_catalogue(own: Path | None, *, catalogue_path: Path = REAL_CATALOGUE) -> Catalogue:
    """
    Return a catalogue with the sources of the operator's own behind its.

    Parameters
    ----------
    own
        The operator's catalogue, `Settings.catalogue`; None for the catalogue as it is. Files and profiles
        (`registers/PROFILE.toml`) of its sources are looked for beside it, files then in mirror and cache as ours.

    Raises
    ------
    CatalogueError
        If one of them is wrong, or the own one has a code that the other has, or a second source of a kind of which
        there is one; the message names the file and the code.
    """
    ours = read_catalogue(catalogue_path)
    if own is None:
        return ours
    theirs = _read_own(own)
    _require_other_names(own, ours, theirs)
    content = {
        "is_invented": ours.is_invented,
        "source": (*ours.source, *theirs.source),
        "other_boundaries": (*ours.other_boundaries, *theirs.other_boundaries),
    }
    try:
        Catalogue.model_validate(content)
    except ValidationError as error:
        raise _refused(own, first_problem(error, content)) from error
    placed = tuple(source.at(own.parent, is_beside=True) for source in theirs.source)
    return ours.model_copy(
        update={
            "source": (*ours.source, *placed),
            "other_boundaries": (
                *ours.other_boundaries,
                *(other.beside(own.parent) for other in theirs.other_boundaries),
            ),
        }
    )


def _read_own(path: Path) -> OwnCatalogue:
    content = read_toml(path)
    try:
        return OwnCatalogue.model_validate(content)
    except ValidationError as error:
        raise _refused(path, first_problem(error, content)) from error


def _require_other_names(path: Path, ours: Catalogue, theirs: OwnCatalogue) -> None:
    """Refuse a code or a year of boundaries that our catalogue has: which of the two is meant nobody could tell."""
    known = {source.code for source in ours.source}
    if repeated := [source.code for source in theirs.source if source.code in known]:
        raise _refused(
            path,
            f"expected codes that the application's own catalogue has not, found {', '.join(repeated)}; give these "
            "sources codes of your own",
        )
    years = {str(ours.only("boundaries").vintage), *(other.vintage for other in ours.other_boundaries)}
    if repeated := [other.vintage for other in theirs.other_boundaries if other.vintage in years]:
        raise _refused(
            path,
            f"expected years of boundaries that the application's own catalogue has not, found {', '.join(repeated)}; "
            "give these another `vintage`, such as 2026-own",
        )


def _refused(path: Path, problem: str) -> CatalogueError:
    return CatalogueError(f"{path.name} ({SETTING}): {problem}", path=str(path))


_NO_FILE = SourceFile(path="-", sha256="0" * 64)


def sheet_source(sheet: SheetOf, files: Sequence[SourceFile] = (_NO_FILE,)) -> Source:
    """Return the source that an operator's own sheet is: for a load with its files, for captions without."""
    form = support_forms().get(sheet.support_form)
    return Source(
        code=sheet.source_code,
        name=f"Własny arkusz: {form.name['pl'] if form else sheet.support_form} ({sheet.area_code})",
        kind="register",
        publisher="prowadzący tę mapę (własny arkusz)",
        licence="dane własne prowadzącego mapę",
        attribution="Dane własne prowadzącego mapę",
        profile="own-sheet",
        files=tuple(files),
    )


def own_boundaries(own_data: Path | None) -> tuple[OtherBoundaries, ...]:
    """
    Return the boundaries that `python -m data boundaries` brought: a JSON file for each year, beside its map file.

    Raises
    ------
    CatalogueError
        If such a file is not what was written.
    """
    folder = own_data / BOUNDARIES if own_data is not None else None
    paths = sorted(folder.glob("*.json")) if folder is not None else []
    try:
        found = [OtherBoundaries.model_validate_json(path.read_text(encoding="utf-8")) for path in paths]
    except ValueError as error:
        raise CatalogueError(f"{folder}: expected what `python -m data boundaries` wrote: {error}") from error
    return tuple(boundaries.beside(path.parent) for boundaries, path in zip(found, paths, strict=True))


def catalogue_in_use(
    settings: Settings, *, catalogue_path: Path = REAL_CATALOGUE, in_force: str | None = None
) -> Catalogue:
    """
    Return the catalogue of a load: ours, the operator's own beside it, and the boundaries that were chosen.

    Parameters
    ----------
    in_force
        The year of the boundaries that are loaded: where the setting names none, own ones stay.

    Raises
    ------
    CatalogueError
        If one of the catalogues is wrong, or has no boundaries of the year.
    """
    whole = whole_catalogue(settings.catalogue, catalogue_path=catalogue_path)
    own = own_boundaries(settings.own_data)
    staying = in_force if in_force in {other.vintage for other in own} else None
    both = whole.model_copy(update={"other_boundaries": (*whole.other_boundaries, *own)})
    return both.with_boundaries(settings.boundaries or staying)
