"""Figures and words of what-if, and what is assumed of tasks and caps, on values made by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from supervision.domain.items import Task
from supervision.errors import SupervisionError
from supervision.law.assumed import Assumption
from supervision.month import what_if as comparing
from supervision.month.assumed_round import _with_cap, _with_ratio, of_registers
from supervision.month.report import Report
from supervision.risk.cards import Cards
from supervision.risk.scorecard import Scorecard

TASK = {
    "name": "抽查", "round": "2026-12", "items": ("a",), "lead": "market", "start": date(2026, 12, 1),
    "end": date(2026, 12, 31), "population": "*", "regime": "random", "access": "sealed", "disclosure": "after_visit",
}  # fmt: skip


def tasks(**ratios: str) -> list[Task]:
    """Return tasks with these ratios."""
    return [Task(task_id=name, ratio=ratio, **TASK) for name, ratio in ratios.items()]


def ratios(found: list[Task]) -> dict[str, str]:
    """Return what each task's ratio is."""
    return {task.task_id: task.ratio for task in found}


def test_expected_finds_are_chance_times_likelihood():
    """At a score of 500 the odds are those of the card's inspections; an expert card knows none."""
    card = Scorecard(kind="learned", base=500, features=(), rows=100, found=20, latest="2026-11-30")
    found = pd.DataFrame({"probability": [0.5, 1.0], "score": np.array([500, 600], dtype=np.int16)})
    assert comparing._finds(Cards(general=card), found) == pytest.approx(0.5 * 0.2 + 1.0 * (1 / 3))
    assert comparing._finds(Cards(general=Scorecard(kind="expert", base=500, features=())), found) is None


@pytest.mark.parametrize(
    ("name", "value", "sign", "words"),
    [
        ("drawn", 1234, "", "1,234"), ("doors", -3, "+", "-3"), ("coverage", 0.12345, "", "12.35%"),
        ("coverage", 0.01, "+", "+1.00%"),
        ("coverage", -0.00001, "+", "+0.00%"), ("expected_visited", 1234.56, "", "1,234.6"),
        ("expected_finds", None, "", "–"),
    ],
)  # fmt: skip
def test_how_a_figure_is_said(name, value, sign, words):
    """Counts are whole, shares are percentages, expected figures have one decimal, what nobody knows is a dash."""
    assert comparing._said(name, value, sign) == words


def test_a_table_line_by_line():
    """Classes stand below coverage and rules below what caps leave out, also where one side alone has them."""
    now = {"capped": 3, "coverage": 0.1, "capped_by_rule": {"caps/a": 3}, "coverage_by_class": {"A": 0.1}}
    then = {"capped": 1, "coverage": 0.2, "capped_by_rule": {"caps/b": 1}, "coverage_by_class": {"A": 0.1, "D": 0.4}}
    report = Report()
    comparing._table(report, now, then)
    assert [line.text("en").strip() for line in report.lines[1:]] == [
        "units left out by a cap: 3 → 1 (-2)",
        "by caps/a: 3 → 0 (-3)",
        "by caps/b: 0 → 1 (+1)",
        "coverage, expected: 10.00% → 20.00% (+10.00%)",
        "of class A: 10.00% → 10.00% (+0.00%)",
        "of class D: – → 40.00% (–)",
    ]


def test_assumed_ratios_of_tasks():
    """One task or every one that names the class; the other classes and the other tasks stay as they are."""
    given = tasks(T1="A=2%;D=40%", T2="3%", T3="A=1/3;D=1/2", T4="rule")
    every = ratios(_with_ratio(given, Assumption.parse("tasks/*.D=50%")))
    assert every == {"T1": "A=1/50;D=50%", "T2": "3%", "T3": "A=1/3;D=50%", "T4": "rule"}
    assert ratios(_with_ratio(given, Assumption.parse("tasks/T2.ratio=5%")))["T2"] == "5%"
    one = ratios(_with_ratio(given, Assumption.parse("tasks/T1.A=10%")))
    assert (one["T1"], one["T3"]) == ("A=10%;D=2/5", "A=1/3;D=1/2")
    for text, code in (("tasks/T9.ratio=5%", "assumed_task"), ("tasks/T4.D=5%", "assumed_class")):
        with pytest.raises(SupervisionError) as refused:
            _with_ratio(given, Assumption.parse(text))
        assert refused.value.code == f"month.{code}"


def test_assumed_caps_of_the_register():
    """One row's figure; an interval may be none, a yearly number may be 0 and not less."""
    columns = ["agency", "category", "field", "risk_class", "kinds", "level", "counted_by"]
    caps = pd.DataFrame([["*", "*", *[None] * 5], ["fire", "*", *[None] * 5]], columns=columns).assign(
        per_year=pd.array([4, 1], dtype="Int64"), min_interval_days=pd.array([30, 90], dtype="Int64")
    )
    assert _with_cap(caps, Assumption.parse("caps/fire/all.per_year=0"))["per_year"].tolist() == [4, 0]
    none = _with_cap(caps, Assumption.parse("caps/fire/all.min_interval_days=null"))["min_interval_days"]
    assert none.tolist() == [30, pd.NA]
    assert caps["per_year"].tolist() == [4, 1]
    for text in ("per_year=null", "per_year=-1", "per_year=many", "per_year=true", "agency=fire"):
        with pytest.raises(SupervisionError) as refused:
            _with_cap(caps, Assumption.parse(f"caps/fire/all.{text}"))
        assert refused.value.code == "month.assumed_cap_field"
    assert of_registers(Assumption.parse("caps/fire/all.per_year=0")) and of_registers(Assumption.parse("tasks/*.D=1%"))
    assert not of_registers(Assumption.parse("shared/reserve=30%"))
