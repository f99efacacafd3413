/*
 * A window without a screen, in which the scripts of maps run as in a page: as plain scripts, after the real Leaflet.
 * Elements know their children, classes and listeners; a canvas writes down what is drawn on it, a letter is 6 px wide.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const LETTER_PX = 6;

class Listening {
  listeners = [];

  addEventListener(kind, told) {
    this.listeners.push({ kind, told });
  }

  removeEventListener(kind, told) {
    this.listeners = this.listeners.filter((one) => one.kind !== kind || one.told !== told);
  }

  /* As a browser does for an event that bubbles: this element first, then those around it. */
  dispatch(kind, facts = {}) {
    const event = { type: kind, target: this, preventDefault() {}, stopPropagation() {}, ...facts };
    for (let at = this; at; at = at.parentNode) {
      for (const one of [...at.listeners]) if (one.kind === kind) one.told.call(at, event);
    }
  }
}

/* Everything that is called is written down as [name, ...arguments]; what is set is kept. */
function drawingContext() {
  const calls = [];
  const known = {
    calls,
    measureText: (text) => ({ width: LETTER_PX * text.length }),
    createPattern: (tile) => ({ tile, setTransform() {} }),
  };
  return new Proxy(known, {
    get: (held, name) => (name in held ? held[name] : (...values) => calls.push([name, ...values])),
    set: (held, name, value) => {
      held[name] = value;
      calls.push([name, value]);
      return true;
    },
  });
}

class Element extends Listening {
  nodeType = 1;
  attributes = {};
  childNodes = [];
  className = "";
  dataset = {};
  parentNode = null;
  style = {};
  clientWidth = 0;
  clientHeight = 0;
  offsetWidth = 0;
  offsetHeight = 0;
  scrollHeight = 0;

  constructor(tag) {
    super();
    this.tagName = tag.toUpperCase();
  }

  get classList() {
    const names = () => this.className.split(" ").filter(Boolean);
    const list = {
      add: (...added) => (this.className = [...new Set([...names(), ...added])].join(" ")),
      remove: (gone) => (this.className = names().filter((name) => name !== gone).join(" ")),
      contains: (name) => names().includes(name),
      toggle: (name, isOn) => (isOn ? list.add(name) : list.remove(name)),
    };
    return list;
  }

  get children() {
    return this.childNodes.filter((child) => child.nodeType === 1);
  }

  get firstChild() {
    return this.childNodes[0] ?? null;
  }

  get textContent() {
    return this.childNodes.map((child) => child.textContent).join("");
  }

  set textContent(text) {
    for (const child of [...this.childNodes]) child.remove();
    this.append(String(text));
  }

  /* Read as a browser writes it; what is set as HTML is kept apart, for nothing of ours may set it. */
  get innerHTML() {
    return this.textContent.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  }

  set innerHTML(html) {
    this.textContent = "";
    this.parsedHtml = html;
  }

  append(...added) {
    for (const one of added) {
      const node = one instanceof Element ? one : textNode(one);
      node.remove();
      node.parentNode = this;
      this.childNodes.push(node);
    }
  }

  appendChild(child) {
    this.append(child);
    return child;
  }

  insertBefore(child, next) {
    this.append(child);
    this.childNodes.pop();
    this.childNodes.splice(next ? this.childNodes.indexOf(next) : this.childNodes.length, 0, child);
    return child;
  }

  before(sibling) {
    this.parentNode.insertBefore(sibling, this);
  }

  remove() {
    if (!this.parentNode) return;
    const { childNodes } = this.parentNode;
    childNodes.splice(childNodes.indexOf(this), 1);
    this.parentNode = null;
  }

  removeChild(child) {
    child.remove();
    return child;
  }

  hasChildNodes() {
    return this.childNodes.length > 0;
  }

  contains(other) {
    return other === this || this.children.some((child) => child.contains(other));
  }

  /* All of one class or, with a capital, of one tag, in the order of reading. */
  all(name) {
    return this.children.flatMap((child) => [
      ...(child.classList.contains(name) || child.tagName === name ? [child] : []),
      ...child.all(name),
    ]);
  }

  querySelector(selector) {
    return this.all(selector.replace(/^\./, ""))[0] ?? null;
  }

  setAttribute(name, value) {
    this.attributes[name] = String(value);
  }

  getAttribute(name) {
    return this.attributes[name] ?? null;
  }

  removeAttribute(name) {
    delete this.attributes[name];
  }

  getBoundingClientRect() {
    const [left, top, width, height] = this.box ?? [0, 0, this.clientWidth, this.clientHeight];
    return { left, top, width, height, right: left + width, bottom: top + height };
  }

  /* Of one class, which is all that the scripts ask for. */
  querySelectorAll(selector) {
    return this.children.flatMap((child) => [
      ...(child.classList.contains(selector.slice(1)) ? [child] : []),
      ...child.querySelectorAll(selector),
    ]);
  }

  getContext() {
    if (this.tagName === "CANVAS") this.context ??= drawingContext();
    return this.context;
  }

  focus() {}
}

function textNode(text) {
  const node = new Element("");
  return Object.defineProperty(Object.assign(node, { nodeType: 3 }), "textContent", { value: String(text) });
}

/* ---------- the window ---------- */

const documentElement = new Element("html");
documentElement.style = { transform: "", transition: "", userSelect: "" };
const body = documentElement.appendChild(new Element("body"));
const stored = new Map();
const observers = [];
const answers = new Map();

function set(name, value) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

const everything = () => [body, ...body.all("DIV")];
const listening = new Listening();
const world = {
  window: globalThis,
  Element,
  document: Object.assign(new Listening(), {
    body,
    documentElement,
    title: "",
    createElement: (tag) => new Element(tag),
    createElementNS: (space, tag) => new Element(tag),
    getElementById: (id) => everything().find((one) => one.id === id) ?? null,
  }),
  navigator: { userAgent: "Chrome", platform: "Linux" },
  screen: {},
  innerWidth: 1280,
  innerHeight: 800,
  addEventListener: listening.addEventListener.bind(listening),
  removeEventListener: listening.removeEventListener.bind(listening),
  getComputedStyle: (element) => element.style,
  requestAnimationFrame: (told) => setImmediate(told),
  cancelAnimationFrame: clearImmediate,
  /* By it Leaflet knows a browser whose zoom need not be whole. */
  WebKitCSSMatrix: class {
    m11 = 1;
  },
  DOMMatrix: class {
    translate(x, y) {
      return { x, y };
    }
  },
  ResizeObserver: class {
    constructor(told) {
      this.told = told;
    }

    observe(element) {
      observers.push({ element, told: this.told });
    }
  },
  sessionStorage: {
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, value) => stored.set(key, value),
    removeItem: (key) => stored.delete(key),
  },
  fetch: async (url) =>
    answers.has(url)
      ? { ok: true, json: async () => answers.get(url) }
      : { ok: false, status: 404 },
};
for (const [name, value] of Object.entries(world)) set(name, value);

function leafletFolder() {
  const python = `${process.env.VENV ?? ".venv"}/bin/python`;
  const asked = ["-c", "import xstatic.pkg.leaflet as leaflet; print(leaflet.BASE_DIR)"];
  return execFileSync(python, asked, { cwd: ROOT, encoding: "utf-8" }).trim();
}

function run(path) {
  vm.runInThisContext(readFileSync(path, "utf-8"), { filename: path });
}

run(`${leafletFolder()}/leaflet.js`);
for (const name of ["support-map-drawing", "support-map", "support-map-pair"]) run(`${ROOT}layers/assets/${name}.js`);

/* ---------- what tests ask for ---------- */

const { L, SupportMap, SupportMapDrawing } = globalThis;
export { L, SupportMap, SupportMapDrawing, stored };

/* An empty page with one box for a map. */
export function boxOf(width, height) {
  for (const child of [...body.children]) child.remove();
  const box = body.appendChild(new Element("div"));
  return Object.assign(box, { id: "map", clientWidth: width, clientHeight: height });
}

/* The window became another size, and the observer of the box tells of it. */
export function resize(box, width, height) {
  Object.assign(box, { clientWidth: width, clientHeight: height });
  for (const { element, told } of observers) if (element === box) told();
}

/* The host answers this address with this value, and with 404 wherever nothing is said. */
export function serve(url, value) {
  answers.set(url, value);
}

/* Everything that was fetched or is to be drawn has come. */
export async function settled() {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((done) => setImmediate(done));
}
