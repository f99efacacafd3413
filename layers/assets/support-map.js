/*
 * Draws the parts of our maps with Leaflet. Each function is called by one Python class of layers/maps with the map
 * and one JSON value. Texts come from registers that are not ours, so they only ever become text nodes.
 */
"use strict";

window.SupportMap = (function () {
  const drawing = window.SupportMapDrawing;
  const { element, asHtml, fetchAreas, decodeAreas, hatchPattern, boundPattern, swatch, overlap, makeClasses, LABEL_FONT } =
    drawing;
  const VIEW_KEY = "support-map-view";
  const MOVING_KEYS = /^(Arrow.*|[-+=_])$/; /* Leaflet's own */
  const ROOM_FOR_LEGEND_PX = 700; /* the map beside a card is narrower, and needs what it has */
  const FOOT_PX = 56; /* scale and source stand under the legend */
  const LEGEND_AIR_PX = 14; /* between a legend and a source of several lines */
  const LEGEND_PX = 284; /* its greatest width; before the style sheet has come it measures anything */
  const LOW_MAP_PX = 480; /* a lower map shows the whole legend or a folded one, never a part of it */
  const ROOM_FOR_CHOSEN_PX = 40;
  const OVER_GROUND_ALPHA = 0.65; /* of areas over a background map: both are seen */
  const SCALE_PX = 120; /* its greatest length; the least is half of it, which "100 km" must not run over */
  const CARD_SHARE = 0.36; /* of the width, that a card beside the map may take: what is spare is left there */

  /* ---------- layers ---------- */

  /* Canvas draws in the order of adding, and borders come later than marks: put everything in its place again. */
  const ORDER = ["neighbours", "regions", "hovered", "chosen", "ring", "place", "symbols", "marks", "labels", "towns", "placeName"];

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

  /* A map may have a twin beside it (support-map-pair.js): what a reader does to one is done to both. */
  function bothOf(map) {
    return map.support.twin ? [map, map.support.twin] : [map];
  }

  /* Made at the first map: the script may stand before Leaflet's. */
  let classes = null;

  /* ---------- the map itself ---------- */

  function start(id, options) {
    if (!classes) classes = makeClasses();
    const { texts } = options;
    if (!options.isSecond) nameDocument(texts);
    const map = L.map(id, {
      preferCanvas: true,
      minZoom: options.minZoom,
      maxZoom: options.maxZoom,
      zoomSnap: 0.25,
      zoomAnimation: false /* a drawing that is stretched and then drawn anew makes its hatch flicker */,
      zoomControl: false,
      attributionControl: false,
      trackResize: false /* the observer of showBounds does it, and leaves what is seen where it is */,
      renderer: L.canvas({ padding: 0.1 }),
    });
    map.support = { texts, layers: {}, areas: null, hasReaderMoved: false, legend: null, twin: null, title: options.title };
    map.support.isSecond = Boolean(options.isSecond);
    L.control.zoom({ zoomInTitle: texts.zoom_in, zoomOutTitle: texts.zoom_out }).addTo(map);
    wholeAreaButton(map, options).addTo(map);
    L.control
      .attribution({ prefix: false })
      .addAttribution([texts.attribution, texts.background?.attribution].filter(Boolean).map(asHtml).concat("Leaflet").join(" · "))
      .addTo(map);
    if (texts.background) layGround(map, texts.background);
    L.control.scale({ imperial: false, maxWidth: SCALE_PX }).addTo(map);
    const container = map.getContainer();
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", options.title || texts.label);
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
    keepPatternsStill(map);
    showBounds(map, options);
    readByKeyboard(map);
    return map;
  }

  /* A map of another host under the areas: only where the operator has switched it on. */
  function layGround(map, { url, layers }) {
    L.tileLayer.wms(url, { layers, format: "image/png", version: "1.3.0", referrerPolicy: "no-referrer" }).addTo(map);
  }

  /* Leaflet puts the drawing back to the corner of the map when it zooms; the way that it was dragged is made up for. */
  function keepPatternsStill(map) {
    let dragged = L.point(0, 0);
    let paneAt = L.point(0, 0);
    map.on("move moveend", () => {
      paneAt = L.DomUtil.getPosition(map.getPane("mapPane")).clone();
    });
    map.on("viewprereset", () => {
      dragged = dragged.add(paneAt);
      drawing.anchorPatterns(dragged);
    });
    /* After a zoom Leaflet leaves the drawing between two pixels, which blurs lines; it was drawn for the whole one. */
    map.on("viewreset", () =>
      queueMicrotask(() => {
        for (const canvas of map.getContainer().querySelectorAll(".leaflet-pane canvas")) {
          L.DomUtil.setPosition(canvas, L.DomUtil.getPosition(canvas));
        }
      }),
    );
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
    const known = state.isSecond ? null : rememberedView(boundsText);
    state.hasReaderMoved = Boolean(known);
    if (known) map.setView(known.center, known.zoom, { animate: false });
    else fit(map);
    const container = map.getContainer();
    const moved = () => {
      for (const one of bothOf(map)) one.support.hasReaderMoved = true;
    };
    map.on("dragstart dblclick", moved);
    container.addEventListener("wheel", moved, { passive: true });
    /* A tap chooses and a key may only lead on: neither moves the map. */
    container.addEventListener("touchmove", ({ touches }) => touches.length > 1 && moved(), { passive: true });
    container.addEventListener("keydown", ({ key }) => MOVING_KEYS.test(key) && moved());
    container.querySelector(".leaflet-control-zoom").addEventListener("click", moved, true);
    map.on("moveend", () => {
      if (state.hasReaderMoved && !state.isSecond) rememberView(boundsText, map);
    });
    new ResizeObserver(() => takeSize(map)).observe(container);
  }

  /*
   * A card that opens beside the map takes a part of it away: what is seen stays where it is while it is whole there. Where
   * the edge or the legend, which then docks under the map, would cover a part of it, it is fitted anew.
   */
  function takeSize(map) {
    const state = map.support;
    const before = map.getSize();
    map.invalidateSize({ animate: false, pan: Boolean(state.twin) });
    const after = map.getSize();
    layOutLegend(map);
    if (state.twin) {
      if (!state.hasReaderMoved) fit(map);
      return;
    }
    const isNarrower = after.x < before.x && after.y === before.y;
    if (!state.hasReaderMoved && !(isNarrower && isWhole(map))) {
      fit(map);
      return;
    }
    uncover(map);
    const shape = state.chosen && state.areas ? state.areas.find(state.chosen) : null;
    const air = { paddingTopLeft: [ROOM_FOR_CHOSEN_PX, ROOM_FOR_CHOSEN_PX], animate: false };
    air.paddingBottomRight = [ROOM_FOR_CHOSEN_PX, Math.max(ROOM_FOR_CHOSEN_PX, bottomOf(map))];
    if (isNarrower && shape) map.panInside(shape.getBounds().getCenter(), air);
  }

  /* Whether all of the bounds are seen: within the map, and above a legend that docks under it. */
  function isWhole(map) {
    const bounds = L.latLngBounds(map.support.bounds);
    const south = map.latLngToContainerPoint(bounds.getSouthWest()).y;
    return map.getBounds().contains(bounds) && south <= map.getSize().y - (isLegendUnder(map) ? bottomOf(map) : 0);
  }

  function isLegendUnder(map) {
    return Boolean(map.support.legend) && map.getSize().x < ROOM_FOR_LEGEND_PX;
  }

  /* What stands at the foot of the map: the source, and above it the strip of a legend. */
  function bottomOf(map) {
    const credit = map.attributionControl.getContainer().offsetHeight;
    const foot = Math.max(FOOT_PX, credit + LEGEND_AIR_PX);
    const strip = isLegendUnder(map) ? Math.min(map.support.legend.offsetHeight, map.getSize().y / 3) + foot : 0;
    return Math.max(8, credit, strip);
  }

  /* A legend that came to stand over the areas is folded, unless the reader opened it there. */
  function uncover(map) {
    const { legend: box, bounds } = map.support;
    if (!box || !box.open || box.dataset.isReaders) return;
    const corner = map.latLngToContainerPoint([bounds[0][0], bounds[1][1]]);
    if (corner.x > map.getSize().x - box.offsetWidth - 8) box.open = false;
  }

  /* Beside the legend where there is room for both, else above it; never under it. */
  function fit(map) {
    const { bounds, legend: box, fitTogether } = map.support;
    if (fitTogether) {
      fitTogether();
      return;
    }
    const width = map.getSize().x;
    const bottom = bottomOf(map);
    let right = 8;
    if (box && !isLegendUnder(map)) {
      const beside = Math.min(box.offsetWidth, LEGEND_PX) + 16;
      const spare = width - 16 - widthOf(map, bounds, [16, 8 + bottom]);
      right = Math.max(box.open ? beside : 8, Math.min(Math.max(beside, CARD_SHARE * width), spare));
    }
    map.fitBounds(bounds, { animate: false, paddingTopLeft: [8, 8], paddingBottomRight: [right, bottom] });
  }

  /* How wide bounds are drawn where they are fitted: what is left over may be left to a card or a legend. */
  function widthOf(map, bounds, air) {
    const zoom = map.getBoundsZoom(bounds, false, L.point(air));
    const [[south, west], [north, east]] = bounds;
    return map.project([north, east], zoom).x - map.project([south, west], zoom).x;
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
        for (const one of bothOf(map)) one.support.hasReaderMoved = false;
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
      spoken.textContent = area ? sentenceOf(map, area) : "";
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

  /* Of two maps the value on the other one is told as well, each after the name of its map. */
  function sentenceOf(map, area) {
    const sentence = map.support.areas.sentence(area);
    const { twin, title } = map.support;
    const beside = twin && twin.support.areas ? twin.support.areas.find(area.options.area.code) : null;
    if (!twin) return sentence;
    const value = beside ? `; ${twin.support.title}: ${twin.support.areas.textOf(beside.options.area)}` : "";
    return `${title}: ${sentence}${value}`;
  }

  /* ---------- areas ---------- */

  const BOUNDS = { "-": "", l: "least", m: "most", u: "unsure" };

  /* In degrees; half of the areas are narrower. */
  function typicalWidth(kept) {
    const widths = kept.map(({ bounds }) => bounds.getEast() - bounds.getWest()).sort((a, b) => a - b);
    return widths[widths.length >> 1] || 0;
  }

  function expand(values) {
    const known = new Map();
    if (!values) return known;
    const numbers = values.textNumbers.split(" ");
    const sizes = values.sizes.split(" ");
    values.codes.split(" ").forEach((code, i) => {
      const sign = values.classes[i];
      known.set(code, {
        index: sign === "-" ? null : Number(sign),
        bound: BOUNDS[values.bounds[i]],
        size: Number(sizes[i] || 0),
        text: values.texts[Number(numbers[i])],
      });
    });
    return known;
  }

  function areas(map, options) {
    const group = L.featureGroup().addTo(map);
    map.support.group = group;
    const values = expand(options.values);
    const hatch = hatchPattern(options.style.hatch);
    const pointer = readPointer(map, group, values, options);
    map.support.style = options.style;
    const fillOf = (code) => {
      if (!options.values) return options.style.paper;
      const value = values.get(code);
      if (!value || value.index === null) return hatch;
      return value.bound ? boundFill(value.bound, value.index) : options.fills[value.index];
    };
    const boundFills = new Map();
    const boundFill = (bound, index) => {
      const key = `${bound}${index}`;
      if (!boundFills.has(key)) boundFills.set(key, boundPattern(options.bounds[bound][index]));
      return boundFills.get(key);
    };
    /* The largest first, so that a small one is seen within it. */
    const symbolsOf = (kept) =>
      kept
        .filter(({ code, label }) => label && values.has(code) && values.get(code).size > 0)
        .sort((a, b) => values.get(b.code).size - values.get(a.code).size)
        .map(({ code, label }) => {
          const { colour, rim } = options.symbol;
          const radius = values.get(code).size;
          return new classes.Symbol([label[1], label[0]], { radius, color: rim, weight: 1, fillColor: colour });
        });
    /* What lies around a scope, as lines alone: one sees what a border borders on, and no value is told of it. */
    const neighboursOf = (all, kept) => {
      if (!options.scope || !kept.length) return [];
      const around = L.latLngBounds(kept.map(({ bounds }) => bounds.getSouthWest())).pad(0.05);
      for (const { bounds } of kept) around.extend(bounds);
      return all
        .filter(({ code }) => !code.startsWith(options.scope))
        .map(({ rings }) => L.polygon(rings, { ...options.style.neighbour, fill: false, interactive: false, smoothFactor: 0 }))
        .filter((shape) => around.intersects(shape.getBounds()));
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
          fillOpacity: map.support.texts.background ? OVER_GROUND_ALPHA : 1,
          smoothFactor: 0 /* each side of a shared border would be smoothed on its own */,
        });
        area.bounds = shape.getBounds();
        if (near && !near.intersects(area.bounds)) continue;
        kept.push(area);
        group.addLayer(shape);
        pointer.shapes.set(area.code, shape);
      }
      if (options.values) map.support.areaWidth = typicalWidth(kept);
      keep(map, "symbols", L.featureGroup(options.values ? symbolsOf(kept) : [])).addTo(map);
      /* Their size follows that of the areas, which are known only now. */
      if (map.support.layers.marks) map.support.layers.marks.eachLayer((mark) => mark._reset());
      const lines = regions
        .filter(({ code }) => code.startsWith(options.scope.slice(0, 2)))
        .map(({ rings }) => L.polygon(rings, { ...options.style.region, fill: false, interactive: false, smoothFactor: 0 }));
      keep(map, "regions", L.featureGroup(lines)).addTo(map);
      keep(map, "neighbours", L.featureGroup(neighboursOf(all, kept))).addTo(map);
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
      const { twin, isSecond } = map.support;
      /* The page listens to the first map only: a click on the second one is told there. */
      if (isSecond && twin) twin.support.group.fire("click", { layer: event.layer, latlng: event.latlng });
      else choose(map, event.layer.options.area.code);
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
    /* Of a town and the rural gmina around it, which of the two. */
    const nameOf = (area) => (area.kind ? `${area.name} (${map.support.texts.kinds[area.kind] || area.kind})` : area.name);
    const pointer = {
      shapes: new Map(),
      textOf,
      tell(shape, latlng) {
        const { area } = shape.options;
        pointer.show(shape, latlng);
        const { twin } = map.support;
        if (!twin || !twin.support.areas) return;
        const beside = twin.support.areas.find(area.code);
        if (beside) twin.support.areas.show(beside, latlng);
        else twin.support.areas.hide();
      },
      show(shape, latlng) {
        const { area } = shape.options;
        if (map.support.twin) hover(map, area.code);
        title.textContent = nameOf(area);
        within.textContent = area.within ? ` · ${area.within}` : "";
        text.textContent = textOf(area);
        tooltip.setLatLng(latlng);
        if (!map.hasLayer(tooltip)) map.openTooltip(tooltip);
        tooltip.update();
      },
      hush() {
        for (const one of bothOf(map)) if (one.support.areas) one.support.areas.hide();
      },
      hide() {
        map.closeTooltip(tooltip);
        if (map.support.twin) hover(map, "");
      },
      sentence(shape) {
        const { area } = shape.options;
        return [nameOf(area), area.within, textOf(area)].filter(Boolean).join(", ");
      },
      at(latlng) {
        const point = map.latLngToLayerPoint(latlng);
        return group.getLayers().find((shape) => shape.options.area.bounds.contains(latlng) && shape._containsPoint(point));
      },
      find(code) {
        return pointer.shapes.get(code);
      },
    };
    group.on("mouseover mousemove", (event) => pointer.tell(event.layer, event.latlng));
    group.on("mouseout", () => pointer.hush());
    return pointer;
  }

  function choose(map, code) {
    for (const one of bothOf(map)) {
      one.support.chosen = code;
      outline(one);
      one.support.layers.labels?.redraw();
    }
  }

  function outline(map) {
    const { style, chosen } = map.support;
    if (style) drawOutline(map, "chosen", chosen, style.chosen);
  }

  /* Under the pointer, on two maps at once: thinner than what is chosen. */
  function hover(map, code) {
    const { style, hovered } = map.support;
    if (hovered === code) return;
    map.support.hovered = code;
    drawOutline(map, "hovered", code, { ...style.chosen, color: style.text, weight: style.chosen.weight - 1.5 });
  }

  function drawOutline(map, name, code, { color, weight, casing }) {
    const { layers, areas: drawn } = map.support;
    if (layers[name]) layers[name].remove();
    delete layers[name];
    const shape = code && drawn ? drawn.find(code) : null;
    if (!shape) return;
    const line = { fill: false, interactive: false, smoothFactor: 0, lineJoin: "round" };
    const rings = shape.options.area.rings;
    keep(
      map,
      name,
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
      choose(map, code);
    };
    layer.onRemove = (map) => {
      if (map.support.chosen === code) choose(map, "");
    };
    return layer;
  };

  /* ---------- towns ---------- */

  /* Seats and larger towns as small dots with their names, where areas are called otherwise than what stands in them. */
  function towns(map, { places, style }) {
    keep(map, "towns", new classes.Towns(places, style)).addTo(map);
    stack(map);
  }

  /* ---------- facilities ---------- */

  function facilities(map, options) {
    const group = keep(map, "marks", L.featureGroup()).addTo(map);
    /* From north to south, those with a number above the others and new ones above all: they are read whatever stands
       beside them. */
    const isMany = (place) => Number(place.facilities.length > 1);
    const isNew = (place) => Number(Boolean(place.new));
    const placed = [...options.points].sort((a, b) => isNew(a) - isNew(b) || isMany(a) - isMany(b) || b.at[0] - a.at[0]);
    for (const place of placed) {
      const count = place.facilities.length;
      const mark = new classes.Mark(place.at, {
        mark: options.marks[place.group] || options.marks[""],
        rim: options.rim,
        rimWidth: options.rimWidth,
        radius: count > 1 || place.new ? options.radius + 3 : options.radius,
        weight: 2 * options.rimWidth,
        count,
        hollow: place.hollow,
        newColour: place.new ? options.newColour : "",
        bubblingMouseEvents: false,
      });
      mark.on("click", () => openPlace(map, place));
      mark.on("mouseover", () => {
        if (map.support.areas) map.support.areas.hush();
      });
      if (place.told) mark.bindTooltip(element("span", "", place.told), { className: "support-told", offset: [10, 0] });
      group.addLayer(mark);
    }
    stack(map);
    map.support.places = options.points;
    return group;
  }

  /* Marks are drawn on a canvas, where no key finds them: two buttons go from one to the next, the nearest first. */
  function steps(map, words) {
    const { places } = map.support;
    if (!places || !places.length) return;
    const last = places.length - 1;
    let at = -1;
    const show = () => {
      const place = places[at];
      map.panTo(place.at, { animate: false });
      openPlace(map, place);
      const names = place.facilities.map(([label]) => label).join("; ");
      map.getContainer().querySelector(".support-spoken").textContent = `${at + 1}/${places.length}: ${names}`;
    };
    const button = (sign, name, next) => {
      const made = element("button", "support-step", sign);
      made.type = "button";
      made.title = name;
      made.setAttribute("aria-label", name);
      made.addEventListener("click", () => {
        at = next();
        show();
      });
      return made;
    };
    const control = L.control({ position: "topleft" });
    control.onAdd = () => {
      const bar = element("div", "leaflet-bar leaflet-control");
      L.DomEvent.disableClickPropagation(bar);
      bar.append(
        button("▸", words.next, () => (at < last ? at + 1 : 0)),
        button("◂", words.previous, () => (at > 0 ? at - 1 : last)),
      );
      return bar;
    };
    control.addTo(map);
  }

  function openPlace(map, place) {
    const list = element("div", "support-places");
    list.tabIndex = 0;
    if (place.told) list.append(element("div", "support-place-told", place.told));
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

  /* ---------- new sites ---------- */

  const SITE_PX = 28;
  /* Where the number of a site stands, from its point: above it where there is room, and never upon it. */
  const SITE_SHIFTS_PX = [[0, -27], [24, -16], [-24, -16], [29, 6], [-29, 6], [17, 25], [-17, 25], [0, -58], [40, -40], [-40, -40]];

  /* Few and important: elements above the canvas, so that the keyboard finds each and its number is never hidden. */
  function sites(map, options) {
    const marks = options.points.map((site) => {
      const sign = element("div", "support-site-sign");
      const stem = element("i");
      const number = element("span", "", String(site.number));
      stem.style.background = options.colour;
      number.style.background = options.colour;
      number.style.borderColor = options.rim;
      number.style.color = options.rim;
      sign.append(stem, number);
      const mark = L.marker(site.at, {
        icon: L.divIcon({ className: "support-site", html: sign, iconSize: [SITE_PX, SITE_PX] }),
        title: [`${site.number}. ${site.label}`, ...site.lines].join("; "),
        riseOnHover: true,
        bubblingMouseEvents: false,
      });
      const told = { at: site.at, facilities: [[`${site.number}. ${site.label}`, site.lines, []]] };
      mark.on("click", () => openPlace(map, told));
      mark.on("keypress", (event) => {
        if (event.originalEvent.key === "Enter") openPlace(map, told);
      });
      mark.on("mouseover", () => {
        if (map.support.areas) map.support.areas.hush();
      });
      mark.addTo(map);
      mark.getElement().setAttribute("aria-label", mark.options.title);
      return { mark, stem, number };
    });
    /* Names of areas ask for them whenever they are placed anew. */
    map.support.siteBoxes = () => standApart(map, marks);
    map.support.siteBoxes();
    map.on("zoomend", map.support.siteBoxes);
  }

  /* Numbers of sites stand beside each other; the box of each is returned, in pixels of the drawing. */
  function standApart(map, marks) {
    const boxes = [];
    for (const { mark, stem, number } of marks) {
      const { x, y } = map.latLngToLayerPoint(mark.getLatLng());
      const half = SITE_PX / 2;
      const around = ([right, down]) => ({ left: x + right - half, right: x + right + half, top: y + down - half, bottom: y + down + half });
      const isFree = (shift) => !boxes.some((other) => overlap(around(shift), other));
      const shift = SITE_SHIFTS_PX.find(isFree) || SITE_SHIFTS_PX[0];
      boxes.push(around(shift));
      number.style.transform = `translate(${shift[0]}px, ${shift[1]}px)`;
      stem.style.width = `${Math.hypot(...shift)}px`;
      stem.style.transform = `rotate(${Math.atan2(shift[1], shift[0])}rad)`;
    }
    return boxes;
  }

  /* ---------- what was not found ---------- */

  /* Circles with their number, as elements: they are reached by keyboard and told as what they say. They stand above and
     to the right of the middle of an area, where its own symbol or marks are. */
  function needs(map, options) {
    const marks = options.points.map(({ at, count, radius, told }, i) => {
      const icon = L.divIcon({ className: "support-need", iconSize: [2 * radius, 2 * radius], iconAnchor: [0, 2 * radius] });
      const mark = L.marker(at, { icon, title: told, keyboard: true, zIndexOffset: 1000 + i, bubblingMouseEvents: false });
      mark.on("add", () => {
        const circle = mark.getElement();
        circle.textContent = String(count);
        circle.setAttribute("aria-label", told);
        circle.style.background = options.colour;
        circle.style.borderColor = options.rim;
      });
      return mark;
    });
    keep(map, "needs", L.layerGroup(marks)).addTo(map);
  }

  /* ---------- the chosen place ---------- */

  function chosenPlace(map, options) {
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
      ]),
    ).addTo(map);
    /* Above the marks: where they are all around, they hid half of it, and nobody knew what place the list is of. */
    keep(map, "placeName", new classes.PointName(options.at, options.name, name)).addTo(map);
    map.support.placeName = options.name;
    map.support.placeAt = options.at;
    stack(map);
  }

  /* ---------- legend ---------- */

  /*
   * Beside the map where there is room for all of it; else folded, with a key of its colours in one line: on a phone it
   * would cover half of the map, and on a low one it would be cut. What a reader folds or opens stays so.
   */
  function layOutLegend(map) {
    const box = map.support.legend;
    if (!box) return;
    const { x: width, y: height } = map.getSize();
    const isStrip = width < ROOM_FOR_LEGEND_PX;
    box.classList.toggle("support-legend-strip", isStrip);
    const most = Math.round(isStrip ? 0.6 * height : height - FOOT_PX);
    box.style.maxHeight = `${most}px`;
    box.style.maxWidth = isStrip ? `${width - 20}px` : "";
    if (box.dataset.isReaders) return;
    box.open = !isStrip;
    box.open = !isStrip && (height >= LOW_MAP_PX || box.scrollHeight <= most);
  }

  /* The colours from none to most with the words of both ends, for a legend that is folded. */
  function legendKey(options) {
    const fills = options.entries.filter(({ kind }) => kind === "fill").reverse();
    if (fills.length < 3) return []; /* symbols say it themselves */
    const key = element("span", "support-legend-key");
    const chips = fills.map(({ colour }) => {
      const chip = element("span");
      chip.style.background = colour;
      return chip;
    });
    /* "0% – nobody has one": the number alone, the words stand in the open legend. */
    const [least, most] = [fills[0], fills.at(-1)].map(({ label }) => element("span", "", label.split(" – ")[0]));
    key.append(least, ...chips, most);
    return [key];
  }

  function legendHead(options) {
    const summary = element("summary");
    summary.append(element("span", "support-legend-name", options.title), ...legendKey(options));
    return summary;
  }

  function legendRows(options) {
    const lines = options.lines.map((line) => element("div", "support-legend-line", line));
    const list = element("ul");
    for (const entry of options.entries) {
      const row = element("li");
      row.append(swatch(entry, options.hatch), element("span", "", entry.label));
      list.append(row);
    }
    return [...lines, list, ...options.notes.map((note) => element("p", "", note))];
  }

  function legend(map, options) {
    const control = L.control({ position: "bottomright" });
    control.onAdd = () => {
      const box = element("details", "support-legend leaflet-control");
      const summary = legendHead(options);
      summary.addEventListener("click", () => {
        box.dataset.isReaders = "true";
      });
      box.append(summary, ...legendRows(options));
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

  return { start, areas, chosenArea, choose, towns, facilities, steps, sites, needs, place: chosenPlace, legend, legendHead, legendRows, decodeAreas };
})();
