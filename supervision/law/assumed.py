"""Assumed rules (假设的规则): what somebody asks "what if" of, laid over the rules in memory, never in a file.

An assumption is `PATH=VALUE`, such as `shared/visit_lead_time={working_days: 3}`, or `PATH.FIELD=VALUE` for one field
of a rule that has fields, such as `shared/class_ratio.D=50%`. VALUE is read as in a rule file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from supervision.errors import SupervisionError
from supervision.law.rules import CALENDAR_FOLDER, Entry, Law, Rules, refuse_faults
from supervision.law.shapes.rule_shapes import value_faults
from supervision.law.strict_yaml import read_yaml
from supervision.messages import Message

ORIGIN = "assumed"


@dataclass(frozen=True, kw_only=True)
class Assumption:
    """A rule's value as somebody assumes it (一条假设): `field` is "" where the whole value is given."""

    path: str
    field: str
    value: Any

    @classmethod
    def parse(cls, text: str) -> Assumption:
        """Read `PATH=VALUE` or `PATH.FIELD=VALUE` (读取假设)."""
        name, _, value = text.partition("=")
        path, dot, field = name.strip().rpartition(".")
        path, field = (path, field) if dot else (field, "")
        if not (path and value.strip() and (field or not dot)):
            raise SupervisionError("law.assumed.malformed", text=text)
        found = read_yaml(text, f"value: {value.strip()}".encode())["value"]
        return cls(path=path, field=field, value=found)


def assume(rules: Rules, assumptions: Sequence[Assumption], *, on: date) -> Rules:
    """Return rules under assumptions (假设下的规则), in force from 1 January of the year of a day.

    A rule that is not shipped, a field that a rule does not have, or a value that differs from what is in force in
    nothing, raises SupervisionError: a misspelt assumption would be a table without any difference.
    """
    law = rules.on(on)
    changed = dict(rules.rules)
    for one in assumptions:
        if one.path not in rules.rules:
            raise SupervisionError("law.assumed.rule_unknown", rule=one.path)
        now = law.at(on).value(one.path) if one.path not in law.missing() else None
        value = one.value if not one.field else _with_field(one, now, rules.rules[one.path].example)
        if one.path not in law.missing() and value == now:
            raise SupervisionError("law.assumed.no_difference", rule=one.path, value=value)
        beside = [entry.value for entry in rules.rules[one.path].entries]
        faults = value_faults(one.path, value, beside=beside)
        refuse_faults([Message.of("law.shapes.assumed", rule=one.path, fault=fault) for fault in faults])
        changed[one.path] = _with_entry(changed, one.path, value, on)
        law = Law(on=on, rules=changed)
    return Rules(rules=changed, files=rules.files)


def overlaid(shipped: Mapping[str, bytes], city: Mapping[str, bytes], assumed: Mapping[str, bytes]) -> Rules:
    """Return the rules that a folder of assumed files makes (以文件夹假设规则): same path, later date wins.

    A file of the same path replaces the city's own. Calendars and code lists are no rules: they are refused.
    """
    if not assumed:
        raise SupervisionError("law.assumed.folder_empty")
    for path in sorted(assumed):
        if path.startswith(CALENDAR_FOLDER) or f"{path.removesuffix('.yaml')}.yaml" not in shipped:
            raise SupervisionError("law.assumed.rule_unknown", rule=path.removesuffix(".yaml"))
    return Rules.read(shipped, {**city, **assumed})


def differences(now: Law, then: Law) -> list[tuple[Entry | None, Entry]]:
    """Return the rules whose values in force differ (有差别的规则), by path: as is (None: not set), as assumed."""
    before = {entry.path: entry for entry in now.entries()}
    return [
        (before.get(entry.path), entry)
        for entry in then.entries()
        if entry.path not in before or before[entry.path].value != entry.value
    ]


def _with_field(one: Assumption, now: Any, example: Any) -> dict[str, Any]:
    known = {**(example if isinstance(example, dict) else {}), **(now if isinstance(now, dict) else {})}
    if one.field not in known:
        fields = " ".join(map(str, known)) or "–"
        raise SupervisionError("law.assumed.field_unknown", rule=one.path, field=one.field, known=fields)
    if not isinstance(now, dict):
        raise SupervisionError("law.assumed.whole_value", rule=one.path, field=one.field)
    return {**now, one.field: one.value}


def _with_entry(rules: Mapping[str, Any], path: str, value: Any, on: date) -> Any:
    """The rule with the assumed value from 1 January; what began between it and the day goes."""
    start = on.replace(month=1, day=1)
    kept = [entry for entry in rules[path].entries if not start <= entry.since <= on]
    new = Entry(path=path, value=value, since=start, basis=ORIGIN, verified=False, review_by=on.max, origin=ORIGIN)
    return replace(rules[path], entries=tuple(sorted([*kept, new], key=lambda entry: entry.since)))
