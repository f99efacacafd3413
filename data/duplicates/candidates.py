"""Which records are worth comparing at all: of 100,000 only neighbours with the same kind of help."""

import numpy as np
import pandas as pd

CONFUSED_FORMS = (
    # A social assistance centre becomes a centre of social services (art. 13 of the act of 19.07.2019).
    frozenset({"INS-OPS", "INS-CUS"}),
    # A day home that joins the Senior+ programme is listed under either kind.
    frozenset({"DZI-DDP", "DZI-DDS"}),
)
"""
Forms under which one facility is listed by different lists.

Night shelter, shelter and warming centre are not among them: at one door they are services of their own.
"""
_FAMILY = {form: "|".join(sorted(forms)) for forms in CONFUSED_FORMS for form in forms}
Pairs = tuple[np.ndarray, np.ndarray]


def form_family(form: str) -> str:
    """Return what a form is compared within: itself, or the forms that lists confuse it with."""
    return _FAMILY.get(form, form)


def candidate_pairs(records: pd.DataFrame) -> Pairs:
    """
    Return positions of pairs to compare, each once, the smaller position left.

    Pairs share a family of forms and a gmina, postal code, locality or telephone. Pairs whose house numbers begin
    differently are left out unless they share a telephone: nothing else could make up for that.

    Parameters
    ----------
    records
        With a range index: `families` and `phones` (collections), `gmina_code`, `postal_code`, `voivodeship_code`,
        `locality`, `number_base`; text that is missing is empty.
    """
    listed = records[["families"]].explode("families").dropna()
    rows, family = listed.index.to_numpy(), listed["families"].to_numpy(dtype=object)
    town = np.where(records["locality"] == "", "", records["voivodeship_code"] + records["locality"])
    base = records["number_base"].to_numpy()
    found = [
        _pairs_sharing(rows, family, words.to_numpy(dtype=object)[rows], base)
        for words in (records["gmina_code"], records["postal_code"], pd.Series(town, dtype=object))
    ]
    called = records.loc[rows, ["phones"]].assign(family=family, row=rows).explode("phones").dropna()
    caller, caller_family, number = (called[column].to_numpy() for column in ("row", "family", "phones"))
    found.append(_pairs_sharing(caller, caller_family, number, None))
    left, right = (np.concatenate(side) for side in zip(*found, strict=True))
    codes = np.unique(np.minimum(left, right) * len(records) + np.maximum(left, right))
    return np.divmod(codes, max(len(records), 1))


def _pairs_sharing(rows: np.ndarray, family: np.ndarray, key: np.ndarray, base: np.ndarray | None) -> Pairs:
    """Return pairs of rows with the same family and key; keys that are empty join nothing."""
    is_known = key != ""
    rows = rows[is_known]
    codes = pd.MultiIndex.from_arrays([family[is_known], key[is_known]]).factorize()[0]
    order = np.argsort(codes, kind="stable")
    rows, codes = rows[order], codes[order]
    active = np.arange(len(rows))
    lefts, rights = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for lag in range(1, len(rows)):
        # Rows are sorted: who has no partner at this distance has none farther on.
        active = active[active + lag < len(rows)]
        active = active[codes[active] == codes[active + lag]]
        if not len(active):
            break
        left, right = rows[active], rows[active + lag]
        is_plausible = left != right
        if base is not None:
            is_plausible &= (base[left] == base[right]) | (base[left] < 0) | (base[right] < 0)
        lefts.append(left[is_plausible])
        rights.append(right[is_plausible])
    return np.concatenate(lefts), np.concatenate(rights)
