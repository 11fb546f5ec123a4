"""Labels for the questions of the stage `stance`, from three kinds of gold."""

import collections
import json
import os
import re
import unicodedata

STOP = set("the a an of and s mr mrs ms dr president minister prime general sir lord".split())
SIDE = {"favor": 1, "against": 2}
UNKNOWN = -1


class Row:
    """One line that docmill wrote: a holder, a target, and the named features of the two."""

    def __init__(self, line):
        self.document, self.form, *rest = line.rstrip("\n").split("\t")
        numbers = list(map(int, rest[:7]))
        self.sentence, self.holder, self.target = numbers[:3]
        self.at = tuple(numbers[3:5])  # bytes of the holder
        self.to = tuple(numbers[5:7])
        self.named = sorted(set(rest[7:]))


class Label:
    """`somebody`, `something`: 0 neutral, 1 favor, 2 against, -1 unknown. `group`: what is learned from or held out as
    one. `words`: the sentence, and the two spans in it, in characters; no holder if the sentence does not name him."""

    def __init__(self, group, somebody, something, words):
        self.group, self.somebody, self.something, self.words = group, somebody, something, words


def rows(path):
    """The lines of a file of features, in an order that does not depend on threads."""
    with open(path, encoding="utf8") as lines:
        found = [Row(line) for line in lines]
    return sorted(found, key=lambda row: (row.document, row.sentence, row.at, row.to, row.form))


class Record:
    """A document as docmill wrote it."""

    def __init__(self, record):
        self.id, self.text, self.entities = record["id"], record["text"], record["entities"]
        self.path = record["source"]["path"]
        self.sentiment = {int(s["entity"][1:]): s["score"] for s in (record.get("sentiment") or {}).get("entities", [])}
        self.sentences = [(s["start"], s["end"]) for s in record["sentences"]]
        self.bytes = self.text.encode()
        self.plain = len(self.bytes) == len(self.text)

    def characters(self, span):
        """Characters of a span in bytes."""
        if self.plain:
            return span
        return tuple(len(self.bytes[:place].decode(errors="ignore")) for place in span)

    def words(self, row):
        """The sentence of a row, with holder and target in it."""
        start, end = self.sentences[row.sentence]
        inside = lambda span: (span[0] - start, span[1] - start) if start <= span[0] and span[1] <= end else None
        return self.text[start:end], inside(self.characters(row.at)), inside(self.characters(row.to))


def records(path):
    """Documents by their id."""
    with open(path, encoding="utf8") as lines:
        return {record.id: record for record in map(Record, map(json.loads, lines))}


def tokens(name):
    name = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    return {t for t in re.sub(r"[^a-z0-9 ]+", " ", name).split() if t not in STOP}


def same(a, b):
    x, y = tokens(a), tokens(b)
    return bool(x) and bool(y) and (x <= y or y <= x)


def places(text, words):
    """Everywhere that words stand."""
    pattern = re.escape(re.sub(r"\s+", " ", words or "").strip()).replace(r"\ ", r"\s+")
    return [found.span() for found in re.finditer(pattern, text)] if words else []


class Opinions:
    """Whole documents, labelled as score.py counts them."""

    name, source = "opinions", "text"

    def __init__(self, folder, path):
        self.records, self.stances = records(path), {}
        for record in self.records.values():
            name = os.path.basename(record.path).rsplit(".", 1)[0]
            with open(os.path.join(folder, "gold", name + ".json"), encoding="utf8") as file:
                gold = json.load(file)
            found = [(places(record.text, s["evidence"])[:1], s, places(record.text, s["target"])) for s in gold["stances"]]
            self.stances[record.id] = name, [(span[0], s, targets) for span, s, targets in found if span]

    def label(self, row):
        record = self.records[row.document]
        name, stances = self.stances[row.document]
        def names(entity, span):
            found = [record.bytes[slice(*span)].decode(errors="ignore")]
            if entity >= 0:
                found += [record.entities[entity]["text"], record.entities[entity]["canonical"] or ""]
            return found
        holders, targets = names(row.holder, row.at), names(row.target, row.to)
        start, end = record.sentences[row.sentence]
        first, last = record.characters(row.to)
        somebody = something = 0
        for (begins, ends), s, found in stances:
            if not (start < ends and begins < end):
                continue
            if not any(same(q, w) for q in holders for w in (s["holder"], s.get("holder_name")) if w):
                continue
            named = any(same(q, w) for q in targets for w in (s["target"], s.get("target_name")) if w)
            if s["target_kind"] == "entity":
                somebody = SIDE[s["polarity"]] if named else somebody
            elif named or any(first < e and b < last for b, e in found):
                something = SIDE[s["polarity"]]
        return Label(name, somebody, something, record.words(row))

    def sides(self, document, entity):
        """The sides that the gold has toward a mention, and what the head `sentiment` says of it."""
        record, (_, stances) = self.records[document], self.stances[document]
        mention = record.entities[entity]
        start, end = record.sentences[int(mention["sentence"][1:])]
        found = set()
        for (begins, ends), s, _ in stances:
            if s["target_kind"] == "entity" and start < ends and begins < end:
                names = [mention["text"], mention["canonical"] or ""]
                if any(same(q, w) for q in names for w in (s["target"], s.get("target_name")) if w):
                    found.add(SIDE[s["polarity"]])
        return found, record.sentiment.get(entity, 0.0)


class Pairs:
    """Mentions of single sentences, every two of them labelled."""

    name, source = "pairs", "sentences.jsonl"

    def __init__(self, folder, path):
        self.records, self.mentions, self.stances = records(path), {}, collections.defaultdict(dict)
        for line in open(os.path.join(folder, "sentences.jsonl"), encoding="utf8"):
            row = json.loads(line)
            self.mentions[str(row["id"])] = [(m["start"], m["end"]) for m in row["mentions"]]
        for line in list(open(os.path.join(folder, "stances.tsv"), encoding="utf8"))[1:]:
            number, holder, target, polarity, *_ = line.rstrip("\n").split("\t")
            self.stances[number][int(holder), int(target)] = SIDE[polarity]

    def label(self, row):
        if row.form != "E":
            return None
        record = self.records[row.document]
        number = re.sub(r"^\D*", "", row.document.rsplit("#", 1)[-1])
        def mention(span):
            start, end = record.characters(span)
            return next((i for i, (s, e) in enumerate(self.mentions[number], 1) if s < end and start < e), None)
        holder, target = mention(row.at), mention(row.to)
        if holder is None or target is None or holder == target:
            return None
        return Label("pair-" + number, self.stances[number].get((holder, target), 0), UNKNOWN, record.words(row))


class Sentences:
    """Sentences of the project's own, labelled between all spans that docmill asked about: see sentence_gold.py."""

    name = "sentences"

    def __init__(self, gold, path):
        self.records, self.found = records(path), collections.defaultdict(list)
        for line in open(gold, encoding="utf8"):
            row = json.loads(line)
            self.found[row["document"]].append(row)

    def label(self, row):
        record = self.records[row.document]
        start, end = record.sentences[row.sentence]
        gold = next((g for g in self.found[row.document] if g["sentence"][0] < end and start < g["sentence"][1]), None)
        if gold is None:
            return None
        holder, target = (self.nearest(gold["spans"], record.characters(span)) for span in (row.at, row.to))
        somebody = something = 0
        for h, t, side, kind, _ in gold["stances"]:
            if (h, t) == (holder, target):
                if kind == "issue":
                    something = side
                else:
                    somebody = side
        # A name can only be somebody here, a clause only something.
        if row.form == "E":
            somebody = somebody or something
        if row.form == "C":
            something = something or somebody
        return Label("own-" + row.document, somebody, something, record.words(row))

    @staticmethod
    def nearest(spans, span):
        """The number of the span that shares most with another, half of both at least."""
        def share(other):
            both = min(span[1], other[1]) - max(span[0], other[0])
            return both / max(1, max(span[1], other[1]) - min(span[0], other[0]))
        best = max(range(len(spans)), key=lambda i: share(spans[i]), default=None)
        return best if best is not None and share(spans[best]) >= 0.5 else None
