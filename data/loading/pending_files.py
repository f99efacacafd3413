"""The files that a load has to read: the oldest first within a source, and why others are not read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from data.catalogue import Catalogue, Source
from data.catalogue_file import CatalogueError
from data.loading.fingerprints import Fingerprints
from data.loading.known_releases import KnownRelease
from data.loading.months import earlier_months, why_untold
from data.loading.register_file import RegisterFiles
from data.loading.returned_files import with_returns
from data.loading.taking_over import printed_records
from data.loading.timeline import LoadedFile, Step, Steps, newest_last, steps_of
from data.sheets.columns import sheet_profile
from data.sheets.own_files import PROFILE_PATH
from data.sources.fetch import FoundFile
from data.sources.registers.profile import RegisterProfile, load_profile
from data.sources.registers.row_prints import ReadBefore
from data.store.own_sheets import is_own_sheet, sheet_of_code
from data.store.settings import Settings


class PendingFiles:
    """
    The files of a catalogue, or with `only` of one of its sources, beside what was loaded of them before.

    Attributes
    ----------
    profiles
        How each register is read, by source code.
    registers
        The rows of its files.
    files
        By source code, the newest last, with a register's earlier months.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        files: Mapping[str, Sequence[FoundFile]],
        settings: Settings,
        *,
        loaded: Mapping[str, Sequence[LoadedFile]],
        report: Callable[[str], None],
        only: str | None,
    ) -> None:
        self._catalogue = catalogue
        self._only = only
        self._loaded = loaded
        self._report = report
        self._is_geocoded = bool(settings.geocoder_url)
        paths = {source.code: _profile_path(source) for source in catalogue.of_kind("register")}
        self.profiles = {code: _own_profile(code, path) for code, path in paths.items()}
        self.registers = RegisterFiles(report)
        self.files = {code: self._in_order(code, found) for code, found in files.items()}
        self._prints = Fingerprints(catalogue, self.files, paths, settings.geocoder_url)

    def changed(
        self, connection: Connection, before: Mapping[str, KnownRelease], *, is_again: bool
    ) -> Iterator[tuple[Source, Step]]:
        """Give each file to be read, oldest first within a source, and tell why others are not."""
        for source in self._catalogue.source:
            if source.code not in self.files or self._only not in {None, source.code}:
                continue
            known = before.get(source.code, KnownRelease(None, is_invented=False, effective_on=None))
            withdrawn = frozenset() if is_again else known.withdrawn
            if source.kind == "register":
                steps = self._steps(connection, source, withdrawn)
                for sentence in steps.told:
                    self._report(f"{source.code}: {sentence}")
                for step in steps.read:
                    yield source, step
                continue
            newest = self.files[source.code][-1]
            print_ = self._prints.of(source, newest)
            if print_ in withdrawn:
                self._report(f"{source.code}: {newest.name} was taken back; `--again` loads it all the same")
            elif known.fingerprint != print_:
                yield source, Step(newest, print_)

    def _steps(self, connection: Connection, source: Source, withdrawn: frozenset[str]) -> Steps:
        files = self.files[source.code]
        today = datetime.now(UTC).date()
        profile = self.profiles[source.code]
        return steps_of(
            files,
            prints={file.sha256: self._prints.of(source, file) for file in files},
            loaded=self._loaded.get(source.code, ()),
            withdrawn=withdrawn,
            day_of=lambda file: (
                self.registers.read(profile, file, self.read_before(connection, source, file)).as_of
                or file.as_of
                or today
            ),
            today=today,
        )

    def read_before(self, connection: Connection, source: Source, file: FoundFile) -> ReadBefore | None:
        """Return what was read of a register before; of one whose sums are checked every row is read each time."""
        if source.check or self._is_geocoded or is_own_sheet(source.code):
            return None
        return ReadBefore(
            self._prints.beside_rows(source), file.as_of, printed_records(connection, source.code)
        )

    def _in_order(self, source_code: str, files: Sequence[FoundFile]) -> list[FoundFile]:
        """Return the files of a source by their days, and of a register its earlier months and what returns."""
        loaded = self._loaded.get(source_code, ())
        if source_code in self.profiles:
            files = with_returns(files, loaded)
        return newest_last([*self._months(source_code, files), *files], loaded)

    def _months(self, source_code: str, files: Sequence[FoundFile]) -> list[FoundFile]:
        """Return the earlier months of a register's files that tell anything, and say which do not."""
        profile = self.profiles.get(source_code)
        if profile is None or not profile.as_of.months:
            return []
        loaded = self._loaded.get(source_code, ())

        def is_told(month: FoundFile) -> bool:
            why = why_untold(profile, lambda: self.registers.read(profile, month))
            if why:
                self._report(f"{source_code}: {month.name}: {why}")
            return why is None

        return earlier_months(files, loaded, tells=is_told)


def _profile_path(source: Source) -> Path:
    """Return the file that says how a register is read; that of sheets is a module of ours."""
    return PROFILE_PATH if is_own_sheet(source.code) else source.profile_path


def _own_profile(source_code: str, path: Path) -> RegisterProfile:
    sheet = sheet_of_code(source_code)
    if sheet is not None:
        return sheet_profile(sheet)
    profile = load_profile(path)
    if profile.register_.code != source_code:
        raise CatalogueError(
            f"{path.name}: expected register.code {source_code!r}, as its source is called in the "
            f"catalogue; found {profile.register_.code!r}. Give both the same code.",
            source=source_code,
            found=profile.register_.code,
        )
    return profile
