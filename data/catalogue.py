"""The catalogue of sources: what each is, whose, under which licence, and which file holds it."""

import hashlib
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    StringConstraints,
    ValidationError,
    model_validator,
)

from data.catalogue_file import CatalogueError, first_problem, read_toml
from data.source_kinds import FOUNDATION, PLACING, Kind
from data.store.own_sheets import is_own_sheet

REAL_CATALOGUE = Path(__file__).parent / "catalogue.toml"

_Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
_Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]
_Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
_Address = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceFile(_Strict):
    """One dated file of a source; `path` is inside the mirror."""

    path: _Text
    sha256: _Sha256
    as_of: date | None = None
    download_url: _Address | None = None
    """Address of exactly this file; without it the file is put in the mirror by hand."""


class Source(_Strict):
    """
    A source of data.

    `check` holds figures that the source is known to give; a load that finds others is refused. `vintages`
    (crosswalk) maps columns to vintages of codes, `parents` maps gminas that were divided off to the gmina that they
    were part of, `renamed` (teryt) later names of powiats to their codes. `vintage` is the
    year of the boundaries or codes that a source brings. Official totals name their `columns` by quantity, the
    `support_forms` that they count together, and the tolerance of each quantity that must agree with ours. A
    population grid names its `columns` by quantity too, and its `crs` where the file does not say it. Residents by year
    name the year `counted_to` which theirs were counted; those of later years are projected.

    `lists_every` maps a form of support to the voivodeships in which this list, with all others, names every
    place of it. Unlike a register's `complete_for`, it sets no other list aside. Where it leaves out what other lists
    name, `lists_every_with` names them: only where all of them are loaded, too, does the claim hold.
    """

    code: _Code
    name: _Text
    kind: Kind
    publisher: _Text
    publisher_url: _Address | None = None
    """The publisher's site; None for what the project compiled itself."""
    licence: _Text
    attribution: _Text
    files: Annotated[tuple[SourceFile, ...], Field(min_length=1)]
    vintage: _Text | None = None
    profile: _Text | None = None
    is_official: bool = False
    check: dict[str, int] = {}
    vintages: dict[str, str] = {}
    parents: dict[str, str] = {}
    renamed: dict[str, str] = {}
    columns: dict[str, str] = {}
    support_forms: tuple[_Text, ...] = ()
    lists_every: dict[str, tuple[_Text, ...]] = {}
    lists_every_with: tuple[_Code, ...] = ()
    crs: _Text | None = None
    counted_to: int = 0
    tolerance_pct: dict[str, float] = {}
    _folder: Path = PrivateAttr(default=REAL_CATALOGUE.parent)
    _is_beside: bool = PrivateAttr(default=False)

    @model_validator(mode="after")
    def _suits_its_kind(self) -> "Source":
        if (self.kind == "register") != (self.profile is not None):
            raise ValueError("a register names its `profile`, other sources have none")
        if self.kind in {"boundaries", "teryt"} and self.vintage is None:
            raise ValueError("boundaries and codes state their `vintage`")
        if self.kind == "residents" and self.newest.as_of is None:
            raise ValueError("residents of one day state it: `as_of` of their file")
        if len(self.files) > 1 and any(file.as_of is None for file in self.files):
            raise ValueError("each of several files needs `as_of`, or the newest cannot be told")
        return self

    def at(self, folder: Path, *, is_beside: bool = False) -> "Source":
        """Return the source as one of the catalogue in a folder; `is_beside` says that its files are there, too."""
        placed = self.model_copy()
        placed._folder = folder  # noqa: SLF001 - its own class
        placed._is_beside = is_beside  # noqa: SLF001 - its own class
        return placed

    @property
    def files_folder(self) -> Path | None:
        """The folder in which its files are looked for before the mirror; None for sources of our catalogue."""
        return self._folder if self._is_beside else None

    @property
    def profile_path(self) -> Path:
        """The profile of a register: in `registers` beside its catalogue."""
        return self._folder / "registers" / f"{self.profile}.toml"

    @cached_property
    def newest(self) -> SourceFile:
        """The file that speaks of the latest day; of several of one day the last in the catalogue."""
        return max(reversed(self.files), key=lambda file: file.as_of or date.min)

    @property
    def older(self) -> list[SourceFile]:
        """The other files by their day; a register's history is read from them."""
        return sorted(
            (file for file in self.files if file is not self.newest), key=lambda file: file.as_of or date.min
        )

    @cached_property
    def fingerprint(self) -> str:
        """A hash of what a file's rows depend on: not of other files, nor of other lists that a claim counts on."""
        return hashlib.sha256(
            self.model_dump_json(exclude={"files", "lists_every_with"}).encode()
        ).hexdigest()


class OtherBoundaries(_Strict):
    """
    Boundaries of another year than those of the catalogue's source, which may be loaded instead of them.

    Whose they are is said where they are of another publisher than the source's own.
    """

    name: _Text
    vintage: _Text
    files: Annotated[tuple[SourceFile, ...], Field(min_length=1, max_length=1)]
    check: dict[str, int] = {}
    publisher: _Text | None = None
    licence: _Text | None = None
    attribution: _Text | None = None
    _folder: Path | None = PrivateAttr(default=None)

    def beside(self, folder: Path) -> "OtherBoundaries":
        """Return them as those of an own catalogue in a folder, beside which their file is."""
        placed = self.model_copy()
        placed._folder = folder  # noqa: SLF001 - its own class
        return placed

    @property
    def whose(self) -> dict[str, str | None]:
        """What they say otherwise of publisher, licence and attribution; the site of another publisher is not ours."""
        said = {name: getattr(self, name) for name in ("publisher", "licence", "attribution")}
        changed: dict[str, str | None] = {name: value for name, value in said.items() if value is not None}
        return changed | ({"publisher_url": None} if self.publisher else {})

    @property
    def folder(self) -> Path | None:
        """The folder of the own catalogue that has them; None for those of ours."""
        return self._folder


class Catalogue(_Strict):
    """
    All sources. `is_invented` marks the region that exists only to show how the application works.

    `other_boundaries` are those of other years that `with_boundaries` puts in the place of the source's own.
    """

    is_invented: bool = False
    source: tuple[Source, ...]
    other_boundaries: tuple[OtherBoundaries, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        self.require_whole()
        return self

    def require_whole(self) -> None:
        """
        Check that codes are given once and that there is what all stands on.

        Raises
        ------
        ValueError
            Which pydantic tells with the place in the file.
        """
        codes = [source.code for source in self.source]
        repeated = sorted({code for code in codes if codes.count(code) > 1})
        if repeated:
            raise ValueError(f"source codes are used twice: {', '.join(repeated)}")
        if taken := [code for code in codes if is_own_sheet(code)]:
            raise ValueError(
                f"codes that begin so are those of sheets (docs/own-data.md): {', '.join(taken)}"
            )
        for kind in FOUNDATION:
            if (found := len(self.of_kind(kind))) != 1:
                raise ValueError(f"there must be one source of kind `{kind}`, found {found}")
        for kind in ("population_grid", "address_grid", *PLACING):
            # Of addresses every region may bring its own file.
            if kind != "addresses" and (found := len(self.of_kind(kind))) > 1:
                raise ValueError(f"there may be one source of kind `{kind}`, found {found}")
        for source in self.source:
            if unknown := sorted(set(source.lists_every_with) - set(codes)):
                raise ValueError(
                    f"{source.code}: `lists_every_with` names no source here: {', '.join(unknown)}"
                )

    def of_kind(self, kind: Kind) -> tuple[Source, ...]:
        """Return the sources of a kind, in the order of the file."""
        return tuple(source for source in self.source if source.kind == kind)

    def only(self, kind: Kind) -> Source:
        """Return the one source of a foundation kind."""
        return self.of_kind(kind)[0]

    def with_boundaries(self, vintage: str | None) -> "Catalogue":
        """
        Return the catalogue with boundaries of a year; None for its own.

        Raises
        ------
        CatalogueError
            If it has none of that year.
        """
        own = self.only("boundaries")
        if vintage is None or vintage == own.vintage:
            return self
        chosen = next((other for other in self.other_boundaries if other.vintage == vintage), None)
        if chosen is None:
            known = ", ".join([str(own.vintage), *(other.vintage for other in self.other_boundaries)])
            raise CatalogueError(
                f"SUPPORT_MAP_BOUNDARIES: expected the year of boundaries in the catalogue ({known}), found "
                f"{vintage!r}; correct the variable, or unset it for {own.vintage}",
                found=vintage,
            )
        changed = own.model_copy(
            update={
                "name": chosen.name,
                "vintage": chosen.vintage,
                "files": chosen.files,
                "check": chosen.check,
                **chosen.whose,
            }
        )
        if chosen.folder is not None:
            changed = changed.at(chosen.folder, is_beside=True)
        sources = tuple(changed if source is own else source for source in self.source)
        return self.model_copy(update={"source": sources})


def read_catalogue(path: Path = REAL_CATALOGUE) -> Catalogue:
    """
    Read and check a catalogue.

    Raises
    ------
    CatalogueError
        If the file is not TOML or a key is unknown, missing or wrong; the message names the key.
    """
    content = read_toml(path)
    try:
        catalogue = Catalogue.model_validate(content)
    except ValidationError as error:
        raise CatalogueError(f"{path.name}: {first_problem(error, content)}", path=str(path)) from error
    return catalogue.model_copy(
        update={"source": tuple(source.at(path.parent) for source in catalogue.source)}
    )
