import assert from "node:assert/strict";
import { test } from "node:test";

import { SupportMap, SupportMapDrawing } from "./window.mjs";
import { mapOf } from "./world.mjs";

function sitesOn(map, points) {
  const all = points.map((at, i) => ({ at, number: i + 1, label: `Gmina ${i + 1}`, lines: ["20 miejsc"] }));
  SupportMap.sites(map, { points: all, colour: "#site", rim: "#rim" });
  return map.getContainer().all("support-site");
}

test("the number of a site stands 27 px above its point", () => {
  const map = mapOf();
  sitesOn(map, [[50.5, 20.5]]);
  const { x, y } = map.latLngToLayerPoint([50.5, 20.5]);
  assert.deepEqual(map.support.siteBoxes(), [{ left: x - 14, right: x + 14, top: y - 41, bottom: y - 13 }]);
});

test("numbers of sites at one point stand beside each other, none upon another", () => {
  const map = mapOf();
  const points = Array.from({ length: 6 }, () => [50.5, 20.5]);
  sitesOn(map, points);
  const boxes = map.support.siteBoxes();
  for (const [i, one] of boxes.entries()) {
    for (const other of boxes.slice(i + 1)) assert.ok(!SupportMapDrawing.overlap(one, other), JSON.stringify([one, other]));
  }
});

test("a stem leads from the point to the middle of its number", () => {
  const [sign] = sitesOn(mapOf(), [[50.5, 20.5]]);
  const [stem] = sign.all("I");
  assert.equal(stem.style.width, "27px");
  assert.equal(stem.style.transform, `rotate(${-Math.PI / 2}rad)`);
});

test("a site is told with its number, its name and its lines", () => {
  const [sign] = sitesOn(mapOf(), [[50.5, 20.5]]);
  assert.equal(sign.getAttribute("aria-label"), "1. Gmina 1; 20 miejsc");
});

test("a press of Enter on a site opens what a click opens, and another key does not", () => {
  const map = mapOf();
  sitesOn(map, [[50.5, 20.5]]);
  const marks = [];
  map.eachLayer((layer) => layer.options.title && marks.push(layer));
  const opened = () => map.getContainer().all("support-places").map((one) => one.textContent);
  marks[0].fire("keypress", { originalEvent: { key: "x" } });
  assert.deepEqual(opened(), []);
  marks[0].fire("keypress", { originalEvent: { key: "Enter" } });
  assert.deepEqual(opened(), ["1. Gmina 120 miejsc"]);
});
