"""The scale of a field (专业分类等次): a department's own classes, and the general class that each compares with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from supervision.domain.strata import CLASSES
from supervision.errors import SupervisionError
from supervision.law.code_lists import normal
from supervision.messages import Label

RULE = "shared/professional_class"
CONFLICTS = ("stricter", "professional", "general")
_WANT = Label(
    "{conflict: stricter / professional / general, fields: {领域: 规则}}",
    "{conflict: stricter / professional / general, fields: {field: rule}}",
)
_WANT_SCALE = Label(
    "{classes: {等次: {as: A–D, per_year: 整数或 null, aliases: […]}}, ratio: {A, B, C, D}}",
    "{classes: {class: {as: A–D, per_year: integer or null, aliases: […]}}, ratio: {A, B, C, D}}",
)


class Values(Protocol):
    """The law in force (有效规则), as far as scales ask it."""

    def value(self, rule: str, /) -> Any:
        """Return a rule's value (规则取值)."""
        ...


@dataclass(frozen=True, kw_only=True)
class Level:
    """One class of a scale (一个等次): `compares` A–D, `per_year` the least visits a year (None: no number issued)."""

    name: str
    compares: str
    per_year: int | None


@dataclass(frozen=True, kw_only=True)
class Scale:
    """A field's own classes (专业分类等次), from the rule `rule`.

    `levels` by the way in which a class is written; `ratio` the draw ratio of each resolved class, empty where the
    field's department has issued none.
    """

    field: str
    rule: str
    levels: Mapping[str, Level]
    ratio: Mapping[str, str]

    @property
    def names(self) -> list[str]:
        """The classes as the rule writes them (等次名称), in its order."""
        return list(dict.fromkeys(level.name for level in self.levels.values()))

    def level(self, text: str) -> Level | None:
        """Return the class that a text means (文字对应的等次), None where the scale has none."""
        return self.levels.get(normal(text))


def conflict(law: Values) -> str:
    """Return which of both classes counts (两类冲突时的取法): "stricter", "professional" or "general"."""
    value = _rule(law)
    return str(value["conflict"])


def scale(law: Values, field: str) -> Scale:
    """Return a field's scale (某领域的等次).

    Raises SupervisionError `law.no_scale` where the rule shared/professional_class names no rule for the field,
    `law.scale_shape` where a rule is of another shape, and RuleMissing where the rule it names has no value.
    """
    path = _rule(law)["fields"].get(field)
    if path is None:
        raise SupervisionError("law.no_scale", field=field, rule=RULE)
    value = law.value(path)
    keys = {"classes"} <= set(value) <= {"classes", "ratio"} if isinstance(value, Mapping) else False
    if not keys or not isinstance(value["classes"], Mapping) or not value["classes"]:
        raise SupervisionError("law.scale_shape", rule=path, value=value, want=_WANT_SCALE)
    ratio = value.get("ratio", {})
    if not isinstance(ratio, Mapping) or (ratio and set(ratio) != set(CLASSES)):
        raise SupervisionError("law.scale_shape", rule=path, value=ratio, want="ratio: {A, B, C, D}")
    levels: dict[str, Level] = {}
    for name, given in value["classes"].items():
        for writing in _writings(path, name, given):
            if normal(writing) in levels:
                raise SupervisionError("law.scale_shape", rule=path, value=writing, want=_WANT_SCALE)
            levels[normal(writing)] = Level(name=str(name), compares=given["as"], per_year=given["per_year"])
    return Scale(field=field, rule=path, levels=levels, ratio={name: str(share) for name, share in ratio.items()})


def field_ratio(law: Values, field: str) -> Mapping[str, str]:
    """Return the draw ratio of each class in a field (某领域各类别的抽查比例), empty where none was issued.

    "" is no field; a field without a rule of its own has no ratio.
    """
    if not field or field not in _rule(law)["fields"]:
        return {}
    return scale(law, field).ratio


def _rule(law: Values) -> Mapping[str, Any]:
    value = law.value(RULE)
    shaped = isinstance(value, Mapping) and set(value) == {"conflict", "fields"}
    if not shaped or value["conflict"] not in CONFLICTS or not isinstance(value["fields"], Mapping):
        raise SupervisionError("law.scale_shape", rule=RULE, value=value, want=_WANT)
    found: Mapping[str, Any] = value
    return found


def _writings(path: str, name: object, given: Any) -> list[str]:
    """A class and its other writings, after looking at its shape."""
    wrong = SupervisionError("law.scale_shape", rule=path, value=f"{name}: {given}", want=_WANT_SCALE)
    if not isinstance(given, Mapping) or not {"as", "per_year"} <= set(given) <= {"as", "per_year", "aliases"}:
        raise wrong
    often, aliases = given["per_year"], given.get("aliases", [])
    if given["as"] not in CLASSES or not (often is None or (type(often) is int and often >= 0)):
        raise wrong
    if not isinstance(aliases, list):
        raise wrong
    return [str(name), *map(str, aliases)]
