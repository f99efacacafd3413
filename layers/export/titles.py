"""The title of a map or table: what it shows, said as an answer in one sentence."""

from collections.abc import Mapping
from typing import Any, Final

from data.quality.areas import COMPLETE_FRESH, COMPLETE_OLD
from layers.area_table import AreaTable, unit_of
from layers.gap_words import GapWords
from layers.indicators import FORM
from layers.measures.world import year_of
from layers.state import View
from layers.text import Texts

_ENDINGS: Final = {
    "places_per_1000": "places",
    "facilities_count": "facilities",
    "coverage_share": "coverage",
    "access_per_1000": "access",
    "community_share": "balance",
}


def title_of(table: AreaTable, texts: Texts, *, form: str, group: str, values: Mapping[str, Any]) -> str:
    """
    Return the title of a view.

    Parameters
    ----------
    form, group
        Names of the form of support and of the need group.
    values
        What the texts of titles need, as `layers.export.wording.Wording` gathers it.
    """
    view, t = table.view, texts.t
    # The group is part of the answer: a home for others is no place for it.
    about = f"{_capital(form)} – {group}" if FORM in view.what.choices else _capital(group)
    if view.is_of_knowledge:
        return _of_knowledge(table, texts, about)
    if view.what.class_codes:
        return _of_classes(table, texts)
    if values["scenario"]:
        about = t("export_title_scenario", form=about, scenario=values["scenario"])
    if year_of(view):
        about = t("export_title_year", form=about, year=str(view.year))
    if table.answer is not None and table.answer.is_known:
        gap = GapWords(table.answer, texts, form=view.form, way=values["way"]).sentence()
        return t("export_title_gaps", form=about, gap=gap)
    if table.rows["value"].notna().any():
        return _of_numbers(table, texts, about, values)
    if table.is_people_unknown and view.needs_people:
        return t("export_title_people_unknown", form=about)
    has_no_norm = view.indicator == "gap_share" and table.norm is not None and not table.norm.is_known
    return t("export_title_no_norm" if has_no_norm else "export_title_no_data", form=about)


def zero_kind(view: View) -> str:
    """Return the indicator whose words say what a zero means: no meals is best said as no facility."""
    is_of_places = view.indicator != "places_per_1000" or unit_of(view.form) == "places"
    return view.indicator if is_of_places else "facilities_count"


def _of_numbers(table: AreaTable, texts: Texts, about: str, values: Mapping[str, Any]) -> str:
    """Return where there is nothing, out of the areas that could be zero; or, without any zero, where there is some."""
    t, class_of, rows = texts.t, table.class_of, table.rows
    zeros, known = int((class_of == 0).sum()), int(class_of.notna().sum())
    ending = _ENDINGS[zero_kind(table.view)]
    if zeros == 0:
        rest = t("export_rest_unknown") if known < len(class_of) else ""
        where = _in_areas(table, texts, known)
        return t(f"export_title_some_{ending}", **values, form=about, where=where, rest=rest)
    has_register = FORM in table.view.what.choices
    is_told = class_of.notna()
    if table.view.indicator in {"places_per_1000", "facilities_count"}:
        # Outside a complete register an area is never a zero; inside, one with a facility surely is none.
        is_told |= (rows["facilities_count"] > 0).fillna(value=False).astype(bool)
    told = int((((rows["is_complete"] | (not has_register)) & is_told) | (class_of == 0)).sum())
    if told == len(class_of):
        of_total = t("export_total_all", total=told)
    else:
        of_total = t("export_total_known" if has_register else "export_total_told", count=told)
    where = _in_areas(table, texts, zeros)
    return t(f"export_title_zero_{ending}", **values, form=about, where=where, of_total=of_total)


def _of_classes(table: AreaTable, texts: Texts) -> str:
    """Return in how many areas the best class is, of all and of those that anything is known of."""
    class_of = table.class_of
    best = int((class_of == len(table.view.what.class_codes)).fillna(value=False).sum())
    return texts.t(
        f"export_title_{table.view.indicator}",
        where=_in_areas(table, texts, best),
        of_total=texts.t("export_total_all", total=len(class_of)),
        known=_in_areas(table, texts, int(class_of.notna().sum())),
    )


def _of_knowledge(table: AreaTable, texts: Texts, about: str) -> str:
    """Return where we do not know enough: first where no register is complete, then where it is old."""
    t, class_of = texts.t, table.class_of
    nothing = int(class_of.isna().sum())
    gaps = int((class_of.fillna(0) < COMPLETE_OLD).sum())
    old = int((class_of.fillna(0) < COMPLETE_FRESH).sum())
    if old == 0:
        return t("export_title_knowledge_all", form=about)
    kind = "nothing" if gaps == nothing > 0 else "gaps" if gaps else "old"
    if kind == "gaps" and gaps == len(class_of):
        kind = "nowhere"
    return t(
        f"export_title_knowledge_{kind}",
        form=about,
        where=_in_areas(table, texts, gaps or old),
        of_total=t("export_total_all", total=len(class_of)),
        rest=t("export_rest_nothing", where=_in_areas(table, texts, nothing)) if nothing else "",
    )


def _in_areas(table: AreaTable, texts: Texts, count: int) -> str:
    return texts.t(f"export_in_areas_{table.view.level}", count=count)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
