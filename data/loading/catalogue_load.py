"""One load of one catalogue: which files, planned and compared, written, checked beside official figures."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from sqlalchemy import Connection

from data.catalogue import Catalogue, Source
from data.corrections.standing import caught_up_lines
from data.duplicates.store import store_duplicates
from data.loading.continuation import continued, perhaps_moved
from data.loading.counting import Claims, claims_of, collect_claims
from data.loading.earlier_texts import forget_persons
from data.loading.ended_releases import retire_example, retire_sources
from data.loading.known_releases import KnownRelease, known_records, records_of
from data.loading.pending_files import PendingFiles
from data.loading.plan import LoadRefusedError, Plan
from data.loading.planning import Foundation
from data.loading.protecting import NewlyProtected, leaving_places, protect_brought, protect_merged
from data.loading.reconcile import Tolerance, beyond_official
from data.loading.register_plan import PlaceSources, plan_register
from data.loading.release_store import begin_load, note_differences, write_release
from data.loading.report import LoadReport, read_load_report
from data.loading.residents_sums import require_equal_sums
from data.loading.taking_over import is_still_so, taken_over
from data.loading.timeline import LoadedFile, Step
from data.loading.versions import Changes, Known, compare, compare_records
from data.places.geocoding import Geocoder
from data.reading import people_queries
from data.registry.counts import official_comparison
from data.sources.fetch import FoundFile
from data.store.own_sheets import is_own_sheet
from data.store.settings import Settings


class CatalogueLoad:
    """One load of one catalogue, or with `only` of one of its sources: all else stays as it is."""

    def __init__(
        self,
        catalogue: Catalogue,
        files: Mapping[str, Sequence[FoundFile]],
        settings: Settings,
        *,
        loaded: Mapping[str, Sequence[LoadedFile]],
        accepted_difference: str | None,
        report: Callable[[str], None],
        only: str | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._only = only
        self._accepted_difference = accepted_difference
        self._report = report
        self._pending = PendingFiles(catalogue, files, settings, loaded=loaded, report=report, only=only)
        newest = {code: found[-1] for code, found in self._pending.files.items()}
        self._foundation = Foundation(catalogue, newest, cache=settings.cache)
        self._claims: Claims = collect_claims(claims_of(self._pending.profiles))
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
        leaving, example = self._leaving(before)
        left = leaving_places(connection, leaving)
        retire_sources(connection, leaving)
        retire_example(connection, example)
        before = {code: known for code, known in before.items() if code not in example}
        vintage = str(self._catalogue.only("boundaries").vintage)
        load_id = None
        written: list[str] = []
        differences: list[str] = []
        is_anybody_changed = False
        for source, step in self._pending.changed(connection, before, is_again=is_again):
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
            for sentence in () if file.whole_on else plan.totals_told():
                self._report(f"{source.code}: {file.name}: {sentence}")
        kinds = {source.kind for source in self._catalogue.source if source.code in written}
        if "residents_by_year" in kinds:
            require_equal_sums(people_queries.residents_by_year(connection))
        if forgotten := forget_persons(connection, written):
            self._report(f"{forgotten} texts of earlier versions name a private person and were taken out")
        protected = protect_brought(connection, load_id, left=left)
        self._tell(caught_up_lines(connection))
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

    def _leaving(self, before: Mapping[str, KnownRelease]) -> tuple[set[str], set[str]]:
        """Return the sources that left the catalogue, and those of an example region that goes; of one source none."""
        if self._only is not None:
            return set(), set()
        staying = {source.code for source in self._catalogue.source}
        example = {
            code
            for code, known in before.items()
            if known.is_invented and not (self._catalogue.is_invented and code in staying)
        }
        # A sheet whose folder is not there is kept: it was typed in by hand, and nobody else has it.
        leaving = {code for code in set(before) - staying - example if not is_own_sheet(code)}
        return leaving, example

    def _say(self, protected: NewlyProtected) -> None:
        self._tell(protected.lines())

    def _tell(self, lines: Iterable[str]) -> None:
        for line in lines:
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

    def _plan(
        self, connection: Connection, source: Source, step: Step
    ) -> tuple[Plan, Changes, Mapping[str, Known] | None]:
        """Return the plan of a file, its changes, and the records before it when it is an older one."""
        file = step.file
        if source.kind != "register":
            plan = self._foundation.plan(source)
            plan.check()
            return plan, Changes((), (), 0, ()), None
        profile = self._pending.profiles[source.code]
        known = known_records(connection, source.code)
        staged = self._pending.registers.take(
            profile, file, self._pending.read_before(connection, source, file)
        )
        if staged.taken_over and not is_still_so(staged.taken_over, known, step):
            staged = self._pending.registers.take(profile, file)
        continuing = 0
        if not is_own_sheet(source.code):  # its rows have the keys of their records
            staged, continuing = continued(connection, profile, staged)
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
            tolerance=Tolerance.of(profile),
            taken_over=taken_over(staged, known),
        )
        plan = replace(plan, is_newest=step.is_newest, file_on=file.whole_on)
        plan.check()
        changes = compare(plan, known)
        earlier = records_of(connection, source.code, step.after_id) if step.is_history else None
        lost = [] if is_own_sheet(source.code) else changes.losses(len(known))
        if earlier is not None:
            lost = compare_records(plan.facilities, earlier).losses(len(earlier))
        moved = () if step.is_history else tuple(perhaps_moved(connection, source.code, changes))
        plan = replace(
            plan,
            differences=() if step.is_superseded else (*plan.differences, *lost),
            work_items=(*plan.work_items, *moved),
        )
        self._refuse(plan.differences, f"{source.code}: {file.name}")
        return plan, changes, earlier
