"""The columns of a sheet: which field each is, its Polish head, what is written beside it, and what it may hold."""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final, Literal

from data.fields import OF_FACILITY
from data.sources.registers.profile import RegisterProfile
from data.store.own_sheets import SheetOf
from data.vocabulary import has_door, support_forms

FACILITIES: Final = "Placówki"
BASELINE: Final = "Stan wyjściowy"
"""The sheet, hidden, that keeps what was known when the file was made: changes are told against it."""
ABOUT: Final = "O arkuszu"
LISTS: Final = "Listy"
SAVED_AT: Final = "Zapisano"
"""A column of our own files alone: it makes each of them another one, also when its rows are as before."""
SAID_FIELDS: Final = "Zmienione pola"
"""Another one: which columns of a row somebody changed, and when; all others are those of lists."""
NO_ROWS: Final = "(bez własnych zmian)"
"""Name of the one row of a file that changes nothing any more."""

_NO_ROWS_ALONE: Final = rf"^{re.escape(NO_ROWS)}$"

_NAMED_AREA: Final = r"[^,;()\n]*\(\s*(\d{2}(?:\d{2}(?:\d{2}\d?)?)?)\s*\)"

Holds = Literal["text", "number", "date", "list"]

STATUS_WORDS: Final = {
    "działa": "active",
    "planowana": "planned",
    "zawieszona (przerwa)": "suspended",
    "zamknięta": "closed",
    "przeniesiona": "moved",
    "tylko finansowanie": "funding_only",
}
WHEELCHAIR_WORDS: Final = {"tak": "yes", "częściowo": "limited", "nie": "no"}
CLOSED: Final = "zamknięta"


@dataclass(frozen=True)
class SheetColumn:
    """
    One column.

    `name` is a field of a record (`data.fields`), `key` the handle of the record; `only` says for which forms it is:
    those without a door (street work, meals brought home), or those counted in free places.
    """

    name: str
    head: str
    help: str
    holds: Holds = "text"
    width: int = 16
    only: Literal["", "doorless", "vacancies"] = ""


KEY: Final = SheetColumn(
    "key",
    "Klucz (nie zmieniać)",
    "Po nim poznajemy wiersz. Nie zmieniaj go; w nowym wierszu zostaw puste.",
    width=12,
)
COLUMNS: Final = (
    KEY,
    SheetColumn("facility_name", "Nazwa", "Nazwa placówki lub usługi. Musi być.", width=40),
    SheetColumn("organization_name", "Prowadzący", "Kto prowadzi: gmina, powiat, stowarzyszenie.", width=30),
    SheetColumn(
        "street_address", "Ulica i numer", "ul. Nowa 5 albo, we wsi bez ulic, Klimkówka 67.", width=26
    ),
    SheetColumn("postal_code", "Kod pocztowy", "30-001", width=10),
    SheetColumn("locality_name", "Miejscowość", "Miasto albo wieś, w mianowniku.", width=18),
    SheetColumn("stated_gmina_code", "Gmina", "Wybierz z listy: nazwa i kod TERYT w nawiasie.", "list", 28),
    SheetColumn("phones", "Telefony", "Numery oddziel przecinkiem. Bez telefonów osób prywatnych.", width=20),
    SheetColumn("website", "Strona internetowa", "https://…", width=24),
    SheetColumn("opening_hours_text", "Godziny", "Słowami: pn.-pt. 8-16.", width=22),
    SheetColumn(
        "status", "Czy działa", "Przerwę mówi „zawieszona (przerwa)”. Puste znaczy: działa.", "list", 18
    ),
    SheetColumn("subtype", "Profil", "Dla kogo; podpowiedzi z listy, można wpisać własne.", "list", 34),
    SheetColumn(
        "capacity_places",
        "Liczba miejsc",
        "Liczba całkowita. Puste znaczy: nie wiadomo, nie zero.",
        "number",
        10,
    ),
    SheetColumn("capacity_women", "w tym dla kobiet", "Tylko gdy miejsca są rozdzielone.", "number", 10),
    SheetColumn("capacity_men", "w tym dla mężczyzn", "Tylko gdy miejsca są rozdzielone.", "number", 10),
    SheetColumn(
        "vacant_places",
        "Wolne miejsca",
        "Puste znaczy: nie wiadomo. 0 znaczy: nie ma.",
        "number",
        10,
        "vacancies",
    ),
    SheetColumn(
        "vacant_women", "wolne dla kobiet", "Tylko gdy miejsca są rozdzielone.", "number", 10, "vacancies"
    ),
    SheetColumn(
        "vacant_men", "wolne dla mężczyzn", "Tylko gdy miejsca są rozdzielone.", "number", 10, "vacancies"
    ),
    SheetColumn("waiting_persons", "Czeka osób", "Ile osób czeka na miejsce.", "number", 10, "vacancies"),
    SheetColumn("waiting_days", "Czas oczekiwania (dni)", "W dniach.", "number", 12, "vacancies"),
    SheetColumn(
        "vacancies_on",
        "Wolne miejsca z dnia",
        "Z którego dnia są liczby wolnych miejsc: 2026-06-30.",
        "date",
        13,
        "vacancies",
    ),
    SheetColumn(
        "wheelchair", "Dostęp na wózku", "tak, częściowo albo nie; puste znaczy: nie wiadomo.", "list", 12
    ),
    SheetColumn("eligibility_text", "Kto może skorzystać", "Słowami.", width=28),
    SheetColumn("intake_text", "Jak się zgłosić", "Słowami.", width=28),
    SheetColumn("fees_text", "Opłaty", "Słowami.", width=20),
    SheetColumn("note", "Uwagi", "Bez nazwisk i danych osób prywatnych: uwagi są publiczne.", width=28),
    SheetColumn(
        "service_area_codes",
        "Obsługiwane obszary",
        "Kody TERYT gmin, powiatów lub województw, po przecinku; nazwa z kodem w nawiasie też może być.",
        "text",
        24,
        "doorless",
    ),
    SheetColumn(
        "stops",
        "Przystanki",
        "Rynek | pn.-pt. 17-18 | 50.0619 19.9373; Dworzec | 18:30-19",
        "text",
        36,
        "doorless",
    ),
)
"""In the order of the sheet. What no column holds (days, points, other languages) stays as the lists say it."""
FACILITY_NAMES: Final = frozenset({field.name for field in OF_FACILITY} & {column.name for column in COLUMNS})
"""What is true of the whole facility, on whichever of its rows it was changed."""
VACANCY_NAMES: Final = frozenset(column.name for column in COLUMNS if column.only == "vacancies")
LONGEST_NUMBER: Final = 100_000


_UNITS: Final = {
    "people": "w osobach objętych wsparciem",
    "jobs": "w miejscach pracy",
    "items": "w przedmiotach do wypożyczenia",
    "tonnes": "w tonach żywności",
    "meals_per_day": "w posiłkach dziennie",
    "uses_per_day": "w wizytach dziennie",
    "trips_per_month": "w przejazdach miesięcznie",
    "hours_per_month": "w godzinach miesięcznie",
    "hours_per_year": "w godzinach rocznie",
}
"""What forms that are not counted in places are counted in, as the help of a sheet says it."""


def columns_of(support_form: str) -> tuple[SheetColumn, ...]:
    """Return the columns of a sheet of a form; the help of its size says what the form is counted in."""
    form = support_forms()[support_form]
    wanted = {
        "",
        *(["doorless"] if not has_door(support_form) else []),
        *(["vacancies"] if form.vacancy_days else []),
    }
    unit = _UNITS.get(form.capacity_unit)
    return tuple(
        replace(column, help=f"Ta forma liczy się {unit}: wpisz tę liczbę, nie miejsca. {column.help}")
        if unit and column.name == "capacity_places"
        else column
        for column in COLUMNS
        if column.only in wanted
    )


@cache
def sheet_profile(sheet: SheetOf) -> RegisterProfile:
    """Return how a sheet of a form and area, or one of our own files of it, is read: as any register, by its heads."""
    columns: dict[str, Any] = {
        column.name: {"header": column.head, "required": False} for column in columns_of(sheet.support_form)
    }
    columns["key"]["to"] = "facility_key"
    columns["said_fields"] = {"header": SAID_FIELDS, "required": False}
    columns["facility_name"]["required"] = True
    columns["stated_gmina_code"]["replace"] = [{"pattern": r"^.*\((\d{6}\d?)\)\s*$", "with": r"\1"}]
    if "service_area_codes" in columns:
        # As the column of the gmina wants it: "Skawina (120611), Wieliczka (121905)".
        columns["service_area_codes"]["replace"] = [{"pattern": _NAMED_AREA, "with": r"\1"}]
    columns["status"]["map"] = STATUS_WORDS
    columns["wheelchair"]["map"] = WHEELCHAIR_WORDS
    return RegisterProfile.model_validate(
        {
            "register": {
                "code": sheet.source_code,
                "form": sheet.support_form,
                "voivodeship": sheet.area_code[:2],
                "key": ["facility_name", "street_address", "locality_name", "stated_gmina_code"],
            },
            "file": {"sheet": FACILITIES},
            "as_of": {"file_name": r"^(?P<date>\d{4}-\d{2}-\d{2})T"},
            "rows": {
                "reject": [{"column": "facility_name", "pattern": _NO_ROWS_ALONE, "reason": "no_own_rows"}]
            },
            "columns": columns,
        }
    )
