"""The project's own gold of opinions, events, roles and quotations: labels in the repository, texts outside it.

`gold/opinions.jsonl` has one document a line: where its text comes from, the SHA-256 of the text, and labels whose
strings are [start, end] in code points. `pack` makes it of a folder with `text/` and `gold/`; `unpack` writes that folder
from the data folder again, and refuses a text whose sum differs.

    python -m news_en.own_gold pack FOLDER SOURCES.tsv gold/opinions.jsonl
    python -m news_en.own_gold unpack DATA gold/opinions.jsonl FOLDER
"""

import argparse
import hashlib
import json
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

WORLDWIDE = "ner/worldwide/worldwide-train.conll"
REUTERS = "ner/crossner/conll2003/train.txt"
POLITICS = "attribution/polnear_train/text"
SPEECHES = "bulk/un-general-debates.tar.xz"
MONTHS = set(
    "January February March April May June July August September October November December "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split()
)
WORDS_OF_ARTICLE = 320  # the line in which this many are reached is the last
WORDS_OF_REPORT = 330  # the same of a report by Reuters and of an article of PolNeAR
LONGEST_REPORT = 450
LABELS = ("stances", "quotes", "roles", "capitals", "events")
INSIDE = {"evidence": ("holder", "target"), "ctx": ("role", "mention", "trigger")}
CLOSES = re.compile(r"[,.;:!?%)\]}’”…]+|'s|’s|n't|n’t|'(re|ve|ll|d|m|S)|’(re|ve|ll|d|m|S|t)|\.\.\.")
OPENS = re.compile(r"[(\[{$£€“‘#]+|(US|A|C|NZ|R|HK|S|NT|Rs\.?)?[$]")


def articles(data: Path) -> list[list[list[str]]]:
    """The words of each article of Worldwide Newswire's train part, line by line."""
    found: list[list[list[str]]] = []
    line: list[str] = []
    for row in (data / WORLDWIDE).read_text("utf-8").split("\n"):
        if row.startswith("-DOCSTART-"):
            found.append([])
            line = []
        elif row:
            line.append(row.split("\t")[0] if "\t" in row else row.split()[0])
        else:
            if line:
                found[-1].append(line)
            line = []
    if line:
        found[-1].append(line)
    return found


def joins(words: list[str], k: int, first: bool) -> bool:
    """Whether the hyphen `words[k]` makes a compound of the words around it."""
    before, after = words[k - 1], words[k + 1]
    capitals = before.isupper() and len(before) > 3
    dateline = first and k <= 2 and after[0].isupper() and before not in ("Al", "El", "Non", "Anti", "Ex")
    between = re.search(r"\w$", before) and re.match(r"\w", after)
    return bool(between) and before not in MONTHS and not capitals and not dateline


def running(words: list[str], first: bool) -> str:
    """Words as running text; `first`: the line may begin with a dateline."""
    if words and re.match(r"https?:", words[0]):
        return "".join(words)
    text, opened, glue = "", False, True
    for k, word in enumerate(words):
        space = "" if glue or not text else " "
        inner = 0 < k < len(words) - 1
        if word in ('"', "``", "''"):
            text += '"' if opened else space + '"'
            glue = opened = not opened
        elif word == "’" and inner and (
            words[k + 1] in ("s", "t", "re", "ve", "ll", "d", "m") or words[k - 1] in ("d", "l", "O", "D", "L")
        ):
            text, glue = text + word, True
        elif CLOSES.fullmatch(word):
            text, glue = text + word, False
        elif word == "'" and inner:
            closes = words[k - 1].endswith(("s", "n"))
            text, glue = text + (word if closes else " " + word), not closes
        elif word == "'":
            text += word
        elif word in ("-", "–") and inner:
            glue_next = word == "-" and joins(words, k, first)
            text, glue = text + ("-" if glue_next else ("" if glue else " ") + word), glue_next
        elif word == "/":
            text, glue = text + word, True
        else:
            text, glue = text + space + word, bool(OPENS.fullmatch(word))
    return re.sub(r"\b(can) not\b", r"cannot", text)


def article_text(lines: list[list[str]]) -> str:
    """The beginning of an article: whole lines, until WORDS_OF_ARTICLE are there."""
    address = 1 if "://" in "".join(lines[0]) else 0
    out, words = [], 0
    for number, line in enumerate(lines):
        text = running(line, number == address)
        if "://" in text and " " not in text:
            out.append(text)
            continue
        if words >= WORDS_OF_ARTICLE:
            break
        out.append(text)
        dash = " - " in text and bool(re.match(r"(\S+ ){1,2}- [A-Z]", text))
        words += len(text.split()) - int(dash)
    return "\n\n".join(out) + "\n"


def reports(data: Path) -> list[list[list[str]]]:
    """The words of each report of CoNLL-2003's train part, line by line; a report begins before a line with a date."""
    lines = [
        [re.split(r"[\t ]", row)[0] for row in line.split("\n")]
        for line in re.split(r"\n\s*\n", (data / REUTERS).read_text("utf-8").strip("\n"))
    ]
    lines = [line for line in lines if not line[0].startswith("-DOCSTART")]
    dated = lambda line: 2 <= len(line) <= 6 and re.fullmatch(r"199[67]-\d\d-\d\d", line[-1])  # noqa: E731
    starts = [i - 1 for i, line in enumerate(lines) if i and dated(line)]
    return [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)])]


def beginning(lines: list[str], longest: int | None = None) -> str:
    """Whole lines until WORDS_OF_REPORT are there, none that goes over `longest`."""
    out, words = [], 0
    for line in lines:
        count = len(line.split())
        if words >= WORDS_OF_REPORT or longest and words + count > longest:
            break
        out.append(line)
        words += count
    return "\n\n".join(out) + "\n"


def sentences(raw: str) -> list[tuple[int, str]]:
    """The sentences of a speech with the numbers of their paragraphs."""
    raw = raw.replace("\r\n", "\n").replace("\r", "\n")
    paragraphs = re.split(r"\n\s*\n|\n(?=\d+\.?\s)|\n(?=[A-Z“\"])", raw)
    bare = [re.sub(r"\s+", " ", p).strip().removeprefix("\ufeff") for p in paragraphs]
    bare = [re.sub(r"^\d+\.\s*", "", p) for p in bare if p]
    return [(k, s) for k, p in enumerate(bare) for s in re.split(r"(?<=[.!?])\s+(?=[A-Z“\"])", p)]


def passage(raw: str, first: int, last: int) -> str:
    """Sentences `first` to `last` of a speech; a paragraph begins only after a sentence's end."""
    text, paragraph = "", None
    for number, sentence in sentences(raw)[first : last + 1]:
        begins = number != paragraph and re.search(r"[.!?:;”\"]\s*$", text)
        text += ("\n\n" if begins else " ") * (paragraph is not None) + sentence
        paragraph = number
    return text + "\n"


def folded(text: str) -> re.Pattern[str]:
    """Finds `text` with any white space between its words."""
    return re.compile(r"\s+".join(re.escape(word) for word in text.split()))


def place(text: str, wanted: str, within: tuple[int, int] | None = None) -> list[int]:
    """Where `wanted` first is, inside `within` if it is there."""
    pattern = folded(wanted)
    found = (within and pattern.search(text, *within)) or pattern.search(text)
    if not found:
        raise SystemExit(f"not in its text: {wanted}")
    return list(found.span())


def packed(text: str, label: dict) -> dict:
    """A label with positions for strings of the text; names and short answers stay."""
    out = dict(label)
    around = None
    for frame in INSIDE:
        if label.get(frame):
            out[frame] = place(text, label[frame])
            around = (out[frame][0], out[frame][1])
    for frame, inner in INSIDE.items():
        for key in inner:
            if label.get(key) and label.get(frame) and label[key] != "AUTHOR":
                out[key] = place(text, label[key], around)
    if label.get("content_start"):
        start = place(text, label["content_start"])
        ends = [m.end() for m in folded(label["content_end"]).finditer(text, start[0])]
        if not ends:
            raise SystemExit(f"does not end after its start: {label['content_end']}")
        out["content_start"], out["content_end"] = start, [ends[0] - len(label["content_end"]), ends[0]]
    elif label.get("content"):
        out["content"] = place(text, label["content"])
    return out


def unpacked(text: str, label: dict) -> dict:
    """The label with its strings."""
    span = lambda v: isinstance(v, list) and len(v) == 2 and all(isinstance(i, int) for i in v)  # noqa: E731
    return {key: text[value[0] : value[1]] if span(value) else value for key, value in label.items()}


def pack(folder: Path, sources: Path, out: Path, partly: bool = False) -> None:
    """Adds labels of every document that SOURCES.tsv (id, source, document) lists, without their texts. `partly`: only
    stances and events were labelled; the other kinds are left out."""
    with out.open("a", encoding="utf-8") as file:
        for row in sources.read_text("utf-8").splitlines():
            name, source, document = row.split("\t")
            text = (folder / "text" / f"{name}.txt").read_text("utf-8")
            gold = json.loads((folder / "gold" / f"{name}.json").read_text("utf-8"))
            line = {"id": name, "source": source, "document": document}
            line["sha256"] = hashlib.sha256(text.encode()).hexdigest()
            line["mood"] = gold["document"].get("mood")
            kinds = LABELS[:1] + LABELS[-1:] if partly else LABELS
            line |= {kind: [packed(text, label) for label in gold[kind]] for kind in kinds}
            file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


def texts(data: Path, rows: list[dict]) -> Iterator[tuple[dict, str]]:
    """Each row with its text."""
    known, of_reuters = articles(data), reports(data)
    with tarfile.open(data / SPEECHES) as speeches:
        for row in rows:
            if row["source"] == "un-general-debates":
                name, _, span = row["document"].rpartition(":")
                first, last = map(int, span.split("-"))
                raw = speeches.extractfile(name).read().decode("utf-8", "replace")
                yield row, passage(raw, first, last)
            elif row["source"] == "conll2003-train":
                yield row, beginning([running(line, False) for line in of_reuters[int(row["document"])]])
            elif row["source"] == "polnear-train":
                raw = (data / POLITICS / row["document"]).read_text("utf-8", "replace").replace("\r", "")
                lines = [line for line in map(str.strip, raw.split("\n")) if line]
                yield row, beginning(lines, LONGEST_REPORT)
            else:
                yield row, article_text(known[int(row["document"])])


def unpack(data: Path, packed_file: Path, folder: Path) -> None:
    """Writes text/ and gold/ from the data folder and the labels."""
    for kind in ("text", "gold"):
        (folder / kind).mkdir(parents=True, exist_ok=True)
    rows = [json.loads(line) for line in packed_file.read_text("utf-8").splitlines()]
    for row, text in texts(data, rows):
        if hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
            raise SystemExit(f"{row['id']}: the text differs from the one that was labelled; use the same data")
        gold = {"id": row["id"], "document": {"mood": row["mood"]}}
        gold |= {kind: [unpacked(text, label) for label in row.get(kind, [])] for kind in LABELS}
        (folder / "text" / f"{row['id']}.txt").write_text(text, "utf-8")
        (folder / "gold" / f"{row['id']}.json").write_text(
            json.dumps(gold, ensure_ascii=False, indent=1), "utf-8"
        )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="news_en.own_gold", description=__doc__)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("pack", help=pack.__doc__)
    command.add_argument("folder", type=Path)
    command.add_argument("sources", type=Path)
    command.add_argument("out", type=Path)
    command.add_argument("--partly", action="store_true", help="only stances and events were labelled")
    command.set_defaults(run=lambda a: pack(a.folder, a.sources, a.out, a.partly))
    command = commands.add_parser("unpack", help=unpack.__doc__)
    command.add_argument("data", type=Path)
    command.add_argument("labels", type=Path)
    command.add_argument("folder", type=Path)
    command.set_defaults(run=lambda a: unpack(a.data, a.labels, a.folder))
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
