"""The other rounds of the year (本年其他轮次): what they already ask of a unit, and what may not be drawn again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

import pandas as pd

from supervision.errors import SupervisionError, UsageError
from supervision.messages import Message
from supervision.month.calendars import standing
from supervision.month.change_effects import urgent_visits
from supervision.month.city import City
from supervision.month.handed_visits import handed_visits
from supervision.month.off_site_tasks import visited_tasks
from supervision.month.own_visits import same_visits
from supervision.month.round import Round
from supervision.month.round_files import COMMITMENT, DRAWN, ROSTER_COMMITMENT, TASK_FILE, Step
from supervision.sampling.frame.frame import Frame
from supervision.sampling.frame.past_visits import drawn_visits, planned_visits
from supervision.sampling.frame.yearly_limits import Earlier, Key
from supervision.sampling.protocol.commitment import Commitment
from supervision.sampling.protocol.roster_commitment import RosterCommitment

VISITS = ["unit_id", "agency", "item_id", "date", "kind", "visit_no", "on_site", "level", "place", "result", "known_on"]
SAME_MONTH = ["unit_id", "agency", "item_id", "kind"]


def others(round: Round, *, within: str) -> list[Round]:
    """Return other rounds of the same kind, real or rehearsed, that are committed and were not given up (其他轮次).

    `within` is what their names begin with: "2026" for the year, "2026-12" for the month.
    """
    return [
        other
        for other in round.city.rounds()
        if other.id != round.id
        and other.id.startswith(within)
        and other.is_rehearsal == round.is_rehearsal
        and other.has(Step.COMMIT)
        and not other.has(Step.ABANDON)
    ]


def drawn_rounds(city: City, *, rehearsal: bool) -> list[Round]:
    """Return the real rounds, or the rehearsed ones, that were drawn and not given up (已抽取的轮次), sorted."""
    return [
        round
        for round in city.rounds()
        if round.is_rehearsal == rehearsal and round.has(Step.DRAW) and not round.has(Step.ABANDON)
    ]


def with_pledged(round: Round, history: pd.DataFrame) -> pd.DataFrame:
    """Return history with visits of the year's other rounds that are not in it yet (含已安排未入库的检查), `VISITS`.

    Drawn units count from the draw on: a cap is kept even while results are still on their way. What another system
    already says of a planned visit is that visit, not a second one. Visits that a higher level handed down count alike.
    """
    handed = handed_visits(round.city, history, on=round.evidence_day, rehearsal=round.is_rehearsal)
    return pledged(others(round, within=f"{round.name.year:04}"), joined(history, handed), known_on=round.evidence_day)


def joined(history: pd.DataFrame, more: pd.DataFrame) -> pd.DataFrame:
    """Return history with more visits (合并检查记录), `VISITS`, in the dtypes of the history."""
    if more.empty:
        return history
    return pd.concat(
        [history[VISITS], more.reindex(columns=VISITS).astype(history[VISITS].dtypes.to_dict())], ignore_index=True
    )


def pledged(rounds: Collection[Round], history: pd.DataFrame, *, known_on: date) -> pd.DataFrame:
    """Return history with visits of some rounds that are not in it yet (历史与已安排的检查), `VISITS`."""
    parts = [history.iloc[:0][VISITS]]
    for other in rounds:
        if other.has(Step.PLAN):
            rows = planned_visits(standing(other), other.offices, other.items)
        elif other.has(Step.DRAW):
            rows = drawn_visits(other.table(DRAWN), list(visited_tasks(other).values()), other.items)
        else:
            continue
        rows = rows.assign(visit_no=other.id + "/" + rows["visit"], kind="routine", known_on=pd.Timestamp(known_on))
        held = history.loc[history["visit_no"].isin(rows["visit_no"]), ["visit_no", "agency"]]
        there = pd.MultiIndex.from_frame(rows[["visit_no", "agency"]]).isin(pd.MultiIndex.from_frame(held))
        parts.append(rows.loc[~there].reindex(columns=VISITS))
    coming = pd.concat(parts, ignore_index=True).astype(history[VISITS].dtypes.to_dict())
    others_say = same_visits(history, coming).notna().to_numpy()
    known = pd.concat([history.loc[~others_say, VISITS], coming], ignore_index=True)
    return joined(known, _urgent(rounds, history).assign(known_on=pd.Timestamp(known_on)))


def _urgent(rounds: Collection[Round], history: pd.DataFrame) -> pd.DataFrame:
    """Urgent visits of some rounds that no register has yet; one of the month, department and item is that visit."""
    parts = [urgent_visits(round) for round in rounds if round.has(Step.REPLAN)]
    if not any(len(part) for part in parts):
        return pd.DataFrame()
    found = pd.concat(parts, ignore_index=True)
    keys = [
        pd.MultiIndex.from_arrays([*(rows[name] for name in SAME_MONTH), rows["date"].dt.to_period("M")])
        for rows in (found, history[history["unit_id"].isin(found["unit_id"])])
    ]
    return found[~keys[0].isin(keys[1])].reset_index(drop=True)


def earlier_draws(round: Round, keys: Collection[Key]) -> dict[Key, Earlier]:
    """Return what the year's other rounds asked for some items (本年其他轮次抽取的事项), by item and level."""
    frames: dict[Key, list[pd.Series[str]]] = {}
    drawn: dict[Key, list[pd.Series[str]]] = {}
    pledged: Counter[Key] = Counter()
    for other in others(round, within=f"{round.name.year:04}"):
        lists = other.table(DRAWN) if other.has(Step.DRAW) else None
        samples = {task.task_id: task.sample for task in other.read(COMMITMENT).tasks}
        for task in other.tasks:
            own = [(item, task.level) for item in task.items if (item, task.level) in keys]
            if not own:
                continue
            units = _units_in(other, task.task_id, "frame.csv")
            for key in own:
                frames.setdefault(key, []).append(units)
                if lists is None:
                    pledged[key] += samples[task.task_id]
                else:
                    taken = (lists["task_id"] == task.task_id) & (lists["role"] == "drawn")
                    drawn.setdefault(key, []).append(lists.loc[taken, "unit_id"])
    empty = [pd.Series(dtype="str")]
    return {
        key: Earlier(
            directory=pd.concat(frames[key], ignore_index=True),
            drawn=pd.concat(drawn.get(key, empty), ignore_index=True),
            pledged=pledged[key],
        )
        for key in frames
    }


def refuse_repeated(round: Round, frames: Sequence[Frame]) -> None:
    """Refuse a task that frames a unit of this month again (同月重复抽取), protocol 3.

    Where two tasks share an item no unit may stand in the frames of both, however their conditions are worded.
    """
    for other in others(round, within=round.name.month):
        for task in other.tasks:
            framed: set[str] | None = None
            for frame in frames:
                if not set(task.items) & set(frame.task.items):
                    continue
                framed = _framed(other, task.task_id) if framed is None else framed
                again = frame.rows.loc[frame.rows["unit_id"].isin(framed), "unit_id"]
                if len(again):
                    named = {"task": frame.task.task_id, "other": task.task_id, "round": other.id}
                    raise SupervisionError("month.framed_again", **named, units=len(again), unit=again.iloc[0])


def undrawn_beside(round: Round, frames: Sequence[Frame]) -> list[Message]:
    """Return remarks on rounds of the year that wait for their draw (待抽取的其他轮次) and frame the same units.

    Whom they will draw nobody knows, so no cap can count it: one department could come to a unit for both.
    """
    found = []
    for other in others(round, within=f"{round.name.year:04}"):
        if other.has(Step.DRAW):
            continue
        units: set[str] = set()
        for frame in frames:
            departments = {round.items[item].department for item in frame.task.items}
            for task in other.tasks:
                if departments & {other.items[item].department for item in task.items}:
                    units |= _framed(other, task.task_id) & set(frame.rows["unit_id"])
        if units:
            found.append(Message.of("month.undrawn_beside", round=other.id, units=len(units), unit=min(units)))
    return found


def chain(round: Round) -> tuple[int, str | None]:
    """Return sequence and `previous` of the next commitment of the agency (承诺链): 0 and None in a rehearsal.

    First and second commitments of all real rounds stand in one chain.
    """
    if round.is_rehearsal:
        return 0, None
    made: list[Commitment | RosterCommitment] = []
    for other in round.city.rounds():
        if not other.is_rehearsal:
            made += [other.read(COMMITMENT)] if other.has(Step.COMMIT) else []
            made += [other.read(ROSTER_COMMITMENT, number + 1) for number in range(other.count(Step.ROSTER))]
    if not made:
        return 1, None
    last = max(made, key=lambda one: one.sequence)
    return last.sequence + 1, last.digest.hex()


def refuse_overdue(round: Round) -> None:
    """Refuse a commitment while one of a real round is past its last source, undrawn, not abandoned (逾期未抽).

    First and second commitments alike: whoever waits could choose between what the sources have given (protocol 3).
    """
    if round.is_rehearsal:
        return
    now = round.city.now().isoformat()
    for other in round.city.rounds():
        if other.is_rehearsal:
            continue
        for last in _waiting(other):
            if last < now:
                raise UsageError("month.overdue", round=other.id, at=last)


def _waiting(round: Round) -> list[str]:
    """The last sources' times of a round's commitments that are neither drawn nor abandoned."""
    first = round.has(Step.COMMIT) and not (round.has(Step.DRAW) or round.has(Step.ABANDON))
    seconds = [
        number
        for number in range(1, round.count(Step.ROSTER) + 1)
        if not (round.has(Step.MATCH, number) or round.has(Step.ABANDON_ROSTER, number))
    ]
    times = [round.read(COMMITMENT).last_event] if first else []
    return times + [round.read(ROSTER_COMMITMENT, number).last_event for number in seconds]


def _framed(round: Round, task_id: str) -> set[str]:
    return set(_units_in(round, task_id, "frame.csv"))


def _units_in(round: Round, task_id: str, name: str) -> pd.Series[str]:
    """The units in one of the files of a committed task."""
    path = round.place_of(TASK_FILE.format(task=task_id, name=name))
    return pd.read_csv(path, usecols=["unit_id"], dtype="str", keep_default_na=False)["unit_id"]
