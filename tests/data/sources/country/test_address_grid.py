"""Addresses by cell and gmina: codes of other years, rows that are refused, and the whole file from load to points."""

import gzip

import geopandas as gpd
import pytest
import shapely

from data.loading.load import load_all
from data.registry.reading import read_registry
from data.sources.country.address_grid import read_address_grid
from data.sources.staged import SourceFormatError
from geo.crs import METRIC, to_metric
from layers.answers.measures.world import World
from layers.view.view import View
from tests.support.invented import copy_region, settings_for, sha256_of

AREA_OF_CODE = {"120705": "120705", "120713": "120705", "126101": "126101"}


def _file(folder, *rows, name="grid.csv.gz"):
    path = folder / name
    text = "\n".join(["grid_id,teryt,addresses", *rows]) + "\n"
    path.write_bytes(gzip.compress(text.encode()))
    return path


def test_parts_of_a_gmina_that_boundaries_have_as_one_come_together(tmp_path):
    path = _file(tmp_path, "1kmN3000E5000,120705,4", "1kmN3000E5000,120713,3", "1kmN3000E5000,126101,9")
    staged = read_address_grid(path, area_of_code=AREA_OF_CODE)
    assert staged.records[["gmina_code", "addresses"]].to_numpy().tolist() == [["120705", 7], ["126101", 9]]
    square = gpd.GeoSeries([shapely.box(5e6, 3e6, 5_001_000, 3_001_000)], crs="EPSG:3035").to_crs(METRIC)
    assert staged.records.geometry.iloc[0].symmetric_difference(square.iloc[0]).area < 1
    assert (staged.rows_read, len(staged.rejected)) == (3, 0)


@pytest.mark.parametrize(
    ("known", "counted"),
    [
        # 120713 was a part of 120705: merged into it, its addresses go there.
        ({"120705": "120705", "120713": "120705"}, {"120705": 7}),
        # Boundaries that merged it into a gmina of which no list of codes tells, or lack it.
        ({"120705": "120705"}, {"120705": 4}),
    ],
    ids=["one that is merged goes to the whole", "one that is missing is counted nowhere"],
)
def test_addresses_of_a_gmina_that_boundaries_lack_go_to_no_neighbour(tmp_path, known, counted):
    path = _file(tmp_path, "1kmN3000E5000,120705,4", "1kmN3000E5000,120713,3", "1kmN3000E5000,126101,9")
    staged = read_address_grid(path, area_of_code=known)
    assert dict(zip(staged.records["gmina_code"], staged.records["addresses"], strict=True)) == counted
    assert set(staged.rejected["reason"]) == {"unknown_area"}
    assert len(staged.rejected) + (2 if counted["120705"] == 7 else 1) == staged.rows_read


def test_rows_that_say_nothing_are_refused_with_their_reason(tmp_path):
    path = _file(
        tmp_path,
        "1kmN3000E5000,126101,9",
        "1kmN3000E5000,126101,9",
        "1kmN3000E5000,999999,1",
        "N3000E5000,126101,1",
        ",126101,1",
        "1kmN3001E5000,126101,0",
        "1kmN3002E5000,126101,1.5",
        "0kmN3002E5000,126101,1",
    )
    staged = read_address_grid(path, area_of_code=AREA_OF_CODE)
    assert staged.rejected[["row_reference", "reason"]].to_numpy().tolist() == [
        ["3", "repeated_row"],
        ["4", "unknown_area"],
        ["5", "bad_cell"],
        ["6", "bad_cell"],
        ["7", "missing_number"],
        ["8", "missing_number"],
        ["9", "bad_cell"],
    ]
    assert staged.records["addresses"].sum() == 9


def test_a_file_without_its_columns_is_refused(tmp_path):
    path = tmp_path / "grid.csv"
    path.write_text("cell,persons\n1kmN3000E5000,4\n", encoding="utf-8")
    with pytest.raises(SourceFormatError, match="grid_id, teryt, addresses"):
        read_address_grid(path, area_of_code=AREA_OF_CODE)


def _region_with_houses(folder):
    """Give the invented region with the houses of one gmina: 3 in one cell, 1 in another."""
    catalogue = copy_region(folder)
    middle = gpd.GeoSeries.from_xy([15.80, 15.83], [54.70, 54.72], crs=4326).to_crs("EPSG:3035")
    names = [f"1kmN{int(point.y) // 1000}E{int(point.x) // 1000}" for point in middle]
    path = _file(catalogue.parent, f"{names[0]},980101,3", f"{names[1]},980101,1", name="houses.csv.gz")
    with catalogue.open("a", encoding="utf-8") as file:
        file.write(
            '\n[[source]]\ncode = "houses"\nname = "Domy"\nkind = "address_grid"\npublisher = "nikt"\n'
            'licence = "MIT"\nattribution = "nikt"\ncheck = { rows = 2 }\n\n[[source.files]]\n'
            f'path = "houses.csv.gz"\nsha256 = "{sha256_of(path)}"\nas_of = 2026-01-01\n'
        )
    return catalogue


def test_a_loaded_grid_of_houses_replaces_the_localities_and_sums_stay(engine, tmp_path):
    catalogue = _region_with_houses(tmp_path / "region")
    load_all(engine, settings_for(catalogue), catalogue_path=catalogue)
    registry = read_registry(engine)
    assert registry.address_cells["addresses"].tolist() == [3, 1]
    world, view = World(registry), View()
    persons = world.demand_persons(view.question.people)
    # 50 older people of the gmina: three quarters and a quarter.
    assert persons[world.points["gmina_code"] == "980101"].tolist() == [37.5, 12.5]
    by_gmina = persons.groupby(world.points["gmina_code"]).sum()
    assert by_gmina.to_dict() == pytest.approx(world.people(view.question.people, "gmina").persons.to_dict())


@pytest.mark.mirror
def test_of_the_real_grid_every_address_is_in_a_gmina_and_every_point_in_its_cell(real_registry, mirror):
    cells = real_registry.address_cells
    assert (len(cells), cells["addresses"].sum()) == (226_516, 8_592_599)
    gminas = real_registry.areas_of_level("gmina")
    assert set(cells["gmina_code"]) == set(gminas["area_code"])
    shapes = to_metric(gminas.set_index("area_code").geometry).reindex(cells["gmina_code"]).to_numpy()
    far = shapely.distance(shapes, to_metric(cells).geometry.to_numpy())
    # Of the houses beyond the drawn border of their gmina most are where land moved from one gmina to another.
    assert cells["addresses"][far > 0].sum() / 8_592_599 < 0.01
    towns = cells.groupby("gmina_code")[["addresses", "town_addresses"]].sum(min_count=1)
    assert (towns["town_addresses"].fillna(0) <= towns["addresses"]).all()
    assert towns.loc["120611", "town_addresses"] == 4_203  # Skawina, as the list of localities has it
