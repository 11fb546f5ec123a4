"""Topic labels of documents and sentences, with scikit-learn, trained on a few lines of one's own.

    [process.topics]
    command = ["python3", "topics.py", "topics.tsv"]

Each line of ``topics.tsv`` is a topic, a tab, and a sentence on it. Naive Bayes over words (Rennie and others 2003, as
scikit-learn's ComplementNB) needs few examples, and is trained in a blink when the process starts. A sentence has no
topic where the best one is not ahead of the second by a margin: most sentences of an article are on nothing in
particular.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Dict, List, Sequence

import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.naive_bayes import ComplementNB
from sklearn.pipeline import make_pipeline

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # Or copy docmill_stage.py beside this file.
from docmill_stage import Document, serve, span  # noqa: E402

#: How far the best topic must be ahead of the second one, as a difference of probabilities. With five topics and few
#: examples these lie near 0.2 each; from 0.03 to 0.06 the same sentences of docmill's seeds get a topic, by and large.
MARGIN = 0.04

SCHEMA = {
    "type": "object",
    "description": "Topics of the document and of its sentences.",
    "properties": {
        "document": {
            "description": "The topic of most sentences that have one; null if none has.",
            "type": ["string", "null"],
        },
        "sentences": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "start": {"type": "integer"},
                    "end": {"type": "integer"},
                    "topic": {"type": "string"},
                    "score": {"description": "The topic's probability.", "type": "number"},
                },
                "required": ["start", "end", "topic", "score"],
            },
        },
    },
    "required": ["document", "sentences"],
}


class Topics:
    """Knows topics from examples."""

    def __init__(self, examples: Path) -> None:
        with examples.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row]
        words = TfidfVectorizer(lowercase=True, stop_words="english", sublinear_tf=True)
        self.model = make_pipeline(words, ComplementNB())
        self.model.fit([text for _, text in rows], [topic for topic, _ in rows])

    def batch(self, documents: Sequence[Document]) -> List[Dict[str, Any]]:
        """All sentences of all documents at once; each answer depends on its sentence alone."""
        texts = [sentence.text for document in documents for sentence in document.sentences]
        chances = iter(self.model.predict_proba(texts)) if texts else iter(())
        return [{"topics": self.topics(document, chances)} for document in documents]

    def topics(self, document: Document, chances: Any) -> Dict[str, Any]:
        found = []
        for sentence in document.sentences:
            ranked = sorted(zip(next(chances), self.model.classes_), reverse=True)
            (best, topic), (second, _) = ranked[0], ranked[1]
            if best - second >= MARGIN:
                # Rounded: the last digits differ between processors.
                found.append(span(sentence.start, sentence.end, topic=str(topic), score=round(float(best), 3)))
        # Of topics as frequent as each other, the first by name.
        counts = sorted(Counter(one["topic"] for one in found).items(), key=lambda item: (-item[1], item[0]))
        return {"document": counts[0][0] if counts else None, "sentences": found}


if __name__ == "__main__":
    topics = Topics(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).with_name("topics.tsv")))
    serve(
        batch=topics.batch,
        name="topics",
        version=f"1, scikit-learn {sklearn.__version__}",
        requires=["sentences"],
        provides={"topics": SCHEMA},
    )
