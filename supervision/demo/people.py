"""Offices and inspectors of the synthetic city (执法机构和检查人员): invented people, certificates, leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from supervision.demo.chance import Chance
from supervision.demo.codes import BODIES, unit_ids
from supervision.demo.departments import DemoItem, Department
from supervision.demo.files import Row
from supervision.demo.places import DISTRICTS

LEAST = 3  # inspectors of an office; the first two are always there
STEADY = 2
WHOLE_DAYS = 0.85  # of the others: they may inspect in the morning and in the afternoon
QUALIFICATIONS = ("特种设备", "食品检查员", "注册安全工程师", "环境监察", "消防工程师")


def office_rows(departments: Sequence[Department], known: date) -> list[Row]:
    """Return the offices (执法机构登记表): a department in a district each."""
    return [
        {
            "office_id": f"{department.code}-{district.region}",
            "department": department.code,
            "region": district.region,
            "name": f"{district.name}{department.name}执法机构（演示）",
            "address": f"{district.street(place)}演示政务路1号",
            "phone": f"0512-00{number:02d}{place:02d}0000",
            "uscc": agency_code(district.region, number * len(DISTRICTS) + place),
            "known_on": known.isoformat(),
        }
        for number, department in enumerate(departments)
        for place, district in enumerate(DISTRICTS)
    ]


def agency_code(region: str, number: int) -> str:
    """Return the invented credit code of an agency (虚构的机构统一社会信用代码), `number` from 0; no unit has it."""
    prefix = np.array([f"11{region}".encode()], dtype="S8")
    return str(unit_ids(np.array([BODIES - 1 - number]), prefix)[0].decode())


def headcounts(departments: Sequence[Department], inspectors: int) -> list[int]:
    """Return how many inspectors each office has (各机构人数), in the order of `office_rows`.

    About `inspectors` in all: in proportion to the department's load and the district's units, at least LEAST.
    """
    wanted = np.array([d.load * place.share for d in departments for place in DISTRICTS])
    low, high = 0.0, float(inspectors) / wanted.min()
    for _ in range(60):
        middle = (low + high) / 2
        fits = np.maximum(LEAST, np.round(wanted * middle)).sum() <= inspectors
        low, high = (middle, high) if fits else (low, middle)
    return [int(many) for many in np.maximum(LEAST, np.round(wanted * low))]


def inspector_rows(offices: Sequence[Row], counts: Sequence[int], items: Sequence[DemoItem], *, month: date,
                   known: date, chance: Chance) -> list[Row]:  # fmt: skip
    """Return the inspectors (执法检查人员名录库); a few certificates end in the middle of the month."""
    office = np.repeat(np.arange(len(offices)), counts)
    seat = np.concatenate([np.arange(many) for many in counts])
    rows = np.arange(len(office))
    steady = seat < STEADY
    soon = ~steady & (chance.uniform("certificate ends", rows) < 0.05)
    until = np.where(soon, 8 + chance.below("ends", 12, rows), 120 + chance.below("certificate", 1_400, rows))
    away = ~steady & (chance.uniform("away", rows) < 0.03)
    limit = np.where(steady | (chance.uniform("daily limit", rows) < WHOLE_DAYS), 2, 1)
    narrow = ~steady & (chance.uniform("narrow", rows) < 0.35)
    skill = chance.pick("skill", [6, 1, 1, 1, 1, 1], rows)
    found: list[Row] = []
    for n in rows.tolist():
        department = offices[office[n]]["department"]
        own = [item.item_id for item in items if item.department == department]
        left_out = int(chance.bits("left out", rows[n : n + 1])[0] % np.uint64(len(own)))
        kept = [item for place, item in enumerate(own) if place != left_out]
        found.append(
            {
                "inspector_id": f"{offices[office[n]]['office_id']}-{seat[n] + 1:02d}",
                "name": f"检查员{n + 1:04d}",
                "office_id": offices[office[n]]["office_id"],
                "status": "离岗" if away[n] else "在岗",
                "cert_no": f"演示证{n + 1:06d}",
                "cert_from": (month - timedelta(days=400 + n % 900)).isoformat(),
                "cert_until": (month + timedelta(days=int(until[n]))).isoformat(),
                "scopes": " ".join(sorted(kept)) if narrow[n] and len(kept) > 1 else "*",
                "daily_limit": int(limit[n]),
                "qualifications": QUALIFICATIONS[skill[n] - 1] if skill[n] else None,
                "known_on": known.isoformat(),
            }
        )
    return found


def leave_rows(inspectors: Sequence[Row], *, month: date, last: date, known: date, chance: Chance) -> list[Row]:
    """Return leave in the month (请休假): some days for one in six, a half-day of training for one in twelve."""
    rows = np.arange(len(inspectors))
    length = (last - month).days + 1
    starts, days = chance.below("leave", length, rows), 1 + chance.below("leave days", 5, rows)
    takes, trains = chance.uniform("takes leave", rows) < 1 / 6, chance.uniform("trains", rows) < 1 / 12
    training = chance.below("training", length, rows)
    found: list[Row] = []
    for n, inspector in enumerate(inspectors):
        who = {"inspector_id": inspector["inspector_id"], "known_on": known.isoformat()}
        if takes[n]:
            first = month + timedelta(days=int(starts[n]))
            until = min(last, first + timedelta(days=int(days[n]) - 1))
            found.append({**who, "from_date": first.isoformat(), "until_date": until.isoformat(), "half": "all",
                          "reason": "年休假"})  # fmt: skip
        if trains[n]:
            day = (month + timedelta(days=int(training[n]))).isoformat()
            found.append(
                {**who, "from_date": day, "until_date": day, "half": "am" if n % 2 else "pm", "reason": "培训"}
            )
    return sorted(found, key=lambda row: (str(row["inspector_id"]), str(row["from_date"]), str(row["half"])))
