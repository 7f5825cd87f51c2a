"""Doors that off-site checks avoid (少上门户数), and what they find beside their on-site control."""

from __future__ import annotations

from typing import Any

import pandas as pd

from supervision.messages import Message
from supervision.month.calendars import chosen_units
from supervision.month.off_site_duties import off_site_duties
from supervision.month.off_site_tasks import off_site_tasks, visited, visited_tasks
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.sampling.estimates.control import compared

PERCENT = ("share", "low", "high", "control_share", "control_low", "control_high")
APART = ("difference", "difference_low", "difference_high")


def doors_avoided(round: Round) -> tuple[int, int]:
    """Return how many units are checked off site (非现场检查户数), and how many of them nobody visits (少上门户数)."""
    units = set(off_site_duties(round)["unit_id"])
    met = set(visited(chosen_units(round), visited_tasks(round))["unit_id"])
    return len(units), len(units - met)


def say_expected(round: Round, every: pd.DataFrame, report: Report) -> None:
    """Say how many off-site checks a round's draw would bring, and how many doors it avoids (预估非现场检查).

    `every`: task_id, unit_id, probability of all tasks. Nothing is said of a round without an off-site task.
    """
    without = off_site_tasks(round)
    if not without:
        return
    groups = {task.task_id: task.number_group for task in round.tasks}
    papers = every["task_id"].isin(list(without)).to_numpy()
    rows = every.assign(
        group=every["task_id"].map(groups),
        papers=every["probability"].where(papers, 0.0),
        doors=every["probability"].where(~papers, 0.0),
    )
    checks, avoided = expected_doors(rows)
    report.facts |= {"expected_off_site": to_tenths(checks), "expected_avoided": to_tenths(avoided)}
    report.say("month.preview_off_site", checks=checks, avoided=avoided)


def expected_doors(rows: pd.DataFrame) -> tuple[float, float]:
    """Return how many units are expected to be checked off site, and how many of them nobody visits (期望户数).

    `rows`: unit_id, group, and the chances `papers` and `doors` of each task. Tasks of one group share their numbers,
    so that the greatest chance of a group takes in the others; groups are independent.
    """
    spared = rows.groupby(["unit_id", "group"])[["papers", "doors", "probability"]].max()
    spared = (1.0 - spared).groupby(level="unit_id").prod()
    checks = float((1.0 - spared["papers"]).sum())
    return checks, float((spared["doors"] - spared["probability"]).sum())


def say_planned(round: Round, report: Report) -> None:
    """Say what is checked off site, and by when enterprises correct themselves (非现场检查安排), where anything is."""
    duties = off_site_duties(round)
    if duties.empty:
        return
    checks, avoided = doors_avoided(round)
    days = sorted(duties["correct_by"])
    report.facts["off_site"] = duties.to_dict("records")
    said = "–".join(str(day) for day in dict.fromkeys((days[0], days[-1])))  # one day is said once
    report.say("month.off_site_planned", checks=checks, avoided=avoided, days=said)


def to_tenths(number: float) -> float:
    """Return a number as reports have it (一位小数)."""
    return float(f"{number:.1f}")


def say_controls(round: Round, lines: pd.DataFrame, report: Report) -> None:
    """Say how many doors were avoided, and what each check found off site beside its control (非现场成效).

    `lines`: the estimates that may be told; a pair of which one may not is left out.
    """
    checks, avoided = doors_avoided(round)
    if not checks:
        return
    pairs = [(task.control_of, task.task_id) for task in round.tasks if task.control_of]
    table = compared(lines, pairs)
    rows = [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]
    report.facts["off_site"] = {"checks": checks, "avoided": avoided, "controls": rows}
    report.say("month.off_site_doors", checks=checks, avoided=avoided)
    for row in rows:
        report.lines.append(_line(row))


def _line(row: dict[str, Any]) -> Message:
    told = {name: row[name] for name in ("task", "control", "reported", "found", "control_reported", "control_found")}
    if pd.isna(row["difference"]):
        return Message.of("month.off_site_no_control", **told)
    figures = {name: 100 * row[name] for name in (*PERCENT, *APART)}
    return Message.of("month.off_site_control", **told, **figures)
