"""What a task makes of its child, with children of our own making: no cluster, no docmill."""

from __future__ import annotations

import json
import stat
import sys
import tempfile
import unittest
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyspark.sql.types import ArrayType, LongType, StringType, StructField, StructType

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from docmill_spark import DocmillError, _Child, _line, _spark_type  # noqa: E402

#: A child that speaks docmill's language; `act` decides what it does with line n.
CHILD = '''#!{python}
import json, sys, time
lines = sys.stdin.buffer
def answer(n):
    place = {{"path": "-", "member": None, "line": n}}
    record = {{"id": "?", "source": {{**place, "sha256": "0"}}}}
    print(json.dumps(record, separators=(",", ":")), flush=True)
def report(**totals):
    path = sys.argv[sys.argv.index("--report") + 1]
    open(path, "w").write(json.dumps({{"totals": totals}}))
{act}
'''


def batches(texts: list[str], size: int = 3) -> Iterator[pa.RecordBatch]:
    for start in range(0, len(texts), size):
        part = texts[start : start + size]
        ids = pa.array(range(start, start + len(part)), pa.int64())
        yield pa.RecordBatch.from_arrays([ids, pa.array(part, pa.string())], names=["id", "text"])


class WithAChild(unittest.TestCase):
    def rows(self, act: str, texts: list[str]) -> list[tuple[Any, int | None]]:
        """Ids with the line that their record is about."""
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder, "docmill")
            program.write_text(CHILD.format(python=sys.executable, act=act))
            program.chmod(program.stat().st_mode | stat.S_IXUSR)
            found: list[tuple[Any, int | None]] = []
            for batch in _Child(str(program), (), "id", "text").map(batches(texts)):
                for row in batch.to_pylist():
                    line = None if row["json"] is None else json.loads(row["json"])["source"]["line"]
                    found.append((row["id"], line))
            return found

    def test_filtered_documents_are_rows_too(self) -> None:
        act = "n = 0\nfor n, line in enumerate(lines, 1):\n    if n in (2, 5): answer(n)\nreport(read=n, filtered=n - 3, duplicates=1)"
        found = self.rows(act, ["x"] * 7)
        self.assertEqual(found, [(0, None), (1, 2), (2, None), (3, None), (4, 5), (5, None), (6, None)])

    def test_full_pipes_do_not_stop_anybody(self) -> None:
        # It reads everything before it answers, then answers more than a pipe holds.
        act = "n = len(lines.readlines())\nfor i in range(1, n + 1): answer(i)\nreport(read=n, filtered=0)"
        found = self.rows(act, ["x" * 1000] * 5000)
        self.assertEqual(found, [(i, i + 1) for i in range(5000)])

    def test_a_lost_document_fails_the_task(self) -> None:
        act = "n = 0\nfor n, line in enumerate(lines, 1):\n    if n != 2: answer(n)\nreport(read=n, filtered=0)"
        with self.assertRaisesRegex(DocmillError, "got 4 documents"):
            self.rows(act, ["x"] * 4)

    def test_a_record_too_many_fails_the_task(self) -> None:
        act = "for n, line in enumerate(lines, 1): answer(n)\nanswer(n)"
        with self.assertRaisesRegex(DocmillError, "line 4"):
            self.rows(act, ["x"] * 4)

    def test_a_child_that_dies_is_told_with_its_last_words(self) -> None:
        with self.assertRaisesRegex(DocmillError, r"exit code 2:\nno such model"):
            self.rows("print('no such model', file=sys.stderr); sys.exit(2)", ["x" * 100_000] * 50)
        with self.assertRaisesRegex(DocmillError, "signal 9"):
            self.rows("import os; os.kill(os.getpid(), 9)", ["x"])
        with self.assertRaisesRegex(DocmillError, "signal 9"):
            self.rows("import os; print('half a li', end='', flush=True); os.kill(os.getpid(), 9)", ["x"])

    def test_a_fault_of_the_input_is_not_the_end_of_the_input(self) -> None:
        def broken() -> Iterator[pa.RecordBatch]:
            yield from batches(["x"] * 3)
            raise OSError("the shuffle file is gone")

        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder, "docmill")
            program.write_text(CHILD.format(python=sys.executable, act="for n, line in enumerate(lines, 1): answer(n)"))
            program.chmod(program.stat().st_mode | stat.S_IXUSR)
            with self.assertRaisesRegex(OSError, "shuffle file"):
                list(_Child(str(program), (), "id", "text").map(broken()))

    def test_no_child_for_no_documents(self) -> None:
        self.assertEqual(list(_Child("/no/such/program", (), "id", "text").map(iter(()))), [])


class Lines(unittest.TestCase):
    def test_every_column_reaches_the_line(self) -> None:
        row = {"number": 7, "body": "Ж\n\"x\"", "title": None, "weight": float("nan"), "tags": ["a", None]}
        line = _line(row, "number", "body")
        self.assertEqual(line.count(b"\n"), 1)
        self.assertEqual(json.loads(line), {"id": "7", "text": "Ж\n\"x\"", "weight": "nan", "tags": ["a", None]})


class Types(unittest.TestCase):
    def test_schemas_become_types(self) -> None:
        definitions = {"Span": {"type": "object", "properties": {"start": {"type": "integer"}}}}
        node = {
            "type": "object",
            "properties": {
                "spans": {"type": "array", "items": {"$ref": "#/$defs/Span"}},
                "kind": {"oneOf": [{"const": "a", "type": "string"}, {"const": "b", "type": "string"}]},
                "title": {"type": ["string", "null"]},
                "best": {"anyOf": [{"$ref": "#/$defs/Span"}, {"type": "null"}]},
                "open": True,
            },
        }
        span = StructType([StructField("start", LongType())])
        wanted = {"spans": ArrayType(span), "kind": StringType(), "title": StringType(), "best": span, "open": StringType()}
        self.assertEqual(_spark_type(node, definitions), StructType([StructField(k, v) for k, v in wanted.items()]))


if __name__ == "__main__":
    unittest.main()
