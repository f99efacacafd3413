import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { L, SupportMap, resize, stored } from "./window.mjs";
import { BOUNDS, POINTS, mapOf, mapOfAreas, placeOf } from "./world.mjs";

const LEGEND = { title: "Legenda", lines: [], entries: [], notes: [], hatch: {} };

/* A reader drags the map there. */
function drag(map, at, zoom) {
  map.fire("dragstart");
  map.setView(at, zoom, { animate: false });
}

beforeEach(() => stored.clear());

test("a map begins with all of its bounds", () => {
  const map = mapOf();
  assert.ok(map.getBounds().contains(BOUNDS));
  assert.ok(!map.getBounds().pad(-0.25).contains(BOUNDS), "and little else");
});

test("bounds stand beside an open legend, and leave room for a card where they need less than all", (context) => {
  const spaceRight = (bounds) => {
    const map = mapOf({ width: 900, bounds });
    SupportMap.legend(map, LEGEND);
    map.support.legend.offsetWidth = 200;
    const fitted = context.mock.method(map, "fitBounds");
    map.getContainer().all("support-whole-area")[0].dispatch("click");
    return fitted.mock.calls.at(-1).arguments[1].paddingBottomRight[0];
  };
  /* Wider than high: the legend with 16 px. As wide as high: 36 % of the width. */
  assert.equal(spaceRight([[50, 18], [51, 23]]), 216);
  assert.equal(spaceRight(BOUNDS), 324);
});

test("bounds stand above the strip of a legend, which takes a third of a narrow map at most", (context) => {
  const map = mapOf({ width: 500, height: 600 });
  SupportMap.legend(map, LEGEND);
  const spaceBelow = (height) => {
    map.support.legend.offsetHeight = height;
    const fitted = context.mock.method(map, "fitBounds");
    map.getContainer().all("support-whole-area")[0].dispatch("click");
    return fitted.mock.calls.at(-1).arguments[1].paddingBottomRight[1];
  };
  assert.equal(spaceBelow(400), 200 + 56);
  assert.equal(spaceBelow(40), 40 + 56);
});

test("an open legend that comes to stand over the areas is folded, unless the reader opened it there", () => {
  const narrowed = (isReaders) => {
    const map = mapOf({ width: 1200 });
    SupportMap.legend(map, LEGEND);
    const { legend } = map.support;
    legend.offsetWidth = 284;
    if (isReaders) legend.dataset.isReaders = "true";
    legend.open = true;
    map.support.hasReaderMoved = true;
    resize(map.getContainer(), 900, 400);
    const wasOpen = legend.open;
    map.setView([50.5, 18.8], 8, { animate: false });
    legend.open = true;
    resize(map.getContainer(), 800, 400);
    return [wasOpen, legend.open];
  };
  assert.deepEqual(narrowed(false), [true, false]);
  assert.deepEqual(narrowed(true), [true, true]);
});

test("what a reader moved to is kept on the next map of the same bounds, and not on one of others", () => {
  drag(mapOf(), [50.2, 20.2], 10);
  const next = mapOf();
  assert.equal(next.getZoom(), 10);
  assert.deepEqual([next.getCenter().lat, next.getCenter().lng], [50.2, 20.2]);
  const other = mapOf({ bounds: [[50, 19], [51, 21]] });
  assert.notEqual(other.getZoom(), 10);
});

test("a map that no reader moved leaves nothing behind", () => {
  mapOf().setView([50.2, 20.2], 10, { animate: false });
  assert.equal(stored.size, 0);
});

test("what cannot be read of the kept view is passed over", () => {
  const fitted = mapOf().getZoom();
  for (const text of ["{", "null", "[]", '{"bounds": 1}']) {
    stored.set("support-map-view", text);
    assert.equal(mapOf().getZoom(), fitted, text);
  }
});

test("the button of the whole area forgets what a reader moved to", () => {
  const fitted = mapOf().getZoom();
  const map = mapOf();
  drag(map, [50.2, 20.2], 10);
  map.getContainer().all("support-whole-area")[0].dispatch("click");
  assert.equal(map.getZoom(), fitted);
  assert.equal(stored.size, 0);
  assert.equal(mapOf().getZoom(), fitted);
});

test("a map that becomes larger is fitted anew, unless a reader moved it", () => {
  const map = mapOf();
  const before = map.getZoom();
  resize(map.getContainer(), 1200, 800);
  assert.ok(map.getZoom() > before);
  drag(map, [50.2, 20.2], 10);
  resize(map.getContainer(), 600, 400);
  assert.equal(map.getZoom(), 10);
});

test("a card that takes a part of the width leaves what is seen where it is", () => {
  const map = mapOf({ width: 1200 });
  const before = [map.getZoom(), map.latLngToContainerPoint(BOUNDS[0]).x];
  resize(map.getContainer(), 1000, 400);
  assert.deepEqual([map.getZoom(), map.latLngToContainerPoint(BOUNDS[0]).x], before);
});

/* Bounds that need all of the height: beside a legend 448 px high they end 28 px above the foot. */
function narrowedBelow700(before = () => {}) {
  const map = mapOf({ width: 1000, height: 448 });
  SupportMap.legend(map, LEGEND);
  map.support.legend.offsetHeight = 54;
  before(map);
  const zoom = map.getZoom();
  resize(map.getContainer(), 655, 448);
  const south = map.latLngToContainerPoint(BOUNDS[0]).y;
  return { isFitted: map.getZoom() !== zoom, isClear: south <= 448 - 54 - 56, map };
}

test("a card that makes the legend dock under the map has it fitted above the legend, unless a reader moved it", () => {
  const { isFitted, isClear, map } = narrowedBelow700();
  assert.deepEqual([isFitted, isClear], [true, true]);
  const anew = mapOf({ width: 655, height: 448 });
  SupportMap.legend(anew, LEGEND);
  anew.support.legend.offsetHeight = 54;
  anew.getContainer().all("support-whole-area")[0].dispatch("click");
  assert.deepEqual([map.getZoom(), map.getCenter()], [anew.getZoom(), anew.getCenter()], "as after a reload");
  assert.equal(narrowedBelow700((moved) => drag(moved, [50.2, 20.2], 10)).isFitted, false);
});

test("a tap, and a key that leads on, move no map; two fingers, a wheel and an arrow do", () => {
  const isMoved = (kind, facts) => {
    const map = mapOf();
    map.getContainer().dispatch(kind, facts);
    return map.support.hasReaderMoved;
  };
  const fingers = (count) => ({ touches: Array(count).fill({}) });
  assert.deepEqual([isMoved("touchstart", fingers(1)), isMoved("touchmove", fingers(1))], [false, false]);
  assert.deepEqual(["Tab", "Enter", "Escape"].map((key) => isMoved("keydown", { key })), [false, false, false]);
  assert.ok(isMoved("touchmove", fingers(2)));
  assert.deepEqual(["ArrowUp", "+", "-"].map((key) => isMoved("keydown", { key })), [true, true, true]);
});

test("the chosen area of a map that a reader moved is brought above a legend that docks under it", () => {
  const { map } = narrowedBelow700((moved) => {
    drag(moved, [50.6, 20.25], 8);
    moved.support.chosen = "120101";
    const bounds = L.latLngBounds([50, 20], [50.1, 20.1]);
    moved.support.areas = { find: () => ({ getBounds: () => bounds }), hush() {}, at() {} };
  });
  assert.ok(map.latLngToContainerPoint([50.05, 20.05]).y <= 448 - 54 - 56);
});

test("the scale is never shorter than the words on it", () => {
  const map = mapOf();
  for (let zoom = 4; zoom <= 14; zoom += 0.25) {
    map.setView([52, 19], zoom, { animate: false });
    const [line] = map.getContainer().all("leaflet-control-scale-line");
    assert.ok(Number.parseFloat(line.style.width) >= 58, `${line.innerHTML} at ${zoom}: ${line.style.width}`);
  }
});

test("what a register or a word brings into the attribution stays text", () => {
  const hostile = "<img src=x>";
  const map = mapOf({ texts: { attribution: hostile, label: "Mapa", lang: "uk" } });
  assert.equal(map.attributionControl.getContainer().parsedHtml, "&lt;img src=x&gt; · Leaflet");
});

test("the document has the language and the name of its map, the second of two maps leaves it so", () => {
  mapOf({ texts: { lang: "uk", label: "Мапа", attribution: "" } });
  mapOf({ isSecond: true, texts: { lang: "en", label: "Map", attribution: "" } });
  assert.deepEqual([document.documentElement.lang, document.title], ["uk", "Мапа"]);
});

/* ---------- the keyboard ---------- */

const spoken = (map) => map.getContainer().all("support-spoken")[0].textContent;
const press = (map, key) => map.getContainer().dispatch("keydown", { key });

test("with the keyboard the area in the middle of the map is told, and the next one when the map moves", async () => {
  const map = await mapOfAreas();
  assert.equal(spoken(map), "");
  map.getContainer().dispatch("focus");
  map.setView([50.25, 20.25], 8, { animate: false });
  assert.equal(spoken(map), "Dolna, bocheński, brak danych");
  map.setView([49, 20.25], 8, { animate: false });
  assert.equal(spoken(map), "");
});

test("the pointer ends reading by keyboard, and an arrow begins it again", async () => {
  const map = await mapOfAreas();
  map.setView([50.25, 20.25], 8, { animate: false });
  const box = map.getContainer();
  box.dispatch("pointerdown");
  box.dispatch("focus");
  assert.ok(!box.classList.contains("support-reading"));
  press(map, "ArrowLeft");
  assert.ok(box.classList.contains("support-reading"));
});

test("Enter chooses the area in the middle, and a mark within 14 px of it before the area", async () => {
  const map = await mapOfAreas();
  map.setView([50.25, 20.25], 8, { animate: false });
  press(map, "Enter");
  assert.equal(map.support.chosen, "120103");
  const { lat } = map.containerPointToLatLng(map.getSize().divideBy(2).add([0, 15]));
  SupportMap.facilities(map, { ...POINTS, points: [placeOf([lat, 20.25])] });
  press(map, "Enter");
  assert.deepEqual(map.getContainer().all("support-places"), [], "15 px are too far");
  map.panBy([0, 1], { animate: false });
  press(map, "Enter");
  assert.equal(map.getContainer().all("support-places")[0].textContent, "Dom");
});
