"""How many areas of a map are unknown for what lies in reach, and at which shorter distance more of them are known."""

from layers.answers.area_table import AreaTable
from layers.view.indicators import DISTANCE
from layers.view.offered import offered_km
from layers.view.view import View
from layers.words.reasons import missing_reasons


def unknown_for_reach(table: AreaTable) -> int:
    """Return how many areas have no number though their own people and list are known: their neighbours are not."""
    view = table.view
    if DISTANCE not in view.what.choices or view.travel != "line" or view.question.is_own:
        return 0
    has_norm = table.norm is not None and table.norm.is_known
    unknown = table.rows[table.rows["value"].isna()]
    return sum(
        missing_reasons(view.indicator, row, has_norm=has_norm) == ("reach",)
        for row in unknown.to_dict("records")
    )


def shorter_view(view: View, *, least_km: int) -> View | None:
    """
    Return the view at the next shorter distance that is offered; None for none.

    Parameters
    ----------
    least_km
        No shorter one means anything here (`layers.answers.measures.coarse_reach.least_distance_km`).
    """
    shorter = [km for km in offered_km(view.form) if least_km <= km < view.distance_km]
    return view.with_changes(distance_km=max(shorter)) if shorter else None


def known_count(table: AreaTable) -> int:
    """Return how many areas have a number."""
    return int(table.rows["value"].notna().sum())
