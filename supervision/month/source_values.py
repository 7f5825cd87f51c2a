"""Values of the public sources (信源数值): taken when they are due, kept before the last event, never twice.

On-the-spot sources such as dice come before the last public event. In a real round their values are put on record
before that event has happened, or not at all: nobody may choose them once the lottery is known (draw protocol 1, 4).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence

from supervision.errors import SupervisionError, UsageError
from supervision.messages import Message
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import ANNOUNCED, File, Step, step_of
from supervision.sampling.protocol.commitment import Commitment
from supervision.sampling.protocol.reveal import Announced
from supervision.sampling.protocol.seeds import Source, Values, parse_values

ROLES = {
    Step.COMMIT: "commit",
    Step.ROSTER: "commit",
    Step.ANNOUNCE: "draw",
    Step.ANNOUNCE_ROSTER: "draw",
    Step.DRAW: "draw",
    Step.MATCH: "draw",
}


def source_values(options: Iterable[str]) -> dict[str, list[str]]:
    """Read `NAME=VALUES` texts (读取信源数值); values are kept as announced."""
    found: dict[str, list[str]] = {}
    for option in options:
        name, sign, values = option.partition("=")
        if not sign or not name.strip():
            raise UsageError("month.source_malformed", value=option)
        found[name.strip()] = parse_values(values)
    return found


def values_file(source: bytes) -> dict[str, list[str]]:
    """Read sources.csv (信源数值文件): columns name, values."""
    rows = list(csv.DictReader(io.StringIO(source.decode("utf-8-sig"))))
    if rows and not {"name", "values"} <= rows[0].keys():
        raise UsageError("month.sources_file", header=",".join(rows[0]))
    return {row["name"].strip(): parse_values(row["values"]) for row in rows}


def announce(
    round: Round,
    sources: Sequence[Source],
    file: File[Announced],
    step: Step,
    number: int = 1,
    *,
    values: Values,
    strict: bool,
) -> tuple[Values, Report | None]:
    """Take the values of one commitment's sources (登记信源数值): all of them, or a report of what is waited for.

    In a real round a value before its time is refused (`strict`) or left for later, and one that belongs before the
    last event is refused after it, unless it is on record in `file`. What is given while others are missing is put on
    record, in public; a value on record cannot change.
    """
    if round.is_rehearsal:
        known = {source.name: values[source.name] for source in sources if source.name in values}
        return known, _waiting(sources, known, strict=strict)
    on_record = round.read(file, number).values if round.holds(file, number) else {}
    now, last = round.city.now().isoformat(), max(source.at for source in sources)
    known, early = _taken(round, sources, on_record, values, now=now, last=last, strict=strict)
    waiting = _waiting(sources, known, strict=strict and known == on_record)
    if waiting is not None and known != on_record:
        check_person(round, "draw")
        with round.save(step, number) as saving:
            saving.put(file, Announced(round=round.id, at=now, values=known))
        names = " ".join(sorted(set(known) - set(on_record)))
        waiting.lines.insert(0, Message.of("month.announced", names=names))
    if waiting is not None:
        waiting.lines += [Message.of("month.values_early", name=source.name, at=source.at) for source in early]
    return known, waiting


def _taken(
    round: Round, sources: Sequence[Source], on_record: Values, values: Values, *, now: str, last: str, strict: bool
) -> tuple[dict[str, Sequence[str]], list[Source]]:
    """Values that may be taken now, those on record among them, and the sources whose values came too early."""
    known, early = dict(on_record), list[Source]()
    for source in sources:
        given = values.get(source.name)
        if source.name in on_record:
            if given is not None and list(given) != list(on_record[source.name]):
                raise UsageError("month.values_differ", name=source.name, values=" ".join(on_record[source.name]))
        elif given is not None and source.at > now:
            if strict:
                raise SupervisionError("month.values_early", name=source.name, at=source.at)
            early.append(source)
        elif given is not None and source.at < last <= now:
            raise UsageError("month.values_late", name=source.name, at=last, round=round.id)
        elif given is not None:
            source.numbers(given)
            known[source.name] = given
    return known, early


def is_stuck(round: Round, commitment: Commitment) -> bool:
    """Tell whether a value was not put on record in time (是否已无法抽取): then nobody can ever know the seed."""
    last = commitment.sources[-1].at
    known = round.read(ANNOUNCED).values if round.holds(ANNOUNCED) else {}
    missed = [source for source in commitment.sources if source.at < last and source.name not in known]
    return bool(missed) and round.city.now().isoformat() >= last


def check_person(round: Round, role: str) -> None:
    """Refuse one person in two roles of a real round (职责分离), as the rule shared/roles names them."""
    if round.is_rehearsal:
        return
    who, apart = round.city.who, set(round.law.value("shared/roles")) - {role}
    for line in round.city.store.log(round.id).splitlines():
        entry = json.loads(line)
        if entry["who"] == who and ROLES.get(step_of(entry["step"])[0]) in apart:
            raise UsageError("month.one_person", who=who, step=entry["step"], round=round.id)


def _waiting(sources: Sequence[Source], known: Values, *, strict: bool) -> Report | None:
    missing = [source for source in sources if source.name not in known]
    if not missing:
        return None
    waits = {"names": " ".join(source.name for source in missing), "at": missing[-1].at}
    if strict:
        raise UsageError("month.values_missing", **waits)
    report = Report(facts={"waits_for": waits})
    report.say("month.values_missing", **waits)
    return report
