"""Facilities of a form that are for other people than the group: they stand there, in no number of the group."""

import math
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from data.store.smallest_area import smallest_area
from data.vocabulary import forms_for_group, has_profiles, kind_of, screen_groups
from layers.answers.measures.inputs import MeasureInputs
from layers.indicators.balance import BALANCE
from layers.indicators.indicator import FORM
from layers.view.question import Question

_EVERYBODY: Final = "all"


@dataclass(frozen=True)
class Standing:
    """
    How many facilities there are and how many places they state.

    `places` is missing (NaN) where none states any; `is_least` says that one of them states none.
    """

    facilities: int
    places: float
    is_least: bool


@dataclass(frozen=True, eq=False)
class Others:
    """
    What stands in the areas of a table for other people than its group.

    Attributes
    ----------
    services
        One row per counted service of the form in the scope that is not for the group: `facility_id`, `need_groups`,
        `capacity_places`, `area_code` (of the level of the table; missing where nobody knows it) and `is_apart`,
        whether its facility has no service for the group. None where no form is asked.
    is_by_group
        Whether a place of the form may be for one group and not for another, so that "none" is none of this group.
    """

    services: pd.DataFrame | None = None
    is_by_group: bool = False

    @property
    def apart(self) -> Standing:
        """The facilities of the whole scope that have no service for the group."""
        return _standing(self._apart)

    def in_area(self, code: str) -> Standing:
        """Return those of them that stand in one area."""
        return _standing(self._apart[self._apart["area_code"] == code])

    def within(self, code: str) -> "Others":
        """Return the same of one area."""
        rows = self.services
        return self if rows is None else replace(self, services=rows[rows["area_code"] == code])

    @property
    def of_no_group(self) -> tuple[tuple[tuple[str, ...], Standing], ...]:
        """
        The services for people whom nobody can choose as a group, also in facilities that are for the group, too.

        By the groups that they are for together, the one with most places first: no view of the map has their places.
        """
        rows = self._rows
        chosen = {*screen_groups(), _EVERYBODY}
        rows = rows[rows["need_groups"].map(chosen.isdisjoint).astype(bool)]
        found = [
            (groups, _standing(of))
            for groups, of in rows.groupby(rows["need_groups"].map(_sorted), sort=True)
        ]
        return tuple(sorted(found, key=lambda pair: -_number(pair[1].places)))

    @property
    def _rows(self) -> pd.DataFrame:
        if self.services is not None:
            return self.services
        return pd.DataFrame(
            columns=["facility_id", "need_groups", "capacity_places", "area_code", "is_apart"]
        )

    @property
    def _apart(self) -> pd.DataFrame:
        rows = self._rows
        return rows[rows["is_apart"].astype(bool)]


def others_of(inputs: MeasureInputs) -> Others:
    """Return what stands in the scope of a question for other people than its group."""
    question = inputs.question
    if FORM not in question.what.choices:
        return Others(is_by_group=any(has_profiles(form) for form in _forms_of_kind(question)))
    services = inputs.world.services_for_others(question.help)
    code = services["voivodeship_code"].astype("string").fillna("")
    rows = services[code.str.startswith(question.scope_code).astype(bool)]
    area = smallest_area(rows).str[: inputs.digits]
    rows = rows[["facility_id", "need_groups", "capacity_places", "is_apart"]].assign(
        area_code=area.where(area.isin(inputs.areas.index))
    )
    return Others(pd.DataFrame(rows), is_by_group=has_profiles(question.form) or bool(len(rows)))


def _forms_of_kind(question: Question) -> tuple[str, ...]:
    """Return the forms for the group whose places a view of the balance draws; none for other views."""
    if question.indicator not in BALANCE:
        return ()
    kind = question.indicator.removesuffix("_per_1000")
    return tuple(form for form in forms_for_group(question.group) if kind_of(form).kind == kind)


def _standing(rows: pd.DataFrame) -> Standing:
    places = rows["capacity_places"].astype("Float64")
    stated = float(places.sum()) if places.notna().any() else math.nan
    return Standing(int(rows["facility_id"].nunique()), stated, bool(places.isna().any()))


def _sorted(groups: list[str]) -> tuple[str, ...]:
    return tuple(sorted(groups))


def _number(places: float) -> float:
    return 0.0 if math.isnan(places) else places
