"""How a view is worded: its title as an answer, its classes, its sources, and what a reader must be told."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from data.export.plain import plain_text
from data.quality.areas import COMPLETE_FRESH, COMPLETE_OLD, KNOWLEDGE
from data.registry import COUNTRY
from data.vocabulary import forms_for_group, has_profiles, need_groups, people_indicators, support_forms
from geo.teryt import VOIVODESHIPS
from layers.area_table import AreaTable, SourceNote, unit_of
from layers.text import Texts

_TITLE_SUFFIX = {"places_per_1000": "places", "facilities_count": "facilities", "coverage_share": "coverage"}


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
        What many texts need: `group`, `distance_km`, `capacity` (places, meals a day, jobs…) and `forms`, how
        many forms there are for the group.
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
        }
        self.indicator = texts.t(f"export_indicator_{view.indicator}", **self.values)
        self.unit = "" if view.is_of_knowledge else texts.t(f"export_unit_{view.indicator}", **self.values)

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

    def scope_name(self) -> str:
        """Return the name of Poland or of the voivodeship."""
        if self.view.scope == COUNTRY:
            return self.texts.t("export_scope_poland")
        names = self.table.rows["voivodeship_name"].dropna()
        name = plain_text(names.iloc[0]) if len(names) else VOIVODESHIPS.get(self.view.scope, self.view.scope)
        return self.texts.t("export_scope_voivodeship", name=name)

    def title(self) -> str:
        """Return the answer as a sentence; zeros are counted out of the areas that could be zero."""
        t, class_of = self.texts.t, self.table.class_of
        known = int(class_of.notna().sum())
        # The group is part of the answer: a home for others is no place for it.
        form = f"{self.form[:1].upper()}{self.form[1:]} – {self.group}"
        if self.view.is_of_knowledge:
            return self._title_of_knowledge(form)
        if known == 0:
            is_people_unknown = self.table.is_people_unknown and self.view.needs_people
            return t(
                "export_title_people_unknown" if is_people_unknown else "export_title_no_data", form=form
            )
        zeros = int((class_of == 0).sum())
        ending = _TITLE_SUFFIX[self._zero_kind()]
        if zeros == 0:
            where = self._in_areas(known)
            rest = t("export_rest_unknown") if known < len(class_of) else ""
            return t(f"export_title_some_{ending}", form=form, where=where, rest=rest, **self.values)
        where = self._in_areas(zeros)
        rows = self.table.rows
        # Outside a complete register an area is never a zero; inside, one with a facility surely is none.
        is_told = rows["is_complete"] & (
            class_of.notna() | (rows["facilities_count"] > 0).fillna(value=False)
        )
        told = int((is_told | (class_of == 0)).sum())
        of_total = (
            t("export_total_all", total=told)
            if told == len(class_of)
            else t("export_total_known", count=told)
        )
        return t(
            f"export_title_zero_{ending}",
            form=form,
            where=where,
            of_total=of_total,
            **self.values,
        )

    def _title_of_knowledge(self, form: str) -> str:
        """Return where we do not know enough: first where no register is complete, then where it is old."""
        t, class_of = self.texts.t, self.table.class_of
        nothing = int(class_of.isna().sum())
        gaps = int((class_of.fillna(0) < COMPLETE_OLD).sum())
        old = int((class_of.fillna(0) < COMPLETE_FRESH).sum())
        if old == 0:
            return t("export_title_knowledge_all", form=form)
        kind = "nothing" if gaps == nothing > 0 else "gaps" if gaps else "old"
        if kind == "gaps" and gaps == len(class_of):
            kind = "nowhere"
        rest = t("export_rest_nothing", where=self._in_areas(nothing)) if nothing else ""
        return t(
            f"export_title_knowledge_{kind}",
            form=form,
            where=self._in_areas(gaps or old),
            of_total=t("export_total_all", total=len(class_of)),
            rest=rest,
        )

    def _in_areas(self, count: int) -> str:
        return self.texts.t(f"export_in_areas_{self.view.level}", count=count)

    def no_data_legend(self) -> str:
        """Return what the hatch of the map means."""
        of_knowledge = "export_knowledge_nothing"
        return self.texts.t(of_knowledge if self.view.is_of_knowledge else "export_no_data_legend")

    def zero_label(self) -> str | None:
        """Return the legend's words for zero, None when no area has a true zero."""
        return self.texts.t(f"export_zero_{self._zero_kind()}") if self.table.classes.has_zero else None

    def _zero_kind(self) -> str:
        """Return the indicator whose words say what a zero means: no meals is best said as no facility."""
        is_of_places = self.view.indicator != "places_per_1000" or self.unit_code == "places"
        return self.view.indicator if is_of_places else "facilities_count"

    def class_labels(self) -> tuple[str, ...]:
        """Return the range of each class; whole numbers begin with the first inside: none stands twice."""
        if self.view.is_of_knowledge:
            return tuple(self.texts.t(f"export_knowledge_{code}") for code in KNOWLEDGE.values())
        ranges = list(pairwise(map(float, self.table.classes.edges)))
        if self.view.indicator == "facilities_count" and ranges:
            has_lowest = (self.table.rows["value"] == ranges[0][0]).any() and ranges[0][0] > 0
            first = ranges[0] if has_lowest else (ranges[0][0] + 1, ranges[0][1])
            ranges = [first, *((low + 1, high) for low, high in ranges[1:])]
        return tuple(self._range(low, high) for low, high in ranges)

    def _range(self, low: float, high: float) -> str:
        is_share = self.view.indicator == "coverage_share"
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

    def _people_counted(self, method_key: str, counted_on: date) -> str:
        """Say how and when the people were counted: figures of different methods are not the same figure."""
        if self.texts.has(f"export_people_{method_key}"):
            return self.texts.t(f"export_people_{method_key}", date=counted_on)
        names = {known.indicator: known.name[self.texts.lang] for known in people_indicators()}
        indicator = plain_text(names.get(method_key, method_key))
        return self.texts.t("export_people_counted", indicator=indicator, date=counted_on)

    def notes(self) -> tuple[str, ...]:
        """Return the sentences without which the figures are easily misread."""
        t = self.texts.t
        notes = []
        people = self.table.people
        if self.view.is_of_knowledge:
            notes += [
                t(
                    "export_knowledge_note",
                    days=support_forms()[self.view.form].review_days,
                    date=self.table.measured_on,
                ),
                t("export_scores_note"),
            ]
        elif self.table.is_people_unknown:
            if self.view.needs_people:
                notes.append(t("export_people_unknown"))
        elif people.counted_on is not None:
            notes.append(self._people_counted(people.method_key, people.counted_on))
        if self.table.rows["is_lower_bound"].any():
            notes.append(t("export_lower_bound_note"))
        if has_profiles(self.view.form):
            notes.append(t("export_profile_note"))
        if self.view.indicator == "coverage_share":
            notes.append(t("export_distance_note"))
        if self.view.date:
            notes.append(t("export_day_note", date=self.texts.date(self.view.date)))
        notes += [
            t(
                "export_difference_note",
                reason=plain_text(accepted.reason),
                figures=plain_text("; ".join(accepted.figures)),
            )
            for accepted in self.table.accepted_differences
        ]
        return tuple(notes)
