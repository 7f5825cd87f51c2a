"""The ledger in words (台账报告): of one unit, of one office, of what is beyond a cap, or of the whole year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from supervision.directory import typed_rows
from supervision.errors import SupervisionError, UsageError
from supervision.messages import Label, Message
from supervision.month.city import City
from supervision.month.report import Report
from supervision.month.visit_ledger import FOR_CAUSE, Ledger, ledger_of
from supervision.sampling.frame.past_visits import ALL
from supervision.tables import tuples

WATCH = "shared/for_cause_watch"
SHOWN = 20


def ledger_of_unit(city: City, unit: str, year: int, *, rehearsal: bool = False) -> Report:
    """Tell every visit to a unit in a year, by whom, why, by which rule it counts, and what is left (某户台账)."""
    found, report = ledger_of(city, year, rehearsal=rehearsal, unit=unit), Report()
    if found.units.empty:
        if city.register("entities", on=city.now().date(), columns=["unit_id"], of=[unit]).empty:
            raise UsageError("month.ledger_unit_unknown", unit=unit)
        report.facts |= {"unit": unit, "visits": [], "caps": []}
        report.say("month.ledger_no_visits", unit=unit, year=year)
        return report
    report.say("month.ledger_unit", unit=unit, name=found.units["name"].iloc[0], year=year)
    rows = _visits(found)
    for row in rows:
        code = "month.ledger_visit" if row["rules"] else "month.ledger_visit_free"
        report.say(code, **_words(city, row))
    caps = found.left_of(0)
    for cap in caps:
        report.say("month.ledger_left", **cap | {"agency": _agency(city, cap["agency"])})
    report.facts |= {"unit": unit, "year": year, "visits": rows, "caps": caps}
    return report


def ledger_of_office(city: City, office: str, year: int, *, rehearsal: bool = False) -> Report:
    """Tell what an office's department used of its caps at the units of its district (某机构台账), least left first."""
    offices = typed_rows.offices(city.register("offices", on=city.now().date()))
    if office not in offices:
        raise UsageError("month.ledger_office_unknown", office=office)
    own, found, report = offices[office], ledger_of(city, year, rehearsal=rehearsal), Report()
    here = found.units["region"].eq(own.region).to_numpy(dtype=bool)
    rows: list[dict[str, Any]] = []
    for one in found.usage:
        if one.cap.agency not in (own.department, ALL):
            continue
        came = np.bincount(found.past.row[found.past.of(own.department)], minlength=len(found.units)) > 0
        for row in np.flatnonzero(here & one.units & came).tolist():
            named = {"unit": found.units["unit_id"].iloc[row], "name": found.units["name"].iloc[row]}
            figures = {"most": one.cap.per_year, "used": int(one.used[row]), "left": int(one.left[row])}
            rows.append(named | {"rule": one.cap.rule, "agency": one.cap.agency} | figures)
    rows.sort(key=lambda row: (row["left"], row["unit"], row["rule"], row["agency"]))
    report.facts |= {"office": office, "year": year, "caps": rows}
    units = len({row["unit"] for row in rows})
    report.say("month.ledger_office", office=own.name, year=year, units=units)
    for told in rows[:SHOWN]:
        report.say("month.ledger_office_unit", **told | {"agency": _agency(city, told["agency"])})
    if len(rows) > SHOWN:
        report.say("month.more", more=len(rows) - SHOWN)
    return report


def ledger_over(city: City, year: int, *, rehearsal: bool = False) -> Report:
    """Tell the visits beyond a cap, each with its exemption, and units often checked for cause (超限台账).

    Exit code 4 where a visit beyond a cap has no exemption on record.
    """
    found, report = ledger_of(city, year, rehearsal=rehearsal), Report()
    beyond = found.over()
    rows = [{str(name): value for name, value in row.items()} for row in beyond.to_dict("records")]
    report.facts |= {"year": year, "over": rows}
    unexcused = int(beyond["exemption"].eq("").sum())
    units = beyond["unit_id"].nunique()
    report.say("month.ledger_over", year=year, units=units, visits=len(rows), unexcused=unexcused)
    for row in rows[:SHOWN]:
        code = "month.ledger_over_exempt" if row["exemption"] else "month.ledger_over_unexcused"
        named = {name: row[name] for name in ("unit_id", "date", "rule", "most", "used")}
        exempt = {"task": row["exemption"]} if row["exemption"] else {}
        report.say(code, **named, by=_agency(city, row["by"]), **exempt)
    if len(rows) > SHOWN:
        report.say("month.more", more=len(rows) - SHOWN)
    _watch(city, found, report)
    report.exit_code = 4 if unexcused else 0
    return report


def ledger_of_year(city: City, year: int, *, rehearsal: bool = False) -> Report:
    """Tell how many visits a year has, of which kinds, and that every cap is kept, unit by unit (全年台账)."""
    found, report = ledger_of(city, year, rehearsal=rehearsal), Report()
    visits = found.doors
    kinds = {str(kind): int(many) for kind, many in visits["kind"].value_counts().sort_index().items()}
    on_site = int(visits["on_site"].astype("boolean").fillna(value=True).sum())
    report.facts |= {"year": year, "visits": len(visits), "on_site": on_site, "kinds": kinds, "caps": []}
    report.say("month.ledger_year", year=year, units=len(found.units), visits=len(visits), on_site=on_site)
    for kind, many in kinds.items():
        report.say("month.ledger_kind", kind=_label(city, "inspection_kind", kind), visits=many)
    kept: list[dict[str, Any]] = []
    for one in found.usage:
        over = int((one.units & (one.left < 0)).sum())
        full = int((one.units & (one.left == 0)).sum())
        figures = {"units": int(one.units.sum()), "full": full, "over": over}
        kept.append({"rule": one.cap.rule, "agency": one.cap.agency, "most": one.cap.per_year, **figures})
    for cap in sorted(kept, key=lambda cap: (cap["rule"], cap["agency"])):
        report.say("month.ledger_cap", **cap | {"agency": _agency(city, cap["agency"])})
    report.facts["caps"] = kept
    _watch(city, found, report)
    return report


def _watch(city: City, found: Ledger, report: Report) -> None:
    """Watch checks for cause: their share of all visits, and units that have many."""
    rule = city.rules.on(min(city.now().date(), date(found.year, 12, 31))).value(WATCH)
    if not isinstance(rule, Mapping) or not {"visits", "days"} <= set(rule):
        raise SupervisionError("sampling.rule_field", rule=WATCH, field="visits")
    visits = found.doors
    cause, total = int(visits["kind"].eq(FOR_CAUSE).sum()), len(visits)
    often = found.for_cause_often(visits=int(rule["visits"]), days=int(rule["days"]))
    named = [{"unit": unit, "visits": int(many)} for unit, many in tuples(often)]
    report.facts["for_cause"] = {"visits": cause, "of": total, "often": named}
    share = f"{cause / total:.1%}" if total else "0%"
    report.say("month.ledger_cause", cause=cause, total=total, share=share, units=len(named), **_limits(rule))
    for one in named[:SHOWN]:
        report.say("month.ledger_cause_often", **one, days=int(rule["days"]))
    if len(named) > SHOWN:
        report.say("month.more", more=len(named) - SHOWN)


def _limits(rule: Mapping[str, Any]) -> dict[str, int]:
    return {"most": int(rule["visits"]), "days": int(rule["days"])}


def _visits(found: Ledger) -> list[dict[str, Any]]:
    """The visits of a ledger of one unit, with the rules that count each."""
    rules: list[list[str]] = [[] for _ in range(len(found.visits))]
    for one in found.usage:
        for line in np.flatnonzero(one.counted).tolist() if one.units[0] else ():
            rules[line].append(one.cap.rule)
    rows = []
    for own, row in zip(rules, found.visits.to_dict("records"), strict=True):
        task = found.regimes.get((row["round"], row["unit_id"], row["item_id"]), ("", ""))[0]
        rows.append(
            {
                "date": str(row["date"])[:10],
                "agency": row["agency"],
                "item": row["item_id"],
                "kind": row["kind"],
                "on_site": bool(pd.isna(row["on_site"]) or row["on_site"]),
                "place": row["place"] if isinstance(row["place"], str) else "",
                "visit": row["visit_no"] if isinstance(row["visit_no"], str) else "",
                "state": row["state"],
                "task": task,
                "rules": sorted(set(own)),
            }
        )
    return sorted(rows, key=lambda row: (row["date"], row["agency"], row["item"]))


def _words(city: City, row: Mapping[str, Any]) -> dict[str, object]:
    words: dict[str, object] = {
        "date": row["date"],
        "agency": _agency(city, row["agency"]),
        "item": row["item"],
        "kind": _label(city, "inspection_kind", row["kind"]),
        "site": Message.of("month.ledger_on_site" if row["on_site"] else "month.ledger_off_site"),
        "state": Message.of(f"month.ledger_state_{row['state']}"),
    }
    return words | ({"rules": "、".join(row["rules"])} if row["rules"] else {})


def _agency(city: City, code: str) -> Message | Label:
    return Message.of("month.ledger_all_agencies") if code == ALL else _label(city, "department", code)


def _label(city: City, name: str, code: str) -> Label:
    """The name of a code in both languages; one that no list has stands as it is."""
    row = city.code_lists.named(name).codes.get(code)
    return row.label if row else Label(code, code)
