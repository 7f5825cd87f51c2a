"""The shape of each rule (各规则的写法): one place a rule, and the forms that departments' rules share.

A rule of `SHAPES` has the shape that stands there. Another one, such as a city's own rule for an item, has the form
that one of its values shows by its key: `regime`, `coverage` or `classes`. What has none of them is read by nobody.
Every rule can be repealed by null; those whose readers then go on without it say `Maybe`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from supervision.law.shapes import departments, drawing, following, scoring
from supervision.law.shapes.kinds import TEXT, Fields, Maybe, Shape
from supervision.messages import Message

SHAPES: Mapping[str, Shape] = {**drawing.SHAPES, **scoring.SHAPES, **following.SHAPES, **departments.SHAPES}
NOBODY_READS: Shape = Maybe(TEXT)
FORMS: Mapping[str, Fields] = {
    "regime": departments.REGIME,
    "coverage": departments.NUMBERS,
    "classes": departments.SCALE,
}


def shape_of(path: str, values: Sequence[Any]) -> Shape | None:
    """Return the shape of a rule with these values (某规则的写法), None where nobody reads such a rule."""
    if path in SHAPES:
        return SHAPES[path]
    keyed = [value for value in values if isinstance(value, Mapping)]
    found = (form for key, form in FORMS.items() if any(key in value for value in keyed))
    return next(found, None)


def value_faults(path: str, value: Any, *, beside: Sequence[Any] = ()) -> Iterator[Message]:
    """Yield what is not right with a rule's value (规则取值的问题); `beside`: other values of that rule."""
    shape = shape_of(path, [value, *beside])
    return iter(()) if shape is None or value is None else shape.faults(value)


def may_be_none(path: str) -> bool:
    """Tell whether readers of a rule go on where it was decided that there is none (可否定为无)."""
    return isinstance(SHAPES.get(path, NOBODY_READS), Maybe)
