"""What one cell of a register says: text without dirt, numbers, phones, dates and powiats."""

import datetime as dt
import math
import re
import unicodedata

from data.sources.registers.phone_text import part_phones
from data.sources.registers.powiat_text import read_powiat

__all__ = [
    "EARLIEST_DATE",
    "MONTHS",
    "Cell",
    "cell_text",
    "is_date_text",
    "is_sane_date",
    "latest_date",
    "one_line",
    "read_date",
    "read_number",
    "read_phones",
    "read_powiat",
]

Cell = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None

MONTHS = (
    ("styczeń", "stycznia"),
    ("luty", "lutego"),
    ("marzec", "marca"),
    ("kwiecień", "kwietnia"),
    ("maj", "maja"),
    ("czerwiec", "czerwca"),
    ("lipiec", "lipca"),
    ("sierpień", "sierpnia"),
    ("wrzesień", "września"),
    ("październik", "października"),
    ("listopad", "listopada"),
    ("grudzień", "grudnia"),
)
_MONTH_NUMBERS = {name: number for number, names in enumerate(MONTHS, start=1) for name in names}
EARLIEST_DATE = dt.date(1990, 1, 1)
"""No register is older than the first act on social assistance, of November 1990; Excel's empty date is in 1900."""
_MOST_DAYS_AHEAD = 366

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SPACES = re.compile(r"[^\S\n]+")
_LINE_BREAKS = re.compile(r" ?\n[ \n]*")
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DOTTED_DATE = re.compile(r"(\d{1,2})([.-])(\d{1,2})\2(\d{4})(?: ?r\.?)?")
_TIME_OF_DAY = re.compile(r"(?<=\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$")
_WORDED_DATE = re.compile(r"(?:(\d{1,2})\.? )?([a-ząćęłńóśźż]+) (\d{4})(?: ?r\.?)?", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?: \d{3})+|\d+)(?:[.,]\d+)?")
_SHORT_MONTH = "(?:sty|lut|mar|kwi|maj|cze|lip|sie|wrz|paź|lis|gru)"
_DAY_AS_SHOWN = re.compile(
    rf"\d{{1,2}}[-.]{_SHORT_MONTH}|{_SHORT_MONTH}[-.]\d{{2}}",
    re.IGNORECASE,
)
"""How Polish Excel shows "8-16" after it made it a date: 16.sie, and 5/30 as maj.30."""


def cell_text(cell: Cell) -> str:
    """
    Return the words of a cell, line breaks kept, everything else of white space made one space.

    Control and invisible characters are removed, and so are e-mail addresses: none is ever loaded, whatever
    column it strays into. Letters become whole ones (NFC), so that an ó made of two signs equals any other.
    Whole floats lose their ".0"; markup and formulas typed as text stay plain text.
    """
    if cell is None:
        return ""
    if isinstance(cell, str) and _is_clean(cell):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    raw = cell.isoformat() if isinstance(cell, dt.date) else str(cell)
    breaks = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\xa0", " ")
    clean = "".join(
        char for char in breaks if char == "\n" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co"}
    )
    spaced = _SPACES.sub(" ", _EMAIL.sub("", unicodedata.normalize("NFC", clean)))
    return _LINE_BREAKS.sub("\n", spaced).strip(" \n")


def _is_clean(text: str) -> bool:
    """Tell whether the cell is clean already: most are, and looking is much faster than cleaning."""
    return (
        text.isprintable()
        and "@" not in text
        and "  " not in text
        and unicodedata.is_normalized("NFC", text)
        and text == text.strip(" ")
    )


def has_email(cell: Cell) -> bool:
    """Tell whether a cell has an e-mail address, which `cell_text` takes out."""
    return isinstance(cell, str) and _EMAIL.search(cell) is not None


def one_line(text: str) -> str:
    """Return the text in one line with single spaces, without dangling commas and semicolons."""
    return " ".join(text.split()).strip(" ,;")


def read_number(text: str) -> float | None:
    """
    Return the number that the whole text is ("1 200", "48,5"), or None when it is not a finite number.

    A space parts thousands and nothing else: "20 5" is no number.
    """
    if not _NUMBER.fullmatch(text.strip()):
        return None
    number = float(text.replace(" ", "").replace(",", "."))
    return number if math.isfinite(number) else None


def read_date(text: str) -> tuple[dt.date, str] | None:
    """
    Return the first day of the stated period and its precision (`day`, `month` or `year`).

    Understands 2026-06-30, 2026-06, 2026, 30.06.2026, 30-06-2026, "30 czerwca 2026 r." and "czerwiec 2026"; a
    time of day is left out. None when the text is none of these or the day does not exist. Whether the day makes
    sense is for `is_sane_date`.
    """
    plain = _TIME_OF_DAY.sub("", one_line(text))
    if match := _ISO_DATE.fullmatch(plain):
        year, month, day = match[1], match[2], match[3]
    elif match := _DOTTED_DATE.fullmatch(plain):
        day, month, year = match[1], match[3], match[4]
    elif (match := _WORDED_DATE.fullmatch(plain)) and match[2].lower() in _MONTH_NUMBERS:
        day, month, year = match[1], str(_MONTH_NUMBERS[match[2].lower()]), match[3]
    else:
        return None
    try:
        first = dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return first, "day" if day else "month" if month else "year"


def latest_date() -> dt.date:
    """
    Return the last day that a register can speak of: a year from today.

    A register looks back, but says until when a figure holds or when a place will open. The day of the register
    itself is no limit: it may be missing, or older than a row that was checked since.
    """
    return dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=_MOST_DAYS_AHEAD)


def is_sane_date(day: dt.date) -> bool:
    """Tell whether a register can speak of the day: from 1990 to a year from today."""
    return EARLIEST_DATE <= day <= latest_date()


def read_phones(text: str) -> list[str]:
    """Return each telephone of a cell once, as `phone_text.py` parts them; what is no telephone is left out."""
    return list(part_phones(text).numbers)


def is_date_text(text: str) -> bool:
    """
    Whether the whole text is a day in figures, or as a spreadsheet shows what it has made one ("16.sie").

    A day in words is none: streets are named after them.
    """
    plain = one_line(text)
    if _DAY_AS_SHOWN.fullmatch(plain):
        return True
    read = read_date(plain) if _ISO_DATE.match(plain) or _DOTTED_DATE.match(plain) else None
    return read is not None and read[1] == "day"
