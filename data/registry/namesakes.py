"""Areas that share their name: a town and the rural gmina around it often do."""

from typing import Final

import pandas as pd

GMINA_KINDS: Final = ("urban", "rural", "urban_rural")
"""Codes of the column `kind` that have words; powiats have others."""


def telling_kinds(areas: pd.DataFrame) -> dict[str, str]:
    """Return the kind of gminas that share their name with another one of their voivodeship, where it tells which."""
    same = ["name", "voivodeship_name"]
    if not {*same, "kind"} <= set(areas.columns):
        return {}
    shared = areas[areas.duplicated(same, keep=False) & areas["kind"].isin(GMINA_KINDS)]
    is_telling = shared.groupby(same)["kind"].transform("nunique") > 1
    return {str(code): str(kind) for code, kind in shared.loc[is_telling, "kind"].items()}
