"""One row of a sheet, as words by the names of columns."""

from collections.abc import Mapping
from dataclasses import dataclass

from data.sheets.columns import KEY

Texts = Mapping[str, str]


@dataclass(frozen=True)
class SheetRow:
    """A row: where it stands, and the words of each column by its name; of a column that was deleted none."""

    reference: str
    texts: dict[str, str]

    @property
    def key(self) -> str:
        """The handle of the record, empty in a row that somebody added."""
        return self.texts.get(KEY.name, "")
