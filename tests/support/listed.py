"""Rows of lists as frames, whose columns a test reads at a glance."""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

import pandas as pd

from layers.answers.service_rows import Row


def frame(rows: Iterable[Row]) -> pd.DataFrame:
    """Return rows as a frame; one without rows has no columns."""
    return pd.DataFrame(list(rows), dtype=object)


def with_frames(found: Any) -> Any:
    """Return an answer (`NearbyHelp`, `FinderList`, `Narrowed`) with its lists of rows as frames."""
    lists = {field.name: getattr(found, field.name) for field in fields(found)}
    return replace(found, **{name: frame(rows) for name, rows in lists.items() if isinstance(rows, list)})
