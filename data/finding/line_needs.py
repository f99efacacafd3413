"""What a whole line needs: danger before all else, then a need in plain words, which a line that gives asks for not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from data.finding.danger_reader import DangerRead, DangerReader
from data.finding.need_reader import SHOWN, NeedReader, NeedsRead
from data.finding.typed import Typed, typed_words
from data.finding.whom_reader import Whom, WhomReader
from data.finding.word_lists import WordLists
from data.vocabulary.danger import danger_signs, danger_words
from data.vocabulary.needs import Need, needs
from data.vocabulary.whom import giving_words, whom_words


@dataclass(frozen=True)
class LineSaid:
    """
    What a line says beside places and phrases of needs.

    `danger` is what it tells of danger, `whom` for whom a place is looked for, `giving` the codes of needs of which
    something is given away; `read` are the numbers of the words of danger and of whom: they name no place.
    """

    danger: DangerRead
    whom: tuple[Whom, ...]
    giving: frozenset[str]

    @property
    def read(self) -> frozenset[int]:
        """Numbers of words that name no place."""
        return self.danger.read.union(*(whom.at for whom in self.whom))


class LineNeeds:
    """Reads needs of the vocabulary, danger, whom and giving."""

    def __init__(self) -> None:
        self._known = needs()
        harmless = NeedReader({code: need for code, need in self._known.items() if not need.is_danger})
        self._danger = DangerReader(danger_words(), danger_signs(), self._known, is_word=harmless.knows)
        self._needs = NeedReader(self._known, is_left=self._is_danger_by_itself)
        self._whom = WhomReader(whom_words())
        self._giving = WordLists({";".join(line.needs): line.words for line in giving_words()})

    def _is_danger_by_itself(self, need: Need, phrase: str) -> bool:
        read = self._danger.read(typed_words(phrase))
        return read.is_sure and read.need == need

    @property
    def phrases(self) -> NeedReader:
        """What reads phrases alone."""
        return self._needs

    def is_of_danger(self, word: Typed) -> bool:
        """Tell whether a word in lower case stands in a list of danger as it is written."""
        return word.text[0].islower() and self._danger.has(word.key)

    def said(self, words: Sequence[Typed]) -> LineSaid:
        """Return what a line says of danger, of whom, and of giving."""
        giving = {
            code for word in words for codes in self._giving.codes(word.key) for code in codes.split(";")
        }
        return LineSaid(self._danger.read(words), self._whom.read(words), frozenset(giving))

    def read(self, words: Sequence[Typed], said: LineSaid) -> NeedsRead:
        """Return the needs of those words of a line that name no place."""
        danger, read = said.danger, self._needs.read(words)
        if danger.need is not None and danger.is_sure:
            return NeedsRead(danger.need, (), danger.read | read.read)
        each = [read.need, *read.offered] if read.need else [*read.offered]
        if danger.need is not None:
            first = [danger.need, *(need for need in each if need and need.code != danger.need.code)]
            return NeedsRead(None, tuple(need for need in first if need)[:SHOWN], danger.read | read.read)
        if any(need and need.code in said.giving for need in each):
            return NeedsRead(None, tuple(need for need in each if need), read.read)
        return read

    def also(self, needed: NeedsRead, whom: Sequence[Whom]) -> tuple[Need, ...]:
        """Return needs that help those whom a bed for somebody without a home is looked for, beside what is meant."""
        if needed.need is None or needed.need.need_group != "homeless":
            return ()
        codes = dict.fromkeys(code for one in whom for code in one.needs)
        return tuple(self._known[code] for code in codes if code != needed.need.code)

    def believed(
        self,
        needed: NeedsRead,
        words: Sequence[Typed],
        read: frozenset[int],
        *,
        is_known: Callable[[Typed], bool],
    ) -> NeedsRead:
        """
        Return a need that one word tells as an offer where other words are not understood: "money exchange".

        Parameters
        ----------
        read
            Numbers of words that were understood.
        is_known
            Whether a word says something though nothing was made of it.
        """
        telling = [
            word for word in words if word.at in needed.read and not self._needs.is_of_people(word.key)
        ]
        unknown = [
            word
            for word in words
            if not (
                word.at in read | needed.read
                or word.is_filler
                or self._needs.knows(word.key)
                or is_known(word)
            )
        ]
        if needed.need is None or needed.need.is_danger or len(telling) > 1 or not unknown:
            return needed
        return replace(needed, need=None, offered=(needed.need,))
