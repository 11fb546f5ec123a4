"""brat: read by pybrat, and held against the rule that an annotation's text is what stands at its positions."""

from collections import Counter

from pybrat.parser import BratParser


def check(path, records):
    # pybrat refuses two annotations of the same place, which brat allows (a person who is a speaker and an entity).
    parsed = {example.id.rsplit("/", 1)[-1]: example for example in BratParser(error="ignore").parse(str(path))}
    if len(parsed) != len(records):
        yield f"{len(parsed)} documents, not {len(records)}"
    texts = {file.read_bytes().decode("utf-8"): file.stem for file in path.glob("*.txt")}
    for record in records:
        name = texts.get(record["text"])
        if name is None:
            yield f"{record['id']}: no file has its text"
            continue
        example = parsed[name]
        for found in example.entities:
            fragments = [record["text"][span.start : span.end] for span in found.spans]
            if " ".join(fragments) != found.mention or any("\n" in fragment for fragment in fragments):
                yield f"{name}: {found.mention!r} stands at {fragments!r}"
        counted = Counter(found.type for found in example.entities)
        for label, count in Counter(entity["label"] for entity in record["entities"]).items():
            if counted[label] != count:
                yield f"{name}: {counted[label]} of {label}, not {count}"
        wanted = {
            "Quotation": len(record["quotes"]),
            "Cue": sum(quote["cue"] is not None for quote in record["quotes"]),
            "Citation": len(record["citations"]),
            "Target": sum(stance["target"]["entity"] is None for stance in record["stances"]),
        }
        for label, count in wanted.items():
            if counted[label] != count:
                yield f"{name}: {counted[label]} of {label}, not {count}"
        lines = [" ".join(entity["text"].split()) for entity in record["entities"]]
        mentions = [" ".join(e.mention.split()) for e in example.entities if e.type not in {*wanted, "Speaker", "Favor", "Against", "Neutral"}]
        if sorted(mentions) != sorted(lines):
            yield f"{name}: mentions {mentions}, not {lines}"
        said_by = [relation for relation in example.relations if relation.type == "Said_by"]
        speakers = sum(quote["speaker"] is not None for quote in record["quotes"])
        if len(said_by) != speakers:
            yield f"{name}: {len(said_by)} speakers, not {speakers}"
        named = (sum(m["entity"] is not None for m in cluster["mentions"]) for cluster in record["clusters"])
        equal = sum(n * (n - 1) // 2 for n in named)
        if sum(relation.type == "Equiv" for relation in example.relations) != equal:
            yield f"{name}: not {equal} pairs that are one thing"
        stances = [(event.type, event.trigger.mention, target(event)) for event in example.events]
        line = lambda text: " ".join(text.split())  # noqa: E731
        # `He` may stand for a name: brat points at the name.
        words = {entity["id"]: entity["text"] for entity in record["entities"]}
        named = lambda target: line(words.get(target["entity"], target["text"]))  # noqa: E731
        gold = [(s["polarity"].capitalize(), line(s["evidence"]["text"]), named(s["target"])) for s in record["stances"]]
        if stances != gold:
            yield f"{name}: stances {stances}, not {gold}"


def target(event):
    return event.arguments[-1].mention if event.arguments else None
