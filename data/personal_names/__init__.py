"""
Private persons' names in texts: nothing that is shown may carry one.

A dictionary of Polish tells first names and surnames in every case; patrons, streets and places are told apart by
what stands beside them. docs/privacy.md has what is found, what is not, and how often on invented notes.
"""

import re
from functools import lru_cache
from pathlib import Path

from data.personal_names.persons import names_someone
from data.personal_names.tokens import tokens_of

FOLDER = Path(__file__).parent
"""Whatever changes here changes what a register may show: its rows are read again."""

_MAY_NAME = re.compile(r"[^\W\d_]\W+[^\W\d_]|@")
_HIDDEN_EMAIL = re.compile(
    r"[\w.+-]+\s?(?:@|[\[({<]\s?(?:at|małpa|malpa)\s?[\])}>]|\s(?:małpa|malpa)\s)\s?[\w-]+", re.IGNORECASE
)
_TWO_WORDS = re.compile(r"(?:^|(?<=/))([^\W\d_]{2,})[._-]([^\W\d_]{2,})(?=[._-]?\d*(?:[/?#]|$))")
_UPPER, _LOWER = "А-ЩЬЮЯЄІЇҐЫЭЁ", "а-щьюяєіїґыэё’'"
_CYRILLIC = re.compile(
    rf"(?<![{_LOWER}])(?:[{_UPPER}][{_LOWER}]+ )?(?:[{_UPPER}]\. ?|[{_UPPER}][{_LOWER}]+ )+[{_UPPER}][{_LOWER}]+"
)
_CYRILLIC_SURNAME = re.compile(
    r"(?:енко|чук|щук|нюк|цюк|юк|ська|ський|цька|цький|ська|ук|ко|ець|ова|ов|єва|єв|ін|іна|ий|ич|івна|ович|овна)\b"
)
_CYRILLIC_PATRON = re.compile(
    r"(?:вул|ім|імені|св|площа|пл|просп|проспект|вулиця|вулиці|фонд|дім|будинок)\b", re.IGNORECASE
)


def names_a_person(text: str | None) -> bool:
    """
    Tell whether a text seems to name a private person, or has an e-mail address.

    First name and surname in any order and case, with initials or capitals; one of them after a title, a post or
    "pani". Names of streets, patrons and institutions are not meant; a surname alone is not found.
    """
    return bool(text) and bool(_MAY_NAME.search(text or "")) and _names_a_person(text or "")


def is_named_after_a_person(name: str | None) -> bool:
    """Tell whether a name of a facility or organization holds a person: "Dom Opieki Jan Kowalski", not "im. Jana …"."""
    return bool(name) and names_someone(tokens_of(name or ""), is_name=True)


def address_names_a_person(address: str | None) -> bool:
    """Tell whether the path of a page names a person: "facebook.com/jan.kowalski.7"; hosts are of institutions."""
    path = (address or "").partition("://")[2].partition("/")[2]
    return any(
        names_someone(tokens_of(f"{found[1].title()} {found[2].title()}"), is_name=True)
        for found in _TWO_WORDS.finditer(path)
    )


@lru_cache(maxsize=20_000)
def _names_a_person(text: str) -> bool:
    return bool(_HIDDEN_EMAIL.search(text)) or names_someone(tokens_of(text)) or _names_in_cyrillic(text)


def _names_in_cyrillic(text: str) -> bool:
    return any(
        _CYRILLIC_SURNAME.search(found[0])
        and not _CYRILLIC_PATRON.search(text[max(found.start() - 12, 0) : found.end()])
        for found in _CYRILLIC.finditer(text)
    )
