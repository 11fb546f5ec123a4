"""Processes of a Spark application, as Linux tells of them: whom a test kills."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Found = TypeVar("Found")


def command_lines() -> dict[int, tuple[int, str]]:
    """Parent and command line of each process."""
    found: dict[int, tuple[int, str]] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue  # It has just ended.
        if state != "Z":
            found[int(entry.name)] = int(parent), command
    return found


def below(ancestor: int, marker: str) -> list[int]:
    """Processes started by `ancestor`, at any remove, whose command line contains `marker`."""
    processes = command_lines()

    def descends(process: int) -> bool:
        while process in processes:
            process = processes[process][0]
            if process == ancestor:
                return True
        return False

    return sorted(pid for pid, (_, command) in processes.items() if marker in command and descends(pid))


def executors() -> list[int]:
    """The Java processes that run tasks of the Spark application of this Python."""
    return below(os.getpid(), "CoarseGrainedExecutorBackend --driver-url")


def annotators(ancestor: int) -> list[int]:
    """The docmill processes below a process."""
    return below(ancestor, "run - -o - --input-format jsonl")


def wait_for(what: str, find: Callable[[], Found], seconds: float) -> Found:
    """The first true answer of `find`."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := find():
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what}: not within {seconds:.0f} s")
