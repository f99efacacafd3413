"""
Identifiers of what HSDS wants identified and we do not, and our own taxonomies and units.

Every child gets a UUID made of its parent's, its table and its content, so that the same extract gives the same
bytes and a consumer sees at once which rows changed.
"""

import json
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from data.vocabulary import need_groups, support_forms

Node = dict[str, Any]

_NAMESPACE = uuid.UUID("5b1f3a0e-6f0c-5c58-9d6b-3f1f0a7c2e91")
_REGISTRY = "Mapa Wsparcia Społecznego"


def named_id(*words: str) -> str:
    """Return the UUID of something that has one name for all extracts: a taxonomy, a term, a unit."""
    return str(uuid.uuid5(_NAMESPACE, "|".join(words)))


def with_ids(parent_id: str, table: str, rows: Iterable[Node]) -> list[Node]:
    """Return the rows with an `id` each; of equal rows of one parent the second differs from the first."""
    seen: Counter[str] = Counter()
    children = []
    for row in rows:
        content = json.dumps(row, ensure_ascii=False, sort_keys=True)
        seen[content] += 1
        name = f"{parent_id}|{table}|{content}|{seen[content]}"
        children.append({"id": str(uuid.uuid5(_NAMESPACE, name))} | row)
    return children


FORMS, GROUPS, FIELDS = "support-forms", "need-groups", "registry-fields"
TAXONOMY_IDS = {code: named_id("taxonomy", code) for code in (FORMS, GROUPS, FIELDS)}
_TAXONOMIES = {
    FORMS: ("formy wsparcia", "Forms of support of the Polish registry of social services."),
    GROUPS: ("grupy osób", "Groups of people that support is for."),
    FIELDS: ("pola rejestru", "Fields of the registry that HSDS has no field for."),
}

_NAMES: dict[str, Callable[[], dict[str, Mapping[str, str]]]] = {
    FORMS: lambda: {code: form.name for code, form in support_forms().items()},
    GROUPS: lambda: {code: group.name for code, group in need_groups().items()},
}


def taxonomies() -> list[Node]:
    """Return our taxonomies."""
    return [
        {"id": TAXONOMY_IDS[code], "name": f"{_REGISTRY}: {name}", "description": description}
        for code, (name, description) in _TAXONOMIES.items()
    ]


@cache
def term(taxonomy: str, code: str) -> Node:
    """Return a term of one of our taxonomies; names of forms and groups are Polish, descriptions English."""
    name, description, language = code.replace("_", " "), f"`{code}` of the registry", "en"
    names = _NAMES[taxonomy]().get(code) if taxonomy in _NAMES else None
    if names:
        name, description, language = names["pl"], names["en"], "pl"
    return {
        "id": named_id("term", taxonomy, code),
        "code": code,
        "name": name,
        "description": description,
        "taxonomy": f"{_REGISTRY}: {_TAXONOMIES[taxonomy][0]}",
        "language": language,
        "taxonomy_id": TAXONOMY_IDS[taxonomy],
    }


def unit(code: str) -> Node:
    """Return a unit of capacity: `places`, or places for `women` or `men`."""
    words = {"places": "miejsca", "women": "miejsca dla kobiet", "men": "miejsca dla mężczyzn"}
    return {"id": named_id("unit", code), "name": words[code], "scheme": _REGISTRY, "identifier": code}


UNKNOWN_ORGANIZATION: Node = {
    "id": named_id("organization", "unknown"),
    "name": "podmiot nieznany",
    "description": "Źródło nie podaje, kto prowadzi tę usługę.",
}
"""Stands in the package, where HSDS demands an organization, for one that no source names."""

NO_DESCRIPTION = "Źródło nie opisuje tej organizacji."
"""HSDS demands that an organization is described."""

NO_DATA = "brak danych"
"""Stands for the parts of an address that HSDS demands and no source gives."""
