// The table of events.

const eventFilter = { type: "", status: "", actor: "", recipient: "", place: "", order: "document", up: true };
const EVENT_ROWS = 100;
const STATUSES = ["happened", "under way", "planned", "denied", "alleged"];
const partyNames = (parties) => parties.map(([n]) => nameOf(n));
const party = ([n, part]) => [bdi(nameOf(n)), part > 0 && el("span", { class: "quiet", title: "belongs to it" }, " (of)")];
const listed = (parties) => parties.map((one, i) => [i > 0 && ", ", party(one)]);

const EVENT_ORDERS = {
  when: (e) => e.day ?? Infinity,
  type: (e) => e.type,
  status: (e) => e.status,
  actors: (e) => partyNames(e.actors).join(", ") || "\uffff",
  recipients: (e) => partyNames(e.recipients).join(", ") || "\uffff",
  place: (e) => e.place ?? "\uffff",
  score: (e) => -e.score,
  document: (e) => e.document,
};

function drawEventFilters() {
  const changed = (key) => (value) => { eventFilter[key] = value; drawEvents(); };
  const typed = (key, words) => {
    const input = el("input", { type: "text", id: "event-" + key, list: "known-names", placeholder: "any", autocomplete: "off", input: () => changed(key)(input.value) });
    input.value = eventFilter[key];
    return el("label", {}, words, " ", input);
  };
  const values = (key) => counted(events.map((e) => e[key])).map(([value, n]) => option(value, `${value.toLowerCase()} (${n})`));
  put($("event-filters"),
    choice("Type", [option("", "any"), values("type")], eventFilter.type, changed("type"), "event-type"),
    choice("Status", [option("", "any"), values("status")], eventFilter.status, changed("status"), "event-status"),
    typed("actor", "Who"), typed("recipient", "To whom"), typed("place", "Where"),
    button({ class: "action", click: () => { for (const key of ["type", "status", "actor", "recipient", "place"]) eventFilter[key] = ""; drawEventFilters(); drawEvents(); } }, "Any"));
}

function drawEvents() {
  const has = (words, typed) => !typed || words.some((word) => word.toLowerCase().includes(typed.toLowerCase()));
  const within = events.filter((e) => isSelected(e.document));
  const found = within.filter((e) => (!eventFilter.type || e.type === eventFilter.type) && (!eventFilter.status || e.status === eventFilter.status) &&
    has(partyNames(e.actors), eventFilter.actor) && has(partyNames(e.recipients), eventFilter.recipient) && has([e.place ?? ""], eventFilter.place));
  const key = EVENT_ORDERS[eventFilter.order], sense = eventFilter.up ? 1 : -1;
  found.sort((a, b) => { const [x, y] = [key(a), key(b)]; return (x < y ? -sense : x > y ? sense : 0) || a.row - b.row; });
  const head = (order, words, note) => el("th", { scope: "col", "aria-sort": eventFilter.order === order ? (eventFilter.up ? "ascending" : "descending") : "none" },
    button({ class: "sort", title: note, "data-order": order, click: () => {
      eventFilter.up = eventFilter.order !== order || !eventFilter.up;
      eventFilter.order = order;
      drawEvents();
      $("event-table").querySelector(`[data-order=${order}]`).focus();
    } }, words, eventFilter.order === order && (eventFilter.up ? " ↑" : " ↓")));
  const when = (e) => (e.timed ? bdi(e.when) : [el("span", { class: "quiet", title: e.when ? `“${e.when}”; the document's date` : "the document's date" }, documents[e.document].date ? ["≈ ", bdi(documents[e.document].date)] : "—")]);
  const row = (e) => el("tr", {}, el("td", {}, when(e)), el("td", {}, el("span", { class: "type" }, e.type.toLowerCase())), el("td", { class: "status-" + STATUSES.indexOf(e.status) }, e.status),
    el("td", {}, e.actors.length ? listed(e.actors) : quiet("not said")), el("td", {}, bdi(e.trigger)), el("td", {}, e.recipients.length ? listed(e.recipients) : quiet("—")), el("td", {}, e.place ? bdi(e.place) : quiet("—")),
    el("td", { class: "number" }, e.score.toFixed(2)), el("td", {}, el("a", { href: `#d${e.document}-ev${e.item}` }, bdi(title(documents[e.document])))));
  const body = el("tbody", {});
  const more = button({ class: "action", click: () => grow() });
  const grow = () => {
    const from = body.childElementCount;
    body.append(...found.slice(from, from + EVENT_ROWS).map(row));
    const rest = found.length - body.childElementCount;
    more.hidden = rest <= 0;
    more.textContent = `Show ${Math.min(EVENT_ROWS, rest)} more of ${rest.toLocaleString("en")}`;
  };
  grow();
  put($("event-table"), el("thead", {}, el("tr", {}, head("when", "When", "≈: the date of the document"), head("type", "Type", "PLOVER"), head("status", "Status"), head("actors", "Who"),
    el("th", { scope: "col" }, "Word"), head("recipients", "To whom"), head("place", "Where"), head("score", "Sure", "Probability that type, an actor and a recipient are right"), head("document", "Document"))), body,
    el("tfoot", {}, el("tr", {}, el("td", { colspan: 9 }, more))));
  $("events-shown").textContent = !events.length ? "The records hold no events." :
    `Shown: ${found.length.toLocaleString("en")} of ${plural(events.length, "event")}${isSelective() ? ` (${within.length.toLocaleString("en")} in the selected documents)` : ""}; “(of)”: a part of it, as the Israeli army of Israel`;
}
