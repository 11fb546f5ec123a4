"""spaCy: each line becomes a Doc, goes into a DocBin and comes out of it again."""

import json

import spacy
from spacy.tokens import Doc, DocBin
from spacy.training import Example


def check(path, records):
    nlp = spacy.blank("en")
    lines = [json.loads(line) for line in open(path, encoding="utf-8")]
    docs = [Doc(nlp.vocab).from_json(line, validate=True) for line in lines]
    if len(docs) != len(records):
        yield f"{len(docs)} documents, not {len(records)}"
    stored = DocBin(store_user_data=True)
    for doc, line in zip(docs, lines):
        doc.user_data.update(line["docmill"])
        stored.add(doc)
    docs = list(DocBin(store_user_data=True).from_bytes(stored.to_bytes()).get_docs(nlp.vocab))
    for doc, record in zip(docs, records):
        name = record["id"]
        # A DocBin gives lists back as tuples.
        if doc.user_data["id"] != name or json.dumps(doc.user_data["meta"]) != json.dumps(record["meta"]):
            yield f"{name}: is called {doc.user_data}"
        if doc.text != record["text"]:
            yield f"{name}: another text"
        yield from differ(name, "ents", [(e.text, e.label_, e.start_char) for e in doc.ents],
                          [(e["text"], e["label"], e["start"]) for e in record["entities"]])
        yield from differ(name, "sents", [s.text.strip() for s in doc.sents], [s["text"] for s in record["sentences"]])
        yield from differ(name, "canonical names", [s.kb_id_ for s in doc.spans["entities"]],
                          [e["canonical"] or "" for e in record["entities"]])
        wanted = {
            "quotes": [(q["content"]["text"], q["kind"], q["id"]) for q in record["quotes"]],
            "speakers": [(q["speaker"]["text"], "speaker", q["id"]) for q in record["quotes"] if q["speaker"]],
            "cues": [(q["cue"]["text"], "cue", q["id"]) for q in record["quotes"] if q["cue"]],
            "stances": [(s["evidence"]["text"], s["polarity"], s["id"]) for s in record["stances"]],
            "citations": [(c["text"], "citation", c["id"]) for c in record["citations"]],
        }
        for group, spans in wanted.items():
            yield from differ(name, group, [(s.text, s.label_, s.kb_id_) for s in doc.spans[group]], spans)
        # What training asks of a gold document.
        Example(nlp.make_doc(doc.text), doc).get_aligned_ner()


def differ(name, what, found, wanted):
    if found != wanted:
        pair = next((pair for pair in zip(found, wanted) if pair[0] != pair[1]), (len(found), len(wanted)))
        yield f"{name}: {what}: {pair[0]}, not {pair[1]}"
