"""What a load can read of its catalogue, what it keeps from before, and what it does without."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from data.catalogue import Catalogue, Source
from data.loading.timeline import LoadedFile
from data.source_kinds import FOUNDATION, NEEDED, PLACING, Kind
from data.sources.fetch import FoundFile, SourceMissingError, missing_error, named_file
from data.store.own_sheets import is_own_sheet
from data.store.settings import Settings

_STOOD_ON = (*FOUNDATION, *PLACING)
"""Kinds that other sources are read with."""
_BESIDE_LOCALITIES: tuple[Kind, ...] = ("places_population", "address_localities")


@dataclass(frozen=True)
class AtHand:
    """
    The files of a load.

    Attributes
    ----------
    files
        By source code, the oldest first. What others stand on and was loaded before stays among them when its file
        is gone, marked as not at hand: what is loaded is then as it was.
    kept
        Sources that were loaded before and whose file is not at hand now: what was loaded of them stays.
    missing
        Sources that were never loaded and are not at hand: no data.
    sheets
        Codes of an operator's own sheets that were loaded before and whose folder is gone: no catalogue names them, and
        what they said stays.
    """

    files: Mapping[str, Sequence[FoundFile]]
    kept: tuple[Source, ...]
    missing: tuple[Source, ...]
    sheets: tuple[str, ...] = ()


def at_hand(
    catalogue: Catalogue,
    found: Mapping[str, Sequence[FoundFile]],
    *,
    in_force: Collection[str],
    loaded: Mapping[str, Sequence[LoadedFile]],
    settings: Settings,
) -> AtHand:
    """
    Tell what of a catalogue can be read, is kept or is missing.

    Parameters
    ----------
    found
        As `data.sources.fetch.find_files` found them.
    in_force
        Codes of the sources that have a release in force.
    loaded
        As `data.loading.timeline.loaded_files` returns.

    Raises
    ------
    SourceMissingError
        If a file without which nothing stands is neither found nor was loaded before; or if the boundaries are others
        than those in which what is kept was placed.
    """
    files = dict(found)
    kept = tuple(
        source for source in catalogue.source if source.code not in found and source.code in in_force
    )
    codes = {source.code for source in catalogue.source}
    sheets = tuple(sorted(code for code in in_force if is_own_sheet(code) and code not in codes))
    borders = catalogue.only("boundaries").code
    if (kept or sheets) and borders in found and borders in in_force:
        _require_same_boundaries(found[borders][-1], loaded[borders][-1], kept, sheets)
    for source in kept:
        if source.kind in _STOOD_ON:
            files[source.code] = [_as_loaded(source, loaded[source.code][-1], settings)]
    if catalogue.only("localities").code not in files:
        # Numbers of people of towns that nobody knows place nobody, and a second list is none without a first.
        for kind in _BESIDE_LOCALITIES:
            for source in catalogue.of_kind(kind):
                files.pop(source.code, None)
    missing = tuple(
        source for source in catalogue.source if source.code not in files and source.code not in in_force
    )
    if needed := [source for source in missing if source.kind in NEEDED]:
        raise missing_error(needed, settings, other_boundaries=catalogue.other_boundaries)
    return AtHand(files, kept, missing, sheets)


def _require_same_boundaries(
    file: FoundFile, known: LoadedFile, kept: Sequence[Source], sheets: Sequence[str]
) -> None:
    """Refuse new boundaries while something that was placed in the old ones cannot be placed anew."""
    if file.sha256 == known.sha256:
        return
    lines = [f"  {named_file(source)}" for source in kept]
    lines += [f"  {code}: the sheet's files in the folder of own data" for code in sheets]
    raise SourceMissingError(
        f"{file.path.name} has other boundaries than those that are loaded ({known.file_name}), and these files, which "
        "have to be read anew in them, are neither in the mirror, nor in the cache, nor in the folder of own data:\n"
        + "\n".join(lines)
        + "\nNothing was changed. Put them back, or load what there is into an empty database.",
        paths=[source.newest.path for source in kept],
    )


def _as_loaded(source: Source, known: LoadedFile, settings: Settings) -> FoundFile:
    path = (settings.mirror or settings.cache) / source.newest.path
    return FoundFile(path, known.sha256, known.as_of, is_at_hand=False)
