"""Documents that the context layers learn from, with what they learn of each: stances, events, chains.

Stances come from the questions that docmill writes (judge.py). Events come from whole documents (`opinions`) and from
single sentences (gold/events.jsonl: spans by their head words, each event with type, trigger, actors, recipients, status,
and spans that stand for the same as an actor or recipient). Chains come from pieces of news (gold/chains.jsonl: head
words, form, chain, whether a reader was asked) and from GUM.
"""

import bisect
import collections
import json
import os
import zlib
from pathlib import Path

from .context import TYPES, Document, Mention, Stance, Told
from .coref_gold import gum
from .judge_gold import UNKNOWN, same

GOLD = Path(__file__).parent.parent / "gold"


def held_out(name: str) -> bool:
    """A tenth of all documents is kept from the layers, so that what stands on them is fitted to honest scores."""
    return zlib.crc32(name.encode()) % 10 == 0


class Words:
    """The words of a record, to find the head of a span."""

    def __init__(self, record: dict) -> None:
        self.all = record["tokens"]
        self.starts = [word["start"] for word in self.all]

    def head(self, start: int, end: int) -> dict | None:
        """The word of a span that hangs on none other of it; of several a verb, noun, adjective or name first."""
        first = max(0, bisect.bisect_right(self.starts, start) - 1)
        inside = [i for i in range(first, bisect.bisect_left(self.starts, end)) if self.all[i]["end"] > start]
        heads = [self.all[i] for i in inside if self.all[i]["head"] not in set(inside)]
        content = [word for word in heads if word["upos"] in ("VERB", "NOUN", "ADJ", "PROPN")]
        return next(iter(content or heads), None)

    def head_span(self, span: tuple[int, int]) -> tuple[int, int]:
        word = self.head(*span)
        return (word["start"], word["end"]) if word else span


def read(path: str) -> dict[str, dict]:
    """Records by their id."""
    with open(path, encoding="utf8") as lines:
        return {record["id"]: record for record in map(json.loads, lines)}


def stem(record: dict) -> str:
    return os.path.basename(record["source"]["path"]).rsplit(".", 1)[0]


class Collection:
    """Documents by the gold that they are of and their names."""

    def __init__(self) -> None:
        self.all: dict[tuple[str, str], Document] = {}
        self.questions = 0

    def document(self, kind: str, name: str, text: str, sentences, group: str) -> Document:
        known = self.all.get((kind, name))
        if known is None:
            learned = not group.startswith("dev") and not held_out(group)
            known = self.all[kind, name] = Document(name, text, [tuple(s) for s in sentences], learned)
        return known

    def add_stances(self, kinds, rows_of) -> None:
        """The questions of judge.py, in its order."""
        for kind in kinds:
            for row in rows_of(kind):
                label = kind.label(row)
                if not label:
                    continue
                record = kind.records[row.document]
                name = row.document if kind.name != "opinions" else os.path.basename(record.path).rsplit(".", 1)[0]
                document = self.document(kind.name, name, record.text, record.sentences, label.group)
                holder = record.characters(row.at) if row.at != row.to else None
                somebody = UNKNOWN if row.form == "C" else label.somebody
                something = UNKNOWN if row.form == "E" else label.something
                stance = Stance(holder, record.characters(row.to), somebody, something, self.questions)
                document.stances.append(stance)
                self.questions += 1

    def add_events(self, records: dict[str, dict]) -> None:
        """Single sentences of the project's own gold."""
        for line in (GOLD / "events.jsonl").open(encoding="utf8"):
            row = json.loads(line)
            record = records[row["document"]]
            sentences = [(s["start"], s["end"]) for s in record["sentences"]]
            document = self.document("sentences", row["document"], record["text"], sentences, "own-" + row["document"])
            events = []
            for kind, trigger, actors, recipients, _, others in row["events"]:
                roles = [0] * len(row["spans"])
                for places, role in ((others, UNKNOWN), (actors, 1), (recipients, 2)):
                    for i in places:
                        roles[i] = role
                events.append((tuple(trigger), TYPES.index(kind), roles))
            document.told.append(Told(tuple(row["sentence"]), [tuple(s) for s in row["spans"]], events))

    def add_whole_events(self, folder: str, records: dict[str, dict], spans_of) -> None:
        """Events of whole documents. `spans_of`: by name and sentence, spans beside the names that may be sides."""
        from .events import find

        for record in records.values():
            name, text = stem(record), record["text"]
            sentences = [(s["start"], s["end"]) for s in record["sentences"]]
            document = self.document("opinions", name, text, sentences, name)
            with open(os.path.join(folder, "gold", name + ".json"), encoding="utf8") as file:
                gold = json.load(file)["events"]
            words, told = Words(record), collections.defaultdict(list)
            for event in gold:
                at = find(text, event["trigger"], event.get("ctx"))
                head = at and words.head(*at)
                if head:
                    number = max(0, bisect.bisect_right([s for s, _ in sentences], head["start"]) - 1)
                    told[number].append((event, (head["start"], head["end"])))
            for i, (start, end) in enumerate(sentences):
                named = {
                    (e["start"], e["end"]): [e["text"], e["canonical"] or ""]
                    for e in record["entities"] if start <= e["start"] < end
                }
                others = {s: [text[slice(*s)]] for s in sorted(spans_of[name, i]) if start <= s[0] and s[1] <= end}
                sides = {**others, **named}
                events = []
                for event, trigger in told[i]:
                    def is_one_of(names, side):
                        return any(same(x, y) for x in names if x for y in event[side])
                    roles = []
                    for names in sides.values():
                        does, undergoes = is_one_of(names, "actors"), is_one_of(names, "recipients")
                        roles.append(UNKNOWN if does and undergoes else 1 if does else 2 if undergoes else 0)
                    events.append((trigger, TYPES.index(event["type"]), roles))
                document.told.append(Told((start, end), [words.head_span(s) for s in sides], events))

    def add_chains(self, records: dict[str, dict]) -> None:
        """Pieces of the project's own gold; chains of one piece have nothing to do with those of another."""
        for line in (GOLD / "chains.jsonl").open(encoding="utf8"):
            row = json.loads(line)
            name = row["document"]
            document = self.all.get(("opinions", name))
            if document is None:
                record = records[name]
                sentences = [(s["start"], s["end"]) for s in record["sentences"]]
                document = self.document("sentences", name, record["text"], sentences, "own-" + name)
            piece = row["piece"][0] << 20
            document.mentions += [Mention((s, e), piece + chain, bool(asked)) for s, e, _, chain, asked in row["mentions"]]
            document.mentions.sort(key=lambda m: (m.span[0], -m.span[1]))

    def add_gum(self, path: Path, records: dict[str, dict], learn: bool) -> None:
        """GUM's chains by the heads of their mentions; names are not asked about."""
        gold = gum(path)
        for record in records.values():
            name = stem(record)
            text, mentions = gold[name]
            word_at = {word["start"]: word for word in record["tokens"]}
            sentences = [(s["start"], s["end"]) for s in record["sentences"]]
            document = self.document("gum", name, text, sentences, name if learn else "dev-" + name)
            chains: dict[str, int] = {}
            for chain, _, end, head in mentions:
                word = word_at.get(head)
                span = (head, max(word["end"] if word else min(end, head + 1), head + 1))
                number = chains.setdefault(chain, len(chains))
                document.mentions.append(Mention(span, number, bool(word) and word["upos"] != "PROPN"))
            each = {mention.span: mention for mention in document.mentions}
            document.mentions = sorted(each.values(), key=lambda m: m.span)
