"""A loop over Hugging Face transformers over a folder of texts, for `cargo xtask bench peers`.

    python transformers_peer.py FOLDER OUT THREADS MODEL

Token classification with docmill's shipped model in 32 bits, as the documentation of `pipeline` shows it: made once,
called with the sentences of a document as a list. Sentences end after `.`, `!` or `?` and white space, or at a blank
line. Entities only: sentiment and stance, which docmill's default profile tells too, are left out.

Prints {"start", "seconds"}: until the model was loaded, and from the first text read to the last line written.
"""

import json
import logging
import os
import re
import sys
import time
import warnings
from pathlib import Path

BEGIN = time.perf_counter()
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import torch  # noqa: E402
from transformers import BertForTokenClassification, BertTokenizerFast, pipeline  # noqa: E402

SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n\s*\n")
#: Sentences that go through the model together, padded to the longest.
BATCH = 8


def main() -> None:
    """Reads, annotates, writes."""
    folder, out, threads, package = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
    warnings.simplefilter("ignore")
    logging.disable(logging.ERROR)
    torch.set_num_threads(threads)
    tagger = pipeline(
        "token-classification",
        model=BertForTokenClassification.from_pretrained(package, torch_dtype=torch.float32),
        tokenizer=BertTokenizerFast(str(package / "vocab.txt"), do_lower_case=True, model_max_length=512),
        aggregation_strategy="simple",
        device="cpu",
    )
    start = time.perf_counter()
    with out.open("w", encoding="utf-8") as lines:
        for path in sorted(folder.iterdir()):
            text = path.read_text("utf-8", "replace")
            sentences = [part for part in SENTENCE_END.split(text) if part.strip()]
            entities = [
                (sentence, [(entity["start"], entity["end"], entity["entity_group"]) for entity in found])
                for sentence, found in zip(sentences, tagger(sentences, batch_size=BATCH))
            ]
            lines.write(json.dumps({"text": text, "entities": entities}, ensure_ascii=False) + "\n")
    print(json.dumps({"start": start - BEGIN, "seconds": time.perf_counter() - start}))


if __name__ == "__main__":
    main()
