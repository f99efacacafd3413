"""A text as words, numbers and signs, each word with what it can be."""

import re
from functools import cached_property, lru_cache

from data.personal_names.words import Word, read_word

_TOKEN = re.compile(r"[^\W\d_]+(?:[-‑–’'][^\W\d_]+)*|\d+|\S")
_ACRONYM = 5
"""Words in capitals up to this length are acronyms (PCPR, MOPS)."""
_KNOWN_TOKENS = 50_000


class Token:
    """One word, number or sign, wherever it stands: what is found out of it is found out once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.is_word = text[0].isalpha()
        self.is_capitalised = self.is_word and len(text) > 1 and text[0].isupper()
        self.is_initial = len(text) == 1 and text.isupper()
        self.is_acronym = 1 < len(text) <= _ACRONYM and text.isupper()

    @cached_property
    def word(self) -> Word:
        """What the dictionary says of it."""
        return read_word(self.text)

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """Its basic forms, and itself, as abbreviations have none; nothing for numbers and signs."""
        return self.word.lemmas | {self.text.casefold()} if self.is_word else frozenset()


@lru_cache(maxsize=_KNOWN_TOKENS)
def _token(text: str) -> Token:
    return Token(text)


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a text in their order."""
    return [_token(found) for found in _TOKEN.findall(text)]


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text, for lists of them."""
    return frozenset(text.split())
