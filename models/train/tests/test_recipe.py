"""Small checks without data or weights: python -m unittest."""

import itertools
import random
import unittest

import numpy as np
import torch
from transformers import BertConfig, MPNetConfig

from news_en.augment import Augmenter, mentions
from news_en.distil import KEPT, Lesson, taught_loss, unlabelled
from news_en.encode import Encoded, collate
from news_en.evaluate import class_interval, decode, ner_report, span_interval
from news_en.gazetteer import Gazetteer
from news_en.labels import IGNORE, NER_ID, STANCE_MIRROR, coarse_tag
from news_en.large import LargeTeacher
from news_en.model import JointModel
from news_en.readers import Sentence, _stance_row, _to_bio
from news_en.train import loss_of
from news_en.transitions import best_path, count_transitions
from news_en.words import case_class, words_of


def small_model() -> JointModel:
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=50, hidden_size=24, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=32, type_vocab_size=5,
    )  # fmt: skip
    return JointModel(config).eval()


class Words(unittest.TestCase):
    def test_words(self) -> None:
        text = "Russia’s 201st unit (Asia-Plus, Sept. 13) left the U.S. and O'Brien's car."
        self.assertEqual(
            [text[s:e] for s, e in words_of(text)],
            ["Russia", "’s", "201st", "unit", "(", "Asia-Plus", ",", "Sept", ".", "13", ")", "left",
             "the", "U.S.", "and", "O'Brien", "'s", "car", "."],
        )  # fmt: skip

    def test_case_classes(self) -> None:
        for word, kind in {
            "talks": 0, ",": 0, "Rasht": 1, "Asia-Plus": 1, "O'Brien": 1, "J": 1, "NATO": 2, "U.S.": 2,
            "al-Qaeda": 3, "RIA-Novosti": 3, "T-90": 3, "201st": 4, "13": 4, "Öl": 1, "ÖL": 2,
        }.items():  # fmt: skip
            self.assertEqual(case_class(word), kind, word)


class Labels(unittest.TestCase):
    def test_coarse(self) -> None:
        self.assertEqual(coarse_tag("I-politicalparty"), "I-ORG")
        self.assertEqual(coarse_tag("O"), "O")
        self.assertIsNone(coarse_tag("B-protein"))

    def test_bio(self) -> None:
        self.assertEqual(_to_bio(["I-PER", "I-PER", "I-ORG", "O"]), ["B-PER", "I-PER", "B-ORG", "O"])

    def test_decode_repairs(self) -> None:
        ids = [NER_ID[t] for t in ("I-PER", "I-PER", "I-ORG", "O", "I-LOC")]
        self.assertEqual(decode(np.eye(9)[ids], None), ["B-PER", "I-PER", "B-ORG", "O", "B-LOC"])

    def test_a_name_has_one_type(self) -> None:
        sentence = Sentence(["a", "b", "c", "d"], tags=["B-ORG", "I-ORG", "I-ORG", "O"])
        transitions = count_transitions([sentence])
        logits = np.eye(9)[[NER_ID[t] for t in ("B-ORG", "I-MISC", "I-ORG", "I-LOC")]]
        self.assertEqual(decode(logits, transitions)[:3], ["B-ORG", "I-ORG", "I-ORG"])
        # No sequence is better.
        rng = np.random.default_rng(1)
        small = transitions[:5, :5].clip(-3)
        logits = rng.normal(size=(4, 5))
        total = lambda path: sum(small[a, b] for a, b in zip((0, *path), path)) + sum(logits[range(4), path])  # noqa: E731
        best = max(total(path) for path in itertools.product(range(5), repeat=4))
        self.assertAlmostEqual(total(tuple(best_path(logits, small))), best)

    def test_stance_row(self) -> None:
        text, p, q, label = _stance_row("[Ann] blames [Bob].\tAnn\tBob\t3")
        self.assertEqual((text, text[slice(*p)], text[slice(*q)], label), ("Ann blames Bob.", "Ann", "Bob", 3))


class Figures(unittest.TestCase):
    def test_ner_counts_three_types(self) -> None:
        gold = [["B-PER", "I-PER", "O", "B-MISC"], ["B-LOC", "O", None, "O"]]
        found = [["B-PER", "I-PER", "O", "O"], ["B-ORG", "O", "B-ORG", "O"]]
        report = ner_report(gold, found)
        self.assertAlmostEqual(report["r"], 50.0)
        self.assertAlmostEqual(report["p"], 100 / 3)
        low, high = span_interval(gold, found)
        self.assertTrue(low <= report["f1"] <= high)

    def test_class_interval(self) -> None:
        gold, found = np.array([0, 1, 2, 1]), np.array([0, 1, 2, 1])
        self.assertEqual(class_interval(gold, found, np.array([0, 1, 2, 3]))[1], 100.0)


class Model(unittest.TestCase):
    def test_stance_turns_with_its_arguments(self) -> None:
        model = small_model()
        states, mask = torch.randn(2, 7, 24), torch.ones(2, 7, dtype=torch.long)
        pool = torch.rand(2, 2, 7)
        there = model.stance_logits(states, mask, pool)
        back = model.stance_logits(states, mask, pool.flip(1))
        torch.testing.assert_close(there, back[:, STANCE_MIRROR])

    def test_padding_changes_nothing(self) -> None:
        model = small_model()
        ids = torch.tensor([[1, 5, 6, 2]])
        mask, types = torch.ones_like(ids), torch.zeros_like(ids)
        pad = lambda t: torch.nn.functional.pad(t, (0, 3))  # noqa: E731
        pool = torch.tensor([[[0.0, 0.5, 0.5, 0.0]]])
        short = model.encode(ids, types, mask)
        long = model.encode(pad(ids), pad(types), pad(mask))
        torch.testing.assert_close(short, long[:, :4], rtol=1e-4, atol=1e-5)
        torch.testing.assert_close(
            model.sentiment_logits(short, mask, pool),
            model.sentiment_logits(long, pad(mask), pad(pool)), rtol=1e-4, atol=1e-5,
        )  # fmt: skip


class Teachers(unittest.TestCase):
    def test_unlabelled_items_are_new(self) -> None:
        words = "Ann met Bob in Osh near Lima .".split()
        sentence = Sentence(words, targets=[((0, 1), 2)], pairs=[((0, 1), (2, 3), 1)])
        names = [(0, 1), (2, 3), (4, 5), (6, 7)]
        found = unlabelled(sentence, names, random.Random(1))
        self.assertEqual({span for span, _ in found.targets}, {(2, 3), (4, 5), (6, 7)})
        self.assertEqual(len(found.pairs), KEPT["stance"])
        self.assertNotIn({(0, 1), (2, 3)}, [{p, q} for p, q, _ in found.pairs])
        self.assertTrue(all(label == IGNORE for *_, label in found.targets + found.pairs))

    def test_a_pupil_that_agrees_loses_less(self) -> None:
        model = small_model()
        sentence = Sentence(["a", "b", "c"], targets=[((0, 1), 2)])
        encoded = Encoded(sentence, [1, 5, 6, 7, 2], [0] * 5, [(1, 2), (2, 3), (3, 4)])
        batch = collate("sentiment", [encoded], [0])
        states = model.encode(batch.ids, batch.types, batch.mask)
        logits = model.sentiment_logits(states[batch.rows], batch.mask[batch.rows], batch.pool)
        self.assertEqual(taught_loss(model, states, logits, batch, [encoded]).item(), 0.0)
        own = logits[0].softmax(0).detach()
        tags = model.ner_logits(states[0, 1:4]).softmax(1).detach()
        encoded.lesson = Lesson(tags, own={0: own})
        agreed = taught_loss(model, states, logits, batch, [encoded])
        encoded.lesson = Lesson(tags, own={0: own.roll(1)})
        differs = taught_loss(model, states, logits, batch, [encoded])
        self.assertLess(agreed.item(), differs.item())
        differs.backward()

    def test_a_sentence_without_labels_teaches(self) -> None:
        model = small_model()
        encoded = Encoded(Sentence(["a", "b", "c"]), [1, 5, 6, 7, 2], [0] * 5, [(1, 2), (2, 3), (3, 4)])
        pair = ((0, 1), (2, 3))
        encoded.lesson = Lesson(torch.eye(9)[:3], more={"stance": [(pair, torch.eye(5)[1])]})
        loss_of(model, collate("speeches", [encoded], [0]), torch.ones(5), [encoded]).backward()
        self.assertGreater(model.stance.out.weight.grad.abs().sum().item(), 0)
        self.assertIsNone(model.sentiment.out.weight.grad)


class Large(unittest.TestCase):
    def test_sees_roles_and_turns_with_them(self) -> None:
        torch.manual_seed(1)
        config = MPNetConfig(
            vocab_size=200, hidden_size=24, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32,
            max_position_embeddings=40,
        )  # fmt: skip
        model = LargeTeacher("stance", config).eval()
        ids = torch.tensor([[101, 5, 6, 7, 8, 102, 0]])
        mask = torch.tensor([[1, 1, 1, 1, 1, 1, 0]])
        pool = torch.zeros(1, 2, 7)
        pool[0, 0, 1], pool[0, 1, 4] = 1, 1
        with torch.inference_mode():
            x = model.encode(ids, torch.zeros_like(ids), mask)
            one, other = model.stance_logits(x, mask, pool), model.stance_logits(x, mask, pool.flip(1))
            model.mirrored = False
            alone, turned = model.stance_logits(x, mask, pool), model.stance_logits(x, mask, pool.flip(1))
        torch.testing.assert_close(one, other[:, STANCE_MIRROR])
        torch.testing.assert_close(one, (alone + turned[:, STANCE_MIRROR]) / 2)
        self.assertFalse(torch.allclose(alone, turned[:, STANCE_MIRROR]))
        start = model.bert.embeddings.word_embeddings.weight[torch.tensor([0, 9])] + model.case.weight[0]
        torch.testing.assert_close(x[0, :2], start)


class Augment(unittest.TestCase):
    def setUp(self) -> None:
        self.augmenter = Augmenter(
            Gazetteer(["Chad", "Peru"], ["Chadian"], ["Lima"], ["Cusco"] * 3, [("Ann", "Lee")], [("Big Party", "BP")])
        )

    def test_same_seed_same_sentences(self) -> None:
        base = [Sentence(["Peru", "won", "."], ["B-LOC", "O", "O"])]
        one, two = (self.augmenter.epoch(base * 50, 7, 1.0) for _ in range(2))
        self.assertEqual(one, two)
        for s in one:
            self.assertEqual(len(s.words), len(s.tags))

    def test_citation_labels_outlets(self) -> None:
        tags = [t for _, t in self.augmenter.citation(random.Random(1))]
        self.assertEqual((tags[0], tags[1], tags[-1]), ("O", "B-ORG", "O"))

    def test_masked_words_stay_masked(self) -> None:
        sentence = Sentence(["Peru", "x"], ["B-LOC", None])
        self.assertEqual(mentions(sentence), [(["Peru"], "LOC"), (["x"], None)])
        self.assertIsNone(self.augmenter.exchange(random.Random(1), sentence).tags[-1])


if __name__ == "__main__":
    unittest.main()
