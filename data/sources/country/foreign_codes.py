"""Codes of gminas as publishers and spreadsheets write them, made whole."""

import re
from collections.abc import Collection, Mapping
from numbers import Real

import pandas as pd

from data.sources.staged import SourceFormatError
from geo.teryt import ALL_VOIVODESHIPS

_PARTED = re.compile(r"(?:PL_?)?(\d{6})_(\d)")
_DIGITS = re.compile(r"(?:PL_?)?(\d{5,7})")
_MOST_TOLD = 5


def whole_codes(
    values: Collection[object], *, known: Mapping[str, tuple[str, str]], file_name: str
) -> list[str]:
    """
    Return codes of 7 digits, whatever a file made of them.

    "PL_1261011", "120713_2", 1261011.0 and "0201011" are whole; a number has lost the zero before it, and one of 6
    digits may be a code without its zero or without its type. All codes of a file are of one kind, and the kind under
    which more of its gminas are known is taken. A code without its type gets that of the gmina that is known.

    Raises
    ------
    SourceFormatError
        If some are no codes, or the type of a gmina that is not known is missing.
    """
    bare = [_bare(value) for value in values]
    if wrong := [
        _found(value, row)
        for row, (value, code) in enumerate(zip(values, bare, strict=True), start=1)
        if code is None
    ]:
        raise SourceFormatError(
            f"{file_name}: expected TERYT codes of gminas (7 digits, 6 without the type), found "
            f"{', '.join(wrong[:_MOST_TOLD])}{' …' if len(wrong) > _MOST_TOLD else ''}. Fill them in, take rows "
            "that are no gminas out, or name another column with `--code-column`.",
            codes=wrong,
        )
    digits = [code for code in bare if code is not None]
    with_type = [code.zfill(7) for code in digits]
    without = [code.zfill(6) for code in digits]
    is_short = all(len(code) <= 6 for code in digits) and _fit(without, known) > _fit(
        [code[:6] for code in with_type], known
    )
    if not is_short:
        return with_type
    if unknown := [code for code in without if code not in known]:
        raise SourceFormatError(
            f"{file_name}: expected the type of each gmina (the 7th digit), found codes of 6 digits that are not "
            f"known: {', '.join(unknown[:_MOST_TOLD])}. Name a column with 7 digits (`--code-column`).",
            codes=unknown,
        )
    return [known[code][0] for code in without]


def _found(value: object, row: int) -> str:
    """Return what stands for a code, with its row (from 1); of an empty cell that nothing does."""
    is_empty = value is None or bool(pd.isna(value)) or not str(value).strip()  # type: ignore[call-overload]
    return f"nothing in row {row}" if is_empty else f"{value} in row {row}"


def _bare(value: object) -> str | None:
    """Return the digits of a code, None of what is none."""
    if isinstance(value, Real) and not isinstance(value, bool):
        number = float(value)
        text = str(int(number)) if number.is_integer() else ""
    else:
        text = value.strip() if isinstance(value, str) else ""
    if parted := _PARTED.fullmatch(text):
        return parted[1] + parted[2]
    match = _DIGITS.fullmatch(text)
    return match[1] if match else None


def _fit(codes: Collection[str], known: Mapping[str, object]) -> tuple[int, int]:
    """Return how many codes are known, and how many begin as one of a voivodeship does."""
    return sum(code in known for code in codes), sum(code[:2] in ALL_VOIVODESHIPS for code in codes)
