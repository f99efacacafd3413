"""
The UUIDs under which the registry leaves: the source's own where it has them, else made from its keys.

A key of a source may hold a name and an address, and whoever has a list of addresses can compute the UUIDs of all of
them and see which one it is. So the identifiers of a place that is not public are made only from what an export
tells of it anyway: source, shown name, gmina, forms, and a number among equals.
"""

import hashlib
import re
import uuid
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import pandas as pd

from data.store.query_frames import plain_rows

_NAMESPACE = uuid.UUID("3d0f7b52-8f5e-4c0b-9a57-6c1f2d9e4b10")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_RANDOM = "4"
"""The version of a UUID that is not made from anything; others may be made from an address."""

IdentifiedRow = Mapping[Hashable, Any]


def made_id(*words: str) -> str:
    """Return the UUID that these words always give."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(words)))


def organization_ids(organizations: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return the identifier of each (source, key)."""
    ids = _Distinct()
    return {
        (source, key): ids.take(key, otherwise=made_id("organization", source, key))
        for source, key in sorted(set(organizations))
    }


def facility_ids(facilities: Iterable[IdentifiedRow]) -> dict[int, str]:
    """
    Return the identifier of each facility by its number.

    Parameters
    ----------
    facilities
        `facility_id` (number), `source_code`, `record_key`, `visibility`, `facility_name`, `gmina_code` and
        `forms` (a text).
    """
    ids = _Distinct()
    found: dict[int, str] = {}
    equals: dict[str, int] = {}
    # By a hash of the key: the order of protected places may not tell that of their addresses.
    rows = sorted(facilities, key=lambda row: (row["source_code"], _hidden_order(row["record_key"])))
    for row in rows:
        source, key = row["source_code"], row["record_key"]
        if row["visibility"] == "public":
            found[row["facility_id"]] = ids.take(key, otherwise=made_id("facility", source, key))
            continue
        told = made_id("protected", source, row["facility_name"], row["gmina_code"] or "", str(row["forms"]))
        equals[told] = equals.get(told, 0) + 1
        otherwise = made_id("protected", told, str(equals[told]))
        found[row["facility_id"]] = ids.take(key if is_random(key) else "", otherwise=otherwise)
    return found


def service_ids(services: Iterable[IdentifiedRow]) -> dict[tuple[str, str], str]:
    """
    Return the identifier of each service by its (source, key).

    Parameters
    ----------
    services
        `source_code`, `service_key`, `visibility`, `support_form`, `subtype` and the identifier `facility` of the
        place. A service with a public place is known by its key; one without, by its first place and form.
    """
    ids = _Distinct()
    found: dict[tuple[str, str], str] = {}
    equals: dict[str, int] = {}
    rows = sorted(
        services, key=lambda row: (row["visibility"] != "public", row["source_code"], row["facility"])
    )
    for row in rows:
        name = source, key = row["source_code"], row["service_key"]
        if name in found:
            continue
        if row["visibility"] == "public":
            found[name] = ids.take(key, otherwise=made_id("service", source, key))
            continue
        told = made_id("protected service", row["facility"], row["support_form"])
        equals[told] = equals.get(told, 0) + 1
        otherwise = made_id("protected service", told, str(equals[told]))
        found[name] = ids.take(key if is_random(key) else "", otherwise=otherwise)
    return found


def is_random(key: str) -> bool:
    """Tell whether a key is a random UUID, which nobody can compute."""
    return bool(_UUID.fullmatch(key)) and key[14] == _RANDOM


class _Distinct:
    """Gives every identifier once: two sources may have read the same file."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, key: str, *, otherwise: str) -> str:
        """Return the key if it is a UUID that nobody has yet."""
        own = key.lower() if _UUID.fullmatch(key) else otherwise
        chosen = otherwise if own in self._taken else own
        self._taken.add(chosen)
        return chosen


def _hidden_order(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


_IDENTIFYING = (
    "facility_id",
    "source_code",
    "record_key",
    "service_key",
    "visibility",
    "facility_name",
    "gmina_code",
    "forms",
    "facility",
    "support_form",
    "organization_key",
    "field_sources",
)


def identified_organizations(organizations: pd.DataFrame) -> pd.DataFrame:
    """Add `organization_id` to organizations as `data.reading.organization_queries` returns them, and sort by it."""
    keys = list(zip(organizations["source_code"], organizations["organization_key"], strict=True))
    ids = organization_ids(keys)
    found = organizations.assign(
        organization_id=pd.Series([ids[key] for key in keys], index=organizations.index, dtype=object)
    )
    return found.sort_values(["source_code", "name", "organization_id"])


def identified_services(shown: pd.DataFrame, organizations: pd.DataFrame) -> pd.DataFrame:
    """Add the identifiers to shown services: `facility`, `organization`, `service`, `service_at_facility_id`."""
    forms = shown.groupby("facility_id")["support_form"].agg(lambda codes: ",".join(sorted(set(codes))))
    first = shown.drop_duplicates("facility_id")
    of_facility = facility_ids(_records(first.assign(forms=first["facility_id"].map(forms))))
    of_organization = {
        (source, key): identifier
        for source, key, identifier in organizations[
            ["source_code", "organization_key", "organization_id"]
        ].itertuples(index=False)
    }
    rows = shown.assign(
        facility=shown["facility_id"].map(of_facility),
        organization=pd.Series(
            [
                next((of_organization[name] for name in names if name in of_organization), None)
                for names in map(_organization_names, _records(shown))
            ],
            index=shown.index,
            dtype=object,
        ),
    )
    of_service = service_ids(_records(rows))
    keys = zip(rows["source_code"], rows["service_key"], strict=True)
    rows["service"] = pd.Series([of_service[key] for key in keys], index=rows.index, dtype=object)
    pairs = zip(rows["facility"], rows["service"], strict=True)
    made = [made_id("service at facility", facility, service) for facility, service in pairs]
    return rows.assign(service_at_facility_id=pd.Series(made, index=rows.index, dtype=object))


def _organization_names(row: dict[Any, Any]) -> list[tuple[str, str]]:
    """Return where the organization of a service may be found: of a merged facility, another list may name it."""
    origins = row["field_sources"] or {}
    sources = origins.get("organization_key") or [row["source_code"]]
    return [(source, row["organization_key"]) for source in sources]


def _records(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    """Return what identifiers are made from."""
    names = [name for name in _IDENTIFYING if name in frame]
    return plain_rows(pd.DataFrame(frame)[names])
