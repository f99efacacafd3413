"""The one table from an error to what a person reads: which words, how serious."""

from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from data.scenarios.changes import ScenarioError
from data.sources.roads.graph import RoadGraphError
from data.sources.roads.rules import NoRoadsError
from data.store.database_errors import (
    DatabaseAddressError,
    DatabaseFileError,
    DatabaseNewerError,
    DatabaseSilentError,
    NotMigratedError,
    RegistryMissingError,
)
from data.store.extras import ExtraMissingError
from geo.errors import SupportMapError
from layers.answers.errors import (
    AddressFullError,
    JobLostError,
    JobReplacedError,
    JobsFullError,
    JobTooLongError,
    PageLostError,
    RegistryChangedError,
)

Severity = Literal["info", "warning", "error"]


class RegistryEmptyError(SupportMapError, LookupError):
    """The database is ready, but nothing was loaded into it."""


LOAD: Final = "python -m data load --commit --or-example"
"""Fills an empty database with what there is: real data, or else the example."""


@dataclass(frozen=True)
class Message:
    """What happened and what to do, as keys of `layers/text`; and a command for who runs the application."""

    what_key: str
    advice_key: str
    severity: Severity
    command: str = ""


_MESSAGES: dict[type[Exception], Message] = {
    RegistryMissingError: Message("error.missing.what", "error.missing.advice", "warning", LOAD),
    NotMigratedError: Message(
        "error.outdated.what", "error.outdated.advice", "warning", "python -m data migrate"
    ),
    DatabaseNewerError: Message("error.newer.what", "error.newer.advice", "warning", "python -m data status"),
    DatabaseSilentError: Message(
        "error.silent.what", "error.silent.advice", "error", "python -m data status"
    ),
    DatabaseFileError: Message(
        "error.database.what", "error.database.advice", "error", "python -m data status"
    ),
    RegistryEmptyError: Message("error.empty.what", "error.empty.advice", "warning", LOAD),
    DatabaseAddressError: Message(
        "error.database.what", "error.database.advice", "error", "python -m data status"
    ),
    DBAPIError: Message("error.database.what", "error.database.advice", "error", "python -m data status"),
    SQLAlchemyError: Message(
        "error.database.what", "error.database.advice", "error", "python -m data status"
    ),
    ScenarioError: Message("error.scenario.what", "error.scenario.advice", "warning"),
    NoRoadsError: Message("error.no_roads.what", "error.no_roads.advice", "info"),
    RoadGraphError: Message("error.roads.what", "error.roads.advice", "warning"),
    JobTooLongError: Message("error.too_long.what", "error.too_long.advice", "warning"),
    PageLostError: Message("error.page_lost.what", "error.page_lost.advice", "warning"),
    JobLostError: Message("error.lost.what", "error.lost.advice", "warning"),
    JobReplacedError: Message("error.replaced.what", "error.replaced.advice", "info"),
    JobsFullError: Message("error.full.what", "error.full.advice", "warning"),
    AddressFullError: Message("error.full_address.what", "error.full_address.advice", "warning"),
    RegistryChangedError: Message("error.changed.what", "error.changed.advice", "info"),
    ExtraMissingError: Message("error.extra.what", "error.extra.advice", "error", "make extras"),
    SupportMapError: Message("error.data.what", "error.data.advice", "error", "python -m data status"),
}
_UNEXPECTED = Message("error.unexpected.what", "error.unexpected.advice", "error")


def message_of(error: Exception) -> Message:
    """Return the message of the closest class that the table knows; anything else is unexpected."""
    for known in type(error).__mro__:
        if known in _MESSAGES:
            return _MESSAGES[known]
    return _UNEXPECTED
