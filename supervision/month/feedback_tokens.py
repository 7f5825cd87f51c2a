"""Feedback of rounds (一次一评): the tokens of their visits, which answers may be taken, and bad ratings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from supervision.directory.checking.problems import no_problems, problems
from supervision.directory.register import KNOWN_ON, register
from supervision.directory.table import Checked
from supervision.messages import Message
from supervision.month.calendars import standing
from supervision.month.city import City
from supervision.month.round import Round
from supervision.month.round_files import FRAME_KEY, Step
from supervision.month.round_results import FAR, expected_visits
from supervision.results.feedback import RULE, mark, token
from supervision.tables import tuples

FEEDBACK = "feedback"
VISITS = ["token", "visit_id", "agency", "office_id", "inspected_on"]


@dataclass(frozen=True, kw_only=True)
class BadRating:
    """A bad rating of one office (差评): its mark, the last day to deal with it, and what is to be done."""

    mark: str
    office_id: str
    due: date
    text: str


def tokens(round: Round) -> dict[str, str]:
    """Return the tokens of a round's visits (评价码): visit_id → token."""
    visits = sorted(set(standing(round)["visit_id"]))
    return {visit: token(round.frame_key, round.key, visit) for visit in visits}


def answers_of(round: Round, *, on: date = FAR) -> pd.DataFrame:
    """Return the answers to a round's visits (本轮评价), a row an office: `VISITS`, rating, words, answered."""
    told = round.city.register(FEEDBACK, on=on, columns=["token", "rating", "words", "answered"])
    return _visits(round).merge(told, on="token", how="inner").sort_values(["token", "office_id"], ignore_index=True)


def bad_ratings(round: Round, *, on: date) -> list[BadRating]:
    """Return the bad ratings of a round that are known on a day (差评), by token and office."""
    rule = round.city.rules.on(on).value(RULE)
    rows = answers_of(round, on=on)
    rows = rows[rows["rating"] <= int(rule["bad"])]
    return [
        BadRating(
            mark=mark(str(one), str(office)),
            office_id=str(office),
            due=answered.date() + timedelta(days=int(rule["days"])),
            text=_text(str(rule["measure"]["zh"]), words),
        )
        for one, office, answered, words in tuples(rows, "token", "office_id", "answered", "words")
    ]


def doubtful_answers(city: City, kind: str, checked: Checked) -> Checked:
    """Return answers without those that may not be taken (评价核对): unknown or used tokens, days before the visit.

    One that says what is on record stands as it is, known since then.
    """
    if kind != FEEDBACK or checked.good.empty:
        return checked
    good, faults = checked.good.reset_index(drop=True), [no_problems()]
    held = city.store.versions(FEEDBACK, of=set(good["token"])).drop_duplicates("token").set_index("token")
    visits = pd.concat([_visits(round) for round in _rounds(city)] or [pd.DataFrame(columns=VISITS)])
    first = visits.groupby("token")["inspected_on"].min()
    told = [name for name in register(FEEDBACK).names if name not in ("token", KNOWN_ON.name)]
    for place, row in enumerate(good.to_dict("records")):
        code = row["token"]
        old = held.loc[code] if code in held.index else None
        if code not in first.index:
            faults.append(_fault(place, "token", code, Message.of("month.feedback_unknown")))
        elif row["answered"] < first[code]:
            said = Message.of("month.feedback_early", day=f"{first[code]:%Y-%m-%d}")
            faults.append(_fault(place, "answered", str(row["answered"])[:10], said))
        elif old is not None and not all(_same(row[name], old[name]) for name in told):
            faults.append(_fault(place, "token", code, Message.of("month.feedback_spent")))
        elif old is not None:
            good.loc[place, KNOWN_ON.name] = old[KNOWN_ON.name]
    return replace(checked, good=good).without(pd.concat(faults, ignore_index=True))


def _fault(place: int, column: str, value: str, reason: Message) -> pd.DataFrame:
    return problems(line=np.array([place]), column=column, value=value, reason=reason)


def _same(one: object, other: object) -> bool:
    return one is other or one == other or bool(pd.isna(one) and pd.isna(other))  # type: ignore[call-overload]


def _text(measure: str, words: object) -> str:
    """What is to be done, and what the answer says, as its case tells it."""
    return f"{measure}：{words}" if isinstance(words, str) and words.strip() else measure


def _visits(round: Round) -> pd.DataFrame:
    """The round's visits with their tokens, a row an office that went, on the day that is planned."""
    owed = expected_visits(round)[["visit_id", "agency", "office_id", "inspected_on"]]
    owed = owed.drop_duplicates(["visit_id", "office_id"])
    return owed.assign(token=owed["visit_id"].map(tokens(round)).astype("str"))[VISITS]


def _rounds(city: City) -> list[Round]:
    return [round for round in city.rounds() if round.holds(FRAME_KEY) and round.has(Step.MATCH)]
