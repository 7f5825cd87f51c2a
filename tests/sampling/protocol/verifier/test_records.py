"""Records, the chain of commitments, sources, reveals and anchors: each condition is broken once by a forger."""

from typing import Any

import pytest
from edits import Edit, drop, each, file, json_file, more, put, row
from forge import event, text
from forge_draws import Full

HEX, PUB = "0" * 64, "public/2026-12"
FIRST, BEFORE = "2026-11-29T21:25:00+08:00", "2026-11-29T21:24:59+08:00"


def source(number: int, /, **fields: Any) -> Edit:
    """Change one of the sources."""
    return each("sources", number, **fields)


def task(number: int, /, **fields: Any) -> Edit:
    """Change one of the tasks."""
    return each("tasks", number, **fields)


def sources(*rows: tuple[str, str, int, int, int, str]) -> Edit:
    """Replace the sources: name, kind, count, low, high, time of day."""
    names = ("name", "kind", "count", "low", "high", "at")
    made = [dict(zip(names, one, strict=True)) | {"issue": f"i{k}"} for k, one in enumerate(rows)]
    return put(sources=[one | {"at": f"2026-11-29T{one['at']}:00+08:00"} for one in made])


CASES: list[tuple[str, str, Edit]] = [
    ("fields.object", "files", file("/commitment.json", lambda data: b"[]")),
    ("fields.list", "anchors", lambda rows: {}),
    ("fields.unknown", "commitment", put(dice="6")),
    ("fields.missing", "commitment", drop("cause")),
    ("fields.missing", "anchors", lambda rows: [drop("kind")(rows[0]), *rows[1:]]),
    ("fields.value", "commitment", put(agency="a b")),
    ("fields.value", "commitment", put(agency="a" * 41)),
    ("fields.value", "commitment", put(committed_at="2026-11-25T09:00:00Z")),
    ("fields.value", "commitment", put(committed_at="2026-11-31T09:00:00+08:00")),
    ("fields.value", "commitment", put(committed_at="2026-11-25T24:00:00+08:00")),
    ("fields.value", "commitment", put(evidence="2026-11-31")),
    ("fields.value", "commitment", put(sequence=-1)),
    ("fields.value", "commitment", put(key_digest="A" * 64)),
    ("fields.value", "commitment", put(hash="md5")),
    ("fields.value", "commitment", put(protocol="supervision-draw/1")),
    ("fields.value", "commitment", put(cause="")),
    ("fields.value", "commitment", put(cause="x" * 501)),
    ("fields.value", "commitment", put(cause="a\x80b")),
    ("fields.value", "commitment", source(0, kind="dice")),
    ("fields.value", "commitment", task(0, excluded={"cap": 0})),
    ("fields.value", "commitment", task(0, excluded={"a cap": 1})),
    ("fields.value", "commitment", task(0, task_id="t" * 36)),
    ("fields.value", "reveal", put(key_string=None)),
    ("fields.value", "reveal", lambda one: one | {"values": one["values"] | {"ssq-blue": ["01"]}}),
    ("fields.sorted", "commitment", lambda one: one | {"tasks": one["tasks"][::-1]}),
    ("fields.sorted", "anchors", lambda rows: rows[::-1]),
    ("commitment.round", "commitment", put(round="2026-11")),
    ("commitment.cause", "commitment", put(cause="因为")),
    ("commitment.evidence", "commitment", put(evidence="2026-11-26")),
    ("commitment.software", "commitment", put(software=HEX)),
    ("task.disclosure", "commitment", task(0, disclosure="before")),
    ("task.disclosure", "commitment", task(2, disclosure="never")),
    ("task.group", "commitment", task(0, group="task.market")),
    ("task.sample", "commitment", task(0, sample=0)),
    ("task.sizes", "commitment", task(0, sample=19)),
    ("task.shared_group", "commitment", lambda one: task(1, group="open")(task(2, group="open")(one))),
    ("chain.sequence", "commitment", put(sequence=0)),
    ("chain.previous_null", "commitment", put(previous=HEX)),
    ("chain.previous_null", "commitment", put(sequence=2)),
    ("roster.sequence", "roster_commitment", put(sequence=1, previous=None)),
    ("chain.gap", "roster_commitment-2", put(sequence=4)),
    ("chain.previous", "roster_commitment", put(previous=HEX)),
    ("source.range", "commitment", source(3, low=16)),
    ("source.high", "commitment", source(3, high=2**31)),
    ("source.count", "commitment", source(3, count=0)),
    ("source.number", "commitment", source(3, kind="set")),
    ("source.number", "commitment", source(2, kind="number")),
    ("source.set", "commitment", source(1, high=2, low=1, count=3)),
    ("source.none", "commitment", put(sources=[])),
    ("source.name", "commitment", source(0, name="ssq-red")),
    ("source.order", "commitment", source(3, at="2026-11-29T21:24:59+08:00")),
    ("source.interval", "commitment", put(committed_at="2026-11-28T21:25:01+08:00")),
    ("source.interval", "roster_commitment", put(committed_at="2026-11-30T21:25:01+08:00")),
    ("source.bits", "commitment", sources(("a", "set", 6, 1, 33, "20:00"), ("b", "number", 1, 0, 991_000, "21:00"))),
    (
        "source.last_bits",
        "commitment",
        sources(("a", "sequence", 9, 0, 9, "20:00"), ("b", "sequence", 6, 0, 9, "21:00")),
    ),
    (
        "source.last_bits",
        "commitment",
        sources(("a", "set", 9, 1, 90, "20:00"), ("b", "number", 1, 0, 2**20 - 2, "21:00")),
    ),
    ("source.reused", "roster_commitment", source(2, issue="2026-12-1")),
    ("source.reused", "roster_commitment-2", source(3, issue="2026-12-2-1", name="other")),
    ("reveal.round", "reveal", put(round="2026-11")),
    ("reveal.commitment", "reveal", put(commitment=HEX)),
    ("reveal.values", "reveal", lambda one: one | {"values": drop("ssq-red")(one["values"])}),
    ("reveal.held", "reveal", lambda one: one | {"held": drop("ssq-red")(one["held"])}),
    (
        "reveal.held_early",
        "reveal",
        lambda one: one | {"held": put(**{"ssq-red": "2026-11-29T21:24:59+08:00"})(one["held"])},
    ),
    ("reveal.count", "values:reveal", put(**{"dlt-back": ["1"]})),
    ("reveal.range", "values:reveal", put(**{"ssq-blue": ["17"]})),
    ("reveal.range", "values:reveal", put(**{"ssq-blue": ["0"]})),
    ("reveal.set", "values:reveal", put(**{"dlt-back": ["3", "3"]})),
    ("reveal.set", "values:reveal", put(**{"dlt-back": ["10", "9"]})),
    ("reveal.key_string", "reveal", put(key_string="1./")),
    ("reveal.seed", "reveal2", put(seed=HEX)),
    ("result.seed", "result", put(seed=HEX)),
    ("result.round", "result", put(round="2026-11")),
    ("result.commitment", "result", put(commitment=HEX)),
    ("result.tasks", "result", lambda one: one | {"tasks": one["tasks"][1:]}),
    ("result.open", "result", each("tasks", 2, task_id="open")),
    (
        "result.never",
        "result",
        lambda one: one | {"tasks": [one["tasks"][0], {"drawn": [], "task_id": "market"}, one["tasks"][2]]},
    ),
    ("result.sample", "drawn:open", lambda units: units[1:]),
    ("anchors.digest", "anchors", row(0, digest=HEX)),
    ("anchors.digest", "anchors", row(0, of="abandoned")),
    ("anchors.digest", "anchors", lambda rows: [*rows[:2], rows[2] | {"digest": HEX, "of": "manifest"}]),
    ("anchors.early", "anchors", lambda rows: [rows[0] | {"at": "2026-11-25T08:59:59+08:00"}, *rows[1:]]),
]


@pytest.mark.parametrize(("condition", "record", "edit"), CASES, ids=[f"{c[0]}-{k}" for k, c in enumerate(CASES)])
def test_a_forged_record_is_named(condition: str, record: str, edit: Edit, differs: Any) -> None:
    """Every digest after the change is made again; the condition itself names it."""
    if condition == "result.open":
        edit = lambda one: one | {"tasks": [*one["tasks"][:2], {"digest": HEX, "task_id": "open"}]}  # noqa: E731
    assert differs({record: edit}) == condition


GOOD: list[tuple[str, Edit]] = [
    ("commitment", put(evidence="2026-11-25")),
    ("commitment", put(committed_at="2026-11-28T21:25:00+08:00")),
    ("commitment", source(0, at="2026-11-29T21:24:59+08:00")),
    ("commitment", sources(("a", "set", 6, 1, 33, "20:00"), ("b", "number", 1, 0, 2**20 - 1, "21:00"))),
    ("commitment", sources(("a", "sequence", 2, 0, 2**20 - 1, "21:00"))),
    ("commitment", sources(("c", "set", 3, 1, 3, "19:00"), ("a", "sequence", 2, 0, 2**20 - 1, "21:00"))),
    ("commitment", source(3, high=2**31 - 1)),
    ("commitment", source(0, kind="sequence")),
    ("reveal", lambda one: one | {"held": dict.fromkeys(one["held"], "2026-11-29T21:26:00+08:00")}),
    ("roster_commitment", source(2, issue="2026-12-1", high=34)),
    ("manifest:public:2", put(reason="x" * 500)),
    ("anchors", lambda rows: [rows[1], *rows[2:]]),
]


@pytest.mark.parametrize(("record", "edit"), GOOD, ids=[f"{g[0]}-{k}" for k, g in enumerate(GOOD)])
def test_the_other_side_of_each_limit_agrees(record: str, edit: Edit, differs: Any) -> None:
    """Exactly 24 hours, 2^40 outcomes, 2^20 in the last event and their like are enough."""
    late = record == "commitment" and "2026-11-28" in str(edit({"sources": [{}] * 4}).get("committed_at"))
    course = (lambda one: one.commit("2026-11-28T21:25:00").draw()) if late else None
    name = differs({record: edit} | ({"anchors": lambda rows: []} if late else {}), course=course)
    assert name == ("exit 6" if late else "exit 0")


@pytest.mark.parametrize(
    ("condition", "edit"),
    [
        ("rehearsal.sequence", put(sequence=1)),
        ("rehearsal.previous", put(previous=HEX)),
        ("rehearsal.log", put(log=HEX)),
        ("rehearsal.committed_at", put(committed_at="2026-12-01T00:00:01+08:00")),
    ],
)
@pytest.mark.parametrize("record", ["commitment", "roster_commitment"])
def test_a_rehearsal_is_outside_the_chain(condition: str, edit: Edit, record: str, differs: Any) -> None:
    """A rehearsal's commitments have no place, no clock and no log."""
    assert differs({record: edit}, real=False) == condition


@pytest.mark.parametrize(
    ("condition", "edit"),
    [
        ("roster.number", put(number=2)),
        ("roster.commitment", put(commitment=HEX)),
        ("roster.agency", put(agency="wuxi")),
        ("roster.hash", put(hash="sm3")),
        (
            "roster.rehearsal",
            put(rehearsal="yes", sequence=0, previous=None, log=None, committed_at="2026-12-01T00:00:00+08:00"),
        ),
        ("roster.round", put(round="2026-11")),
    ],
)
def test_a_roster_commitment_is_of_its_round(condition: str, edit: Edit, differs: Any) -> None:
    """Number, first commitment, agency, hash, kind and round are those of the round."""
    assert differs({"roster_commitment": edit}) == condition


def test_nothing_is_empty(differs: Any) -> None:
    """A commitment has at least one task, a roster commitment at least one source; the seed is of its values."""
    assert differs({"commitment": put(tasks=[])}) == "commitment.tasks"
    waits = lambda one: one.commit().draw().second("2026-11-30T09:00:00", "2026-12-01", one.plan())  # noqa: E731
    assert differs({"roster_commitment": put(sources=[])}, course=waits) == "source.none"
    assert differs({"reveal": put(seed=HEX), "result": put(seed=HEX)}) == "reveal.seed"


def test_numbers_of_roster_commitments_have_no_gap(differs: Any) -> None:
    """Roster commitments, reveals and abandonments are numbered one by one."""

    def rename(files: dict[str, bytes]) -> dict[str, bytes]:
        return {path.replace("roster_commitment-2", "roster_commitment-3"): data for path, data in files.items()}

    assert differs({"files": rename}) == "roster.numbers"
    assert differs({"files": more(f"{PUB}/reveal2-3.json", b"{}")}) == "roster.without"
    assert differs({"files": more(f"{PUB}/abandoned2-3.json", b"{}")}) == "roster.without"


def test_each_roster_commitment_is_finished_before_the_next(differs: Any) -> None:
    """The next number follows a draw or an abandonment, not before the last source; at most two supplements."""
    assert differs({"files": file("/reveal2.json", lambda data: None)}) == "roster.unfinished"
    early = put(committed_at="2026-11-29T21:24:59+08:00")
    assert differs({"roster_commitment": early}) == "roster.too_early"
    assert differs({"roster_commitment-2": put(committed_at="2026-12-01T21:24:59+08:00")}) == "roster.too_early"

    def course(one: Full) -> Full:
        one.commit().draw().second("2026-11-30T09:00:00", "2026-12-01", one.plan()).match("2026-12-01T21:30:00")
        for day in (3, 5, 7):
            one.supplement(f"2026-12-0{day - 1}T09:00:00", f"2026-12-0{day}").match(f"2026-12-0{day}T21:30:00")
        return one

    assert differs({}, course=course) == "roster.supplements"


def test_an_abandoned_roster_leaves_nothing_planned(forged: Any) -> None:
    """Between the abandonment and the next calendar no drawn unit is missing from one; the report says why."""

    def course(one: Full) -> Full:
        one.commit().draw().second("2026-11-30T09:00:00", "2026-12-01", one.plan())
        about = one.h(one.files[f"{PUB}/roster_commitment.json"]).hex()
        record = {"at": "2026-12-01T09:00:00+08:00", "cancelled": "ssq-red", "commitment": about, "reason": "停开"}
        one.files[f"{PUB}/abandoned2.json"] = text(record | {"round": one.round})
        one.log("abandon", "alice", record["at"], [f"{PUB}/abandoned2.json"])
        one.anchor("abandoned", one.h(one.files[f"{PUB}/abandoned2.json"]), record["at"][:19])
        return one

    report = forged({}, course=course)
    assert report.code == 0, report.verdict("en")
    assert any("no new calendar yet" in en for _, en in report.remarks)


def given_up(**fields: Any) -> Any:
    """Return a course that ends in an abandonment of the round."""

    def course(one: Full) -> Full:
        one.commit()
        record = {"at": "2026-11-26T09:00:00+08:00", "cancelled": None, "commitment": one.digest.hex()}
        record |= {"reason": "名单有误", "round": one.round} | fields
        one.files[f"{PUB}/abandoned.json"] = text(record)
        one.log("abandon", "alice", record["at"], [f"{PUB}/abandoned.json"])
        digest = one.h(one.files[f"{PUB}/abandoned.json"])
        one.anchor("abandoned", digest, record["at"][:19])
        return one

    return course


@pytest.mark.parametrize(
    ("verdict", "fields"),
    [
        ("exit 0", {}),
        ("exit 0", {"at": "2026-11-29T21:24:59+08:00"}),
        ("exit 0", {"at": "2026-11-29T20:00:00+08:00", "cancelled": "ssq-red"}),
        ("exit 6", {"at": "2026-11-29T21:25:00+08:00", "cancelled": "ssq-red"}),
        ("abandoned.round", {"round": "2026-11"}),
        ("abandoned.commitment", {"commitment": HEX}),
        ("abandoned.source", {"cancelled": "pl5"}),
        ("abandoned.late", {"at": "2026-11-29T21:25:00+08:00"}),
        ("abandoned.early", {"at": "2026-11-25T08:59:59+08:00"}),
        ("fields.value", {"reason": "a\x85"}),
    ],
)
def test_an_abandoned_round(verdict: str, fields: dict[str, Any], differs: Any) -> None:
    """It is abandoned before the first source, or for a cancelled one, anchored before that is held."""
    assert differs({}, course=given_up(**fields)) == verdict


def test_what_is_drawn_cannot_be_abandoned(differs: Any) -> None:
    """A round has one end."""
    course = given_up()
    assert differs({}, course=lambda one: course(one).draw()) == "abandoned.drawn"


def again(
    cancelled: Any, *, drawn: bool = False, at: str = "2026-12-01T20:00:00", next_at: str = "2026-12-02T09:00:00"
) -> Any:
    """Return a course in which the first roster commitment is abandoned and made again."""

    def course(one: Full) -> Full:
        one.commit().draw().second("2026-11-30T09:00:00", "2026-12-01", one.plan())
        record = {"at": f"{at}+08:00", "cancelled": cancelled, "commitment": one.digest2.hex(), "reason": "停售"}
        one.files[f"{PUB}/abandoned2.json"] = text(record | {"round": one.round})
        one.log("abandon", "alice", f"{at}+08:00", [f"{PUB}/abandoned2.json"])
        one.anchor("abandoned", one.h(one.files[f"{PUB}/abandoned2.json"]), at)
        if drawn:
            one.match("2026-12-01T21:30:00")
        one.second(next_at, "2026-12-03", one.plan()).match("2026-12-03T21:30:00")
        for day in (5, 7):
            one.supplement(f"2026-12-0{day - 1}T09:00:00", f"2026-12-0{day}").match(f"2026-12-0{day}T21:30:00")
        return one

    return course


def test_a_roster_commitment_is_abandoned_for_a_cancelled_source_alone(differs: Any) -> None:
    """It is made again with the next number, which does not count as a supplement."""
    assert differs({}, course=again("ssq-red")) == "exit 0"
    assert differs({}, course=again(None)) == "abandoned.cancelled"
    assert differs({}, course=again("ssq-red", drawn=True)) == "abandoned.drawn"
    assert differs({}, course=again("ssq-red", next_at="2026-12-01T19:00:00")) == "roster.before_abandoned"


def test_a_roster_commitment_needs_a_drawn_round(differs: Any) -> None:
    """Without a first draw there is nothing to plan."""
    edit = {"files": file("/reveal.json", lambda data: None)}
    remove = {"files": lambda files: file("/result.json", lambda data: None)(edit["files"](files))}
    assert differs(remove) == "roster.before_draw"


@pytest.mark.parametrize(
    ("code", "edit"),
    [
        ("exit 6", lambda rows: []),
        ("exit 6", lambda rows: [one for one in rows if one["kind"] == "notice"]),
        ("exit 6", lambda rows: [one for one in rows if one["of"] == "commitment"]),
        ("exit 6", lambda rows: [one | {"at": "2026-12-04T21:25:00+08:00"} for one in rows]),
        ("exit 6", lambda rows: [one | {"kind": "tsa"} for one in rows[1::2]]),
        ("exit 6", lambda rows: [one | ({"at": FIRST} if one["of"] == "commitment" else {}) for one in rows]),
        ("exit 0", lambda rows: [one | ({"at": BEFORE} if one["of"] == "commitment" else {}) for one in rows]),
        ("exit 0", lambda rows: [one | {"kind": "newspaper"} for one in rows[1::2]]),
    ],
)
def test_only_newspaper_and_supervisor_show_that_it_is_the_only_one(code: str, edit: Edit, differs: Any) -> None:
    """Without such an anchor, older than the first source, of every commitment, the verdict is 6."""
    assert differs({"anchors": edit}) == code


def test_sources_of_the_other_evening_are_other_issues() -> None:
    """The forger's events have their own issues."""
    assert {one["issue"] for one in event("2026-11-29", "a", "b")} == {"a", "b"}


def test_result_json_is_a_record(differs: Any) -> None:
    """Fields of result.json are exact in each task."""
    assert differs({"files": json_file("/result.json", each("tasks", 0, extra="x"))}) == "fields.unknown"
