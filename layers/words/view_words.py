"""How a view is worded: its title as an answer, its classes, its sources, and what a reader must be told."""

from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Final

import pandas as pd

from data.people.residents import CENSUS_YEAR
from data.scenarios.text import from_text
from data.store.plain_text import plain_text
from data.vocabulary import (
    forms_for_group,
    has_profiles,
    is_wide,
    need_groups,
    people_indicators,
    support_forms,
)
from geo.printed_numbers import DECIMALS, MOST, UNSURE
from geo.teryt import COUNTRY, EXAMPLE_VOIVODESHIPS, VOIVODESHIPS
from layers.answers.area_table import AreaTable, unit_of
from layers.answers.measures.balance import unsure_forms
from layers.answers.measures.sources import SourceNote
from layers.answers.support_centre import AGREED_BY_POWIAT
from layers.indicators.balance import BALANCE
from layers.indicators.indicator import DISTANCE, FORM, SINCE
from layers.maps.symbol_sizes import legend_values
from layers.text import Texts
from layers.view.class_limits import ClassLimits
from layers.view.view import View
from layers.words.example_words import country_name
from layers.words.figures import write_figure
from layers.words.form_words import programme_notes, use_authority
from layers.words.known_places_words import counted_notes, newer_notes
from layers.words.question_words import part_words, way_of
from layers.words.source_words import licence_words
from layers.words.titles import kind_drawn, subject_of, title_of, zero_kind

_CASES: Final = ("to", "gives")


@dataclass(frozen=True)
class SourceLine:
    """One source in words: `text` for the picture, the parts for the sheet."""

    text: str
    name: str
    publisher: str
    licence: str
    attribution: str
    as_of: str
    url: str


class Wording:
    """
    The words of one view in one language.

    Attributes
    ----------
    form, group
        Names of the form of support and of the need group.
    indicator, unit
        What is measured, and in what; classes of knowledge have no unit, and `unit` is empty.
    date
        The day that the registers are of: one only when all of them state it.
    values
        What many texts need: `group`, `distance_km`, `capacity` (places, meals a day, jobs…), `forms`, how many forms
        there are for the group, `way` (how far is near), `norm` (the number alone), `norm_to` (the level by its name,
        after "to"), `norm_gives` (the same as a subject), `method` (of access) and `scenario`, its title (empty for
        none).
    """

    def __init__(self, table: AreaTable, texts: Texts) -> None:
        view = table.view
        self.table, self.texts, self.view = table, texts, view
        self.form = plain_text(support_forms()[view.form].name[texts.lang])
        self.group = self._group()
        self.date = self._date()
        self.unit_code = unit_of(view.form)
        capacity = texts.t(f"export_capacity_{self.unit_code}")
        self.way = way_of(view, texts)
        self.values = {
            "group": self.group,
            "distance_km": view.distance_km,
            "capacity": capacity,
            "forms": len(forms_for_group(view.group)),
            "way": self.way,
            "norm": self._norm(),
            **{
                f"norm_{case}": texts.t(f"gap.level_{case}_{self._level_kind()}", norm=self._norm())
                for case in _CASES
            },
            "method": texts.t(f"method_of_access.{view.method}"),
            "scenario": plain_text(from_text(view.scenario).title) if view.scenario else "",
            **part_words(view, texts),
        }
        self.indicator = texts.t(f"export_indicator_{view.indicator}", **self.values)
        is_of_classes = bool(view.what.class_codes)
        self.unit = "" if is_of_classes else texts.t(f"export_unit_{view.indicator}", **self.values)

    def _group(self) -> str:
        """
        Return the name of the group, with the age that a view asks for where it is not the usual one.

        Where people are all that is told, it is said who they are in any case.
        """
        view, texts = self.view, self.texts
        name = plain_text(need_groups()[view.group].name[texts.lang])
        is_usual = view.age_from == View.age_from and view.indicator != "people"
        if view.group != "older" or is_usual or not view.what.has_people:
            return name
        return f"{name} ({texts.t('choice.age_of', age=view.age_from)})"

    @property
    def is_one_day(self) -> bool:
        """Tell whether every register of the view states the same day."""
        newest, oldest = self.table.as_of, self.table.oldest_as_of
        return newest is not None and oldest in {None, newest} and not self.table.undated_sources

    def _date(self) -> str:
        newest, oldest, t = self.table.as_of, self.table.oldest_as_of, self.texts.t
        if newest is None:
            return t("export_undated")
        is_same = oldest is None or oldest == newest
        said = self.texts.date(newest) if is_same else t("export_dates", oldest=oldest, newest=newest)
        return said + t("export_some_undated") if self.table.undated_sources else said

    def _level_kind(self) -> str:
        """Tell what places are measured against: the median, a target, nothing that is known, or either in general."""
        norm = self.table.norm
        if norm is None:
            return "any"
        if not norm.is_known:
            return "unset"
        return "target" if norm.default is None else "median"

    def _norm(self) -> str:
        """Return the norm as a number; where there is none, the word for it."""
        norm = self.table.norm
        if norm is None or not norm.is_known:
            return self.texts.t("gap.level")
        return self._edge(round(norm.places_per_1000, 2))

    def scope_name(self) -> str:
        """Return the name of Poland or of the voivodeship."""
        if self.view.scope == COUNTRY:
            return country_name(self.texts, is_example=self.table.is_invented)
        known = EXAMPLE_VOIVODESHIPS if self.table.is_invented else VOIVODESHIPS
        names = self.table.rows["voivodeship_name"].dropna()
        name = plain_text(names.iloc[0]) if len(names) else known.get(self.view.scope, self.view.scope)
        return self.texts.t("export_scope_voivodeship", name=name)

    def title(self) -> str:
        """Return the answer as a sentence."""
        return title_of(self.table, self.texts, form=self.form, group=self.group, values=self.values)

    def subject(self) -> str:
        """Return what the answer is about, as its sentence begins."""
        return subject_of(self.table, self.texts, form=self.form, group=self.group, values=self.values)

    def no_data_legend(self) -> str:
        """Return what the hatch of the map means."""
        of_words = f"export_{self.view.indicator}_nothing"
        return self.texts.t(of_words if self.view.what.class_codes else "export_no_data_legend")

    def zero_label(self) -> str | None:
        """Return the legend's words for zero, None when no area has a true zero."""
        kind = "stands" if self.view.question.is_what_stands else zero_kind(self.view)
        if kind == "gap_share":
            # Of one's own gmina, or of voivodeships, there is nobody else's to be counted.
            has_others = not self.view.question.is_own and self.view.level != "voivodeship"
            kind = f"gap_share_{self.view.level if has_others else 'own'}"
        return self.texts.t(f"export_zero_{kind}") if self.table.classes.has_zero else None

    def signs(self) -> str:
        """Return what is read beside a table; zero is told as on the map, because none missing is not none there."""
        zero = self.zero_label()
        return "; ".join([*([zero] if zero else []), self.texts.t("signs.legend")])

    def class_labels(self) -> tuple[str, ...]:
        """Return the range of each class; none begins with the number that another ends with."""
        if self.view.what.class_codes:
            codes = self.view.what.class_codes
            return tuple(self.texts.t(f"export_{self.view.indicator}_{code}") for code in codes)
        lowers = self.table.classes.lowers
        return tuple(self._range(low, high) for low, high in zip_longest(lowers, lowers[1:]))

    def class_note(self) -> str:
        """Return what must be said of the classes: that a planner set them, or why there are none."""
        if self.table.has_symbols:
            if not self.symbol_labels():
                return ""  # no circle is drawn where nothing is known
            is_count = self.view.what.kind == "count"
            return self.texts.t("export_classes_symbols" if is_count else "export_classes_few")
        chosen = ClassLimits.from_address(self.view.classes)
        if chosen is None:
            return ""
        is_used = chosen.kind == self.view.what.kind
        return self.texts.t("export_classes_chosen" if is_used else "export_classes_other")

    def bound_labels(self) -> dict[str, str]:
        """Return the words of each pattern that the map has over its colours, by the code of the bound."""
        drawn = set(self.table.value_bounds)
        if self.table.parts:
            return {UNSURE: self.texts.t("export_bound_legend_parts")} if UNSURE in drawn else {}
        bounds = ("least", "most", "unsure")
        return {bound: self.texts.t(f"export_bound_legend_{bound}") for bound in bounds if bound in drawn}

    def symbol_labels(self) -> tuple[tuple[float, str], ...]:
        """Return the numbers whose symbols the legend shows, with their words; empty for a map of colours."""
        if not self.table.has_symbols:
            return ()
        column = self.view.indicator
        return tuple(
            (value, write_figure(value, column, self.texts))
            for value in legend_values(self.table.rows["value"])
        )

    def symbol_highest(self) -> float:
        """Return the number that the largest symbol of the map stands for; 0 for a map of colours."""
        return float(self.table.rows["value"].max()) if self.symbol_labels() else 0.0

    def symbol_area_label(self) -> str:
        """Return what the areas under symbols mean, which have no colour of their own; empty for a map of colours."""
        return self.texts.t("export_symbol_area") if self.symbol_labels() else ""

    def _range(self, low: float, high: float | None) -> str:
        """Return the numbers that are printed in a class, from `low` up to the last one before `high`."""
        is_share, t = self.view.what.kind == "share", self.texts.t
        ending = "%" if is_share else ""
        first = self.texts.number(low, decimals=DECIMALS)
        if high is None and not is_share:
            return t("export_class_last", low=first)
        if high is None:
            whole = self.texts.number(100)
            return (whole if low == 100 else t("export_class_range", low=first, high=whole)) + ending
        last = high - 10.0**-DECIMALS
        if low == 0 and round(last, DECIMALS) == 0:
            return f"<{self.texts.number(high, decimals=DECIMALS)}{ending}"
        # Zero has a class of its own, so the first one begins just above it.
        first = ">0" if low == 0 else first
        written = self.texts.number(last, decimals=DECIMALS)
        return (written if written == first else t("export_class_range", low=first, high=written)) + ending

    def _edge(self, value: float) -> str:
        """Return a number with as many decimals as it needs, at most four."""
        needed = next((n for n in range(4) if round(value, n) == round(value, 4)), 4)
        return str(self.texts.number(value, decimals=needed))

    def source_line(self, note: SourceNote) -> SourceLine:
        """Return a source in one line and in parts."""
        t = self.texts.t
        date = self.texts.date(note.as_of) if note.as_of else ""
        licence = licence_words(note.licence, self.texts)
        parts = {"name": note.name, "publisher": note.publisher, "licence": licence}
        parts = {key: plain_text(value or "") for key, value in parts.items()}
        key = "export_source_line" if date else "export_source_line_undated"
        attribution = plain_text(note.attribution or "")
        line = t(key, date=date, **parts)
        return SourceLine(
            text=f"{line} · {attribution}" if attribution else line,
            attribution=attribution,
            as_of=date,
            url=plain_text(note.url or ""),
            **parts,
        )

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

    def _credit(self, kind: str) -> str:
        """Return whose figures of a kind the view shows, as their sources ask to be named."""
        names = dict.fromkeys(note.attribution for note in self.table.sources if note.kind == kind)
        return plain_text("; ".join(filter(None, names)) or self.texts.t("export_no_source"))

    def people_notes(self) -> list[str]:
        """Say how and when the people were counted, and what of it is an estimate."""
        people, t, view = self.table.people, self.texts.t, self.view
        if view.what.is_of_residents:
            day = self.table.residents_on
            counted = [t("export_residents_counted", date=day)] if day else []
            return [*counted, t(f"export_residents_points_{self._spread_by()}")]
        if self.table.lacks_forecast:
            return [t("export_people_no_forecast", year=str(view.year))]
        if not view.what.has_people or people.counted_on is None:
            return (
                [t("export_people_unknown")]
                if view.question.needs_people and self.table.is_people_unknown
                else []
            )
        if view.group == "older":
            kinds = {note.kind for note in self.table.sources}
            told = {
                "date": people.counted_on,
                "age": view.age_from,
                "source": self._credit("residents_by_year" if "residents_by_year" in kinds else "population"),
            }
            notes = [
                t("export_people_older_projected" if people.is_projected else "export_people_older", **told)
            ]
        else:
            names = {known.indicator: known.name[self.texts.lang] for known in people_indicators()}
            indicator = plain_text(names.get(str(people.indicator), str(people.indicator)))
            notes = [t("export_people_counted", indicator=indicator, date=people.counted_on)]
            notes += newer_notes(self.table, self.texts)
        if people.has_estimates:
            notes.append(
                t(
                    f"export_people_estimated_{people.base_level}",
                    date=people.residents_on or people.counted_on,
                )
            )
        if self.table.is_people_unknown:
            notes.append(t("export_people_unknown"))
        elif view.question.people.year:
            notes += self._year_notes()
        if DISTANCE in view.what.choices:
            notes.append(t(f"export_people_points_{self._spread_by()}"))
            is_known_above = view.group != "older" and not self.table.is_people_unknown
            if is_known_above and not view.is_estimate and self.table.rows["value"].isna().any():
                notes.append(t("export_people_parts_unknown"))
        return notes

    def _year_notes(self) -> list[str]:
        """Say how people of another year are known, and that places are not of that year."""
        t, view = self.texts.t, self.view
        places = t("export_places_scenario" if view.scenario else "export_places_today")
        places = places if FORM in view.what.choices else ""
        if self.table.is_projected_by_powiats:
            told = {"year": str(view.year), "source": self._credit("population_projection"), "places": places}
            return [t(f"export_people_projected_{view.level}", **told)]
        is_before = view.year < CENSUS_YEAR
        if self.table.people_of_scope is not None:
            names = ("persons", "low", "high")
            told = {
                name: self.texts.number(round(number))
                for name, number in zip(names, self.table.people_of_scope, strict=True)
            }
            places = f"{t('export_people_variants', area=self.scope_name(), **told)} {places}".strip()
        return [
            *([t("export_people_before_census", year=str(view.year))] if is_before else []),
            *([places] if places else []),
        ]

    def _spread_by(self) -> str:
        """Return by what the people of a gmina are spread over it: the best of what is loaded."""
        loaded = {note.kind for note in self.table.sources}
        if "population_grid" in loaded:
            return "grid"
        if "localities" not in loaded:
            return "gminas"
        return "towns" if "places_population" in loaded else "localities"

    def norm_notes(self) -> list[str]:
        """Say what places are measured against, and who chose it."""
        norm, t = self.table.norm, self.texts.t
        if norm is None:
            return []
        if norm.default is None:
            return [t("export_norm_chosen", norm=self.values["norm"], capacity=self.values["capacity"])]
        if norm.default.reason_code:
            return [t(f"export_norm_{norm.default.reason_code}")]
        median = t(
            "export_norm_default",
            norm=self.values["norm"],
            capacity=self.values["capacity"],
            count=norm.default.areas_known,
            total=norm.default.areas_count,
        )
        if norm.own_per_1000 is None or norm.own_per_1000 == norm.places_per_1000:
            return [median]
        return [median, t("export_norm_shared", own=self._edge(round(norm.own_per_1000, 2)))]

    def _left_out_notes(self) -> list[str]:
        """Say how many places are in no row: nobody knows in which area they stand, or there is only evidence."""
        table, t = self.table, self.texts.t
        notes = [t("coarse.unplaced", count=table.unplaced)] if table.unplaced else []
        for level in ("powiat", "voivodeship"):
            here = [(name, count) for of_level, name, count in table.unplaced_in if of_level == level]
            if here:
                named = ", ".join(
                    t("coarse.unplaced_area", name=plain_text(name), count=count) for name, count in here
                )
                notes.append(t(f"coarse.unplaced_{level}", areas=named))
        if table.unconfirmed:
            notes.append(t("origin.apart_here", count=table.unconfirmed))
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
        if self.table.hanging:
            said = t("coarse.hanging", count=self.table.hanging)
            notes.append(f"{said} {t('coarse.hanging_gap')}" if self.table.answer is not None else said)
        return notes

    def _balance_notes(self) -> list[str]:
        """Say how the kinds of support are told apart, and which form is not sure to be of its kind."""
        notes = [self.texts.t("export_balance_note", **self.values)]
        forms = unsure_forms(self.view.group, kind_drawn(self.view))
        if forms:
            names = ", ".join(plain_text(support_forms()[form].name[self.texts.lang]) for form in forms)
            notes.append(self.texts.t("export_balance_unsure_note", forms=names))
        if self.table.bounds.isin([MOST, UNSURE]).any(axis=None):
            notes.append(self.texts.t("export_balance_shared_note"))
        return notes

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
        notes = [t(key, **self.values)] if self.texts.has(key) else []
        if view.indicator == "known_places":
            notes += counted_notes(self.table, self.texts)
        if answer is not None and answer.missing_places.bound:
            notes.append(t("gap.range_note"))
        if answer is not None and answer.unknown_gminas and view.question.people.year:
            notes.append(t("gap.part_year", year=str(view.year)))
        return notes

    def _bound_notes(self) -> list[str]:
        """Say what "at least", "at most" and "uncertain" mean, where they stand."""
        bounds = self.table.by_part.bounds
        # Of a balance, what is less or unsure is the kind of a form or for whom it is, and no list.
        told = ("least",) if self.view.indicator in BALANCE else ("least", "most", "unsure")
        # What stands in an area does not hang on what is in reach.
        here = "" if DISTANCE in self.view.what.choices else "_here"
        shared = "" if self._shared_services().empty else self.texts.t("export_bound_shared")
        return [
            self.texts.t(f"export_bound_{bound}_note{here if bound == 'least' else ''}", shared=shared)
            for bound in told
            if (bounds == bound).any(axis=None)
        ]

    def _form_notes(self) -> list[str]:
        """Say whose places of the form count, and which programme it was founded in."""
        if FORM not in self.view.what.choices:
            return []
        profile = (
            [self.texts.t("export_profile_note"), *self._shared()] if has_profiles(self.view.form) else []
        )
        return [*profile, *programme_notes([self.view.form], self.texts)]

    def _shared_services(self) -> pd.DataFrame:
        """Return the services of the form some of whose places may be for others."""
        services: pd.DataFrame = self.table.services
        if FORM not in self.view.what.choices:
            return services.iloc[:0]
        return services[services["is_for_others"].astype(bool)]

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

    def _scenario_kind(self) -> str:
        """Return whether the scenario changes anything of the form of the view; of all forms it is no question."""
        forms = {change.support_form for change in from_text(self.view.scenario).changes}
        is_other = FORM in self.view.what.choices and None not in forms and self.view.form not in forms
        return "other_note" if forms and is_other else "note"

    def notes(self) -> tuple[str, ...]:
        """Return the sentences without which the figures are easily misread."""
        t = self.texts.t
        notes = self._scenario_notes()
        notes += [*self._indicator_notes(), *self._use_notes(), *self.people_notes(), *self.norm_notes()]
        if self.table.together.parts:
            names = plain_text("; ".join(self.table.rows["name"].reindex(list(self.table.together.parts))))
            several = "_several" if len(self.table.together.parts) > 1 else ""
            by_part = "_each" if self.table.parts else ""
            notes.append(t(f"export_together{by_part}{several}", names=names))
        notes += [*self._bound_notes(), *self._form_notes(), *self._left_out_notes(), *self._way_notes()]
        return (*notes, *self._changed_notes())

    def firm_notes(self) -> tuple[str, ...]:
        """Return those of the notes that no picture leaves out: its numbers are not those of the lists as they are."""
        return (*self._scenario_notes(), *self._changed_notes())

    def _scenario_notes(self) -> list[str]:
        t, notes = self.texts.t, []
        if self.values["scenario"]:
            notes.append(t(f"export_scenario_{self._scenario_kind()}", scenario=self.values["scenario"]))
        if self.table.misfits:
            notes.append(t("export_scenario_misfit_note", count=self.table.misfits))
        return notes

    def _changed_notes(self) -> list[str]:
        """Say since when and of which day the lists are, and what differs from official figures."""
        t, view = self.texts.t, self.view
        notes = []
        if view.since and SINCE in view.what.choices:
            notes.append(t("export_since_note", date=self.texts.date(date.fromisoformat(view.since))))
        if view.date:
            notes.append(t("export_day_note", date=self.texts.date(view.date)))
        notes += [
            t(
                "export_difference_note",
                reason=plain_text(accepted.reason),
                figures=plain_text("; ".join(accepted.figures)),
            )
            for accepted in self.table.accepted_differences
        ]
        return notes
