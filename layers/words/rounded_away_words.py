"""Why neither a number nor a share of what is missing is told where its estimate is rounded to none."""

from collections.abc import Iterable

import pandas as pd

from layers.answers.area_table import AreaTable
from layers.indicators.gap_share import MISSING
from layers.text import Texts
from layers.words.area_facts import AreaFacts

_IN_GAP = ("over_capacity_persons", "out_of_reach_persons")


def rounded_away_line(tables: Iterable[AreaTable], code: str, texts: Texts) -> str:
    """
    Return the reason where people of an area lack a place and the estimate of whole places is none; else nothing.

    Parameters
    ----------
    tables
        Of `gap_share`, of one or several years: the share of one year may be told, and that of another not, though
        more is missing then.

    Notes
    -----
    Places are rounded once for a voivodeship and shared out, so of a part of a place one area, or one year, has one
    and another none. What is none and may be more tells nothing, and a share beside it would tell of other people.
    """
    return texts.t("rounded_away.line") if any(_is_rounded_away(table, code) for table in tables) else ""


def of_triad(facts: AreaFacts, texts: Texts) -> str:
    """Return the reason for what stands on a card as of today, or of the year of the view."""
    return rounded_away_line((facts.triad.gap.table,), facts.code, texts) if facts.triad else ""


def of_later_years(facts: AreaFacts, texts: Texts) -> str:
    """Return the reason for what stands on a card of later years."""
    gaps = [figure.table for year in facts.forecast for figure in year.figures if figure.column == MISSING[0]]
    return rounded_away_line(gaps, facts.code, texts)


def _is_rounded_away(table: AreaTable, code: str) -> bool:
    row = table.rows.loc[code].to_dict()
    estimate, _, most = (float(row[name]) for name in MISSING)
    in_gap = sum(float(row[name]) for name in _IN_GAP)
    return bool(pd.isna(row["gap_share"])) and estimate == 0 and most > 0 and in_gap > 0
