"""Who publishes the site and whom to call (主办单位与联系方式), and what rights the inspected have, as rules say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from supervision.errors import SupervisionError

PUBLISHER, RIGHTS = "shared/publisher", "shared/inspected_rights"
HOTLINE_FIELDS = ("number", "zh", "en")
PUBLISHER_FIELDS = ("zh", "en", "phone", "address")
RIGHT_FIELDS = ("key", "zh", "en", "words_zh", "words_en", "basis")


@dataclass(frozen=True, kw_only=True)
class Hotline:
    """A telephone line for questions and complaints (热线)."""

    number: str
    zh: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """The body that publishes the site (主办单位): its name in both languages, its telephone and address."""

    zh: str
    en: str
    phone: str
    address: str
    hotlines: tuple[Hotline, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Right:
    """A right of the inspected (被检查单位的权利): its name, what it says, in both languages, and the law behind it."""

    key: str
    zh: str
    en: str
    words_zh: str
    words_en: str
    basis: str


def read_publisher(value: Any) -> Publisher:
    """Return the value of shared/publisher (读取主办单位); another shape is refused."""
    if not isinstance(value, Mapping) or set(value) != {*PUBLISHER_FIELDS, "hotlines"}:
        raise _shape(PUBLISHER, value, (*PUBLISHER_FIELDS, "hotlines"))
    own = _texts(PUBLISHER, {name: value[name] for name in PUBLISHER_FIELDS}, PUBLISHER_FIELDS)
    lines = _listed(PUBLISHER, value["hotlines"], HOTLINE_FIELDS)
    return Publisher(**own, hotlines=tuple(Hotline(**line) for line in lines))


def read_rights(value: Any) -> tuple[Right, ...]:
    """Return the value of shared/inspected_rights (读取被检查单位的权利); another shape is refused."""
    return tuple(Right(**one) for one in _listed(RIGHTS, value, RIGHT_FIELDS))


def _listed(rule: str, value: Any, fields: Sequence[str]) -> list[dict[str, str]]:
    if not isinstance(value, list):
        raise _shape(rule, value, fields)
    return [_texts(rule, one, fields) for one in value]


def _texts(rule: str, value: Any, fields: Sequence[str]) -> dict[str, str]:
    # a telephone number without quotes is a number to YAML, which loses the zeros before it
    sound = isinstance(value, Mapping) and set(value) == set(fields)
    if not sound or not all(isinstance(value[name], str) and value[name].strip() for name in fields):
        raise _shape(rule, value, fields)
    return {name: value[name].strip() for name in fields}


def _shape(rule: str, value: Any, fields: Sequence[str]) -> SupervisionError:
    return SupervisionError("notice.rule_shape", rule=rule, value=value, fields=" ".join(fields))
