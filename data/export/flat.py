"""
An extract as flat tables, one plain value a cell: what CSV, XLSX and GeoPackage share.

Lists become one text whose items are parted by "; ". GeoJSON and HSDS keep them whole.
"""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast

import geopandas as gpd
import pandas as pd

from data.export.extract import Extract
from data.reading.service_queries import say_phone
from data.vocabulary import support_forms

Kind = Literal["text", "integer", "decimal", "date", "flag"]

TABLE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "facilities": "Placówki",
        "services": "Usługi",
        "service_areas": "Obszary usług",
        "stops": "Przystanki",
        "organizations": "Podmioty",
        "sources": "Źródła",
        "provenance": "Pochodzenie pól",
    }
)
"""Every table, in the order of files and sheets, and its Polish name."""


@dataclass(frozen=True)
class Field:
    """One column: `name_pl` heads it where people read, `meaning` is said in the dictionary."""

    name: str
    kind: Kind
    name_pl: str
    meaning: str


@cache
def fields() -> Mapping[str, tuple[Field, ...]]:
    """Return the columns of every table, in their order."""
    found: dict[str, list[Field]] = {table: [] for table in TABLE_NAMES}
    with Path(__file__).with_name("fields.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            field = Field(row["field"], cast("Kind", row["kind"]), row["name_pl"], row["meaning"])
            found[row["table"]].append(field)
    return MappingProxyType({table: tuple(columns) for table, columns in found.items()})


SEPARATOR = "; "


def flat_tables(extract: Extract) -> dict[str, pd.DataFrame]:
    """
    Return the tables of `data.export.flat`, every one with its columns in their order.

    Missing values are None in columns of text and dates, NA in columns of numbers.
    """
    whole: dict[str, pd.DataFrame] = {
        "facilities": _facilities(extract),
        "services": _services(extract),
        "service_areas": extract.service_areas,
        "stops": _located(extract.stops),
        "organizations": extract.organizations,
        "sources": extract.sources,
        "provenance": extract.provenance,
    }
    return {
        table: pd.DataFrame({field.name: _flat(whole[table][field.name], field.kind) for field in columns})
        for table, columns in fields().items()
    }


def _facilities(extract: Extract) -> pd.DataFrame:
    services = extract.services
    names = extract.organizations.set_index("organization_id")["name"]
    facilities = _located(extract.facilities)
    ids = facilities["facility_id"]
    forms: dict[str, dict[str, None]] = {}
    groups: dict[str, dict[str, None]] = {}
    for facility, form, codes in zip(
        services["facility_id"], services["support_form"], services["need_groups"], strict=True
    ):
        forms.setdefault(facility, {})[form] = None
        groups.setdefault(facility, {}).update(dict.fromkeys(codes))
    return facilities.assign(
        organization_name=facilities["organization_id"].map(names),
        support_forms=_column([list(forms.get(facility, ())) for facility in ids], facilities),
        need_groups=_column([list(groups.get(facility, ())) for facility in ids], facilities),
    )


def _services(extract: Extract) -> pd.DataFrame:
    names = extract.facilities.set_index("facility_id")["name"]
    form_names = {code: form.name["pl"] for code, form in support_forms().items()}
    services = extract.services
    return services.assign(
        facility_name=services["facility_id"].map(names),
        support_form_name=services["support_form"].map(form_names),
    )


def _located(frame: gpd.GeoDataFrame) -> pd.DataFrame:
    """Add `longitude` and `latitude` to the seventh decimal: a centimetre."""
    points = [None if point is None or point.is_empty else point for point in frame.geometry]
    return pd.DataFrame(frame).assign(
        longitude=_column([None if point is None else round(point.x, 7) for point in points], frame),
        latitude=_column([None if point is None else round(point.y, 7) for point in points], frame),
    )


def _column(values: list[Any], frame: pd.DataFrame) -> pd.Series:
    return pd.Series(values, index=frame.index, dtype=object)


def _flat(values: pd.Series, kind: str) -> Any:
    if kind == "integer":
        return pd.array([None if pd.isna(value) else int(value) for value in values], dtype="Int64")
    if kind == "decimal":
        return pd.array([None if pd.isna(value) else float(value) for value in values], dtype="Float64")
    if kind == "flag":
        return values.astype(bool).to_numpy()
    if values.isna().all():  # most columns of most registers
        return pd.Series([None] * len(values), dtype=object, index=values.index)
    say = _SAY.get(str(values.name), _joined)
    return pd.Series([_said(value, say) for value in values], dtype=object, index=values.index)


def _said(value: Any, say: Callable[[list[Any]], str]) -> Any:
    if isinstance(value, list):
        return say(value) or None
    return None if value is None or value is pd.NA or value != value else value  # noqa: PLR0124 - NaN


def _joined(items: Iterable[Any]) -> str:
    return SEPARATOR.join(str(item) for item in items)


def _say_phones(phones: Iterable[Mapping[str, Any]]) -> str:
    return _joined(
        f"{say_phone(phone)} ({phone['description']})" if phone.get("description") else say_phone(phone)
        for phone in phones
    )


def _say_fees(fees: Iterable[Mapping[str, Any]]) -> str:
    return _joined(_say_fee(fee) for fee in fees)


def _say_fee(fee: Mapping[str, Any]) -> str:
    """Return a fee as words: `pobyt: 12.5 PLN (za dobę, od 2026-01-01)`."""
    amount = " ".join(str(fee[key]) for key in ("amount", "currency") if fee.get(key) is not None)
    details = [
        f"{word}{fee[key]}"
        for key, word in (("description", ""), ("valid_from", "od "), ("valid_to", "do "))
        if fee.get(key)
    ]
    said = ": ".join(filter(None, (fee.get("option"), amount)))
    return " ".join(filter(None, (said, f"({', '.join(details)})" if details else "")))


_SAY: Mapping[str, Callable[[list[Any]], str]] = {"phones": _say_phones, "fees": _say_fees}
"""How the items of a list of objects are said; other lists hold texts."""
