import assert from "node:assert/strict";
import { test } from "node:test";

import { SupportMapDrawing } from "./window.mjs";
import "./world.mjs";

const { decodeAreas, fetchAreas, overlap } = SupportMapDrawing;

/* Two squares beside each other; the border between them is the arc 0, drawn upwards. */
const NEIGHBOURS = {
  transform: { scale: [0.5, 0.25], translate: [20, 50] },
  arcs: [
    [[1, 0], [0, 2]],
    [[1, 2], [-1, 0], [0, -2], [1, 0]],
    [[1, 0], [1, 0], [0, 2], [-1, 0]],
  ],
  objects: {
    areas: {
      geometries: [
        { type: "Polygon", arcs: [[0, 1]], properties: { code: "1201", name: "Lewa" } },
        { type: "Polygon", arcs: [[2, ~0]], properties: { code: "1202", name: "Prawa" } },
        { type: "MultiPolygon", arcs: [[[0, 1]], [[2, ~0]]], properties: { code: "12" } },
      ],
    },
  },
};

const pairs = (ring) => ring.map(({ lat, lng }) => [lat, lng]);
const [left, right, both] = decodeAreas(NEIGHBOURS);

test("steps of arcs become degrees, latitude first", () => {
  assert.deepEqual(pairs(left.rings[0]), [[50, 20.5], [50.5, 20.5], [50.5, 20], [50, 20], [50, 20.5]]);
});

test("an arc with a negative number is read backwards, and the point between two arcs stands once", () => {
  assert.deepEqual(pairs(right.rings[0]), [[50, 20.5], [50, 21], [50.5, 21], [50.5, 20.5], [50, 20.5]]);
});

test("a shared border has the very same points on both sides", () => {
  const border = pairs(left.rings[0]).slice(0, 2);
  assert.deepEqual(pairs(right.rings[0]).slice(-2), border.reverse());
});

test("an area of several parts keeps each of them", () => {
  assert.deepEqual(both.rings.map((part) => part.length), [1, 1]);
  assert.deepEqual(both.rings[1], right.rings);
});

test("an area keeps what is known of it", () => {
  assert.equal(left.code, "1201");
  assert.equal(right.name, "Prawa");
});

test("a geometry is fetched once and an unknown address is an error that names it", async () => {
  assert.equal(fetchAreas("/four"), fetchAreas("/four"));
  assert.equal((await fetchAreas("/four")).length, 4);
  await assert.rejects(fetchAreas("/gone"), /expected geometry at \/gone, found status 404/);
});

test("boxes that touch overlap, and those a pixel apart do not", () => {
  const box = { left: 0, right: 10, top: 0, bottom: 10 };
  const moved = (x, y) => ({ left: x, right: x + 10, top: y, bottom: y + 10 });
  assert.ok(overlap(box, moved(10, 0)));
  assert.ok(overlap(box, moved(-10, -10)));
  for (const [x, y] of [[11, 0], [-11, 0], [0, 11], [0, -11]]) assert.ok(!overlap(box, moved(x, y)), `${x}, ${y}`);
});

