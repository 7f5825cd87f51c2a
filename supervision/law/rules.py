"""Rules (规则): law as dated values in YAML files, shipped ones and the city's own, and what is in force on a day.

A file `shared/class_ratio.yaml` holds id, title {zh, en}, unit, perhaps an example, and `values`: a list of {from,
value, basis, verified, review_by} in order of date. A changed rule is a new date; `value: null` with a basis says that
it was decided that there is none. Files of the same path are merged: the later date wins, on the same date the city.
A city's folder may also hold `calendar/<year>.yaml`, read by supervision.law.working_days, and
`code_lists/<name>.yaml`, read by supervision.law.code_lists. What a value may be says supervision.law.shapes.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from supervision.canonical import canonical_json, digest
from supervision.errors import RuleMissing, SupervisionError
from supervision.law.code_lists import CODE_LISTS_FOLDER
from supervision.law.shapes.rule_shapes import may_be_none, value_faults
from supervision.law.strict_yaml import check_keys, read_yaml, typed
from supervision.messages import Label, Message

CALENDAR_FOLDER = "calendar/"
NO_RULES = (CALENDAR_FOLDER, CODE_LISTS_FOLDER)
MOST_TOLD = 20
_VALUE_KEYS = ("from", "value", "basis", "verified", "review_by")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One dated value of a rule (规则的一条值): `path` is the rule's id, `origin` "shipped" or "city".

    `verified`: somebody has compared it with the document named in `basis`. After `review_by` it is due for review.
    """

    path: str
    value: Any
    since: date
    basis: str
    verified: bool
    review_by: date
    origin: str


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule with all its dated values (一条规则): `entries` in order of date; `example` is shown, never used."""

    path: str
    title: Label
    unit: str
    example: Any
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class Law:
    """The rules in force on a day (有效规则).

    Attributes
    ----------
    on
        The day.
    rules
        Path of a rule, such as "shared/class_ratio" → the rule with all its dated values.

    Examples
    --------
    >>> from datetime import date
    >>> import supervision
    >>> law = supervision.read_law(date(2026, 12, 1))
    >>> law.value("shared/reserve"), law.title("shared/reserve"), law.entry("shared/reserve").verified
    ('20%', '备选比例', False)
    """

    on: date
    rules: Mapping[str, Rule]

    def at(self, day: date) -> Law:
        """Return the same rules in force on another day (另一日的有效规则)."""
        return Law(on=day, rules=self.rules)

    def entry(self, path: str) -> Entry:
        """Return the entry in force (有效的一条) of a rule such as "shared/class_ratio".

        A rule without a value on this day raises RuleMissing with the file and the lines to write.
        """
        rule = self.rules.get(path)
        current = _current(rule, self.on) if rule else None
        if current is None:
            code = "law.rules.missing" if rule else "law.rules.missing_no_file"
            file = f"rules/{path}.yaml"
            raise RuleMissing(code, rule=path, date=self.on, file=file, lines=_lines(path, rule, self.on))
        return current

    def value(self, path: str) -> Any:
        """Return a rule's value (规则的值), a copy; None where it was decided that there is none.

        A rule that its readers cannot do without raises RuleMissing where it was repealed.
        """
        entry = self.entry(path)
        if entry.value is None and not may_be_none(path):
            raise RuleMissing(
                "law.rules.repealed", rule=path, date=self.on, since=entry.since, file=f"rules/{path}.yaml"
            )
        return copy.deepcopy(entry.value)

    def entries(self) -> list[Entry]:
        """Return every entry in force (全部有效规则), by path; rules without a value on this day are left out."""
        current = (_current(self.rules[path], self.on) for path in sorted(self.rules))
        return [entry for entry in current if entry is not None]

    def missing(self) -> list[str]:
        """Return the paths of known rules without a value on this day (尚无值的规则), sorted."""
        return [path for path in sorted(self.rules) if _current(self.rules[path], self.on) is None]

    def title(self, path: str, lang: str = "zh") -> str:
        """Return a rule's title (规则名称) in "zh" or "en"; its path where it has no file."""
        rule = self.rules.get(path)
        return path if rule is None else rule.title.text(lang)

    def remarks(self) -> list[Message]:
        """Return a remark for each entry in force whose review is overdue (到期未复核的提醒), by path."""
        return [
            Message.of("law.rules.review_due", rule=e.path, review_by=e.review_by, date=self.on, basis=e.basis)
            for e in self.entries()
            if e.review_by < self.on
        ]


@dataclass(frozen=True, kw_only=True)
class Rules:
    """All rule files (规则文件), read and merged; `files` holds their bytes by "shipped/…" and "city/…"."""

    rules: Mapping[str, Rule]
    files: Mapping[str, bytes]

    @classmethod
    def read(
        cls, shipped: Mapping[str, bytes], city: Mapping[str, bytes] | None = None, *, frozen: bool = False
    ) -> Rules:
        """Read rule files (读取规则文件): relative path such as "shared/class_ratio.yaml" → bytes.

        Whatever is not exactly as the module says raises SupervisionError naming the file and the entry; values of
        another shape all together, as `law.shapes.wrong`. `frozen`: files that a round keeps, which nobody can correct
        any more and which were read when it froze them; the shapes of their values are not looked at again.
        """
        rules: dict[str, Rule] = {}
        files: dict[str, bytes] = {}
        faults: list[Message] = []
        for origin, folder in (("shipped", shipped), ("city", city or {})):
            for path in sorted(folder):
                files[f"{origin}/{path}"] = folder[path]
                if path.startswith(NO_RULES):
                    continue
                rule = _read_rule(path, folder[path], origin)
                if not frozen:
                    faults += _faults(rule, rules.get(rule.path), file=_file(path, origin))
                rules[rule.path] = _merged(rules[rule.path], rule) if rule.path in rules else rule
        refuse_faults(faults)
        return cls(rules=rules, files=files)

    @property
    def city(self) -> dict[str, bytes]:
        """The files of the city's own folder (本市规则文件): relative path → bytes."""
        return {path.removeprefix("city/"): body for path, body in self.files.items() if path.startswith("city/")}

    def on(self, day: date) -> Law:
        """Return the law in force on a day (某日的有效规则)."""
        return Law(on=day, rules=self.rules)

    def digests(self, hash_name: str) -> dict[str, str]:
        """Return the digest of each rule file (各规则文件摘要): path → hex.

        Shipped files have paths such as "shipped/shared/class_ratio.yaml", the city's "city/shared/class_ratio.yaml".
        `hash_name`: "sha256" or "sm3".
        """
        return {path: digest(hash_name, source).hex() for path, source in self.files.items()}

    def digest(self, hash_name: str) -> str:
        """Return the digest of all rule files (规则摘要) in hex: H(JSON of `digests`), draw protocol 2, section 0."""
        return digest(hash_name, canonical_json(self.digests(hash_name))).hex()


def refuse_faults(faults: list[Message]) -> None:
    """Raise `law.shapes.wrong` with what is not right with values (取值有误即拒绝), where anything is."""
    if len(faults) > MOST_TOLD:
        faults = [*faults[:MOST_TOLD], Message.of("law.shapes.more", count=len(faults) - MOST_TOLD)]
    if faults:
        raise SupervisionError("law.shapes.wrong", faults=tuple(faults))


def _faults(rule: Rule, before: Rule | None, *, file: str) -> Iterator[Message]:
    """What is not right with the values of a rule file; `before`: the shipped rule that the city's file changes."""
    values = [entry.value for one in (before, rule) if one is not None for entry in one.entries]
    for entry in rule.entries:
        for fault in value_faults(rule.path, entry.value, beside=values):
            yield Message.of("law.shapes.in_file", file=file, since=entry.since, fault=fault)


def _file(path: str, origin: str) -> str:
    return path if origin == "shipped" else f"rules/{path}"


def _read_rule(path: str, source: bytes, origin: str) -> Rule:
    file = _file(path, origin)
    if not path.endswith(".yaml"):
        raise SupervisionError("law.rules.file_name", file=file)
    raw = read_yaml(file, source)
    check_keys(raw, ("id", "title", "unit", "values"), ("example",), file=file)
    name = path.removesuffix(".yaml")
    if typed(raw["id"], str, file=file, place="", key="id") != name:
        raise SupervisionError("law.rules.id_differs", file=file, id=raw["id"], wanted=name)
    title = typed(raw["title"], dict, file=file, place="", key="title")
    check_keys(title, ("zh", "en"), file=file, place="title")
    entries: list[Entry] = []
    for number, value in enumerate(typed(raw["values"], list, file=file, place="", key="values"), start=1):
        entries.append(_read_entry(value, name, file=file, number=number, origin=origin))
        _check_order(entries[-2:], file)
    zh, en = (typed(title[lang], str, file=file, place="title", key=lang) for lang in ("zh", "en"))
    unit = typed(raw["unit"], str, file=file, place="", key="unit")
    return Rule(path=name, title=Label(zh, en), unit=unit, example=raw.get("example"), entries=tuple(entries))


def _read_entry(raw: Any, path: str, *, file: str, number: int, origin: str) -> Entry:
    place = f"values[{number}]"
    typed(raw, dict, file=file, place="", key=place)
    check_keys(raw, _VALUE_KEYS, file=file, place=place)

    def take(key: str, kind: type) -> Any:
        return typed(raw[key], kind, file=file, place=place, key=key)

    return Entry(
        path=path,
        value=raw["value"],
        since=take("from", date),
        basis=take("basis", str),
        verified=take("verified", bool),
        review_by=take("review_by", date),
        origin=origin,
    )


def _check_order(last_two: list[Entry], file: str) -> None:
    dates = [entry.since for entry in last_two]
    if len(set(dates)) < len(dates):
        raise SupervisionError("law.rules.from_twice", file=file, date=dates[0])
    if dates != sorted(dates):
        raise SupervisionError("law.rules.from_order", file=file, date=dates[1], before=dates[0])


def _merged(shipped: Rule, city: Rule) -> Rule:
    entries = {entry.since: entry for entry in (*shipped.entries, *city.entries)}
    return Rule(
        path=city.path,
        title=city.title,
        unit=city.unit,
        example=shipped.example if city.example is None else city.example,
        entries=tuple(entries[since] for since in sorted(entries)),
    )


def _current(rule: Rule, day: date) -> Entry | None:
    begun = [entry for entry in rule.entries if entry.since <= day]
    return begun[-1] if begun else None


def _lines(path: str, rule: Rule | None, day: date) -> str:
    """Return the lines of a file that would fill a missing rule (应写入的各行)."""
    zh, en = rule.title if rule else (path, path)
    value = "…" if rule is None or rule.example is None else json.dumps(rule.example, ensure_ascii=False)
    return "\n".join(
        (
            f"id: {path}",
            "title:",
            f"  zh: {zh}",
            f"  en: {en}",
            f"unit: {rule.unit if rule else '…'}",
            "values:",
            f"  - from: {day.replace(month=1, day=1)}",
            f"    value: {value}",
            "    basis: …",
            "    verified: true",
            f"    review_by: {day.replace(month=12, day=31)}",
        )
    )
