"""Trains the weights of the stage `events`: logistic regressions over the features that docmill writes.

    python -m news_en.events --opinions DIR --sentences DOCUMENTS.jsonl --work FOLDER --docmill PROGRAM \\
        --out crates/stages/events/data/weights.tsv

DIR holds `text` and `gold` (documents `dev-*` are measured on, all others are learned from); DOCUMENTS.jsonl is what
sentence_gold.py writes for gold/events.jsonl. FOLDER keeps what docmill wrote; without --docmill it is taken from there.

Whether an event of the type is told is learned from every predicate; which actors and which recipients are right, from
predicates whose sentence tells an event of the type. On the documents that the context layers have not learned from (a
tenth, `held_out`), what the features say is joined with what the layers say: first of each side, then of the event, so
that the score is a probability. The weights `last` join the features alone, for runs without the stage `context`.
"""

import argparse
import collections
import json
import os
import re
import subprocess
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from .context_gold import held_out
from .judge_gold import tokens

GOLD = Path(__file__).parent.parent / "gold" / "events.jsonl"
LEAST = 4
# How much a whole document counts beside single sentences.
WHOLE = 4
KEEP = 0.04


def same(a, b):
    return bool(a) and bool(b) and (a <= b or b <= a)


def find(text, words, context):
    pattern = lambda s: re.escape(re.sub(r"\s+", " ", s).strip()).replace(r"\ ", r"\s+")
    low, high = 0, len(text)
    if context and (around := re.search(pattern(context), text)):
        low, high = around.span()
    found = (m.span() for m in re.finditer(pattern(words), text)) if words else ()
    return next(((a, b) for a, b in found if a >= low and b <= high), None)


def gold_of(folder, record):
    """Name of the document and its events: type, sides as token sets, index of the sentence."""
    name = os.path.basename(record["source"]["path"]).rsplit(".", 1)[0]
    path = os.path.join(folder, "gold", name + ".json")
    if not os.path.exists(path):
        return name, None
    events = []
    for event in json.load(open(path, encoding="utf8"))["events"]:
        at = find(record["text"], event["trigger"], event.get("ctx"))
        inside = (i for i, s in enumerate(record["sentences"]) if at and s["start"] < at[1] and at[0] < s["end"])
        sides = [[tokens(n) for n in event[side]] for side in ("actors", "recipients")]
        events.append((event["type"], *sides, next(inside, None)))
    return name, events


def side_right(told, gold):
    return (not told and not gold) or any(same(a, b) for a in told for b in gold)


def predicates(folder, work):
    """Every predicate of whole documents with its labels, and the number of gold events by document."""
    gold, count = {}, {}
    for line in open(os.path.join(work, "opinions.jsonl"), encoding="utf8"):
        record = json.loads(line)
        name, events = gold_of(folder, record)
        if events is not None:
            gold[record["id"]] = (name, events)
            count[name] = len(events)
    rows = []
    for line in open(os.path.join(work, "ev-opinions.features"), encoding="utf8"):
        row = json.loads(line)
        if row["doc"] not in gold:
            continue
        row["name"], events = gold[row["doc"]]
        row["held"] = held_out(row["name"]) and not row["name"].startswith("dev")
        row["gold"] = [j for j, e in enumerate(events) if e[0] == row["type"] and e[3] == row["sentence"]]
        for side, at in (("actors", 1), ("recipients", 2)):
            for option in row[side]:
                named = [tokens(n) for n in option["names"]]
                option["right"] = [side_right(named, events[j][at]) for j in row["gold"]]
        rows.append(row)
    return rows, count


def single(gold, work):
    """The same of single sentences (gold/events.jsonl), whose sides are spans."""
    found = {}
    for line in open(gold, encoding="utf8"):
        row = json.loads(line)
        found.setdefault(row["document"], []).append(row)
    of = {}
    for line in open(os.path.join(work, "labelled.jsonl"), encoding="utf8"):
        record = json.loads(line)
        text = record["text"]
        place = (lambda x: x) if text.isascii() else (lambda x, text=text: len(text[:x].encode()))
        for row in found.get(record["id"], []):
            start, end = row["sentence"]
            number = next((i for i, s in enumerate(record["sentences"]) if s["start"] < end and start < s["end"]), None)
            bytes_of = [[place(x) for x in span] for span in row["spans"]]
            events = []
            for kind, _, actors, recipients, _, others in row["events"]:
                events.append((kind, [bytes_of[i] for i in actors + others], [bytes_of[i] for i in recipients + others], bool(actors), bool(recipients)))
            of[record["id"], number] = events
    rows = []
    for line in open(os.path.join(work, "ev-labelled.features"), encoding="utf8"):
        row = json.loads(line)
        events = of.get((row["doc"], row["sentence"]))
        if events is None:
            continue
        row["name"] = "own-" + row["doc"]
        row["held"] = held_out(row["name"])
        row["gold"] = [j for j, e in enumerate(events) if e[0] == row["type"]]
        for side, at in (("actors", 1), ("recipients", 2)):
            for option in row[side]:
                option["right"] = [within(option["spans"], events[j][at], events[j][at + 2]) for j in row["gold"]]
        rows.append(row)
    return rows


def within(told, gold, any_gold):
    if not any_gold:
        return not told
    return any(a < d and c < b for a, b in told for c, d in gold)


def prepared(rows):
    for row in rows:
        row["told"] = bool(row["gold"])
        for side in ("actors", "recipients"):
            for option in row[side]:
                option["set"] = set(option["keys"])
    return sorted(rows, key=lambda row: (row["name"], row["sentence"], row["trigger"], row["type"]))


class Regression:
    def __init__(self, features, labels, weights, c):
        seen = collections.Counter(name for named in features for name in set(named))
        self.index = {name: i for i, name in enumerate(sorted(n for n, k in seen.items() if k >= LEAST))}
        self.model = LogisticRegression(C=c, max_iter=500).fit(self.matrix(features), labels, weights)

    def matrix(self, features):
        places, ends = [], [0]
        for named in features:
            places += sorted({self.index[name] for name in named if name in self.index})
            ends.append(len(places))
        return csr_matrix((np.ones(len(places)), places, ends), shape=(len(features), len(self.index)))

    def scores(self, features):
        return self.model.decision_function(self.matrix(features)) if features else np.zeros(0)

    def weights(self):
        """Rounded; the constant is the weight of the feature that everything has."""
        for name, weight in zip(self.index, self.model.coef_[0]):
            weight += self.model.intercept_[0] if name == "b" else 0
            if abs(weight) >= KEEP or name == "b":
                yield name, round(float(weight), 3)


def weight(row):
    """Whole documents are what docmill reads; the single sentences were chosen and read faster."""
    return 1 if row["name"].startswith("own-") else WHOLE


def train(rows, c):
    models = [Regression([row["event"] for row in rows], [row["told"] for row in rows], list(map(weight, rows)), c)]
    for side in ("actors", "recipients"):
        options = [(option, weight(row)) for row in rows if row["told"] for option in row[side]]
        features, labels, weights = zip(*((o["features"], any(o["right"]), w) for o, w in options))
        models.append(Regression(features, labels, weights, c))
    return models


def logistic(x):
    return 1 / (1 + np.exp(-x))


class Joined:
    """A logistic regression over a few scores."""

    def __init__(self, names, x, y, rows):
        self.names = names
        # Sentences chosen for their events have more of them than documents: that goes into a bias of their own.
        chosen = [[float(row["name"].startswith("own-"))] for row in rows]
        whole = np.hstack([np.array(x, float).reshape(len(y), len(names)), chosen])
        self.model = LogisticRegression(C=1, max_iter=500).fit(whole, y, list(map(weight, rows)))
        self.w, self.b = self.model.coef_[0][: len(names)], self.model.intercept_[0]

    def __call__(self, x):
        return np.asarray(x, float).reshape(-1, len(self.w)) @ self.w + self.b

    def weights(self):
        return [*zip(self.names, self.w), ("b", self.b)]


def side_inputs(option, score):
    return [score, option["read"], float(not option["keys"])]


def options_of(rows, side):
    return [option for row in rows for option in row[side]]


def sides_joined(rows, models):
    """How features and layers count together for each side."""
    found = []
    told = [row for row in rows if row["told"]]
    for side, model in zip(("actors", "recipients"), models[1:]):
        options = options_of(told, side)
        scores = model.scores([o["features"] for o in options])
        x = [side_inputs(o, s) for o, s in zip(options, scores)]
        of = [row for row in told for _ in row[side]]
        found.append(Joined(("features", "read", "nobody"), x, [any(o["right"]) for o in options], of))
    return found


def read(rows, models, joined=None):
    """The best reading of each predicate: its scores, the gold events that it meets, what makes it one with another."""
    events, actors, recipients = models
    told = events.scores([row["event"] for row in rows])
    all_of = []
    for i, (side, model) in enumerate((("actors", actors), ("recipients", recipients))):
        options = options_of(rows, side)
        scores = model.scores([o["features"] for o in options])
        if joined and options:
            scores = joined[i]([side_inputs(o, s) for o, s in zip(options, scores)])
        all_of.append(scores)
    a_all, r_all = all_of
    a_at = r_at = 0
    for row, score in zip(rows, told):
        a = a_all[a_at : (a_at := a_at + len(row["actors"]))]
        r = r_all[r_at : (r_at := r_at + len(row["recipients"]))]
        best = None
        for i, actor in enumerate(row["actors"]):
            for j, recipient in enumerate(row["recipients"]):
                if not actor["keys"] and not recipient["keys"] or actor["set"] & recipient["set"]:
                    continue
                both = logistic(a[i]) * logistic(r[j])
                if best is None or both > best[0]:
                    best = both, i, j
        if best is None:
            continue
        _, i, j = best
        actor, recipient = row["actors"][i], row["recipients"][j]
        hits = [g for g, x, y in zip(row["gold"], actor["right"], recipient["right"]) if x and y]
        key = row["name"], row["type"], tuple(sorted(actor["set"])), tuple(sorted(recipient["set"]))
        scores = [score, row["read"], a[i], r[j]] if joined else [score, a[i], r[j]]
        yield {"row": row, "scores": scores, "hits": hits, "key": key, "word": (row["name"], *row["trigger"])}


def told_once(readings, last):
    """As the stage tells them: one event a word, each event once."""
    for reading in readings:
        reading["p"] = float(logistic(last(reading["scores"])[0]))
    by_word, known, kept = {}, set(), []
    for reading in readings:
        before = by_word.get(reading["word"])
        if before is None or reading["p"] > before["p"]:
            by_word[reading["word"]] = reading
    for reading in sorted(by_word.values(), key=lambda r: -r["p"]):
        if reading["key"] not in known:
            known.add(reading["key"])
            kept.append(reading)
    return kept


def curve(kept, gold, note):
    for threshold in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7):
        told = [r for r in kept if r["p"] >= threshold]
        right = sum(bool(r["hits"]) for r in told)
        found = len({(r["row"]["name"], hit) for r in told for hit in r["hits"]})
        p, r = right / max(1, len(told)), found / gold
        print(f"{note} from {threshold}: told {len(told)}, precision {100 * p:.1f}, recall {100 * r:.1f}, F1 {200 * p * r / max(1e-9, p + r):.1f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--opinions", required=True)
    parser.add_argument("--sentences", help="documents, from sentence_gold.py; for --docmill")
    parser.add_argument("--work", required=True, help="folder for what docmill writes")
    parser.add_argument("--docmill", help="program to run first")
    parser.add_argument("--set", action="append", default=[], help="a setting for docmill, such as model=DIR")
    parser.add_argument("--out")
    parser.add_argument("--c", type=float, default=0.1)
    args = parser.parse_args()
    if args.docmill:
        run_docmill(args)
    rows, count = predicates(args.opinions, args.work)
    rows = prepared(rows + single(GOLD, args.work))
    dev = [row for row in rows if row["name"].startswith("dev")]
    held = [row for row in rows if row["held"]]
    learn = [row for row in rows if not row["held"] and not row["name"].startswith("dev")]
    print(f"{len(learn)} predicates to learn from, {sum(row['told'] for row in learn)} tell an event; {len(held)} held out")
    models = train(learn, args.c)
    joined = sides_joined(held, models)
    def last_of(names, readings):
        return Joined(names, [r["scores"] for r in readings], [bool(r["hits"]) for r in readings], [r["row"] for r in readings])
    last = last_of(("event", "actor", "recipient"), list(read(held, models)))
    read_last = last_of(("event", "trigger", "actor", "recipient"), list(read(held, models, joined)))
    number = sum(n for name, n in count.items() if name.startswith("dev"))
    curve(told_once(list(read(dev, models)), last), number, "dev, features alone")
    curve(told_once(list(read(dev, models, joined)), read_last), number, "dev")
    if args.out:
        with open(args.out, "w", encoding="utf8") as out:
            out.write("# Weights of the events, by models/train/news_en/events.py: table, feature, weight.\n")
            for table, model in zip(("event", "actor", "recipient"), models):
                for name, weight in sorted(model.weights()):
                    out.write(f"{table}\t{name}\t{weight}\n")
            for table, model in (("last", last), ("read actor", joined[0]), ("read recipient", joined[1]), ("read last", read_last)):
                for name, weight in model.weights():
                    out.write(f"{table}\t{name}\t{weight:.4f}\n")


def run_docmill(args):
    """Writes records and features of whole documents and of single sentences."""
    os.makedirs(args.work, exist_ok=True)
    at = lambda name: os.path.join(args.work, name)
    for name, source in (("opinions", os.path.join(args.opinions, "text")), ("labelled", args.sentences)):
        if os.path.exists(at(f"ev-{name}.features")):
            os.remove(at(f"ev-{name}.features"))
        command = [args.docmill, "run", source, "-o", at(f"{name}.jsonl"), "--restart"]
        for setting in [*args.set, f"events.features={at(f'ev-{name}.features')}"]:
            command += ["--set", setting]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
