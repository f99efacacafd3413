"""The flat tables that every HSDS input becomes: rows that remember where they stood and what of them was read."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from data.hsds.standard import ENTITIES, tables
from data.sources.cell_text import cell_text
from data.store.errors import RegisterError


@dataclass(eq=False)
class HsdsRow:
    """A row; `where` names its place in the file, `taken` its fields that our model keeps."""

    table: str
    where: str
    fields: dict[str, Any]
    taken: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        """Its identifier."""
        return str(self.fields["id"])

    def take(self, name: str) -> Any:
        """Return the value of a field, which then counts as kept; None where there is none."""
        self.taken.add(name)
        return self.fields.get(name)

    def text(self, name: str) -> str | None:
        """Take a text without control characters and e-mail addresses; None when nothing is left of it."""
        value = self.take(name)
        return (cell_text(value) or None) if value is not None else None

    def take_all(self) -> None:
        """Count every field as kept."""
        self.taken |= self.fields.keys()


class Tables:
    """
    The rows of one file or package by table.

    Parameters
    ----------
    file_name
        For messages.
    is_package
        Whether the rows are from CSV, where nothing is nested and no identifier may repeat.
    """

    def __init__(self, file_name: str, *, is_package: bool) -> None:
        self.file_name = file_name
        self.is_package = is_package
        self.rows: dict[str, list[HsdsRow]] = defaultdict(list)
        self.own_keys: dict[str, Any] = {}
        """What our exports say beside the standard: `snapshot_id`, `as_of` and the like."""
        self._by_key: dict[tuple[str, ...], HsdsRow] = {}
        self._children: dict[tuple[str, str], dict[str, list[HsdsRow]]] = {}

    def add(self, table: str, where: str, values: dict[str, Any]) -> HsdsRow:
        """
        Add a row; return the earlier one when JSON repeats it.

        Raises
        ------
        RegisterError
            If it has no identifier, or one that another row has.
        """
        if not isinstance(values.get("id"), str) or not values["id"].strip():
            raise self.error(where, "expected an `id`", f"found {values.get('id')!r}", "Give every row one")
        key = self._key(table, values)
        earlier = self._by_key.get(key)
        if earlier is None:
            row = self._by_key[key] = HsdsRow(table, where, values)
            self.rows[table].append(row)
            return row
        if self.is_package:
            raise self.error(
                where,
                f"expected every id of {table} once",
                f"found {values['id']!r} also at {earlier.where}",
                "Give each row its own",
            )
        for name, value in values.items():
            if earlier.fields.setdefault(name, value) != value:
                raise self.error(
                    f"{where}.{name}",
                    f"expected the same as in {earlier.where}, which has the same id {values['id']!r}",
                    f"found {value!r} beside {earlier.fields[name]!r}",
                    "Give different things different ids",
                )
        return earlier

    def _key(self, table: str, values: dict[str, Any]) -> tuple[str, ...]:
        if self.is_package or table in ENTITIES:
            return (table, values["id"])
        links = (name for name, known in tables()[table].fields.items() if known.is_link)
        return (table, *(str(values.get(name) or "") for name in links))

    def find(self, table: str, row_id: str | None) -> HsdsRow | None:
        """Return the row of a table of entities with this id."""
        return self._by_key.get((table, row_id)) if row_id else None

    def children(self, table: str, link: str, parent_id: str) -> list[HsdsRow]:
        """Return the rows of a table whose field `link` names the parent, in their order."""
        if (table, link) not in self._children:
            index: dict[str, list[HsdsRow]] = defaultdict(list)
            for row in self.rows[table]:
                if parent := row.fields.get(link):
                    index[parent].append(row)
            self._children[table, link] = index
        return self._children[table, link].get(parent_id, [])

    def error(self, where: str, expected: str, found: str, advice: str) -> RegisterError:
        """Return an error that names the file, the place, what was expected and found, and what to do."""
        message = f"{self.file_name}: {where}: {expected}, {found}. {advice}."
        return RegisterError(message, file=self.file_name, where=where, expected=expected, found=found)

    def not_kept(self) -> dict[str, int]:
        """
        Return how many values of each `table.field` were not taken; identifiers and links are not values.

        Attributes are told apart by their terms: `attribute.value (term)`.
        """
        counts = Counter(self._label(row, name) for row in self._all() for name in _left(row))
        return dict(sorted(counts.items()))

    def _label(self, row: HsdsRow, name: str) -> str:
        term = (
            self.find("taxonomy_term", row.fields.get("taxonomy_term_id"))
            if row.table == "attribute"
            else None
        )
        words = (term.fields.get("code") or term.fields.get("name")) if term else None
        return f"{row.table}.{name} ({words})" if words else f"{row.table}.{name}"

    def _all(self) -> Iterator[HsdsRow]:
        for rows in self.rows.values():
            yield from rows


def _left(row: HsdsRow) -> Iterator[str]:
    known = tables()[row.table].fields
    for name, value in row.fields.items():
        is_link = name in known and known[name].is_link
        if not is_link and name not in row.taken and value not in (None, ""):
            yield name
