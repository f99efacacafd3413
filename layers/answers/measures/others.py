"""Facilities of a form that are for other people than the group: they stand there, in no number of the group."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import geopandas as gpd
import pandas as pd

from data.store.smallest_area import smallest_area
from data.vocabulary import forms_for_group, has_profiles, kind_of, screen_groups
from data.vocabulary.profiles import named_profiles, profiles_of_form
from geo.frames import is_among
from layers.answers.measures.inputs import MeasureInputs
from layers.indicators.balance import BALANCE
from layers.indicators.indicator import FORM
from layers.view.question import Question

_EVERYBODY: Final = "all"
_COLUMNS: Final = ("facility_id", "need_groups", "profiles", "capacity_places", "area_code", "may_be_gone")


@dataclass(frozen=True)
class Standing:
    """
    How many facilities there are and how many places they state.

    `places` is missing (NaN) where there are some and none states any; `is_least` says that one of them states none;
    `may_be_gone`, that one may have closed since its row (`layers.answers.measures.old_rows`), and
    `places_may_be_gone`, that one of those states places.
    """

    facilities: int
    places: float
    is_least: bool
    may_be_gone: bool = False
    places_may_be_gone: bool = False


@dataclass(frozen=True)
class Account:
    """
    All facilities of a form somewhere, and their places told once: the three parts add up to the whole.

    Attributes
    ----------
    alone
        Places for the group and nobody else.
    shared
        Those that the group shares with others, or of which no profile is known: counted for the group as *at most*.
    others
        Those for other people, in facilities of their own and in those that are for the group, too.
    """

    whole: Standing
    alone: Standing
    shared: Standing
    others: Standing


@dataclass(frozen=True)
class OfNoGroup:
    """
    Places for people whom nobody can choose as a group.

    `profiles` are the codes of the profiles that they are for together (`data.vocabulary.profiles`); where the list
    names none, `groups` are told.
    """

    profiles: tuple[str, ...]
    groups: tuple[str, ...]
    standing: Standing


@dataclass(frozen=True, eq=False)
class Others:
    """
    What stands in the areas of a table for other people than its group.

    Attributes
    ----------
    services
        One row per counted service of the form in the scope that is not for the group: `facility_id`, `need_groups`,
        `profiles` (codes, as in `OfNoGroup`), `capacity_places`, `area_code` (of the level of the table; missing where
        nobody knows it), `may_be_gone` and `is_apart`, whether its facility has no service for the group. None where no
        form is asked.
    ours
        Those that are for the group, in the same columns, with `is_for_others` in place of `is_apart`.
    is_by_group
        Whether a place of the form may be for one group and not for another, so that "none" is none of this group.
    chosen_profiles
        Codes of the profiles whose places are counted for several groups.
    """

    services: pd.DataFrame | None = None
    ours: pd.DataFrame | None = None
    is_by_group: bool = False
    chosen_profiles: frozenset[str] = frozenset()

    @property
    def apart(self) -> Standing:
        """The facilities of the whole scope that have no service for the group."""
        return _standing(self._apart)

    @property
    def beside(self) -> Standing:
        """The places for others in facilities of the whole scope that are for the group, too."""
        rows = self._rows
        return _standing(rows[~rows["is_apart"].astype(bool)])

    @property
    def account(self) -> Account:
        """All facilities of the form in the whole scope, for whomever they are."""
        rows = self._rows
        ours = self.ours if self.ours is not None else rows.assign(is_for_others=False).iloc[:0]
        is_shared = ours["is_for_others"].astype(bool)
        columns = ["facility_id", "capacity_places", "may_be_gone"]
        return Account(
            whole=_standing(pd.concat([ours[columns], rows[columns]])),
            alone=_standing(ours[~is_shared]),
            shared=_standing(ours[is_shared]),
            others=_standing(rows),
        )

    def within(self, code: str) -> "Others":
        """Return the same of one area."""
        rows, ours = self._by_area
        return replace(
            self,
            services=None if self.services is None else rows.get(code, self.services.iloc[:0]),
            ours=None if self.ours is None else ours.get(code, self.ours.iloc[:0]),
        )

    def has_any_in(self, code: str) -> bool:
        """Tell whether anything stands in an area for others."""
        return code in self._by_area[0]

    @cached_property
    def _by_area(self) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
        """The services for others, and those for the group, by area: a table asks for each of 2,477."""
        return _parted(self.services), _parted(self.ours)

    @property
    def of_no_group(self) -> tuple[OfNoGroup, ...]:
        """
        The services for people whom nobody can choose as a group, also in facilities that are for the group, too.

        By the profiles that they are for together, the one with most places first: no view of the map has their places.
        """
        rows = self._rows
        chosen = {*screen_groups(), _EVERYBODY}
        rows = rows[rows["need_groups"].map(chosen.isdisjoint).astype(bool)]
        whom = [
            (profiles, () if profiles else _sorted(groups))
            for profiles, groups in zip(rows["profiles"], rows["need_groups"], strict=True)
        ]
        found = [OfNoGroup(*of, _standing(rows[[told == of for told in whom]])) for of in sorted(set(whom))]
        return tuple(sorted(found, key=lambda told: -_number(told.standing.places)))

    @property
    def by_choice(self) -> OfNoGroup | None:
        """
        The places for the group alone that are of profiles of other people, too: counted here by our choice.

        Their `profiles` are all that there are; None where there are none, and where no profile is told.
        """
        if self.ours is None:
            return None
        rows = self.ours[~self.ours["is_for_others"].astype(bool)]
        found = rows[
            rows["profiles"]
            .map(lambda codes: bool(codes) and self.chosen_profiles.issuperset(codes))
            .astype(bool)
        ]
        if found.empty:
            return None
        return OfNoGroup(
            _sorted({code for codes in found["profiles"] for code in codes}), (), _standing(found)
        )

    @property
    def _rows(self) -> pd.DataFrame:
        if self.services is not None:
            return self.services
        return pd.DataFrame(columns=[*_COLUMNS, "is_apart"])

    @property
    def _apart(self) -> pd.DataFrame:
        rows = self._rows
        return rows[rows["is_apart"].astype(bool)]


def others_of(inputs: MeasureInputs) -> Others:
    """Return what stands in the scope of a question for other people than its group."""
    question = inputs.question
    if FORM not in question.what.choices:
        return Others(is_by_group=any(has_profiles(form) for form in _forms_of_kind(question)))
    world, of = inputs.world, question.help
    services, ours = (
        _in_scope(rows, inputs, flag)
        for rows, flag in ((world.services_for_others(of), "is_apart"), (world.services(of), "is_for_others"))
    )
    several = {one.code for one in profiles_of_form(question.form) if len(one.need_groups) > 1}
    is_by_group = has_profiles(question.form) or bool(len(services))
    return Others(services, ours, is_by_group=is_by_group, chosen_profiles=frozenset(several))


def _in_scope(services: gpd.GeoDataFrame, inputs: MeasureInputs, flag: str) -> pd.DataFrame:
    """Return the services of the scope with the columns of `Others` and a flag."""
    code = services["voivodeship_code"].astype("string").fillna("")
    rows = services[code.str.startswith(inputs.question.scope_code).astype(bool)]
    area = smallest_area(rows).str[: inputs.digits]
    profiles = [
        tuple(one.code for one in named_profiles(form, words if isinstance(words, str) else None, groups))
        for form, words, groups in zip(
            rows["support_form"], rows["subtype"], rows["need_groups"], strict=True
        )
    ]
    told = rows.assign(
        area_code=area.where(is_among(area, inputs.areas.index)),
        profiles=pd.Series(profiles, index=rows.index, dtype=object),
    )
    return pd.DataFrame(told[[*_COLUMNS, flag]])


def _forms_of_kind(question: Question) -> tuple[str, ...]:
    """Return the forms for the group whose places a view of the balance draws; none for other views."""
    if question.indicator not in BALANCE:
        return ()
    kind = question.indicator.removesuffix("_per_1000")
    return tuple(form for form in forms_for_group(question.group) if kind_of(form).kind == kind)


def _parted(rows: pd.DataFrame | None) -> dict[str, pd.DataFrame]:
    return {} if rows is None else {str(code): part for code, part in rows.groupby("area_code", sort=False)}


def _standing(rows: pd.DataFrame) -> Standing:
    places = rows["capacity_places"].astype("Float64")
    stated = float(places.sum()) if places.notna().any() or rows.empty else math.nan
    is_gone = rows["may_be_gone"].astype(bool)
    return Standing(
        int(rows["facility_id"].nunique()),
        stated,
        is_least=bool(places.isna().any()),
        may_be_gone=bool(is_gone.any()),
        places_may_be_gone=bool((is_gone & places.notna()).any()),
    )


def _sorted(groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(groups))


def _number(places: float) -> float:
    return 0.0 if math.isnan(places) else places
