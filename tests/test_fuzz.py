"""Hostile files: a sample of what benchmarks/fuzz.py tries, and the essence of each finding that it made."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from fuzzing.kinds import KINDS
from fuzzing.trials import Kind, trials

from supervision.errors import UsageError


@pytest.mark.parametrize("name", KINDS)
def test_every_input_is_read_or_refused(name):
    """Twenty changed files of a kind: each is accepted, or refused by an error that can be told."""
    done = list(trials(name, KINDS[name], 7, range(20)))
    assert [trial.number for trial in done] == list(range(20))
    assert [trial for trial in done if trial.ended not in ("accepted", "refused")] == []


def tried(read) -> list[str]:
    """Return how inputs end that are read by a function of ours."""
    kind = Kind(seeds=lambda: [("x", b"x")], change=lambda chance, source: source, read=lambda *_: read())
    return [trial.ended for trial in trials("x", kind, 1, range(2))]


def hang():
    """Never end."""
    while True:
        pass


def test_what_the_campaign_calls_a_finding(monkeypatch):
    """An error of no kind of ours, memory without bound, a hang, a crash, a message that cannot be told."""
    monkeypatch.setattr("fuzzing.trials.SECONDS", 0)
    assert tried(lambda: None) == ["accepted"] * 2
    assert tried(lambda: int("x")) == ["ValueError"] * 2
    assert tried(lambda: bytearray(3 << 30)) == ["MemoryError"] * 2
    assert tried(hang) == ["hang"] * 2
    assert tried(lambda: os.kill(os.getpid(), signal.SIGKILL)) == ["crash"] * 2

    def refuse(**params):
        raise UsageError("store.backup_there", **params)

    assert tried(lambda: refuse(file="x")) == ["refused"] * 2
    assert tried(refuse) == ["untold"] * 2
