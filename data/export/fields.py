"""Which columns each table of an export has, of what kind they are, and how people call them."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

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
