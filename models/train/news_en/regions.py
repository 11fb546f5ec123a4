"""The region of the world that a newspaper of Worldwide Newswire is of, by its site (regions.tsv)."""

from pathlib import Path


def read_regions() -> dict[str, str]:
    """Site to region."""
    lines = (Path(__file__).parent / "regions.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line and line[0] != "#")
