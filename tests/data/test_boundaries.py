import json
from pathlib import Path

import pytest
import shapely
from shapely import unary_union

from data.catalogue import INVENTED_CATALOGUE
from data.sources.boundaries import build_areas, read_gminas
from data.sources.staged import SourceFormatError
from data.sources.teryt_register import read_terc

INVENTED = INVENTED_CATALOGUE.parent


@pytest.fixture(scope="module")
def areas():
    register = read_terc(INVENTED / "terc.csv").records
    return build_areas(read_gminas(INVENTED / "gminas.geojson"), register, vintage="2019").set_index(
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
        build_areas(gminas, read_terc(INVENTED / "terc.csv").records, vintage="2019")
