"""Pages that are made from the code: nothing of it is missing on them."""

from __future__ import annotations

import doctest
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import click
import pytest

from supervision.cli._group import group
from supervision.directory.register import kinds, register
from supervision.law.rules import Rules
from supervision.month import round_files
from supervision.notice.open_data_columns import TITLES
from supervision.risk.indicators import INDICATORS
from supervision.store import shipped_files

Load = Callable[[str], ModuleType]


def test_every_command_has_its_section_with_all_options_and_an_example(page_module: Load) -> None:
    """Names, options of its own, both languages, an example that calls it."""
    page = page_module("command_page").command_page()
    sections = dict(re.findall(r"^## ([a-z-]+)\n(.*?)(?=^## |\Z)", page, flags=re.MULTILINE | re.DOTALL))
    context = click.Context(group)
    shared = {option.name for option in group.params}
    assert list(sections) == group.list_commands(context)
    for name, text in sections.items():
        command = group.get_command(context, name)
        assert command is not None
        assert re.search(rf"```sh\nsupervision (--(store|as) \S+ )*{name}\b", text), name
        assert re.match(r"\n.*[\u4e00-\u9fff].*<br>\n[a-z]", text), name
        for option in command.params:
            if isinstance(option, click.Option) and option.name not in shared:
                assert option.opts[0] in text, (name, option.opts)


def test_common_options_and_exit_codes_stand_once_on_top(page_module: Load) -> None:
    """The common options are not repeated for every command."""
    page = page_module("command_page").command_page()
    head = page.partition("\n## abandon\n")[0]
    for option in ("--store", "--lang", "--json", "--as"):
        assert len(re.findall(rf"^\| `{option}[ `]", head, flags=re.MULTILINE)) == 1
        assert len(re.findall(rf"^\| `{option}[ `]", page, flags=re.MULTILINE)) == 1
    assert [int(code) for code in re.findall(r"^\| (\d) \|", head, flags=re.MULTILINE)] == [0, 1, 2, 3, 4, 5, 6]


def test_every_column_of_every_register_has_its_row(page_module: Load) -> None:
    """In the register's order, with its headers, and "yes" exactly where it is required."""
    page = page_module("register_page").register_page()
    sections = dict(re.findall(r"^## (\w+) · .*?\n(.*?)(?=^## |\Z)", page, flags=re.MULTILINE | re.DOTALL))
    assert list(sections) == list(kinds())
    for kind, text in sections.items():
        rows = [row for row in text.splitlines() if row.startswith("| `")]
        columns = register(kind).columns
        assert [re.findall(r"`(\w+)`", row)[0] for row in rows] == [column.name for column in columns]
        for row, column in zip(rows, columns, strict=True):
            assert f"**{column.zh}**" in row
            assert ("| 是 yes |" in row) == column.required
            assert ("主键" in row) == (column.name in register(kind).key)


def test_every_shipped_rule_has_its_dated_values_with_basis(page_module: Load) -> None:
    """A value without a row, or a row without its basis, would hide where a number comes from."""
    page = page_module("rule_page").rule_page()
    sections = dict(re.findall(r"^## ([\w/]+)\n(.*?)(?=^## |\Z)", page, flags=re.MULTILINE | re.DOTALL))
    rules = Rules.read(shipped_files.shipped_rules()).rules
    assert list(sections) == sorted(rules)
    for path, rule in rules.items():
        rows = [row for row in sections[path].splitlines() if re.match(r"\| `\d{4}-", row)]
        assert len(rows) == len(rule.entries)
        for row, entry in zip(rows, rule.entries, strict=True):
            assert row.startswith(f"| `{entry.since}` |")
            assert row.endswith(f"| {'是 yes' if entry.verified else '否 no'} | `{entry.review_by}` |")
            assert " ".join(entry.basis.split()).replace("|", "\\|") in row
        assert ("由城市决定" in sections[path]) == (not rule.entries)


def test_the_years_and_the_lists_of_codes_are_on_the_page_of_rules(page_module: Load) -> None:
    """Each shipped calendar is a row, each list of codes a section."""
    page = page_module("rule_page").rule_page()
    years = [int(name.removesuffix(".yaml")) for name in shipped_files.shipped_calendar()]
    assert [int(year) for year in re.findall(r"^\| (\d{4}) \|", page, flags=re.MULTILINE)] == years
    assert re.findall(r"^### (\w+) ·", page, flags=re.MULTILINE) == [
        name.removesuffix(".yaml") for name in sorted(shipped_files.shipped_code_lists())
    ]


def test_the_store_s_page_shows_a_new_store_s_tables(page_module: Load) -> None:
    """The tables of its own with their columns, and one table for each register."""
    page = page_module("store_page").store_page()
    assert re.findall(r"^### (\w+)$", page, flags=re.MULTILINE) == ["rounds", "files", "round_tables", "log"]
    assert re.findall(r"^### (\w+) ·", page, flags=re.MULTILINE) == list(kinds())
    assert "| `opened_at` | TEXT |  | 否 no |" in page
    assert "| `content` | BLOB |  | 是 yes |" in page


def test_every_published_file_is_described(page_module: Load, root: Path) -> None:
    """The files of rehearsed months, as the list of their digests names them, and those of any round have a purpose."""
    module = page_module("output_page")
    digests = json.loads((root / "tests" / "end_to_end" / "digests.json").read_text(encoding="utf-8"))
    names = {name for files in digests.values() for name in files}
    assert len(names) > 50
    kept = [file for file in vars(round_files).values() if isinstance(file, round_files.File)]
    names |= {file.path(2, "T1") for file in kept if file.template.startswith(("public/", "audit/"))}
    names |= {f"public/data/2026/{table}.{ending}" for table in TITLES for ending in ("csv", "json")}
    names |= {f"public/{name}.html" for name in ("statistics", "items", "notices", "data", "2026-12/task-T01-food")}
    names |= {"public/data-2026.zip", "public/statistics.csv", "public/data/dictionary.json"}
    names |= {"public/2026-12/manifests/0001.json", "public/2026-12/anchors/tsa-commitment-01234567-89abcdef.tsr"}
    for name in names:
        assert re.search(r"[\u4e00-\u9fff].* [a-zA-Z]", module.purpose(module.pattern(name)))
    with pytest.raises(ValueError, match=r"secret\.txt: not described"):
        module.purpose("secret.txt")


def test_columns_and_fields_are_read_from_the_files(page_module: Load, tmp_path: Path) -> None:
    """A CSV's header, a JSON object's fields, the first object of a list or of lines; a page has neither."""
    fields = page_module("output_page").fields
    for name, text, wanted in (
        ("a.csv", "\ufeffb,a\n1,2\n", ["b", "a"]),
        ("a.json", '{"z":1,"y":[]}', ["y", "z"]),
        ("b.json", '[{"q":1},{"r":2}]', ["q"]),
        ("c.json", "[]", []),
        ("a.jsonl", '{"at":1}\n{"other":2}\n', ["at"]),
        ("a.html", "<p>", []),
    ):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        assert fields(path) == wanted


def test_the_month_is_readme_s_and_its_pictures_are_found(page_module: Load, root: Path) -> None:
    """Both languages: the section alone, pictures as seen from the site's root."""
    module = page_module("markdown_files")
    for lang, first in (("zh", "# 一个月，一步一步"), ("en", "# One month, step by step")):
        page = module.first_month(root, lang)
        assert page.startswith(first)
        assert "\n## " not in page
        assert "supervision verify out" in page
        for picture in re.findall(r"!\[.*?\]\((.*?)\)", page):
            assert (root / "docs" / picture).is_file()


def test_links_out_of_the_site_become_words(page_module: Load) -> None:
    """Files that the site does not have are named; those that it has are linked."""
    linked = page_module("markdown_files").linked
    assert linked("[a](LICENSE) [b](README.zh-CN.md) [c](docs/measured.md) [d](CONTRIBUTING.md) [e](CHANGELOG.md)") == (
        "a b [c](measured.md) [d](contributing.md) [e](changelog.md)"
    )


@pytest.mark.parametrize("name", ["markdown_files", "output_page"])
def test_examples_in_the_page_modules_hold(page_module: Load, name: str) -> None:
    """Their doctests run."""
    outcome = doctest.testmod(page_module(name))
    assert outcome.attempted >= 1
    assert outcome.failed == 0


def test_readme_s_program_prints_what_readme_says(page_module: Load, root: Path) -> None:
    """The ten lines run in the project's folder."""
    program = page_module("markdown_files").readme_example(root).removeprefix("```python\n").removesuffix("```")
    assert len([line for line in program.splitlines() if line]) <= 10
    environment = os.environ | {"PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "92320505YYAJR2JC9C 745 D on the list of abnormal operation: yes\n"
    assert f"`{done.stdout.strip()}`" in (root / "README.md").read_text(encoding="utf-8")


def test_every_path_that_contributing_names_exists(root: Path) -> None:
    """A recipe that names a file which was moved would send people nowhere."""
    text = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = [
        path for path in re.findall(r"`([a-z_./]+)`", text) if path.startswith(("supervision/", "tests/", "docs/"))
    ]
    assert len(named) > 12
    assert [path for path in named if not (root / path).exists()] == []


def test_contributing_speaks_plainly(root: Path) -> None:
    """Packages and modules, no private pictures."""
    text = (root / "CONTRIBUTING.md").read_text(encoding="utf-8").lower()
    assert not re.search(r"\b(house|room|rooms|floor|floors|hall|crew)\b", text)


def test_every_indicator_stands_on_its_page_once(page_module: Load) -> None:
    """Name, source, window, half-life and sign of each indicator, under its family."""
    page = page_module("indicator_page").indicator_page()
    for row in INDICATORS:
        lines = [line for line in page.split("\n") if f"`{row.name}`" in line]
        assert len(lines) == 1
        assert row.recipe.source in lines[0]
    assert "| 36 | 6 | ↑ |" in next(line for line in page.split("\n") if "`complaints_faded`" in line)
    assert "| 36 |  | ↓ |" in next(line for line in page.split("\n") if "`awards_36m`" in line)
    assert page.index("## 社会评价信息") > page.index("`linked_ratio`") > page.index("## 关联关系信息")
