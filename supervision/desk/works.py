"""What can be done in the background (后台任务一览): the same functions that the commands call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from supervision import __version__
from supervision.desk import acts, previews, reports_made, uploads
from supervision.desk.change_requests import asked_of, kept_apart
from supervision.desk.desk_file import DeskFile
from supervision.domain.rounds import REHEARSED
from supervision.errors import UsageError
from supervision.messages import Label, Message
from supervision.month import (
    assigning,
    drawing,
    importing,
    line,
    planning,
    publishing,
    replanning,
    reviewing,
    scoring,
    stepping_in,
    substituting,
)
from supervision.month.city import City
from supervision.month.condition import examine
from supervision.month.mapped_files import Asked
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.source_values import held_times, source_values
from supervision.month.step_logs import check_logs, log_names
from supervision.month.verification import verification_report


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where and with what a job works (任务的参数); `number` is the job's own."""

    city: City
    out: Path
    params: Mapping[str, Any]
    number: int

    @property
    def round(self) -> Round:
        """The round that the job is about (任务所属轮次)."""
        return self.city.round(self.params["round"])

    @property
    def names(self) -> dict[str, Any]:
        """The round's name as functions take it that open rounds (轮次名称)."""
        name = self.params["round"]
        return {"round_id": name.removesuffix(REHEARSED), "rehearsal": name.endswith(REHEARSED)}


@dataclass(frozen=True, kw_only=True)
class Work:
    """One kind of long work (一种后台任务): its name, who may start it, and what it does.

    `again`: it may be done once more with what it was given; not so a draw, whose values each person enters.
    """

    label: Label
    act: str
    run: Callable[[Place], Report]
    again: bool = True


def _import(place: Place) -> Report:
    """Take uploaded files into a register (导入上传的文件): they are deleted, what was rejected stays to be seen."""
    given, store = place.params, place.city.store.path
    token, names, day = given["upload"], given["names"], given.get("as_of")
    files = [uploads.place(store, token, name) for name in names]
    report = importing.import_files(
        place.city,
        given["kind"],
        files,
        as_of=date.fromisoformat(day) if day else None,
        asked=Asked(mapping=given.get("mapping", "")),
        look=uploads.Rejects(files[0].parent),
    )
    report.lines = [_named(line) for line in report.lines]
    uploads.drop(store, token, names)
    return report


def _named(line: Message) -> Message:
    """Name a file that is handed back without where it stands on the server (只说文件名)."""
    if line.code not in ("month.rejects_written", "month.unmatched_written"):
        return line
    return Message(line.code, {**line.params, "file": Path(str(line.params["file"])).name})


def _commit(place: Place) -> Report:
    return line.commit(
        place.city,
        cause=place.params.get("cause", "").strip(),
        key=place.params.get("key", ""),
        accept_unverified=place.params.get("accept_unverified", ""),
        **place.names,
    )


def _draw(place: Place) -> Report:
    return drawing.draw(place.round, **_values(place))


def _match(place: Place) -> Report:
    return assigning.match(place.round, **_values(place))


def _values(place: Place) -> dict[str, Any]:
    given = place.params
    return {"values": source_values(given["sources"]), "held": held_times(given.get("held", []))}


def _look(place: Place) -> Report:
    """See what a change would come to (预览变更); nothing is kept."""
    return kept_apart(replanning.look(place.round, asked_of(place.round, place.params, look=True)))


def _replan(place: Place) -> Report:
    """Change the calendar as it was seen, or not at all (登记变更)."""
    asked = asked_of(place.round, place.params, look=False)
    return kept_apart(replanning.replan(place.round, asked, seen=place.params["seen"]))


def _publish_look(place: Place) -> Report:
    """Make the preview of a publication (公示预览) beside the store, for the desk to show."""
    return previews.make(place.round, place.out, number=place.number, reason=place.params.get("reason", ""))


def _publish(place: Place) -> Report:
    """Publish what was seen (公示), or nothing."""
    if not place.params.get("seen"):
        raise UsageError("desk.publish_unseen")
    reason = place.params.get("reason") or None
    return publishing.publish(place.round, place.out, reason=reason, seen=place.params["seen"])


def _review(place: Place) -> Report:
    """Say yes to results or send them back (审核): those named, of the reviewer's office where they have one."""
    given = place.params
    kept = ("decision", "office", "reason", "versions")
    return reviewing.review(place.round, given["names"], **{name: given[name] for name in kept})


def _logs(place: Place) -> Report:
    """Check the chains of the store's logs and of the desk's own (核验日志链)."""
    city = place.city
    own = acts.all_lines(DeskFile.beside(city.store.path))
    return check_logs({acts.SCOPE: own} | {name: city.store.log(name) for name in log_names(city)})


def _doctor(place: Place) -> Report:
    city, out = place.city, place.out if place.out.is_dir() else None
    return examine(city.store.path, out=out, program=__version__, progress=city.progress, now=city.now)


WORKS: Mapping[str, Work] = {
    "import": Work(label=Label("导入登记表", "Import a register"), act="registers", run=_import),
    "train": Work(
        label=Label("训练评分卡", "Train the scorecard"),
        act="prepare",
        run=lambda place: scoring.train(place.city.begin(**place.names)),
    ),
    "score": Work(
        label=Label("评分分类", "Score and class"),
        act="prepare",
        run=lambda place: line.score(place.city, **place.names),
    ),
    "preview": Work(
        label=Label("预估工作量", "Preview the load"),
        act="prepare",
        run=lambda place: line.preview(place.city, **place.names),
    ),
    "commit": Work(label=Label("承诺", "Commit"), act="commit", run=_commit),
    "draw": Work(label=Label("抽取名单", "Draw the lists"), act="draw", run=_draw, again=False),
    "plan": Work(
        label=Label("编排日程", "Make the calendar"), act="plan", run=lambda place: planning.plan(place.round)
    ),
    "roster": Work(
        label=Label("第二次承诺", "Second commitment"),
        act="commit",
        run=lambda place: assigning.commit_roster(place.round),
    ),
    "match": Work(label=Label("抽取检查人员", "Draw the inspectors"), act="draw", run=_match, again=False),
    "replan_look": Work(label=Label("预览日程变更", "Preview a change"), act="plan", run=_look),
    "replan": Work(label=Label("登记日程变更", "Change the calendar"), act="plan", run=_replan),
    "publish_look": Work(label=Label("公示预览", "Preview of the publication"), act="publish", run=_publish_look),
    "review": Work(label=Label("审核结果", "Review results"), act="review", run=_review),
    "confirm_stepin": Work(
        label=Label("复核递补", "Confirm a step-in"),
        act="review",
        run=lambda place: stepping_in.confirm(place.round, place.params["of"]),
    ),
    "confirm_leave": Work(
        label=Label("复核请假", "Confirm leave"),
        act="review",
        run=lambda place: substituting.confirm(place.round, place.params["of"]),
    ),
    "verify": Work(
        label=Label("核验全部抽取", "Verify all draws"),
        act="verify",
        run=lambda place: verification_report(place.out),
    ),
    "logs": Work(label=Label("核验日志链", "Check the logs' chains"), act="verify", run=_logs),
    "doctor": Work(label=Label("体检", "Examine the installation"), act="verify", run=_doctor),
    "report": Work(
        label=Label("生成报告", "Make a report"),
        act="reports",
        run=lambda place: reports_made.make(place.city, place.params["period"]),
    ),
    "publish": Work(label=Label("公示", "Publish"), act="publish", run=_publish),
}
