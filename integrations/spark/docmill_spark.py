"""docmill on Spark: a DataFrame of documents in, a DataFrame of typed records out.

    from docmill_spark import annotate

    records = annotate(articles)                    # columns id, text; any other goes to the record's meta
    records.where("status = 'failed'").select("id", "error.message").show()
    records.selectExpr("id", "explode(entities) as e").groupBy("e.canonical").count().show()

Each partition is streamed through one child process, `docmill run - -o -`, inside `mapInArrow`. Why not `RDD.pipe`:
it knows lines of text only, so ids and types would have to be put into the lines and taken out again, it does not end
its child when a task is cancelled, and it cannot tell a stage's failure from a line. Scheduling, retries and lost
executors are Spark's business; this module has no scheduler.

Promises:

- Rows in = rows out. A document that fails is a row with `status` "failed" and the reason in `error`; one that is
  left out on purpose (by a stage, or as a duplicate of another of its partition) is a row with `status` "filtered" and
  nothing else. A child that does not account for every
  document it got fails the task, so Spark runs it again.
- A record is that of `docmill run` on one machine, whatever the partitions, save `source.path` and `source.line`,
  which tell the place in the stream of the partition.
- The child ends with its task: at the task's end, when the task fails or is cancelled, and when its worker dies.

Needed on every worker: the docmill program with its model, and Python with pyspark (3.5 or newer) and pyarrow.
"""

from __future__ import annotations

import ctypes
import json
import math
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
from pyspark import SparkFiles
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import (
    ArrayType,
    BooleanType,
    DataType,
    DoubleType,
    LongType,
    StringType,
    StructField,
    StructType,
)

__all__ = ["DocmillError", "annotate", "record_type"]

#: Options of prctl(2) on Linux: the signal that a process gets when the thread that started it ends.
PR_SET_PDEATHSIG = 1

#: Where a record says which line of the stream it is about. Inside a string the quotation marks would be escaped.
PLACE = re.compile(rb'"source":\{"path":"-","member":null,"line":(\d+),')

#: A batch of the result is handed to Spark at this many lines or bytes, whichever comes first.
BATCH_LINES = 256
BATCH_BYTES = 4 << 20


class DocmillError(RuntimeError):
    """docmill could not run, or did not answer for every document. Fails the task, so that Spark runs it again."""


def annotate(
    documents: DataFrame,
    *,
    id: str = "id",  # noqa: A002: the column's usual name
    text: str = "text",
    program: str = "docmill",
    jobs: int | None = None,
    options: Sequence[str] = (),
) -> DataFrame:
    """Annotates each row of `documents`.

    The result has a row for each row of `documents`: its `id` (of the same type), every field of docmill's record but
    `id` (`record_type` says how they are typed), and `json`, the record as docmill wrote it.

    id, text: names of the two columns that must be there. Of the others, `title`, `date`, `author`, `publication`,
        `volume` and `issue` go to these fields of `meta`, the rest to `meta.extra`. Null values are left out.
    program: docmill, as it is found on the workers: on the path, at a full path, or below the files that Spark
        distributes (`spark.archives`: "docmill.tar.gz#docmill" makes it "docmill/bin/docmill"). The driver asks it for
        its schema, so it must be there too.
    jobs: worker threads of each child; `spark.task.cpus` if not given.
    options: further options of `docmill run`, such as ["--config", "/etc/docmill/my.toml"], or ["--set", ...].
    """
    for column in (id, text):
        if column not in documents.columns:
            raise ValueError(f"no column {column!r}; the columns are {', '.join(documents.columns)}")
    for column in {"id", "text"} - {id, text}:
        if column in documents.columns:
            raise ValueError(f"column {column!r} is neither the id nor the text; rename it, or it would be taken for it")
    if jobs is None:
        jobs = int(documents.sparkSession.conf.get("spark.task.cpus", "1") or 1)
    # The stream has docmill's own names for fields, whatever a config says of files.
    names = ["--set", 'input.fields.id="id"', "--set", 'input.fields.text="text"']
    arguments = ["run", "-", "-o", "-", "--input-format", "jsonl", "--quiet", "--offline", "--jobs", str(jobs)]
    child = _Child(program, (*arguments, *options, *names), id, text)

    ids = StructField("id", documents.schema[id].dataType)
    lines = documents.mapInArrow(child.map, StructType([ids, StructField("json", StringType())])).toDF("id", "json")
    record = record_type(program, options)
    # The JVM takes the lines apart: a field of the wrong type is an error, never a null. A text may be long.
    reading = {"mode": "FAILFAST", "maxStringLen": str(2**31 - 1)}
    fields = {name: F.col("record").getField(name) for name in record.names if name != "id"}
    fields["status"] = F.coalesce(fields["status"], F.lit("filtered"))
    parsed = lines.select("id", F.from_json("json", record, reading).alias("record"), "json")
    return parsed.select("id", *(column.alias(name) for name, column in fields.items()), "json")


def record_type(program: str = "docmill", options: Sequence[str] = ()) -> StructType:
    """The type of docmill's record, made from what `docmill schema` says under these options of `docmill run`."""
    command = [_located(program), "schema", *_configuration(options)]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    except OSError as error:
        raise DocmillError(f"cannot run {command[0]}: {error.strerror}; name docmill with `program`") from error
    if answer.returncode != 0:
        raise DocmillError(answer.stderr.strip() or f"docmill schema: exit code {answer.returncode}")
    schema = json.loads(answer.stdout)
    record = _spark_type(schema, schema.get("$defs", {}))
    assert isinstance(record, StructType)
    return record


def _configuration(options: Sequence[str]) -> list[str]:
    """Those of the options that decide which stages run, and so what stands in a record."""
    chosen: list[str] = []
    for i, option in enumerate(options):
        if option in ("--config", "--set"):
            chosen += options[i : i + 2]
        elif option.startswith(("--config=", "--set=")):
            chosen.append(option)
    return chosen


def _spark_type(node: Any, definitions: dict[str, Any]) -> DataType:
    """The Spark type of a JSON Schema, of the part of it that docmill's types need. Unsigned 32 bits need a long.

    What a record of a foreign stage leaves open (any JSON) stays a string of JSON.
    """
    if not isinstance(node, dict):
        return StringType()
    if "$ref" in node:
        return _spark_type(definitions[node["$ref"].rpartition("/")[2]], definitions)
    for alternatives in (node.get("anyOf"), node.get("oneOf")):
        if alternatives:
            # `null`, which every column may be, and one type; or strings, one for each value of an enumeration.
            rest = [_spark_type(part, definitions) for part in alternatives if part.get("type") != "null"]
            return rest[0] if rest and all(part == rest[0] for part in rest) else StringType()
    kind = node.get("type")
    if isinstance(kind, list):
        kinds = [part for part in kind if part != "null"]
        kind = kinds[0] if len(kinds) == 1 else None
    if kind == "object" and "properties" in node:
        parts = node["properties"].items()
        return StructType([StructField(name, _spark_type(part, definitions)) for name, part in parts])
    if kind == "array":
        return ArrayType(_spark_type(node.get("items"), definitions))
    simple = {"integer": LongType, "number": DoubleType, "boolean": BooleanType}
    return simple[kind]() if kind in simple else StringType()


def _located(program: str) -> str:
    """The program, below Spark's distributed files if it is there."""
    if os.path.isabs(program):
        return program
    try:
        distributed = Path(SparkFiles.getRootDirectory(), program)
    except Exception:  # Neither on a worker nor beside a session: there are no such files.
        return program
    return str(distributed) if distributed.is_file() else program


@dataclass(frozen=True)
class _Child:
    """What a task needs to know to run docmill; travels to the workers."""

    program: str
    arguments: tuple[str, ...]
    id: str
    text: str

    def map(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Batches of documents to batches of (id, json), through one child, in order."""
        first = next(batches, None)
        if first is None:
            # No child for a partition without documents.
            return
        rows = _Rows(first.schema.field(self.id).type)
        with _Stream(self) as stream:
            feeder = threading.Thread(target=stream.feed, args=(first, batches), name="docmill-feed", daemon=True)
            feeder.start()
            for line in stream.output:
                if not line.endswith(b"\n"):
                    break  # The child has died while it wrote.
                for filtered in stream.take_before(_line_number(line)):
                    rows.add(filtered, None)
                rows.add(stream.take(), line)
                if rows.full():
                    yield rows.take()
            feeder.join()
            for filtered in stream.close():
                rows.add(filtered, None)
            yield rows.take()


class _Rows:
    """Rows of the result on their way into a batch."""

    def __init__(self, ids_are: pa.DataType) -> None:
        self.ids_are = ids_are
        self.ids: list[Any] = []
        self.lines: list[str | None] = []
        self.size = 0

    def add(self, id: Any, line: bytes | None) -> None:  # noqa: A002
        """A document with its record, or without one if it was filtered out."""
        self.ids.append(id)
        self.lines.append(None if line is None else line.decode("utf-8").rstrip("\n"))
        self.size += len(line or b"")

    def full(self) -> bool:
        return len(self.lines) >= BATCH_LINES or self.size >= BATCH_BYTES

    def take(self) -> pa.RecordBatch:
        """All rows since the last call."""
        columns = [pa.array(self.ids, self.ids_are), pa.array(self.lines, pa.string())]
        self.ids, self.lines, self.size = [], [], 0
        return pa.RecordBatch.from_arrays(columns, names=["id", "json"])


def _line_number(record: bytes) -> int:
    """The line of the stream that a record is about."""
    if place := PLACE.search(record):
        return int(place[1])
    raise DocmillError(f"docmill wrote a line without its place: {record[:200]!r}")


@dataclass
class _Stream:
    """A running child: one thread writes documents to it, another reads its messages, the task itself reads records.

    With one thread for both directions, each side could wait for the other with full pipes.
    """

    child: _Child
    #: Line in the stream and id of the documents that the child has got and not yet answered; docmill keeps the order.
    waiting: deque[tuple[int, Any]] = field(default_factory=deque)
    #: Documents written.
    written: int = 0
    #: Documents without a record so far.
    missing: int = 0
    #: The last lines of standard error.
    messages: deque[str] = field(default_factory=lambda: deque(maxlen=20))
    #: What ended the feeding before all documents were written.
    fault: BaseException | None = None

    def __enter__(self) -> _Stream:
        program = _located(self.child.program)
        self.folder = tempfile.TemporaryDirectory(prefix="docmill-")
        self.report = Path(self.folder.name, "report.json")
        try:
            self.process = subprocess.Popen(
                [program, *self.child.arguments, "--report", str(self.report)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=1 << 18,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,
            )
        except OSError as error:
            self.folder.cleanup()
            raise DocmillError(f"cannot run {program} on this worker: {error.strerror}") from error
        assert self.process.stdout and self.process.stderr
        self.output: IO[bytes] = self.process.stdout
        self.listener = threading.Thread(
            target=self._listen, args=(self.process.stderr,), name="docmill-stderr", daemon=True
        )
        self.listener.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Also reached when Spark closes the iterator early, after `limit` or when the task is cancelled."""
        self.process.kill()
        self.process.wait()
        self.folder.cleanup()

    def feed(self, first: pa.RecordBatch, rest: Iterator[pa.RecordBatch]) -> None:
        """Writes the documents; a thread of its own."""
        stdin = self.process.stdin
        assert stdin
        try:
            batch: pa.RecordBatch | None = first
            while batch is not None:
                for row in batch.to_pylist():
                    line = _line(row, self.child.id, self.child.text)
                    self.written += 1
                    self.waiting.append((self.written, row[self.child.id]))
                    stdin.write(line)
                stdin.flush()
                batch = next(rest, None)
            stdin.close()
        except BrokenPipeError:
            pass  # The child has ended; its exit code and messages say why.
        except BaseException as error:
            # The rest of the documents will not come: what has been read must not pass for the whole.
            self.fault = error
            self.process.kill()

    def take_before(self, line: int) -> Iterator[Any]:
        """Ids of the documents before this line that have no record: they were filtered out."""
        while self.waiting and self.waiting[0][0] < line:
            self.missing += 1
            yield self.waiting.popleft()[1]
        if not self.waiting or self.waiting[0][0] != line:
            raise DocmillError(f"docmill wrote a record for line {line}, which it did not get or has answered")

    def take(self) -> Any:
        """The id of the document that the record is about."""
        return self.waiting.popleft()[1]

    def close(self) -> list[Any]:
        """After the last record: ids of the documents at the end that were filtered out.

        Raises what went wrong, if the child did not end as it should or lost count of the documents.
        """
        code = self.process.wait()
        self.listener.join(timeout=5)
        if self.fault is not None:
            raise self.fault
        # 1: everything was done, some documents failed; their records say so.
        if code not in (0, 1):
            told = "\n".join(self.messages)
            raise DocmillError(f"docmill ended with {_ending(code)}" + (f":\n{told}" if told else ""))
        totals = json.loads(self.report.read_text("utf-8"))["totals"]
        left_out = totals["filtered"] + totals.get("duplicates", 0)
        if totals["read"] != self.written or left_out != self.missing + len(self.waiting):
            raise DocmillError(f"docmill got {self.written} documents and accounts for {totals}")
        return [id for _, id in self.waiting]

    def _listen(self, stderr: IO[bytes]) -> None:
        """Passes the child's messages on to the worker's log, and keeps the last ones for errors."""
        for line in stderr:
            message = line.decode("utf-8", "replace").rstrip()
            self.messages.append(message)
            print(message, file=sys.stderr, flush=True)


def _ending(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"signal {-code} ({signal.Signals(-code).name})"


def _line(row: dict[str, Any], id_column: str, text_column: str) -> bytes:
    """One document as a line of JSON, with docmill's names for the two columns that it must have."""
    document: dict[str, Any] = {}
    if row[id_column] is not None:
        document["id"] = str(row[id_column])
    if row[text_column] is not None:
        document["text"] = row[text_column]
    for name, value in row.items():
        if name not in (id_column, text_column) and value is not None:
            # JSON has no infinity; as text it is kept.
            document[name] = str(value) if isinstance(value, float) and not math.isfinite(value) else value
    return json.dumps(document, ensure_ascii=False, default=_plain).encode("utf-8") + b"\n"


def _plain(value: Any) -> Any:
    """Values of columns that JSON has no type for."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return str(value) if isinstance(value, Decimal) else repr(value)


_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def _end_with_parent() -> None:
    """In the child, before docmill starts: die with the worker, even if the worker is killed with SIGKILL.

    Elsewhere than on Linux, the child then ends at its next write, since nobody reads.
    """
    if _LIBC is not None:
        _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
