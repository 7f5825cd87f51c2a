"""Kinds of values that a rule may have (取值种类): number, text, share, day, list, keys with values.

A shape says of a value what is not as it asks, each fault with its place in the value, what is wanted and what stands
there. Nothing is converted: "4" is no number, and a number is no text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Protocol

from supervision.messages import Label, Message

WRONG = "law.shapes.value"
WHOLE_VALUE = Label("整个取值", "the whole value")
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_A_LEAP_YEAR = 2024
MOST = 1_000_000  # of what is counted


class Shape(Protocol):
    """What is asked of a value (写法要求)."""

    @property
    def wanted(self) -> Label:
        """What the value as a whole must be (应为)."""
        ...

    def faults(self, value: Any, place: str = "") -> Iterator[Message]:
        """Yield what is not as asked (不合要求之处); `place` is where the value stands in the rule's value."""
        ...


class Plain:
    """A value without parts (单个取值)."""

    def __init__(self, wanted: Label, holds: Callable[[Any], bool]) -> None:
        self.wanted, self.holds = wanted, holds

    def faults(self, value: Any, place: str = "") -> Iterator[Message]:
        """Yield that it is another one (不合要求)."""
        if not self.holds(value):
            yield wrong(place, self.wanted, value)


class Maybe:
    """A value, or null where it was decided that there is none (可为 null)."""

    def __init__(self, of: Shape) -> None:
        self.of = of

    @property
    def wanted(self) -> Label:
        """The value's own words, or null (应为)."""
        return _either(self.of.wanted, Label("null", "null"))

    def faults(self, value: Any, place: str = "") -> Iterator[Message]:
        """Yield the value's own faults (不合要求之处); null is none."""
        for fault in self.of.faults(value, place) if value is not None else ():
            whole = wrong(place, self.of.wanted, value)
            yield wrong(place, self.wanted, value) if fault == whole else fault


class ListOf:
    """A list of values of one shape (列表), of at least so many."""

    def __init__(self, of: Shape, least: int = 0) -> None:
        self.of, self.least = of, least

    @property
    def wanted(self) -> Label:
        """A list of what (应为)."""
        if self.least:
            many = Label(f"至少 {self.least} 项的列表，每项为", f"a list of at least {self.least}, each ")
        else:
            many = Label("列表，每项为", "a list, each ")
        return Label(f"{many.zh}{self.of.wanted.zh}", f"{many.en}{self.of.wanted.en}")

    def faults(self, value: Any, place: str = "") -> Iterator[Message]:
        """Yield that it is no list, or the faults of each part (不合要求之处)."""
        if not isinstance(value, list) or len(value) < self.least:
            yield wrong(place, self.wanted, value)
            return
        for number, part in enumerate(value, start=1):
            yield from self.of.faults(part, f"{place}[{number}]")


class Pair:
    """A list of two values, the first and the last (首尾两项), in order."""

    def __init__(self, of: Shape) -> None:
        self.of = of

    @property
    def wanted(self) -> Label:
        """A list of two of what (应为)."""
        zh, en = self.of.wanted
        return Label(
            f"两项的列表（起、止，先后有序），每项为{zh}", f"a list of two, first and last in order, each {en}"
        )

    def faults(self, value: Any, place: str = "") -> Iterator[Message]:
        """Yield that it is no such list, or the faults of its two parts (不合要求之处)."""
        if not isinstance(value, list) or len(value) != len(("first", "last")):
            yield wrong(place, self.wanted, value)
            return
        own = [
            fault for number, part in enumerate(value, start=1) for fault in self.of.faults(part, f"{place}[{number}]")
        ]
        yield from own
        if not own and value[0] > value[1]:
            yield wrong(place, self.wanted, value)


class Fields:
    """Keys that are known (已知的键): each with the shape of its value; `optional` ones may be left out.

    `others`: further keys may stand there, which nobody reads.
    """

    def __init__(
        self, required: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None, *, others: bool = False
    ) -> None:
        self.required, self.optional, self.others = required, optional or {}, others

    @property
    def wanted(self) -> Label:
        """Which keys (应为)."""
        names = " ".join((*self.required, *self.optional))
        return Label(f"键和值（键为 {names}）", f"keys with values (the keys {names})")

    def faults(self, value: Any, place: str = "") -> Iterator[Message]:
        """Yield keys that are missing or not known, and the faults of the values (不合要求之处)."""
        if not isinstance(value, Mapping):
            yield wrong(place, self.wanted, value)
            return
        known = {**self.required, **self.optional}
        for key in self.required:
            if key not in value:
                yield Message.of("law.shapes.key_missing", place=under(place, key), wanted=known[key].wanted)
        for key, part in value.items():
            if key in known:
                yield from known[key].faults(part, under(place, key))
            elif not self.others:
                yield Message.of("law.shapes.key_unknown", place=under(place, key), known=" ".join(known))


class Table:
    """Keys of the city's own choice (自定的键), all texts, each with a value of one shape."""

    def __init__(self, of: Shape, least: int = 0) -> None:
        self.of, self.least = of, least

    @property
    def wanted(self) -> Label:
        """Keys with what (应为)."""
        return Label(f"键和值，每个值为{self.of.wanted.zh}", f"keys with values, each {self.of.wanted.en}")

    def faults(self, value: Any, place: str = "") -> Iterator[Message]:
        """Yield that it is no table, keys that are no texts, and the faults of the values (不合要求之处)."""
        if not isinstance(value, Mapping) or len(value) < self.least:
            yield wrong(place, self.wanted, value)
            return
        for key, part in value.items():
            if not isinstance(key, str):
                yield Message.of("law.shapes.key_no_text", place=under(place, key), given=stands(key))
            yield from self.of.faults(part, under(place, key))


class OneOfShapes:
    """Keys with values of one of several sets of keys (几种写法之一): the one whose first key is there is meant."""

    def __init__(self, *shapes: Fields) -> None:
        self.shapes = shapes

    @property
    def wanted(self) -> Label:
        """One or another (应为)."""
        first, *others = (shape.wanted for shape in self.shapes)
        for other in others:
            first = _either(first, other)
        return first

    def faults(self, value: Any, place: str = "") -> Iterator[Message]:
        """Yield the faults by the set of keys that is meant (不合要求之处)."""
        if not isinstance(value, Mapping):
            yield wrong(place, self.wanted, value)
            return
        meant = [shape for shape in self.shapes if next(iter(shape.required)) in value]
        if meant:
            yield from meant[0].faults(value, place)
        else:
            yield wrong(place, self.wanted, value)


def wrong(place: str, wanted: Label, value: Any) -> Message:
    """Return that a value is not what is wanted (取值不合要求)."""
    return Message.of(WRONG, place=place or WHOLE_VALUE, wanted=wanted, given=stands(value))


def under(place: str, key: object) -> str:
    """Return the place of a key's value (键的位置): "goods.types"."""
    return f"{place}.{key}" if place else str(key)


def _keyed(value: Any) -> Any:
    """A value whose keys can be written in JSON: YAML takes days and lists of them for keys as well."""
    if isinstance(value, Mapping):
        return {key if isinstance(key, str) else str(key): _keyed(part) for key, part in value.items()}
    return [_keyed(part) for part in value] if isinstance(value, list) else value


def stands(value: Any) -> Label:
    """Return a value as it stands in a file, with its kind (现有取值).

    >>> stands("many").zh, stands(True).en, stands([1]).zh
    ('文字 "many"', 'true', '列表 [1]')
    >>> stands([{date(2026, 1, 1): 1}]).zh
    '列表 [{"2026-01-01": 1}]'
    """
    if value is None:
        return Label("空值 null", "null")
    written = json.dumps(_keyed(value), ensure_ascii=False, default=str)
    if isinstance(value, bool):
        return Label(written, written)
    for kind, (zh, en) in _KINDS.items():
        if isinstance(value, kind):
            written = str(value) if kind is date else written
            return Label(f"{zh} {written}", f"{en} {written}")
    return Label(written, written)


_KINDS: Mapping[type, Label] = {
    int: Label("整数", "the integer"),
    str: Label("文字", "the text"),
    date: Label("日期", "the date"),
    list: Label("列表", "the list"),
    dict: Label("键和值", "keys with values"),
}


def whole(least: int = 0, most: int = MOST) -> Plain:
    """Return the shape of a whole number of a range (整数)."""
    words = Label(f"{least} 至 {most} 的整数", f"an integer from {least} to {most}")
    return Plain(words, lambda value: type(value) is int and least <= value <= most)


MONTHS = whole(0, 1200)
"""A number of months (月数): a hundred years at most, for no day is before the first year."""


def word(*words: str) -> Plain:
    """Return the shape of one of some words (固定用词)."""
    listed = " / ".join(words)
    return Plain(Label(f"{listed} 之一", f"one of {listed}"), lambda value: isinstance(value, str) and value in words)


def _either(one: Label, other: Label) -> Label:
    return Label(f"{one.zh}，或 {other.zh}", f"{one.en}, or {other.en}")


def _is_month_day(value: Any) -> bool:
    if not isinstance(value, str) or not _MONTH_DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(f"{_A_LEAP_YEAR}-{value}")
    except ValueError:
        return False
    return True


INTEGER = Plain(Label("整数", "an integer"), lambda value: type(value) is int)
TEXT = Plain(Label("文字（不为空）", "a text, not empty"), lambda value: isinstance(value, str) and bool(value.strip()))
ANY_TEXT = Plain(Label("文字", "a text"), lambda value: isinstance(value, str))
TRUTH = Plain(Label("true 或 false", "true or false"), lambda value: isinstance(value, bool))
DAY = Plain(Label("日期（如 2026-01-01）", "a date such as 2026-01-01"), lambda value: isinstance(value, date))
MONTH_DAY = Plain(Label('月日文字（如 "03-31"）', 'a text of month and day such as "03-31"'), _is_month_day)
CLOCK = Plain(
    Label('时刻文字（如 "09:00"）', 'a text of a time such as "09:00"'),
    lambda value: isinstance(value, str) and bool(_CLOCK.fullmatch(value)),
)
TEXTS, SOME_TEXTS = ListOf(TEXT), ListOf(TEXT, least=1)
WORDS = Fields({"zh": TEXT, "en": TEXT})
