"""The file of a register, a table as its profile says or HSDS, and what a load would make of it."""

from collections.abc import Mapping
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
from data.sources.registers.registers import StagedRegister, read_register
from data.sources.tables.damaged_letters import damaged_letters


@dataclass(frozen=True)
class RegisterFile:
    """What a file says, and how many values of which HSDS field we have no place for."""

    staged: StagedRegister
    not_kept: Mapping[str, int] = field(default_factory=dict)


def read_register_file(profile: RegisterProfile, path: Path, *, month: date | None = None) -> RegisterFile:
    """
    Read the register at `path`; with the last day of a `month`, that earlier month of its year.

    Raises
    ------
    RegisterError
        If the file is not what the profile says; names the place, what was found and what to do.
    """
    if profile.file.format != "hsds":
        return RegisterFile(_with_letters_checked(read_register(profile, path, month=month)))
    reading = read_hsds(
        path,
        code=profile.register_.code,
        forms=profile.hsds.forms,
        form=profile.register_.form,
        voivodeships=profile.hsds.voivodeships,
    )
    return RegisterFile(_with_letters_checked(reading.staged), reading.not_kept)


def _with_letters_checked(staged: StagedRegister) -> StagedRegister:
    return replace(staged, doubts=(*staged.doubts, *damaged_letters(staged.records)))


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
