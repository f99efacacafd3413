"""A plan of new sites, and what a scenario is said to change."""

import re
from collections.abc import Iterator

from tests.truth.checks.disagreement import Disagreement
from tests.truth.checks.sentences import WHOLE_BY_GMINA, of_sentence
from tests.truth.recompute.figures.expected import Expected
from tests.truth.recompute.figures.sites import ExpectedEffect, ExpectedSites
from tests.truth.sentences import NUMBER, number_of, numbers_of

_WHOLE = WHOLE_BY_GMINA | {"no_data_persons": 5}
"""Whole persons of gminas, that need not add up to the sum of the fractions."""
_OF_EFFECT = (
    _WHOLE
    | {"no_data_persons": 15, "no_data_after": 15, "no_data_change": 15, "out_after": 5}
    | {
        "over_persons": 15,
        "over_after": 15,
    }
)
"""The same of the sentences of an effect."""


def wrong_sites(view: str, said: dict, expected: Expected) -> Iterator[Disagreement]:
    """Yield what of a plan of sites breaks its limits, and numbers of its sentences that are not so."""
    sites = said["siting"]["sites"]
    most_sites, least, most = map(int, expected.question.siting.split("_")[:3])
    if not 0 < len(sites) <= most_sites:
        yield Disagreement(view, "sites of the plan", str(len(sites)), f"1 to {most_sites}", "the address")
    for site in sites:
        if not least <= site["places"] <= most:
            yield Disagreement(
                view, "places of a site", str(site["places"]), f"{least} to {most}", "the address"
            )
    with_sites = ExpectedSites(expected.raw, expected.question, tuple(sites))
    if with_sites.sites_places > (allowed := max(with_sites.missing_places, least)):
        yield Disagreement(
            view, "places of the plan", f"{with_sites.sites_places:g}", f"{allowed:g}", "what is missing"
        )
    for sentence in (*said["siting"]["sentences"], said["siting"]["left_unsure"]):
        yield from of_sentence(view, sentence, said["language"], with_sites, within=_WHOLE)
    yield from wrong_left(view, said["siting"]["left"], said["language"], with_sites)
    if with_sites.closed <= 0:
        yield Disagreement(view, "what the sites close", "something", f"{with_sites.closed:g}", "the plan")


def wrong_left(view: str, left: list[str], language: str, expected: ExpectedSites) -> Iterator[Disagreement]:
    """
    Yield where the places that are missing with a plan, told reason by reason, are not what is missing with it.

    Which reason a place is told under is the plan's own answer: no raw file has it, only their sum. Nor has one how
    many more areas it is about, which are fewer than there are.
    """
    where = "places left, by reason"
    places = 0.0
    for sentence in left:
        numbers = numbers_of(sentence, language)
        if numbers is None:
            yield Disagreement(
                view, sentence, "a sentence of no pattern", "nothing", "tests/truth/sentences.toml"
            )
        for number in numbers or ():
            if number.name == "left_places":
                places += number.value
            elif number.name == "left_areas" and number.value >= expected.all_gminas:
                yield Disagreement(view, sentence, number.words, f"< {expected.all_gminas:g}", "the areas")
            elif number.name in ("sites_least", "sites_most") and number.value != getattr(
                expected, number.name
            ):
                yield Disagreement(
                    view, sentence, number.words, f"{getattr(expected, number.name):g}", "the address"
                )
    if left and places != expected.missing_after:
        yield Disagreement(view, where, f"{places:g}", f"{expected.missing_after:g}", "what is missing")


def wrong_effect(view: str, effect: dict, expected: Expected) -> Iterator[Disagreement]:
    """Yield what a scenario is said to change, where it is not what the two states differ by."""
    today = expected.at(scenario="", indicator="gap_share")
    planned = expected.at(indicator="gap_share", norm=today.norm)
    told = {side: effect[side]["missing_places"] for side in ("before", "after")} | {
        "closed": effect["closed"]
    }
    worlds = {"before": today.missing_places, "after": planned.missing_places}
    worlds["closed"] = worlds["before"] - worlds["after"]
    for name, figure in worlds.items():
        if told[name]["estimate"] != figure:
            where = f"places missing, {name}"
            yield Disagreement(
                view, where, f"{told[name]['estimate']:g}", f"{figure:g}", expected.file_of("places")
            )
    both = ExpectedEffect(expected.raw, today.question, planned)
    for sentence in effect["sentences"]:
        yield from of_sentence(view, sentence, expected.question.lang, both, within=_OF_EFFECT)
    yield from wrong_rows(view, effect["rows"], both)


def wrong_rows(view: str, rows: list[dict], expected: ExpectedEffect) -> Iterator[Disagreement]:
    """Yield rows that a reader cannot subtract, and those of missing places that are not the figures of their kind."""
    for row in rows:
        before, after, change = (_first_number(cell, expected.question.lang) for cell in row["written"])
        if before is not None and after is not None and after - before != (change or 0):
            where = f"{row['name']}, {before:g} and {after:g}"
            yield Disagreement(view, where, row["written"][2], f"{after - before:g}", "the row itself")
        if row["column"].endswith("missing_places"):
            figures = getattr(expected, row["column"]), getattr(expected.planned, row["column"])
            if (before, after) != figures:
                yield Disagreement(
                    view, row["name"], f"{before} and {after}", f"{figures}", expected.file_of("places")
                )


def _first_number(words: str, language: str) -> float | None:
    """Return the number that a cell begins with, after its words; None where it has none."""
    found = re.search(NUMBER, words)
    return number_of(found[0], language)[0] if found else None
