"use strict";
/*
 * The page's script. The index and the documents stand in data blocks; a document is parsed when it is wanted, and only
 * the selected one is drawn.
 *
 * Foreign strings go into text nodes and attribute values, through `el` and `svg`, and nowhere else. They are never keys
 * of plain objects (`__proto__`), class names, ids or addresses.
 */
(() => {
  const $ = (id) => document.getElementById(id);
  const index = JSON.parse($("index").textContent);

  // ---------------------------------------------------------------- elements

  function fill(element, attributes, children) {
    for (const [key, value] of Object.entries(attributes)) {
      if (typeof value === "function") element.addEventListener(key, value);
      else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
    return element;
  }
  /** Puts children in the place of what an element held. */
  const put = (element, ...children) => { element.replaceChildren(); return fill(element, {}, children); };
  const el = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
  const svg = (tag, attributes = {}, ...children) =>
    fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
  const bdi = (text) => el("bdi", {}, text);
  const button = (attributes, ...children) => el("button", { type: "button", ...attributes }, ...children);
  /** Sets custom properties: the policy forbids style attributes, not the style object. */
  function styled(element, properties) {
    for (const [key, value] of Object.entries(properties)) element.style.setProperty(key, value);
    return element;
  }
  const option = (value, text) => el("option", { value }, text);
  const plural = (n, one, many = one + "s") => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
  const signed = (score) => (score > 0 ? "+" : score < 0 ? "−" : "") + Math.abs(score).toFixed(2);
  const SIGNS = { favor: "+", against: "−", neutral: "·" };
  const valence = (v) => v && el("span", { class: "valence " + v.label }, `${v.label} ${signed(v.score)}`);
  const sign = (polarity) => el("span", { class: "sign " + polarity, "aria-label": polarity }, SIGNS[polarity]);
  const title = (entry) => entry.title || entry.id;
  /** Counts by key, most frequent first, then by name. */
  function counted(keys) {
    const counts = new Map();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  }
  /** One tab stop for a group; arrow keys go on from there. */
  function roving(group, selector, steps) {
    group.addEventListener("keydown", (event) => {
      const step = steps[event.key];
      const items = step && [...group.querySelectorAll(selector)];
      if (!items || !items.length || event.target.matches("select, input")) return;
      event.preventDefault();
      const at = items.indexOf(document.activeElement);
      const next = items[at < 0 ? (step > 0 ? 0 : items.length - 1) : Math.min(Math.max(at + step, 0), items.length - 1)];
      next.focus();
    });
  }

  // --------------------------------------------------------------- documents

  const CACHE = 64;
  const loaded = new Map();
  function load(n) {
    let doc = loaded.get(n);
    if (doc) return doc;
    doc = JSON.parse($("d" + n).textContent);
    doc.n = n;
    doc.pieces = doc.paragraphs.flat();
    /** First and last piece of each mark. */
    doc.extent = new Map();
    doc.pieces.forEach(([, marks], p) => {
      for (const m of marks) {
        const extent = doc.extent.get(m);
        if (extent) extent[1] = p;
        else doc.extent.set(m, [p, p]);
      }
    });
    doc.markOf = new Map(doc.marks.map(([kind, item], m) => [kind + item, m]));
    if (loaded.size >= CACHE) loaded.delete(loaded.keys().next().value);
    loaded.set(n, doc);
    return doc;
  }

  // ----------------------------------------------------------------- filters

  const KINDS = [["entity", "Names"], ["quote", "Quotes"], ["citation", "Sources"], ["stance", "Stances"], ["layer", "Other layers"]];
  /** The kinds that have a filter and a list: layers of other people's stages only where there are some. */
  const kindsOf = (doc) => KINDS.filter(([kind]) => kind !== "layer" || doc.layers.length > 0);
  const TYPES = ["PER", "ORG", "LOC", "MISC"];
  const POLARITIES = ["favor", "against", "neutral"];
  const typeClass = (label) => "t-" + (TYPES.includes(label) ? label : "other");
  /** `off` holds what is switched off: `kind entity`, `type ORG`, `polarity favor`. */
  const filter = { off: new Set(["kind mood"]), name: "", speaker: "", sources: "all" };

  const shows = {
    sentence: () => false,
    entity(doc, item) {
      const e = doc.entities[item];
      return !filter.off.has("type " + e.label) && (!filter.name || e.name === filter.name) &&
        (filter.sources === "all" || (filter.sources === "in") === (e.citation !== null));
    },
    quote(doc, item) {
      const name = doc.quotes[item].speaker?.name ?? "";
      return (!filter.speaker || name === filter.speaker) && (!filter.name || name === filter.name);
    },
    citation: () => filter.sources !== "out" && !filter.name,
    stance(doc, item) {
      const s = doc.stances[item];
      return !filter.off.has("polarity " + s.polarity) && (!filter.speaker || s.holder === filter.speaker) &&
        (!filter.name || s.holder === filter.name || s.target === filter.name);
    },
    layer: (doc, item) => !filter.off.has("layer " + doc.layers[item].layer) && !filter.name && !filter.speaker,
  };
  const kindOf = (kind) => (kind === "speaker" || kind === "cue" ? "quote" : kind);
  function isShown(doc, kind, item) {
    kind = kindOf(kind);
    return !filter.off.has("kind " + kind) && shows[kind](doc, item);
  }
  const itemsOf = (doc, kind) => doc[{ entity: "entities", quote: "quotes", citation: "citations", stance: "stances", layer: "layers" }[kind]];
  const shownItems = (doc, kind) => itemsOf(doc, kind).map((_, item) => item).filter((item) => isShown(doc, kind, item));

  function chip(set, key, text, count, look, changed) {
    const press = (event) => {
      if (!set.delete(key)) set.add(key);
      event.currentTarget.setAttribute("aria-pressed", String(!set.has(key)));
      changed();
    };
    return button({ class: "chip " + look, "aria-pressed": String(!set.has(key)), click: press }, text, " ",
      count !== null && el("span", { class: "count" }, count));
  }
  function choice(text, options, value, changed, id) {
    const select = el("select", { id, change: () => changed(select.value) }, options);
    select.value = value;
    return el("label", {}, text, " ", select);
  }

  function drawFilters(doc) {
    const group = (...children) => el("div", { class: "group" }, children);
    const count = (list, key) => list.filter((item) => key(item)).length;
    const labels = counted(doc.entities.map((e) => e.label));
    const speakers = counted(doc.quotes.map((q) => q.speaker?.name).filter(Boolean));
    const names = counted(doc.entities.map((e) => e.name));
    const layers = counted(doc.layers.map((l) => l.layer));
    const named = ([name, n]) => option(name, `${name} (${n})`);
    put($("filters"),
      group(kindsOf(doc).map(([kind, text]) => chip(filter.off, "kind " + kind, text, itemsOf(doc, kind).length, "k-" + kind, refresh)),
        chip(filter.off, "kind mood", "Sentiment", null, "k-mood", refresh)),
      labels.length > 0 && group(labels.map(([label, n]) => chip(filter.off, "type " + label, label, n, typeClass(label), refresh))),
      layers.length > 1 && group(layers.map(([layer, n]) => chip(filter.off, "layer " + layer, layer, n, "k-layer", refresh))),
      doc.stances.length > 0 && group(POLARITIES.map((p) =>
        chip(filter.off, "polarity " + p, [sign(p), " ", p], count(doc.stances, (s) => s.polarity === p), p, refresh))),
      choice("Name", [option("", "all"), names.map(named)], filter.name, (v) => { filter.name = v; refresh(); }, "filter-name"),
      choice("Speaker", [option("", "all"), speakers.map(named)], filter.speaker, (v) => { filter.speaker = v; refresh(); }, "filter-speaker"),
      choice("Names in sources", [option("all", "shown"), option("out", "left out"), option("in", "only those")], filter.sources,
        (v) => { filter.sources = v; refresh(); }, "filter-sources"),
    );
  }

  // ------------------------------------------------------------------ reader

  let current = null;
  let picked = null;
  /** The drawn marks, by piece. */
  let elements = [];
  let list = "stance";

  function drawHead(doc) {
    const facts = new Map(doc.facts);
    const by = ["Publication", "Date", "Author"].map((key) => facts.get(key)).filter(Boolean);
    put($("head"),
      el("h2", { dir: "auto", class: doc.title ? null : "path" }, title(doc)),
      el("p", { class: "by" }, by.flatMap((fact) => [bdi(fact), " · "]), doc.sentiment ? ["sentiment ", valence(doc.sentiment)] : "no sentiment"),
      doc.error && el("p", { class: "warning" }, el("strong", {}, "Failed. "), bdi(doc.error)),
      doc.notes.map((note) => el("p", { class: "warning" }, note)),
      el("details", {}, el("summary", {}, "All that is known about it"),
        el("dl", {}, [["Id", doc.id], ...doc.facts].map(([key, value]) => [el("dt", {}, bdi(key)), el("dd", {}, bdi(value))]))),
    );
  }

  /** Class names of a piece; the foreign label of an entity never becomes one. */
  function looks(doc, marks, mood) {
    const found = marks.map((m) => doc.marks[m]);
    const names = found.map(([kind, item]) => (kind === "entity" ? "entity " + typeClass(doc.entities[item].label) : kind));
    const polarities = new Set(found.filter(([kind]) => kind === "stance").map(([, item]) => doc.stances[item].polarity));
    if (polarities.size) names.push(polarities.size > 1 ? "mixed" : [...polarities][0]);
    if (mood) names.push("mood " + mood.label);
    if (!marks.length) names.push("plain");
    return names.join(" ");
  }

  function drawText(doc) {
    const on = doc.marks.map(([kind, item]) => isShown(doc, kind, item));
    let p = 0;
    elements = [];
    const piece = ([text, all]) => {
      const at = p++;
      const marks = all.filter((m) => on[m]);
      const sentence = !filter.off.has("kind mood") && all.map((m) => doc.marks[m]).find(([kind]) => kind === "sentence");
      const found = sentence && doc.sentences[sentence[1]];
      const mood = found && found.label !== "neutral" ? found : null;
      if (!marks.length && !mood) return text;
      const last = marks.findLast((m) => doc.marks[m][0] === "entity" && doc.extent.get(m)[1] === at);
      const starts = marks.filter((m) => doc.marks[m][0] !== "cue" && doc.extent.get(m)[0] === at);
      const mark = el("mark", {
        class: looks(doc, marks, mood),
        "data-p": marks.length ? at : null,
        "data-tag": last === undefined ? null : doc.entities[doc.marks[last][1]].label,
        tabindex: starts.length ? "-1" : null,
        role: starts.length ? "button" : null,
        "aria-label": starts.length ? `${text} (${starts.map((m) => describe(doc, m)).join("; ")})` : null,
      }, text);
      if (marks.length) elements[at] = mark;
      return mood ? styled(mark, { "--w": String(8 + Math.round(24 * Math.min(1, Math.abs(mood.score)))) }) : mark;
    };
    put($("text"), ...doc.paragraphs.map((pieces) => el("p", { dir: "auto" }, pieces.map(piece))));
    if (!doc.paragraphs.length) put($("text"), el("p", { class: "quiet" }, "No text."));
    highlight("picked", picked);
  }

  /** One line about a mark. */
  function describe(doc, m) {
    const [kind, item] = doc.marks[m];
    if (kind === "entity") {
      const e = doc.entities[item];
      return `${e.label}: ${e.name}` + (e.citation !== null ? ", in a cited source" : "");
    }
    if (kind === "quote") return `${doc.quotes[item].kind} quotation: ${doc.quotes[item].speaker?.name ?? "speaker not known"}`;
    if (kind === "speaker") return "speaker of a quotation";
    if (kind === "cue") return "words that mark a quotation";
    if (kind === "citation") return `source: ${doc.citations[item].outlet}, ${doc.citations[item].date ?? "no date"}`;
    if (kind === "layer") return `${doc.layers[item].layer}: ${doc.layers[item].text}`;
    const s = doc.stances[item];
    return `${s.holder} ${SIGNS[s.polarity]} ${s.target}: ${s.polarity}`;
  }

  /** The elements of a mark: pieces are drawn in order, plain ones without an element. */
  const elementsOf = (m) => {
    const [first, last] = current.extent.get(m) ?? [1, 0];
    return elements.slice(first, last + 1).filter(Boolean);
  };
  const lit = { picked: [], hot: [] };
  function highlight(look, m) {
    for (const element of lit[look]) element.classList.remove(look);
    lit[look] = m === null ? [] : elementsOf(m);
    for (const element of lit[look]) element.classList.add(look);
  }
  /** Marks of a piece that are shown, innermost first. */
  const marksAt = (element) => current.pieces[Number(element.dataset.p)][1].filter((m) => isShown(current, ...current.marks[m])).reverse();

  /** Selects a mark: shows its card, lights it up, and brings it into view if it was chosen elsewhere. */
  function pick(m, marks = [m], scroll = true) {
    picked = m;
    highlight("picked", m);
    put($("detail"), ...marks.map((mark) => card(current, ...current.marks[mark])));
    if (scroll) elementsOf(m)[0]?.scrollIntoView({ block: "center" });
  }
  function pickItem(kind, item) {
    const m = current.markOf.get(kind + item);
    if (m !== undefined) pick(m);
    else put($("detail"), card(current, kind, item));
  }
  function letGo() {
    picked = null;
    highlight("picked", null);
    put($("detail"), el("p", { class: "quiet" }, "Choose a mark in the text, or a line below."));
  }
  function spotlight(name) {
    filter.name = filter.name === name ? "" : name;
    $("filter-name").value = filter.name;
    refresh();
  }

  function card(doc, kind, item) {
    kind = kindOf(kind);
    const rows = (...pairs) => el("dl", {}, pairs.filter(([, value]) => value !== null && value !== undefined && value !== "")
      .map(([key, value]) => [el("dt", {}, key), el("dd", { dir: "auto" }, value)]));
    const shell = (what, heading, ...rest) => el("div", { class: "card" }, el("p", { class: "kind" }, what), el("h3", { dir: "auto" }, heading), rest);
    const about = (name) => name && button({ class: "action", click: () => spotlight(name) },
      filter.name === name ? "Show all names" : ["Only ", bdi(name)]);
    if (kind === "entity") {
      const e = doc.entities[item];
      const mentions = doc.entities.filter((other) => other.name === e.name).length;
      return shell(e.label, e.name,
        rows(["as written", e.text], ["form", e.form], ["country", e.country], ["mentions", String(mentions)], ["confidence", e.score.toFixed(2)],
          ["sentiment", valence(e.sentiment)], ["source", e.citation === null ? null : doc.citations[e.citation].text]),
        el("p", { class: "actions" }, about(e.name)));
    }
    if (kind === "quote") {
      const q = doc.quotes[item];
      return shell(q.kind + " quotation", q.speaker?.name ?? "Speaker not known", el("p", { class: "evidence", dir: "auto" }, q.content),
        rows(["as written", q.speaker?.text], ["cue", q.cue]), q.speaker && el("p", { class: "actions" }, about(q.speaker.name)));
    }
    if (kind === "citation") {
      const c = doc.citations[item];
      return shell("cited source", c.outlet, rows(["date", c.date ?? "cannot be told"], ["as written", c.date_text],
        ["year", c.date === null ? null : c.date_inferred ? "inferred" : "as written"], ["whole", c.text]));
    }
    if (kind === "layer") {
      const l = doc.layers[item];
      return shell(l.layer, l.text ?? l.label, rows(...l.facts));
    }
    const s = doc.stances[item];
    return shell("stance", [s.holder, " ", sign(s.polarity), " ", s.target], el("p", { class: "evidence " + s.polarity, dir: "auto" }, el("mark", {}, s.evidence)),
      rows(["polarity", s.polarity], ["relation", s.relation], ["modality", s.modality], ["holder", s.kind], ["confidence", s.score.toFixed(2)]),
      el("p", { class: "actions" }, about(s.holder), s.target !== s.holder && about(s.target)));
  }

  // ------------------------------------------------------- lists beside it

  /** A list that grows on demand: `row` makes the content of an entry. */
  function paged(entries, part, row) {
    const ul = el("ul", { class: "items" });
    const more = button({ class: "action", click: () => grow() });
    const grow = () => {
      const from = ul.childElementCount;
      ul.append(...entries.slice(from, from + part).map(row));
      const rest = entries.length - ul.childElementCount;
      more.hidden = rest === 0;
      more.textContent = `Show ${Math.min(part, rest).toLocaleString("en")} more of ${rest.toLocaleString("en")}`;
    };
    grow();
    return entries.length ? [ul, more] : el("p", { class: "quiet" }, "None.");
  }

  /** The names of the entities that are shown, most frequent first. */
  function nameEntries(doc) {
    const groups = new Map();
    for (const item of shownItems(doc, "entity")) {
      const e = doc.entities[item];
      if (!groups.has(e.name)) groups.set(e.name, { item, n: 0, moods: [] });
      const group = groups.get(e.name);
      group.n += 1;
      if (e.sentiment) group.moods.push(e.sentiment.score);
    }
    return [...groups.values()].sort((a, b) => b.n - a.n || a.item - b.item);
  }
  const mean = (scores) => scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const quiet = (...children) => el("span", { class: "quiet" }, children);
  const said = (text) => el("span", { class: "said", dir: "auto" }, text);
  const rowOf = {
    entity(e, { n, moods }) {
      return [el("span", { class: "tag " + typeClass(e.label) }, e.label), " ", bdi(e.name),
        quiet(` ×${n} `, e.country && bdi(e.country), moods.length > 0 && ` · sentiment ${signed(mean(moods))}`)];
    },
    quote: (q) => [el("strong", {}, bdi(q.speaker?.name ?? "speaker not known")), quiet(" ", q.kind), said(q.content)],
    citation: (c) => [bdi(c.outlet), quiet(" ", c.date ? bdi(c.date) : "no date", c.date_inferred && " (year inferred)")],
    stance: (s) => [el("strong", {}, bdi(s.holder)), " ", sign(s.polarity), " ", el("strong", {}, bdi(s.target)),
      quiet(" ", s.modality, s.relation && " " + s.relation), said(s.evidence)],
    layer: (l) => [el("strong", {}, bdi(l.layer)), quiet(" ", l.text && bdi(l.text)), said(l.facts.map(([key, value]) => `${key}: ${value}`).join(", "))],
  };

  function drawLists(doc) {
    if (list === "layer" && !doc.layers.length) list = "stance";
    const kind = list;
    const choose = (next) => { list = next; drawLists(current); $("lists-tabs").querySelector("[aria-selected=true]").focus(); };
    put($("lists-tabs"), kindsOf(doc).map(([other, text]) => button({
      role: "tab", "aria-selected": String(other === kind), "aria-controls": "lists", "data-kind": other, tabindex: other === kind ? "0" : "-1",
      click: () => choose(other),
    }, text, " ", el("span", { class: "count" }, shownItems(doc, other).length))));
    const entries = kind === "entity" ? nameEntries(doc) : shownItems(doc, kind).map((item) => ({ item }));
    put($("lists"), paged(entries, 200, (entry) => el("li", {},
      button({ class: "item", click: () => pickItem(kind, entry.item) }, rowOf[kind](itemsOf(doc, kind)[entry.item], entry)))));
  }

  function refresh() {
    const doc = current;
    drawText(doc);
    drawLists(doc);
    $("shown").textContent = "Shown: " + kindsOf(doc).map(([kind, text]) =>
      `${shownItems(doc, kind).length} of ${itemsOf(doc, kind).length} ${text.toLowerCase()}`).join(", ");
  }

  function open(n, stance) {
    if (current?.n !== n) {
      current = load(n);
      filter.name = filter.speaker = "";
      drawHead(current);
      drawFilters(current);
      letGo();
      refresh();
      $("reader").scrollTop = 0;
    }
    if (stance !== undefined && stance < current.stances.length) {
      // Chosen in the matrix: it must be visible here, whatever was filtered before.
      filter.off.delete("kind stance");
      filter.off.delete("polarity " + current.stances[stance].polarity);
      filter.name = filter.speaker = "";
      drawFilters(current);
      refresh();
      pickItem("stance", stance);
    }
    for (const link of $("list").querySelectorAll("a")) link.setAttribute("aria-current", String(Number(link.dataset.n) === n));
    $("list").querySelector("[aria-current=true]")?.scrollIntoView({ block: "nearest" });
  }

  // ------------------------------------------------------- list of documents

  /** Links that are drawn at most; a search narrows them down. */
  const LISTED = 3000;
  const haystacks = index.documents.map((d) =>
    [d.id, d.title, d.publication, d.date, ...d.names.map((n) => index.names[n])].join("\n").toLowerCase());
  const publications = new Set(index.documents.map((d) => d.publication)).size;
  const texts = new Map();
  let matches = [];
  let search = 0;

  const ORDERS = {
    file: () => 0,
    date: (a, b) => (a.date ?? "9999") < (b.date ?? "9999") ? -1 : (a.date ?? "9999") > (b.date ?? "9999") ? 1 : 0,
    negative: (a, b) => (a.sentiment?.score ?? 2) - (b.sentiment?.score ?? 2),
    positive: (a, b) => (b.sentiment?.score ?? -2) - (a.sentiment?.score ?? -2),
    stances: (a, b) => b.stances - a.stances,
  };

  function textOf(n) {
    if (!texts.has(n)) {
      const paragraphs = JSON.parse($("d" + n).textContent).paragraphs;
      texts.set(n, paragraphs.map((pieces) => pieces.map(([text]) => text).join("")).join("\n").toLowerCase());
    }
    return texts.get(n);
  }

  /** Finds the documents with all words of the query; texts in slices, so that typing never waits. */
  async function find() {
    const mine = ++search;
    const words = $("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const inTexts = $("search-texts").checked && words.length > 0;
    const found = [];
    let pause = performance.now() + 30;
    for (let n = 0; n < haystacks.length; n++) {
      const has = (word) => haystacks[n].includes(word) || (inTexts && textOf(n).includes(word));
      if (words.every(has)) found.push(n);
      if (inTexts && performance.now() > pause) {
        $("found").textContent = `Searching texts: ${n + 1} of ${haystacks.length}`;
        await new Promise((resume) => setTimeout(resume));
        if (mine !== search) return;
        pause = performance.now() + 30;
      }
    }
    const order = ORDERS[$("sort").value];
    matches = found.sort((a, b) => order(index.documents[a], index.documents[b]) || a - b);
    drawList(words.length > 0);
  }

  function drawList(searched) {
    $("found").textContent = (searched ? `${matches.length.toLocaleString("en")} of ` : "") + plural(index.documents.length, "document") +
      (matches.length > LISTED ? `; the first ${LISTED.toLocaleString("en")} are listed` : "");
    put($("list"), ...matches.slice(0, LISTED).map((n) => {
      const d = index.documents[n];
      return el("li", {}, el("a", { href: "#d" + n, "data-n": n, "aria-current": String(current?.n === n), tabindex: current?.n === n ? "0" : "-1" },
        el("span", { class: "title", dir: "auto" }, title(d)),
        el("span", { class: "quiet" }, d.status === "failed" && el("span", { class: "failed" }, "failed "), d.date && [d.date_from_citation && "≈ ", bdi(d.date), " "],
          publications > 1 && d.publication && [bdi(d.publication), " "],
          d.sentiment && el("span", { class: "valence " + d.sentiment.label, title: d.sentiment.label }, signed(d.sentiment.score)), d.stances > 0 && ` ${plural(d.stances, "stance")}`)));
    }));
    if (!$("list").querySelector('[tabindex="0"]')) $("list").querySelector("a")?.setAttribute("tabindex", "0");
  }

  // ------------------------------------------------------------------ matrix

  const matrix = { off: new Set(["polarity neutral"]), modality: "", relation: "", name: "", size: 25, cell: "" };

  function drawMatrixFilters() {
    const changed = (key) => (value) => { matrix[key] = value; drawMatrix(); };
    const values = (key) => [option("", "any"), counted(index.stances.map((s) => s[key]).filter(Boolean)).map(([value, n]) => option(value, `${value} (${n})`))];
    const name = el("input", { type: "text", id: "matrix-name", placeholder: "any", autocomplete: "off", input: () => changed("name")(name.value.toLowerCase()) });
    put($("matrix-filters"),
      el("div", { class: "group" }, POLARITIES.map((p) => chip(matrix.off, "polarity " + p, [sign(p), " ", p],
        index.stances.filter((s) => s.polarity === p).length, p, drawMatrix))),
      choice("Modality", values("modality"), "", changed("modality"), "matrix-modality"),
      choice("Relation", values("relation"), "", changed("relation"), "matrix-relation"),
      el("label", {}, "Name contains ", name),
      choice("Size", [25, 50, 100].map((n) => option(n, `${n} × ${n}`)), 25, (value) => changed("size")(Number(value)), "matrix-size"),
    );
  }

  function drawMatrix() {
    const names = index.names;
    const wanted = (n) => names[n].toLowerCase().includes(matrix.name);
    const stances = index.stances.filter((s) => !matrix.off.has("polarity " + s.polarity) && (!matrix.modality || s.modality === matrix.modality) &&
      (!matrix.relation || s.relation === matrix.relation) && (!matrix.name || wanted(s.holder) || wanted(s.target)));
    // The holders with most stances, the targets that they have most stances toward, and of those holders who has any.
    const all = (key) => counted(stances.map((s) => s[key]));
    const [holders, targets] = [all("holder"), all("target")];
    const first = new Set(holders.slice(0, matrix.size).map(([n]) => n));
    const within = stances.filter((s) => first.has(s.holder));
    const columns = counted(within.map((s) => s.target)).slice(0, matrix.size).map(([n]) => n);
    const kept = new Set(columns);
    const rows = counted(within.filter((s) => kept.has(s.target)).map((s) => s.holder)).map(([n]) => n);
    const cells = new Map();
    for (const s of stances) {
      const key = s.holder + " " + s.target;
      if (!cells.has(key)) cells.set(key, { favor: 0, against: 0, neutral: 0, stances: [] });
      cells.get(key)[s.polarity] += 1;
      cells.get(key).stances.push(s);
    }
    let counts = 0;
    const cell = (h, t) => {
      const key = h + " " + t;
      const c = cells.get(key);
      if (!c) return el("td", { class: "none" });
      const n = c.stances.length;
      counts += n;
      const text = POLARITIES.filter((p) => c[p]).map((p) => [sign(p), String(c[p]), " "]);
      const label = `${names[h]} toward ${names[t]}: ` + POLARITIES.filter((p) => c[p]).map((p) => `${c[p]} ${p}`).join(", ");
      const choose = (event) => {
        for (const pressed of $("grid").querySelectorAll("[aria-pressed=true]")) pressed.setAttribute("aria-pressed", "false");
        event.currentTarget.setAttribute("aria-pressed", "true");
        drawEvidence(h, t, c.stances);
      };
      return el("td", {}, styled(button({ class: "cell", "aria-label": label, "aria-pressed": "false", tabindex: "-1", click: choose }, text),
        { "--f": String(100 * c.favor / n), "--a": String(100 * (c.favor + c.against) / n), "--w": String(Math.min(60, 18 + 9 * Math.log2(n))) }));
    };
    put($("grid"),
      el("thead", {}, el("tr", {}, el("th", { class: "corner" }, "holder ↓ target →"),
        columns.map((t) => el("th", { scope: "col", title: names[t] }, el("span", {}, bdi(names[t])))))),
      el("tbody", {}, rows.map((h) => el("tr", {}, el("th", { scope: "row", title: names[h] }, bdi(names[h])), columns.map((t) => cell(h, t))))),
    );
    $("grid").querySelector(".cell")?.setAttribute("tabindex", "0");
    $("matrix-shown").textContent = !index.stances.length ? "The records hold no stances." :
      `Shown: ${plural(counts, "stance")} of ${index.stances.length.toLocaleString("en")}, ${rows.length} of ${plural(holders.length, "holder")}, ${columns.length} of ${plural(targets.length, "target")}`;
    put($("evidence"), el("p", { class: "quiet" }, "Choose a cell to read its sentences."));
  }

  /** The sentence of a stance, its evidence and the two names marked. */
  function evidence(doc, item) {
    const s = doc.stances[item];
    const m = doc.markOf.get("sentence" + s.sentence);
    const own = doc.markOf.get("stance" + item);
    const bold = [s.holder_entity, s.target_entity].filter((e) => e !== null).map((e) => doc.markOf.get("entity" + e));
    const extent = doc.extent.get(m);
    const line = el("p", { class: "evidence " + s.polarity, dir: "auto" });
    if (!extent || !doc.extent.has(own)) return fill(line, {}, [el("mark", {}, s.evidence)]);
    return fill(line, {}, doc.pieces.slice(extent[0], extent[1] + 1).map(([text, marks]) => {
      const inner = marks.some((mark) => bold.includes(mark)) ? el("b", {}, text) : text;
      return marks.includes(own) ? el("mark", {}, inner) : inner;
    }));
  }

  function drawEvidence(h, t, stances) {
    const row = (entry) => {
      const doc = load(entry.document);
      const d = index.documents[entry.document];
      const s = doc.stances[entry.item];
      return el("li", { class: "card" },
        el("p", { class: "quiet" }, sign(s.polarity), ` ${s.polarity} · ${s.modality}${s.relation ? " · " + s.relation : ""} · ${s.score.toFixed(2)}`),
        evidence(doc, entry.item), el("p", { class: "quiet" }, bdi(title(d)), d.date && [" · ", bdi(d.date)]),
        el("p", { class: "actions" }, el("a", { class: "action", href: `#d${entry.document}-st${entry.item}` }, "Open in its text")));
    };
    put($("evidence"), el("h2", { dir: "auto" }, bdi(index.names[h]), " toward ", bdi(index.names[t])),
      el("p", { class: "quiet" }, plural(stances.length, "stance")), paged(stances, 20, row));
    $("evidence").scrollTop = 0;
  }

  // ---------------------------------------------------------- chart of dates

  /** Days since 1970 of an ISO date (a year or a month stands for its first day), or null. */
  function day(date) {
    const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(date ?? "");
    const time = parts && Date.UTC(Number(parts[1]), Number(parts[2] ?? 1) - 1, Number(parts[3] ?? 1));
    return parts && Number.isFinite(time) ? time / 864e5 : null;
  }
  /** Ticks of an axis of days: years, or months where years are too few. */
  function ticks(from, to) {
    const span = (to - from) / 365;
    const months = span > 3 ? 12 * Math.ceil(span / 12) : span > 1 ? 3 : 1;
    const found = [];
    const first = new Date(from * 864e5);
    for (let month = Math.floor(first.getUTCMonth() / months) * months; found.length < 40; month += months) {
      const time = new Date(Date.UTC(first.getUTCFullYear(), month, 1));
      if (time / 864e5 > to) break;
      if (time / 864e5 >= from) found.push([time / 864e5, time.toISOString().slice(0, months < 12 ? 7 : 4)]);
    }
    return found;
  }

  function drawTime() {
    const dated = index.documents.map((d, n) => ({ d, n, day: day(d.date) })).filter(({ d, day }) => d.sentiment && day !== null)
      .sort((a, b) => a.day - b.day || a.n - b.n);
    const scored = index.documents.filter((d) => d.sentiment).length;
    const guessed = dated.filter(({ d }) => d.date_from_citation).length;
    $("time-shown").textContent = `${plural(dated.length, "document")} of ${index.documents.length.toLocaleString("en")}` +
      (scored < index.documents.length ? `; ${plural(index.documents.length - scored, "document")} without sentiment` : "") +
      (scored > dated.length ? `; ${plural(scored - dated.length, "document")} without a date` : "") +
      (guessed ? `; ${guessed} dated by the latest source cited (hollow)` : "") + (dated.length >= MEANS_FROM ? "; the line is their mean by stretch of time" : "");
    const undated = index.documents.map((d, n) => ({ d, n })).filter(({ d }) => d.sentiment && day(d.date) === null);
    drawTable([...dated, ...undated]);
    if (!dated.length) {
      return put($("chart"), el("p", { class: "note" }, scored ? "Nothing to draw: no document has a date, and none cites a dated source."
        : "Nothing to draw: the records hold no sentiment."));
    }
    const [W, H, L, R, T, B] = [1000, 420, 46, 14, 12, 34];
    const span = dated[dated.length - 1].day - dated[0].day, margin = Math.max(3, span / 50);
    const first = dated[0].day - margin, last = dated[dated.length - 1].day + margin;
    const top = dated.reduce((most, { d }) => Math.max(most, Math.ceil(5 * Math.abs(d.sentiment.score)) / 5), 0.2);
    const x = (at) => L + (W - L - R) * (at - first) / (last - first);
    const y = (score) => T + (H - T - B) * (top - score) / (2 * top);
    const lines = [-1, -0.5, 0, 0.5, 1].map((part) => part * top);
    const open = ({ n }) => go("#d" + n);
    const dot = (point, i) => svg("circle", {
      class: "dot " + point.d.sentiment.label + (point.d.date_from_citation ? " guess" : ""), cx: x(point.day).toFixed(1), cy: y(point.d.sentiment.score).toFixed(1),
      r: dated.length > 400 ? 2.5 : 5.5, tabindex: i ? "-1" : "0", role: "link", "aria-label": told(point), click: () => open(point),
      keydown: (event) => { if (event.key === "Enter") open(point); },
      pointerenter: (event) => tip(event.currentTarget, [told(point)]), pointerleave: untip, focus: (event) => tip(event.currentTarget, [told(point)]), blur: untip,
    });
    const told = ({ d }) => `${title(d)}, ${d.date_from_citation ? "about " : ""}${d.date}: ${d.sentiment.label} ${signed(d.sentiment.score)}`;
    put($("chart"), svg("svg", { viewBox: `0 0 ${W} ${H}`, role: "group", "aria-label": "Sentiment of each document by date" },
      lines.map((score) => [svg("line", { class: score ? "grid" : "zero", x1: L, x2: W - R, y1: y(score), y2: y(score) }),
        svg("text", { x: L - 8, y: y(score) + 4, "text-anchor": "end" }, score ? signed(score) : "0")]),
      ticks(first, last).map(([at, text]) => [svg("line", { class: "grid", x1: x(at), x2: x(at), y1: H - B, y2: H - B + 6 }),
        svg("text", { x: x(at), y: H - B + 22, "text-anchor": "middle" }, text)]),
      dated.map(dot), means(dated, x, y)));
  }

  function drawTable(rows) {
    $("time-table").hidden = !rows.length;
    put($("time-table"), el("summary", {}, "All documents as a table"), el("table", {},
      el("thead", {}, el("tr", {}, ["Date", "Sentiment", "Document"].map((head) => el("th", { scope: "col" }, head)))),
      el("tbody", {}, rows.map(({ d, n }) => el("tr", {}, el("td", {}, d.date_from_citation && "≈ ", d.date ? bdi(d.date) : "no date"),
        el("td", {}, valence(d.sentiment)), el("td", {}, el("a", { href: "#d" + n }, bdi(title(d)))))))));
  }

  /** Documents that are enough to average. */
  const MEANS_FROM = 30;
  /** Mean of each of up to 40 stretches of equal length, as a line. */
  function means(dated, x, y) {
    if (dated.length < MEANS_FROM) return null;
    const from = dated[0].day, width = Math.max(1, (dated[dated.length - 1].day - from + 1) / 40);
    const bins = new Map();
    for (const { d, day } of dated) {
      const bin = Math.floor((day - from) / width);
      if (!bins.has(bin)) bins.set(bin, []);
      bins.get(bin).push(d.sentiment.score);
    }
    const points = [...bins].map(([bin, scores]) => `${x(from + (bin + 0.5) * width).toFixed(1)},${y(scores.reduce((a, b) => a + b, 0) / scores.length).toFixed(1)}`);
    return [svg("polyline", { class: "mean halo", points: points.join(" ") }), svg("polyline", { class: "mean", points: points.join(" ") })];
  }

  // -------------------------------------------------------------------- tips

  function tip(element, lines) {
    const box = element.getBoundingClientRect();
    put($("tip"), ...lines.map((line) => el("div", { dir: "auto" }, line)));
    $("tip").hidden = false;
    const own = $("tip").getBoundingClientRect();
    const left = Math.max(8, Math.min(box.left, innerWidth - own.width - 8));
    const above = box.top - own.height - 6;
    styled($("tip"), { left: left + "px", top: (above > 0 ? above : box.bottom + 6) + "px" });
  }
  function untip() { $("tip").hidden = true; }

  // ------------------------------------------------------------------- views

  const VIEWS = ["documents", "matrix", "time"];
  const drawn = new Set();
  function show(view) {
    for (const name of VIEWS) {
      $(name).hidden = name !== view;
      $("tab-" + name).setAttribute("aria-selected", String(name === view));
      $("tab-" + name).setAttribute("tabindex", name === view ? "0" : "-1");
    }
    untip();
    if (view !== "documents" && !drawn.has(view)) {
      drawn.add(view);
      if (view === "matrix") { drawMatrixFilters(); drawMatrix(); } else drawTime();
    }
  }
  function route() {
    const place = /^#d(\d{1,9})(?:-st(\d{1,9}))?$/.exec(location.hash);
    if (location.hash === "#matrix" || location.hash === "#time") return show(location.hash.slice(1));
    show("documents");
    const n = place ? Number(place[1]) : current?.n ?? 0;
    if (n < index.documents.length) open(n, place?.[2] === undefined ? undefined : Number(place[2]));
  }
  /** Goes there at once: the event of the new address comes later, perhaps after the next key. */
  function go(hash) {
    location.hash = hash;
    route();
  }
  function step(by) {
    const next = matches[matches.indexOf(current?.n) + by];
    if (next !== undefined) go("#d" + next);
  }

  // -------------------------------------------------------------------- start

  for (const d of index.documents) d.stances = 0;
  for (const s of index.stances) index.documents[s.document].stances += 1;
  const failed = index.documents.filter((d) => d.status === "failed").length;
  document.title = index.file + " – docmill";
  $("file").textContent = index.file;
  $("run").textContent = "· " + plural(index.documents.length, "document") + (failed ? `, ${failed} failed` : "") +
    ` · ${plural(index.stances.length, "stance")} · run ` + index.run_ids.slice(0, 3).join(", ") + (index.run_ids.length > 3 ? ", …" : "");
  const { documents: beyond, unreadable } = index.left_out;
  $("note").textContent = [
    beyond && `Left out: ${plural(beyond, "document")} behind the first ${index.documents.length.toLocaleString("en")} (--max-documents).`,
    unreadable && `Left out: ${plural(unreadable, "line")} that hold no record.`,
    !index.documents.length && "No documents.",
  ].filter(Boolean).join(" ");
  $("note").hidden = !$("note").textContent;
  document.body.classList.toggle("single", index.documents.length < 2);

  for (const view of VIEWS) $("tab-" + view).addEventListener("click", () => go(view === "documents" ? "#d" + (current?.n ?? 0) : "#" + view));
  for (const tabs of document.querySelectorAll("[role=tablist]")) roving(tabs, "[role=tab]", { ArrowLeft: -1, ArrowRight: 1 });
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
    if (!mark) return letGo();
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

  for (const id of ["search", "search-texts", "sort"]) $(id).addEventListener("input", find);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { letGo(); untip(); if (event.target.matches("input")) event.target.blur(); return; }
    if (event.target.matches("input, select, textarea") || $("documents").hidden) return;
    if (event.key === "/") { event.preventDefault(); $("search").focus(); }
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  });
  addEventListener("hashchange", route);
  find();
  route();
})();
