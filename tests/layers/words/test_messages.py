"""Every error has words for people; the technical text stays in the log."""

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from data.scenarios.changes import ScenarioError
from data.sources.roads.graph import RoadGraphError
from data.sources.roads.rules import NoRoadsError
from data.store.database_errors import DatabaseAddressError, NotMigratedError, RegistryMissingError
from data.store.extras import ExtraMissingError
from data.vocabulary.languages import LANGUAGES
from geo.errors import CrsError, SupportMapError
from layers.text import texts_of
from layers.words.messages import RegistryEmptyError, message_of


@pytest.mark.parametrize(
    ("error", "key", "command"),
    [
        (RegistryMissingError("x"), "error.missing.what", "python -m data load --commit --or-example"),
        (NotMigratedError("x"), "error.outdated.what", "python -m data migrate"),
        (RegistryEmptyError("x"), "error.empty.what", "python -m data load --commit --or-example"),
        (DatabaseAddressError("x"), "error.database.what", "python -m data status"),
        (OperationalError("select", {}, Exception("x")), "error.database.what", "python -m data status"),
        (IntegrityError("insert", {}, Exception("x")), "error.database.what", "python -m data status"),
        (ScenarioError("x"), "error.scenario.what", ""),
        (RoadGraphError("x"), "error.roads.what", ""),
        (NoRoadsError("x"), "error.no_roads.what", ""),
        (ExtraMissingError("x"), "error.extra.what", "make extras"),
        (CrsError("x"), "error.data.what", "python -m data status"),
        (SupportMapError("x"), "error.data.what", "python -m data status"),
        (ZeroDivisionError("x"), "error.unexpected.what", ""),
    ],
)
def test_an_error_gets_the_message_of_its_closest_class(error, key, command):
    message = message_of(error)
    assert (message.what_key, message.command) == (key, command)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_messages_exist_in_every_language(lang):
    for error in (
        RegistryMissingError("x"),
        NotMigratedError("x"),
        ExtraMissingError("x"),
        SupportMapError("x"),
        ValueError("x"),
    ):
        message = message_of(error)
        assert texts_of(lang).t(message.what_key) != texts_of(lang).t(message.advice_key)


def test_errors_are_also_the_closest_builtin():
    assert isinstance(RegistryMissingError("x"), FileNotFoundError)
    assert isinstance(RegistryEmptyError("x"), LookupError)
