"""Services of one form at one facility as one entry of a list: profiles of a home are not many homes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

import pandas as pd

from data.opening_hours import say
from layers.answers.service_rows import Row

_SUMMED = (
    "capacity_places",
    "capacity_women",
    "capacity_men",
    "vacant_places",
    "vacant_women",
    "vacant_men",
)
_OF_ONE_PROFILE = ("waiting_persons", "waiting_days")
"""Of a queue there is no sum: who waits for one profile waits for it alone, and may wait for another too."""
_OF_PROFILES = (*_SUMMED, *_OF_ONE_PROFILE)
_SAID = ("intake_text", "eligibility_text", "fees_text", "interpretation_text", "service_opening_hours_text")
_LISTED = ("need_groups", "required_documents", "fees", "funding", "service_languages", "corrections")


def join_services(services: Iterable[Row]) -> list[Row]:
    """
    Join the services of one form at one facility, in the order in which facilities first stand.

    Parameters
    ----------
    services
        Rows of `layers.answers.service_rows.ServiceRows`.

    Returns
    -------
    joined
        One row per facility and form, as `joined_parts` makes them.
    """
    parts: dict[tuple[Any, Any], list[Row]] = {}
    for service in services:
        parts.setdefault((service["facility_id"], service["support_form"]), []).append(service)
    return [joined_parts(rows) for rows in parts.values()]


def joined_parts(rows: Sequence[Row]) -> Row:
    """
    Return the services of one form at one facility as one entry; the first says where it stands.

    Places, vacancies, queue and waiting time of each part stay with it in `profiles`. Sums of places are for filters
    and order; a queue or a wait of the whole is only what a list says of a facility with one service. Sums and limits
    with an unknown part are unknown. Different texts stand one after another, lists become one list without
    repetitions; different hours become none that could be asked whether a door is open, and their texts are kept. The
    oldest day of vacancies and the earliest expiry hold for all.

    Returns
    -------
    entry
        The same columns; `subtypes`, the list of the register's own words for the parts; and `profiles`, for each part
        of several its `label` (those words, or what else tells it from the others; may be empty) and quantities.
    """
    first = rows[0]
    if len(rows) == 1:
        return {**first, "subtypes": _texts([first["subtype"]]), "profiles": []}
    entry = dict(first)
    for name, join in _JOINS.items():
        if name in first:
            entry[name] = join([row[name] for row in rows])
    hours = list(
        dict.fromkeys(
            tuple(
                row[name] if isinstance(row[name], str) else None
                for name in ("service_opening_hours", "service_opening_hours_text")
            )
            for row in rows
        )
    )
    if len(hours) > 1:
        # In Polish like everything that sources word.
        said = [worded or (say(text, "pl") if text else None) for text, worded in hours]
        entry["service_opening_hours"] = None
        entry["service_opening_hours_text"] = "; ".join(_texts(said)) or None
    entry["subtypes"] = _texts(row["subtype"] for row in rows)
    entry["profiles"] = _profiles(rows)
    return entry


def _profiles(parts: Sequence[Row]) -> list[dict[str, Any]]:
    """Return the quantities of each part under the words that tell it from the others."""
    for names in (("subtype",), ("subtype", "service_name"), ("subtype", "service_name", "intake_text")):
        labels = ["; ".join(_texts(part.get(name) for name in names)) for part in parts]
        if all(labels) and len(set(labels)) == len(labels):
            break
    return [
        {"label": label, **{name: part.get(name, pd.NA) for name in _OF_PROFILES}}
        for label, part in zip(labels, parts, strict=True)
    ]


def _texts(values: Iterable[Any]) -> list[str]:
    return list(dict.fromkeys(text for text in values if isinstance(text, str)))


def _sum(values: list[Any]) -> Any:
    return pd.NA if any(pd.isna(value) for value in values) else sum(values)


def _unsaid(_values: list[Any]) -> Any:
    return pd.NA


def _least(values: list[Any]) -> Any:
    return pd.NA if any(pd.isna(value) for value in values) else min(values)


def _most(values: list[Any]) -> Any:
    return pd.NA if any(pd.isna(value) for value in values) else max(values)


def _earliest(values: list[Any]) -> Any:
    return min((value for value in values if not pd.isna(value)), default=None)


def _said(values: list[Any]) -> str | None:
    return "; ".join(_texts(values)) or None


def _said_on(values: list[Any]) -> dict[str, date] | None:
    """Return the latest day of each column that an own sheet says of any part."""
    found: dict[str, date] = {}
    for said in values:
        for column, day in (said or {}).items():
            found[column] = max(day, found.get(column, day))
    return found or None


def _listed(values: list[Any]) -> list[Any]:
    entries: list[Any] = []
    for value in values:
        entries += [entry for entry in value or [] if entry not in entries]
    return entries


_JOINS: Mapping[str, Callable[[list[Any]], Any]] = MappingProxyType(
    {
        **dict.fromkeys(_SUMMED, _sum),
        **dict.fromkeys(_SAID, _said),
        **dict.fromkeys(_LISTED, _listed),
        "said_on": _said_on,
        "minimum_age": _least,
        "maximum_age": _most,
        **dict.fromkeys(_OF_ONE_PROFILE, _unsaid),
        "vacancies_on": _earliest,
        "vacancies_expire_on": _earliest,
    }
)
