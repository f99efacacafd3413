"""What a load would make of one file of a register, before it is a source of the catalogue."""

from pathlib import Path

from data.catalogue import Source, SourceFile
from data.loading.plan import Plan
from data.loading.reconcile import Tolerance
from data.loading.register_plan import World, plan_register
from data.sources.fetch import FoundFile, sha256_of
from data.sources.registers.profile import RegisterProfile
from data.sources.registers.registers import StagedRegister


def check_file(profile: RegisterProfile, path: Path, staged: StagedRegister, world: World) -> Plan:
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
