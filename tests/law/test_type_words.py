"""Chinese messages name types and kinds in Chinese: no bare word such as "integer", "set" or "percent"."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_messages import PACKAGES, entries

from supervision.errors import SupervisionError
from supervision.law.shapes.rule_shapes import FORMS, SHAPES
from supervision.month.source_values import waits_for
from supervision.risk.scorecard import entry
from supervision.sampling.protocol.seeds import Source

SOURCE = Path(__file__).parents[2] / "supervision"
TYPES = re.compile(
    r"(?<![\w./{-])(int|str|dict|bool|float|integer|text|number|sequence|percent|condition|mapping|"
    r"date|list of|event kinds)(?![\w./}:=-])"
)
WRITTEN_SO = {  # words of a file that stand in the message as they are to be written
    "sampling.source_shape",
    "month.backtest_which_file",
}


def wanted_texts() -> Iterator[tuple[str, str]]:
    """Every text that the code gives as what is wanted, without a second language."""
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            values: list[ast.expr] = []
            if isinstance(node, ast.keyword) and node.arg in ("want", "wanted"):
                values.append(node.value)
            if isinstance(node, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id.strip("_").startswith("WANT") for target in node.targets
            ):
                values.append(node.value)
            for value in values:
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield f"{file.relative_to(SOURCE)}:{value.lineno}", value.value


def test_no_words_of_types_stand_in_chinese() -> None:
    """Neither in the texts themselves nor in what the code puts into them."""
    assert PACKAGES
    bare = {code for code, (zh, _) in entries().items() if TYPES.search(re.sub(r"\{[^}]*\}", "", zh))}
    assert bare == WRITTEN_SO
    found = list(wanted_texts())
    assert found
    assert [place for place, text in found if TYPES.search(text)] == []


def test_what_rules_want_is_said_in_chinese() -> None:
    """Of every shape, and of what stands in a key of it."""
    words = [shape.wanted.zh for shape in (*SHAPES.values(), *FORMS.values())]
    assert [text for text in words if TYPES.search(re.sub(r"（键为 [^）]*）|\"[^\"]*\"", "", text))] == []


@pytest.mark.parametrize(
    ("kind", "count", "zh", "en"),
    [
        ("set", 6, "1–33 中 6 个，升序", "6 of 1–33, sorted"),
        ("sequence", 5, "5 个 1–33 的数，按开出顺序", "5 numbers 1–33, in order"),
        ("number", 1, "1–33 中 1 个", "one number 1–33"),
    ],
)
def test_the_kind_of_a_source_is_said_in_words(kind: str, count: int, zh: str, en: str) -> None:
    """What commit says of the sources that it waits for."""
    at = "2026-12-03T21:15:00+08:00"
    told = waits_for(Source(name="a", issue="2026-12-03", kind=kind, count=count, low=1, high=33, at=at))
    assert told.text("zh") == f"  信源 a（第 2026-12-03 期，{zh}）：{at} 公开产生"
    assert told.text("en") == f"  source a (issue 2026-12-03, {en}): public at {at}"


@pytest.mark.parametrize(("kind", "zh"), [(str, "文字"), (int, "整数"), (list, "列表"), (dict, "键和值")])
def test_an_entry_of_a_card_is_wanted_in_words(kind: type, zh: str) -> None:
    """The types of a card's file."""
    with pytest.raises(SupervisionError) as caught:
        entry({"a": None}, "a", kind)
    assert f"应为 {zh}。" in caught.value.text("zh")
