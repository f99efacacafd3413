"""Rows of services are those of their frame, each anew for whoever asks."""

import pandas as pd

from layers.answers.service_rows import ServiceRows
from tests.support.tiny_world import GMINAS, service, tiny_registry

FIRST, SECOND, _ = GMINAS


def test_a_row_has_what_the_frame_has():
    services = tiny_registry(
        [service(1, FIRST, capacity_places=30), service(2, SECOND, opening_hours="24/7", geometry=None)]
    ).services
    rows = ServiceRows(services)
    for row, expected in zip(rows, services.to_dict("records"), strict=True):
        assert row.keys() == expected.keys()
        for name, value in expected.items():
            is_missing = not isinstance(value, (list, dict)) and pd.isna(value)
            assert pd.isna(row[name]) if is_missing else row[name] == value, name
    assert [row["facility_id"] for row in rows[-1:]] == [2]
    assert [row["facility_id"] for row in rows.at([1, 0])] == [2, 1]
    assert rows.column("capacity_places")[0] == 30


def test_who_changes_a_row_changes_no_other():
    rows = ServiceRows(tiny_registry([service(1, FIRST)]).services)
    rows[0]["facility_name"] = "inna"
    assert rows[0]["facility_name"] != "inna"


def test_equal_texts_are_one_text_in_memory():
    rows = ServiceRows(tiny_registry([service(1, FIRST), service(2, FIRST)]).services)
    first, second = rows.column("gmina_name")
    assert first is second
