"""Codes as files leave them: cut or padded by spreadsheets, and as tables of GUS write powiats and voivodeships."""

import re
from decimal import Decimal

from data.store.names import fold
from geo.teryt import ALL_VOIVODESHIPS, COUNTRY, GMINA_TYPES

_SCIENTIFIC = re.compile(r"(?P<whole>\d)(?:[.,](?P<rest>\d+))?[eE]\+?(?P<power>\d{1,2})")
SCIENTIFIC_IN_TEXT = re.compile(rf"(?<![\w.,]){_SCIENTIFIC.pattern}(?!\w)")
_FLOAT_REST = re.compile(r"(?<=\d)[.,]0+$")
_AS_TEXT = re.compile(r"""^=?["'’](?P<code>[^"'’]*)["'’]?$""")
_POSTAL_CODE = re.compile(r"(\d{2}) ?[-–—.]? ?(\d{3})")
_SHORT_POSTAL_CODE = re.compile(r"(\d) ?[-–—]? ?(\d{3})")
_WORD = re.compile(r"[^\W\d_]{2}")
"""One letter is that of a number in scientific form."""
_GMINA_CODE = re.compile(r"(\d{6})(?:_?(\d))?")


def reason_of_bad_code(text: str) -> str:
    """Return why a text is no code: it is of words (`not_a_code`), or of digits that no code has (`bad_code`)."""
    return "not_a_code" if _WORD.search(text) else "bad_code"


def bare_code(text: str) -> str:
    """
    Return the digits of a code: no spaces, no ".0" of a float, no marks that keep a spreadsheet from counting.

    A number in scientific form is written out when all its digits are there.
    """
    match = _AS_TEXT.fullmatch(text.strip())
    bare = (match["code"] if match else text).replace(" ", "")
    return _FLOAT_REST.sub("", written_out(bare) or bare)


def written_out(text: str) -> str | None:
    """
    Return the digits of a number in scientific form ("1,26101E+05" is 126101), None when it is none or lost some.

    "6,01235E+08" has lost the last three digits: nothing gives them back.
    """
    match = _SCIENTIFIC.fullmatch(text)
    if match is None or len(match["rest"] or "") < int(match["power"]):
        return None
    number = Decimal(f"{match['whole']}.{match['rest']}").scaleb(int(match["power"]))
    return str(int(number)) if number == int(number) else None


def postal_code(text: str) -> str | None:
    """Return a postal code as 30-001; four digits have lost the zero that every such code begins with."""
    bare = bare_code(text)
    if match := _POSTAL_CODE.fullmatch(bare):
        return f"{match[1]}-{match[2]}"
    match = _SHORT_POSTAL_CODE.fullmatch(bare)
    return f"0{match[1]}-{match[2]}" if match else None


def gmina_code(text: str, *, voivodeship_code: str | None = None) -> str | None:
    """
    Return the 6 digits of a gmina's code, with the zero that a spreadsheet took, or None.

    Parameters
    ----------
    voivodeship_code
        What else the row or the register says: "201011" is a gmina of 20, or 0201011 without its zero when the
        voivodeship is 02.
    """
    bare = bare_code(text)
    if re.fullmatch(r"\d{5}", bare):
        return _with_zero(bare, voivodeship_code)
    match = _GMINA_CODE.fullmatch(bare)
    if match is None:
        return None
    padded = f"0{bare}"
    is_short = match[2] is None and _is_gmina_with_type(padded)
    if is_short and (padded[:2] == voivodeship_code or not _names_voivodeship(bare)):
        return padded[:6]
    return match[1]


def area_code(text: str, *, voivodeship_code: str | None = None) -> str | None:
    """Return a code of a voivodeship, powiat or gmina, or 00 for Poland; None when it can be neither."""
    bare = bare_code(text)
    if len(bare) >= 5:
        code = gmina_code(bare, voivodeship_code=voivodeship_code)
    else:
        code = _with_zero(bare, voivodeship_code) if re.fullmatch(r"[1-9]|\d{3}", bare) else bare
    is_formed = code is not None and re.fullmatch(r"\d\d|\d{4}|\d{6}", code)
    return code if is_formed and code and (code == COUNTRY or _names_voivodeship(code)) else None


def _with_zero(bare: str, voivodeship_code: str | None) -> str | None:
    """Return a code with the zero before it; None when the code may lack its end instead, or begins nothing."""
    padded = f"0{bare}"
    return padded if _names_voivodeship(padded) and bare[:2] != voivodeship_code else None


def _names_voivodeship(code: str) -> bool:
    return code[:2] in ALL_VOIVODESHIPS


def _is_gmina_with_type(code: str) -> bool:
    return (
        re.fullmatch(r"\d{7}", code) is not None and _names_voivodeship(code) and int(code[6]) in GMINA_TYPES
    )


_BDL_UNIT = re.compile(r"\d\d(?P<voivodeship>\d\d)(?P<region>\d{3})(?P<powiat>\d\d)000")
_PADDED = re.compile(r"(?P<voivodeship>\d\d)(?P<powiat>\d\d)000")
_KIND_OF_UNIT = re.compile(
    r"^(?:powiat\s|pow\.|województwo\s|woj\.|miasto na prawach powiatu\s|m\. ?st\.|m\.)\s*", re.IGNORECASE
)


def area_code_of_unit(text: str) -> str | None:
    """
    Return the area code (2 or 4 digits) that a table of GUS means, or None when it means neither level.

    Read are `12` and `1206`; `1200000` and `1206000`, padded as in tables of BDL; and the 12 digits of a BDL unit:
    two for the macroregion, two for the voivodeship, three for region and subregion, two for the powiat, and three
    for the gmina, which must be zeros (`011212006000` is 1206, `011200000000` is 12).
    """
    text = text.strip()
    if re.fullmatch(r"\d\d(?:\d\d)?", text):
        return text
    found = _BDL_UNIT.fullmatch(text) or _PADDED.fullmatch(text)
    if found is None:
        return None
    if found["powiat"] != "00":
        return found["voivodeship"] + found["powiat"]
    is_region = "region" in found.re.groupindex and found["region"] != "000"
    return None if is_region else found["voivodeship"]


def bare_name(text: str) -> str:
    """Return the folded name of a unit without its kind: "Powiat m. Nowy Sącz" and "Nowy Sącz" are the same."""
    bare = text.strip()
    while bare != (shorter := _KIND_OF_UNIT.sub("", bare)):
        bare = shorter
    return fold(bare)
