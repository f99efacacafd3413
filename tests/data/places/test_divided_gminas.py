"""A gmina that was divided: what its code and name mean depends on the day of the list, and 300 m say nothing."""

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point, box

from data.places.placing import place_facilities
from data.places.seats import gmina_of_seat
from data.places.stated_area import stated_area
from data.places.vintages import area_index
from data.places.world import AreaIndex, Gazetteer
from geo.crs import GEOGRAPHIC, METRIC

# Squares of 10 km in a row; Nowa was divided off Stara in 2025, Later was called Dawna.
WHOLE, PART, OTHER = "129901", "129902", "129903"
BEFORE, AFTER = date(2024, 12, 31), date(2025, 6, 30)
NAMES = {WHOLE: "Stara", PART: "Nowa", OTHER: "Later"}
CODES = pd.DataFrame(
    [
        (WHOLE, "Stara", "2019"),
        (OTHER, "Dawna", "2019"),
        (WHOLE, "Stara", "2025"),
        (PART, "Nowa", "2025"),
        (OTHER, "Later", "2025"),
    ],
    columns=["gmina_code", "name", "vintage"],
)


def _at(east_km: float) -> Point:
    """Return a point in degrees, so many kilometres east of the western border of Stara."""
    metres = gpd.GeoSeries([Point(500_000 + 1_000 * east_km, 505_000)], crs=METRIC)
    return metres.to_crs(GEOGRAPHIC).iloc[0]


def _areas(parts: tuple[str, ...] = (WHOLE, PART, OTHER)) -> AreaIndex:
    squares = [box(500_000 + 10_000 * n, 500_000, 510_000 + 10_000 * n, 510_000) for n in range(3)]
    gminas = gpd.GeoDataFrame(
        {"area_code": list(NAMES), "name": list(NAMES.values()), "level": "gmina", "kind": "rural"},
        geometry=squares,
        crs=METRIC,
    ).to_crs(GEOGRAPHIC)
    upper = gpd.GeoDataFrame(
        {
            "area_code": ["1299", "12"],
            "name": ["jakiś", "zmyślone"],
            "level": ["powiat", "voivodeship"],
            "kind": ["land", ""],
        },
        geometry=[gminas.union_all()] * 2,
        crs=GEOGRAPHIC,
    )
    areas = pd.concat([upper, gminas[gminas["area_code"].isin(parts)]], ignore_index=True)
    areas["label_point"] = areas.representative_point()
    return area_index(areas, CODES, parents={PART: WHOLE}, renamed={})


def _row(**changes: object) -> dict[str, object]:
    columns = ("stated_gmina_code", "stated_gmina_name", "locality_name", "postal_code", "post_town")
    row = dict.fromkeys((*columns, "stated_powiat_name", "is_city_powiat", "latitude", "longitude"))
    return row | {"voivodeship_code": "12", "file_place_grade": "door", "has_door": True} | changes


def _placed(day: date | None, *, at: Point | None = None, **changes: object):
    point = {} if at is None else {"longitude": at.x, "latitude": at.y}
    facilities = pd.DataFrame([_row(**point, **changes)], index=["one"])
    return place_facilities(facilities, _areas(), Gazetteer.empty(), day=day)["one"]


@pytest.mark.parametrize("stated", [{"stated_gmina_code": WHOLE}, {"stated_gmina_name": "Stara"}])
@pytest.mark.parametrize(("day", "codes"), [(BEFORE, {WHOLE, PART}), (None, {WHOLE, PART}), (AFTER, {WHOLE})])
def test_a_code_of_before_means_all_parts(stated, day, codes) -> None:
    found = stated_area(_row(**stated), _areas(), day=day)
    assert found.gmina_codes == codes
    assert found.divided_code == (WHOLE if len(codes) > 1 else None)
    assert found.powiat_code == "1299"


def test_the_point_tells_which_part_a_list_of_before_means() -> None:
    placed = _placed(BEFORE, at=_at(15), stated_gmina_code=WHOLE)
    assert (placed.gmina_code, placed.gmina_of_words, placed.problems) == (PART, PART, [])


def test_where_nothing_tells_the_part_the_stated_code_stands() -> None:
    placed = _placed(BEFORE, stated_gmina_code=WHOLE)
    assert (placed.gmina_code, placed.grade) == (WHOLE, "gmina")


@pytest.mark.parametrize(
    ("stated", "grade", "east_km", "gmina_code", "kinds"),
    [
        ({"stated_gmina_code": WHOLE}, "street", 10.29, WHOLE, []),
        ({"stated_gmina_code": WHOLE}, "street", 10.31, PART, ["gmina_disagrees"]),
        ({"stated_gmina_name": "Stara"}, "door", 10.31, PART, ["gmina_disagrees"]),
        # The code of a door is that of its address: the workshop in Okuniew, 545 m beyond the border that is drawn.
        ({"stated_gmina_code": WHOLE}, "door", 10.67, WHOLE, []),
        ({"stated_gmina_code": WHOLE}, "door", 11.01, PART, ["gmina_disagrees"]),
    ],
)
def test_a_point_so_near_to_the_border_never_overrules_what_is_stated(
    stated, grade, east_km, gmina_code, kinds
) -> None:
    placed = _placed(AFTER, at=_at(east_km), file_place_grade=grade, **stated)
    assert (placed.gmina_code, placed.grade, placed.gmina_of_point) == (gmina_code, grade, PART)
    assert [kind for kind, _ in placed.problems] == kinds
    assert placed.point.distance(_at(east_km)) == pytest.approx(0)


def test_a_point_outside_all_areas_is_kept_near_the_stated_gmina() -> None:
    assert _placed(AFTER, at=_at(-0.2), stated_gmina_code=WHOLE).grade == "door"
    far = _placed(AFTER, at=_at(-0.4), stated_gmina_code=WHOLE)
    assert (far.gmina_code, far.grade) == (WHOLE, "gmina")
    assert [kind for kind, _ in far.problems] == ["coordinate_disagrees"]


def test_without_a_stated_gmina_the_point_alone_tells_it() -> None:
    assert _placed(AFTER, at=_at(10.1)).gmina_code == PART


@pytest.mark.parametrize("name", ["Dawna", "Later"])
def test_a_renamed_gmina_is_found_by_both_names(name) -> None:
    assert stated_area(_row(stated_gmina_name=name), _areas(), day=AFTER).gmina_code == OTHER


def test_people_of_parts_are_kept_under_the_code_of_the_whole() -> None:
    areas = _areas()
    assert areas.people_area_of_code == {WHOLE: WHOLE, PART: WHOLE, OTHER: OTHER}
    assert areas.area_of_code == {WHOLE: WHOLE, PART: PART, OTHER: OTHER}
    assert areas.other_names_of == {PART: {"Stara"}, OTHER: {"Dawna"}}


def test_on_boundaries_of_before_a_part_is_its_whole() -> None:
    areas = _areas((WHOLE, OTHER))
    assert areas.area_of_code == areas.people_area_of_code == {WHOLE: WHOLE, PART: WHOLE, OTHER: OTHER}
    found = stated_area(_row(stated_gmina_code=PART), areas, day=AFTER)
    assert found.gmina_code == WHOLE
    assert [kind for kind, _ in found.problems] == ["gmina_younger_than_boundaries"]


def test_a_seat_in_a_gmina_that_was_divided_is_of_its_code() -> None:
    assert gmina_of_seat(_areas(), "ZMYŚLONE", "JAKIŚ", "STARA", "LAS") == (WHOLE, "")
