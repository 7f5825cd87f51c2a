"""Plan one week for three drawn units and two departments, then draw who goes (编排小日程并抽取人员)."""

from datetime import date
from hashlib import sha256

import pandas as pd

import supervision

law = supervision.read_law(date(2026, 12, 1))
items = [supervision.Item(item_id=name, name=title, department=department, kind="general", basis="示例",
                          ratio="不高于10%", half_days=1, inspectors=2)
         for name, title, department in (("food", "餐饮", "market"), ("exits", "消防", "fire"))]  # fmt: skip
task = supervision.Task(task_id="T1", name="餐饮联合抽查", round="2026-12", items=("food", "exits"), lead="market",
                        partners=("fire",), start=date(2026, 12, 7), end=date(2026, 12, 11), population="tags=餐饮",
                        regime="random", ratio="n=3", access="open", disclosure="before")  # fmt: skip
offices = [supervision.Office(office_id=f"{name}-1", department=name, region="320505", name=title)
           for name, title in (("market", "市场监管所"), ("fire", "消防救援大队"))]  # fmt: skip
people = [(f"{office}-{number}", f"{office}-1", "2026-01-01", "2027-12-31", item, "2", "")
          for office, item in (("market", "food"), ("fire", "exits")) for number in (1, 2, 3)]  # fmt: skip
roster = pd.DataFrame(people, columns=["inspector_id", "office", "from", "until", "scopes", "daily_limit", "absent"])
units = pd.DataFrame({"unit_id": ["unit-1", "unit-2", "unit-3"], "region": "320505", "street": "虎丘街道"})
plan = supervision.plan_calendar(units[["unit_id"]].assign(task_id="T1"), tasks=[task], items=items, offices=offices,
                                 units=units, roster=roster, law=law, seed=bytes(32), frame_key=bytes(32),
                                 round_id="2026-12")  # fmt: skip
who = supervision.draw_inspectors(plan.calendar, roster, seed=sha256(b"second seed").digest()).assignments
for visit, rows in plan.calendar.merge(who).groupby("visit_id"):
    print(visit, rows["half_days"].iloc[0], *rows["inspector_id"])
print(f"未排定 / not held: {len(plan.unheld)}")
