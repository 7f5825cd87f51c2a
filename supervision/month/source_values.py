"""Values of the public sources (信源数值): given by name, checked, entered twice by two persons; protocol 2, 4."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from supervision.errors import SupervisionError, UsageError
from supervision.messages import Message
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import File, Step
from supervision.sampling.protocol.records import Entered
from supervision.sampling.protocol.reveal import check_held
from supervision.sampling.protocol.seeds import Source, Values, moment, parse_values, plain_values

APART = {
    "commit": {"commit", "commit_roster"},
    "draw": {"draw", "match"},
    "review": {"review"},
}
DRAWS = 9  # the first, the inspectors' and two supplements, and room for commitments that were made again


def source_values(options: Iterable[str]) -> dict[str, list[str]]:
    """Read `NAME=VALUES` texts (读取信源数值); a source that is given twice is refused."""
    found: dict[str, list[str]] = {}
    for option in options:
        name, sign, values = option.partition("=")
        name = name.strip()
        if not sign or not name:
            raise UsageError("month.source_malformed", value=option)
        if name in found:
            raise UsageError("month.source_twice", name=name)
        found[name] = parse_values(values)
    return found


def held_times(options: Iterable[str]) -> dict[str, str]:
    """Read `NAME=TIME` texts (读取实际开奖时间), such as ssq-red=2026-12-03T21:30:00+08:00."""
    found: dict[str, str] = {}
    for option in options:
        name, sign, time = option.partition("=")
        if not sign or not name.strip():
            raise UsageError("month.source_malformed", value=option)
        found[name.strip()] = time.strip()
    return found


def of_draw(values: Values, number: int) -> dict[str, Sequence[str]]:
    """Return the values of one draw (某次抽取的数值): plain names for the first, `name-2` … for those of inspectors."""
    end = f"-{number}"
    if number > 1:
        return {name.removesuffix(end): texts for name, texts in values.items() if name.endswith(end)}
    later = tuple(f"-{k}" for k in range(2, DRAWS + 1))
    return {name: texts for name, texts in values.items() if not name.endswith(later)}


def plain_name(name: str, known: Collection[str]) -> str:
    """Return a source's own name (信源本名), that of `name-2` … too; "" where none of `known` is meant."""
    if name in known:
        return name
    return next((one for one in known if name in [f"{one}-{k}" for k in range(2, DRAWS + 1)]), "")


def refuse_unknown(values: Values, sources: Iterable[Source]) -> None:
    """Refuse values of a source that the commitment does not name (未知信源)."""
    known = [source.name for source in sources]
    for name in values:
        if name not in known:
            raise UsageError("month.source_unknown", name=name, known=" ".join(known))


def enter(
    round: Round,
    sources: Sequence[Source],
    file: File[Entered],
    step: Step,
    number: int = 1,
    *,
    values: Values,
    held: Mapping[str, str],
) -> Entered | Report:
    """Take the values of a commitment's sources (录入信源数值), or report what is waited for.

    All of them are needed, none before its time. In a real round they are entered twice: what the first person entered
    is kept, a second person's must agree. A rehearsal needs one.
    """
    refuse_unknown(values, sources)
    missing = [source for source in sources if source.name not in values]
    if missing:
        return _waiting(missing)
    now = round.city.now().isoformat()
    plain = {source.name: plain_values(source, values[source.name]) for source in sources}
    times = {source.name: check_held(source, held.get(source.name, source.at)) for source in sources}
    entered = Entered(who=round.who, at=round.at, held=times, values=plain)
    if round.is_rehearsal:
        return entered
    check_person(round, "draw")
    for source in sources:
        if moment(times[source.name], name=source.name) > moment(now, name="now"):
            raise SupervisionError("month.values_early", name=source.name, at=times[source.name])
    if not round.holds(file, number):
        with round.save(step, number) as saving:
            saving.put(file, entered)
        return _confirm(entered)
    before = round.read(file, number)
    for name, texts in plain.items():
        if list(before.values[name]) != texts or before.held[name] != times[name]:
            raise UsageError("month.values_differ", name=name, values=" ".join(before.values[name]), who=before.who)
    return _confirm(before) if before.who == round.who else entered


def check_person(round: Round, role: str) -> None:
    """Refuse one person in two roles of a real round (职责分离), as the rule shared/roles names them."""
    if round.is_rehearsal:
        return
    apart = [APART[other] for other in round.law.value("shared/roles") if other != role and other in APART]
    round.refuse_who_did(set().union(*apart))


def waits_for(source: Source) -> Message:
    """Return when a source becomes known, and what it will be (等待的信源)."""
    shape = Message.of(f"notice.sourcekind.{source.kind}", low=source.low, high=source.high, count=source.count)
    return Message.of("month.waits_for", name=source.name, issue=source.issue, shape=shape, at=source.at)


def _confirm(entered: Entered) -> Report:
    report = Report(facts={"entered_by": entered.who})
    report.say("month.values_entered", who=entered.who)
    return report


def _waiting(missing: Sequence[Source]) -> Report:
    names, at = " ".join(source.name for source in missing), missing[-1].at
    report = Report(facts={"waits_for": {"names": names, "at": at}})
    report.say("month.values_missing", names=names, at=at)
    return report
