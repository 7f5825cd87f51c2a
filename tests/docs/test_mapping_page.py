"""The page on mappings: its commands run as they stand, on the files beside it, and print what it says."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from supervision.directory.mapping.source import read_mapping

BLOCK = re.compile(r"^```(sh|text|yaml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def run(folder: Path, root: Path, command: str) -> str:
    """Run one line of the page; rejected rows are no failure."""
    program, *arguments = shlex.split(command)
    assert program == "supervision"
    environment = os.environ | {"PYTHONPATH": str(root), "LANG": "zh_CN.UTF-8", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "supervision", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 3), done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_commands_of_the_page_do_what_it_says(root: Path, tmp_path: Path) -> None:
    """Each block of text holds lines that the commands before it print."""
    folder = tmp_path / "work"
    shutil.copytree(root / "docs" / "examples" / "foreign_table", folder)
    run(folder, root, "supervision init")
    printed, blocks = "", 0
    for form, text in BLOCK.findall((root / "docs" / "mappings.md").read_text(encoding="utf-8")):
        if form == "sh":
            printed = "".join(run(folder, root, line) for line in text.splitlines())
        elif form == "text":
            lines = {line.rstrip() for line in printed.splitlines()}
            assert [line for line in text.splitlines() if line.rstrip() not in lines] == []
            blocks += 1
    assert blocks == 5
    written = {"model_card.html", "predictions.csv", "report.html", "report.json"}
    assert {path.name for path in (folder / "report").iterdir()} == written
    assert (folder / "penalties.csv.unmatched.xlsx").is_file()


def test_the_mapping_of_the_page_is_one(root: Path) -> None:
    """The YAML that it shows reads without an error."""
    text = (root / "docs" / "mappings.md").read_text(encoding="utf-8")
    shown = [block for form, block in BLOCK.findall(text) if form == "yaml"]
    mapping = read_mapping("page.yaml", shown[0].encode())
    assert (mapping.kind, mapping.units_file, mapping.columns["没收违法所得"]) == ("events", "penalties.units.xlsx", "")
