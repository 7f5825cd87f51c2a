"""Publication (公示): public site, offices' workbooks, audit bundle, and the manifests that bind them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from supervision.month import round_files as files
from supervision.month.calendars import drawn_units, standing
from supervision.month.output_folder import Source, measure, prepare, write_folder
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.round_people import people_day, units_of
from supervision.month.round_results import clock_of, public_results, results_of
from supervision.month.unverified import unverified
from supervision.notice.formats import workbook
from supervision.notice.manifest import check_correction, next_manifest
from supervision.notice.office_content import Month, form_choices, office_contents
from supervision.notice.public_content import PROOF, Content, Heading, Unverified, build_content
from supervision.notice.site.pages import write_pages
from supervision.sampling.protocol import verifier

ANYWHERE = "本市"
PUBLIC, AUDIT, EVERYTHING = "public/", "audit/", ""
SHOWN = 3


def publish(round: Round, out: Path, *, reason: str | None = None) -> Report:
    """Write what a round has so far (公示本轮) to `out`: public/, internal/, audit/ and their manifests.

    Repeated, nothing changes. When published bytes change, the manifest gets the next number and the digest of the one
    before; a correction – a file that was public and is now different or gone – needs a `reason`, except where the
    round simply went on (pages, result lists and results grow).
    """
    round.need(Step.COMMIT, "commit")
    progress = round.city.progress
    progress("month.pages", 0, 0)
    parts: dict[str, dict[str, Source]] = {PUBLIC: public_files(round), AUDIT: audit_files(round)}
    progress("month.workbooks", 0, 0)
    parts[EVERYTHING] = dict(workbooks(round))
    before = {part: round.content(path) for part in parts if (path := files.MANIFEST.format(part=part)) in round.paths}
    manifests = _manifests(round, parts, before, reason)
    check_correction(before.get(PUBLIC), manifests[PUBLIC], reason)
    same = before == manifests
    prepare(out)
    if not same:
        with round.save(Step.PUBLISH, inputs={"reason": reason}) as saving:
            for part, body in manifests.items():
                saving.put_bytes(files.MANIFEST.format(part=part), body)
    everything = {f"{part}{path}": source for part, listed in parts.items() for path, source in listed.items()}
    named = {f"{part}manifest.json": body for part, body in manifests.items()}
    kept = write_folder(out, everything, named, hash_name=round.hash_name)
    return _published(out, sequence=json.loads(manifests[PUBLIC])["sequence"], same=same, kept=kept)


def _manifests(
    round: Round, parts: dict[str, dict[str, Source]], before: dict[str, bytes], reason: str | None
) -> dict[str, bytes]:
    """The manifest of each part; that of the whole folder lists the other two as well."""
    made: dict[str, bytes] = {}
    for part, listed in parts.items():
        measured = {path: measure(source, round.hash_name) for path, source in listed.items()}
        if part == EVERYTHING:
            measured |= {f"{name}manifest.json": measure(body, round.hash_name) for name, body in made.items()}
        made[part] = next_manifest(before.get(part), measured, round=round.id, reason=reason, hash_name=round.hash_name)
    return made


def _published(out: Path, *, sequence: int, same: bool, kept: list[str]) -> Report:
    report = Report(facts={"out": str(out), "sequence": sequence, "changed": not same, "kept": kept})
    site, internal, audit = out / "public" / "index.html", out / "internal", out / "audit"
    report.say("month.published", site=site, internal=internal, audit=audit, sequence=sequence)
    if same:
        report.say("month.published_same", sequence=sequence)
    for path in kept[:SHOWN]:
        report.say("month.kept", path=path)
    if len(kept) > SHOWN:
        report.say("month.more", more=len(kept) - SHOWN)
    return report


def audit_files(round: Round) -> dict[str, Source]:
    """Return the files of the audit bundle (审计包)."""
    found: dict[str, Source] = {
        path.removeprefix(AUDIT): round.place_of(path) for path in sorted(round.paths) if path.startswith(AUDIT)
    }
    found["log.jsonl"] = _log(round)
    return found


def public_files(round: Round) -> dict[str, Source]:
    """Return the files of the public folder (公示文件夹): pages, data, proofs, and the verifier itself."""
    found: dict[str, Source] = dict(write_pages(content_of(round)))
    found["verify.py"] = Path(verifier.__file__).read_bytes()
    for path in sorted(round.paths):
        if path.startswith(f"{PUBLIC}announced"):
            found[path.removeprefix(PUBLIC)] = round.content(path)
    return found


def content_of(round: Round) -> Content:
    """Return what the round may publish now (当前可公示内容)."""
    names = [path.removeprefix(PUBLIC) for path in sorted(round.paths) if path.startswith(PUBLIC)]
    proofs = {name: round.content(f"{PUBLIC}{name}") for name in names if PROOF.match(name)}
    frames = {
        task.task_id: {
            name: round.content(files.OPEN_FILE.format(task=task.task_id, name=name))
            for name in ("frame.csv", "strata.json")
        }
        for task in round.tasks
        if task.access == "open"
    }
    recorded = results_of(round)
    results = public_results(round, recorded)
    return build_content(
        heading(round),
        tasks=round.tasks,
        items=round.items,
        labels=round.code_lists,
        names=units_of(round, _named(round, results), ["name"]),
        proofs=proofs,
        frames=frames,
        results=results,
        clock=clock_of(round, recorded),
        counts=counts(round, results),
        unverified=[
            Unverified(title=round.law.title(entry.path), since=entry.since.isoformat(), basis=entry.basis)
            for entry in unverified(round.law)
        ],
    )


def heading(round: Round) -> Heading:
    """Return what stands on every page (页眉)."""
    stage = "committed"
    for step, name in (
        (Step.ABANDON, "abandoned"),
        (Step.DRAW, "drawn"),
        (Step.PLAN, "planned"),
        (Step.MATCH, "matched"),
        (Step.RECORD, "results"),
    ):
        stage = name if round.has(step) else stage
    city = ANYWHERE if "shared/city" in round.law.missing() else str(round.law.value("shared/city")["zh"])
    return Heading(city=city, round=round.id, rehearsal=round.is_rehearsal, stage=stage)


def counts(round: Round, results: pd.DataFrame | None) -> dict[str, int]:
    """Return the figures of the first page (首页数字)."""
    committed = round.read(files.COMMITMENT).tasks
    found = {"tasks": len(committed), "units": sum(task.units for task in committed)}
    if round.has(Step.DRAW):
        found["drawn"] = int(drawn_units(round)["unit_id"].nunique())
    if round.has(Step.PLAN):
        places = standing(round)
        offices = places.groupby("visit_id")["office"].nunique()
        found |= {"visits": len(offices), "joint": int((offices > 1).sum())}
        numbers = range(1, round.count(Step.PLAN) + 1)
        found["unheld"] = sum(len(round.table(files.UNHELD_ROWS, number=number)) for number in numbers)
        if round.has(Step.MATCH):
            found["inspectors"] = int(places["inspector_id"].nunique())
    return found | ({} if results is None else {"results": len(results)})


def workbooks(round: Round) -> Iterator[tuple[str, bytes]]:
    """Yield every office's workbook (各机构工作簿) and its path; none before there is a calendar."""
    if not round.has(Step.PLAN):
        return
    places, drawn = standing(round), round.table(files.DRAWN)
    lists = round.code_lists
    month = Month(
        calendar=places,
        assignments=places.dropna(subset=["inspector_id"]) if round.has(Step.MATCH) else None,
        inspectors=round.city.register("inspectors", on=people_day(round), columns=["inspector_id", "name"]),
        entities=units_of(round, drawn["unit_id"], ["name", "address", "street"]),
        drawn=drawn_units(round),
        tasks={task.task_id: task for task in round.tasks},
        items=round.items,
        offices=round.offices,
    )
    choices = form_choices(lists, {name: lists.codes(name) for name in ("result", "method", "follow_up")})
    days = int(round.law.value("shared/publication_deadline")["working_days"])
    for one in office_contents(heading(round), month, choices=choices, publication_days=days):
        yield f"internal/{one.office.office_id}/{one.office.office_id}.xlsx", workbook.write(one)


def _named(round: Round, results: pd.DataFrame | None) -> pd.Series:
    """Units whose names a page shows: those on disclosed lists and those with a published result."""
    lists = round.read(files.RESULT).lists.values() if round.holds(files.RESULT) else ()
    units = {unit for listed in lists for unit in listed}
    return pd.Series(sorted(units | (set() if results is None else set(results["unit_id"]))), dtype="str")


def _log(round: Round) -> bytes:
    """The round's log without the publications at its end, which this publication would follow."""
    lines = round.city.store.log(round.id).splitlines(keepends=True)
    while lines and json.loads(lines[-1])["step"] == Step.PUBLISH.value:
        lines.pop()
    return b"".join(lines)
