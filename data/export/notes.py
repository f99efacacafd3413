"""Sentences that every export of the registry prints, Polish first and English behind it."""

from collections.abc import Iterable

import pandas as pd


def invented_notes() -> tuple[str, str]:
    """Return what is said loudly of the invented region."""
    return (
        "DANE ZMYŚLONE: ten region, jego placówki, adresy i telefony nie istnieją; służą tylko do pokazania programu.",
        "INVENTED DATA: this region, its facilities, addresses and phones do not exist; they only show the program.",
    )


def accepted_differences(releases: pd.DataFrame) -> tuple[str, ...]:
    """
    Return two sentences for each load that took figures which differ from official ones, and why.

    Parameters
    ----------
    releases
        As `data.release_queries.releases` returns; one load has several.
    """
    told: dict[tuple[str, tuple[str, ...]], None] = {}
    for reason, differences in zip(releases["accepted_difference"], releases["differences"], strict=True):
        if isinstance(reason, str) and differences:
            told[reason, tuple(differences)] = None
    return tuple(sentence for reason, differences in told for sentence in _difference(reason, differences))


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
