import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point, box

from data.places.placing import place_facilities
from data.places.postal_places import PostalPlaces
from data.places.stated_area import stated_area
from data.places.world import AreaIndex, Gazetteer
from geo.crs import GEOGRAPHIC

# Unit squares in a row, a degree wide: a town and the gmina round it share a name, a city is its own powiat.
_GMINAS = {
    "129901": ("Dobra", 15),
    "129902": ("Dobra", 16),
    "129903": ("Łąka", 17),
    "129801": ("Inna", 18),
    "126101": ("Kraków", 19),
}
_KINDS = {"129901": "urban", "129902": "rural"}
_POWIATS = {"1299": ("krakowski", "land"), "1298": ("inny", "land"), "1261": ("Kraków", "city")}


def _areas() -> AreaIndex:
    rows = [
        {
            "area_code": code,
            "level": "gmina",
            "name": name,
            "kind": _KINDS.get(code, "urban_rural"),
            "geometry": box(west, 50, west + 1, 51),
        }
        for code, (name, west) in _GMINAS.items()
    ]
    rows += [
        {"area_code": code, "level": "powiat", "name": name, "kind": kind, "geometry": box(0, 0, 1, 1)}
        for code, (name, kind) in _POWIATS.items()
    ]
    rows.append(
        {
            "area_code": "12",
            "level": "voivodeship",
            "name": "zmyślone",
            "kind": "",
            "geometry": box(0, 0, 1, 1),
        }
    )
    frame = gpd.GeoDataFrame(rows, geometry="geometry", crs=GEOGRAPHIC)
    frame["label_point"] = [shape.centroid for shape in frame.geometry]
    return AreaIndex(frame, parents={"129904": "129903"}, renamed={"nowy": "1298"})


def _gazetteer(*, has_second: bool = False) -> Gazetteer:
    places = [
        ("1", "Dobra", "miasto", "129901", 15.5),
        ("2", "Lipa", "wieś", "129902", 16.2),
        ("3", "Lipa", "wieś", "129903", 17.2),
        ("4", "Brzózka", "wieś", "129903", 17.4),
        ("5", "Kraków", "miasto", "126101", 19.5),
        ("6", "Lipa", "wieś", "129801", 18.2),
        ("7", "Za Granicą", "wieś", None, 30.0),
        ("8", "Wola Górna", "wieś", "129903", 17.60),
        ("9", "Wola Dolna", "wieś", "129903", 17.62),
        ("10", "Buk Mały", "wieś", "129903", 17.1),
        ("11", "Buk Wielki", "wieś", "129903", 17.9),
        ("12", "Łąka", "wieś", "129903", 17.5),
    ]
    columns = ["source_key", "name", "kind", "gmina_code", "point"]
    rows = pd.DataFrame([(*place[:4], Point(place[4], 50.5)) for place in places], columns=columns)
    return Gazetteer(rows, second=_second_list() if has_second else None)


def _second_list() -> pd.DataFrame:
    """What addresses tell: a Brzózka that the first list lacks, and a Brzózka, a little off, that both lists have."""
    rows = [
        ("Brzózka", "129902", Point(16.8, 50.5)),
        ("Brzozka", "129903", Point(17.42, 50.5)),
        ("Sosna", "129902", Point(16.6, 50.5)),
        ("Dobra", "129903", Point(17.8, 50.5)),
    ]
    return pd.DataFrame(rows, columns=["name", "gmina_code", "point"])


def _row(**given: object) -> dict[str, object]:
    row = dict.fromkeys(
        [
            "locality_name",
            "post_town",
            "postal_code",
            "street_address",
            "organization_name",
            "stated_gmina_name",
            "stated_gmina_code",
            "stated_powiat_name",
            "file_place_grade",
        ]
    )
    return (
        row
        | {
            "is_city_powiat": None,
            "voivodeship_code": "12",
            "latitude": None,
            "longitude": None,
            "has_door": True,
        }
        | given
    )


def _postcodes() -> PostalPlaces:
    towns = [
        ("10-001", "Dobra", "krakowski", "129901", 15.5),
        ("10-002", "Łąka", "krakowski", "129903", 17.5),
        ("10-003", "Brzózka", "krakowski", "129903", 17.4),
        ("10-004", "Lipa", "inny", "129801", 18.2),
        ("10-005", "Buk Mały", "krakowski", "129903", 17.1),
    ]
    columns = ["postal_code", "name", "powiat_name", "gmina_code", "point"]
    rows = pd.DataFrame([(*town[:4], Point(town[4], 50.5)) for town in towns], columns=columns)
    return PostalPlaces(rows.assign(voivodeship_name="zmyślone"), _areas(), _gazetteer())


def _place(**given: object):
    frame = pd.DataFrame([_row(**given)], index=["a"])
    return place_facilities(frame, _areas(), _gazetteer())["a"]


def _place_by_post(**given: object):
    frame = pd.DataFrame([_row(**given)], index=["a"])
    return place_facilities(frame, _areas(), _gazetteer(), postcodes=_postcodes())["a"]


def _kinds(placed) -> list[str]:
    return [kind for kind, _ in placed.problems]


def test_locality_in_the_stated_gmina() -> None:
    placed = _place(locality_name="Lipa", stated_gmina_name="Łąka", stated_powiat_name="krakowski")
    assert (placed.grade, placed.gmina_code, placed.point) == ("locality", "129903", Point(17.2, 50.5))
    assert placed.problems == []


def test_name_without_diacritics_is_found() -> None:
    assert _place(locality_name="BRZOZKA", stated_powiat_name="krakowski").gmina_code == "129903"


def test_land_powiat_is_not_the_city() -> None:
    areas = _areas()
    assert areas.powiat("krakowski", voivodeship_code="12", is_city=False) == "1299"
    assert areas.powiat("Kraków", voivodeship_code="12", is_city=True) == "1261"
    assert areas.powiat("Kraków", voivodeship_code="12", is_city=False) is None
    assert areas.powiat("krakowski", voivodeship_code="14") is None


def test_later_name_of_a_powiat_is_known() -> None:
    assert _areas().powiat("nowy", voivodeship_code="12") == "1298"


def test_city_powiat_is_its_only_gmina() -> None:
    placed = _place(locality_name="Nowa Huta", stated_powiat_name="Kraków", is_city_powiat=True)
    assert (placed.grade, placed.gmina_code, placed.point) == ("gmina", "126101", Point(19.5, 50.5))
    assert _kinds(placed) == ["locality_unknown"]


def test_name_goes_before_a_code_of_another_gmina() -> None:
    placed = _place(locality_name="Nieznana", stated_gmina_name="Łąka", stated_gmina_code="129901")
    assert (placed.gmina_code, placed.gmina_of_words) == ("129903", "129903")
    kind, facts = placed.problems[0]
    assert kind == "gmina_code_disagrees"
    assert (facts["stated_code"], facts["gmina_of_code"], facts["stated_gmina"]) == (
        "129901",
        "Dobra",
        "Łąka",
    )
    assert facts["believed_codes"] == ["129903"]


def test_locality_that_only_the_gmina_of_the_code_has_speaks_for_the_code() -> None:
    placed = _place(locality_name="Brzózka", stated_gmina_name="Inna", stated_gmina_code="129903")
    assert (placed.gmina_code, placed.gmina_of_words) == ("129903", "129903")
    assert [(kind, facts["believed_codes"]) for kind, facts in placed.problems] == [
        ("gmina_code_disagrees", ["129903"])
    ]


def test_code_of_a_gmina_whose_name_we_do_not_know_is_believed() -> None:
    placed = _place(locality_name="Lipa", stated_gmina_name="Nowa Nazwa", stated_gmina_code="129903")
    assert (placed.gmina_code, placed.problems) == ("129903", [])


def test_code_tells_a_town_from_the_gmina_of_its_name() -> None:
    placed = _place(locality_name="Lipa", stated_gmina_name="Dobra", stated_gmina_code="129902")
    assert (placed.gmina_code, placed.problems) == ("129902", [])


@pytest.mark.parametrize(
    ("given", "gmina_code"),
    [
        ({"stated_gmina_name": "Gmina Dobra"}, "129902"),
        ({"stated_gmina_name": "Miasto Dobra"}, "129901"),
        ({"stated_gmina_name": "Dobra", "organization_name": "Gmina Dobra"}, "129902"),
        ({"stated_gmina_name": "Dobra", "organization_name": "Gmina Miejska Dobra"}, "129901"),
        ({"stated_gmina_name": "Dobra", "organization_name": "Gmina Łąka"}, None),
        ({"stated_gmina_name": "Dobra", "organization_name": "Fundacja Dobra"}, None),
        ({"stated_gmina_name": "Miasto i Gmina Łąka"}, "129903"),
    ],
)
def test_words_for_the_kind_of_unit_tell_a_town_from_the_gmina_round_it(given: dict, gmina_code: str) -> None:
    assert stated_area(_row(**given), _areas()).gmina_code == gmina_code


def test_post_in_the_town_does_not_move_a_facility_of_the_gmina_round_it() -> None:
    placed = _place(
        locality_name="Dobra", post_town="Dobra", stated_gmina_name="Dobra", organization_name="Gmina Dobra"
    )
    assert (placed.grade, placed.gmina_code, placed.point) == ("gmina", "129902", Point(16.5, 50.5))
    assert _kinds(placed) == ["locality_unknown"]


def test_name_shared_by_town_and_gmina_means_either() -> None:
    placed = _place(locality_name="Lipa", stated_gmina_name="Dobra", stated_powiat_name="krakowski")
    assert (placed.gmina_code, placed.problems) == ("129902", [])


def test_younger_gmina_is_its_parent_and_says_so() -> None:
    placed = _place(locality_name="Lipa", stated_gmina_code="129904")
    assert placed.gmina_code == "129903"
    assert placed.problems == [
        ("gmina_younger_than_boundaries", {"stated_code": "129904", "parent_code": "129903"})
    ]


def test_locality_elsewhere_in_the_powiat_disagrees_with_the_stated_gmina() -> None:
    placed = _place(locality_name="Brzózka", stated_gmina_code="129901")
    assert (placed.grade, placed.gmina_code) == ("locality", "129903")
    ((kind, facts),) = placed.problems
    assert kind == "gmina_disagrees"
    assert (facts["stated_codes"], facts["gmina_of_point"], facts["gmina_of_point_name"]) == (
        ["129901"],
        "129903",
        "Łąka",
    )


def test_namesakes_are_never_chosen_between() -> None:
    placed = _place(locality_name="Lipa", stated_powiat_name="krakowski")
    assert (placed.grade, placed.point, placed.gmina_code) == ("none", None, None)
    ((kind, facts),) = placed.problems
    assert (kind, facts["gminas"]) == ("locality_ambiguous", ["129902", "129903"])


def test_gmina_that_runs_the_facility_tells_namesakes_apart() -> None:
    placed = _place(
        locality_name="Lipa", stated_powiat_name="krakowski", organization_name="Miasto i Gmina Łąka"
    )
    assert (placed.grade, placed.gmina_code, placed.problems) == ("locality", "129903", [])


@pytest.mark.parametrize(
    ("postal_code", "gmina_code"),
    [("10-005", "129903"), ("10-003", None), ("10-004", None), ("99-999", None), (None, None)],
)
def test_postal_code_chooses_the_namesake_within_its_reach(postal_code: str, gmina_code: str) -> None:
    # Buk Mały (10-005) is 7 km from one Lipa and 64 km from the other, Brzózka (10-003) 14 km from the nearer.
    placed = _place_by_post(locality_name="Lipa", stated_powiat_name="krakowski", postal_code=postal_code)
    assert placed.gmina_code == gmina_code
    assert _kinds(placed) == ([] if gmina_code else ["locality_ambiguous"])


def test_village_known_only_in_parts_is_placed_among_them() -> None:
    placed = _place(locality_name="Wola", stated_gmina_name="Łąka", stated_powiat_name="krakowski")
    assert (placed.grade, placed.gmina_code, placed.problems) == ("locality", "129903", [])
    assert placed.point in {Point(17.60, 50.5), Point(17.62, 50.5)}


def test_parts_far_from_each_other_are_not_one_village() -> None:
    placed = _place(locality_name="Buk", stated_gmina_name="Łąka", stated_powiat_name="krakowski")
    assert (placed.grade, _kinds(placed)) == ("gmina", ["locality_unknown"])


def test_part_of_a_name_is_not_looked_for_outside_the_stated_gmina() -> None:
    assert _place(locality_name="Wola", stated_powiat_name="krakowski").grade == "none"


def test_postal_code_places_what_the_gazetteer_does_not_know() -> None:
    placed = _place_by_post(
        locality_name="Nieznana",
        postal_code="10-003",
        stated_gmina_name="Łąka",
        stated_powiat_name="krakowski",
    )
    assert (placed.grade, placed.gmina_code, placed.point) == ("postal_code", "129903", Point(17.4, 50.5))
    assert _kinds(placed) == ["locality_unknown"]


def test_postal_code_of_another_gmina_places_nothing() -> None:
    placed = _place_by_post(locality_name="Nieznana", postal_code="10-001", stated_gmina_code="129903")
    assert (placed.grade, placed.gmina_code) == ("gmina", "129903")


def test_postal_code_of_the_stated_gmina_refutes_a_village_elsewhere() -> None:
    placed = _place_by_post(locality_name="Brzózka", stated_gmina_code="129901", postal_code="10-001")
    assert (placed.grade, placed.gmina_code) == ("postal_code", "129901")
    ((kind, facts),) = placed.problems
    assert (kind, facts["gmina_of_point"], facts["gminas_of_postal_code"]) == (
        "gmina_disagrees",
        "129903",
        ["129901"],
    )


def test_postal_code_of_the_stated_gmina_refutes_a_rough_coordinate_elsewhere() -> None:
    placed = _place_by_post(
        latitude=50.5,
        longitude=17.4,
        locality_name="Brzózka",
        stated_gmina_code="129901",
        postal_code="10-001",
        file_place_grade="locality",
    )
    assert (placed.grade, placed.gmina_code, placed.gmina_of_point) == ("postal_code", "129901", "129903")
    assert _kinds(placed) == ["gmina_disagrees"]


@pytest.mark.parametrize("own", [{"latitude": 50.5, "longitude": 17.4, "file_place_grade": "locality"}, {}])
@pytest.mark.parametrize(
    ("name", "gmina_code", "grade"), [("Dobra", "129901", "gmina"), (None, "129903", "locality")]
)
def test_code_and_name_of_one_gmina_refute_a_namesake_far_from_it(
    own: dict, name: str | None, gmina_code: str, grade: str
) -> None:
    """Wysoka in the gmina Tuchola (041606) is no village of Cekcyn, 13 km away, though the gazetteer has only that."""
    placed = _place(
        locality_name="Brzózka",
        stated_gmina_name=name,
        stated_gmina_code="129901",
        stated_powiat_name="krakowski",
        **own,
    )
    assert (placed.grade, placed.gmina_code, _kinds(placed)) == (grade, gmina_code, ["gmina_disagrees"])


def test_code_and_name_do_not_refute_a_place_near_their_gmina() -> None:
    near = {"latitude": 50.5, "longitude": 17.03, "file_place_grade": "locality"}
    placed = _place(stated_gmina_name="Dobra", stated_gmina_code="129902", **near)
    assert (placed.grade, placed.gmina_code, _kinds(placed)) == ("locality", "129903", ["gmina_disagrees"])


def _place_by_both(**given: object):
    frame = pd.DataFrame([_row(stated_powiat_name="krakowski") | given], index=["a"])
    return place_facilities(frame, _areas(), _gazetteer(has_second=True), postcodes=_postcodes())["a"]


def test_a_namesake_that_only_the_second_list_has_leaves_the_powiat() -> None:
    """Wysoka in powiat tucholski: PRNG has that of Cekcyn, addresses that of Tuchola, too; the home stands there."""
    one = _place(locality_name="Brzózka", stated_powiat_name="krakowski")
    assert (one.gmina_code, one.grade) == ("129903", "locality")
    both = _place_by_both(locality_name="Brzózka")
    assert (both.gmina_code, both.point, both.stated.powiat_code) == (None, None, "1299")
    ((kind, facts),) = both.problems
    assert (kind, facts["gminas"]) == ("locality_ambiguous", ["129902", "129903"])


@pytest.mark.parametrize(
    ("given", "longitude"),
    [
        ({"stated_gmina_name": "Dobra", "stated_gmina_code": "129902"}, 16.8),
        ({"stated_gmina_name": "Łąka"}, 17.4),
        ({"post_town": "Lipa", "organization_name": "Gmina Łąka"}, 17.4),
        ({"post_town": "Sosna"}, 16.8),
        ({"organization_name": "Gmina Dobra"}, 16.8),
        ({"postal_code": "10-003"}, 17.4),
    ],
)
def test_what_else_a_row_says_chooses_between_the_lists(given: dict[str, str], longitude: float) -> None:
    placed = _place_by_both(locality_name="Brzózka", **given)
    assert (placed.grade, placed.point.x, placed.problems) == ("locality", longitude, [])


def test_a_place_of_both_lists_is_one_and_stands_where_the_first_has_it() -> None:
    assert len(_gazetteer(has_second=True).named("Brzózka", within=["129903"])) == 1


def test_a_village_that_only_the_second_list_has_is_found() -> None:
    """Warzyn, 13 addresses in Gniewkowo."""
    placed = _place_by_both(locality_name="Sosna")
    assert (placed.gmina_code, placed.grade, placed.point.x) == ("129902", "locality", 16.6)


def test_a_town_stands_alone_among_hamlets_of_the_second_list() -> None:
    assert _place_by_both(locality_name="Dobra").gmina_code == "129901"


def test_post_town_tells_namesakes_apart() -> None:
    placed = _place(locality_name="Lipa", post_town="Brzózka", stated_powiat_name="krakowski")
    assert (placed.grade, placed.gmina_code) == ("locality", "129903")


def test_post_town_is_the_second_try_with_a_grade_of_its_own() -> None:
    placed = _place(locality_name="Nieznana", post_town="Brzózka", stated_powiat_name="krakowski")
    assert (placed.grade, placed.gmina_code) == ("postal_code", "129903")
    assert _kinds(placed) == ["locality_unknown"]


def test_unknown_locality_gets_the_label_point_of_the_stated_gmina() -> None:
    placed = _place(locality_name="Nieznana", stated_gmina_name="Łąka", stated_powiat_name="krakowski")
    assert (placed.grade, placed.gmina_code, placed.point) == ("gmina", "129903", Point(17.5, 50.5))


def test_nothing_known_is_not_located() -> None:
    placed = _place(locality_name="Nieznana", stated_powiat_name="krakowski")
    assert (placed.grade, placed.point) == ("none", None)
    assert _kinds(placed) == ["not_located"]


def test_locality_outside_all_gminas_is_no_place() -> None:
    assert _kinds(_place(locality_name="Za Granicą")) == ["not_located"]


def test_coordinate_of_the_file_keeps_its_grade() -> None:
    placed = _place(
        latitude=50.1, longitude=17.9, file_place_grade="door", stated_gmina_name="Łąka", locality_name="Lipa"
    )
    assert (placed.grade, placed.point, placed.gmina_code) == ("door", Point(17.9, 50.1), "129903")
    assert (placed.gmina_of_words, placed.gmina_of_point) == ("129903", "129903")


def test_two_witnesses_of_the_gmina_are_kept_apart() -> None:
    by_name = _place(locality_name="Brzózka", stated_powiat_name="krakowski")
    assert (by_name.gmina_code, by_name.gmina_of_words, by_name.gmina_of_point) == ("129903", None, None)
    abroad = _place(latitude=50.5, longitude=5.0, stated_gmina_code="129903")
    assert (abroad.gmina_code, abroad.gmina_of_words, abroad.gmina_of_point) == ("129903", "129903", None)
    refused = _place(latitude=50.5, longitude=18.5, stated_gmina_code="129903")
    assert (refused.gmina_code, refused.gmina_of_words, refused.gmina_of_point) == (
        "129903",
        "129903",
        "129801",
    )


def test_every_row_is_placed_as_if_it_were_alone() -> None:
    rows = [
        _row(locality_name="Lipa", stated_gmina_name="Łąka", stated_powiat_name="krakowski"),
        _row(locality_name="Brzózka", stated_gmina_name="Dobra", organization_name="Gmina Dobra"),
        _row(locality_name="Lipa", stated_gmina_name="Dobra", latitude=50.5, longitude=16.5),
        _row(locality_name="Dobra", stated_gmina_name="Dobra", has_door=False),
    ]
    together = place_facilities(pd.DataFrame(rows), _areas(), _gazetteer())
    alone = [
        place_facilities(pd.DataFrame([row], index=[index]), _areas(), _gazetteer())[index]
        for index, row in enumerate(rows)
    ]
    assert [together[index] for index in range(len(rows))] == alone
    assert [placed.gmina_code for placed in alone] == ["129903", "129903", "129902", "129901"]


def test_words_that_agree_go_before_a_rough_coordinate_in_another_gmina() -> None:
    placed = _place(latitude=50.1, longitude=16.9, locality_name="Brzózka", stated_gmina_code="129903")
    assert (placed.grade, placed.point) == ("locality", Point(17.4, 50.5))
    assert (placed.gmina_code, placed.gmina_of_words, placed.gmina_of_point) == ("129903", "129903", "129902")
    assert _kinds(placed) == ["coordinate_disagrees"]


def test_door_in_another_gmina_is_kept_and_disagrees() -> None:
    placed = _place(
        latitude=50.1,
        longitude=16.9,
        file_place_grade="door",
        locality_name="Brzózka",
        stated_gmina_code="129903",
    )
    assert (placed.grade, placed.gmina_code, placed.gmina_of_words) == ("door", "129902", "129903")
    assert _kinds(placed) == ["gmina_disagrees"]


@pytest.mark.parametrize(
    ("locality", "longitude", "grade", "kinds"),
    [
        ("Brzózka", 17.9, "locality", []),
        ("Nieznana", 17.9, "gmina", []),
        ("Brzózka", 16.9, "locality", ["coordinate_disagrees"]),
        ("Nieznana", 16.9, "gmina", ["coordinate_disagrees"]),
    ],
)
def test_coordinate_that_stands_for_a_gmina_gives_way_to_a_locality(
    locality: str, longitude: float, grade: str, kinds: list[str]
) -> None:
    placed = _place(
        latitude=50.1,
        longitude=longitude,
        file_place_grade="gmina",
        locality_name=locality,
        stated_gmina_code="129903",
    )
    assert (placed.grade, placed.gmina_code, _kinds(placed)) == (grade, "129903", kinds)


def test_coordinate_in_another_gmina_of_the_powiat_is_kept_and_disagrees() -> None:
    placed = _place(latitude=50.1, longitude=16.9, stated_gmina_code="129903")
    assert (placed.grade, placed.gmina_code) == ("locality", "129902")
    assert _kinds(placed) == ["gmina_disagrees"]


@pytest.mark.parametrize("longitude", [18.5, 5.0])
def test_coordinate_in_another_powiat_or_abroad_gives_way_to_the_gazetteer(longitude: float) -> None:
    placed = _place(latitude=50.5, longitude=longitude, stated_gmina_code="129903", locality_name="Brzózka")
    assert (placed.grade, placed.point) == ("locality", Point(17.4, 50.5))
    assert _kinds(placed) == ["coordinate_disagrees"]


def test_without_a_door_there_is_no_point() -> None:
    placed = _place(
        has_door=False, locality_name="Lipa", stated_gmina_code="129903", latitude=50.5, longitude=17.5
    )
    assert (placed.grade, placed.point, placed.gmina_code) == ("none", None, "129903")


def test_without_a_door_the_locality_tells_which_gmina_of_one_name() -> None:
    placed = _place(
        has_door=False, locality_name="Dobra", stated_gmina_name="Dobra", stated_powiat_name="krakowski"
    )
    assert (placed.point, placed.gmina_code) == (None, "129901")


@pytest.mark.parametrize(
    ("given", "narrowest"),
    [
        ({"stated_gmina_code": "129903"}, "129903"),
        ({"stated_powiat_name": "krakowski"}, "1299"),
        ({}, "12"),
        ({"stated_gmina_name": "Łąka"}, "129903"),
    ],
)
def test_narrowest_area_that_is_sure(given: dict[str, str], narrowest: str) -> None:
    assert stated_area(_row(**given), _areas()).narrowest == narrowest


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"stated_gmina_code": "999999"}, "gmina_code_unknown"),
        ({"stated_gmina_name": "Nigdzie"}, "gmina_name_unknown"),
        ({"stated_powiat_name": "nigdziejski"}, "powiat_unknown"),
    ],
)
def test_what_a_row_states_and_we_do_not_know_is_told(given: dict[str, str], kind: str) -> None:
    assert [found for found, _ in stated_area(_row(**given), _areas()).problems] == [kind]


@pytest.mark.parametrize(
    "words", ["gm. Dobra", "gm.Dobra", "gmina wiejska Dobra", "Dobra - gmina wiejska", "Dobra (gmina)"]
)
def test_short_words_for_a_gmina_tell_it_from_the_town(words: str) -> None:
    assert stated_area(_row(stated_gmina_name=words), _areas()).gmina_codes == {"129902"}


@pytest.mark.parametrize("words", ["m. Dobra", "Dobra-miasto", "Dobra (miasto)", "gmina miejska Dobra"])
def test_short_words_for_a_town_tell_it_from_the_gmina(words: str) -> None:
    assert stated_area(_row(stated_gmina_name=words), _areas()).gmina_codes == {"129901"}


def test_code_of_another_voivodeship_than_the_row_is_told_and_not_believed() -> None:
    areas, row = _areas(), _row(stated_gmina_code="129903", voivodeship_code="14", locality_name="Kraków")
    stated = stated_area(row, areas, _gazetteer())
    assert stated.gmina_codes == frozenset()
    assert [kind for kind, _ in stated.problems] == ["gmina_code_disagrees"]


def test_code_of_another_voivodeship_is_believed_when_only_it_has_the_locality() -> None:
    row = _row(stated_gmina_code="129903", voivodeship_code="14", locality_name="Brzózka")
    assert stated_area(row, _areas(), _gazetteer()).gmina_codes == {"129903"}


def test_locality_that_nobody_knows_is_told_of_a_service_without_a_door_too() -> None:
    placed = _place(has_door=False, stated_gmina_code="129903", locality_name="Niema")
    assert [kind for kind, _ in placed.problems] == ["locality_unknown"]
