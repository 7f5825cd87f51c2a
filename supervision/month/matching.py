"""The second draw (第二次抽取): calendar and roster are committed, then inspectors are drawn from a later seed."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pandas as pd

from supervision.canonical import digest
from supervision.errors import CannotHold
from supervision.month.calendar import SHOWN, sent_back
from supervision.month.commitment import previous_commitment
from supervision.month.desk import Desk
from supervision.month.report import Report
from supervision.month.sources import Values, announce, check_person
from supervision.month.timetable import assignments, calendar, numbers, people, roster, suffix
from supervision.sampling.inspectors import lottery
from supervision.sampling.protocol.commitment import reveal, roster_commitment
from supervision.sampling.protocol.draw_files import recusals_csv, roster_csv, roster_json
from supervision.sampling.protocol.seeds import Source, key_string, seed2
from supervision.sampling.protocol.source_schedule import schedule_sources


def commit_roster(desk: Desk, round_id: str) -> Report:
    """Commit calendar and roster (第二次承诺), before the sources of the second draw; repeated, nothing changes."""
    desk.need(round_id, "plan", "plan")
    number = len(numbers(desk, round_id, "plan"))
    end = suffix(number)
    if f"roster{end}" in desk.finished(round_id):
        return _committed(desk, round_id, number)
    check_person(desk, round_id, "commit")
    law = desk.law_of(round_id)
    first = desk.store.get(round_id, "public/commitment.json")
    hash_name = json.loads(first)["hash"]
    found, recused = people(desk, round_id)
    rehearsal = desk.is_rehearsal(round_id)
    at, hours = desk.committed_at(round_id, rehearsal=rehearsal), int(law.value("shared/commit_interval")["hours"])
    files = {
        "calendar": desk.store.get(round_id, f"audit/calendar{end}.csv"),
        "roster": roster_csv(found),
        "recusals": recusals_csv(recused),
    }
    own = first if number == 1 else desk.store.get(round_id, f"public/commitment2{suffix(number - 1)}.json")
    before = digest(hash_name, own).hex()
    if number == 1 and not rehearsal:
        before = previous_commitment(desk, round_id) or before
    sources = schedule_sources(_second(law.value("shared/draw_source"), number), at, hours, "second")
    _refuse_too_early(desk, round_id, number, sources)
    body = roster_commitment(
        **files,
        round_id=round_id,
        first=digest(hash_name, first).hex(),
        previous=before,
        rehearsal=rehearsal,
        committed_at=at,
        frame_key=desk.frame_key(round_id),
        sources=sources,
        interval_hours=hours,
        hash_name=hash_name,
    )
    with desk.store.step(round_id, f"roster{end}", who=desk.whom(round_id), at=desk.at(round_id), inputs={}) as step:
        step.put(f"public/commitment2{end}.json", body)
        step.put(f"audit/roster{end}.csv", files["roster"])
        step.put(f"audit/recusals{end}.csv", files["recusals"])
    return _committed(desk, round_id, number)


def match(desk: Desk, round_id: str, *, values: Values, strict: bool = True) -> Report:
    """Draw the inspectors of the committed calendar (抽取检查人员). Drawn once; a second call says what was drawn."""
    desk.need(round_id, "roster", "commit --roster")
    number = len(numbers(desk, round_id, "roster"))
    end = suffix(number)
    if f"match{end}" in desk.finished(round_id):
        return matched(desk, round_id, number)
    mine, waiting = announce(desk, round_id, f"public/commitment2{end}.json", values, strict=strict)
    if waiting is not None:
        return waiting
    check_person(desk, round_id, "draw")
    body = desk.store.get(round_id, f"public/commitment2{end}.json")
    commitment = json.loads(body)
    key = key_string([Source.of(entry) for entry in commitment["sources"]], mine)
    first = bytes.fromhex(json.loads(desk.store.get(round_id, "public/reveal.json"))["seed"])
    hash_name = commitment["hash"]
    seed = seed2(digest(hash_name, body), first, key, hash_name=hash_name)
    desk.progress("month.match", 0, 0)
    recused = pd.DataFrame(
        _recusals(desk, round_id, number), columns=["inspector_id", "unit_id", "ground"], dtype="str"
    )
    found = lottery.match(
        calendar(desk, round_id, number),
        roster(desk, round_id, number),
        recused,
        seed,
        hash_name=hash_name,
        earlier=_earlier(desk, round_id, number),
    )
    with desk.store.step(
        round_id, f"match{end}", who=desk.whom(round_id), at=desk.at(round_id), inputs={"key_string": key}
    ) as step:
        step.put(f"public/reveal2{end}.json", reveal(round_id=round_id, values=mine, key=key, seed=seed))
        step.put(f"audit/roster{end}.json", roster_json(found.assignments))
        step.table(f"sent_back{end}", found.sent_back)
    return matched(desk, round_id, number)


def matched(desk: Desk, round_id: str, number: int) -> Report:
    """Say who was drawn in numbers, and which visits were sent back and why (匹配结果)."""
    back = sent_back(desk, round_id, number)
    filled = len(assignments(desk, round_id, number))
    report = Report(facts={"filled": filled, "sent_back": back.to_dict("records")})
    report.say("month.matched", round=round_id, filled=filled, back=back["visit_id"].nunique())
    for row in back.head(SHOWN).to_dict("records"):
        report.say(
            "month.sent_back",
            visit=row["visit_id"],
            half_day=row["half_day"],
            office=row["office"],
            reason=row["reason"],
        )
    if len(back) > SHOWN:
        report.say("month.more", more=len(back) - SHOWN)
    report.exit_code = 4 if len(back) else 0
    return report


def _committed(desk: Desk, round_id: str, number: int) -> Report:
    body = desk.store.get(round_id, f"public/commitment2{suffix(number)}.json")
    found, places = json.loads(body), calendar(desk, round_id, number)
    report = Report(facts={"commitment2": digest(found["hash"], body).hex(), "sources": found["sources"]})
    report.say(
        "month.roster_committed",
        round=round_id,
        visits=places["visit_id"].nunique(),
        places=len(places),
        people=len(roster(desk, round_id, number)),
        digest=report.facts["commitment2"],
    )
    for source in found["sources"]:
        report.say("month.waits_for", **source)
    return report


def _refuse_too_early(desk: Desk, round_id: str, number: int, sources: list[dict[str, str | int]]) -> None:
    """A real round's visits come after the second draw: a calendar that begins before is planned again (protocol 7)."""
    if desk.is_rehearsal(round_id):
        return
    first, last = calendar(desk, round_id, number)["half_days"].min(), str(sources[-1]["at"])
    if first[:10] <= last[:10]:
        raise CannotHold("month.calendar_too_early", round=round_id, first=first[:10], last=last)


def _second(rule: dict[str, list[dict[str, Any]]], number: int) -> dict[str, list[dict[str, Any]]]:
    """Sources of the second draw; a supplement's carry the next number, so that values are never taken twice."""
    if number == 1:
        return rule
    return {
        "second": [entry | {"name": f"{entry['name'].removesuffix('-2')}-{number + 1}"} for entry in rule["second"]]
    }


def _recusals(desk: Desk, round_id: str, number: int) -> list[list[str]]:
    text = desk.store.get(round_id, f"audit/recusals{suffix(number)}.csv").decode()
    return list(csv.reader(io.StringIO(text)))[1:]


def _earlier(desk: Desk, round_id: str, number: int) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Places and assignments of the round so far, for a supplement."""
    if number == 1:
        return None
    before = range(1, number)
    return (
        pd.concat(
            [
                calendar(desk, round_id, k).merge(assignments(desk, round_id, k)[["visit_id", "office", "place"]])
                for k in before
            ],
            ignore_index=True,
        ),
        pd.concat([assignments(desk, round_id, k) for k in before], ignore_index=True),
    )
