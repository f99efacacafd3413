"""The tables of a profile, one class each: what may stand in them, and what each refuses by itself."""

import datetime as dt
import re
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from data.vocabulary import support_forms


def _compiled(pattern: object) -> re.Pattern[str]:
    """Return the pattern; a dot also matches a line break, because one cell often holds several lines."""
    if not isinstance(pattern, str):
        message = (
            f"expected a pattern, that is a text between quotation marks, found {pattern!r}. Patterns with a column "
            "belong to `reject` in [rows]"
        )
        raise ValueError(message)  # noqa: TRY004 - pydantic tells a ValueError with its key
    try:
        return re.compile(pattern, re.DOTALL)
    except re.error as error:
        message = f"{pattern!r} is not a regular expression: {error}"
        raise ValueError(message) from error


def _known_form(code: object) -> object:
    if code not in support_forms():
        message = f"{code!r} is not a support form of data/vocabulary/support_forms.csv"
        raise ValueError(message)
    return code


MONTH_WORD = "{roman_month}"
DATED_WORDS = ("{date}", MONTH_WORD)
"""Words of a label that stand for the day of the register: 31.03.2025, and III for March."""
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def _some_words(pattern: re.Pattern[str], where: str) -> None:
    """Refuse a pattern for all words of a row that fits every row, as an empty one does."""
    if pattern.search("") and pattern.search("x"):
        message = (
            f"{where}: expected a pattern that fits some rows, found {pattern.pattern!r}, which fits every row, "
            "because without a `column` it is looked for anywhere in the words of the row. Write the words of such "
            "rows, or name the `column`"
        )
        raise ValueError(message)


Pattern = Annotated[re.Pattern[str], BeforeValidator(_compiled)]
FormCode = Annotated[str, BeforeValidator(_known_form)]
VoivodeshipCode = Annotated[str, Field(pattern=r"^\d{2}$")]


class Table(BaseModel):
    """A table of a profile; a key that it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Coverage(Table):
    """
    A form of support in a voivodeship for which the register is complete: no rows means none there.

    `except_gminas` (6 digits) are gminas without a row of their own where the register names a branch of a house
    that stands elsewhere: there, no row is not none.
    """

    form: FormCode
    voivodeship: VoivodeshipCode
    except_gminas: tuple[Annotated[str, Field(pattern=r"^\d{6}$")], ...] = ()


class Register(Table):
    """What the register is; `form` and `voivodeship` hold for every row unless a column says otherwise."""

    code: str
    form: FormCode | None = None
    voivodeship: VoivodeshipCode | None = None
    complete_for: tuple[Coverage, ...] = ()
    key: tuple[str, ...] = ()
    """Fields that together tell one facility from another, when no column holds its identifier."""


class File(Table):
    """Where the table is in the file; what is "auto" is told by the content of the file."""

    format: Literal["auto", "workbook", "csv", "geojson", "geopackage", "osm", "hsds"] = "auto"
    sheet: str | int = 0
    header_rows: int = Field(default=1, ge=1, le=20)
    encoding: str = "auto"
    separator: str = Field(default="auto", pattern=r"^(?:auto|[^\r\n\"])$")

    @field_validator("encoding")
    @classmethod
    def _is_known(cls, name: str) -> str:
        try:
            "".encode("utf-8" if name == "auto" else name)
        except LookupError as error:
            message = f"{name!r} is not an encoding that Python knows, such as utf-8, cp1250 or iso-8859-2"
            raise ValueError(message) from error
        return name


class Hsds(Table):
    """How the words of another publisher's HSDS are ours; our own files need nothing."""

    forms: dict[str, FormCode] = {}
    """Code or name of a taxonomy term → support form."""
    voivodeships: dict[str, VoivodeshipCode] = {}
    """Word of `state_province` or `region` → voivodeship."""


class AsOf(Table):
    """
    The day the register speaks of; patterns have a group `date`, and all empty means undated.

    `months` are fields of which the file has a column for each month of its year (`{roman_month}`): earlier months of
    them are read as history. Whatever else a row says is of the day of the file.
    """

    title: Pattern | None = None
    file_name: Pattern | None = None
    fixed: dt.date | None = None
    months: tuple[str, ...] = ()


class Replacement(Table):
    """One substitution; `with` may use groups of the pattern."""

    pattern: Pattern
    with_: str = Field(alias="with")


class Split(Table):
    """A way the whole cell may look: named groups are fields or columns, `set` adds what it implies."""

    pattern: Pattern
    set: dict[str, str | bool] = {}


class Column(Table):
    """Steps from a cell to a field, in this order: fill, join, replace, split, address, map, to."""

    header: tuple[str, ...] = ()
    under: str | None = None
    required: bool = True
    join: tuple[str, ...] = ()
    """Other columns whose cells, empty ones too, are put together with `join_with`; instead of `header`."""
    join_with: str = " "
    fill: Literal["none", "merged", "down"] = "none"
    replace: tuple[Replacement, ...] = ()
    split: tuple[Split, ...] = ()
    address: Literal["parse", "cut", "drop"] | None = None
    map: dict[str, str] = {}
    map_other: Literal["reject", "keep"] = "reject"
    map_separator: str | None = None
    to: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_header_is_a_list_of_one(cls, table: object) -> object:
        if isinstance(table, dict) and isinstance(table.get("header"), str):
            return {**table, "header": (table["header"],)}
        return table

    @property
    def is_dated(self) -> bool:
        """Tell whether its label changes with the day of the register."""
        return any(word in label for word in DATED_WORDS for label in (*self.header, self.under or ""))

    def on(self, day: dt.date) -> Self:
        """Return the column with the labels that it has in the register of that day."""

        def dated(label: str) -> str:
            return label.replace("{date}", f"{day:%d.%m.%Y}").replace(MONTH_WORD, _ROMAN[day.month - 1])

        labels = {"header": tuple(map(dated, self.header)), "under": dated(self.under or "") or None}
        return self.model_copy(update=labels)


class Name(Table):
    """How names of facilities are made whole; see `data/sources/registers/register_row.py`."""

    default: str | None = None
    generic: tuple[str, ...] = ()
    locality: Pattern | None = None
    places: dict[str, str] = {}


class RowRule(Table):
    """Rows that are read but not taken; without `column` the pattern is looked for in the whole row."""

    pattern: Pattern
    column: str | None = None
    reason: str = Field(pattern=r"^[a-z_]+$")

    @model_validator(mode="after")
    def _fits_some_rows(self) -> Self:
        if self.column is None:
            _some_words(self.pattern, "rows.reject")
        return self


class Rows(Table):
    """`skip` names rows that are no data at all (footnotes, repeated headers); they are not counted."""

    skip: tuple[Pattern, ...] = ()
    end: Pattern | None = None
    """The row from which on nothing is read: a signature below the table."""
    reject: tuple[RowRule, ...] = ()

    @model_validator(mode="after")
    def _fit_some_rows(self) -> Self:
        for name, patterns in (("skip", self.skip), ("end", (self.end,) if self.end else ())):
            for pattern in patterns:
                _some_words(pattern, f"rows.{name}")
        return self


class Section(Table):
    """
    A part of the sheet below a row whose whole text is `title`; groups of it hold for every row.

    When no section has a header of its own, one header above the first section serves all.
    """

    title: Pattern
    form: FormCode | None = None
    has_header: bool = False
    reject: str | None = Field(default=None, pattern=r"^[a-z_]+$")
    """The reason why rows of the section are not taken; they still count towards its total."""


class Totals(Table):
    """The register's own sums: `group` is the column whose rows they sum, `section` or `register` (all rows)."""

    pattern: Pattern
    column: str | None = None
    group: str
    quantities: tuple[str, ...] = Field(min_length=1)
    tolerance_pct: float = Field(default=2.0, ge=0, le=100)
    tolerance_least: int = Field(default=2, ge=0)
    """A sum of rows that is further from a total than both of these refuses the load."""

    @model_validator(mode="before")
    @classmethod
    def _says_which_rows(cls, table: object) -> object:
        if isinstance(table, dict) and not table.get("pattern"):
            message = (
                "[totals] needs a `pattern` of its rows, for example 'pattern = \"^RAZEM\"', looked for in the cell of "
                "`column`, or without a `column` in all words of the row; without it no total can be compared"
            )
            raise ValueError(message)
        return table

    @model_validator(mode="after")
    def _fits_some_rows(self) -> Self:
        if self.column is None:
            _some_words(self.pattern, "totals")
        return self
