from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point, box

from data.catalogue import read_catalogue
from data.places.postal_places import PostalPlaces, distance_km, middle_place
from data.places.world import AreaIndex, Gazetteer, NamedPlace
from data.sources.country.boundaries import read_gminas
from data.sources.country.postcodes import read_postcodes
from data.sources.staged import SourceFormatError
from geo.crs import GEOGRAPHIC

# Two gminas of one powiat, a city that is its own, and a gmina of another powiat; a degree wide each.
_GMINAS = {"129901": ("Dobra", 15), "129902": ("Łąka", 16), "126101": ("Miasto", 17), "129801": ("Inna", 18)}
_POWIATS = {"1299": ("dobrski", "land"), "1298": ("inny", "land"), "1261": ("Miasto", "city")}


def _areas() -> AreaIndex:
    rows = [
        {
            "area_code": code,
            "level": "gmina",
            "name": name,
            "kind": "",
            "geometry": box(west, 50, west + 1, 51),
        }
        for code, (name, west) in _GMINAS.items()
    ]
    nowhere = {"geometry": box(0, 0, 1, 1)}
    rows += [
        {"area_code": code, "level": "powiat", "name": name, "kind": kind} | nowhere
        for code, (name, kind) in _POWIATS.items()
    ]
    rows.append({"area_code": "12", "level": "voivodeship", "name": "zmyślone", "kind": ""} | nowhere)
    frame = gpd.GeoDataFrame(rows, geometry="geometry", crs=GEOGRAPHIC)
    return AreaIndex(frame.assign(label_point=[shape.centroid for shape in frame.geometry]))


def _gazetteer() -> Gazetteer:
    places = [
        ("Dobra", "129901", 15.5),
        ("Lipa", "129901", 15.2),
        ("Lipa", "129902", 16.2),
        ("Miasto", "126101", 17.5),
        ("Daleka", "129801", 18.9),
    ]
    rows = [(name, "wieś", code, Point(east, 50.5)) for name, code, east in places]
    return Gazetteer(pd.DataFrame(rows, columns=["name", "kind", "gmina_code", "point"]))


def _line(
    code: str, name: str, powiat: str, east: object, north: object = 50.5, voivodeship: str = "Zmyślone"
) -> str:
    return f"PL\t{code}\t{name}\t{voivodeship}\t\t{powiat}\t\t\t\t{north}\t{east}\t4\n"


def _read(folder: Path, *lines: str):
    path = folder / "PL.txt"
    path.write_text("".join(lines), encoding="utf-8")
    return read_postcodes(path, _areas().gminas)


def _places(folder: Path, *lines: str) -> PostalPlaces:
    return PostalPlaces(_read(folder, *lines).records, _areas(), _gazetteer())


def test_every_row_is_accepted_or_rejected_with_its_reason(tmp_path) -> None:
    staged = _read(
        tmp_path,
        _line("10-001", "Dobra", "dobrski", 15.5),
        _line("10-002", "Morska", "dobrski", 30.0),
        _line("10003", "Dobra", "dobrski", 15.5),
        _line("10-004", " ", "dobrski", 15.5),
        _line("10-005", "Dobra", "dobrski", "x"),
        _line("10-006", 'Dobra "Dolna"', "dobrski", 15.5),
    )
    assert staged.records["postal_code"].tolist() == ["10-001", "10-006"]
    assert staged.records["gmina_code"].tolist() == ["129901", "129901"]
    assert staged.records.loc[1, "name"] == 'Dobra "Dolna"'
    rejected = staged.rejected[["row_reference", "reason"]].to_records(index=False).tolist()
    assert rejected == [
        ("2", "outside_areas"),
        ("3", "not_a_postal_code"),
        ("4", "missing_name_or_point"),
        ("5", "missing_name_or_point"),
    ]
    assert staged.rows_read == 6


def test_file_of_other_columns_is_refused(tmp_path) -> None:
    path = tmp_path / "PL.txt"
    path.write_text("PL\t10-001\tDobra\n", encoding="utf-8")
    with pytest.raises(SourceFormatError, match="12 columns"):
        read_postcodes(path, _areas().gminas)


def test_post_town_is_that_of_its_powiat_whatever_the_point_of_the_file(tmp_path) -> None:
    (place,) = _places(tmp_path, _line("10-001", "DOBRA", "dobrski", 18.5)).of("10-001")
    assert (place.name, place.gmina_code, place.point) == ("Dobra", "129901", Point(15.5, 50.5))


def test_of_two_post_towns_of_a_powiat_the_one_near_the_point_is_meant(tmp_path) -> None:
    (place,) = _places(tmp_path, _line("10-001", "Lipa", "dobrski", 16.0)).of("10-001")
    assert place.gmina_code == "129902"


def test_town_that_the_gazetteer_lacks_keeps_a_point_in_its_powiat_only(tmp_path) -> None:
    places = _places(
        tmp_path, _line("10-001", "Nieznana", "dobrski", 15.1), _line("10-002", "Nieznana", "dobrski", 18.1)
    )
    assert [place.point for place in places.of("10-001")] == [Point(15.1, 50.5)]
    assert list(places.of("10-002")) == []
    assert places.unusable == [("10-002", "Nieznana")]


def test_wrong_or_missing_powiat_is_forgiven_where_town_and_point_agree(tmp_path) -> None:
    places = _places(
        tmp_path,
        _line("10-001", "Miasto", "dobrski", 17.5),
        _line("10-002", "Miasto", "", 17.52),
        _line("10-003", "Miasto", "", 18.5),
        _line("10-004", "Miasto", "", 17.5, voivodeship=""),
    )
    assert [len(places.of(f"10-00{number}")) for number in range(1, 5)] == [1, 1, 0, 0]


def test_place_of_a_code_must_lie_in_the_area_and_its_towns_near_each_other(tmp_path) -> None:
    places = _places(
        tmp_path,
        _line("10-001", "Dobra", "dobrski", 15.5),
        _line("10-001", "Lipa", "dobrski", 15.2),
        _line("10-002", "Dobra", "dobrski", 15.5),
        _line("10-002", "Lipa", "dobrski", 16.2),
    )
    assert places.place_within("10-002", within=["129901"]).name == "Dobra"
    assert places.place_within("10-002", within=["1298"]) is None
    assert places.place_within("10-002", within=["1299"]) is None  # 50 km apart
    assert places.place_within(None, within=["12"]) is None
    assert places.place_within("99-999", within=["12"]) is None


def test_middle_place_is_one_of_them() -> None:
    row = [NamedPlace("", "1", Point(15 + step / 100, 50), str(step)) for step in (0, 1, 3)]
    assert middle_place(row, spread_km=3).name == "1"
    assert middle_place(row, spread_km=2) is None
    assert middle_place([], spread_km=2) is None


def test_distances_are_those_of_the_earth() -> None:
    assert distance_km(Point(15, 50), Point(15, 51)) == pytest.approx(111.2)
    assert distance_km(Point(15, 60), Point(16, 60)) == pytest.approx(55.6)


@pytest.mark.mirror
def test_real_file(mirror) -> None:
    catalogue = read_catalogue()
    gminas = read_gminas(mirror / catalogue.only("boundaries").newest.path)
    staged = read_postcodes(mirror / "gazetteer" / "geonames_postcodes_2019.txt.gz", gminas)
    assert (staged.rows_read, len(staged.records)) == (21_980, 21_965)
    assert staged.rejected["reason"].tolist() == ["outside_areas"] * 15
    assert staged.rejected["detail"].str[:6].is_unique
    # The file puts this post town of powiat krakowski 40 km east of where it is, in powiat proszowicki.
    row = staged.records.set_index("postal_code").loc["32-070"]
    assert (row["name"], row["powiat_name"], row["gmina_code"]) == ("Czernichów", "krakowski", "121401")
