"""trafilatura over a folder of web pages, for `cargo xtask bench html`.

    python trafilatura_peer.py FOLDER

Reads each page, finds its text, title, author and date, and writes a line of JSON to nowhere. Prints {"seconds",
"pages", "texts"}: the time from the first page read to the last line, and how many pages there are and have a text.
"""

import gzip
import json
import os
import sys
import time
from pathlib import Path

import trafilatura

ENDINGS = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz", ".xhtml.gz")


def main() -> None:
    """Reads, finds, writes."""
    paths = sorted(path for path in Path(sys.argv[1]).rglob("*") if path.name.lower().endswith(ENDINGS))
    texts = 0
    start = time.perf_counter()
    with Path(os.devnull).open("w", encoding="utf-8") as lines:
        for path in paths:
            page = path.read_bytes()
            if path.suffix == ".gz":
                page = gzip.decompress(page)
            document = trafilatura.bare_extraction(page, with_metadata=True)
            if document is None:
                continue
            record = document.as_dict()
            texts += bool(record["text"])
            facts = {key: record[key] for key in ("title", "author", "date", "text")}
            lines.write(json.dumps(facts, ensure_ascii=False) + "\n")
    print(json.dumps({"seconds": time.perf_counter() - start, "pages": len(paths), "texts": texts}))


if __name__ == "__main__":
    main()
