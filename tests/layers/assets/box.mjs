/* The box of the finder in a window without a screen: what a person types and presses, and what the host is asked. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

import { settled } from "./window.mjs";

const PATH = fileURLToPath(new URL("../../../layers/assets/finder-box.js", import.meta.url));
const SOURCE = new vm.Script(readFileSync(PATH, "utf-8"), { filename: PATH });
const WORDS = { wait: "wait", denied: "denied", unknown: "unknown", slow: "slow", coarse: "only {km} km" };

function put(name, value) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

function made(tag, facts = {}) {
  return Object.assign(document.createElement(tag), { closest: () => null }, facts);
}

/* `answer` is what the host says of suggestions (a function of the address); `geolocation` is the browser's own. */
export function openBox({ answer = () => null, geolocation, isSecure = true, hidden = {} } = {}) {
  const box = { asked: [], gone: [], scrolled: 0, timers: [] };
  const input = made("input", { value: "" });
  const list = made("ul", { id: "podpowiedzi", hidden: true });
  const status = made("p");
  const near = made("div", { hidden: true, dataset: WORDS });
  const button = near.appendChild(made("button"));
  const told = near.appendChild(made("p"));
  near.querySelector = (selector) => ({ button, "[role=status]": told })[selector];
  const form = made("form", { dataset: { suggestions: "/suggestions" } });
  form.setAttribute("action", "/find");
  form.scrollIntoView = () => (box.scrolled += 1);
  form.querySelector = (selector) =>
    ({ "input[type=search]": input, "[role=listbox]": list, "[role=status]": status, ".near": near })[selector];

  document.querySelector = (selector) => (selector === "form.box" ? form : null);
  document.activeElement = input;
  globalThis.Element.prototype.scrollIntoView = () => {};
  put("isSecureContext", isSecure);
  put("navigator", { geolocation });
  put("location", { assign: (url) => box.gone.push(url) });
  put("FormData", class {
    *[Symbol.iterator]() {
      yield ["q", input.value];
      yield* Object.entries(hidden);
    }
  });
  put("setTimeout", (told_, after) => box.timers.push({ told: told_, after }));
  put("clearTimeout", (number) => number && (box.timers[number - 1] = null));
  put("fetch", async (url, { signal }) => {
    box.asked.push(url);
    const said = await answer(url);
    signal.throwIfAborted();
    return said ? { ok: true, json: async () => said } : { ok: false };
  });
  SOURCE.runInThisContext();

  const press = (key, facts = {}) => {
    let isDefault = true;
    input.dispatch("keydown", { key, preventDefault: () => (isDefault = false), ...facts });
    return isDefault;
  };
  /* The last timer that was not stopped has run out, and the host has answered. */
  const wait = async () => {
    const left = box.timers.filter(Boolean);
    box.timers.fill(null);
    for (const { told: due } of left) due();
    await settled();
  };
  const type = async (text) => {
    input.value = text;
    input.dispatch("input");
    await wait();
  };
  const options = () => list.children.map((option) => option.textContent);
  const marked = () => list.children.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const choose = (number) => {
    const option = list.children[number];
    option.closest = () => option;
    list.dispatch("click", { target: option });
  };
  return Object.assign(box, { input, list, status, near, button, told, press, wait, type, options, marked, choose });
}

/* A browser that knows where it is, or does not (`code`). */
export function positioned({ latitude, longitude, accuracy = 20, code }) {
  const asked = [];
  const getCurrentPosition = (found, failed, options) => {
    asked.push(options);
    if (code) failed({ code });
    else found({ coords: { latitude, longitude, accuracy } });
  };
  return { asked, getCurrentPosition };
}
