"""Reasons (未安排原因): for each visit not held the one main reason, with figures, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from supervision.messages import say
from supervision.planner.cuts import Cut
from supervision.planner.district import District, Job
from supervision.planner.ledger import Ledger
from supervision.planner.safety import shortage


class Reason(NamedTuple):
    """Why a visit is not held (未安排原因): a code of the texts of each package/planner.py, office number and figures.

    `start` and `end` are slots, `slots` the number of half-days the figures speak of.
    """

    code: str
    office: int
    needed: int
    available: int
    start: int
    end: int
    slots: int


def reason(ledger: Ledger, number: int, bottlenecks: Sequence[Cut]) -> Reason:
    """Return the main reason for a job that is not held (主要原因).

    First an office that never has the people (the demand leaves such a job only by itself), then a window cut
    (`bottlenecks`, greatest excess first) over the job, then the office with the fewest half-days left.
    """
    district = ledger.district
    job = district.jobs[number]
    if not job.starts:
        return _never(district, job)
    for cut in bottlenecks:
        if number in cut.takes:
            return Reason("office_full", cut.office, cut.needed, cut.available, cut.start, cut.end, 0)
    free = {office: sum(_fits(ledger, number, office, slot) for slot in job.starts) for office in job.offices}
    office = min(free, key=lambda o: (free[o], o))
    return Reason("slots_taken", office, _people(job, office), free[office], *job.window, len(job.starts))


def _never(district: District, job: Job) -> Reason:
    slots = [s for s in district.grid.open if job.window[0] <= s <= job.window[1]]
    office = job.offices[0]
    mask = 0
    for o, group in job.groups:
        mask |= group.mask if o == office else 0
    most = max((district.crews[office].present[s] & mask).bit_count() for s in slots)
    return Reason("too_few_at_once", office, _people(job, office), most, *job.window, len(slots))


def _fits(ledger: Ledger, number: int, office: int, slot: int) -> bool:
    crew = ledger.district.crews[office]
    return shortage(crew, slot // 2, *ledger.places(office, slot // 2, (number, slot))) is None


def _people(job: Job, office: int) -> int:
    return sum(g.people for o, g in job.groups if o == office)


def words(code: str, figures: Mapping[str, object]) -> tuple[str, str]:
    """Return a reason in Chinese and English (原因文字)."""
    return say(f"planner.{code}", "zh", **figures), say(f"planner.{code}", "en", **figures)
