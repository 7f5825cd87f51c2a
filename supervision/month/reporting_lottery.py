"""Report of the lottery (人员抽取报告) with as many simulated seeds as wished; `publish` makes one by itself."""

from __future__ import annotations

from supervision.errors import UsageError
from supervision.month.lottery_figures import PAGE, TABLES, keep_lottery_figures
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import Step


def report_lottery(round: Round, *, seeds: int | None = None) -> Report:
    """Draw the first calendar again with simulated seeds and keep the figures for the audit bundle (人员抽取报告).

    The next publication makes the page of them.
    """
    round.need(Step.MATCH, "match")
    if seeds is not None and seeds < 1:
        raise UsageError("month.lottery_seeds", seeds=seeds)
    kept = keep_lottery_figures(round, seeds=seeds)
    days, pairs = (TABLES[name].frame(kept[name]) for name in ("days", "pairs"))
    few = int(days["few"].sum())
    report = Report(facts={"seeds": kept["seeds"], "few_candidates": few, "repeated_pairs": len(pairs)})
    report.say(
        "month.lottery_report",
        round=round.id,
        seeds=kept["seeds"],
        days=len(days),
        few=few,
        pairs=len(pairs),
        file=PAGE,
    )
    return report
