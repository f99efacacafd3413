"""What readers did not find, in words for planners: how many reports of which areas, and that nobody checked them."""

import geopandas as gpd
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


def need_circles(
    needs: pd.DataFrame, areas: gpd.GeoDataFrame, names: dict[str, str], group: str, texts: Texts
) -> gpd.GeoDataFrame:
    """
    Return what the map draws of a group's reports (`layers.maps.need_circles.NeedCircles`): the areas that are told.

    Parameters
    ----------
    needs
        As `data.corrections.unmet_needs.unmet_needs` returns for the level of the areas.
    areas
        `area_code` and `label_point`, EPSG:4326.
    names
        Code of an area of the view → its name; others are left out.
    """
    of_view = needs[(needs["need_group"] == group) & needs["area_code"].isin(names.keys())]
    placed = of_view.merge(areas[["area_code", "label_point"]], on="area_code")
    told = [
        texts.t("unmet.on_map", name=names[row["area_code"]], count=row["reports"])
        for row in placed.to_dict("records")
    ]
    return gpd.GeoDataFrame(
        {"reports": placed["reports"], "told": pd.Series(told, index=placed.index, dtype=object)},
        geometry=gpd.GeoSeries(placed["label_point"], crs=areas.crs),
    )


def unmet_head(group: str, texts: Texts) -> str:
    """Return the text above the lines."""
    return texts.t("unmet.head", group=need_groups()[group].name[texts.lang])


def _forms(forms: dict[str, int], texts: Texts) -> str:
    if not forms:
        return ""
    said = ", ".join(f"{support_forms()[form].name[texts.lang]}: {count}" for form, count in forms.items())
    return f" {texts.t('unmet.forms', forms=said)}"
