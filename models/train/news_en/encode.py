"""Sentences to wordpieces, and batches of about equal length."""

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Iterator, Sequence

import torch
from torch import Tensor
from transformers import BertTokenizerFast

from .labels import IGNORE, NER_ID
from .readers import Sentence
from .words import case_class

if TYPE_CHECKING:
    from .distil import Lesson

SPECIAL = 2  # [CLS] and [SEP]


@dataclass
class Encoded:
    """A sentence in wordpieces; `ranges` are the wordpieces of each word (end exclusive).

    `lesson`: what teachers say of it, if there are any.
    """

    source: Sentence
    ids: list[int]
    types: list[int]
    ranges: list[tuple[int, int]]
    lesson: "Lesson | None" = None


class Encoder:
    """Wordpieces of given words: lower-cased, accents stripped, case in the token types."""

    def __init__(self, vocab: str, max_length: int) -> None:
        self.tokenizer = BertTokenizerFast(vocab_file=vocab, do_lower_case=True)
        self.max_length = max_length
        self.cls = self.tokenizer.cls_token_id
        self.sep = self.tokenizer.sep_token_id

    def encode(self, sentences: Sequence[Sentence]) -> list[Encoded]:
        """Words past max_length wordpieces are cut off; a word without wordpieces becomes [UNK]."""
        done = []
        for start in range(0, len(sentences), 2000):
            chunk = sentences[start : start + 2000]
            pieces = self.tokenizer(
                [s.words for s in chunk], is_split_into_words=True, add_special_tokens=False
            )
            for i, sentence in enumerate(chunk):
                done.append(self._join(sentence, pieces["input_ids"][i], pieces.word_ids(i)))
        return done

    def _join(self, sentence: Sentence, ids: list[int], word_ids: list[int]) -> Encoded:
        of_word: list[list[int]] = [[] for _ in sentence.words]
        for piece, word in zip(ids, word_ids):
            of_word[word].append(piece)
        out = Encoded(sentence, [self.cls], [0], [])
        for word, own in zip(sentence.words, of_word):
            own = own or [self.tokenizer.unk_token_id]
            if len(out.ids) + len(own) + 1 > self.max_length:
                break
            out.ranges.append((len(out.ids), len(out.ids) + len(own)))
            out.ids += own
            out.types += [case_class(word)] * len(own)
        out.ids.append(self.sep)
        out.types.append(0)
        return out


@dataclass
class Batch:
    """Padded tensors of one task; `rows` maps the items of a span head to sentences."""

    task: str
    ids: Tensor
    types: Tensor
    mask: Tensor
    labels: Tensor
    rows: Tensor | None = None
    pool: Tensor | None = None
    items: list[tuple[int, int]] | None = None  # (index of the sentence, index of its item)
    first: Tensor | None = None  # syntax: place of the first wordpiece of each word, 0 where there is none

    @property
    def places(self) -> list[tuple[int, int]]:
        """(row of the batch, index of the item in its sentence) of each item."""
        return [(int(row), number) for row, (_, number) in zip(self.rows, self.items)]


def pool_rows(spans: Sequence[tuple[int, int]], item: Encoded, length: int) -> Tensor:
    """A row for each span that averages its wordpieces."""
    pool = torch.zeros(len(spans), length)
    for i, (start, end) in enumerate(spans):
        first, last = item.ranges[start][0], item.ranges[end - 1][1]
        pool[i, first:last] = 1.0 / (last - first)
    return pool


def collate(task: str, encoded: Sequence[Encoded], order: Sequence[int]) -> Batch:
    """One batch of `task` (ner, syntax, sentiment, stance) from the sentences at `order`."""
    chosen = [encoded[i] for i in order]
    length = max(len(e.ids) for e in chosen)
    ids = torch.zeros(len(chosen), length, dtype=torch.long)
    types, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    for row, e in enumerate(chosen):
        ids[row, : len(e.ids)] = torch.tensor(e.ids)
        types[row, : len(e.ids)] = torch.tensor(e.types)
        mask[row, : len(e.ids)] = 1
    if task == "ner":
        labels = torch.full_like(ids, IGNORE)
        for row, e in enumerate(chosen):
            for (first, _), tag in zip(e.ranges, e.source.tags or []):
                if tag is not None:
                    labels[row, first] = NER_ID[tag]
        return Batch(task, ids, types, mask, labels)
    if task == "syntax":
        count = max(len(e.ranges) for e in chosen)
        first = torch.zeros(len(chosen), count, dtype=torch.long)
        labels = torch.full((len(chosen), count, 4), IGNORE)
        for row, e in enumerate(chosen):
            words = len(e.ranges)
            first[row, :words] = torch.tensor([r[0] for r in e.ranges])
            if e.source.classes:
                own = torch.tensor(e.source.classes[:words])
                own[own[:, 2] > words, 2:] = IGNORE  # the head was cut off
                labels[row, :words] = own
        return Batch(task, ids, types, mask, labels, first=first)
    rows, pools, classes, items = [], [], [], []
    for row, e in enumerate(chosen):
        if task == "sentiment":
            found = [((span,), label) for span, label in e.source.targets]
        else:
            found = [((p, q), label) for p, q, label in e.source.pairs]
        for number, (spans, label) in enumerate(found):
            if all(end <= len(e.ranges) for _, end in spans):
                rows.append(row)
                pools.append(pool_rows(spans, e, length))
                classes.append(label)
                items.append((order[row], number))
    pool = torch.stack(pools) if pools else torch.zeros(0, 1, length)
    return Batch(
        task, ids, types, mask, torch.tensor(classes), torch.tensor(rows), pool, items
    )


def orders(
    encoded: Sequence[Encoded], budget: int, rng: random.Random | None
) -> Iterator[list[int]]:
    """Indices in batches of at most `budget` padded wordpieces; shuffled, then sorted in pools."""
    indices = list(range(len(encoded)))
    if rng:
        rng.shuffle(indices)
    pool_size = 2000 if rng else len(indices)
    for start in range(0, len(indices), pool_size):
        pool = sorted(indices[start : start + pool_size], key=lambda i: len(encoded[i].ids))
        batch: list[int] = []
        for i in pool:
            if batch and (len(batch) + 1) * len(encoded[i].ids) > budget:
                yield batch
                batch = []
            batch.append(i)
        if batch:
            yield batch
