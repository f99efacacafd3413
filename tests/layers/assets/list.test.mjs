import assert from "node:assert/strict";
import { test } from "node:test";

import { linkTo, openList, pageOf } from "./list.mjs";

const OPEN = "/find?place=1&only=open#wynik";
const choice = (facts) => linkTo(OPEN, "Open now", facts);
const before = (facts = {}) => pageOf({ title: "before", said: "20 places", choices: [choice({ top: 300 })], ...facts });
const after = (facts = {}) => pageOf({ title: "after", said: "3 places", choices: [choice({ top: 340 })], ...facts });
const answered = (page = after()) => ({ "/find?place=1&only=open": page });

test("a plain press puts the page of the choice in place, and says what was found", async () => {
  const list = openList({ page: before(), answers: answered() });
  assert.equal(await list.press(list.page.choices[0]), false);
  assert.deepEqual(list.asked, [`https://mapa.example${OPEN}`]);
  assert.equal(list.url(), OPEN);
  assert.equal(document.title, "after");
  assert.equal(list.status.textContent, "3 places");
  assert.equal(list.put, 1);
  assert.deepEqual([list.gone, list.reloaded], [[], 0]);
});

test("the same choice has the focus, where it was on the screen", async () => {
  const list = openList({ page: before(), answers: answered() });
  globalThis.scrollY = 50;
  await list.press(list.page.choices[0]);
  assert.equal(document.activeElement, list.page.choices[0]);
  assert.equal(globalThis.scrollY, 50 + 40);
});

for (const [why, choices] of [["gone", []], ["folded away", [choice({ isFolded: true })]], ["another's", [choice({ of: "Forms" })]]]) {
  test(`where the choice is ${why} the heading of the result has the focus`, async () => {
    const list = openList({ page: before(), answers: answered(after({ choices })) });
    await list.press(list.page.choices[0]);
    assert.equal(document.activeElement, list.page.heading);
    assert.equal(list.page.heading.tabIndex, -1);
  });
}

test("danger that is new on the page comes before the choice", async () => {
  const call = linkTo("tel:112", "112", { top: -500 });
  const list = openList({ page: before(), answers: answered(after({ parts: { "#pilne": call, "#pilne a": call } })) });
  await list.press(list.page.choices[0]);
  assert.equal(document.activeElement, call);
  assert.equal(call.wasShown, true);
});

test("a longer list goes on at its first new card, and a map at its heading", async () => {
  for (const hash of ["#k16", "#mapa"]) {
    const more = linkTo(`/find?place=1&only=open${hash}`, "More", { top: 700 });
    const card = linkTo("/place/1", "A place", { top: 700 });
    const list = openList({ page: before(), answers: answered(after({ choices: [more], parts: { [`${hash} :is(h2, h3, a)`]: card } })) });
    await list.press(more);
    assert.equal(document.activeElement, card);
    assert.equal(card.wasShown, undefined); /* it is on the screen already */
  }
});

test("a choice that names no part of the page begins at the top", async () => {
  const list = openList({ page: before(), answers: answered() });
  globalThis.scrollY = 500;
  await list.press(linkTo("/find?place=1&only=open", "Niby Wieś"));
  assert.equal(globalThis.scrollY, 0);
  assert.equal(document.activeElement.tag, "h1");
});

test("what was folded out stays so, and what was not does not", async () => {
  const folded = { change: true, other: false };
  const list = openList({ page: before({ folded }), answers: answered(after({ folded: { change: false, other: false, third: false } })) });
  await list.press(list.page.choices[0]);
  assert.deepEqual(list.page.details.map(({ open }) => open), [true, false, false]);
});

test("while it waits the result and the choice are busy, and nothing is announced", async () => {
  const list = openList({ page: before(), answer: () => new Promise(() => {}) });
  list.status.textContent = "20 places";
  await list.press(list.page.choices[0]);
  assert.equal(list.page.querySelector("#wynik").getAttribute("aria-busy"), "true");
  assert.equal(list.page.choices[0].getAttribute("aria-busy"), "true");
  assert.equal(list.status.textContent, "");
});

test("other links, other keys and other buttons are the browser's", async () => {
  const list = openList({ page: before(), answers: answered() });
  const mine = list.page.choices[0];
  for (const facts of [{ ctrlKey: true }, { metaKey: true }, { shiftKey: true }, { altKey: true }, { button: 1 }, { defaultPrevented: true }]) {
    assert.equal(await list.press(mine, facts), true, Object.keys(facts)[0]);
  }
  for (const link of [
    linkTo("/place/1", "A place"),
    linkTo("https://elsewhere.example/find?place=1&only=open", "Elsewhere"),
    linkTo("tel:+48123456789", "Call"),
    linkTo("/find?place=1#wynik", "Down"), /* a part of this page */
    choice({ isOutside: true }), /* the language, in the head of the page */
  ]) {
    assert.equal(await list.press(link), true, link.textContent);
  }
  assert.deepEqual(list.asked, []);
  assert.equal(globalThis.history.scrollRestoration, "auto");
});

const UNEXPECTED = {
  "an error of the server": { status: 503 },
  "no page": { headers: { get: () => "application/json" } },
  "no type": { headers: { get: () => null } },
  "a page that is no finder": { page: pageOf({ isFinder: false }) },
  "another language": { page: after({ lang: "uk" }) },
  "a newer application": { page: after({ version: "2" }) },
};
for (const [why, told] of Object.entries(UNEXPECTED)) {
  test(`${why} is gone to by the link`, async () => {
    const list = openList({ page: before(), answer: () => ({ page: after(), ...told }) });
    await list.press(list.page.choices[0]);
    assert.deepEqual(list.gone, [`https://mapa.example${OPEN}`]);
    assert.equal(list.url(), "/find?place=1");
    assert.equal(list.page.title, "before");
    assert.equal(list.page.choices[0].getAttribute("aria-busy"), null);
  });
}

test("where the line fails, or the browser reads no pages, it is gone to by the link", async () => {
  const broken = openList({ page: before(), answer: () => Promise.reject(new TypeError("no line")) });
  await broken.press(broken.page.choices[0]);
  assert.equal(broken.gone.length, 1);
  const old = openList({ page: before(), answers: answered() });
  delete globalThis.DOMParser;
  await old.press(old.page.choices[0]);
  assert.equal(old.gone.length, 1);
});

const hanging = (_, signal) => new Promise((_done, fail) => signal.addEventListener("abort", () => fail(signal.reason)));

test("after eight seconds it is gone to by the link", async () => {
  const list = openList({ page: before(), answer: hanging });
  await list.press(list.page.choices[0]);
  await list.wait(7999);
  assert.deepEqual(list.gone, []);
  await list.wait(8000);
  assert.deepEqual(list.gone, [`https://mapa.example${OPEN}`]);
});

test("a newer press ends the older one, whose page is never put in place", async () => {
  const answers = [];
  const list = openList({ page: before(), answer: (_, signal) => new Promise((done) => answers.push({ done, signal })) });
  await list.press(list.page.choices[0]);
  await list.press(linkTo("/find?place=1&distance_km=30#wynik", "30 km"));
  assert.equal(answers[0].signal.aborted, true);
  answers[1].done({ page: after({ title: "newer" }) });
  answers[0].done({ page: after({ title: "older" }) });
  await list.settled();
  assert.equal(document.title, "newer");
  assert.equal(list.put, 1);
  assert.deepEqual([list.gone, list.reloaded], [[], 0]);
});

test("who goes elsewhere while it waits is not called back", async () => {
  for (const leave of [(list) => list.press(linkTo("/place/1", "A place")), (list) => list.tell("submit")]) {
    let fail;
    const list = openList({ page: before(), answer: () => new Promise((_done, failed) => (fail = failed)) });
    await list.press(list.page.choices[0]);
    await leave(list);
    fail(new TypeError("the browser ends what the page that is left still asks"));
    await list.settled();
    assert.deepEqual([list.gone, list.reloaded, list.put], [[], 0, 0]);
  }
});

test("a redirect is the address that the page has", async () => {
  const to = "https://mapa.example/find?place=2";
  const list = openList({ page: before(), answer: () => ({ page: after(), redirected: true, url: to }) });
  await list.press(list.page.choices[0]);
  assert.equal(list.url(), "/find?place=2");
});

test("back and forward fetch the page of their address and lead to where one was", async () => {
  const answers = { "/find?place=1": before(), ...answered() };
  const list = openList({ page: before(), answers });
  globalThis.scrollY = 120;
  await list.press(list.page.choices[0]);
  assert.equal(globalThis.history.scrollRestoration, "manual");
  globalThis.scrollY = 900;
  list.tell("scroll");
  await list.wait(350);
  await list.step(-1);
  assert.equal(document.title, "before");
  assert.equal(globalThis.scrollY, 120);
  assert.equal(document.activeElement, list.page.choices[0]);
  assert.equal(list.status.textContent, "20 places");
  await list.step(1);
  assert.equal(document.title, "after");
  assert.equal(globalThis.scrollY, 900);
  list.tell("pagehide");
  assert.equal(globalThis.history.scrollRestoration, "auto");
  assert.deepEqual([list.gone, list.reloaded], [[], 0]);
});

test("a page that was never moved is found again where it was", async () => {
  const answers = { "/find?place=1": before(), ...answered() };
  const list = openList({ page: before(), answers });
  globalThis.scrollY = 120;
  await list.press(list.page.choices[0]);
  await list.step(-1);
  globalThis.scrollY = 0;
  await list.step(1);
  assert.equal(globalThis.scrollY, 120 + 40);
});

test("a step to a page that does not come loads it as a browser does", async () => {
  let isBroken = false;
  const list = openList({ page: before(), answer: () => (isBroken ? { status: 500 } : { page: after() }) });
  await list.press(list.page.choices[0]);
  isBroken = true;
  await list.step(-1);
  assert.deepEqual([list.gone, list.reloaded], [[], 1]);
});

test("a step within one page asks for nothing, and ends what is on its way", async () => {
  const list = openList({ page: before(), answer: hanging });
  await list.press(list.page.choices[0]);
  await list.step(0);
  assert.equal(list.asked.length, 1);
  assert.equal(list.page.choices[0].getAttribute("aria-busy"), null);
  assert.deepEqual([list.gone, list.reloaded, list.put], [[], 0, 0]);
});
