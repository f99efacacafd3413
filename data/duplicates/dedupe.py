"""
Duplicates: the same help at the same place, listed twice within a list or by two lists.

Every agreement and disagreement of a pair adds or takes points, and the points stand in the evidence, so that a
clerk sees why two rows were put together (docs/duplicates.md). A wrong merge takes a facility off the map, so `same`
needs the same door and no objection; all else worth a look is `doubtful` and waits for a person.
"""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.duplicates.candidates import candidate_pairs, form_family
from data.duplicates.evidence import compare
from data.duplicates.words import door, name_words
from data.store.names import fold
from geo.crs import to_metric
from geo.errors import SupportMapError

SAME_SCORE = 0.70
DOUBTFUL_SCORE = 0.40
"""Below it a pair is not reported. docs/duplicates.md says how good both are on a labelled sample."""
PAIR_COLUMNS = (
    "left_source",
    "left_key",
    "right_source",
    "right_key",
    "score",
    "verdict",
    "evidence",
)
_CHUNK = 500_000
_PHONE_DIGITS = 9


class RepeatedRecordError(SupportMapError, ValueError):
    """Two rows have the same source and key, so a pair could not say which of them it means."""


def find_duplicates(facilities: gpd.GeoDataFrame) -> pd.DataFrame:
    """
    Find pairs of records that are, or may be, one facility.

    Two records are compared when they offer the same form of support, or two forms that lists confuse, and share a
    gmina, a postal code, a locality or a telephone.

    Parameters
    ----------
    facilities
        One row per facility: `source_code`, `record_key`, `name`, `organization_name`, `support_forms` (list of
        codes), `street_address`, `postal_code`, `locality_name`, `gmina_code`, `voivodeship_code`, `phones` (list),
        `place_grade`, point geometry in EPSG:4326 or None. Missing words are None. May be empty. Where there is
        `place_radius_m`, points are compared no finer than that.

    Returns
    -------
    pairs
        One row per pair with a score of at least `DOUBTFUL_SCORE`, highest first; the left record is the one whose
        (source, key) comes first. `score` is 0 to 1, `verdict` is `same` or `doubtful`, `evidence` is a dict of
        plain values: what agrees, what does not, `objections` that forbid `same`, and `points` by what gave them.

    Raises
    ------
    RepeatedRecordError
        If a (source, key) comes twice.
    """
    _require_unique(facilities)
    ordered = facilities.sort_values(["source_code", "record_key"], kind="stable").reset_index(drop=True)
    records = _comparable(ordered)
    phone_doors = _phone_doors(records)
    left, right = candidate_pairs(records)
    found = [
        _judged(records, left[start : start + _CHUNK], right[start : start + _CHUNK], phone_doors)
        for start in range(0, len(left), _CHUNK)
    ]
    if not found:
        return pd.DataFrame(columns=list(PAIR_COLUMNS))
    pairs = _without_choices(pd.concat(found, ignore_index=True))
    order = ["score", "left_source", "left_key", "right_source", "right_key"]
    return pairs.sort_values(order, ascending=[False, True, True, True, True]).reset_index(drop=True)


def _require_unique(facilities: pd.DataFrame) -> None:
    repeated = facilities.duplicated(["source_code", "record_key"])
    if repeated.any():
        keys = facilities.loc[repeated, ["source_code", "record_key"]].head(5).agg(":".join, axis=1).tolist()
        raise RepeatedRecordError(
            f"expected each (source_code, record_key) once; {int(repeated.sum())} come again: {', '.join(keys)}. "
            "Take each facility once, with all its forms in `support_forms`.",
            keys=keys,
        )


def _comparable(ordered: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return one row per record with everything that is compared, spelt one way; text that is missing is empty."""
    text = {
        column: [value if isinstance(value, str) else "" for value in ordered[column]]
        for column in (
            "name",
            "organization_name",
            "street_address",
            "postal_code",
            "locality_name",
            "gmina_code",
        )
    }
    doors = [
        door(street, town) for street, town in zip(text["street_address"], text["locality_name"], strict=True)
    ]
    names = [
        name_words(*parts)
        for parts in zip(text["name"], text["street_address"], text["locality_name"], strict=True)
    ]
    forms = [tuple(sorted(set(codes))) for codes in ordered["support_forms"]]
    no_radius = pd.Series(0.0, index=ordered.index)
    records = pd.DataFrame(
        {
            "source_code": ordered["source_code"].astype(object),
            "record_key": ordered["record_key"].astype(object),
            "forms": forms,
            "families": [tuple(sorted({form_family(code) for code in codes})) for codes in forms],
            "street": [found.street for found in doors],
            "number": [found.number for found in doors],
            "number_base": [found.base for found in doors],
            "is_village_number": [found.is_village_number for found in doors],
            "telling": [found.telling for found in names],
            "ordinal": [found.ordinal for found in names],
            "people": [found.people for found in names],
            "is_branch": [found.is_branch for found in names],
            "operator": [_operator(name) for name in text["organization_name"]],
            "locality": [fold(name) for name in text["locality_name"]],
            "postal_code": text["postal_code"],
            "gmina_code": text["gmina_code"],
            "voivodeship_code": ordered["voivodeship_code"].astype(object),
            "phones": [
                frozenset(number for number in map(_phone, phones) if number) for phones in ordered["phones"]
            ],
            "place_grade": ordered["place_grade"].astype(object),
            "radius_m": pd.to_numeric(ordered.get("place_radius_m", no_radius)).astype(float).fillna(0.0),
        }
    )
    users = records["phones"].explode().value_counts()
    records["phone_users"] = [
        max((int(users[number]) for number in phones), default=0) for phones in records["phones"]
    ]
    return records.assign(is_only_one=_is_only_one(records)).join(_metres(ordered))


def _is_only_one(records: pd.DataFrame) -> np.ndarray:
    """Tell whether a list has its kind of help at no other address of the locality."""
    town = ["source_code", "families", "gmina_code", "locality"]
    doors = records.drop_duplicates([*town, "street", "number"])
    repeated = pd.MultiIndex.from_frame(doors.loc[doors.duplicated(town), town])
    is_only: np.ndarray = ~pd.MultiIndex.from_frame(records[town]).isin(repeated)
    return is_only & (records["locality"] != "").to_numpy()


def _phone(number: str) -> str:
    """Return the digits that tell a telephone: the last nine, without the extension."""
    digits = "".join(sign for sign in number.partition("w")[0] if sign.isdigit())
    return digits[-_PHONE_DIGITS:]


_OFFICES = {
    "burmistrz",
    "gmina",
    "gminy",
    "i",
    "miasta",
    "miasto",
    "powiat",
    "powiatu",
    "prezydent",
    "starosta",
    "w",
    "wojt",
}


def _operator(name: str) -> str:
    """Return the operator without the office: "Wójt Gminy Biskupice" and "Gmina Biskupice" are one."""
    return " ".join(word for word in fold(name).split() if word not in _OFFICES)


def _metres(ordered: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return easting and northing; missing where the point stands for a whole gmina or is none."""
    is_fine = (
        ordered["place_grade"].isin(["door", "street", "postal_code", "locality"]) & ~ordered.geometry.isna()
    )
    metric = to_metric(ordered.loc[is_fine, [ordered.geometry.name]])
    xy = pd.DataFrame(shapely.get_coordinates(metric.geometry), columns=["x_m", "y_m"], index=metric.index)
    return xy.reindex(ordered.index)


def _phone_doors(records: pd.DataFrame) -> Mapping[str, int]:
    """Return at how many addresses each telephone is listed."""
    listed = records[["phones", "locality", "street", "number"]].explode("phones").dropna(subset=["phones"])
    counts = listed.drop_duplicates()["phones"].value_counts()
    return {str(number): int(count) for number, count in counts.items()}


def _judged(
    records: pd.DataFrame, left: np.ndarray, right: np.ndarray, phone_doors: Mapping[str, int]
) -> pd.DataFrame:
    """Return the pairs of a chunk that are worth reporting, with score, verdict and evidence."""
    compared = compare(records, left, right, phone_doors=phone_doors)
    score = compared.score
    is_same = (score >= SAME_SCORE) & compared.is_same_door & ~compared.objections.any(axis=1).to_numpy()
    kept = np.flatnonzero(score >= DOUBTFUL_SCORE)
    sources, keys = records["source_code"].to_numpy(), records["record_key"].to_numpy()
    return pd.DataFrame(
        {
            "left_source": sources[left[kept]],
            "left_key": keys[left[kept]],
            "right_source": sources[right[kept]],
            "right_key": keys[right[kept]],
            "score": score[kept],
            "verdict": np.where(is_same[kept], "same", "doubtful"),
            "evidence": compared.evidence(kept),
        }
    )


def _without_choices(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs; a record that is the same as two of one list, which are not the same, becomes doubtful."""
    same = pairs[pairs["verdict"] == "same"]
    ends = ["left_source", "left_key", "right_source", "right_key"]
    same_pairs = set(same[ends].itertuples(index=False, name=None))
    partners: dict[tuple[str, str, str], list[tuple[str, Any]]] = {}
    for index, (left_source, left_key, right_source, right_key) in zip(
        same.index, same[ends].itertuples(index=False, name=None), strict=True
    ):
        if left_source != right_source:
            partners.setdefault((left_source, left_key, right_source), []).append((right_key, index))
            partners.setdefault((right_source, right_key, left_source), []).append((left_key, index))
    ambiguous = {
        index
        for (_, _, source), found in partners.items()
        for (key, one), (other_key, other) in combinations(sorted(found), 2)
        if (source, key, source, other_key) not in same_pairs
        for index in (one, other)
    }
    is_ambiguous = pairs.index.isin(list(ambiguous))
    evidence = [
        known | {"objections": [*known["objections"], "two_of_one_list"]} if doubted else known
        for known, doubted in zip(pairs["evidence"], is_ambiguous, strict=True)
    ]
    return pairs.assign(verdict=pairs["verdict"].mask(is_ambiguous, "doubtful"), evidence=evidence)
