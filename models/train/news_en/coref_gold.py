"""Gold for coreference: GUM's `Entity=` chains, GAP's pronouns, the names of holders, targets and speakers."""

import csv
import json
import lzma
import re
import unicodedata
from pathlib import Path

SMALL_WORDS = set("the a an of and s mr mrs ms dr president minister prime general sir lord".split())


def open_text(path: Path):
    return lzma.open(path, "rt", encoding="utf8") if path.suffix == ".xz" else open(path, encoding="utf8")


def gum(path: Path) -> dict[str, tuple[str, list[tuple[str, int, int, int]]]]:
    """By document: its text, and its mentions (chain, start, end, start of the head) in code points."""
    found = {}
    for part in re.split(r"(?=^# newdoc id = )", open_text(path).read(), flags=re.M):
        if name := re.match(r"# newdoc id = (\S+)", part):
            found[name.group(1)] = _gum_document(part)
    return found


def _gum_document(part: str):
    text, mentions = "", []
    for sentence in part.split("\n\n"):
        lines = sentence.split("\n")
        rows = [line.split("\t") for line in lines if line[:1].isdigit()]
        if not rows:
            continue
        if text:
            text += "\n\n" if any(line.startswith("# newpar") for line in lines) else "" if text.endswith(" ") else " "
        words, last, at = {}, 0, 0
        for row in rows:
            if "." in row[0]:
                continue
            space = "" if "SpaceAfter=No" in row[9] else " "
            if "-" in row[0]:
                last, at = int(row[0].split("-")[1]), len(text)
                text += row[1] + space
                continue
            number = int(row[0])
            if number <= last:
                start, end = at, min(at + len(row[1]), len(text))
                at = end
            else:
                start, end = len(text), len(text) + len(row[1])
                text += row[1] + space
            words[number] = (start, end, int(row[6]), row[9])
        mentions += _mentions(words)
    return text, mentions


def _mentions(words):
    stack = []
    for number, (_, _, _, misc) in words.items():
        entity = re.search(r"Entity=([^|]+)", misc)
        for piece in re.findall(r"\([^()]+\)?|[^()]+\)", entity.group(1)) if entity else []:
            full = piece.strip("()").split("-")[0]
            if piece.startswith("("):
                stack.append((full, number))
                if not piece.endswith(")"):
                    continue
            at = max(i for i, (known, _) in enumerate(stack) if known == full)
            _, first = stack.pop(at)
            inside = range(first, number + 1)
            head = next((i for i in inside if i in words and words[i][2] not in inside), number)
            yield full.split("[")[0], words[first][0], words[number][1], words[head][0]


def chains(path: Path) -> dict[str, list[tuple[int, int, list[tuple[int, int, bool]]]]]:
    """By document: its pieces (start, end), and in each the words that stand for something: place, chain, whether a
    reader was asked."""
    found = {}
    for line in path.open(encoding="utf8"):
        row = json.loads(line)
        labelled = [(start, chain, bool(asked)) for start, _, _, chain, asked in row["mentions"]]
        found.setdefault(row["document"], []).append((*row["piece"], labelled))
    return found


def gap(path: Path) -> dict[str, dict[str, str]]:
    """Rows by their ID."""
    return {row["ID"]: row for row in csv.DictReader(open_text(path), delimiter="\t", quoting=csv.QUOTE_NONE)}


def opinions(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf8"))


def write_texts(gold: Path, out: Path) -> None:
    """The raw texts of a gold file of GUM or GAP, one file each, for `docmill run`."""
    out.mkdir(parents=True, exist_ok=True)
    texts = {i: row["Text"] for i, row in gap(gold).items()} if ".tsv" in gold.name else {
        i: text for i, (text, _) in gum(gold).items()
    }
    for name, text in texts.items():
        (out / f"{name}.txt").write_text(text, encoding="utf8")


def _words(name: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9 ]+", " ", plain).split()
    return {word for word in words if word not in SMALL_WORDS} or set(words)


def same(a: str, b: str) -> bool:
    """True if two names may be of one thing: the words of one are in the other."""
    x, y = _words(a), _words(b)
    return bool(x) and bool(y) and (x <= y or y <= x)


def find(text: str, words: str, low: int = 0, high: int | None = None) -> list[tuple[int, int]]:
    pattern = re.escape(re.sub(r"\s+", " ", words).strip()).replace(r"\ ", r"\s+")
    return [
        (low + m.start(), low + m.end()) for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", text[low:high])
    ]
