"""How services are organised in one area: its own classes, and how far the gminas of a larger one are."""

from dataclasses import dataclass

from data.registry.local_government import progress
from layers.answers.measures.world import World
from layers.words.area_facts.figure import Figure

_COLUMNS = ["measure", "units", "reached", "preparing", "without", "no_data"]


@dataclass(frozen=True)
class Progress:
    """How many local governments of a larger area have reached something: a row of `organisation.progress`."""

    measure: str
    units: int
    reached: int
    preparing: int
    without: int
    no_data: int


@dataclass(frozen=True)
class LocalGovernmentFacts:
    """How services are organised: the area's own classes, and of a larger area how many of its gminas are how far."""

    figures: tuple[Figure, ...]
    progress: tuple[Progress, ...]


def progress_in(world: World, code: str) -> tuple[Progress, ...]:
    """Return how many local governments of an area have a centre (CUS) and a plan (LPDI), counted once."""
    rows = world.keep(("progress", code), lambda: progress(world.registry, code))
    wanted = rows.loc[rows["measure"].isin(["cus", "plan"]), _COLUMNS]
    return tuple(Progress(*row) for row in wanted.itertuples(index=False, name=None))
