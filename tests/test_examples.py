"""The programs of examples/ run as they stand, and print what their first lines promise."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))


def run(path: Path, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program in a folder that is not the project's, as a reader might."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, str(path), *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def example(name: str, *arguments: str, folder: Path) -> list[str]:
    """Run an example that must end well, and return its lines."""
    done = run(ROOT / "examples" / f"{name}.py", *arguments, folder=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_there_are_four_examples_of_at_most_thirty_lines_each() -> None:
    """A fifth program needs a test here; a longer one is no example."""
    assert [path.stem for path in EXAMPLES] == [
        "draw_and_check",
        "plan_small_calendar",
        "score_and_explain",
        "verify_bundle",
    ]
    assert max(len(path.read_text(encoding="utf-8").splitlines()) for path in EXAMPLES) <= 30


def test_a_draw_from_a_csv_agrees_with_the_check_by_hand(tmp_path: Path) -> None:
    """The drawn units are those with the least numbers, computed with a hash function alone."""
    assert example("draw_and_check", folder=tmp_path) == [
        "读入，退回 / read, rejected: 60, 1",
        "抽样框，抽中 / frame, drawn: 58, 5",
        "  91320505YY9B2R1179",
        "  91320508YYXQXUYH27",
        "  92320505YYGRJMFT1B",
        "  92320505YYXJJDUA0G",
        "  92320508YYFU3PL478",
        "自行核验一致 / checked by hand",
    ]


def test_scores_come_with_their_reasons_in_words(tmp_path: Path) -> None:
    """The unit on the abnormal list stands first, with three sentences."""
    lines = example("score_and_explain", folder=tmp_path)
    assert lines[0] == "各类户数 / units of each class: {'A': 40, 'B': 14, 'C': 5, 'D': 1}"
    assert lines[1] == (
        "92320505YYAJR2JC9C  745 分  D 类  在经营异常名录：是；近36个月检查发现问题的占24%；上次检查发现问题"
    )
    assert len(lines) == 6


def test_a_small_calendar_sends_two_of_each_office_to_every_unit(tmp_path: Path) -> None:
    """Three units, two offices of three people: nobody stands twice in a half-day, two of each office go."""
    *visits, last = example("plan_small_calendar", folder=tmp_path)
    assert last == "未排定 / not held: 0"
    assert sorted(line.split("~")[0] for line in visits) == ["unit-1", "unit-2", "unit-3"]
    seen = set()
    for line in visits:
        _, half_day, *people = line.split()
        assert re.fullmatch(r"2026-12-(0[7-9]|1[01])T[12]", half_day)
        assert sorted(person.split("-")[0] for person in people) == ["fire", "fire", "market", "market"]
        assert not seen & {(half_day, person) for person in people}
        seen |= {(half_day, person) for person in people}


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output folder of a rehearsed month of 500 units."""
    folder = tmp_path_factory.mktemp("bundle")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    for arguments in (
        ("demo", "city", "--entities", "500"),
        ("month", "2026-12", "--rehearsal", "--inputs", "city", "--out", "out"),
    ):
        command = [sys.executable, "-m", "supervision", "--store", "x.db", *arguments]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 4), done.stderr
    return folder / "out"


def test_a_bundle_verifies_and_one_changed_digit_is_named(bundle: Path, tmp_path: Path) -> None:
    """The honest folder agrees; in the copy the changed file is named."""
    lines = example("verify_bundle", str(bundle), folder=tmp_path)
    changed = next(number for number, line in enumerate(lines) if line.startswith("改动一位数字"))
    assert lines[changed - 1] == "一致（仅是演练，不是真实抽取）。"
    name = lines[changed].rpartition(": ")[2]
    assert name.endswith("frame.csv")
    assert [line.partition("：摘要")[0] for line in lines[changed + 1 :]] == [f"不一致：{name}"]


def test_a_bundle_that_does_not_verify_ends_with_five(bundle: Path, tmp_path: Path) -> None:
    """Anything that is no round, such as an empty folder, is a difference."""
    assert run(ROOT / "examples" / "verify_bundle.py", str(tmp_path), folder=tmp_path).returncode == 5
    assert run(ROOT / "examples" / "verify_bundle.py", folder=tmp_path).returncode == 1
