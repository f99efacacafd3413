"""The words of which Polish texts about hours are made; `data/opening_hours/polish.py` puts them together."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any, NamedTuple

from data.opening_hours.rules import DAYS, HOLIDAY, DayOfYear

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
MONTHS = (
    "stycz(?:en|nia)",
    "lut(?:y|ego)",
    "mar(?:zec|ca)",
    "kwie(?:cien|tnia)",
    "maja?",
    "czerw(?:iec|ca)",
    "lip(?:iec|ca)",
    "sierp(?:ien|nia)",
    "wrzes(?:ien|nia)",
    "pazdziernika?",
    "listopada?",
    "grud(?:zien|nia)",
)
_DAYS = (
    "poniedzial(?:ek|ki|ku|kami)|pon|pn",
    "wtor(?:ek|ki|ku|kami)|wto|wt",
    "srod(?:a|y|e|ami)|sro|sr",
    "czwart(?:ek|ki|ku|kami)|czw|cz",
    "piat(?:ek|ki|ku|kami)|piat|pt",
    "sobot(?:a|y|e|ami)|sob|sb",
    "niedziel(?:a|e|i|ami)|niedz|nd|ndz",
)


class NotUnderstoodError(Exception):
    """A word, or the way words follow each other, has no one sure meaning."""


class Word(NamedTuple):
    """
    One word of known meaning.

    `value` of a `time` is in minutes; of a `date` a day or month of the year; of `days` their OSM names. A `pair`
    is "8.30" or "1.11" as long as nobody has told whether it is a time or a date: (8, 30, digits of the 30).
    """

    kind: str
    value: Any = None


Make = Callable[[re.Match[str]], Word | None]


def _always(kind: str, value: Any = None) -> Make:
    return lambda _: Word(kind, value)


def _nothing(_: re.Match[str]) -> None:
    return None


def _time(match: re.Match[str]) -> Word:
    return Word("time", int(match[1]) * 60 + int(match[2]))


def _hour(match: re.Match[str]) -> Word:
    return Word("time", int(match[1]) * 60)


def _pair(match: re.Match[str]) -> Word:
    return Word("pair", (int(match[1]), int(match[2]), len(match[2])))


def _worded_date(match: re.Match[str]) -> Word:
    groups = match.groupdict()
    day, year = groups["day"], groups["year"]
    if groups.get("roman"):
        month = ROMAN.index(groups["roman"])
    else:
        month = next(
            at for at, stem in enumerate(MONTHS) if re.fullmatch(stem, groups["month"], re.IGNORECASE)
        )
    return Word("date", DayOfYear(month + 1, int(day) if day else None, int(year) if year else None))


def _numbered_date(match: re.Match[str]) -> Word:
    day = match.groupdict().get("day")
    return Word("date", DayOfYear(int(match["month"]), int(day) if day else None, int(match["year"])))


def _roman_months(match: re.Match[str]) -> Word:
    return Word("months", (DayOfYear(ROMAN.index(match[1]) + 1), DayOfYear(ROMAN.index(match[2]) + 1)))


_END = r"(?![A-Za-z])"
_YEAR_WORD = rf"(?: ?r\.?{_END})?"
_A_MONTH = "|".join(MONTHS)
_A_ROMAN = "|".join(sorted(ROMAN, key=len, reverse=True))


def _any_case(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_KNOWN: tuple[tuple[re.Pattern[str], Make], ...] = (
    (re.compile(r"[ \t]+"), _nothing),
    (_any_case(r"24 ?(?:h|godz(?:iny|in)?\.?)? ?/ ?(?:7(?!\d)|dobe\b)"), _always("whole_day")),
    (_any_case(rf"24 ?(?:h|godz(?:iny|in)?){_END}\.?(?: na dobe)?"), _always("whole_day")),
    (_any_case(rf"(?:calodobow[oaey]|(?:przez )?cala dob[ae]){_END}"), _always("whole_day")),
    (_any_case(rf"(?:(?:przez )?caly rok|calorocznie){_END}"), _nothing),
    (_any_case(rf"(?:codziennie|kazdego dnia|(?:przez )?7 dni w tygodniu){_END}"), _always("days", DAYS)),
    (_any_case(rf"weekendy?{_END}"), _always("days", DAYS[5:])),
    (_any_case(rf"swiet(?:a|o|ami){_END}"), _always("days", (HOLIDAY,))),
    *((_any_case(rf"(?:{stem}){_END}\.?"), _always("day", at)) for at, stem in enumerate(_DAYS)),
    (_any_case(rf"(?:poza|oprocz|z wyjatkiem){_END}"), _always("except")),
    (_any_case(rf"(?:nieczynn[eya]|zamkniet[eya]){_END}"), _always("off")),
    (_any_case(rf"godziny (?:otwarcia|pracy|urzedowania){_END}"), _nothing),
    (_any_case(rf"(?:czynn[eya]|otwart[eya]|we?|godz(?:inach|iny|ina)?){_END}\.?"), _nothing),
    (
        _any_case(rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}})(?!\d){_YEAR_WORD}"),
        _numbered_date,
    ),
    (_any_case(rf"(?P<month>\d{{1,2}})\.(?P<year>\d{{4}})(?!\d){_YEAR_WORD}"), _numbered_date),
    (
        _any_case(
            rf"(?:(?P<day>\d{{1,2}})\.? ?)?(?P<month>{_A_MONTH}){_END}(?: (?P<year>\d{{4}})(?!\d){_YEAR_WORD})?"
        ),
        _worded_date,
    ),
    # Roman months in capitals only: "i" is a conjunction.
    (
        re.compile(rf"(?P<day>\d{{1,2}}) (?P<roman>{_A_ROMAN}){_END}(?: (?P<year>\d{{4}})(?!\d))?"),
        _worded_date,
    ),
    (re.compile(rf"({_A_ROMAN}) ?- ?({_A_ROMAN}){_END}"), _roman_months),
    (re.compile(r"(\d{1,2}):([0-5]\d)(?!\d)"), _time),
    # Slips of the pen that can mean nothing else: 7,30 and 15;00 and 9 00.
    (re.compile(r"(\d{1,2})[;,](00|15|30|45)(?!\d)"), _time),
    (re.compile(r"(\d{1,2}) (00|15|30|45)(?!\d|[:.,]\d)"), _time),
    (re.compile(r"(\d{1,2})\.(\d{1,2})(?!\d)"), _pair),
    (re.compile(r"(\d{1,2})(?!\d)"), _hour),
    (re.compile(r"\n\s*-"), _always("bullet")),
    (_any_case(rf"od{_END}"), _always("from")),
    (_any_case(rf"do{_END}|-"), _always("to")),
    (_any_case(rf"[,;\n()]|(?:i|oraz){_END}"), _always("and")),
    (re.compile(r"[:.]"), _nothing),
)


def read_words(text: str) -> list[Word]:
    """
    Return the known words of a text.

    Raises
    ------
    NotUnderstoodError
        If a part of it is no known word, or a number can be read in two ways.
    """
    plain = _plain(text)
    words: list[Word] = []
    at = 0
    while at < len(plain):
        found = next(((match, make) for pattern, make in _KNOWN if (match := pattern.match(plain, at))), None)
        if found is None:
            raise NotUnderstoodError(plain[at:])
        match, make = found
        if (word := make(match)) is not None:
            words.append(word)
        at = match.end()
    return _settle_pairs(words)


def _plain(text: str) -> str:
    """Return the text in ASCII letters, with one kind of dash and "8⁰⁰" as "8:00"; line breaks stay."""
    raised = re.sub(
        r"(?<=\d)[⁰¹²³⁴⁵⁶⁷⁸⁹]{2}", lambda match: f":{unicodedata.normalize('NFKC', match[0])}", text
    )
    dashed = re.sub(r"[\u2010-\u2015\u2212]", "-", raised.replace("ł", "l").replace("Ł", "L"))
    spaced = re.sub(r"[^\S\n]+", " ", dashed)
    decomposed = unicodedata.normalize("NFKD", spaced)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).strip()


def _settle_pairs(words: list[Word]) -> list[Word]:
    """Tell whether each "a.b" is a time or a date, by itself and by what stands at the other end of its range."""
    settled = list(words)
    for at, word in enumerate(settled):
        if word.kind == "pair":
            ends = [word, *_other_end(settled, at)]
            readings = set.intersection(*map(_readings, ends))
            if len(readings) == 2 and not all(_is_round(end) for end in ends):
                readings = {"date"}  # 1.11-15.03 could be times, but nobody opens at 1:11
            if len(readings) != 1:
                raise NotUnderstoodError(word)
            settled[at] = _read_as(word, readings.pop())
    return settled


def _other_end(words: list[Word], at: int) -> list[Word]:
    """Return the number at the other end of the range that the one at `at` begins or ends; none when it is alone."""
    for step in (1, -1):
        place = at + step
        while 0 <= place < len(words) and words[place].kind == "to":
            place += step
        if place != at + step and 0 <= place < len(words) and words[place].kind in {"pair", "time", "date"}:
            return [words[place]]
    return []


def _readings(word: Word) -> set[str]:
    if word.kind != "pair":
        return {word.kind}
    first, second, digits = word.value
    is_time, is_date = first <= 24 and second <= 59 and digits == 2, 1 <= first <= 31 and 1 <= second <= 12
    return {kind for kind, fits in (("time", is_time), ("date", is_date)) if fits}


def _is_round(word: Word) -> bool:
    return word.kind != "pair" or word.value[1] % 5 == 0


def _read_as(word: Word, kind: str) -> Word:
    first, second, _ = word.value
    return Word(kind, first * 60 + second if kind == "time" else DayOfYear(second, first))
