"""The head for whole sentences, trained last, on the encoder as it is by then.

Gold: sentences of NewsMTSC whose targets all have one polarity; it becomes that of the sentence.
"""

import torch
from torch import nn

from .encode import Encoded
from .evaluate import agreed, features_of, torch_forward
from .model import JointModel

EPOCHS = 12
RATE = 5e-4


def train_sentence_head(model: JointModel, train: list[Encoded], seed: int) -> None:
    """Adds the head and trains it; nothing else changes."""
    torch.manual_seed(seed)
    model.add_sentence_head()
    gold = agreed(train)
    features = features_of(torch_forward(model.eval()), [e for e, _ in gold]).clone()
    labels = torch.tensor([label for _, label in gold])
    optimizer = torch.optim.AdamW(model.sentence.parameters(), lr=RATE, weight_decay=0.05)
    model.sentence.train()
    steps = EPOCHS * (len(labels) // 64 + 1)
    for epoch in range(EPOCHS):
        for step, rows in enumerate(torch.randperm(len(labels)).split(64)):
            for group in optimizer.param_groups:
                group["lr"] = RATE * (1 - (epoch * (len(labels) // 64 + 1) + step) / steps)
            loss = nn.functional.cross_entropy(model.sentence(features[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    model.sentence.eval()
