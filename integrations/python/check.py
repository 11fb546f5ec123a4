"""Everything that must hold of docmill_stage.py and its examples; `cargo xtask integrations` runs it, with docmill in
`DOCMILL_PROGRAM` and the packages of `requirements.txt` installed."""

from __future__ import annotations

import sys
import unittest
from pathlib import Path

suite = unittest.defaultTestLoader.discover(str(Path(__file__).with_name("tests")))
result = unittest.TextTestRunner(verbosity=2).run(suite)
# Here nothing is missing that a test could be skipped for.
sys.exit(0 if result.wasSuccessful() and not result.skipped and result.testsRun else 1)
