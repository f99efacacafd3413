"""Words of a sheet that no own file keeps: left out before anything is compared, and told by row and column alone."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from data.personal_names import names_a_person
from data.personal_names.cues import HONORIFICS, POSTS
from data.personal_names.tokens import tokens_of
from data.sheets.columns import KEY, SheetColumn, columns_of
from data.sheets.known import said_phone
from data.sheets.reading import FilledSheet
from data.sheets.sheet_rows import SheetRow
from data.sources.cell_text import one_line, read_phones
from data.sources.registers.code_text import postal_code
from data.sources.registers.detail_text import phone_records

_PLACES: Final = ("street_address", "locality_name")
_NAMES: Final = ("facility_name", "organization_name")
_POSTS_CUT: Final = frozenset({"kier", "dyr", "koord", "prez", "przew", "p", "wł", "zarz"})
"""Posts and honorifics as they are cut short; the dictionary has none of these."""
_ASIDE = re.compile(
    r"\s*\((?P<bracket>[^()]*)\)?"
    r"|\s*(?:[,;]|\s[-–—](?=\s))\s*(?P<part>[^,;()]*)"
    r"|\s+(?P<cue>(?:u\s+p(?:\.|ani\b|ana\b|aństwa\b)|c/o\b|kier(?:\.|own\w*)|dyr(?:\.|ektor\w*))[^,;()]*)",
    re.IGNORECASE,
)
_PESEL = re.compile(r"(?<!\d)(\d{11})(?!\d)")
_WEIGHTS: Final = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
_CENTURIES: Final = {0: 1900, 20: 2000, 40: 2100, 60: 2200, 80: 1800}
_LETTERS = re.compile(r"[^\W\d_]+")
_COUNTRY: Final = "48"


def taken(filled: FilledSheet) -> tuple[FilledSheet, tuple[str, ...]]:
    """
    Return a sheet with what is kept of its changed cells, and a sentence for each cell of which words are not.

    Of telephones only numbers are kept. What names a private person in brackets, behind a comma or after "u p.", "c/o"
    or a post is left out of addresses, and of names of facilities where a post stands before it; the street itself is
    not searched, since streets bear names. The number of a person (PESEL) is left out of every text.
    """
    baseline: dict[str, list[SheetRow]] = {}
    for row in filled.baseline:
        baseline.setdefault(row.key, []).append(row)
    told: list[str] = []
    columns = [column for column in columns_of(filled.sheet.support_form) if column is not KEY]
    rows = tuple(_row(row, baseline.get(row.key, ()), columns, told) for row in filled.rows)
    return replace(filled, rows=rows), tuple(told)


def is_pesel(digits: str) -> bool:
    """Tell whether 11 digits are the number of a person: a day of birth that exists, and the digit that checks it."""
    month = int(digits[2:4])
    year = _CENTURIES[month // 20 * 20] + int(digits[:2])
    try:
        date(year, month % 20, int(digits[4:6]))
    except ValueError:
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 10 == 0


def _row(
    row: SheetRow, before: Sequence[SheetRow], columns: Sequence[SheetColumn], told: list[str]
) -> SheetRow:
    """Return a row with what is kept; cells that say what they said before are left alone."""
    kept: dict[str, str] = {}
    for column in columns:
        text = row.texts[column.name]
        known = [one.texts.get(column.name, "") for one in before]
        if not text or column.holds != "text" or text in known:
            continue
        kept[column.name], reasons = _kept(column.name, text, known)
        told += [f"{row.reference}: {column.head}: {reason}" for reason in reasons]
    return replace(row, texts={**row.texts, **kept})


def _kept(name: str, text: str, known: Sequence[str]) -> tuple[str, list[str]]:
    """Return what is kept of a changed cell, and why the rest is not."""
    reasons: list[str] = []
    found = _PESEL.sub(lambda match: match[0] if _is_kept_number(name, match[1]) else "", text)
    if found != text:
        reasons.append("the number of a person (PESEL) is left out: none is ever kept")
        text = one_line(found) if "\n" not in found else found
    if name == "phones":
        numbers = ", ".join(map(said_phone, phone_records(read_phones(text))))
        if not _words(text) <= _words(numbers):
            reasons.append("words beside the numbers are left out: only numbers are kept")
        # A cell of words alone says no number: what was known stays.
        return numbers or (known[0] if known and reasons else ""), reasons
    if name == "postal_code":
        return postal_code(text) or text, reasons
    if name in _PLACES or name in _NAMES:
        short = _without_asides(text, is_post_asked=name in _NAMES)
        if short != text and short:
            reasons.append("a part names a private person and is left out")
            text = short
    return text, reasons


def _is_kept_number(name: str, digits: str) -> bool:
    """Tell whether 11 digits are no person's: a telephone with its country, or no PESEL at all."""
    return not is_pesel(digits) or (name == "phones" and digits.startswith(_COUNTRY))


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _LETTERS.findall(text)}


def _without_asides(text: str, *, is_post_asked: bool) -> str:
    """Return a text without brackets and parts that name a person; of names only those in which a post stands."""

    def kept(match: re.Match[str]) -> str:
        words = next(part for part in match.groups() if part is not None)
        is_meant = not is_post_asked or _has_post(words)
        return "" if is_meant and names_a_person(_spelt_out(words)) else match[0]

    short = _ASIDE.sub(kept, text)
    return text if short == text else one_line(short)


def _has_post(words: str) -> bool:
    return any(token.lemmas & (POSTS | HONORIFICS | _POSTS_CUT) for token in tokens_of(words))


def _spelt_out(words: str) -> str:
    """Return the words as names are looked for in them: "kier." is a post that the dictionary does not have."""
    return re.sub(r"\b(?:kier|dyr|koord|prez|przew|wł|zarz)\b\.?", "kierownik", words, flags=re.IGNORECASE)
