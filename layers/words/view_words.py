"""How a view is worded: its names, its title as an answer, and its sources."""

from dataclasses import dataclass
from typing import Final

from data.scenarios.text import from_text
from data.store.plain_text import plain_text
from data.vocabulary import forms_for_group, need_groups, support_forms
from geo.teryt import COUNTRY, EXAMPLE_VOIVODESHIPS, VOIVODESHIPS
from layers.answers.area_table import AreaTable, unit_of
from layers.answers.measures.inputs import Norm
from layers.answers.measures.sources import SourceNote
from layers.answers.measures.stated_days import DayRange
from layers.indicators.balance import BALANCE
from layers.indicators.indicator import FORM
from layers.text import Texts
from layers.view.view import View
from layers.words.day_words import day_range_words, source_day
from layers.words.example_words import country_name
from layers.words.gap_words import people_of_norm
from layers.words.question_words import part_words, way_of
from layers.words.source_words import licence_words
from layers.words.titles import subject_of, title_of

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
        The day that the registers are of: one only when all of them state it. Where there is no list it is no day but
        says so (`has_no_list`).
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
                f"norm_{case}": texts.t(
                    f"gap.level_{case}_{self._level_kind()}", norm=self._norm(), people=self.norm_people()
                )
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
        days = self.table.days
        is_day = days.newest is not None and days.newest.precision == "day"
        return is_day and days.oldest in {None, days.newest} and not days.undated

    @property
    def has_no_list(self) -> bool:
        """
        Tell whether there is no list of the area at all, so that nothing of it is of any day.

        What is in reach is of the days of its neighbours then.
        """
        return self.table.days == DayRange() or self.table.has_no_list or self._is_untold

    @property
    def _is_untold(self) -> bool:
        """Whether nothing of councils, or of a kind of support, is known here: days of other rows are none of it."""
        is_of_list = FORM in self.view.what.choices or bool(self.table.rows["is_complete"].any())
        is_of_kinds = bool(self.view.what.class_codes) or self.view.indicator in BALANCE
        return is_of_kinds and not is_of_list and bool(self.table.class_of.isna().all())

    def _date(self) -> str:
        """Return the days of the lists; where there is none, that there is none, and the days of the neighbours'."""
        days = self.table.days
        if not self.has_no_list:
            return day_range_words(days, self.texts)
        if days != DayRange() and not self._is_untold:
            return self.texts.t("export_no_list_near", days=day_range_words(days, self.texts))
        kind = "form" if FORM in self.view.what.choices else "any"
        return self.texts.t(f"export_no_list_{kind}")

    def _level(self) -> Norm | None:
        """Return what places are measured against, in the map or only in a column beside it."""
        return self.table.norm or self.table.level_beside

    def _level_kind(self) -> str:
        """Tell what places are measured against: the median, a target, the first map's level, nothing that is known."""
        norm = self._level()
        if norm is None:
            return "any"
        if not norm.is_known:
            return "unset"
        return norm.kind

    def _norm(self) -> str:
        """Return the norm as a number; where there is none, the word for it."""
        norm = self._level()
        if norm is None or not norm.is_known:
            return self.texts.t("gap.level")
        return self.norm_number(norm.places_per_1000)

    def norm_people(self) -> str:
        """Return of which year the people of the median are, where a view shows others."""
        norm = self._level()
        return "" if norm is None else people_of_norm(norm, self.texts)

    def scope_name(self) -> str:
        """Return the name of Poland or of the voivodeship."""
        if self.view.scope == COUNTRY:
            return country_name(self.texts, is_example=self.table.is_invented)
        known = EXAMPLE_VOIVODESHIPS if self.table.is_invented else VOIVODESHIPS
        names = self.table.rows["voivodeship_name"].dropna()
        name = plain_text(names.iloc[0]) if len(names) else known.get(self.view.scope, self.view.scope)
        return self.texts.t("export_scope_voivodeship", name=name)

    def title(self) -> str:
        """Return the answer as a sentence, short enough for a heading; what belongs to it is `title_rest`."""
        return self._whole_title().partition("\n")[0]

    def title_rest(self) -> str:
        """Return what stands below the heading and belongs to it, in sentences; empty where it says all."""
        return self._whole_title().partition("\n")[2]

    def _whole_title(self) -> str:
        return title_of(self.table, self.texts, form=self.form, group=self.group, values=self.values)

    def subject(self) -> str:
        """Return what the answer is about, as its sentence begins."""
        return subject_of(self.table, self.texts, form=self.form, group=self.group, values=self.values)

    def norm_number(self, places_per_1000: float) -> str:
        """Return a norm with as many decimals as it needs, at most two."""
        value = round(places_per_1000, 2)
        needed = next((n for n in range(2) if round(value, n) == value), 2)
        return self.texts.number(value, decimals=needed)

    def source_line(self, note: SourceNote) -> SourceLine:
        """Return a source in one line and in parts."""
        t = self.texts.t
        date = source_day(note, self.texts)
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
