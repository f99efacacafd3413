import assert from "node:assert/strict";
import { test } from "node:test";

import { L, SupportMap, SupportMapDrawing, settled } from "./window.mjs";
import { AREAS, VALUES, mapOf, mapOfAreas } from "./world.mjs";

const shapeOf = (map, code) => map.support.areas.find(code);
const fillOf = (map, code) => shapeOf(map, code).options.fillColor;
const drawn = (map) => [...map.support.areas.shapes.keys()];
/* What the first drawing on a pattern's tile is made with. */
const groundOf = (pattern) => pattern.tile.context.calls.find(([name]) => name === "fillStyle")[1];

test("a class has its colour, and zero is a class", async () => {
  const map = await mapOfAreas({ areas: { values: { ...VALUES, bounds: "---" } } });
  assert.equal(fillOf(map, "120101"), "#zero");
  assert.equal(fillOf(map, "120102"), "#dark");
});

test("no data is hatched, with a row and without one, and never has the colour of zero", async () => {
  const map = await mapOfAreas();
  const hatch = fillOf(map, "120103");
  assert.equal(groundOf(hatch), "#ground");
  assert.equal(fillOf(map, "140101"), hatch);
});

test("a number known within a bound has a pattern over the colour of its class", async () => {
  const map = await mapOfAreas();
  assert.equal(groundOf(fillOf(map, "120102")), "#dark");
  assert.equal(fillOf(map, "120101"), "#zero");
});

test("each bound is drawn in its own way: dots, a line, a cross", () => {
  const strokes = (kind) => {
    const { calls } = SupportMapDrawing.boundPattern({ kind, ground: "#pale", line: "#line", spacing: 8, width: 1 }).tile
      .context;
    return ["arc", "lineTo"].map((name) => calls.filter(([called]) => called === name).length);
  };
  assert.deepEqual(strokes("least"), [1, 0]);
  assert.deepEqual(strokes("most"), [0, 1]);
  assert.deepEqual(strokes("unsure"), [0, 2]);
});

test("areas without values are plain and say their name alone", async () => {
  const map = await mapOfAreas({ areas: { values: null } });
  assert.equal(fillOf(map, "120103"), "#paper");
  assert.equal(map.support.areas.sentence(shapeOf(map, "140101")), "Obca");
});

test("a scope keeps its own areas and the border of its own voivodeship", async () => {
  const map = await mapOfAreas({ areas: { scope: "12" } });
  assert.deepEqual(drawn(map), ["120101", "120102", "120103"]);
  assert.equal(map.support.layers.regions.getLayers().length, 1);
  const country = await mapOfAreas();
  assert.equal(country.support.layers.regions.getLayers().length, 2);
});

test("of areas near bounds those that meet them are drawn", async () => {
  const map = await mapOfAreas({ areas: { values: null, near: [[50.6, 20.1], [50.9, 20.4]] } });
  assert.deepEqual(drawn(map), ["120101"]);
});

test("how many areas are drawn is told to whoever waits for them", async () => {
  const map = await mapOfAreas();
  assert.equal(map.getContainer().dataset.drawn, "4");
});

test("symbols are drawn where a number is above zero, the largest first", async () => {
  const values = { ...VALUES, codes: "120101 120102 120103 140101", classes: "0000", bounds: "----", sizes: "3.5 9 0 6" };
  const map = await mapOfAreas({ areas: { values: { ...values, textNumbers: "0 0 0 0" } } });
  const symbols = map.support.layers.symbols.getLayers();
  assert.deepEqual(symbols.map((one) => one.options.radius), [9, 6, 3.5]);
  assert.deepEqual(symbols[0].getLatLng(), L.latLng(50.75, 20.75));
});

test("an area is told with its kind, the area around it and its value", async () => {
  const map = await mapOfAreas();
  const sentence = (code) => map.support.areas.sentence(shapeOf(map, code));
  assert.equal(sentence("120101"), "Górna (wiejska), bocheński, 10%");
  assert.equal(sentence("120103"), "Dolna, bocheński, brak danych");
  assert.equal(sentence("140101"), "Obca, nie wiemy");
});

test("the tooltip of the pointer says what the sentence says, as text", async () => {
  const hostile = "<img src=x onerror=alert(1)>";
  const map = await mapOfAreas({ areas: { values: { ...VALUES, texts: [hostile, ""] } } });
  map.support.group.fire("mousemove", { layer: shapeOf(map, "120101"), latlng: L.latLng(50.75, 20.25) });
  const [tooltip] = map.getContainer().all("support-tooltip");
  assert.equal(tooltip.textContent, `Górna (wiejska) · bocheński${hostile}`);
  map.support.group.fire("mouseout");
  map.eachLayer((layer) => assert.ok(!(layer instanceof L.Tooltip), "no tooltip is left"));
});

test("the area under a point is found, and none beside all of them", async () => {
  const map = await mapOfAreas();
  assert.equal(map.support.areas.at(L.latLng(50.25, 20.75)).options.area.code, "140101");
  assert.equal(map.support.areas.at(L.latLng(49.5, 20.75)), undefined);
});

test("a click tells the page the code of the area and no geometry, and a second one is news again", async () => {
  const map = await mapOfAreas();
  const shape = shapeOf(map, "120102");
  assert.deepEqual(shape.toGeoJSON(), {
    type: "Feature",
    geometry: null,
    properties: { area_code: "120102", click: 1 },
  });
  assert.equal(shape.toGeoJSON().properties.click, 2);
});

test("a click outlines the area over its casing, and another click moves the outline", async () => {
  const map = await mapOfAreas();
  const click = (code) => map.support.group.fire("click", { layer: shapeOf(map, code) });
  const outline = () => map.support.layers.chosen.getLayers();
  click("120101");
  assert.deepEqual(outline().map(({ options }) => [options.color, options.weight]), [["#casing", 6.5], ["#chosen", 3.5]]);
  const first = map.support.layers.chosen;
  click("120102");
  assert.equal(map.support.chosen, "120102");
  assert.ok(!map.hasLayer(first));
  assert.deepEqual(outline()[0].getBounds(), shapeOf(map, "120102").getBounds());
});

test("an area chosen before its geometry has come is outlined when it is there", async () => {
  const map = mapOf();
  SupportMap.areas(map, AREAS);
  const chosen = SupportMap.chosenArea("120103").addTo(map);
  assert.equal(map.support.layers.chosen, undefined);
  await settled();
  assert.ok(map.hasLayer(map.support.layers.chosen));
  chosen.remove();
  assert.equal(map.support.layers.chosen, undefined);
});

test("the outline of another choice stays when the one before it is taken away", async () => {
  const map = await mapOfAreas();
  const before = SupportMap.chosenArea("120103").addTo(map);
  SupportMap.chosenArea("120101").addTo(map);
  before.remove();
  assert.equal(map.support.chosen, "120101");
  assert.ok(map.hasLayer(map.support.layers.chosen));
});

test("geometry that does not come is said on the map, aloud", async (context) => {
  const errors = context.mock.method(console, "error", () => {});
  const map = await mapOfAreas({ areas: { url: "/gone" } });
  const [notice] = map.getContainer().all("support-notice");
  assert.equal(notice.textContent, "Nie udało się");
  assert.equal(notice.getAttribute("role"), "alert");
  assert.match(errors.mock.calls[0].arguments[0].message, /\/gone/);
});
