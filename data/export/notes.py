"""Sentences that every export of the registry prints, Polish first and English behind it."""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from data.registry.accepted_differences import AcceptedDifference


def invented_notes() -> tuple[str, str]:
    """Return what is said loudly of the invented region."""
    return (
        "DANE ZMYŚLONE: ten region, jego placówki, adresy i telefony nie istnieją; służą tylko do pokazania programu.",
        "INVENTED DATA: this region, its facilities, addresses and phones do not exist; they only show the program.",
    )


def difference_notes(accepted: Iterable[AcceptedDifference]) -> tuple[str, ...]:
    """Return two sentences for each load that took figures which differ from official ones, and why."""
    return tuple(sentence for one in accepted for sentence in _difference(one.reason, one.figures))


def day_notes(held: pd.DataFrame, now: pd.DataFrame, *, day: date | None) -> tuple[str, ...]:
    """
    Return of which days the lists of an export are, and which lists a past day does not have.

    Parameters
    ----------
    held, now
        Lists of facilities as `data.reading.loaded_sources.describe_sources` returns them: those in the export, and
        those of today.
    """
    days = sorted(held["as_of"].dropna())
    undated = int(held["as_of"].isna().sum())
    notes = []
    if not days and undated:
        notes += [
            f"Żadna z list nie podaje daty; list: {undated}.",
            f"None of the lists states a day; lists: {undated}.",
        ]
    elif undated and days[0] == days[-1]:
        notes += [
            f"Listy z datą są z jednego dnia: {days[0]}; list bez daty: {undated} (zob. tabelę źródeł).",
            f"The lists with a day are all of {days[0]}; lists without a day: {undated} (see the table of sources).",
        ]
    elif days and days[0] != days[-1]:
        span = f"{days[0]} – {days[-1]}"
        notes += [
            f"Listy są z różnych dni: {span}; list bez daty: {undated} (tabela źródeł podaje dzień każdej).",
            f"The lists are of different days: {span}; lists without a day: {undated} (see the table of sources).",
        ]
    missing = sorted(set(now["name"]) - set(held["name"]))
    if day is not None and missing:
        notes += [
            f"Stan na {day} nie zawiera list wczytanych później, także tych bez daty: {'; '.join(missing)}.",
            f"The state of {day} lacks lists loaded later, those without a day among them: {'; '.join(missing)}.",
        ]
    return tuple(notes)


def selection_notes(choices: Iterable[tuple[str, str, str]]) -> tuple[str, ...]:
    """Return what an export was narrowed to; each choice is its Polish name, its English name and its value."""
    listed = list(choices)
    if not listed:
        return ()
    polish = "; ".join(f"{name}: {value}" for name, _, value in listed)
    english = "; ".join(f"{name}: {value}" for _, name, value in listed)
    return (
        f"Plik zawiera tylko wybrane usługi: {polish}.",
        f"This file holds selected services only: {english}.",
    )


def _difference(reason: str, differences: tuple[str, ...]) -> tuple[str, str]:
    figures = "; ".join(differences)
    return (
        f"Przyjęto liczby różne od urzędowych. Powód: {reason}. Różnice: {figures}.",
        f"Figures that differ from official ones were accepted. Reason: {reason}. Differences: {figures}.",
    )
