"""The load: find files, plan what changed, and write it in one transaction."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, Engine

from data.catalogue import (
    FOUNDATION,
    INVENTED_CATALOGUE,
    REAL_CATALOGUE,
    Catalogue,
    CatalogueError,
    Source,
    read_catalogue,
)
from data.counting import Claims, collect_claims
from data.engine import exclusive, require_migrated
from data.plan import Plan, fingerprint
from data.planning import Foundation
from data.register_plan import claims_of, plan_register, vocabulary_fingerprint
from data.release_store import CurrentRelease, current_releases, retire_sources, write_release
from data.settings import Settings
from data.sources.fetch import FoundFile, find_files, missing_error
from data.sources.profile import RegisterProfile, load_profile
from data.sources.registers import read_register

LOADER_VERSION = 2
"""Raise it when the same files must give other rows, so that the next load writes them again."""
_REAL_DATA_HINT = (
    "`make data` loads the real data; it needs the publishers' files in the folder of SUPPORT_MAP_MIRROR."
)


@dataclass(frozen=True)
class LoadSummary:
    """What a load did: `written` and `unchanged` are source codes; `message` is empty or for the person."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    is_invented: bool
    seconds: float
    message: str = ""


def load_all(
    engine: Engine,
    settings: Settings,
    *,
    report: Callable[[str], None] = lambda _: None,
    catalogue_path: Path = REAL_CATALOGUE,
) -> LoadSummary:
    """
    Load every source of the catalogue whose file or meaning changed, in one transaction.

    With none of the files anywhere, an empty database gets the invented region; a database with real data
    keeps it. Another load at the same time is waited for. Interrupted at any moment, the database stays as it
    was.

    Parameters
    ----------
    report
        Called with one line for each step.

    Raises
    ------
    NotMigratedError, CatalogueError, SourceMissingError, ChecksumError, LoadRefusedError, SupportMapError
        Nothing was changed.
    """
    started = time.perf_counter()
    require_migrated(engine)
    catalogue = read_catalogue(catalogue_path)
    files, missing = find_files(catalogue.source, settings, report=report)
    if files and missing:
        raise missing_error(missing, settings)
    message = ""
    profiles_folder = catalogue_path.parent / "registers"
    with exclusive(engine, report) as connection:
        before = current_releases(connection)
        if not files:
            if any(not release.is_invented for release in before.values()):
                message = (
                    f"No source was found; the database keeps the real data that it has. {_REAL_DATA_HINT}"
                )
                report(message)
                seconds = time.perf_counter() - started
                return LoadSummary((), tuple(before), is_invented=False, seconds=seconds, message=message)
            message = f"No source was found; this is the invented region, not real data. {_REAL_DATA_HINT}"
            report(message)
            catalogue = read_catalogue(INVENTED_CATALOGUE)
            profiles_folder = INVENTED_CATALOGUE.parent / "registers"
            here = replace(settings, mirror=INVENTED_CATALOGUE.parent, is_download_allowed=False)
            files, missing = find_files(catalogue.source, here)
            if missing:
                raise missing_error(missing, here)
        load = _Load(catalogue, files, profiles_folder)
        written = load.write(connection, before, report)
    unchanged = tuple(source.code for source in catalogue.source if source.code not in written)
    seconds = time.perf_counter() - started
    report(f"{len(written)} sources written, {len(unchanged)} unchanged, {seconds:.1f} s")
    return LoadSummary(tuple(written), unchanged, catalogue.is_invented, seconds, message)


class _Load:
    """One load of one catalogue."""

    def __init__(self, catalogue: Catalogue, files: Mapping[str, FoundFile], profiles_folder: Path) -> None:
        self._catalogue = catalogue
        self._files = files
        self._foundation = Foundation(catalogue, files)
        self._profile_paths = {
            source.code: profiles_folder / f"{source.profile}.toml"
            for source in catalogue.of_kind("register")
        }
        self._profiles = {code: _own_profile(code, path) for code, path in self._profile_paths.items()}
        self._claims: Claims = collect_claims(claims_of(self._profiles))
        self._fingerprints = self._fingerprint_all()

    def write(
        self, connection: Connection, before: Mapping[str, CurrentRelease], report: Callable[[str], None]
    ) -> list[str]:
        """Plan and write every changed source, and drop those that left the catalogue."""
        changed = [
            source
            for source in self._catalogue.source
            if source.code not in before or before[source.code].fingerprint != self._fingerprints[source.code]
        ]
        retire_sources(connection, set(before) - {source.code for source in self._catalogue.source})
        vintage = str(self._catalogue.only("boundaries").vintage)
        for source in changed:
            started = time.perf_counter()
            plan = self._plan(source)
            plan.check()
            write_release(
                connection,
                plan,
                fingerprint=self._fingerprints[source.code],
                boundary_vintage=vintage,
                is_invented=self._catalogue.is_invented,
            )
            report(
                f"{source.code}: {plan.rows_read} rows, {plan.rows_accepted} accepted, "
                f"{len(plan.rejected)} rejected, {len(plan.work_items)} work items, "
                f"{time.perf_counter() - started:.1f} s"
            )
        return [source.code for source in changed]

    def _plan(self, source: Source) -> Plan:
        if source.kind != "register":
            return self._foundation.plan(source)
        file = self._files[source.code]
        return plan_register(
            source,
            file,
            read_register(self._profiles[source.code], file.path),
            areas=self._foundation.areas,
            gazetteer=self._foundation.gazetteer,
            claims=self._claims,
            exceptions={
                (claim.form, claim.voivodeship): claim.except_gminas
                for claim in self._profiles[source.code].register_.complete_for
            },
        )

    def _fingerprint_all(self) -> dict[str, str]:
        own = {
            source.code: fingerprint(
                [str(LOADER_VERSION), source.fingerprint, self._files[source.code].sha256]
            )
            for source in self._catalogue.source
        }
        foundation = [own[self._catalogue.only(kind).code] for kind in FOUNDATION]
        claimed = [f"{form} {area} {code}" for (form, area), code in sorted(self._claims.items())]
        prints = {}
        for source in self._catalogue.source:
            parts = [own[source.code], *foundation]
            if source.kind == "register":
                profile = self._profile_paths[source.code].read_text(encoding="utf-8")
                parts += [profile, *claimed, vocabulary_fingerprint()]
            prints[source.code] = fingerprint(parts)
        return prints


def _own_profile(source_code: str, path: Path) -> RegisterProfile:
    profile = load_profile(path)
    if profile.register_.code != source_code:
        raise CatalogueError(
            f"{path.name}: expected register.code {source_code!r}, as its source is called in the "
            f"catalogue; found {profile.register_.code!r}. Give both the same code.",
            source=source_code,
            found=profile.register_.code,
        )
    return profile
