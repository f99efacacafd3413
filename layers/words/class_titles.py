"""The title of an indicator in words: in how many areas the best class is, or where not enough is known."""

from data.quality.areas import COMPLETE_FRESH, COMPLETE_OLD
from data.store.names import polish_order
from layers.answers.area_table import AreaTable
from layers.text import Texts
from layers.words.area_names import in_areas


def classes_title(table: AreaTable, texts: Texts) -> str:
    """
    Return in how many areas the best class is; and of what the list that says so is complete.

    Only of a complete list is a number a part of all areas: of another, so many are named on it.
    """
    table = table.by_part
    class_of, name = table.class_of, table.view.indicator
    best = int((class_of == len(table.view.what.class_codes)).fillna(value=False).sum())
    is_whole = bool(table.rows["is_complete"].all())
    if not is_whole and class_of.isna().all():
        kind = "unknown"
    else:
        kind = ("whole" if is_whole else "part") + ("" if best else "_none")
    return texts.t(
        f"export_title_{name}_{kind}",
        where=in_areas(table, texts, best),
        of_total=_of_told(table, texts),
        nowhere=_nowhere(table, texts),
        complete=_completeness(table, texts),
    )


def _of_told(table: AreaTable, texts: Texts) -> str:
    """Return of how many areas: of those whose state is known, where it is not known of all."""
    known, areas = int(table.class_of.notna().sum()), len(table.class_of)
    return (
        texts.t("export_total_all", total=areas)
        if known == areas
        else texts.t("export_total_told", count=known)
    )


def _completeness(table: AreaTable, texts: Texts) -> str:
    """Return for which voivodeships the list of centres is complete, or of how many areas the plan is known."""
    if table.view.indicator == "local_plan":
        return texts.t(
            "export_state_known",
            known=in_areas(table, texts, int(table.class_of.notna().sum())),
            of_total=texts.t("export_total_all", total=len(table.class_of)),
        )
    names = table.rows.loc[table.rows["is_complete"], "voivodeship_name"].dropna().unique()
    if not len(names):
        return texts.t("export_list_whole_nowhere")
    return texts.t("export_list_whole_for", names=", ".join(sorted(names, key=polish_order)))


def _nowhere(table: AreaTable, texts: Texts) -> str:
    """Return "in none of 182 gminas"; Polish and Ukrainian say hundred with another preposition."""
    total = len(table.class_of)
    ending = "_hundred" if 100 <= total < 200 else ""
    return texts.t(f"export_nowhere_{table.view.level}{ending}", total=total)


def knowledge_title(table: AreaTable, texts: Texts, about: str) -> str:
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
        where=in_areas(table, texts, gaps or old),
        of_total=t("export_total_all", total=len(class_of)),
        rest=t("export_rest_nothing", where=in_areas(table, texts, nothing)) if nothing else "",
    )
