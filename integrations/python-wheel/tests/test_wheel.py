"""The installed package against the program.

    DOCMILL_PROGRAM=target/release/docmill python -m unittest discover integrations/python-wheel/tests

Run from a virtual environment that holds the built wheel; nothing of the source tree is imported.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import threading
import time
import unittest
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import docmill

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = os.environ.get("DOCMILL_PROGRAM", str(ROOT / "target/release/docmill"))
RULES = {"stages": ["header", "tokenize", "citations"]}


def program(*arguments: str, stdin: str | None = None) -> list[dict[str, Any]]:
    """The records of `docmill run`."""
    command = [PROGRAM, "run", *arguments, "--quiet", "-o", "-"]
    run = subprocess.run(command, cwd=ROOT, input=stdin, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode in (0, 1), run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


def flags(settings: dict[str, Any]) -> Iterator[str]:
    for key, value in settings.items():
        yield from ("--set", f"{key}={json.dumps(value)}")


class AgainstTheProgram(unittest.TestCase):
    def test_texts_give_the_records_of_a_run(self) -> None:
        articles = sorted((ROOT / "seeds").glob("*/*.txt"))
        texts = [article.read_bytes().decode("utf-8") for article in articles]
        pipeline = docmill.Pipeline("news")
        records = pipeline.annotate(texts, jobs=2)
        wanted = program(*(str(article) for article in articles))
        self.assertEqual(len(records), len(wanted))
        for number, (record, want) in enumerate(zip(records, wanted)):
            assert record is not None
            # The name of a text in memory is its position; everything else is the same, run_id and hash included.
            self.assertEqual((record.pop("id"), record["source"].pop("path")), (str(number), str(number)))
            del want["id"], want["source"]["path"]
            self.assertEqual(record, want)
            self.assertEqual(record["run_id"], pipeline.run_id)
        self.assertEqual(pipeline.annotate(texts, jobs=1), pipeline.annotate(iter(texts)))

    def test_mappings_give_the_records_of_json_lines(self) -> None:
        documents: list[dict[str, Any]] = [
            {"id": "a", "text": "Rome \U0001f4e8 voted.", "title": "Vote", "date": date(2020, 3, 1), "desk": 4},
            {"id": 7, "text": "Oslo (Interfax, March 2) voted."},
            {"title": "no text"},
        ]
        settings = {**RULES, "input.format": "jsonl"}
        records = docmill.Pipeline(set=settings).annotate(documents)
        lines = "".join(json.dumps(document, ensure_ascii=False, default=str) + "\n" for document in documents)
        wanted = program("-", *flags(settings), stdin=lines)
        for record, want in zip(records, wanted):
            assert record is not None
            del record["source"]["path"], want["source"]["path"], record["source"]["line"], want["source"]["line"]
        self.assertEqual(records[:2], wanted[:2])
        assert records[2] is not None
        self.assertEqual((records[2]["id"], records[2]["status"]), ("2", "failed"))
        self.assertEqual(records[2]["error"], wanted[2]["error"])

    def test_long_documents_go_through_windows(self) -> None:
        article = sorted((ROOT / "seeds").glob("*/*.txt"))[0]
        settings = {"windows.bytes": 1000}
        (record,) = docmill.Pipeline(set=settings).annotate([article.read_bytes().decode("utf-8")])
        (want,) = program(str(article), *flags(settings))
        assert record is not None
        for either in (record, want):
            del either["id"], either["source"]["path"]
        self.assertEqual(record, want)

    def test_one_call_does_not_look_for_duplicates(self) -> None:
        text = "Talks on the dam ended in Osh on Monday without a word from either side about the water."
        records = docmill.Pipeline(set=RULES).annotate([text, text])
        self.assertEqual([record and record["duplicate"] for record in records], [None, None])

    def test_positions_count_code_points(self) -> None:
        text = "\U0001f4e8 Душанбе: e\u0301lan.\r\n\r\nRome voted in Rome."
        (record,) = docmill.Pipeline(set={**RULES, "output.tokens": True}).annotate([text])
        assert record is not None
        self.assertGreater(len(record["tokens"]), 8)
        for span in record["sentences"] + record["tokens"]:
            self.assertEqual(text[span["start"] : span["end"]], span["text"])

    def test_a_configuration_is_a_path_too(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            config = Path(folder, "mine.toml")
            config.write_text('stages = ["tokenize"]\n[output]\noffsets = "bytes"\n')
            pipeline = docmill.Pipeline(config, set={"output.text": False})
            (record,) = pipeline.annotate(["Ж. Rome voted."])
        assert record is not None
        self.assertEqual(pipeline.stages, ["tokenize"])
        self.assertEqual((record["offset_unit"], record["text"]), ("bytes", None))


class Faults(unittest.TestCase):
    def test_a_bad_document_costs_itself_only(self) -> None:
        pipeline = docmill.Pipeline(set={**RULES, "input.max_bytes": 1000})
        given: list[Any] = ["Rome voted.", None, "x" * 1001, "a\ud800b", {"id": "e", "text": 3}, {1: 2}, "Oslo voted."]
        records = pipeline.annotate(given, jobs=2)
        statuses = [record["status"] for record in records if record]
        self.assertEqual(statuses, ["ok", "failed", "failed", "failed", "failed", "failed", "ok"])
        reasons = [record["error"] and record["error"]["message"] for record in records if record]
        for reason, part in zip(reasons[1:6], ["NoneType", "max_bytes", "surrogate", "not a text", "no field `text`"]):
            self.assertIn(part, reason)
        self.assertEqual(records[4] and records[4]["id"], "e")
        self.assertEqual(pipeline.annotate([]), [])

    def test_settings_that_cannot_work_are_told(self) -> None:
        with self.assertRaisesRegex(docmill.Error, "tokenise.*tokenize"):
            docmill.Pipeline(set={"stages": ["tokenise"]})
        with self.assertRaisesRegex(docmill.Error, "(?s)no-such.toml.*cause: No such file"):
            docmill.Pipeline("no-such.toml")
        with self.assertRaisesRegex(docmill.Error, "/no/such/model"):
            docmill.Pipeline(set={"model": "/no/such/model"})
        with self.assertRaisesRegex(TypeError, "ner.engine.*NoneType"):
            docmill.Pipeline(set={"ner.engine": None})  # type: ignore[dict-item]
        with self.assertRaisesRegex(TypeError, r"annotate\(\[text\]\)"):
            docmill.Pipeline(set=RULES).annotate("Rome voted.")
        with self.assertRaisesRegex(ValueError, "jobs is 1 or more"):
            docmill.Pipeline(set=RULES).annotate([], jobs=0)


class Threads(unittest.TestCase):
    def test_other_threads_run_meanwhile(self) -> None:
        pipeline = docmill.Pipeline("news")
        article = next((ROOT / "seeds").glob("*/*.txt")).read_text("utf-8")
        texts = [f"Dispatch {i}.\n\n{article}" for i in range(60)]
        times: list[float] = []
        done = threading.Event()

        def beside() -> None:
            while not done.wait(0.01):
                times.append(time.monotonic())

        thread = threading.Thread(target=beside)
        thread.start()
        start = time.monotonic()
        records = pipeline.annotate(texts, jobs=1)
        end = time.monotonic()
        done.set()
        thread.join()
        self.assertEqual(len(records), len(texts))
        # It ran in the middle too; with the lock held it would have run at the ends only.
        middle = [t for t in times if start + (end - start) * 0.2 < t < start + (end - start) * 0.6]
        self.assertGreater(len(middle), 5)

    def test_one_pipeline_serves_several_threads(self) -> None:
        pipeline = docmill.Pipeline(set=RULES)
        wanted = pipeline.annotate(["Rome voted."] * 50)
        answers: list[Any] = []
        threads = [
            threading.Thread(target=lambda: answers.append(pipeline.annotate(["Rome voted."] * 50, jobs=2)))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(answers, [wanted] * 4)


if __name__ == "__main__":
    unittest.main()
