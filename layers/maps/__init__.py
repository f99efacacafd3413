"""Interactive maps: folium in, folium out, no Streamlit, no foreign host."""

from layers.maps.base import POLAND, Background, MapTexts
from layers.maps.choropleth import CLICK_OBJECTS, chosen_area, clicked_area_code
from layers.maps.coverage_map import coverage_map
from layers.maps.facility_points import MarkSteps
from layers.maps.legend import LegendTexts
from layers.maps.nearby_map import nearby_map
from layers.maps.sites_map import sites_map
from layers.maps.topology import published_geometry

__all__ = [
    "CLICK_OBJECTS",
    "POLAND",
    "Background",
    "LegendTexts",
    "MapTexts",
    "MarkSteps",
    "chosen_area",
    "clicked_area_code",
    "coverage_map",
    "nearby_map",
    "published_geometry",
    "sites_map",
]
