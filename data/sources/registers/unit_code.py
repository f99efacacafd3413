"""Codes of powiats and voivodeships in tables of GUS: TERYT, TERYT padded with zeros, and numbers of BDL units."""

import re

from data.store.names import fold

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
