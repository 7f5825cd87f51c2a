"""The straight line (一条直线): which step comes after which, and the whole month with one command."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from supervision.domain.rounds import RoundId
from supervision.errors import SupervisionError, UsageError
from supervision.month import assigning, committing, drawing, planning, publishing, scoring
from supervision.month.calendars import last_event, sent_back
from supervision.month.city import City, Progress, beijing_now
from supervision.month.city_rules import lay_rules
from supervision.month.importing import import_folder
from supervision.month.output_folder import refuse_foreign
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import ABANDONED, CALENDAR, Step
from supervision.month.source_file import FILE, SourceFile, of_rule, read_source_file, refusal, refuse_rows
from supervision.month.source_values import of_draw
from supervision.sampling.protocol.seeds import Values
from supervision.store.store import Store

PEOPLE = ("offices", "inspectors", "leave", "recusals", "blocked")


def run(
    store: Path,
    round_id: str,
    *,
    inputs: Path,
    out: Path,
    values: Values,
    rehearsal: bool,
    who: str,
    progress: Progress,
    accept_unverified: str = "",
    now: Callable[[], datetime] = beijing_now,
    own_ids: bool = False,
) -> Report:
    """Run the month (运行一个月) from the files in `inputs` to the folder `out`; `now` is the clock in Beijing.

    A rehearsal goes to the end. A real round stops at each commitment until the values of its sources are given
    (`values`, or sources.csv in `inputs`), and goes on when called again. `own_ids`: units may have ids of the city's
    own making. Exit code: the largest of 3 and 4 met. An error carries along what was said before it (`told`).
    """
    _check_folders(round_id, inputs, out)
    if not store.exists():
        Store.create(store)
    lay_rules(inputs, store)
    city = City.open(store, who=who, progress=progress, now=now, own_ids=own_ids)
    round = city.find(round_id, rehearsal=rehearsal)
    report = Report(facts={"round": round_id})
    with _telling(report):
        if round is None or not round.has(Step.COMMIT):
            day_before = RoundId.parse(round_id).day_before
            as_of = day_before if rehearsal else min(day_before, now().date())
            report.join("import", import_folder(city, inputs, as_of=as_of))
            given = {"key": _key(inputs, rehearsal=rehearsal), "accept_unverified": accept_unverified}
            committing.check_before(city.upcoming(round_id, rehearsal=rehearsal), cause="", **given)
            report.join("score", score(city, round_id, rehearsal=rehearsal))
            report.join("commit", commit(city, round_id, rehearsal=rehearsal, **given))
        elif not (rehearsal or round.has(Step.ROSTER) or round.has(Step.ABANDON)):
            report.join("people", import_folder(city, inputs, as_of=now().date(), only=PEOPLE))
        return _to_the_end(city.round(round_id, rehearsal=rehearsal), inputs, out, values, report)


@contextmanager
def _telling(report: Report) -> Iterator[None]:
    """Let an error carry what the report had to say before it."""
    try:
        yield
    except SupervisionError as error:
        error.told = (*report.lines, *error.told)  # what is wrong row by row comes last
        raise


def score(city: City, round_id: str, *, rehearsal: bool = False, on: date | None = None) -> Report:
    """Score everybody (评分分类), after training where there is no scorecard yet."""
    round, report = city.begin(round_id, rehearsal=rehearsal, on=on), Report()
    if not (round.has(Step.TRAIN) or round.has(Step.COMMIT)):
        report.join("train", scoring.train(round))
    return _joined(report, scoring.score(round))


def preview(city: City, round_id: str, *, rehearsal: bool = False) -> Report:
    """Tell what the round would ask of each office (预估工作量), after scoring where nobody is scored yet."""
    report, round = Report(), city.find(round_id, rehearsal=rehearsal)
    if round is None or not round.has(Step.SCORE):
        report.join("score", score(city, round_id, rehearsal=rehearsal))
    return _joined(report, planning.preview(city.round(round_id, rehearsal=rehearsal)))


def commit(
    city: City, round_id: str, *, rehearsal: bool = False, cause: str = "", key: str = "", accept_unverified: str = ""
) -> Report:
    """Commit the round (承诺), after training and scoring anew where the scores do not rest on today's registers.

    What can be refused beforehand is refused before anything is scored: nothing is left of it.
    """
    report, given = Report(), {"cause": cause, "key": key, "accept_unverified": accept_unverified}
    if not (there := city.upcoming(round_id, rehearsal=rehearsal)).has(Step.COMMIT):
        committing.check_before(there, **given)
    round = city.begin(round_id, rehearsal=rehearsal)
    if not round.has(Step.COMMIT) and not scoring.is_current(round):
        if round.has(Step.SCORE):
            report.join("train", scoring.train(round))
        report.join("score", score(city, round_id, rehearsal=rehearsal))
    return _joined(report, committing.commit(round, **given))


def _to_the_end(round: Round, inputs: Path, out: Path, values: Values, report: Report) -> Report:
    """Go as far as the known values allow, publish, and say what is waited for."""
    known = _all_values(inputs, values, round)
    try:
        waits = _go_on(round, known, report)
    except UsageError as error:
        if error.code != "month.one_person":
            raise
        waits = True
        report.lines.append(error.message)
    report.join("publish", publishing.publish(round, out))
    if waits:
        report.say("month.waiting", folder=inputs)
    report.say("month.next_verify", out=out)
    return report


def _go_on(round: Round, values: Values, report: Report) -> bool:
    """Draw, plan and assign as far as the known values go; tell whether something is waited for."""
    if round.has(Step.ABANDON):
        report.say("month.abandoned", round=round.id, reason=round.read(ABANDONED).reason)
        return False
    report.join("draw", drawing.draw(round, values=of_draw(values, 1)))
    if not round.has(Step.DRAW):
        return True
    for _ in range(1 + planning.SUPPLEMENTS):
        planned = planning.plan(round)
        number = round.count(Step.PLAN)
        report.join(f"plan-{number}", planned)
        if round.read(CALENDAR, number).empty:
            return False
        if not may_commit_roster(round):
            report.say("month.roster_waits", at=last_event(round))
            return True
        report.join(f"roster-{number}", assigning.commit_roster(round))
        report.join(f"match-{number}", assigning.match(round, values=of_draw(values, number + 1)))
        if not round.has(Step.MATCH, number):
            return True
        if sent_back(round, number).empty:
            return False
    return False


def may_commit_roster(round: Round) -> bool:
    """Tell whether a roster may be committed already (可否作第二次承诺): not before the last draw's last source."""
    return round.is_rehearsal or round.city.now().isoformat() >= last_event(round)


def _all_values(inputs: Path, given: Values, round: Round) -> Values:
    """The values of sources.csv and those given beside it; they may not contradict, and a draw must take each."""
    path = inputs / FILE
    known = of_rule(round.law.value("shared/draw_source"))
    file = read_source_file(path.name, path.read_bytes()) if path.is_file() else SourceFile(lines=(), faults=())
    refuse_rows(path, file.wrong(known))
    found = file.values
    for name, texts in given.items():
        if name in found and list(found[name]) != list(texts):
            raise UsageError("month.values_contradict", name=name, file=path)
        if reason := refusal(name, texts, known):
            raise UsageError(reason.code, **reason.params)
    return {**found, **given}


def _check_folders(round_id: str, inputs: Path, out: Path) -> None:
    RoundId.parse(round_id)
    if not inputs.is_dir():
        raise UsageError("month.inputs_missing", folder=inputs)
    refuse_foreign(out)


def _joined(report: Report, last: Report) -> Report:
    report.facts |= last.facts
    report.lines += last.lines
    report.exit_code = max(report.exit_code, last.exit_code)
    return report


def _key(inputs: Path, *, rehearsal: bool) -> str:
    path = inputs / "frame_key.hex"
    return path.read_text(encoding="ascii", errors="replace") if rehearsal and path.is_file() else ""
