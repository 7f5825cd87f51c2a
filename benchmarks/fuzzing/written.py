"""Kinds of files that a person writes: YAML of rules, calendars, code lists, mappings, formats; Word templates."""

from __future__ import annotations

from datetime import date
from functools import cache
from random import Random

from fuzzing import packed, registers
from fuzzing.registers import Seed

from supervision.directory.mapping.source import read_mapping, to_yaml
from supervision.law.code_lists import CodeLists
from supervision.law.rules import Rules
from supervision.law.working_days import Workdays
from supervision.notice.papers.form import shipped_forms
from supervision.notice.papers.word_form import word_form
from supervision.notice.papers.word_template import WordTemplate
from supervision.results.handover.formats import read_format
from supervision.store import shipped_files

MAPPING = (
    'kind: "events"\ncolumns:\n  "行政相对人": name\n  "罚款金额": amount 万元\n  "备注": null\n'
    'set:\n  "category": "penalty"\n'
    'units:\n  "便民超市": "91320505MA1EXAMP07"\n'
)
WORD_BOMBS = (("word/document.xml", b"<a>", registers.SPACE, b"</a>"),)


@cache
def yaml_files() -> list[Seed]:
    """Return every YAML file that is shipped, and a mapping."""
    found = [(f"rules:{path}", source) for path, source in shipped_files.shipped_rules().items()]
    found += [(f"calendar:{path}", source) for path, source in shipped_files.shipped_calendar().items()]
    found += [(f"list:{path}", source) for path, source in shipped_files.shipped_code_lists().items()]
    found += [(f"format:{path}", source) for path, source in shipped_files.shipped_formats().items()]
    found = [(form, source) for form, source in found if len(source) < 6_000]
    return [*found, *[("mapping:m.yaml", MAPPING.encode())] * (len(found) // 6)]


def read_yaml(form: str, source: bytes) -> None:
    """Read a file as the program does, and ask for what it says."""
    kind, _, path = form.partition(":")
    if kind == "rules":
        rules = Rules.read({path: source}, {path: source})
        law = rules.on(date(2026, 12, 1))
        for entry in law.entries():
            law.value(entry.path)
        law.missing(), law.remarks(), rules.digest("sha256")
    elif kind == "calendar":
        Workdays.read({path: source}, None, None)
    elif kind == "list":
        CodeLists.read({path: source})
    elif kind == "format":
        read_format(path, source)
    else:
        to_yaml(read_mapping(path, source))


@cache
def word_files() -> list[Seed]:
    """Return the shipped forms as Word templates."""
    return [(form.kind, word_form(form)) for form in shipped_forms()]


def read_word(kind: str, source: bytes) -> None:
    """Read and try a Word template."""
    WordTemplate("paper_templates/notice.docx", source, kind=kind)


def changed_word(chance: Random, source: bytes) -> bytes:
    """Change a Word template."""
    return packed.changed_archive(chance, source, registers.changed_part, WORD_BOMBS)
