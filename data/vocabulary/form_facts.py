"""
What each form of support is in a sentence, for whom, what it costs and how to get it, with the law that says so.

Facts of a form in general, not of a place: what a list says of a place stands before them. They are compiled from acts
and public pages (`docs/vocabulary.md`); what nobody could confirm is marked, what nobody knows is named as not known.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from data.vocabulary import FOLDER, support_forms
from data.vocabulary.languages import LANGUAGES
from data.vocabulary.lines import Line, by_code, read_lines

FACTS: Final = ("what", "whom", "cost", "steps")
"""Of a form, in the order of telling."""
_COLUMNS: Final = (
    "code",
    *(f"{fact}_{language}" for fact in FACTS for language in LANGUAGES),
    *("unsure", "not_known", "law", "source_url", "as_of"),
)
_COMMON_COLUMNS: Final = ("code", *(f"step_{language}" for language in LANGUAGES), "law")
_PART: Final = "|"
_COMMON: Final = "="
"""How a step begins that is a line of `common_steps.csv`."""
_MONTH: Final = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class CommonStep:
    """A step that many forms share, by language, and the law that says so (may be empty)."""

    words: Mapping[str, str]
    law: str


@dataclass(frozen=True)
class FormFacts:
    """
    What is told of a form of support in general.

    Attributes
    ----------
    told
        Fact (`FACTS`) → language → its sentences, one of what, whom and cost, a step each of steps. A fact that nobody
        knows is not among them.
    unsure
        Facts of which no text of law or programme that was read confirms every word.
    law
        Acts and articles, each once; empty where the form rests on none.
    source_url
        A page that describes it; never empty where there is no law.
    as_of
        The month (`2026-11`) in which the facts were compiled.
    """

    told: Mapping[str, Mapping[str, tuple[str, ...]]]
    unsure: frozenset[str]
    law: tuple[str, ...]
    source_url: str
    as_of: str


@cache
def form_facts(folder: Path = FOLDER) -> Mapping[str, FormFacts]:
    """
    Return the facts of every form of support by its code.

    Raises
    ------
    VocabularyError
        If a line names no form, a fact is neither told in all languages nor named as not known, the languages tell
        another number of steps, or neither a law nor a page says where the facts are from.
    """
    common = common_steps(folder)
    lines = read_lines(folder, "form_facts", _COLUMNS)
    for line in lines:
        line.one_of("code", support_forms(folder))
    return by_code(lines, lambda line: _facts(line, common))


@cache
def common_steps(folder: Path = FOLDER) -> Mapping[str, CommonStep]:
    """
    Return the steps that many forms share, by code.

    Raises
    ------
    VocabularyError
        If one lacks a language.
    """
    lines = read_lines(folder, "common_steps", _COMMON_COLUMNS)
    return by_code(lines, lambda line: CommonStep(line.words("step"), line.text("law")))


def _facts(line: Line, common: Mapping[str, CommonStep]) -> FormFacts:
    unsure = line.several_of("unsure", FACTS, can_be_none=True)
    not_known = line.several_of("not_known", FACTS, can_be_none=True)
    told = {fact: _told(line, fact, common) for fact in FACTS if fact not in not_known}
    for fact in not_known:
        for language in LANGUAGES:
            line.one_of(f"{fact}_{language}", ("",))
    if not set(unsure) <= set(told):
        raise line.error("unsure", "facts that are told")
    own_law = line.text("law").split("; ") if line.text("law") else []
    if not own_law and not line.text("source_url").startswith(("http://", "https://")):
        raise line.error("source_url", "the address of a page, where no law is named")
    if not _MONTH.fullmatch(line.text("as_of")):
        raise line.error("as_of", "a month such as 2026-11")
    shared = [common[step].law for step in _shared_steps(line) if common[step].law]
    law = tuple(dict.fromkeys([*own_law, *shared]))
    return FormFacts(
        MappingProxyType(told), frozenset(unsure), law, line.text("source_url"), line.text("as_of")
    )


def _told(line: Line, fact: str, common: Mapping[str, CommonStep]) -> Mapping[str, tuple[str, ...]]:
    """Return the sentences of a fact in each language; steps of all languages are the same ones."""
    words = line.words(fact)
    if fact != "steps":
        return MappingProxyType({language: (text,) for language, text in words.items()})
    parts = {language: text.split(_PART) for language, text in words.items()}
    first = _shape(parts[next(iter(LANGUAGES))])
    for language, steps in parts.items():
        is_known = {step for step in _shape(steps) if step} <= set(common)
        if _shape(steps) != first or not is_known or not all(steps):
            raise line.error(f"{fact}_{language}", "as many steps as in the other languages, parted by |")
    return MappingProxyType(
        {
            language: tuple(_said(step, language, common) for step in steps)
            for language, steps in parts.items()
        }
    )


def _shape(steps: list[str]) -> list[str]:
    """Return of each step which common one it is; empty for one of its own."""
    return [step.removeprefix(_COMMON) if step.startswith(_COMMON) else "" for step in steps]


def _shared_steps(line: Line) -> list[str]:
    steps = line.text(f"steps_{next(iter(LANGUAGES))}").split(_PART)
    return [step for step in _shape(steps) if step]


def _said(step: str, language: str, common: Mapping[str, CommonStep]) -> str:
    return common[step.removeprefix(_COMMON)].words[language] if step.startswith(_COMMON) else step
