"""Adds heads over spans to the tiny model `bert`, with PyTorch's own numbers beside them; make.py calls it.

The definition of a head is that of the recipe: models/train/news_en/model.py.
"""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from transformers import BertConfig, BertModel

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "../../models/train"))

from news_en.labels import SENTIMENT_LABELS, STANCE_LABELS, STANCE_MIRROR  # noqa: E402
from news_en.model import RoleHead, SentenceHead, sentence_features  # noqa: E402

# Questions: sentence of expected.json, and the words (first, one past the last) of each span.
SENTIMENT = [(0, [(2, 3)]), (0, [(7, 9)]), (1, [(0, 2)]), (2, [(2, 3)]), (9, [(38, 40)])]
STANCE = [(0, [(1, 3), (7, 9)]), (0, [(7, 9), (1, 3)]), (1, [(3, 4), (5, 6)]), (5, [(0, 1), (2, 5)]), (5, [(0, 3), (2, 3)])]


def rows_of(pieces: list[list[int]], span: tuple[int, int]) -> tuple[int, int]:
    """Rows of the words of a span; [CLS] is row 0."""
    start = 1 + sum(len(p) for p in pieces[: span[0]])
    return start, start + sum(len(p) for p in pieces[span[0] : span[1]])


def main(randomize, wordpiece) -> None:
    folder = HERE / "bert"
    config = json.loads((folder / "config.json").read_text())
    bert_config = BertConfig(**{k: v for k, v in config.items() if k != "docmill"})
    bert_config._attn_implementation = "eager"
    weights = load_file(folder / "model.safetensors")
    bert = BertModel(bert_config, add_pooling_layer=False)
    bert.load_state_dict({k[5:]: v.float() for k, v in weights.items() if k.startswith("bert.")}, strict=False)
    bert.eval()
    cases = json.loads((folder / "expected.json").read_text())
    config["docmill"]["heads"] = {}
    expected = {}
    plan = {"sentiment": (1, SENTIMENT_LABELS, None, SENTIMENT), "stance": (2, STANCE_LABELS, STANCE_MIRROR, STANCE)}
    for name, (spans, labels, mirror, questions) in plan.items():
        head = randomize(RoleHead(bert_config, spans, len(labels))).half().float().eval()
        weights |= {f"{name}.{k}": v.half().contiguous() for k, v in head.state_dict().items()}
        described = {"form": "role-layer", "spans": spans, "labels": labels}
        config["docmill"]["heads"][name] = described | ({"mirror": mirror} if mirror else {})
        expected[name] = []
        for sentence, asked in questions:
            case = cases[sentence]
            ids = torch.tensor([case["ids"]])
            with torch.no_grad():
                states = bert(ids, token_type_ids=torch.tensor([case["types"]])).last_hidden_state
                pieces = [wordpiece(w, add_special_tokens=False)["input_ids"] for w in case["words"]]
                assert sum(pieces, []) == case["ids"][1:-1], case["words"]
                pool = torch.zeros(1, spans, ids.shape[1])
                for j, span in enumerate(asked):
                    start, end = rows_of(pieces, span)
                    pool[0, j, start:end] = 1 / (end - start)
                logits = head(states, torch.ones_like(ids), pool)
                if mirror:
                    logits = logits + head(states, torch.ones_like(ids), pool.flip(1))[:, mirror]
            expected[name].append(
                {"sentence": sentence, "spans": asked, "logits": [round(x, 6) for x in logits[0].tolist()]}
            )
    head = randomize(SentenceHead(bert_config.hidden_size, len(SENTIMENT_LABELS))).half().float().eval()
    weights |= {f"sentence.{k}": v.half().contiguous() for k, v in head.state_dict().items()}
    config["docmill"]["heads"]["sentence"] = {"form": "sentence", "labels": SENTIMENT_LABELS}
    expected["sentence"] = []
    for sentence, case in enumerate(cases):
        ids = torch.tensor([case["ids"]])
        with torch.no_grad():
            states = bert(ids, token_type_ids=torch.tensor([case["types"]])).last_hidden_state
            logits = head(sentence_features(states, torch.ones_like(ids)))
        expected["sentence"].append(
            {"sentence": sentence, "spans": [], "logits": [round(x, 6) for x in logits[0].tolist()]}
        )
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    (folder / "config.json").write_text(json.dumps(config, indent=1, ensure_ascii=False) + "\n")
    lines = ",\n".join(
        f' "{name}": [\n  ' + ",\n  ".join(json.dumps(row) for row in rows) + "\n ]" for name, rows in expected.items()
    )
    (folder / "expected_heads.json").write_text("{\n" + lines + "\n}\n")
