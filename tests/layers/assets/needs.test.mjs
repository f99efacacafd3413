import assert from "node:assert/strict";
import { test } from "node:test";

import { SupportMap } from "./window.mjs";
import { mapOf } from "./world.mjs";

function needsOn(map, points) {
  SupportMap.needs(map, { points, colour: "#need", rim: "#rim" });
  return map.getContainer().all("support-need");
}

test("what was not found stands as a circle of its size with its number, told as what it says", () => {
  const [circle] = needsOn(mapOf(), [{ at: [50.5, 20.5], count: 7, radius: 14, told: "Gmina: 7" }]);
  assert.equal(circle.textContent, "7");
  assert.equal(circle.style.width, "28px");
  assert.equal(circle.getAttribute("aria-label"), "Gmina: 7");
});

test("a name is text and no markup", () => {
  const [circle] = needsOn(mapOf(), [{ at: [50.5, 20.5], count: 5, radius: 12, told: "<b>x</b>" }]);
  assert.equal(circle.getAttribute("aria-label"), "<b>x</b>");
  assert.equal(circle.textContent, "5");
});
