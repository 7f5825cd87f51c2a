"""Journals of steps in the store (分步台账存取): what cases and warnings share, see `results.step_journal`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from supervision.canonical import canonical_json, digest
from supervision.directory import typed_rows
from supervision.directory.checking.problems import no_problems, problems
from supervision.directory.register import KNOWN_ON, register
from supervision.directory.table import Checked
from supervision.domain.people import Office
from supervision.errors import SupervisionError, UsageError
from supervision.messages import Message
from supervision.month.city import City
from supervision.results.step_journal import Journal

FAR = date(9999, 12, 31)
Faults = Iterator[tuple[int, str, Message]]


def offices_of(city: City) -> dict[str, Office]:
    """Return the offices that there are now (现有执法机构)."""
    return typed_rows.offices(city.register("offices", on=FAR))


def typed(kind: str, rows: Sequence[Mapping[str, Any]], *, known_on: date) -> pd.DataFrame:
    """Return rows as the register has them (登记表行), known on a day; columns that they lack are blank."""
    columns = register(kind).columns
    frame = pd.DataFrame([dict(row) | {KNOWN_ON.name: pd.Timestamp(known_on)} for row in rows])
    frame = frame.reindex(columns=[column.name for column in columns])
    return frame.astype({column.name: column.storage for column in columns})


def insert(city: City, kind: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Put rows into a register with their log entry (入库), and return the cells that contradict what is there."""
    source = digest("sha256", canonical_json(frame.astype("str").fillna("").to_dict("records"))).hex()
    return city.store.insert(kind, frame, who=city.who, at=city.now().isoformat(), source_digest=source).conflicts


def refuse(faults: Faults) -> None:
    """Refuse new steps at the first fault (步骤不合格即拒绝)."""
    for _, _, reason in faults:
        raise _error(SupervisionError, reason)


def add_steps(city: City, kind: str, journal: Journal, frame: pd.DataFrame) -> None:
    """Put checked steps on record (登记步骤), all in one transaction with their log entry."""
    stored = insert(city, kind, frame)
    if len(stored):
        first = stored.iloc[0]
        number = first[journal.number]
        raise _error(SupervisionError, Message.of(f"month.{journal.name}_meanwhile", number=number, step=first["step"]))


def misplaced(checked: Checked, journal: Journal, faults: Callable[[pd.DataFrame], Faults]) -> pd.DataFrame:
    """Return the faults of imported steps (步骤核对): they follow on, in whatever order a file has them."""
    found = [no_problems()]
    good = journal.in_order(checked.good.reset_index(drop=True))
    for place, column, reason in faults(good):
        value = str(good[column].iloc[place])[:40]
        found.append(problems(line=good.index.to_numpy()[[place]], column=column, value=value, reason=reason))
    return pd.concat(found, ignore_index=True)


def one_of(standing: pd.DataFrame, journal: Journal, number: str) -> dict[str, Any]:
    """Return where one matter stands (某一编号的现状); one that is not there is refused."""
    own = standing[standing[journal.number] == number]
    if own.empty:
        raise _error(UsageError, Message.of(f"month.{journal.name}_unknown", number=number))
    return {str(name): value for name, value in own.iloc[0].to_dict().items()}


def said(text: str, journal: Journal) -> str:
    """Return the words of a step (处置内容) without blanks around them; none at all are refused."""
    if not text.strip():
        raise _error(UsageError, Message.of(f"month.{journal.name}_no_words"))
    return text.strip()


def _error(kind: type[SupervisionError], reason: Message) -> SupervisionError:
    return kind(reason.code, **reason.params)
