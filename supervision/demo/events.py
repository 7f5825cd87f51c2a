"""Two years of credit events (涉企信用记录): more of them where there is cause to worry, each known some days later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from supervision.demo.chance import Floats, Integers
from supervision.demo.trades import TRADES
from supervision.demo.units import Units

YEARS = 730  # days of the past that the registers know
LAST = 4  # the newest row is known this many days before the month
CHUNK = 500_000

# kind: events a unit in two years, how often at most, weight on the log odds of a violation, source; those that speak
# for a unit have a weight below 0, and fewer of them where there is cause to worry
KINDS = {
    "penalty": (0.045, 3, 0.9, "市场监管"),
    "abnormal": (0.025, 1, 1.1, "市场监管"),
    "dishonesty": (0.002, 1, 1.2, "市场监管"),
    "complaint": (0.090, 4, 0.6, "12345热线"),
    "annual_report": (0.025, 1, 0.3, "公示系统"),
    "licence": (0.015, 1, 0.1, "行政审批"),
    "court": (0.006, 2, 0.5, "法院公告"),
    "change": (0.060, 2, 0.1, "登记机关"),
    "opinion": (0.005, 1, 0.4, "网络信息"),
    "change_address": (0.040, 1, 0.5, "登记机关"),
    "change_legal_rep": (0.040, 1, 0.6, "登记机关"),
    "change_scope": (0.030, 1, 0.0, "登记机关"),
    "sampling_failed": (0.020, 2, 0.6, "抽检公告"),
    "recheck_failed": (0.006, 1, 0.7, "市场监管"),
    "trustworthy": (0.030, 1, -0.5, "信用网站"),
    "award": (0.020, 1, -0.3, "政府公告"),
}
REPAIR, REPAIR_WEIGHT, REPAIR_SHARE = "repair", -0.4, 0.3
NAMES = (*KINDS, REPAIR)
RESULTS = {
    "annual_report": "逾期报送",
    "licence": "许可变更",
    "change": "变更登记",
    "change_address": "住所变更",
    "change_legal_rep": "法定代表人变更",
    "change_scope": "经营范围变更",
    "sampling_failed": "不合格",
    "recheck_failed": "复查不合格",
    "complaint": "已办结",
    REPAIR: "准予修复",
}
ENDS = {"penalty": 365, "dishonesty": 1096, "trustworthy": 1096}  # days until the record has no effect any more
NONE = -1


@dataclass(frozen=True, kw_only=True)
class Events:
    """Events by number (信用记录的数值), sorted by unit and by the day they became known.

    `row` of the unit, `kind` index into NAMES, `happened`, `known`, `until` days since 1970-01-01 (until −1: none),
    `severity` 0–3 (−1: none), `amount` yuan (−1: none), `repairs` the place of the record that a repair
    ends (−1: none).
    """

    row: Integers
    kind: Integers
    happened: Integers
    known: Integers
    until: Integers
    severity: Integers
    amount: Integers
    repairs: Integers

    def of(self, kind: str) -> Integers:
        """Return the places of one kind's events (某类记录)."""
        return np.flatnonzero(self.kind == NAMES.index(kind))


def make_events(units: Units) -> Events:
    """Make the events of all units (生成信用记录); what would become known too late is left out."""
    parts = [_of_kind(units, kind) for kind in KINDS]
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    own = np.full(len(columns[0]), NONE)
    columns = [np.concatenate(pair) for pair in zip([*columns, own], _repairs(units, columns), strict=True)]
    row, _, happened, known, *_, repairs = columns
    stays = (known <= units.month - LAST) & (happened > units.established[row])
    keep = np.flatnonzero(stays & ((repairs == NONE) | stays[repairs]))
    order = keep[np.lexsort((columns[1][keep], known[keep], row[keep]))]
    place = np.full(len(row) + 1, NONE)
    place[order] = np.arange(len(order))
    row, kind, happened, known, until, severity, amount, repairs = (column[order] for column in columns)
    return Events(row=row, kind=kind, happened=happened, known=known, until=until, severity=severity, amount=amount,
                  repairs=place[repairs])  # fmt: skip


def _of_kind(units: Units, kind: str) -> tuple[Integers, ...]:
    chance, (rate, most, weight, _) = units.chance, KINDS[kind]
    effect = np.array([trade.effect for trade in TRADES])[units.trade]
    worry = 0.7 * units.worry + 0.6 * effect
    mean = rate * np.exp((worry if weight >= 0 else -worry) - 0.3)
    everybody = np.arange(len(units), dtype=np.int64)
    hits = [everybody[chance.uniform(f"{kind} {n}", everybody) < mean * 0.4**n] for n in range(most)]
    row = np.concatenate(hits)
    slot = np.repeat(np.arange(most), [len(hit) for hit in hits])
    key = row * 8 + slot
    happened = units.month - LAST - 1 - chance.below(f"{kind} day", YEARS, key)
    known = happened + 1 + chance.below(f"{kind} lag", 30, key)
    severity = np.full(len(row), NONE)
    amount, until = severity.copy(), severity.copy()
    if kind in ("penalty", "complaint", "opinion"):
        severity = chance.pick(f"{kind} severity", [40, 35, 20, 5], key)
    if kind == "penalty":
        amount = 500 * np.array([1, 4, 20, 100])[severity] * (1 + chance.below("fine", 8, key))
    if kind in ENDS:
        until = happened + ENDS[kind]
    return row, np.full(len(row), NAMES.index(kind)), happened, known, until, severity, amount


def _repairs(units: Units, columns: list[Integers]) -> tuple[Integers, ...]:
    """Some of those on a list or penalised repair their credit; the repair names the record, which it ends."""
    row, kind, _, known = columns[:4]
    mends = np.isin(kind, [NAMES.index("penalty"), NAMES.index("abnormal")])
    place = np.flatnonzero(mends & (units.chance.uniform(REPAIR, row * 16 + kind) < REPAIR_SHARE))
    when = known[place] + 60 + units.chance.below("repair day", 200, row[place] * 16 + kind[place])
    nothing = np.full(len(place), NONE)
    return row[place], np.full(len(place), NAMES.index(REPAIR)), when, when + 3, nothing, nothing, nothing, place


def burden(events: Events, row: Integers, day: Integers) -> Floats:
    """Return what the events known before a day add to a unit's log odds (已知记录的影响), at most 2.5.

    `row` units, `day` days since 1970-01-01, of the same length.
    """
    weights = np.array([*(kind[2] for kind in KINDS.values()), REPAIR_WEIGHT])[events.kind]
    total = np.concatenate([[0.0], np.cumsum(weights)])
    key = events.row * 100_000 + events.known
    until = np.searchsorted(key, row * 100_000 + day, side="left")
    since = np.searchsorted(key, row * 100_000, side="left")
    found: Floats = np.clip(np.round(total[until] - total[since], 6), -0.5, 2.5)
    return found


def event_tables(units: Units, events: Events) -> Iterator[pa.Table]:
    """Yield the register of events in chunks (分块生成信用记录), columns in the register's order."""
    for first in range(0, len(events.row), CHUNK):
        part = slice(first, first + CHUNK)
        row, kind = events.row[part], events.kind[part]
        number = np.arange(first, first + len(row))
        yield pa.table(
            {
                "unit_id": units.ids(row).astype("U18"),
                "kind": pa.array(NAMES).take(pa.array(kind)),
                "happened": _days(events.happened[part]),
                "event_no": numbered(number),
                "severity": _known(events.severity[part]),
                "amount": _known(events.amount[part]),
                "source": pa.array([*(entry[3] for entry in KINDS.values()), "信用网站"]).take(pa.array(kind)),
                "until": _days(events.until[part]),
                "result": pa.array([RESULTS.get(name) for name in NAMES]).take(pa.array(kind)),
                "repaired_no": pa.array(numbered(events.repairs[part]), mask=events.repairs[part] == NONE),
                "known_on": _days(events.known[part]),
            }
        )


def numbered(places: Integers) -> np.ndarray[tuple[int], np.dtype[np.str_]]:
    """Return the numbers of records at places of the register (记录编号)."""
    return np.char.add("演示记录", np.char.zfill((places + 1).astype("U8"), 8))


def _known(numbers: Integers) -> pa.Array:
    return pa.array(numbers, mask=numbers == NONE)


def _days(numbers: Integers) -> pa.Array:
    return pa.array(numbers.astype(np.int32), mask=numbers == NONE).cast(pa.date32())
