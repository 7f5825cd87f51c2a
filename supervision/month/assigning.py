"""The second draw (第二次抽取): calendar and roster are committed, then inspectors are drawn from a later seed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from supervision.errors import CannotHold
from supervision.month import round_files as files
from supervision.month.calendars import earlier, sent_back
from supervision.month.other_rounds import previous_commitment
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.round_people import people
from supervision.month.source_values import announce, check_person
from supervision.sampling.inspectors import lottery
from supervision.sampling.protocol.reveal import Reveal
from supervision.sampling.protocol.roster_commitment import RosterCommitment
from supervision.sampling.protocol.seeds import Source, Values, key_string, seed2
from supervision.sampling.protocol.source_schedule import schedule_sources

SHOWN = 10


def commit_roster(round: Round) -> Report:
    """Commit calendar and roster (第二次承诺), before the sources of the second draw; repeated, nothing changes."""
    round.need(Step.PLAN, "plan")
    number = round.count(Step.PLAN)
    if round.has(Step.ROSTER, number):
        return _committed(round, number)
    check_person(round, "commit")
    roster, recused = people(round)
    hours, at = int(round.law.value("shared/commit_interval")["hours"]), round.at
    rule = _second(round.law.value("shared/draw_source"), number)
    sources = tuple(Source.of(entry) for entry in schedule_sources(rule, at, hours, "second"))
    _refuse_too_early(round, number, sources)
    commitment = RosterCommitment.bind(
        calendar=round.content(files.CALENDAR.path(number)),
        roster=files.ROSTER.to_bytes(roster),
        recusals=files.RECUSALS.to_bytes(recused),
        frame_key=round.frame_key,
        round=round.id,
        rehearsal=round.is_rehearsal,
        committed_at=at,
        hash_name=round.hash_name,
        commitment=round.read(files.COMMITMENT).digest.hex(),
        previous=_previous(round, number),
        sources=sources,
        interval_hours=hours,
    )
    with round.save(Step.ROSTER, number) as saving:
        saving.put(files.ROSTER_COMMITMENT, commitment)
        saving.put(files.ROSTER, roster)
        saving.put(files.RECUSALS, recused)
    return _committed(round, number)


def match(round: Round, *, values: Values, strict: bool = True) -> Report:
    """Draw the inspectors of the committed calendar (抽取检查人员). Drawn once; a second call says what was drawn."""
    round.need(Step.ROSTER, "commit --roster")
    number = round.count(Step.ROSTER)
    if round.has(Step.MATCH, number):
        return matched(round, number)
    commitment = round.read(files.ROSTER_COMMITMENT, number)
    record = (files.ANNOUNCED_ROSTER, Step.ANNOUNCE_ROSTER, number)
    known, waiting = announce(round, commitment.sources, *record, values=values, strict=strict)
    if waiting is not None:
        return waiting
    check_person(round, "draw")
    key = key_string(commitment.sources, known)
    seed = seed2(commitment.digest, round.read(files.REVEAL).seed, key, hash_name=round.hash_name)
    round.city.progress("month.match", 0, 0)
    found = lottery.match(
        round.read(files.CALENDAR, number),
        round.read(files.ROSTER, number),
        round.read(files.RECUSALS, number),
        seed,
        hash_name=round.hash_name,
        earlier=earlier(round, number),
    )
    with round.save(Step.MATCH, number, inputs={"key_string": key}) as saving:
        saving.put(files.REVEAL_ROSTER, Reveal(round=round.id, values=known, key_string=key, seed=seed))
        saving.put(files.ASSIGNMENTS, found.assignments)
        saving.table(files.SENT_BACK, found.sent_back)
    return matched(round, number)


def matched(round: Round, number: int) -> Report:
    """Say who was drawn in numbers, and which visits were sent back and why (匹配结果)."""
    back = sent_back(round, number)
    filled = len(round.read(files.ASSIGNMENTS, number))
    report = Report(facts={"filled": filled, "sent_back": back.to_dict("records")})
    report.say("month.matched", round=round.id, filled=filled, back=back["visit_id"].nunique())
    for row in back.head(SHOWN).to_dict("records"):
        report.say(
            "month.sent_back",
            visit=row["visit_id"],
            half_day=row["half_day"],
            office=row["office"],
            reason=lottery.barred_words(row["reason"]),
        )
    if len(back) > SHOWN:
        report.say("month.more", more=len(back) - SHOWN)
    report.exit_code = 4 if len(back) else 0
    return report


def _committed(round: Round, number: int) -> Report:
    found, places = round.read(files.ROSTER_COMMITMENT, number), round.read(files.CALENDAR, number)
    digest = found.digest.hex()
    report = Report(facts={"commitment2": digest, "sources": [source.as_json() for source in found.sources]})
    report.say(
        "month.roster_committed",
        round=round.id,
        visits=places["visit_id"].nunique(),
        places=len(places),
        people=len(round.read(files.ROSTER, number)),
        digest=digest,
    )
    for source in found.sources:
        report.say("month.waits_for", **source.as_json())
    return report


def _previous(round: Round, number: int) -> str:
    """The commitment before: the round's own last one, in a real round's first the agency's last of any kind."""
    if number > 1:
        return round.read(files.ROSTER_COMMITMENT, number - 1).digest.hex()
    own = round.read(files.COMMITMENT).digest.hex()
    return own if round.is_rehearsal else previous_commitment(round) or own


def _refuse_too_early(round: Round, number: int, sources: Sequence[Source]) -> None:
    """A real round's visits come after the second draw: a calendar that begins before is planned again (protocol 7)."""
    if round.is_rehearsal:
        return
    first, last = round.read(files.CALENDAR, number)["half_days"].min(), sources[-1].at
    if first[:10] <= last[:10]:
        raise CannotHold("month.calendar_too_early", round=round.id, first=first[:10], last=last)


def _second(rule: dict[str, list[dict[str, Any]]], number: int) -> dict[str, list[dict[str, Any]]]:
    """Sources of the second draw; a supplement's carry the next number, so that values are never taken twice."""
    if number == 1:
        return rule
    return {
        "second": [entry | {"name": f"{entry['name'].removesuffix('-2')}-{number + 1}"} for entry in rule["second"]]
    }
