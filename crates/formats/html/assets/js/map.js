// The places that documents name, on outlines of land: plate carrée, degrees as they are. Nothing is fetched.

/** Circles at most; the caption says how many places there are. */
const MOST_PLACES = 1500;
/** What has a point of its own; of anything larger, the middle is shown. */
const POINTS = ["capital", "town"];
/** The part of the world that is shown: x, y, width and height in tenths of a degree. */
const WORLD = [-1800, -860, 3600, 1500];
let mapView = [...WORLD];
let mapMoves = false;

function drawMap() {
  const figure = $("map-figure");
  const kept = figure.querySelector(":focus")?.dataset?.place;
  const counts = [...tally(passing("places"), (d) => d.places)].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const caption = el("figcaption", {}, el("strong", {}, "Places"), " ");
  put(figure, caption);
  if (!index.places.name.length) return fill(figure, {}, [el("p", { class: "quiet" }, "The records hold no places (stage places).")]);
  const outlines = drawMap.outlines ??= JSON.parse($("map").textContent);
  const most = counts.length ? counts[0][1] : 1;
  const x = (p) => 10 * index.places.longitude[p], y = (p) => -10 * index.places.latitude[p];
  /** Area by documents; a circle keeps its size on the screen however near one looks. */
  const radius = (count) => (mapView[2] / WORLD[2]) * radiusOf(count, most);
  const words = ([p, count]) => `${index.places.name[p]}${index.places.within[p] ? ", " + index.places.within[p] : ""}: ${plural(count, "document")}` +
    (POINTS.includes(index.places.feature[p]) ? "" : ` (${index.places.feature[p]}, drawn at its middle)`);
  const circle = (entry, i) => {
    const [p, count] = entry;
    return svg("circle", {
      class: "place" + (POINTS.includes(index.places.feature[p]) ? "" : " wide-place") + (selection.places.has(p) ? " chosen" : ""),
      cx: x(p).toFixed(1), cy: y(p).toFixed(1), r: radius(count).toFixed(1), "data-place": p, tabindex: i ? "-1" : "0", role: "button",
      "aria-pressed": String(selection.places.has(p)), "aria-label": words(entry), "vector-effect": "non-scaling-stroke",
      pointerenter: (event) => tip(event.currentTarget, [words(entry)]), pointerleave: untip,
      focus: (event) => tip(event.currentTarget, [words(entry)]), blur: untip,
      keydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); toggle("places", p); } },
    });
  };
  const lines = [];
  for (let at = -180; at <= 180; at += 30) lines.push(`M${at * 10} -900v1800`);
  for (let at = -60; at <= 60; at += 30) lines.push(`M-1800 ${at * 10}h3600`);
  const picture = svg("svg", { class: "map", viewBox: mapView.join(" "), role: "group", "aria-label": "Map; left and right go from place to place, Enter selects" },
    svg("path", { class: "graticule", d: lines.join(""), "vector-effect": "non-scaling-stroke" }),
    svg("path", { class: "land", d: outlines.land.trim() }),
    svg("path", { class: "border", d: outlines.borders.trim(), "vector-effect": "non-scaling-stroke" }),
    counts.slice(0, MOST_PLACES).map(circle), counts.length > 0 && mapLegend(most));
  pointing(picture, counts, x, y);
  roving(picture, ".place", { ArrowLeft: -1, ArrowRight: 1 });
  const look = (view) => { mapView = view; drawMap(); };
  const zoom = (by) => () => look(closer(mapView, by));
  fill(caption, {}, [`${plural(counts.length, "place")}${counts.length > MOST_PLACES ? `, the ${MOST_PLACES.toLocaleString("en")} most named drawn` : ""}; click one, or drag to select all within. `,
    el("span", { class: "tools" }, button({ class: "action", "aria-label": "Closer", click: zoom(0.6) }, "+"), button({ class: "action", "aria-label": "Farther", click: zoom(1 / 0.6) }, "−"),
      button({ class: "action", click: () => look(around(counts, x, y)) }, "All places"), button({ class: "action", click: () => look([...WORLD]) }, "World"),
      button({ class: "action", "aria-pressed": String(mapMoves), click: () => { mapMoves = !mapMoves; drawMap(); } }, "Drag moves"))]);
  fill(figure, {}, [el("div", { class: "map-frame" }, picture), 
    el("p", { class: "quiet" }, "Area of a circle: documents. Hollow: a country, region or sea, drawn at its middle. Coordinates: GeoNames; outlines: Natural Earth.")]);
  if (kept) figure.querySelector(`[data-place="${kept}"]`)?.focus({ preventScroll: true });
}

/** The radius of a circle in the view of the whole world: its area is that of the documents, but for the smallest. */
const radiusOf = (count, most) => (PHONE ? 1.8 : 1) * Math.max(8, 65 * Math.sqrt(count / most));

/** Circles with their numbers, as large as they are on the map, in its lower left corner. */
function mapLegend(most) {
  const near = mapView[2] / WORLD[2];
  let x = 40;
  const drawn = [...new Set([1, Math.max(1, Math.round(most / 4)), most])].map((count) => {
    const r = radiusOf(count, most);
    x += r;
    const one = [svg("circle", { class: "place", cx: x, cy: -r, r }), svg("text", { x: x + r + 12, y: -6, "font-size": PHONE ? 110 : 52 }, count.toLocaleString("en"))];
    x += r + (PHONE ? 90 : 60) * (1 + String(count).length);
    return one;
  });
  return svg("g", { class: "scale", transform: `translate(${mapView[0]} ${mapView[1] + mapView[3] - 30 * near}) scale(${near})`, "aria-hidden": "true" }, drawn);
}

/** The same view nearer or farther, within the world. */
function closer([x, y, width, height], by) {
  const w = Math.min(Math.max(width * by, 60), WORLD[2]), h = w * WORLD[3] / WORLD[2];
  return within([x + (width - w) / 2, y + (height - h) / 2, w, h]);
}
function within([x, y, width, height]) {
  return [Math.min(Math.max(x, WORLD[0]), WORLD[0] + WORLD[2] - width), Math.min(Math.max(y, WORLD[1]), WORLD[1] + WORLD[3] - height), width, height];
}
/** A view that holds all places. */
function around(counts, x, y) {
  if (!counts.length) return [...WORLD];
  const [left, right] = extremes(counts.map(([p]) => x(p))), [top, bottom] = extremes(counts.map(([p]) => y(p)));
  const ratio = WORLD[2] / WORLD[3];
  const width = Math.min(WORLD[2], Math.max(60, 1.15 * (right - left), 1.15 * (bottom - top) * ratio));
  return within([(left + right - width) / 2, (top + bottom - width / ratio) / 2, width, width / ratio]);
}

/** Clicks choose a place, drags a frame; or drags move the map. */
function pointing(picture, counts, x, y) {
  const frame = svg("rect", { class: "brush", visibility: "hidden", "vector-effect": "non-scaling-stroke" });
  picture.append(frame);
  let from = null, view = null, target = null;
  const at = (event) => {
    const box = picture.getBoundingClientRect();
    return [mapView[0] + (event.clientX - box.left) * mapView[2] / box.width, mapView[1] + (event.clientY - box.top) * mapView[3] / box.height];
  };
  picture.addEventListener("pointerdown", (event) => {
    // A finger scrolls the page; it chooses by tapping.
    if (event.button) return;
    target = event.target.closest(".place");
    [from, view] = [at(event), [...mapView]];
    if (event.pointerType === "mouse") picture.setPointerCapture(event.pointerId);
  });
  const moved = (to) => Math.abs(to[0] - from[0]) + Math.abs(to[1] - from[1]) > mapView[2] / 150;
  picture.addEventListener("pointermove", (event) => {
    if (!from || event.pointerType !== "mouse") return;
    const to = at(event);
    if (mapMoves) {
      mapView = within([view[0] - (to[0] - from[0]), view[1] - (to[1] - from[1]), view[2], view[3]]);
      picture.setAttribute("viewBox", mapView.join(" "));
      view = [...mapView];
    } else if (moved(to)) {
      fill(frame, { x: Math.min(from[0], to[0]), y: Math.min(from[1], to[1]), width: Math.abs(to[0] - from[0]), height: Math.abs(to[1] - from[1]), visibility: "visible" }, []);
    }
  });
  picture.addEventListener("pointerup", (event) => {
    if (!from) return;
    const to = at(event), start = from;
    const dragged = moved(to);
    from = null;
    frame.setAttribute("visibility", "hidden");
    if (!dragged) {
      if (target) toggle("places", Number(target.dataset.place));
      return;
    }
    if (mapMoves || event.pointerType !== "mouse") return;
    const inside = (value, i) => Math.min(start[i], to[i]) <= value && value <= Math.max(start[i], to[i]);
    selection.places = new Set(counts.map(([p]) => p).filter((p) => inside(x(p), 0) && inside(y(p), 1)));
    selectionChanged();
  });
  picture.addEventListener("pointercancel", () => { from = null; });
}
