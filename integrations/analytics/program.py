"""The program under test."""

import os
import subprocess


def docmill(*arguments, codes=(0,)):
    """Runs docmill and gives what it printed; fails unless it ends with one of these codes."""
    command = [os.environ.get("DOCMILL_PROGRAM", "docmill"), *map(str, arguments)]
    answer = subprocess.run(command, capture_output=True, text=True)
    if answer.returncode not in codes:
        raise SystemExit(f"{' '.join(command)} ended with {answer.returncode}:\n{answer.stderr}")
    return answer.stdout
