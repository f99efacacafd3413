"""Rows of a register that another row above has already said, or says otherwise."""

from typing import Any

from data.store.errors import UnreadableRowError

_IDENTITY = ("facility_key", "support_form", "subtype", "service_key", "service_name", "intake_text")
"""Two rows that agree in these are the same service: one of homes for women and one for men differ in `intake_text`."""


class RepeatedRows:
    """The rows of a register that were seen so far; `has_keys` tells whether its facilities have identifiers."""

    def __init__(self, *, has_keys: bool) -> None:
        self._has_keys = has_keys
        self._first_rows: dict[tuple[object, ...], tuple[str, dict[str, Any]]] = {}

    def take_over(self, key: str, reference: str) -> bool:
        """Note that a row has the key of a record that is taken over; False where another row above has it."""
        first = self._first_rows.setdefault((key,), (reference, {}))
        return first[0] == reference

    def refuse_repeated(self, record: dict[str, Any], reference: str) -> None:
        """Refuse a row that another row above has already said, or says otherwise."""
        identity = tuple(record[field] for field in (_IDENTITY[:1] if self._has_keys else _IDENTITY))
        first = self._first_rows.setdefault(identity, (reference, record))
        if first[1] is record:
            return
        if self._has_keys:
            found = f"facility_key: {record['facility_key']!r} stands in row {first[0]} too"
            raise UnreadableRowError("repeated_key", found, column="facility_key")
        other = [name for name, value in record.items() if value != first[1][name]]
        key = f"{record['facility_name']!r} ({record['subtype'] or record['support_form']})"
        if not other:
            raise UnreadableRowError("repeated_row", f"{key} is said in row {first[0]} with the same words")
        differ = ", ".join(f"{name}: {record[name]!r} and {first[1][name]!r}" for name in other[:3])
        raise UnreadableRowError(
            "conflicting_rows", f"{key} stands in row {first[0]} too, with other {differ}"
        )
