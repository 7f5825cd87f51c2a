"""When the sources of a round take place (随机源日程): the first regular public draw late enough after a commitment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from supervision.errors import SupervisionError
from supervision.sampling.protocol.seeds import Source, moment

_WEEK = 7


def schedule_sources(
    rule_value: Mapping[str, Sequence[Mapping[str, Any]]],
    after: str,
    interval_hours: int,
    which: str = "first",
    *,
    issues: Mapping[str, str] | None = None,
) -> list[dict[str, str | int]]:
    """Return the sources of a commitment made at `after` (排定随机源), in the order of `at`, as JSON entries.

    `rule_value` is the rule shared/draw_source, `which` "first" or "second". A regular source (weekdays, time) takes
    its first draw that leaves every source at least `interval_hours` after `after`; one with before_last_hours
    stands so long before the last event. `issue` is the day of the event unless `issues` names it.
    """
    entries = rule_value.get(which) or []
    regular = [entry for entry in entries if "weekdays" in entry]
    ahead = [entry for entry in entries if "before_last_hours" in entry]
    if not regular or len(regular) + len(ahead) != len(entries):
        raise SupervisionError("sampling.source_rule", which=which)
    lead = max((int(entry["before_last_hours"]) for entry in ahead), default=0)
    earliest = moment(after, name="committed_at") + timedelta(hours=interval_hours + lead)
    times = {str(entry["name"]): _first_draw(entry, earliest) for entry in regular}
    last = max(times.values())
    times |= {str(entry["name"]): last - timedelta(hours=int(entry["before_last_hours"])) for entry in ahead}
    named = issues or {}
    found = [_entry(entry, times[str(entry["name"])], named) for entry in entries]
    return [source.as_json() for source in sorted(found, key=lambda source: source.time)]


def _first_draw(entry: Mapping[str, Any], earliest: datetime) -> datetime:
    hour = time.fromisoformat(str(entry["time"]))
    for day in range(_WEEK + 1):
        at = datetime.combine(earliest.date() + timedelta(days=day), hour, tzinfo=earliest.tzinfo)
        if at >= earliest and at.isoweekday() in entry["weekdays"]:
            return at
    raise SupervisionError("sampling.source_rule", which=str(entry["name"]))


def _entry(entry: Mapping[str, Any], at: datetime, issues: Mapping[str, str]) -> Source:
    name = str(entry["name"])
    return Source.of(
        {
            "name": name,
            "issue": issues.get(name, at.date().isoformat()),
            "kind": entry["kind"],
            "count": entry["count"],
            "low": entry["low"],
            "high": entry["high"],
            "at": at.isoformat(),
            "deadline": (at + timedelta(hours=int(entry["deadline_hours"]))).isoformat(),
            "fallback": entry["fallback"],
        }
    )
