"""What is to be done (待办): what each round waits for, who must act, by when or from when, and with which command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from supervision.domain.rounds import REHEARSED
from supervision.law.review import due as due_rules
from supervision.messages import Message
from supervision.month import round_files as files
from supervision.month.calendar_making import not_before
from supervision.month.calendars import changes, last_event, step_ins
from supervision.month.city import City
from supervision.month.output_folder import write_whole
from supervision.month.planning import next_number
from supervision.month.public_results import rounds_to_publish
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import File, Step
from supervision.month.round_results import can_report, clock_of
from supervision.month.step_journals import offices_of
from supervision.month.warning_steps import standing_of
from supervision.sampling.protocol.commitment import Commitment
from supervision.sampling.protocol.records import Entered
from supervision.sampling.protocol.roster_commitment import RosterCommitment

MONTHS = 12  # rules to be reviewed are looked for so far ahead, then by days


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One thing to be done (待办事项).

    `round`: the round that waits, "" where it is the whole city's; `due`: its last day, `since`: the moment before
    which it cannot be done, ISO texts, "" where there is none.
    """

    round: str
    what: Message
    who: Message
    command: str
    due: str = ""
    since: str = ""

    @property
    def day(self) -> str:
        """The day by which one must think of it (提醒日): the last one, else the first one; "" means now."""
        return (self.due or self.since)[:10]


def status(city: City, *, within: int, out: Path | None = None) -> Report:
    """Tell what is to be done (待办事项), soonest first; exit code 4 where a last day has passed.

    With `out` also write a text of what is to be done within so many days: a reminder for each morning.
    """
    today = city.now().date()
    rounds, found = list(city.rounds()), due_duties(city)
    idle = sorted({one.key for one in rounds} - {duty.round for duty in found})
    late = [duty for duty in found if duty.due and duty.due < today.isoformat()]
    report = Report(facts={"on": today.isoformat(), "duties": [_plain(duty, today) for duty in found], "idle": idle})
    report.say("month.agenda_head", on=today, rounds=len(rounds), count=len(found), overdue=len(late))
    report.lines += [_line(duty, today) for duty in found]
    if idle:
        report.say("month.agenda_idle", rounds=" ".join(idle))
    if out is not None:
        until = (today + timedelta(days=within)).isoformat()
        soon = [duty for duty in found if duty.day <= until and not duty.round.endswith(REHEARSED)]
        _remind(out, soon, today, within)
        report.facts |= {"file": str(out), "reminders": len(soon)}
        report.say("month.agenda_written", file=out, count=len(soon), within=within)
    report.exit_code = 4 if late else 0
    return report


def due_duties(city: City) -> list[Duty]:
    """Return all that is to be done (全部待办), soonest first."""
    today = city.now().date()
    return sorted([*_city_duties(city, today), *(duty for one in city.rounds() for duty in duties_of(one))], key=_order)


def duties_of(round: Round) -> Iterator[Duty]:
    """Yield what a round waits for (本轮待办), in the order in which it is done."""
    if not round.has(Step.COMMIT):
        yield _before_commitment(round)
        return
    if not round.has(Step.ABANDON):
        yield from _next_step(round)
        yield from _second_yes(round)
    if json.loads(round.log.splitlines()[-1])["step"] != Step.PUBLISH.logged:
        yield _duty(round, "month.agenda_publish", "publish", " --out OUT")
    if not round.is_rehearsal and not round.holds(files.ANCHORS):
        yield _duty(round, "month.agenda_anchor", "anchor", " --of commitment --kind notice --file FILE")
    yield from _results(round)


def next_duty(round: Round) -> Duty | None:
    """Return what a round waits for on its way to the last lottery (下一步), None at its end or when given up."""
    if not round.has(Step.COMMIT):
        return _before_commitment(round)
    return None if round.has(Step.ABANDON) else next(_next_step(round), None)


def _before_commitment(round: Round) -> Duty:
    last = "" if round.is_rehearsal else round.name.day_before.isoformat()
    step = "commit" if round.has(Step.SCORE) else "score"
    return replace(_duty(round, f"month.agenda_{step}", step), due=last)


def _next_step(round: Round) -> Iterator[Duty]:
    """What comes next between the commitment and the last lottery; nothing when people are drawn for every visit."""
    if not round.has(Step.DRAW):
        yield _values(round, round.read(files.COMMITMENT), files.ENTERED, "draw")
        return
    if next_number(round, not_before(round)) is not None:
        yield _duty(round, "month.agenda_plan", "plan")
        return
    number = round.count(Step.PLAN)
    if round.has(Step.MATCH, number) or round.read(files.CALENDAR, number).empty:
        return
    if not round.has(Step.ROSTER, number):
        since = "" if round.is_rehearsal else last_event(round)
        yield replace(_duty(round, "month.agenda_roster", "commit", " --roster"), since=since)
    else:
        yield _values(round, round.read(files.ROSTER_COMMITMENT, number), files.ENTERED_ROSTER, "match", number)


def _values(
    round: Round, commitment: Commitment | RosterCommitment, file: File[Entered], command: str, number: int = 1
) -> Duty:
    """Values of the sources: they are entered twice, by two persons who did not commit."""
    names = " ".join(source.name for source in commitment.sources)
    entered = round.read(file, number).who if round.holds(file, number) else ""
    code = "month.agenda_values_again" if entered else "month.agenda_values"
    who = Message.of("month.agenda_other_than", who=entered) if entered else Message.of("month.agenda_not_committer")
    since = "" if round.is_rehearsal else commitment.last_event
    given = {"round": round.key, "since": since, "command": _command(round, command, " --source NAME=VALUES")}
    return Duty(what=Message.of(code, names=names), who=who, **given)


def _second_yes(round: Round) -> Iterator[Duty]:
    """Step-ins and leave that one person entered and a second one has not confirmed."""
    if round.holds(files.PROPOSED_STEP_IN):
        one = round.read(files.PROPOSED_STEP_IN)
        if (one.task_id, one.unit_id) not in {(made.task_id, made.out) for made in step_ins(round)}:
            yield _confirm(round, "month.agenda_stepin", one.by, f"stepin {round.id} {one.unit_id} --confirm")
    if round.holds(files.PROPOSED_LEAVE):
        leave = round.read(files.PROPOSED_LEAVE)
        if (leave.inspector_id, leave.half_days) not in {
            (made.inspector_id, made.half_days) for made in changes(round)
        }:
            yield _confirm(
                round, "month.agenda_leave", leave.by, f"substitute {round.id} {leave.inspector_id} --confirm"
            )


def _confirm(round: Round, code: str, by: str, command: str) -> Duty:
    who = Message.of("month.agenda_other_than", who=by)
    return Duty(round=round.key, what=Message.of(code), who=who, command=f"supervision {command}")


def _results(round: Round) -> Iterator[Duty]:
    """Results that are not published yet, by department, until the first of their last days."""
    table = clock_of(round, on=round.city.now().date()) if can_report(round) else None
    if table is None:
        return
    names = round.code_lists.named("department").codes
    for agency, rows in table[table["state"].isin(["pending", "overdue"])].groupby("agency"):
        known = names.get(str(agency))
        late = int((rows["state"] == "overdue").sum())
        first = rows["due"].min()
        yield Duty(
            round=round.key,
            what=Message.of("month.agenda_results", count=len(rows), overdue=late),
            who=Message.of("month.agenda_department", name=known.label if known else agency),
            command="supervision record FILE",
            due="" if pd.isna(first) else first.date().isoformat(),
        )


def _city_duties(city: City, today: date) -> Iterator[Duty]:
    """What waits beside the rounds: pages to be renewed, warnings, rules to be reviewed."""
    for round_id in rounds_to_publish(city):
        round = city.round(round_id)
        yield _duty(round, "month.agenda_publish_again", "publish", " --out OUT")
    offices, standing = offices_of(city), standing_of(city, on=today)
    for office_id, rows in standing[standing["is_open"]].groupby("office_id"):
        office, first = offices.get(str(office_id)), rows["due"].min()
        yield Duty(
            round="",
            what=Message.of("month.agenda_warnings", count=len(rows)),
            who=Message.of("month.agenda_department", name=office.name if office else office_id),
            command=f"supervision warnings list --office {office_id}",
            due="" if pd.isna(first) else first.date().isoformat(),
        )
    law = city.rules.on(today)
    for last, count in _reviews([one.entry.review_by for one in due_rules(law, months=MONTHS)]):
        yield Duty(
            round="",
            what=Message.of("month.agenda_rules", count=count),
            who=Message.of("month.agenda_lawyer"),
            command="supervision rules --due",
            due=last.isoformat(),
        )


def _reviews(days: list[date]) -> list[tuple[date, int]]:
    return [(day, days.count(day)) for day in sorted(set(days))]


def _duty(round: Round, code: str, command: str, options: str = "") -> Duty:
    who = Message.of("month.agenda_committer" if command == "commit" else "month.agenda_anybody")
    return Duty(round=round.key, what=Message(code), who=who, command=_command(round, command, options))


def _command(round: Round, command: str, options: str = "") -> str:
    return f"supervision {command} {round.id}{' --rehearsal' if round.is_rehearsal else ''}{options}"


def _order(duty: Duty) -> tuple[bool, str, str]:
    return duty.round.endswith(REHEARSED), duty.day, duty.round


def _when(duty: Duty, today: date) -> Message:
    if duty.due:
        late = duty.due < today.isoformat()
        return Message.of("month.agenda_late" if late else "month.agenda_by", due=duty.due)
    return Message.of("month.agenda_from", since=duty.since) if duty.since else Message.of("month.agenda_now")


def _line(duty: Duty, today: date) -> Message:
    given = {"what": duty.what, "who": duty.who, "command": duty.command}
    whose = duty.round or Message.of("month.agenda_city")
    return Message.of("month.agenda_line", when=_when(duty, today), round=whose, **given)


def _plain(duty: Duty, today: date) -> dict[str, object]:
    told = {name: {lang: text.text(lang) for lang in ("zh", "en")} for name, text in _words(duty).items()}
    late = bool(duty.due) and duty.due < today.isoformat()
    return {"round": duty.round, **told, "due": duty.due, "since": duty.since, "late": late, "command": duty.command}


def _words(duty: Duty) -> dict[str, Message]:
    return {"what": duty.what, "who": duty.who}


def _remind(out: Path, duties: list[Duty], today: date, within: int) -> None:
    """Write the reminder of the day (每日提醒), in both languages, whole or not at all."""
    lines = []
    for lang in ("zh", "en"):
        lines.append(Message.of("month.agenda_reminder", on=today, within=within, count=len(duties)).text(lang))
        lines += [f"{place}. {_line(duty, today).text(lang).strip()}" for place, duty in enumerate(duties, 1)]
        lines.append("")
    write_whole(out, "\n".join(lines).encode())
