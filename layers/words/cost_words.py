"""What the support of an area costs, in words: the answer, tables of classes, and what they rest on."""

from typing import Any

import pandas as pd

from data.scenarios.cost_diagnosis import (
    STATES,
    is_paid_elsewhere,
)
from data.vocabulary import support_forms
from geo.printed_numbers import LEAST, UNSURE, Bound, bound_of
from layers.answers.area_table import unit_of
from layers.answers.cost_report import CostReport
from layers.answers.measures.stated_days import DayRange
from layers.text import Texts
from layers.words.day_words import day_range_words
from layers.words.figures import BOUND_TEXTS
from layers.words.form_words import programme_notes


def answer(report: CostReport, texts: Texts) -> str:
    """Return the sentence on top: what the support of the area costs a year, now and as proposed."""
    area = area_words(report, texts)
    if not report.has_costs:
        if not report.listed_forms:
            return texts.t("costs.answer_nothing", area=area)
        return texts.t("costs.answer_no_costs", area=area, count=len(report.listed_forms))
    total = report.diagnosis.total
    now, after = (
        write_zl(total[f"{state}_run_zl_year"], texts, bound=_bound_of_cost(total, state)) for state in STATES
    )
    if report.scenario is None:
        is_known = now != texts.t("no_data")
        return texts.t("costs.answer_now" if is_known else "costs.answer_unknown", area=area, cost=now)
    difference = write_change(total["difference_zl_year"], texts)
    return texts.t("costs.answer_proposed", area=area, now=now, proposed=after, difference=difference)


def area_words(report: CostReport, texts: Texts) -> str:
    """Return the area at the beginning of a sentence; only a powiat that is a city has a name of its own."""
    label = report.area_label
    return texts.t("costs.powiat", label=label) if label[:1].islower() else label


def class_table(report: CostReport, di_class: str, texts: Texts) -> pd.DataFrame:
    """
    Return the forms of a class that something is known of, and their sum, in words; empty when there is none.

    Without a scenario there is nothing proposed, and no column for it.
    """
    forms = report.diagnosis.forms
    is_known = forms[[f"{state}_facilities_count" for state in STATES]].notna().any(axis="columns")
    shown = forms[(forms["di_class"] == di_class) & is_known]
    states = _states_of(report)
    named = {
        state: "" if len(states) == 1 else "_now" if state == STATES[0] else "_proposed" for state in states
    }
    rows = []
    for form, row in shown.iterrows():
        cells = {texts.t("costs.form"): form_in_unit(str(form), texts)}
        for state, ending in named.items():
            cells[texts.t(f"costs.facilities{ending}")] = _facilities(row, state, texts)
        for state, ending in named.items():
            cells[texts.t(f"costs.places{ending}")] = _places(row, state, texts)
        rows.append(cells | _money(row, named, texts))
    if not rows:
        return pd.DataFrame()
    total = _money(report.diagnosis.classes.loc[[di_class]].iloc[0], named, texts)
    blank = dict.fromkeys(rows[0], "")
    rows.append(blank | {texts.t("costs.form"): texts.t("costs.sum")} | total)
    return pd.DataFrame(rows)


def elsewhere_forms(report: CostReport) -> tuple[str, ...]:
    """Return forms whose complete list names no place here, while residents may live in one elsewhere."""
    forms = report.diagnosis.forms
    is_none = (forms[[f"{state}_facilities_count" for state in STATES]] == 0).any(axis="columns")
    return tuple(code for code in forms.index[is_none.fillna(value=False)] if is_paid_elsewhere(str(code)))


def has_none_here(report: CostReport) -> bool:
    """Tell whether a form costs 0 zł because a complete list names no facility of it here."""
    forms = report.diagnosis.forms
    return any(_is_none_here(row, state) for _, row in forms.iterrows() for state in _states_of(report))


def unknown_forms(report: CostReport, texts: Texts) -> list[str]:
    """Return the names of forms of which nothing is listed here, where no list claims to be complete."""
    forms = report.diagnosis.forms
    is_unknown = forms[[f"{state}_facilities_count" for state in STATES]].isna().all(axis="columns")
    return [support_forms()[str(form)].name[texts.lang] for form in forms.index[is_unknown]]


def assumptions(report: CostReport, texts: Texts) -> list[str]:
    """Return the sentences without which the figures are easily misread."""
    t, total = texts.t, report.diagnosis.total
    notes = [t("costs.note_unit_costs"), t("costs.note_place")]
    if has_none_here(report):
        notes.append(t("costs.note_none_here"))
    if elsewhere_forms(report):
        notes.append(t("costs.note_elsewhere"))
    notes += programme_notes(report.listed_forms, texts)
    if any(total[f"{state}_is_run_at_least"] for state in STATES):
        notes.append(t("costs.note_at_least"))
    if any(report.diagnosis.forms[f"{state}_may_be_gone"].any() for state in STATES):
        notes.append(t("costs.note_unsure"))
    partial = int(total["proposed_unknown_cost_forms_count"])
    if partial:
        notes.append(t("costs.note_partial", count=partial))
    unknown = int(total["proposed_no_data_forms_count"])
    if unknown:
        notes.append(t("costs.note_no_data", count=unknown))
    notes += [t("costs.note_shared"), t("costs.note_offices"), t("costs.note_classes")]
    if report.scenario is not None:
        notes.append(t("costs.note_changes"))
    if report.problems_count:
        notes.append(t("costs.note_problems", count=report.problems_count))
    if report.view.date:
        notes.append(t("export_day_note", date=report.view.date))
    return notes


def as_of_words(report: CostReport, texts: Texts) -> str:
    """Return the days that the registers are of, as on maps; where there is none, that there is none."""
    return day_range_words(report.days, texts) if report.days != DayRange() else texts.t("export_no_list_any")


def as_of_line(report: CostReport, texts: Texts) -> str:
    """Return of which days the data are."""
    key = "export_as_of" if report.days != DayRange() else "export_as_of_none"
    return texts.t(key, date=as_of_words(report, texts))


def cost_label(form: str, field: str, texts: Texts) -> str:
    """Return what a unit cost (`layers.view.unit_costs.COST_FIELDS`) is of, with its unit."""
    unit = texts.t(f"costs.per_{unit_of(form)}")
    return texts.t(f"costs.label_{field}", form=_form_name(form, texts), unit=unit)


def form_in_unit(form: str, texts: Texts) -> str:
    """Return the name of a form, with what it is counted in where that is not places."""
    name, unit = _form_name(form, texts), unit_of(form)
    return name if unit == "places" else texts.t("costs.form_in", form=name, unit=texts.t(f"costs.in_{unit}"))


def write_zl(value: Any, texts: Texts, *, bound: Bound = "") -> str:
    """Return an amount in words; "at least nothing" tells nothing, so it is no data."""
    if pd.isna(value) or (bound and value == 0):
        return texts.t("no_data")
    written = texts.t("costs.zl", value=texts.number(int(str(value))))
    return texts.t(BOUND_TEXTS[bound], value=written) if bound else written


def write_change(value: Any, texts: Texts) -> str:
    """Return a difference of amounts with its sign."""
    if pd.isna(value):
        return texts.t("no_data")
    zl = int(str(value))
    sign = "+" if zl > 0 else "−" if zl < 0 else ""
    return sign + texts.t("costs.zl", value=texts.number(abs(zl)))


def _form_name(form: str, texts: Texts) -> str:
    name = support_forms()[form].name[texts.lang]
    return name[:1].upper() + name[1:]


def _facilities(row: pd.Series, state: str, texts: Texts) -> str:
    bound = bound_of(is_more=not row["is_complete"], is_less=row[f"{state}_may_be_gone"])
    return _count(row[f"{state}_facilities_count"], texts, bound=bound)


def _places(row: pd.Series, state: str, texts: Texts) -> str:
    is_partial = bool(row[f"{state}_capacity_unknown_count"] > 0)
    bound = bound_of(is_more=not row["is_complete"] or is_partial, is_less=row[f"{state}_places_may_be_gone"])
    return _count(row[f"{state}_known_places"], texts, bound=bound)


def _count(value: Any, texts: Texts, *, bound: Bound) -> str:
    if pd.isna(value):
        return texts.t("no_data")
    if bound and not value:
        return texts.t("unknown_count")
    written = texts.number(int(str(value)))
    return texts.t(BOUND_TEXTS[bound], value=written) if bound else written


def _bound_of_cost(row: pd.Series, state: str) -> Bound:
    """Return the bound of what a form or a sum costs a year: where a part may be gone, it may be more or less."""
    return UNSURE if row[f"{state}_is_run_unsure"] else LEAST if row[f"{state}_is_run_at_least"] else ""


def _states_of(report: CostReport) -> tuple[str, ...]:
    return STATES if report.scenario else STATES[:1]


def _is_none_here(row: pd.Series, state: str) -> bool:
    """Tell whether a form has no facility here and so costs nothing; a sum of forms has no count."""
    count, cost = row.get(f"{state}_facilities_count"), row[f"{state}_run_zl_year"]
    is_none = not pd.isna(count) and count == 0
    return is_none and not pd.isna(cost) and cost == 0 and not row[f"{state}_is_run_at_least"]


def _run_zl(row: pd.Series, state: str, texts: Texts) -> str:
    """Return what a form or a sum costs a year; of 0 zł whether it is only that no facility stands here."""
    written = write_zl(row[f"{state}_run_zl_year"], texts, bound=_bound_of_cost(row, state))
    return texts.t("costs.none_here", cost=written) if _is_none_here(row, state) else written


def _money(row: pd.Series, named: dict[str, str], texts: Texts) -> dict[str, str]:
    cells = {texts.t(f"costs.cost{ending}"): _run_zl(row, state, texts) for state, ending in named.items()}
    if len(named) > 1:
        cells[texts.t("costs.difference")] = write_change(row["difference_zl_year"], texts)
    return cells
