/*
 * What maps are drawn with: elements, TopoJSON, hatch and shapes, and the kinds of path that Leaflet lacks. Knows no
 * map; used by support-map.js. Texts come from registers that are not ours, so they only ever become text nodes.
 */
"use strict";

window.SupportMapDrawing = (function () {
  const LEGIBLE_AREA_PX = 34;
  const ROOM_FOR_NAME_PX = 16000; /* square pixels for each name where areas are too small for their own */
  const NAME_HALF_PX = 9;
  const NAME_SHIFTS_PX = [0, -14, 14, -22, 22];
  const NAME_ASIDE_PX = 5; /* between a mark and a name at its side */
  /* Where the name of a region may be set from its point: the nearest first. */
  const NAME_GRID_PX = Array.from({ length: 17 * 17 }, (_, i) => [((i % 17) - 8) * 7, (Math.floor(i / 17) - 8) * 7]).sort(
    (a, b) => Math.hypot(...a) - Math.hypot(...b),
  );
  const SYMBOL_ALPHA = 0.75;
  const SMALLEST_MARK = 0.3;
  const FULL_MARK_AREA_PX = 48;
  const PLACE_PX = 18; /* half of the sign of a resident's place, with its rim */
  const NUMBERED_MARK_PX = 8; /* least radius of a mark with a number: what it stands for is read at every size */
  const TOWN_DOT_PX = 2.5;
  const LONG_NUMBER_PX = 10; /* the same of three digits */
  const HOLLOW_LINE_PX = 2;
  const NEW_RING_PX = 3; /* between a mark and the ring of one that a scenario opens */
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

  /* A pattern begins at the corner of the map and not of the drawing, so that it stands still while areas zoom under it. */
  const patterns = new Set();

  function anchorPatterns(shift) {
    for (const pattern of patterns) pattern.setTransform(new DOMMatrix().translate(shift.x, shift.y));
  }

  function repeated(context, tile) {
    const pattern = context.createPattern(tile, "repeat");
    patterns.add(pattern);
    return pattern;
  }

  /* A number known only within a bound: dots for at least, lines for at most, crosses for either, over its colour. */
  function boundPattern({ kind, ground, line, spacing: size, width }) {
    const tile = document.createElement("canvas");
    tile.width = size;
    tile.height = size;
    const context = tile.getContext("2d");
    context.fillStyle = ground;
    context.fillRect(0, 0, size, size);
    context.fillStyle = line;
    context.strokeStyle = line;
    context.lineWidth = width;
    const middle = size / 2;
    if (kind === "least") {
      tracePath(context, "circle", middle, middle, width);
      context.fill();
    } else {
      const reach = kind === "most" ? middle : size * 0.3;
      context.beginPath();
      if (kind === "most") {
        context.moveTo(middle - reach, Math.floor(middle) + 0.5);
        context.lineTo(middle + reach, Math.floor(middle) + 0.5);
      } else {
        context.moveTo(middle - reach, middle - reach);
        context.lineTo(middle + reach, middle + reach);
        context.moveTo(middle - reach, middle + reach);
        context.lineTo(middle + reach, middle - reach);
      }
      context.stroke();
    }
    return repeated(context, tile);
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
    return repeated(context, tile);
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

  /* A facility that a scenario opens: paper with a ring around it, and a plus where no number stands. */
  function traceNew(context, shape, x, y, radius, colour) {
    tracePath(context, shape, x, y, radius + NEW_RING_PX);
    context.fillStyle = "#ffffff";
    context.fill();
    context.strokeStyle = colour;
    context.lineWidth = HOLLOW_LINE_PX;
    context.stroke();
  }

  function tracePlus(context, shape, x, y, radius, colour) {
    const reach = radius * 0.75;
    const middle = shape === "triangle" ? y + radius * 0.25 : y;
    context.strokeStyle = colour;
    context.lineWidth = HOLLOW_LINE_PX;
    context.beginPath();
    context.moveTo(x - reach, middle);
    context.lineTo(x + reach, middle);
    context.moveTo(x, middle - reach);
    context.lineTo(x, middle + reach);
    context.stroke();
  }

  function swatch(entry, hatch) {
    const scale = 2; /* sharp on dense screens */
    const side = entry.kind === "symbol" ? Math.ceil(2 * entry.radius + 4) : 0;
    const [width, height] = [Math.max(26, side), Math.max(18, side)];
    const canvas = element("canvas", "support-swatch");
    canvas.width = width * scale;
    canvas.height = height * scale;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    canvas.setAttribute("aria-hidden", "true");
    const context = canvas.getContext("2d");
    context.scale(scale, scale);
    const [x, y] = [width / 2, height / 2];
    const fills = { fill: () => entry.colour, hatch: () => hatchPattern(hatch), bound: () => boundPattern(entry.pattern) };
    if (fills[entry.kind]) {
      context.fillStyle = fills[entry.kind]();
      context.fillRect(0, 0, width, height);
      context.strokeStyle = hatch.line;
      context.strokeRect(0.5, 0.5, width - 1, height - 1);
    } else if (entry.kind === "symbol") {
      context.globalAlpha = SYMBOL_ALPHA;
      context.fillStyle = entry.colour;
      tracePath(context, "circle", x, y, entry.radius);
      context.fill();
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
    } else if (entry.kind === "new") {
      traceNew(context, entry.shape, x, y, 5.5, entry.colour);
      tracePlus(context, entry.shape, x, y, 5.5, entry.colour);
    } else {
      const isHollow = entry.kind === "hollow";
      const isNumbered = entry.kind === "count" || entry.kind === "site";
      context.fillStyle = isHollow ? "#ffffff" : entry.colour;
      tracePath(context, entry.shape || "circle", x, y, isNumbered ? 8 : isHollow ? 6 : 7);
      context.fill();
      if (isHollow) {
        context.strokeStyle = entry.colour;
        context.lineWidth = HOLLOW_LINE_PX;
        context.stroke();
      }
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

  function pixels(map, degrees) {
    return (degrees / 360) * 256 * 2 ** map.getZoom();
  }

  function boxAround(x, y, width) {
    return { left: x - width / 2 - 3, right: x + width / 2 + 3, top: y - NAME_HALF_PX, bottom: y + NAME_HALF_PX };
  }

  /* Marks or circles of numbers, each as the square around it. */
  function squaresOf(map, group, isNumber = false) {
    return (group?.getLayers() ?? []).map((mark) => {
      const { x, y } = map.latLngToLayerPoint(mark.getLatLng());
      const reach = mark._radius || 0;
      const isRead = mark.options.count > 1;
      return { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach, isMark: true, isNumber, isRead };
    });
  }

  function overlap(one, other) {
    return one.right >= other.left && one.left <= other.right && one.bottom >= other.top && one.top <= other.bottom;
  }

  const makeClasses = () => {
    /* Leaflet's own scrolls the map into view between press and release: the page jumped, and the click was lost. */
    const focusQuietly = (map) => map.getContainer().focus({ preventScroll: true });
    L.Map.Keyboard.include({
      _onMouseDown() {
        if (!this._focused) focusQuietly(this._map);
      },
    });
    L.Control.include({
      _refocusOnMap(event) {
        if (this._map && event && event.screenX > 0 && event.screenY > 0) focusQuietly(this._map);
      },
    });

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

      /* No larger than leaves the colours of the areas to be seen: hundreds of marks would hide those of the country. */
      _project() {
        const { areaWidth } = this._map.support;
        const room = areaWidth ? pixels(this._map, areaWidth) / FULL_MARK_AREA_PX : (this._map.getZoom() - 4) / 4;
        this._scale = Math.min(1, Math.max(areaWidth ? SMALLEST_MARK : 0.6, room));
        const { count, mark } = this.options;
        const least = count > 99 ? LONG_NUMBER_PX : count > 1 || this.options.newColour ? NUMBERED_MARK_PX : 0;
        this._radius = Math.max(this.options.radius * this._scale, least * (count > 1 ? mark.room : 1));
        L.CircleMarker.prototype._project.call(this);
      },

      _updatePath() {
        const renderer = this._renderer;
        if (!renderer._drawing || this._empty()) return;
        const context = renderer._ctx;
        const { mark, rim, rimWidth, count, hollow, newColour } = this.options;
        const { x, y } = this._point;
        context.save();
        context.globalAlpha = 1;
        context.lineJoin = "round";
        if (newColour) traceNew(context, mark.shape, x, y, this._radius, newColour);
        if (newColour && count === 1) {
          tracePlus(context, mark.shape, x, y, this._radius, newColour);
          context.restore();
          return;
        }
        tracePath(context, mark.shape, x, y, this._radius);
        context.strokeStyle = rim;
        context.lineWidth = 2 * rimWidth * Math.max(this._scale, 0.6);
        context.stroke();
        context.fillStyle = hollow ? rim : mark.colour;
        context.fill();
        if (hollow) {
          context.strokeStyle = mark.colour;
          context.lineWidth = HOLLOW_LINE_PX;
          context.stroke();
        }
        if (count > 1) {
          const lower = this._radius * mark.drop || 0.5;
          context.fillStyle = hollow ? mark.colour : rim;
          context.font = `700 ${count > 99 ? 9 : 11}px ${LABEL_FONT.slice(5)}`;
          context.textAlign = "center";
          context.textBaseline = "middle";
          context.fillText(String(count), x, y + lower);
        }
        context.restore();
      },
    });

    /* A powiat or a voivodeship, and not a city that is a powiat of its own (its number is above 60). */
    const isRegion = (code) => code.length < 6 && !/^[0-9]{2}[6-9]/.test(code);

    /* The sides of an area, of one polygon or of several. */
    const edgesOf = (rings) =>
      rings
        .flatMap((ring) => (Array.isArray(ring[0]) ? ring : [ring]))
        .flatMap((ring) => ring.map((end, i) => [ring.at(i - 1), end]));

    /* Whether an area holds a point: each side that a line to the east crosses turns it. */
    const isInside = (edges, { lat, lng }) => {
      let inside = false;
      for (const [a, b] of edges) {
        if (a.lat > lat !== b.lat > lat && lng < a.lng + ((lat - a.lat) / (b.lat - a.lat)) * (b.lng - a.lng)) inside = !inside;
      }
      return inside;
    };

    /*
     * Names of areas, as a path among the others, where there is room for them: beside marks and never upon one. Towns
     * come first, the largest of them before all and what is chosen after it; a town and the gmina around it have one
     * name, which stands once.
     */
    const Labels = L.Path.extend({
      options: { interactive: false },

      initialize(areas, options) {
        L.Util.setOptions(this, options);
        this._areas = areas.filter((area) => area.label).sort((a, b) => (b.rank || 0) - (a.rank || 0));
        this._placed = [];
      },

      _project() {},

      _update() {
        const map = this._map;
        if (!map) return;
        this._pxBounds = this._renderer._bounds;
        this._placed = [];
        if (!this._pxBounds) return;
        const context = this._renderer._ctx;
        const shown = map.getBounds().pad(0.1);
        const size = map.getSize();
        const corner = map.containerPointToLayerPoint([0, 0]);
        /* Where areas are smaller than their names, only towns have one, and only as many as leave the colours. */
        const isFine = pixels(map, map.support.areaWidth || 0) < LEGIBLE_AREA_PX;
        const most = isFine ? (size.x * size.y) / ROOM_FOR_NAME_PX : Infinity;
        context.save();
        context.font = LABEL_FONT;
        const taken = this._takenBoxes(context);
        for (const area of this._inTurn()) {
          if (this._placed.length >= most) break;
          const at = L.latLng(area.label[1], area.label[0]);
          if (!shown.contains(at) || area.name === map.support.placeName) continue;
          const width = context.measureText(area.name).width;
          const isFitting = width <= pixels(map, area.bounds.getEast() - area.bounds.getWest()) * 1.15;
          const isChosen = area.code === map.support.chosen;
          if (!(area.rank || isChosen || (isFitting && !isFine)) || this._isNamed(area)) continue;
          const { x, y } = map.latLngToLayerPoint(at);
          /* Past what stands at the very point: a mark, or the circle of a number. */
          const under = taken.filter((one) => one.left <= x && x <= one.right && one.top <= y && y <= one.bottom);
          const reach = Math.max(NUMBERED_MARK_PX, ...under.flatMap((one) => [y - one.top, one.bottom - y]));
          const [past, aside] = [reach + NAME_HALF_PX + 1, reach + NAME_ASIDE_PX + width / 2];
          const downs = [...NAME_SHIFTS_PX, -past, past];
          const shifts = [0, aside, -aside].flatMap((right) => downs.map((down) => [right, down]));
          /* At the edge of the map a name is drawn in, rather than set aside into the neighbour and read as its name. */
          const [least, last] = [corner.x + width / 2 + 3, corner.x + size.x - width / 2 - 3];
          const drawnIn = (right) => (right || least > last ? x + right : Math.min(Math.max(x, least), last));
          const moved = (some) => some.map(([right, down]) => [drawnIn(right), y + down]);
          /* What is outlined has its name within the outline, or right above or below it: never on its neighbour. */
          const chosenSpots = () => [...this._within(area, { x, y }), ...moved(downs.map((down) => [0, down]))];
          const townSpots = () => [...moved(shifts), ...this._elsewhere(area, { x, y })];
          const tried = isRegion(area.code) ? this._within(area, { x, y }) : isChosen ? chosenSpots() : townSpots();
          const isFree = (one, inWay) => {
            const isAcross = one.left >= corner.x && one.right <= corner.x + size.x;
            const isWhole = isAcross && one.top >= corner.y && one.bottom <= corner.y + size.y;
            return isWhole && ![...inWay, ...this._placed.map((other) => other.box)].some((other) => overlap(one, other));
          };
          const box =
            tried
              .map(([across, along]) => boxAround(across, along, width))
              .concat(this._upon(area, { x, y }, width))
              .find((one) => isFree(one, one.isUpon ? taken.filter(({ isNumber }) => !isNumber) : taken)) ??
            this._uponMarks(area, isChosen ? chosenSpots() : [], { x, y }, width, { taken, isFree });
          if (!box) continue;
          this._placed.push({ text: area.name, area, x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, box });
        }
        context.restore();
      },

      /*
       * Where the middle of the name of a region may stand, the nearest to its point first: inside it and nowhere else.
       * A town has a mark or a street that one knows; "brzeski" over the powiat beside it is read as that one's name.
       */
      _within(area, { x, y }) {
        area.edges ??= edgesOf(area.rings);
        return NAME_GRID_PX.map(([right, down]) => [x + right, y + down]).filter(([across, along]) =>
          isInside(area.edges, this._map.layerPointToLatLng([across, along])),
        );
      },

      /*
       * Elsewhere in the town's own area, where its name is nobody else's: between the marks at its point and around
       * them there was no room for Kraków, and Libiąż was named.
       */
      _elsewhere(area, at) {
        return area.rank ? this._within(area, at) : [];
      },

      /*
       * Upon the town's own circle of a number, where there is no room beside it: a map that names Gubin and not Warszawa
       * cannot be read. Only a circle that is seen around the letters.
       */
      _upon(area, { x, y }, width) {
        const circles = this._map.support.layers.symbols?.getLayers() ?? [];
        const isOwn = (circle) => this._map.latLngToLayerPoint(circle.getLatLng()).distanceTo([x, y]) < 1;
        const own = area.rank && circles.find((circle) => circle._radius > NAME_HALF_PX && isOwn(circle));
        return own ? [{ ...boxAround(x, y, width), isUpon: true }] : [];
      },

      /*
       * Of the largest town and of what is chosen alone, where no room is free: within its own area, or right above or below
       * what is chosen, upon as few marks as can be, where one with a number counts as three. On a phone Małopolska had its
       * small towns named and not Kraków, and "Kamienica + Szczawa" was an outline without a name.
       */
      _uponMarks(area, spots, at, width, { taken, isFree }) {
        const isLargest = area.rank && area === this._areas[0];
        if (!isLargest && !spots.length) return undefined;
        const fixed = taken.filter(({ isMark }) => !isMark);
        const marks = taken.filter(({ isMark }) => isMark);
        const covered = (box) => marks.reduce((sum, mark) => sum + (overlap(box, mark) ? (mark.isRead ? 3 : 1) : 0), 0);
        return [[at.x, at.y], ...(spots.length ? spots : this._within(area, at))]
          .map(([across, along]) => boxAround(across, along, width))
          .filter((one) => isFree(one, fixed))
          .map((box) => ({ box, sum: covered(box) }))
          .sort((one, other) => one.sum - other.sum)[0]?.box;
      },

      /* The largest town, what is chosen, then by rank. */
      _inTurn() {
        const [largest] = this._areas;
        const { chosen } = this._map.support;
        if (!chosen) return this._areas;
        const turn = (area) => (area === largest && area.rank ? 2 : Number(area.code === chosen));
        return [...this._areas].sort((a, b) => turn(b) - turn(a));
      },

      _isNamed(area) {
        return this._placed.some((one) => one.text === area.name && one.area.bounds.intersects(area.bounds));
      },

      /* Marks, symbols of numbers and the name of the chosen place. */
      _takenBoxes(context) {
        const map = this._map;
        const { marks, symbols } = map.support.layers;
        const boxes = [marks, symbols].flatMap((group) => squaresOf(map, group, group === symbols));
        /* Numbers of new sites stand above the drawing: no name is read under them. */
        if (map.support.siteBoxes) boxes.push(...map.support.siteBoxes());
        boxes.push(...this._controlBoxes());
        const own = map.support.layers.placeName;
        if (own) {
          const { x, y } = map.latLngToLayerPoint(map.support.placeAt);
          boxes.push({ left: x - PLACE_PX, right: x + PLACE_PX, top: y - PLACE_PX, bottom: y + PLACE_PX });
          boxes.push(own.box(context));
        }
        return boxes;
      },

      /* The map's own buttons lie above the drawing: on a phone a name was read as half of itself under them. */
      _controlBoxes() {
        const frame = this._map.getContainer().getBoundingClientRect();
        const corner = this._map.containerPointToLayerPoint([0, 0]);
        return [...this._map.getContainer().querySelectorAll(".leaflet-control")]
          .map((control) => control.getBoundingClientRect())
          .filter((box) => box.width && box.height)
          .map((box) => ({
            left: corner.x + box.left - frame.left,
            right: corner.x + box.right - frame.left,
            top: corner.y + box.top - frame.top,
            bottom: corner.y + box.bottom - frame.top,
          }));
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

    /*
     * Towns as dots with their names beside them, the first in the list before the others: where a dot and its name leave
     * the names of areas, marks and buttons to be read, and no more than leave the colours. A town whose name an area has
     * already is not named twice.
     */
    const Towns = Labels.extend({
      initialize(places, options) {
        L.Util.setOptions(this, options);
        this._places = places;
        this._placed = [];
      },

      _update() {
        if (this._map) this._pxBounds = this._renderer._bounds;
      },

      _place(context) {
        const map = this._map;
        const size = map.getSize();
        const corner = map.containerPointToLayerPoint([0, 0]);
        const named = map.support.layers.labels?._placed ?? [];
        const taken = [...this._takenBoxes(context), ...named.map(({ box }) => box)];
        const most = (size.x * size.y) / ROOM_FOR_NAME_PX;
        this._placed = [];
        for (const { name, at } of this._places) {
          if (this._placed.length >= most) break;
          const { x, y } = map.latLngToLayerPoint(at);
          const isSeen = x >= corner.x && x <= corner.x + size.x && y >= corner.y && y <= corner.y + size.y;
          if (!isSeen || name === map.support.placeName || named.some(({ text }) => text === name)) continue;
          const width = context.measureText(name).width;
          const aside = TOWN_DOT_PX + 5 + width / 2;
          const dot = { left: x - TOWN_DOT_PX, right: x + TOWN_DOT_PX, top: y - TOWN_DOT_PX, bottom: y + TOWN_DOT_PX };
          const isFree = (one) => {
            const isWhole = one.left >= corner.x && one.right <= corner.x + size.x;
            return isWhole && ![...taken, ...this._placed.flatMap((other) => other.boxes)].some((other) => overlap(one, other));
          };
          const beside = [[aside, 0], [-aside, 0], [0, -NAME_HALF_PX - TOWN_DOT_PX], [0, NAME_HALF_PX + TOWN_DOT_PX]];
          const box = isFree(dot) && beside.map(([right, down]) => boxAround(x + right, y + down, width)).find(isFree);
          if (!box) continue;
          const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
          this._placed.push({ text: name, ...middle, dot: { x, y }, boxes: [box, dot] });
        }
      },

      /* Placed when it is drawn: the names of areas, which come first, stand by then. */
      _updatePath() {
        const renderer = this._renderer;
        if (!renderer._drawing) return;
        const context = renderer._ctx;
        context.save();
        context.font = this.options.font;
        this._place(context);
        context.restore();
        Labels.prototype._updatePath.call(this);
        context.save();
        context.globalAlpha = 1;
        context.fillStyle = this.options.text;
        context.strokeStyle = this.options.paper;
        context.lineWidth = 1;
        for (const { dot } of this._placed) {
          context.beginPath();
          context.arc(dot.x, dot.y, TOWN_DOT_PX, 0, 2 * Math.PI);
          context.fill();
          context.stroke();
        }
        context.restore();
      },
    });

    /* The name of one point, always there: below it, above it or at its side, where fewest marks are in its way. */
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
        const { left, right, top, bottom } = this.box(this._renderer._ctx);
        this._placed = [{ text: this._name, x: (left + right) / 2, y: (top + bottom) / 2 }];
      },

      box(context) {
        const { x, y } = this._map.latLngToLayerPoint(this._at);
        const marks = squaresOf(this._map, this._map.support.layers.marks);
        context.save();
        context.font = this.options.font;
        const width = context.measureText(this._name).width;
        context.restore();
        const [down, aside] = [this.options.below, PLACE_PX + NAME_ASIDE_PX + width / 2];
        const tried = [[0, down], [0, -down], [aside, 0], [-aside, 0]].map(([across, along]) => {
          const box = boxAround(x + across, y + along, width);
          return { box, covered: marks.filter((mark) => overlap(box, mark)).length };
        });
        return tried.sort((one, other) => one.covered - other.covered)[0].box;
      },
    });

    /* A number as a circle inside its area; the area under it answers the pointer. */
    const Symbol = L.CircleMarker.extend({ options: { interactive: false, stroke: true, fillOpacity: SYMBOL_ALPHA }, toGeoJSON: null });

    return { Area, Mark, Symbol, Labels, Towns, PointName };
  };

  return {
    element,
    asHtml,
    decodeAreas,
    fetchAreas,
    hatchPattern,
    boundPattern,
    anchorPatterns,
    swatch,
    overlap,
    makeClasses,
    LABEL_FONT,
  };
})();
