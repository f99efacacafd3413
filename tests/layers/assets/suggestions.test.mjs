import assert from "node:assert/strict";
import { test } from "node:test";

import { openBox } from "./box.mjs";

const TWO = {
  said: "two",
  options: [
    { name: "Kraków", about: "(miasto)", url: "/find?place=1" },
    { name: "<b>Krąków</b>", about: "(wieś)", url: "/find?place=2" },
  ],
};
const two = () => TWO;

test("what is typed is asked for with all that the form sends, and told with its number", async () => {
  const box = openBox({ answer: two, hidden: { lang: "uk", need: "meal" } });
  await box.type("Krak");
  assert.deepEqual(box.asked, ["/suggestions?q=Krak&lang=uk&need=meal"]);
  assert.deepEqual(box.options(), ["Kraków (miasto)", "<b>Krąków</b> (wieś)"]);
  assert.equal(box.status.textContent, "two");
  assert.equal(box.list.hidden, false);
  assert.equal(box.input.getAttribute("role"), "combobox");
  assert.equal(box.input.getAttribute("aria-expanded"), "true");
  assert.equal(box.input.getAttribute("aria-controls"), "podpowiedzi");
});

test("one letter asks for nothing, and fast letters ask once", async () => {
  const box = openBox({ answer: two });
  await box.type("K");
  assert.deepEqual(box.asked, []);
  for (const text of ["Kr", "Kra"]) {
    box.input.value = text;
    box.input.dispatch("input");
  }
  await box.wait();
  assert.deepEqual(box.asked, ["/suggestions?q=Kra"]);
});

test("arrows move and choose nothing: past the last one is the box, where Enter sends what was typed", async () => {
  const box = openBox({ answer: two });
  await box.type("Krak");
  assert.equal(box.marked(), -1);
  const seen = [];
  for (let turn = 0; turn < 4; turn += 1) {
    assert.equal(box.press("ArrowDown"), false);
    seen.push(box.marked());
  }
  assert.deepEqual(seen, [0, 1, -1, 0]);
  assert.equal(box.input.getAttribute("aria-activedescendant"), box.list.children[0].id);
  box.press("ArrowUp");
  assert.equal(box.marked(), -1);
  assert.equal(box.input.getAttribute("aria-activedescendant"), null);
  box.press("ArrowUp");
  assert.equal(box.marked(), 1);
  box.press("ArrowLeft");
  assert.equal(box.marked(), -1);
  assert.deepEqual(box.gone, []);
  assert.equal(box.input.value, "Krak");
  assert.equal(box.press("Enter"), true);
  assert.deepEqual(box.gone, []);
});

test("Enter on a marked one, and a press, go where it leads", async () => {
  const box = openBox({ answer: two });
  await box.type("Krak");
  box.press("ArrowDown");
  assert.equal(box.press("Enter"), false);
  box.choose(1);
  assert.deepEqual(box.gone, ["/find?place=1", "/find?place=2"]);
});

test("Escape closes the list and keeps the words; the arrow opens it again; leaving closes it", async () => {
  const box = openBox({ answer: two });
  await box.type("Krak");
  assert.equal(box.press("Escape"), false);
  assert.equal(box.list.hidden, true);
  assert.equal(box.input.getAttribute("aria-expanded"), "false");
  assert.equal(box.input.value, "Krak");
  assert.equal(box.press("Escape"), true); /* a closed list leaves the key to the browser */
  assert.equal(box.press("ArrowDown"), false);
  await box.wait();
  assert.equal(box.list.hidden, false);
  box.input.dispatch("blur");
  assert.equal(box.list.hidden, true);
  assert.deepEqual(box.gone, []);
});

test("a letter of a word that is being put together is none of ours", async () => {
  const box = openBox({ answer: two });
  await box.type("Krak");
  assert.equal(box.press("Enter", { isComposing: true }), true);
  assert.equal(box.press("ArrowDown", { isComposing: true }), true);
  assert.equal(box.marked(), -1);
});

test("an answer that comes late is not shown over a newer one", async () => {
  const waiting = [];
  const box = openBox({ answer: (url) => new Promise((done) => waiting.push(() => done({ said: url, options: TWO.options }))) });
  await box.type("Kr");
  await box.type("Krak");
  waiting[1]();
  waiting[0]();
  await box.wait();
  assert.equal(box.status.textContent, "/suggestions?q=Krak");
});

test("an answer that comes when the box was left is not shown", async () => {
  let come;
  const box = openBox({ answer: () => new Promise((done) => (come = () => done(TWO))) });
  await box.type("Krak");
  document.activeElement = null;
  box.input.dispatch("blur");
  come();
  await box.wait();
  assert.equal(box.list.hidden, true);
});

test("where the host fails nothing is said and the form is sent as it is", async () => {
  for (const answer of [() => null, () => Promise.reject(new Error("no line"))]) {
    const box = openBox({ answer });
    await box.type("Krak");
    assert.equal(box.list.hidden, true);
    assert.equal(box.status.textContent, "");
    assert.equal(box.press("Enter"), true);
  }
});

test("no suggestions are told and open nothing", async () => {
  const box = openBox({ answer: () => ({ said: "none", options: [] }) });
  await box.type("qxqx");
  assert.equal(box.list.hidden, true);
  assert.equal(box.status.textContent, "none");
});

test("where the list is cut by the window the box goes up", async () => {
  const box = openBox({ answer: two });
  box.list.box = [0, 700, 300, 200];
  await box.type("Krak");
  assert.equal(box.scrolled, 1);
});
