"""Messages: every code that is said exists, every entry is said, and its fields are the parameters that are given.

Read from the source: a code is a constant, a choice between constants, a name that is bound to such, or an f-string of
which the fixed beginning tells the entries that it may mean.
"""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath

import pytest

from supervision.messages import Label, Message, catalogue

SOURCE = Path(__file__).parents[1] / "supervision"
PACKAGES = [*sorted(path.parent.name for path in SOURCE.glob("*/texts.py")), "canonical", "tables"]
CODE = re.compile(rf"({'|'.join(PACKAGES)})(\.[a-z0-9_-]+|\.[!^><]?=)+")
BEGINNING = re.compile(rf"({'|'.join(PACKAGES)})\.")
FILES = ("csv", "json", "jsonl", "yaml", "py", "html", "xlsx", "texts", "hex")
IN_PAGES = re.compile(r'(?:say|said)\("([^"]+)"(\s*~)?')
NO_FIELDS = {"lang"}
NO_PARAMS = {"Noted"}  # carries a code; its parameters are counted later, see column_notes.py


@dataclass(frozen=True)
class Said:
    """One place where a message is said: the entries it may mean, its parameters, `open` where ** adds some."""

    where: str
    codes: frozenset[str]
    exact: bool
    params: frozenset[str] = frozenset()
    open: bool = False


@cache
def entries() -> dict[str, tuple[str, str]]:
    """Return all entries of all texts.py."""
    return {code: words for package in PACKAGES for code, words in catalogue(package).items()}


def is_code(node: ast.AST) -> bool:
    """Tell whether a constant looks like a code."""
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CODE.fullmatch(node.value) is not None
        and node.value.rpartition(".")[2] not in FILES
    )


def meant(node: ast.AST, bound: dict[str, list[ast.AST]]) -> tuple[frozenset[str], bool]:
    """Return the codes that an expression may be, and whether they are written out."""
    if isinstance(node, ast.Name) and node.id in bound:
        return frozenset(code for value in bound[node.id] for code in written(value)), True
    if isinstance(node, ast.IfExp):
        sides = [meant(side, bound) for side in (node.body, node.orelse)]
        return sides[0][0] | sides[1][0], sides[0][1] and sides[1][1]
    if isinstance(node, ast.JoinedStr):
        if not is_prefix(node):
            return frozenset(), False
        shape = "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".+" for p in node.values)
        return frozenset(code for code in entries() if re.fullmatch(shape, code)), False
    return (frozenset([node.value]), True) if is_code(node) else (frozenset(), True)  # type: ignore[attr-defined]


def written(value: ast.AST) -> Iterator[str]:
    """Yield the codes that stand in a value itself, not in what it calls."""
    if is_code(value):
        yield value.value  # type: ignore[attr-defined]
    elif isinstance(value, ast.IfExp | ast.Tuple | ast.List):
        for part in ast.iter_child_nodes(value):
            yield from written(part)


def bindings(function: ast.AST) -> dict[str, list[ast.AST]]:
    """Return the names of a function → what they are bound to, by = or by a loop."""
    found: dict[str, list[ast.AST]] = {}
    for node in ast.walk(function):
        pairs = [(target, node.value) for target in node.targets] if isinstance(node, ast.Assign) else []
        pairs += [(node.target, node.iter)] if isinstance(node, ast.For) else []
        for target, value in pairs:
            for name, one in paired(target, value):
                found.setdefault(name, []).append(one)
    return found


def paired(target: ast.AST, value: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Yield each name of a target with its part of the value, through rows of a written-out tuple."""
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple | ast.List):
        for row in value.elts:
            parts = row.elts if isinstance(row, ast.Tuple) and len(row.elts) == len(target.elts) else value.elts
            for name, part in zip(target.elts, parts, strict=False):
                yield from paired(name, part)


def said_in(path: Path) -> Iterator[Said]:
    """Yield every call of a module that has a code among its arguments."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    scopes = [(function, bindings(function)) for function in functions] or [(tree, {})]
    for scope, bound in scopes:
        for call in (node for node in ast.walk(scope) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id in NO_PARAMS:
                continue
            for argument in call.args:
                codes, exact = meant(argument, bound)
                if codes or (isinstance(argument, ast.JoinedStr) and is_prefix(argument)):
                    yield Said(
                        where=f"{path.relative_to(SOURCE)}:{call.lineno}",
                        codes=codes,
                        exact=exact,
                        params=frozenset(word.arg for word in call.keywords if word.arg) - NO_FIELDS,
                        open=any(word.arg is None for word in call.keywords),
                    )


def is_prefix(node: ast.JoinedStr) -> bool:
    """Tell whether an f-string begins like a code, as "notice.stage."."""
    first = node.values[0]
    return isinstance(first, ast.Constant) and BEGINNING.match(str(first.value)) is not None


@cache
def everything_said() -> tuple[Said, ...]:
    """Return all places of all modules."""
    paths = [path for path in sorted(SOURCE.rglob("*.py")) if path.name != "texts.py"]
    return tuple(said for path in paths for said in said_in(path))


def said_in_pages() -> set[str]:
    """Return the codes that page templates say."""
    found: set[str] = set()
    for page in SOURCE.rglob("*.html"):
        for begin, joined in IN_PAGES.findall(page.read_text(encoding="utf-8")):
            found |= {code for code in entries() if code == begin or (joined and code.startswith(begin))} or {begin}
    return found


def mentioned() -> set[str]:
    """Return every code that stands anywhere in the source, said on the spot or handed on."""
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        if path.name != "texts.py":
            nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
            parts = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
            found |= {node.value for node in nodes if is_code(node) and id(node) not in parts}  # type: ignore[attr-defined]
            for node in nodes:
                if isinstance(node, ast.JoinedStr):
                    found |= meant(node, {})[0]
    return found


def fields(text: str) -> set[str]:
    """Return the names of a template's fields."""
    return {name.partition(".")[0] for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_code_exists() -> None:
    """A code that stands in the source or in a page has its words."""
    assert sorted((mentioned() | said_in_pages()) - entries().keys()) == []
    assert [said.where for said in everything_said() if not said.codes] == []


def test_every_entry_is_said() -> None:
    """No words stand in a texts.py that nobody says."""
    assert sorted(entries().keys() - mentioned() - said_in_pages()) == []


def test_both_languages_are_there() -> None:
    """Each entry has Chinese and English words with the same fields, and they are not one and the same."""
    for code, (zh, en) in entries().items():
        assert zh.strip() and en.strip(), code
        assert fields(zh) == fields(en), code
        assert zh != en or not re.search(r"[^\W\d_]", re.sub(r"\{[^}]*\}", "", zh)), code


def test_parameters_are_the_fields() -> None:
    """What is given where a message is said fills its fields, no more and no less."""
    wrong = []
    for said in everything_said():
        wanted = [fields(entries()[code][0]) for code in sorted(said.codes) if code in entries()]
        fits = [said.params <= names if said.open else said.params == names for names in wanted]
        if not (all(fits) if said.exact else any(fits)):
            wrong.append((said.where, sorted(said.codes), sorted(said.params), wanted))
    assert not wrong, wrong


def test_parameters_are_said_in_the_language() -> None:
    """Messages and labels among the parameters are said in the same language, several with marks between."""
    both = (Message.of("directory.blank"), Message.of("directory.not_whole"))
    names = (Label("甲", "A"), Label("乙", "B"))
    message = Message.of("month.cell", line=3, column=names, value="x", reason=both)
    assert message.text("zh") == "第 3 行 甲、乙 “x”：必填项为空，请补填；应为整数"
    assert message.text("en") == 'Row 3 A, B "x": required cell is blank: fill it in; must be a whole number'
    assert str(message) == message.text()


@pytest.mark.parametrize(("left", "right", "equal"), [({"a": 1}, {"a": 1}, True), ({"a": 1}, {"a": 2}, False)])
def test_equal_messages(left: dict[str, object], right: dict[str, object], equal: bool) -> None:
    """Two messages are one where code and parameters are."""
    messages = {Message("x", left), Message("x", right)}
    assert (len(messages) == 1) is equal


def test_what_a_screen_cannot_show_is_written_out() -> None:
    """A value from a file is cut where it is too long, and cannot steer a terminal or turn the writing round."""

    def value(given: object) -> str:
        return Message.of("store.path", path=given).text("en").partition('"')[2].rpartition('"')[0]

    assert value("a\x1b[2J\u202eb\ud800\x00") == "a\\x1b[2J\\u202eb\\ud800\\x00"
    assert value("一\n二\t") == "一\n二\t" and value(PurePath("一\n二")) == "一\\n二"
    assert value("x" * 2_000) == "x" * 2_000
    cut = value("x" * 1_901 + "y" * 100_000)
    assert (len(cut), cut[1_899:1_902], cut[-1]) == (2_001, "x…y", "y")
    assert len(value(ValueError("x" * 9_999))) == 2_001
    assert len(value(["x" * 9_999])) == 2_001 and len(value(10**5_000)) == 2_001 and value(10**9) == "1000000000"
