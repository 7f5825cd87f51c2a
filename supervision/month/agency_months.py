"""One agency's month out of a province's plan (分机构运行一个月): what `supervision month` runs, and what came of it.

A month here is a function of what it is given and of the agency's own files, so that any process may run it; what fails
in it leaves it only as a sentence about this agency.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from supervision.errors import SupervisionError
from supervision.messages import Message
from supervision.month import line
from supervision.month.agency_standing import NEW, NONE, OLDER, AgencyStanding, standing_of
from supervision.month.city import City, beijing_now, silent
from supervision.sampling.protocol.seeds import Values
from supervision.store import soundness

THREADS = "OPENBLAS_NUM_THREADS"


@dataclass(frozen=True, kw_only=True)
class AgencyMonth:
    """The month of one agency (一个机构的一个月): all places absolute, to be read under the same path by every process.

    `place` is its row in the plan; `was_there` says whether the plan's reader found the store.
    """

    place: str
    agency: str
    store: Path
    inputs: Path
    out: Path
    round_id: str
    rehearsal: bool
    own_ids: bool
    accept_unverified: str
    who: str
    was_there: bool
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class AgencyOutcome:
    """What came of an agency's month (机构运行结果): how far it is, the lines of the month, its error if it failed."""

    standing: AgencyStanding
    said: tuple[Message, ...] = ()
    error: Message | None = None
    exit_code: int = 0
    seconds: float = 0.0


def run_agency(month: AgencyMonth, *, now: Callable[[], datetime] = beijing_now) -> AgencyOutcome:
    """Run an agency's month (运行一个机构的一个月), as `supervision month` does, and tell what came of it."""
    began = time.monotonic()
    said, error, code = _ran(month, now)
    try:
        standing = _looked(month, now)
    except SupervisionError as other:
        standing, error, code = AgencyStanding(), error or other.message, code or other.exit_code
    seconds = time.monotonic() - began
    return AgencyOutcome(standing=standing, said=said, error=error, exit_code=code, seconds=seconds)


def look_at_agency(
    month: AgencyMonth, *, upgrade: bool = False, now: Callable[[], datetime] = beijing_now
) -> AgencyOutcome:
    """Tell how far an agency is (查看进度) and do nothing; with `upgrade` an older store is brought to this version."""
    try:
        return AgencyOutcome(standing=_looked(month, now, upgrade=upgrade))
    except SupervisionError as error:
        return AgencyOutcome(standing=AgencyStanding(), error=error.message, exit_code=error.exit_code)


def _ran(month: AgencyMonth, now: Callable[[], datetime]) -> tuple[tuple[Message, ...], Message | None, int]:
    """Run the month; what stops it, foreseen or not, is this agency's alone."""
    try:
        _check_process(month)
        report = line.run(
            month.store,
            month.round_id,
            inputs=month.inputs,
            out=month.out,
            values=month.values,
            rehearsal=month.rehearsal,
            who=month.who,
            progress=silent,
            accept_unverified=month.accept_unverified,
            now=now,
            own_ids=month.own_ids,
        )
    except SupervisionError as error:
        return error.told, error.message, error.exit_code
    except OSError as error:
        path, reason = error.filename or month.out, error.strerror or error
        return (), Message.of("month.os_error", path=path, reason=reason), 1
    except Exception as error:  # noqa: BLE001  # a fault of the program at one agency stops no other; it is told
        return (), Message.of("month.province_broke", kind=type(error).__name__, reason=str(error)), 1
    return tuple(report.lines), None, report.exit_code


def _check_process(month: AgencyMonth) -> None:
    """Refuse to work where the bytes might be others (核对工作进程): another store, sums that depend on the cores."""
    if month.was_there and not month.store.is_file():
        raise SupervisionError("month.province_store_gone", store=month.store)
    if os.environ.get(THREADS) != "1":
        raise SupervisionError("month.province_threads", variable=THREADS)


def _looked(month: AgencyMonth, now: Callable[[], datetime], *, upgrade: bool = True) -> AgencyStanding:
    if not month.store.is_file():
        return AgencyStanding(step=NEW)
    found, known = soundness.version(month.store)
    if found < known and not upgrade:
        return AgencyStanding(step=OLDER)
    round = City.open(month.store, who=month.who, now=now).find(month.round_id, rehearsal=month.rehearsal)
    return AgencyStanding(step=NONE) if round is None else standing_of(round)
