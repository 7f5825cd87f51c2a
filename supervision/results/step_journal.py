"""Journals of steps (分步台账), such as those of cases and of warnings: a row a step, never changed, in their order.

A matter is opened with step 00, and each further step has the next number. What is closed stays closed: news is a new
matter.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from supervision.messages import Message

OPENED, FOLLOWED, CLOSED = "opened", "followed", "closed"
Row = Mapping[Hashable, Any]
Fault = tuple[str, Message]


@dataclass(frozen=True, kw_only=True)
class Journal:
    """A kind of journal (台账种类): what its messages call it, the column of its numbers, the columns of a step.

    `kept` are columns in which every step says what the first one said.
    """

    name: str
    number: str
    columns: tuple[str, ...]
    kept: tuple[str, ...]

    def in_order(self, steps: pd.DataFrame) -> pd.DataFrame:
        """Return steps by number and step (按编号和步骤排序)."""
        return steps.sort_values([self.number, "step"], kind="stable")

    def ends(self, steps: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return the first step of each matter with what is known of all, and the last one (首末步骤), by number.

        Beside the first step's columns: `steps` (int64) how many there are; `done` the words of the last one after the
        opening, "" before there is one; `last` and `last_by` its day and person; `is_open`.
        """
        ordered = self.in_order(steps)
        first = ordered.drop_duplicates(self.number).reset_index(drop=True)
        last = ordered.drop_duplicates(self.number, keep="last").reset_index(drop=True)
        many = ordered.groupby(self.number, sort=False).size().to_numpy()
        known = first.assign(
            steps=many,
            done=last["text"].where(many > 1, ""),
            last=last["happened"],
            last_by=last["by"],
            is_open=last["action"] != CLOSED,
        )
        return known, last

    def faults(
        self, rows: pd.DataFrame, on_record: pd.DataFrame, further: Callable[[Row, list[Row]], Fault | None]
    ) -> Iterator[tuple[int, str, Message]]:
        """Yield what may not be put beside the steps on record (不得登记的步骤): position, column, reason.

        A row that is on record as it stands is no fault. Rows are looked at in order; one at fault is not counted.
        `further`: what else may be wrong with a row, given the steps before it.
        """
        known: dict[str, list[Row]] = {}
        for row in self.in_order(on_record).to_dict("records"):
            known.setdefault(str(row[self.number]), []).append(row)
        for place, row in enumerate(rows.to_dict("records")):
            own = known.setdefault(str(row[self.number]), [])
            if any(all(_equal(row[name], old[name]) for name in self.columns) for old in own):
                continue
            fault = self._misplaced(row, own) or further(row, own)
            if fault is None:
                own.append(row)
            else:
                yield place, *fault

    def before_last(self, row: Row, own: list[Row]) -> Fault | None:
        """Return the fault of a step whose day is before that of the last one (日期早于上一步)."""
        if not own or row["happened"] >= own[-1]["happened"]:
            return None
        last = str(own[-1]["happened"])[:10]
        return "happened", Message.of(f"results.{self.name}_before", number=row[self.number], last=last)

    def other_matter(self, row: Row, own: list[Row]) -> Fault | None:
        """Return the fault of a step that is about something else than the first (与立项不一致)."""
        for name in self.kept if own else ():
            if not _equal(row[name], own[0][name]):
                reason = Message.of(f"results.{self.name}_other", number=row[self.number], value=own[0][name])
                return name, reason
        return None

    def _misplaced(self, row: Row, own: list[Row]) -> Fault | None:
        number, following = row[self.number], f"{len(own):02}"
        if row["action"] == OPENED and own:
            return self.number, Message.of(f"results.{self.name}_there", number=number)
        if row["action"] != OPENED and not own:
            return self.number, Message.of(f"results.{self.name}_unknown", number=number)
        if own and own[-1]["action"] == CLOSED:
            day, by = str(own[-1]["happened"])[:10], own[-1]["by"]
            return "action", Message.of(f"results.{self.name}_closed", number=number, day=day, by=by)
        if row["step"] != following:
            return "step", Message.of(f"results.{self.name}_step", number=number, step=row["step"], next=following)
        return None


def _equal(one: object, other: object) -> bool:
    return one == other or bool(pd.isna(one) and pd.isna(other))  # type: ignore[call-overload]  # cells of frames
