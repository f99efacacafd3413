"""A TERYT code as a value: parsed once, then asked for its level, its parent and the kind of its gmina."""

import re
from dataclasses import dataclass
from typing import Literal

from geo.errors import TerytError

Level = Literal["gmina", "powiat", "voivodeship"]

COUNTRY = "00"
"""Stands for the whole country where the code of an area is asked for."""

CODE_DIGITS: dict[str, int] = {"gmina": 6, "powiat": 4, "voivodeship": 2}
"""Digits of an area code by level: the first ones of a gmina's code name what it lies in."""

VOIVODESHIPS: dict[str, str] = {
    "02": "dolnośląskie",
    "04": "kujawsko-pomorskie",
    "06": "lubelskie",
    "08": "lubuskie",
    "10": "łódzkie",
    "12": "małopolskie",
    "14": "mazowieckie",
    "16": "opolskie",
    "18": "podkarpackie",
    "20": "podlaskie",
    "22": "pomorskie",
    "24": "śląskie",
    "26": "świętokrzyskie",
    "28": "warmińsko-mazurskie",
    "30": "wielkopolskie",
    "32": "zachodniopomorskie",
}
"""Name of each voivodeship by its code, in the order of codes."""

EXAMPLE_VOIVODESHIPS: dict[str, str] = {
    "96": "przykładowe zachodnie",
    "97": "przykładowe wschodnie",
    "98": "przykładowe",
}
"""Codes that no voivodeship of Poland has; the region shown where no real data are at hand uses them."""

ALL_VOIVODESHIPS: dict[str, str] = VOIVODESHIPS | EXAMPLE_VOIVODESHIPS
"""What an address, a scenario or a list may name."""

GMINA_TYPES: dict[int, str] = {
    1: "urban",
    2: "rural",
    3: "urban_rural",
    4: "town_part",
    5: "rural_part",
    8: "warsaw_district",
    9: "city_delegation",
}
"""Meaning of the 7th digit. Only 1, 2 and 3 are gminas; adding parts up with them counts people twice."""

_FORM = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}_?[0-9]|[0-9]{6}")
FIRST_CITY_POWIAT = 61
"""Cities with powiat rights are numbered from 61 in every voivodeship."""


@dataclass(frozen=True, order=True)
class Teryt:
    """
    A code of the territorial register TERC, as text of 2, 4, 6 or 7 digits.

    Make one with `Teryt.parse`. Codes of 6 and 7 digits are different values: compare gminas across
    vintages by `area_code`, because the 7th digit, the type, changes without the gmina changing.
    """

    teryt_code: str

    def __post_init__(self) -> None:
        _require_code(self.teryt_code, found=self.teryt_code)

    @classmethod
    def parse(cls, text: str) -> "Teryt":
        """
        Read a code such as `12`, `1206`, `120601`, `1206012` or `120601_2`.

        Raises
        ------
        TerytError
            If the text is anything else, names no voivodeship, or is padded with zeros (`1206000`).
        """
        is_formed = isinstance(text, str) and _FORM.fullmatch(text)
        code = text.replace("_", "") if is_formed else text
        _require_code(code, found=text)
        return cls(code)

    def __str__(self) -> str:
        return self.teryt_code

    @property
    def level(self) -> Level:
        """What the code names; parts of gminas (types 4, 5, 8, 9) are of level gmina too."""
        levels: dict[int, Level] = {2: "voivodeship", 4: "powiat"}
        return levels.get(len(self.teryt_code), "gmina")

    @property
    def is_city_powiat(self) -> bool:
        """Tell whether the code lies in a city with powiat rights: `1261` is Kraków, `1206` is krakowski."""
        return self.level != "voivodeship" and int(self.teryt_code[2:4]) >= FIRST_CITY_POWIAT

    @property
    def area_code(self) -> str:
        """
        The code without the type: 2, 4 or 6 digits.

        A city district (types 8, 9) has 6 digits of its own, which name no gmina.
        """
        return self.teryt_code[:6]

    @property
    def powiat_code(self) -> str | None:
        """First 4 digits; None for a voivodeship."""
        return None if self.level == "voivodeship" else self.teryt_code[:4]

    @property
    def voivodeship_code(self) -> str:
        """First 2 digits."""
        return self.teryt_code[:2]

    @property
    def parent(self) -> "Teryt | None":
        """The powiat of a gmina, the voivodeship of a powiat; None for a voivodeship."""
        if self.level == "voivodeship":
            return None
        return Teryt(self.teryt_code[:4] if self.level == "gmina" else self.teryt_code[:2])


def _require_code(code: object, *, found: object) -> None:
    """Refuse what is no code, in the words in which it was found."""
    fault = _fault(code)
    if fault:
        raise TerytError(
            f"expected a TERYT code of 2, 4, 6 or 7 digits or WWPPGG_R, found {found!r}: "
            f"{fault}; read codes as text, with their leading zeros",
            value=found,
        )


def _fault(code: object) -> str | None:  # noqa: PLR0911 (one return for each fault reads best)
    """Return what is wrong with a code, in words; None when nothing is."""
    if not isinstance(code, str):
        return f"it is {type(code).__name__}, not text"
    if not _FORM.fullmatch(code) or "_" in code:
        return "it has another form"
    if code[:2] == "00":
        return "00 stands for Poland, which has no TERYT code"
    if code[:2] not in ALL_VOIVODESHIPS:
        return f"there is no voivodeship {code[:2]}"
    if "00" in (code[2:4], code[4:6]):
        return "it is padded with zeros; cut it to 2 or 4 digits"
    if len(code) == 7 and int(code[6]) not in GMINA_TYPES:
        return f"there is no gmina type {code[6]}"
    return None
