// What was read: the sentence of a stance, with its evidence and its two names marked.

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

/** What stands in the place of a text that is not in the page. */
const withoutText = () => el("p", { class: "quiet" }, "Its text is not in this page: show more texts with ", el("code", {}, "--max-documents"), ".");

/** A card of a stance in the list beside the matrix. */
function evidenceCard(entry) {
  const d = documents[entry.document];
  const body = el("div", {});
  const draw = () => {
    const doc = load(entry.document);
    if (!doc) return put(body, el("p", { class: "quiet" }, sign(entry.polarity), ` ${entry.polarity} · ${entry.modality}`), withoutText());
    const s = doc.stances[entry.item];
    put(body, el("p", { class: "quiet" }, sign(s.polarity), ` ${s.polarity} · ${s.modality}${s.relation ? " · " + s.relation : ""} · ${s.score.toFixed(2)}`), evidence(doc, entry.item));
  };
  draw();
  return el("li", { class: "card" }, body, el("p", { class: "quiet" }, bdi(title(d)), d.date && [" · ", bdi(d.date)]),
    d.inPage && el("p", { class: "actions" }, el("a", { class: "action", href: `#d${entry.document}-st${entry.item}` }, "Open in its text")));
}
