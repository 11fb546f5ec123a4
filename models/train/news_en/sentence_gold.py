"""The project's own gold of single sentences and pieces of news: labels in the repository, texts outside it.

Three files of `gold/`, each line of which has the document that it comes from, its place there in code points and the
SHA-256 of the document:

- `sentences.jsonl`: the spans that a reader was shown, and every stance that he found between them: [holder, target, sign,
  kind, sure]. Spans count from 0; sign is 1 (favor) or 2 (against); kind is "entity" or "issue"; sure is false where it
  takes inference.
- `events.jsonl`: the head words of the spans, and every event between them: [type, trigger, actors, recipients, status,
  spans that stand for the same as these].
- `chains.jsonl`: what pronouns and noun phrases stand for: [start, end, form, chain, asked] of each mention's head word.

This writes the documents, for docmill to read, from the data folder; a text whose sum differs is refused. Documents of
opinions have their own place (own_gold.py).

    python -m news_en.sentence_gold DATA gold DOCUMENTS.jsonl
"""

import argparse
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from . import own_gold, readers


def articles(data: Path) -> Callable[[int], str]:
    """Articles of Worldwide Newswire, cut as own_gold.py cuts them."""
    found = own_gold.articles(data)
    return lambda i: own_gold.article_text(found[i])


def texts_of(sentences: list[readers.Sentence]) -> Callable[[int], str]:
    """Sentences by their number."""
    return lambda i: sentences[i].text or own_gold.running(sentences[i].words, False)


SOURCES: dict[str, Callable[[Path], Callable[[int], str]]] = {
    "ww": articles,
    "mt": lambda data: texts_of(readers.read_sentiment(data, False)),
    "pk": lambda data: texts_of(readers.read_stance(data, "train")),
    "re": lambda data: texts_of(readers.read_crossner(data, "conll2003", "train")),
}


FILES = ("sentences.jsonl", "events.jsonl", "chains.jsonl")


def digest(text: str) -> str:
    """SHA-256 of a document."""
    return hashlib.sha256(text.encode()).hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    wanted: dict[str, str] = {}
    for name in FILES:
        for line in (args.gold / name).read_text("utf-8").splitlines():
            row = json.loads(line)
            if row["document"].split("-")[0] in SOURCES:
                wanted[row["document"]] = row["sha256"]
    texts = {name: make(args.data) for name, make in SOURCES.items()}
    with args.out.open("w", encoding="utf-8") as out:
        for document, sha256 in sorted(wanted.items()):
            source, number = document.split("-")
            text = texts[source](int(number))
            if digest(text) != sha256:
                raise SystemExit(f"{document}: its text is not the one that was labelled")
            out.write(json.dumps({"id": document, "text": text}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
