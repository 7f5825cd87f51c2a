"""Values of the public sources (信源数值): taken when they are due, kept before the last event, never twice.

On-the-spot sources such as dice come before the last public event. In a real round their values are put on record
before that event has happened, or not at all: nobody may choose them once the lottery is known (draw protocol 1, 4).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from supervision.canonical import canonical_json
from supervision.errors import SupervisionError, UsageError
from supervision.month.desk import Desk
from supervision.month.report import Report
from supervision.sampling.protocol.seeds import Source, parse_values

Values = Mapping[str, list[str]]


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


def announce(desk: Desk, round_id: str, path: str, values: Values, *, strict: bool) -> tuple[Values, Report | None]:
    """Take the values of one commitment's sources (登记信源数值): all of them, or a report of what is waited for.

    `path` is the commitment's file. In a real round a value before its time is refused (`strict`) or left for later,
    and one that belongs before the last event is refused after it, unless it is on record. What is given while others
    are missing is put on record, in public; a value on record cannot change.
    """
    commitment = json.loads(desk.store.get(round_id, path))
    sources = [Source.of(entry) for entry in commitment["sources"]]
    if commitment["rehearsal"] == "yes":
        known = {source.name: values[source.name] for source in sources if source.name in values}
        return known, _waiting(sources, known, strict=strict)
    on_record = recorded(desk, round_id, path)
    now, last = desk.now().isoformat(), max(source.at for source in sources)
    known, early = dict(on_record), list[Source]()
    for source in sources:
        if source.name in on_record and values.get(source.name, on_record[source.name]) != on_record[source.name]:
            raise UsageError("month.values_differ", name=source.name, values=" ".join(on_record[source.name]))
        if source.name in on_record or source.name not in values:
            continue
        if source.at > now:
            if strict:
                raise SupervisionError("month.values_early", name=source.name, at=source.at)
            early.append(source)
            continue
        if source.at < last <= now:
            raise UsageError("month.values_late", name=source.name, at=last, round=round_id)
        source.numbers(values[source.name])
        known[source.name] = values[source.name]
    waiting = _waiting(sources, known, strict=strict and known == on_record)
    if waiting is not None and known != on_record:
        check_person(desk, round_id, "draw")
        _keep(desk, round_id, path, known, now)
        waiting.lines.insert(0, ("month.announced", {"names": " ".join(sorted(set(known) - set(on_record)))}))
    if waiting is not None:
        waiting.lines += [("month.values_early", {"name": source.name, "at": source.at}) for source in early]
    return known, waiting


def recorded(desk: Desk, round_id: str, path: str) -> dict[str, list[str]]:
    """Return the values that are on record for a commitment (已登记的数值)."""
    kept = path.replace("commitment", "announced")
    if kept not in desk.store.paths(round_id):
        return {}
    values: dict[str, list[str]] = json.loads(desk.store.get(round_id, kept))["values"]
    return values


def is_stuck(desk: Desk, round_id: str, commitment: Mapping[str, Any]) -> bool:
    """Tell whether a value was not put on record in time (是否已无法抽取): then nobody can ever know the seed."""
    last, known = commitment["sources"][-1]["at"], recorded(desk, round_id, "public/commitment.json")
    missed = [s for s in commitment["sources"] if s["at"] < last and s["name"] not in known]
    return bool(missed) and desk.now().isoformat() >= last


def check_person(desk: Desk, round_id: str, role: str) -> None:
    """Refuse one person in two roles of a real round (职责分离), as the rule shared/roles names them."""
    if desk.is_rehearsal(round_id):
        return
    apart = set(desk.law_of(round_id).value("shared/roles")) - {role}
    for line in desk.store.log(round_id).splitlines():
        entry = json.loads(line)
        if entry["who"] == desk.who and ROLES.get(entry["step"].split("-")[0].rstrip("2")) in apart:
            raise UsageError("month.one_person", who=desk.who, step=entry["step"], round=round_id)


ROLES = {"commit": "commit", "roster": "commit", "announce": "draw", "draw": "draw", "match": "draw"}


def _waiting(sources: list[Source], known: Values, *, strict: bool) -> Report | None:
    missing = [source for source in sources if source.name not in known]
    if not missing:
        return None
    waits = {"names": " ".join(source.name for source in missing), "at": missing[-1].at}
    if strict:
        raise UsageError("month.values_missing", **waits)
    report = Report(facts={"waits_for": waits})
    report.say("month.values_missing", **waits)
    return report


def _keep(desk: Desk, round_id: str, path: str, known: Values, now: str) -> None:
    kept = path.replace("commitment", "announced")
    name = kept.removeprefix("public/").removesuffix(".json").replace("announced", "announce")
    body = {"round": round_id, "at": now, "values": {source: list(texts) for source, texts in known.items()}}
    with desk.store.step(round_id, name, who=desk.who, at=now, inputs={}) as step:
        step.put(kept, canonical_json(body))
