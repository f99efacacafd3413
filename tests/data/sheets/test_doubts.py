"""What can hardly be true in a filled sheet is told in the plan, before anything is written."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.sheets.changes import SheetChanges
from data.sheets.doubts import doubts_of
from data.sheets.sheet_rows import SheetRow
from tests.support.filled_sheets import HEADS, MAKIETOWO, Book, load, template


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"capacity_places": "40", "vacant_places": "90"}, "Wolne miejsca 90 is more than Liczba miejsc 40"),
        ({"capacity_places": "40", "vacant_places": "40"}, None),
        (
            {"capacity_places": "40", "capacity_women": "10", "capacity_men": "20"},
            "Liczba miejsc 40 is not w tym dla kobiet 10 and w tym dla mężczyzn 20",
        ),
        ({"capacity_places": "30", "capacity_women": "10", "capacity_men": "20"}, None),
        ({"capacity_places": "30", "capacity_women": "10"}, None),
        ({"postal_code": "99999"}, "Kod pocztowy 99999: no known code of this voivodeship begins with 99"),
        ({"postal_code": "30-001"}, None),
    ],
)
def test_numbers_and_codes_that_can_hardly_be(values: dict[str, str], told: str | None) -> None:
    row = SheetRow("Placówki!7", {**dict.fromkeys(HEADS, ""), "facility_name": "Dom", **values})
    found = list(doubts_of(SheetChanges((row,), (), (), 0), {"30", "31"}))
    assert found == ([] if told is None else [f"  look at  Placówki!7  Dom: {told}"])


@pytest.mark.loaded
def test_a_plan_tells_what_is_absurd_beside_what_lists_say(
    engine: Engine, region: Path, tmp_path: Path
) -> None:
    book = Book(template(engine, tmp_path))
    book.put(MAKIETOWO, capacity_places=4)  # the register tells 5 free ones
    row = book.row(MAKIETOWO)
    book.add(
        facility_name="Dom nigdzie", locality_name="Nie Ma Takiej Wsi", capacity_places=2, vacant_places=3
    )
    _, told = load(engine, region, book.save(), is_committed=False)
    assert f"  look at  Placówki!{row}  {MAKIETOWO}: Wolne miejsca 5 is more than Liczba miejsc 4" in told
    assert any("Dom nigdzie: Wolne miejsca 3 is more than Liczba miejsc 2" in line for line in told)
    found = [line for line in told if "vacancies_exceed_capacity" in line]
    assert len(found) == 1  # the work item of the load, which lists say, too
