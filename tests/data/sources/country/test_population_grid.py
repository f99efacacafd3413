"""The population grid: the same four cells as CSV, GeoPackage and GeoTIFF, and what must not pass."""

import geopandas as gpd
import numpy as np
import pytest
import rasterio
import shapely
from sqlalchemy import select

from data.loading.load import load_all
from data.reading.release_queries import newest_release
from data.registry.reading import read_registry
from data.sources.country import population_grid
from data.sources.country.grid_names import centre_of_cell
from data.sources.country.population_grid import read_population_grid
from data.sources.staged import SourceFormatError
from data.store.schema import RejectedRow
from geo.crs import METRIC
from layers.answers.measures.world import World
from layers.view.view import View
from tests.support.invented import copy_region, settings_for, sha256_of

CENTRES = [(500_500, 200_500), (501_500, 200_500), (500_500, 201_500), (501_500, 201_500)]
PERSONS = [10.0, 0.0, 2.5, 7.0]


def _csv(folder, text, name="grid.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _as_csv(folder):
    lines = [f"{x},{y},{persons}" for (x, y), persons in zip(CENTRES, PERSONS, strict=True)]
    return _csv(folder, "\n".join(["x,y,persons", *lines]) + "\n")


def _as_package(folder, *, persons=PERSONS, crs=METRIC, shapes=None, **columns):
    squares = [shapely.box(x - 500, y - 500, x + 500, y + 500) for x, y in CENTRES]
    path = folder / "grid.gpkg"
    gpd.GeoDataFrame({"TOT": persons, **columns}, geometry=shapes or squares, crs=crs).to_file(path)
    return path


def _as_raster(folder, *, crs=METRIC, bands=1, has_place=True, values=None):
    # North at the top: the upper row has the two northern cells. -1 marks where nothing is known.
    band = np.array(values or [[2.5, 7.0], [10.0, 0.0], [-1.0, -1.0]], dtype="float32")
    path = folder / "grid.tif"
    profile = {"driver": "GTiff", "width": 2, "height": 3, "count": bands, "dtype": "float32", "nodata": -1}
    if has_place:
        profile["transform"] = rasterio.Affine(1000, 0, 500_000, 0, -1000, 202_000)
    with rasterio.open(path, "w", crs=crs, **profile) as raster:
        for number in range(1, bands + 1):
            raster.write(band, number)
    return path


def _cells(staged):
    points = staged.records.geometry
    found = zip(points.x, points.y, staged.records["persons"], strict=True)
    return sorted((round(x), round(y), persons) for x, y, persons in found)


EXPECTED = sorted((x, y, persons) for (x, y), persons in zip(CENTRES, PERSONS, strict=True))


def test_the_same_cells_come_from_all_three_formats(tmp_path):
    from_csv = read_population_grid(_as_csv(tmp_path), crs=METRIC)
    assert _cells(from_csv) == EXPECTED
    assert from_csv.records.crs == METRIC
    assert from_csv.records["persons_65_plus"].isna().all()
    from_package = read_population_grid(_as_package(tmp_path), columns={"TOT": "persons"})
    assert _cells(from_package) == EXPECTED
    assert from_package.rows_read == 4


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_a_raster_has_a_cell_for_each_pixel_with_a_value(tmp_path):
    staged = read_population_grid(_as_raster(tmp_path))
    assert _cells(staged) == EXPECTED
    assert staged.rows_read == 4
    assert staged.records["row_reference"].tolist() == ["1:1", "1:2", "2:1", "2:2"]


def test_points_in_degrees_and_ages_are_read(tmp_path):
    points = gpd.GeoSeries([shapely.Point(place) for place in CENTRES], crs=METRIC).to_crs("EPSG:4326")
    path = _as_package(tmp_path, crs="EPSG:4326", shapes=list(points), OLD=[4.0, 0.0, None, 1.0])
    staged = read_population_grid(path, columns={"TOT": "persons", "OLD": "persons_65_plus"})
    assert _cells(staged) == EXPECTED
    assert staged.records["persons_65_plus"].fillna(-1).tolist() == [4.0, 0.0, -1.0, 1.0]


def test_identifiers_of_cells_name_their_south_west_corner(tmp_path):
    assert centre_of_cell("1kmN3000E4500") == (4_500_500, 3_000_500)
    assert centre_of_cell("CRS3035RES1000mN3000000E4500000") == (4_500_500, 3_000_500)
    assert centre_of_cell("RES500mN3000500E4500000") == (4_500_250, 3_000_750)
    assert centre_of_cell("2kmN1500E2250") == (4_501_000, 3_001_000)
    assert centre_of_cell("N3000E4500") is None
    path = _csv(tmp_path, "id,persons\n1kmN3100E5000,3\nCRS3035RES1000mN3101000E5000000,4\n")
    staged = read_population_grid(path, columns={"id": "cell"})
    known = gpd.GeoSeries(
        [shapely.Point(5_000_500, 3_100_500), shapely.Point(5_000_500, 3_101_500)], crs="EPSG:3035"
    ).to_crs(METRIC)
    assert staged.records.geometry.distance(known).max() < 0.01


def test_rows_without_people_or_told_twice_are_refused(tmp_path):
    path = _csv(tmp_path, "x,y,persons\n500500,200500,1\n501500,200500,\n500500,200500,2\n")
    staged = read_population_grid(path, crs=METRIC)
    assert staged.rejected[["row_reference", "reason"]].to_numpy().tolist() == [
        ["3", "missing_number"],
        ["4", "repeated_row"],
    ]
    assert staged.rows_read == len(staged.records) + len(staged.rejected) == 3


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        (
            "x,y,persons\n5,5,-9999\n",
            {"crs": METRIC},
            r"grid.csv: row 2: .* people in persons, found '-9999'",
        ),
        ("x,y,persons\n5,5,inf\n", {"crs": METRIC}, r"row 2: .* found 'inf'"),
        ("x,y,persons\n5,5,1\n5,6,dużo\n", {"crs": METRIC}, r"row 3: expected a number .* found 'dużo'"),
        ("x,y,persons\n5,,1\n", {"crs": METRIC}, r"row 2: expected two numbers in x, y, found \(5.0, nan\)"),
        ("x,y,persons\n5,5,1\n", {}, "expected to know the coordinate system, found none"),
        ("x,y,persons\n5,5,1\n", {"crs": "EPSG:0"}, "found 'EPSG:0'. Correct `crs`"),
        ("x,y,ludzie\n5,5,1\n", {"crs": METRIC}, "expected columns persons; found x, y, ludzie"),
        ("x,persons\n5,1\n", {"crs": METRIC}, "expected columns y; found x, persons"),
        ("cell,persons\n1kmN3E4,1\nkratka,1\n", {}, "row 3: expected a cell such as .* found 'kratka'"),
    ],
)
def test_faults_of_a_table_name_row_and_value(tmp_path, text, options, message):
    with pytest.raises(SourceFormatError, match=message):
        read_population_grid(_csv(tmp_path, text), **options)


def test_faults_of_a_package_are_named(tmp_path):
    columns = {"TOT": "persons"}
    with pytest.raises(SourceFormatError, match=r"grid.gpkg: expected columns persons; found TOT, geometry"):
        read_population_grid(_as_package(tmp_path))
    path = _as_package(tmp_path, persons=[1, 2, -3, 4])
    with pytest.raises(SourceFormatError, match="row 3: expected 0 or more people in persons, found '-3'"):
        read_population_grid(path, columns=columns)
    lines = [shapely.LineString([(0, 0), place]) for place in CENTRES]
    with pytest.raises(SourceFormatError, match="row 1: expected a point or a polygon, found LineString"):
        read_population_grid(_as_package(tmp_path, shapes=lines), columns=columns)
    path = _as_package(tmp_path)
    gpd.read_file(path).to_file(path, layer="again")
    with pytest.raises(SourceFormatError, match="expected one layer with geometry, found 2"):
        read_population_grid(path, columns=columns)


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_faults_of_a_raster_are_named(tmp_path):
    with pytest.raises(SourceFormatError, match=r"grid.tif: expected one band of persons, found 2"):
        read_population_grid(_as_raster(tmp_path, bands=2))
    with pytest.raises(SourceFormatError, match="expected to know the coordinate system, found none"):
        read_population_grid(_as_raster(tmp_path, crs=None))
    assert _cells(read_population_grid(_as_raster(tmp_path, crs=None), crs=METRIC)) == EXPECTED
    with pytest.raises(SourceFormatError, match="expected a raster that says where it lies"):
        read_population_grid(_as_raster(tmp_path, has_place=False))
    with pytest.raises(SourceFormatError, match="row 3:1: expected 0 or more people in persons, found '-7'"):
        read_population_grid(_as_raster(tmp_path, values=[[1, 2], [3, 4], [-7, 6]]))


def test_too_large_grids_are_refused_before_they_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(population_grid, "MOST_CELLS", 3)
    for path, options in ((_as_csv(tmp_path), {"crs": METRIC}), (_as_package(tmp_path), {})):
        with pytest.raises(SourceFormatError, match="expected at most 3 cells"):
            read_population_grid(path, **options)
    with pytest.raises(SourceFormatError, match=r"grid.xls: expected .gpkg"):
        read_population_grid(tmp_path / "grid.xls")


def _region_with_grid(folder, lines):
    """Give the invented region with a grid in degrees."""
    catalogue = copy_region(folder)
    path = _csv(catalogue.parent, "\n".join(["x,y,persons", *lines]) + "\n")
    with catalogue.open("a", encoding="utf-8") as file:
        file.write(
            '\n[[source]]\ncode = "grid"\nname = "Siatka"\nkind = "population_grid"\npublisher = "nikt"\n'
            'licence = "MIT"\nattribution = "nikt"\ncrs = "EPSG:4326"\n\n[[source.files]]\npath = "grid.csv"\n'
            f'sha256 = "{sha256_of(path)}"\nas_of = 2021-03-31\n'
        )
    return catalogue


def test_a_loaded_grid_replaces_the_localities(engine, tmp_path):
    # Two cells of Zmyślona Wola (1 : 3), an empty one, and one in the open sea.
    lines = ["15.80,54.70,100", "15.82,54.71,300", "15.81,54.705,0", "10.0,54.7,8"]
    catalogue = _region_with_grid(tmp_path / "region", lines)
    load_all(engine, settings_for(catalogue), catalogue_path=catalogue)
    registry = read_registry(engine)
    assert registry.grid_cells["persons"].tolist() == [100, 300]
    assert set(registry.grid_cells["gmina_code"]) == {"980101"}
    world, view = World(registry), View()
    points, persons = world.points, world.demand_persons(view.question.people)
    # 50 older people of the gmina: a quarter and three quarters.
    assert persons[points["gmina_code"] == "980101"].tolist() == [12.5, 37.5]
    by_gmina = persons.groupby(points["gmina_code"]).sum()
    assert by_gmina.to_dict() == pytest.approx(world.people(view.question.people, "gmina").persons.to_dict())
    with engine.connect() as connection:
        release = newest_release(connection, "grid")
        reasons = select(RejectedRow.reason).where(RejectedRow.release_id == release.id)
        assert connection.execute(reasons).scalars().all() == ["outside_areas"]
    assert (release.rows_read, release.rows_accepted, release.rows_rejected) == (4, 3, 1)


def test_swapped_coordinates_are_told_and_nothing_is_loaded(engine, tmp_path):
    catalogue = _region_with_grid(tmp_path / "region", ["54.70,15.80,100", "54.71,15.82,300"])
    with pytest.raises(SourceFormatError, match=r"found 2 of 2 cells outside all gminas, .* swapped x and y"):
        load_all(engine, settings_for(catalogue), catalogue_path=catalogue)
    assert read_registry(engine).grid_cells.empty
