"""Publication (公示): public site, offices' workbooks, audit bundle, and the manifests that bind them."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from supervision.canonical import digest
from supervision.errors import UsageError
from supervision.month.clock import clock_of
from supervision.month.desk import Desk
from supervision.month.nouns import items_of, offices_of, tasks_of
from supervision.month.outfolder import Source, measure, prepare, write_folder
from supervision.month.report import Report
from supervision.month.returns import public_results
from supervision.month.timetable import numbers, people_day, standing, suffix, units_of
from supervision.notice.formats import workbook
from supervision.notice.manifest import write_manifest
from supervision.notice.office_content import Month, form_choices, office_contents
from supervision.notice.public_content import PROOF, Content, Heading, build_content
from supervision.notice.site.pages import write_pages
from supervision.sampling.protocol import verifier

ANYWHERE = "本市"
SHOWN = 3


def publish(desk: Desk, round_id: str, out: Path, *, reason: str | None = None) -> Report:
    """Write what a round has so far (公示本轮) to `out`: public/, internal/, audit/ and their manifests.

    Repeated, nothing changes. When published bytes change, the manifest gets the next number and the digest of the one
    before; a correction – a file that was public and is now different or gone – needs a `reason`, except where the
    round simply went on (pages, result lists and results grow).
    """
    desk.need(round_id, "commit", "commit")
    hash_name = desk.card(round_id)["hash"]
    desk.progress("month.pages", 0, 0)
    public = public_files(desk, round_id)
    audit: dict[str, Source] = {
        path.removeprefix("audit/"): desk.store.path_of(round_id, path)
        for path in desk.store.paths(round_id)
        if path.startswith("audit/")
    }
    audit["log.jsonl"] = _log(desk, round_id)
    desk.progress("month.workbooks", 0, 0)
    internal = workbooks(desk, round_id)
    before = _manifests_before(desk, round_id)
    manifests: dict[str, bytes] = {}
    for part, files in (("public/", public), ("audit/", audit), ("", internal)):
        listed = {path: measure(source, hash_name) for path, source in files.items()}
        if not part:
            listed |= {path: measure(body, hash_name) for path, body in manifests.items()}
        manifests[f"{part}manifest.json"] = _next_manifest(
            before.get(f"{part}manifest.json"), listed, round_id, reason, hash_name
        )
    _check_correction(before.get("public/manifest.json"), manifests["public/manifest.json"], reason)
    everything = {f"public/{k}": v for k, v in public.items()} | {f"audit/{k}": v for k, v in audit.items()} | internal
    sequence = json.loads(manifests["public/manifest.json"])["sequence"]
    same = before == manifests
    prepare(out)
    if not same:
        with desk.store.step(
            round_id, "publish", who=desk.whom(round_id), at=desk.at(round_id), inputs={"reason": reason}
        ) as step:
            for path, body in manifests.items():
                step.put(f"manifests/{path}", body)
    kept = write_folder(out, everything, manifests, hash_name=hash_name)
    report = Report(facts={"out": str(out), "sequence": sequence, "changed": not same, "kept": kept})
    report.say(
        "month.published",
        site=out / "public" / "index.html",
        internal=out / "internal",
        audit=out / "audit",
        sequence=sequence,
    )
    if same:
        report.say("month.published_same", sequence=sequence)
    for path in kept[:SHOWN]:
        report.say("month.kept", path=path)
    if len(kept) > SHOWN:
        report.say("month.more", more=len(kept) - SHOWN)
    return report


def public_files(desk: Desk, round_id: str) -> dict[str, Source]:
    """Return the files of the public folder (公示文件夹): pages, data, proofs, and the verifier itself."""
    files: dict[str, Source] = dict(write_pages(content_of(desk, round_id)))
    files["verify.py"] = Path(verifier.__file__).read_bytes()
    for path in desk.store.paths(round_id):
        if path.startswith("public/announced"):
            files[path.removeprefix("public/")] = desk.store.get(round_id, path)
    return files


def content_of(desk: Desk, round_id: str) -> Content:
    """Return what the round may publish now (当前可公示内容)."""
    tasks = tasks_of(desk, round_id)
    proofs, frames = {}, {}
    for path in desk.store.paths(round_id):
        name = path.removeprefix("public/")
        if path.startswith("public/") and PROOF.match(name):
            proofs[name] = desk.store.get(round_id, path)
    for task in tasks:
        if task.access == "open":
            frames[task.task_id] = {
                name: desk.store.get(round_id, f"public/open/{task.task_id}/{name}")
                for name in ("frame.csv", "strata.json")
            }
    results = public_results(desk, round_id)
    names = units_of(desk, round_id, _named(proofs, results), ["name"])
    return build_content(
        heading(desk, round_id),
        tasks=tasks,
        items=items_of(desk, round_id),
        labels=desk.code_lists_of(round_id),
        names=names,
        proofs=proofs,
        frames=frames,
        results=results,
        clock=clock_of(desk, round_id),
        counts=counts(desk, round_id),
    )


def heading(desk: Desk, round_id: str) -> Heading:
    """Return what stands on every page (页眉)."""
    done, law = desk.finished(round_id), desk.law_of(round_id)
    stage = "committed"
    for step, name in (
        ("abandon", "abandoned"),
        ("draw", "drawn"),
        ("plan", "planned"),
        ("match", "matched"),
        ("record", "results"),
    ):
        stage = name if step in done else stage
    city = ANYWHERE if "shared/city" in law.missing() else str(law.value("shared/city")["zh"])
    return Heading(city=city, round=round_id, rehearsal=desk.is_rehearsal(round_id), stage=stage)


def counts(desk: Desk, round_id: str) -> dict[str, int]:
    """Return the figures of the first page (首页数字)."""
    committed = json.loads(desk.store.get(round_id, "public/commitment.json"))["tasks"]
    found = {"tasks": len(committed), "units": sum(task["units"] for task in committed)}
    done = desk.finished(round_id)
    if "draw" in done:
        drawn = desk.store.table(round_id, "drawn")
        found["drawn"] = int(drawn.loc[drawn["role"] == "drawn", "unit_id"].nunique())
    if "plan" in done:
        places = standing(desk, round_id)
        offices = places.groupby("visit_id")["office"].nunique()
        found |= {"visits": len(offices), "joint": int((offices > 1).sum())}
        found["unheld"] = sum(
            len(desk.store.table(round_id, f"unheld{suffix(n)}")) for n in numbers(desk, round_id, "plan")
        )
        if "match" in done:
            found["inspectors"] = int(places["inspector_id"].nunique())
    results = public_results(desk, round_id)
    return found | ({} if results is None else {"results": len(results)})


def workbooks(desk: Desk, round_id: str) -> dict[str, Source]:
    """Return every office's workbook (各机构工作簿) by its path; none before there is a calendar."""
    if "plan" not in desk.finished(round_id):
        return {}
    places = standing(desk, round_id)
    drawn = desk.store.table(round_id, "drawn")
    units = units_of(desk, round_id, drawn["unit_id"], ["name", "address", "street"])
    named = desk.store.register("inspectors", on=people_day(desk, round_id), columns=["inspector_id", "name"])
    law = desk.law_of(round_id)
    month = Month(
        calendar=places,
        assignments=places.dropna(subset=["inspector_id"]) if "match" in desk.finished(round_id) else None,
        inspectors=named,
        entities=units,
        drawn=drawn.loc[drawn["role"] == "drawn", ["task_id", "unit_id"]],
        tasks={task.task_id: task for task in tasks_of(desk, round_id)},
        items=items_of(desk, round_id),
        offices=offices_of(desk, round_id),
    )
    lists = desk.code_lists_of(round_id)
    choices = form_choices(lists, {name: lists.codes(name) for name in ("result", "method", "follow_up")})
    days = int(law.value("shared/publication_deadline")["working_days"])
    return {
        f"internal/{one.office.office_id}/{one.office.office_id}.xlsx": workbook.write(one)
        for one in office_contents(heading(desk, round_id), month, choices=choices, publication_days=days)
    }


def _named(proofs: dict[str, bytes], results: pd.DataFrame | None) -> pd.Series:
    """Units whose names a page shows: those on disclosed lists and those with a published result."""
    shown = json.loads(proofs["result.json"])["tasks"] if "result.json" in proofs else []
    units = {unit for task in shown for unit in task.get("drawn", [])}
    return pd.Series(sorted(units | (set() if results is None else set(results["unit_id"]))), dtype="str")


def _log(desk: Desk, round_id: str) -> bytes:
    """The round's log without the publications at its end, which this publication would follow."""
    lines = desk.store.log(round_id).splitlines(keepends=True)
    while lines and json.loads(lines[-1])["step"] == "publish":
        lines.pop()
    return b"".join(lines)


def _manifests_before(desk: Desk, round_id: str) -> dict[str, bytes]:
    paths = [path for path in desk.store.paths(round_id) if path.startswith("manifests/")]
    return {path.removeprefix("manifests/"): desk.store.get(round_id, path) for path in paths}


def _next_manifest(
    before: bytes | None, files: dict[str, tuple[int, str]], round_id: str, reason: str | None, hash_name: str
) -> bytes:
    """The manifest as it stands where nothing changed, else the next one of the chain."""
    if before is not None:
        old = json.loads(before)
        same = write_manifest(
            files,
            round=round_id,
            sequence=old["sequence"],
            previous=old["previous"],
            reason=old["reason"],
            hash_name=hash_name,
        )
        if same == before:
            return before
        return write_manifest(
            files,
            round=round_id,
            sequence=old["sequence"] + 1,
            previous=digest(hash_name, before).hex(),
            reason=reason,
            hash_name=hash_name,
        )
    return write_manifest(files, round=round_id, sequence=1, previous=None, reason=reason, hash_name=hash_name)


def _check_correction(before: bytes | None, now: bytes, reason: str | None) -> None:
    """A commitment, a revealed value or an open frame that was public may only change with a public reason."""
    if before is None or reason:
        return
    fresh = {entry["path"]: entry["digest"] for entry in json.loads(now)["files"]}
    for entry in json.loads(before)["files"]:
        fixed = entry["path"].startswith(("commitment", "reveal", "abandoned", "open/")) and entry["path"].endswith(
            (".json", ".csv")
        )
        if fixed and entry["path"] != "commitment.csv" and fresh.get(entry["path"]) != entry["digest"]:
            raise UsageError("month.reason_missing", path=entry["path"])
