"""python make_gold.py --data DIR --out DIR: the dev gold files of `docmill eval`."""

import argparse
from pathlib import Path

from news_en.gold import write_gold

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    write_gold(arguments.data, arguments.out)
