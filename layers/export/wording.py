"""How a view is worded: its title as an answer, its classes, its sources, and what a reader must be told."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from data.export.plain import plain_text
from data.registry import COUNTRY
from data.scenarios.text import from_text
from data.vocabulary import forms_for_group, has_profiles, need_groups, people_indicators, support_forms
from geo.teryt import VOIVODESHIPS
from layers.area_table import AreaTable, unit_of
from layers.export.titles import title_of, zero_kind
from layers.indicators import DISTANCE, FORM, SINCE
from layers.measures.sources import SourceNote
from layers.measures.world import year_of
from layers.state import View
from layers.text import Texts


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
        there are for the group, `way` (how far is near), `norm`, and `scenario`, its title (empty for none).
    """

    def __init__(self, table: AreaTable, texts: Texts) -> None:
        view = table.view
        self.table, self.texts, self.view = table, texts, view
        self.form = plain_text(support_forms()[view.form].name[texts.lang])
        self.group = plain_text(need_groups()[view.group].name[texts.lang])
        self.date = self._date()
        self.unit_code = unit_of(view.form)
        capacity = texts.t(f"export_capacity_{self.unit_code}")
        self.values = {
            "group": self.group,
            "distance_km": view.distance_km,
            "capacity": capacity,
            "forms": len(forms_for_group(view.group)),
            "way": self._way(),
            "norm": self._norm(),
            "scenario": plain_text(from_text(view.scenario).title) if view.scenario else "",
        }
        self.indicator = texts.t(f"export_indicator_{view.indicator}", **self.values)
        is_of_classes = bool(view.what.class_codes)
        self.unit = "" if is_of_classes else texts.t(f"export_unit_{view.indicator}", **self.values)

    @property
    def is_one_day(self) -> bool:
        """Whether every register of the view states the same day."""
        newest, oldest = self.table.as_of, self.table.oldest_as_of
        return newest is not None and oldest in {None, newest} and not self.table.undated_sources

    def _date(self) -> str:
        newest, oldest, t = self.table.as_of, self.table.oldest_as_of, self.texts.t
        if newest is None:
            return t("export_undated")
        is_same = oldest is None or oldest == newest
        said = self.texts.date(newest) if is_same else t("export_dates", oldest=oldest, newest=newest)
        return said + t("export_some_undated") if self.table.undated_sources else said

    def _way(self) -> str:
        """Return how far is near: kilometres of a line or of an estimated road, or minutes."""
        view, t = self.view, self.texts.t
        if view.travel != "line":
            return t(f"way.{view.travel}", count=view.minutes)
        if view.detour_pct == View.detour_pct:
            return t("way.line", distance_km=view.distance_km)
        return t("way.detour", distance_km=view.distance_km, factor=view.detour_pct / 100)

    def _norm(self) -> str:
        """Return the norm as a number, or the words for no data."""
        norm = self.table.norm
        if norm is None or not norm.is_known:
            return self.texts.t("no_data")
        return self._edge(round(norm.places_per_1000, 2))

    def scope_name(self) -> str:
        """Return the name of Poland or of the voivodeship."""
        if self.view.scope == COUNTRY:
            return self.texts.t("export_scope_poland")
        names = self.table.rows["voivodeship_name"].dropna()
        name = plain_text(names.iloc[0]) if len(names) else VOIVODESHIPS.get(self.view.scope, self.view.scope)
        return self.texts.t("export_scope_voivodeship", name=name)

    def title(self) -> str:
        """Return the answer as a sentence."""
        return title_of(self.table, self.texts, form=self.form, group=self.group, values=self.values)

    def no_data_legend(self) -> str:
        """Return what the hatch of the map means."""
        of_words = f"export_{self.view.indicator}_nothing"
        return self.texts.t(of_words if self.view.what.class_codes else "export_no_data_legend")

    def zero_label(self) -> str | None:
        """Return the legend's words for zero, None when no area has a true zero."""
        return self.texts.t(f"export_zero_{zero_kind(self.view)}") if self.table.classes.has_zero else None

    def class_labels(self) -> tuple[str, ...]:
        """Return the range of each class; whole numbers begin with the first inside: none stands twice."""
        if self.view.what.class_codes:
            codes = self.view.what.class_codes
            return tuple(self.texts.t(f"export_{self.view.indicator}_{code}") for code in codes)
        ranges = list(pairwise(map(float, self.table.classes.edges)))
        if self.view.indicator == "facilities_count" and ranges:
            has_lowest = (self.table.rows["value"] == ranges[0][0]).any() and ranges[0][0] > 0
            first = ranges[0] if has_lowest else (ranges[0][0] + 1, ranges[0][1])
            ranges = [first, *((low + 1, high) for low, high in ranges[1:])]
        return tuple(self._range(low, high) for low, high in ranges)

    def _range(self, low: float, high: float) -> str:
        is_share = self.view.what.kind == "share"
        lowest, highest = (self._edge(100 * edge if is_share else edge) for edge in (low, high))
        if low == 0:
            # Zero has a class of its own, so this one begins just above it.
            lowest = f">{lowest}"
        text = highest if low == high else self.texts.t("export_class_range", low=lowest, high=highest)
        return f"{text}%" if is_share else text

    def _edge(self, value: float) -> str:
        """Return a class edge with as many decimals as it needs, at most four."""
        needed = next((n for n in range(4) if round(value, n) == round(value, 4)), 4)
        return str(self.texts.number(value, decimals=needed))

    def source_line(self, note: SourceNote) -> SourceLine:
        """Return a source in one line and in parts."""
        t = self.texts.t
        date = self.texts.date(note.as_of) if note.as_of else ""
        parts = {"name": note.name, "publisher": note.publisher, "licence": note.licence}
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

    def _people_notes(self) -> list[str]:
        """Say how and when the people were counted, and what of it is an estimate."""
        people, t, view = self.table.people, self.texts.t, self.view
        if not view.what.has_people or people.counted_on is None:
            return [t("export_people_unknown")] if view.needs_people and self.table.is_people_unknown else []
        if view.group == "older":
            notes = [t("export_people_older", date=people.counted_on, age=view.age_from)]
        else:
            names = {known.indicator: known.name[self.texts.lang] for known in people_indicators()}
            indicator = plain_text(names.get(str(people.indicator), str(people.indicator)))
            notes = [t("export_people_counted", indicator=indicator, date=people.counted_on)]
        if people.has_estimates:
            notes.append(
                t(
                    f"export_people_estimated_{people.base_level}",
                    date=people.residents_on or people.counted_on,
                )
            )
        if self.table.is_people_unknown:
            notes.append(t("export_people_unknown"))
        elif year_of(view):
            notes.append(t(f"export_people_projected_{view.level}", year=str(view.year)))
        if DISTANCE in view.what.choices:
            notes.append(t("export_people_points"))
            is_known_above = view.group != "older" and not self.table.is_people_unknown
            if is_known_above and not view.is_estimate and self.table.rows["value"].isna().any():
                notes.append(t("export_people_parts_unknown"))
        return notes

    def norm_notes(self) -> list[str]:
        """Say what places are measured against, and who chose it."""
        norm, t = self.table.norm, self.texts.t
        if norm is None:
            return []
        if norm.default is None:
            return [t("export_norm_chosen", norm=self.values["norm"], capacity=self.values["capacity"])]
        if norm.default.reason_code:
            return [t(f"export_norm_{norm.default.reason_code}")]
        return [
            t(
                "export_norm_default",
                norm=self.values["norm"],
                capacity=self.values["capacity"],
                count=norm.default.areas_known,
                total=norm.default.areas_count,
            )
        ]

    def _way_notes(self) -> list[str]:
        """Say how far is near, and of how many the way is not known."""
        t, view, off = self.texts.t, self.view, self.table.off_roads
        if DISTANCE not in view.what.choices:
            return []
        notes = [t(f"export_way_{'line' if view.travel == 'line' else 'road'}_note", **self.values)]
        if off is not None and (off.persons or off.facilities):
            persons = self.texts.number(off.persons)
            notes.append(t("export_off_roads_note", persons=persons, facilities=off.facilities))
        return notes

    def notes(self) -> tuple[str, ...]:
        """Return the sentences without which the figures are easily misread."""
        t, view, bounds = self.texts.t, self.view, self.table.bounds
        notes = []
        if self.values["scenario"]:
            notes.append(t("export_scenario_note", scenario=self.values["scenario"]))
        if view.is_of_knowledge:
            notes += [
                t(
                    "export_knowledge_note",
                    days=support_forms()[view.form].review_days,
                    date=self.table.measured_on,
                ),
                t("export_scores_note"),
            ]
        elif self.texts.has(f"export_{view.indicator}_note"):
            notes.append(t(f"export_{view.indicator}_note", **self.values))
        notes += [*self._people_notes(), *self.norm_notes()]
        for bound in ("least", "most", "unsure"):
            if (bounds == bound).any(axis=None):
                notes.append(t(f"export_bound_{bound}_note"))
        if FORM in view.what.choices and has_profiles(view.form):
            notes.append(t("export_profile_note"))
        notes += self._way_notes()
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
        return tuple(notes)
