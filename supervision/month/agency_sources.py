"""Values of sources, checked for all agencies before anything is run (核对各机构的信源数值).

What an agency's own step would refuse – a source that there is not, a number out of range, too many, twice – is known
from its commitment, or from the rule shared/draw_source before there is one. Whether a value is the announced one is
for the two persons who enter it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from supervision.directory.agency_plan import INPUTS, fault
from supervision.domain.rounds import RoundId
from supervision.errors import SupervisionError, UsageError
from supervision.messages import Message
from supervision.month.agency_months import AgencyMonth, AgencyOutcome
from supervision.month.agency_standing import OLDER
from supervision.month.agency_values import AT, SHOWN
from supervision.month.city_rules import rules_to_be
from supervision.month.source_file import FILE, Known, in_row, read_source_file, refusal
from supervision.sampling.protocol.seeds import Values
from supervision.sampling.protocol.source_schedule import RULE, schedule_sources

Pairs = Sequence[tuple[AgencyMonth, AgencyOutcome]]


def has_files(months: Iterable[AgencyMonth]) -> bool:
    """Tell whether some agency has a file of values (有无信源数值文件)."""
    return any(_file(month).is_file() for month in months)


def refuse_wrong(plan: Path, pairs: Pairs, given: Values, *, now: Callable[[], datetime]) -> None:
    """Refuse values that no draw could take (不合格的信源数值): all of them, each with its row and what is wanted.

    `pairs`: months with the values that each gets, and how far each agency is; one that could not be looked at, or
    whose store must be brought to this version first, refuses its own. `given`: those of the command.
    """
    known = [_known(month, outcome, now) for month, outcome in pairs]
    months = [month for month, _ in pairs]
    faults = [said for month, sources in zip(months, known, strict=True) for said in _of_file(month, sources)]
    faults += _of_command(months, known, given)
    if faults:
        error = UsageError("month.province_values_refused", file=plan, count=len(faults))
        error.told = tuple(faults)
        raise error


def _known(month: AgencyMonth, outcome: AgencyOutcome, now: Callable[[], datetime]) -> Known | None:
    """The sources that an agency draws from, by name as `month --source` takes it; None where they are not known."""
    if outcome.error is not None or outcome.standing.step == OLDER:
        return None
    if outcome.standing.sources:
        return outcome.standing.sources
    law = rules_to_be(month.inputs, month.store).on(RoundId.parse(month.round_id).first_day)
    try:
        listed = schedule_sources(law.value(RULE), after=now().isoformat(), interval_hours=0)
    except SupervisionError:  # no draw can be committed by such a rule: the agency's own step says so
        return None
    return {source.name: source for source in listed}


def _of_file(month: AgencyMonth, known: Known | None) -> Iterator[Message]:
    """What is wrong with the values in an agency's inputs."""
    place = _file(month)
    if not place.is_file():
        return
    try:
        found = read_source_file(place.name, place.read_bytes())
    except SupervisionError as error:
        yield _in_file(month, error.message)
        return
    except OSError as error:
        yield _in_file(month, Message.of("month.os_error", path=place, reason=error.strerror or error))
        return
    for reason in found.wrong(known):
        yield _in_file(month, reason)
    for line in found.lines:
        if line.name in month.values and list(month.values[line.name]) != line.values:
            reason = Message.of("month.values_contradict", name=line.name, file=place)
            yield _in_file(month, in_row(line.row, reason))


def _of_command(months: Sequence[AgencyMonth], known: Sequence[Known | None], given: Values) -> Iterator[Message]:
    """What is wrong with the values of the command: where nobody gets one, by the sources that bear its name."""
    for key, texts in given.items():
        name, _, issue = key.partition(AT)
        gets = [list(month.values.get(name, ())) == list(texts) for month in months]
        refused: dict[str, tuple[Message, list[str]]] = {}
        for month, sources, takes in zip(months, known, gets, strict=True):
            if sources is None or not (takes or (not any(gets) and _is_named(name, issue, sources))):
                continue
            if reason := refusal(name, texts, sources):
                refused.setdefault(reason.text(), (reason, []))[1].append(month.place)
        for reason, rows in refused.values():
            shown = "、".join(rows[:SHOWN]) + ("…" if len(rows) > SHOWN else "")
            yield Message.of("month.province_value_wrong", value=f"{key}={' '.join(texts)}", rows=shown, reason=reason)


def _is_named(name: str, issue: str, known: Known) -> bool:
    return name in known and issue in ("", known[name].issue)


def _in_file(month: AgencyMonth, reason: Message) -> Message:
    return fault(month.place, INPUTS, str(_file(month)), reason)


def _file(month: AgencyMonth) -> Path:
    return month.inputs / FILE
