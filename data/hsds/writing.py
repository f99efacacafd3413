"""An extract as one JSON document: a page of an HSDS API with all services in full."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from data.export.extract import Extract
from data.hsds.extract_rows import HsdsNodes, hsds_nodes, rows_of
from data.hsds.standard import VERSION


def write_hsds_json(extract: Extract, path: Path) -> None:
    """
    Write an extract as a page of `contents`, each a service with everything nested (`service_full`).

    Beside it stand `organizations`, `locations` without services, and what the standard has no place for: the
    sources with licences, the day and the snapshot. The same extract gives the same bytes.
    """
    nodes = hsds_nodes(extract)
    part = path.with_name(f"{path.name}.part")
    with part.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_document(extract, nodes))
    part.replace(path)


def about(extract: Extract) -> dict[str, Any]:
    """Return what both forms say of the extract as a whole."""
    return {
        "title": "Mapa Wsparcia Społecznego: rejestr usług społecznych",
        "version": VERSION,
        "as_of": extract.as_of.isoformat(),
        "snapshot_id": extract.snapshot_id,
        "is_invented": extract.is_invented,
        "notes": list(extract.notes),
    }


def described_sources(extract: Extract) -> list[dict[str, Any]]:
    """Return the sources, each with licence, attribution and day, in the order of their codes."""
    rows = sorted(rows_of(extract.sources), key=lambda row: row["source_code"])
    return [
        {
            name: value.isoformat() if name == "as_of" else value
            for name, value in row.items()
            if value is not None
        }
        for row in rows
    ]


def _document(extract: Extract, nodes: HsdsNodes) -> Iterator[str]:
    """Yield the document a service at a time, so that a large registry needs no memory twice."""
    count = len(nodes.services)
    head = about(extract) | {
        "sources": described_sources(extract),
        "total_items": count,
        "total_pages": 1,
        "page_number": 1,
        "size": count,
        "first_page": True,
        "last_page": True,
        "empty": not count,
    }
    yield "{\n"
    for name, value in head.items():
        yield f"{_json(name)}: {_json(value)},\n"
    yield from _list("organizations", iter(nodes.organizations.values()))
    yield ",\n"
    yield from _list("locations", iter(nodes.idle_locations))
    yield ",\n"
    yield from _list("contents", (nodes.service(key, is_nested=True) for key in nodes.services))
    yield "\n}\n"


def _list(name: str, items: Iterator[Any]) -> Iterator[str]:
    yield f"{_json(name)}: ["
    for number, item in enumerate(items):
        yield f"{',' if number else ''}\n{_json(item)}"
    yield "\n]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
