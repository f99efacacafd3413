"""What a word can be in a dictionary of Polish (SGJP, by Morfeusz): a first name or a surname, and in which cases."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import morfeusz2

_FOREIGN = Path(__file__).parent / "foreign_first_names.txt"
_KNOWN_WORDS = 50_000
"""Words kept with what they are: the dictionary takes some 20 µs a word, and notes repeat theirs."""

ALL_CASES = frozenset({"nom", "gen", "dat", "acc", "inst", "loc"})
_FOREIGN_FORMS = {
    "a": ("y", "i", "ę", "ą", "ie", "o"),
    "o": ("y", "i", "ę", "ą", "ie"),
    "": ("a", "owi", "em", "ie"),
}
"""How foreign first names are inflected in Polish: what stands for the last letter."""
_FOREIGN_SURNAME = re.compile(r"(?:enko|enki|czuk|chuk|[ai]dze|szwili|shvili|owycz|ovych|ukho|jan|yan)\Z")
_ADJECTIVE_SURNAME = re.compile(r"(?:[sc]k|dzk)(?:i|a|iego|iej|iemu|im|ą)\Z")


@dataclass(frozen=True)
class Word:
    """
    What one word can be.

    Attributes
    ----------
    first, surname
        Grammatical cases (`nom`, `gen`, …) in which it is a first name or a surname of one person; empty when it
        is none.
    surname_of_many
        Cases in which it is a surname of several: "Kowalscy".
    cases
        Cases in which it is a noun of any kind.
    lemmas
        Its basic forms in lower case.
    is_noun, is_animate
        Whether it is a common noun too ("Wilk", "Sala"), and one of a person or an animal ("Wilk").
    is_common
        Whether it is any common word too; adjectives that surnames look like ("kowalski") are not counted.
    is_place, is_adjective
        Whether it is a name of a place, or an adjective, too.
    is_unknown, is_foreign_surname
        Whether the dictionary does not have it, and whether it ends as surnames of the East do.
    """

    first: frozenset[str] = frozenset()
    surname: frozenset[str] = frozenset()
    surname_of_many: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()
    lemmas: frozenset[str] = frozenset()
    is_noun: bool = False
    is_animate: bool = False
    is_common: bool = False
    is_place: bool = False
    is_adjective: bool = False
    is_unknown: bool = False
    is_foreign_surname: bool = False


@lru_cache(maxsize=_KNOWN_WORDS)
def read_word(text: str) -> Word:
    """Return what a word can be; a double one ("Nowak-Wiśniewska") is what its last part is, if the first is a name."""
    parts = [part for part in re.split("[-‑–]", text) if part]
    words = [_read_single(part.title()) for part in parts]
    if len(words) == 1:
        return words[0]
    if not words or not any(word.first or word.surname for word in words[:-1]):
        return Word(is_unknown=not words)
    return words[-1]


def _read_single(text: str) -> Word:
    found = [(lemma, *_grammar_of_tag(tag), set(labels)) for lemma, tag, labels in _analyses(text)]
    foreign = text in _foreign_first_names()
    is_unknown = not found

    def cases(label: str, number: str) -> frozenset[str]:
        return frozenset().union(
            *(
                of
                for _, kind, numbers, of, _, labels in found
                if label in labels and number in numbers and kind == "subst"
            )
        )

    common = [row for row in found if row[0][:1].islower() and row[1] not in {"brev", "ign"}]
    nouns = [row for row in common if row[1] == "subst"]
    return Word(
        first=cases("imię", "sg") | (ALL_CASES if foreign else frozenset()),
        surname=cases("nazwisko", "sg") | (ALL_CASES if _FOREIGN_SURNAME.search(text) else frozenset()),
        surname_of_many=cases("nazwisko", "pl"),
        cases=frozenset().union(*(row[3] for row in found)),
        lemmas=frozenset(row[0].partition(":")[0].casefold() for row in found)
        or frozenset({text.casefold()}),
        is_noun=bool(nouns),
        is_animate=any(row[4] & {"m1", "m2"} for row in nouns),
        is_common=bool(nouns)
        or any(not (row[1] == "adj" and _ADJECTIVE_SURNAME.search(text)) for row in common),
        is_place=any(label.endswith("geograficzna") for row in found for label in row[5]),
        is_adjective=any(row[1] == "adj" for row in common),
        is_unknown=is_unknown,
        is_foreign_surname=bool(_FOREIGN_SURNAME.search(text)),
    )


def _analyses(text: str) -> Iterator[tuple[str, str, list[str]]]:
    for _, _, (_, lemma, tag, labels, _) in _dictionary().analyse(text):
        if tag != "ign":
            yield lemma, tag, labels


def _grammar_of_tag(tag: str) -> tuple[str, frozenset[str], frozenset[str], frozenset[str]]:
    """Return the kind, numbers, cases and genders of a tag such as `subst:sg:gen.acc:m1`."""
    kind, *rest = tag.split(":")
    parts = [frozenset(part.split(".")) for part in rest]
    numbers = frozenset().union(*(part & {"sg", "pl"} for part in parts))
    cases = frozenset().union(*(part & ALL_CASES for part in parts))
    genders = frozenset().union(*(part & {"m1", "m2", "m3", "f", "n"} for part in parts))
    return kind, numbers, cases, genders


@cache
def _dictionary() -> morfeusz2.Morfeusz:
    return morfeusz2.Morfeusz(generate=False)


@cache
def _foreign_first_names() -> frozenset[str]:
    """Return first names of people from abroad, as they are spelt in Poland, in all cases."""
    names = _FOREIGN.read_text(encoding="utf-8").split()
    forms = set(names)
    for name in names:
        ending = name[-1] if name[-1] in "ao" else ""
        stem = name[: -len(ending)] if ending else name
        forms |= {stem + last for last in _FOREIGN_FORMS[ending]}
    return frozenset(forms)
