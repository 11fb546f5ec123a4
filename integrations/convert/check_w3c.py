"""W3C Web Annotation: read as JSON-LD by rdflib.

The context is the published one as far as docmill uses it; rdflib would fetch it from the network.
"""

import json

from rdflib import RDF, Graph, Namespace

OA = Namespace("http://www.w3.org/ns/oa#")
CONTEXT = {
    "oa": str(OA),
    "dc": "http://purl.org/dc/elements/1.1/",
    "as": "http://www.w3.org/ns/activitystreams#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": {"@type": "@id", "@id": "@id"},
    "type": {"@type": "@id", "@id": "@type"},
    "Annotation": "oa:Annotation",
    "AnnotationPage": "as:OrderedCollectionPage",
    "TextualBody": "oa:TextualBody",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "assessing": "oa:assessing",
    "describing": "oa:describing",
    "identifying": "oa:identifying",
    "tagging": "oa:tagging",
    "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"},
    "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "value": "rdf:value",
    "format": "dc:format",
}

def check(path, records):
    lines = [json.loads(line) for line in open(path, encoding="utf-8")]
    if len(lines) != len(records):
        yield f"{len(lines)} documents, not {len(records)}"
    for line, record in zip(lines, records):
        if line["@context"] != "http://www.w3.org/ns/anno.jsonld":
            yield f"context {line['@context']}"
        graph = Graph()
        graph.parse(data=json.dumps(line | {"@context": CONTEXT}), format="json-ld")
        text = record["text"]
        found, tags = {}, {}
        for annotation in graph.subjects(RDF.type, OA.Annotation):
            name = str(annotation).rsplit("#", 1)[1]
            target = graph.value(annotation, OA.hasTarget)
            source = graph.value(target, OA.hasSource)
            selectors = {graph.value(s, RDF.type): s for s in graph.objects(target, OA.hasSelector)}
            position, quote = selectors[OA.TextPositionSelector], selectors[OA.TextQuoteSelector]
            start, end = int(graph.value(position, OA.start)), int(graph.value(position, OA.end))
            exact, prefix, suffix = (graph.value(quote, key) for key in [OA.exact, OA.prefix, OA.suffix])
            for body in graph.objects(annotation, OA.hasBody):
                if graph.value(body, OA.hasPurpose) == OA.tagging:
                    tags[name] = str(graph.value(body, RDF.value))
            if text[start:end] != str(exact):
                yield f"{record['id']}: {text[start:end]!r} is not {str(exact)!r}"
            if not text[:start].endswith(str(prefix)) or not text[end:].startswith(str(suffix)):
                yield f"{record['id']}: {str(exact)!r} does not stand between {str(prefix)!r} and {str(suffix)!r}"
            if "urn:docmill:" not in source:
                yield f"{record['id']}: target {source}"
            found[name] = str(exact)
        wanted = {entity["id"]: entity["text"] for entity in record["entities"]}
        wanted |= {quote["id"]: quote["content"]["text"] for quote in record["quotes"]}
        wanted |= {stance["id"]: stance["evidence"]["text"] for stance in record["stances"]}
        wanted |= {citation["id"]: citation["text"] for citation in record["citations"]}
        if found != wanted:
            yield f"{record['id']}: annotations {sorted(set(found.items()) ^ set(wanted.items()))[:4]} differ"
        for entity in record["entities"]:
            if tags.get(entity["id"]) != entity["label"]:
                yield f"{record['id']}: {entity['id']} is {tags.get(entity['id'])}, not {entity['label']}"
