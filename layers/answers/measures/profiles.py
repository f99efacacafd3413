"""For whom services are: a group at all, others besides it, or nobody knows which of the groups of their form."""

from collections.abc import Iterable
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from data.vocabulary import has_profiles, profile_groups, support_forms

COUNTED_WITH: Final = frozenset({"chronically_ill"})
"""Groups whose profile of a care home is counted for older people too (docs/method.md): they are no others."""


def is_for_group(services: gpd.GeoDataFrame, group: str) -> pd.Series:
    """Tell whether each service is for a group."""
    groups: pd.Series = services["need_groups"]
    return groups.map(lambda codes: group in codes or "all" in codes).astype(bool)


def is_for_others(services: gpd.GeoDataFrame, group: str) -> pd.Series:
    """
    Tell of services for a group whether others are let in, too, or no profile is known: any place may be theirs.

    Only of forms of which registers tell profiles: where they tell none, a form is for its groups together.
    """
    own = {group, *COUNTED_WITH}
    is_wider = services["need_groups"].map(lambda codes: "all" not in codes and not own.issuperset(codes))
    has_profile: pd.Series = services["support_form"].map(has_profiles).astype(bool)
    both: pd.Series = has_profile & is_wider.astype(bool)
    return both


def is_profile_unknown(services: gpd.GeoDataFrame) -> pd.Series:
    """Tell of which services nobody says for which of the groups of their form they are: perhaps not for this one."""

    def is_unknown(form: str, codes: Iterable[str], words: Any) -> bool:
        groups = support_forms()[form].need_groups
        if not has_profiles(form) or "all" in groups or set(codes) != set(groups):
            return False
        return not profile_groups(form, words if isinstance(words, str) else None)

    columns = (services[name] for name in ("support_form", "need_groups", "subtype"))
    return pd.Series(
        [is_unknown(*row) for row in zip(*columns, strict=True)], index=services.index, dtype=bool
    )
