"""Strict YAML (YAML 文件) for law and code lists: no doubled key, no decimal number, nothing guessed.

Unlike YAML 1.1 at large, only `true` and `false` are truth values, `21:15` and `0010` stay texts. A value may stand in
several places (`&name`, `*name`), but what a file holds in all is bounded, and no value holds itself.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import yaml
from yaml.composer import Composer

from supervision.errors import SupervisionError
from supervision.law.shapes.kinds import stands
from supervision.law.yaml_errors import malformed, undecodable
from supervision.messages import Label

DEEPEST = 40
MOST_VALUES = 1_000_000
LARGEST = 8 << 20
LONGEST_NUMBER = 1_000  # digits: Python reads no more than 4,300

WHOLE_FILE = Label("整个文件", "the whole file")
_WANTED = {
    str: Label("文字", "a text"),
    bool: Label("true 或 false", "true or false"),
    int: Label("整数", "an integer"),
    date: Label("日期（如 2026-01-01）", "a date such as 2026-01-01"),
    dict: Label("键和值", "keys with values"),
    list: Label("列表", "a list"),
}


class _Loader(Composer, yaml.CSafeLoader):
    """The safe loader with stricter scalars (严格读取); libyaml reads the text, what it says is put together here."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own shape
    file = ""

    def __init__(self, text: str) -> None:
        yaml.CSafeLoader.__init__(self, text)
        Composer.__init__(self)
        self._depth = 0
        self._values: dict[int, int] = {}  # of each node that is whole, how many values it holds

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Return the next node (取下一节点); a tag, a node too deep or too large, or one inside itself is refused."""
        event: Any = self.peek_event()
        line = event.start_mark.line + 1
        if getattr(event, "tag", None) is not None:
            raise SupervisionError("law.yaml.tag", file=self.file, line=line, tag=event.tag)
        self._depth += 1
        node = super().compose_node(parent, index) if self._depth <= DEEPEST else None
        self._depth -= 1
        if isinstance(event, yaml.AliasEvent):
            values = self._values.get(id(node), MOST_VALUES + 1)
        else:
            values = self._values[id(node)] = 1 + sum(self._values[id(part)] for part in _parts(node))
        if node is None or values > MOST_VALUES:
            raise SupervisionError("law.yaml.too_large", file=self.file, line=line, deepest=DEEPEST, most=MOST_VALUES)
        return node


def _parts(node: yaml.Node | None) -> list[yaml.Node]:
    """Return what a node holds (节点内容)."""
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Hashable, Any]:
    seen: dict[Hashable, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, Hashable):
            raise SupervisionError("law.yaml.key_no_text", file=loader.file, line=key_node.start_mark.line + 1)
        if key in seen:
            raise SupervisionError("law.yaml.key_twice", file=loader.file, line=key_node.start_mark.line + 1, key=key)
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


def _decimal(loader: _Loader, node: yaml.ScalarNode) -> None:
    raise SupervisionError("law.yaml.decimal", file=loader.file, line=node.start_mark.line + 1, value=node.value)


def _integer(loader: _Loader, node: yaml.ScalarNode) -> int:
    if len(node.value) > LONGEST_NUMBER:
        raise SupervisionError("law.yaml.long_number", file=loader.file, line=node.start_mark.line + 1)
    return int(node.value)


def _day(loader: _Loader, node: yaml.ScalarNode) -> date:
    try:
        return date.fromisoformat(node.value)
    except ValueError as error:
        line = node.start_mark.line + 1
        raise SupervisionError("law.yaml.no_day", file=loader.file, line=line, value=node.value) from error


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:int", _integer)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _day)
_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)
for _tag, _pattern, _first in (
    ("null", r"null|~|", ["n", "~", ""]),
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", list("-+0123456789")),
    ("float", r"[-+]?[0-9]*\.[0-9]+(?:[eE][-+]?[0-9]+)?", list("-+.0123456789")),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", list("0123456789")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), _first)


def read_yaml(file: str, source: bytes) -> dict[str, Any]:
    """Return the mapping that a YAML file holds (读取 YAML 文件); `file` names it in errors.

    Values are texts, integers, truth values, dates, None, lists and mappings. Bytes that are not UTF-8 or not YAML
    raise `yaml.malformed`, a file without anything `yaml.empty`, a key that stands twice `yaml.key_twice`, a decimal
    number `yaml.decimal`, a tag `yaml.tag`, more or deeper values than a person writes `yaml.too_large`.
    """
    if len(source) > LARGEST:
        raise SupervisionError("law.yaml.too_large", file=file, line=1, deepest=DEEPEST, most=MOST_VALUES)
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise undecodable(file, source, error) from error
    try:
        loader = _Loader(text)
        loader.file = file
        value = loader.get_single_data()
    except yaml.YAMLError as error:
        raise malformed(file, text, error) from error
    if value is None:
        raise SupervisionError("law.yaml.empty", file=file)
    return dict(typed(value, dict, file=file, place="", key=WHOLE_FILE))


def typed(value: Any, kind: type, *, file: str, place: str, key: str | Label) -> Any:
    """Return a value that has the wanted type (核对类型), else raise `yaml.shape` naming file, place and key."""
    if type(value) is not kind or value == "":
        wanted, given = _WANTED[kind], stands(value)
        raise SupervisionError("law.yaml.shape", file=file, place=_in(place), key=key, wanted=wanted, value=given)
    return value


def _in(place: str) -> str:
    return f" {place}" if place else ""


def check_keys(
    mapping: Mapping[Any, Any], required: tuple[str, ...], optional: tuple[str, ...] = (), *, file: str, place: str = ""
) -> None:
    """Refuse a mapping with unknown or missing keys (核对键): `yaml.key_unknown`, `yaml.key_missing`."""
    for key in mapping:
        if key not in required and key not in optional:
            known = ", ".join((*required, *optional))
            raise SupervisionError("law.yaml.key_unknown", file=file, place=_in(place), key=key, known=known)
    for key in required:
        if key not in mapping:
            raise SupervisionError("law.yaml.key_missing", file=file, place=_in(place), key=key)
