"""The record of docmill as a schema of polars, so that nothing is guessed from the first lines.

    records = pl.scan_ndjson("out.jsonl", schema=RECORD)

Keys of other people's stages can be added: RECORD | {"my_layer": pl.String}.
"""

import polars as pl

SPAN = {"start": pl.Int64, "end": pl.Int64, "text": pl.String}
PARTY = {"entity": pl.String, "name": pl.String, "text": pl.String}
SIDE = {
    "entity": pl.String,
    "cluster": pl.String,
    "name": pl.String,
    "country": pl.String,
    "part": pl.Boolean,
    **SPAN,
}
NAME = {"name": pl.String, "country": pl.String}
VALENCE = {"label": pl.String, "score": pl.Float64}


def items(fields):
    return pl.List(pl.Struct(fields))


RECORD = {
    "schema_version": pl.String,
    "run_id": pl.String,
    "id": pl.String,
    "status": pl.String,
    "error": pl.Struct({"stage": pl.String, "message": pl.String}),
    "skipped": items({"stage": pl.String, "missing": pl.String}),
    "duplicate": pl.Struct({"of": pl.String, "kind": pl.String, "similarity": pl.Float64}),
    "source": pl.Struct(
        {
            "path": pl.String,
            "member": pl.String,
            "line": pl.Int64,
            "sha256": pl.String,
            "bytes": pl.Int64,
            "encoding": pl.String,
            "replaced": pl.Int64,
        }
    ),
    "meta": pl.Struct(
        {
            "title": pl.String,
            "publication": pl.String,
            "volume": pl.String,
            "issue": pl.String,
            "date": pl.String,
            "author": pl.String,
            "extra": items({"key": pl.String, "value": pl.String}),
        }
    ),
    "language": pl.String,
    "offset_unit": pl.String,
    "text": pl.String,
    "sentences": items({"id": pl.String, **SPAN, "paragraph": pl.Int64}),
    "tokens": items(
        {
            **SPAN,
            "sentence": pl.String,
            "lemma": pl.String,
            "upos": pl.String,
            "head": pl.Int64,
            "deprel": pl.String,
        }
    ),
    "entities": items(
        {
            "id": pl.String,
            **SPAN,
            "label": pl.String,
            "score": pl.Float64,
            "sentence": pl.String,
            "canonical": pl.String,
            "cluster": pl.String,
            "citation": pl.String,
        }
    ),
    "clusters": items(
        {
            "id": pl.String,
            "canonical": pl.String,
            "named": pl.Boolean,
            "label": pl.String,
            "country": pl.String,
            "country_source": pl.String,
            "title": pl.String,
            "mentions": items(
                {
                    "entity": pl.String,
                    "form": pl.String,
                    **SPAN,
                    "phrase_start": pl.Int64,
                    "phrase_end": pl.Int64,
                }
            ),
        }
    ),
    "roles": items(
        {
            "person": pl.Struct(PARTY),
            "role": pl.Struct(SPAN),
            "organization": pl.Struct({**PARTY, "country": pl.String, "source": pl.String}),
            "status": pl.String,
            "sentence": pl.String,
            "evidence": pl.Struct(SPAN),
        }
    ),
    "sentiment": pl.Struct(
        {
            "document": pl.Struct(VALENCE),
            "sentences": items({"sentence": pl.String, **VALENCE}),
            "entities": items({"entity": pl.String, **VALENCE, **NAME}),
        }
    ),
    "stances": items(
        {
            "id": pl.String,
            "holder": pl.Struct({"kind": pl.String, "entity": pl.String, "text": pl.String, **NAME}),
            "target": pl.Struct(
                {
                    "kind": pl.String,
                    "entity": pl.String,
                    "text": pl.String,
                    "start": pl.Int64,
                    "end": pl.Int64,
                    **NAME,
                }
            ),
            "polarity": pl.String,
            "score": pl.Float64,
            "basis": pl.String,
            "relation": pl.String,
            "modality": pl.String,
            "sentence": pl.String,
            "evidence": pl.Struct(SPAN),
        }
    ),
    "quotes": items(
        {
            "id": pl.String,
            "kind": pl.String,
            "act": pl.String,
            "content": pl.Struct(SPAN),
            "speaker": pl.Struct({**SPAN, "entity": pl.String, "name": pl.String, "country": pl.String}),
            "cue": pl.Struct(SPAN),
            "continues": pl.String,
        }
    ),
    "citations": items(
        {
            "id": pl.String,
            "outlet": pl.String,
            "date": pl.String,
            "date_end": pl.String,
            "date_text": pl.String,
            "date_inferred": pl.Boolean,
            **SPAN,
        }
    ),
    "times": items(
        {
            "id": pl.String,
            "type": pl.String,
            "value": pl.String,
            "value_end": pl.String,
            "anchor": pl.String,
            **SPAN,
        }
    ),
    "places": items(
        {
            "id": pl.String,
            "entity": pl.String,
            **SPAN,
            "form": pl.String,
            "geonames": pl.Int64,
            "name": pl.String,
            "feature": pl.String,
            "country": pl.String,
            "admin1": pl.String,
            "latitude": pl.Float64,
            "longitude": pl.Float64,
            "score": pl.Float64,
            "margin": pl.Float64,
            "candidates": pl.Int64,
        }
    ),
    "events": items(
        {
            "id": pl.String,
            "type": pl.String,
            "status": pl.String,
            "trigger": pl.Struct(SPAN),
            "sentence": pl.String,
            "actors": items(SIDE),
            "recipients": items(SIDE),
            "time": pl.Struct({"time": pl.String, "value": pl.String, "text": pl.String}),
            "place": pl.Struct({"entity": pl.String, "name": pl.String, "text": pl.String, "place": pl.String}),
            "quote": pl.String,
            "citation": pl.String,
            "score": pl.Float64,
        }
    ),
}
