"""The title of a map or table: what it shows, said as an answer in one sentence."""

import math
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from geo.printed_numbers import MOST, UNSURE, rounded
from layers.answers.area_table import AreaTable, unit_of
from layers.answers.value_classes import printed_values
from layers.indicators import INDICATORS
from layers.indicators.balance import BALANCE
from layers.indicators.indicator import DISTANCE, FORM
from layers.indicators.people import GROWTH_YEARS
from layers.text import Texts
from layers.view.view import View
from layers.words.area_names import in_areas
from layers.words.class_titles import classes_title, knowledge_title
from layers.words.day_words import days_of_places, list_years
from layers.words.gap_words import GapWords
from layers.words.known_places_words import counted_words
from layers.words.one_area_title import one_area_title, without_where
from layers.words.others_words import key_by_group
from layers.words.standing_titles import partial_title, rated_title, standing, standing_title

_ALL_PCT: Final = 100.0
_OF_REACH: Final = frozenset({"coverage", "access", "residents"})
"""Endings of titles that tell where somebody has something in reach."""
_LONGEST_TITLE: Final = 130
"""Letters that stand in three lines of a telephone 390 px wide, and in two of a window of 1,366 px."""


def title_of(table: AreaTable, texts: Texts, *, form: str, group: str, values: Mapping[str, Any]) -> str:
    """
    Return the title of a view: its heading, and after a line break what stands below it.

    Parameters
    ----------
    form, group
        Names of the form of support and of the need group.
    values
        What the texts of titles need, as `layers.words.view_words.Wording` gathers it.
    """
    title = _title(table, texts, form=form, group=group, values=values)
    if not table.view.own or table.question.is_own:
        return title
    # A choice that stays in the address is named where it changes nothing, too: the card's reach and gap go by it.
    head, _, below = title.partition("\n")
    return "\n".join([head, ". ".join(filter(None, (below, texts.t("export_title_own_unused"))))])


def _title(table: AreaTable, texts: Texts, *, form: str, group: str, values: Mapping[str, Any]) -> str:
    """Return the answer of a view, and what belongs to it below."""
    view = table.view
    if view.question.is_of_knowledge:
        about = _form_and_group(table, texts, form=form, group=group) + _lists_words(view, texts)
        return knowledge_title(table, texts, about)
    if view.what.class_codes:
        return classes_title(table, texts) + _lists_words(view, texts)
    about = subject_of(table, texts, form=form, group=group, values=values)
    if table.answer is not None and table.answer.is_known and not view.question.is_what_stands:
        gap = GapWords(table.answer, texts, form=view.form, way=values["way"])
        brief = (about, _form_and_group(table, texts, form=form, group=group), _capital(form))
        return _gap_title(brief, gap, texts)
    return _value_title(table, texts, about, values)


def _gap_title(subjects: tuple[str, ...], gap: GapWords, texts: Texts) -> str:
    """
    Return a title that is short enough for three lines of a telephone, and what stands below it.

    Parameters
    ----------
    subjects
        What it speaks of, the whole first; each of the others is how the one before it begins. Of the first that leaves
        the title short enough, or of the last, what is left out is told below first: whose places they are, the year.
    """
    missing = gap.heading()
    titles = {subject: texts.t("export_title_gaps", form=subject, gap=missing) for subject in subjects}
    subject = next((one for one, title in titles.items() if len(title) <= _LONGEST_TITLE), subjects[-1])
    left = subjects[0].removeprefix(subject).lstrip(" –,")
    of = texts.t("export_title_of", about=left) if left else ""
    below = ". ".join(filter(None, (of, gap.rest())))
    return "\n".join(filter(None, (titles[subject], below)))


def subject_of(table: AreaTable, texts: Texts, *, form: str, group: str, values: Mapping[str, Any]) -> str:
    """Return what a title speaks of, without its answer; the parameters are those of `title_of`."""
    view, t = table.view, texts.t
    about = _form_and_group(table, texts, form=form, group=group)
    if view.question.is_own:
        about = t("export_title_own", form=about)
    if values["scenario"]:
        about = t("export_title_scenario", form=about, scenario=values["scenario"])
    return about + _year_words(table, texts) + _lists_words(view, texts)


def _lists_words(view: View, texts: Texts) -> str:
    """Return of which earlier day the lists are; people and local plans are those of now whatever the day."""
    has_lists = view.indicator not in {"people", "local_plan"}
    return texts.t("export_title_lists_on_day", asked_day=view.date) if view.date and has_lists else ""


def _year_words(table: AreaTable, texts: Texts) -> str:
    """
    Return of which year the people are, whether anybody counted them then, and that places are those of today.

    Nothing where no people are told. Where the title says what stands there, its map and table have rates of them.
    """
    view = table.view
    if not view.question.people.year or table.is_people_unknown:
        return ""
    is_projected = table.people.is_projected or table.is_projected_by_powiats
    said = texts.t(f"export_title_year_{'projected' if is_projected else 'counted'}", year=str(view.year))
    has_places = FORM in view.what.choices and not view.scenario and not view.day
    return said + (texts.t("export_title_places_today") if has_places else "")


def _form_and_group(table: AreaTable, texts: Texts, *, form: str, group: str) -> str:
    # The group is part of the answer: a home for others is no place for it. So is that nobody counted its people.
    view = table.view
    if view.is_estimate and view.what.has_people and table.people.has_estimates:
        group = texts.t("export_title_estimate", group=group)
    about = f"{_capital(form)} – {group}" if FORM in view.what.choices else _capital(group)
    return f"{about} – {texts.t(f'support_kind.{kind_drawn(view)}')}" if view.indicator in BALANCE else about


def _value_title(table: AreaTable, texts: Texts, about: str, values: Mapping[str, Any]) -> str:
    """Return what the numbers say, or why there are none."""
    view = table.view
    if view.indicator == "known_places":
        return _known_places_title(table, texts, about, values)
    if view.question.is_what_stands:
        return standing_title(table, texts, about, values)
    if table.rows["value"].notna().any():
        if view.indicator == "people":
            return _people_title(table, texts, about)
        return _numbers_title(table, texts, about, values)
    return _valueless_title(table, texts, about, values)


def _valueless_title(table: AreaTable, texts: Texts, about: str, values: Mapping[str, Any]) -> str:
    """Return why no area has a value, and what is known all the same."""
    view, t = table.view, texts.t
    if table.is_people_unknown and view.question.needs_people:
        why = "no_forecast" if table.lacks_forecast else "unknown"
        return t(f"export_title_people_{why}", form=about, year=str(view.year))
    is_unstated = view.indicator == "places_per_1000" and bool(table.rows["capacity_places"].isna().all())
    if is_unstated and (parts := standing(table, texts, values)):
        return t("export_title_unrated", form=about, **parts)
    if said := rated_title(table, texts, about, values):
        return said
    has_no_norm = view.indicator == "gap_share" and table.norm is not None and not table.norm.is_known
    return t("export_title_no_norm" if has_no_norm else "export_title_no_data", form=about)


def kind_drawn(view: View) -> str:
    """Return the kind of support that a view of the balance draws."""
    return view.indicator.removesuffix("_per_1000")


def zero_kind(view: View) -> str:
    """Return the indicator whose words say what a zero means: no meals is best said as no facility."""
    is_of_places = view.indicator != "places_per_1000" or unit_of(view.form) == "places"
    return view.indicator if is_of_places else "facilities_count"


def _numbers_title(table: AreaTable, texts: Texts, about: str, values: Mapping[str, Any]) -> str:
    """Return where there is nothing, out of the areas that could be zero; or, without any zero, where there is some."""
    t, class_of, rows = texts.t, table.class_of, table.rows
    is_zero = (class_of == 0) | _is_nothing_there(table)
    zeros, known = int(is_zero.sum()), int(class_of.notna().sum())
    ending = INDICATORS[zero_kind(table.view)].title
    if zeros == 0:
        if said := rated_title(table, texts, about, values) or one_area_title(table, texts, about, values):
            return said
        if said := partial_title(table, texts, about, values):
            return said
        is_reach = ending in _OF_REACH
        rest = _unsure_words(table, texts) if is_reach else ""
        rest += texts.t("export_rest_unknown") if known < len(rows) else ""
        where = in_areas(table, texts, known)
        kind = "all" if ending in _OF_REACH - {"access"} and _is_everybody(table) else "some"
        return t(f"export_title_{kind}_{ending}", **values, form=about, where=where, rest=rest)
    has_register = FORM in table.view.what.choices
    is_told = class_of.notna()
    is_of_list = has_register and DISTANCE not in table.view.what.choices
    if is_of_list:
        # Outside a complete register an area is never a zero; inside, one with a facility surely is none.
        is_told |= rows["facilities_count"].notna()
    told = int((((rows["is_complete"] | (not has_register)) & is_told) | is_zero).sum())
    if told == len(class_of):
        of_total = t("export_total_all", total=told)
    else:
        # A share has no answer where something else is not known, in a complete register, too.
        key = "known" if is_of_list else "answered" if has_register else "told"
        of_total = t(f"export_total_{key}", count=told, total=len(class_of))
    key = key_by_group(f"export_title_zero_{ending}", table, texts)
    if len(rows) == 1:
        return without_where(t(key, **values, form=about, where="", of_total=""))
    return t(key, **values, form=about, where=in_areas(table, texts, zeros), of_total=of_total)


def _unsure_words(table: AreaTable, texts: Texts) -> str:
    """Return that there may be none after all in areas that are told, in all of them or in some; empty for none."""
    told = table.value_bounds[table.class_of.notna()]
    is_unsure = told.isin([UNSURE, MOST])
    if not is_unsure.any():
        return ""
    said = texts.t("export_rest_unsure_all" if is_unsure.all() else "export_rest_unsure_some")
    return f" {said}"


def _is_nothing_there(table: AreaTable) -> pd.Series:
    """Tell where there is no place for certain, also where the people are too few for the rate that would be zero."""
    rows = table.rows
    is_asked = table.view.indicator == "places_per_1000"
    return (
        (rows["facilities_count"] == 0).fillna(value=False).astype(bool) if is_asked else rows["value"] == 0
    )


def _is_everybody(table: AreaTable) -> bool:
    """Tell whether all known areas are printed as 100 %, for certain: "somebody has" would hide that nobody has not."""
    printed = printed_values(table.question, table.rows["value"]).dropna()
    return bool((printed == _ALL_PCT).all() and (table.value_bounds[printed.index] == "").all())


def _people_title(table: AreaTable, texts: Texts, about: str) -> str:
    """Return how many people there are, which part of residents, and by how much their number grows."""
    rows, t = table.rows, texts.t
    known = rows[rows["value"].notna()]
    words = {
        "people": _people_words(table, int(known["people"].sum()), texts),
        "share": _share_words(known, texts),
        "growth": _growth_words(known, texts) if not table.question.people.year else "",
    }
    if len(known) == len(rows):
        return t("export_title_people", form=about, **words)
    where, of_total = in_areas(table, texts, len(known)), t("export_total_all", total=len(rows))
    # Elsewhere people may have been counted on another day, which notes tell.
    kind = "_day" if table.newer_counts else ""
    return t(f"export_title_people_part{kind}", form=about, where=where, of_total=of_total, **words)


def _people_words(table: AreaTable, count: int, texts: Texts) -> str:
    """Return how many people there are now, of which day that is, and whether anybody counted them then."""
    said, people = texts.t("count.persons", count=count), table.people
    if table.question.people.year or people.counted_on is None:
        return said
    kind = "projected" if people.is_projected else "counted"
    return texts.t(f"export_title_people_{kind}", people=said, date=people.counted_on)


def _share_words(rows: pd.DataFrame, texts: Texts) -> str:
    residents = rows["residents_persons"].sum(skipna=False) if "residents_persons" in rows else math.nan
    if not residents > 0:
        return ""
    people = (rows["residents_share"] * rows["residents_persons"]).sum(skipna=False)
    return texts.t("export_title_people_share", share=texts.percent(people / residents))


def _growth_words(rows: pd.DataFrame, texts: Texts) -> str:
    year = GROWTH_YEARS[-1]
    name = f"people_in_{year}"
    then = rows[name].sum(skipna=False) if name in rows else math.nan
    if math.isnan(then) or not rows["people_now"].sum() > 0:
        return ""
    change = rounded(100 * (then / rows["people_now"].sum() - 1), 1)
    kind = "more" if change > 0 else "less" if change < 0 else "same"
    words = texts.t(f"export_title_people_{kind}", value=texts.number(abs(change), decimals=1))
    return texts.t("export_title_people_growth", year=str(year), change=words)


def _known_places_title(table: AreaTable, texts: Texts, about: str, values: Mapping[str, Any]) -> str:
    """Return how many places are known of, where, and of how many areas people were counted; of one area how many."""
    rows, t = table.rows, texts.t
    told = {"form": about, "capacity": values["capacity"], "counted": _counted_beside(table, texts)}
    known = rows[rows["value"] > 0]
    if known.empty:
        return t("export_title_known_places_none", **told)
    is_old = (table.value_bounds == UNSURE).any()
    is_least = (table.bounds["value"] != "").any() or rows["value"].isna().any() or table.left_out.unplaced
    places, where = texts.number(float(known["value"].sum())), ""
    if len(rows) > 1:
        of_total = t("export_total_all", total=len(rows))
        areas = in_areas(table, texts, len(known))
        where = " " + t("export_title_known_places_where", where=areas, of_total=of_total)
    if is_old:
        years = list_years(days_of_places(table), texts)
        return t("export_title_known_places_old", **told, value=places, where=where, years=years)
    value = t("at_least", value=places) if is_least else places
    return t("export_title_known_places", **told, value=value, where=where)


def _counted_beside(table: AreaTable, texts: Texts) -> str:
    """Return in how many areas people were counted; of one area how many and when."""
    rows = table.rows
    counted = int(rows["counted_people"].notna().sum()) if "counted_people" in rows else 0
    if not counted:
        return ""
    if len(rows) == 1:
        return f"; {counted_words(rows.iloc[0].to_dict(), texts)}"
    return texts.t("export_title_known_places_counted", where=in_areas(table, texts, counted))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
