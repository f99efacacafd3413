import assert from "node:assert/strict";
import { test } from "node:test";

import { SupportMap, settled } from "./window.mjs";
import { AREAS, POINTS, mapOf, mapOfAreas, placeOf } from "./world.mjs";

const MIDDLE = [50.5, 20.5];

function marksOf(map, points) {
  return SupportMap.facilities(map, { ...POINTS, points }).getLayers();
}

/* What a mark draws: [name, ...arguments], in order. */
function drawn(map, mark) {
  const renderer = mark._renderer;
  renderer._ctx.calls.length = 0;
  renderer._drawing = true;
  mark._updatePath();
  renderer._drawing = false;
  return renderer._ctx.calls;
}

const named = (calls, wanted) => calls.filter(([name]) => name === wanted).map(([, ...values]) => values);

test("marks stand from north to south, those with a number above them and new ones above all", () => {
  const map = mapOf();
  const points = [
    placeOf([50.2, 20], { new: true }),
    placeOf([50.3, 20], { count: 2 }),
    placeOf([50.4, 20]),
    placeOf([50.8, 20], { count: 3 }),
    placeOf([50.9, 20]),
  ];
  assert.deepEqual(marksOf(map, points).map((mark) => mark.getLatLng().lat), [50.9, 50.4, 50.8, 50.3, 50.2]);
  assert.equal(points[0].at[0], 50.2, "what came in keeps its order");
});

test("a group has its mark, and several groups or another have a common one", () => {
  const map = mapOf();
  const [own, other, none] = marksOf(map, [
    placeOf([50.9, 20]),
    placeOf([50.8, 20], { group: "unheard" }),
    placeOf([50.7, 20], { group: "" }),
  ]).map((mark) => mark.options.mark.colour);
  assert.deepEqual([own, other, none], ["#older", "#other", "#other"]);
});

test("marks grow with the areas: whole where these are 48 px wide, never under three tenths", async () => {
  /* Half a degree is 91 px at zoom 8, 22.8 px at zoom 6 and 5.7 px at zoom 4. */
  const map = await mapOfAreas();
  const [mark] = marksOf(map, [placeOf(MIDDLE)]);
  const radiusAt = (zoom) => {
    map.setZoom(zoom, { animate: false });
    return mark._radius.toFixed(2);
  };
  assert.deepEqual([8, 6, 4].map(radiusAt), ["7.00", "3.32", "2.10"]);
});

test("without areas marks grow with the zoom, and never under six tenths", () => {
  const map = mapOf();
  const [mark] = marksOf(map, [placeOf(MIDDLE)]);
  const radiusAt = (zoom) => {
    map.setZoom(zoom, { animate: false });
    return mark._radius.toFixed(2);
  };
  assert.deepEqual([8, 7, 5].map(radiusAt), ["7.00", "5.25", "4.20"]);
});

test("a number on a mark can be read at every size, one of three digits too", async () => {
  const map = await mapOfAreas();
  const marks = marksOf(map, [1, 2, 99, 100].map((count) => placeOf(MIDDLE, { count })));
  map.setZoom(4, { animate: false });
  const radii = Object.fromEntries(marks.map((mark) => [mark.options.count, mark._radius.toFixed(1)]));
  assert.deepEqual(radii, { 1: "2.1", 2: "8.0", 99: "8.0", 100: "10.0" });
});

test("marks that came before the areas take their size when these are there", async () => {
  const map = mapOf();
  map.setView(MIDDLE, 6, { animate: false });
  const [mark] = marksOf(map, [placeOf(MIDDLE)]);
  assert.equal(mark._radius.toFixed(2), "4.20");
  SupportMap.areas(map, AREAS);
  await settled();
  assert.equal(mark._radius.toFixed(2), "3.32");
});

test("how many stand at a point is written on its mark, and on one alone nothing", () => {
  const map = mapOf();
  const [one, many] = marksOf(map, [placeOf(MIDDLE), placeOf(MIDDLE, { count: 12 })]);
  assert.deepEqual(named(drawn(map, one), "fillText"), []);
  assert.equal(named(drawn(map, many), "fillText")[0][0], "12");
});

test("the shape of a mark tells the group: a square, and an arc for any other", () => {
  const map = mapOf();
  const [square, circle] = marksOf(map, [placeOf([50.6, 20]), placeOf(MIDDLE, { group: "" })]);
  assert.equal(named(drawn(map, square), "rect").length, 1);
  assert.equal(named(drawn(map, circle), "rect").length, 0);
  assert.equal(named(drawn(map, circle), "arc").length, 1);
});

test("a hollow mark is paper inside its own colour", () => {
  const map = mapOf();
  const [mark] = marksOf(map, [placeOf(MIDDLE, { hollow: true })]);
  const calls = drawn(map, mark);
  assert.deepEqual(named(calls, "fillStyle"), [["#rim"]]);
  assert.deepEqual(named(calls, "strokeStyle").at(-1), ["#older"]);
});

test("what a scenario opens is a ring with a plus, and beside others a ring with their number", () => {
  const map = mapOf();
  const [alone, among] = marksOf(map, [placeOf([50.6, 20], { new: true }), placeOf(MIDDLE, { new: true, count: 3 })]);
  const ring = drawn(map, alone);
  assert.deepEqual(named(ring, "strokeStyle"), [["#new"], ["#new"]]);
  assert.equal(named(ring, "lineTo").length, 2);
  const number = drawn(map, among);
  assert.equal(named(number, "lineTo").length, 0);
  assert.equal(named(number, "fillText")[0][0], "3");
});

test("a facility answers nothing to the page, so that the page does not run again", () => {
  const [mark] = marksOf(mapOf(), [placeOf(MIDDLE)]);
  assert.equal(mark.toGeoJSON, null);
});

test("a click lists all that stand at a point, as text, whatever a register writes", () => {
  const map = mapOf();
  const hostile = "<script>alert(1)</script>";
  const [mark] = marksOf(map, [placeOf(MIDDLE, { count: 2, listed: [hostile, ["ul. Polna 1"], []], told: "W mieście" })]);
  mark.fire("click");
  const [list] = map.getContainer().all("support-places");
  assert.deepEqual(list.all("STRONG").map((one) => one.textContent), [hostile, "Dom 2"]);
  assert.equal(list.children[0].textContent, "W mieście");
  assert.equal(list.tabIndex, 0);
});

test("a telephone is a link that calls its digits, and words instead of one are only words", () => {
  const map = mapOf();
  const [mark] = marksOf(map, [placeOf(MIDDLE, { listed: ["Dom", [], ["+48 12 345-67-89", "brak"]] })]);
  mark.fire("click");
  const [list] = map.getContainer().all("support-places");
  assert.deepEqual(list.all("A").map(({ href, textContent }) => [href, textContent]), [
    ["tel:+48123456789", "+48 12 345-67-89"],
  ]);
  assert.deepEqual(list.all("SPAN").map((one) => one.textContent), ["brak"]);
});

test("two buttons go from mark to mark in the order of the list, open each and say it", () => {
  const map = mapOf();
  const points = [placeOf([50.2, 20]), placeOf([50.9, 20], { count: 2 })];
  SupportMap.facilities(map, { ...POINTS, points });
  SupportMap.steps(map, { next: "Następne miejsce", previous: "Poprzednie miejsce" });
  const [next, previous] = map.getContainer().querySelectorAll(".support-step");
  const spoken = map.getContainer().querySelector(".support-spoken");
  const names = points.map(({ facilities }) => facilities.map(([label]) => label).join("; "));
  assert.deepEqual([next, previous].map((one) => one.getAttribute("aria-label")), ["Następne miejsce", "Poprzednie miejsce"]);
  next.dispatch("click");
  assert.equal(spoken.textContent, `1/2: ${names[0]}`);
  assert.equal(map._popup.getLatLng().lat, 50.2);
  next.dispatch("click");
  assert.equal(spoken.textContent, `2/2: ${names[1]}`);
  next.dispatch("click");
  assert.equal(spoken.textContent, `1/2: ${names[0]}`, "after the last comes the first");
  previous.dispatch("click");
  assert.equal(map._popup.getLatLng().lat, 50.9);
});

test("where there is no mark there are no buttons", () => {
  const map = mapOf();
  SupportMap.facilities(map, { ...POINTS, points: [] });
  SupportMap.steps(map, { next: "a", previous: "b" });
  assert.equal(map.getContainer().querySelectorAll(".support-step").length, 0);
});
