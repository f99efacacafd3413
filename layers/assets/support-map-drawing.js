/*
 * What maps are drawn with: elements, TopoJSON, hatch and shapes, and the kinds of path that Leaflet lacks. Knows no
 * map; used by support-map.js. Texts come from registers that are not ours, so they only ever become text nodes.
 */
"use strict";

window.SupportMapDrawing = (function () {
  const LEGIBLE_AREA_PX = 34;
  const SMALLEST_MARK = 0.6;
  const ROOM_FOR_NUMBER_PX = 8;
  const LABEL_FONT = '12px "Source Sans", "Source Sans 3", system-ui, sans-serif';

  /* ---------- elements ---------- */

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function asHtml(text) {
    return element("span", "", text).innerHTML;
  }

  /* ---------- TopoJSON ---------- */

  /* Arcs hold whole steps relative to the point before; a negative number in a ring is an arc read backwards. */
  function decodeArcs(topology) {
    const [scaleX, scaleY] = topology.transform.scale;
    const [startX, startY] = topology.transform.translate;
    return topology.arcs.map((arc) => {
      let x = 0;
      let y = 0;
      return arc.map(([stepX, stepY]) => {
        x += stepX;
        y += stepY;
        return L.latLng(y * scaleY + startY, x * scaleX + startX);
      });
    });
  }

  function decodeAreas(topology) {
    const arcs = decodeArcs(topology);
    const ringOf = (numbers) => {
      const ring = [];
      for (const number of numbers) {
        const arc = number < 0 ? arcs[~number].slice().reverse() : arcs[number];
        for (let i = ring.length ? 1 : 0; i < arc.length; i += 1) ring.push(arc[i]);
      }
      return ring;
    };
    return topology.objects.areas.geometries.map((geometry) => ({
      ...geometry.properties,
      rings:
        geometry.type === "Polygon"
          ? geometry.arcs.map(ringOf)
          : geometry.arcs.map((polygon) => polygon.map(ringOf)),
    }));
  }

  const fetched = new Map();

  function fetchAreas(url) {
    if (!fetched.has(url)) {
      const answer = fetch(url).then((response) => {
        if (!response.ok) throw new Error(`expected geometry at ${url}, found status ${response.status}`);
        return response.json();
      });
      fetched.set(url, answer.then(decodeAreas));
    }
    return fetched.get(url);
  }

  /* ---------- drawing on a canvas ---------- */

  function hatchPattern(hatch) {
    const size = hatch.spacing;
    const tile = document.createElement("canvas");
    tile.width = size;
    tile.height = size;
    const context = tile.getContext("2d");
    context.fillStyle = hatch.ground;
    context.fillRect(0, 0, size, size);
    context.strokeStyle = hatch.line;
    context.lineWidth = hatch.width;
    context.beginPath();
    for (const shift of [-size, 0, size]) {
      context.moveTo(shift - 1, size + 1);
      context.lineTo(shift + size + 1, -1);
    }
    context.stroke();
    return context.createPattern(tile, "repeat");
  }

  function tracePath(context, shape, x, y, radius) {
    context.beginPath();
    if (shape === "square") {
      const half = radius * 0.88;
      context.rect(x - half, y - half, 2 * half, 2 * half);
    } else if (shape === "triangle") {
      const reach = radius * 1.2;
      context.moveTo(x, y - reach);
      context.lineTo(x + reach, y + reach * 0.8);
      context.lineTo(x - reach, y + reach * 0.8);
      context.closePath();
    } else if (shape === "diamond") {
      const reach = radius * 1.2;
      context.moveTo(x, y - reach);
      context.lineTo(x + reach, y);
      context.lineTo(x, y + reach);
      context.lineTo(x - reach, y);
      context.closePath();
    } else {
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
  }

  function swatch(entry, hatch) {
    const scale = 2; /* sharp on dense screens */
    const [width, height] = [26, 18];
    const canvas = element("canvas", "support-swatch");
    canvas.width = width * scale;
    canvas.height = height * scale;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    canvas.setAttribute("aria-hidden", "true");
    const context = canvas.getContext("2d");
    context.scale(scale, scale);
    const [x, y] = [width / 2, height / 2];
    if (entry.kind === "fill" || entry.kind === "hatch") {
      context.fillStyle = entry.kind === "hatch" ? hatchPattern(hatch) : entry.colour;
      context.fillRect(0, 0, width, height);
      context.strokeStyle = hatch.line;
      context.strokeRect(0.5, 0.5, width - 1, height - 1);
    } else if (entry.kind === "ring") {
      context.strokeStyle = entry.colour;
      context.lineWidth = 2;
      context.setLineDash([5, 3]);
      context.beginPath();
      context.moveTo(1, y);
      context.lineTo(width - 1, y);
      context.stroke();
    } else if (entry.kind === "place") {
      context.strokeStyle = entry.colour;
      context.lineWidth = 2.5;
      tracePath(context, "circle", x, y, 7);
      context.stroke();
      context.fillStyle = entry.colour;
      tracePath(context, "circle", x, y, 3);
      context.fill();
    } else {
      context.fillStyle = entry.colour;
      const isNumbered = entry.kind === "count" || entry.kind === "site";
      tracePath(context, entry.shape || "circle", x, y, isNumbered ? 8 : 7);
      context.fill();
      if (isNumbered) {
        context.fillStyle = "#ffffff";
        context.font = `600 11px ${LABEL_FONT.slice(5)}`;
        context.textAlign = "center";
        context.textBaseline = "middle";
        context.fillText(entry.number || "3", x, y + 0.5);
      }
    }
    return canvas;
  }

  /* ---------- kinds of path ---------- */

  const makeClasses = () => {
    const Area = L.Polygon.extend({
      /* What st_folium sends back for a click: the code, not kilobytes of geometry; the count makes a second click
         on the same area news again. */
      toGeoJSON() {
        this._clicks = (this._clicks || 0) + 1;
        return { type: "Feature", geometry: null, properties: { area_code: this.options.area.code, click: this._clicks } };
      },
    });

    const Mark = L.CircleMarker.extend({
      /* st_folium asks every clicked shape for GeoJSON; a facility answers nothing, so the page does not run again. */
      toGeoJSON: null,

      /* Smaller on a map of the whole country, where hundreds of marks would hide the areas. */
      _project() {
        const scale = Math.min(1, Math.max(SMALLEST_MARK, (this._map.getZoom() - 4) / 4));
        this._radius = this.options.radius * scale;
        L.CircleMarker.prototype._project.call(this);
      },

      _updatePath() {
        const renderer = this._renderer;
        if (!renderer._drawing || this._empty()) return;
        const context = renderer._ctx;
        const { mark, rim, rimWidth, count } = this.options;
        const { x, y } = this._point;
        context.save();
        context.globalAlpha = 1;
        context.lineJoin = "round";
        tracePath(context, mark.shape, x, y, this._radius);
        context.strokeStyle = rim;
        context.lineWidth = 2 * rimWidth;
        context.stroke();
        context.fillStyle = mark.colour;
        context.fill();
        if (count > 1 && this._radius >= ROOM_FOR_NUMBER_PX) {
          const lower = mark.shape === "triangle" ? this._radius * 0.25 : 0.5;
          context.fillStyle = rim;
          context.font = `600 ${count > 99 ? 9 : 11}px ${LABEL_FONT.slice(5)}`;
          context.textAlign = "center";
          context.textBaseline = "middle";
          context.fillText(String(count), x, y + lower);
        }
        context.restore();
      },
    });

    /* Names of areas, as a path among the others: above fills, below marks, where there is room for them. */
    const Labels = L.Path.extend({
      options: { interactive: false },

      initialize(areas, options) {
        L.Util.setOptions(this, options);
        this._areas = areas.filter((area) => area.label);
        const widths = areas.map((area) => area.bounds.getEast() - area.bounds.getWest()).sort((a, b) => a - b);
        this._typicalWidth = widths[widths.length >> 1] || 0; /* degrees */
        this._placed = [];
      },

      _project() {},

      _update() {
        const map = this._map;
        if (!map) return;
        this._pxBounds = this._renderer._bounds;
        this._placed = [];
        /* On a map of the whole country the few names that fit would be chosen by chance: none are better. */
        if (!this._pxBounds || this._pixels(this._typicalWidth) < LEGIBLE_AREA_PX) return;
        const context = this._renderer._ctx;
        const shown = map.getBounds().pad(0.1);
        context.save();
        context.font = LABEL_FONT;
        for (const area of this._areas) {
          const at = L.latLng(area.label[1], area.label[0]);
          if (!shown.contains(at) || area.name === map.support.placeName) continue;
          const width = context.measureText(area.name).width;
          if (width > this._pixels(area.bounds.getEast() - area.bounds.getWest()) * 1.15) continue;
          const { x, y } = map.latLngToLayerPoint(at);
          const box = { left: x - width / 2 - 3, right: x + width / 2 + 3, top: y - 9, bottom: y + 9 };
          const isFree = this._placed.every(
            (other) =>
              box.right < other.box.left || box.left > other.box.right || box.bottom < other.box.top || box.top > other.box.bottom,
          );
          if (isFree) this._placed.push({ text: area.name, x, y, box });
        }
        context.restore();
      },

      _pixels(degrees) {
        return (degrees / 360) * 256 * 2 ** this._map.getZoom();
      },

      _updatePath() {
        const renderer = this._renderer;
        if (!renderer._drawing) return;
        const context = renderer._ctx;
        context.save();
        context.globalAlpha = 1;
        context.font = this.options.font || LABEL_FONT;
        context.textAlign = "center";
        context.textBaseline = "middle";
        context.lineJoin = "round";
        context.lineWidth = 3;
        context.strokeStyle = this.options.paper;
        context.fillStyle = this.options.text;
        for (const { text, x, y } of this._placed) {
          context.strokeText(text, x, y);
          context.fillText(text, x, y);
        }
        context.restore();
      },

      redraw() {
        this._update();
        if (this._map) this._renderer._requestRedraw(this);
        return this;
      },

      _containsPoint() {
        return false;
      },
    });

    /* The name of one point, always there, a little below it. */
    const PointName = Labels.extend({
      initialize(at, name, options) {
        L.Util.setOptions(this, options);
        this._at = L.latLng(at);
        this._name = name;
        this._placed = [];
      },

      _update() {
        if (!this._map) return;
        this._pxBounds = this._renderer._bounds;
        const { x, y } = this._map.latLngToLayerPoint(this._at);
        this._placed = [{ text: this._name, x, y: y + this.options.below }];
      },
    });

    return { Area, Mark, Labels, PointName };
  };

  return { element, asHtml, decodeAreas, fetchAreas, hatchPattern, swatch, makeClasses, LABEL_FONT };
})();
