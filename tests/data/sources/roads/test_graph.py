"""Graphs of roads are read from GraphML and .osm.pbf, and give the ways that another search finds."""

import heapq
import math
import re
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import osmium
import pyproj
import pytest
import shapely
from osmium.osm.mutable import Node, Way

from data.sources.roads.graph import RoadGraphError, read_road_network
from data.sources.roads.rules import CAR_KMH, road_use, speed_limit_kmh
from geo.crs import METRIC, to_metric
from geo.roads.reach import network_reach

EAST, NORTH = 23.47, 51.13  # Chełm
LAT_M, LON_M = 111_265.0, 70_004.0  # metres of a degree there


def at(x_m, y_m):
    """Give longitude and latitude of a place so many metres east and north of the middle of the town."""
    return EAST + x_m / LON_M, NORTH + y_m / LAT_M


def places(*offsets_m):
    """Give a metric frame of points."""
    return to_metric(
        gpd.GeoDataFrame(geometry=[shapely.Point(at(*offset)) for offset in offsets_m], crs=4326)
    )


NODES = {
    1: (0, 0),
    2: (1000, 0),
    3: (1000, 1000),
    4: (0, 1000),
    5: (500, 20),  # a bend of the street from 1 to 2
    6: (0, 3000),
    7: (5000, 5000),
    8: (5200, 5000),
    9: (500, 1000),  # the footway comes out in the middle of the street from 3 to 4
}
WAYS = [
    ([1, 5, 2], {"highway": "residential", "oneway": "yes", "maxspeed": "50"}),
    ([2, 3], {"highway": "tertiary"}),
    ([3, 9, 4], {"highway": "residential"}),
    ([1, 4], {"highway": "secondary", "oneway": "-1"}),
    ([5, 9], {"highway": "footway"}),
    ([4, 6], {"highway": "motorway"}),
    ([6, 4], {"highway": "motorway"}),
    ([7, 8], {"highway": "service"}),
    ([1, 2], {"waterway": "river"}),
    ([2, 99], {"highway": "residential"}),  # the extract has no node 99
]


@pytest.fixture
def pbf(tmp_path):
    """Give a small town: a square with one-way streets, a footway across it, a motorway, and an island."""
    path = tmp_path / "town.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        for number, offset in NODES.items():
            writer.add_node(Node(id=number, version=1, location=at(*offset)))
        for number, (nodes, tags) in enumerate(WAYS, start=1):
            writer.add_way(Way(id=number, version=1, nodes=nodes, tags=tags))
    return path


def cost(network, person, facility, **options):
    reach = network_reach(
        network, places(person), places(facility), **({"mode": "car", "limit": 50_000} | options)
    )
    return reach.cost[0] if len(reach.cost) else None


def test_a_town_of_an_extract(pbf):
    town = read_road_network(pbf)
    # West end of the one-way street to its east end, by the bend: 2 × 500.4 m; back round the square, 3 km.
    assert cost(town, (0, 0), (1000, 0)) == pytest.approx(1000.8, abs=0.5)
    assert cost(town, (1000, 0), (0, 0)) == pytest.approx(3000, abs=1)
    assert cost(town, (1000, 0), (0, 0), mode="foot") == pytest.approx(1000.8, abs=0.5)
    # The street from 1 to 4 is drawn against its traffic: `oneway=-1`.
    assert cost(town, (0, 1000), (0, 0)) == pytest.approx(1000, abs=0.5)
    assert cost(town, (0, 0), (0, 1000)) == pytest.approx(3000.8, abs=1)
    # The footway from the bend: 980 m for people, round the square by car.
    assert cost(town, (500, 20), (500, 1000), mode="foot") == pytest.approx(980, abs=0.5)
    assert cost(town, (500, 20), (500, 1000)) == pytest.approx(2000.4, abs=1)


def test_times_of_an_extract(pbf):
    town = read_road_network(pbf)
    # 1,000.8 m at 0.8 × 50 km/h is 1.50 min; 1,000 m on foot at 4.5 km/h is 13.33 min.
    assert cost(town, (0, 0), (1000, 0), measure="min") == pytest.approx(1.501, abs=0.002)
    assert cost(town, (0, 0), (0, 1000), mode="foot", measure="min") == pytest.approx(13.333, abs=0.01)
    quick = read_road_network(pbf, walk_kmh=6)
    assert cost(quick, (0, 0), (0, 1000), mode="foot", measure="min") == pytest.approx(10, abs=0.01)


def car_km(network):
    """Sum the kilometres that may be driven, each direction of its own."""
    return network.length_m[np.isfinite(network.minutes("car"))].sum() / 1000


def test_motorways_islands_and_cut_roads_of_an_extract(pbf):
    town = read_road_network(pbf)
    # The motorway is two one-way carriageways: 2 km there and back by car, and nobody walks on it.
    assert cost(town, (0, 1000), (0, 3000)) == pytest.approx(2000, abs=1)
    assert cost(town, (0, 3000), (0, 1000)) == pytest.approx(2000, abs=1)
    assert cost(town, (0, 1000), (0, 3000), mode="foot") is None
    # 400 m of edges far away are an island: a point there is off the network.
    reach = network_reach(town, places((5000, 5000)), places((0, 0)), mode="car", limit=50_000)
    assert reach.is_demand_off.tolist() == [True]
    # 4 kilometres of streets, one of them one-way over 2 km, 2 × 2 km of motorway, the island both ways.
    assert car_km(town) == pytest.approx(1 + 2 + 2 + 1 + 4 + 0.4, abs=0.01)


def test_a_road_is_cut_only_where_others_meet_it(pbf):
    town = read_road_network(pbf)
    # Crossings and ends: 1, 2, 3, 4, 5, 6, 7, 8, 9; the rest lie in between, at most 100 m apart.
    assert town.length_m.max() <= 101
    xy = {tuple(np.round(row).astype(int)) for row in town.node_xy[:9]}
    wanted = places(*NODES.values()).geometry
    assert xy == {(round(point.x), round(point.y)) for point in wanted}


@pytest.mark.parametrize(
    ("text", "kmh"),
    [
        ("50", 50),
        ("30 mph", 48.28032),
        ("['20', '30']", 25),
        ("40;60", 50),
        ("PL:urban", 50),
        ("PL:zone30", 30),
        ("['none', '70']", 70),
        ("none", None),
        ("0", None),
        ("", None),
    ],
)
def test_limits_are_read(text, kmh):
    assert speed_limit_kmh(text) == (None if kmh is None else pytest.approx(kmh))


@pytest.mark.parametrize(
    ("tags", "car", "back", "is_foot"),
    [
        ({"highway": "residential"}, 25, 25, True),
        ({"highway": "residential", "maxspeed": "30"}, 24, 24, True),
        ({"highway": "['residential', 'living_street']"}, 10, 10, True),
        ({"highway": "['residential', 'footway']"}, 0, 0, True),
        ({"highway": "primary", "oneway": "yes"}, 65, 0, True),
        ({"highway": "primary", "oneway": "-1"}, 0, 65, True),
        ({"highway": "tertiary", "junction": "roundabout"}, 40, 0, True),
        ({"highway": "motorway"}, 90, 0, False),
        ({"highway": "trunk"}, 85, 85, False),
        ({"highway": "trunk", "foot": "yes"}, 85, 85, True),
        ({"highway": "primary", "motorroad": "yes"}, 65, 65, False),
        ({"highway": "cycleway"}, 0, 0, False),
        ({"highway": "cycleway", "foot": "designated"}, 0, 0, True),
        ({"highway": "steps"}, 0, 0, True),
        ({"highway": "service", "access": "private"}, 0, 0, False),
        ({"highway": "service", "access": "private", "foot": "yes"}, 0, 0, True),
        ({"highway": "service", "access": "no", "motor_vehicle": "yes"}, 15, 15, False),
        ({"highway": "residential", "motor_vehicle": "no"}, 0, 0, True),
        ({"highway": "residential", "foot": "no"}, 25, 25, False),
        ({"highway": "pedestrian", "area": "yes"}, 0, 0, False),
        ({"highway": "construction"}, 0, 0, False),
        ({}, 0, 0, False),
    ],
)
def test_who_may_use_a_road(tags, car, back, is_foot):
    use = road_use(tags)
    assert (use.car_kmh, use.car_back_kmh, use.is_foot) == (car, back, is_foot)


GRAPH = """<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="c" for="graph" attr.name="crs" attr.type="string" />
  <key id="x" for="node" attr.name="x" attr.type="string" />
  <key id="y" for="node" attr.name="y" attr.type="string" />
  <key id="h" for="edge" attr.name="highway" attr.type="string" />
  <key id="l" for="edge" attr.name="length" attr.type="string" />
  <key id="g" for="edge" attr.name="geometry" attr.type="string" />
  <graph edgedefault="directed">
    <data key="c">epsg:4326</data>
    <node id="a"><data key="x">23.47</data><data key="y">51.13</data></node>
    <node id="b"><data key="x">23.48</data><data key="y">51.13</data></node>
    <edge source="a" target="b"><data key="h">residential</data><data key="l">700</data></edge>
  </graph>
</graphml>
"""
BACK = (
    '<edge source="b" target="a"><data key="h">residential</data><data key="l">700</data></edge>\n  </graph>'
)


def written(folder, text, name="roads.graphml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_opposite_edges_are_one_street(tmp_path):
    both = read_road_network(written(tmp_path, GRAPH.replace("</graph>", BACK)))
    # The line of 700.3 m makes 8 pieces with 7 nodes between, each piece in both directions.
    assert (both.node_count, len(both.start)) == (9, 16)
    assert car_km(both) == pytest.approx(1.4)
    one = read_road_network(written(tmp_path, GRAPH))
    assert len(one.start) == 16
    assert car_km(one) == pytest.approx(0.7)
    assert (one.car_component == -1).all()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("epsg:4326", "epsg:2180", "roads in Poland, found their middle at longitude"),
        ("epsg:4326", "local", "coordinate system of the graph in `crs`, found 'local'"),
        ('<data key="c">epsg:4326</data>', "", "coordinate system of the graph in `crs`, found none"),
        ('"directed"', '"undirected"', "a directed graph, found one without directions"),
        ('target="b"', 'target="z"', "edges between nodes of the file, found one from a to z"),
        ('<data key="l">700</data>', "", "a number in `length`, found None"),
        (">700<", ">many<", "a number in `length`, found 'many'"),
        (">700<", ">-7<", "a number in `length`, found '-7'"),
        (">51.13<", ">nan<", "a number in `y`, found 'nan'"),
        (">residential<", ">corridor<", "found none that a car or a person may use"),
        ('<data key="l">', '<data key="g">POINT (1 2)</data><data key="l">', "lines in `geometry`"),
        ('<data key="l">', '<data key="g">LINE OF</data><data key="l">', "lines in `geometry`"),
        ("  </graph>\n</graphml>\n", "", "whole XML, found no element found|whole XML, found no close"),
        ("<graphml ", "<!DOCTYPE g [<!ENTITY e 'x'>]>\n<graphml ", "GraphML without a DTD, found a DTD"),
        ("<edge", "<hyperedge", "whole XML"),
    ],
)
def test_wrong_graphs_are_named(tmp_path, old, new, message):
    assert old in GRAPH
    with pytest.raises(RoadGraphError, match=rf"^roads\.graphml: expected .*({message})"):
        read_road_network(written(tmp_path, GRAPH.replace(old, new)))


def test_other_files_are_named(tmp_path, pbf):
    no_edges = re.sub(r"<edge.*</edge>", "", GRAPH)
    with pytest.raises(RoadGraphError, match="edges of roads, found none beside 2 nodes"):
        read_road_network(written(tmp_path, no_edges))
    with pytest.raises(RoadGraphError, match="a graph in GraphML, found none"):
        read_road_network(written(tmp_path, "<kml><Placemark/></kml>"))
    with pytest.raises(RoadGraphError, match=r"ends with \.graphml, .* found '\.gpkg'"):
        read_road_network(written(tmp_path, "", name="roads.gpkg"))
    with pytest.raises(RoadGraphError, match=r"^none\.graphml: expected a file, found none"):
        read_road_network(tmp_path / "none.graphml")
    with pytest.raises(RoadGraphError, match=r"^not\.osm\.pbf: expected a whole \.osm\.pbf"):
        read_road_network(written(tmp_path, GRAPH, name="not.osm.pbf"))
    cut = tmp_path / "cut.osm.pbf"
    cut.write_bytes(pbf.read_bytes()[:-40])
    with pytest.raises(RoadGraphError, match="may be cut short"):
        read_road_network(cut)


def test_extracts_without_roads_are_named(tmp_path):
    def extract(name, tags, *, has_nodes):
        path = tmp_path / name
        with osmium.SimpleWriter(str(path)) as writer:
            if has_nodes:
                writer.add_node(Node(id=1, version=1, location=at(0, 0)))
                writer.add_node(Node(id=2, version=1, location=at(9, 0)))
            writer.add_way(Way(id=1, version=1, nodes=[1, 2], tags=tags))
        return path

    with pytest.raises(RoadGraphError, match="expected roads, found none"):
        read_road_network(extract("river.osm.pbf", {"waterway": "river"}, has_nodes=True))
    with pytest.raises(RoadGraphError, match="roads with their nodes, found no node"):
        read_road_network(extract("bare.osm.pbf", {"highway": "service"}, has_nodes=False))


def raw_graph(path):
    """Read the graph again, in the plainest way: nodes, and edges as (start, end, attributes)."""
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ET.parse(path).getroot()
    names = {key.get("id"): key.get("attr.name") for key in root.iter(f"{space}key")}

    def attributes(element):
        return {names[data.get("key")]: data.text for data in element.iter(f"{space}data")}

    nodes = {node.get("id"): attributes(node) for node in root.iter(f"{space}node")}
    edges = [(edge.get("source"), edge.get("target"), attributes(edge)) for edge in root.iter(f"{space}edge")]
    return nodes, edges


def raw_minutes(attributes):
    """Give the minutes of an edge by car, from the text of its attributes."""
    limits = [int(found) for found in re.findall(r"\d+", attributes.get("maxspeed", ""))]
    kmh = (
        0.8 * sum(limits) / len(limits)
        if limits
        else min(CAR_KMH[name] for name in re.findall(r"\w+", attributes["highway"]))
    )
    return float(attributes["length"]) / (kmh * 1000 / 60)


def cheapest(leads, first):
    """Give the cost from a node to all that it leads to: Dijkstra with a heap."""
    costs, heap = {}, [(0.0, first)]
    while heap:
        so_far, node = heapq.heappop(heap)
        if node not in costs:
            costs[node] = so_far
            for end, more in leads.get(node, []):
                heapq.heappush(heap, (so_far + more, end))
    return costs


def leads_of(edges, weigh, *, is_both_ways):
    leads = {}
    for start, end, attributes in edges:
        leads.setdefault(start, []).append((end, weigh(attributes)))
        if is_both_ways:
            leads.setdefault(end, []).append((start, weigh(attributes)))
    return leads


def length_m(attributes):
    return float(attributes["length"])


def walk_min(attributes):
    return float(attributes["length"]) / 75


def car_edges(edges):
    return [edge for edge in edges if edge[2].get("access") != "no"]


@pytest.mark.mirror
@pytest.mark.parametrize(
    ("mode", "measure", "weigh"),
    [
        ("car", "m", length_m),
        ("car", "min", raw_minutes),
        ("foot", "m", length_m),
        ("foot", "min", walk_min),
    ],
)
@pytest.mark.parametrize("name", ["Chelm_map.graphml", "Zalipie_map.graphml"])
def test_ways_of_a_real_network_equal_those_of_another_search(mirror, name, mode, measure, weigh):
    path = mirror / "roads" / name
    network = read_road_network(path)
    nodes, edges = raw_graph(path)
    names = list(nodes)
    component = network.component(mode)[: len(names)]
    chance = np.random.default_rng(2026)
    fit = np.flatnonzero(component == np.bincount(component[component >= 0]).argmax())
    homes, doors = (
        chance.choice(fit, min(150, len(fit)), replace=False),
        chance.choice(fit, 20, replace=False),
    )
    projected = pyproj.Transformer.from_crs(4326, METRIC, always_xy=True)

    def frame(rows):
        lonlat = [(float(nodes[names[row]]["x"]), float(nodes[names[row]]["y"])) for row in rows]
        return gpd.GeoDataFrame(
            geometry=shapely.points([projected.transform(*point) for point in lonlat]), crs=METRIC
        )

    reach = network_reach(network, frame(homes), frame(doors), mode=mode, measure=measure, limit=1e5)
    found = np.full((len(doors), len(homes)), math.nan)
    found[reach.facility, reach.demand] = reach.cost
    leads = leads_of(car_edges(edges), weigh, is_both_ways=mode == "foot")
    expected = np.array(
        [[costs[names[door]] for costs in [cheapest(leads, names[home])] for door in doors] for home in homes]
    ).T
    assert found.shape == expected.shape
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-6)
    if (name, mode) == ("Chelm_map.graphml", "car"):
        back = np.array([[cheapest(leads, names[doors[0]])[names[home]] for home in homes]])
        assert (np.abs(back - expected[:1]) > 1e-6).mean() > 0.5  # one-way streets count


@pytest.mark.mirror
def test_nodes_left_out_in_chelm_are_those_without_a_way_back(mirror):
    path = mirror / "roads" / "Chelm_map.graphml"
    network = read_road_network(path)
    nodes, edges = raw_graph(path)
    there = leads_of(car_edges(edges), length_m, is_both_ways=False)
    back = leads_of(
        [(end, start, rest) for start, end, rest in car_edges(edges)], length_m, is_both_ways=False
    )
    hub = "371647459"
    both = cheapest(there, hub).keys() & cheapest(back, hub).keys()
    is_in = network.car_component[: len(nodes)] >= 0
    assert [node in both for node in nodes] == is_in.tolist()
    assert 0 < np.count_nonzero(~is_in) < 10
    assert (network.foot_component[: len(nodes)] >= 0).sum() == len(
        cheapest(leads_of(car_edges(edges), length_m, is_both_ways=True), hub)
    )
