"""python -m news_en build|alone|large|eval|tag: train and package, one task alone, a large teacher, print every figure, look at a text."""

import argparse
import os
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

from .card import write_card  # noqa: E402
from .encode import Encoder  # noqa: E402
from .evaluate import dev_sets, full_scores, torch_forward  # noqa: E402
from .export import INT8, load_package, onnx_forward, read_transitions, write_package  # noqa: E402
from .inspect_text import entities  # noqa: E402
from .inventory import LEMMAS  # noqa: E402
from .lemmas import read_table, table_text  # noqa: E402
from . import readers  # noqa: E402
from .reference import write_reference  # noqa: E402
from .regular import regular_forms  # noqa: E402
from .train import EVAL_LENGTH, TASKS, train, train_large  # noqa: E402
from .words import CASE_TYPES  # noqa: E402

COMMAND = "python -m news_en build --data DIR --out DIR --start BEFORE --minutes 60"


def build(arguments: argparse.Namespace) -> None:
    """Data folder to package with its card."""
    out: Path = arguments.out.resolve()
    out.parent.mkdir(parents=True, exist_ok=True)
    work = arguments.work or out.parent / (out.name + "-work")
    teachers = {task: Path(path) for task, path in (t.split("=", 1) for t in arguments.teachers or [])}
    if teachers and not {"sentiment", "stance"} <= set(teachers) <= set(TASKS):
        raise SystemExit("--teachers: say sentiment=FILE stance=FILE, and ner=FILE if there is one")
    interim = arguments.interim and (lambda model, _: write_package(model, arguments.interim.resolve()))
    model = train(arguments.data, work, arguments.minutes, arguments.start, teachers=teachers or None, interim=interim)
    write_package(model, out, arguments.fp32_onnx)
    lemmas(argparse.Namespace(data=arguments.data, package=out))
    evaluate(argparse.Namespace(data=arguments.data, package=out, card=True))


def lemmas(arguments: argparse.Namespace) -> None:
    """Adds the regular inflections of common words to a package's table of lemmas."""
    folder: Path = arguments.package
    words = (folder / "vocab.txt").read_text("utf-8").splitlines()
    sentences = readers.read_syntax(arguments.data, "ewt-train") + readers.read_syntax(arguments.data, "gum-train")
    table = regular_forms(words, sentences) | read_table((folder / LEMMAS).read_text("utf-8"))
    (folder / LEMMAS).write_text(table_text(table), "utf-8")


def alone(arguments: argparse.Namespace) -> None:
    """One task alone, same schedule: what joint training costs it. Prints dev figures, keeps no package."""
    train(arguments.data, arguments.work, arguments.minutes, arguments.start, [arguments.task])


def large(arguments: argparse.Namespace) -> None:
    """A large teacher of one task, from all-mpnet-base-v2; slow. Prints dev figures, keeps large.pt in --work."""
    train_large(arguments.data, arguments.work, arguments.task, arguments.minutes)


def evaluate(arguments: argparse.Namespace) -> None:
    """Every figure of the card, fp32 and int8; with --card the card is written again."""
    folder: Path = arguments.package
    model = load_package(folder)
    sets = dev_sets(arguments.data, Encoder(str(folder / "vocab.txt"), EVAL_LENGTH))
    results = {}
    for name, forward in (
        ("fp32", torch_forward(model)),
        ("int8", onnx_forward(folder / INT8)),
    ):
        results[name] = full_scores(model, forward, sets)
        for dev, values in results[name].items():
            low, high = values["interval"]
            numbers = "  ".join(f"{k} {v:.2f}" for k, v in values.items() if k != "interval")
            print(f"{name} {dev}: {numbers}  (95% of f1: {low:.2f}-{high:.2f})", flush=True)
    if arguments.card:
        write_card(folder, results, COMMAND, len(CASE_TYPES))


def reference(arguments: argparse.Namespace) -> None:
    """Writes what the syntax head says of ten sentences, for other implementations to compare with."""
    write_reference(arguments.package, arguments.out)


def tag_file(arguments: argparse.Namespace) -> None:
    """Prints the entities of a text file."""
    folder: Path = arguments.package
    forward = onnx_forward(folder / INT8)
    encoder = Encoder(str(folder / "vocab.txt"), EVAL_LENGTH)
    text = arguments.file.read_text("utf-8")
    for surface, kind, sentence in entities(forward, encoder, read_transitions(folder), text):
        print(f"{kind}\t{surface}\t{sentence[:60]}")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="news_en", description=__doc__)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("build", help=build.__doc__)
    command.add_argument("--data", type=Path, required=True)
    command.add_argument("--out", type=Path, required=True)
    command.add_argument("--work", type=Path, help="checkpoints (default: OUT-work)")
    command.add_argument("--minutes", type=float, help="end after this time (without --start: the last stage)")
    command.add_argument("--start", type=Path, help="a package whose encoder and heads to go on from")
    command.add_argument("--interim", type=Path, help="write a package after each stage but the last here")
    command.add_argument(
        "--teachers",
        nargs="+",
        metavar="TASK=FILE",
        help="checkpoints of `alone` (stage-two.pt) or `large` (large.pt): a last stage learns from them",
    )
    command.add_argument("--fp32-onnx", type=Path, help="keep the fp32 graph here")
    command.set_defaults(run=build)
    command = commands.add_parser("alone", help=alone.__doc__)
    command.add_argument("task", choices=TASKS)
    command.add_argument("--data", type=Path, required=True)
    command.add_argument("--work", type=Path, required=True, help="checkpoints")
    command.add_argument("--minutes", type=float, help="end the last stage after this time")
    command.add_argument("--start", type=Path, help="a package whose encoder to go on from")
    command.set_defaults(run=alone)
    command = commands.add_parser("large", help=large.__doc__)
    command.add_argument("task", choices=[task for task in TASKS if task != "syntax"])
    command.add_argument("--data", type=Path, required=True)
    command.add_argument("--work", type=Path, required=True, help="checkpoints")
    command.add_argument("--minutes", type=float, help="end after this time")
    command.set_defaults(run=large)
    command = commands.add_parser("eval", help=evaluate.__doc__)
    command.add_argument("--data", type=Path, required=True)
    command.add_argument("--package", type=Path, required=True)
    command.add_argument("--card", action="store_true", help="write MODEL.md again")
    command.set_defaults(run=evaluate)
    command = commands.add_parser("lemmas", help=lemmas.__doc__)
    command.add_argument("--data", type=Path, required=True)
    command.add_argument("--package", type=Path, required=True)
    command.set_defaults(run=lemmas)
    command = commands.add_parser("reference", help=reference.__doc__)
    command.add_argument("--package", type=Path, required=True)
    command.add_argument("--out", type=Path, required=True)
    command.set_defaults(run=reference)
    command = commands.add_parser("tag", help=tag_file.__doc__)
    command.add_argument("--package", type=Path, required=True)
    command.add_argument("file", type=Path)
    command.set_defaults(run=tag_file)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
