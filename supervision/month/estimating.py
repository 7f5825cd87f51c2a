"""Estimates of a round (抽查推断): what the sample says about the frame, for people inside and in public words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from supervision.messages import Label, Message
from supervision.month.off_site_figures import say_controls
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_estimates import RULE, estimated, named, publication_law
from supervision.notice.estimate_content import public_lines


def estimate(round: Round, *, task: str | None = None, internal: bool = False, with_step_ins: bool = False) -> Report:
    """Say what share of the frame has a problem (问题发现率推断) with its limits, of the city, tasks, districts, items.

    Figures by class, standard errors, effective sizes and small groups are said with `internal` alone; without it only
    what the rule shared/estimate_publication allows in public. How many drawn units have no result yet is said first.
    """
    lines = estimated(round, task=task, with_step_ins=with_step_ins)
    whole = lines[lines["kind"] == "all"].iloc[0]
    missing = int(whole["drawn"] - whole["reported"])
    kept = lines if internal else public_lines(lines, publication_law(round).value(RULE))
    report = Report(facts={"drawn": int(whole["drawn"]), "missing": missing, "lines": _plain(kept)})
    report.say("month.estimate_base", drawn=int(whole["drawn"]), reported=int(whole["reported"]), missing=missing)
    if not internal:
        report.say("month.estimate_left_out", count=len(lines) - len(kept))
    for row, zh, en in zip(kept.to_dict("records"), named(round, kept), named(round, kept, "en"), strict=True):
        _say(report, row, Label(zh, en), internal=internal)
    if task is None:
        say_controls(round, kept, report)
    return report


def _say(report: Report, row: dict[Any, Any], name: Label, *, internal: bool) -> None:
    kind = Message.of(f"notice.estimate.kind.{row['kind']}")
    if not row["reported"]:
        report.say("month.estimate_none", kind=kind, name=name, drawn=row["drawn"])
        return
    figures = {part: 100 * row[part] for part in ("share", "low", "high", "could_not_share")}
    report.say("month.estimate_line", kind=kind, name=name, reported=row["reported"], found=row["found"], **figures)
    if internal and pd.notna(row["standard_error"]):
        report.say("month.estimate_error", error=100 * row["standard_error"], effective=row["effective_units"])
    if internal and pd.notna(row["design_effect"]):
        report.say("month.estimate_design", design=row["design_effect"])
    if internal and row["kind"] == "task" and row["equal_found"] > 0:
        report.say(
            "month.estimate_yield",
            found=row["found"],
            equal=row["equal_found"],
            low=row["equal_low"],
            high=row["equal_high"],
            times=row["found"] / row["equal_found"],
        )


def _plain(lines: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in lines.to_dict("records")]
