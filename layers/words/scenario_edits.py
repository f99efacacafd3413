"""A scenario while it is made: each edit gives a new one, and its text for the link."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from data.scenarios import Change, Scenario, ScenarioError, from_json, from_text, to_text
from data.scenarios.scenario import LONGEST_TITLE
from data.store.plain_text import plain_text
from layers.text import Texts
from layers.view.view import View

MOST_OF_TWO: Final = 7000
"""Characters of two scenarios in one link; servers take addresses of 8,000 characters, and the view needs some."""


def scenario_of(view: View, texts: Texts) -> Scenario:
    """
    Return the scenario of a view; without one, an empty one about its form and group.

    Raises
    ------
    ScenarioError
        If the address holds no scenario that can be read.
    """
    if view.scenario:
        return from_text(view.scenario)
    return Scenario(texts.t("scenario.untitled"), view.form, view.group)


def with_changes_added(scenario: Scenario, changes: Iterable[Change]) -> Scenario:
    """
    Return the scenario with more changes at its end.

    Raises
    ------
    ScenarioError
        If one of them does not go with the others, or there are too many.
    """
    return replace(scenario, changes=(*scenario.changes, *changes))


def with_change_removed(scenario: Scenario, number: int) -> Scenario:
    """Return the scenario without the change of a number, from 1; the same one when there is no such change."""
    kept = [change for position, change in enumerate(scenario.changes, start=1) if position != number]
    return replace(scenario, changes=tuple(kept))


def with_change_edited(scenario: Scenario, number: int, **fields: Any) -> Scenario:
    """
    Return the scenario with other fields of the change of a number, from 1.

    Raises
    ------
    ScenarioError
        If there is no such change, or it cannot have these fields.
    """
    if not 1 <= number <= len(scenario.changes):
        raise ScenarioError(
            f"expected a change from 1 to {len(scenario.changes)}, found {number}. Read the list again.",
            field="change",
            found=str(number),
        )
    edited = replace(scenario.changes[number - 1], **fields)
    return replace(scenario, changes=(*scenario.changes[: number - 1], edited, *scenario.changes[number:]))


def with_title(scenario: Scenario, title: str, texts: Texts) -> Scenario:
    """Return the scenario under another title: made plain and cut, as anybody may have typed it."""
    said = plain_text(title)[:LONGEST_TITLE].strip()
    return replace(scenario, title=said or texts.t("scenario.untitled"))


def packed_for_link(scenario: Scenario, texts: Texts, *, beside: str = "") -> str:
    """
    Return the scenario as the address holds it; nothing for an empty one without a title of its own.

    Parameters
    ----------
    beside
        The packed scenario that stands in the same address.

    Raises
    ------
    ScenarioError
        If it does not fit into a link, alone or with the other one.
    """
    if not scenario.changes and scenario.title == texts.t("scenario.untitled"):
        return ""
    packed = to_text(scenario)
    if beside and len(packed) + len(beside) > MOST_OF_TWO:
        raise ScenarioError(
            f"expected two scenarios of at most {MOST_OF_TWO} characters in one link, found "
            f"{len(packed) + len(beside)}. Compare smaller ones, or save one as a file.",
            field="text",
            found=str(len(packed) + len(beside)),
        )
    return packed


def read_scenario(text: str) -> Scenario:
    """
    Read a scenario from what somebody gives: the JSON of a file, a link, or the packed text alone.

    Raises
    ------
    ScenarioError
        If it is none of them.
    """
    given = text.strip().lstrip("\ufeff")
    if given.startswith("{"):
        return from_json(given)
    if "scenario=" in given:
        try:
            query = parse_qs(urlsplit(given).query)
        except ValueError:  # brackets that look like an address of the internet protocol
            query = {}
        given = query.get("scenario", [""])[-1]
    return from_text(given)
