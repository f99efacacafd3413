"""What speaks for and against two records being one facility, in points that a clerk can add up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from data.duplicates.words import is_same_street
from data.store.grades import EXACT_GRADES

ADDRESS_POINTS = {
    "same_door": 60,
    "near_door": 35,
    "same_street": 30,
    "same_number_street_unknown": 40,
    "one_unknown": 20,
    "both_unknown": 10,
    "same_number_other_street": 5,
    "other_street": -25,
    "other_number": -30,
}
"""
By what the two addresses have in common. `near_door` is 1 and 1B; `same_street` lacks a number on a side;
`same_number_other_street` may be a street that was renamed.
"""
POINTS = {
    "locality_same": 15,
    "locality_other": -10,
    "postal_code_same": 5,
    "gmina_other": -15,
    "phone_same": 25,
    "phone_of_many": 5,
    "phone_other": -5,
    "name_similar": 15,
    "name_other": -10,
    "operator_similar": 5,
    "operator_other": -10,
    "only_one_in_both": 15,
    "form_confused": -10,
    "objection": -20,
}
SIMILAR_NAME_PCT = 85.0
OTHER_NAME_PCT = 50.0
SIMILAR_OPERATOR_PCT = 80.0
OTHER_OPERATOR_PCT = 55.0
FAR_APART_M = 500.0
"""Two doors farther apart than this are not one, however alike their addresses look."""
OBJECTIONS = (
    "other_form",
    "other_people",
    "other_ordinal",
    "one_is_branch",
    "other_operator",
    "other_gmina",
    "listed_apart",
    "two_of_one_list",
    "far_apart",
)
"""
Reasons why a person must look, whatever the score.

`other_people`: one is for women, one for men. `other_ordinal`: "Nr 1" and "Nr 2". `listed_apart`: one list gives both,
each with a telephone or a name of its own. `two_of_one_list`: one list gives two that are the same as the third, but
not as each other, so nobody knows which is meant.
"""


@dataclass(frozen=True)
class Comparison:
    """
    Pairs compared, one row each.

    `facts` are the values for the evidence, None where a side does not say; `points` by what gave them;
    `objections` are booleans by reason; `is_same_door` says that street, number and town are the same.
    """

    facts: pd.DataFrame
    points: pd.DataFrame
    objections: pd.DataFrame
    is_same_door: np.ndarray

    @property
    def score(self) -> np.ndarray:
        """The sum of the points, 0 to 1."""
        total: np.ndarray = self.points.to_numpy(dtype=float).sum(axis=1)
        return total.clip(0, 100) / 100

    def evidence(self, kept: np.ndarray) -> list[dict[str, Any]]:
        """Return the evidence of some pairs as plain values; points of zero are left out."""
        facts = self.facts.iloc[kept].astype(object).to_dict("records")
        points = self.points.iloc[kept].to_dict("records")
        objections = self.objections.iloc[kept].to_dict("records")
        return [
            {
                **{str(name): _plain(value) for name, value in row.items()},
                "objections": [str(name) for name, holds in against.items() if holds],
                "points": {str(name): int(value) for name, value in given.items() if value},
            }
            for row, given, against in zip(facts, points, objections, strict=True)
        ]


def compare(
    records: pd.DataFrame, left: np.ndarray, right: np.ndarray, *, phone_doors: Mapping[str, int]
) -> Comparison:
    """
    Compare pairs of records by their positions.

    Parameters
    ----------
    records
        As `data.duplicates.dedupe` prepares them: everything spelt one way, missing text empty.
    phone_doors
        At how many addresses each telephone is listed; that of an office with eight clubs tells little.
    """
    a, b = records.iloc[left].reset_index(drop=True), records.iloc[right].reset_index(drop=True)
    is_same_street, address = _address(a, b)
    locality, postal_code = _agree(a, b, "locality"), _agree(a, b, "postal_code")
    gmina = _agree(a, b, "gmina_code")
    shared_forms = [sorted(set(x) & set(y)) for x, y in zip(a["forms"], b["forms"], strict=True)]
    has_shared_form = np.array([bool(forms) for forms in shared_forms], dtype=bool)
    phone, doors_of_phone = _phones(a, b, phone_doors)
    name = _similarity(a["telling"], b["telling"])
    operator = _similarity(a["operator"], b["operator"])
    is_one_source = (a["source_code"] == b["source_code"]).to_numpy()
    is_only_one = (a["is_only_one"] & b["is_only_one"]).to_numpy() & (locality == 1) & ~is_one_source
    offset = a[["x_m", "y_m"]].to_numpy(dtype=float) - b[["x_m", "y_m"]].to_numpy(dtype=float)
    distance_m = np.hypot(offset[:, 0], offset[:, 1])
    is_precise = (a["place_grade"].isin(EXACT_GRADES) & b["place_grade"].isin(EXACT_GRADES)).to_numpy()
    # The middle of a long street is no place of its own: number 1 may stand all of its length away.
    length_m = 2 * (a["radius_m"].to_numpy(float) + b["radius_m"].to_numpy(float))
    is_similar_name = name >= SIMILAR_NAME_PCT
    objections = pd.DataFrame(  # in the order of OBJECTIONS; `two_of_one_list` needs all pairs, not one
        {
            "other_form": ~has_shared_form,
            "other_people": _agree(a, b, "people") == 0,
            "other_ordinal": _agree(a, b, "ordinal") == 0,
            "one_is_branch": (a["is_branch"] != b["is_branch"]).to_numpy(),
            "other_operator": (operator < OTHER_OPERATOR_PCT) & (phone != 1),
            "other_gmina": gmina == 0,
            "listed_apart": is_one_source & ((phone == 0) | (name < OTHER_NAME_PCT)),
            "two_of_one_list": False,
            "far_apart": is_precise & (distance_m - length_m > FAR_APART_M),
        }
    )
    points = pd.DataFrame(
        {
            "street_address": pd.Series(address).map(ADDRESS_POINTS).to_numpy(),
            "locality_name": _pick(locality, "locality_same", "locality_other"),
            "postal_code": np.where(postal_code == 1, POINTS["postal_code_same"], 0),
            "gmina_code": np.where(gmina == 0, POINTS["gmina_other"], 0),
            "phones": np.where(
                (phone == 1) & (doors_of_phone > 2),
                POINTS["phone_of_many"],
                _pick(phone, "phone_same", "phone_other"),
            ),
            "name": _by_similarity(is_similar_name, name < OTHER_NAME_PCT, "name"),
            "organization_name": _by_similarity(
                operator >= SIMILAR_OPERATOR_PCT, operator < OTHER_OPERATOR_PCT, "operator"
            ),
            "only_one_in_both": np.where(is_only_one, POINTS["only_one_in_both"], 0),
            "support_forms": np.where(has_shared_form, 0, POINTS["form_confused"]),
            **{
                reason: np.where(objections[reason], POINTS["objection"], 0)
                for reason in ("other_people", "other_ordinal", "one_is_branch")
            },
        }
    )
    facts = pd.DataFrame(
        {
            "shared_forms": pd.Series(shared_forms, dtype=object),
            "address": address,
            "is_same_street": is_same_street,
            "is_same_house_number": _known(_agree(a, b, "number")),
            "is_same_locality": _known(locality),
            "is_same_postal_code": _known(postal_code),
            "is_same_gmina": _known(gmina),
            "is_same_phone": _known(phone),
            "addresses_with_phone": _none_where(phone != 1, doors_of_phone),
            "name_similarity_pct": _rounded(name),
            "operator_similarity_pct": _rounded(operator),
            "is_only_one_in_both": is_only_one,
            "distance_m": _rounded(distance_m),
        }
    )
    is_one_town = (locality == 1) | ((locality < 0) & ((postal_code == 1) | (gmina == 1)))
    is_same_door = ((address == "same_door") & (is_one_town | (is_similar_name & (postal_code == 1)))) | (
        (address == "near_door") & is_one_town & is_similar_name
    )
    return Comparison(facts, points, objections, is_same_door)


def _address(a: pd.DataFrame, b: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Tell whether the street is the same (None when a side does not say), and what the addresses share."""
    streets = zip(a["street"], b["street"], strict=True)
    is_same = np.array([is_same_street(x, y) for x, y in streets], dtype=bool)
    # A village number says nothing about a street that the village got later.
    is_unknown = ~is_same & (
        (a["street"] == "")
        | (b["street"] == "")
        | (a["is_village_number"] != b["is_village_number"]) & (_agree(a, b, "locality") == 1)
    ).to_numpy(dtype=bool)
    number = _agree(a, b, "number")
    has_base = (a["number_base"] >= 0).to_numpy() & (b["number_base"] >= 0).to_numpy()
    is_near = has_base & (a["number_base"] == b["number_base"]).to_numpy()
    has_nothing = [((side["street"] == "") & (side["number"] == "")).to_numpy() for side in (a, b)]
    address = np.select(
        [
            has_nothing[0] & has_nothing[1],
            has_nothing[0] | has_nothing[1],
            is_same & (number == 1),
            is_same & is_near,
            is_same & (number < 0),
            is_same,
            is_unknown & (number == 1),
            is_unknown & (number < 0),
            is_unknown,
            number == 1,
        ],
        [
            "both_unknown",
            "one_unknown",
            "same_door",
            "near_door",
            "same_street",
            "other_number",
            "same_number_street_unknown",
            "one_unknown",
            "other_number",
            "same_number_other_street",
        ],
        default="other_street",
    )
    return _none_where(is_unknown, is_same), address


def _agree(a: pd.DataFrame, b: pd.DataFrame, column: str) -> np.ndarray:
    """Return 1 where the two are equal, 0 where they differ, -1 where a side is empty."""
    x, y = a[column].to_numpy(dtype=object), b[column].to_numpy(dtype=object)
    return np.where((x == "") | (y == ""), -1, (x == y).astype(int))


def _known(agreement: np.ndarray) -> np.ndarray:
    return _none_where(agreement < 0, agreement == 1)


def _pick(agreement: np.ndarray, when_same: str, when_other: str) -> np.ndarray:
    return np.select([agreement == 1, agreement == 0], [POINTS[when_same], POINTS[when_other]], default=0)


def _by_similarity(is_similar: np.ndarray, is_other: np.ndarray, field: str) -> np.ndarray:
    return np.select(
        [is_similar, is_other], [POINTS[f"{field}_similar"], POINTS[f"{field}_other"]], default=0
    )


def _similarity(a: "pd.Series[str]", b: "pd.Series[str]") -> np.ndarray:
    """Return how alike two texts are, 0 to 100, whatever the order of their words; missing where one is empty."""
    similarity = cpdist(a.tolist(), b.tolist(), scorer=fuzz.token_set_ratio, dtype=np.float64)
    return np.where((a == "") | (b == ""), np.nan, similarity)


def _phones(
    a: pd.DataFrame, b: pd.DataFrame, phone_doors: Mapping[str, int]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the agreement on telephones, and at how many addresses the most telling of the shared ones is."""
    pairs = list(zip(a["phones"], b["phones"], strict=True))
    agreement = [(-1 if not x or not y else int(bool(x & y))) for x, y in pairs]
    doors = [min((phone_doors[number] for number in x & y), default=0) for x, y in pairs]
    return np.array(agreement, dtype=int), np.array(doors, dtype=int)


def _rounded(values: np.ndarray) -> np.ndarray:
    return _none_where(np.isnan(values), np.round(values))


def _none_where(is_missing: np.ndarray, values: np.ndarray) -> np.ndarray:
    objects: np.ndarray = values.astype(object)
    objects[is_missing] = None
    return objects


def _plain(value: Any) -> Any:
    """Return a value that JSON knows."""
    if isinstance(value, np.generic):
        value = value.item()
    return int(value) if isinstance(value, float) else value
