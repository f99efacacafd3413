"""
Hiding what may tell of a private person in words that a reader wrote, before anybody keeps them.

Too much is hidden rather than too little: every number, every e-mail address and link, and every word that may be of a
name. What no rule knows stays (docs/corrections.md says what), so readers are asked not to write it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from data.personal_names import cues
from data.personal_names.persons import names_someone
from data.personal_names.tokens import Token, tokens_of

HIDDEN: Final = "[…]"
"""Stands for what was hidden, in every language."""
_EMAIL: Final = re.compile(
    r"[^\s<>()\[\],;]*\s?(?:@|[\[({<]\s?(?:at|małpa|malpa|собака|равлик)\s?[\])}>]|\s(?:małpa|malpa|собака)\s)"
    r"\s?[^\s<>,;]+",
    re.IGNORECASE,
)
_LINK: Final = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:pl|com|org|eu|net|ua|info|me|gov|edu)\b(?:/\S*)?",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"\+?\d(?:[\d\s().,/:\u2010-\u2015-]*\d)?")
_LONG_NUMBER: Final = re.compile(r"\+?\d(?:[ -]?\d){6,}")
"""A telephone or the number of a person; hours and houses have fewer digits without another sign between."""
_UPPER, _LOWER = "А-ЩЬЮЯЄІЇҐЫЭЁ", "а-щьюяєіїґыэёъ’'"
_CYRILLIC_NAME: Final = re.compile(
    rf"(?<![{_LOWER}{_UPPER}])[{_UPPER}](?:\.|[{_LOWER}]+)(?:[\s-]+[{_UPPER}](?:\.|[{_LOWER}]+))+"
)
_CYRILLIC_SURNAME: Final = re.compile(
    rf"(?<![{_LOWER}{_UPPER}])[{_UPPER}][{_LOWER}]*(?:енк[оау]|чук[ау]?|юк[ау]?|ськ(?:а|ий|ого|ому|ою|ій)"
    rf"|цьк(?:а|ий|ого|ому)|овичу?|івн[аи]|ов[ау]?|єв[ау]?)(?![{_LOWER}])"
)
_AGAIN: Final = re.compile(rf"{re.escape(HIDDEN)}(?:[\s.,–-]*{re.escape(HIDDEN)})+")
_NO_NAMES: Final = cues.INSTITUTIONS | cues.CALENDAR | cues.POSTS | cues.HONORIFICS | cues.DIVINE


def without_personal_data(text: str) -> str:
    """
    Return a text in which numbers, e-mail addresses, links and words that may be names are hidden (`HIDDEN`).

    Names are told by the dictionary of `data.personal_names`, those that it does not have where two words in capitals
    stand together, and Ukrainian ones by their letters. A name in small letters that it does not have stays.
    """
    shown = text
    for pattern in (_EMAIL, _LINK):
        shown = pattern.sub(f" {HIDDEN} ", shown)
    for pattern in (_CYRILLIC_NAME, _CYRILLIC_SURNAME):
        shown = pattern.sub(HIDDEN, shown)
    shown = "".join(_without_names(shown))
    shown = _AGAIN.sub(HIDDEN, _NUMBER.sub(HIDDEN, shown))
    return "\n".join(" ".join(line.split()) for line in shown.splitlines()).strip()


def without_person(text: str, *, is_street: bool = False) -> str:
    """
    Return a proposal of hours or of an address in which e-mail addresses, links and long numbers are hidden.

    Parameters
    ----------
    is_street
        Whether it is an address: streets bear names, so that no name is looked for there.
    """
    shown = text
    for pattern in (_EMAIL, _LINK, _LONG_NUMBER):
        shown = pattern.sub(f" {HIDDEN} ", shown)
    if not is_street:
        shown = _CYRILLIC_NAME.sub(HIDDEN, "".join(_without_names(shown)))
    return " ".join(_AGAIN.sub(HIDDEN, shown).split())


def _without_names(text: str) -> Iterator[str]:
    """Give the pieces of a text, the words hidden that may be of a name."""
    tokens = tokens_of(text)
    named = set(_bare_names(tokens))
    at = 0
    for number, token in enumerate(tokens):
        start = text.index(token.text, at)
        yield text[at:start]
        yield HIDDEN if number in named else token.text
        at = start + len(token.text)
    yield text[at:]


def _bare_names(tokens: Sequence[Token]) -> Iterator[int]:
    """Give the numbers of words that may be of a name: where the rules find somebody, any that can be one."""
    somebody = names_someone(tokens)
    for number, token in enumerate(tokens):
        following = tokens[number + 1] if number + 1 < len(tokens) else None
        if _is_name_alone(token) or (somebody and _is_of_name(token)):
            yield number
        if following is not None and _is_pair(token, following):
            yield number + 1
            if _may_be_name(token):  # the first word of a sentence has a capital, too
                yield number


def _is_of_name(token: Token) -> bool:
    """Tell whether a word can be of a name where somebody is named."""
    if not token.is_word or _is_thing(token):
        return False
    word = token.word
    is_name = bool(word.first or word.surname or word.surname_of_many)
    return (
        token.is_initial
        or (token.is_capitalised and (is_name or word.is_unknown))
        or bool(is_name and not word.is_common)
    )


def _is_name_alone(token: Token) -> bool:
    """Tell whether a word in capitals is a name and nothing else."""
    if not token.is_capitalised or token.is_acronym or _is_thing(token):
        return False
    word = token.word
    is_name = bool(word.first or word.surname or word.surname_of_many)
    return is_name and not word.is_place and (not word.is_noun or word.is_animate)


def _is_pair(one: Token, other: Token) -> bool:
    """Tell whether two words in capitals may be a name: one of them can be, or is in no dictionary."""
    words = (one, other)
    if not all(word.is_capitalised and not word.is_acronym and not _is_thing(word) for word in words):
        return False
    if one.word.is_adjective and other.word.is_place:
        return False  # "Nowy Sącz"
    return any(map(_may_be_name, words))


def _may_be_name(token: Token) -> bool:
    return bool(token.word.first or token.word.surname or token.word.is_unknown)


def _is_thing(token: Token) -> bool:
    return bool(token.lemmas & _NO_NAMES)
