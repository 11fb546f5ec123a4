"""Whether tables hold what the records hold: read back with DuckDB, pandas and polars, from Parquet and from CSV."""

import csv
import datetime
import json
import re
import sys
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl

from program import docmill

sys.path.insert(0, str(Path(__file__).resolve().parent / "polars"))
from record_schema import RECORD  # noqa: E402

TYPES = {
    "VARCHAR": pl.String,
    "DATE": pl.Date,
    "BIGINT": pl.Int64,
    "DOUBLE": pl.Float64,
    "BOOLEAN": pl.Boolean,
    "VARCHAR[]": pl.List(pl.String),
    'STRUCT("key" VARCHAR, "value" VARCHAR)[]': pl.List(pl.Struct({"key": pl.String, "value": pl.String})),
}

# What a name has in common with nobody's archive: emoji, combining marks, Cyrillic, CR LF, formulas, quotation marks.
HARD = {
    "id": "=1+1",
    "title": '=HYPERLINK("http://x", "y"), 🛰️',
    "author": "",
    "desk": "Ре\u0301чь\r\nof \"many\", lines",
    "date": "1969-12-31",
    "text": "🛰️ Речь в Душанбе. Dushanbe accused Tashkent of e\u0301spionage.\r\n\r\n\"It is real,\" Karimov said (Interfax, May 2).",
}


def check(seeds):
    """Problems with the tables of the seeds, and of a run that is made to be hard."""
    problems = check_schema()
    inputs = Path("hard")
    inputs.mkdir()
    (inputs / "hard.jsonl").write_text(json.dumps(HARD) + "\n", encoding="utf-8")
    (inputs / "bad.txt").write_bytes(b"\x7fELF\x02\x01\x01\0\0\0\0\0")
    hard = Path("hard.jsonl.zst")
    docmill("run", inputs, "-q", "-o", hard, "--set", "output.tokens=true", codes=(1,))
    docmill("merge", hard, "-o", "hard.plain.jsonl")
    for output, plain in [(seeds, seeds), (hard, Path("hard.plain.jsonl"))]:
        records = [json.loads(line) for line in plain.read_text(encoding="utf-8").splitlines()]
        docmill("tables", output, "-d", "parquet-tables")
        docmill("tables", output, "-d", "csv-tables", "--format", "csv")
        for name, (columns, rows) in expected(records).items():
            problems += [f"{output.name}: {name}: {problem}" for problem in check_table(name, columns, rows)]
    return problems


def check_schema():
    """Whether polars/record_schema.py has the keys of `docmill schema`, in every depth."""
    schema = json.loads(docmill("schema"))

    def keys(node):
        if "$ref" in node:
            return keys(schema["$defs"][node["$ref"].rsplit("/", 1)[1]])
        for choice in node.get("anyOf", []):
            if choice.get("type") != "null":
                return keys(choice)
        if "properties" in node:
            return {key: keys(value) for key, value in node["properties"].items()}
        return keys(node["items"]) if "items" in node else None

    def fields(kind):
        if isinstance(kind, pl.List):
            return fields(kind.inner)
        return {field.name: fields(field.dtype) for field in kind.fields} if isinstance(kind, pl.Struct) else None

    there, known = keys(schema), {key: fields(kind) for key, kind in RECORD.items()}
    return [] if there == known else [f"polars/record_schema.py has {known}, docmill schema {there}"]


def expected(records):
    """What each table is to hold, taken from the records without docmill: names of columns, and rows."""
    tables = {}

    def table(name, key, columns):
        things = ((record["id"], thing) for record in records for thing in record[key] if thing.get("named", True))
        rows = [[doc_id, *[get(thing) for get in columns.values()]] for doc_id, thing in things]
        tables[name] = (["doc_id", *columns], rows)

    def at(*path):
        def get(thing):
            for key in path:
                thing = None if thing is None else thing[key]
            return thing

        return get

    def day(*path):
        return lambda thing: date(at(*path)(thing))

    span = {"span_start": at("start"), "span_end": at("end"), "text": at("text")}
    table("sentences", "sentences", {"sentence_id": at("id"), **span, "paragraph": at("paragraph")})
    syntax = {name: at(name) for name in ("lemma", "upos", "head", "deprel")}
    table("tokens", "tokens", {"sentence_id": at("sentence"), **span, **syntax})
    table("entities", "entities", {
        "entity_id": at("id"), "sentence_id": at("sentence"), **span, "label": at("label"), "score": at("score"),
        "canonical": at("canonical"), "cluster_id": at("cluster"), "citation_id": at("citation"),
    })
    table("clusters", "clusters", {
        "cluster_id": at("id"), "canonical": at("canonical"), "label": at("label"), "country": at("country"),
        "country_source": at("country_source"), "title": at("title"),
        "entity_ids": lambda thing: [m["entity"] for m in thing["mentions"] if m["entity"]],
        "forms": lambda thing: [m["form"] for m in thing["mentions"] if m["entity"]],
    })
    table("stances", "stances", {
        "stance_id": at("id"), "sentence_id": at("sentence"), "holder_kind": at("holder", "kind"),
        "holder_entity_id": at("holder", "entity"), "holder_text": at("holder", "text"),
        "target_kind": at("target", "kind"), "target_entity_id": at("target", "entity"), "target_text": at("target", "text"),
        "polarity": at("polarity"), "score": at("score"), "basis": at("basis"), "relation": at("relation"), "modality": at("modality"),
        "evidence_start": at("evidence", "start"), "evidence_text": at("evidence", "text"),
    })
    table("quotes", "quotes", {
        "quote_id": at("id"), "continues": at("continues"), "kind": at("kind"), "act": at("act"),
        "content_start": at("content", "start"), "content_end": at("content", "end"), "content_text": at("content", "text"),
        "speaker_start": at("speaker", "start"), "speaker_text": at("speaker", "text"),
        "speaker_entity_id": at("speaker", "entity"), "cue_text": at("cue", "text"),
    })
    table("citations", "citations", {
        "citation_id": at("id"), "outlet": at("outlet"), "date": day("date"), "date_end": day("date_end"),
        "date_iso": at("date"), "date_text": at("date_text"), "date_inferred": at("date_inferred"), **span,
    })
    columns = {
        "doc_id": at("id"), "run_id": at("run_id"), "status": at("status"), "error": at("error", "message"),
        "skipped": lambda thing: [skipped["stage"] for skipped in thing["skipped"]],
        "duplicate_of": lambda thing: thing["duplicate"] and thing["duplicate"]["of"],
        "source_path": at("source", "path"), "source_line": at("source", "line"), "source_bytes": at("source", "bytes"),
        "title": at("meta", "title"), "publication": at("meta", "publication"), "date": day("meta", "date"),
        "author": at("meta", "author"), "extra": at("meta", "extra"), "text": at("text"),
    }
    tables["documents"] = (list(columns), [[get(record) for get in columns.values()] for record in records])
    rows = []
    for record in records:
        sentiment = record["sentiment"]
        if sentiment["document"]:
            rows.append([record["id"], "document", None, sentiment["document"]["label"], sentiment["document"]["score"]])
        rows += [[record["id"], "sentence", None, s["label"], s["score"]] for s in sentiment["sentences"]]
        rows += [[record["id"], "entity", s["entity"], s["label"], s["score"]] for s in sentiment["entities"]]
    tables["polecat"] = polecat(records)
    tables["sentiment"] = (["doc_id", "scope", "entity_id", "label", "score"], rows)
    return tables


def polecat(records):
    """Events as flat rows."""
    columns = ["doc_id", "event_id", "event_date", "event_type", "status", "actor_name", "actor_country", "recipient_name",
               "recipient_country", "place_name", "latitude", "longitude", "geonames", "sentence", "score"]

    def joined(values):
        return "; ".join(dict.fromkeys(value for value in values if value)) or None

    rows = []
    for record in records:
        places = {place["id"]: place for place in record["places"]}
        sentences = {sentence["id"]: sentence["text"] for sentence in record["sentences"]}
        for event in record["events"]:
            where = event["place"] or {}
            place = places.get(where.get("place"), {})
            day = event["time"] and re.fullmatch(r"\d{4}-\d\d-\d\d", event["time"]["value"])
            sides = [[joined(party["name"] or party["text"] for party in event[side]),
                      joined(party["country"] for party in event[side])] for side in ("actors", "recipients")]
            rows.append([
                record["id"], event["id"], date(day[0] if day else record["meta"]["date"]), event["type"], event["status"],
                *sides[0], *sides[1], where.get("name") or where.get("text"), place.get("latitude"), place.get("longitude"),
                place.get("geonames"), sentences[event["sentence"]], event["score"],
            ])
    return columns, rows


def date(iso):
    try:
        return datetime.date.fromisoformat(iso) if iso else None
    except ValueError:
        return None


def check_table(name, columns, rows):
    """Problems of one table, as each library reads it."""
    path = f"parquet-tables/{name}.parquet"
    quoted = ", ".join(f'"{column}"' for column in columns)
    relation = duckdb.sql(f"SELECT {quoted} FROM '{path}'")
    read = {"DuckDB": [list(row) for row in relation.fetchall()]}
    kinds = [str(kind) for kind in relation.types]
    frame = pl.read_parquet(path, columns=columns)
    read["polars"] = [list(row) for row in frame.rows()]
    if unknown := [kind for kind in kinds if kind not in TYPES]:
        yield f"types {unknown}"
    elif wrong := [c for c, kind in zip(columns, kinds) if frame.schema[c] != TYPES[kind]]:
        yield f"polars reads {wrong} as {frame.schema}"
    table = pd.read_parquet(path, columns=columns)
    read["pandas"] = [[plain(cell) for cell in row] for row in table.itertuples(index=False, name=None)]
    with open(f"csv-tables/{name}.csv", encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    read["CSV"] = [[row[column] for column in columns] for row in cells]
    for reader, found in read.items():
        wanted = [[text(cell) for cell in row] for row in rows] if reader == "CSV" else rows
        if found != wanted:
            different = next((pair for pair in zip(found, wanted) if pair[0] != pair[1]), (len(found), len(wanted)))
            yield f"{reader} reads {different[0]}, not {different[1]}"


def plain(cell):
    """What pandas holds, without numpy."""
    if hasattr(cell, "tolist"):
        return [plain(item) for item in cell.tolist()]
    return None if not isinstance(cell, (list, dict)) and pd.isna(cell) else cell


def text(cell):
    """A value as CSV has it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, (list, dict)):
        return json.dumps(cell, ensure_ascii=False, separators=(",", ":"))
    return str(cell)
