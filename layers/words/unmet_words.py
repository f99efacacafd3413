"""What readers did not find, in words for planners: how many reports of which areas, and that nobody checked them."""

import pandas as pd

from data.vocabulary import need_groups, support_forms
from layers.text import Texts


def unmet_lines(needs: pd.DataFrame, names: dict[str, str], group: str, texts: Texts) -> list[str]:
    """
    Return a line for each area of a view of which readers reported that they did not find help for a group.

    Parameters
    ----------
    needs
        As `data.corrections.unmet_needs.unmet_needs` returns.
    names
        Code of an area of the view → its name.
    """
    of_view = needs[(needs["need_group"] == group) & needs["area_code"].isin(names.keys())]
    return [
        texts.t(
            "unmet.area",
            name=names[row["area_code"]],
            count=row["reports"],
            since=row["first_on"],
            until=row["last_on"],
        )
        + _forms(row["forms"], texts)
        for row in of_view.to_dict("records")
    ]


def unmet_head(group: str, texts: Texts) -> str:
    """Return the text above the lines."""
    return texts.t("unmet.head", group=need_groups()[group].name[texts.lang])


def _forms(forms: dict[str, int], texts: Texts) -> str:
    if not forms:
        return ""
    said = ", ".join(f"{support_forms()[form].name[texts.lang]}: {count}" for form, count in forms.items())
    return f" {texts.t('unmet.forms', forms=said)}"
