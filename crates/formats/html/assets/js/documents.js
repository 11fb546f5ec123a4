// Documents in full.

const CACHE = 64;
const loaded = new Map();

/** A document with what drawing needs; null if its text was left out. */
function load(n) {
  const known = loaded.get(n);
  if (known) return known;
  if (!documents[n].inPage) return null;
  const doc = JSON.parse($("d" + n).textContent);
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
