"""Publication (公示): public site, what offices carry, audit bundle, and the manifests that bind them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from supervision.domain.items import Task
from supervision.errors import UsageError
from supervision.messages import Message
from supervision.month import round_files as files
from supervision.month.calendars import drafts, drawn_units, standing
from supervision.month.changed_places import change_counts
from supervision.month.home_page import write_home
from supervision.month.internal_files import internal_files
from supervision.month.lottery_figures import lottery_figures_beside, lottery_files
from supervision.month.manifest_chain import following, measured, older_files
from supervision.month.notice_numbers import numbered, to_keep
from supervision.month.off_site_figures import doors_avoided
from supervision.month.office_counts import office_counts
from supervision.month.output_folder import MANIFEST, Source, refuse_foreign, set_aside, write_folder, write_made
from supervision.month.page_heading import heading
from supervision.month.preview_folder import Preview, compared, linked
from supervision.month.public_results import PublicResults, published_state, reason_of, shown_results
from supervision.month.regime_checks import regime_rules
from supervision.month.report import Report
from supervision.month.result_details import result_details
from supervision.month.round import Round
from supervision.month.round_estimates import Publishable, named, publishable
from supervision.month.round_files import Step
from supervision.month.round_people import units_of
from supervision.month.round_results import clock_of, with_methods
from supervision.month.unverified import unverified
from supervision.notice.archive import archive_name, write_archive
from supervision.notice.denied import refuse_denied
from supervision.notice.estimate_content import estimate_rows
from supervision.notice.estimate_report import estimate_report
from supervision.notice.formats import posted_pdf
from supervision.notice.manifest import Manifest, check_correction
from supervision.notice.posted import Posted, posted_page
from supervision.notice.public_content import PROOF, Content, Unverified, build_content
from supervision.notice.site.pages import write_pages
from supervision.notice.task_notice import task_notices
from supervision.sampling.protocol.commitment import Commitment
from supervision.sampling.protocol.roster_commitment import RosterCommitment
from supervision.sampling.protocol.verifier import RULES

PUBLIC, AUDIT, INTERNAL = "public", "audit", "internal"
APART = ("anchors.json", "anchors/")
REPORT = "estimates.html"
SHOWN = 3


@dataclass(frozen=True, kw_only=True, eq=False)
class _Prepared:
    """What a publication would write (待公示内容): nothing is kept or written yet.

    `parts`: part → its files; `before` its manifests so far, `now` the one that follows, the
    last one where nothing changed.
    """

    parts: Mapping[str, Mapping[str, Source]]
    before: Mapping[str, list[bytes]]
    now: Mapping[str, bytes]
    state: dict[str, list[str]]
    numbers: dict[str, str]

    @property
    def changed(self) -> list[str]:
        """The parts that get another manifest (有变化的部分)."""
        return [part for part in self.parts if not self.before[part] or self.before[part][-1] != self.now[part]]

    def chain(self, part: str) -> list[bytes]:
        """Return all manifests of a part, with the one that follows (清单链)."""
        return [*self.before[part], self.now[part]] if part in self.changed else self.before[part]


def publish(round: Round, out: Path, *, reason: str | None = None, seen: str = "") -> Report:
    """Write what a round has so far (公示本轮) into its folders below `out`, and the home page over all rounds.

    Repeated, nothing changes, and no other round's file is ever touched. When published bytes change, the manifest
    gets the next number and the digest of the one before, which stays; a correction – a file that was public and fixed
    and is now different or gone – needs a `reason`, except where the round simply went on. Corrected results bring
    their own reasons along, and so do those that left the page by rule.

    `seen`: the fingerprint of a `Preview`; where something else would become public by now, nothing is published and
    `month.publish_other` says so.
    """
    if seen:
        with TemporaryDirectory(prefix="preview-", dir=round.city.store.path.parent) as folder:
            if preview(round, out, Path(folder), reason=reason).fingerprint != seen:
                raise UsageError("month.publish_other", round=round.id)
    round.need(Step.COMMIT, "commit")
    refuse_foreign(out)
    lacking = round.has(Step.MATCH) and not round.holds(files.LOTTERY_FIGURES)
    with lottery_figures_beside(round) if lacking else nullcontext() as figures:
        found = _prepared(round, reason, only_public=False, figures=figures)
    moved = set_aside(out, round.id) if _takes_place_of_rehearsal(round, out) else []
    if found.changed:
        with round.save(Step.PUBLISH) as saving:
            for part in found.parts:
                for number, body in enumerate(found.chain(part), 1):
                    saving.put_bytes(files.MANIFEST.format(part=part, number=number), body)
            saving.put(files.PUBLISHED, found.state)
            saving.put(files.NOTICE_NUMBERS, found.numbers)
    kept = moved
    for part, sources in found.parts.items():
        apart = _anchor_files(round) if part == PUBLIC else {}
        kept += _write(out / part / round.id, sources, found.chain(part), apart)
    _write_archive(out / PUBLIC / round.id)
    write_home(round.city, out)
    sequence = Manifest.from_bytes(found.now[PUBLIC]).sequence
    return _published(round, out, sequence=sequence, same=not found.changed, kept=kept)


def preview(round: Round, out: Path, folder: Path, *, reason: str | None = None) -> Preview:
    """Write what would become public into `folder`/public (公示预览), and tell what of it is new; nothing is kept.

    Files of other rounds, which this publication reads for its home page, are there as well but are not listed.
    """
    round.need(Step.COMMIT, "commit")
    refuse_foreign(out)
    found = _prepared(round, reason, only_public=True)
    _takes_place_of_rehearsal(round, out)
    public, target = out / PUBLIC, folder / PUBLIC
    linked(public, target, leave_out=round.id)
    _write(target / round.id, found.parts[PUBLIC], found.chain(PUBLIC), _anchor_files(round))
    _write_archive(target / round.id)
    write_home(round.city, folder)
    others = {path.parent.name for path in target.glob("*/commitment.json")} - {round.id}
    return compared(public, target, leave_out=others, of={"round": round.key, "reason": reason or ""})


def _prepared(
    round: Round, reason: str | None, *, only_public: bool, figures: Callable[[], object] | None = None
) -> _Prepared:
    """Make what a round publishes now, and the manifests that follow; a correction without a reason is refused.

    `figures` keeps those of the lottery, which are in the making: what does not need them is made first.
    """
    progress = round.city.progress
    progress("month.pages", 0, 0)
    results, estimates, tasks = shown_results(round), publishable(round), numbered(round)
    parts: dict[str, Mapping[str, Source]] = {PUBLIC: public_files(round, tasks, results, estimates)}
    if not only_public:
        progress("month.workbooks", 0, 0)
        internal = {**dict(internal_files(round, heading(round))), **internal_report(round, estimates)}
        if figures is not None:
            figures()
        parts |= {AUDIT: audit_files(round), INTERNAL: internal}
    before = {part: round.manifests(part) for part in parts}
    sizes = {part: measured(listed) for part, listed in parts.items()}
    earlier = before[PUBLIC][-1] if before[PUBLIC] else None
    went_on = _went_on(round)
    check_correction(earlier, following(sizes[PUBLIC], before[PUBLIC], round.id, reason or went_on), reason)
    said_reason = reason_of(round, results, reason) or went_on
    now = {part: following(listed, before[part], round.id, said_reason) for part, listed in sizes.items()}
    return _Prepared(parts=parts, before=before, now=now, state=published_state(results), numbers=to_keep(tasks))


def _write(
    folder: Path, listed: Mapping[str, Source], manifests: Sequence[bytes], apart: Mapping[str, bytes]
) -> list[str]:
    """Write one folder of a round: its files, what stands apart from the manifest, and the chain of manifests."""
    everything = {**listed, **older_files(manifests), **apart}
    return write_folder(folder, everything, last={MANIFEST: manifests[-1]}, forms=folder.parent.name == INTERNAL)


def _went_on(round: Round) -> str:
    """Why there is another manifest where nothing was corrected."""
    stage = heading(round).stage
    return Message.of("notice.stage_reason", stage=Message.of(f"notice.stage.{stage}")).text()


def _takes_place_of_rehearsal(round: Round, out: Path) -> bool:
    """Tell whether a real round takes the place of its rehearsal, to be set aside; the other way round is refused."""
    there = out / PUBLIC / round.id / files.COMMITMENT.path().partition("/")[2]
    if not there.is_file():
        return False
    found = Commitment.from_bytes(there.read_bytes())
    if found.rehearsal != round.is_rehearsal and round.is_rehearsal:
        raise UsageError("month.real_round_there", round=round.id, folder=out)
    return found.rehearsal != round.is_rehearsal


def _write_archive(folder: Path) -> None:
    """Write everything that stands in a round's public folder as one file beside it."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    write_made(folder.with_name(archive_name(folder.name)), lambda target: write_archive(target, folder, names))


def _published(round: Round, out: Path, *, sequence: int, same: bool, kept: list[str]) -> Report:
    report = Report(facts={"out": str(out), "sequence": sequence, "changed": not same, "kept": kept})
    site, internal, audit = out / PUBLIC / "index.html", out / INTERNAL / round.id, out / AUDIT / round.id
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
    waiting = drafts(round)
    names = [name for name in _names(round, AUDIT) if f"{AUDIT}/{name}" not in waiting]
    found: dict[str, Source] = {name: round.place_of(f"{AUDIT}/{name}") for name in names}
    if round.has(Step.DRAW):
        found.setdefault("stepins.json", files.STEP_INS.to_bytes(()))
    if round.has(Step.MATCH):
        found.setdefault("changes.json", files.CHANGES.to_bytes(()))
    found |= lottery_files(round)
    found["log.jsonl"] = _log(round)
    return found


def public_files(
    round: Round, tasks: Sequence[Task], results: PublicResults, estimates: Publishable
) -> dict[str, Source]:
    """Return the files of a round's public folder (公示文件夹): pages, data, proofs, and the verifier itself.

    `tasks`: those of the round with the numbers of their notices.
    """
    content = content_of(round, tasks, results, estimates)
    found: dict[str, Source] = dict(write_pages(content))
    found |= task_notices(content, tasks, round.items, round.code_lists)
    found["verify.py"] = round.content(files.VERIFIER)
    notices = {"notice": posted_notice(round, round.read(files.COMMITMENT))}
    for number in range(1, round.count(Step.ROSTER) + 1):
        second = round.read(files.ROSTER_COMMITMENT, number)
        notices[f"notice-roster{files.end_of(number)}"] = posted_notice(round, second)
    for name, posted in notices.items():
        found |= {f"{name}.html": posted_page(posted), f"{name}.pdf": posted_pdf.write(posted)}
    refuse_denied(found)
    return found


def posted_notice(round: Round, commitment: Commitment | RosterCommitment) -> Posted:
    """Return what the notice to be posted says of a commitment (张贴公告); organisers: rule shared/draw_source."""
    rule = {entry["name"]: entry for entry in round.law.value("shared/draw_source")}
    return Posted(
        city=heading(round).city,
        agency=commitment.agency,
        round=round.id,
        rehearsal=round.is_rehearsal,
        second=isinstance(commitment, RosterCommitment),
        digest=commitment.digest.hex(),
        hash_name=commitment.hash_name,
        committed_at=commitment.committed_at,
        sequence=commitment.sequence,
        sources=[
            {
                "name": str(rule[source.name]["event"]["zh"]),
                "issue": source.issue,
                "name_en": str(rule[source.name]["event"]["en"]),
                "shape": f"{source.low}–{source.high} 取 {source.count}",
                "shape_en": f"{source.count} of {source.low}–{source.high}",
                "at": source.at,
                "organiser": f"{rule[source.name]['organiser']['zh']} {rule[source.name]['address']}",
                "organiser_en": f"{rule[source.name]['organiser']['en']} {rule[source.name]['address']}",
            }
            for source in commitment.sources
        ],
    )


def internal_report(round: Round, found: Publishable) -> dict[str, bytes]:
    """Return the report of estimates that stays inside (推断内部报告), none before there are results."""
    if found.inside.empty:
        return {}
    return {REPORT: estimate_report(heading(round), found.inside, named(round, found.inside), rule=found.rule)}


def _anchor_files(round: Round) -> dict[str, bytes]:
    """Evidence from outside, which stands apart from the manifest: it may come later (锚定材料)."""
    return {name: round.content(f"{PUBLIC}/{name}") for name in _names(round, PUBLIC) if name.startswith(APART)}


def _names(round: Round, part: str) -> list[str]:
    """The round's files of a published part, by their names below it."""
    return [path.removeprefix(f"{part}/") for path in sorted(round.paths) if path.startswith(f"{part}/")]


def content_of(round: Round, tasks: Sequence[Task], shown: PublicResults, found: Publishable) -> Content:
    """Return what the round may publish now (当前可公示内容)."""
    proofs = {name: round.content(f"{PUBLIC}/{name}") for name in _names(round, PUBLIC) if PROOF.match(name)}
    frames = {
        task.task_id: {
            name: round.content(files.OPEN_FILE.format(task=task.task_id, name=name))
            for name in ("frame.csv", "strata.json")
        }
        for task in round.tasks
        if task.access == "open"
    }
    return build_content(
        heading(round),
        tasks=tasks,
        items=round.items,
        labels=round.code_lists,
        names=units_of(round, _named(round, shown), ["name"]),
        proofs=proofs,
        frames=frames,
        conditions=RULES,
        results=with_methods(round, shown.rows),
        details=result_details(round, shown.rows),
        corrections=shown.corrections,
        removed=shown.removed,
        clock=clock_of(round),
        oversight=office_counts(round),
        counts=counts(round, shown.rows),
        changes=_counted(round),
        estimates=estimate_rows(found.public, named(round, found.public)),
        unverified=[
            Unverified(title=round.law.title(entry.path), since=entry.since.isoformat(), basis=entry.basis)
            for entry in unverified(round.law, regime_rules(round))
        ],
    )


def _counted(round: Round) -> pd.DataFrame:
    """How much changed in each office, by its name."""
    table = change_counts(round)
    return table.assign(office=[round.offices[office].name for office in table["office"]])


def counts(round: Round, results: pd.DataFrame | None) -> dict[str, int]:
    """Return the figures of the first page (首页数字)."""
    committed = round.read(files.COMMITMENT).tasks
    found = {"tasks": len(committed), "units": sum(task.units for task in committed)}
    if round.has(Step.DRAW):
        found["drawn"] = int(drawn_units(round)["unit_id"].nunique())
    if round.planned_numbers:
        places = standing(round)
        offices = places.groupby("visit_id")["office"].nunique()
        found |= {"visits": len(offices), "office_visits": int(offices.sum()), "joint": int((offices > 1).sum())}
        if checks := doors_avoided(round)[0]:
            found["off_site"] = checks
        found["unheld"] = sum(len(round.table(files.UNHELD_ROWS, number=number)) for number in round.planned_numbers)
        if round.has(Step.MATCH):
            found["inspectors"] = int(places["inspector_id"].nunique())
    return found | ({} if results is None else {"results": len(results)})


def _named(round: Round, results: PublicResults) -> pd.Series:
    """Units whose names a page shows: those on disclosed lists and those with a published or corrected result."""
    lists = round.read(files.RESULT).lists.values() if round.holds(files.RESULT) else ()
    units = {unit for listed in lists for unit in listed} | set(results.corrections["unit_id"])
    return pd.Series(sorted(units | (set() if results.rows is None else set(results.rows["unit_id"]))), dtype="str")


def _log(round: Round) -> bytes:
    """The round's log without the publications at its end, which this publication would follow."""
    lines = round.log.splitlines(keepends=True)
    while lines and json.loads(lines[-1])["step"] == Step.PUBLISH.logged:
        lines.pop()
    return b"".join(lines)
