"""The example with scikit-learn, run by docmill. Needs `requirements.txt`, and `DOCMILL_PROGRAM`: where docmill is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TOPICS = ROOT / "integrations/python/examples/topics"
PROGRAM = os.environ.get("DOCMILL_PROGRAM")


def docmill(folder: str, *arguments: str) -> subprocess.CompletedProcess:
    assert PROGRAM is not None
    return subprocess.run([PROGRAM, *arguments], cwd=folder, capture_output=True, text=True, timeout=300)


@unittest.skipUnless(PROGRAM, "DOCMILL_PROGRAM does not say where docmill is")
class Topics(unittest.TestCase):
    def run_topics(self, folder: str, *arguments: str) -> list[str]:
        # This very Python, which has scikit-learn.
        command = json.dumps([sys.executable, str(TOPICS / "topics.py"), str(TOPICS / "topics.tsv")])
        # Named from their folder, so that ids are the same wherever the checkout lies.
        ended = docmill(
            folder, "run", "seeds", "--config", str(TOPICS / "topics.toml"), "--set", f"process.topics.command={command}",
            "--quiet", "-o", "out.jsonl", "--restart", *arguments,
        )
        self.assertEqual(ended.returncode, 0, ended.stderr)
        return Path(folder, "out.jsonl").read_text(encoding="utf-8").splitlines()

    def test_seeds_get_topics(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "seeds").symlink_to(ROOT / "seeds")
            lines = self.run_topics(folder, "-j", "1")
            self.assertEqual(lines, self.run_topics(folder, "-j", "3", "--set", "process.topics.workers=3"))
            verified = docmill(folder, "verify", "out.jsonl")
            self.assertEqual(verified.returncode, 0, verified.stdout)
        topics = {Path(record["id"]).parent.name: record["topics"] for record in map(json.loads, lines)}
        self.assertEqual(len(topics), 8)
        # An article on a flotilla, and one on a port.
        self.assertEqual(topics["steppe-security-review"]["document"], "military")
        self.assertEqual(topics["red-sea-monitor"]["document"], "trade")
        found = topics["steppe-security-review"]["sentences"]
        self.assertTrue(all(one["text"] and 0 < one["score"] <= 1 for one in found) and len(found) > 3)


if __name__ == "__main__":
    unittest.main()
