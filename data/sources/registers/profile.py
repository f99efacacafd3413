"""
How one register of facilities is read: a TOML file instead of code.

`data/registers/README.md` tells how to write one. Everything is checked when the profile is loaded, so that a
misspelt key is an error that names it and not a column that stays empty.
"""

import datetime as dt
import re
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from data.sources.readable import UNREADABLE, unreadable
from data.sources.registers.record_fields import FIELDS
from data.store.errors import RegisterError
from data.store.origins import ORIGINS
from data.store.schema import SERVICE_STATUSES, VISIBILITIES
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


_WORDS = {
    "status": SERVICE_STATUSES,
    "visibility": VISIBILITIES,
    "origin": ORIGINS,
    "support_form": tuple(support_forms()),
}
"""Fields of a fixed set of words."""
_MONTH = "{roman_month}"
DATED_WORDS = ("{date}", _MONTH)
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


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Coverage(_Table):
    """
    A form of support in a voivodeship for which the register is complete: no rows means none there.

    `except_gminas` (6 digits) are gminas without a row of their own where the register names a branch of a house
    that stands elsewhere: there, no row is not none.
    """

    form: FormCode
    voivodeship: VoivodeshipCode
    except_gminas: tuple[Annotated[str, Field(pattern=r"^\d{6}$")], ...] = ()


class Register(_Table):
    """What the register is; `form` and `voivodeship` hold for every row unless a column says otherwise."""

    code: str
    form: FormCode | None = None
    voivodeship: VoivodeshipCode | None = None
    complete_for: tuple[Coverage, ...] = ()
    key: tuple[str, ...] = ()
    """Fields that together tell one facility from another, when no column holds its identifier."""


class File(_Table):
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


class Hsds(_Table):
    """How the words of another publisher's HSDS are ours; our own files need nothing."""

    forms: dict[str, FormCode] = {}
    """Code or name of a taxonomy term → support form."""
    voivodeships: dict[str, VoivodeshipCode] = {}
    """Word of `state_province` or `region` → voivodeship."""


class AsOf(_Table):
    """
    The day the register speaks of; patterns have a group `date`, and all empty means undated.

    `months` are fields of which the file has a column for each month of its year (`{roman_month}`): earlier months of
    them are read as history. Whatever else a row says is of the day of the file.
    """

    title: Pattern | None = None
    file_name: Pattern | None = None
    fixed: dt.date | None = None
    months: tuple[str, ...] = ()


class Replacement(_Table):
    """One substitution; `with` may use groups of the pattern."""

    pattern: Pattern
    with_: str = Field(alias="with")


class Split(_Table):
    """A way the whole cell may look: named groups are fields or columns, `set` adds what it implies."""

    pattern: Pattern
    set: dict[str, str | bool] = {}


class Column(_Table):
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
            return label.replace("{date}", f"{day:%d.%m.%Y}").replace(_MONTH, _ROMAN[day.month - 1])

        labels = {"header": tuple(map(dated, self.header)), "under": dated(self.under or "") or None}
        return self.model_copy(update=labels)


class Name(_Table):
    """How names of facilities are made whole; see `data/sources/registers/register_row.py`."""

    default: str | None = None
    generic: tuple[str, ...] = ()
    locality: Pattern | None = None
    places: dict[str, str] = {}


class RowRule(_Table):
    """Rows that are read but not taken; without `column` the pattern is looked for in the whole row."""

    pattern: Pattern
    column: str | None = None
    reason: str = Field(pattern=r"^[a-z_]+$")

    @model_validator(mode="after")
    def _fits_some_rows(self) -> Self:
        if self.column is None:
            _some_words(self.pattern, "rows.reject")
        return self


class Rows(_Table):
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


class Section(_Table):
    """
    A part of the sheet below a row whose whole text is `title`; groups of it hold for every row.

    When no section has a header of its own, one header above the first section serves all.
    """

    title: Pattern
    form: FormCode | None = None
    has_header: bool = False
    reject: str | None = Field(default=None, pattern=r"^[a-z_]+$")
    """The reason why rows of the section are not taken; they still count towards its total."""


_GROUPS = ("section", "register")


class Totals(_Table):
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


class RegisterProfile(_Table):
    """The whole profile; columns are worked through in the order they are written."""

    register_: Register = Field(alias="register")
    file: File = File()
    as_of: AsOf = AsOf()
    columns: dict[str, Column] = {}
    hsds: Hsds = Hsds()
    name: Name = Name()
    rows: Rows = Rows()
    sections: tuple[Section, ...] = ()
    totals: Totals | None = None

    @model_validator(mode="after")
    def _columns_suit_the_format(self) -> Self:
        if (self.file.format == "hsds") == bool(self.columns):
            message = "`columns` say how a table is read: needed for every format but hsds, which has its own"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _words_suit_their_fields(self) -> Self:
        """Refuse a word that its field does not know: every row with it would be refused later."""
        for name, column in self.columns.items():
            own = column.to or name
            given: list[tuple[str, str | bool]] = [
                (own, word) for word in column.map.values() if own in _WORDS and not column.map_separator
            ]
            given += [
                (field, word)
                for split in column.split
                for field, word in split.set.items()
                if field in _WORDS
            ]
            for field, word in given:
                if word not in _WORDS[field]:
                    message = f"columns.{name}: {field} {word!r} is none of {', '.join(_WORDS[field])}"
                    raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        if self.file.format == "hsds":
            return self
        for where, name in self._names_used():
            if name not in FIELDS and name not in self.columns:
                message = f"{where} names {name!r}, which is neither a field nor one of [columns]"
                raise ValueError(message)
        for name, column in self.columns.items():
            fed = {group for other in self.columns.values() for group in _groups(other)}
            fed |= {group for section in self.sections for group in section.title.groupindex}
            unknown = [part for part in column.join if part not in self.columns or self.columns[part].join]
            if unknown or (column.join and column.header):
                message = f"columns.{name}.join takes columns with a `header`, and has none itself"
                raise ValueError(message)
            if not column.header and not column.join and name not in fed:
                message = f"columns.{name} needs a `header`, or a split of another column that gives it"
                raise ValueError(message)
            ends_here = (not column.split or name in _groups(column)) and name not in self.only_parts
            if ends_here and column.address != "parse" and (column.to or name) not in FIELDS:
                message = (
                    f"columns.{name} is not a field: split it, or say `to`; fields are {', '.join(FIELDS)}"
                )
                raise ValueError(message)
        if "facility_key" not in self.columns and not self.register_.key:
            message = (
                "register.key must list the fields that identify a facility, or a column be facility_key"
            )
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _months_have_columns(self) -> Self:
        told = {
            column.to or name
            for name, column in self.columns.items()
            if any(_MONTH in label for label in (*column.header, column.under or ""))
        }
        if unknown := sorted(set(self.as_of.months) - told):
            message = (
                f"as_of.months names {', '.join(unknown)}, of which no column has {_MONTH} in its header"
            )
            raise ValueError(message)
        return self

    @cached_property
    def only_parts(self) -> frozenset[str]:
        """Columns that are only words of a `join`: neither a field nor parted into fields."""
        parts = {part for column in self.columns.values() for part in column.join}
        return frozenset(
            name
            for name, column in self.columns.items()
            if name in parts and name not in FIELDS and not (column.to or column.split or column.address)
        )

    def _names_used(self) -> list[tuple[str, str]]:
        used = [("register.key", name) for name in self.register_.key]
        for name, column in self.columns.items():
            used += [(f"columns.{name}.split", group) for group in sorted(_groups(column))]
            used += [(f"columns.{name}.to", column.to)] if column.to else []
        used += [("sections.title", name) for section in self.sections for name in section.title.groupindex]
        used += [("rows.reject", rule.column) for rule in self.rows.reject if rule.column]
        if self.totals:
            used += [("totals.quantities", name) for name in self.totals.quantities]
            used += [("totals.column", self.totals.column)] if self.totals.column else []
            used += [("totals.group", self.totals.group)] if self.totals.group not in _GROUPS else []
        return used


def _groups(column: Column) -> set[str]:
    return {name for split in column.split for name in (*split.pattern.groupindex, *split.set)}


def load_profile(path: Path) -> RegisterProfile:
    """
    Read and check a profile.

    Raises
    ------
    RegisterError
        If the file cannot be read or is not TOML, or a key is unknown, missing or has a wrong value; all such keys are
        named.
    """
    try:
        with path.open("rb") as file:
            return RegisterProfile.model_validate(tomllib.load(file))
    except UNREADABLE as error:
        raise RegisterError(str(unreadable(path, "a profile (TOML)", error)), profile=path.name) from error
    except tomllib.TOMLDecodeError as error:
        message = f"profile {path.name} should be a TOML file: {error}. Correct that line."
        raise RegisterError(message, profile=path.name) from error
    except ValidationError as error:
        problems = [(".".join(map(str, item["loc"])) or "profile", item["msg"]) for item in error.errors()]
        listed = "; ".join(f"{key}: {text}" for key, text in problems)
        message = (
            f"profile {path.name} has {len(problems)} wrong key(s): {listed}. See data/registers/README.md."
        )
        raise RegisterError(message, profile=path.name, keys=[key for key, _ in problems]) from error
