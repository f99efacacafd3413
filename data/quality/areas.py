"""
How much we know of an area: whether a list that claims to be complete covers it, and how old that is.

Classes instead of one number: no mean of dates and addresses can say that nobody listed the homes of an area.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from data.quality.records import PARTS
from data.store.origins import EVIDENCE, is_opened
from data.store.smallest_area import smallest_area
from data.vocabulary import support_forms

PARTIAL, COMPLETE_OLD, COMPLETE_FRESH = 1, 2, 3
"""Classes of knowledge, from least to most; an area of which nothing is known has none."""
KNOWLEDGE = {PARTIAL: "partial", COMPLETE_OLD: "complete_old", COMPLETE_FRESH: "complete_fresh"}
_MOST_OVERDUE_SHARE = 0.5
_SCORES = [*PARTS, "quality_score"]
_OF_DOUBTS = [
    "gmina_code",
    "powiat_code",
    "voivodeship_code",
    "status",
    "need_groups",
    "origin",
    "source_code",
    "is_counted",
    "set_aside_by",
]


def claimed_voivodeships(register_coverage: pd.DataFrame, form: str) -> set[str]:
    """Return the voivodeships where a source claims to list the form completely."""
    return set(register_coverage.loc[register_coverage["support_form"] == form, "voivodeship_code"])


@dataclass(frozen=True)
class Doubts:
    """
    Where nothing in the complete register of a form does not prove that there is nothing.

    Attributes
    ----------
    contradicted
        Where the register names a branch, or another list a facility, and the register none: gminas, or larger areas
        where no gmina is known. What holds one of them and what lies in one is as doubtful.
    somewhere
        Powiats and voivodeships in which a listed facility stands of which nobody knows the gmina. They have it
        themselves; of what lies in one nobody knows.
    """

    contradicted: frozenset[str] = frozenset()
    somewhere: frozenset[str] = frozenset()

    def of(self, area_codes: pd.Index) -> "pd.Series[bool]":
        """Return for each area whether it is doubtful; a code begins with that of its larger area."""
        around = tuple(self.contradicted)
        holding = {code[:length] for code in around for length in {len(code) for code in area_codes}}
        is_doubtful = [
            code in holding
            or code.startswith(around)
            or any(code != area and code.startswith(area) for area in self.somewhere)
            for code in area_codes
        ]
        return pd.Series(is_doubtful, index=area_codes, dtype=bool)


def doubts_of(
    services: pd.DataFrame, register_coverage: pd.DataFrame, form: str, *, need_group: str | None = None
) -> Doubts:
    """
    Return where nothing in the complete register does not prove that there is nothing.

    The register itself names a branch there, or another list names a working facility of the form there; or the
    register has one of which only the powiat or the voivodeship is known. Mere evidence contradicts no register:
    somebody voted at an address years ago, and the office lists its homes today. An area with a facility of the form
    in the register is not contradicted, also when that one is for another group: lists rarely state the profile.

    Parameters
    ----------
    services
        All services, also those that a complete register replaces: `support_form`, `gmina_code`, `powiat_code`,
        `voivodeship_code`, `status`, `need_groups`, `origin`, `source_code`, `is_counted`, `set_aside_by`.
    register_coverage
        `support_form`, `except_area_codes`.
    need_group
        Only facilities for this group raise a doubt; None for all.
    """
    branches = register_coverage.loc[register_coverage["support_form"] == form, "except_area_codes"]
    named = {code for codes in branches for code in codes}
    is_of_form = services["support_form"] == form
    if not is_of_form.any():  # of most forms a list names nothing
        return Doubts(frozenset(named))
    of_form = services.loc[is_of_form, _OF_DOUBTS]
    area = smallest_area(of_form)
    is_aside = (
        of_form["set_aside_by"].notna() & (of_form["status"] == "active") & ~of_form["origin"].isin(EVIDENCE)
    )
    # What a scenario opens in several gminas raises no doubt of what there is.
    is_somewhere = of_form["is_counted"] & of_form["gmina_code"].isna() & ~is_opened(of_form)
    if need_group is not None:
        is_for_group = (
            of_form["need_groups"].map(lambda groups: need_group in groups or "all" in groups).astype(bool)
        )
        is_aside, is_somewhere = is_aside & is_for_group, is_somewhere & is_for_group
    listed = set(area[of_form["is_counted"].astype(bool)])
    named |= set(area[is_aside])
    return Doubts(
        frozenset(code for code in named if not any(of_listed.startswith(code) for of_listed in listed)),
        frozenset(area[is_somewhere.astype(bool)]),
    )


def known_forms_count(
    areas: pd.DataFrame,
    *,
    forms: Sequence[str],
    register_coverage: pd.DataFrame,
    doubts: Mapping[str, Doubts],
) -> pd.Series:
    """
    Count the forms that each area is known for; parameters are those of `area_quality`.

    Returns
    -------
    known_forms_count
        Indexed by area code, Int64, 0 to the number of forms.
    """
    counted = pd.Series(0, index=areas.index, dtype="Int64", name="known_forms_count")
    for form in forms:
        counted += _is_known(areas, form, register_coverage, doubts).astype("Int64")
    return counted


def area_quality(
    records: pd.DataFrame,
    *,
    areas: pd.DataFrame,
    forms: Sequence[str],
    register_coverage: pd.DataFrame,
    doubts: Mapping[str, Doubts],
    on: date,
) -> pd.DataFrame:
    """
    Return how much is known of some forms in each area.

    Parameters
    ----------
    records
        Counted records with `area_code`, `support_form`, `dated_on`, `dated_precision` and the columns of
        `data.quality.records.record_quality`; those of other forms and areas are left out.
    areas
        Indexed by area code, `voivodeship_code`.
    forms
        Codes of the forms in question, one at least.
    register_coverage
        What registers claim to list completely: `support_form`, `voivodeship_code`, `as_of`.
    doubts
        By form, where a complete register's silence proves nothing (`doubts_of`).
    on
        The day from which ages are counted.

    Returns
    -------
    quality
        Indexed like `areas`.

        - `knowledge` (Int64): `COMPLETE_FRESH` when a source that claims to be complete covers the area and was
          confirmed within the form's review cycle, as were half of its records here or more; `COMPLETE_OLD` when
          either is older or undated; `PARTIAL` when only other lists name something here, or lists contradict
          each other; missing when nobody names anything. Of several forms, that of which least is known.
        - `known_forms_count` (Int64): forms that a source which claims to be complete covers.
        - `records_count`, `overdue_count` (Int64): records, and those whose review is due or that have no date.
        - `overdue_share`, `completeness_score`, `freshness_score`, `place_score`, `source_score`,
          `quality_score` (float, 0-1): means over the records; missing without any.
        - `oldest_dated_on` (date or None), `oldest_dated_precision`: of the records whose date is known.
    """
    here = records[records["support_form"].isin(forms) & records["area_code"].isin(areas.index)]
    grouped = here.groupby("area_code", sort=False)
    quality = pd.DataFrame(index=areas.index)
    classes = pd.DataFrame(
        {form: _knowledge(here, areas, form, register_coverage, doubts, on=on).fillna(0) for form in forms},
        index=areas.index,
    )
    least = classes.min(axis="columns").astype("Int64")
    quality["knowledge"] = least.mask(least == 0)
    quality["known_forms_count"] = known_forms_count(
        areas, forms=forms, register_coverage=register_coverage, doubts=doubts
    )
    quality["records_count"] = grouped.size().reindex(areas.index, fill_value=0).astype("Int64")
    overdue = grouped["is_overdue"].sum().reindex(areas.index, fill_value=0)
    quality["overdue_count"] = overdue.astype("Int64")
    quality["overdue_share"] = grouped["is_overdue"].mean().reindex(areas.index).astype(float)
    quality[_SCORES] = grouped[_SCORES].mean().reindex(areas.index).astype(float)
    dated = here[here["dated_on"].notna()].sort_values(["dated_on", "dated_precision"])
    oldest = dated.drop_duplicates("area_code").set_index("area_code").reindex(areas.index)
    for column in ("dated_on", "dated_precision"):
        values = oldest[column].astype(object)
        quality[f"oldest_{column}"] = values.where(values.notna(), None)
    return quality


def _is_known(
    areas: pd.DataFrame,
    form: str,
    register_coverage: pd.DataFrame,
    doubts: Mapping[str, Doubts],
) -> pd.Series:
    is_claimed = areas["voivodeship_code"].isin(claimed_voivodeships(register_coverage, form))
    return is_claimed & ~doubts.get(form, Doubts()).of(areas.index)


def _knowledge(
    records: pd.DataFrame,
    areas: pd.DataFrame,
    form: str,
    register_coverage: pd.DataFrame,
    doubts: Mapping[str, Doubts],
    *,
    on: date,
) -> pd.Series:
    """Return the class of knowledge of one form; missing where nothing is known."""
    of_form = records[records["support_form"] == form].groupby("area_code")["is_overdue"]
    is_listed = areas.index.isin(list(of_form.groups)) | doubts.get(form, Doubts()).of(areas.index)
    is_overdue = of_form.mean().reindex(areas.index).fillna(0.0) > _MOST_OVERDUE_SHARE
    claims = register_coverage[register_coverage["support_form"] == form]
    day = pd.to_datetime(claims["as_of"])
    is_recent = day + timedelta(days=support_forms()[form].review_days) >= pd.Timestamp(on)
    fresh = set(claims.loc[is_recent, "voivodeship_code"])

    knowledge = pd.Series(pd.NA, index=areas.index, dtype="Int64")
    knowledge[is_listed] = PARTIAL
    is_known = _is_known(areas, form, register_coverage, doubts)
    knowledge[is_known] = COMPLETE_OLD
    knowledge[is_known & areas["voivodeship_code"].isin(fresh) & ~is_overdue] = COMPLETE_FRESH
    return knowledge
