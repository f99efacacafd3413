import assert from "node:assert/strict";
import { test } from "node:test";

import { SupportMap, SupportMapDrawing, resize } from "./window.mjs";
import { mapOf } from "./world.mjs";

const HATCH = { ground: "#ground", line: "#line", spacing: 8, width: 1 };
const ENTRIES = [
  { kind: "fill", colour: "#dark", label: "61–100%" },
  { kind: "fill", colour: "#pale", label: "1–60%" },
  { kind: "fill", colour: "#zero", label: "0% – nikt nie ma" },
  { kind: "hatch", label: "brak danych" },
];
const LEGEND = { title: "Kto ma blisko", lines: ["% osób"], entries: ENTRIES, notes: ["Osoby są szacowane."], hatch: HATCH };

function legendOn({ width, height = 800, ...more }) {
  const map = mapOf({ width, height });
  SupportMap.legend(map, { ...LEGEND, ...more });
  return map.support.legend;
}

const keyOf = (entries) => SupportMap.legendHead({ ...LEGEND, entries }).all("support-legend-key");

test("a folded legend shows colours from none to most, with the numbers of both ends and no sentence", () => {
  const [key] = keyOf(ENTRIES);
  const [least, ...rest] = key.children;
  const most = rest.pop();
  assert.deepEqual([least.textContent, most.textContent], ["0%", "61–100%"]);
  assert.deepEqual(rest.map(({ style }) => style.background), ["#zero", "#pale", "#dark"]);
});

test("a legend of symbols has no key of colours", () => {
  assert.deepEqual(keyOf(ENTRIES.slice(1)), []);
});

test("rows say lines, entries in their order and notes, each entry with its sign", () => {
  const rows = SupportMap.legendRows(LEGEND);
  assert.deepEqual(rows.map((row) => row.textContent), [
    "% osób",
    ENTRIES.map(({ label }) => label).join(""),
    "Osoby są szacowane.",
  ]);
  assert.equal(rows[1].all("support-swatch").length, 4);
});

test("a sign has the colour of its entry, and no data its hatch", () => {
  const ground = (entry) => SupportMapDrawing.swatch(entry, HATCH).context.calls.find(([name]) => name === "fillStyle")[1];
  assert.equal(ground(ENTRIES[0]), "#dark");
  assert.equal(ground(ENTRIES[3]).tile.width, 8);
});

test("the sign of a symbol is as large as the symbol on the map", () => {
  const canvas = SupportMapDrawing.swatch({ kind: "symbol", colour: "#symbol", radius: 20, label: "5 000" }, HATCH);
  assert.equal(canvas.style.width, "44px");
  assert.equal(canvas.context.calls.find(([name]) => name === "arc")[3], 20);
});

test("the number of a new site stands on its sign, and a 3 where the entry has none", () => {
  const number = (entry) => SupportMapDrawing.swatch(entry, HATCH).context.calls.find(([name]) => name === "fillText")[1];
  assert.equal(number({ kind: "site", colour: "#s", number: "12" }), "12");
  assert.equal(number({ kind: "count", colour: "#s" }), "3");
});

test("signs are hidden from screen readers, which have the words", () => {
  for (const entry of ENTRIES) assert.equal(SupportMapDrawing.swatch(entry, HATCH).getAttribute("aria-hidden"), "true");
});

test("the legend is open where there is room, and folded to a strip on a map narrower than 700 px", () => {
  const wide = legendOn({ width: 700 });
  assert.ok(wide.open);
  assert.ok(!wide.classList.contains("support-legend-strip"));
  const narrow = legendOn({ width: 699 });
  assert.ok(!narrow.open);
  assert.ok(narrow.classList.contains("support-legend-strip"));
});

test("on a map lower than 480 px the legend is open when it is whole, and never a part of it", () => {
  const legend = legendOn({ width: 900, height: 400 });
  assert.ok(legend.open, "nothing of it is cut");
  legend.scrollHeight = 345; /* 400 px less the foot of 56 are 344 */
  resize(legend.parentNode.parentNode.parentNode, 900, 400);
  assert.ok(!legend.open);
  legend.scrollHeight = 344;
  resize(legend.parentNode.parentNode.parentNode, 900, 400);
  assert.ok(legend.open);
});

test("what a reader folds or opens stays so when the map changes its size", () => {
  const legend = legendOn({ width: 900 });
  const box = legend.parentNode.parentNode.parentNode;
  legend.all("SUMMARY")[0].dispatch("click");
  legend.open = false;
  resize(box, 1000, 800);
  assert.equal(legend.open, false);
  legend.open = true;
  resize(box, 500, 800);
  assert.equal(legend.open, true);
});
