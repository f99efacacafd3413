import assert from "node:assert/strict";
import { test } from "node:test";

import { openBox, positioned } from "./box.mjs";

const KRAKOW = { latitude: 50.061389, longitude: 19.936667 };

test("a position is rounded before it leaves, and goes with the words and choices of the form", () => {
  const box = openBox({ geolocation: positioned(KRAKOW), hidden: { lang: "pl" } });
  box.input.value = "obiad";
  assert.equal(box.near.hidden, false);
  box.button.dispatch("click");
  assert.deepEqual(box.gone, ["/find?q=obiad&lang=pl&near=p%3A50.06%2C19.94"]);
  assert.equal(box.told.textContent, "");
  assert.deepEqual(box.asked, []);
});

test("nothing is asked before the button is pressed, nor twice while it looks", () => {
  const asked = [];
  const box = openBox({ geolocation: { getCurrentPosition: (...told) => asked.push(told) } });
  assert.equal(asked.length, 0);
  box.button.dispatch("click");
  box.button.dispatch("click");
  assert.equal(asked.length, 1);
  assert.equal(asked[0][2].timeout, 15000);
  assert.equal(box.told.textContent, "wait");
  assert.equal(box.button.getAttribute("aria-disabled"), "true");
});

for (const [code, words] of [[1, "denied"], [2, "unknown"], [3, "slow"]]) {
  test(`no position (${words}) is told, and the button can be pressed again`, () => {
    const box = openBox({ geolocation: positioned({ code }) });
    box.button.dispatch("click");
    assert.equal(box.told.textContent, words);
    assert.equal(box.button.getAttribute("aria-disabled"), null);
    assert.deepEqual(box.gone, []);
  });
}

test("a position known only to some kilometres is told and sent nowhere", () => {
  const box = openBox({ geolocation: positioned({ ...KRAKOW, accuracy: 24_300 }) });
  box.button.dispatch("click");
  assert.equal(box.told.textContent, "only 25 km");
  assert.deepEqual(box.gone, []);
});

test("where a position cannot be had there is no button", () => {
  assert.equal(openBox({}).near.hidden, true);
  assert.equal(openBox({ geolocation: positioned(KRAKOW), isSecure: false }).near.hidden, true);
});

