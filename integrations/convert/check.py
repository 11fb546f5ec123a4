"""Whether each tool's own library reads what `docmill convert` writes; `cargo xtask integrations convert`.

The seeds, and texts made to be hard, are converted and read back; counts, labels and texts are compared with the records.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import check_brat
import check_conll
import check_spacy
import check_w3c

ROOT = Path(__file__).resolve().parents[2]

# Emoji, combining marks, Cyrillic, CR LF, a no-break space, separators that Python takes for white space, brackets.
HARD = (
    "🛰️  Речь в Душанбе.\r\n\r\nDushanbe accused Tashkent of e\u0301spionage\u00a0on 10\u00a0000 sites.\r\n"
    "“It is\r\nreal,” Karimov\u2028said \x1c (Interfax, May 2; РИА, May 3). Gazprom-Neft's\ttanker left Баку [sic]."
)


def docmill(*arguments):
    """Runs docmill."""
    subprocess.run([os.environ.get("DOCMILL_PROGRAM", "docmill"), *map(str, arguments)], check=True)


def main():
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(ROOT)
        folder = Path(folder)
        (folder / "hard").mkdir()
        (folder / "hard/hard.txt").write_bytes(HARD.encode("utf-8"))
        # The second with its own tokens, and positions in another unit.
        docmill("run", "seeds", folder / "hard", "-q", "-o", folder / "seeds.jsonl")
        docmill("run", "seeds", folder / "hard", "-q", "-o", folder / "utf16.jsonl",
                "--set", "output.offsets=utf16", "--set", "output.tokens=true")
        records = [json.loads(line) for line in open(folder / "seeds.jsonl", encoding="utf-8")]
        for output in ["seeds", "utf16"]:
            for checker in [check_spacy, check_conll, check_brat, check_w3c]:
                name = checker.__name__.removeprefix("check_")
                into = folder / f"{output}.{name}"
                docmill("convert", folder / f"{output}.jsonl", "--to", name, "-o", into)
                found = list(checker.check(into, records))
                print(f"{name}, {output}: {'; '.join(found) or 'good'}")
                problems += found
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
