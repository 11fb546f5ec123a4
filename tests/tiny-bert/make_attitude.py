"""Adds the head `attitude` to the tiny model `bert`, with PyTorch's own numbers beside it; make.py calls it.

The definition of the head is that of the recipe: models/train/news_en/attitude.py.
"""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from transformers import BertConfig, BertModel

from make_heads import rows_of

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "../../models/train"))

from news_en.attitude import ABSENT, HOLDER, LABELS, HolderHead  # noqa: E402

# Passes: sentence of expected.json, the words (first, one past the last) of the holder or none, those of each target.
PASSES = [(0, (1, 3), [(7, 9), (0, 1)]), (0, None, [(7, 9)]), (1, (3, 4), [(5, 6)]), (5, (2, 5), [(0, 3), (2, 3)])]
AFTER = 1


def main(randomize, wordpiece) -> None:
    torch.manual_seed(5)
    folder = HERE / "bert"
    config = json.loads((folder / "config.json").read_text())
    bert_config = BertConfig(**{k: v for k, v in config.items() if k != "docmill"})
    bert_config._attn_implementation = "eager"
    bert = BertModel(bert_config, add_pooling_layer=False)
    weights = load_file(folder / "model.safetensors")
    bert.load_state_dict({k[5:]: v.float() for k, v in weights.items() if k.startswith("bert.")}, strict=False)
    bert.eval()
    head = randomize(HolderHead(bert_config, 1, len(LABELS))).half().float().eval()
    expected = []
    for sentence, holder, targets in PASSES:
        case = json.loads((folder / "expected.json").read_text())[sentence]
        ids = torch.tensor([case["ids"]])
        pieces = [wordpiece(w, add_special_tokens=False)["input_ids"] for w in case["words"]]
        pool = torch.zeros(len(targets), ids.shape[1])
        for row, span in zip(pool, targets):
            start, end = rows_of(pieces, span)
            row[start:end] = 1 / (end - start)
        roles, held = torch.zeros_like(ids), torch.zeros(1, ids.shape[1])
        if holder:
            start, end = rows_of(pieces, holder)
            roles[0, start:end] = HOLDER
            held[0, start:end] = 1 / (end - start)
        else:
            roles[0, 0] = ABSENT
        with torch.no_grad():
            out = bert(ids, token_type_ids=torch.tensor([case["types"]]), output_hidden_states=True)
            of = torch.zeros(len(targets), dtype=torch.long)
            logits = head(out.hidden_states[AFTER], torch.ones_like(ids), roles, held, pool, of)
        rounded = [[round(x, 6) for x in row] for row in logits.tolist()]
        expected.append({"sentence": sentence, "holder": holder, "targets": targets, "logits": rounded})
    own = {f"attitude.{k}": v.half().contiguous() for k, v in head.state_dict().items()}
    save_file(own, folder / "attitude.safetensors", {"format": "pt"})
    config["docmill"]["heads"]["attitude"] = {"form": "holder-layers", "after": AFTER, "layers": 1, "labels": LABELS}
    (folder / "config.json").write_text(json.dumps(config, indent=1, ensure_ascii=False) + "\n")
    lines = ",\n".join(" " + json.dumps(row) for row in expected)
    (folder / "expected_attitude.json").write_text("[\n" + lines + "\n]\n")
