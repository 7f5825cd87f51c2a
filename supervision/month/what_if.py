"""What if (假如规则不同): the same month under another rule, beside the month as it is; a table, and nothing else.

Nothing of it can become a draw, and nothing of a draw can be read from it:

- nothing is saved: both sides are computed in memory, and a step under assumed rules refuses to be saved;
- key and seed are made from the round's name alone, the same for both sides and for everybody who repeats it. They are
  never those of the round, not even after its draw: with the drawn seed a greater ratio would show the reserve, whom
  nobody may know before they step in, and a list could be tried under many rules until somebody likes it;
- no unit is named: a table of counts helps nobody to find out who is, or is not, on a list.

Expected figures are those of all seeds together; the calendar is that of one seed, in which the two sides differ by the
rule and not by luck.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from supervision.canonical import digest
from supervision.directory.roster import half_days_of
from supervision.domain.items import only_halves
from supervision.errors import UsageError
from supervision.law.assumed import Assumption, assume, differences, overlaid
from supervision.law.rules import Rules
from supervision.messages import Message
from supervision.month.assessing import assessed, cards_of, made_card
from supervision.month.assumed_round import AssumedRound, of_registers
from supervision.month.field_classes import of_fields
from supervision.month.frames import built_frames, kept_in_year
from supervision.month.off_site_tasks import visited, visited_tasks
from supervision.month.office_loads import expected_loads
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import COMMITMENT, PROFESSIONAL, SCORES, Step
from supervision.month.round_people import half_days, people
from supervision.planner.plan import Budget
from supervision.planner.visits.demand import Inputs
from supervision.risk.cards import Cards
from supervision.sampling.bytes.unit_numbers import Secret
from supervision.sampling.drawing import draw
from supervision.sampling.frame.expected_draw import chances
from supervision.sampling.frame.frame import Frame
from supervision.sampling.protocol.frozen_frames import commit_frames
from supervision.store.shipped_files import folder_rules

BUDGET = Budget(processes=2)
CAP = "cap"
FOR_CARD = frozenset(
    {
        "shared/expert_card",
        "shared/industry_card",
        "shared/licence_needed",
        "shared/objection",
        "shared/outcome_minimum",
        "shared/record_use",
    }
)
FOR_CLASSES = FOR_CARD | {
    "shared/class_change",
    "shared/class_override",
    "shared/risk_cutoff",
    "shared/professional_class",
    "market/food_class",
    "market/device_class",
    "ecology/credit_class",
}
WHOLE = ("framed", "capped", "drawn", "duties", "held", "unheld", "doors", "overloaded")  # the others have decimals
PARTS = {"capped": "capped_by_rule", "coverage": "coverage_by_class"}


@dataclass(frozen=True, kw_only=True)
class Side:
    """One side of the comparison (一方): its round and frames, everybody's scores, the cards that gave them."""

    round: Round
    frames: Sequence[Frame]
    scores: pd.DataFrame
    cards: Cards


def what_if(round: Round, *, assumptions: Sequence[str], folder: Path | None = None) -> Report:
    """Compare a scored round with itself under assumed rules (假如规则不同).

    `assumptions`: `PATH=VALUE` or `PATH.FIELD=VALUE`; `folder`: rule files, each in the place of the city's own.
    """
    round.need(Step.SCORE, "score")
    given = [Assumption.parse(text) for text in assumptions]
    own = [one for one in given if of_registers(one)]
    rules = _assumed(round, [one for one in given if not of_registers(one)], folder)
    changed = differences(round.law, rules.on(round.law.on))
    if not (changed or own):
        raise UsageError("month.what_if_same", round=round.id)
    paths = {then.path for _, then in changed}
    now, then = _side(round, round.rules, paths), _side(round, rules, paths, own)
    report = Report(facts={"round": round.id, "rehearsal": round.is_rehearsal})
    rows: list[dict[str, Any]] = []
    for one in own:
        rows.append({"rule": f"{one.path}.{one.field}", "assumed": one.value})
        report.say("month.what_if_own", rule=f"{one.path}.{one.field}", then=one.value)
    for was, entry in changed:
        rows.append({"rule": entry.path, "is": was.value if was else None, "assumed": entry.value})
        title = round.law.rules[entry.path].title
        value: object = was.value if was else Message.of("month.what_if_unset")
        report.say("month.what_if_rule", rule=entry.path, title=title, now=value, then=entry.value)
    figures = {"is": _figures(now), "assumed": _figures(then)}
    report.facts |= {"rules": rows, "figures": figures}
    _table(report, figures["is"], figures["assumed"])
    if figures["is"] == figures["assumed"]:
        report.say("month.what_if_alike")
    if figures["is"]["expected_finds"] is None:
        report.say("month.what_if_no_finds")
    _moved(report, round, now)
    report.say("month.what_if_not_a_draw")
    return report


def _assumed(round: Round, assumptions: Sequence[Assumption], folder: Path | None) -> Rules:
    rules = round.rules
    if folder is not None:
        shipped = {p.removeprefix("shipped/"): b for p, b in rules.files.items() if p.startswith("shipped/")}
        rules = overlaid(shipped, rules.city, folder_rules(folder))
    return assume(rules, assumptions, on=round.name.first_day)


def _side(round: Round, rules: Rules, changed: set[str], own: Sequence[Assumption] = ()) -> Side:
    """The frames of one side. Where the assumed rules change classes, both sides are classed anew."""
    here: Round = AssumedRound(round, rules, own)
    cards = made_card(here).cards if changed & FOR_CARD else cards_of(round)
    scores = assessed(here, cards) if changed & FOR_CLASSES else round.table(SCORES)
    if changed & FOR_CLASSES:
        here = AssumedRound(round, rules, own, {SCORES: scores, PROFESSIONAL: of_fields(here, scores)})
    return Side(round=here, frames=kept_in_year(here, built_frames(here)), scores=scores, cards=cards)


def _figures(side: Side) -> dict[str, Any]:
    """What one side comes to; expected figures are float, None where nobody can know them."""
    found = chances(side.frames)
    known = side.scores.set_index("unit_id")[["class", "score"]]
    found = found.join(known, on="unit_id")
    out = pd.concat([frame.excluded.astype({"reason": "str", "rule": "str"}) for frame in side.frames])
    capped = out[out["reason"] == CAP]
    by_rule = capped.groupby("rule")["unit_id"].nunique()
    by_class = found.groupby("class")["probability"].mean()
    figures: dict[str, Any] = {
        "framed": len(found),
        "capped": int(capped["unit_id"].nunique()),
        "expected_visited": float(found["probability"].sum()),
        "coverage": float(found["probability"].mean()),
        "expected_finds": _finds(side.cards, found),
        "coverage_by_class": {str(name): float(share) for name, share in by_class.items()},
        "capped_by_rule": {str(name): int(many) for name, many in by_rule.items()},
    }
    return figures | _loads(side) | _one_draw(side)


def _finds(cards: Cards, found: pd.DataFrame) -> float | None:
    """Expected units with a problem; an expert card does not know how likely one is."""
    if not cards.general.found:
        return None
    likely = cards.probability(found["score"].to_numpy(dtype="int16"))
    return float((found["probability"].to_numpy() * likely).sum())


def _loads(side: Side) -> dict[str, Any]:
    """The load that the side would bring to offices, as `preview` has it."""
    round, tasks = side.round, visited_tasks(side.round)
    every = pd.concat([f.inclusion().assign(task_id=f.task.task_id) for f in side.frames], ignore_index=True)
    joined = visited(every, tasks)
    units = _units(round, joined["unit_id"], ["region"])
    table = expected_loads(round, joined, tasks, units=units, on=round.evidence_day)
    return {"overloaded": int(table.loc[table["over"], "office"].nunique())}


def _one_draw(side: Side) -> dict[str, Any]:
    """One draw by the public key and seed of what-if, and its calendar: doors, duties held and not held."""
    round = side.round
    key, seed = (digest(round.hash_name, f"what-if|{word}|{round.id}".encode()) for word in ("key", "seed"))
    secret = Secret(frame_key=key, round_id=round.id, hash_name=round.hash_name)
    lists = draw(commit_frames(side.frames, secret), seed1=seed, round_id=round.id, hash_name=round.hash_name)
    pairs = [(name, unit) for name, one in sorted(lists.items()) for unit in one.drawn]
    drawn = pd.DataFrame(pairs, columns=["task_id", "unit_id"]).astype("str")
    tasks = visited_tasks(round)
    doors = visited(drawn, tasks)
    units = _units(round, drawn["unit_id"], ["region", "street"])
    ties = [tie.hex() for tie in secret.ties(units["unit_id"], seed1=seed)]
    roster, recused = people(round, on=round.evidence_day)
    away = half_days_of(round.register("blocked"), "unit_id", start=round.name.first_day, end=round.name.last_day)
    blocked = [" ".join(sorted(away.get(unit, ()))) for unit in units["unit_id"]]
    given = Inputs(
        drawn=doors,
        tasks=tasks,
        items=round.items,
        offices=round.offices,
        units=units.assign(
            tie=pd.Series(ties, index=units.index, dtype="str"),
            blocked=pd.Series(blocked, index=units.index, dtype="str"),
        ),
        roster=roster,
        half_days=half_days(round, round.working_days(round.evidence_day)),
        least=int(round.law.value("shared/minimum_inspectors")),
        recusals=recused,
        halves=only_halves(round.items),
    )
    from supervision.planner.solver.calendar import solve  # ortools takes a second to load

    progress = round.city.progress
    made = solve(given, budget=BUDGET, progress=lambda done, total: progress("month.plan", done, total))
    total: Any = made.certificate["total"]
    return {
        "drawn": int(drawn["unit_id"].nunique()),
        "duties": int(total["duties"]),
        "held": int(total["held"]),
        "unheld": len(made.unheld),
        "doors": int(total["doors"]),
    }


def _units(round: Round, wanted: pd.Series[Any], columns: list[str]) -> pd.DataFrame:
    """Columns of units as known on the evidence day: other rules may frame units that the commitment does not."""
    table = round.register("entities", ["unit_id", *columns])
    return table[table["unit_id"].isin(wanted)].reset_index(drop=True)


def _table(report: Report, now: dict[str, Any], then: dict[str, Any]) -> None:
    """Say both sides line by line, with the difference; what a cap or a class has of a figure stands below it."""
    report.say("month.what_if_head")
    for name, was in now.items():
        if isinstance(was, dict):
            continue
        _line(report, Message.of(f"month.what_if_{name}"), name, was, then[name])
        part = PARTS.get(name, "")
        for own in sorted({**now.get(part, {}), **then.get(part, {})}):
            none = 0 if name in WHOLE else None
            sides = (side[part].get(own, none) for side in (now, then))
            _line(report, Message.of(f"month.what_if_{part}", name=own), name, *sides)


def _line(report: Report, label: Message, name: str, was: float | None, will: float | None) -> None:
    difference = None if was is None or will is None else will - was
    told = {"now": _said(name, was), "then": _said(name, will), "difference": _said(name, difference, sign="+")}
    report.say("month.what_if_line", label=label, **told)


def _said(name: str, value: float | None, sign: str = "") -> str:
    if value is None:
        return "–"
    if name in WHOLE:
        return format(value, f"{sign},d")
    return format(value, f"{sign}z.2%" if name == "coverage" else f"{sign}z,.1f")  # z: no negative zero


def _moved(report: Report, round: Round, now: Side) -> None:
    """Say where the round as computed today is not the one that was committed."""
    if not round.has(Step.COMMIT):
        return
    committed = sum(task.sample for task in round.read(COMMITMENT).tasks)
    today = sum(int(frame.strata["sample"].sum()) for frame in now.frames)
    report.facts["committed_sample"] = committed
    if today != committed:
        report.say("month.what_if_moved", committed=committed, today=today)
