import pytest
from sqlalchemy import Engine

from data.registry.placed_addresses import PlacedAddresses, placed_addresses


def test_the_invented_region_tells_how_its_addresses_are_placed(invented_engine: Engine) -> None:
    with invented_engine.connect() as connection:
        country, *voivodeships = placed_addresses(connection)
    assert (country.area_code, [of.area_code for of in voivodeships]) == ("00", ["98"])
    assert country.records == sum(of.records for of in voivodeships)
    assert 0 < country.door + country.street <= country.records


@pytest.mark.mirror
def test_nearly_all_addresses_have_a_door_or_a_street(real_engine: Engine) -> None:
    with real_engine.connect() as connection:
        placed = {of.area_code: of for of in placed_addresses(connection)}
    assert placed["12"].share >= 0.90
    assert placed["00"].share >= 0.70
    # Doors of addresses are known in Małopolskie alone; elsewhere they are those of registers.
    assert placed["12"].door > 0.85 * placed["12"].records


def test_a_share_is_of_doors_and_streets() -> None:
    assert PlacedAddresses("12", records=20, door=10, street=5).share == 0.75
