"""Adds a syntax head to the tiny model `bert`, with PyTorch's own numbers beside it; make.py calls it.

    python make_syntax.py     # the head alone: the rest of the folder stays as it is

The definition is that of docmill_bert::Biaffine. Random weights, so what it says is nonsense; that it says the same
here and there is the point.
"""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from transformers import BertConfig, BertModel

HERE = Path(__file__).parent
ARC, REL = 32, 16
UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
DEPREL = "root nsubj obj obl nsubj:pass punct case det amod compound conj cc parataxis".split()
LEMMA = ["=", "0|", "1|", "2|", "3|y", "1|e"]


def relu(x: torch.Tensor) -> torch.Tensor:
    return torch.clamp(x, min=0)


def main() -> None:
    folder = HERE / "bert"
    config = json.loads((folder / "config.json").read_text())
    weights = load_file(folder / "model.safetensors")
    hidden = config["hidden_size"]
    bert_config = BertConfig(**{k: v for k, v in config.items() if k != "docmill"})
    bert_config._attn_implementation = "eager"
    bert = BertModel(bert_config, add_pooling_layer=False)
    bert.load_state_dict({k[5:]: v.float() for k, v in weights.items() if k.startswith("bert.")}, strict=False)
    bert.eval()

    torch.manual_seed(20261130)
    shapes = {
        "upos.weight": [len(UPOS), hidden], "upos.bias": [len(UPOS)],
        "lemma.weight": [len(LEMMA), hidden], "lemma.bias": [len(LEMMA)],
        "arc_dep.weight": [ARC, hidden], "arc_dep.bias": [ARC],
        "arc_head.weight": [ARC, hidden], "arc_head.bias": [ARC],
        "arc.weight": [ARC, ARC], "arc.head_bias": [ARC],
        "rel_dep.weight": [REL, hidden], "rel_dep.bias": [REL],
        "rel_head.weight": [REL, hidden], "rel_head.bias": [REL],
        "rel.weight": [len(DEPREL), REL + 1, REL + 1],
    }
    head = {name: (torch.randn(shape) * 0.25).half() for name, shape in shapes.items()}
    weights |= {f"syntax.{name}": tensor.contiguous() for name, tensor in head.items()}
    config["docmill"]["heads"]["syntax"] = {"form": "biaffine", "upos": UPOS, "deprel": DEPREL, "lemma": LEMMA}
    w = {name: tensor.float() for name, tensor in head.items()}

    tokenizer_vocab = (folder / "vocab.txt").read_text().split("\n")
    lines = []
    for sentence, case in enumerate(json.loads((folder / "expected.json").read_text())):
        ids = torch.tensor([case["ids"]])
        with torch.no_grad():
            states = bert(ids, token_type_ids=torch.tensor([case["types"]])).last_hidden_state[0]
        # Every piece that begins a word by its name is a word here.
        rows = [0] + [t for t, i in enumerate(case["ids"][1:-1], 1) if not tokenizer_vocab[i].startswith("##")]
        h = states[rows]
        words = h[1:]
        a = relu(words @ w["arc_dep.weight"].T + w["arc_dep.bias"])
        b = relu(h @ w["arc_head.weight"].T + w["arc_head.bias"])
        arcs = a @ w["arc.weight"] @ b.T + b @ w["arc.head_bias"]
        one = lambda x: torch.cat([x, torch.ones(len(x), 1)], 1)  # noqa: E731
        d = one(relu(words @ w["rel_dep.weight"].T + w["rel_dep.bias"]))
        e = one(relu(h @ w["rel_head.weight"].T + w["rel_head.bias"]))
        relations = torch.einsum("ip,rpq,jq->ijr", d, w["rel.weight"], e)
        heads = arcs.argmax(1)
        row = {
            "sentence": sentence,
            "rows": rows,
            "upos": (words @ w["upos.weight"].T + w["upos.bias"]).argmax(1).tolist(),
            "lemma": (words @ w["lemma.weight"].T + w["lemma.bias"]).argmax(1).tolist(),
            "arcs": [[round(x, 4) for x in scores] for scores in arcs.tolist()],
            "heads": heads.tolist(),
            "relations": relations[torch.arange(len(words)), heads].argmax(1).tolist(),
        }
        lines.append(" " + json.dumps(row))
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    (folder / "config.json").write_text(json.dumps(config, indent=1, ensure_ascii=False) + "\n")
    (folder / "expected_syntax.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")


if __name__ == "__main__":
    main()
