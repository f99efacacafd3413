"""One line that a person typed, read as a place, a need, or both."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from data.finding.known_names import LARGE_PERSONS, KnownNames, Named
from data.finding.line_needs import LineNeeds, LineSaid
from data.finding.mentions import (
    Mention,
    MentionsRead,
    find_mentions,
    follows_preposition,
    is_chance,
    is_written_as_name,
)
from data.finding.need_reader import NeedsRead
from data.finding.place_reader import (
    CERTAINTY,
    SHOWN,
    PlaceReader,
    certainty_of,
    in_gmina_of_its_name,
    narrow,
    resolve,
    with_post_towns,
)
from data.finding.streets import StreetRead, find_street
from data.finding.typed import Typed, composed, typed_words
from data.finding.understood import StreetAnswer, Understood
from data.places.place_search import Place, PlaceIndex

_REMEMBERED: Final = 64
LONGEST: Final = 200
"""Signs of a query that are read."""
_COORDINATES: Final = re.compile(
    r"(?<![\d.,])(-?\d{1,2}[.,]\d{2,})\s*°?\s*[NnSs]?\s*[,;/\s]\s*(-?\d{1,3}[.,]\d{2,})\s*°?\s*[EeWw]?(?![\d.])"
)
_POSTAL: Final = re.compile(r"(?<![\d-])(\d{2})\s?[-–]\s?(\d{3})(?![\d-])|^\s*(\d{2})(\d{3})\s*$")
_GMINA: Final = frozenset({"gmina", "gminie", "gminy", "gminę"})

_YEARS: Final = frozenset({"lat", "lata", "rok", "roku", "years", "року", "роки", "років"})

PostTowns = Callable[[str], Sequence[Place]]
"""Postal code → the places it serves, none where it is not known."""
HasStreet = Callable[[Place, str, str], bool]
"""Place, street and number → whether the published addresses have them."""


class QueryReader:
    """
    Reads queries.

    Parameters
    ----------
    index
        Places of the registry.
    post_towns, has_street
        Postal codes and addresses, where lists of them are at hand.
    """

    def __init__(
        self, index: PlaceIndex, *, post_towns: PostTowns | None = None, has_street: HasStreet | None = None
    ) -> None:
        self._names = KnownNames(index)
        self._places = PlaceReader(index)
        self._line = LineNeeds()
        self._needs = self._line.phrases
        self._post_towns = post_towns
        self._has_street = has_street
        self._read_once = lru_cache(maxsize=_REMEMBERED)(self._read)

    @property
    def names(self) -> KnownNames:
        """All names of places that it knows."""
        return self._names

    def read(self, text: str) -> Understood:
        """
        Return what a line means; nothing is chosen below a certainty of `place_reader.CERTAINTY`.

        A search reads its line twice, to decide on it and for what is left open: the newest lines are remembered.
        """
        return self._read_once(text)

    def _read(self, text: str) -> Understood:
        text = composed(text)[:LONGEST]
        if point := _COORDINATES.search(text):
            return self._at_point(point, text)
        postal = _POSTAL.search(text)
        rest = text if postal is None else f"{text[: postal.start()]},{text[postal.end() :]}"
        words = typed_words(rest)
        said = self._line.said(words)

        def is_need_word(word: Typed) -> bool:
            return word.at in said.read or self._is_need_word(word) or self._is_of_danger(word, words)

        mentioned = find_mentions(words, self._names, is_need_word=is_need_word)
        street = find_street(words, mentioned.mentions, is_need_word=is_need_word)
        taken = mentioned.abroad | street.read | _sure_names(mentioned)
        needed = self._line.read([word for word in words if word.at not in taken], said)
        mentions = self._meant(mentioned, words, street, needed, is_need_word)
        read = street.read.union(said.read, *(mention.at for mention in mentions))
        needed = self._line.believed(needed, words, read, is_known=self._names.is_area)
        code = "-".join(filter(None, postal.groups())) if postal else ""
        return self._understood(
            words, mentions, mentioned.abroad, street, needed=needed, said=said, code=code
        )

    def _is_of_danger(self, word: Typed, words: Sequence[Typed]) -> bool:
        """Tell whether a word is no village though it may be a case of one: "tata upadł" asks for no Upadły."""
        return (
            len(words) > 1
            and self._line.is_of_danger(word)
            and not follows_preposition(word, words)
            and not self._names.is_large_town(word.key, is_capital=False)
        )

    def _is_need_word(self, word: Typed) -> bool:
        """Tell whether a word belongs to a need: one of a phrase, or a form of it that is no name of a large town."""
        known, is_capital = self._needs.knows(word.key), word.at > 0 and word.text[0].isupper()
        return known and (
            self._needs.has(word.key) or not self._names.is_large_town(word.key, is_capital=is_capital)
        )

    def _meant(
        self,
        mentioned: MentionsRead,
        words: Sequence[Typed],
        street: StreetRead,
        needed: NeedsRead,
        is_need_word: Callable[[Typed], bool],
    ) -> list[Mention]:
        """Return the mentions that are no street and no word of another matter."""
        mentions = [mention for mention in mentioned.mentions if not mention.at & street.read]
        read = {at for mention in mentions for at in mention.at} | street.read | needed.read
        other = [word for word in words if not (word.at in read or word.is_filler or is_need_word(word))]
        return [
            mention
            for mention in mentions
            if (
                len(mention.words) > 1
                or mention.persons >= LARGE_PERSONS
                or follows_preposition(mention.words[0], words)
                or is_written_as_name(mention, words)
                or mention.is_abroad_too
                or not other
                or narrow(list(mention.named), other)[1]
            )
            and not is_chance(mention, words, is_alone=not (len(mentions) > 1 or other or needed.offered))
        ]

    def _understood(
        self,
        words: Sequence[Typed],
        mentions: list[Mention],
        abroad: frozenset[int],
        street: StreetRead,
        *,
        needed: NeedsRead,
        said: LineSaid,
        code: str,
    ) -> Understood:
        read = (
            {at for mention in mentions for at in mention.at} | abroad | street.read | needed.read | said.read
        )
        named, certainty = resolve(mentions)
        left = [word for word in words if word.at not in read and not word.is_filler]
        if any(word.key in _GMINA for word in words):
            named = in_gmina_of_its_name(named)
            # A town and the villages round it are often two gminas of one name.
            is_told = len(mentions) == 1 and not any(item.place.kind == "gmina" for item in named[1:])
            certainty = max(certainty, certainty_of(named)) if is_told else 0.0
        narrowed, by = narrow(named, left)
        if by:
            certainty, named, read = certainty_of(narrowed), narrowed, read | by
        towns = list(self._post_towns(code)) if code and self._post_towns else []
        named, certainty = with_post_towns(named, certainty, towns)
        if not named and not abroad and not street.street:
            of_area, by = self._places.of_area(left)
            named, read = [Named(place) for place in of_area], read | by
        if abroad:
            named = []
        place = named[0].place if named and certainty >= CERTAINTY else None
        offered = () if place else tuple(item.place for item in named[:SHOWN])
        unread = [
            word.text
            for word in words
            if not (word.at in read or word.is_filler or self._needs.is_of_people(word.key))
            and not (needed.read and self._needs.knows(word.key))
            and not _is_of_age(word, words)
        ]
        return Understood(
            place=place,
            places=offered,
            others=tuple(item.place for item in named[1 : SHOWN + 1]) if place else (),
            need=needed.need,
            needs=needed.offered,
            district=named[0].district if place else "",
            street=street.text if street.street else "",
            street_answer=self._street_answer(place, street),
            is_abroad=bool(abroad),
            is_abroad_too=bool(offered) and any(mention.is_abroad_too for mention in mentions),
            is_giving=needed.need is None and any(need.code in said.giving for need in needed.offered),
            whom=tuple(replace(one, is_of_need=bool(one.at & needed.read)) for one in said.whom),
            also=self._line.also(needed, said.whom),
            unread=(*([code] if code and not towns else []), *unread),
        )

    def _street_answer(self, place: Place | None, street: StreetRead) -> StreetAnswer:
        if place is None or not street.street or self._has_street is None:
            return "unchecked"
        return "found" if self._has_street(place, street.street, street.number) else "not_found"

    def _at_point(self, point: re.Match[str], text: str) -> Understood:
        latitude, longitude = (float(number.replace(",", ".")) for number in point.groups())
        near = self._places.near(latitude, longitude)
        words = typed_words(f"{text[: point.start()]},{text[point.end() :]}")
        said = self._line.said(words)
        needed = self._line.read(words, said)
        read = needed.read | said.read
        unread = [word.text for word in words if word.at not in read and not word.is_filler]
        return Understood(
            places=tuple(near),
            need=needed.need,
            needs=needed.offered,
            is_abroad=not near,
            is_near=bool(near),
            whom=said.whom,
            also=self._line.also(needed, said.whom),
            unread=tuple(unread),
        )


def _is_of_age(word: Typed, words: Sequence[Typed]) -> bool:
    """Tell whether a word says how old somebody is, "82 lata": nothing depends on it, and nothing is lost."""
    pairs = ((words[at - 1], words[at]) for at in range(1, len(words)))
    return any(
        number.key.isdecimal() and years.key in _YEARS and word in (number, years) for number, years in pairs
    )


def _sure_names(mentioned: MentionsRead) -> frozenset[int]:
    """Return the words of names, with typing errors those of towns: no need is looked for in them."""
    sure = [item for item in mentioned.mentions if item.sureness or item.persons >= LARGE_PERSONS]
    return frozenset(at for mention in sure for at in mention.at)
