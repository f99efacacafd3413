"""Sentences that go with a file of the registry."""

from datetime import date

import pandas as pd
import pytest

from data.export.notes import day_notes

JUNE, JULY = date(2026, 6, 30), date(2026, 7, 15)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([JUNE], None),
        ([JUNE, JUNE], None),
        ([JUNE, JULY], "of different days: 2026-06-30 – 2026-07-15; lists without a day: 0"),
        ([JUNE, JULY, None], "of different days: 2026-06-30 – 2026-07-15; lists without a day: 1"),
        ([JUNE, JUNE, None], "are all of 2026-06-30; lists without a day: 1"),
        ([None, None], "None of the lists states a day; lists: 2"),
    ],
)
def test_days_of_lists_are_different_only_where_they_are(days, said) -> None:
    lists = pd.DataFrame(
        {"name": [str(at) for at in range(len(days))], "as_of": pd.Series(days, dtype=object)}
    )
    notes = day_notes(lists, lists, day=None)
    assert notes == () if said is None else len(notes) == 2 and said in notes[1]
