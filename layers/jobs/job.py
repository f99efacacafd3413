"""One computation as a value: the same question is the same job, whoever asks it."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.registry.registry import Registry
from data.store.settings import Settings
from layers.view.question import Question
from layers.view.view import View


@dataclass(frozen=True)
class RegistryKey:
    """
    Which state of the registry a job is about.

    Attributes
    ----------
    fingerprint
        Of the registry itself.
    now
        Of the registry of now, whose areas and people are those of every earlier one.
    held_from
        The day from which its edition held; None for the registry of now.
    """

    fingerprint: str
    now: str
    held_from: date | None = None


@dataclass(frozen=True)
class Compared:
    """
    What a table is measured against beside its own registry, as far as it is.

    Attributes
    ----------
    measured_on
        The day from which the ages of records are counted.
    since
        The registry of the day that a balance is compared with.
    """

    measured_on: date | None = None
    since: RegistryKey | None = None


@dataclass(frozen=True)
class TableKey:
    """Which numbers: of what registry (or the scenario of the question), of what question, measured against what."""

    registry: RegistryKey
    question: Question
    compared: Compared = Compared()


@dataclass(frozen=True)
class ViewKey:
    """Which view of these numbers, with all that its address says."""

    registry: RegistryKey
    view: View
    compared: Compared = Compared()

    @property
    def table(self) -> TableKey:
        """Which numbers the view shows."""
        return TableKey(self.registry, self.view.question, self.compared)


@dataclass(frozen=True)
class Job:
    """
    What is to be computed.

    Attributes
    ----------
    settings
        Where the database and the roads are.
    work
        A function of a module, as `layers.jobs.work` has them; its first argument is the bench of its process.
    arguments
        What else it takes: values that can be compared, told apart and sent to another process.
    """

    settings: Settings
    work: Callable[..., Any]
    arguments: tuple[Hashable, ...] = ()

    @property
    def name(self) -> str:
        """What the function is called."""
        return self.work.__name__


def key_of(registry: Registry) -> RegistryKey:
    """Return the key of a registry; a scenario's is that of the registry it was made of."""
    read = registry.unchanged or registry
    return RegistryKey(read.state.fingerprint, read.now or read.state.fingerprint, read.held_from)
