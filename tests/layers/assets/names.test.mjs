import assert from "node:assert/strict";
import { test } from "node:test";

import { SupportMap, SupportMapDrawing, serve, settled } from "./window.mjs";
import { AREAS, POINTS, mapOf, mapOfAreas, placeOf, topologyOf } from "./world.mjs";

const placed = (map) => map.support.layers.labels._placed;
const texts = (map) => placed(map).map(({ text }) => text);
const refresh = (map) => map.support.layers.labels.redraw();

/* Areas of our own: [name, degrees to the right, upwards, more]; each half a degree wide. */
async function mapOfNames(areas, { zoom = 8, ...more } = {}) {
  const squares = areas.map(([name, right, up, properties], i) => ({
    arc: [[right * 2, up * 2], [1, 0], [0, 1], [-1, 0], [0, -1]],
    properties: { code: `12010${i}`, name, label: [20.25 + right, 50.25 + up], ...properties },
  }));
  const url = `/${JSON.stringify(areas)}`;
  serve(url, topologyOf(squares));
  return mapOfAreas({ zoom, areas: { url, ...more } });
}

test("a name stands at the point of its area, towns before villages and the largest first", async () => {
  const map = await mapOfAreas();
  assert.deepEqual(texts(map), ["Miasto", "Górna", "Dolna", "Obca"]);
  const { x, y } = map.latLngToLayerPoint([50.75, 20.75]);
  assert.deepEqual([Math.round(placed(map)[0].x - x), Math.round(placed(map)[0].y - y)], [0, 0]);
});

test("a name wider than its area is left out, unless it is that of a town", async () => {
  /* An area is 91 px wide, a letter 6 px: 17 letters fit (105 px with the tolerance of 15 %), 18 do not. */
  const [fits, wide, town] = ["a".repeat(17), "b".repeat(18), "c".repeat(18)];
  const map = await mapOfNames([[fits, 0, 0], [wide, 0, 0.5], [town, 0.5, 0.5, { rank: 5000 }]]);
  assert.deepEqual(texts(map), [town, fits]);
});

test("where areas are smaller than their names only towns have one, and as many as there is room for", async () => {
  /* At zoom 5 an area is 11 px wide; 600 × 400 px have room for 15 names. */
  const towns = Array.from({ length: 40 }, (_, i) => [`M${i}`, (i % 8) - 3.5, Math.floor(i / 8) - 2.5, { rank: 100 - i }]);
  const map = await mapOfNames([...towns, ["Wieś", 5, 0]], { zoom: 5 });
  assert.equal(placed(map).length, 15);
  assert.equal(texts(map)[0], "M0");
  assert.ok(!texts(map).includes("Wieś"));
});

test("a town and the gmina around it have their common name once, namesakes far away each their own", async () => {
  const map = await mapOfNames([
    ["Targ", 0, 0],
    ["Targ", 0, 0, { rank: 33000, label: [20.3, 50.3] }],
    ["Targ", -1, 0.5],
  ]);
  assert.deepEqual(placed(map).map(({ text, area }) => [text, area.rank ?? 0]), [["Targ", 33000], ["Targ", 0]]);
});

test("names never lie upon each other", async () => {
  const map = await mapOfNames([["Pierwsza", 0, 0, { rank: 9 }], ["Druga", 0, 0, { rank: 8 }]]);
  const [first, second] = placed(map);
  assert.equal(second.text, "Druga");
  assert.ok(!SupportMapDrawing.overlap(first.box, second.box));
});

test("a name makes room for the map's own buttons", async () => {
  /* The town is put under a button: on a phone half of "Koszalin" was read beside it. */
  const map = await mapOfAreas();
  const { x, y } = map.latLngToContainerPoint([50.75, 20.75]);
  const button = map.getContainer().querySelectorAll(".leaflet-control")[0];
  button.box = [x - 15, y - 15, 30, 30];
  refresh(map);
  const at = map.latLngToLayerPoint([50.75, 20.75]);
  const under = { left: at.x - 15, right: at.x + 15, top: at.y - 15, bottom: at.y + 15 };
  assert.ok(texts(map).includes("Miasto"));
  for (const { box, text } of placed(map)) assert.ok(!SupportMapDrawing.overlap(box, under), text);
});

test("a name makes room for a mark at its point and for a number of a new site", async () => {
  const map = await mapOfAreas();
  SupportMap.facilities(map, { ...POINTS, points: [placeOf([50.75, 20.75], { count: 5 })] });
  SupportMap.sites(map, { points: [{ at: [50.25, 20.25], number: 1, label: "Tu", lines: [] }], colour: "#s", rim: "#r" });
  refresh(map);
  const at = map.latLngToLayerPoint([50.75, 20.75]);
  const town = placed(map).find(({ text }) => text === "Miasto").box;
  assert.ok(town.bottom < at.y - 10 || town.top > at.y + 10 || town.left > at.x + 10 || town.right < at.x - 10);
  const [site] = map.support.siteBoxes();
  for (const { box, text } of placed(map)) assert.ok(!SupportMapDrawing.overlap(box, site), text);
  assert.ok(texts(map).includes("Dolna"));
});

test("the name of a powiat stands inside it and not over its neighbour; that of a city may stand beside its mark", async () => {
  /* An area is 91 px wide, and a column of marks leaves room for the name above it or aside, where the neighbour begins. */
  const column = [50.15, 50.2, 50.25, 50.3, 50.35].map((lat) => placeOf([lat, 20.25], { count: 5 }));
  for (const [code, isAside] of [["1202", false], ["1261", true]]) {
    const map = await mapOfNames([["bardzodługi", 0, 0, { code, rank: 9 }]]);
    SupportMap.facilities(map, { ...POINTS, points: column });
    refresh(map);
    const [name] = placed(map);
    const { lng } = map.layerPointToLatLng([name.x, name.y]);
    assert.equal(lng < 20 || lng > 20.5, isAside, `${code}: ${lng}`);
  }
});

test("the chosen place has its own name below it, and its area does not say it again", async () => {
  const map = await mapOfAreas();
  SupportMap.place(map, { at: [50.25, 20.25], distance: 5000, name: "Dolna", colour: "#p", rim: "#r", text: "#t" });
  refresh(map);
  assert.ok(!texts(map).includes("Dolna"));
  const name = map.support.layers.placeName;
  const { y } = map.latLngToLayerPoint([50.25, 20.25]);
  assert.deepEqual(name._placed.map((one) => [one.text, one.y - y]), [["Dolna", 27]]);
});

test("a name that would be cut by the edge of the map is drawn in beside its point, and not set aside", async () => {
  const map = await mapOfAreas();
  map.setView([50.25, 22.35], 8, { animate: false });
  refresh(map);
  const corner = map.containerPointToLayerPoint([0, 0]);
  const { x, y } = map.latLngToLayerPoint([50.25, 20.75]);
  const name = placed(map).find(({ text }) => text === "Obca");
  assert.equal(x - corner.x, 8, "where its middle would be; it is 24 px wide, with 3 px of air");
  assert.deepEqual([name.box.left, name.y], [corner.x, y]);
});

test("the pointer never meets a name: the area under it answers", async () => {
  const map = await mapOfAreas();
  assert.equal(map.support.layers.labels._containsPoint(), false);
  assert.equal(map.support.layers.labels.options.interactive, false);
});

test("the name of the chosen place stands where it covers no mark", async () => {
  const map = await mapOfAreas();
  SupportMap.place(map, { at: [50.25, 20.25], distance: 5000, name: "Dolna", colour: "#p", rim: "#r", text: "#t" });
  const { x, y } = map.latLngToLayerPoint([50.25, 20.25]);
  const below = map.layerPointToLatLng([x, y + 27]);
  SupportMap.facilities(map, { ...POINTS, points: [placeOf([below.lat, below.lng], { count: 5 })] });
  const name = map.support.layers.placeName.redraw();
  assert.deepEqual(name._placed.map((one) => [one.text, one.y - y]), [["Dolna", -27]]);
});

test("names of areas leave the sign of the chosen place to be seen", async () => {
  const map = await mapOfAreas();
  SupportMap.place(map, { at: [50.75, 20.75], distance: 5000, name: "Ulica", colour: "#p", rim: "#r", text: "#t" });
  refresh(map);
  const { x, y } = map.latLngToLayerPoint([50.75, 20.75]);
  const sign = { left: x - 17, right: x + 17, top: y - 17, bottom: y + 17 };
  assert.ok(texts(map).includes("Miasto"));
  for (const { box, text } of placed(map)) assert.ok(!SupportMapDrawing.overlap(box, sign), text);
});

test("a town without room at its point is named elsewhere in its own area, and a village is not", async () => {
  /* Rows of marks across the map, above and below the point; a degree of the area is 91 px wide and 140 high. */
  const rows = [50.12, 50.17, 50.22, 50.27, 50.32, 50.37];
  const marks = rows.flatMap((lat) => [19.8, 19.9, 20, 20.1, 20.2, 20.3, 20.4, 20.5, 20.6, 20.7].map((lng) => placeOf([lat, lng], { count: 5 })));
  for (const [rank, found] of [[9, ["Miasto"]], [0, []]]) {
    const map = await mapOfNames([["Miasto", 0, 0, { rank }]]);
    SupportMap.facilities(map, { ...POINTS, points: marks });
    refresh(map);
    assert.deepEqual(texts(map), found);
    for (const { x, y } of placed(map)) {
      const { lat, lng } = map.layerPointToLatLng([x, y]);
      assert.ok(lat > 50 && lat < 50.5 && lng > 20 && lng < 20.5, `${lat}, ${lng}`);
    }
  }
});

test("a large town without room beside its circle of a number is named upon it, a small circle is never covered", async () => {
  for (const [size, found] of [[1, ["Miasto"]], [0.02, []]]) {
    /* A larger one far away: the largest of all has its name whatever it covers. */
    const map = await mapOfNames([["Miasto", 0, 0, { rank: 9 }], ["Stolica", 9, 0, { rank: 99 }]]);
    const circle = (lat, lng, radius) => {
      const one = new globalThis.window.L.CircleMarker([lat, lng]);
      one._radius = radius;
      return one;
    };
    const around = Array.from({ length: 25 * 25 }, (_, i) => circle(50.25 + ((i % 25) - 12) * 0.04, 20.25 + (Math.floor(i / 25) - 12) * 0.06, 5));
    const circles = [circle(50.25, 20.25, 20 * size), ...around];
    map.support.layers.symbols = { getLayers: () => circles };
    refresh(map);
    assert.deepEqual(texts(map), found);
  }
});

/* Marks so close that no name stands between them, each of so many facilities, but for one gap that is named. */
function crowd({ count = 1, gapAt = null } = {}) {
  const steps = (length) => Array.from({ length }, (_, i) => i * 0.05);
  return steps(23)
    .flatMap((row) => steps(50).map((column) => [49.7 + row, 19.3 + column]))
    .map((at) => placeOf(at, { count: gapAt && Math.abs(at[0] - gapAt) < 0.06 ? 1 : count }));
}

test("the largest town of the scope is named within its own area even upon marks, and no other is", async () => {
  const map = await mapOfNames([["Kraków", 0, 0, { rank: 800 }], ["Tarnów", 0.5, 0, { rank: 100 }]]);
  SupportMap.facilities(map, { ...POINTS, points: crowd() });
  refresh(map);
  assert.deepEqual(texts(map), ["Kraków"]);
  const { lat, lng } = map.layerPointToLatLng([placed(map)[0].x, placed(map)[0].y]);
  assert.ok(lat > 50 && lat < 50.5 && lng > 20 && lng < 20.5, `${lat}, ${lng}`);
});

test("upon marks the name covers those without a number before those with one, and a button never", async () => {
  const map = await mapOfNames([["Kraków", 0, 0, { rank: 800 }]]);
  SupportMap.facilities(map, { ...POINTS, points: crowd({ count: 5, gapAt: 50.4 }) });
  refresh(map);
  const { lat } = map.layerPointToLatLng([placed(map)[0].x, placed(map)[0].y]);
  assert.ok(Math.abs(lat - 50.4) < 0.06, `${lat}`);
  const whole = map.latLngToContainerPoint([50.6, 19.9]);
  map.getContainer().querySelectorAll(".leaflet-control")[0].box = [whole.x, whole.y, 150, 150];
  refresh(map);
  assert.deepEqual(texts(map), []);
});

test("a chosen area has its name within its outline, before other towns, and a village has one too", async () => {
  const areas = [["Kraków", 0, 0.5, { rank: 800 }], ["Targ", 0, 0, { rank: 33 }], ["Rabka-Zdrój", 0.5, 0, { rank: 13 }], ["Wieś", 1, 0]];
  for (const [code, name, west] of [["120102", "Rabka-Zdrój", 20.5], ["120103", "Wieś", 21]]) {
    /* At zoom 6 an area is 23 px wide, and a village has no name. */
    const map = await mapOfNames(areas, { zoom: 6 });
    assert.ok(!texts(map).includes("Wieś"));
    SupportMap.choose(map, code);
    assert.deepEqual(texts(map).slice(0, 2), ["Kraków", name]);
    const { lng } = map.layerPointToLatLng([placed(map)[1].x, placed(map)[1].y]);
    assert.ok(lng > west && lng < west + 0.5, `${name}: ${lng}`);
    SupportMap.choose(map, "");
    assert.ok(!texts(map).includes("Wieś"));
  }
});

test("a chosen area is named upon marks where no room is free, and a village that is not chosen is not", async () => {
  const map = await mapOfNames([["Kraków", 0, 0.5, { rank: 800 }], ["Kamienica + Szczawa", 0, 0]]);
  SupportMap.facilities(map, { ...POINTS, points: crowd() });
  refresh(map);
  assert.ok(!texts(map).includes("Kamienica + Szczawa"));
  SupportMap.choose(map, "120101");
  assert.ok(texts(map).includes("Kamienica + Szczawa"));
});

test("no name is cut by the upper or the lower edge of the map", async () => {
  const map = await mapOfNames([["Kamień", 0, 0, { rank: 10 }]]);
  assert.deepEqual(texts(map), ["Kamień"]);
  const { y } = map.getSize();
  for (const down of [-y / 2, y / 2]) {
    const middle = map.project([50.25, 20.25]);
    map.setView(map.unproject([middle.x, middle.y + down]), map.getZoom(), { animate: false });
    const top = map.containerPointToLayerPoint([0, 0]).y;
    for (const { box } of placed(map)) assert.ok(box.top >= top && box.bottom <= top + y, `${box.top} ${box.bottom} ${top}`);
  }
});

test("names, marks and outlines are stacked anew whenever one comes: names above marks above outlines", async () => {
  const map = mapOf();
  SupportMap.facilities(map, { ...POINTS, points: [placeOf([50.5, 20.5])] });
  SupportMap.place(map, { at: [50.5, 20.5], distance: 5000, name: "Dolna", colour: "#p", rim: "#r", text: "#t" });
  SupportMap.chosenArea("120101").addTo(map);
  SupportMap.areas(map, AREAS);
  await settled();
  const renderer = map.options.renderer;
  const order = [];
  for (let at = renderer._drawFirst; at; at = at.next) order.push(at.layer);
  const { marks, chosen, labels, place, placeName, regions } = map.support.layers;
  const turn = (layer) => order.indexOf(layer.getLayers ? layer.getLayers()[0] : layer);
  const turns = [regions, chosen, place, marks, labels, placeName].map(turn);
  assert.ok(turns.every((one) => one >= 0));
  assert.deepEqual(turns, [...turns].sort((a, b) => a - b));
});
