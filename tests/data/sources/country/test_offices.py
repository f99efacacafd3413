"""Offices of gminas and powiats: a few rows, then the list itself."""

import pytest

from data.reading import area_queries, office_queries
from data.sources.country.offices import read_offices
from data.sources.staged import SourceFormatError

HEAD = "teryt,unit,voivodeship,powiat,type,office,locality,postcode,street,number,phone,email,www\n"
ROWS = """\
1206000,Powiat Krakowski,małopolskie,krakowski,P,Starostwo,Kraków,30-037,al. Słowackiego,20,12 634 42 66,a@b.example,
0001202,Powiat Brzeski,małopolskie,brzeski,P,Starostwo w Brzesku,Brzesko,32-800,Głowackiego,51,14 6633111,,
121615 3,Żabno,małopolskie,tarnowski,GMW,Urząd Miejski w Żabnie,Żabno,33-240,Jagiełły,1,14 6456012; 14 6456013,,
1202052,Gnojnik,małopolskie,brzeski,GW,Urząd Gminy,Gnojnik,32-864,,363,brak,,
1465028,Bemowo,mazowieckie,Warszawa,dzielnica,Urząd Dzielnicy,Warszawa,01-381,Nowa,70,22 4437644,,
9999011,Nigdzie,małopolskie,x,GW,Urząd,Nigdzie,30-001,Nowa,1,12 1111111,,
1216153,Żabno,małopolskie,tarnowski,GMW,Urząd,Żabno,33-240,Jagiełły,1,14 6456012,,
"""
CODES = {code: code for code in ("1206", "1202", "121615", "120205")}


def test_offices_are_told_by_area_with_a_number_to_call(tmp_path):
    path = tmp_path / "offices.csv"
    path.write_text(HEAD + ROWS, encoding="utf-8")
    staged = read_offices(path, area_of_code=CODES)

    assert staged.rows_read == len(staged.records) + len(staged.rejected) == 7
    offices = staged.records.set_index("area_code")
    assert offices["address"].to_dict() == {
        "1206": "al. Słowackiego 20, 30-037 Kraków",
        "1202": "Głowackiego 51, 32-800 Brzesko",
        "121615": "Jagiełły 1, 33-240 Żabno",
        "120205": "Gnojnik 363, 32-864 Gnojnik",
    }
    assert offices["phone"].to_dict() == {
        "1206": "12 634 42 66", "1202": "14 6633111", "121615": "14 6456012", "120205": None,
    }  # fmt: skip
    assert "@" not in staged.records.to_csv() + staged.rejected.to_csv()
    assert staged.rejected["reason"].tolist() == ["other_unit", "unknown_area", "repeated_key"]


@pytest.mark.parametrize("street", ["brak", "Brak", "-"])
def test_a_village_without_streets_has_no_street_that_is_called_none(tmp_path, street):
    path = tmp_path / "offices.csv"
    row = f"1202052,Gnojnik,małopolskie,brzeski,GW,Urząd Gminy,Gnojnik,32-864,{street},363,14 6869600,,\n"
    path.write_text(HEAD + row, encoding="utf-8")
    assert read_offices(path, area_of_code=CODES).records["address"].tolist() == [
        "Gnojnik 363, 32-864 Gnojnik"
    ]


def test_another_table_is_refused(tmp_path):
    path = tmp_path / "offices.csv"
    path.write_text("teryt,name\n1206000,Urząd\n", encoding="utf-8")
    with pytest.raises(SourceFormatError):
        read_offices(path, area_of_code=CODES)


@pytest.mark.mirror
def test_every_gmina_and_powiat_has_an_office_with_a_number(real_engine):
    with real_engine.connect() as connection:
        offices, areas = office_queries.offices(connection), area_queries.areas(connection)
    # Offices are of 2023: those that are now Szczawa and Grabówka had them in Kamienica and Supraśl.
    gminas = set(areas.loc[areas["level"] == "gmina", "people_code"])
    land = set(areas.loc[(areas["level"] == "powiat") & (areas["kind"] == "land"), "area_code"])
    assert gminas | land == set(offices["area_code"])
    # The cell of Kamieniec Ząbkowicki is cut after its area code: the powiat is called.
    assert offices.loc[offices["phone"].isna(), "area_code"].tolist() == ["022403"]
    assert "@" not in offices.to_csv()
