/*
 * Draws the parts of our maps with Leaflet. Each function is called by one Python class of layers/maps with the map
 * and one JSON value. Texts come from registers that are not ours, so they only ever become text nodes.
 */
"use strict";

window.SupportMap = (function () {
  const VIEW_KEY = "support-map-view";
  const LEGIBLE_AREA_PX = 34;
  const SMALLEST_MARK = 0.6;
  const ROOM_FOR_NUMBER_PX = 8;
  const ROOM_FOR_LEGEND_PX = 640;
  const STRIP_FOOT_PX = 48; /* scale and source stand under a legend that is a strip */
  const LEGEND_PX = 284; /* its greatest width; before the style sheet has come it measures anything */
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

  /* ---------- drawing on the canvas ---------- */

  /* Canvas draws in the order of adding, and borders come later than marks: put everything in its place again. */
  const ORDER = ["regions", "chosen", "ring", "labels", "place", "marks"];

  function stack(map) {
    for (const name of ORDER) {
      const layer = map.support.layers[name];
      if (layer && map.hasLayer(layer)) layer.bringToFront();
    }
  }

  function keep(map, name, layer) {
    map.support.layers[name] = layer;
    return layer;
  }

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

  /* Made at the first map: the script may stand before Leaflet's. */
  let classes = null;

  /* ---------- the map itself ---------- */

  function start(id, options) {
    if (!classes) classes = makeClasses();
    const { texts } = options;
    nameDocument(texts);
    const map = L.map(id, {
      preferCanvas: true,
      minZoom: options.minZoom,
      maxZoom: options.maxZoom,
      zoomSnap: 0.25,
      zoomControl: false,
      attributionControl: false,
      renderer: L.canvas({ padding: 0.1 }),
    });
    map.support = { texts, layers: {}, areas: null, hasReaderMoved: false, legend: null };
    L.control.zoom({ zoomInTitle: texts.zoom_in, zoomOutTitle: texts.zoom_out }).addTo(map);
    wholeAreaButton(map, options).addTo(map);
    L.control
      .attribution({ prefix: false })
      .addAttribution([asHtml(texts.attribution), "Leaflet"].filter(Boolean).join(" · "))
      .addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    const container = map.getContainer();
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", texts.label);
    map.on("popupopen", (event) => {
      const button = event.popup.getElement().querySelector(".leaflet-popup-close-button");
      if (button) {
        button.setAttribute("aria-label", texts.close);
        button.setAttribute("title", texts.close);
        button.removeAttribute("href");
        button.setAttribute("tabindex", "0");
        button.addEventListener("keydown", (pressed) => {
          if (pressed.key === "Enter" || pressed.key === " ") map.closePopup();
        });
      }
    });
    showBounds(map, options);
    readByKeyboard(map);
    return map;
  }

  function nameDocument(texts) {
    document.documentElement.lang = texts.lang;
    document.title = texts.label;
    try {
      if (window.frameElement) window.frameElement.title = texts.label;
    } catch (error) {
      /* A page of another host embeds us: its frame is not ours to name. */
    }
  }

  /* A changed indicator makes the map anew; the reader's own view is kept while the bounds stay the same. */
  function showBounds(map, options) {
    const state = map.support;
    state.bounds = options.bounds;
    const boundsText = JSON.stringify(options.bounds);
    const known = rememberedView(boundsText);
    state.hasReaderMoved = Boolean(known);
    if (known) map.setView(known.center, known.zoom, { animate: false });
    else fit(map);
    const container = map.getContainer();
    const moved = () => {
      state.hasReaderMoved = true;
    };
    map.on("dragstart dblclick", moved);
    for (const kind of ["wheel", "keydown", "touchstart"]) container.addEventListener(kind, moved, { passive: true });
    container.querySelector(".leaflet-control-zoom").addEventListener("click", moved, true);
    map.on("resize", () => {
      if (!state.hasReaderMoved) fit(map);
    });
    map.on("moveend", () => {
      if (state.hasReaderMoved) rememberView(boundsText, map);
    });
    new ResizeObserver(() => {
      map.invalidateSize({ animate: false });
      layOutLegend(map);
      if (!state.hasReaderMoved) fit(map);
    }).observe(container);
  }

  /* Beside the legend where there is room for both, else above it; never under it. */
  function fit(map) {
    const { bounds, legend: box } = map.support;
    const isBeside = map.getSize().x >= ROOM_FOR_LEGEND_PX;
    const [right, bottom] = !(box && box.open)
      ? [8, 8]
      : isBeside
        ? [Math.min(box.offsetWidth, LEGEND_PX) + 16, 8]
        : [8, Math.min(box.offsetHeight, map.getSize().y / 3) + STRIP_FOOT_PX];
    map.fitBounds(bounds, { animate: false, paddingTopLeft: [8, 8], paddingBottomRight: [right, bottom] });
  }

  function rememberedView(boundsText) {
    try {
      const view = JSON.parse(window.sessionStorage.getItem(VIEW_KEY));
      return view && view.bounds === boundsText ? view : null;
    } catch (error) {
      return null; /* storage is closed or holds something else */
    }
  }

  function rememberView(boundsText, map) {
    try {
      const view = { bounds: boundsText, center: map.getCenter(), zoom: map.getZoom() };
      window.sessionStorage.setItem(VIEW_KEY, JSON.stringify(view));
    } catch (error) {
      /* without storage the map starts from its bounds again */
    }
  }

  function wholeAreaButton(map, options) {
    const control = L.control({ position: "topleft" });
    control.onAdd = () => {
      const bar = element("div", "leaflet-bar leaflet-control");
      const button = element("a", "support-whole-area", "⤢");
      button.href = "#";
      button.setAttribute("role", "button");
      button.title = options.texts.whole_area;
      button.setAttribute("aria-label", options.texts.whole_area);
      L.DomEvent.disableClickPropagation(bar);
      L.DomEvent.on(button, "click", (event) => {
        L.DomEvent.preventDefault(event);
        map.support.hasReaderMoved = false;
        try {
          window.sessionStorage.removeItem(VIEW_KEY);
        } catch (error) {
          /* nothing was kept */
        }
        fit(map);
      });
      bar.append(button);
      return bar;
    };
    return control;
  }

  /* With the keyboard the middle of the map is the pointer: arrows move the map, Enter chooses what is there. */
  function readByKeyboard(map) {
    const container = map.getContainer();
    const spoken = element("div", "support-spoken");
    spoken.setAttribute("role", "status");
    const cross = element("div", "support-cross");
    cross.setAttribute("aria-hidden", "true");
    container.append(spoken, cross);
    let isReading = false;
    let isPointer = false;
    const tell = () => {
      const drawn = map.support.areas;
      if (!isReading || !drawn) return;
      const area = drawn.at(map.getCenter());
      if (area) drawn.tell(area, map.getCenter());
      else drawn.hush();
      spoken.textContent = area ? drawn.sentence(area) : "";
    };
    const read = (isOn) => {
      isReading = isOn;
      container.classList.toggle("support-reading", isOn);
      if (isOn) tell();
      else if (map.support.areas) map.support.areas.hush();
    };
    /* Leaflet focuses the map on a click too; then the pointer itself shows where the reader is. */
    container.addEventListener("pointerdown", () => {
      isPointer = true;
      read(false);
    }, true);
    container.addEventListener("pointerup", () => {
      isPointer = false;
    }, true);
    container.addEventListener("focus", () => read(!isPointer));
    container.addEventListener("blur", () => read(false));
    container.addEventListener("keydown", (event) => {
      if (event.target === container && event.key.startsWith("Arrow") && !isReading) read(true);
    });
    map.on("moveend", tell);
    container.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target !== container) return;
      const latlng = map.getCenter();
      const marks = map.support.layers.marks;
      const point = map.latLngToLayerPoint(latlng);
      const near = marks ? marks.getLayers().find((mark) => mark._point && mark._point.distanceTo(point) <= 14) : null;
      const area = map.support.areas ? map.support.areas.at(latlng) : null;
      const target = near || area;
      if (target) target.fire("click", { latlng: near ? near.getLatLng() : latlng }, true);
    });
  }

  /* ---------- areas ---------- */

  function expand(values) {
    const known = new Map();
    if (!values) return known;
    const numbers = values.textNumbers.split(" ");
    values.codes.split(" ").forEach((code, i) => {
      const sign = values.classes[i];
      known.set(code, { index: sign === "-" ? null : Number(sign), text: values.texts[Number(numbers[i])] });
    });
    return known;
  }

  function areas(map, options) {
    const group = L.featureGroup().addTo(map);
    const values = expand(options.values);
    const hatch = hatchPattern(options.style.hatch);
    const pointer = readPointer(map, group, values, options);
    map.support.style = options.style;
    const fillOf = (code) => {
      if (!options.values) return options.style.paper;
      const value = values.get(code);
      return value && value.index !== null ? options.fills[value.index] : hatch;
    };
    const near = options.near ? L.latLngBounds(options.near) : null;
    const draw = (all, regions) => {
      const kept = [];
      for (const area of all.filter(({ code }) => code.startsWith(options.scope))) {
        const shape = new classes.Area(area.rings, {
          area,
          ...options.style.border,
          fill: true,
          fillColor: fillOf(area.code),
          fillOpacity: 1,
          smoothFactor: 0 /* each side of a shared border would be smoothed on its own */,
        });
        area.bounds = shape.getBounds();
        if (near && !near.intersects(area.bounds)) continue;
        kept.push(area);
        group.addLayer(shape);
      }
      const lines = regions
        .filter(({ code }) => code.startsWith(options.scope.slice(0, 2)))
        .map(({ rings }) => L.polygon(rings, { ...options.style.region, fill: false, interactive: false, smoothFactor: 0 }));
      keep(map, "regions", L.featureGroup(lines)).addTo(map);
      keep(map, "labels", new classes.Labels(kept, options.style)).addTo(map);
      outline(map);
      stack(map);
      map.getContainer().dataset.drawn = String(kept.length);
    };
    /* Both at once: the canvas is painted a single time. */
    const regions = options.bordersUrl ? fetchAreas(options.bordersUrl) : Promise.resolve([]);
    map.support.areas = pointer;
    Promise.all([fetchAreas(options.url), regions])
      .then(([all, lines]) => draw(all, lines))
      .catch((error) => {
        console.error(error);
        const notice = element("div", "support-notice", map.support.texts.loading_failed);
        notice.setAttribute("role", "alert");
        map.getContainer().append(notice);
      });
    group.on("click", (event) => {
      map.support.chosen = event.layer.options.area.code;
      outline(map);
    });
    return group;
  }

  /* One tooltip for all areas, moved with the pointer; thousands of bound ones would cost memory and time. */
  function readPointer(map, group, values, options) {
    const content = element("div");
    const title = element("strong");
    const within = element("span", "support-within");
    const text = element("div");
    content.append(title, within, text);
    const tooltip = L.tooltip({ className: "support-tooltip", direction: "top", offset: [0, -8], opacity: 1 });
    tooltip.setContent(content);
    const textOf = (area) => {
      if (!options.values) return "";
      const value = values.get(area.code);
      return value ? value.text : options.noDataText;
    };
    const pointer = {
      tell(shape, latlng) {
        const { area } = shape.options;
        title.textContent = area.name;
        within.textContent = area.within ? ` · ${area.within}` : "";
        text.textContent = textOf(area);
        tooltip.setLatLng(latlng);
        if (!map.hasLayer(tooltip)) map.openTooltip(tooltip);
        tooltip.update();
      },
      hush() {
        map.closeTooltip(tooltip);
      },
      sentence(shape) {
        const { area } = shape.options;
        return [area.name, area.within, textOf(area)].filter(Boolean).join(", ");
      },
      at(latlng) {
        const point = map.latLngToLayerPoint(latlng);
        return group.getLayers().find((shape) => shape.options.area.bounds.contains(latlng) && shape._containsPoint(point));
      },
      find(code) {
        return group.getLayers().find((shape) => shape.options.area.code === code);
      },
    };
    group.on("mouseover mousemove", (event) => pointer.tell(event.layer, event.latlng));
    group.on("mouseout", () => pointer.hush());
    return pointer;
  }

  function outline(map) {
    const { layers, areas: drawn, chosen, style } = map.support;
    if (layers.chosen) layers.chosen.remove();
    delete layers.chosen;
    const shape = chosen && drawn ? drawn.find(chosen) : null;
    if (!shape) return;
    const line = { fill: false, interactive: false, smoothFactor: 0, lineJoin: "round" };
    const { color, weight, casing } = style.chosen;
    const rings = shape.options.area.rings;
    keep(
      map,
      "chosen",
      L.featureGroup([
        L.polygon(rings, { ...line, color: casing, weight: weight + 3 }),
        L.polygon(rings, { ...line, color, weight }),
      ]),
    ).addTo(map);
    stack(map);
  }

  /* A layer only in name: adding it to a map chooses the area there. */
  const chosenArea = (code) => {
    const layer = L.layerGroup();
    layer.onAdd = (map) => {
      map.support.chosen = code;
      outline(map);
    };
    layer.onRemove = (map) => {
      if (map.support.chosen !== code) return;
      map.support.chosen = "";
      outline(map);
    };
    return layer;
  };

  /* ---------- facilities ---------- */

  function facilities(map, options) {
    const group = keep(map, "marks", L.featureGroup()).addTo(map);
    for (const place of options.points) {
      const count = place.facilities.length;
      const mark = new classes.Mark(place.at, {
        mark: options.marks[place.group] || options.marks[""],
        rim: options.rim,
        rimWidth: options.rimWidth,
        radius: count > 1 ? options.radius + 3 : options.radius,
        weight: 2 * options.rimWidth,
        count,
        bubblingMouseEvents: false,
      });
      mark.on("click", () => openPlace(map, place));
      mark.on("mouseover", () => {
        if (map.support.areas) map.support.areas.hush();
      });
      group.addLayer(mark);
    }
    stack(map);
    return group;
  }

  function openPlace(map, place) {
    const list = element("div", "support-places");
    list.tabIndex = 0;
    for (const [label, lines, phones] of place.facilities) {
      const entry = element("section", "support-facility");
      entry.append(element("strong", "", label));
      for (const line of lines) entry.append(element("div", "", line));
      for (const phone of phones) {
        const number = phone.replace(/[^0-9+]/g, "");
        const row = element("div");
        const link = element(number ? "a" : "span", "", phone);
        if (number) link.href = `tel:${number}`;
        row.append(link);
        entry.append(row);
      }
      list.append(entry);
    }
    L.popup({ maxWidth: 320, minWidth: 200, autoPanPadding: [12, 12], className: "support-popup" })
      .setLatLng(place.at)
      .setContent(list)
      .openOn(map);
  }

  /* ---------- the chosen place ---------- */

  function place(map, options) {
    const ring = { color: options.colour, weight: 2, dashArray: "7 5", fill: false, interactive: false };
    keep(
      map,
      "ring",
      L.featureGroup([
        L.circle(options.at, { ...ring, radius: options.distance, color: options.rim, weight: 5, dashArray: null }),
        L.circle(options.at, { ...ring, radius: options.distance }),
      ]),
    ).addTo(map);
    /* Wider than any mark and below them all: facilities may stand at the very same point. */
    const dot = { interactive: false, fillOpacity: 1 };
    const name = { font: `600 14px ${LABEL_FONT.slice(5)}`, below: 27, paper: options.rim, text: options.text };
    keep(
      map,
      "place",
      L.featureGroup([
        L.circleMarker(options.at, { ...dot, radius: 16, color: options.colour, weight: 3, fillColor: options.rim }),
        L.circleMarker(options.at, { ...dot, radius: 5, stroke: false, fillColor: options.colour }),
        new classes.PointName(options.at, options.name, name),
      ]),
    ).addTo(map);
    map.support.placeName = options.name;
    stack(map);
  }

  /* ---------- legend ---------- */

  function drawing(entry, hatch) {
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
      tracePath(context, entry.shape || "circle", x, y, entry.kind === "count" ? 8 : 7);
      context.fill();
      if (entry.kind === "count") {
        context.fillStyle = "#ffffff";
        context.font = `600 11px ${LABEL_FONT.slice(5)}`;
        context.textAlign = "center";
        context.textBaseline = "middle";
        context.fillText("3", x, y + 0.5);
      }
    }
    return canvas;
  }

  /* Beside the map where there is room, else a strip under it; a card beside the map may take the room away. */
  function layOutLegend(map) {
    const box = map.support.legend;
    if (!box) return;
    const { x: width, y: height } = map.getSize();
    const isStrip = width < ROOM_FOR_LEGEND_PX;
    if (box.dataset.isStrip !== String(isStrip)) {
      box.dataset.isStrip = String(isStrip);
      box.open = !isStrip || box.dataset.isNeeded === "true";
      box.classList.toggle("support-legend-strip", isStrip);
    }
    box.style.maxHeight = `${Math.round(height * (isStrip ? 0.4 : 0.8))}px`;
    box.style.maxWidth = isStrip ? `${width - 20}px` : "";
  }

  function legend(map, options) {
    const control = L.control({ position: "bottomright" });
    control.onAdd = () => {
      const box = element("details", "support-legend leaflet-control");
      /* Colours cannot be read without their legend; marks alone can wait until it is asked for. */
      box.dataset.isNeeded = String(options.entries.some((entry) => entry.kind === "fill"));
      box.append(element("summary", "", options.title));
      for (const line of options.lines) box.append(element("div", "support-legend-line", line));
      const list = element("ul");
      for (const entry of options.entries) {
        const row = element("li");
        row.append(drawing(entry, options.hatch), element("span", "", entry.label));
        list.append(row);
      }
      box.append(list);
      for (const note of options.notes) box.append(element("p", "", note));
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      return box;
    };
    control.addTo(map);
    map.support.legend = control.getContainer();
    layOutLegend(map);
    if (!map.support.hasReaderMoved) fit(map);
    return control;
  }

  return { start, areas, chosenArea, facilities, place, legend, decodeAreas };
})();
