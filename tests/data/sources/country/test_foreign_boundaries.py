"""Boundaries of other publishers: their columns, codes and systems, and what is told of rings and borders."""

import warnings
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import Polygon, box

from data.sources.country.boundaries import read_gminas
from data.sources.country.foreign_boundaries import Reading, read_boundaries
from data.sources.country.foreign_codes import whole_codes
from data.sources.staged import SourceFormatError
from tests.support.invented import TINY_REGION

KNOWN = {
    "126101": ("1261011", "Kraków"),
    "120602": ("1206022", "Czernichów"),
    "020101": ("0201011", "Bolesławiec"),
}
WEST_M, SOUTH_M, SIDE_M = 560_000.0, 240_000.0, 9_000.0


def square(number: float, *, wider_m: float = 0.0) -> Polygon:
    west = WEST_M + number * SIDE_M
    return box(west - wider_m, SOUTH_M, west + SIDE_M, SOUTH_M + SIDE_M)


def written(folder: Path, columns: dict, shapes: list, *, crs="EPSG:2180", name="gminas.gpkg") -> Path:
    path = folder / name
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="'crs' was not provided")
        gpd.GeoDataFrame(columns, geometry=shapes, crs=crs).to_file(path)
    return path


def read(path: Path, known=KNOWN, **reading):
    return read_boundaries(path, Reading(**reading), known=known)


@pytest.mark.parametrize(
    ("columns", "codes", "names"),
    [
        (
            {"JPT_KOD_JE": ["1206022", "1206032"], "JPT_NAZWA_": ["Czernichów", "Igołomia"]},
            ["1206022", "1206032"],
            ["Czernichów", "Igołomia"],
        ),
        (
            {"GISCO_ID": ["PL_1206022", "PL_1206032"], "LAU_NAME": ["Czernichów", "Igołomia"]},
            ["1206022", "1206032"],
            ["Czernichów", "Igołomia"],
        ),
        (
            {"terc": [1206022, 1206032], "name": ["Czernichów", "Igołomia"]},
            ["1206022", "1206032"],
            ["Czernichów", "Igołomia"],
        ),
    ],
    ids=["PRG", "LAU", "ours as numbers"],
)
def test_columns_of_publishers_are_known(tmp_path: Path, columns, codes, names) -> None:
    found = read(written(tmp_path, columns, [square(0), square(1)]))
    assert found.gminas["terc"].tolist() == codes
    assert found.gminas["name"].tolist() == names
    assert found.gminas.crs == "EPSG:4326"
    assert "all borders fit their neighbours" in found.told


def test_a_column_of_another_name_is_named_or_asked_for(tmp_path: Path) -> None:
    path = written(tmp_path, {"kod": ["1206022"], "gmina": ["Czernichów"]}, [square(0)])
    with pytest.raises(SourceFormatError, match=r"found kod, gmina\. Name it with `--code-column`"):
        read(path)
    found = read(path, code_column="kod", name_column="gmina")
    assert found.gminas["terc"].tolist() == ["1206022"]
    # Without names, those of gminas that are known.
    assert read(path, code_column="kod").gminas["name"].tolist() == ["Czernichów"]


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        (["PL_1261011", "PL_0201011"], ["1261011", "0201011"]),
        (["126101_1", "020101_1"], ["1261011", "0201011"]),
        ([1261011, 201011], ["1261011", "0201011"]),
        ([1261011.0, 201011.0], ["1261011", "0201011"]),
        ([126101, 20101], ["1261011", "0201011"]),
        (["126101", "020101"], ["1261011", "0201011"]),
        ([201011], ["0201011"]),  # not the gmina 201011 of Podlaskie, which is not known
    ],
)
def test_codes_are_whole_again(values, codes) -> None:
    assert whole_codes(values, known=KNOWN, file_name="a") == codes


def test_codes_that_are_none_or_lack_their_type_are_told() -> None:
    with pytest.raises(SourceFormatError, match="found Kraków in row 1, 12 in row 2"):
        whole_codes(["Kraków", "12", "1261011"], known=KNOWN, file_name="a")
    with pytest.raises(SourceFormatError, match=r"not known: 140101"):
        whole_codes(["126101", "120602", "140101"], known=KNOWN, file_name="a")


def test_a_file_without_a_system_is_refused_with_what_its_numbers_look_like(tmp_path: Path) -> None:
    path = written(tmp_path, {"terc": ["1206022"], "name": ["Czernichów"]}, [square(0)], crs=None)
    with pytest.raises(SourceFormatError, match=r"look like metres of EPSG:2180\. Say it with `--crs`"):
        read(path)
    told = read(path, crs="EPSG:2180")
    assert told.gminas.geometry.iloc[0].centroid.x == pytest.approx(19.9, abs=0.2)
    with pytest.raises(SourceFormatError, match="--crs"):
        read(path, crs="Pulkovo")


def test_swapped_axes_are_refused_and_exchanged_when_somebody_says_so(tmp_path: Path) -> None:
    swapped = shapely.transform(square(0), lambda points: points[:, ::-1])
    path = written(tmp_path, {"terc": ["1206022"], "name": ["Czernichów"]}, [swapped])
    with pytest.raises(SourceFormatError, match=r"--swap-axes"):
        read(path)
    assert read(path, is_swapped=True).gminas.geometry.iloc[0].centroid.y == pytest.approx(49.95, abs=0.2)


def test_a_ring_that_crosses_itself_is_rebuilt_and_told(tmp_path: Path) -> None:
    west, south = WEST_M, SOUTH_M
    bow = Polygon(
        [
            (west, south),
            (west + 9_000, south),
            (west + 9_000, south + 9_000),
            (west + 4_000, south - 100),
            (west, south + 9_000),
        ]
    )
    found = read(written(tmp_path, {"terc": ["1206022"], "name": ["Czernichów"]}, [bow]))
    assert any(
        "rings of 1 gminas crossed themselves and were rebuilt: 1206022" in line for line in found.told
    )
    assert found.gminas.geometry.is_valid.all()


def test_slivers_are_closed_with_a_report_of_each(tmp_path: Path) -> None:
    columns = {"terc": ["1206022", "1206032"], "name": ["Czernichów", "Igołomia"]}
    path = written(tmp_path, columns, [square(0), square(1, wider_m=1.2 / SIDE_M)])
    found = read(path)
    (line,) = [line for line in found.told if "slivers" in line]
    assert line.startswith("1 slivers between gminas were closed, 1.2 m² in all, the largest 1.2 m²")
    (place,) = [line for line in found.told if "m² at" in line]
    assert "1.2 m² at 2" in place or "1.2 m² at 1" in place


def test_borders_that_cannot_be_mended_are_refused_by_name_and_place(tmp_path: Path) -> None:
    columns = {"terc": ["1206022", "1206032"], "name": ["Czernichów", "Igołomia"]}
    path = written(tmp_path, columns, [square(0), square(1, wider_m=50)])
    with pytest.raises(
        SourceFormatError, match=r"120603?2?2 \w+: 4500\d\d\.\d m² at \d\d\.\d{5}, \d\d\.\d{5}"
    ) as caught:
        read(path)
    assert "--sliver-m2 45" in str(caught.value)
    assert "vintage" not in str(caught.value)
    assert len(read(path, most_m2=451_000).gminas) == 2


def test_what_comes_out_is_read_as_ours(tmp_path: Path) -> None:
    table = gpd.read_file(TINY_REGION / "gminas.geojson")
    foreign = table.rename(columns={"terc": "JPT_KOD_JE", "name": "JPT_NAZWA_"}).to_crs(2180)
    path = tmp_path / "prg.gpkg"
    foreign.to_file(path)
    found = read(path, known={})
    found.gminas.to_file(tmp_path / "ours.geojson", driver="GeoJSON", COORDINATE_PRECISION=9)
    ours, before = read_gminas(tmp_path / "ours.geojson"), read_gminas(TINY_REGION / "gminas.geojson")
    assert ours["teryt_code"].tolist() == before["teryt_code"].tolist()
    assert float(ours.to_crs(2180).symmetric_difference(before.to_crs(2180)).area.max()) < 10


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    path.write_text("nothing", encoding="utf-8")
    with pytest.raises(SourceFormatError, match=r"a\.geojson: expected a map file"):
        read(path)


TWO = {"terc": ["1206022", "1206032"], "name": ["Czernichów", "Igołomia"]}


def test_gaps_between_gminas_are_closed_or_told_with_their_neighbours(tmp_path: Path) -> None:
    middle = box(WEST_M + SIDE_M - 4, SOUTH_M + 4_000, WEST_M + SIDE_M + 4, SOUTH_M + 4_010)
    small = [square(number).difference(middle) for number in (0, 1)]
    told = read(written(tmp_path, TWO, small)).told
    assert any(line.startswith("1 slivers between gminas were closed, 80.0 m² in all") for line in told)
    lake = box(WEST_M + SIDE_M - 500, SOUTH_M + 4_000, WEST_M + SIDE_M + 400, SOUTH_M + 5_000)
    found = read(
        written(tmp_path, TWO, [square(number).difference(lake) for number in (0, 1)], name="lake.gpkg")
    )
    (line,) = [line for line in found.told if "gaps" in line]
    assert line.startswith(
        "1 gaps between gminas are wider than what is closed and stay, 900000.0 m² in all."
    )
    (place,) = [line for line in found.told if "between 12" in line]
    assert place.endswith("between 1206022 Czernichów, 1206032 Igołomia")
    assert "900000.0 m² at 1" in place or "900000.0 m² at 2" in place
    assert "all borders fit their neighbours" not in found.told


def test_rows_of_one_code_are_joined_where_they_are_parts_and_refused_where_they_are_not(
    tmp_path: Path,
) -> None:
    columns = {"terc": ["1206022", "1206032", "1206022"], "name": ["Czernichów", "Igołomia", "czernichów"]}
    found = read(written(tmp_path, columns, [square(0), square(1), square(2)]))
    assert found.gminas["terc"].tolist() == ["1206022", "1206032"]
    assert found.gminas.geometry.geom_type.tolist() == ["MultiPolygon", "MultiPolygon"]
    assert "1 codes stand in several rows, parts of one gmina each, which were joined: 1206022" in found.told
    path = written(tmp_path, columns, [square(0), square(1), square(0)], name="twice.gpkg")
    with pytest.raises(SourceFormatError, match="1206022: row 1 Czernichów, row 3 czernichów"):
        read(path)
    columns["name"][2] = "Liszki"
    path = written(tmp_path, columns, [square(0), square(1), square(2)], name="other.gpkg")
    with pytest.raises(
        SourceFormatError, match=r"have other names or lie one upon the other:\n.*row 3 Liszki"
    ):
        read(path)


def test_land_as_large_as_a_gmina_gets_no_advice_for_slivers(tmp_path: Path) -> None:
    path = written(tmp_path, TWO, [square(0), square(1, wider_m=4_000)])
    with pytest.raises(SourceFormatError, match="1206022 Czernichów, 1206032 Igołomia: 36") as caught:
        read(path)
    assert "--sliver-m2" not in str(caught.value)
    assert "areas of another level" in str(caught.value)
    # Whoever took a gmina out because of one border drawn wrongly would lose its people.
    assert "both rows are gminas then, and neither is taken out" in str(caught.value)


@pytest.mark.parametrize("value", [float("inf"), float("nan")])
def test_a_coordinate_that_is_none_names_its_row(tmp_path: Path, value: float) -> None:
    points = shapely.get_coordinates(square(1))
    points[2, 0] = value
    with np.errstate(invalid="ignore"):
        broken = Polygon(points)
    path = written(tmp_path, TWO, [square(0), broken], name="broken.gpkg")
    with pytest.raises(SourceFormatError, match=r"row 2 \(1206032, Igołomia\), which are no place"):
        read(path)


@pytest.mark.parametrize("codes", [[1206022, None], ["1206022", None], ["1206022", " "]])
def test_a_code_that_is_empty_names_its_row_and_what_to_do(tmp_path: Path, codes: list) -> None:
    path = written(tmp_path, {"terc": codes, "name": ["Czernichów", "Igołomia"]}, [square(0), square(1)])
    with pytest.raises(SourceFormatError, match=r"found nothing in row 2\. Fill them in, take rows"):
        read(path)


def test_a_gmina_without_a_shape_is_told_with_what_to_do(tmp_path: Path) -> None:
    columns = {"terc": ["1206022", "1206032"], "name": ["Czernichów", "Igołomia"]}
    path = written(tmp_path, columns, [square(0), None])
    with pytest.raises(SourceFormatError, match=r"found none for 1206032\. Put their borders into the file"):
        read(path)
