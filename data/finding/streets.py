"""A street with its number in a query: "Kraków, Dietla 64", "ul. Dietla 64, Kraków"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from data.finding.mentions import Mention
from data.finding.typed import Typed

_NUMBER: Final = re.compile(r"\d{1,4}[a-z]?")
_SIGNS: Final = frozenset(
    """
    ul ulica ulicy al aleja aleje alei os osiedle osiedlu pl plac placu вул вулиця street
    """.split()  # noqa: SIM905  words read better as words
)


@dataclass(frozen=True)
class StreetRead:
    """A street as it was typed, its number (empty for none), and the numbers of its words."""

    street: str = ""
    number: str = ""
    read: frozenset[int] = frozenset()

    @property
    def text(self) -> str:
        """Street and number as they are said again."""
        return f"{self.street} {self.number}".strip()


def find_street(
    words: Sequence[Typed], mentions: Sequence[Mention], *, is_need_word: Callable[[Typed], bool]
) -> StreetRead:
    """
    Return the street that is named; a name of a place before a number is one only where another place is named.

    "Korczyna 213" is a house of a village, "Biecz, Korczyna 213" a street of a town.
    """
    for word in words:
        if word.key in _SIGNS and (run := _after_sign(word, words)):
            return _street(run, words, {word.at})
    for word in words:
        if not _NUMBER.fullmatch(word.key):
            continue
        run = _before_number(word, words, is_need_word)
        own = [mention for mention in mentions if mention.at <= {item.at for item in run}]
        others = [mention for mention in mentions if mention not in own]
        if own and not others:
            # The town stands first: what follows it is the street; a village alone has houses without streets.
            rest = [item for item in run if item.at > max(own[0].at)]
            run = rest if own[0].words[0] == run[0] else [item for item in run if item.at not in own[0].at]
            if not run:
                return StreetRead("", word.text, frozenset({word.at}))
        if run:
            return _street(run, words, set())
    return StreetRead()


def _after_sign(sign: Typed, words: Sequence[Typed]) -> list[Typed]:
    run: list[Typed] = []
    for word in words[sign.at + 1 :]:
        if word.part != sign.part or _NUMBER.fullmatch(word.key) or len(run) == 3:
            break
        run.append(word)
    return run


def _before_number(
    number: Typed, words: Sequence[Typed], is_need_word: Callable[[Typed], bool]
) -> list[Typed]:
    run: list[Typed] = []
    for word in reversed(words[: number.at]):
        if word.part != number.part or word.is_filler or is_need_word(word) or word.key.isdecimal():
            break
        run.insert(0, word)
    return run


def _street(run: Sequence[Typed], words: Sequence[Typed], also: set[int]) -> StreetRead:
    numbers = []
    for word in words[run[-1].at + 1 :]:
        if word.part != run[-1].part or not _NUMBER.fullmatch(word.key):
            break
        numbers.append(word)
    read = {word.at for word in [*run, *numbers]} | also
    return StreetRead(
        " ".join(word.text for word in run), "/".join(word.text for word in numbers[:2]), frozenset(read)
    )
