"""Maps as documents: nothing foreign is named, and what registers say stays text."""

import json
import re

import folium
import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

from geo.errors import CrsError, FrameError
from layers.maps import (
    CLICK_OBJECTS,
    LegendTexts,
    MapTexts,
    chosen_area,
    clicked_area_code,
    coverage_map,
    nearby_map,
)
from layers.maps.base import MapPart, script_json
from layers.maps.choropleth import Choropleth
from layers.maps.facility_points import FacilityPoints, facility_points
from layers.maps.legend import Legend
from layers.maps.nearby_map import bounds_around
from layers.text import style

HOSTILE = [
    "</script><img src=x onerror=alert(1)>",
    "{{ 123457 * 1000 }}{% raw %}{# x #}{{{",
    '=HYPERLINK("http://evil.example")',
    "'\"\\\u2028\u2029<!--",
    "_div_0",
    "alert(coords);",
]
TEXTS = MapTexts(
    lang="pl",
    label="Mapa",
    zoom_in="Przybliż",
    zoom_out="Oddal",
    whole_area="Cały obszar",
    close="Zamknij",
    loading_failed="Nie udało się wczytać granic.",
    attribution="Granice: PRG",
)
URLS = {"gmina": "/geometry/gmina-2019-a.json", "voivodeship": "/geometry/voivodeship-2019-b.json"}
LEGEND = LegendTexts(
    title="Miejsca",
    class_labels=("0-1", "1-2"),
    zero_label="0",
    no_data_label="brak danych",
    unit="miejsca na 1000",
)


def values_of(**classes: int | None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "class_index": pd.array(
                [pd.NA if one is None else one for one in classes.values()], dtype="Int64"
            ),
            "value_text": ["brak danych" if one is None else f"{one},5" for one in classes.values()],
        },
        index=[code.removeprefix("g") for code in classes],
    )


def services_of(*rows: tuple[int, str, str, float, float]) -> gpd.GeoDataFrame:
    ids, groups, labels, xs, ys = zip(*rows, strict=True)
    return gpd.GeoDataFrame(
        {
            "facility_id": ids,
            "mark_group": groups,
            "label": labels,
            "details": [["dom pomocy"] for _ in ids],
            "phones": [["12 345 67 89"] for _ in ids],
        },
        geometry=gpd.points_from_xy(xs, ys),
        crs="EPSG:4326",
    )


def coverage(**changes) -> folium.Map:
    given = {
        "class_colours": style.class_colours(2),
        "level": "gmina",
        "geometry_urls": URLS,
        "bounds": [[50, 20], [51, 22]],
        "legend": LEGEND,
        "texts": TEXTS,
        "scope": "12",
        "chosen": "120101",
        "services": services_of((1, "older", "Dom", 20.0, 50.0)),
    }
    return coverage_map(values_of(g120101=1, g120102=None, g120103=0), **{**given, **changes})


def nearby(**changes) -> folium.Map:
    given = {
        "place": Point(20, 50),
        "place_name": "Bochnia",
        "distance_m": 15_000,
        "legend": LegendTexts(title="Pomoc"),
        "texts": TEXTS,
        "geometry_urls": URLS,
    }
    return nearby_map(services_of((1, "older", "Dom", 20.0, 50.0)), **{**given, **changes})


def page_of(made: folium.Map) -> str:
    return made.get_root().render()


def payload_of(part: MapPart) -> dict:
    return json.loads(part.payload)


def child(made: folium.Map, kind: type) -> MapPart:
    (found,) = (one for one in made._children.values() if isinstance(one, kind))
    return found


@pytest.mark.parametrize("make", [coverage, nearby])
def test_no_host_is_named(make):
    page = page_of(make())
    assert re.findall(r"(?:https?:)?//[\w.-]+\.[a-z]{2,}", page) == []
    sources = re.findall(r'<(?:script src|link rel="stylesheet" href)="([^"]*)"', page)
    assert [source.split("?")[0] for source in sources] == [
        "/vendor/leaflet/leaflet.js",
        "/vendor/ours/support-map-drawing.js",
        "/vendor/ours/support-map.js",
        "/vendor/leaflet/leaflet.css",
        "/vendor/ours/support-map.css",
    ]


def test_folium_itself_is_left_as_it_was():
    before = list(folium.Map.default_js)
    coverage()
    assert folium.Map.default_js == before
    assert any("leaflet" in address for _, address in before)


@pytest.mark.parametrize("make", [coverage, nearby])
def test_streamlit_folium_finds_the_same_in_it(make):
    import streamlit_folium

    made = make()
    script = streamlit_folium.generate_leaflet_string(_rendered(made), base_id="div")
    assert 'var map_div = SupportMap.start("map_div"' in script
    assert "SupportMap.facilities(map_div, {" in script
    assert "http" not in script


def _rendered(made: folium.Map) -> folium.Map:
    made.get_root().render()
    return made


def test_the_same_view_makes_the_same_script():
    import streamlit_folium

    one, other = (
        streamlit_folium.generate_leaflet_string(_rendered(coverage()), base_id="div") for _ in range(2)
    )
    assert one == other, "otherwise every run of the page would make the map anew"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(text):
    made = coverage(
        services=services_of((1, "older", text, 20.0, 50.0)),
        legend=LegendTexts(title=text, class_labels=(text, text), notes=(text,)),
        texts=MapTexts(**{**TEXTS.__dict__, "attribution": text, "label": text}),
    )
    page = page_of(made)
    assert "<img" not in page
    assert page.count("</script>") == len(re.findall(r"<script", page))
    assert "123457000" not in page, "branca must not run a register's text as a template"
    assert payload_of(child(made, FacilityPoints))["points"][0]["facilities"][0][0] == text
    assert payload_of(child(made, Legend))["title"] == text
    assert script_json(text) in page
    named = nearby(place_name=text)
    assert script_json(text) in page_of(named)


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_json_means_the_same(text):
    escaped = script_json({text: [text]})
    assert json.loads(escaped) == {text: [text]}
    assert not re.search(r"[<>&'\u2028\u2029]|\{[{%#]", escaped)


def test_numbers_that_json_lacks_are_refused():
    with pytest.raises(ValueError, match="JSON"):
        script_json([float("nan")])


def test_only_values_travel_for_the_areas():
    payload = payload_of(child(coverage(), Choropleth))
    assert payload["url"] == URLS["gmina"]
    assert payload["bordersUrl"] == URLS["voivodeship"]
    assert payload["scope"] == "12"
    assert payload["values"] == {
        "codes": "120101 120102 120103",
        "bounds": "---",
        "classes": "1-0",
        "sizes": "",
        "texts": ["1,5", "brak danych", "0,5"],
        "textNumbers": "0 1 2",
    }
    assert payload["fills"] == [style.ZERO_COLOUR, *style.class_colours(2)]


def test_a_class_without_a_colour_is_refused():
    with pytest.raises(ValueError, match="120101"):
        coverage_map(
            values_of(g120101=3),
            class_colours=style.class_colours(2),
            level="gmina",
            geometry_urls=URLS,
            bounds=[[50, 20], [51, 22]],
            legend=LEGEND,
            texts=TEXTS,
        )


def test_the_country_is_not_filtered():
    assert payload_of(child(coverage(scope="00"), Choropleth))["scope"] == ""


def test_the_legend_reads_from_most_to_none_to_no_data_to_marks():
    legend = Legend(
        LegendTexts(
            title="t",
            unit="u",
            as_of="d",
            class_labels=("mało", "dużo"),
            zero_label="zero",
            no_data_label="brak danych",
            mark_labels={"older": "starsi", "": "kilka"},
            count_label="liczba",
            place_label="miejsce",
            ring_label="15 km",
            notes=("szacunek",),
        ),
        class_colours=["#aaaaaa", "#bbbbbb"],
    )
    payload = payload_of(legend)
    assert payload["lines"] == ["u", "d"]
    assert payload["notes"] == ["szacunek"]
    assert [(entry["kind"], entry["label"]) for entry in payload["entries"]] == [
        ("fill", "dużo"),
        ("fill", "mało"),
        ("fill", "zero"),
        ("hatch", "brak danych"),
        ("mark", "starsi"),
        ("mark", "kilka"),
        ("count", "liczba"),
        ("place", "miejsce"),
        ("ring", "15 km"),
    ]
    assert payload["entries"][0]["colour"] == "#bbbbbb"
    assert payload["entries"][5]["shape"] == "diamond"


def test_a_legend_without_a_label_for_each_class_is_refused():
    with pytest.raises(ValueError, match="2 classes, found 1"):
        Legend(LegendTexts(title="t", class_labels=("a",)), class_colours=style.class_colours(2))


def test_facilities_of_one_point_are_one_mark_that_lists_them_all():
    points = facility_points(
        services_of(
            (1, "older", "A", 19.94, 50.06),
            (2, "older", "B", 19.94, 50.06),
            (3, "homeless", "C", 20.0, 50.0),
            (4, "caregivers", "D", 20.1, 50.0),
            (5, "older", "E", 20.2, 50.0),
            (6, "disabled", "F", 20.2, 50.0),
        )
    )
    assert [(point["at"], point["group"]) for point in points] == [
        ([50.06, 19.94], "older"),
        ([50.0, 20.0], "homeless"),
        ([50.0, 20.1], ""),
        ([50.0, 20.2], ""),
    ]
    assert [[facility[0] for facility in point["facilities"]] for point in points] == [
        ["A", "B"],
        ["C"],
        ["D"],
        ["E", "F"],
    ]


def test_services_of_one_facility_are_listed_once_with_all_their_lines():
    services = services_of((1, "older", "A", 20.0, 50.0), (1, "older", "A", 20.0, 50.0))
    services["details"] = [["dom", "ul. Długa"], ["klub", "ul. Długa"]]
    (point,) = facility_points(services)
    assert point["facilities"] == [["A", ["dom", "ul. Długa", "klub"], ["12 345 67 89"]]]


def test_a_service_without_a_door_has_no_mark():
    services = services_of((1, "older", "A", 20.0, 50.0), (2, "older", "B", 20.0, 50.0))
    services.loc[1, "geometry"] = None
    assert [point["facilities"][0][0] for point in facility_points(services)] == ["A"]
    assert facility_points(services.iloc[:0]) == []


def test_what_is_missing_in_a_row_is_left_out():
    services = services_of((1, "older", "A", 20.0, 50.0)).astype({"label": object})
    services["label"] = [None]
    services["details"] = [None]
    services["phones"] = [[None, ""]]
    assert facility_points(services)[0]["facilities"] == [["", [], []]]


def test_wrong_frames_of_facilities_are_refused():
    services = services_of((1, "older", "A", 20.0, 50.0))
    with pytest.raises(FrameError, match="mark_group"):
        facility_points(services.drop(columns="mark_group"))
    with pytest.raises(CrsError, match="EPSG:2180"):
        facility_points(services.to_crs("EPSG:2180"))


def test_a_click_tells_the_area():
    assert CLICK_OBJECTS == ("last_active_drawing",)
    feature = {"type": "Feature", "geometry": None, "properties": {"area_code": "120101", "click": 2}}
    assert clicked_area_code({"last_active_drawing": feature}) == "120101"


@pytest.mark.parametrize(
    "returned",
    [
        None,
        {},
        {"last_active_drawing": None},
        {"last_active_drawing": "120101"},
        {"last_active_drawing": {"properties": None}},
        {"last_active_drawing": {"properties": {"area_code": 120101}}},
        {"last_active_drawing": {"properties": {"area_code": "12010"}}},
        {"last_active_drawing": {"properties": {"area_code": "1201; drop"}}},
        {"last_active_drawing": {"properties": {"area_code": "١٢"}}},
    ],
)
def test_anything_else_is_no_click(returned):
    assert clicked_area_code(returned) is None


def test_the_chosen_area_is_a_feature_group_that_streamlit_folium_can_add():
    import streamlit_folium

    made = _rendered(coverage(chosen=""))
    script = streamlit_folium._get_feature_group_string(chosen_area("120101"), map=made)
    assert 'var feature_group_feature_group_0 = SupportMap.chosenArea("120101");' in script
    assert chosen_area("").payload == '""'
    with pytest.raises(ValueError, match="digits"):
        chosen_area('");alert(1)//')


def test_the_ring_fits_the_first_view():
    (south, west), (north, east) = bounds_around(Point(20, 50), distance_m=10_000)
    corner = gpd.GeoSeries([Point(20, 50), Point(20, north), Point(east, 50)], crs="EPSG:4326").to_crs(
        "EPSG:2180"
    )
    assert corner[0].distance(corner[1]) == pytest.approx(10_800, rel=0.01)
    assert corner[0].distance(corner[2]) == pytest.approx(10_800, rel=0.01)
    assert (north + south) / 2 == pytest.approx(50)
    assert (west + east) / 2 == pytest.approx(20)


def test_a_map_without_a_place_for_the_ground_still_shows_help():
    page = page_of(nearby(geometry_urls=None))
    assert "SupportMap.areas" not in page
    assert "SupportMap.facilities" in page
