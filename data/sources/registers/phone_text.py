"""Telephones as clerks write them: several in one cell, with words, extensions, shortened endings and ranges."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from data.sources.registers.code_text import SCIENTIFIC_IN_TEXT, written_out

_NATIONAL_DIGITS = 9
_LOCAL_DIGITS = 7
_LEAST_DIGITS = 5
"""Fewer are a floor, an hour or a rest of something, unless it is one of the short numbers."""
_LONGEST_ENDING = 3
_MOST_EXTENSION_DIGITS = 6
_SHORT_NUMBER = re.compile(r"112|9[89]\d|9[1-7]\d")
"""The emergency number and those of services and cities."""
_SHORT_LINE = re.compile(r"116\d{3}|19\d{3}")
"""Helplines of Europe and information lines of cities."""
_ABROAD = re.compile(r"^(?:\+|00)(?! ?48)")

_DAY = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{1,2}\.\d{2}\.(?:19|20)\d\d\b")
_TIME = re.compile(r"\b\d{1,2}:\d{2}\b|\bgodz\w*\.? ?\d{1,2}(?: ?(?:-|–|do) ?\d{1,2})?\b", re.IGNORECASE)
_FLOAT_REST = re.compile(r"(?<=\d{9})[.,]0+\b")
_TOKEN = re.compile(
    r"""(?P<extension>(?:\bnr\.?\s+)?\bwew(?:n(?:ętrzn\w*)?)?\b[\s.:]*(?:nr\b[\s.:]*)?|\bw\.\s*(?=\d))
    |(?P<number>\+?\d{0,4}[ -]?\(\d[\d -]*\)(?:[ .–-]*\d)+|\+?\d(?:[ .–-]*\d)*)
    |(?P<range>\bdo\b)
    |(?P<or>\b(?:lub|oraz|albo|czy|i)\b)
    |(?P<fax>\bfa(?:x|ks)\w*)
    |(?P<word>[^\W\d_]+)
    |(?P<slash>/)
    |(?P<comma>[,;|\n])""",
    re.IGNORECASE | re.VERBOSE,
)
_COUNTRY = re.compile(r"^(?:\+ ?48|0048|48(?=(?:\D*\d){9}\D*$))\D*")
_ENDING = re.compile(r"(?P<number>.*\d) ?[-–] ?(?P<ending>\d{1,3})")


@dataclass(frozen=True)
class Phones:
    """
    What a cell says: numbers as written, each once and in order, and the pieces with digits that are none.

    Behind a number may stand its extension ("12 345 67 89 wew. 1") or a word about it ("12 345 67 89 (do 95)").
    `doubtful` are those of the numbers that have more or fewer digits than a Polish one.
    """

    numbers: tuple[str, ...]
    left_out: tuple[str, ...]
    doubtful: tuple[str, ...] = ()


@lru_cache(maxsize=1024)
def part_phones(text: str) -> Phones:
    """
    Return the telephones of a cell.

    Numbers are parted by commas, lines, slashes, words ("lub", "oraz", "tel.") or a second country code, or run
    together in nines. Extensions ("wew. 1, 2") stay with their number, one record for each. A short ending is another
    number of the same line ("12 345 67 89/90"), or the last of a range: then the first number stands with "do 95" as
    its description. Nine bare digits are grouped in threes. Words are dropped; a wrong number of digits is kept, for
    a person must look at it, but fewer than five digits are no telephone, nor is "6,01235E+08", which lost some. A
    fax is left out where there is a telephone.
    """
    days = _DAY.findall(text)
    text = _DAY.sub("; ", text)
    shortened = [match[0] for match in SCIENTIFIC_IN_TEXT.finditer(text) if not written_out(match[0])]
    whole = SCIENTIFIC_IN_TEXT.sub(lambda match: written_out(match[0]) or " ", text)
    reader = _Reader(_FLOAT_REST.sub("", _TIME.sub(" ", whole)))
    reader.left_out += [*days, *shortened]
    reader.read()
    phones = [record for record in reader.records if not record.pop("is_fax", False)]
    records = phones or [record | {"description": "faks"} for record in reader.records]
    unique = {(_digits(one["number"]), one.get("extension")): one for one in reversed(records)}
    told = list(reversed(unique.values()))
    doubtful = dict.fromkeys(one["number"] for one in told if not _is_whole(one["number"]))
    return Phones(tuple(map(_said, told)), tuple(reader.left_out), tuple(doubtful))


def _is_whole(number: str) -> bool:
    digits = _digits(_COUNTRY.sub("", number))
    is_short = _SHORT_NUMBER.fullmatch(digits) or _SHORT_LINE.fullmatch(digits)
    return len(digits) == _NATIONAL_DIGITS or is_short is not None or _ABROAD.match(number) is not None


def _said(record: Mapping[str, Any]) -> str:
    extension = f" wew. {record['extension']}" if "extension" in record else ""
    description = f" ({record['description']})" if "description" in record else ""
    return f"{record['number']}{extension}{description}"


class _Reader:
    """Goes through the pieces of a cell; remembers the number that extensions and endings belong to."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.records: list[dict[str, Any]] = []
        self.left_out: list[str] = []
        self._is_open = False
        self._before = ""
        self._is_fax = False

    def read(self) -> None:
        tokens = list(_TOKEN.finditer(self._text))
        position = 0
        while position < len(tokens):
            token, kind = tokens[position], str(tokens[position].lastgroup)
            if kind == "number":
                position += self._join_area_code(tokens, position)
                self._number(self._text[token.start() : tokens[position].end()])
            elif kind == "extension":
                self._before = "extension" if self._is_open else "word"
            elif kind == "fax":
                # "tel./fax" is one number for both.
                self._is_fax, self._is_open = self._before not in {"word", "slash"}, False
                self._before = kind
            elif kind == "word":
                self._is_fax, self._is_open, self._before = False, False, kind
            elif not (self._before == "extension" and kind in {"comma", "or", "slash"}):
                self._before = "word" if kind == "slash" and self._before == "fax" else kind
            position += 1

    def _join_area_code(self, tokens: list[re.Match[str]], position: int) -> int:
        """Return 2 when a slash stands between area code and number ("12/422 12 11"), else 0."""
        if self._before == "extension" or len(tokens) < position + 3:
            return 0
        first, slash, second = tokens[position : position + 3]
        if slash.lastgroup != "slash" or second.lastgroup != "number":
            return 0
        before, after = _digits(first[0]), _digits(second[0])
        return 2 if 2 <= len(before) <= 5 and len(after) == _LOCAL_DIGITS else 0

    def _number(self, run: str) -> None:
        before, self._before = self._before, "number"
        if before == "extension":
            run = self._extensions(run)
            if not run:
                self._before = "extension"
                return
        digits = _digits(run)
        is_ending = self._is_open and len(digits) <= _LONGEST_ENDING and not _SHORT_NUMBER.fullmatch(digits)
        if is_ending and self._ending(digits, before):
            return
        if len(digits) < _LEAST_DIGITS and not _SHORT_NUMBER.fullmatch(digits):
            self.left_out.append(run.strip())
            return
        for number, description in _whole_numbers(run):
            record = {"number": number} | ({"description": description} if description else {})
            self.records.append(record | ({"is_fax": True} if self._is_fax else {}))
        self._is_open = True

    def _extensions(self, run: str) -> str:
        """Take extensions of the last number; return what is a number of its own behind them."""
        groups = run.split()
        mine: list[str] = []
        while groups and len(_digits(run)) - len(_digits("".join(mine))) != _NATIONAL_DIGITS:
            is_short = groups[0][0].isdigit() and len(_digits(groups[0])) <= _MOST_EXTENSION_DIGITS
            if not is_short:
                break
            mine.append(groups.pop(0))
        last = self.records[-1]
        for word in mine:
            extension = int(re.split(r"\D", word)[0])
            if "extension" in last:
                self.records.append({**last, "extension": extension})
            else:
                last["extension"] = extension
        return " ".join(groups)

    def _ending(self, digits: str, before: str) -> bool:
        """Take a short ending of the last number; False when it is not one."""
        last = self.records[-1]
        number = last["number"]
        own = _digits(number)[-len(digits) :]
        if before == "range":
            if digits <= own:
                return False
            last["description"] = f"do {digits}"
            return True
        is_sure = len(digits) == 2 or before in {"slash", "or"}
        if len(digits) == _LONGEST_ENDING and before == "comma":
            is_sure = digits[0] == own[0]
        if is_sure and before in {"slash", "or", "comma"}:
            plain = {name: value for name, value in last.items() if name == "is_fax"}
            self.records.append(plain | {"number": _with_ending(number, digits)})
        else:
            self.left_out.append(digits)
        return True


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _with_ending(number: str, ending: str) -> str:
    """Return the number with other last digits, its spaces and dashes kept."""
    left = list(ending)
    changed = [left.pop() if char.isdigit() and left else char for char in reversed(number)]
    return "".join(reversed(changed))


def _whole_numbers(run: str) -> list[tuple[str, str]]:
    """Return the numbers of a run of digits, each with its description."""
    written = " ".join(run.split())
    national = _COUNTRY.sub("", written)
    count = len(_digits(national))
    if count > _NATIONAL_DIGITS and count % _NATIONAL_DIGITS == 0:
        return [(_grouped(piece), "") for piece in _in_nines(national)]
    match = _ENDING.fullmatch(written)
    if match and len(_digits(_COUNTRY.sub("", match["number"]))) == _NATIONAL_DIGITS < count:
        return [(_grouped(match["number"]), f"do {match['ending']}")]
    return [(_grouped(written), "")]


def _grouped(written: str) -> str:
    """Return nine bare digits in threes, anything else as it is."""
    if re.fullmatch(r"\d{9}", written):
        return f"{written[:3]} {written[3:6]} {written[6:]}"
    return written


def _in_nines(written: str) -> list[str]:
    pieces, piece, count = [], "", 0
    for char in written:
        piece += char
        count += char.isdigit()
        if count == _NATIONAL_DIGITS:
            pieces.append(piece.strip(" -–."))
            piece, count = "", 0
    return pieces
