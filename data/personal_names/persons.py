"""Where the words of a text are a private person's name; each rule is of one shape of names."""

from collections.abc import Callable, Sequence

from data.personal_names import cues
from data.personal_names.patrons import is_patron
from data.personal_names.tokens import Token
from data.personal_names.words import ALL_CASES, Word

Tokens = Sequence[Token]
_LINKS = frozenset({":", "–", "-", "—", "("})
_PREPOSITIONS = frozenset({"do", "z", "ze", "o"})
_OPENING = frozenset({"„", '"', "«"})
_NO_NAMES = cues.INSTITUTIONS | cues.CALENDAR | cues.POSTS | cues.HONORIFICS | cues.DIVINE
_BEFORE_NAMES = cues.HONORIFICS | cues.OF_MANY | cues.TITLES | cues.MONASTIC | cues.POSTS | {"p"}
_LEAST_LETTERS = 3


def names_someone(tokens: Tokens, *, is_name: bool = False) -> bool:
    """
    Tell whether any words of a text are a private person's name.

    Parameters
    ----------
    is_name
        Whether the text is a name of a facility: then only a person in the nominative counts, and no cue.
    """
    if is_name:
        return any(
            "nom"
            in (cases := _first_then_surname(tokens, place) or _surname_then_first(tokens, place, cue=False))
            and not is_patron(tokens, place, place + 2, cases)
            for place in range(len(tokens) - 1)
        )
    return any(
        rule(tokens, place)
        for place, token in enumerate(tokens)
        if token.is_capitalised or token.is_initial or (token.is_word and _may_begin(token))
        for rule in _RULES
    )


def _may_begin(token: Token) -> bool:
    """Tell whether a word in small letters can be a title, a post, or a first name written carelessly."""
    return bool(token.word.first or token.lemmas & _BEFORE_NAMES)


def _is_pair(tokens: Tokens, place: int) -> bool:
    if place + 1 >= len(tokens):
        return False
    one, other = tokens[place], tokens[place + 1]
    return one.is_word and other.is_word and len(one.text) > 1 and len(other.text) > 1


def _full_name(tokens: Tokens, place: int) -> bool:
    """Find "Jan Kowalski", "Kowalskiemu Janowi", "anna zielińska"."""
    if not _is_pair(tokens, place):
        return False
    cases = _first_then_surname(tokens, place) or _surname_then_first(
        tokens, place, cue=cues.has_cue(tokens, place)
    )
    return bool(cases) and not is_patron(tokens, place, place + 2, cases)


def _first_then_surname(tokens: Tokens, place: int) -> frozenset[str]:
    """Return the cases in which a first name and the surname after it agree; empty when they are none."""
    if not _is_pair(tokens, place):
        return frozenset()
    one, other = tokens[place], tokens[place + 1]
    first, surname = one.word, other.word
    is_alike = one.is_capitalised == other.is_capitalised
    is_day = other.lemmas & cues.CALENDAR and _is_firm(first)  # a surname as well: "Anna Sobota"
    if not first.first or not is_alike or _is_thing(one) or (_is_thing(other) and not is_day):
        return frozenset()
    if not one.is_capitalised:
        return frozenset() if first.is_common or surname.is_common else first.first & surname.surname
    is_cued = cues.has_cue(tokens, place)
    is_named = is_cued or _is_surname_of(one, other)
    is_foreign = (surname.is_unknown and not surname.surname) or first.is_unknown
    if is_foreign:
        return first.first if is_named else frozenset()
    # Where a person must follow, any word in the same case is the surname: "pytać: Anna Wesoła".
    is_any = is_cued and _is_firm(first) and not surname.first
    return first.first & (surname.cases if is_any else surname.surname) if is_named else frozenset()


def _is_surname_of(one: Token, other: Token) -> bool:
    """Tell whether a word after a first name can only be a surname, when nothing else says that a person is meant."""
    first, surname = one.word, other.word
    is_capital = one.text.isupper() and other.text.isupper()
    if (surname.is_unknown and not surname.surname) or first.is_unknown:
        return _is_firm(first) and (is_capital or not other.is_acronym) and len(other.text) >= _LEAST_LETTERS
    if surname.is_adjective and (first.lemmas & cues.TOWNS or (first.is_place and surname.is_common)):
        return False
    return (_is_firm(first) and not is_capital) or _is_firm(surname)


def _surname_then_first(tokens: Tokens, place: int, *, cue: bool) -> frozenset[str]:
    if not _is_pair(tokens, place):
        return frozenset()
    one, other = tokens[place], tokens[place + 1]
    surname, first = one.word, other.word
    is_name = one.is_capitalised and other.is_capitalised and surname.surname and first.first
    if not is_name or _is_thing(one) or _is_thing(other) or not _is_firm(first):
        return frozenset()
    is_sure = not surname.first and (not surname.is_common or surname.is_animate)
    return surname.surname & first.first if is_sure or cue else frozenset()


def _is_firm(word: Word) -> bool:
    """Tell whether a name is a name only; some are words for things too."""
    return not word.is_noun or word.is_animate


def _is_thing(token: Token) -> bool:
    return bool(token.lemmas & _NO_NAMES)


def _is_name_after(token: Token, *, is_first_enough: bool = True) -> bool:
    word = token.word
    is_name = word.surname or (is_first_enough and word.first)
    return token.is_capitalised and bool(is_name) and not _is_thing(token) and not token.is_acronym


def _foreign_name(tokens: Tokens, place: int) -> bool:
    """Find "Andriy Kovalenko": a word that is not Polish, then a surname that is plainly from the East."""
    if not _is_pair(tokens, place):
        return False
    one, other = tokens[place], tokens[place + 1]
    is_name = (
        one.is_capitalised and other.is_capitalised and one.word.is_unknown and other.word.is_foreign_surname
    )
    return is_name and not one.is_acronym and not is_patron(tokens, place, place + 2, ALL_CASES)


def _initial(tokens: Tokens, place: int) -> bool:
    """Find "J. Kowalski", "Kowalski J.", "Anna K."."""
    if place + 2 >= len(tokens):
        return False
    one, two, three = tokens[place : place + 3]
    if one.is_initial and two.text == ".":
        is_surname = _is_name_after(three, is_first_enough=False) and (
            _is_firm(three.word) or cues.has_cue(tokens, place)
        )
        return is_surname and not is_patron(tokens, place, place + 3, three.word.surname)
    if not (two.is_initial and three.text == ".") or _is_thing(one):
        return False
    word = one.word
    is_sure = (not word.is_common or word.is_animate) and not word.is_place
    is_name = one.is_capitalised and (word.surname or word.first) and (is_sure or cues.has_cue(tokens, place))
    return bool(is_name or (one.is_capitalised and word.first and _is_firm(word))) and not is_patron(
        tokens, place, place + 3, word.surname | word.first
    )


def _after_title(tokens: Tokens, place: int) -> bool:
    """Find "dr Nowak", "lek. med. Kurek", "s. Benigna", "ks. proboszcz Mazur"."""
    token = tokens[place]
    lemmas = token.lemmas
    is_monastic = bool(lemmas & cues.MONASTIC)
    if not (lemmas & cues.TITLES or is_monastic):
        return False
    named = place + 1
    while named < len(tokens) and (
        tokens[named].text == "." or tokens[named].lemmas & (cues.TITLES | {"proboszcz"})
    ):
        named += 1
    if named >= len(tokens):
        return False
    found = tokens[named].word
    is_name = _is_name_after(tokens[named]) and (bool(found.first) if is_monastic else True)
    if found.is_unknown and "ks" in lemmas:
        return tokens[named].is_capitalised and not is_patron(tokens, place, named + 1, ALL_CASES)
    cases = found.first | (frozenset() if is_monastic else found.surname)
    cases &= token.word.cases or ALL_CASES
    is_patrons = token.text[0].isupper() and "gen" in cases and "nom" not in cases
    return is_name and not is_patrons and not is_patron(tokens, place, named + 1, cases)


def _after_honorific(tokens: Tokens, place: int) -> bool:
    """Find "pani Basia", "p. Kowalska", "państwo Nowakowie"."""
    token = tokens[place]
    lemmas = token.lemmas
    named = place + 1
    if token.text.casefold() == "p" and named < len(tokens) and tokens[named].text == ".":
        named += 1
    elif not lemmas & (cues.HONORIFICS | cues.OF_MANY):
        return False
    if named >= len(tokens) or not tokens[named].is_capitalised or _is_thing(tokens[named]):
        return False
    word = tokens[named].word
    if lemmas & cues.OF_MANY:
        return bool(word.surname_of_many)
    is_quoted = any(before.text in _OPENING for before in tokens[max(place - 2, 0) : place])
    is_name = (
        word.first or word.surname or (word.is_unknown and not tokens[named].is_acronym and not is_quoted)
    )
    return bool(is_name) and not is_patron(tokens, place, named + 1, ALL_CASES)


def _after_post(tokens: Tokens, place: int) -> bool:
    """Find "kierownik Domańska", "burmistrz: Kozioł"."""
    token = tokens[place]
    if not token.lemmas & cues.POSTS:
        return False
    named = place + 1
    while named < len(tokens) and tokens[named].text in _LINKS:
        named += 1
    if named >= len(tokens) or not _is_name_after(tokens[named]):
        return False
    word = tokens[named].word
    cases = (word.surname | word.first) & (token.word.cases or ALL_CASES)
    is_seat = word.is_adjective and bool(token.lemmas & cues.OFFICES)
    is_name = bool(cases) and not is_seat and (_is_firm(word) if named == place + 1 else not word.is_noun)
    return is_name and not is_patron(tokens, place, named + 1, cases)


def _contact_by_first_name(tokens: Tokens, place: int) -> bool:
    """Find "kontakt: Basia", "tel. Basia"."""
    token = tokens[place]
    is_name = (
        token.is_capitalised and "nom" in token.word.first and _is_firm(token.word) and not _is_thing(token)
    )
    if not is_name or place == 0 or tokens[place - 1].text not in {":", "."}:
        return False
    is_alone = place + 1 == len(tokens) or not tokens[place + 1].is_capitalised
    is_cued = is_alone and cues.has_cue(tokens, place - 1)
    return is_cued and not is_patron(tokens, place, place + 1, token.word.first)


def _couple(tokens: Tokens, place: int) -> bool:
    """Find "Anna i Marek Gajewscy"."""
    if place + 3 >= len(tokens):
        return False
    one, link, two, many = tokens[place : place + 4]
    is_shape = (
        one.is_capitalised and link.text in {"i", "oraz"} and two.is_capitalised and many.is_capitalised
    )
    if not is_shape:
        return False
    cases = one.word.first & two.word.first & many.word.surname_of_many
    return bool(cases) and not is_patron(tokens, place, place + 4, cases)


def _called_by_first_name(tokens: Tokens, place: int) -> bool:
    """Find "pytać Basię", "dzwonić do Basi"."""
    token = tokens[place]
    if place == 0 or not token.is_capitalised or not token.word.first or not _is_firm(token.word):
        return False
    before = place - 1 if tokens[place - 1].text not in _PREPOSITIONS else place - 2
    is_called = before >= 0 and bool(tokens[before].lemmas & cues.CALLS)
    return is_called and not _is_thing(token) and not is_patron(tokens, place, place + 1, token.word.first)


_RULES: tuple[Callable[[Tokens, int], bool], ...] = (
    _full_name,
    _foreign_name,
    _initial,
    _after_title,
    _after_honorific,
    _after_post,
    _contact_by_first_name,
    _called_by_first_name,
    _couple,
)
