"""Figures and page of the lottery's report (人员抽取报告的数据与页面), as they stand in the audit bundle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from functools import partial
from typing import Any

import pandas as pd

from supervision.month import round_files as files
from supervision.month.office_counts import office_counts
from supervision.month.page_heading import heading
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.notice.lottery_page import lottery_page
from supervision.results.oversight import with_shares
from supervision.sampling.inspectors.lottery_report import DAYS, PAIRS, PEOPLE, LotteryReport, lottery_report

SEEDS, FEW_SEEDS = 10_000, 300
PLACES_DRAWN = 7_500_000  # places filled over all seeds: a quarter of a minute of processor time
PROCESSES = 2
PAGE = "lottery_report.html"
TABLES = {"days": DAYS, "people": PEOPLE, "pairs": PAIRS}


def usual_seeds(places: int) -> int:
    """Return how many seeds `publish` simulates for a calendar of so many places (默认模拟次数).

    A full city's month has ten times the places of a usual one, and publication waits for the report: fewer seeds.
    """
    return max(FEW_SEEDS, min(SEEDS, PLACES_DRAWN // max(1, places)))


def keep_lottery_figures(round: Round, *, seeds: int | None = None) -> dict[str, Any]:
    """Draw the round's first calendar again with simulated seeds and keep the figures (模拟并保存人员抽取数据).

    `seeds`: how many, `usual_seeds` of the calendar's places when none is given. The numbers follow from the roster
    commitment: the same round and number of seeds give the same figures.
    """
    draw_again = _drawing(round, seeds)
    return _keep(round, draw_again(progress=lambda done, total: round.city.progress("month.simulated", done, total)))


@contextmanager
def lottery_figures_beside(round: Round) -> Iterator[Callable[[], dict[str, Any]]]:
    """Draw again as `keep_lottery_figures` does while the block does other work (旁置模拟).

    Given is what waits for the figures, keeps and returns them. While they are in the making nothing is read from the
    store for them, and nothing is shown: progress is that of the block.
    """
    draw_again = _drawing(round, None)
    with ThreadPoolExecutor(1) as pool:
        made = pool.submit(copy_context().run, partial(draw_again, progress=lambda *_: None))

        def keep() -> dict[str, Any]:
            round.city.progress("month.simulated", 0, 0)
            return _keep(round, made.result())

        yield keep


def _drawing(round: Round, seeds: int | None) -> Callable[..., LotteryReport]:
    first = round.drawn_numbers[0]
    calendar = round.read(files.CALENDAR, first)
    return partial(
        lottery_report,
        calendar,
        round.read(files.ROSTER, first),
        round.read(files.RECUSALS, first),
        round.read(files.ASSIGNMENTS, first),
        commitment2=round.read(files.ROSTER_COMMITMENT, first).digest,
        seeds=seeds or usual_seeds(len(calendar)),
        processes=PROCESSES,
    )


def _keep(round: Round, made: LotteryReport) -> dict[str, Any]:
    tables = {name: getattr(made, name)[table.names].to_numpy().tolist() for name, table in TABLES.items()}
    found: dict[str, Any] = {"seeds": made.seeds, **tables}
    with round.save(Step.REPORT_LOTTERY) as saving:
        saving.put(files.LOTTERY_FIGURES, found)
    return found


def lottery_files(round: Round) -> dict[str, bytes]:
    """Return the page of the lottery's report (人员抽取报告页), none before inspectors are drawn.

    What offices did otherwise than drawn grows with the results, so the page is made anew for each publication.
    """
    if not round.holds(files.LOTTERY_FIGURES):
        return {}
    found = round.read(files.LOTTERY_FIGURES)
    page = lottery_page(
        heading(round),
        seeds=found["seeds"],
        oversight=office_counts(round),
        abandoned=with_shares(_abandoned(round)),
        **{name: table.frame(found[name]) for name, table in TABLES.items()},
    )
    return {PAGE: page}


def _abandoned(round: Round) -> pd.DataFrame:
    """Of the agency's real commitments up to this round, how many were given up: kind, number, of."""
    own = round.read(files.COMMITMENT).sequence
    real = [other for other in round.city.rounds() if not other.is_rehearsal and other.has(Step.COMMIT)]
    known = [other for other in real if other.read(files.COMMITMENT).sequence <= own]
    kinds = {"abandoned": (Step.ABANDON, Step.COMMIT), "abandoned_roster": (Step.ABANDON_ROSTER, Step.ROSTER)}
    rows = [(kind, *(sum(one.count(step) for one in known) for step in steps)) for kind, steps in kinds.items()]
    return pd.DataFrame(rows, columns=["kind", "number", "of"])
