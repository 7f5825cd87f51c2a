"""Every regime on the demonstration city: the cases stand in `cases/`, one file a regime, for lawyers to read.

A case says what the task of the regime draws as it stands, or what is changed (任务改为, 事项改为, 没有登记表) and the
words with which the round is then refused (不予抽取). Figures are those of the demonstration city.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from supervision.demo.regimes import REGIMES
from supervision.errors import SupervisionError
from supervision.law.regimes import regimes
from supervision.month.frames import built_frames
from supervision.month.round import Round
from supervision.sampling.frame.frame import Frame

FILES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
CASES = [
    pytest.param(one, case, id=f"{one['监管方式']}-{case['情形']}")
    for one in (yaml.safe_load(file.read_text(encoding="utf-8")) for file in FILES)
    for case in one["情形"]
]
LISTS = ("method",)


def changed(noun: Any, changes: dict[str, Any]) -> Any:
    """Return a task or an item with some of its fields changed."""
    return dataclasses.replace(noun, **{k: tuple(v.split()) if k in LISTS else v for k, v in changes.items()})


def frame_of(round: Any, task_id: str, case: dict[str, Any], registers: Callable[..., pd.DataFrame]) -> Frame:
    """Build the frame of one task of the round as a case would have it."""
    task = next(task for task in round.tasks if task.task_id == task_id)
    items = {name: round.items[name] for name in task.items}
    round.items = {name: changed(item, case.get("事项改为", {})) for name, item in items.items()}
    round.tasks = [changed(task, case.get("任务改为", {}))]
    gone = case.get("没有登记表")
    round.register = lambda kind, columns=None: registers(kind, columns).iloc[: 0 if kind == gone else None]
    (frame,) = built_frames(round)
    return frame


@pytest.mark.parametrize(("regime", "case"), CASES)
def test_regime(
    round: Round, registers: Callable[..., pd.DataFrame], regime: dict[str, Any], case: dict[str, Any]
) -> None:
    """What the case says is drawn of the demonstration city, or nothing is, with the words of the case."""
    if "不予抽取" in case:
        with pytest.raises(SupervisionError) as refused:
            frame_of(round, case.get("任务", regime["任务"]), case, registers)
        said = refused.value.text("zh")
        assert [word for word in case["不予抽取"] if word not in said] == [], said
        return
    frame = frame_of(round, case.get("任务", regime["任务"]), case, registers)
    out = {str(reason): int(n) for reason, n in frame.excluded["reason"].value_counts().items() if n}
    found = {"抽样框": len(frame.rows), "抽取": int(frame.strata["sample"].sum()), "不在抽样框": out}
    assert found == {"不在抽样框": {}, **{name: case[name] for name in found if name in case}}


def test_every_regime_has_its_cases(round: Round) -> None:
    """No regime of the law is without a task of the demonstration city, and none of these without a file of cases."""
    files = {yaml.safe_load(file.read_text(encoding="utf-8"))["规则"] for file in FILES}
    assert {regime.path for regime in regimes(round.law)} == {one.rule for one in REGIMES} == files


def test_the_whole_round_is_lawful(round: Round) -> None:
    """All tasks of the city, the standard ones too, are built together."""
    assert len(built_frames(round)) == len(round.tasks) > len(REGIMES)
