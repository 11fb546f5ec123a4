// The views, their addresses, and when they are drawn.

const VIEWS = ["archive", "documents", "events", "matrix", "time"];
const DRAW = {
  archive: drawArchive,
  documents: find,
  events: () => { drawEventFilters(); drawEvents(); },
  matrix: () => { drawMatrixFilters(); drawMatrix(); },
  time: () => { drawSeriesFilters(); drawSeries(); drawTime(); },
};
/** What the selection changes in a view that is drawn already: its own filters stay. */
const DRAW_AGAIN = { ...DRAW, events: drawEvents, matrix: drawMatrix, time: () => { drawSeries(); drawTime(); } };
/** Views that show the selection as it is; the others are drawn when they are shown. */
const fresh = new Set();
/** Views that have their filters. */
const begun = new Set();
let view = null;

function drawView() {
  if (fresh.has(view)) return;
  (begun.has(view) ? DRAW_AGAIN : DRAW)[view]();
  fresh.add(view);
  begun.add(view);
}
/** Draws the view that is shown, and the others when they are. */
function redraw() {
  fresh.clear();
  drawView();
}
function show(next) {
  view = next;
  for (const name of VIEWS) {
    $(name).hidden = name !== view;
    $("tab-" + name).setAttribute("aria-selected", String(name === view));
    $("tab-" + name).setAttribute("tabindex", name === view ? "0" : "-1");
  }
  untip();
  drawView();
}
/** The view that opens first: the archive, or the text where there is only one. */
const FIRST_VIEW = documents.length < 2 ? "documents" : "archive";
function route() {
  const place = /^#d(\d{1,9})(?:-(st|ev)(\d{1,9}))?$/.exec(location.hash);
  const asked = location.hash.slice(1);
  const next = place ? "documents" : VIEWS.includes(asked) ? asked : FIRST_VIEW;
  if (next === "documents") {
    const n = place ? Number(place[1]) : wanted !== null && isSelected(wanted) ? wanted : selected[0]?.row ?? 0;
    if (n < documents.length) open(n, place?.[2] && [place[2] === "st" ? "stance" : "event", Number(place[3])]);
  }
  show(next);
}
/** Goes there at once: the event of the new address comes later, perhaps after the next key. */
function go(hash) {
  location.hash = hash;
  // What another view has set among a view's own filters shows.
  begun.delete(hash.slice(1));
  fresh.delete(hash.slice(1));
  route();
}
function step(by) {
  const next = matches[matches.indexOf(wanted) + by];
  if (next !== undefined) go("#d" + next);
}
