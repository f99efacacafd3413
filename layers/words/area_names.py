"""Names of areas that tell namesakes apart: a town and the rural gmina around it often share a name."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from data.registry.once import once_for_registry
from data.registry.registry import Registry
from data.store.names import GMINA_KINDS, telling_kinds
from geo.teryt import CODE_DIGITS
from layers.answers.area_table import AreaTable
from layers.text import Texts

_LEVEL_OF_DIGITS = {digits: level for level, digits in CODE_DIGITS.items()}


def lone_names(areas: pd.DataFrame, texts: Texts) -> dict[str, str]:
    """
    Return the name of each area where no powiat stands beside it.

    A gmina that is not the only one of its name has its kind with it, and its powiat where namesakes are of one kind; a
    powiat its voivodeship.

    Parameters
    ----------
    areas
        Indexed by `area_code`: `name`, `kind`, `powiat_name`, `voivodeship_name`; areas of one level.
    """
    names = {str(code): str(name) for code, name in areas["name"].items()}
    shared = areas[areas.duplicated("name", keep=False)]
    kinds = shared["kind"].where(shared["kind"].isin(GMINA_KINDS))
    is_telling = kinds.groupby(shared["name"]).transform("nunique") > 1
    is_alike = shared.assign(kind=kinds).duplicated(["name", "kind"], keep=False)
    for code, row in shared.to_dict("index").items():
        area = str(code)
        parts = [texts.t(f"place.kind_{row['kind']}")] if is_telling[area] else []
        if is_alike[area]:
            parts.append(_parent(area, row, texts))
        names[area] = _told_apart(names[area], parts, texts)
    return names


def names_beside(areas: pd.DataFrame, texts: Texts) -> dict[str, str]:
    """Return the name of each area where its powiat stands beside it: of namesakes in a voivodeship with the kind."""
    names = {str(code): str(name) for code, name in areas["name"].items()}
    for code, kind in telling_kinds(areas).items():
        names[code] = _told_apart(names[code], [texts.t(f"place.kind_{kind}")], texts)
    return names


@once_for_registry
def names_of_level(registry: Registry, level: str, texts: Texts) -> dict[str, str]:
    """Return the name of each area of a level in the whole country as it stands alone."""
    return lone_names(registry.areas_of_level(level).set_index("area_code"), texts)


@once_for_registry
def gmina_labels(registry: Registry, texts: Texts) -> dict[str, str]:
    """Return the name of each gmina with the powiat and voivodeship it lies in, every gmina by itself."""
    return area_labels(registry.own_gminas.areas_by_code("gmina"), texts)


def area_labels(areas: pd.DataFrame, texts: Texts) -> dict[str, str]:
    """
    Return the name of each area with the powiat and voivodeship it lies in.

    Parameters
    ----------
    areas
        Of one level, indexed by `area_code`: `name`, `powiat_name`, `voivodeship_name`, `kind`.
    """
    names = names_beside(areas, texts)
    labels: dict[str, str] = {}
    for code, row in areas[["name", "powiat_name", "voivodeship_name"]].to_dict("index").items():
        # Only a city that is a powiat of its own gives the powiat its very name.
        level = _LEVEL_OF_DIGITS[len(str(code))]
        is_city = level == "gmina" and row["name"] == row["powiat_name"]
        key = {
            "gmina": "place.gmina_city" if is_city else "place.gmina_in_powiat",
            "powiat": "place.powiat",
            "voivodeship": "place.voivodeship",
        }[level]
        labels[str(code)] = texts.t(
            key, name=names[str(code)], powiat=row["powiat_name"], voivodeship=row["voivodeship_name"]
        )
    return labels


def _parent(code: str, row: Mapping[Hashable, Any], texts: Texts) -> str:
    """Return what an area lies in: a gmina in its powiat, a powiat in its voivodeship."""
    parent = "powiat" if len(code) == CODE_DIGITS["gmina"] else "voivodeship"
    return texts.t(f"place.in_{parent}", name=row[f"{parent}_name"])


def _told_apart(name: str, parts: Sequence[str], texts: Texts) -> str:
    return texts.t("place.of_kind", name=name, kind=", ".join(parts))


def in_areas(table: AreaTable, texts: Texts, count: int) -> str:
    """Return "in 3 gminas"."""
    return texts.t(f"export_in_areas_{table.view.level}", count=count)
