"""Regimes (监管方式规则): what a dated rule asks of every task that inspects for one kind of supervision.

A rule whose value is a mapping with `regime` is a regime: `regime` lists the ways of drawing that it allows (codes of
the list `regime`). The other keys are optional, and a key that is not known is refused:

- `levels`: levels of government that may hold it (codes of `agency_level`); absent = any.
- `department`, `names`: a task of that department whose name, or an item's, holds one of the words falls under the
  regime although no item says so.
- `method`: the only methods (codes of `method`) that its items may have.
- `points`: heads that the item's content names.
- `groups`: special lists that the task's population takes in.
- `people`: how many inspectors go at least.
- `field`: the field whose professional classes the item draws by.
- `registers`: registers that must hold rows, such as `professional/food` or `exemptions/positive`.
- `announced: false`: nobody outside knows the list before the visit; `published: true`: the results are public.
- `floor`: the lowest ratio of any class, whatever reduces it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from supervision.domain.ratio import parse_share
from supervision.errors import SupervisionError
from supervision.law.rules import Law
from supervision.law.shapes.departments import REGIME

KEYS = (*REGIME.required, *REGIME.optional)


@dataclass(frozen=True, kw_only=True)
class Regime:
    """What one regime asks (一种监管方式的要求), as the module says; an empty value asks nothing."""

    path: str
    regime: tuple[str, ...]
    levels: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    method: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    registers: tuple[str, ...] = ()
    department: str = ""
    people: int = 0
    field: str = ""
    announced: bool = True
    published: bool = False
    floor: Fraction = Fraction(0)


def is_regime(value: Any) -> bool:
    """Tell whether a rule's value is a regime (是否监管方式规则)."""
    return isinstance(value, Mapping) and "regime" in value


def regime_of(law: Law, path: str) -> Regime:
    """Return the regime that a rule says (读取监管方式规则).

    A rule that is not there raises RuleMissing, one that is no regime `law.regime_malformed`. Its keys and values were
    looked at when the rules were read.
    """
    value = law.value(path)
    if not is_regime(value):
        raise SupervisionError("law.regime_malformed", rule=path, key="regime", known=" ".join(KEYS))
    read: dict[str, Any] = {key: tuple(part) if isinstance(part, list) else part for key, part in value.items()}
    if "floor" in read:
        read["floor"] = parse_share(str(read["floor"]))
    return Regime(path=path, **read)


def regimes(law: Law) -> list[Regime]:
    """Return every regime in force (全部监管方式规则), by path."""
    return [regime_of(law, entry.path) for entry in law.entries() if is_regime(entry.value)]
