"""Calendars of a round (本轮日程): the first one and its supplements, with who was drawn."""

from __future__ import annotations

import pandas as pd

from supervision.month.round import Round
from supervision.month.round_files import (
    ASSIGNMENTS,
    CALENDAR,
    CHANGES,
    COMMITMENT,
    DRAWN,
    PLACES,
    RECUSALS,
    REVEAL_ROSTER,
    ROSTER,
    ROSTER_COMMITMENT,
    SENT_BACK,
    STEP_INS,
    UNHELD,
    UNHELD_ROWS,
    Step,
)
from supervision.sampling.inspectors.changes import Holding, Standing, replay
from supervision.sampling.inspectors.positions import inspectors_of, places_of, recusal_pairs
from supervision.sampling.protocol.records import Change, StepIn
from supervision.sampling.protocol.reveal import Reveal
from supervision.tables import tuples

PLACE_KEY = ["visit_id", "office", "place"]


def assigned_places(round: Round, number: int) -> pd.DataFrame:
    """Return the places of one calendar that were filled (已匹配岗位), with inspector_id."""
    drawn = round.read(ASSIGNMENTS, number)
    return round.read(CALENDAR, number).merge(drawn[[*PLACE_KEY, "inspector_id"]], on=PLACE_KEY)


def drafts(round: Round) -> frozenset[str]:
    """Return the files of calendars that are not committed yet (日程草稿): they may change and are not published."""
    found = set()
    for number in range(round.count(Step.ROSTER) + 1, round.count(Step.PLAN) + 1):
        if not round.read(CALENDAR, number).empty:
            found |= {CALENDAR.path(number)} | ({UNHELD.path()} if number == 1 else set())
    return frozenset(found)


def standing(round: Round) -> pd.DataFrame:
    """Return the places that stand (有效岗位) in all calendars, with inspector_id where it is drawn, missing before.

    A visit that was sent back stands only in the supplement that planned it again.
    """
    found = [
        assigned_places(round, number) if round.has(Step.MATCH, number) else round.read(CALENDAR, number)
        for number in round.planned_numbers
    ]
    if changes(round):
        found = [_as_changed(round, pd.concat(found, ignore_index=True))]
    joined = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=PLACES)
    return joined.reindex(columns=PLACES).astype(dict.fromkeys([c for c in PLACES if c != "place"], "str"))


def standing_now(round: Round) -> Standing:
    """Return who holds what at this moment (现时担任情况): all draws and changes, in the order of time."""
    matched = round.count(Step.MATCH)
    now = Standing(
        hash_name=round.hash_name,
        people=inspectors_of(round.read(ROSTER, matched)),
        recusals=recusal_pairs(round.read(RECUSALS, matched)),
        held={},
    )
    waiting = list(changes(round))
    for number in round.drawn_numbers:
        committed = round.read(ROSTER_COMMITMENT, number).committed_at
        while number > round.drawn_numbers[0] and waiting and waiting[0].at <= committed:
            replay(now, waiting.pop(0))
        _enter_draw(now, round, number)
    for change in waiting:
        replay(now, change)
    return now


def _as_changed(round: Round, places: pd.DataFrame) -> pd.DataFrame:
    """The places with who holds them now and when, after all changes; cancelled ones are gone."""
    now = standing_now(round).held
    keys = list(tuples(places, *PLACE_KEY))
    stays = [key in now or not isinstance(who, str) for key, who in zip(keys, places["inspector_id"], strict=True)]
    kept, held = places[stays].copy(), [now.get(key) for key, stay in zip(keys, stays, strict=True) if stay]
    kept["inspector_id"] = pd.Series([one.inspector_id if one else None for one in held], index=kept.index, dtype="str")
    kept["half_days"] = [
        " ".join(one.place.half_days) if one else text for one, text in zip(held, kept["half_days"], strict=True)
    ]
    return kept


def changes(round: Round) -> tuple[Change, ...]:
    """Return what was changed since the lottery (变更记录), nothing where nothing was."""
    return tuple(round.read(CHANGES)) if round.holds(CHANGES) else ()


def step_ins(round: Round) -> tuple[StepIn, ...]:
    """Return who stepped in since the draw (递补记录), nothing where nobody did."""
    return tuple(round.read(STEP_INS)) if round.holds(STEP_INS) else ()


def change_time(round: Round, reveal: Reveal) -> str:
    """Return the time of what changes after a draw (变更时间): the clock's, in a rehearsal the sources'."""
    return max(reveal.held.values()) if round.is_rehearsal else round.city.now().isoformat()


def _enter_draw(now: Standing, round: Round, number: int) -> None:
    people = dict(zip(*_keys_and_holders(round.read(ASSIGNMENTS, number)), strict=True))
    seed = round.read(REVEAL_ROSTER, number).seed
    for place in places_of(round.read(CALENDAR, number)):
        if place.key in people:
            now.held[place.key] = Holding(place=place, inspector_id=people[place.key], seed=seed)
    now.leave.clear()


def _keys_and_holders(assignments: pd.DataFrame) -> tuple[list[tuple[str, str, int]], list[str]]:
    keys = list(tuples(assignments, *PLACE_KEY))
    return keys, assignments["inspector_id"].tolist()


def last_event(round: Round) -> str:
    """Return the time of the last source of the round's last draw (上一次抽取的最后信源时间)."""
    number = round.count(Step.MATCH)
    return (round.read(ROSTER_COMMITMENT, number) if number else round.read(COMMITMENT)).last_event


def used_until(round: Round) -> str:
    """Return the time of the last source that any commitment of the round names (已用信源的最后时间).

    Those of the next one come later: an issue never serves twice, not even one that was given up.
    """
    numbers = range(1, round.count(Step.ROSTER) + 1)
    seconds = [round.read(ROSTER_COMMITMENT, number).last_event for number in numbers]
    return max([round.read(COMMITMENT).last_event, *seconds])


def sent_back(round: Round, number: int) -> pd.DataFrame:
    """Return the places that a lottery left open (抽取后空缺的岗位)."""
    return round.table(SENT_BACK, number=number)


def unheld(round: Round) -> pd.DataFrame:
    """Return what the round's calendars do not hold (未排定的检查), one row a part and reason."""
    found = [round.table(UNHELD_ROWS, number=number) for number in round.planned_numbers]
    return pd.concat(found, ignore_index=True)


def chosen_units(round: Round) -> pd.DataFrame:
    """Return task_id and unit_id of all that are visited for a task (应查名单): drawn or stepped in."""
    stepped = [(one.task_id, one.stepped_in) for one in step_ins(round) if one.stepped_in]
    more = pd.DataFrame(stepped, columns=["task_id", "unit_id"], dtype="str")
    return pd.concat([drawn_units(round), more], ignore_index=True)


def drawn_units(round: Round) -> pd.DataFrame:
    """Return task_id and unit_id of the units that were drawn (抽中名单), without the reserve."""
    drawn = round.table(DRAWN, ["task_id", "unit_id", "role"])
    return drawn.loc[drawn["role"] == "drawn", ["task_id", "unit_id"]].reset_index(drop=True)
