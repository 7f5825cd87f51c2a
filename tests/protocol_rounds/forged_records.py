"""日志、清单、锚定 (9): forged logs, manifests and anchors."""

import json
from collections.abc import Callable
from typing import Any

from second_reader import records
from second_reader.digests import sm3
from second_reader.encoding import to_json

from protocol_rounds.bureau import Tap
from protocol_rounds.cases import Case, Files, edited, forged, rehashed, setting
from protocol_rounds.scenarios import eventful, plain

LOG, MANIFEST, ANCHORS = "log.jsonl", "manifest.json", "anchors.json"
ON_LOG = (LOG, "commitment.json", "roster_commitment")
AT = "audit/2026-12/"
PUBLIC = "public/2026-12/"


def chained(lines: list[dict]) -> list[dict]:
    """Return the lines with seq and previous made again."""
    previous = None
    done = []
    for line in lines:
        previous = records.log_line(previous, {k: v for k, v in line.items() if k not in ("seq", "previous")})
        done.append(previous)
    return done


def on_log(name: str, change: Callable[[list[dict]], Any], again: bool = True, says: Any = ON_LOG) -> Case:
    """Return a case whose published log is changed, chained again or not."""

    def tap(lines: list[dict], _: Any) -> list[dict]:
        if not any(line["step"] == "record" for line in lines):
            return lines  # an earlier publication
        change(lines)
        return chained(lines) if again else lines

    return forged(name, says, eventful, {"log": tap})


def without_step(step: str) -> Tap:
    """Return a tap that leaves all steps of a kind out of the log."""
    return lambda lines, _: chained([line for line in lines if line["step"] != step])


def line_of(lines: list[dict], step: str, number: int = 0) -> dict:
    """Return a line of the log by its step."""
    return [line for line in lines if line["step"] == step][number]


def swap(lines: list[dict]) -> None:
    """Swap the two last step-ins and their times, so that times do not fall."""
    places = [i for i, line in enumerate(lines) if line["step"] == "stepin"]
    first, second = lines[places[0]], lines[places[1]]
    first["outputs"], second["outputs"] = second["outputs"], first["outputs"]


def output(lines: list[dict], step: str, path: str, digest: str) -> None:
    """Set the digest of an output."""
    line_of(lines, step)["outputs"][path] = digest


def other(lines: list[dict]) -> dict:
    """Return the inputs of the second match with other digests."""
    return dict.fromkeys(line_of(lines, "match", 1)["inputs"], "0" * 64)


def under_another_name(entry: dict, _: Any) -> dict:
    """Return a draw by the clerk of commit that calls itself a record."""
    return entry | {"step": "record", "who": "alice"}


def of_sm3(content: dict, bureau: Any) -> dict:
    """Return a manifest whose digests are SM3."""
    for line in content["files"]:
        path = next((p for p in bureau.files if p.startswith("public/") and p.endswith("/" + line["path"])), "")
        line["digest"] = sm3(bureau.files[path]).hex()
    return content


def logs() -> list[Case]:
    """The published log, edited; heads in commitments stay, all else is made again."""
    early = "2026-11-29T20:00:00+08:00"

    def again(name: str, step: str) -> Callable[[list[dict]], None]:
        return lambda lines: line_of(lines, step)["outputs"].update({AT + name: "0" * 64})

    return [
        on_log("a name in the log changed", lambda ls: ls[0].update(who="mallory"), again=False),
        on_log("a name in the log changed, chained again", lambda ls: ls[0].update(who="mallory")),
        on_log("the last name in the log changed, not chained", lambda ls: ls[-1].update(seq=99), again=False),
        on_log("a line before the commitment left out", lambda ls: ls.__delitem__(0)),
        on_log("a line before the commitment added", lambda ls: ls.insert(0, ls[0] | {"outputs": {}, "step": "train"})),
        on_log("the commitment left out of the log", lambda ls: ls.remove(line_of(ls, "commit"))),
        on_log("the draw left out of the log", lambda ls: ls.remove(line_of(ls, "draw"))),
        on_log("the match left out of the log", lambda ls: ls.remove(line_of(ls, "match"))),
        on_log("one step-in left out of the log", lambda ls: ls.remove(line_of(ls, "stepin"))),
        on_log("one change left out of the log", lambda ls: ls.remove(line_of(ls, "substitute", -1))),
        on_log("the roster commitment left out of the log", lambda ls: ls.remove(line_of(ls, "commit_roster"))),
        on_log("two step-ins swapped in the log", swap),
        on_log("two lines swapped", lambda ls: ls.insert(-2, ls.pop())),
        on_log("a time that falls", lambda ls: ls[-1].update(at="2026-12-09T08:00:00+08:00")),
        on_log("a draw before its last source", lambda ls: line_of(ls, "draw").update(at=early)),
        on_log("the clerk of commit draws", lambda ls: line_of(ls, "draw").update(who="alice")),
        on_log("the clerk of commit_roster matches", lambda ls: line_of(ls, "match", 1).update(who="alice")),
        on_log("an unknown step", lambda ls: line_of(ls, "record").update(step="fix")),
        on_log("a clerk with a space", lambda ls: line_of(ls, "record").update(who="i 07")),
        on_log("a field more in a line", lambda ls: line_of(ls, "record").update(note="x")),
        on_log("no inputs in a line", lambda ls: line_of(ls, "record").pop("inputs") and None),
        on_log("a digest in upper case", lambda ls: output(ls, "record", AT + "x.json", "AB" * 32)),
        on_log("the key put twice", again("frame_key.hex", "record")),
        on_log("a frame put twice", again("tasks/fire-01/frame.csv", "record")),
        on_log("the calendar put twice", again("calendar.csv", "record")),
        on_log("the names of strata put twice", again("strata_keys.csv", "record")),
        on_log("the first reveal put twice", lambda ls: output(ls, "record", PUBLIC + "reveal.json", "0" * 64)),
        on_log(
            "the commitment put twice",
            lambda ls: output(ls, "record", PUBLIC + "commitment.json", "0" * 64),
        ),
        on_log("another digest of the reveal", lambda ls: output(ls, "draw", PUBLIC + "reveal.json", "0" * 64)),
        on_log("another digest of the order", lambda ls: output(ls, "draw", AT + "tasks/fire-01/order.csv", "0" * 64)),
        on_log("another digest of roster.json", lambda ls: output(ls, "match", AT + "roster.json", "0" * 64)),
        on_log("another digest of an input", lambda ls: line_of(ls, "match", 1)["inputs"].update(other(ls))),
        on_log("a seq left out", lambda ls: ls[-1].update(seq=ls[-1]["seq"] + 1), again=False),
        on_log("previous null in the last line", lambda ls: ls[-1].update(previous=None), again=False),
        rehashed("no log", LOG, eventful, lambda files: files.pop(AT + LOG) and None),
        rehashed("a log without its last line end", LOG, eventful, lambda f: f.update({AT + LOG: f[AT + LOG][:-1]})),
        rehashed("a blank line in the log", LOG, eventful, lambda f: f.update({AT + LOG: f[AT + LOG] + b"\n"})),
        rehashed("an empty log", LOG, eventful, lambda f: f.update({AT + LOG: b""})),
        rehashed("a log with CRLF", LOG, eventful, lambda f: f.update({AT + LOG: f[AT + LOG].replace(b"\n", b"\r\n")})),
        forged("committed by the one who draws", LOG, plain, {"log:commit": setting("bob", "who")}),
        forged("a draw by the clerk of commit, under another name", ON_LOG, plain, {"log:draw": under_another_name}),
        forged(
            "a match by the clerk of commit_roster, under another name",
            ON_LOG,
            plain,
            {"log:match": under_another_name},
        ),
        forged("drawn by the one who committed", LOG, plain, {"log:draw": setting("alice", "who")}),
        forged("matched by the one who committed the roster", LOG, plain, {"log:match": setting("alice", "who")}),
        forged(
            "a commitment written after the first source was held, dated back",
            (LOG, "commitment.json"),
            plain,
            {"log:commit": setting("2026-11-28T22:00:00+08:00", "at")},
        ),
        forged(
            "a roster commitment written after its sources, dated back",
            (LOG, "roster_commitment.json"),
            plain,
            {"log:commit_roster": setting("2026-12-01T21:30:00+08:00", "at")},
        ),
        forged("a clock set back at the draw", LOG, plain, {"log:draw": setting("2026-11-25T10:30:00+08:00", "at")}),
    ]


def remanifested(name: str, says: Any, change: Callable[[dict], Any], side: str = "public") -> Case:
    """Return a case whose last manifest is changed."""

    def edit(files: Files) -> None:
        path = f"{side}/2026-12/{MANIFEST}"
        value = json.loads(files[path])
        change(value)
        files[path] = to_json(value)

    return edited(name, says, eventful, edit)


def sm3_round(taps: dict[str, Tap] | None = None) -> Any:
    """Return an eventful round in SM3; its log and manifests are in SHA-256 all the same."""
    return eventful(taps, "sm3")


def renumbered(files: Files) -> None:
    """Rename the earlier manifest of the public folder and list it under its new name."""
    files[f"{PUBLIC}manifests/0002.json"] = files.pop(f"{PUBLIC}manifests/0001.json")


def manifests() -> list[Case]:
    """Manifests of both folders."""
    return [
        remanifested("a file listed that is not there", "manifest", lambda m: m["files"].append(ghost("zz.json"))),
        remanifested("a file not listed", "manifest", lambda m: m["files"].pop() and None),
        remanifested("an audit file not listed", "manifest", lambda m: m["files"].pop() and None, "audit"),
        remanifested("another size", (MANIFEST, "commitment"), lambda m: m["files"][0].update(size=1)),
        remanifested("another digest", (MANIFEST, "commitment"), lambda m: m["files"][0].update(digest="0" * 64)),
        remanifested("files in another order", MANIFEST, lambda m: m["files"].reverse()),
        remanifested("a file listed twice", MANIFEST, lambda m: m["files"].insert(0, m["files"][0])),
        remanifested("the manifest listed", MANIFEST, lambda m: m["files"].append(ghost("manifest.json"))),
        remanifested("a path with ..", MANIFEST, lambda m: m["files"].insert(0, ghost("../2026-11/commitment.json"))),
        remanifested("an absolute path", MANIFEST, lambda m: m["files"].insert(0, ghost("/etc/hostname"))),
        remanifested("a path with a backslash", MANIFEST, lambda m: m["files"].append(ghost("z\\..\\x.json"))),
        remanifested("a path through a dot", MANIFEST, lambda m: m["files"].insert(0, ghost("./commitment.json"))),
        remanifested("a manifest of another round", MANIFEST, lambda m: m.update(round="2026-11")),
        remanifested("a manifest without reason", MANIFEST, lambda m: m.update(reason=None)),
        remanifested("a manifest with an empty reason", MANIFEST, lambda m: m.update(reason="")),
        remanifested("a manifest that skips a number", MANIFEST, lambda m: m.update(sequence=3)),
        remanifested("a manifest that says it is the first", MANIFEST, lambda m: m.update(sequence=1)),
        remanifested("a manifest after another one", MANIFEST, lambda m: m.update(previous="0" * 64)),
        remanifested("a manifest after none", MANIFEST, lambda m: m.update(previous=None)),
        remanifested("a field more in the manifest", MANIFEST, lambda m: m.update(note="x")),
        remanifested("a size as a text", MANIFEST, lambda m: m["files"][0].update(size="1")),
        rehashed(
            "an earlier manifest gone", MANIFEST, eventful, lambda f: f.pop(f"{PUBLIC}manifests/0001.json") and None
        ),
        rehashed("an earlier manifest under another number", MANIFEST, eventful, renumbered),
        rehashed(
            "an earlier manifest changed",
            ("manifests/0001.json", MANIFEST),
            eventful,
            lambda f: f.update({f"{PUBLIC}manifests/0001.json": f[f"{PUBLIC}manifests/0001.json"] + b" "}),
        ),
        edited("no manifest", MANIFEST, eventful, lambda f: f.pop(PUBLIC + MANIFEST) and None),
        edited("no audit manifest", MANIFEST, eventful, lambda f: f.pop(AT + MANIFEST) and None),
        edited("a json.py beside the files", "json.py", eventful, lambda f: f.update({PUBLIC + "json.py": b"x = 1\n"})),
        edited("a hidden file", ".frame", eventful, lambda f: f.update({PUBLIC + ".frame": b"x"})),
        edited("a file in a new folder", "new", eventful, lambda f: f.update({AT + "new/x.csv": b"x\n"})),
        edited("a second reveal beside", "reveal3", eventful, lambda f: f.update({PUBLIC + "reveal3.json": b"{}"})),
    ]


def missed(path: str) -> tuple[str, ...]:
    """Return what may be named when a file is missing: the file, or what cannot be without it."""
    name = path.rpartition("/")[2]
    return {"unheld.csv": (name, "calendar.csv"), "reveal2-2.json": (name, "roster-2.json")}.get(name, (name,))


def missing() -> list[Case]:
    """Each kind of file taken away, with manifests made again; what anchors name is evidence, not record."""
    names = ["order.csv", "frame.csv", "excluded.csv", "strata.json"]
    paths = [f"{AT}tasks/fire-01/{name}" for name in names]
    audit = (
        "frame_key.hex strata_keys.csv tasks.csv unheld.csv roster-0.csv roster_changes.csv calendar-2.csv rules.json"
    )
    audit += " registers.json roster-2.csv recusals.csv roster.json sent_back.json sent_back-2.json changes.json"
    paths += [AT + name for name in audit.split()]
    public = (
        "result.json reveal2-2.json roster_commitment.json verify.py open/open-02/frame.csv open/open-02/strata.json"
    )
    paths += [PUBLIC + name for name in public.split()]
    return [
        rehashed(f"no {path} in any record", missed(path), eventful, lambda f, p=path: f.pop(p) and None)
        for path in paths
    ]


def beside() -> list[Case]:
    """Files that have no commitment, listed in the manifest."""
    copies = {
        "reveal2-2.json": "reveal2.json",
        "roster_commitment-3.json": "roster_commitment.json",
        "abandoned2.json": "reveal2.json",
        "abandoned.json": "reveal.json",
    }
    return [
        rehashed(
            f"{name} beside the files",
            (name.partition(".")[0], "commitment"),
            plain,
            lambda f, n=name, c=copy: f.update({PUBLIC + n: f[PUBLIC + c]}),
        )
        for name, copy in copies.items()
    ]


def ghost(path: str) -> dict:
    """Return a line of a manifest for a file."""
    return {"digest": "0" * 64, "path": path, "size": 1}


def on_anchors(name: str, change: Callable[[list[dict]], Any], verdicts: Any = frozenset({5})) -> Case:
    """Return a case whose anchors are changed; manifests do not list them."""

    def edit(files: Files) -> None:
        value = json.loads(files[PUBLIC + ANCHORS])
        change(value)
        files[PUBLIC + ANCHORS] = to_json(value)

    return rehashed(name, (ANCHORS, "anchor", "锚"), eventful, edit, verdicts=verdicts)


def anchors() -> list[Case]:
    """anchors.json: form, order; evidence that is late or of something else shows nothing."""

    def drop(kind: str) -> Callable[[list[dict]], None]:
        return lambda rows: rows.__setitem__(slice(None), [row for row in rows if row["kind"] != kind])

    return [
        on_anchors("anchors in another order", lambda rows: rows.reverse()),
        on_anchors("a kind of anchor that is none", lambda rows: rows[0].update(kind="blockchain")),
        on_anchors("an anchor of nothing", lambda rows: rows[0].update(of="agency")),
        on_anchors("an anchor with a field more", lambda rows: rows[0].update(note="x")),
        on_anchors("an anchor outside the folder", lambda rows: rows[0].update(file="../../x.pdf")),
        on_anchors("an anchor that hides a file from the manifest", lambda rows: rows[0].update(file="result.json")),
        on_anchors("an anchor at no time", lambda rows: rows[0].update(at="2026-11-25")),
        on_anchors("an anchor without digest", lambda rows: rows[0].update(digest="")),
        on_anchors("an anchor with an absolute path", lambda rows: rows[0].update(file="/etc/hostname")),
        on_anchors("the supervisor's anchor gone", drop("supervisor"), {5, 6}),
        on_anchors("the newspaper's anchor gone", drop("newspaper"), {5, 6}),
        on_anchors(
            "an anchor of another digest",
            lambda rows: rows[1].update(digest="f" * 64) if rows[1]["of"] == "commitment" else None,
            {5, 6},
        ),
        edited(
            "evidence that is not there",
            ("anchor", "notice"),
            eventful,
            lambda files: files.pop(next(p for p in files if p.endswith("-newspaper.txt"))) and None,
            verdicts={5, 6},
        ),
        on_anchors(
            "the supervisor's anchor after the first source",
            lambda rows: rows[1].update(at="2026-11-28T21:26:00+08:00"),
            {5, 6},
        ),
    ]


def cases() -> list[Case]:
    """Return all cases about records."""
    return [*logs(), *manifests(), *missing(), *beside(), *anchors()]
