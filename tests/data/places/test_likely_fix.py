import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point, box

from data.places.likely_fix import FIXED_KINDS, LIKELY_FIXES, add_likely_fixes
from data.places.world import AreaIndex, Gazetteer
from geo.crs import GEOGRAPHIC, METRIC

# Square gminas of 10 km in a row, in metres; the last of them is a powiat of its own, 10 km away from the others.
_GMINAS = {
    "129901": ("Dobra", 0),
    "129902": ("Łąka", 10),
    "129903": ("Rzeka", 20),
    "129801": ("Daleka", 40),
}
_POWIATS = {"1299": "dobrski", "1298": "daleki"}
_WEST, _SOUTH = 500_000, 300_000
"""Inside EPSG:2180, in Małopolska."""


def _square(km: int) -> object:
    return box(_WEST + km * 1_000, _SOUTH, _WEST + (km + 10) * 1_000, _SOUTH + 10_000)


def _point(km: float) -> Point:
    """Return a point so many kilometres east of the first gmina's western border, in degrees."""
    metric = gpd.GeoSeries([Point(_WEST + km * 1_000, _SOUTH + 5_000)], crs=METRIC)
    return metric.to_crs(GEOGRAPHIC).iloc[0]


def _areas() -> AreaIndex:
    rows = [
        {"area_code": code, "level": "gmina", "name": name, "kind": "", "geometry": _square(km)}
        for code, (name, km) in _GMINAS.items()
    ]
    rows += [
        {"area_code": code, "level": "powiat", "name": name, "kind": "land", "geometry": _square(0)}
        for code, name in _POWIATS.items()
    ]
    rows.append(
        {"area_code": "12", "level": "voivodeship", "name": "zmyślone", "kind": "", "geometry": _square(0)}
    )
    frame = gpd.GeoDataFrame(rows, geometry="geometry", crs=METRIC).to_crs(GEOGRAPHIC)
    return AreaIndex(frame.assign(label_point=[shape.centroid for shape in frame.geometry]))


def _gazetteer() -> Gazetteer:
    places = [
        ("Lipa", "129901", 1.0),
        ("Lipa", "129902", 19.0),
        ("Brzózka", "129902", 12.0),
        ("Skraj", "129902", 10.5),
        ("Most", "129902", 13.0),
        ("Głębia", "129902", 18.0),
        ("Wierzchowina", "129901", 4.0),
        ("Zagroda Górna", "129901", 5.0),
        ("Samotnia", "129801", 45.0),
        ("Kresy", "129901", 9.0),
        *((f"Nowa {number}", "129903", 21.0 + number) for number in range(4)),
    ]
    rows = [(name, "wieś", code, _point(km)) for name, code, km in places]
    return Gazetteer(pd.DataFrame(rows, columns=["name", "kind", "gmina_code", "point"]))


def _fix(kind: str, **facts: object) -> dict[str, object]:
    (done,) = add_likely_fixes([{"kind": kind, "subject": "a", "facts": facts}], _areas(), _gazetteer())
    return {name: value for name, value in done["facts"].items() if name not in facts}


def _coordinate(km: float, *, found: str | None, **words: object) -> dict[str, object]:
    point = _point(km)
    stated = {"stated_gmina_name": "Dobra", "stated_powiat_name": "dobrski", "voivodeship_code": "12"}
    facts = stated | {"latitude": point.y, "longitude": point.x, "gmina_of_point": found} | words
    return _fix("coordinate_disagrees", **facts)


def _locality(name: str, *, found: str, **words: object) -> dict[str, object]:
    facts = {
        "name": name,
        "stated_gmina": "Dobra",
        "stated_powiat": "dobrski",
        "gmina_of_point": found,
    } | words
    return _fix("locality_gmina_disagrees", **facts)


def test_exchanged_latitude_and_longitude_are_exchanged_back() -> None:
    right = _point(5)
    fix = _fix(
        "coordinate_disagrees",
        latitude=right.x,
        longitude=right.y,
        gmina_of_point=None,
        stated_codes=["129901"],
        voivodeship_code="12",
    )
    assert fix == {
        "likely_fix": "swapped_coordinates",
        "likely_gmina_code": "129901",
        "likely_latitude": right.y,
        "likely_longitude": right.x,
    }


def test_exchanged_coordinates_must_lie_in_the_stated_area() -> None:
    right = _point(45)
    words = {"stated_codes": ["129901"], "voivodeship_code": "12"}
    fix = _fix("coordinate_disagrees", latitude=right.x, longitude=right.y, gmina_of_point=None, **words)
    assert fix == {"likely_fix": "unknown"}


def test_coordinate_just_over_the_border_is_a_matter_of_the_border() -> None:
    fix = _coordinate(10.5, found="129902", locality_name="Lipa")
    assert fix == {"likely_fix": "neighbouring_gmina", "likely_gmina_code": "129901", "distance_m": 500}


def test_coordinate_just_outside_the_country_is_imprecise() -> None:
    fix = _coordinate(-0.5, found=None, locality_name="Lipa")
    assert fix == {"likely_fix": "imprecise_point", "likely_gmina_code": "129901", "distance_m": 500}


def test_coordinate_of_another_village_of_the_name_is_that_of_a_namesake() -> None:
    fix = _coordinate(18.0, found="129902", locality_name="Lipa")
    meant = _point(1)
    assert (fix["likely_fix"], fix["likely_gmina_code"], fix["distance_m"]) == ("namesake", "129901", 8_000)
    assert (fix["likely_latitude"], fix["likely_longitude"]) == (meant.y, meant.x)


def test_coordinate_where_no_village_of_the_name_is_is_wrong() -> None:
    fix = _coordinate(45.0, found="129801", locality_name="Lipa")
    assert (fix["likely_fix"], fix["likely_gmina_code"], fix["distance_m"]) == (
        "wrong_point",
        "129901",
        35_000,
    )


def test_coordinate_near_the_village_meant_is_not_that_of_a_namesake() -> None:
    fix = _coordinate(11.5, found="129902", locality_name="Kresy")
    assert (fix["likely_fix"], fix["likely_gmina_code"], fix["distance_m"]) == (
        "wrong_point",
        "129901",
        1_500,
    )


def test_coordinate_without_a_known_locality_in_a_gmina_that_touches_may_be_right() -> None:
    fix = _coordinate(12.0, found="129902")
    assert fix == {"likely_fix": "neighbouring_gmina", "likely_gmina_code": "129902", "distance_m": 2_000}


def test_coordinate_far_away_without_a_known_locality_is_unknown() -> None:
    assert _coordinate(45.0, found="129801") == {"likely_fix": "unknown", "distance_m": 35_000}


def test_coordinate_on_another_continent_is_unknown_and_not_measured() -> None:
    words = {"stated_codes": ["129901"], "voivodeship_code": "12", "gmina_of_point": None}
    assert _fix("coordinate_disagrees", latitude=-80.0, longitude=170.0, **words) == {"likely_fix": "unknown"}


def test_name_and_point_against_a_code_mean_a_wrong_code() -> None:
    fix = _fix(
        "gmina_disagrees",
        stated_gmina="Łąka",
        stated_gmina_code="129901",
        stated_codes=["129901"],
        gmina_of_point="129902",
        voivodeship_code="12",
    )
    assert fix == {"likely_fix": "wrong_code", "likely_gmina_code": "129902"}


@pytest.mark.parametrize(
    ("facts", "fix"),
    [
        ({"stated_code": "129903", "stated_gmina": "Łąka", "believed_codes": ["129902"]}, "wrong_code"),
        ({"stated_code": "129903", "stated_gmina": "Łąka", "believed_codes": ["129903"]}, "namesake"),
    ],
)
def test_code_and_name_of_two_gminas(facts: dict, fix: str) -> None:
    found = _fix("gmina_code_disagrees", stated_powiat="dobrski", **facts)
    assert (found["likely_fix"], found["likely_gmina_code"]) == (fix, facts["believed_codes"][0])


def test_unknown_code_is_that_of_the_named_gmina() -> None:
    words = {"stated_gmina": "Łąka", "stated_powiat": "dobrski"}
    assert _fix("gmina_code_unknown", stated_code="999999", **words) == {
        "likely_fix": "wrong_code",
        "likely_gmina_code": "129902",
        "likely_name": "Łąka",
    }
    assert _fix("gmina_code_unknown", stated_code="999999", stated_gmina=None) == {"likely_fix": "unknown"}


@pytest.mark.parametrize(
    ("facts", "fix"),
    [
        ({"stated_gmina": "Dobrra"}, ("typing_error", "129901")),
        ({"stated_gmina": "Daleka"}, ("renamed_powiat", "129801")),
        ({"stated_gmina": "Zupełnie Inna"}, ("unknown", None)),
    ],
)
def test_unknown_name_of_a_gmina(facts: dict, fix: tuple) -> None:
    found = _fix("gmina_name_unknown", stated_powiat="dobrski", voivodeship_code="12", **facts)
    assert (found["likely_fix"], found.get("likely_gmina_code")) == fix


def test_unknown_name_of_a_powiat() -> None:
    assert _fix("powiat_unknown", stated_powiat="dobrsky", voivodeship="12") == {
        "likely_fix": "typing_error",
        "likely_powiat_code": "1299",
        "likely_name": "dobrski",
    }
    assert _fix("powiat_unknown", stated_powiat="zielony", voivodeship="12") == {"likely_fix": "unknown"}


@pytest.mark.parametrize("kind", ["locality_unknown", "not_located"])
@pytest.mark.parametrize(
    ("name", "gmina", "fix"),
    [
        ("Wierzchovina", "Dobra", ("typing_error", "129901", "Wierzchowina")),
        ("Zagroda", "Dobra", ("part_of_locality", "129901", "Zagroda Górna")),
        ("Zagroda Górna Kolonia", "Dobra", ("part_of_locality", "129901", "Zagroda Górna")),
        ("Brzózka", "Dobra", ("neighbouring_gmina", "129902", "Brzózka")),
        ("Samotnia", "Dobra", ("namesake", None, None)),
        ("Nowa 9", "Rzeka", ("unknown", None, None)),
        ("Xyz", "Dobra", ("unknown", None, None)),
    ],
)
def test_unknown_locality(kind: str, name: str, gmina: str, fix: tuple) -> None:
    words = {"stated_gmina_name": gmina, "stated_powiat_name": "dobrski", "voivodeship_code": "12"}
    found = _fix(kind, locality_name=name, **words)
    assert (found["likely_fix"], found.get("likely_gmina_code"), found.get("likely_name")) == fix


def test_namesakes_are_named_with_all_their_gminas() -> None:
    assert _fix("locality_ambiguous", gminas=["129901", "129902"], locality_name="Lipa") == {
        "likely_fix": "namesake",
        "likely_gmina_codes": ["129901", "129902"],
    }


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("Skraj", ("neighbouring_gmina", "129901", 500)),
        ("Most", ("neighbouring_gmina", "129902", 3_000)),
        ("Głębia", ("namesake", "129901", 8_000)),
    ],
)
def test_locality_in_another_gmina_than_it_states(name: str, fix: tuple) -> None:
    found = _locality(name, found="129902")
    assert (found["likely_fix"], found["likely_gmina_code"], found["distance_m"]) == fix


def test_gmina_that_is_gone_was_renamed_or_divided() -> None:
    assert _locality("Most", found="129902", stated_gmina="Dawna") == {
        "likely_fix": "renamed_gmina",
        "likely_gmina_code": "129902",
    }


def test_name_that_most_localities_of_a_gmina_state_is_its_former_one() -> None:
    def items(count: int) -> list[dict]:
        facts = {"stated_gmina": "Łąka", "stated_powiat": "dobrski", "gmina_of_point": "129903"}
        return [
            {"kind": "locality_gmina_disagrees", "subject": str(n), "facts": facts | {"name": f"Nowa {n}"}}
            for n in range(count)
        ]

    # Four localities: two are half of them, but too few to speak of.
    three, two = (add_likely_fixes(items(count), _areas(), _gazetteer()) for count in (3, 2))
    assert {item["facts"]["likely_fix"] for item in three} == {"renamed_gmina"}
    assert {item["facts"]["likely_fix"] for item in two} == {"neighbouring_gmina"}


def test_locality_outside_the_country_is_measured_by_its_coordinate() -> None:
    point = _point(-0.3)
    words = {"name": "Skraj", "stated_gmina": "Dobra", "stated_powiat": "dobrski", "gmina_of_point": None}
    assert _fix("locality_outside_areas", **words, latitude=point.y, longitude=point.x) == {
        "likely_fix": "imprecise_point",
        "likely_gmina_code": "129901",
        "distance_m": 300,
    }
    assert _fix("locality_outside_areas", **words) == {"likely_fix": "unknown"}


def test_powiat_of_two_voivodeships_is_told_by_the_stated_voivodeship() -> None:
    assert _locality("Skraj", found="129902", stated_voivodeship="zmyślone")["distance_m"] == 500
    assert _locality("Skraj", found="129902", stated_voivodeship="inne") == {"likely_fix": "unknown"}


def test_other_items_stay_as_they_are_and_none_is_changed_in_place() -> None:
    items = [
        {"kind": "population_total_differs", "subject": "129901", "facts": {"stated": 1}},
        {"kind": "locality_ambiguous", "subject": "b", "facts": {"gminas": ["129901"]}},
    ]
    done = add_likely_fixes(items, _areas(), _gazetteer())
    assert done[0] == {"kind": "population_total_differs", "subject": "129901", "facts": {"stated": 1}}
    assert "likely_fix" not in items[1]["facts"]
    assert [item["subject"] for item in done] == ["129901", "b"]


@pytest.mark.parametrize("kind", sorted(FIXED_KINDS))
def test_item_without_facts_is_unknown_or_a_namesake(kind: str) -> None:
    facts = {"gmina_of_point": None, "stated_gmina": None} if kind.startswith("locality_") else {}
    assert _fix(kind, **facts)["likely_fix"] in set(LIKELY_FIXES) & {"unknown", "namesake"}
