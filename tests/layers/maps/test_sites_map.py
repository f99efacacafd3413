"""The map of a plan: each site with its number, what stands beside it, and nothing of a register as code."""

import json

import geopandas as gpd
import pytest
from shapely import Point

from geo.errors import CrsError, FrameError
from layers.maps import LegendTexts, MapTexts, sites_map
from layers.maps.choropleth import PlainAreas
from layers.maps.legend import Legend
from layers.maps.sites_map import SiteMarks, site_points
from layers.text import style

HOSTILE = "</script><img src=x onerror=alert(1)>"
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
SITES = gpd.GeoDataFrame(
    {"number": [1, 2], "label": ["Skawina", HOSTILE], "details": [["Liczba miejsc: 30"], []]},
    geometry=[Point(19.8, 49.9), Point(20.4, 49.9)],
    crs="EPSG:4326",
)


def parts(**changes):
    """Give the parts of a map by their class."""
    given = {
        "services": None,
        "geometry_urls": URLS,
        "bounds": [[49, 19], [50, 21]],
        "scope": "12",
        "legend": LegendTexts(
            title="Nowe miejsca", site_labels=["Skawina", "Zator"], mark_labels={"older": "już są"}
        ),
        "texts": TEXTS,
    }
    made = sites_map(SITES, **{**given, **changes})
    return made, {type(part): part for part in made._children.values()}


def test_each_site_has_its_place_number_and_words():
    assert site_points(SITES)[0] == {
        "at": [49.9, 19.8],
        "number": 1,
        "label": "Skawina",
        "lines": ["Liczba miejsc: 30"],
    }


def test_the_areas_of_the_scope_are_the_ground():
    _, found = parts()
    ground = json.loads(found[PlainAreas].payload)
    assert (ground["scope"], ground["near"], ground["url"]) == ("12", None, URLS["gmina"])


def test_the_legend_names_the_sites_by_number_before_what_stands():
    _, found = parts()
    entries = json.loads(found[Legend].payload)["entries"]
    assert [(entry["kind"], entry.get("number"), entry["label"]) for entry in entries] == [
        ("site", "1", "Skawina"),
        ("site", "2", "Zator"),
        ("mark", None, "już są"),
    ]
    assert entries[0]["colour"] == style.SITE_COLOUR


def test_names_stay_text():
    made, _ = parts()
    assert "<img src=x" not in made.get_root().render()


def test_degrees_and_columns_are_required():
    with pytest.raises(CrsError):
        SiteMarks(SITES.to_crs("EPSG:2180"))
    with pytest.raises(FrameError, match="number"):
        SiteMarks(SITES.drop(columns="number"))
