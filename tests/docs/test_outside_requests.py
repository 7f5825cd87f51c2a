"""What a page would ask of other machines is named; what a reader may follow is not."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Load = Callable[[str], ModuleType]
ASKING = (
    '<script src="https://cdn.example/a.js"></script>',
    '<script src="//cdn.example/a.js"></script>',
    '<link rel="stylesheet" href="http://fonts.example/css">',
    '<img src="https://pictures.example/a.png">',
    '<img srcset="https://pictures.example/a.png 2x">',
    '<svg><use href="https://pictures.example/a.svg#b"/></svg>',
    '<p style="background: url(https://pictures.example/a.png)">',
    '<style>@import "https://fonts.example/css";</style>',
    '<form action="https://forms.example/">',
    '<pre class="mermaid">graph</pre>',
    '<a href="x" data-md-component="source">',
)
HARMLESS = (
    '<a href="https://example.org/">a link</a>',
    '<script src="assets/a.js"></script>',
    '<link rel="stylesheet" href="../assets/a.css">',
    "<p>https://example.org/a.js and url(https://example.org)</p>",
    '<style>p { background: url("assets/a.png") }</style>',
    '<pre class="language-mermaid">graph</pre>',
)


@pytest.mark.parametrize("html", ASKING)
def test_a_page_that_asks_for_something_outside_is_named(page_module: Load, tmp_path: Path, html: str) -> None:
    """Scripts, styles, pictures, forms, and what the theme's own script would fetch."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "page.html").write_text(f"<!doctype html>{html}", encoding="utf-8")
    found = page_module("outside_requests").outside_requests(tmp_path)
    assert len(found) == 1
    assert found[0].startswith("deep/page.html: ")


@pytest.mark.parametrize("html", HARMLESS)
def test_links_and_own_files_are_harmless(page_module: Load, tmp_path: Path, html: str) -> None:
    """A link is followed by a reader, not by the page; text is text."""
    (tmp_path / "page.html").write_text(f"<!doctype html>{html}", encoding="utf-8")
    assert page_module("outside_requests").outside_requests(tmp_path) == []


def test_style_sheets_are_looked_at_and_the_exit_code_tells(root: Path, tmp_path: Path) -> None:
    """Exit code 0 for a clean folder, 1 and a line for a style sheet with a foreign font."""
    program = [sys.executable, str(root / "docs" / "generate" / "outside_requests.py"), str(tmp_path)]
    (tmp_path / "a.css").write_text("p { background: url(a.png) }", encoding="utf-8")
    assert subprocess.run(program, capture_output=True, check=False).returncode == 0
    (tmp_path / "a.css").write_text("@font-face { src: url('//fonts.example/a.woff') }", encoding="utf-8")
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "a.css: //fonts.example/a.woff\n")
