"""The measures of coreference on the example of Pradhan et al. (2014), and the readers of gold."""

import unittest

from news_en.coref_gold import find, same
from news_en.coref_score import conll


class Coreference(unittest.TestCase):
    def test_measures_are_those_of_the_reference_scorer(self):
        scores = conll([([set("abc"), set("defg")], [set("ab"), set("cd"), set("fghi")])])
        wanted = {"MUC": (40.0, 40.0, 40.0), "B-cubed": (50.0, 41.667, 45.455), "CEAFe": (43.333, 65.0, 52.0)}
        for measure, figures in wanted.items():
            for told, figure in zip(scores[measure], figures):
                self.assertAlmostEqual(told, figure, places=2, msg=measure)
        self.assertAlmostEqual(scores["CoNLL"][2], (40.0 + 45.455 + 52.0) / 3, places=2)

    def test_all_right_is_a_hundred(self):
        clusters = [{1, 2}, {3, 4, 5}]
        for figure in conll([(clusters, clusters)])["CoNLL"]:
            self.assertAlmostEqual(figure, 100.0)

    def test_names_are_one_if_one_holds_the_other(self):
        self.assertTrue(same("Tony Blair", "Mr Blair"))
        self.assertFalse(same("Tony Blair", "Cherie Booth"))

    def test_words_are_found_whole(self):
        self.assertEqual(find("the men and he", "he"), [(12, 14)])


if __name__ == "__main__":
    unittest.main()
