"""The published list, the month's tasks, the city's own rules and the ceremony's values (清单、任务、规则与随机源)."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from supervision.demo.chance import Chance
from supervision.demo.departments import DEPARTMENTS, DemoItem
from supervision.demo.files import Row
from supervision.demo.lists import BASIS
from supervision.demo.points import POINTS
from supervision.demo.tasks import OPEN, DemoTask

NAMES = {department.code: department.name for department in DEPARTMENTS}
ROUNDS = ("", "-2", "-3", "-4")  # first draw, inspectors, two supplements
EVENTS = (("dlt-front", 5, 35), ("dlt-back", 2, 12), ("ssq-red", 6, 33), ("ssq-blue", 1, 16))  # name, count, highest

# items for which the classes of a department count, where it has classed a unit
FIELDS = {"market-food": "food", "market-production": "food", "market-device": "device", "ecology-discharge": "ecology"}

WORDS = ", ".join(f"{code}: {name}" for code, name in NAMES.items())

RULE = """id: shared/{name}
title:
  zh: {zh}
  en: {en}
unit: {unit}
values:
  - from: {since}
    value: {value}
    basis: {basis}
    verified: false
    review_by: {review}
"""
RULES = (
    ("city", "本市名称", "The city's name", "name", "{zh: 苏州市（演示）, en: Suzhou (demonstration), agency: suzhou}"),
    ("publisher", "公示网站的主办单位", "The body that publishes the site", "name, telephone, address, telephone lines",
     ("{zh: 苏州市市场监督管理局（演示）, en: Suzhou Market Regulation (demonstration), phone: 0512-10000000,"
     " address: 苏州市演示路1号, hotlines: [{number: '12345', zh: 政务服务便民热线, en: government service line},"
     " {number: '12315', zh: 市场监管投诉举报热线, en: market regulation line}]}")),
    ("yearly_visit_cap", "同一检查对象年度入企检查次数上限", "Most visits a year to one unit",
     "visits in a calendar year", "{same_agency: 1, all_agencies: 4}"),
    ("observation_period", "新产业新业态观察期", "Observation period of new kinds of business",
     "months from the day of establishment", "{months: 12}"),
    ("general_item_limit", "一般检查事项抽查比例上限", "Upper limit of a general item's overall ratio",
     "share of the item's directory in a year, as a ratio text", '"不高于10%"'),
    ("class_ratio", "各信用风险类别的抽查比例", "Draw ratio of each credit-risk class",
     "share of the units of the class in a year's draw", '{A: "1%", B: "2%", C: "10%", D: "30%"}'),
    ("notice_number", "抽查任务公告的文号", "Numbers of notices of tasks", "form, and words of departments",
     f'{{pattern: "苏演{{word}}抽查〔{{year}}〕{{number}}号", words: {{{WORDS}}}}}'),
)  # fmt: skip


def item_rows(items: Sequence[DemoItem], year: int, known: date) -> list[Row]:
    """Return the published list of items (随机抽查事项清单)."""
    return [
        {
            "item_id": item.item_id,
            "name": item.name,
            "department": item.department,
            "kind": item.kind,
            "basis": f"演示清单（{item.name}；正式清单应写明法律、法规、规章条款）",
            "objects": item.objects,
            "ratio": item.ratio,
            "frequency": "1次/年",
            "method": item.method,
            "half_days": item.half_days,
            "inspectors": 2,
            "field": FIELDS.get(item.item_id),
            "content": POINTS.get(item.item_id, f"{item.name}要点（演示）"),
            "implement_code": f"99{number:06d}000000",
            "check_code": f"2{number:04d}",
            "from_date": f"{year - 2}-01-01",
            "known_on": known.isoformat(),
        }
        for number, item in enumerate(items, start=1)
    ]


def task_rows(
    tasks: Sequence[DemoTask], departments: Collection[str], month: str, last: date, known: date
) -> list[Row]:
    """Return the tasks of the month (抽查任务): one list is open, the others sealed until after the visit."""
    found: list[Row] = []
    for number, task in enumerate(tasks, start=1):
        items = task.items_in(departments)
        lead = items[0].partition("-")[0]
        partners = sorted({item.partition("-")[0] for item in items} - {lead})
        is_open = task.task_id in OPEN
        found.append(
            {
                "task_id": task.task_id,
                # the first department numbered its notice itself, the others leave it to the rule
                "number": f"苏演{NAMES[lead]}抽查〔{month[:4]}〕1号" if number == 1 else None,
                "name": f"{task.name}（演示）",
                "round": month,
                "items": " ".join(sorted(items)),
                "lead": lead,
                "partners": " ".join(partners) or None,
                "from_date": f"{month}-{task.first:02d}",
                "until_date": f"{month}-{min(task.last, last.day):02d}",
                "population": task.population,
                "regime": task.regime,
                "ratio": task.ratio,
                "by_region": task.by_region,
                "group": "own" if is_open else None,
                "access": "open" if is_open else "sealed",
                "disclosure": "before" if is_open else "after_visit",
                "control_of": task.control_of,
                "cause": "年度抽查工作计划（演示）",
                "known_on": known.isoformat(),
            }
        )
    return found


def write_rules(folder: Path, year: int) -> None:
    """Write the city's own rules (本市规则): those for which nothing is shipped."""
    (folder / "rules" / "shared").mkdir(parents=True, exist_ok=True)
    for name, zh, en, unit, value in RULES:
        text = RULE.format(name=name, zh=zh, en=en, unit=unit, value=value, basis=BASIS, since=f"{year - 2}-01-01",
                           review=f"{year + 1}-12-31")  # fmt: skip
        (folder / "rules" / "shared" / f"{name}.yaml").write_text(text, encoding="utf-8")


def write_ceremony(folder: Path, chance: Chance) -> None:
    """Write what a rehearsal takes instead of a ceremony (演练用随机源): values of the sources, and the frame key."""
    lines = ["name,values"]
    for suffix in ROUNDS:
        for name, count, highest in EVENTS:
            drawn = np.argsort(chance.bits(f"{name}{suffix}", np.arange(highest)))[:count] + 1
            lines.append(f"{name}{suffix},{_words(np.sort(drawn))}")
    (folder / "sources.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    key = hashlib.sha256(f"{chance.seed}|frame key of a rehearsal".encode()).hexdigest()
    (folder / "frame_key.hex").write_text(key, encoding="ascii")


def _words(numbers: np.ndarray[tuple[int], np.dtype[np.int64]]) -> str:
    return " ".join(f"{number:02d}" for number in numbers.tolist())
