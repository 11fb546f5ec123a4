"""Ten sentences with what the syntax head says of them in fp32: a check for other implementations."""

import json
from pathlib import Path

import torch

from .encode import Encoder, collate
from .evaluate import parse, torch_forward
from .export import load_package
from .readers import Sentence
from .syntax import rows_of

SENTENCES = """
The minister said that Tajikistan would not sign the treaty .
She has n't told the BBC 's reporters whether the talks failed .
Accusing Seoul of lies , Pyongyang closed the border on Monday .
Two Americans and three Kenyans were arrested in Dushanbe .
UN CHIEF CONDEMNS ATTACK ON AID CONVOY
Putin , who met Xi in Beijing , praised the countries ' ties .
" We support Ukraine , " he told reporters .
Police killed at least 12 fighters of the al - Qaeda - linked group .
It was Ann who gave Bob the oldest books .
Go !
""".strip().split("\n")


def write_reference(package: Path, out: Path) -> None:
    """Words, wordpieces, expected tags, and scores of the first three words."""
    model = load_package(package)
    encoded = Encoder(str(package / "vocab.txt"), 256).encode([Sentence(s.split()) for s in SENTENCES])
    parsed = parse(model, torch_forward(model), encoded)
    rows = []
    for i, (e, words) in enumerate(zip(encoded, parsed)):
        batch = collate("syntax", encoded, [i])
        with torch.inference_mode():
            h = rows_of(model.encode(batch.ids, batch.types, batch.mask), batch.first)
            arcs, upos, scripts = model.syntax.arcs(h)[0], model.syntax.upos(h)[0, 1:], model.syntax.lemma(h)[0, 1:]
            head = torch.tensor([words[0][2]])
            relations = model.syntax.relations(h[0, 1:2], h[0, head])[0]
        rows.append({
            "words": e.source.words, "ids": e.ids, "types": e.types, "first": [r[0] for r in e.ranges],
            "upos": [w[0] for w in words], "lemma": [w[1] for w in words],
            "head": [w[2] for w in words], "deprel": [w[3] for w in words],
            "script": [model.inventory.scripts[k] for k in scripts.argmax(1)],
            "arc_scores": arcs[:3].tolist(), "upos_scores": upos[:3].tolist(),
            "relation_scores_of_the_first_word": relations.tolist(),
        })  # fmt: skip
    out.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
