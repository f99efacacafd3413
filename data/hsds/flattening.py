"""From nested objects, as JSON has them, to flat rows, as the package has them."""

from collections.abc import Callable
from typing import Any

from data.hsds.identifiers import Node
from data.hsds.standard import Field, tables

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
