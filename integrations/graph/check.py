"""Whether networkx, pandas and followthemoney read what `docmill graph` and `docmill names` write; `cargo xtask integrations
graph`.

The seeds are read, and what the tools find is compared: nodes with the names, edges with each other, entities with their
schemata, and every reference with the entities that are there.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import networkx
import pandas
from followthemoney import model
from followthemoney.proxy import EntityProxy
from followthemoney.types import registry

ROOT = Path(__file__).resolve().parents[2]


def docmill(*arguments):
    """Runs docmill."""
    subprocess.run([os.environ.get("DOCMILL_PROGRAM", "docmill"), *map(str, arguments)], check=True)


def graphml(folder, names, problems):
    """The graph of networkx: a node for each name, an edge for each line of the table."""
    graph = networkx.read_graphml(folder / "graph.graphml", force_multigraph=True)
    labels = {node: data["label"] for node, data in graph.nodes(data=True)}
    if labels != {name["id"]: " ".join(name["name"].split()) for name in names}:
        problems.append("GraphML: nodes are not the names")
    edges = pandas.read_csv(folder / "edges.csv", keep_default_na=False)
    table = Counter(zip(edges[":START_ID"], edges[":END_ID"], edges[":TYPE"], edges["label"], edges["count:long"]))
    found = Counter((source, target, data["kind"], data.get("label", ""), data["count"])
                    for source, target, data in graph.edges(data=True))
    if found != table or not found:
        problems.append("GraphML: edges are not those of edges.csv")
    nodes = pandas.read_csv(folder / "nodes.csv", keep_default_na=False)
    if sorted(nodes["id:ID"]) != sorted(labels):
        problems.append("nodes.csv: not the names")
    if not set(edges[":START_ID"]) | set(edges[":END_ID"]) <= set(nodes["id:ID"]):
        problems.append("edges.csv: an end is no node")
    return f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges"


def entities(path, problems):
    """Entities as FollowTheMoney reads them: nothing is lost in cleaning, and references lead somewhere."""
    proxies = {}
    for line in open(path, encoding="utf-8"):
        data = json.loads(line)
        model.get(data["schema"]).validate(data)
        proxy = EntityProxy.from_dict(data, cleaned=False)
        for name, values in data["properties"].items():
            # Cleaning joins names that differ in blanks; a value that it drops is wrong.
            if values and not proxy.get(name):
                problems.append(f"{data['schema']} {data['id']}: {name} {values} is dropped")
        if proxy.id in proxies:
            problems.append(f"{proxy.id} stands twice")
        proxies[proxy.id] = proxy
    for proxy in proxies.values():
        for prop, value in proxy.itervalues():
            if prop.type != registry.entity:
                continue
            other = proxies.get(value)
            if other is None or not other.schema.is_a(prop.range):
                problems.append(f"{proxy.schema.name} {proxy.id}: {prop.name} {value} is no {prop.range.name}")
    kinds = Counter(proxy.schema.name for proxy in proxies.values())
    for kind in ["Article", "Mention", "Person", "Organization", "PublicBody", "Address", "Event", "UnknownLink"]:
        if kind not in kinds:
            problems.append(f"no entity is of {kind}")
    return ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))


def main():
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(ROOT)
        folder = Path(folder)
        docmill("run", "seeds", "-q", "-o", folder / "out.jsonl", "--set", "stance.threshold=0.3",
                "--set", "events.threshold=0.3")
        docmill("graph", folder / "out.jsonl", "-o", folder / "graph")
        docmill("names", folder / "out.jsonl", "-o", folder / "names.jsonl")
        docmill("names", folder / "out.jsonl", "-o", folder / "names.csv")
        names = [json.loads(line) for line in open(folder / "names.jsonl", encoding="utf-8")]
        table = pandas.read_csv(folder / "names.csv", keep_default_na=False)
        if list(table["id"]) != [name["id"] for name in names]:
            problems.append("names.csv: not the names of names.jsonl")
        print("networkx, pandas:", graphml(folder / "graph", names, problems))
        print("followthemoney:", entities(folder / "graph/entities.ftm.json", problems))
    print("\n".join(problems) or "good")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
