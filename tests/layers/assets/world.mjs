/*
 * Four squares of half a degree: Górna and Miasto (a town) above Dolna and Obca of another voivodeship. A degree is 182 px
 * wide at zoom 8, where a map of 600 × 400 px shows all four.
 */
import { SupportMap, boxOf, serve, settled } from "./window.mjs";

export const BOUNDS = [
  [50, 20],
  [51, 21],
];

const TEXTS = {
  lang: "pl",
  label: "Mapa",
  zoom_in: "Przybliż",
  zoom_out: "Oddal",
  whole_area: "Cały obszar",
  close: "Zamknij",
  loading_failed: "Nie udało się",
  attribution: "GUS",
  kinds: { rural: "wiejska" },
};

const SQUARE = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
];

function square(right, up, properties) {
  return { arc: [[right, up], ...SQUARE], properties: { label: [20.25 + right / 2, 50.25 + up / 2], ...properties } };
}

export function topologyOf(squares) {
  return {
    transform: { scale: [0.5, 0.5], translate: [20, 50] },
    arcs: squares.map(({ arc }) => arc),
    objects: {
      areas: { geometries: squares.map(({ properties }, i) => ({ type: "Polygon", arcs: [[i]], properties })) },
    },
  };
}

const FOUR = [
  square(0, 1, { code: "120101", name: "Górna", kind: "rural", within: "bocheński" }),
  square(1, 1, { code: "120102", name: "Miasto", rank: 90000 }),
  square(0, 0, { code: "120103", name: "Dolna", within: "bocheński" }),
  square(1, 0, { code: "140101", name: "Obca" }),
];
const VOIVODESHIPS = [square(0, 0, { code: "12" }), square(1, 0, { code: "14" })];

serve("/four", topologyOf(FOUR));
serve("/voivodeships", topologyOf(VOIVODESHIPS));

/* Classes 0, 2 and 1 at least; nothing is known of 120103, and 140101 has no row. */
export const VALUES = {
  codes: "120101 120102 120103",
  classes: "02-",
  bounds: "-l-",
  sizes: "",
  texts: ["10%", "brak danych"],
  textNumbers: "0 0 1",
};

const FILLS = ["#zero", "#pale", "#dark"];

export const AREAS = {
  url: "/four",
  bordersUrl: "/voivodeships",
  scope: "",
  values: VALUES,
  noDataText: "nie wiemy",
  fills: FILLS,
  bounds: { least: FILLS.map((ground) => ({ kind: "least", ground, line: "#line", spacing: 8, width: 1 })) },
  symbol: { colour: "#symbol", rim: "#rim" },
  style: {
    border: { color: "#border", weight: 0.4 },
    region: { color: "#region", weight: 1.4 },
    chosen: { color: "#chosen", weight: 3.5, casing: "#casing" },
    hatch: { ground: "#ground", line: "#line", spacing: 8, width: 1 },
    paper: "#paper",
    text: "#text",
  },
};

export const POINTS = {
  marks: { older: { shape: "square", colour: "#older", room: 1 }, "": { shape: "circle", colour: "#other", room: 1 } },
  rim: "#rim",
  rimWidth: 1.5,
  radius: 7,
  newColour: "#new",
};

/* A place with so many facilities; the first has what is said in `listed`. */
export function placeOf(at, { count = 1, listed = ["Dom", [], []], ...more } = {}) {
  const facilities = [listed, ...Array.from({ length: count - 1 }, (_, i) => [`Dom ${i + 2}`, [], []])];
  return { at, group: "older", hollow: false, new: false, told: "", facilities, ...more };
}

export function optionsOf(more = {}) {
  return { texts: TEXTS, bounds: BOUNDS, minZoom: 4, maxZoom: 14, title: "", ...more };
}

export function mapOf({ width = 600, height = 400, ...more } = {}) {
  boxOf(width, height);
  return SupportMap.start("map", optionsOf(more));
}

export async function mapOfAreas({ areas = {}, zoom = 8, ...more } = {}) {
  const map = mapOf(more);
  map.setView([50.5, 20.5], zoom, { animate: false });
  SupportMap.areas(map, { ...AREAS, ...areas });
  await settled();
  return map;
}
