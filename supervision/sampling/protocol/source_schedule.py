"""When the sources of a round take place (信源日程): the first regular public draws late enough; draw protocol 2, 4.

The rule shared/draw_source lists the public events, each with organiser and address. An issue is named by the day for
which its organiser announced it, so that nobody has to know the organiser's own numbering in advance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from supervision.errors import SupervisionError
from supervision.sampling.protocol.seeds import Source, moment

MOST_DAYS = 60
RULE = "shared/draw_source"
FIELDS = ("name", "kind", "count", "low", "high", "weekdays", "time", "closed")


def schedule_sources(rule: Sequence[Mapping[str, Any]], *, after: str, interval_hours: int) -> tuple[Source, ...]:
    """Return the sources of a commitment (排定信源), in the order of `at`, then as the rule lists them.

    `rule` is the value of shared/draw_source; `after` ISO text: every event is at least `interval_hours` later. Each
    entry gives name, kind, count, low, high, weekdays (1 = Monday), time, and the days on which nothing is drawn
    (`closed`: pairs of first and last day). Raises `sampling.source_rule` where an event never comes.
    """
    if not rule or not isinstance(rule, Sequence):
        raise SupervisionError("sampling.source_rule", which=RULE)
    for number, entry in enumerate(rule, 1):
        for name in FIELDS:
            if not isinstance(entry, Mapping) or name not in entry:
                raise SupervisionError("sampling.rule_field", rule=f"{RULE} {number}", field=name)
    earliest = moment(after, name="after") + timedelta(hours=interval_hours)
    found = [_source(entry, _first_draw(entry, earliest)) for entry in rule]
    return tuple(sorted(found, key=lambda source: source.time))


def _first_draw(entry: Mapping[str, Any], earliest: datetime) -> datetime:
    hour = time.fromisoformat(str(entry["time"]))
    for ahead in range(MOST_DAYS):
        at = datetime.combine(earliest.date() + timedelta(days=ahead), hour, tzinfo=earliest.tzinfo)
        if at >= earliest and at.isoweekday() in entry["weekdays"] and not _is_closed(entry, at.date()):
            return at
    raise SupervisionError("sampling.source_rule", which=str(entry["name"]))


def _is_closed(entry: Mapping[str, Any], day: date) -> bool:
    return any(first <= day <= last for first, last in entry["closed"])


def _source(entry: Mapping[str, Any], at: datetime) -> Source:
    source = Source(
        name=str(entry["name"]),
        issue=at.date().isoformat(),
        kind=entry["kind"],
        count=entry["count"],
        low=entry["low"],
        high=entry["high"],
        at=at.isoformat(),
    )
    source.check()
    return source
