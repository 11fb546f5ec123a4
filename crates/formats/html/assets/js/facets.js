// Lists of what the documents name, with the number of documents each; choosing narrows the selection.

/** Rows of a list at first, and how many more at a time. */
const FIRST = 8, FURTHER = 40;
const shownOf = new Map();

/** How many documents have which value; `of` gives a document's values. */
function tally(docs, of) {
  const counts = new Map();
  for (const d of docs) for (const value of of(d)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

const FACETS = [
  { key: "state", title: "States", part: "names", label: nameOf },
  { key: "person", title: "People", part: "names", label: nameOf },
  { key: "organization", title: "Organizations", part: "names", label: nameOf },
  { key: "place", title: "Places", part: "names", label: nameOf },
  { key: "outlet", title: "Outlets", part: "outlets", label: outletName },
  { key: "cited", title: "Sources cited", part: "cited", label: (source) => index.documents.sources.values[source] },
  { key: "other", title: "Other names", part: "names", label: nameOf },
];

/** Values and counts of all facets, by key. Outlets and sources do not narrow themselves: one more adds documents. */
function facetCounts() {
  const names = tally(selected, (d) => d.names);
  const found = new Map(FACETS.map(({ key }) => [key, []]));
  for (const [n, count] of names) found.get(kindOfName(n))?.push([n, count]);
  found.set("outlet", [...tally(passing("outlets"), (d) => [d.outlet])]);
  found.set("cited", [...tally(passing("cited"), (d) => d.cited)]);
  for (const { key, label } of FACETS) found.get(key).sort((a, b) => b[1] - a[1] || (label(a[0]) < label(b[0]) ? -1 : 1));
  return found;
}

function drawFacets() {
  const words = $("facet-search").value.trim().toLowerCase();
  const counts = facetCounts();
  const focused = document.activeElement?.dataset?.facet;
  const list = ({ key, title, part, label }) => {
    const all = counts.get(key);
    if (!all.length) return null;
    const found = words ? all.filter(([value]) => label(value).toLowerCase().includes(words)) : all;
    const limit = shownOf.get(key) ?? FIRST;
    const most = Math.max(...all.slice(0, 1).map(([, count]) => count), 1);
    const row = ([value, count]) => el("li", {}, styled(button({
      class: "facet f-" + key, "aria-pressed": String(selection[part].has(value)), "data-facet": key + "-" + all.findIndex(([other]) => other === value),
      tabindex: "-1", click: () => toggle(part, value),
    }, el("span", { class: "value" }, bdi(label(value))), el("span", { class: "count" }, count.toLocaleString("en"))), { "--w": String(100 * count / most) }));
    const rest = found.length - limit;
    const chosen = found.slice(limit).filter(([value]) => selection[part].has(value));
    return el("section", { "data-list": key }, el("h3", {}, title, " ", el("span", { class: "count" }, words ? `${found.length.toLocaleString("en")} of ${all.length.toLocaleString("en")}` : all.length.toLocaleString("en"))),
      el("ul", {}, [...found.slice(0, limit), ...chosen].map(row)),
      rest > 0 && button({ class: "facet more", tabindex: "-1", click: () => { shownOf.set(key, limit + FURTHER); drawFacets(); } }, `${rest.toLocaleString("en")} more`),
      limit > FIRST && button({ class: "facet more", tabindex: "-1", click: () => { shownOf.delete(key); drawFacets(); } }, "fewer"));
  };
  put($("facet-lists"), FACETS.map(list));
  const first = $("facet-lists").querySelector("button");
  if (!first) put($("facet-lists"), el("p", { class: "quiet" }, words ? "No name or outlet has these letters." : "The selected documents name nothing."));
  first?.setAttribute("tabindex", "0");
  if (focused) $("facet-lists").querySelector(`[data-facet="${focused}"]`)?.focus();
}
