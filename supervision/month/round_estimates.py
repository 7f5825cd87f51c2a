"""What a round's results say about the city (本轮推断): its tasks' samples with what came back, and their estimates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.domain.items import Task
from supervision.domain.ratio import parse_share
from supervision.errors import UsageError
from supervision.law.rules import Law
from supervision.messages import say
from supervision.month import round_files as files
from supervision.month.calendars import chosen_units, step_ins
from supervision.month.frames import frozen_rows
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.round_people import units_of
from supervision.month.round_results import can_report, expected, results_of, today_of
from supervision.notice.estimate_content import public_lines
from supervision.results.outcomes import item_outcomes, unit_outcomes
from supervision.sampling.estimates.lines import LINES, Returned, estimate_lines
from supervision.sampling.estimates.task_sample import task_sample

RULE = "shared/estimate_publication"


@dataclass(frozen=True, kw_only=True, eq=False)
class Publishable:
    """A round's estimates (本轮推断): `inside` all of them, `public` those that may be published; by which `rule`."""

    inside: pd.DataFrame
    public: pd.DataFrame
    rule: Mapping[str, Any] | None


def estimated(round: Round, *, task: str | None = None, with_step_ins: bool = False) -> pd.DataFrame:
    """Return the estimates of a round or of one of its tasks (推断结果): see `sampling.estimates.lines.LINES`.

    `with_step_ins`: units that stepped in enter by the threshold rule. A round without results and a task that it does
    not have are refused.
    """
    if not can_report(round):
        round.need(Step.MATCH, "match")
    known = [one.task_id for one in round.tasks]
    if task is not None and task not in known:
        raise UsageError("month.task_unknown", task=task, known=" ".join(known))
    if results_of(round).empty:
        raise UsageError("month.no_results", round=round.id)
    wanted = [one for one in round.tasks if task is None or one.task_id == task]
    return estimate_lines(returned(round, wanted, with_step_ins=with_step_ins))


def publishable(round: Round) -> Publishable:
    """Return what a publication says of a round's estimates (公示与内部的推断), without rows before there are results.

    A task may be spoken of in public when its list is public and enough of its drawn units have a result: the rule
    shared/estimate_publication, as known today.
    """
    if results_of(round).empty:
        return Publishable(inside=LINES.empty(), public=LINES.empty(), rule=None)
    found, law = returned(round, round.tasks), publication_law(round)
    rule = None if RULE in law.missing() else law.value(RULE)
    ready = [] if rule is None else [one for one in found if _may_be_told(round, one, rule)]
    public = public_lines(estimate_lines(ready), rule) if ready and rule is not None else LINES.empty()
    return Publishable(inside=estimate_lines(found), public=public, rule=rule)


def _may_be_told(round: Round, one: Returned, rule: Mapping[str, Any]) -> bool:
    disclosed = one.sample.task_id in round.read(files.RESULT).lists
    reported = int(np.count_nonzero(one.outcome != ""))
    return disclosed and reported >= parse_share(str(rule["least_reported"])) * len(one.outcome)


def publication_law(round: Round) -> Law:
    """Return the law of today (公示时有效的规则): what may be published is not what was so at the commitment."""
    return round.city.rules.on(today_of(round, results_of(round)))


def returned(round: Round, tasks: Sequence[Task], *, with_step_ins: bool = False) -> list[Returned]:
    """Return the tasks' samples with what came back of them (样本与结果), by task_id."""
    results, chosen = results_of(round), chosen_units(round)
    out = [(one.task_id, one.out) for one in step_ins(round)]
    replaced = pd.DataFrame(out, columns=["task_id", "unit_id"], dtype="str")
    by_item = item_outcomes(results, tasks=tasks, chosen=chosen, replaced=replaced, codes=round.code_lists)
    by_unit = unit_outcomes(by_item, tasks=tasks, chosen=chosen, due=expected(round))
    groups = _groups(round, chosen["unit_id"])
    stepped = {(one.task_id, one.stepped_in) for one in step_ins(round)} if with_step_ins else set()
    group_of = {entry.task_id: entry.group for entry in round.read(files.COMMITMENT).tasks}
    found = []
    for number, task in enumerate(tasks):
        round.city.progress("month.estimates", number, len(tasks))
        frame, strata = frozen_rows(round, task.task_id)
        sample = task_sample(
            task_id=task.task_id,
            group=group_of[task.task_id],
            frame=frame,
            strata=strata,
            order=round.read(files.ORDER, task=task.task_id),
            stepped_in=[unit for name, unit in stepped if name == task.task_id and unit],
        )
        mine = by_item[by_item["task_id"] == task.task_id]
        of_task = by_unit[by_unit["task_id"] == task.task_id]
        found.append(
            Returned(
                sample=sample,
                outcome=_along(sample.unit_id, of_task, "outcome"),
                groups={name: _along(sample.unit_id, groups, name) for name in groups.columns.drop("unit_id")},
                items={item: _along(sample.unit_id, mine[mine["item_id"] == item], "outcome") for item in task.items},
            )
        )
    return found


def _groups(round: Round, units: pd.Series[Any]) -> pd.DataFrame:
    """Class, district and section of industry of some units, as the round was drawn with; "" where it is not said."""
    found = units_of(round, units, ["region"])
    industry = round.register("entities", ["unit_id", "industry"], of=set(units))
    classes = round.table(files.SCORES, ["unit_id", "class"])
    for part in (industry, classes):
        found = found.merge(part[part["unit_id"].isin(units)], on="unit_id", how="left")
    found["industry"] = found["industry"].astype("str").str[:1].str.upper()
    known = found["industry"].isin(round.code_lists.codes("industry"))
    return found.assign(industry=found["industry"].where(known, ""))


def _along(units: pd.Index[str], rows: pd.DataFrame, column: str) -> npt.NDArray[np.str_]:
    """A column by the units of a sample, "" where it has none."""
    found = rows.drop_duplicates("unit_id").set_index("unit_id")[column].reindex(units)
    return found.astype("str").fillna("").to_numpy(dtype=np.str_)


def named(round: Round, lines: pd.DataFrame, lang: str = "zh") -> list[str]:
    """Return what each line is about in words (各行名称)."""
    tasks = {task.task_id: task.name for task in round.tasks}
    lists = round.code_lists
    found = []
    for kind, key in zip(lines["kind"], lines["key"], strict=True):
        if kind == "all":
            found.append(say("notice.estimate.all", lang))
        elif kind == "task":
            found.append(f"{key} {tasks[key]}")
        elif kind == "item":
            found.append(round.items[key].name)
        elif not key:
            found.append(say("notice.estimate.unsaid", lang))
        else:
            found.append(lists.label(kind, key, lang) if kind != "class" else key)
    return found
