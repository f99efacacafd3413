"""What attributes say of a row: our own fields, forms and groups, and the terms of others."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from data.hsds.identifiers import FIELDS, FORMS, GROUPS, TAXONOMY_IDS
from data.hsds.mapping import Kind, attribute_value
from data.hsds.tables import HsdsRow, Tables

_OURS = {taxonomy_id: code for code, taxonomy_id in TAXONOMY_IDS.items()}


@dataclass(frozen=True)
class Term:
    """A term that an attribute names."""

    code: str
    name: str
    rows: tuple[HsdsRow, ...]

    def keep(self) -> None:
        """Count the attribute and the term as kept."""
        for row in self.rows:
            row.take_all()


@dataclass(frozen=True)
class Attributes:
    """
    The attributes of one row.

    Attributes
    ----------
    fields
        Attributes of our fields by the field's name.
    groups
        Codes of need groups.
    terms
        Forms of support and every term of others, in their order.
    """

    tables: Tables
    fields: dict[str, list[Term]] = field(default_factory=dict)
    groups: list[Term] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)

    def has(self, name: str) -> bool:
        """Tell whether an attribute speaks of the field, if only to say that it is empty."""
        return name in self.fields

    def value(self, name: str, kind: Kind = "text") -> Any:
        """
        Return the value of one of our fields; None when nothing is said of it.

        Raises
        ------
        RegisterError
            If the text is not of the kind that the field has.
        """
        if name not in self.fields:
            return None
        found = self.fields[name][0]
        found.keep()
        row = found.rows[0]
        text = row.text("value")
        try:
            return None if text is None else attribute_value(text, kind)
        except ValueError as error:
            raise self.tables.error(
                f"{row.where}.value",
                f"expected {name} ({kind}): {error}",
                f"found {text!r}",
                "Correct the value",
            ) from error


def attributes_of(tables: Tables, parents: Sequence[HsdsRow]) -> Attributes:
    """Return the attributes of the rows together, those of earlier rows first."""
    found = Attributes(tables)
    for parent in parents:
        for row in tables.children("attribute", "link_id", parent.id):
            term = tables.find("taxonomy_term", row.fields.get("taxonomy_term_id"))
            if term is None:
                continue
            code, name = str(term.fields.get("code") or ""), str(term.fields.get("name") or "")
            entry = Term(code, name, (row, term))
            match _OURS.get(str(term.fields.get("taxonomy_id"))):
                case None:
                    found.terms.append(entry)
                case taxonomy if taxonomy == FORMS:
                    found.terms.append(entry)
                case taxonomy if taxonomy == GROUPS:
                    found.groups.append(entry)
                case taxonomy if taxonomy == FIELDS:
                    found.fields.setdefault(code, []).append(entry)
    return found
