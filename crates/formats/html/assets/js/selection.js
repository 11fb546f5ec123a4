// Which documents count: one selection for all views.

const selection = {
  /** Names, all of which a document holds. */
  names: new Set(),
  /** Outlets, sources and places, one of which it has. */
  outlets: new Set(),
  cited: new Set(),
  places: new Set(),
  /** First and last day, or null. */
  days: null,
};

const PARTS = {
  names: (d) => { for (const n of selection.names) if (!d.names.includes(n)) return false; return true; },
  outlets: (d) => !selection.outlets.size || selection.outlets.has(d.outlet),
  cited: (d) => !selection.cited.size || d.cited.some((source) => selection.cited.has(source)),
  places: (d) => !selection.places.size || d.places.some((place) => selection.places.has(place)),
  days: (d) => !selection.days || (d.day !== null && selection.days[0] <= d.day && d.day <= selection.days[1]),
};
const isSelective = () => selection.names.size + selection.outlets.size + selection.cited.size + selection.places.size > 0 || selection.days !== null;

/** Documents that pass every part of the selection but `except`. */
function passing(except) {
  const parts = Object.keys(PARTS).filter((part) => part !== except && (part === "days" ? selection.days : selection[part].size));
  return parts.length ? documents.filter((d) => parts.every((part) => PARTS[part](d))) : documents;
}

/** The selected documents, and their numbers. */
let selected = documents;
let isSelected = () => true;

/** Called when the selection has changed; the views are drawn again. */
function selectionChanged() {
  selected = passing(null);
  const numbers = selected === documents ? null : new Set(selected.map((d) => d.row));
  isSelected = (n) => numbers === null || numbers.has(n);
  drawSelection();
  redraw();
}
function toggle(part, key) {
  if (!selection[part].delete(key)) selection[part].add(key);
  selectionChanged();
}
function selectDays(days) {
  selection.days = days;
  selectionChanged();
}
function clearSelection() {
  for (const part of ["names", "outlets", "cited", "places"]) selection[part].clear();
  selectDays(null);
}

const outletName = (outlet) => outlet ?? "no outlet known";
function drawSelection() {
  const drop = (text, what, remove) => button({ class: "chip drop", "aria-label": `Remove from the selection: ${what} ${text}`, click: () => { remove(); $("selection").querySelector("button")?.focus(); } },
    el("span", { class: "kind" }, what), " ", bdi(text), " ×");
  const chips = [
    ...[...selection.names].map((n) => drop(nameOf(n), kindOfName(n), () => toggle("names", n))),
    ...[...selection.outlets].map((o) => drop(outletName(o), "outlet", () => toggle("outlets", o))),
    ...[...selection.cited].map((s) => drop(index.documents.sources.values[s], "source", () => toggle("cited", s))),
  ];
  const places = [...selection.places];
  if (places.length > 3) chips.push(drop(`${places.length} places`, "map", () => { selection.places.clear(); selectionChanged(); }));
  else chips.push(...places.map((p) => drop(index.places.name[p], "map", () => toggle("places", p))));
  if (selection.days) chips.push(drop(`${iso(selection.days[0])} – ${iso(selection.days[1])}`, "date", () => selectDays(null)));
  put($("selection"),
    el("strong", { role: "status" }, isSelective() ? `${selected.length.toLocaleString("en")} of ${plural(documents.length, "document")} selected` : `All ${plural(documents.length, "document")}`),
    chips, isSelective() && button({ class: "action", click: clearSelection }, "Clear all"),
    isSelective() && button({ class: "action", click: () => go("#documents") }, "Read them"));
  $("selection").hidden = documents.length < 2;
}
