"""The helper module, spoken to as docmill does. Standard library only."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from docmill_stage import Document, DocumentError, run_on, serve, span  # noqa: E402

STAGE = """
import sys
sys.path.insert(0, {folder!r})
from docmill_stage import DocumentError, serve, span
print("loading")

def words(document):
    print("at", document.id)
    if "REFUSE" in document.text:
        raise DocumentError("not this one")
    if "BUG" in document.text:
        return {{"words": 1 // 0}}
    if "NAN" in document.text:
        return {{"words": float("nan")}}
    if "SET" in document.text:
        return {{"words": {{1, 2}}}}
    start = document.text.index("Ж") if "Ж" in document.text else 0
    return {{"words": [span(start, start + 1, date=document.meta["date"])]}}

def batch(documents):
    return [words(document) for document in documents]

serve({how}, name="words", version=2, requires=["sentences"], provides={{"words": None}})
"""


def document(seq: int, text: str) -> dict:
    return {"seq": seq, "id": f"d{seq}", "text": text, "meta": {"date": "2005-09-13"}, "layers": {"sentences": []}}


def talk(how: str, *lines: dict) -> tuple[list[dict], str]:
    """What a stage says to these lines, and what it tells people."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "words.py")
        path.write_text(STAGE.format(folder=str(HERE.parent), how=how), encoding="utf-8")
        sent = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        environment = dict(os.environ, DOCMILL_STAGE="words")
        ended = subprocess.run(
            [sys.executable, str(path)], input=sent.encode(), capture_output=True, timeout=60, env=environment
        )
        assert ended.returncode == 0, ended.stderr.decode()
        return [json.loads(line) for line in ended.stdout.splitlines()], ended.stderr.decode()


HELLO = {"type": "hello", "protocol": 1, "docmill": "0.1.0", "stage": "words"}


class Serve(unittest.TestCase):
    def test_says_what_it_is_and_answers(self) -> None:
        said, told = talk("words", HELLO, {"type": "batch", "documents": [document(7, "🛰️ Ж"), document(8, "x")]})
        self.assertEqual(
            said[0],
            {"type": "hello", "protocol": 1, "name": "words", "version": "2", "requires": ["sentences"],
             "provides": [{"layer": "words", "schema": None}]},
        )
        self.assertEqual(said[1]["seq"], 7)
        self.assertEqual(said[1]["layers"], {"words": [{"start": 3, "end": 4, "date": "2005-09-13"}]})
        self.assertEqual(said[2]["seq"], 8)
        self.assertIn("loading", told)
        self.assertIn("at d7", told)

    def test_an_error_costs_its_document(self) -> None:
        texts = ["a", "REFUSE", "BUG", "NAN", "SET", "b"]
        sent = {"type": "batch", "documents": [document(i, text) for i, text in enumerate(texts)]}
        for how in ["words", "batch=batch"]:
            said, told = talk(how, HELLO, sent)
            answers = {answer["seq"]: answer for answer in said[1:]}
            self.assertEqual(len(answers), 6, how)
            self.assertEqual(answers[1]["error"], "not this one")
            self.assertEqual(answers[2]["error"], "ZeroDivisionError: integer division or modulo by zero")
            self.assertIn("no JSON", answers[3]["error"])
            self.assertIn("no JSON", answers[4]["error"])
            self.assertIn("layers", answers[0])
            self.assertIn("layers", answers[5])
            self.assertIn("1 // 0", told)
            self.assertNotIn("not this one", told)

    def test_either_way_of_calling_is_asked_for(self) -> None:
        with self.assertRaises(TypeError):
            serve(name="x", version="1", provides=["x"])


class RunOn(unittest.TestCase):
    def test_spans_are_checked(self) -> None:
        found = run_on("🛰️ Ж", lambda document: {"x": [span(3, 4)]})
        self.assertEqual(found, {"x": [{"start": 3, "end": 4, "text": "Ж"}]})
        with self.assertRaisesRegex(ValueError, "no stretch"):
            run_on("abc", lambda document: {"x": [span(3, 4)]})
        with self.assertRaisesRegex(ValueError, "`text` is"):
            run_on("abc", lambda document: {"x": [span(0, 1, text="b")]})

    def test_layers_are_at_hand(self) -> None:
        sentences = [{"id": "s0", "start": 0, "end": 2, "text": "ab"}]
        seen = []

        def annotate(document: Document) -> dict:
            seen.extend(document.sentences)
            if not document.meta:
                raise DocumentError("no metadata")
            return {}

        with self.assertRaises(DocumentError):
            run_on("ab", annotate, layers={"sentences": sentences})
        self.assertEqual((seen[0].text, seen[0].record["id"]), ("ab", "s0"))


if __name__ == "__main__":
    unittest.main()
