"""The file of a register, a table as its profile says or HSDS, and what a load would make of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from data.catalogue import Source, SourceFile
from data.hsds.reading import read_hsds
from data.loading.plan import Plan
from data.loading.reconcile import Tolerance
from data.loading.register_plan import PlaceSources, plan_register
from data.sources.fetch import FoundFile, sha256_of
from data.sources.registers.profile import RegisterProfile
from data.sources.registers.registers import read_register
from data.sources.registers.row_prints import ReadBefore
from data.sources.registers.staged_register import StagedRegister
from data.sources.tables.damaged_letters import damaged_letters, rows_with_damaged_letters


@dataclass(frozen=True)
class RegisterFile:
    """What a file says, and how many values of which HSDS field we have no place for."""

    staged: StagedRegister
    not_kept: Mapping[str, int] = field(default_factory=dict)


def read_register_file(
    profile: RegisterProfile, path: Path, *, month: date | None = None, before: ReadBefore | None = None
) -> RegisterFile:
    """
    Read the register at `path`; with the last day of a `month`, that earlier month of its year.

    With what was read `before`, rows that say the same are taken over.

    Raises
    ------
    RegisterError
        If the file is not what the profile says; names the place, what was found and what to do.
    """
    if profile.file.format != "hsds":
        return RegisterFile(_with_letters_checked(read_register(profile, path, month=month, before=before)))
    reading = read_hsds(
        path,
        code=profile.register_.code,
        forms=profile.hsds.forms,
        form=profile.register_.form,
        voivodeships=profile.hsds.voivodeships,
    )
    return RegisterFile(_with_letters_checked(reading.staged), reading.not_kept)


def _with_letters_checked(staged: StagedRegister) -> StagedRegister:
    damaged = rows_with_damaged_letters(staged.records)
    if not damaged:
        return staged
    keys = set(staged.records["facility_key"].iloc[list(damaged)])
    return replace(
        staged,
        doubts=(*staged.doubts, damaged_letters(staged.records, damaged)),
        prints={key: row_print for key, row_print in staged.prints.items() if key not in keys},
    )


class RegisterFiles:
    """The files of registers that one load reads, each once."""

    def __init__(self, report: Callable[[str], None]) -> None:
        self._report = report
        self._read_files: dict[tuple[str, str], StagedRegister] = {}

    def take(
        self, profile: RegisterProfile, file: FoundFile, before: ReadBefore | None = None
    ) -> StagedRegister:
        """Return what a file says and forget it: it is read to tell its day and then to be planned."""
        staged = self.read(profile, file, before)
        del self._read_files[profile.register_.code, file.sha256]
        return staged

    def read(
        self, profile: RegisterProfile, file: FoundFile, before: ReadBefore | None = None
    ) -> StagedRegister:
        """Return what a file says; with what was read `before`, only what is new or changed of it."""
        known = self._read_files.get((profile.register_.code, file.sha256))
        if known is not None:
            return known
        found = read_register_file(profile, file.path, month=file.month, before=before)
        if found.not_kept:
            values = ", ".join(f"{name} {count}" for name, count in sorted(found.not_kept.items()))
            self._report(f"{profile.register_.code}: values that the registry has no place for: {values}")
        self._read_files[profile.register_.code, file.sha256] = found.staged
        return found.staged


def check_file(profile: RegisterProfile, path: Path, staged: StagedRegister, world: PlaceSources) -> Plan:
    """Return what the load of a file would write and ask a person to look at; nothing is written."""
    checksum = sha256_of(path)
    source = Source(
        code=profile.register_.code,
        name=path.name,
        kind="register",
        publisher=path.name,
        licence="unknown",
        attribution=path.name,
        files=(SourceFile(path=path.name, sha256=checksum),),
        profile=profile.register_.code,
    )
    return plan_register(
        source,
        FoundFile(path, checksum),
        staged,
        world=world,
        claims={},
        exceptions={},
        tolerance=Tolerance(),
    )
