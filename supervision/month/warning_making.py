"""Warnings from signals (生成风险预警): what the registers say today, by the dated rule, each for one office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from supervision.messages import Message
from supervision.month.city import City
from supervision.month.report import Report
from supervision.month.score_rises import NO_RISES, rises
from supervision.month.step_journals import offices_of
from supervision.month.warning_steps import add_steps, steps_of
from supervision.results.step_journal import OPENED
from supervision.results.warning_journal import RECORDS, states
from supervision.results.warning_signals import RULE, VISIT_COLUMNS, Evidence, signals
from supervision.sampling.frame.past_visits import past_visits
from supervision.tables import tuples

SHOWN = 20
_EVENTS = ["unit_id", "kind", "happened", "event_no", "severity", "known_on"]
_HISTORY = ["unit_id", "agency", "office_id", "item_id", "date", "kind", "on_site", "visit_no", "trigger"]


def make_warnings(city: City, *, on: date | None = None) -> Report:
    """Open a warning for each signal that nobody was warned of (生成预警), each with office and deadline.

    A unit has one open warning of a signal; records that an earlier warning names set off no other. A signal for which
    there is no office is named and not opened, exit code 4.
    """
    day, report = on or city.now().date(), Report()
    rule = city.rules.on(day).value(RULE)
    report.facts |= {"on": day.isoformat(), "opened": [], "without_office": []}
    if rule is None:
        report.say("month.warnings_no_rule", rule=RULE, on=day)
        return report
    city.progress("month.warning_signals", 0, 0)
    evidence = _evidence(city, day, report, scores="score_jump" in rule)
    on_record = steps_of(city)
    news, offices = _news(signals(rule, evidence), states(on_record)), offices_of(city)
    units = _units(city, day, set(news["unit_id"]))
    places = {(office.department, office.region): office.office_id for office in offices.values()}
    rows: list[dict[str, Any]] = []
    number = _last_number(on_record, day)
    for signal, unit, agency, office, records in tuples(news):
        region, name = units.get(unit, ("", ""))
        whose = office if office in offices else places.get((agency, region), "")
        told = {"signal": _label(city, "warning_signal", signal), "unit": unit, "name": name}
        if not whose:
            report.facts["without_office"].append({"signal": signal, "unit": unit})  # type: ignore[attr-defined]
            report.say("month.warning_without_office", **told, agency=_label(city, "department", agency), region=region)
            report.exit_code = 4
            continue
        number += 1
        row = _opening(rule[signal], signal, unit, whose, records, day=day, by=city.who, number=number)
        rows.append(row)
        report.facts["opened"].append(  # type: ignore[attr-defined]
            {"warning": row["warning_no"], "signal": signal, "unit": unit, "office": whose}
        )
        if len(rows) <= SHOWN:
            report.say("month.warning_opened", number=row["warning_no"], **told, office=offices[whose].name)
    if rows:
        add_steps(city, rows, known_on=day)
    if len(rows) > SHOWN:
        report.say("month.more", more=len(rows) - SHOWN)
    report.lines.insert(0, Message.of("month.warnings_made", on=day, count=len(rows)))
    return report


def _opening(
    entry: Mapping[str, Any],
    signal: str,
    unit: str,
    office: str,
    records: tuple[str, ...],
    *,
    day: date,
    by: str,
    number: int,
) -> dict[str, Any]:
    return {
        "warning_no": _number(day, number),
        "step": "00",
        "action": OPENED,
        "signal": signal,
        "unit_id": unit,
        "office_id": office,
        "happened": pd.Timestamp(day),
        "working_days": int(entry["working_days"]),
        "text": str(entry["measure"]["zh"]),
        "evidence": RECORDS.join(records),
        "hand_over": entry["hand_over"],
        "by": by,
    }


def _news(found: pd.DataFrame, standing: pd.DataFrame) -> pd.DataFrame:
    """Signals of which nobody was warned: none of their kind is open for the unit, and a record is new."""
    known: dict[tuple[str, str], set[str]] = {}
    for signal, unit, evidence in tuples(standing, "signal", "unit_id", "evidence"):
        known.setdefault((signal, unit), set()).update(evidence.split(RECORDS))
    waiting = standing[standing["is_open"]]
    is_open = set(zip(waiting["signal"], waiting["unit_id"], strict=True))
    keys = list(zip(found["signal"], found["unit_id"], found["records"], strict=True))
    kept = [(s, u) not in is_open and not set(records) <= known.get((s, u), set()) for s, u, records in keys]
    return found[pd.Series(kept, index=found.index, dtype="bool")]


def _evidence(city: City, day: date, report: Report, *, scores: bool) -> Evidence:
    """The registers as known on the day; scores are compared between the two newest real rounds."""
    events = city.register("events", on=day, columns=_EVENTS)
    events = events.assign(called=_named(city, "event_kind", events["kind"]))
    history = city.register("history", on=day, columns=_HISTORY)
    units = history[["unit_id"]].drop_duplicates(ignore_index=True)
    past = past_visits(units, history)  # every row is of a known unit, so that rows keep their order
    visit = past.row * (int(past.visit.max(initial=0)) + 1) + past.visit
    visits = history.assign(visit=visit, called=_named(city, "department", history["agency"]))
    found, compared = rises(city) if scores else (NO_RISES, "")
    if scores:
        report.facts["compared"] = compared
        if compared:
            report.say("month.warnings_compared", rounds=compared)
        else:
            report.say("month.warnings_not_compared")
    return Evidence(on=day, events=events, visits=visits[list(VISIT_COLUMNS)], rises=found)


def _units(city: City, day: date, named: set[str]) -> dict[str, tuple[str, str]]:
    """Unit → its district and name."""
    rows = city.register("entities", on=day, columns=["unit_id", "region", "name"], of=named).fillna("")
    return {unit: (region, name) for unit, region, name in tuples(rows)}


def _named(city: City, name: str, codes: pd.Series[Any]) -> pd.Series[Any]:
    """Codes as records name them; one that no list has stands as it is."""
    known = city.code_lists.named(name).codes
    return codes.map({code: known[code].label.zh if code in known else code for code in codes.dropna().unique()})


def _label(city: City, name: str, code: str) -> object:
    row = city.code_lists.named(name).codes.get(code)
    return row.label if row else code


def _number(day: date, number: int) -> str:
    return f"YJ{day:%Y%m%d}-{number:04}"


def _last_number(steps: pd.DataFrame, day: date) -> int:
    """The last running number of a day, 0 where there is none."""
    own = steps["warning_no"].astype("str").str.extract(rf"^YJ{day:%Y%m%d}-([0-9]+)$", expand=False).dropna()
    return max((int(text) for text in own), default=0)
