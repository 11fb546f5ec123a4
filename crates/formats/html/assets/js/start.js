// Start: what stands above the views, keys, and the first view.

const failed = documents.filter((d) => d.failed).length;
document.title = index.file + " – docmill";
$("file").textContent = index.file;
$("run").textContent = "· " + plural(documents.length, "document") + (failed ? `, ${failed} failed` : "") +
  ` · ${plural(stances.length, "stance")} · ${plural(events.length, "event")} · run ` + index.run_ids.slice(0, 3).join(", ") + (index.run_ids.length > 3 ? ", …" : "");
const { texts: absent, unreadable } = index.left_out;
$("note").textContent = [
  absent > 0 && `All documents are counted; the texts of ${(documents.length - absent).toLocaleString("en")} of them are in this page, a sample (--max-documents).`,
  unreadable && `Left out: ${plural(unreadable, "line")} that hold no record.`,
  !documents.length && "No documents.",
].filter(Boolean).join(" ");
$("note").hidden = !$("note").textContent;
document.body.classList.toggle("single", documents.length < 2);
// Names to choose from, those of most documents first.
put($("known-names"), ...[...tally(documents, (d) => d.names)].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 500).map(([n]) => el("option", { value: nameOf(n) })));

for (const name of VIEWS) $("tab-" + name).addEventListener("click", () => go("#" + name));
for (const tabs of document.querySelectorAll("[role=tablist]")) roving(tabs, "[role=tab]", { ArrowLeft: -1, ArrowRight: 1 });
roving($("facet-lists"), "button", { ArrowUp: -1, ArrowDown: 1 });
roving($("event-table"), "a", { ArrowUp: -1, ArrowDown: 1 });
roving($("list"), "a", { ArrowUp: -1, ArrowDown: 1 });
roving($("lists"), "button", { ArrowUp: -1, ArrowDown: 1 });
roving($("text"), "mark[tabindex]", { ArrowLeft: -1, ArrowRight: 1 });
roving($("chart"), ".dot", { ArrowLeft: -1, ArrowRight: 1 });
$("grid").addEventListener("keydown", (event) => {
  const by = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  const td = by && event.target.closest("td");
  if (!td) return;
  event.preventDefault();
  // To the next cell in that direction that holds something.
  for (let row = td.parentNode, column = td.cellIndex + by[1]; ; column += by[1]) {
    if (by[0]) row = by[0] < 0 ? row.previousElementSibling : row.nextElementSibling;
    const other = row?.cells[column];
    if (!other) return;
    const next = other.querySelector(".cell");
    if (next) return next.focus();
  }
});

const focusable = (event) => event.target.closest?.("mark[data-p]");
$("text").addEventListener("click", (event) => {
  const mark = focusable(event);
  if (!mark) return current && letGo();
  const marks = marksAt(mark);
  if (marks.length) pick(marks[0], [...new Map(marks.map((m) => [kindOf(current.marks[m][0]) + current.marks[m][1], m])).values()], false);
});
$("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" || event.key === " ") {
    if (focusable(event)) { event.preventDefault(); event.target.click(); }
  }
});
const point = (event) => {
  const mark = focusable(event);
  const marks = mark ? marksAt(mark) : [];
  highlight("hot", marks[0] ?? null);
  if (marks.length) tip(mark, [...new Set(marks.map((m) => describe(current, m)))]);
  else untip();
};
for (const name of ["pointerover", "focusin"]) $("text").addEventListener(name, point);
for (const name of ["pointerleave", "focusout"]) $("text").addEventListener(name, () => { highlight("hot", null); untip(); });
$("reader").addEventListener("scroll", untip, { passive: true });

let typing = 0;
$("facet-search").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(drawFacets, 60); });
$("facet-search").addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown") { event.preventDefault(); $("facet-lists").querySelector("button")?.focus(); }
  if (event.key === "Enter") { clearTimeout(typing); drawFacets(); $("facet-lists").querySelector("button")?.click(); }
});
for (const id of ["search", "search-texts", "sort"]) $(id).addEventListener("input", find);
/** Where `/` goes in each view. */
const SEARCHES = { archive: "facet-search", documents: "search", events: "event-actor", matrix: "matrix-name", time: "series-first" };
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    if (view === "documents" && current) letGo();
    untip();
    if (event.target.matches("input")) event.target.blur();
    return;
  }
  if (event.target.matches("input, select, textarea")) return;
  if (event.key === "/") { event.preventDefault(); $(SEARCHES[view])?.focus(); }
  if (event.key >= "1" && event.key <= "5") { go("#" + VIEWS[Number(event.key) - 1]); $("tab-" + view).focus({ preventScroll: true }); }
  if (event.key === "x" && isSelective()) clearSelection();
  if (view !== "documents") return;
  if (event.key === "j") step(1);
  if (event.key === "k") step(-1);
});
addEventListener("hashchange", route);
drawSelection();
route();
