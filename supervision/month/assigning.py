"""The second draw (第二次抽取): calendar and roster are committed, then inspectors are drawn from a later seed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pandas as pd

from supervision.directory import typed_rows
from supervision.errors import CannotHold, UsageError
from supervision.month import round_files as files
from supervision.month.calendars import last_event, sent_back, standing_now, used_until
from supervision.month.joining_offices import joined_offices, joined_table
from supervision.month.leave_notices import touched_in
from supervision.month.other_rounds import chain, refuse_overdue
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.round_people import last_day_of_notice, people
from supervision.month.source_values import check_person, enter, waits_for
from supervision.sampling.inspectors import lottery
from supervision.sampling.inspectors.positions import roster_changes
from supervision.sampling.protocol.reveal import Reveal
from supervision.sampling.protocol.roster_commitment import RosterCommitment
from supervision.sampling.protocol.seeds import Source, Values, key_string, seed2
from supervision.sampling.protocol.source_schedule import schedule_sources

SHOWN = 10
ROSTER_GROUND = "名册更新"


def commit_roster(round: Round) -> Report:
    """Commit calendar and roster (第二次承诺), before the sources of their draw; repeated, nothing changes."""
    round.need(Step.PLAN, "plan")
    number = round.count(Step.PLAN)
    if round.has(Step.ROSTER, number):
        return _committed(round, number)
    check_person(round, "commit")
    refuse_overdue(round)
    roster, recused = people(round)
    hours, at, after = int(round.law.value("shared/commit_interval")["hours"]), round.at, last_event(round)
    if not round.is_rehearsal and at < after:
        raise UsageError("month.roster_early", at=after, now=at)
    sources = schedule_sources(
        round.law.value("shared/draw_source"), after=max(at, used_until(round)), interval_hours=hours
    )
    _refuse_too_early(round, number, sources)
    joined = joined_offices(round, typed_rows.offices(round.frozen("offices")))
    before = round.read(files.ROSTER, number - 1) if number > 1 else round.read(files.ROSTER_0)
    changed = [(*row, ROSTER_GROUND) for row in roster_changes(before, roster)]
    bodies = {
        "calendar": round.content(files.CALENDAR.path(number)),
        "roster": files.ROSTER.to_bytes(roster),
        "recusals": files.RECUSALS.to_bytes(recused),
    }
    commitment = _bind(round, number, at, sources, bodies).check(interval_hours=hours, used=_used(round, number))
    with round.save(Step.ROSTER, number, inputs=[files.CALENDAR.path(number)]) as saving:
        saving.put(files.ROSTER_COMMITMENT, commitment)
        saving.put_bytes(files.CALENDAR.path(number), bodies["calendar"])
        saving.put_bytes(files.UNHELD.path(), round.content(files.UNHELD.path()))
        saving.put(files.ROSTER, roster)
        saving.put(files.ROSTER_CHANGES, files.ROSTER_CHANGES_TABLE.frame(changed))
        saving.put(files.RECUSALS, recused)
        if joined and number == 1:
            saving.put(files.JOINED_OFFICES, joined_table(joined))
    return _committed(round, number)


def match(round: Round, *, values: Values, held: Mapping[str, str] | None = None) -> Report:
    """Draw the inspectors of the committed calendar (抽取检查人员). Drawn once; a second call says what was drawn."""
    round.need(Step.ROSTER, "commit --roster")
    number = round.count(Step.ROSTER)
    if round.has(Step.MATCH, number):
        return matched(round, number)
    if round.has(Step.ABANDON_ROSTER, number):
        raise UsageError("month.roster_abandoned", round=round.id, number=number)
    commitment = round.read(files.ROSTER_COMMITMENT, number)
    record = (files.ENTERED_ROSTER, Step.ENTER_ROSTER, number)
    entered = enter(round, commitment.sources, *record, values=values, held=held or {})
    if isinstance(entered, Report):
        return entered
    check_person(round, "draw")
    key = key_string(commitment.sources, entered.values)
    seed = seed2(commitment.digest, round.read(files.REVEAL).seed, key, hash_name=round.hash_name)
    round.city.progress("month.match", 0, 0)
    found = lottery.match(
        round.read(files.CALENDAR, number),
        round.read(files.ROSTER, number),
        round.read(files.RECUSALS, number),
        seed,
        hash_name=round.hash_name,
        holdings=standing_now(round).holdings() if round.drawn_numbers else (),
    )
    reveal = Reveal(
        commitment=commitment.digest.hex(),
        round=round.id,
        held=entered.held,
        values=entered.values,
        key_string=key,
        seed=seed,
    )
    with round.save(Step.MATCH, number, inputs=[files.ROSTER_COMMITMENT.path(number)]) as saving:
        saving.put(files.REVEAL_ROSTER, reveal)
        saving.put(files.ASSIGNMENTS, found.assignments)
        saving.put(files.SENT_BACK_FILE, found.sent_back)
        saving.table(files.SENT_BACK, found.sent_back)
    report = matched(round, number)
    report.lines.extend(touched_in(round))
    return report


def matched(round: Round, number: int) -> Report:
    """Say who was drawn in numbers, and which visits were sent back and why (匹配结果)."""
    back = sent_back(round, number)
    assignments = round.read(files.ASSIGNMENTS, number)
    few = int((assignments["candidates"] < 3).sum())
    report = Report(facts={"filled": len(assignments), "few_candidates": few, "sent_back": back.to_dict("records")})
    report.say("month.matched", round=round.id, filled=len(assignments), back=back["visit_id"].nunique(), few=few)
    open_places = back.groupby(["visit_id", "office", "half_day"], sort=True)["why"].agg(_counted).reset_index()
    for row in open_places.head(SHOWN).to_dict("records"):
        report.say(
            "month.sent_back",
            visit=row["visit_id"],
            half_day=row["half_day"],
            office=row["office"],
            reason=lottery.barred_words(row["why"]),
        )
    if len(open_places) > SHOWN:
        report.say("month.more", more=len(open_places) - SHOWN)
    report.exit_code = 4 if len(back) else 0
    return report


def _bind(
    round: Round, number: int, at: str, sources: tuple[Source, ...], bodies: Mapping[str, bytes]
) -> RosterCommitment:
    sequence, previous = chain(round)
    first = round.read(files.COMMITMENT)
    return RosterCommitment(
        agency=first.agency,
        round=round.id,
        rehearsal=round.is_rehearsal,
        committed_at=at,
        hash_name=round.hash_name,
        number=number,
        sequence=sequence,
        previous=previous,
        log=round.log_head,
        commitment=first.digest.hex(),
        sources=sources,
        **{kind: round.secret.file_digest(kind, number, body) for kind, body in bodies.items()},
    )


def _used(round: Round, number: int) -> dict[tuple[str, str, int, int, int], str]:
    """The events of the round's earlier commitments: none serves twice."""
    sources = list(round.read(files.COMMITMENT).sources)
    for before in range(1, number):
        sources += round.read(files.ROSTER_COMMITMENT, before).sources
    return {source.event: source.name for source in sources}


def _committed(round: Round, number: int) -> Report:
    found, places = round.read(files.ROSTER_COMMITMENT, number), round.read(files.CALENDAR, number)
    digest = found.digest.hex()
    report = Report(facts={"roster_commitment": digest, "sources": [source.as_json() for source in found.sources]})
    report.say(
        "month.roster_committed",
        round=round.id,
        visits=places["visit_id"].nunique(),
        places=len(places),
        people=len(round.read(files.ROSTER, number)),
        digest=digest,
    )
    report.lines += [waits_for(source) for source in found.sources]
    return report


def _refuse_too_early(round: Round, number: int, sources: tuple[Source, ...]) -> None:
    """A real round's visits come after the second draw (protocol 7) and the lead time: else it is planned again."""
    if round.is_rehearsal:
        return
    first, last = round.read(files.CALENDAR, number)["half_days"].min(), sources[-1].at
    until = last_day_of_notice(round, datetime.fromisoformat(last).date())
    if datetime.fromisoformat(first[:10]).date() <= until:
        raise CannotHold("month.calendar_too_early", round=round.id, first=first[:10], last=last, until=until)


def _counted(reasons: pd.Series[str]) -> str:
    counts = reasons[reasons != ""].value_counts().sort_index()
    return " ".join(f"{why}:{count}" for why, count in counts.items()) or "-"
