"""Licences of what is installed with the program: each is of a kind that may stand beside the Mulan PSL v2."""

from __future__ import annotations

import ast
import importlib.util
from email.message import Message
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
SPEC = importlib.util.spec_from_file_location("licences", ROOT / "bundle" / "licences.py")
licences = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(licences)


def required() -> list[str]:
    """The packages that setup.py asks for, and those of the desk, which the bundle holds, too."""
    for node in ast.walk(ast.parse((ROOT / "setup.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.keyword) and node.arg == "install_requires":
            always = ast.literal_eval(node.value)
        if isinstance(node, ast.keyword) and node.arg == "extras_require":
            desk = ast.literal_eval(node.value)["desk"]
    return [Requirement(text).name for text in (*always, *desk)]


def test_every_package_that_is_needed_may_be_used():
    """All that setup.py asks for, and all that this needs in turn, has a licence of a known kind."""
    found = licences.needed(required())
    assert len(found) > 25 and {"numpy", "pandas", "ortools", "docxtpl", "lxml", "python-dateutil"} <= set(found)
    lines = [licences.line_of(one.metadata) for one in found.values()]
    weak = [line for line in lines if licences.WEAK in line]
    assert [line.split()[0] for line in weak] == ["docxtpl"]


@pytest.mark.parametrize(
    ("licence", "kind"),
    [
        ("MIT", "permissive"),
        ("BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0", "permissive"),
        ("Apache-2.0 OR BSD-3-Clause", "permissive"),
        ("CC0-1.0 OR MIT", "public domain"),
        ("MIT OR GPL-3.0-only", "permissive"),
        ("MIT AND GPL-3.0-only", ""),
        ("LGPL-2.1-only", "weak copyleft"),
        ("Apache License, Version 2.0", "permissive"),
        ("Mozilla Public License 2.0 (MPL 2.0)", "weak copyleft"),
        ("GNU General Public License v3 (GPLv3)", ""),
        ("see the wheel", ""),
        ("", ""),
    ],
)
def test_the_kind_of_a_licence(licence, kind):
    """Of several licences the strictest counts, of a choice the mildest; one that nobody looked at is of no kind."""
    assert licences.kind_of(licence) == kind


def test_a_licence_of_no_known_kind_stops_the_bundle():
    """A package under another licence, or without a word about it, is named."""
    told = Message()
    told["Name"], told["Version"] = "x", "1"
    with pytest.raises(SystemExit, match=r"x 1: the licence 'see the wheel' is of no kind"):
        licences.line_of(told)
    told["License"] = "GPL"
    with pytest.raises(SystemExit, match="'GPL'"):
        licences.line_of(told)


def test_what_stands_inside_the_program_is_named():
    """Every text of a licence below the program's folder belongs to something that the list names."""
    texts = {*(ROOT / "supervision").rglob("*LICENSE*"), *(ROOT / "supervision").rglob("OFL*")}
    assert {path.relative_to(ROOT).as_posix() for path in texts} == set(licences.SHIPPED)
    assert licences.shipped_lines() == [
        "htmx (inside shuangsuiji): 0BSD (permissive)",
        "jsQR (inside shuangsuiji): Apache-2.0 (permissive)",
        "Noto Serif CJK SC (inside shuangsuiji): OFL-1.1 (permissive)",
    ]
