"""多轮的链 (chains of rounds): months one after the other, abandoned rounds, extra rounds, supplements."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from second_reader.encoding import later, moment

from protocol_rounds import afterwards as after
from protocol_rounds.bureau import Bureau, Tap
from protocol_rounds.lotteries import dlt, pl5, ssq
from protocol_rounds.round import Round
from protocol_rounds.scenarios import absent, start
from protocol_rounds.worlds import FIRE, OPEN, Plan

TWO = (replace(FIRE, group="task.fire-01"), OPEN)


def moved(plan: Plan, task_id: str, items: tuple[str, ...], prefix: str = "") -> Plan:
    """Return a plan of another task; a prefix gives it other units."""
    units = tuple((f"{prefix}{unit_id}", key, x) for unit_id, key, x in plan.units)
    excluded = tuple((f"{prefix}{unit_id}", reason, rule) for unit_id, reason, rule in plan.excluded)
    return replace(plan, task_id=task_id, items=items, group=f"task.{task_id}", units=units, excluded=excluded)


def days_after(at: str, count: int = 9) -> list[str]:
    """Return the days from two days after a time."""
    return [str(moment(at, "at").date() + timedelta(days=number)) for number in range(2, 2 + count)]


def events(at: str, mark: str) -> list[dict]:
    """Return sources three and four days after a commitment."""
    return dlt(later(at, days=3), f"a{mark}") + ssq(later(at, days=4), f"b{mark}")


def commit(
    bureau: Bureau,
    round_id: str,
    at: str,
    plans: tuple[Plan, ...] = TWO,
    cause: str | None = None,
    digest: str = "sha256",
) -> Round:
    """Commit a round and anchor it."""
    start(bureau, round_id, later(at, hours=-15))
    one = Round(bureau, round_id, digest)
    one.commit(at, plans, events(at, round_id), str(moment(at, "at").date() - timedelta(days=1)), cause)
    after.anchor(one, later(at, minutes=30), "supervisor")
    return one


def draw(one: Round) -> str:
    """Draw the lists when the last source has been held; return that time."""
    at = later(one.content["sources"][-1]["at"], minutes=10)
    one.draw(at)
    return at


def commit_people(one: Round, at: str, mark: str, rows: list[dict] | None = None, first: bool = True, **given) -> str:
    """Commit calendar and roster, with an anchor; return the time of the last source."""
    at = later(at, hours=1)
    sources = pl5(later(at, days=1, hours=2), f"c{mark}") + ssq(later(at, days=1, hours=2), f"d{mark}")
    days = days_after(sources[-1]["at"])
    unheld = {"unheld": one.unheld_rows(one.units_to_visit())} if first else {}
    one.commit_roster(at, sources, one.calendar(days) if rows is None else rows, **unheld, **given)
    after.anchor(one, later(at, minutes=10), "newspaper", "roster_commitment")
    return sources[-1]["at"]


def match(one: Round) -> str:
    """Draw the people ten minutes after the last source; return that time."""
    at = later(one.seconds[-1]["sources"][-1]["at"], minutes=10)
    one.match(at)
    return at


def whole(
    bureau: Bureau,
    round_id: str,
    at: str,
    plans: tuple[Plan, ...] = TWO,
    cause: str | None = None,
    digest: str = "sha256",
) -> str:
    """Play a round from commitment to publication; return the time of its end."""
    one = commit(bureau, round_id, at, plans, cause, digest)
    now = draw(one)
    commit_people(one, now, round_id)
    now = match(one)
    after.publish(one, later(now, hours=1))
    return later(now, hours=1)


def three_months(taps: dict[str, Tap] | None = None) -> Bureau:
    """Return three finished rounds of one agency from its first commitment on."""
    bureau = Bureau(taps)
    whole(bureau, "2026-10", "2026-09-24T09:00:00+08:00")
    whole(bureau, "2026-11", "2026-10-25T09:00:00+08:00")
    whole(bureau, "2026-12", "2026-11-24T09:00:00+08:00")
    return bureau


def overlapping(taps: dict[str, Tap] | None = None) -> Bureau:
    """Return a round and an extra one, committed between the first one's draw and its roster draw."""
    bureau = Bureau(taps)
    one = commit(bureau, "2026-11", "2026-10-24T09:00:00+08:00")
    now = draw(one)
    other = (moved(FIRE, "gas-01", ("gas",), "gas."),)
    two = commit(bureau, "2026-11-b", later(now, days=1), other, "专项任务")
    commit_people(one, later(now, days=1, hours=1), "2026-11")
    now = match(one)
    after.publish(one, later(now, hours=1))
    now = draw(two)
    commit_people(two, now, "2026-11-b")
    now = match(two)
    after.publish(two, later(now, hours=1))
    return bureau


def abandoned_before(taps: dict[str, Tap] | None = None, hours: int = 20) -> Bureau:
    """Return a round abandoned before its first source, and the extra round that replaces it."""
    bureau = Bureau(taps)
    at = "2026-11-24T09:00:00+08:00"
    one = commit(bureau, "2026-12", at)
    after.abandon(one, later(at, hours=hours), "名录有误，重新准备")
    after.publish(one, later(at, hours=hours + 1))
    whole(bureau, "2026-12-b", later(at, days=4), TWO, "十二月轮次已中止")
    return bureau


def abandoned_cancelled(taps: dict[str, Tap] | None = None, anchored: bool = True) -> Bureau:
    """Return a round abandoned because the organiser cancelled its last source, and its replacement."""
    bureau = Bureau(taps)
    at = "2026-11-24T09:00:00+08:00"
    one = commit(bureau, "2026-12", at)
    digest = after.abandon(one, later(at, days=2), "the organiser cancelled the issue", "ssq-red")
    if anchored:
        after.anchor(one, later(at, days=2, minutes=10), "newspaper", "abandoned", digest)
    after.publish(one, later(at, days=2, hours=1))
    whole(bureau, "2026-12-b", later(at, days=5), TWO, "开奖取消")
    return bureau


def roster_made_again(taps: dict[str, Tap] | None = None, anchored: bool = True) -> Bureau:
    """Return a round whose first roster commitment was abandoned because its source was cancelled."""
    one, now = roster_made_again_unpublished(taps, anchored)
    after.publish(one, later(now, hours=1))
    return one.bureau


def roster_made_again_unpublished(taps: dict[str, Tap] | None = None, anchored: bool = True) -> tuple[Round, str]:
    """Return that round before its publication, and the time of its match."""
    bureau = Bureau(taps)
    one = commit(bureau, "2026-12", "2026-11-24T09:00:00+08:00")
    now = draw(one)
    last = commit_people(one, now, "first")
    at = later(last, hours=-10)
    digest = after.abandon(one, at, "开奖取消", "ssq-red", number=1)
    if anchored:
        after.anchor(one, later(at, minutes=10), "newspaper", "abandoned", digest)
    commit_people(one, later(at, hours=1), "again", roster=absent(one, "F1-4", days_after(last)[0] + "T2"))
    return one, match(one)


def roster_given_up() -> Bureau:
    """Return a round whose roster commitment was abandoned, published before there is another calendar."""
    bureau = Bureau(None)
    one = commit(bureau, "2026-12", "2026-11-24T09:00:00+08:00")
    at = later(commit_people(one, draw(one), "first"), hours=-10)
    digest = after.abandon(one, at, "开奖取消", "ssq-red", number=1)
    after.anchor(one, later(at, minutes=10), "newspaper", "abandoned", digest)
    after.publish(one, later(at, hours=1))
    return bureau


def matched(taps: dict[str, Tap] | None = None) -> tuple[Round, str]:
    """Return a round after its first roster draw, and the time of that."""
    one = commit(Bureau(taps), "2026-12", "2026-11-24T09:00:00+08:00")
    commit_people(one, draw(one), "0")
    return one, match(one)


def free_out(one: Round) -> str:
    """Return a drawn unit that has not been replaced and in whose stratum a reserve is left."""
    lists = one.lists["fire-01"]
    gone, used = [step["out"] for step in one.stepins], [step["in"] for step in one.stepins]
    for unit_id in lists.drawn:
        left = set(lists.reserve[after.stratum_of(one, "fire-01", unit_id)]) - set(used)
        if unit_id not in gone and left:
            return unit_id
    return lists.drawn[0]


def supplements(taps: dict[str, Tap] | None = None, count: int = 2, first: Any = matched) -> Bureau:
    """Return a round with supplements: each time one unit steps in and gets a visit."""
    one, now = first(taps)
    for number in range(1, count + 1):
        out = free_out(one)
        now = later(now, hours=1)
        new = after.step_in(one, now, "fire-01", out)
        day = days_after(later(now, days=2), 3)[-1]
        commit_people(one, now, str(number), one.seats(f"{new}~1", ["fire-01"], day, 1), first=False)
        now = match(one)
    after.publish(one, later(now, hours=1))
    return one.bureau
