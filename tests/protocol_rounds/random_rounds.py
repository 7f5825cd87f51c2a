"""随机轮次 (random rounds): honest rounds with crowded days, leave, substitutes, moves and supplements, by number."""

import random
from dataclasses import replace

from second_reader.assignment import Holding
from second_reader.encoding import later

from protocol_rounds import afterwards as after
from protocol_rounds.cases import Case, honest
from protocol_rounds.lotteries import dlt, ssq
from protocol_rounds.round import Round
from protocol_rounds.scenarios import DAYS, END, LATER_MATCH, MATCH, ROSTER, drawn
from protocol_rounds.worlds import PLANS


def halves(dice: random.Random, days: list[str], count: int) -> list[str]:
    """Return some half-days of the days."""
    return sorted(dice.sample([f"{day}T{half}" for day in days for half in (1, 2)], count))


def people(dice: random.Random, one: Round) -> list[dict]:
    """Return a roster with limits, absences and scopes by chance."""
    rows = []
    for given in one.roster0:
        row = given | {"daily_limit": dice.choice(["1", "2", "2", "2"])}
        row["absent"] = " ".join(halves(dice, DAYS[:3], dice.choice([0, 0, 1, 2])))
        if row["office"] == "M1" and dice.random() < 0.4:
            row["scopes"] = dice.choice(["food", "market-a market-b", "*"])
        rows.append(row)
    return rows


def holders(one: Round) -> list[Holding]:
    """Return the places that somebody holds, in their order."""
    return sorted((hold for hold in one.book.held.values() if hold.inspector_id), key=lambda hold: hold.place.key)


def change(dice: random.Random, one: Round, now: str) -> None:
    """Make one change by chance: leave, a substitute, a move or a cancelled visit."""
    hold, turn = dice.choice(holders(one)), dice.random()
    visit_id = hold.place.visit_id
    if turn < 0.3:
        name = dice.choice(one.people)["inspector_id"]
        after.leave(one, now, name, halves(dice, DAYS[:3], 2))
    elif turn < 0.7 or visit_id in one.book.moved:
        after.substitute(one, now, *hold.place.key)
    elif turn < 0.9:
        whole = any(len(seat.place.half_days) == 2 for seat in one.book.seats(visit_id))
        after.move(one, now, visit_id, f"{dice.choice(DAYS[3:])}T{1 if whole else dice.choice([1, 2])}")
    else:
        after.cancel(one, now, visit_id)


def replace_unit(dice: random.Random, one: Round, now: str) -> None:
    """Let a unit of a list step in for one that is on it."""
    task_id = dice.choice(list(one.lists))
    steps = [step for step in one.stepins if step["task_id"] == task_id]
    gone = [step["out"] for step in steps]
    there = one.lists[task_id].drawn + [step["in"] for step in steps if step["in"]]
    after.step_in(one, now, task_id, dice.choice([unit_id for unit_id in there if unit_id not in gone]))


def supplement(dice: random.Random, one: Round, now: str) -> None:
    """Draw a supplement for all visits sent back and all units that stepped in without a visit."""
    rows = []
    for visit_id in sorted(one.book.sent_back):
        tasks = [name for name, lists in one.lists.items() if visit_id.rpartition("~")[0] in lists.drawn]
        rows += one.seats(visit_id, tasks, dice.choice(DAYS[4:]), dice.choice([1, 2]))
    visited = {place.unit_id for place in one.seconds[0]["places"]}
    out = {step["out"] for step in one.stepins}
    for step in one.stepins:
        if step["in"] and step["in"] not in visited | out:
            visited.add(step["in"])
            rows += one.seats(f"{step['in']}~1", [step["task_id"]], dice.choice(DAYS[4:]), 1)
    if not rows:
        return
    off: dict[str, set[str]] = {}
    for _, name, absent in one.book.leave:
        off.setdefault(name, set()).update(absent)
    roster = [
        row | {"absent": " ".join(sorted({*row["absent"].split(), *off.get(row["inspector_id"], set())}))}
        for row in one.people
    ]
    at = "2026-12-05T21:25:00+08:00"
    one.commit_roster(now, dlt(at, "r2") + ssq(at, "r2"), rows, roster=roster, recusals=one.seconds[0]["barred"])
    after.anchor(one, later(now, minutes=3), "supervisor", "roster_commitment")
    one.match(LATER_MATCH)


def story(number: int) -> Round:
    """Return the random round of a number."""
    dice = random.Random(number)
    plans = tuple(replace(plan, held=dice.choice([1, 5, 9, 25])) for plan in PLANS)
    one = drawn(plans=plans, digest=dice.choice(["sha256", "sm3"]))
    roster, days = people(dice, one), DAYS[: dice.choice([1, 2, 3])]
    rows = one.calendar([days[turn % len(days)] for turn in range(20)])
    units = sorted({row["visit_id"][:-2] for row in rows})
    pairs = {(dice.choice(roster)["inspector_id"], dice.choice(units)) for _ in range(dice.randrange(8))}
    barred = [{"inspector_id": name, "unit_id": unit_id, "ground": "relative"} for name, unit_id in sorted(pairs)]
    at = "2026-12-01T21:25:00+08:00"
    unheld = one.unheld_rows(one.units_to_visit())
    sources = dlt(at, f"r{number}") + ssq(at, "r1")
    one.commit_roster(ROSTER, sources, rows, roster=roster, recusals=barred, unheld=unheld)
    after.anchor(one, later(ROSTER, minutes=30), "newspaper", "roster_commitment")
    one.match(MATCH)
    now = "2026-12-02T08:00:00+08:00"
    for _ in range(dice.randrange(7)):
        now = later(now, minutes=7)
        if holders(one):
            change(dice, one, now)
    for _ in range(dice.randrange(3)):
        now = later(now, minutes=7)
        replace_unit(dice, one, now)
    if dice.random() < 0.8:
        supplement(dice, one, later(now, minutes=7))
    after.publish(one, END, "results added")
    return one


def cases() -> list[Case]:
    """Return twenty random rounds."""
    return [honest(f"random round {number}", lambda number=number: story(number)) for number in range(20)]
