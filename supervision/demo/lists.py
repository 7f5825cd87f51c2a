"""Lists about units (涉及检查对象的清单): recusals, whitelists and observation periods, caps, quiet days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from supervision.demo.chance import Integers
from supervision.demo.events import Events
from supervision.demo.files import Row
from supervision.demo.places import DISTRICTS
from supervision.demo.units import Units

BASIS = "演示城市自定"
PROFESSIONAL = (
    ("food", ("餐饮", "食品经营", "食品生产"), ("A", "B", "C", "D"), "市场监管"),
    ("device", ("医疗器械网络销售",), ("一级", "二级", "三级", "四级"), "市场监管"),
    ("ecology", ("排污单位",), ("绿牌", "蓝牌", "黄牌", "红牌"), "生态环境"),
)
GROUNDS = ("relative", "interest", "other")
WATCHED = 365  # days of the observation period


def recusal_rows(units: Units, inspectors: Sequence[Row], known: date) -> list[Row]:
    """Return recusals (回避关系): one inspector in four has declared a unit of the own district."""
    rows = np.arange(len(inspectors))
    declares = units.chance.uniform("recusal", rows) < 0.25
    ground = units.chance.pick("ground", [5, 3, 2], rows)
    place = units.chance.uniform("recused unit", rows)
    of_district = {d.region: np.flatnonzero(units.district == n) for n, d in enumerate(DISTRICTS)}
    found: list[Row] = []
    for n in np.flatnonzero(declares).tolist():
        own = of_district[str(inspectors[n]["office_id"])[-6:]]
        if len(own):
            unit = own[int(place[n] * len(own)) :][:1]
            found.append({"inspector_id": inspectors[n]["inspector_id"], "unit_id": units.ids(unit)[0].decode(),
                          "ground": GROUNDS[ground[n]], "declared": (known - timedelta(days=n % 300)).isoformat(),
                          "known_on": known.isoformat()})  # fmt: skip
    return found


def exemption_rows(units: Units, events: Events, month: date, known: date) -> list[Row]:
    """Return whitelists, the positive list and observation periods (白名单、正面清单、观察期).

    On the whitelist: above scale and without any adverse record; observed: new trades in their first year.
    """
    everybody, chance = units.live, units.chance
    spotless = np.ones(len(units), dtype=bool)
    spotless[events.row[np.isin(events.kind, [0, 1, 2, 3])]] = False
    white = spotless[everybody] & (units.above_scale[everybody] == 1) & (chance.uniform("white", everybody) < 0.3)
    undisturbed = chance.uniform("undisturbed", everybody) < 1 / 3
    positive = units.on("排污单位")[everybody] & spotless[everybody] & (chance.uniform("positive", everybody) < 0.05)
    young = units.on("新业态")[everybody] & (units.established[everybody] > units.month - WATCHED)
    watched = young & (chance.uniform("watched", everybody) < 0.5)
    first, last = (month - timedelta(days=330)).isoformat(), (month + timedelta(days=180)).isoformat()
    common: Row = {"basis": BASIS, "known_on": known.isoformat()}
    found = [
        *_listed(units, everybody[white & undisturbed], "whitelist", "undisturbed", None, (first, last), common),
        *_listed(units, everybody[white & ~undisturbed], "whitelist", "low_frequency", "market", (first, last), common),
        *_listed(units, everybody[positive], "positive", "low_frequency", "ecology", (first, last), common),
    ]
    epoch = date(1970, 1, 1)
    for row in everybody[watched].tolist():
        begins = epoch + timedelta(days=int(units.established[row]))
        span = (begins.isoformat(), (begins + timedelta(days=WATCHED)).isoformat())
        found += _listed(units, np.array([row]), "observation", "observation", None, span, common)
    return found


def _listed(units: Units, rows: Integers, name: str, tier: str, scope: str | None, span: tuple[str, str],
            common: Row) -> list[Row]:  # fmt: skip
    return [
        {"unit_id": unit.decode(), "list": name, "tier": tier, "scope": scope, "from_date": span[0],
         "until_date": span[1], **common}
        for unit in units.ids(rows)
    ]  # fmt: skip


def professional_rows(units: Units, month: date, known: date) -> list[Row]:
    """Return classes that departments give in their own fields (专业领域风险类别), to three units of them in four.

    A department knows something of a unit's conduct that no register says, and errs as well.
    """
    first, last = date(month.year, 1, 1).isoformat(), date(month.year, 12, 31).isoformat()
    found: list[Row] = []
    for field, tags, names, office in PROFESSIONAL:
        rows = units.live[np.any([units.on(tag)[units.live] for tag in tags], axis=0)]
        rows = rows[units.chance.uniform(f"{field} classed", rows) < 0.75]
        seen = units.worry[rows] + units.chance.uniform(f"{field} error", rows) * 2 - 1
        level = np.searchsorted([0.3, 1.2, 1.9], seen)
        for unit, place in zip(units.ids(rows), level.tolist(), strict=True):
            found.append({"unit_id": unit.decode(), "field": field, "class": names[place], "from_date": first,
                          "until_date": last, "source": f"{office}（{BASIS}）", "known_on": f"{known}"})  # fmt: skip
    return sorted(found, key=lambda row: (str(row["unit_id"]), str(row["field"])))


def cap_rows(month: date, known: date) -> list[Row]:
    """Return the caps register (检查频次上限), all of the demonstration's own making."""
    first = date(month.year, 1, 1).isoformat()
    caps = (("*", "*", 4, 30), ("*", "个体工商户", 2, 60), ("market", "*", 1, 90), ("emergency", "企业", 1, None))
    return [
        {"agency": agency, "category": category, "per_year": most, "min_interval_days": days, "from_date": first,
         "basis": BASIS, "known_on": known.isoformat()}
        for agency, category, most, days in caps
    ]  # fmt: skip


def quiet_rows(last: date, known: date) -> list[Row]:
    """Return two quiet days of one district (安静日): the last two weekdays of the month in 姑苏."""
    days = [last - timedelta(days=back) for back in range(6)]
    weekdays = [day for day in days if day.weekday() < 5][:2]
    return [
        {"date": day.isoformat(), "kind": "quiet", "region": "320508", "basis": BASIS, "known_on": known.isoformat()}
        for day in sorted(weekdays)
    ]
