"""The peers of `cargo xtask bench ner` that are in Python: ONNX Runtime in 8 bits, and Hugging Face's pipeline.

    python bench_peers.py PACKAGE

Reads documents as JSON lines ({"batches": [[{"ids", "types"}]], "texts"}), answers with the seconds that each peer took
({"onnxruntime", "transformers"}). One thread. ONNX Runtime gets a dynamically quantized graph of the package's own
weights (int8, per channel), with padded batches that are ready: only its forward pass is timed. The pipeline is used
as its documentation shows: made once, called with a list of sentences.
"""

import json
import logging
import os
import sys
import tempfile
import time
import warnings
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import numpy as np  # noqa: E402
import onnxruntime  # noqa: E402
import torch  # noqa: E402
from transformers import BertForTokenClassification, BertTokenizerFast, pipeline  # noqa: E402

from news_en.export import INPUTS, load_package, write_int8, write_onnx  # noqa: E402


def session(package: Path) -> onnxruntime.InferenceSession:
    """The package as an 8-bit graph."""
    with tempfile.TemporaryDirectory() as scratch:
        fp32, int8 = Path(scratch) / "fp32.onnx", Path(scratch) / "int8.onnx"
        write_onnx(load_package(package), fp32)
        write_int8(fp32, int8)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(str(int8), options, providers=["CPUExecutionProvider"])


def feeds(rows: list[dict]) -> dict[str, np.ndarray]:
    """One padded batch."""
    shape = len(rows), max(len(row["ids"]) for row in rows)
    ids, mask, types = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    for i, row in enumerate(rows):
        length = len(row["ids"])
        ids[i, :length], types[i, :length], mask[i, :length] = row["ids"], row["types"], 1
    return dict(zip(INPUTS, (ids, mask, types)))


def main() -> None:
    """Answers until the questions end."""
    warnings.simplefilter("ignore")
    logging.disable(logging.ERROR)
    torch.set_num_threads(1)
    package = Path(sys.argv[1])
    graph = session(package)
    tagger = pipeline(
        "token-classification",
        model=BertForTokenClassification.from_pretrained(package),
        tokenizer=BertTokenizerFast(str(package / "vocab.txt"), do_lower_case=True),
        device="cpu",
    )
    for line in sys.stdin:
        document = json.loads(line)
        batches = [feeds(rows) for rows in document["batches"]]
        start = time.perf_counter()
        for batch in batches:
            graph.run(["logits"], batch)
        answer: dict[str, float | None] = {"onnxruntime": time.perf_counter() - start}
        answer["transformers"] = None
        if document["texts"]:
            start = time.perf_counter()
            tagger(document["texts"])
            answer["transformers"] = time.perf_counter() - start
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
