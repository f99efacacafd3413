"""Services of one form at one facility as one entry of a list: profiles of a home are not many homes."""

from collections.abc import Callable, Hashable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import pandas as pd

from data.opening_hours import say

_KEYS = ["facility_id", "support_form"]
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
_LISTED = ("required_documents", "fees", "funding", "service_languages", "corrections")


def join_services(services: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Join the services of one form at one facility, in the order in which facilities first stand.

    Places, vacancies, queue and waiting time of each part stay with it in `profiles`. Sums of places are for filters
    and order; a queue or a wait of the whole is only what a list says of a facility with one service. Sums and limits
    with an unknown part are unknown. Different texts stand one after another, lists become one list without
    repetitions; different hours become none that could be asked whether a door is open, and their texts are kept. The
    oldest day of vacancies and the earliest expiry hold for all.

    Returns
    -------
    joined
        The same columns; `subtypes`, the list of the register's own words for the parts; and `profiles`, for each part
        of several its `label` (those words, or what else tells it from the others; may be empty) and quantities.
    """
    is_one_of_many = services.duplicated(_KEYS, keep=False)
    alone = services[~is_one_of_many]
    alone = alone.assign(
        subtypes=pd.Series([_texts([text]) for text in alone["subtype"]], index=alone.index, dtype=object),
        profiles=pd.Series([[] for _ in alone.index], index=alone.index, dtype=object),
    )
    if not is_one_of_many.any():
        return alone.reset_index(drop=True)
    joined = [_join(rows) for _, rows in services[is_one_of_many].groupby(_KEYS, sort=False)]
    first = pd.DataFrame([row for _, row in joined], index=[position for position, _ in joined])
    counts = services.dtypes[services.dtypes == "Int64"].index
    both = pd.concat([pd.DataFrame(alone), first.reindex(columns=alone.columns)]).sort_index()
    frame = gpd.GeoDataFrame(
        both.astype({**dict.fromkeys(counts, "Int64"), "is_counted": bool, "is_unconfirmed": bool}),
        geometry="geometry",
        crs=services.crs,
    )
    return frame.reset_index(drop=True)


def _join(rows: pd.DataFrame) -> tuple[Hashable, dict[str, Any]]:
    """Return the index of the first row, which says where the facility stands, and the joined entry."""
    entry: dict[Any, Any] = rows.iloc[0].to_dict()
    for name, join in _JOINS.items():
        if name in rows:
            entry[name] = join(rows[name].tolist())
    hours = list(
        dict.fromkeys(
            (text if isinstance(text, str) else None, worded if isinstance(worded, str) else None)
            for text, worded in zip(
                rows["service_opening_hours"], rows["service_opening_hours_text"], strict=True
            )
        )
    )
    if len(hours) > 1:
        # In Polish like everything that sources word.
        said = [worded or (say(text, "pl") if text else None) for text, worded in hours]
        entry["service_opening_hours"] = None
        entry["service_opening_hours_text"] = "; ".join(_texts(said)) or None
    entry["subtypes"] = _texts(rows["subtype"])
    entry["profiles"] = _profiles(rows)
    return rows.index[0], entry


def _profiles(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the quantities of each part under the words that tell it from the others."""
    parts = rows.to_dict("records")
    for names in (("subtype",), ("subtype", "service_name"), ("subtype", "service_name", "intake_text")):
        labels = ["; ".join(_texts([part.get(name) for name in names])) for part in parts]
        if all(labels) and len(set(labels)) == len(labels):
            break
    return [
        {"label": label, **{name: part.get(name, pd.NA) for name in _OF_PROFILES}}
        for label, part in zip(labels, parts, strict=True)
    ]


def _texts(values: Any) -> list[str]:
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
