"""What a process keeps to compute with: the database, the registries it has read, and the worlds made of them."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import cached_property, lru_cache
from pathlib import Path
from threading import RLock
from typing import Any, Generic, TypeVar

from sqlalchemy import Engine

from data.registry.reading import read_edition, read_registry, registry_of_edition
from data.registry.registry import Registry
from data.sources.roads.graph import read_road_network
from data.store.engine import open_engine
from data.store.patience import OF_PAGES
from data.store.settings import Settings
from geo.roads.network import RoadNetwork
from layers.answers.area_table import AreaTable
from layers.answers.errors import RegistryChangedError
from layers.answers.measures.applied_scenario import apply_packed
from layers.answers.measures.world import World
from layers.answers.table_building import build_area_table
from layers.indicators.indicator import SINCE
from layers.jobs.job import Compared, Job, RegistryKey, TableKey
from layers.view.view import View

Key = TypeVar("Key", bound=Hashable)
Thing = TypeVar("Thing")
_MOST_REGISTRIES, _MOST_WORLDS, _MOST_THINGS, _MOST_NETWORKS = 4, 4, 24, 2


class Bench:
    """The state of a process that computes."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._registries: _Shelf[RegistryKey, Registry] = _Shelf(_MOST_REGISTRIES)
        self._worlds: _Shelf[tuple[RegistryKey, str], World] = _Shelf(_MOST_WORLDS)
        self._things: _Shelf[Hashable, Any] = _Shelf(_MOST_THINGS)
        self._networks: _Shelf[Path, RoadNetwork] = _Shelf(_MOST_NETWORKS)

    @cached_property
    def engine(self) -> Engine:
        """The database."""
        return open_engine(self.settings.database_url, patience=OF_PAGES)

    def _network_of(self, registry: Registry) -> Callable[[], RoadNetwork | None]:
        """Return what gives the roads of a registry; they are read when somebody first asks for a way by them."""
        path = self.settings.roads_of(is_invented=registry.state.is_invented)
        return lambda: self._networks.get(path, lambda: read_road_network(path)) if path else None

    def take(self, key: RegistryKey, registry: Registry) -> None:
        """Put a registry on the bench that was read before; what was made of another of that key is forgotten."""
        if self._registries.get(key, lambda: registry) is not registry:
            self._registries.put(key, registry)
            self._worlds.clear()
            self._things.clear()

    def registry(self, key: RegistryKey) -> Registry:
        """
        Return a registry.

        Raises
        ------
        RegistryChangedError
            If the database holds another by now.
        """
        return self._registries.get(key, lambda: self._read(key))

    def world(self, key: RegistryKey, packed: str) -> World:
        """
        Return the world of a registry, or of the scenario that is packed.

        Raises
        ------
        ScenarioError
            If the text tells no scenario.
        """
        return self._worlds.get((key, packed), lambda: self._world(key, packed))

    def table(self, of: TableKey) -> AreaTable:
        """Return a table; its view says nothing but the question."""
        measured_on = of.compared.measured_on if of.question.is_of_knowledge else None
        since = of.compared.since if SINCE in of.question.what.choices else None
        of = TableKey(of.registry, of.question, Compared(measured_on, since))
        return self.keep(of, lambda: self._table(of))

    def keep(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """Return what was made for a key, made now if it was not; the least used is forgotten."""
        thing: Thing = self._things.get(key, make)
        return thing

    def _read(self, key: RegistryKey) -> Registry:
        if key.held_from is None:
            registry = read_registry(self.engine)
        else:
            now = self.registry(RegistryKey(key.now, key.now))
            registry = registry_of_edition(now, read_edition(self.engine, key.held_from), key.held_from)
        require_state(registry.state.fingerprint, key)
        return registry

    def _world(self, key: RegistryKey, packed: str) -> World:
        if packed:
            registry = apply_packed(self.registry(key), packed).registry
            return World(registry, network=self._network_of(registry), today=self.world(key, ""))
        registry = self.registry(key)
        if key.held_from is None:
            return World(registry, network=self._network_of(registry))
        # Where people live is the same on all days.
        now = self.world(RegistryKey(key.now, key.now), "")
        return World(registry, network=self._network_of(registry), points_of=now)

    def _table(self, of: TableKey) -> AreaTable:
        world, since = self.world(of.registry, of.question.scenario), of.compared.since
        earlier = self.registry(since) if since is not None else None
        return build_area_table(
            world.registry,
            View.asking(of.question),
            today=of.compared.measured_on,
            world=world,
            earlier=earlier,
        )


def require_state(found: str, key: RegistryKey) -> None:
    """
    Check that what was read is the state that was asked for.

    Raises
    ------
    RegistryChangedError
        If a load was written meanwhile.
    """
    if found != key.fingerprint:
        raise RegistryChangedError(
            f"expected the registry {key.fingerprint} in the database, found {found}: a load was written meanwhile; "
            "open the page again"
        )


class _Shelf(Generic[Key, Thing]):
    """The last few things that were used."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: OrderedDict[Key, Thing] = OrderedDict()
        self._lock = RLock()

    def get(self, key: Key, make: Callable[[], Thing]) -> Thing:
        with self._lock:
            if key not in self._things:
                self.put(key, make())
            self._things.move_to_end(key)
            return self._things[key]

    def put(self, key: Key, thing: Thing) -> None:
        with self._lock:
            self._things[key] = thing
            while len(self._things) > self._most:
                self._things.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._things.clear()


@lru_cache(maxsize=2)
def bench_of(settings: Settings) -> Bench:
    """Return the bench of this process for a database."""
    return Bench(settings)


def run(job: Job) -> Any:
    """Compute a job, here and now."""
    return job.work(bench_of(job.settings), *job.arguments)
