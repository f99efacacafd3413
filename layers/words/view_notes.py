"""What a reader of a view must be told: the sentences without which its figures are easily misread."""

import math
from datetime import date

import pandas as pd

from data.scenarios.text import from_text
from data.store.plain_text import plain_text
from data.vocabulary import has_profiles, is_wide, support_forms
from geo.gaps import TOWN
from geo.printed_numbers import LEAST, MOST
from layers.answers.measures.balance import unsure_forms
from layers.answers.measures.gap_answer import GapAnswer
from layers.answers.support_centre import AGREED_BY_POWIAT
from layers.indicators.balance import BALANCE
from layers.indicators.indicator import DISTANCE, FORM, SINCE
from layers.view.view import View
from layers.words.day_words import source_day
from layers.words.form_words import programme_notes, use_authority
from layers.words.gap_words import GapWords, counted_by
from layers.words.known_places_words import counted_notes
from layers.words.other_list_words import other_list_notes
from layers.words.others_words import others_notes
from layers.words.people_notes import people_notes
from layers.words.question_words import way_of_anybody
from layers.words.reasons import NO_LIST, least_kind
from layers.words.source_words import capital
from layers.words.titles import kind_drawn
from layers.words.view_words import Wording


class ViewNotes:
    """The notes of one view, from its words."""

    def __init__(self, words: Wording) -> None:
        self.words, self.values = words, words.values  # noqa: PD011 - no frame
        self.table, self.texts, self.view = words.table, words.texts, words.view

    def all(self) -> tuple[str, ...]:
        """Return the sentences without which the figures are easily misread."""
        t = self.texts.t
        notes = self.of_scenario()
        notes += [*self._indicator_notes(), *self._use_notes(), *people_notes(self.words), *self.norm()]
        if self.table.together.parts:
            names = plain_text("; ".join(self.table.rows["name"].reindex(list(self.table.together.parts))))
            several = "_several" if len(self.table.together.parts) > 1 else ""
            by_part = "_each" if self.table.parts else ""
            notes.append(t(f"export_together{by_part}{several}", names=names))
        notes += [
            *self._bound_notes(),
            *self._near_notes(),
            *self._form_notes(),
            *self._left_out_notes(),
            *self._way_notes(),
        ]
        return (*notes, *self._changed_notes())

    def firm(self) -> tuple[str, ...]:
        """Return those of the notes that no picture leaves out: its numbers are not those of the lists as they are."""
        return (*self.of_scenario(), *self._changed_notes())

    def main(self) -> tuple[str, ...]:
        """Return those that a picture keeps first: whom a form takes in, that there is no norm, how sure reach is."""
        return (*self._use_notes(), *self.norm(), *self._range_notes())

    def of_scenario(self) -> list[str]:
        """Return that the numbers are those of a scenario, and how many of its changes do not fit the data."""
        t, notes = self.texts.t, []
        if self.values["scenario"]:
            notes.append(t(f"export_scenario_{self._scenario_kind()}", scenario=self.values["scenario"]))
        if self.table.misfits:
            notes.append(t("export_scenario_misfit_note", count=self.table.misfits))
        return notes

    def _scenario_kind(self) -> str:
        """Return whether the scenario changes anything of the form of the view; of all forms it is no question."""
        forms = {change.support_form for change in from_text(self.view.scenario).changes}
        is_other = FORM in self.view.what.choices and None not in forms and self.view.form not in forms
        return "other_note" if forms and is_other else "note"

    def _indicator_notes(self) -> list[str]:
        """Say how the indicator is to be read."""
        t, view = self.texts.t, self.view
        if view.question.is_of_knowledge:
            days = support_forms()[view.form].review_days
            return [
                t("export_knowledge_note", days=days, date=self.table.measured_on),
                t("export_scores_note"),
            ]
        if view.indicator in BALANCE:
            return self._balance_notes()
        key, answer = f"export_{view.indicator}_note", self.table.answer
        if answer is not None and not answer.is_known:
            return []
        values = self.values
        if view.question.is_own and self.texts.has(f"{key}_own"):
            key, values = f"{key}_own", values | {"way": way_of_anybody(view, self.texts)}
        notes = [t(key, **values)] if self.texts.has(key) else []
        if view.indicator == "known_places":
            notes += counted_notes(self.table, self.texts)
        if answer is not None and answer.missing_places.bound:
            notes += [t("gap.range_note"), *self._estimate_notes(answer), *self._left_notes(answer)]
        if answer is not None and answer.unknown_gminas and view.question.people.year:
            notes.append(t("gap.part_year", year=str(view.year)))
        return notes

    def _estimate_notes(self, answer: GapAnswer) -> list[str]:
        """Say what the estimate of the title is counted by."""
        words = GapWords(answer, self.texts, form=self.view.form, way=self.words.way)
        said = counted_by((answer,), self.texts) if words.names_estimate else ""
        return [self.texts.t("gap.known_note", said=said)] if said else []

    def _left_notes(self, answer: GapAnswer) -> list[str]:
        """Say of how many people it is not known what they lack, and that an estimate leaves them out, if named."""
        if not round(answer.no_data_persons):
            return []
        counts = {"count": answer.no_data_persons, "total": answer.people_persons}
        names_estimate = GapWords(answer, self.texts, form=self.view.form, way=self.words.way).names_estimate
        key = "gap.left_note" if names_estimate else "gap.unknown_note"
        said = self.texts.t(key, **{name: self.texts.number(n) for name, n in counts.items()})
        # Where nobody can tell the most, nothing counts them.
        is_open = math.isnan(answer.told_places.most)
        return [said if is_open else f"{said} {self.texts.t('gap.left_most')}"]

    def _balance_notes(self) -> list[str]:
        """Say how the kinds of support are told apart, and which form is not sure to be of its kind."""
        notes = [self.texts.t("export_balance_note", **self.values)]
        forms = unsure_forms(self.view.group, kind_drawn(self.view))
        if forms:
            names = ", ".join(plain_text(support_forms()[form].name[self.texts.lang]) for form in forms)
            notes.append(self.texts.t("export_balance_unsure_note", forms=names))
        if self.table.rows["is_shared"].any():
            notes.append(self.texts.t("export_balance_shared_note"))
        if self.table.is_old:
            notes.append(self.texts.t("export_balance_old_note"))
        if self.table.bounds.filter(BALANCE).isin([LEAST, MOST]).any(axis=None):
            notes.append(self.texts.t("export_bound_rounded_note"))
        return notes

    def _use_notes(self) -> list[str]:
        """Say whom the form takes in, and whom the view counts."""
        view, t = self.view, self.texts.t
        if FORM not in view.what.choices or view.question.is_of_knowledge:
            return []
        if view.question.is_own:
            return [t("export_own_note")]
        authority = use_authority(view.form, self.texts)
        if view.question.is_what_stands:
            return [t("export_wide_note", authority=authority)]
        is_of_seats = DISTANCE not in view.what.choices and view.form in AGREED_BY_POWIAT
        if is_of_seats and view.level in {"gmina", "powiat"}:
            return [t("use.seat_only" if view.level == "gmina" else "use.seat_powiat")]
        is_between = is_wide(view.form) and view.level == "powiat"
        return [t("export_wide_powiat_note", authority=authority)] if is_between else []

    def norm(self) -> list[str]:
        """Say what places are measured against, and who chose it."""
        norm, t = self.table.norm, self.texts.t
        if norm is None:
            return []
        if norm.default is None:
            key = "export_norm_first" if norm.is_of_first_map else "export_norm_chosen"
            return [t(key, norm=self.values["norm"], capacity=self.values["capacity"])]
        if norm.default.reason_code:
            return [t(f"export_norm_{norm.default.reason_code}")]
        is_few = 2 * norm.default.areas_known < norm.default.areas_count
        median = t(
            f"export_norm_default{'_few' if is_few else ''}",
            people=self.words.norm_people(),
            norm=self.values["norm"],
            capacity=self.values["capacity"],
            count=norm.default.areas_known,
            total=norm.default.areas_count,
        )
        if norm.own_per_1000 is None or norm.own_per_1000 == norm.places_per_1000:
            return [median]
        return [median, t("export_norm_shared", own=self.words.norm_number(norm.own_per_1000))]

    def _bound_notes(self) -> list[str]:
        """Say what "at least", "at most" and "uncertain" mean, where they stand."""
        bounds = self.table.by_part.bounds
        # Of a balance, what is less or unsure is the kind of a form or for whom it is, and no list.
        told = ("least",) if self.view.indicator in BALANCE else ("least", "most", "unsure")
        # What stands in an area does not hang on what is in reach.
        here = least_kind(self.view)
        shared = "" if self._shared_services().empty else self.texts.t("export_bound_shared")
        is_here = DISTANCE not in self.view.what.choices
        old = self.texts.t("export_bound_old") if self.table.is_old and not is_here else ""
        days = support_forms()[self.view.form].review_days
        old_kind = "_old" if self._has_old_rows() else "_old_places"
        kinds = {"least": here, "unsure": old_kind if self.table.is_old and is_here else ""}
        return [
            self.texts.t(
                self._key_of_lists(f"export_bound_{bound}_note{kinds.get(bound, '')}"),
                shared=shared if bound == "least" else shared + old,
                days=days,
            )
            for bound in told
            if (bounds == bound).any(axis=None)
        ]

    def _near_notes(self) -> list[str]:
        """Say whose lists and of which days the facilities in reach are, where there is no list of the scope."""
        near = [note for note in self.table.sources if note.code in self.table.registers]
        if not self.table.has_no_list or not near:
            return []
        t = self.texts.t
        named = [
            t(
                "near_lists.named",
                name=plain_text(note.name),
                days=source_day(note, self.texts) or t("export_undated"),
            )
            for note in near
        ]
        return [t("near_lists.note", lists="; ".join(named))]

    def _key_of_lists(self, key: str) -> str:
        """Return the key of words on incomplete lists; where there is no list of the scope those that say so."""
        told = f"{key}{NO_LIST}"
        return told if self.table.has_no_list and self.texts.has(told) else key

    def _has_old_rows(self) -> bool:
        """Tell whether a facility may be gone, and not only its places be others by now."""
        services = self.table.services
        return FORM not in self.view.what.choices or bool(services["may_be_gone"].any())

    def _form_notes(self) -> list[str]:
        """Say whose places of the form count, and which programme it was founded in."""
        if FORM not in self.view.what.choices:
            return []
        profile = (
            [self.texts.t("export_profile_note"), *self._shared()] if has_profiles(self.view.form) else []
        )
        others = [*other_list_notes(self.table, self.texts), *others_notes(self.table, self.texts)]
        return [*profile, *others, *programme_notes([self.view.form], self.texts)]

    def _shared(self) -> list[str]:
        """Say how many of the counted places may be for others: a home of two profiles tells no number for each."""
        shared = self._shared_services()
        if shared.empty:
            return []
        places = shared["capacity_places"]
        value = self.texts.number(float(places.sum())) if places.notna().any() else self.texts.t("no_data")
        if places.notna().any() and places.isna().any():
            value = self.texts.t("at_least", value=value)
        count = int(shared["facility_id"].nunique())
        return [
            self.texts.t("export_shared_note", count=count, places=value, capacity=self.values["capacity"])
        ]

    def _shared_services(self) -> pd.DataFrame:
        """Return the services of the form some of whose places may be for others."""
        services: pd.DataFrame = self.table.services
        if FORM not in self.view.what.choices:
            return services.iloc[:0]
        return services[services["is_for_others"].astype(bool)]

    def _left_out_notes(self) -> list[str]:
        """Say how many places are in no row: nobody knows in which area they stand, or there is only evidence."""
        left_out, t = self.table.left_out, self.texts.t
        notes = [t("coarse.unplaced", count=left_out.unplaced)] if left_out.unplaced else []
        for level in ("powiat", "voivodeship"):
            here = [(name, count) for of_level, name, count in left_out.unplaced_in if of_level == level]
            if here:
                named = ", ".join(
                    t("coarse.unplaced_area", name=plain_text(name), count=count) for name, count in here
                )
                notes.append(t(f"coarse.unplaced_{level}", areas=named))
        if left_out.unconfirmed:
            notes.append(t("origin.apart_here", count=left_out.unconfirmed))
        return notes

    def _way_notes(self) -> list[str]:
        """Say how far is near, and of how many the way is not known."""
        t, view, off = self.texts.t, self.view, self.table.off_roads
        if DISTANCE not in view.what.choices:
            return []
        is_road_guessed = view.travel == "line" and view.detour_pct != View.detour_pct
        kind = "detour" if is_road_guessed else "line" if view.travel == "line" else "road"
        notes = [t(f"export_way_{kind}_note", **self.values)]
        if off is not None and (off.persons or off.facilities):
            persons = self.texts.number(off.persons)
            key = "export_off_roads_residents_note" if view.what.is_of_residents else "export_off_roads_note"
            notes.append(t(key, persons=persons, facilities=off.facilities))
        return [*notes, *self._hanging_notes(), *self._range_notes()]

    def _hanging_notes(self) -> list[str]:
        """Say which answers hang on where facilities stand; of a gap, what its least and its most suppose of that."""
        answer, count, t = self.table.answer, self.table.hanging, self.texts.t
        is_gap_loose = answer is not None and TOWN in answer.reasons
        if not count and not is_gap_loose:
            return []
        said = t("coarse.hanging", count=count) if count else t("coarse.hanging_none")
        return [said if answer is None else f"{said} {t('coarse.hanging_gap')}"]

    def _range_notes(self) -> list[str]:
        """Say who of the whole scope has a listed facility in reach for certain, and who perhaps."""
        found = self.table.reach_range
        # Where lists are not complete, "perhaps" would sound like the most that there can be.
        if found is None or not self.table.rows["is_complete"].all():
            return []
        t, percent = self.texts.t, self.texts.percent
        said = t(
            "coarse.range",
            scope=capital(self.words.scope_name()),
            sure=percent(found.sure_share, bound=LEAST),
            perhaps=percent(found.perhaps_share, bound=MOST),
        )
        unknown = found.unknown_facilities
        return [f"{said} {t('coarse.range_without', count=unknown)}" if unknown else said]

    def _changed_notes(self) -> list[str]:
        """Say since when and of which day the lists are, and what differs from official figures."""
        t, view = self.texts.t, self.view
        notes = []
        if view.since and SINCE in view.what.choices:
            notes.append(t("export_since_note", date=self.texts.date(date.fromisoformat(view.since))))
        if view.date:
            of_plans = "_plans" if view.indicator == "local_plan" else ""
            notes.append(t(f"export_day_note{of_plans}", date=self.texts.date(view.date)))
        notes += [
            t(
                "export_difference_note",
                reason=plain_text(accepted.reason),
                figures=plain_text("; ".join(accepted.figures)),
            )
            for accepted in self.table.accepted_differences
        ]
        return notes
