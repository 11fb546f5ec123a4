"""Small checks without data or weights: python -m unittest."""

import itertools
import random
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch
from transformers import BertConfig, MPNetConfig

from news_en.augment import Augmenter, case_copies, mentions
from news_en.distil import KEPT, Lesson, distillation_loss, unlabelled
from news_en.encode import Encoded, collate
from news_en.evaluate import class_interval, decode, ner_report, pairs_report, parse, span_interval, syntax_counts, syntax_report, torch_forward
from news_en.gazetteer import Gazetteer
from news_en.labels import IGNORE, NER_ID, STANCE_MIRROR, coarse_tag
from news_en.large import LargeTeacher
from news_en.lemmas import apply_script, exceptions_of, lemma_of, read_table, script_of, scripts_of, table_text
from news_en.model import JointModel
from news_en.regular import regular_forms
from news_en.readers import Sentence, _stance_row, _to_bio, pairs_sentence, parse_conllu, read_worldwide
from news_en.regions import read_regions
from news_en.syntax import UPOS, Classes, Inventory, inventory_of, syntax_loss
from news_en.train import drawn, loss_of
from news_en.transitions import best_path, count_transitions
from news_en.tree import is_tree, tree_of
from news_en.words import case_class, words_of


CONLLU = """# text = Parties don't vote
1\tParties\tparty\tNOUN\tNNS\t_\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
3.1\tever\t_\t_\t_\t_\t_\t_\t_\t_
4\tvote\tvote\tVERB\tVB\t_\t0\troot\t_\t_

1\t_\t_\tPUNCT\t.\t_\t2\tpunct\t_\t_
2\tgo\t_\tX\tGW\t_\t0\troot\t_\t_
"""


torch.set_num_threads(1)  # waiting threads cost more than they give on models this small


def small_model() -> JointModel:
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=50, hidden_size=24, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=32, type_vocab_size=5,
    )  # fmt: skip
    inventory = Inventory(["dep", "nsubj", "root"], ["0|", "=", "1|"], {("n't", "PART"): "not"})
    return JointModel(config, inventory).eval()


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


class Readers(unittest.TestCase):
    def test_conllu_reads_syntactic_words(self) -> None:
        first, second = parse_conllu(CONLLU)
        self.assertEqual(first.words, ["Parties", "do", "n't", "vote"])
        self.assertEqual((first.heads, first.deprels[0]), ([4, 4, 4, 0], "nsubj"))
        self.assertEqual(second.lemmas, ["_", None])

    def test_worldwide_keeps_the_site_only(self) -> None:
        text = "-DOCSTART-\tO\n\nhttps://www.paper.com/a\tO\n\nAnn\tB-PER\nleft\tO\n\n-DOCSTART-\tO\n\nBob\tB-PER\n"
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "ner" / "worldwide"
            path.mkdir(parents=True)
            (path / "worldwide-dev.conll").write_text(text, encoding="utf-8")
            found = read_worldwide(Path(folder), "dev")
        self.assertEqual([(s.words, s.origin) for s in found], [(["Ann", "left"], "paper.com"), (["Bob"], "")])

    def test_regions_are_pairs(self) -> None:
        self.assertEqual(read_regions()["abc.net.au"], "oceania")

    def test_pairs(self) -> None:
        text = "Ann praised Bob and Cy ."
        mentions = [{"start": text.index(n), "end": text.index(n) + len(n)} for n in ("Ann", "Bob", "Cy")]
        rows = [
            ["1", "1", "2", "favor", ""], ["1", "2", "1", "against", "?"], ["1", "3", "2", "against", "p"],
            ["1", "1", "3", "favor", "n"],
        ]  # fmt: skip
        s = pairs_sentence({"id": 1, "text": text, "mentions": mentions}, rows)
        ann, bob, cy = (0, 1), (2, 3), (4, 5)
        # Both directions: the first row counts. A negated row is no stance.
        self.assertEqual(s.pairs, [(ann, bob, 1), (ann, cy, 0), (bob, cy, 4)])
        # Bob is liked and disliked, so he is left out.
        self.assertEqual(s.targets, [(ann, 0), (cy, 1)])


class Lemmas(unittest.TestCase):
    def test_scripts_make_the_lemma(self) -> None:
        for form, lemma, upos, script in (
            ("Parties", "party", "NOUN", "3|y"), ("The", "the", "DET", "0|"), ("Ann", "Ann", "PROPN", "="),
            ("I", "I", "PRON", "="), ("Americans", "American", "PROPN", "1|"), ("is", "be", "AUX", "2|be"),
        ):  # fmt: skip
            self.assertEqual(script_of(form, lemma, upos), script)
            self.assertEqual(apply_script(script, form, upos), lemma)
        self.assertEqual(apply_script("5|y", "Cat", "NOUN"), "cat")

    def test_table_holds_words_that_change(self) -> None:
        cats = [Sentence([w + "s"], upos=["NOUN"], lemmas=[w]) for w in ("cat", "dog", "bed")]
        men = [Sentence(["Men"], upos=["NOUN"], lemmas=["man"])] * 2
        scripts = scripts_of(cats + men)
        self.assertEqual(scripts, ["1|"])
        table = exceptions_of(cats + men, scripts)
        # A form seen once counts with a script of the head's only.
        odd = Sentence(["oxen"], upos=["NOUN"], lemmas=["ox"])
        self.assertEqual(exceptions_of(cats + men + [odd], scripts), table)
        self.assertEqual(table, {(w + "s", "NOUN"): w for w in ("cat", "dog", "bed")} | {("men", "NOUN"): "man"})
        self.assertEqual(lemma_of("MEN", "NOUN", "0|", table), "man")
        self.assertEqual(read_table(table_text(table)), table)

    def test_regular_forms_have_one_base(self) -> None:
        verbs = [Sentence([f], upos=["VERB"], lemmas=[b]) for f, b in (("plan", "plan"), ("excludes", "exclude"))]
        breed = [Sentence(["breed"], upos=["VERB"], lemmas=["breed"])]
        table = regular_forms(["planned", "excluded", "breed", "time", "timed", "tim", "cities", "city"], verbs + breed)
        self.assertEqual(table["planned", "VERB"], "plan")
        self.assertEqual(table["excluded", "VERB"], "exclude")
        self.assertEqual(table["cities", "NOUN"], "city")
        self.assertNotIn(("timed", "VERB"), table, "tim and time are both words")
        self.assertNotIn(("breed", "VERB"), table)


class Syntax(unittest.TestCase):
    def test_trees(self) -> None:
        rng = np.random.default_rng(2)
        for words in (1, 2, 3, 4):
            scores = rng.normal(size=(words, words + 1))
            found = tree_of(scores)
            self.assertTrue(is_tree(found))
            total = lambda heads: sum(scores[i, h] for i, h in enumerate(heads))  # noqa: E731
            trees = (h for h in itertools.product(range(words + 1), repeat=words) if is_tree(np.array(h)))
            self.assertAlmostEqual(total(found), max(total(h) for h in trees))

    def test_a_cycle_is_no_tree(self) -> None:
        self.assertFalse(is_tree(np.array([2, 1, 0])))
        self.assertFalse(is_tree(np.array([0, 0])))
        self.assertTrue(is_tree(np.array([0, 1, 2])))

    def test_many_random_trees_are_best_with_one_root(self) -> None:
        rng = np.random.default_rng(3)
        for _ in range(40):
            scores = rng.normal(size=(4, 5))
            scores[:, 0] += 2  # many words would be roots
            total = lambda heads: sum(scores[i, h] for i, h in enumerate(heads))  # noqa: E731
            trees = (h for h in itertools.product(range(5), repeat=4) if is_tree(np.array(h)))
            self.assertAlmostEqual(total(tree_of(scores)), max(total(h) for h in trees))

    def test_head_is_the_formula(self) -> None:
        head = small_model().syntax
        h = torch.randn(1, 4, 24)
        with torch.inference_mode():
            head.arc.head_bias.normal_()
            a, b = head.arc_dep(h[:, 1:]).relu()[0], head.arc_head(h).relu()[0]
            one = a[1] @ head.arc.weight @ b[3] + head.arc.head_bias @ b[3]
            torch.testing.assert_close(head.arcs(h)[0, 1, 3], one)
            d, e = head.rel_dep(h[0, 2:3]).relu(), head.rel_head(h[0, 3:4]).relu()
            padded = lambda x: torch.cat([x[0], torch.ones(1)])  # noqa: E731
            other = torch.stack([padded(d) @ w @ padded(e) for w in head.rel.weight])
            torch.testing.assert_close(head.relations(h[0, 2:3], h[0, 3:4])[0], other)

    def test_learns_a_sentence(self) -> None:
        model = small_model()
        sentence = Sentence(["Ann", "votes"], upos=["PROPN", "VERB"], lemmas=["Ann", "vote"], heads=[2, 0], deprels=["nsubj", "root"])
        Classes(model.inventory).fill([sentence])
        self.assertEqual(sentence.classes, [[UPOS.index("PROPN"), 1, 2, 1], [UPOS.index("VERB"), 2, 0, 2]])
        encoded = [Encoded(sentence, [1, 5, 6, 2], [0] * 4, [(1, 2), (2, 3)])]
        batch = collate("syntax", encoded, [0])
        optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
        for _ in range(60):
            loss = syntax_loss(model.syntax, model.encode(batch.ids, batch.types, batch.mask), batch.first, batch.labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        parsed = parse(model, torch_forward(model), encoded)
        self.assertEqual(parsed, [[("PROPN", "Ann", 2, "nsubj"), ("VERB", "vote", 0, "root")]])
        report = syntax_report(syntax_counts(encoded, parsed))
        self.assertEqual((report["f1"], report["UPOS"], report["lemma"]), (100.0, 100.0, 100.0))

    def test_heads_past_the_cut_are_not_learned(self) -> None:
        sentence = Sentence(["a", "b"], classes=[[0, 0, 2, 1], [0, 0, 0, 2]])
        batch = collate("syntax", [Encoded(sentence, [1, 5, 2], [0] * 3, [(1, 2)])], [0])
        self.assertEqual(batch.labels.tolist(), [[[0, 0, IGNORE, IGNORE]]])

    def test_inventory(self) -> None:
        inventory = inventory_of(parse_conllu(CONLLU))
        self.assertIn("root", inventory.deprel)


class Pairs(unittest.TestCase):
    def test_ranked(self) -> None:
        gold = np.array([1, 0, 3, 0])
        logits = np.array([[0, 3, 0, 0, 0], [0, 0, 2, 0, 0], [0, 0, 0, 1, 0], [5, 0, 0, 0, 0.0]])
        self.assertAlmostEqual(pairs_report(gold, logits)["f1"], 100 * (1 + 2 / 3) / 2)
        # The wrong direction is no hit.
        self.assertAlmostEqual(pairs_report(np.array([2, 0, 3, 0]), logits)["f1"], 100 * (1 / 3) / 2)

    def test_drawn(self) -> None:
        self.assertEqual(len(drawn(list(range(10)), 2.5, random.Random(1))), 25)


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
        self.assertEqual(distillation_loss(model, states, logits, batch, [encoded]).item(), 0.0)
        own = logits[0].softmax(0).detach()
        tags = model.ner_logits(states[0, 1:4]).softmax(1).detach()
        encoded.lesson = Lesson(tags, own={0: own})
        agreed = distillation_loss(model, states, logits, batch, [encoded])
        encoded.lesson = Lesson(tags, own={0: own.roll(1)})
        differs = distillation_loss(model, states, logits, batch, [encoded])
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

    def test_case_copies(self) -> None:
        base = [Sentence(["He", "won"], ["O", "O"], classes=[[1, 2, 2, 3], [4, 5, 0, 6]])] * 100
        made = case_copies(random.Random(1), base)
        self.assertEqual(sorted(" ".join(s.words) for s in made), ["HE WON"] * 4 + ["He Won"] * 2 + ["he won"])
        self.assertEqual(made[0].classes[0], [1, IGNORE, 2, 3])

    def test_citation_labels_outlets(self) -> None:
        tags = [t for _, t in self.augmenter.citation(random.Random(1))]
        self.assertEqual((tags[0], tags[1], tags[-1]), ("O", "B-ORG", "O"))

    def test_masked_words_stay_masked(self) -> None:
        sentence = Sentence(["Peru", "x"], ["B-LOC", None])
        self.assertEqual(mentions(sentence), [(["Peru"], "LOC"), (["x"], None)])
        self.assertIsNone(self.augmenter.exchange(random.Random(1), sentence).tags[-1])


if __name__ == "__main__":
    unittest.main()
