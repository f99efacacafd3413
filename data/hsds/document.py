"""Reading a JSON document of HSDS: its objects checked for types and laid out as flat tables."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from data.hsds.identifiers import Node
from data.hsds.standard import tables
from data.hsds.tables import Tables
from data.hsds.tabular import flatten
from data.store.errors import RegisterError

_ROOTS = ("organizations", "locations", "contents")
_TYPES: dict[str, tuple[type, ...]] = {"number": (int, float), "list": (list,), "object": (dict,)}
_WORDS = {"number": "a number", "list": "a list", "object": "an object"}
_SIGNS = (
    ("service", {"status"}),
    ("service_at_location", {"service", "location", "service_id"}),
    ("location", {"location_type"}),
    ("organization", {"services", "locations", "organization_identifiers", "legal_status", "programs"}),
)
"""A table and the fields of which one tells its objects from all others; the first that fits counts."""


def read_document(path: Path) -> Tables:
    """
    Read one object, a list of objects, a page of an HSDS API (`contents`) or our own export.

    Raises
    ------
    RegisterError
        If the file is not JSON, or an object is of no table that leads to services or has a wrong type.
    """
    found = Tables(path.name, is_package=False)
    try:
        document = json.loads(path.read_bytes(), parse_constant=_refuse)
        for table, where, node in _objects(document, found):
            _check(node, table, where, found)
            flatten(node, table, lambda *row: _add(found, *row), where=where)
    except RegisterError:
        raise
    except (OSError, ValueError) as error:
        raise found.error(
            "file", "expected JSON in UTF-8", f"found another text ({error})", "Give an HSDS document"
        ) from error
    except RecursionError as error:
        raise found.error(
            "file", "expected the nesting of HSDS", "found far deeper nesting", "Give an HSDS document"
        ) from error
    return found


def _add(found: Tables, table: str, where: str, values: Node) -> None:
    found.add(table, where, values)


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number of JSON")


def _objects(document: Any, found: Tables) -> Iterator[tuple[str, str, Node]]:
    """Yield the table, the place and the content of every object at the top."""
    if isinstance(document, dict) and isinstance(document.get("contents"), list):
        found.own_keys = {key: value for key, value in document.items() if key not in _ROOTS}
        lists = {key: document.get(key) for key in _ROOTS}
    else:
        lists = {"": document if isinstance(document, list) else [document]}
    for key, nodes in lists.items():
        if nodes is None:
            continue
        if not isinstance(nodes, list):
            raise found.error(f"$.{key}", "expected a list", f"found {_shown(nodes)}", "Correct the file")
        for number, node in enumerate(nodes):
            where = f"$.{key}[{number}]" if key else f"$[{number}]" if isinstance(document, list) else "$"
            yield _table_of(node, where, found), where, node


def _table_of(node: Any, where: str, found: Tables) -> str:
    if isinstance(node, dict):
        for table, signs in _SIGNS:
            if signs & node.keys():
                return table
        if {"name", "description"} <= node.keys() <= tables()["organization"].fields.keys():
            return "organization"
    raise found.error(
        where,
        "expected a service, a service at location, an organization or a page with `contents`",
        f"found {_shown(sorted(node) if isinstance(node, dict) else node)}",
        "Give a document of HSDS 3 that holds services",
    )


def _check(node: object, table: str, where: str, found: Tables) -> None:
    """Check the types of everything that the standard has a field for."""
    if not isinstance(node, dict):
        raise found.error(
            where, f"expected an object of {table}", f"found {_shown(node)}", "Correct the file"
        )
    fields = tables()[table].fields
    for name, value in node.items():
        known = fields.get(name)
        if known is None or value is None:
            continue
        if not isinstance(value, _TYPES.get(known.type, (str,))) or isinstance(value, bool):
            expected = f"expected {_WORDS.get(known.type, 'a text')}"
            raise found.error(f"{where}.{name}", expected, f"found {_shown(value)}", "Correct the value")
        if known.type == "object":
            _check(value, known.refers_to, f"{where}.{name}", found)
        children: list[object] = value if isinstance(value, list) else []
        for number, child in enumerate(children):
            _check(child, known.refers_to, f"{where}.{name}[{number}]", found)


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:77]}…"
