"""Scores of clusters against gold: MUC, B-cubed, CEAFe and their mean (CoNLL 2012), and GAP's F1.

The reference scorer counts the mentions that the two files hold, by their exact span; GUM's gold holds things spoken of
once. "all mentions" is that, with the whole phrases of `docmill run --set mentions.unnamed=all`. "of several mentions"
leaves things spoken of once out on both sides, as OntoNotes does; "by head" does too and knows a mention by its noun.
"named mentions" asks how well the names that both have are told apart.
"""

import json
from collections import Counter, defaultdict
from pathlib import Path

from scipy.optimize import linear_sum_assignment

from .coref_gold import gap, gum


def _f1(right_p, all_p, right_r, all_r):
    p, r = (right_p / all_p if all_p else 0.0), (right_r / all_r if all_r else 0.0)
    return 100 * p, 100 * r, 200 * p * r / (p + r) if p + r else 0.0


def conll(documents: list[tuple[list[set], list[set]]]) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of each measure over (gold clusters, told clusters) of documents."""
    muc, b3, ceaf = Counter(), Counter(), Counter()
    for gold, told in documents:
        for side, these, others in (("r", gold, told), ("p", told, gold)):
            of = {mention: i for i, cluster in enumerate(others) for mention in cluster}
            for cluster in these:
                parts = Counter(of.get(mention, (mention,)) for mention in cluster)
                muc[side] += len(cluster) - len(parts)
                muc["all" + side] += len(cluster) - 1
                b3[side] += sum(n * n for part, n in parts.items() if not isinstance(part, tuple)) / len(cluster)
                b3["all" + side] += len(cluster)
        table = [[2 * len(a & b) / (len(a) + len(b)) for b in told] for a in gold]
        if gold and told:
            rows, columns = linear_sum_assignment(table, maximize=True)
            ceaf["right"] += sum(table[i][j] for i, j in zip(rows, columns))
        ceaf["p"] += len(told)
        ceaf["r"] += len(gold)
    scores = {
        "MUC": _f1(muc["p"], muc["allp"], muc["r"], muc["allr"]),
        "B-cubed": _f1(b3["p"], b3["allp"], b3["r"], b3["allr"]),
        "CEAFe": _f1(ceaf["right"], ceaf["p"], ceaf["right"], ceaf["r"]),
    }
    scores["CoNLL"] = tuple(sum(s[i] for s in scores.values()) / 3 for i in range(3))
    return scores


def records(path: Path) -> dict[str, dict]:
    """Records by the name of their file."""
    read = (json.loads(line) for line in path.open(encoding="utf8"))
    return {Path(r["source"]["path"]).stem: r for r in read if r["status"] == "ok"}


def _heads(mention: dict, entity: bool, heads: set[int]) -> int:
    """Where the head of a told mention is: the last word of a phrase, the gold head inside a name."""
    inside = [head for head in heads if mention["start"] <= head < mention["end"]]
    if entity and inside:
        return inside[-1]
    last = mention["text"].split()[-1] if mention["text"].split() else mention["text"]
    return mention["end"] - len(last)


def score_gum(gold: Path, told: Path) -> dict[str, dict]:
    """The measures of each way to count, see above; `mentions` is the F1 of finding them, whatever their cluster."""
    read = records(told)
    sets = {"all mentions": [], "of several mentions": [], "by head": [], "named mentions": []}
    for name, (_, mentions) in gum(gold).items():
        chains, spans = defaultdict(set), defaultdict(set)
        for chain, start, end, head in mentions:
            chains[chain].add(head)
            spans[chain].add((start, end))
        heads = {head for chain in chains.values() for head in chain}
        clusters, phrases, named = [], [], set()
        for cluster in read[name]["clusters"]:
            cluster_heads = set()
            for mention in cluster["mentions"]:
                head = _heads(mention, mention["entity"] is not None, heads)
                cluster_heads.add(head)
                if mention["entity"] is not None:
                    named.add(head)
            clusters.append(cluster_heads)
            phrases.append({(mention["phrase_start"], mention["phrase_end"]) for mention in cluster["mentions"]})
        several = lambda sets: [one for one in sets if len(one) > 1]
        gold_spans, told_spans = list(spans.values()), _apart(phrases)
        sets["all mentions"].append((gold_spans, told_spans))
        sets["of several mentions"].append((several(gold_spans), several(told_spans)))
        sets["by head"].append((several(chains.values()), several(clusters)))
        # Names that both have: how well they are told apart.
        both = named & heads
        sets["named mentions"].append(
            ([c & both for c in chains.values() if c & both], [c & both for c in clusters if c & both])
        )
    scores = {}
    for kind, documents in sets.items():
        flat = [(set().union(*gold), set().union(*told)) for gold, told in documents]
        found = sum(len(a & b) for a, b in flat)
        scores[kind] = {"mentions": _f1(found, sum(len(b) for _, b in flat), found, sum(len(a) for a, _ in flat))}
        scores[kind] |= conll(documents)
    return scores


def _apart(clusters: list[set]) -> list[set]:
    """Clusters without what an earlier one has: the reference scorer takes no mention twice."""
    seen, apart = set(), []
    for cluster in clusters:
        rest = cluster - seen
        seen |= rest
        if rest:
            apart.append(rest)
    return apart


def score_gap(gold: Path, told: Path) -> tuple[float, float, float]:
    """Precision, recall and F1 of the two names of each row as what the pronoun stands for."""
    read, count = records(told), Counter()
    for name, row in gap(gold).items():
        at = int(row["Pronoun-offset"])
        cluster = next(
            (c for c in read[name]["clusters"] if any(m["start"] == at and m["entity"] is None for m in c["mentions"])),
            None,
        )
        for letter in "AB":
            start = int(row[letter + "-offset"])
            end = start + len(row[letter])
            mentions = cluster["mentions"] if cluster else []
            linked = any(m["entity"] is not None and m["start"] < end and start < m["end"] for m in mentions)
            right = row[letter + "-coref"].upper() == "TRUE"
            count["told"] += linked
            count["gold"] += right
            count["both"] += linked and right
    return _f1(count["both"], count["told"], count["both"], count["gold"])
