import json
from pathlib import Path

import pytest
import shapely
from shapely import unary_union

from data.sources.country.boundaries import build_areas, read_gminas
from data.sources.country.teryt_register import read_terc
from data.sources.staged import SourceFormatError
from tests.support.invented import TINY_REGION


@pytest.fixture(scope="module")
def areas():
    register = read_terc(TINY_REGION / "terc.csv").records
    return build_areas(read_gminas(TINY_REGION / "gminas.geojson"), register, vintage="2019").set_index(
        "area_code"
    )


def test_three_levels_are_made_of_gminas(areas) -> None:
    assert areas["level"].value_counts().to_dict() == {"gmina": 9, "powiat": 2, "voivodeship": 1}
    assert areas.loc["98", "name"] == "zmyślone"
    assert areas.loc["980108", ["teryt_code", "kind", "powiat_code", "voivodeship_code"]].tolist() == [
        "9801083",
        "urban_rural",
        "9801",
        "98",
    ]


def test_land_and_city_powiats_are_told_apart(areas) -> None:
    assert areas.loc["9801", ["name", "kind"]].tolist() == ["zmyślański", "land"]
    assert areas.loc["9861", ["name", "kind"]].tolist() == ["Zmyślin", "city"]


def test_areas_are_squares_of_a_hundred_km2(areas) -> None:
    assert areas.loc["980101", "area_km2"] == pytest.approx(100, abs=1e-6)
    assert areas.loc["9801", "area_km2"] == pytest.approx(800, abs=1e-6)
    assert areas.loc["98", "area_km2"] == pytest.approx(900, abs=1e-6)


def test_land_powiat_has_a_hole_where_the_city_is(areas) -> None:
    land = areas.loc["9801", "geometry"]
    assert len(land.geoms[0].interiors) == 1
    assert areas.loc["9861", "label_point"].within(shapely.Polygon(land.geoms[0].interiors[0]))


def test_drawn_borders_of_upper_levels_are_those_of_their_gminas(areas) -> None:
    gminas = areas[areas["level"] == "gmina"]
    for code in ("9801", "9861", "98"):
        own = gminas[gminas.index.str.startswith(code)]["geometry_simplified"]
        assert unary_union(list(own)).equals(areas.loc[code, "geometry_simplified"])


def test_label_points_lie_inside(areas) -> None:
    assert all(
        shape.contains(point) for shape, point in zip(areas["geometry"], areas["label_point"], strict=True)
    )


def _write(path: Path, codes: list[str]) -> Path:
    square = {"type": "Polygon", "coordinates": [[[16, 50], [17, 50], [17, 51], [16, 51], [16, 50]]]}
    features = [
        {"type": "Feature", "properties": {"terc": code, "name": "Nic"}, "geometry": square} for code in codes
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("codes", "said"),
    [(["9801014"], "found 9801014"), (["980101"], "found 980101"), (["9801011", "9801012"], "again: 980101")],
)
def test_parts_and_repeated_gminas_are_refused(tmp_path: Path, codes: list[str], said: str) -> None:
    with pytest.raises(SourceFormatError, match=said):
        read_gminas(_write(tmp_path / "gminas.geojson", codes))


def test_powiat_unknown_to_the_register_is_an_error(tmp_path: Path) -> None:
    gminas = read_gminas(_write(tmp_path / "gminas.geojson", ["9899011"]))
    with pytest.raises(SourceFormatError, match="no powiat for these codes of the boundaries: 9899"):
        build_areas(gminas, read_terc(TINY_REGION / "terc.csv").records, vintage="2019")


def _features(path: Path, features: list[tuple[object, object, object]], **more: object) -> Path:
    """Write gminas of (code, name, geometry)."""
    rows = [
        {"type": "Feature", "properties": {"terc": code, "name": name}, "geometry": shape}
        for code, name, shape in features
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": rows} | more), encoding="utf-8")
    return path


def _square(x: float, y: float, side: float = 0.1) -> dict[str, object]:
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.mark.parametrize(
    ("codes", "read"),
    [((1206012, 1206022), ["1206012", "1206022"]), ((201011, 201022), ["0201011", "0201022"])],
)
def test_codes_that_are_numbers_get_their_zero_back(
    tmp_path: Path, codes: tuple[int, int], read: list[str]
) -> None:
    west = 15.5 if codes[0] < 1_000_000 else 19.0
    features = [(code, "A", _square(west + 0.1 * place, 50.5)) for place, code in enumerate(codes)]
    assert read_gminas(_features(tmp_path / "a.geojson", features))["teryt_code"].tolist() == read


@pytest.mark.parametrize(
    ("code", "name", "shape", "said"),
    [
        (
            "1206012",
            "A",
            _square(50, 19),
            "found 1 elsewhere, the first 1206012 at longitude 50, latitude 19. Exchange",
        ),
        ("1206012", "A", _square(567000, 244000, 1000), "Name the right system"),
        (
            "1206012",
            "A",
            {"type": "MultiPoint", "coordinates": [[19, 50]]},
            "expected a polygon for each gmina",
        ),
        ("1206012", "A", {"type": "Polygon", "coordinates": []}, "expected a polygon for each gmina"),
        ("1206012", "A", None, "expected a polygon for each gmina, found none for 1 of them: 1206012"),
        ("1206012", None, _square(20, 50), "expected a name for each gmina"),
        (None, "A", _square(20, 50), "expected 7-digit codes of whole gminas"),
        (1206012.5, "A", _square(20, 50), "expected 7-digit codes of whole gminas"),
        (True, "A", _square(20, 50), "expected 7-digit codes of whole gminas"),
    ],
)
def test_boundaries_that_cannot_be_are_refused_in_words(
    tmp_path: Path, code: object, name: object, shape: object, said: str
) -> None:
    with pytest.raises(SourceFormatError, match=said):
        read_gminas(_features(tmp_path / "a.geojson", [(code, name, shape)]))


def test_metres_with_northing_first_are_refused_though_they_lie_in_poland(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2180"}}
    right = _features(tmp_path / "a.geojson", [("1206012", "A", _square(567000, 244000, 1000))], crs=crs)
    assert len(read_gminas(right)) == 1
    swapped = _features(tmp_path / "b.geojson", [("1206012", "A", _square(244000, 567000, 1000))], crs=crs)
    with pytest.raises(
        SourceFormatError, match=r"expected 1206012 A within its voivodeship.*northing before easting"
    ):
        read_gminas(swapped)


@pytest.mark.parametrize("content", ["{", '{"type": "FeatureCollection", "features": []}', "a,b\n1,2\n"])
def test_file_that_is_no_map_is_refused_in_words(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.geojson").write_text(content, encoding="utf-8")
    with pytest.raises(SourceFormatError, match=r"a\.geojson: expected"):
        read_gminas(tmp_path / "a.geojson")
