"""How far is near, in words: kilometres of a line or of an estimated road, or minutes."""

from layers.text import Texts
from layers.view.view import View


def way_of(view: View, texts: Texts) -> str:
    """Return how far is near, and that only residents of the own gmina are counted where it is so."""
    way = _of_anybody(view, texts)
    return texts.t("way.own", way=way) if view.question.is_own else way


def _of_anybody(view: View, texts: Texts) -> str:
    if view.travel != "line":
        return texts.t(f"way.{view.travel}", count=view.minutes)
    if view.detour_pct == View.detour_pct:
        return texts.t("way.line", distance_km=view.distance_km)
    return texts.t("way.detour", distance_km=view.distance_km, factor=view.detour_pct / 100)
