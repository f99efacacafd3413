"""The page about the quality of the data is what the database says, and the one in docs/ is that of today."""

import pandas as pd
import pytest
from sqlalchemy import Engine

from data.registry.counts import FormCount
from data.registry.quality_page import PublishedCount, published_counts, quality_page
from tests.support.folders import REPOSITORY


def people_count(area_code, indicator, subgroup, value, as_of_text):
    return {
        "area_code": area_code,
        "indicator": indicator,
        "subgroup": subgroup,
        "value": value,
        "as_of_text": as_of_text,
    }


def form_count(voivodeship_code, support_form, facilities):
    return FormCount(voivodeship_code, "", support_form, facilities, None, 0, 0, 0)


def test_the_newest_published_count_of_each_form_stands_beside_ours():
    counts = pd.DataFrame(
        [
            people_count("12", "supply_shelters", "homeless", 26, "2010-02-10"),
            people_count("12", "supply_shelters_places", "homeless", 913, "2010-02-10"),
            people_count("14", "supply_facilities", "REI-ZAZ", 12, None),
            people_count("14", "supply_facilities", "REI-ZAZ", 10, "2023-12-31"),
            people_count("00", "supply_facilities", "REI-ZAZ", 103, "2024"),
            people_count("12", "homeless_count_mrpips", "total", 2093, "2024-02-29"),
        ]
    )
    ours = [form_count("12", "BEZ-SCH", 12), form_count("12", "REI-ZAZ", 10), form_count("18", "REI-ZAZ", 5)]
    assert published_counts(counts, ours) == [
        PublishedCount("00", "REI-ZAZ", 103, "2024", 15),
        PublishedCount("12", "BEZ-SCH", 26, "2010-02-10", 12),
        PublishedCount("14", "REI-ZAZ", 10, "2023-12-31", 0),
    ]


@pytest.mark.mirror
def test_the_page_in_the_docs_is_made_from_what_is_loaded(real_engine: Engine):
    """Made again by `python -m data quality --page docs/data-quality.md` after any change of what is loaded."""
    with real_engine.connect() as connection:
        page = quality_page(connection)
    assert page == (REPOSITORY / "docs/data-quality.md").read_text(encoding="utf-8")
