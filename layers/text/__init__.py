"""Every word on screen and on paper: a key, a plural form, a format; all languages with the same keys."""

import math
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from data.vocabulary.languages import LANGUAGES
from geo.printed_numbers import Bound, decimals_of, printed_number

FOLDER = Path(__file__).parent
PLURAL_FORMS = frozenset({"zero", "one", "two", "few", "many", "other"})

ON_DAY: Final = "_on_day"
"""How the key ends of what is said in place of another text of lists of an earlier day."""
_YEAR_SHORT: Final = "\u202fр."
"""How a Ukrainian date ends."""
_PATTERNS = {"day": "long", "month": "LLLL y", "year": "y"}

Entry = str | Mapping[str, str]


class Texts:
    """
    The words of one language.

    Parameters
    ----------
    lang
        One of `LANGUAGES`.
    day
        The earlier day that lists are of, in texts that would say "today" of them (their keys with `_on_day`); None
        for those of now.
    """

    def __init__(self, lang: str, day: date | None = None) -> None:
        if lang not in LANGUAGES:
            raise ValueError(f"expected a language of {', '.join(LANGUAGES)}, found {lang!r}")
        self.lang, self.day = lang, day
        self._locale = Locale.parse(LANGUAGES[lang].locale)
        self._entries = entries(lang)

    def t(self, key: str, **values: Any) -> str:
        """
        Return the text of a key with its values filled in.

        Whole numbers, fractions and dates among the values are written the way of the language. A text with
        plural forms needs `count`.

        Raises
        ------
        KeyError
            If the key or a value that the text needs is missing.
        """
        entry = self._entries.get(key)
        if self.day is not None and (earlier := self._entries.get(f"{key}{ON_DAY}")) is not None:
            entry, values = earlier, values | {"asked_day": self.day}
        if entry is None:
            raise KeyError(
                f"expected a text of the key {key!r} in layers/text/{self.lang}, found none; write it there"
            )
        if not isinstance(entry, str):
            form = str(self._locale.plural_form(abs(values["count"])))
            entry = entry.get(form, entry["other"])
        said = entry.format_map({name: self._written(value) for name, value in values.items()})
        # A date that ends in an abbreviation brings the full stop of its sentence.
        return said.replace(f"{_YEAR_SHORT}.", _YEAR_SHORT)

    def on_day(self, day: date | None) -> "Texts":
        """Return the same words for lists of an earlier day, or of now."""
        return texts_of(self.lang, day)

    def has(self, key: str) -> bool:
        """Tell whether there is a text of this key; for codes that come from data."""
        return key in self._entries

    def number(self, value: float, *, decimals: int = 0) -> str:
        """Return a number with exactly `decimals` digits after the decimal comma or point."""
        pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
        # A zero below zero is equal to zero, and would be told for it.
        return _number(value + 0, pattern, self._locale)

    def date(self, day: date, *, precision: str | None = "day", is_after_from: bool = False) -> str:
        """Return a date as far as it is known: `day`, `month` or `year`; the month as it follows "from" and "to"."""
        pattern = _PATTERNS[precision or "day"]
        pattern = pattern.replace("LLLL", "MMMM") if is_after_from else pattern
        return str(format_date(day, format=pattern, locale=self._locale))

    def percent(self, share: float, *, bound: Bound = "") -> str:
        """
        Return a share from 0 to 1 in per cent with one decimal; none and all have none.

        More than none never reads as 0,0 nor less than all as 100,0: they have as many decimals as it takes. What is
        told as at least so much is rounded down, as at most up.
        """
        return f"{self._printed(100 * share, whole=100.0, bound=bound)}%"

    def rate(self, value: float, *, bound: Bound = "") -> str:
        """Return a rate with one decimal, zero without, and less than 0,1 with as many as it takes."""
        return self._printed(value, bound=bound)

    def change(self, value: float, *, bound: Bound = "") -> str:
        """Return a change with its sign and one decimal, none without, and less than 0,1 with as many as it takes."""
        change, decimals = printed_number(value, bound=bound), decimals_of(value, bound=bound)
        return ("+" if change > 0 else "−" if change < 0 else "") + self.number(
            abs(change), decimals=decimals
        )

    def _printed(self, value: float, *, whole: float = math.inf, bound: Bound = "") -> str:
        decimals = decimals_of(value, whole=whole, bound=bound)
        return self.number(printed_number(value, whole=whole, bound=bound), decimals=decimals)

    def distance(self, metres: float) -> str:
        """Return a distance a person can picture: metres by fifty below one kilometre, then kilometres."""
        if metres < 950:
            return self.t("distance.metres", value=max(50, round(metres / 50) * 50))
        decimals = 1 if metres < 9950 else 0
        return self.t("distance.kilometres", value=self.number(metres / 1000, decimals=decimals))

    def rounded_distance(self, metres: float) -> str:
        """Return a distance that is known only to a kilometre."""
        return self.t("distance.kilometres", value=max(1, round(metres / 1000)))

    def _written(self, value: Any) -> str:
        if isinstance(value, bool) or value is None:
            raise TypeError(f"expected text, a number or a date to write, found {value!r}")
        if isinstance(value, date):
            return self.date(value)
        if isinstance(value, (int, float)) or hasattr(value, "__int__"):
            return self.number(value, decimals=0 if float(value).is_integer() else 1)
        return str(value)


@lru_cache(maxsize=50_000)
def _number(value: float, pattern: str, locale: Locale) -> str:
    """Write a number; a table of the country has ten thousand of them, mostly those of its last drawing."""
    return str(format_decimal(value, format=pattern, locale=locale))


@lru_cache(maxsize=1_000)
def texts_of(lang: str, day: date | None = None) -> Texts:
    """Return the words of a language, of lists of now or of an earlier day, made once."""
    return Texts(lang, day)


@cache
def entries(lang: str) -> Mapping[str, Entry]:
    """
    Return every text of a language by its dotted key; texts with plural forms are mappings.

    A language is a folder of files by subject; no key may stand in two of them.
    """
    found: dict[str, Entry] = {}
    for file in sorted((FOLDER / lang).glob("*.toml")):
        for key, entry in _flat(tomllib.loads(file.read_text(encoding="utf-8")), ""):
            if key in found:
                raise ValueError(f"expected each text once, found {key!r} again in {lang}/{file.name}")
            found[key] = entry
    return MappingProxyType(found)


def _flat(table: Mapping[str, Any], prefix: str) -> list[tuple[str, Entry]]:
    found: list[tuple[str, Entry]] = []
    for key, value in table.items():
        if isinstance(value, str) or set(value) <= PLURAL_FORMS:
            found.append((prefix + key, value))
        else:
            found.extend(_flat(value, f"{prefix}{key}."))
    return found
