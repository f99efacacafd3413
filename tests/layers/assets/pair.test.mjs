import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { L, SupportMap, settled, stored } from "./window.mjs";
import { AREAS, BOUNDS, VALUES, mapOf, optionsOf } from "./world.mjs";

const LEGEND = { title: "Legenda obu", lines: [], entries: [], notes: [], hatch: {} };
const SECOND_VALUES = { ...VALUES, texts: ["20%", "nie wiadomo"] };

/* The observer gives the second map its size in a page; here the style sheet does not. */
async function pairOf({ second = BOUNDS, size = [600, 400], zoom = 8 } = {}) {
  const first = mapOf({ title: "2025" });
  first.setZoom(zoom, { animate: false });
  SupportMap.areas(first, AREAS);
  const start = SupportMap.start;
  SupportMap.start = (id, options) => {
    Object.assign(document.getElementById(id), { clientWidth: size[0], clientHeight: size[1] });
    return start(id, options);
  };
  const other = SupportMap.beside(first, {
    titles: ["2025", "2035"],
    answers: ["10%", ""],
    second: { ...optionsOf({ bounds: second, title: "2035" }), isSecond: true },
    parts: [["areas", { ...AREAS, values: SECOND_VALUES }]],
    legend: LEGEND,
  });
  SupportMap.start = start;
  await settled();
  return [first, other];
}

const centre = (map) => [map.getCenter().lat.toFixed(6), map.getCenter().lng.toFixed(6)];

beforeEach(() => stored.clear());

test("two maps of one scope show the same place, whichever is moved", async () => {
  const [first, second] = await pairOf();
  first.setView([50.3, 20.4], 9, { animate: false });
  assert.deepEqual([centre(second), second.getZoom()], [centre(first), 9]);
  second.setView([50.6, 20.1], 7, { animate: false });
  assert.deepEqual([centre(first), first.getZoom()], [["50.600000", "20.100000"], 7]);
});

test("over two scopes both are moved by the same way from the middle of their own", async () => {
  const [first, second] = await pairOf({ second: [[50, 30], [51, 31]] });
  first.setView([50.3, 20.4], 9, { animate: false });
  assert.deepEqual(centre(second), ["50.300000", "30.400000"]);
});

test("both scopes are whole at first, at the zoom of the larger one", async () => {
  const wide = [[49, 19], [52, 23]];
  const [first, second] = await pairOf({ second: wide });
  assert.equal(first.getZoom(), second.getZoom());
  assert.ok(second.getBounds().contains(wide));
  const [alone] = await pairOf();
  assert.ok(alone.getZoom() > first.getZoom());
});

test("while one of the maps has no size yet none is fitted", async () => {
  const [first] = await pairOf({ size: [600, 0], zoom: 7 });
  assert.equal(first.getZoom(), 7);
  const [fitted] = await pairOf({ zoom: 7 });
  assert.ok(fitted.getZoom() > 7);
});

test("what stands above and below two maps is read in its order", async () => {
  const [first, second] = await pairOf();
  const pair = first.getContainer().parentNode;
  const [heads, maps] = [pair.all("support-pair-head"), [first.getContainer(), second.getContainer()]];
  const [legend, credit] = ["support-pair-legend", "support-pair-credit"].map((name) => pair.all(name)[0]);
  assert.deepEqual(pair.children, [legend, heads[0], maps[0], heads[1], maps[1], credit]);
  assert.deepEqual(heads.map((one) => one.textContent), ["2025 10%", "2035"]);
  assert.equal(credit.textContent, "GUS · Leaflet");
});

test("the legend of two maps is open only where the window has room for it", async () => {
  const isOpenIn = async (width, height) => {
    Object.assign(globalThis, { innerWidth: width, innerHeight: height });
    const [first] = await pairOf();
    return first.getContainer().parentNode.all("support-pair-legend")[0].open;
  };
  assert.equal(await isOpenIn(701, 600), true);
  assert.equal(await isOpenIn(700, 600), false);
  assert.equal(await isOpenIn(701, 599), false);
});

test("a click on the second map is told as one on the first, to which the page listens", async () => {
  const [first, second] = await pairOf();
  const told = [];
  first.support.group.on("click", ({ layer }) => told.push(layer.options.area.code));
  second.support.group.fire("click", { layer: second.support.areas.find("120102"), latlng: L.latLng(50.75, 20.75) });
  assert.deepEqual(told, ["120102"]);
  assert.deepEqual([first.support.chosen, second.support.chosen], ["120102", "120102"]);
});

test("an area is outlined on both maps when it is pointed at on one, and on none when the pointer leaves", async () => {
  const [first, second] = await pairOf();
  first.support.areas.tell(first.support.areas.find("120101"), L.latLng(50.75, 20.25));
  assert.deepEqual([first.support.hovered, second.support.hovered], ["120101", "120101"]);
  first.support.areas.hush();
  assert.deepEqual([first.support.layers.hovered, second.support.layers.hovered], [undefined, undefined]);
});

test("the keyboard hears the value of both maps, each after its name", async () => {
  const [first] = await pairOf();
  first.getContainer().dispatch("focus");
  first.setView([50.75, 20.25], 8, { animate: false });
  const [spoken] = first.getContainer().all("support-spoken");
  assert.equal(spoken.textContent, "2025: Górna (wiejska), bocheński, 10%; 2035: 20%");
});

test("the second map keeps no view of its own", async () => {
  const [, second] = await pairOf();
  second.fire("dragstart");
  stored.clear();
  second.fire("moveend");
  assert.equal(stored.size, 0);
});
