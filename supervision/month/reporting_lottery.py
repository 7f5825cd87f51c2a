"""Report of the lottery (人员抽取报告): a page of the audit bundle, from as many simulated seeds as wished."""

from __future__ import annotations

from supervision.errors import UsageError
from supervision.month import round_files as files
from supervision.month.page_heading import heading
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.notice.lottery_page import lottery_page
from supervision.sampling.inspectors.lottery_report import lottery_report

SEEDS = 10_000


def report_lottery(round: Round, *, seeds: int = SEEDS) -> Report:
    """Draw the first calendar again with simulated seeds and keep the report for the audit bundle (人员抽取报告).

    The seeds follow from the roster commitment: the same round and number give the same page. The next publication
    lists it.
    """
    round.need(Step.MATCH, "match")
    if seeds < 1:
        raise UsageError("month.lottery_seeds", seeds=seeds)
    found = lottery_report(
        round.read(files.CALENDAR),
        round.read(files.ROSTER),
        round.read(files.RECUSALS),
        round.read(files.ASSIGNMENTS),
        commitment2=round.read(files.ROSTER_COMMITMENT).digest,
        seeds=seeds,
        hash_name=round.hash_name,
        progress=lambda done, total: round.city.progress("month.simulated", done, total),
    )
    page = lottery_page(heading(round), seeds=found.seeds, days=found.days, people=found.people, pairs=found.pairs)
    with round.save(Step.REPORT_LOTTERY) as saving:
        saving.put_bytes(files.LOTTERY_REPORT, page)
    few = int(found.days["few"].sum())
    report = Report(facts={"seeds": seeds, "few_candidates": few, "repeated_pairs": len(found.pairs)})
    name = files.LOTTERY_REPORT.rpartition("/")[2]
    days, pairs = len(found.days), len(found.pairs)
    report.say("month.lottery_report", round=round.id, seeds=seeds, days=days, few=few, pairs=pairs, file=name)
    return report
