/* The finder's list in a window without a screen: what is pressed, what the host answers, and where the browser goes. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

import { settled } from "./window.mjs";

const PATH = fileURLToPath(new URL("../../../layers/assets/finder-list.js", import.meta.url));
const SOURCE = new vm.Script(readFileSync(PATH, "utf-8"), { filename: PATH });
const HOST = "https://mapa.example";

function put(name, value) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

/* One element, which knows what it is asked for by name; `found` is what stands in it, by selector. */
function part(facts = {}, found = {}) {
  const attributes = {};
  return {
    textContent: "",
    className: "",
    getAttribute: (name) => attributes[name] ?? null,
    setAttribute: (name, value) => (attributes[name] = value),
    removeAttribute: (name) => delete attributes[name],
    hasAttribute: (name) => name in attributes,
    closest: (selector) => found[`^${selector}`] ?? null,
    matches: (selector) => selector === facts.tag,
    querySelector: (selector) => [found[selector] ?? null].flat()[0],
    querySelectorAll: (selector) => [found[selector] ?? []].flat(),
    getBoundingClientRect: () => ({ top: facts.top ?? 0, bottom: (facts.top ?? 0) + 40 }),
    focus() {
      if (!facts.isFolded) document.activeElement = this;
    },
    scrollIntoView() {
      this.wasShown = true;
    },
    ...facts,
  };
}

export function linkTo(path, words, facts = {}) {
  const { protocol, host, origin, pathname, search, hash, href } = new URL(path, HOST);
  const link = part({ tag: "a", textContent: words, protocol, host, origin, pathname, search, hash, href, ...facts });
  const nav = part();
  nav.setAttribute("aria-label", facts.of ?? "Filters");
  link.closest = (selector) => ({ "a[href]": link, nav, main: facts.isOutside ? null : nav })[selector] ?? null;
  return link;
}

/* A page as the server writes it: its choices, its folded parts (className → open) and its words. */
export function pageOf({ lang = "pl", version = "1", title = "", choices = [], folded = {}, said = "", parts = {}, isFinder = true } = {}) {
  const script = part({ outerHTML: `<script src="/vendor/list.js?v=${version}">` });
  const details = Object.entries(folded).map(([className, open]) => part({ className, open }));
  const heading = part({ textContent: said, top: 100, tag: "h2" });
  const html = part({ lang });
  const page = part({ documentElement: html, title }, {
    "link[href^='/vendor/'], script[src^='/vendor/']": [script],
    "main .choose a": choices,
    "main details": details,
    "#wynik": part(),
    "#wynik h2": heading,
    h1: part({ tag: "h1" }),
    "[data-said]": [heading],
    ...(isFinder ? { "main form.box": part() } : {}),
    ...parts,
  });
  const query = page.querySelectorAll;
  page.querySelectorAll = (selector) => {
    if (selector === "main details[open]") return details.filter(({ open }) => open);
    if (selector === "[aria-busy]") return [...choices, query("#wynik")[0]].filter((one) => one.hasAttribute("aria-busy"));
    return query(selector);
  };
  return Object.assign(page, { heading, choices, details });
}

/* `answers` are the pages by path and search; `answer` (a function of the address) is what is unexpected. */
export function openList({ at = "/find?place=1", page = pageOf(), answers = {}, answer } = {}) {
  const list = { page, asked: [], gone: [], reloaded: 0, entries: [{ state: null, at }], at: 0, timers: [], put: 0, scrolled: [] };
  const listeners = {};
  const listen = (kind, told) => (listeners[kind] = told);
  const here = () => new URL(list.entries[list.at].at, HOST);
  const status = part();
  const parsed = new Map();

  put("document", {
    activeElement: null,
    head: { append: (...added) => (list.head = added) },
    body: { append: (added) => (list.status = added) },
    createElement: () => status,
    addEventListener: listen,
    dispatchEvent: () => (list.put += 1),
    get documentElement() {
      return list.page.documentElement;
    },
    querySelector: (selector) => {
      const main = part();
      main.replaceChildren = (given) => (list.page = given);
      return { main, "nav.languages": { replaceWith() {} } }[selector] ?? list.page.querySelector(selector);
    },
    querySelectorAll: (selector) => list.page.querySelectorAll(selector),
  });
  put("addEventListener", listen);
  put("innerHeight", 800);
  put("scrollY", 0);
  put("scrollTo", (x, y) => put("scrollY", y));
  put("scrollBy", (x, y) => put("scrollY", globalThis.scrollY + y));
  put("location", {
    get href() { return here().href; },
    get origin() { return HOST; },
    get pathname() { return here().pathname; },
    get search() { return here().search; },
    assign: (url) => list.gone.push(url),
    reload: () => (list.reloaded += 1),
  });
  put("history", {
    scrollRestoration: "auto",
    get state() { return list.entries[list.at].state; },
    replaceState: (state) => (list.entries[list.at].state = state),
    pushState: (state, _, url) => {
      list.entries = [...list.entries.slice(0, list.at + 1), { state, at: url }];
      list.at += 1;
    },
  });
  put("setTimeout", (told, after) => list.timers.push({ told, after }));
  put("clearTimeout", (number) => number && (list.timers[number - 1] = null));
  put("DOMParser", class {
    parseFromString(text) {
      const given = parsed.get(text) ?? pageOf({ isFinder: false });
      const query = given.querySelector;
      given.querySelector = (selector) => (selector === "main" ? { childNodes: [given] } : query(selector));
      return given;
    }
  });
  put("fetch", async (url, { signal }) => {
    list.asked.push(url);
    const { pathname, search } = new URL(url, HOST);
    const told = answer ? await answer(url, signal) : { page: answers[pathname + search] };
    signal.throwIfAborted();
    if (told.page) parsed.set(url, told.page);
    return { status: 200, redirected: false, url, headers: { get: () => "text/html; charset=utf-8" }, text: async () => url, ...told };
  });
  SOURCE.runInThisContext();

  /* Returns whether the browser follows the link itself. */
  const press = async (link, facts = {}) => {
    let isDefault = true;
    listeners.click({ target: link, button: 0, preventDefault: () => (isDefault = false), ...facts });
    await settled();
    return isDefault;
  };
  const step = async (by) => {
    list.at += by;
    listeners.popstate({ state: list.entries[list.at].state });
    await settled();
  };
  const wait = async (ms) => {
    for (const timer of list.timers.filter((one) => one?.after <= ms)) timer.told();
    await settled();
  };
  const url = () => here().href.replace(HOST, "");
  return Object.assign(list, { press, step, wait, url, tell: (kind) => listeners[kind]({}), settled });
}
