/*
 * Two maps side by side that move together. The first one is the page's own map; the second is made here and follows
 * it, and is followed by it. Over areas of one scope both show the same place; over two scopes, which have no place in
 * common, both show the same zoom and are moved by the same way from the middle of their scope.
 */
"use strict";

SupportMap.beside = function (first, options) {
  const { element } = window.SupportMapDrawing;
  const MARGIN_PX = 8;
  const LOW_PX = 600; /* in a lower frame a folded legend leaves the maps their height */
  const NARROW_PX = 700; /* the maps stand one under the other, as in the style sheet */

  /* ---------- the page of both ---------- */

  function layOut() {
    const box = first.getContainer();
    const pair = element("div", "support-pair");
    const other = element("div");
    other.id = `${box.id}_beside`;
    box.before(pair);
    /* Named here: the page's own map may stand in a box of any class. */
    box.classList.add("support-pair-map", "support-pair-first");
    other.classList.add("support-pair-map", "support-pair-second");
    /* In the order of reading: what colours mean, then each map after its title. */
    pair.append(legend(), head(options.titles[0], options.answers[0], "first"), box);
    pair.append(head(options.titles[1], options.answers[1], "second"), other);
    /* Once for both, and under them: a line of it on each would lie over the areas. */
    const credit = [options.second.texts.attribution, "Leaflet"].filter(Boolean).join(" · ");
    pair.append(element("p", "support-pair-credit", credit));
    box.style.width = "";
    box.style.height = "";
    return other;
  }

  function head(title, answer, place) {
    const made = element("div", `support-pair-head support-pair-${place}`);
    made.append(element("h2", "", title));
    if (answer) made.append(" ", element("p", "", answer));
    return made;
  }

  function legend() {
    const made = element("details", "support-pair-legend");
    made.open = window.innerHeight >= LOW_PX && window.innerWidth > NARROW_PX;
    made.append(SupportMap.legendHead(options.legend), ...SupportMap.legendRows(options.legend));
    return made;
  }

  /* ---------- moving ---------- */

  /* The middle of a scope on the flat map of the world at zoom 0, where a way is the same anywhere. */
  function middleOf(map) {
    const [[south, west], [north, east]] = map.support.bounds;
    return map.project([south, west], 0).add(map.project([north, east], 0)).divideBy(2);
  }

  function together(one, other) {
    const maps = [one, other];
    let isFollowing = false;
    const move = (map, point, zoom) => map.setView(map.unproject(point, 0), zoom, { animate: false });
    const follow = (leader, follower) => {
      if (isFollowing) return;
      isFollowing = true;
      const way = leader.project(leader.getCenter(), 0).subtract(middleOf(leader));
      move(follower, middleOf(follower).add(way), leader.getZoom());
      isFollowing = false;
    };
    /* Both scopes whole, and both at the zoom of the larger one: else a kilometre would differ in length. */
    const fitTogether = () => {
      if (maps.some((map) => !map.getSize().x || !map.getSize().y)) return;
      const air = L.point(2 * MARGIN_PX, 2 * MARGIN_PX);
      const zoom = Math.min(...maps.map((map) => map.getBoundsZoom(map.support.bounds, false, air)));
      isFollowing = true;
      for (const map of maps) move(map, middleOf(map), zoom);
      isFollowing = false;
    };
    one.on("move", () => follow(one, other));
    other.on("move", () => follow(other, one));
    for (const map of maps) map.support.fitTogether = fitTogether;
    if (one.support.hasReaderMoved) follow(one, other);
    else fitTogether();
  }

  const second = SupportMap.start(layOut().id, options.second);
  first.support.twin = second;
  second.support.twin = first;
  second.support.hasReaderMoved = first.support.hasReaderMoved;
  first.invalidateSize({ animate: false });
  for (const [call, value] of options.parts) SupportMap[call](second, value);
  together(first, second);
  return second;
};
