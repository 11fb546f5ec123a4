// The matrix: who holds stances toward whom.

const matrix = { off: new Set(["polarity neutral"]), modality: "", relation: "", name: "", size: 25, cell: "" };

function drawMatrixFilters() {
  const changed = (key) => (value) => { matrix[key] = value; drawMatrix(); };
  const values = (key) => [option("", "any"), counted(stances.map((s) => s[key]).filter(Boolean)).map(([value, n]) => option(value, `${value} (${n})`))];
  const name = el("input", { type: "text", id: "matrix-name", placeholder: "any", autocomplete: "off", input: () => changed("name")(name.value.toLowerCase()) });
  put($("matrix-filters"),
    el("div", { class: "group" }, POLARITIES.map((p) => chip(matrix.off, "polarity " + p, [sign(p), " ", p],
      stances.filter((s) => s.polarity === p).length, p, drawMatrix))),
    choice("Modality", values("modality"), "", changed("modality"), "matrix-modality"),
    choice("Relation", values("relation"), "", changed("relation"), "matrix-relation"),
    el("label", {}, "Name contains ", name),
    choice("Size", [25, 50, 100].map((n) => option(n, `${n} × ${n}`)), 25, (value) => changed("size")(Number(value)), "matrix-size"),
  );
}

function drawMatrix() {
  const names = index.names.text;
  const wanted = (n) => names[n].toLowerCase().includes(matrix.name);
  const within = stances.filter((s) => isSelected(s.document));
  const counting = within.filter((s) => !matrix.off.has("polarity " + s.polarity) && (!matrix.modality || s.modality === matrix.modality) &&
    (!matrix.relation || s.relation === matrix.relation) && (!matrix.name || wanted(s.holder) || wanted(s.target)));
  // The holders with most stances, the targets that they have most stances toward, and of those holders who has any.
  const all = (key) => counted(counting.map((s) => s[key]));
  const [holders, targets] = [all("holder"), all("target")];
  const first = new Set(holders.slice(0, matrix.size).map(([n]) => n));
  const held = counting.filter((s) => first.has(s.holder));
  const columns = counted(held.map((s) => s.target)).slice(0, matrix.size).map(([n]) => n);
  const kept = new Set(columns);
  const lines = counted(held.filter((s) => kept.has(s.target)).map((s) => s.holder)).map(([n]) => n);
  const cells = new Map();
  for (const s of counting) {
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
    el("tbody", {}, lines.map((h) => el("tr", {}, el("th", { scope: "row", title: names[h] }, bdi(names[h])), columns.map((t) => cell(h, t))))),
  );
  $("grid").querySelector(".cell")?.setAttribute("tabindex", "0");
  $("matrix-shown").textContent = !stances.length ? "The records hold no stances." :
    `Shown: ${plural(counts, "stance")} of ${stances.length.toLocaleString("en")}${isSelective() ? ` (${within.length.toLocaleString("en")} in the selected documents)` : ""}, ${lines.length} of ${plural(holders.length, "holder")}, ${columns.length} of ${plural(targets.length, "target")}`;
  put($("evidence"), el("p", { class: "quiet" }, "Choose a cell to read its sentences."));
}

function drawEvidence(h, t, found) {
  put($("evidence"), el("h2", { dir: "auto" }, bdi(nameOf(h)), " toward ", bdi(nameOf(t))),
    el("p", { class: "quiet" }, plural(found.length, "stance")), paged(found, 20, evidenceCard));
  $("evidence").scrollTop = 0;
}
