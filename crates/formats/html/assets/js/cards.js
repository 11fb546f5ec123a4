// Cards: what is known about a mark.

/** The names of one side of an event. */
const partiesIn = (parties) => parties.map((p) => p.name).join(", ") || "not said";

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
  if (kind === "event") {
    const e = doc.events[item];
    const sides = (parties) => parties.map((p, i) => [i > 0 && ", ", bdi(p.name), p.text !== p.name && quiet(` (${p.text})`)]);
    return shell("event, " + e.status, e.type.toLowerCase(), rows(["who", e.actors.length ? sides(e.actors) : "not said"], ["word", e.trigger],
      ["to whom", e.recipients.length ? sides(e.recipients) : null], ["when", e.time && `${e.time[0]} (${e.time[1]})`], ["where", e.place],
      ["source", e.citation === null ? null : doc.citations[e.citation].text], ["quoted", e.quoted ? "said in a quotation" : null], ["confidence", e.score.toFixed(2)]));
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
