"""Why no real source was found and what brings one, for the command that ends and for pages of the example."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from data.catalogue import REAL_CATALOGUE, Catalogue
from data.own_catalogue import catalogue_in_use
from data.source_kinds import NEEDED
from data.sources.fetch import named_file
from data.store.settings import DEFAULT_MIRROR, Settings
from geo.errors import SupportMapError

Mirror = Literal["not_set", "turned_off", "no_folder", "no_files", "has_files"]
Cache = Literal["no_files", "has_files"]
Publishers = Literal["no_addresses", "offline", "not_asked", "silent"]


_ADVICE = (
    "Put the publishers' files, named as in the catalogue, in a folder, name the folder in SUPPORT_MAP_MIRROR, then "
    "run `make data`. Needed are"
)


class NoSourceError(SupportMapError, FileNotFoundError):
    """No file of the catalogue is anywhere; `reason` tells where was looked."""

    def __init__(self, message: str, *, reason: "NoSource") -> None:
        super().__init__(message, reason=reason)
        self.reason = reason


@dataclass(frozen=True)
class NoSource:
    """
    Where was looked for the files of the catalogue, and what was found.

    Attributes
    ----------
    mirror
        `not_set`: SUPPORT_MAP_MIRROR is not set and the default folder is not there; `turned_off`: it is empty;
        `no_folder`: it names none; `no_files`: the folder has none of the catalogue's files; `has_files`: it has some,
        and `make data` loads them.
    cache
        Whether any of the files was downloaded before.
    publishers
        `no_addresses`: no file of the catalogue has an address of its own; `offline`: SUPPORT_MAP_OFFLINE or
        `--offline`; `not_asked`: a load would ask them; `silent`: asked, and none answered.
    files
        How many files the catalogue names.
    lacking
        Paths of the files without which nothing can be shown and that are neither in the mirror nor in the cache.
    """

    mirror: Mirror
    cache: Cache
    publishers: Publishers
    files: int
    lacking: tuple[str, ...]

    @property
    def is_any_at_hand(self) -> bool:
        """Tell whether a load would find a file by now."""
        return "has_files" in (self.mirror, self.cache)

    def lines(self, settings: Settings) -> Iterator[str]:
        """Return a line for each place, to read on the command line: it names folders of this machine."""
        words = {
            "not_set": "SUPPORT_MAP_MIRROR is not set, and there is no ../shared/data",
            "turned_off": "SUPPORT_MAP_MIRROR is empty, which turns it off",
            "no_folder": f"{settings.mirror} is no folder",
            "no_files": f"{settings.mirror} has none of the {self.files} files of the catalogue",
            "has_files": f"{settings.mirror} has files of the catalogue",
        }
        yield f"mirror: {words[self.mirror]}"
        has = "has files" if self.cache == "has_files" else "has none of the files"
        yield f"cache: {settings.cache} {has} of the catalogue"
        words = {
            "no_addresses": "not asked, because no file of the catalogue has an address of its own",
            "offline": "not asked, because SUPPORT_MAP_OFFLINE or --offline says so",
            "not_asked": "not asked yet",
            "silent": "asked, and none answered",
        }
        yield f"publishers: {words[self.publishers]}"


def why_no_source(
    settings: Settings, *, catalogue_path: Path = REAL_CATALOGUE, is_asked: bool = False
) -> NoSource:
    """
    Return where the files of the catalogue are, and where not; nothing is read, downloaded or changed.

    `is_asked` says that a load has asked the publishers just now.
    """
    catalogue = _catalogue(settings, catalogue_path)
    files = [file for source in catalogue.source for file in source.files]
    folders = [folder for folder in (settings.mirror, settings.cache) if folder is not None]
    needed = [source.newest.path for source in catalogue.source if source.kind in NEEDED]
    return NoSource(
        mirror=_mirror(settings, [file.path for file in files]),
        cache="has_files" if any((settings.cache / file.path).is_file() for file in files) else "no_files",
        publishers=_publishers(
            settings, has_addresses=any(file.download_url for file in files), is_asked=is_asked
        ),
        files=len(files),
        lacking=tuple(path for path in needed if not any((folder / path).is_file() for folder in folders)),
    )


def no_source_error(
    settings: Settings, *, catalogue_path: Path = REAL_CATALOGUE, kept: str = ""
) -> NoSourceError:
    """Return the error that says why there is no real source, what stays, and what brings one."""
    reason = why_no_source(settings, catalogue_path=catalogue_path, is_asked=True)
    sources = _catalogue(settings, catalogue_path).source
    needed = [named_file(source) for source in sources if source.kind in NEEDED]
    lines = [
        f"No real data were found. {kept}".rstrip(),
        *(f"  {line}" for line in reason.lines(settings)),
        _ADVICE,
        *(f"  {line}" for line in needed),
        "and of the others as many as you have: `python -m data status` lists them with what each adds.",
    ]
    return NoSourceError("\n".join(lines), reason=reason)


def _catalogue(settings: Settings, catalogue_path: Path) -> Catalogue:
    return catalogue_in_use(settings, catalogue_path=catalogue_path)


def _mirror(settings: Settings, paths: list[str]) -> Mirror:
    folder = settings.mirror
    if folder is None:
        return "turned_off" if DEFAULT_MIRROR.is_dir() else "not_set"
    if not folder.is_dir():
        return "no_folder"
    return "has_files" if any((folder / path).is_file() for path in paths) else "no_files"


def _publishers(settings: Settings, *, has_addresses: bool, is_asked: bool) -> Publishers:
    if not has_addresses:
        return "no_addresses"
    if not settings.is_download_allowed:
        return "offline"
    return "silent" if is_asked else "not_asked"
