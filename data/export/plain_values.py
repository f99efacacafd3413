"""Values as an extract holds them, whatever the database or pandas made of them."""

from typing import Any

import pandas as pd

from data.sources.cell_text import cell_text

_LISTS = (
    "phones",
    "languages",
    "barrier_free",
    "need_groups",
    "required_documents",
    "fees",
    "funding",
)


def plain_values(frame: pd.DataFrame) -> pd.DataFrame:
    """
    Return the frame as an extract holds it: None for what is missing, an empty list for a list.

    E-mail addresses are taken out of every text once more: a reader that forgot to must not publish one.
    """
    made = pd.DataFrame(index=range(len(frame)))
    for name in frame.columns:
        values = frame[name].array
        if name in _LISTS:
            made[name] = pd.Series(
                [_clean(value) if isinstance(value, list) else [] for value in values], dtype=object
            )
        elif isinstance(values.dtype, pd.Int64Dtype) or values.dtype == bool:
            made[name] = values
        else:
            made[name] = pd.Series(
                [
                    None if is_missing else _clean(value)
                    for value, is_missing in zip(values, pd.isna(values), strict=True)
                ],
                dtype=object,
            )
    return made


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return cell_text(value) if "@" in value else value
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {name: _clean(item) for name, item in value.items()}
    return value
