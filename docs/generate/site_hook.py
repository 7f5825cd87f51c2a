"""Pages that are made when the site is built (生成的网页), so that none of them can differ from the code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from command_page import command_page
from indicator_page import indicator_page
from markdown_files import changelog, contributing, example_programs, first_month, joined, readme_example
from mkdocs.structure.files import File
from output_page import output_page
from register_page import register_page
from rule_page import rule_page
from store_page import store_page

ROOT = Path(__file__).parents[2]
PAGES: dict[str, Callable[[], str]] = {
    "first-month.md": lambda: first_month(ROOT, "zh"),
    "first-month.en.md": lambda: first_month(ROOT, "en"),
    "contributing.md": lambda: contributing(ROOT),
    "changelog.md": lambda: changelog(ROOT),
    "reference/commands.md": command_page,
    "reference/registers.md": register_page,
    "reference/store.md": store_page,
    "reference/output.md": output_page,
    "reference/rules.md": rule_page,
    "reference/indicators.md": indicator_page,
}
PARTS: dict[str, Callable[[Path], str]] = {
    "<!-- readme example -->": readme_example,
    "<!-- examples -->": example_programs,
}


def on_files(files: Any, config: Any) -> Any:
    """Add the generated pages (加入生成的网页)."""
    for path, write in PAGES.items():
        files.append(File.generated(config, path, content=write()))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put example programs where a page asks for them (插入示例程序), and join Chinese lines without a space."""
    for mark, write in PARTS.items():
        if mark in markdown:
            markdown = markdown.replace(mark, write(ROOT))
    return joined(markdown)
