"""Which announced costs are of one home: lists of several years spell its name and address in several ways."""

import re
from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from data.store.names import fold

_IN_BRACKETS: Final = re.compile(r"\(([^()]*)\)")
_POSTAL: Final = re.compile(r"\b\d{2}-\d{3}\b")
_POSTAL_AND_TOWN: Final = re.compile(r"\b\d{2}-\d{3}\s+\D*$")
_OWN_NAME: Final = re.compile(r"[„\"]|\bim\.")
_STREET: Final = re.compile(r"\b(?:ul|os|al|pl|aleja|osiedle|plac)\b\.? *(.*\d+\w*)")


def homes_of(rows: pd.DataFrame) -> pd.Series:
    """
    Return the number of the home that each row is of, 0 and up.

    Rows of one powiat and locality are one home where street and number, or the number in the village, are the same;
    where a row tells no number, or its home has a name of its own („Diana”, im. Jana Pawła II), also where the name
    without the address is that of exactly one home there. Two rows of one year are never one home: a list names each of
    its homes once.

    Parameters
    ----------
    rows
        `powiat_name`, `locality_name` (empty where none is told), `name`, `year`.
    """
    found = pd.Series(-1, index=rows.index, dtype="int64")
    count = 0
    places = [rows["powiat_name"], rows["locality_name"]]
    for _, here in rows.groupby(places, sort=False):
        homes = _homes_in(here.to_dict("records"))
        found.loc[here.index] = pd.Series(homes, index=here.index) + count
        count += max(homes) + 1
    return found


def _homes_in(rows: Sequence[dict[Any, Any]]) -> list[int]:
    """Return the home of each row of one locality."""
    doors = [_door(row["name"], row["locality_name"]) for row in rows]
    names = [_bare(row["name"], row["locality_name"]) for row in rows]
    homes: list[list[int]] = []
    for place in sorted(range(len(rows)), key=lambda place: not doors[place]):
        fitting = [home for home in homes if _is_same(place, home, doors, names)]
        years = [{rows[other]["year"] for other in home} for home in fitting]
        if len(fitting) == 1 and rows[place]["year"] not in years[0]:
            fitting[0].append(place)
        else:
            homes.append([place])
    return [next(number for number, home in enumerate(homes) if place in home) for place in range(len(rows))]


def _is_same(
    place: int, home: Sequence[int], doors: Sequence[str], names: Sequence[tuple[str, bool]]
) -> bool:
    """Tell whether a row may be of a home: by its door, or by its name where that is its own or no door is told."""
    if doors[place] and any(doors[other] == doors[place] for other in home):
        return True
    name, is_own = names[place]
    return (is_own or not doors[place]) and any(names[other][0] == name for other in home)


def _door(name: str, locality: str) -> str:
    """Return street and number, or locality and number, folded; empty where the name tells none."""
    for words in _IN_BRACKETS.findall(name):
        street = _STREET.search(_POSTAL_AND_TOWN.sub("", words).casefold())
        if street:
            return fold(street[1])
    number = (
        re.search(rf"\b{re.escape(fold(locality))} (\d+\w?)\b", fold(_POSTAL.sub("", name)))
        if locality
        else None
    )
    return f"{fold(locality)} {number[1]}" if number else ""


def _bare(name: str, locality: str) -> tuple[str, bool]:
    """Return a name without its address, folded, and whether it is one that no other home has."""
    bare = _IN_BRACKETS.sub(" ", name)
    folded = fold(bare)
    if locality:
        folded = re.sub(rf" {re.escape(fold(locality))} \d+\w?$", "", folded)
    return folded, _OWN_NAME.search(bare) is not None
