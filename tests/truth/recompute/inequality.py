"""How unevenly a rate is shared, by the formulas of docs/method.md."""

import numpy as np
import pandas as pd


def gini(rate: pd.Series, persons: pd.Series) -> float:
    """Return half the mean difference of two people's rates, over the mean."""
    share = (persons / persons.sum()).to_numpy()
    values = rate.to_numpy()
    return float(
        (share[:, None] * share * np.abs(values[:, None] - values)).sum() / (2 * (share * values).sum())
    )


def theil(rate: pd.Series, persons: pd.Series, groups: pd.Series) -> tuple[float, float, float]:
    """Return the index, its part within groups and its part between them."""
    p, s = persons / persons.sum(), rate * persons / (rate * persons).sum()
    whole = _information(s, p)
    between = _information(s.groupby(groups).sum(), p.groupby(groups).sum())
    return whole, whole - between, between


def _information(s: pd.Series, p: pd.Series) -> float:
    has_some = s > 0
    return float((s[has_some] * np.log(s[has_some] / p[has_some])).sum())


def served_shares(rate: pd.Series, persons: pd.Series) -> tuple[float, float]:
    """Return what the best-served tenth and the worst-served 40 % of people have of everything."""
    order = rate.sort_values().index
    people = np.concatenate([[0.0], (persons[order] / persons.sum()).cumsum()])
    things = np.concatenate([[0.0], ((rate * persons)[order] / (rate * persons).sum()).cumsum()])
    return float(1 - np.interp(0.9, people, things)), float(np.interp(0.4, people, things))
