// The list of documents: those that are selected, and of these those with all words of the search.

/** Links that are drawn at most; a search narrows them down. */
const LISTED = 2000;
/** What is searched of a document besides its text. */
const haystackOf = (d) => d.haystack ??= [d.id, d.title, d.outlet, d.date, ...d.names.map(nameOf)].join("\n").toLowerCase();
const severalOutlets = new Set(index.documents.outlet.codes).size > 1;
const texts = new Map();
let matches = [];
let search = 0;

const ORDERS = {
  file: () => 0,
  date: (a, b) => (a.date ?? "9999") < (b.date ?? "9999") ? -1 : (a.date ?? "9999") > (b.date ?? "9999") ? 1 : 0,
  negative: (a, b) => (a.sentiment?.score ?? 2) - (b.sentiment?.score ?? 2),
  positive: (a, b) => (b.sentiment?.score ?? -2) - (a.sentiment?.score ?? -2),
  stances: (a, b) => b.stances - a.stances,
  events: (a, b) => b.events - a.events,
};

const searchWords = () => $("search").value.toLowerCase().split(/\s+/).filter(Boolean);

/** The text of a document that is in the page. */
function textOf(n) {
  if (!texts.has(n)) {
    const paragraphs = documents[n].inPage ? JSON.parse($("d" + n).textContent).paragraphs : [];
    texts.set(n, paragraphs.map((pieces) => pieces.map(([text]) => text).join("")).join("\n"));
  }
  return texts.get(n);
}

/** Finds the documents with all words of the query; texts in slices, so that typing never waits. */
async function find() {
  const mine = ++search;
  const words = searchWords();
  markHits();
  const inTexts = $("search-texts").checked && words.length > 0;
  const found = [];
  let pause = performance.now() + 30;
  for (const d of selected) {
    const has = (word) => haystackOf(d).includes(word) || (inTexts && textOf(d.row).toLowerCase().includes(word));
    if (words.every(has)) found.push(d.row);
    if (inTexts && performance.now() > pause) {
      $("found").textContent = `Searching texts: ${d.row + 1} of ${documents.length}`;
      await new Promise((resume) => setTimeout(resume));
      if (mine !== search) return;
      pause = performance.now() + 30;
    }
  }
  const order = ORDERS[$("sort").value];
  matches = found.sort((a, b) => order(documents[a], documents[b]) || a - b);
  drawList(words, inTexts);
}

/** The words around the first hit in a text. */
function snippet(n, words) {
  const text = textOf(n).replaceAll("\n", " ");
  const lower = text.toLowerCase();
  const at = Math.min(...words.map((word) => lower.indexOf(word)).filter((at) => at >= 0));
  if (!Number.isFinite(at) || lower.length !== text.length) return null;
  const from = Math.max(0, text.lastIndexOf(" ", at - 40) + 1);
  const part = text.slice(from, at + 110);
  const cuts = [];
  for (const word of words) for (let i = part.toLowerCase().indexOf(word); i >= 0; i = part.toLowerCase().indexOf(word, i + word.length)) cuts.push([i, i + word.length]);
  cuts.sort((a, b) => a[0] - b[0]);
  const pieces = [];
  let done = 0;
  for (const [start, end] of cuts) {
    if (start < done) continue;
    pieces.push(part.slice(done, start), el("mark", {}, part.slice(start, end)));
    done = end;
  }
  return el("span", { class: "snippet", dir: "auto" }, from > 0 && "… ", pieces, part.slice(done), " …");
}

function drawList(words, withSnippets) {
  const without = matches.filter((n) => !documents[n].inPage).length;
  $("found").textContent = (words.length || isSelective() ? `${matches.length.toLocaleString("en")} of ` : "") + plural(documents.length, "document") +
    (matches.length > LISTED ? `; the first ${LISTED.toLocaleString("en")} are listed` : "") +
    (without ? `; ${without.toLocaleString("en")} without text in this page` : "");
  put($("list"), ...matches.slice(0, LISTED).map((n) => {
    const d = documents[n];
    const now = wanted === n;
    return el("li", {}, el("a", { href: "#d" + n, "data-n": n, class: d.inPage ? null : "absent", "aria-current": String(now), tabindex: now ? "0" : "-1" },
      el("span", { class: "title", dir: "auto" }, title(d)),
      el("span", { class: "quiet" }, d.failed && el("span", { class: "failed" }, "failed "), d.date && [d.guess && "≈ ", bdi(d.date), " "],
        severalOutlets && d.outlet && [bdi(d.outlet), " "],
        d.sentiment && el("span", { class: "valence " + d.sentiment.label, title: d.sentiment.label }, signed(d.sentiment.score)), d.stances > 0 && ` ${plural(d.stances, "stance")}`, d.events > 0 && ` ${plural(d.events, "event")}`),
      withSnippets && snippet(n, words)));
  }));
  if (!$("list").querySelector('[tabindex="0"]')) $("list").querySelector("a")?.setAttribute("tabindex", "0");
}

/** Lights up the words of the search in the text, where the browser can. */
function markHits() {
  if (!CSS.highlights) return;
  CSS.highlights.delete("hits");
  const words = searchWords();
  if (!words.length) return;
  const ranges = [];
  for (const paragraph of $("text").querySelectorAll("p")) {
    const nodes = [];
    let text = "";
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      nodes.push([text.length, walker.currentNode]);
      text += walker.currentNode.data;
    }
    const lower = text.toLowerCase();
    if (lower.length !== text.length) continue;
    const place = (at) => {
      const [start, node] = nodes.findLast(([start]) => start <= at);
      return [node, at - start];
    };
    for (const word of words) {
      for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + word.length)) {
        const range = document.createRange();
        range.setStart(...place(at));
        const [node, offset] = place(at + word.length - 1);
        range.setEnd(node, offset + 1);
        ranges.push(range);
      }
    }
  }
  if (ranges.length) CSS.highlights.set("hits", new Highlight(...ranges));
}
