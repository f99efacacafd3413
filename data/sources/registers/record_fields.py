"""The fields of a staged register record and how the text of each is read, derived from `data.fields`."""

from types import MappingProxyType
from typing import Final

from data import fields

FIELDS: Final = MappingProxyType({field.name: field.read_as for field in fields.FIELDS})
"""Name → how its text is read; one record is one service at one facility."""
LISTS: Final = tuple(field.name for field in fields.FIELDS if field.is_list)
"""Fields that are an empty list, not None, where the source does not say."""
INTEGERS: Final = tuple(field.name for field in fields.FIELDS if field.read_as == "integer")
JOINED: Final = tuple(field.name for field in fields.FIELDS if field.is_added_to)
"""Fields that several columns may add to; elsewhere the first word stands."""

ORGANIZATION_FIELDS = (
    "organization_key",
    "name",
    "alternate_name",
    "description",
    "website",
    "legal_status",
    "year_incorporated",
    "nip",
    "regon",
    "krs",
)
"""Columns of the frame of organizations that structured sources bring beside their records."""
