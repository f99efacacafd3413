"""Announced costs of a form in one voivodeship, to be offered to a planner: never a default, never of another area."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from layers.answers.same_homes import homes_of

LEAST_FOR_QUARTILES: Final = 10
"""Quartiles of fewer homes would be those of the list and not of the voivodeship."""
QUARTILES: Final = ("low", "middle", "high")
_PER_YEAR: Final = 12
"""A year of a place is twelve months; a year of an hour a month is twelve hours."""


@dataclass(frozen=True)
class Offer:
    """One announced figure: `value_zl` as announced, `zl_year` for a place (or an hour a month) a year."""

    name: str
    locality_name: str
    powiat_name: str
    year: int
    value_zl: float
    is_first_hand: bool
    act: str
    source_url: str

    @property
    def zl_year(self) -> int:
        """Whole zł a year for one place, or for one hour a month."""
        return per_year(self.value_zl)


@dataclass(frozen=True)
class Quartiles:
    """Lower quartile, median and upper quartile of `count` figures of one year, in zł as announced."""

    year: int
    count: int
    zl: tuple[float, float, float]


@dataclass(frozen=True)
class OfferedCosts:
    """What is known of a form in a voivodeship: the newest figure of each home or gmina, and quartiles if there are."""

    unit: str
    offers: tuple[Offer, ...]
    quartiles: Quartiles | None

    def equal_to(self, zl_year: int) -> tuple[tuple[Offer, ...], tuple[str, ...]]:
        """Return the offers, and the names of `QUARTILES`, that are a cost of so much a year."""
        offers = tuple(offer for offer in self.offers if offer.zl_year == zl_year)
        zl = self.quartiles.zl if self.quartiles is not None else ()
        return offers, tuple(
            name for name, value in zip(QUARTILES, zl, strict=False) if per_year(value) == zl_year
        )


def per_year(value_zl: float) -> int:
    """Return whole zł a year: of the amount to the grosz, as it is told."""
    return round(round(value_zl, 2) * _PER_YEAR)


def offered_costs(known: pd.DataFrame, form: str, voivodeship_code: str) -> OfferedCosts | None:
    """
    Return what is known of the cost of a form in a voivodeship; None when nothing is.

    Quartiles are of the newest year for which acts or office lists tell at least `LEAST_FOR_QUARTILES` figures; what
    was told second-hand is offered by itself and is in none.

    Parameters
    ----------
    known
        As `data.reading.cost_queries.known_costs` returns.
    """
    here = known[(known["support_form"] == form) & (known["voivodeship_code"] == voivodeship_code)]
    if here.empty:
        return None
    # Hours of a whole powiat have no locality; of others no act and no address is told.
    texts = ["powiat_name", "locality_name", "act", "source_url"]
    here = here.assign(**{name: here[name].fillna("") for name in texts})
    newest = here.sort_values("year", ascending=False, kind="stable")
    newest = newest[~homes_of(newest).duplicated()]
    ordered = newest.sort_values(["powiat_name", "name"], kind="stable")
    offers = tuple(
        Offer(
            name=row["name"],
            locality_name=row["locality_name"],
            powiat_name=row["powiat_name"],
            year=int(row["year"]),
            value_zl=float(row["value_zl"]),
            is_first_hand=bool(row["is_first_hand"]),
            act=row["act"],
            source_url=row["source_url"],
        )
        for row in ordered.to_dict("records")
    )
    return OfferedCosts(str(here["unit"].iloc[0]), offers, _quartiles(here))


def _quartiles(here: pd.DataFrame) -> Quartiles | None:
    sure = here[here["is_first_hand"].astype(bool)]
    counts = sure.groupby("year").size()
    years = counts[counts >= LEAST_FOR_QUARTILES].index
    if years.empty:
        return None
    year = int(years.max())
    values = sure.loc[sure["year"] == year, "value_zl"].astype(float)
    low, middle, high = (float(values.quantile(share)) for share in (0.25, 0.5, 0.75))
    return Quartiles(year, len(values), (low, middle, high))
