"""docmill_spark on a cluster of two workers, with processes killed in the middle of a job.

    DOCMILL_PROGRAM=target/release/docmill DOCMILL_MODELS=models python -m unittest discover integrations/spark/tests

The cluster is Spark's own local-cluster mode: a master, two workers and their executors, processes of their own.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import unittest
from collections import Counter
from pathlib import Path
from typing import Any

import pyspark
from processes import annotators, executors, wait_for
from pyspark import SparkStageInfo
from pyspark.sql import DataFrame, Row, SparkSession

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(HERE.parent))

from docmill_spark import DocmillError, annotate, record_type  # noqa: E402

PROGRAM = os.environ.get("DOCMILL_PROGRAM", str(ROOT / "target/release/docmill"))
MODELS = os.environ.get("DOCMILL_MODELS", str(ROOT / "models"))

#: Copies of each sample article, each with a sentence of its own; enough work that kills fall into it.
COPIES = 10
PARTITIONS = 10
#: What the record of a document may not depend on, and does: the place in the stream of its partition.
PLACE = ("path", "line")
#: A longer document is refused by these runs.
# A child sees the documents of its partition alone: what it marks as duplicates depends on where Spark puts them.
LIMIT = ["--set", "input.max_bytes=20000", "--set", "duplicates.find=none"]


def session(archive: Path) -> SparkSession:
    """Two workers of one core and 1 GB each."""
    home = Path(pyspark.__file__).parent
    os.environ["SPARK_HOME"] = str(home)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    return (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .appName("docmill")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.host", "localhost")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.executor.memory", "768m")
        .config("spark.archives", f"{archive}#docmill")
        .config("spark.submit.pyFiles", str(HERE.parent / "docmill_spark.py"))
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "8")
        .getOrCreate()
    )


def rows() -> list[Row]:
    """Articles, and documents that fail: one without text, one that is too long."""
    articles = sorted((ROOT / "seeds").glob("*/*.txt"))
    made: list[Row] = []
    for copy in range(COPIES):
        for article in articles:
            text = f"Dispatch {copy} reached Geneva \U0001f4e8.\n\n{article.read_text('utf-8')}"
            made.append(Row(id=f"{article.stem}/{copy}", text=text, title=f"No {copy}", date="2020-01-02", desk=copy))
    made.insert(17, Row(id="no-text", text=None, title=None, date=None, desk=None))
    made.insert(60, Row(id="too-long", text="A long story. " * 2000, title=None, date=None, desk=1))
    return made


def single_machine(made: list[Row], folder: Path) -> dict[str, dict[str, Any]]:
    """The records of one run of docmill over the same documents, by id."""
    documents, out = folder / "documents.jsonl", folder / "out.jsonl"
    lines = [json.dumps({k: v for k, v in row.asDict().items() if v is not None}, ensure_ascii=False) for row in made]
    documents.write_text("".join(line + "\n" for line in lines), "utf-8")
    run = [PROGRAM, "run", str(documents), "--input-format", "jsonl", "-o", str(out), "--quiet", *LIMIT]
    subprocess.run(run, cwd=Path(MODELS).parent, check=False, stderr=subprocess.DEVNULL)
    records = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    # A line that is too long is not parsed; docmill names it by its place.
    return {record["id"] if "#" not in record["id"] else "too-long": record for record in records}


def without_place(record: dict[str, Any]) -> dict[str, Any]:
    """What must be the same."""
    source = {key: value for key, value in record["source"].items() if key not in PLACE}
    answer = {**record, "source": source}
    if record["status"] == "failed":
        del answer["id"]
    return answer


def repeated(stage: SparkStageInfo) -> bool:
    """Whether tasks of it were run again: of this attempt, or all, because a shuffle's files went with an executor."""
    return stage.numFailedTasks > 0 or stage.currentAttemptId > 0


class Killer(threading.Thread):
    """Kills a docmill child, later a whole executor with its child, while the job runs."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.killed: list[str] = []
        self.fault: BaseException | None = None

    def run(self) -> None:
        try:
            self.kill_a_child()
            time.sleep(1)
            self.kill_an_executor()
        except BaseException as error:  # noqa: BLE001: told by the test
            self.fault = error

    def kill_a_child(self) -> None:
        child = wait_for("a docmill process", lambda: annotators(os.getpid()), 180)[0]
        os.kill(child, signal.SIGKILL)
        self.killed.append("child")

    def kill_an_executor(self) -> None:
        def busy() -> list[tuple[int, list[int]]]:
            return [(java, children) for java in executors() if (children := annotators(java))]

        java, children = wait_for("an executor with docmill below it", busy, 60)[0]
        os.kill(java, signal.SIGKILL)
        for child in children:
            try:
                os.kill(child, signal.SIGKILL)
            except ProcessLookupError:
                pass  # It ended with its worker.
        self.killed.append("executor")


class OnACluster(unittest.TestCase):
    folder: tempfile.TemporaryDirectory[str]
    spark: SparkSession
    made: list[Row]
    expected: dict[str, dict[str, Any]]
    program = "docmill/bin/docmill"

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        folder = Path(cls.folder.name)
        archive = folder / "docmill.tar.gz"
        with tarfile.open(archive, "w:gz", compresslevel=1) as tar:
            tar.add(PROGRAM, "bin/docmill")
            tar.add(Path(MODELS) / "news-en", "models/news-en")
        cls.made = rows()
        cls.expected = single_machine(cls.made, folder)
        assert len(cls.expected) == len(cls.made)
        cls.spark = session(archive)
        cls.spark.sparkContext.setLogLevel("ERROR")

    @classmethod
    def tearDownClass(cls) -> None:
        cls.spark.stop()
        wait_for("the end of every docmill process", lambda: not annotators(os.getpid()), 30)
        cls.folder.cleanup()

    def documents(self, rows: list[Row]) -> DataFrame:
        return self.spark.createDataFrame(rows, "id string, text string, title string, date string, desk long")

    def test_executor_killed_in_the_middle_of_a_job(self) -> None:
        killer = Killer()
        killer.start()
        frame = self.documents(self.made).repartition(PARTITIONS)
        result = annotate(frame, program=self.program, options=LIMIT).cache()
        got = {row.id: row for row in result.select("id", "json", "status", "error").collect()}
        killer.join(10)
        self.assertIsNone(killer.fault)
        self.assertEqual(killer.killed, ["child", "executor"])
        tracker = self.spark.sparkContext.statusTracker()
        jobs = [tracker.getJobInfo(job) for job in tracker.getJobIdsForGroup()]
        stages = {stage for job in jobs if job for stage in job.stageIds}
        again = [info for stage in stages if (info := tracker.getStageInfo(stage)) and repeated(info)]
        self.assertTrue(again, "the kills cost Spark nothing: they fell beside the work")

        self.assertEqual(result.count(), len(self.made))
        self.assertEqual(got.keys(), self.expected.keys())
        for key, row in got.items():
            self.assertEqual(without_place(json.loads(row.json)), without_place(self.expected[key]), key)
        failed = {key: row.error.message for key, row in got.items() if row.status == "failed"}
        self.assertEqual(failed.keys(), {"no-text", "too-long"})
        self.assertIn("input.fields.text", failed["no-text"])
        self.assertIn("input.max_bytes", failed["too-long"])

        # The typed columns say the same as the lines.
        names = result.selectExpr("explode(entities) as e").groupBy("e.canonical").count().collect()
        wanted = Counter(entity["canonical"] for record in self.expected.values() for entity in record["entities"])
        self.assertEqual({row.canonical: row["count"] for row in names}, dict(wanted))
        stances = result.selectExpr("explode(stances) as s").select("s.polarity", "s.score").collect()
        wanted_stances = sum(len(record["stances"]) for record in self.expected.values())
        self.assertEqual(len(stances), wanted_stances)
        self.assertTrue(all(isinstance(row.score, float) for row in stances))
        titles = {row.id: row.title for row in result.select("id", "meta.title").collect()}
        self.assertEqual(titles, {row.id: row.title for row in self.made})

    def test_ids_keep_their_type_and_other_columns_go_to_extra(self) -> None:
        frame = self.spark.sql(
            "select * from values (7L, 'Rome voted.', date'2020-03-01', 1.5D), (null, 'Oslo voted.', null, double('nan'))"
            " as t(number, body, date, weight)"
        )
        options = ["--set", 'stages=["tokenize"]']
        result = annotate(frame, id="number", text="body", program=self.program, options=options)
        self.assertEqual(result.schema["id"].dataType.simpleString(), "bigint")
        found = {row.id: row for row in result.collect()}
        self.assertEqual(found.keys(), {7, None})
        self.assertEqual((found[7].meta.date, found[7].meta.extra[0].value), ("2020-03-01", "1.5"))
        self.assertEqual(json.loads(found[7].json)["id"], "7")
        self.assertEqual(found[None].meta.extra[0].value, "nan")
        self.assertEqual(found[None].sentences[0].text, "Oslo voted.")

    def test_limit_leaves_no_process_behind(self) -> None:
        frame = self.spark.range(100_000, numPartitions=1).selectExpr("id", "'Rome voted.' as text")
        some = annotate(frame, program=self.program, options=["--set", 'stages=["tokenize"]']).limit(3).collect()
        self.assertEqual([row.id for row in some], [0, 1, 2])
        wait_for("the end of every docmill process", lambda: not annotators(os.getpid()), 30)

    def test_faults_are_told(self) -> None:
        frame = self.documents(self.made[:2])
        with self.assertRaisesRegex(DocmillError, "tokenise.*tokenize"):
            annotate(frame, program=self.program, options=["--set", 'stages=["tokenise"]'])
        with self.assertRaisesRegex(ValueError, "no column 'body'"):
            annotate(frame, text="body", program=self.program)
        with self.assertRaisesRegex(ValueError, "rename it"):
            annotate(frame.withColumnRenamed("text", "body").withColumn("text", frame.title), text="body")
        # What only the run itself finds out comes from the worker.
        broken = annotate(frame, program=self.program, options=["--set", "model=/no/such/model"])
        with self.assertRaisesRegex(Exception, "/no/such/model"):
            broken.collect()

    def test_the_record_type_is_that_of_the_schema(self) -> None:
        record = record_type(PROGRAM)
        self.assertEqual(record["entities"].dataType.elementType["start"].dataType.simpleString(), "bigint")
        self.assertEqual(record["error"].dataType.simpleString(), "struct<message:string,stage:string>")
        self.assertEqual(record["stances"].dataType.elementType["polarity"].dataType.simpleString(), "string")


if __name__ == "__main__":
    unittest.main()
