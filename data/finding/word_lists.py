"""Lists of words as people write them in a file: whole, or a beginning with `*` that any ending may follow."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from data.finding.typed import key_of

_STEM_LETTERS: Final = 3
_LEAST_FUZZY: Final = 7
"""Letters from which a word may have one of them wrong."""


class WordLists:
    """
    Finds which lists a word stands in.

    Parameters
    ----------
    lists
        Code of a list → its words, with or without diacritics, in any alphabet.
    is_word
        Whether a word, as `typed.key_of` writes it, is spelt right: it is no other one with a sign wrong.
    """

    def __init__(
        self,
        lists: Mapping[str, Iterable[str]],
        *,
        is_word: Callable[[str], bool] = lambda _key: False,
    ) -> None:
        self._is_word = is_word
        self._whole: dict[str, set[str]] = defaultdict(set)
        self._stems: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._long: list[tuple[str, bool, str]] = []
        for code, words in lists.items():
            for word in words:
                key, is_stem = key_of(word.removesuffix("*")), word.endswith("*")
                if is_stem:
                    self._stems[key[:_STEM_LETTERS]].append((key, code))
                else:
                    self._whole[key].add(code)
                if len(key) >= _LEAST_FUZZY:
                    self._long.append((key, is_stem, code))
        self.has = lru_cache(maxsize=4096)(self._has)
        self.codes = lru_cache(maxsize=4096)(self._codes)

    def _has(self, key: str) -> bool:
        """Tell whether a word stands in a list as it is written."""
        return bool(self._whole.get(key)) or any(
            key.startswith(stem) for stem, _ in self._stems.get(key[:_STEM_LETTERS], ())
        )

    def _codes(self, key: str) -> frozenset[str]:
        """Return the lists that a word, as `typed.key_of` writes it, stands in, else those with one sign otherwise."""
        stems = {code for stem, code in self._stems.get(key[:_STEM_LETTERS], ()) if key.startswith(stem)}
        found = self._whole.get(key, set()) | stems
        if found or len(key) < _LEAST_FUZZY - 1 or self._is_word(key):
            return frozenset(found)
        return frozenset(
            code for known, is_stem, code in self._long if _is_mistyped(key, known, is_stem=is_stem)
        )


def _is_mistyped(key: str, known: str, *, is_stem: bool) -> bool:
    if key[0] != known[0]:
        return False
    beginnings = (key[: len(known) + more] for more in (-1, 0, 1)) if is_stem else (key,)
    return any(OSA.distance(part, known, score_cutoff=1) <= 1 for part in beginnings)
