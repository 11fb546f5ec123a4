// The run: rows out of the index's columns.

const index = JSON.parse($("index").textContent);

/** Rows of a table of columns; a column of repeated texts holds its texts apart. */
function rows(table, length, columns) {
  const cell = (column, row) => (column.codes ? (column.codes[row] === null ? null : column.values[column.codes[row]]) : column[row]);
  const found = new Array(length);
  for (let row = 0; row < length; row++) {
    const entry = { row };
    for (const key of columns) entry[key] = cell(table[key], row);
    found[row] = entry;
  }
  return found;
}

const KIND_NAMES = ["person", "organization", "state", "place", "other", "issue", "unnamed"];
const nameOf = (n) => index.names.text[n];
const kindOfName = (n) => KIND_NAMES[index.names.kind[n]];

const documents = rows(index.documents, index.documents.id.length, ["id", "title", "outlet", "date", "sentiment", "names", "cited", "places", "stances", "events", "quotes", "layers"]);
for (const d of documents) {
  d.sentiment = d.sentiment && { label: d.sentiment[0], score: d.sentiment[1] };
  d.day = day(d.date);
  d.inPage = index.texts === null;
}
for (const n of index.texts ?? []) documents[n].inPage = true;
for (const n of index.documents.dated_by_citation) documents[n].guess = true;
for (const n of index.documents.failed) documents[n].failed = true;
const stances = rows(index.stances, index.stances.document.length, ["document", "item", "holder", "target", "polarity", "modality", "relation"]);
const events = rows(index.events, index.events.document.length,
  ["document", "item", "type", "status", "trigger", "actors", "recipients", "when", "place", "located", "score"]);
for (const e of events) {
  // A time of the text that has a year; else the day of the document.
  const own = /^\d{4}(-\d\d(-\d\d)?)?/.test(e.when ?? "") ? day(e.when) : null;
  e.timed = own !== null;
  e.day = own ?? documents[e.document].day;
}
