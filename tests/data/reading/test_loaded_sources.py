import pandas as pd

from data.reading.loaded_sources import describe_sources, lists_of_everything


def test_sources_are_described_even_when_they_left_the_catalogue() -> None:
    described = describe_sources(
        pd.DataFrame({"source_code": ["boundaries", "gone"], "rows_read": [2477, 1]})
    )
    assert described["name"].tolist() == ["Granice gmin, stan na 2026 r.", "gone"]
    assert described["licence"].tolist() == ["The Unlicense", ""]
    assert described["rows_read"].tolist() == [2477, 1]


def test_boundaries_of_another_year_are_described_as_they_are() -> None:
    held = pd.DataFrame({"source_code": ["boundaries"], "boundary_vintage": ["2019"]})
    assert describe_sources(held)["name"].tolist() == ["Granice gmin, stan na 2019 r."]


def test_a_list_of_everything_holds_only_with_the_lists_that_it_leaves_to() -> None:
    claim = ("compiled-cus", "INS-CUS", "12")
    assert claim not in lists_of_everything({"compiled-cus"})
    assert claim not in lists_of_everything({"compiled-cus", "malopolskie-ops"})
    assert claim in lists_of_everything({"compiled-cus", "malopolskie-ops", "compiled-other"})
    assert claim not in lists_of_everything({"malopolskie-ops", "compiled-other"})
