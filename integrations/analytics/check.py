"""Runs every recipe on the output of `docmill run seeds` and checks what it answers; `cargo xtask integrations analytics`.

- The tables hold what the records hold, read by DuckDB, pandas and polars (check_tables.py).
- All tools give the same answer to a question.
- The pages in docs/src/recipes show these recipes and this answer; with --write they are written.
"""

import os
import sys
import tempfile
from pathlib import Path

import check_tables
import recipes
from program import docmill

ROOT = Path(__file__).resolve().parents[2]


def main():
    write = "--write" in sys.argv[1:]
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(ROOT)
        out = Path(folder) / "out.jsonl"
        docmill("run", "seeds", "-q", "-o", out)
        docmill("tables", out, "-d", Path(folder) / "tables")
        os.chdir(folder)
        problems += check_tables.check(out)
        problems += recipes.check(Path(folder), ROOT / "docs/src/recipes", write)
    for problem in problems:
        print(f"FAILED: {problem}")
    if not problems:
        print("analytics: all good")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
