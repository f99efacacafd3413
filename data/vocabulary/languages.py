"""
The languages that everything is told in, Polish first.

A new one is a record here, the columns `…_CODE` of the vocabulary's files, and a folder of words in `layers/text`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True)
class Language:
    """
    A language.

    Attributes
    ----------
    name
        What it calls itself.
    locale
        Whose numbers, dates and plural forms it has.
    list_separator
        What parts the columns of a CSV file; a spreadsheet takes it for the other sign where the comma is decimal.
    without_scripts
        What a browser without JavaScript shows instead of a page.
    """

    name: str
    locale: str
    list_separator: str
    without_scripts: str

    @property
    def decimal_sign(self) -> str:
        """What parts whole numbers from decimals in a CSV file."""
        return "." if self.list_separator == "," else ","


LANGUAGES: Final[Mapping[str, Language]] = MappingProxyType(
    {
        "pl": Language(
            name="Polski",
            locale="pl_PL",
            list_separator=";",
            without_scripts="Ta strona wymaga JavaScriptu. Włącz go w przeglądarce albo zadzwoń do ośrodka pomocy "
            "społecznej w swojej gminie. W nagłym zagrożeniu życia lub zdrowia dzwoń pod 112.",
        ),
        "uk": Language(
            name="Українська",
            locale="uk_UA",
            list_separator=";",
            without_scripts="Ця сторінка потребує JavaScript. Увімкніть його у браузері або зателефонуйте до центру "
            "соціальної допомоги у своїй гміні. Якщо є загроза життю чи здоров’ю, телефонуйте 112.",
        ),
        # Babel would write American dates in plain English; people in Poland write the day first.
        "en": Language(
            name="English",
            locale="en_GB",
            list_separator=",",
            without_scripts="This page needs JavaScript. Turn it on in the browser, or phone the social assistance "
            "centre of your gmina. If life or health is in danger, phone 112.",
        ),
    }
)
DEFAULT_LANGUAGE: Final = "pl"
