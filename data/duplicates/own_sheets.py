"""Records of an operator's own sheets are the ones that they speak instead of, whatever their words say by now."""

import pandas as pd

from data.reading.clusters import PAIR_ENDS
from data.store.own_sheets import is_own_sheet, replaced_record


def with_sheets(found: pd.DataFrame, records: pd.DataFrame) -> pd.DataFrame:
    """
    Return pairs with those of records of sheets and what they speak instead of, which are `same` beyond doubt.

    Parameters
    ----------
    found
        As `data.duplicates.dedupe.find_duplicates` returns.
    records
        `source_code` and `record_key` of all facilities in force: a record that is gone has no pair.
    """
    in_force = set(records.itertuples(index=False, name=None))
    pairs = []
    for source, key in sorted(record for record in in_force if is_own_sheet(record[0])):
        other = replaced_record(key)
        if other is not None and other in in_force:
            ends = (*min((source, key), other), *max((source, key), other))
            pairs.append(dict(zip(PAIR_ENDS, ends, strict=True)) | _SURE)
    if not pairs:
        return found
    ours = pd.DataFrame(pairs)
    known = pd.MultiIndex.from_frame(ours[list(PAIR_ENDS)])
    others = found[~pd.MultiIndex.from_frame(found[list(PAIR_ENDS)]).isin(known)]
    return ours if others.empty else pd.concat([ours, others], ignore_index=True)


_SURE = {"score": 1.0, "verdict": "same", "evidence": {"points": {"own_sheet": 1.0}}}
