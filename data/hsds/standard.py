"""The tables and fields of HSDS 3.1, from `fields.csv`: a line per field, as the standard's schemas have them."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

VERSION = "3.1"
ENTITIES = (
    "organization",
    "program",
    "service",
    "location",
    "service_at_location",
    "taxonomy",
    "taxonomy_term",
    "unit",
)
"""Tables whose rows others refer to; a nested document may repeat them, word for word, wherever they matter."""

_FIELDS = Path(__file__).parent / "fields.csv"
_LINKS = ("link_id", "link_type", "link_entity", "resource_id", "resource_type")


@dataclass(frozen=True)
class Field:
    """
    A field of a table.

    `type` is a Table Schema type, or `list` and `object` for rows of the table `refers_to` nested in JSON.
    """

    name: str
    type: str
    format: str
    is_required: bool
    is_required_in_package: bool
    allowed: tuple[str, ...]
    refers_to: str

    @property
    def is_nested(self) -> bool:
        """Tell whether JSON holds other rows here; the package has them in files of their own."""
        return self.type in {"list", "object"}

    @property
    def is_link(self) -> bool:
        """Tell whether the field only ties rows together."""
        return self.name == "id" or self.name in _LINKS or bool(self.refers_to)


@dataclass(frozen=True)
class Table:
    """A table, its file in the package, its fields by name."""

    name: str
    file: str
    fields: Mapping[str, Field]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its CSV file."""
        return tuple(field.name for field in self.fields.values() if not field.is_nested)


@cache
def tables() -> Mapping[str, Table]:
    """Return every table by name, in the order of the standard's data package."""
    files: dict[str, str] = {}
    fields: dict[str, dict[str, Field]] = {}
    with _FIELDS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            files[row["table"]] = row["file"]
            fields.setdefault(row["table"], {})[row["field"]] = Field(
                name=row["field"],
                type=row["type"],
                format=row["format"],
                is_required=row["required"] == "yes",
                is_required_in_package=row["required_in_package"] == "yes",
                allowed=tuple(filter(None, row["allowed"].split("|"))),
                refers_to=row["refers_to"],
            )
    return MappingProxyType({name: Table(name, files[name], fields[name]) for name in files})
