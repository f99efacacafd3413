"""
How much we know of an area: whether a list that claims to be complete covers it, and how old that is.

Classes instead of one number: no mean of dates and addresses can say that nobody listed the homes of an area.
"""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta

import pandas as pd

from data.quality.records import PARTS
from data.store.origins import EVIDENCE
from data.vocabulary import support_forms

PARTIAL, COMPLETE_OLD, COMPLETE_FRESH = 1, 2, 3
"""Classes of knowledge, from least to most; an area of which nothing is known has none."""
KNOWLEDGE = {PARTIAL: "partial", COMPLETE_OLD: "complete_old", COMPLETE_FRESH: "complete_fresh"}
_MOST_OVERDUE_SHARE = 0.5
_SCORES = [*PARTS, "quality_score"]


def claimed_voivodeships(register_coverage: pd.DataFrame, form: str) -> set[str]:
    """Return the voivodeships where a source claims to list the form completely."""
    return set(register_coverage.loc[register_coverage["support_form"] == form, "voivodeship_code"])


def contradicted_gminas(
    services: pd.DataFrame, register_coverage: pd.DataFrame, form: str, *, need_group: str | None = None
) -> set[str]:
    """
    Return gminas where nothing in the complete register does not prove that there is nothing.

    The register itself names a branch there, or another list names a working facility of the form there. Mere evidence
    contradicts no register: somebody voted at an address years ago, and the office lists its homes today. A gmina
    with a facility of the form in the register is sure, also when that one is for another group: lists rarely
    state the profile.

    Parameters
    ----------
    services
        All services, also those that a complete register replaces: `support_form`, `gmina_code`, `status`,
        `need_groups`, `origin`, `is_counted`, `set_aside_by`.
    register_coverage
        `support_form`, `except_area_codes`.
    need_group
        Only facilities for this group contradict; None for all.
    """
    of_form = services[services["support_form"] == form]
    branches = register_coverage.loc[register_coverage["support_form"] == form, "except_area_codes"]
    is_aside = (
        of_form["set_aside_by"].notna() & (of_form["status"] == "active") & ~of_form["origin"].isin(EVIDENCE)
    )
    if need_group is not None:
        is_aside &= (
            of_form["need_groups"].map(lambda groups: need_group in groups or "all" in groups).astype(bool)
        )
    named = {code for codes in branches for code in codes} | set(of_form.loc[is_aside, "gmina_code"].dropna())
    return named - set(of_form.loc[of_form["is_counted"], "gmina_code"].dropna())


def known_forms_count(
    areas: pd.DataFrame,
    *,
    forms: Sequence[str],
    register_coverage: pd.DataFrame,
    contradicted: Mapping[str, AbstractSet[str]],
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
        counted += _is_known(areas, form, register_coverage, contradicted).astype("Int64")
    return counted


def area_quality(
    records: pd.DataFrame,
    *,
    areas: pd.DataFrame,
    forms: Sequence[str],
    register_coverage: pd.DataFrame,
    contradicted: Mapping[str, AbstractSet[str]],
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
    contradicted
        By form, the gminas where a complete register's silence proves nothing (`contradicted_gminas`). An area of
        another level is as doubtful as a gmina in it.
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
        {
            form: _knowledge(here, areas, form, register_coverage, contradicted, on=on).fillna(0)
            for form in forms
        },
        index=areas.index,
    )
    least = classes.min(axis="columns").astype("Int64")
    quality["knowledge"] = least.mask(least == 0)
    quality["known_forms_count"] = known_forms_count(
        areas, forms=forms, register_coverage=register_coverage, contradicted=contradicted
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
    contradicted: Mapping[str, AbstractSet[str]],
) -> pd.Series:
    is_claimed = areas["voivodeship_code"].isin(claimed_voivodeships(register_coverage, form))
    return is_claimed & ~_contains(areas, contradicted.get(form, ()))


def _contains(areas: pd.DataFrame, gminas: Collection[str]) -> pd.Series:
    """Return whether each area is, or contains, one of some gminas: a code begins with that of its larger area."""
    digits = {len(code) for code in areas.index}
    codes = {gmina[:length] for gmina in gminas for length in digits}
    return pd.Series(areas.index.isin(codes), index=areas.index)


def _knowledge(
    records: pd.DataFrame,
    areas: pd.DataFrame,
    form: str,
    register_coverage: pd.DataFrame,
    contradicted: Mapping[str, AbstractSet[str]],
    *,
    on: date,
) -> pd.Series:
    """Return the class of knowledge of one form; missing where nothing is known."""
    of_form = records[records["support_form"] == form].groupby("area_code")["is_overdue"]
    is_listed = areas.index.isin(list(of_form.groups)) | _contains(areas, contradicted.get(form, ()))
    is_overdue = of_form.mean().reindex(areas.index).fillna(0.0) > _MOST_OVERDUE_SHARE
    claims = register_coverage[register_coverage["support_form"] == form]
    day = pd.to_datetime(claims["as_of"])
    is_recent = day + timedelta(days=support_forms()[form].review_days) >= pd.Timestamp(on)
    fresh = set(claims.loc[is_recent, "voivodeship_code"])

    knowledge = pd.Series(pd.NA, index=areas.index, dtype="Int64")
    knowledge[is_listed] = PARTIAL
    is_known = _is_known(areas, form, register_coverage, contradicted)
    knowledge[is_known] = COMPLETE_OLD
    knowledge[is_known & areas["voivodeship_code"].isin(fresh) & ~is_overdue] = COMPLETE_FRESH
    return knowledge
