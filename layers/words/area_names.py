"""Names of areas that tell namesakes apart: a town and the rural gmina around it often share a name."""

from collections.abc import Mapping

import pandas as pd

from data.registry.registry import Registry
from layers.answers.area_table import AreaTable
from layers.text import Texts


def area_names(table: AreaTable, registry: Registry, texts: Texts) -> dict[str, str]:
    """Return the name of each area; where one powiat has two of a name, with the kind of gmina."""
    if table.view.level != "gmina":
        return names_apart(table.rows, {}, texts)
    areas = registry.areas_of_level("gmina")
    return names_apart(table.rows, dict(zip(areas["area_code"], areas["kind"], strict=True)), texts)


def names_apart(rows: pd.DataFrame, kinds: Mapping[str, str], texts: Texts) -> dict[str, str]:
    """Return the name of each area of a table; where one powiat has two of a name, with the kind of gmina."""
    names = {str(code): str(name) for code, name in rows["name"].items()}
    for code in rows.index[rows.duplicated(["name", "powiat_name", "voivodeship_name"], keep=False)]:
        key = f"place.kind_{kinds.get(code)}"
        if texts.has(key):
            names[code] = texts.t("place.of_kind", name=names[code], kind=texts.t(key))
    return names


def area_labels(table: AreaTable, registry: Registry, texts: Texts) -> dict[str, str]:
    """Return the name of each area with the powiat and voivodeship it lies in."""
    names = area_names(table, registry, texts)
    labels: dict[str, str] = {}
    for code, row in table.rows[["name", "powiat_name", "voivodeship_name"]].to_dict("index").items():
        # Only a city that is a powiat of its own gives the powiat its very name.
        is_city = table.view.level == "gmina" and row["name"] == row["powiat_name"]
        key = {
            "gmina": "place.gmina_city" if is_city else "place.gmina_in_powiat",
            "powiat": "place.powiat",
            "voivodeship": "place.voivodeship",
        }[table.view.level]
        labels[str(code)] = texts.t(
            key, name=names[str(code)], powiat=row["powiat_name"], voivodeship=row["voivodeship_name"]
        )
    return labels
