"""One load of one catalogue: which files, planned and compared, written, checked beside official figures."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection

from data.catalogue import Catalogue, CatalogueError, Source
from data.duplicates.store import store_duplicates
from data.loading.continuation import continued, perhaps_moved
from data.loading.counting import Claims, claims_of, collect_claims
from data.loading.earlier_texts import forget_persons
from data.loading.ended_releases import retire_example, retire_sources
from data.loading.fingerprints import Fingerprints
from data.loading.known_releases import KnownRelease, known_records, records_of
from data.loading.months import earlier_months
from data.loading.plan import LoadRefusedError, Plan
from data.loading.planning import Foundation
from data.loading.protecting import NewlyProtected, leaving_places, protect_brought, protect_merged
from data.loading.reconcile import Tolerance, beyond_official
from data.loading.register_file import RegisterFiles
from data.loading.register_plan import PlaceSources, plan_register
from data.loading.release_store import begin_load, note_differences, write_release
from data.loading.report import LoadReport, read_load_report
from data.loading.residents_sums import require_equal_sums
from data.loading.timeline import LoadedFile, Step, Steps, newest_last, steps_of
from data.loading.versions import Changes, Known, compare
from data.places.geocoding import Geocoder
from data.reading import people_queries
from data.reading.release_queries import NO_TOTALS
from data.registry.counts import official_comparison
from data.sources.fetch import FoundFile
from data.sources.registers.profile import RegisterProfile, load_profile
from data.store.errors import RegisterError
from data.store.schema import RegisterTotal
from data.store.settings import Settings

VANISHING_PCT = 20
VANISHING_LEAST = 5
"""A file that lacks more than both of what its source had is more likely cut short than true."""


class CatalogueLoad:
    """One load of one catalogue."""

    def __init__(
        self,
        catalogue: Catalogue,
        files: Mapping[str, Sequence[FoundFile]],
        profiles_folder: Path,
        settings: Settings,
        *,
        loaded: Mapping[str, Sequence[LoadedFile]],
        accepted_difference: str | None,
        report: Callable[[str], None],
    ) -> None:
        self._catalogue = catalogue
        self._loaded = loaded
        self._settings = settings
        self._accepted_difference = accepted_difference
        self._report = report
        self._profile_paths = {
            source.code: profiles_folder / f"{source.profile}.toml"
            for source in catalogue.of_kind("register")
        }
        self._profiles = {code: _own_profile(code, path) for code, path in self._profile_paths.items()}
        self._registers = RegisterFiles(report)
        self._files = {
            code: newest_last([*self._months(code, found), *found], loaded.get(code, ()))
            for code, found in files.items()
        }
        newest = {code: found[-1] for code, found in self._files.items()}
        self._foundation = Foundation(catalogue, newest, cache=settings.cache)
        self._prints = Fingerprints(catalogue, self._files, self._profile_paths, settings.geocoder_url)
        self._claims: Claims = collect_claims(claims_of(self._profiles))
        self._geocoder = (
            Geocoder(settings.geocoder_url, settings.cache / "geocoder_answers.jsonl")
            if settings.geocoder_url
            else None
        )

    @cached_property
    def _world(self) -> PlaceSources:
        known = self._foundation
        return PlaceSources(known.areas, known.gazetteer, known.postcodes, known.addresses, self._geocoder)

    def write(
        self, connection: Connection, before: Mapping[str, KnownRelease], *, is_again: bool
    ) -> tuple[list[str], LoadReport | None]:
        """Plan and write every changed source, and drop those that left the catalogue, the example region whole."""
        staying = {source.code for source in self._catalogue.source}
        example = {
            code
            for code, known in before.items()
            if known.is_invented and not (self._catalogue.is_invented and code in staying)
        }
        leaving = set(before) - staying - example
        left = leaving_places(connection, leaving)
        retire_sources(connection, leaving)
        retire_example(connection, example)
        before = {code: known for code, known in before.items() if code not in example}
        vintage = str(self._catalogue.only("boundaries").vintage)
        load_id = None
        written: list[str] = []
        differences: list[str] = []
        is_anybody_changed = False
        for source, step in self._changed(before, is_again=is_again):
            started = time.perf_counter()
            file = step.file
            plan, changes, earlier = self._plan(connection, source, step)
            differences += [f"{source.code}: {sentence}" for sentence in plan.differences]
            if load_id is None:
                load_id = begin_load(connection, self._accepted_difference)
            write_release(
                connection,
                plan,
                changes,
                load_id=load_id,
                earlier=earlier,
                fingerprint=step.fingerprint,
                boundary_vintage=vintage,
                is_invented=self._catalogue.is_invented,
            )
            if source.code not in written:
                written.append(source.code)
            is_anybody_changed |= changes.are_of_facilities
            self._report(
                f"{source.code}: {file.name}: {plan.rows_read} rows, {plan.rows_accepted} accepted, "
                f"{len(plan.rejected)} rejected, {len(plan.work_items)} work items, "
                f"{time.perf_counter() - started:.1f} s"
            )
            # What one month has no total of, the whole file has none of either.
            for sentence in () if file.whole_on else _totals_told(source, plan):
                self._report(f"{source.code}: {file.name}: {sentence}")
        kinds = {source.kind for source in self._catalogue.source if source.code in written}
        if "residents_by_year" in kinds:
            require_equal_sums(people_queries.residents_by_year(connection))
        if forgotten := forget_persons(connection, written):
            self._report(f"{forgotten} texts of earlier versions name a private person and were taken out")
        protected = protect_brought(connection, load_id, left=left)
        if load_id is None:
            self._say(protected)
            return [], None
        # Before pairs are looked for anew: what was one facility with a record that vanished told the same door.
        merged = protect_merged(connection, load_id)
        if self._geocoder is not None:
            self._report(self._geocoder.report())
        if is_anybody_changed:
            found = store_duplicates(connection)
            self._report(
                f"duplicates: {found.get('same', 0)} pairs are one facility, "
                f"{found.get('doubtful', 0)} are for a person (`python -m data duplicates`)"
            )
        merged += protect_merged(connection, load_id)
        self._say(replace(protected, merged=tuple(merged)))
        official = beyond_official(official_comparison(connection))
        self._refuse(official, "official totals")
        note_differences(connection, load_id, [*differences, *official])
        return written, read_load_report(connection, load_id)

    def _say(self, protected: NewlyProtected) -> None:
        for line in protected.lines():
            self._report(line)

    def _refuse(self, differences: Sequence[str], what: str) -> None:
        """
        Stop the load when figures differ and nobody has said why.

        Raises
        ------
        LoadRefusedError
            With every difference.
        """
        if differences and self._accepted_difference is None:
            raise LoadRefusedError(
                f"{what}: these figures differ by more than the tolerance (expected ≠ found, before → now):\n  "
                + "\n  ".join(differences)
                + "\nNothing was changed. Check the file and its profile; if the difference is real, load again with "
                '`--accept-difference "why"`: the reason is kept and printed on exports.',
                differences=list(differences),
            )

    def _changed(
        self, before: Mapping[str, KnownRelease], *, is_again: bool
    ) -> Iterator[tuple[Source, Step]]:
        """Give each file to be read, oldest first within a source, and tell why others are not."""
        for source in self._catalogue.source:
            if source.code not in self._files:
                continue
            known = before.get(source.code, KnownRelease(None, is_invented=False, effective_on=None))
            withdrawn = frozenset() if is_again else known.withdrawn
            if source.kind == "register":
                steps = self._steps(source, withdrawn)
                for sentence in steps.told:
                    self._report(f"{source.code}: {sentence}")
                for step in steps.read:
                    yield source, step
                continue
            newest = self._files[source.code][-1]
            print_ = self._prints.of(source, newest)
            if print_ in withdrawn:
                self._report(f"{source.code}: {newest.name} was taken back; `--again` loads it all the same")
            elif known.fingerprint != print_:
                yield source, Step(newest, print_)

    def _steps(self, source: Source, withdrawn: frozenset[str]) -> Steps:
        files = self._files[source.code]
        today = datetime.now(UTC).date()
        profile = self._profiles[source.code]
        return steps_of(
            files,
            prints={file.sha256: self._prints.of(source, file) for file in files},
            loaded=self._loaded.get(source.code, ()),
            withdrawn=withdrawn,
            day_of=lambda file: self._registers.read(profile, file).as_of or file.as_of or today,
            today=today,
        )

    def _plan(
        self, connection: Connection, source: Source, step: Step
    ) -> tuple[Plan, Changes, Mapping[str, Known] | None]:
        """Return the plan of a file, its changes, and the records before it when it is an older one."""
        file = step.file
        if source.kind != "register":
            plan = self._foundation.plan(source)
            plan.check()
            return plan, Changes((), (), 0, ()), None
        profile = self._profiles[source.code]
        staged, continuing = continued(connection, profile, self._registers.take(profile, file))
        if continuing:
            self._report(
                f"{source.code}: {file.name}: {continuing} facilities keep the key of an earlier address"
            )
        plan = plan_register(
            source,
            file,
            staged,
            world=self._world,
            claims=self._claims,
            exceptions={
                (claim.form, claim.voivodeship): claim.except_gminas
                for claim in profile.register_.complete_for
            },
            tolerance=_tolerance(profile),
        )
        plan = replace(plan, is_newest=step.is_newest, file_on=file.whole_on)
        plan.check()
        known = known_records(connection, source.code)
        changes = compare(plan.facilities, known)
        earlier = records_of(connection, source.code, step.after_id) if step.is_history else None
        lost = _vanishing(changes, len(known))
        if earlier is not None:
            lost = _vanishing(compare(plan.facilities, earlier), len(earlier))
        moved = () if step.is_history else tuple(perhaps_moved(connection, source.code, changes))
        plan = replace(
            plan,
            differences=() if step.is_superseded else (*plan.differences, *lost),
            work_items=(*plan.work_items, *moved),
        )
        self._refuse(plan.differences, f"{source.code}: {file.name}")
        return plan, changes, earlier

    def _months(self, source_code: str, files: Sequence[FoundFile]) -> list[FoundFile]:
        """Return the earlier months of a register's files that tell anything, and say which do not."""
        profile = self._profiles.get(source_code)
        if profile is None or not profile.as_of.months:
            return []
        return earlier_months(
            files, self._loaded.get(source_code, ()), tells=lambda month: self._tells(profile, month)
        )

    def _tells(self, profile: RegisterProfile, month: FoundFile) -> bool:
        code = profile.register_.code
        try:
            records = self._registers.read(profile, month).records
        except RegisterError as error:
            self._report(f"{code}: {month.name}: this month cannot be read and is left out: {error}")
            return False
        is_told = bool(records[list(profile.as_of.months)].notna().any(axis=None))
        if not is_told:
            self._report(f"{code}: {month.name}: the file has no number of this month, which is left out")
        return is_told


def _totals_told(source: Source, plan: Plan) -> Iterator[str]:
    """Say which sums of a register had no total of its own to be compared with: silence would be a statement."""
    reasons = [item for item in plan.work_items if item["kind"] == "total_not_compared"]
    for item in reasons:
        yield f"totals were not compared: {item['subject']}: {item['facts']['why']}"
    if source.kind == "register" and not reasons and not plan.rows.get(RegisterTotal):
        yield f"totals were not compared: {NO_TOTALS}"


def _vanishing(changes: Changes, known: int) -> list[str]:
    """Return a sentence when more is missing than a true file would lack."""
    gone = len(changes.vanished)
    if gone > VANISHING_LEAST and gone * 100 > known * VANISHING_PCT:
        return [f"facilities: {known} → {known - gone}"]
    return []


def _tolerance(profile: RegisterProfile) -> Tolerance:
    totals = profile.totals
    return Tolerance(totals.tolerance_pct, totals.tolerance_least) if totals else Tolerance()


def _own_profile(source_code: str, path: Path) -> RegisterProfile:
    profile = load_profile(path)
    if profile.register_.code != source_code:
        raise CatalogueError(
            f"{path.name}: expected register.code {source_code!r}, as its source is called in the "
            f"catalogue; found {profile.register_.code!r}. Give both the same code.",
            source=source_code,
            found=profile.register_.code,
        )
    return profile
