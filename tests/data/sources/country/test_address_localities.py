from pathlib import Path

import pytest

from data.sources.country.address_localities import read_address_localities

AREA_OF_CODE = {"041601": "041601", "041606": "041606", "120713": "120705"}


def test_a_locality_keeps_the_gmina_that_its_addresses_state(tmp_path: Path) -> None:
    path = tmp_path / "localities.csv"
    path.write_text(
        "teryt,locality,addresses,lat,lon,half_diag_km\n"
        "041601,Wysoka,91,53.54098,18.10706,1.02\n"
        "041606,Wysoka,15,53.67074,17.74763,0.19\n"
        "120713,Szczawa,500,49.6,20.28,3.0\n"
        "999999,Nigdzie,1,50.0,20.0,0.0\n"
        "041606,,1,50.0,20.0,0.0\n"
        "041606,Bez Punktu,1,,20.0,0.0\n",
        encoding="utf-8",
    )
    staged = read_address_localities(path, area_of_code=AREA_OF_CODE)
    assert staged.rows_read == 6
    # Szczawa was in Kamienica when the boundaries were drawn.
    assert staged.records["gmina_code"].tolist() == ["041601", "041606", "120705"]
    assert staged.records["name"].tolist() == ["Wysoka", "Wysoka", "Szczawa"]
    assert (staged.records["point"][1].x, staged.records["point"][1].y) == (17.74763, 53.67074)
    assert staged.rejected[["row_reference", "reason"]].to_numpy().tolist() == [
        ["5", "unknown_area"],
        ["6", "missing_name_or_point"],
        ["7", "missing_name_or_point"],
    ]


@pytest.mark.mirror
def test_the_real_list_has_both_villages(mirror: Path) -> None:
    path = mirror / "gazetteer" / "prg_localities_2026.csv.gz"
    staged = read_address_localities(path, area_of_code=AREA_OF_CODE)
    assert (len(staged.records) + len(staged.rejected), staged.rows_read) == (52_452, 52_452)
    here = staged.records[staged.records["name"] == "Wysoka"]
    assert here["gmina_code"].tolist() == ["041601", "041606"]
