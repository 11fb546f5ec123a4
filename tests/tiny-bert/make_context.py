"""Adds the context layers to the tiny model `bert`, with PyTorch's own numbers beside them; make.py calls it.

Their definition is that of the recipe: models/train/news_en/context.py. The sentences of expected.json are read as one
document, in windows of WINDOW wordpieces.
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

from news_en import context  # noqa: E402

AFTER = 1
WINDOW = 28
# Pairs: sentence and words (first, one past the last) of the first span or none, the same of the second.
PAIRS = [
    ((0, (1, 3)), (0, (7, 9))),
    ((0, (0, 1)), (0, (1, 3))),
    (None, (1, (5, 6))),
    ((5, (2, 5)), (5, (0, 3))),
    ((5, (0, 1)), (1, (3, 4))),
]


def main(randomize, wordpiece) -> None:
    torch.manual_seed(5)
    folder = HERE / "bert"
    config = json.loads((folder / "config.json").read_text())
    config["docmill"]["heads"].pop("attitude", None)
    bert_config = BertConfig(**{k: v for k, v in config.items() if k != "docmill"})
    bert_config._attn_implementation = "eager"
    bert = BertModel(bert_config, add_pooling_layer=False)
    weights = load_file(folder / "model.safetensors")
    bert.load_state_dict({k[5:]: v.float() for k, v in weights.items() if k.startswith("bert.")}, strict=False)
    bert.eval()
    head = randomize(context.Context(bert_config, 1)).half().float().eval()
    cases = json.loads((folder / "expected.json").read_text())
    states = []
    for case in cases:
        ids, types = torch.tensor([case["ids"]]), torch.tensor([case["types"]])
        with torch.no_grad():
            states.append(bert(ids, token_type_ids=types, output_hidden_states=True).hidden_states[AFTER][0])
    context.WINDOW = WINDOW
    rows = []
    for own in context.windows_of([len(s) for s in states]):
        places = [min(context.PLACES - 1, i - own[0]) for i in own for _ in states[i]]
        together = torch.cat([states[i] for i in own])[None]
        with torch.no_grad():
            out = head.rows(together, torch.ones(together.shape[:2]), torch.tensor([places]))
        rows += list(out.split([len(states[i]) for i in own]))

    def mean(place):
        if place is None:
            return torch.zeros(bert_config.hidden_size)
        sentence, span = place
        pieces = [wordpiece(w, add_special_tokens=False)["input_ids"] for w in cases[sentence]["words"]]
        start, end = rows_of(pieces, span)
        return rows[sentence][start:end].mean(0)

    expected = []
    for first, second in PAIRS:
        spans = torch.stack([mean(first), mean(second)])
        start = rows[second[0]][:1]
        far = len(context.FAR) + 1 if first is None else context.far_class(abs(first[0] - second[0]))
        index = [torch.tensor([i]) for i in (0, 1, 0, far)]
        with torch.no_grad():
            scores = {name: getattr(head, name)(spans, start, *index)[0].tolist() for name in ("stance", "event", "antecedent")}
            scores["trigger"] = head.triggers(spans[1:])[0].tolist()
        rounded = {name: [round(x, 6) for x in values] for name, values in scores.items()}
        expected.append({"first": first, "second": second, **rounded})
    own = {f"context.{k}": v.half().contiguous() for k, v in head.state_dict().items()}
    save_file(own, folder / "context.safetensors", {"format": "pt"})
    config["docmill"]["heads"]["context"] = {
        "form": "context-layers",
        "after": AFTER,
        "layers": 1,
        "places": context.PLACES,
        "window": WINDOW,
        "stance": context.STANCE,
        "trigger": context.TYPES,
    }
    (folder / "config.json").write_text(json.dumps(config, indent=1, ensure_ascii=False) + "\n")
    lines = ",\n".join(" " + json.dumps(row) for row in expected)
    (folder / "expected_context.json").write_text("[\n" + lines + "\n]\n")
