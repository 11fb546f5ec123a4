"""spaCy over a folder of texts, for `cargo xtask bench peers`.

    python spacy_peer.py FOLDER OUT PROCESSES

A blank English pipeline: the sentencizer and an entity recognizer of the architecture and size of the small English
model's (spaCy's default: HashEmbedCNN, width 96, depth 4; a transition-based parser of width 64). It is initialised,
not trained: the work for each token is the same, the entities are not worth anything. Documents go through `nlp.pipe`.

Prints {"start", "seconds"}: until the pipeline stood ready, and from the first text read to the last line written.
"""

import json
import sys
import time
from pathlib import Path

BEGIN = time.perf_counter()

import spacy  # noqa: E402
from spacy.language import Language  # noqa: E402

NER = {
    "model": {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": {
            "@architectures": "spacy.HashEmbedCNN.v2",
            "pretrained_vectors": None,
            "width": 96,
            "depth": 4,
            "embed_size": 2000,
            "window_size": 1,
            "maxout_pieces": 3,
            "subword_features": True,
        },
    }
}
#: Documents in a batch. The default, 1000, would leave all of a small set to one process.
BATCH = 8


def pipeline() -> Language:
    """Ready to run."""
    nlp = spacy.blank("en")
    nlp.max_length = 1 << 30
    nlp.add_pipe("sentencizer")
    recognizer = nlp.add_pipe("ner", config=NER)
    for label in ("PER", "ORG", "LOC", "MISC"):
        recognizer.add_label(label)
    nlp.initialize()
    return nlp


def main() -> None:
    """Reads, annotates, writes."""
    folder, out, processes = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    nlp = pipeline()
    start = time.perf_counter()
    texts = (path.read_text("utf-8", "replace") for path in sorted(folder.iterdir()))
    with out.open("w", encoding="utf-8") as lines:
        for doc in nlp.pipe(texts, n_process=processes, batch_size=BATCH):
            record = {
                "text": doc.text,
                "sentences": [(sent.start_char, sent.end_char) for sent in doc.sents],
                "entities": [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents],
            }
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    print(json.dumps({"start": start - BEGIN, "seconds": time.perf_counter() - start}))


if __name__ == "__main__":
    main()
