"""Sentences taken apart: which number stands in which place, by the patterns of `sentences.toml`."""

import math
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("sentences.toml")
_SPACES = "\u00a0\u202f"
"""What parts the thousands of a number; a common space does not, so `20 000 30` would be two."""
NUMBER = rf"[−+-]?[0-9](?:[0-9.,{_SPACES}]*[0-9])?"
_SLOT = re.compile(r"\{([a-z_0-9]+)\}")
_READ = "§"
"""What a phrase leaves where it stood."""
_MONTHS = {
    "pl": (
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
    ),
    "uk": ("січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня"),
    "en": ("January February March April May June July August September October November December"),
}


@dataclass(frozen=True)
class Said:
    """A number in a sentence: the name of its place, its words, and its value with the step that it is written in."""

    name: str
    words: str
    value: float
    step: float


def numbers_of(sentence: str, language: str) -> list[Said] | None:
    """
    Return the numbers of a sentence with the names of their places; None where no pattern has the sentence.

    A sentence without a digit has none, and needs no pattern. Dates are taken whole, as `yyyymmdd`.
    """
    plain = _with_dates(sentence, language)
    if not re.search(r"[0-9]", plain):
        return []
    told = []
    for phrase in _patterns(language, "phrases"):
        for found in phrase.finditer(plain):
            told += _said(found, language)
        plain = phrase.sub(_READ, plain)
    for pattern in _patterns(language, "sentences"):
        whole = pattern.fullmatch(plain)
        if whole:
            return told + _said(whole, language)
    return None if re.search(r"[0-9]", plain) else told


def number_of(words: str, language: str) -> tuple[float, float]:
    """Return the value of a written number and the step that it is written in: 4,84 is 4.84 in steps of 0.01."""
    bare = re.sub(rf"[{_SPACES}]", "", words).replace("−", "-")
    decimal, grouping = (".", ",") if language == "en" else (",", ".")
    bare = bare.replace(grouping, "").replace(decimal, ".")
    return float(bare), 10.0 ** -len(bare.partition(".")[2])


def is_told(said: Said, figure: float, *, within: float = 0) -> bool:
    """Whether a written number is the figure as it is rounded there, or near enough where that is given."""
    if math.isnan(figure):
        return False
    return abs(said.value - figure) <= max(said.step / 2, within) + 1e-9 * max(1.0, abs(figure))


def _said(found: re.Match[str], language: str) -> list[Said]:
    names = ((name.rpartition("__")[0], words) for name, words in found.groupdict().items())
    return [Said(name, words, *number_of(words, language)) for name, words in names]


def _with_dates(sentence: str, language: str) -> str:
    """Write every date as one number: `31 grudnia 2020` as 20201231."""
    months = _MONTHS[language].split()

    def whole(found: re.Match[str]) -> str:
        return f"{found[3]}{months.index(found[2]) + 1:02}{int(found[1]):02}"

    return re.sub(
        rf"\b(\d{{1,2}})[ \u00a0\u202f]({'|'.join(months)})[ \u00a0\u202f](\d{{4}})", whole, sentence
    )


@cache
def _patterns(language: str, kind: str) -> tuple[re.Pattern[str], ...]:
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(_pattern(text) for text in told[language][kind])


def _pattern(text: str) -> re.Pattern[str]:
    """Return the expression of a pattern: `{name}` is a number, `…` any words without a digit."""
    parts = re.split(r"(\{[a-z_0-9]+\}|…)", text)
    made = []
    for position, part in enumerate(parts):
        slot = _SLOT.fullmatch(part)
        if slot:
            made.append(f"(?P<{slot[1]}__{position}>{NUMBER})")
        else:
            made.append(r"[^0-9]*" if part == "…" else re.escape(part).replace(r"\ ", r"[ \u00a0\u202f]"))
    return re.compile("".join(made))
