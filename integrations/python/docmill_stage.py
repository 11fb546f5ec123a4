"""A docmill stage in Python: copy this one file beside your program.

    from docmill_stage import Document, serve

    def shouts(document: Document) -> dict:
        found = [{"start": t.start, "end": t.end} for t in document.tokens if t.text.isupper() and len(t.text) > 1]
        return {"shouts": found}

    serve(shouts, name="shouts", version="1", requires=["tokens"], provides={"shouts": None})

and name it in a configuration:

    stages = ["tokenize", "process.shouts"]

    [process.shouts]
    command = ["python3", "shouts.py"]

Positions count code points, as Python's strings do: ``document.text[start:end]`` is what a span covers. Each object that
a stage returns, at any depth, whose ``start`` and ``end`` are numbers is a span; docmill checks it and adds its text.

What the function raises costs that document: docmill records it as failed with the reason, and the run continues. What it prints goes to
docmill's standard error. It is called from one thread; for more processors, let docmill start more processes
(``workers``). What it returns may depend on the document alone, not on those before it.

Standard library only; Python 3.9 or newer. It speaks version 1 of the protocol that docmill's reference describes.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Callable, Dict, List, Mapping, Optional, Sequence, Union

__all__ = ["Document", "Span", "DocumentError", "span", "serve", "run_on"]

#: Version of the protocol.
PROTOCOL = 1

#: The layers of one document: a JSON value under the name of each layer that the stage provides.
Layers = Mapping[str, Any]


class DocumentError(Exception):
    """Raise it for a document that your stage cannot do. Its text is the reason in the output; no traceback is shown."""


@dataclass(frozen=True)
class Span:
    """A stretch of the text."""

    #: First code point.
    start: int
    #: One past the last code point.
    end: int
    #: What stands there.
    text: str
    #: The record that it was read from, with everything else that the layer says.
    record: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Document:
    """A document as docmill hands it over."""

    #: Its id in the run.
    id: str
    #: Its text. Never changes, so positions fit.
    text: str
    #: Title, publication, date (ISO 8601), author and the like; what is not known is None.
    meta: Mapping[str, Any]
    #: The layers that the stage requires, by name, as docmill's output shows them.
    layers: Mapping[str, Any]

    def spans(self, layer: str) -> List[Span]:
        """The items of a layer that are spans, in the layer's order."""
        records = self.layers[layer]
        return [Span(r["start"], r["end"], r["text"], r) for r in records if "start" in r and "end" in r]

    @property
    def sentences(self) -> List[Span]:
        """The sentences, if the stage requires ``sentences``."""
        return self.spans("sentences")

    @property
    def tokens(self) -> List[Span]:
        """The words and marks, if the stage requires ``tokens``."""
        return self.spans("tokens")

    @property
    def entities(self) -> List[Span]:
        """The named entities, if the stage requires ``entities``."""
        return self.spans("entities")


def span(start: int, end: int, **more: Any) -> Dict[str, Any]:
    """A span of the document's text for a layer, with whatever else you want to say of it."""
    return {"start": int(start), "end": int(end), **more}


#: One document to its layers; or all documents of a batch to as many results, each layers or an exception.
Annotate = Callable[[Document], Layers]
AnnotateBatch = Callable[[Sequence[Document]], Sequence[Union[Layers, Exception]]]


def serve(
    annotate: Optional[Annotate] = None,
    *,
    name: str,
    version: str,
    provides: Union[Mapping[str, Optional[Mapping[str, Any]]], Sequence[str]],
    requires: Sequence[str] = (),
    batch: Optional[AnnotateBatch] = None,
) -> None:
    """Answers docmill until it has no more documents. Call it last.

    ``annotate`` is called for each document; ``batch`` instead, if it is given, for all that docmill hands over together
    (``batch`` in the configuration), which is faster for models that read many texts at once.

    ``version`` distinguishes your answers from those of another version of your stage: change it whenever the same document
    gets other layers, so that docmill does not resume a run of the old one.

    ``provides`` names the layers, each with the JSON Schema of its value or None; answers are held against it.
    """
    if (annotate is None) == (batch is None):
        raise TypeError("give either `annotate` or `batch`")
    answers = _ANSWERS if _ANSWERS is not None else _own_stdout()
    documents_in = sys.stdin.buffer
    call = batch if batch is not None else _each(annotate)
    if isinstance(provides, Mapping):
        layers = [{"layer": layer, "schema": schema} for layer, schema in provides.items()]
    else:
        layers = [{"layer": layer, "schema": None} for layer in provides]
    hello = {"type": "hello", "protocol": PROTOCOL, "name": name, "version": str(version)}
    _say(answers, {**hello, "requires": list(requires), "provides": layers})
    for line in documents_in:
        message = json.loads(line)
        if message["type"] == "batch":
            _answer(answers, message["documents"], call)
        elif message["type"] == "hello" and message["protocol"] != PROTOCOL:
            sys.exit(f"docmill speaks protocol {message['protocol']}, this module {PROTOCOL}; use the one it comes with")


def run_on(
    text: str,
    annotate: Annotate,
    *,
    meta: Optional[Mapping[str, Any]] = None,
    layers: Optional[Mapping[str, Any]] = None,
) -> Dict[str, Any]:
    """What a stage says to one text, for its tests: with the text of each span, and an error for a bad one."""
    found = dict(annotate(Document("test", text, meta or {}, layers or {})))
    _check(found, text)
    return found


def _each(annotate: Optional[Annotate]) -> AnnotateBatch:
    assert annotate is not None

    def call(documents: Sequence[Document]) -> List[Union[Layers, Exception]]:
        results: List[Union[Layers, Exception]] = []
        for document in documents:
            try:
                results.append(annotate(document))
            except Exception as error:  # It is the document's, not the run's.
                results.append(_noted(error))
        return results

    return call


def _answer(answers: BinaryIO, sent: Sequence[Mapping[str, Any]], call: AnnotateBatch) -> None:
    documents = [Document(one["id"], one["text"], one["meta"], one["layers"]) for one in sent]
    failed: Optional[Exception] = None
    results: Sequence[Union[Layers, Exception]] = []
    try:
        results = call(documents)
        if len(results) != len(documents):
            raise DocumentError(f"the stage gave {len(results)} results for {len(documents)} documents")
    except Exception as error:  # It is a document's, not the run's.
        failed = error
    if failed is not None:
        # Who of them it was cannot be told: one by one, then.
        if len(sent) > 1:
            for one in sent:
                _answer(answers, [one], call)
            return
        results = [_noted(failed)]
    for one, result in zip(sent, results):
        _say(answers, {"type": "answer", "seq": one["seq"], **_said(result)})


def _said(result: Union[Layers, Exception]) -> Dict[str, Any]:
    if isinstance(result, Exception):
        return {"error": _reason(result)}
    try:
        # What is no JSON is this document's fault, and must not break the line.
        json.dumps(result, allow_nan=False)
    except (TypeError, ValueError) as error:
        return {"error": f"the layers are no JSON: {error}"}
    return {"layers": result}


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, DocumentError) else f"{type(error).__name__}: {error}"


def _noted(error: Exception) -> Exception:
    """Shows where an error comes from, unless it was raised on purpose."""
    if not isinstance(error, DocumentError):
        traceback.print_exception(type(error), error, error.__traceback__, file=sys.stderr)
    return error


def _say(answers: BinaryIO, message: Mapping[str, Any]) -> None:
    answers.write(json.dumps(message, allow_nan=False, separators=(",", ":")).encode("ascii") + b"\n")
    answers.flush()


def _own_stdout() -> BinaryIO:
    """Standard output for the answers alone: what anybody else prints goes to standard error from now on."""
    sys.stdout.flush()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return answers


def _check(value: Any, text: str) -> None:
    if isinstance(value, Mapping):
        start, end = value.get("start"), value.get("end")
        if isinstance(start, int) and isinstance(end, int):
            if not 0 <= start <= end <= len(text):
                raise ValueError(f"{start}..{end} is no stretch of a text of {len(text)} code points")
            if value.get("text", text[start:end]) != text[start:end]:
                raise ValueError(f"`text` is {value['text']!r}, but {start}..{end} of the text is {text[start:end]!r}")
            if isinstance(value, dict):
                value["text"] = text[start:end]
        for inner in list(value.values()):
            _check(inner, text)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _check(inner, text)


#: docmill names the stage to its children. There, nothing that is printed while modules and models are loaded may stand
#: among the answers.
_ANSWERS: Optional[BinaryIO] = _own_stdout() if "DOCMILL_STAGE" in os.environ else None
