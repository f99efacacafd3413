"""
How good a record is, in four parts of 0 to 1: complete, fresh, well placed, from a good source.

A record is one service at one facility. docs/method.md argues for every number here.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache

import numpy as np
import pandas as pd

from data.vocabulary import has_door, support_forms

FIELDS = ("address", "covered_area", "contact", "opening_hours", "intake", "capacity", "eligibility")
"""Everything that can be asked for, in the order of telling; docs/method.md says why each of them."""

STAYS = frozenset({"OPW-CAL", "BEZ-SCH", "BEZ-SUO", "KRY-DMK", "KRY-SOW"})
_FAMILIES_OF_STAYS = frozenset({"housing", "residential"})
"""
Forms, and families of forms, where people live round the clock: nobody comes there during opening hours.

A night shelter and a warming centre are not among them: when they open in the evening is what a person must know.
"""

_DOORLESS_MODES = frozenset({"area", "mobile", "home"})
_ALWAYS_PUBLIC = frozenset({"covered_area", "contact", "capacity"})


@cache
def asked_fields(form: str, *, is_protected: bool = False) -> tuple[str, ...]:
    """
    Return the codes of the fields that make a record of the form complete.

    Parameters
    ----------
    form
        Code of the vocabulary.
    is_protected
        Of a protected place only what may be public is asked for: what is withheld for safety is not missing.
    """
    known = support_forms()[form]
    modes = set(known.delivery_modes)
    is_visited = "point" in modes or ("mobile" in modes and "area" not in modes)
    # An office is for everybody who comes, and nobody applies for being advised.
    is_help = known.di_class != "enabling"
    asked = {
        "address": has_door(form),
        "covered_area": not has_door(form),
        "contact": True,
        "opening_hours": is_visited and not is_stay(form),
        "intake": is_help,
        "capacity": bool(known.capacity_unit),
        "eligibility": is_help and "all" not in known.need_groups,
    }
    return tuple(field for field in FIELDS if asked[field] and (field in _ALWAYS_PUBLIC or not is_protected))


def is_stay(form: str) -> bool:
    """Tell whether people live there round the clock, so that it never closes."""
    return form in STAYS or support_forms()[form].group in _FAMILIES_OF_STAYS


@cache
def may_cover_areas(form: str) -> bool:
    """Tell whether a record of the form may have areas in place of a door: help at home, over an area or on wheels."""
    return bool(_DOORLESS_MODES & set(support_forms()[form].delivery_modes))


PARTS = ("completeness_score", "freshness_score", "place_score", "source_score")
GRADE_SCORES = {"door": 1.0, "street": 0.8, "postal_code": 0.6, "locality": 0.4, "gmina": 0.2, "none": 0.0}
"""Even steps in the order of `PLACE_GRADES`: they order places and do not measure metres."""
SOURCE_SCORES = {"complete": 1.0, "official": 2 / 3, "compiled": 1 / 3}
_STALE_AFTER_CYCLES = 3
_ANY_OF = {
    "address": ("street_address",),
    "opening_hours": (
        "opening_hours",
        "opening_hours_text",
        "service_opening_hours",
        "service_opening_hours_text",
    ),
    "intake": ("intake_text",),
    "capacity": ("capacity_places",),
    # The groups are no answer here: where a source says nothing they are those of the form.
    "eligibility": (
        "eligibility_text",
        "subtype",
        "minimum_age",
        "maximum_age",
        "capacity_women",
        "capacity_men",
    ),
}
"""Fields that are known when any of these columns is."""


def record_quality(
    services: pd.DataFrame,
    sources: pd.DataFrame,
    register_coverage: pd.DataFrame,
    *,
    on: date,
    service_areas: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """
    Return the quality of every record.

    Parameters
    ----------
    services
        One row per service at a facility, as `data.reading.service_queries.public_services` gives.
    sources
        `source_code`, `is_official`; a source that it does not mention is not official.
    register_coverage
        What registers claim to list completely: `support_form`, `voivodeship_code`, `source_code`.
    on
        The day from which ages are counted.
    service_areas
        Areas of services without a door, `service_id`; None when no service states any.

    Returns
    -------
    quality
        Indexed like `services`.

        - `completeness_score`: share of the asked fields (`data.quality.records`) that are known.
        - `freshness_score`: 1 within the form's review cycle, then falling evenly to 0 at three cycles; 0 when
          nobody knows the date. A date known by month or year counts from its first day.
        - `place_score`: by the grade of the point; for services without a door, whether areas are stated. Missing
          for protected places, whose point is coarse on purpose.
        - `source_score`: an official register that claims to be complete for the form in the voivodeship, another
          official source, a compiled list.
        - `quality_score`: mean of the parts that apply. It orders lists of work and is never drawn on a map.
        - `missing_fields`: list of codes of asked fields that are not known.
        - `review_due_on`: the last day of the review cycle; None when the date is not known.
        - `is_overdue`: that day has passed or is not known.
    """
    is_covering = (
        services["service_id"].isin(service_areas["service_id"])
        if service_areas is not None
        else pd.Series(data=False, index=services.index)
    )
    is_protected = services["visibility"] != "public"
    asked = [
        asked_fields(form, is_protected=protected)
        for form, protected in zip(services["support_form"], is_protected, strict=True)
    ]
    known = _known_fields(services, is_covering)
    missing = [
        [field for field in fields if not is_known[field]]
        for fields, is_known in zip(asked, known.to_dict("records"), strict=True)
    ]
    quality = pd.DataFrame(index=services.index)
    quality["completeness_score"] = [
        1 - len(gone) / len(fields) for gone, fields in zip(missing, asked, strict=True)
    ]
    cycle_days = services["support_form"].map(lambda form: support_forms()[form].review_days).astype(float)
    verified = pd.to_datetime(services["dated_on"])
    cycles = (pd.Timestamp(on) - verified).dt.days / cycle_days
    freshness = ((_STALE_AFTER_CYCLES - cycles) / (_STALE_AFTER_CYCLES - 1)).clip(0, 1)
    quality["freshness_score"] = freshness.fillna(0.0)
    quality["place_score"] = _place_scores(services, is_covering).mask(is_protected & _with_door(services))
    quality["source_score"] = _source_scores(services, sources, register_coverage)
    quality["quality_score"] = quality[list(PARTS)].mean(axis="columns")
    quality["missing_fields"] = pd.Series(missing, index=services.index, dtype=object)
    due = verified + pd.to_timedelta(cycle_days, unit="D")
    quality["review_due_on"] = pd.Series(
        [None if pd.isna(day) else day.date() for day in due], index=services.index, dtype=object
    )
    quality["is_overdue"] = ~(due >= pd.Timestamp(on))
    return quality


def _known_fields(services: pd.DataFrame, is_covering: pd.Series) -> pd.DataFrame:
    """Tell whether each field of `FIELDS` is known, by record."""
    known = pd.DataFrame(index=services.index)
    for field, columns in _ANY_OF.items():
        known[field] = services[list(columns)].notna().any(axis="columns")
    # A bus has no address: the areas where it goes say as much.
    known["address"] |= is_covering & services["support_form"].map(may_cover_areas).astype(bool)
    has_phone = services["phones"].map(len).astype(bool)
    known["contact"] = has_phone | services["website"].notna()
    known["covered_area"] = is_covering
    return known[list(FIELDS)]


def _with_door(services: pd.DataFrame) -> pd.Series:
    return services["support_form"].map(has_door).astype(bool)


def _place_scores(services: pd.DataFrame, is_covering: pd.Series) -> pd.Series:
    graded = services["place_grade"].map(GRADE_SCORES).astype(float)
    is_of_area = ~_with_door(services) | (
        (services["place_grade"] == "none") & services["support_form"].map(may_cover_areas).astype(bool)
    )
    return graded.mask(is_of_area, is_covering.astype(float))


def _source_scores(
    services: pd.DataFrame, sources: pd.DataFrame, register_coverage: pd.DataFrame
) -> pd.Series:
    official = set(sources.loc[sources["is_official"].astype(bool), "source_code"])
    claimed = set(_keys(register_coverage))
    kinds = [
        "compiled" if key[0] not in official else "complete" if key in claimed else "official"
        for key in _keys(services)
    ]
    return pd.Series([SOURCE_SCORES[kind] for kind in kinds], index=services.index, dtype=np.float64)


def _keys(frame: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Return source, form and voivodeship of each row."""
    return zip(frame["source_code"], frame["support_form"], frame["voivodeship_code"], strict=True)
