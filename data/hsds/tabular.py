"""
An extract as the tabular data package of HSDS: a CSV per table and a datapackage.json.

A text that would begin a formula gets an apostrophe before it, and so does one that already has apostrophes
before such a beginning. Reading takes one off again from texts that begin so; all others are left as they are.
"""

import csv
import json
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from data.export.extract import Extract
from data.hsds.extract_rows import hsds_nodes
from data.hsds.identifiers import UNKNOWN_ORGANIZATION, Node, taxonomies
from data.hsds.standard import Field, Table, tables
from data.hsds.writing import about, described_sources

Emit = Callable[[str, str, Node], None]
"""Takes the table, the place in the document and the values of a row; may refuse them with an error."""


def flatten(node: Node, table: str, emit: Emit, *, where: str = "") -> None:
    """
    Hand every row in a nested object to `emit`, parents before their children, each with its parent's id.

    Values of fields that hold rows must be objects or lists of objects (`data.hsds.document` checks them).
    """
    fields = tables()[table].fields
    values: Node = {}
    nested: list[tuple[Field, Any]] = []
    for name, value in node.items():
        known = fields.get(name)
        if value is None:
            continue
        if known is None or not known.is_nested:
            values[name] = value
        else:
            nested.append((known, value))
            if known.type == "object":
                values.setdefault(_link_to(name), value.get("id"))
    emit(table, where, values)
    for known, value in nested:
        if known.type == "object":
            flatten(value, known.refers_to, emit, where=f"{where}.{known.name}")
            continue
        links = _links_from(table, known.refers_to, node.get("id"))
        for number, child in enumerate(value):
            flatten(child | links, known.refers_to, emit, where=f"{where}.{known.name}[{number}]")


def _link_to(name: str) -> str:
    return "taxonomy_id" if name == "taxonomy_detail" else f"{name}_id"


def _links_from(parent: str, child: str, parent_id: Any) -> Node:
    """Return the fields by which a row of `child` names its parent."""
    if child == "attribute":
        return {"link_id": parent_id, "link_entity": parent}
    if child == "metadata":
        return {"resource_id": parent_id, "resource_type": parent}
    link = f"{parent}_id"
    return {link: parent_id} if link in tables()[child].fields else {}


_BEGINS = r"[\s\u200b\ufeff]*[=+\-@\t\r＝＋－＠]"
_TO_GUARD = re.compile(rf"'*{_BEGINS}")
_GUARDED = re.compile(rf"'+{_BEGINS}")


def guarded(text: str) -> str:
    """Return the text as it is written."""
    return f"'{text}" if _TO_GUARD.match(text) else text


def unguarded(text: str) -> str:
    """Return the text that was meant; the inverse of `guarded`."""
    return text[1:] if _GUARDED.match(text) else text


PACKAGE_FILE = "datapackage.json"

_OLDEST_TIME = (1980, 1, 1, 0, 0, 0)
_SHARED = ("taxonomy_term", "unit")
"""Tables whose rows many objects repeat; each is written once."""
_TYPES = {"datetime": ("datetime", "any"), "time": ("time", "any")}


def write_hsds_package(extract: Extract, target: Path) -> None:
    """
    Write an extract as a data package into the folder `target`, or into one archive when it ends in `.zip`.

    Only tables with rows are written. Text that a spreadsheet would take for a formula is guarded
    (`data.hsds.tabular`). The same extract gives the same bytes.
    """
    if target.suffix.lower() != ".zip":
        _write_folder(extract, target)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_folder(extract, folder)
        part = target.with_name(f"{target.name}.part")
        with zipfile.ZipFile(part, "w") as archive:
            for path in sorted(folder.iterdir()):
                entry = zipfile.ZipInfo(path.name, date_time=_OLDEST_TIME)
                entry.compress_type = zipfile.ZIP_DEFLATED
                with path.open("rb") as source, archive.open(entry, "w") as copy:
                    shutil.copyfileobj(source, copy)
        part.replace(target)


def _write_folder(extract: Extract, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        files = _Files(folder, stack)
        for table, node in _roots(extract):
            flatten(node, table, files.write)
        written = [table for name, table in tables().items() if name in files.writers]
    for known in tables().values():
        if known not in written:
            # A table of an earlier extract in the same folder would not belong to this one.
            (folder / known.file).unlink(missing_ok=True)
    package = json.dumps(_package(extract, written), ensure_ascii=False, indent=2, allow_nan=False)
    (folder / PACKAGE_FILE).write_text(package + "\n", encoding="utf-8", newline="\n")


def _roots(extract: Extract) -> Iterator[tuple[str, Node]]:
    """Yield every object once, those that others refer to first."""
    nodes = hsds_nodes(extract)
    for node in taxonomies():
        yield "taxonomy", node
    for node in nodes.organizations.values():
        yield "organization", node
    if not all(any(place["organization_id"] for place in places) for places in nodes.services.values()):
        yield "organization", UNKNOWN_ORGANIZATION
    for node in nodes.locations.values():
        yield "location", node
    for key in nodes.services:
        node = nodes.service(key, is_nested=False)
        yield "service", {"organization_id": UNKNOWN_ORGANIZATION["id"]} | node


class _Files:
    """The CSV files of a package, opened when their first row comes."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.stack = stack
        self.writers: dict[str, Any] = {}
        self._shared: set[str] = set()

    def write(self, table: str, _where: str, values: Node) -> None:
        """Write a row; of a shared table only the first time."""
        if table in _SHARED:
            if values["id"] in self._shared:
                return
            self._shared.add(values["id"])
        if table not in self.writers:
            path = self.folder / tables()[table].file
            file = self.stack.enter_context(path.open("w", encoding="utf-8", newline=""))
            self.writers[table] = csv.writer(file)
            self.writers[table].writerow(tables()[table].columns)
        self.writers[table].writerow([_cell(values.get(name)) for name in tables()[table].columns])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return guarded(value) if isinstance(value, str) else repr(value)


def _package(extract: Extract, written: list[Table]) -> dict[str, Any]:
    """Return the description of the package; keys of ours stand beside those of the standard."""
    sources = described_sources(extract)
    licences = dict.fromkeys(source["licence"] for source in sources if source.get("licence"))
    names = {table.name for table in written}
    described = [
        source
        | {"title": source["name"]}
        | ({"path": source["url"]} if str(source.get("url", "")).startswith("http") else {})
        for source in sources
    ]
    package: dict[str, Any] = {"name": "human_services_data", "profile": "tabular-data-package"} | about(
        extract
    )
    if licences:
        package["licenses"] = [{"name": "-".join(text.split()), "title": text} for text in licences]
    if described:
        package["sources"] = described
    return package | {"resources": [_resource(table, names) for table in written]}


def _resource(table: Table, written: set[str]) -> dict[str, Any]:
    fields = []
    for name in table.columns:
        field = table.fields[name]
        kind, form = _TYPES.get(field.type, (field.type, field.format))
        constraints: dict[str, Any] = {"required": True} if field.is_required_in_package else {}
        if name == "id" or (table.name, name) == ("taxonomy_term", "code"):
            constraints["unique"] = True
        if field.allowed:
            constraints["enum"] = list(field.allowed)
        entry: dict[str, Any] = {"name": name, "type": kind}
        fields.append(
            entry | ({"format": form} if form else {}) | ({"constraints": constraints} if constraints else {})
        )
    links = [
        {"fields": field.name, "reference": {"resource": field.refers_to, "fields": "id"}}
        for field in table.fields.values()
        if not field.is_nested and field.refers_to in written
    ]
    return {
        "name": table.name,
        "path": table.file,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": "id"} | ({"foreignKeys": links} if links else {}),
    }
