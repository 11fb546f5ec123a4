"""Gold files of the dev parts for `docmill eval`: CoNLL for NER, JSONL in code points for the rest."""

import json
from pathlib import Path

from . import readers
from .labels import SENTIMENT_LABELS
from .readers import Sentence


def _write_ner(sentences: list[Sentence], path: Path) -> None:
    blocks = [
        "".join(f"{w}\t{t or 'O'}\n" for w, t in zip(s.words, s.tags or [])) for s in sentences
    ]
    path.write_text("\n".join(blocks), encoding="utf-8")


def _write_jsonl(rows: list[dict], path: Path) -> None:
    path.write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
    )


def _span(start: int, end: int) -> dict[str, int]:
    return {"start": start, "end": end}


def write_gold(data: Path, out: Path) -> None:
    """Writes the dev sets of entities, sentiment and stance into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    _write_ner(readers.read_crossner(data, "conll2003", "dev"), out / "ner_conll2003_dev.conll")
    _write_ner(readers.read_crossner(data, "politics", "dev"), out / "ner_politics_dev.conll")
    _write_ner(readers.read_uner_dev(data), out / "ner_uner_ewt_dev.conll")
    _write_ner(readers.read_worldwide(data, "dev"), out / "ner_worldwide_dev.conll")
    sentiment = [
        {"text": s.text, "target": _span(start, end), "label": SENTIMENT_LABELS[label]}
        for s in readers.read_sentiment(data, dev=True)
        for start, end, label in s.chars
    ]
    _write_jsonl(sentiment, out / "sentiment_newsmtsc_heldout.jsonl")
    stance = [
        {"text": s.text, "p": _span(ps, pe), "q": _span(qs, qe), "label": label}
        for s in readers.read_stance(data, "valid")
        for ps, pe, qs, qe, label in s.chars
    ]
    _write_jsonl(stance, out / "stance_valid_unseen.jsonl")
