"""What the syntax head of a package tells apart."""

import json
from pathlib import Path

from .lemmas import read_table
from .syntax import Inventory

LEMMAS = "lemmas.tsv"


def read_inventory(folder: Path) -> Inventory | None:
    """Relations, lemma scripts and table of a package; None before format 3."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    syntax = config["docmill"]["heads"].get("syntax")
    if not syntax:
        return None
    table = (folder / syntax["lemma_exceptions"]).read_text(encoding="utf-8")
    return Inventory(syntax["deprel"], syntax["lemma"], read_table(table))
