"""Paths, canonical bytes and manifests: what is not a plain, listed, canonical file is named."""

import hashlib
import os
import socket
from pathlib import Path
from typing import Any

import pytest
from edits import Edit, file, json_file, more, put, row
from forge_draws import Full, whole_round

from supervision.sampling.protocol import verifier
from supervision.sampling.protocol.verifier import verify

PUB, AUD = "public/2026-12", "audit/2026-12"


def listing(path: str) -> Edit:
    """List a file in a manifest."""
    digest = hashlib.sha256(b"evidence").hexdigest()
    return lambda one: one | {"files": [{"digest": digest, "path": path, "size": 8}, *one["files"]]}


# condition, record that is edited (files: listed in the manifest; written: after it), edit
CASES: list[tuple[str, str, Edit]] = [
    ("paths.missing", "files", file("/verify.py", lambda data: None)),
    ("paths.missing", "files", file("/strata_keys.csv", lambda data: None)),
    ("paths.missing", "files", file("open/open/strata.json", lambda data: None)),
    ("paths.missing", "files", file("2026-12/stepins.json", lambda data: None)),
    ("paths.missing", "files", file("2026-12/changes.json", lambda data: None)),
    ("paths.missing", "files", file("2026-12/roster_changes-2.csv", lambda data: None)),
    ("paths.missing", "files", file("2026-12/sent_back.json", lambda data: None)),
    ("paths.missing", "files", file("2026-12/log.jsonl", lambda data: None)),
    ("paths.missing", "files", file("fire/order.csv", lambda data: None)),
    ("paths.reveal_result", "files", file("/result.json", lambda data: None)),
    ("paths.secret", "files", more(f"{PUB}/sub/frame_key.hex", b"")),
    ("paths.secret", "files", more(f"{PUB}/tasks/fire/frame.csv", b"")),
    ("paths.secret", "files", more(f"{PUB}/roster-2.json", b"")),
    ("paths.module", "files", more(f"{PUB}/json.py", b"print('Everything agrees')")),
    ("paths.module", "files", more(f"{PUB}/json/__init__.pyc", b"")),
    ("paths.not_protocol", "files", more(f"{PUB}/commitment-2.json", b"{}")),
    ("paths.not_protocol", "files", more(f"{PUB}/commitment2.json", b"{}")),
    ("paths.not_protocol", "files", more(f"{PUB}/roster_commitment-1.json", b"{}")),
    ("paths.not_protocol", "files", more(f"{PUB}/copy/reveal.json", b"{}")),
    ("paths.not_protocol", "files", more(f"{AUD}/calendar-02.csv", b"")),
    ("paths.not_protocol", "files", more(f"{AUD}/tasks-2.csv", b"")),
    ("paths.other_copy", "files", more(f"{AUD}/commitment.json", b"{}")),
    ("paths.other_copy", "files", more(f"{AUD}/reveal2-9.json", b"{}")),
    ("paths.pair", "written", more("audit/2026-11/manifest.json", b"{}")),
    ("paths.round", "written", more("public/december/commitment.json", b"{}")),
    ("paths.name", "written", more(f"{PUB}/a\nb.html", b"")),
    ("paths.name", "written", more(f"{AUD}/a\\b", b"")),
    ("paths.deep", "written", more(f"{PUB}/{'d/' * 45}x", b"")),
    ("manifest.missing", "written", file("/reveal2-2.json", lambda data: None)),
    ("manifest.missing", "written", file("market/strata.json", lambda data: None)),
    ("manifest.unlisted", "written", more(f"{PUB}/page.html", b"")),
    ("manifest.unlisted", "written", more(f"{AUD}/anchors/x.pdf", b"")),
    ("manifest.size", "written", file("/result.json", lambda data: data + b" ")),
    ("manifest.digest", "written", file("/verify.py", lambda data: data.replace(b"p", b"P", 1))),
    ("manifest.sequence", "manifest:public:1", put(sequence=2, previous="0" * 64, reason="again")),
    ("manifest.sequence", "manifest:public:1", put(sequence=0)),
    ("manifest.previous", "manifest:public:2", put(previous=None)),
    ("manifest.previous", "manifest:audit:1", put(previous="0" * 64)),
    ("manifest.reason", "manifest:public:2", put(reason=None)),
    ("manifest.reason", "manifest:public:1", put(reason="first")),
    ("manifest.itself", "manifest:public:2", listing("anchors.json")),
    ("manifest.round", "manifest:public:2", put(round="2026-11")),
    ("manifest.chain", "manifest:audit:2", put(previous="0" * 64)),
    ("manifest.earlier", "files", more(f"{PUB}/manifests/0007.json", b"{}")),
    ("manifest.earlier", "manifest:public:2", put(sequence=10_001)),
    ("manifest.sequence", "manifest:public:2", put(sequence=0)),
    (
        "manifest.rewritten",
        "manifest:public:1",
        lambda one: one | {"files": [e | {"digest": "0" * 64} for e in one["files"]]},
    ),
    ("fields.value", "manifest:public:2", lambda one: one | {"files": row(0, path="../x")(one["files"])}),
    ("fields.sorted", "manifest:public:2", lambda one: one | {"files": one["files"][::-1]}),
    ("anchors.file", "written", lambda files: {p: d for p, d in files.items() if not p.endswith("notice.pdf")}),
    ("anchors.hides", "anchors", row(0, file="reveal.json")),
    ("anchors.hides", "anchors", row(0, file="open/open/frame.csv")),
    ("json.parse", "files", file("/commitment.json", lambda data: data[:-1])),
    ("json.parse", "files", file("/commitment.json", lambda data: b"\xef\xbb\xbf" + data)),
    ("json.parse", "files", file("/reveal.json", lambda data: data.replace(b"2026-12", b'\\ud800"'[:6], 1))),
    ("json.parse", "files", file("/reveal.json", lambda data: b"[" * 100_000)),
    ("json.canonical", "files", file("/commitment.json", lambda data: data + b"\n")),
    ("json.canonical", "files", file("/result.json", lambda data: b'{"round":"x",' + data[1:])),
    ("json.canonical", "files", file("/stepins.json", lambda data: data.replace(b"9", b"\\u0039", 1))),
    ("json.integer", "files", file("/commitment.json", lambda data: data.replace(b":35", b":9007199254740992", 1))),
    ("json.integer", "files", file("/commitment.json", lambda data: data.replace(b":35", b":" + b"9" * 5000, 1))),
    ("json.number", "files", file("/commitment.json", lambda data: data.replace(b":35", b":3.5", 1))),
    ("json.number", "files", file("/commitment.json", lambda data: data.replace(b":35", b":NaN", 1))),
    ("json.bool", "commitment", put(cause=True)),
    ("json.control", "files", json_file("/changes.json", row(0, ground="a\tb"))),
    ("csv.header", "files", file("2026-12/tasks.csv", lambda data: b"task,items\n" + data.split(b"\n", 1)[1])),
    ("csv.header", "files", file("2026-12/tasks.csv", lambda data: b"")),
    ("csv.header", "files", file("market/frame.csv", lambda data: b"unit,stratum,x,L,salt\n")),
    ("csv.header", "files", file("market/excluded.csv", lambda data: b"unit,reason,rule\n")),
    ("csv.end", "files", file("/strata_keys.csv", lambda data: data[:-1])),
    ("csv.end", "files", file("market/frame.csv", lambda data: data + b"M99")),
    ("csv.parse", "files", file("/roster-0.csv", lambda data: data + b"\xff,\n")),
    ("csv.parse", "files", file("/tasks.csv", lambda data: data + b'"x,y\n')),
    ("csv.control", "files", file("/tasks.csv", lambda data: data.replace(b"a\n", b"a\r\n"))),
    ("csv.control", "files", file("/recusals.csv", lambda data: data.replace("亲属".encode(), b"a\xc2\x85b"))),
    ("csv.canonical", "files", file("/roster-0.csv", lambda data: data.replace(b"F-0", b'"F-0"'))),
    ("csv.columns", "files", file("/tasks.csv", lambda data: data + b"z,a,b\n")),
    ("csv.cell", "files", file("/tasks.csv", lambda data: data.replace(b"market,market", b"market,"))),
    ("csv.cell", "files", file("/roster-0.csv", lambda data: data.replace(b",2,", b",02,", 1))),
    ("csv.order", "files", file("/tasks.csv", lambda data: b"task_id,items\nmarket,market\nfire,fire-a\n")),
    ("csv.twice", "files", file("/recusals.csv", lambda data: data + data.split(b"\n")[1] + b"\n")),
]


@pytest.mark.parametrize(("condition", "record", "edit"), CASES, ids=[f"{c[0]}-{k}" for k, c in enumerate(CASES)])
def test_a_file_out_of_order_is_named(condition: str, record: str, edit: Edit, differs: Any) -> None:
    """Each change of a file, its name, its bytes or its manifest falls on the condition that it breaks."""
    assert differs({record: edit}) == condition


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return an honest round on disk."""
    return whole_round(tmp_path / "out")


def name_of(out: Path, where: str) -> str:
    """Return the first condition that is broken, which must be broken there."""
    report = verify(out)
    assert report.difference
    assert report.difference.where == where
    return report.difference.name


def test_links_are_never_followed(out: Path) -> None:
    """A link in place of a file, a folder or a whole side is a difference, even to the same bytes."""
    kept = out / "kept"
    (out / PUB / "result.json").rename(kept)
    (out / PUB / "result.json").symlink_to(kept)
    assert name_of(out, f"{PUB}/result.json") == "paths.link"
    (out / PUB / "result.json").unlink()
    kept.rename(out / PUB / "result.json")
    (out / AUD / "tasks").rename(kept)
    (out / AUD / "tasks").symlink_to(kept, target_is_directory=True)
    assert name_of(out, f"{AUD}/tasks") == "paths.link"
    (out / AUD / "tasks").unlink()
    kept.rename(out / AUD / "tasks")
    (out / "public").rename(kept)
    (out / "public").symlink_to(kept, target_is_directory=True)
    assert name_of(out, "public") == "paths.link"


def test_pipes_and_sockets_are_never_opened(out: Path) -> None:
    """A pipe named like a record, or anything else that is no regular file, does not stop the verifier."""
    (out / PUB / "result.json").unlink()
    os.mkfifo(out / PUB / "result.json")
    assert name_of(out, f"{PUB}/result.json") == "paths.special"
    (out / PUB / "result.json").unlink()
    with socket.socket(socket.AF_UNIX) as one:
        here = Path.cwd()
        os.chdir(out / PUB)
        try:
            one.bind("page.html")
        finally:
            os.chdir(here)
        assert name_of(out, f"{PUB}/page.html") == "paths.special"


def test_a_sparse_or_huge_file_is_not_read(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sizes are compared before anything is read: 8 TB of nothing take no time, listed or not."""
    os.truncate(out / PUB / "result.json", 2**43)
    assert name_of(out, f"{PUB}/result.json") == "manifest.size"
    os.truncate(out / PUB / "manifest.json", 2**26)
    assert name_of(out, f"{PUB}/manifest.json") == "paths.sparse"
    os.truncate(out / PUB / "manifest.json", 2**26 + 1)
    assert name_of(out, f"{PUB}/manifest.json") == "paths.huge"


def test_a_size_that_the_manifest_admits_is_still_too_much(tmp_path: Path) -> None:
    """A forged manifest cannot make the verifier read a sparse file for hours, or a line for ever."""

    def admit(one: Any) -> Any:
        rows = [e | {"size": 2**40} if e["path"] == "result.json" else e for e in one["files"]]
        return one | {"files": rows}

    out = Full(edits={"manifest:public:2": admit}).whole().finish(tmp_path / "out")
    os.truncate(out / PUB / "result.json", 2**40)
    assert name_of(out, f"{PUB}/result.json") == "paths.huge"


def test_a_line_without_end_is_not_gathered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A log line beyond every measure is a difference before memory is gone."""
    long = file("log.jsonl", lambda data: data + b"x" * 2_000_000)
    out = Full(edits={"files": long}).whole().finish(tmp_path / "out")
    monkeypatch.setattr(verifier, "MAX_JSON", 1_000_000)
    assert name_of(out, f"{AUD}/log.jsonl") == "paths.huge"


def test_a_file_that_changes_while_it_is_read_is_named(out: Path) -> None:
    """What was looked at is what is read."""
    folder = verifier.Folder(out / PUB, "public")
    (out / PUB / "result.json").write_bytes(b"{}")
    with pytest.raises(verifier.Difference, match=r"paths\.changed public/result\.json"):
        folder.read("result.json")
    (out / PUB / "reveal.json").unlink()
    (out / PUB / "reveal.json").symlink_to("result.json")
    with pytest.raises(OSError, match=r"reveal\.json"):
        folder.read("reveal.json")


def test_an_anchors_file_may_have_any_other_name(differs: Any) -> None:
    """A file beside the records is no record; only names of the protocol are kept from anchors."""
    edits = {"anchors": row(0, file="notice of 2026.pdf"), "written": lambda files: files}
    assert differs(edits) == "exit 0"
