"""What was handed over to national systems (移交留存): records as they went out, batch by batch.

It is remembered in the store, not in the folder that was written: folders are moved, sent and cleaned up, and two
persons may export into two of them, while a correction must go out as one wherever it is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from supervision.month.round import Round
from supervision.month.round_files import HANDED_OVER, Step
from supervision.results.handover.formats import Format
from supervision.results.handover.records import Handed, Outgoing, Record, name_of

STEPS = {"gsxt": Step.HAND_OVER_GSXT, "jianguan": Step.HAND_OVER_JIANGUAN}
SERIAL = 5  # digits of a batch's number after its day: 2019041100002 is the second of 2019-04-11


@dataclass(frozen=True, kw_only=True)
class Batch:
    """A hand-over (移交批次): its number, when and by whom."""

    number: str
    at: str
    who: str


@dataclass(frozen=True, kw_only=True)
class HandedOver:
    """What of a round was handed over to a system (已移交的内容): records by their names, batches in order."""

    records: Mapping[str, Handed]
    batches: Sequence[Batch]

    @classmethod
    def of(cls, round: Round, target: str) -> HandedOver:
        """Read what the store remembers (读取移交留存)."""
        if not round.holds(HANDED_OVER, task=target):
            return cls(records={}, batches=[])
        raw: dict[str, Any] = round.read(HANDED_OVER, task=target)
        return cls(
            records={name: Handed(**one) for name, one in raw["records"].items()},
            batches=[Batch(**one) for one in raw["batches"]],
        )

    def after(self, form: Format, sent: Sequence[Outgoing], batch: Batch) -> HandedOver:
        """Return what it is after a batch (移交后的留存)."""
        fresh = {
            name_of(form, one.record): Handed(
                table=one.record.table,
                cells=dict(one.record.cells),
                parts=[dict(part) for part in one.record.parts],
                batch=batch.number,
                operation=one.operation,
            )
            for one in sent
        }
        return HandedOver(records={**self.records, **fresh}, batches=[*self.batches, batch])

    def last(self) -> list[Outgoing]:
        """Return what the last batch held (最近一批)."""
        number = self.batches[-1].number
        return [
            Outgoing(record=Record(table=one.table, cells=one.cells, parts=one.parts), operation=one.operation)
            for one in self.records.values()
            if one.batch == number
        ]

    def save(self, round: Round, target: str) -> None:
        """Keep it in the store (存入移交留存)."""
        with round.save(STEPS[target]) as saving:
            saving.put(HANDED_OVER, asdict(self), task=target)


def next_batch(round: Round, target: str, *, at: str) -> Batch:
    """Return the next batch (下一批次): numbered over all rounds of its day, rehearsals among themselves."""
    day = at[:10].replace("-", "")
    others = [other for other in round.city.rounds() if other.is_rehearsal == round.is_rehearsal]
    numbers = [batch.number for other in others for batch in HandedOver.of(other, target).batches]
    serial = 1 + max((int(number[8:]) for number in numbers if number.startswith(day)), default=0)
    return Batch(number=f"{day}{serial:0{SERIAL}}", at=at, who=round.who)
