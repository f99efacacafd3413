import assert from "node:assert/strict";
import { test } from "node:test";

import { SupportMap, SupportMapDrawing } from "./window.mjs";
import { mapOfAreas } from "./world.mjs";

const STYLE = { paper: "#fff", text: "#333", font: "11px sans-serif" };

async function mapWith(places, options) {
  const map = await mapOfAreas(options);
  SupportMap.towns(map, { places, style: STYLE });
  const { towns } = map.support.layers;
  towns._place(towns._renderer._ctx);
  return towns._placed;
}

test("a town stands as a dot with its name beside it, off the names of areas and of other towns", async () => {
  const placed = await mapWith([
    { name: "Pierwsze", at: [50.3, 20.3] },
    { name: "Drugie", at: [50.3, 20.31] },
  ]);
  assert.equal(placed[0].text, "Pierwsze");
  for (const one of placed)
    for (const other of placed)
      if (one !== other) assert.ok(!one.boxes.some((box) => other.boxes.some((beside) => SupportMapDrawing.overlap(box, beside))));
});

test("a town whose name an area has is not named twice", async () => {
  const placed = await mapWith([{ name: "Miasto", at: [50.7, 20.7] }]);
  assert.deepEqual(placed, []);
});

test("the first in the list is named where there is no room for two, and what is out of sight is not", async () => {
  const placed = await mapWith([
    { name: "Ważne", at: [50.3, 20.3] },
    { name: "Mniej", at: [50.3, 20.3] },
    { name: "Daleko", at: [10, 10] },
  ]);
  assert.deepEqual(placed.map(({ text }) => text), ["Ważne"]);
});

test("around a scope the neighbours are lines without a fill, and nothing is told of them", async () => {
  const map = await mapOfAreas({ areas: { scope: "12" } });
  const neighbours = map.support.layers.neighbours.getLayers();
  assert.ok(neighbours.length > 0);
  assert.ok(neighbours.every(({ options }) => options.fill === false && options.interactive === false));
  assert.equal(map.support.areas.shapes.size + neighbours.length <= 4, true);
  const whole = await mapOfAreas();
  assert.equal(whole.support.layers.neighbours.getLayers().length, 0);
});
