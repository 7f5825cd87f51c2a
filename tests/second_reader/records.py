"""文件与日志 (9): manifests, anchors, the log."""

import hashlib
import re
from itertools import pairwise

from second_reader.encoding import DIGEST, NAME, TEXT, Difference, from_json, matches, moment, require, same, to_json

GROWING = re.compile(r"audit/[^/]+/(roster(-[1-9][0-9]*)?|stepins|changes)\.json|public/[^/]+/(open/.+|verify\.py)")
STEPS = [
    "import",
    "train",
    "score",
    "preview",
    "commit",
    "draw",
    "plan",
    "commit_roster",
    "match",
    "publish",
    "record",
    "review",
    "stepin",
    "substitute",
    "replan",
    "anchor",
    "abandon",
    "proof",
    "keys",
]
ONCE = re.compile(
    r"public/[^/]+/(commitment|reveal|abandoned|(roster_commitment|reveal2|abandoned2)(-[1-9][0-9]*)?)\.json|"
    r"audit/[^/]+/(frame_key\.hex|strata_keys\.csv|roster-0\.csv|tasks/.+|"
    r"(roster_changes|calendar|roster|recusals)(-[1-9][0-9]*)?\.csv|sent_back(-[1-9][0-9]*)?\.json)"
)


def plain(data: bytes) -> str:
    """Return SHA-256 in hex: log and manifests (散列)."""
    return hashlib.sha256(data).hexdigest()


def manifest(files: dict[str, bytes], round_id: str, sequence: int, previous: str | None, reason: str | None) -> dict:
    """Return the manifest of a folder; files by path, those not to be listed left out (清单)."""
    listed = [{"digest": plain(data), "path": path, "size": len(data)} for path, data in sorted(files.items())]
    return {"files": listed, "previous": previous, "reason": reason, "round": round_id, "sequence": sequence}


def check_manifest(folder: dict[str, bytes], round_id: str, what: str) -> None:
    """Check a folder's manifest and those before it; folder by path within the round's folder (清单)."""
    require("manifest.json" in folder, f"{what}: no manifest.json")
    anchors = from_json(folder["anchors.json"], "anchors.json") if "anchors.json" in folder else []
    apart = {"manifest.json", "anchors.json"} | {one["file"] for one in anchors}
    listed = {path: data for path, data in folder.items() if path not in apart}
    content = from_json(folder["manifest.json"], f"{what} manifest.json")
    sequence, before, last = content["sequence"], None, b""
    for number in range(1, sequence):
        path = f"manifests/{number:04}.json"
        require(path in folder, f"{what}: {path} is missing")
        older, last = from_json(folder[path], path), folder[path]
        fields = [sorted(older), *(sorted(line) for line in older["files"])]
        known = [["files", "previous", "reason", "round", "sequence"]] + [["digest", "path", "size"]] * (
            len(fields) - 1
        )
        same(f"{what} {path} fields", fields, known)
        same(f"{what} {path} previous", [older["previous"], older["sequence"]], [before, number])
        before = plain(last)
    same(f"{what} manifest.json", content, manifest(listed, round_id, sequence, before, content["reason"]))
    good = content["reason"] is None if sequence == 1 else matches(TEXT, content["reason"])
    require(good, f"{what} manifest.json: reason {content['reason']!r}")
    numbered = [path for path in folder if path.startswith("manifests/")]
    same(f"{what} earlier manifests", len(numbered), sequence - 1)


def log_line(previous: dict | None, entry: dict) -> dict:
    """Return a line of the log after the one before (日志行)."""
    seq = previous["seq"] + 1 if previous else 1
    head = plain(to_json(previous)) if previous else None
    return entry | {"previous": head, "seq": seq}


def log_bytes(lines: list[dict]) -> bytes:
    """Return the bytes of log.jsonl (日志)."""
    return b"".join(to_json(line) + b"\n" for line in lines)


def own_steps(path: str) -> tuple[str, ...]:
    """Return the steps that may put a record, none for other files (步骤)."""
    name = re.sub(r"(-[1-9][0-9]*)?\.json$", "", path.rpartition("/")[2])
    steps = {
        "commitment": ("commit",),
        "reveal": ("draw",),
        "roster_commitment": ("commit_roster",),
        "reveal2": ("match",),
        "abandoned": ("abandon",),
        "abandoned2": ("abandon",),
        "stepins": ("stepin",),
        "changes": ("substitute", "replan"),
    }
    return steps.get(name, ())


def read_log(data: bytes) -> list[dict]:
    """Return the lines of a log after checking chain, fields, times and files put once (日志)."""
    require(data == b"" or data.endswith(b"\n"), "log.jsonl: no line end")
    lines: list[dict] = []
    head: str | None = None
    put: dict[str, str] = {}
    for number, text in enumerate(data.split(b"\n")[:-1], 1):
        what = f"log.jsonl line {number}"
        line = from_json(text, what)
        same(f"{what} fields", sorted(line), ["at", "inputs", "outputs", "previous", "seq", "step", "who"])
        same(f"{what} seq, previous", [line["seq"], line["previous"]], [number, head])
        require(line["step"] in STEPS and matches(NAME, line["who"]), f"{what}: step {line['step']} of {line['who']}")
        moment(line["at"], what)
        for path, digest in {**line["inputs"], **line["outputs"]}.items():
            require(matches(DIGEST, digest), f"{what}: {path} {digest}")
        for path, digest in line["inputs"].items():
            same(f"{what} input {path}", digest, put.get(path, digest))
        for path, digest in line["outputs"].items():
            own = own_steps(path)
            require(not own or line["step"] in own, f"{what}: {path} is put by {line['step']}")
            require(path not in put or not ONCE.fullmatch(path), f"{what}: {path} is put a second time")
            put[path] = digest
        head = plain(text)
        lines.append(line)
    require(all(a["at"] <= b["at"] for a, b in pairwise(lines)), "log.jsonl: times fall")
    return lines


def entry_that_put(lines: list[dict], path: str) -> dict:
    """Return the line that put a file (写入步骤)."""
    for line in lines:
        if path in line["outputs"]:
            return line
    raise Difference(f"log.jsonl: nothing put {path}")


def check_puts(lines: list[dict], files: dict[str, bytes], round_id: str) -> None:
    """Compare what the log put with the fixed files, the rosters drawn and the lists that grow (日志).

    Others (results, manifests, pages) may be written again without a step of their own.
    """
    last = {path: digest for line in lines for path, digest in line["outputs"].items()}
    for path, digest in last.items():
        if path in files and (ONCE.fullmatch(path) or GROWING.fullmatch(path)):
            same(f"log.jsonl digest of {path}", digest, plain(files[path]))
    for path in files:
        if path.split("/")[1] == round_id and ONCE.fullmatch(path):
            require(path in last, f"log.jsonl: nothing put {path}")


def check_anchors(anchors: list[dict], known: set[tuple[str, str]]) -> None:
    """Check form and order of anchors; known holds (of, digest) of what the folder has (锚定)."""
    order = [(one["of"], one["digest"], one["kind"], one["at"]) for one in anchors]
    require(order == sorted(set(order)), "anchors.json: not sorted by of, digest, kind, at")
    for one in anchors:
        same("anchors.json fields", sorted(one), ["at", "digest", "file", "kind", "of"])
        moment(one["at"], "anchors.json at")
        require(one["kind"] in ("notice", "newspaper", "supervisor", "tsa"), f"anchors.json: kind {one['kind']}")
        parts = one["file"].split("/")
        require(not one["file"].endswith((".json", ".csv")), f"anchors.json: {one['file']} is a file of the protocol")
        require(bool(parts[0]) and not {"", ".", ".."} & set(parts), f"anchors.json: file {one['file']}")
        require((one["of"], one["digest"]) in known, f"anchors.json: {one['of']} {one['digest']} is not in the folder")


def only_one(anchors: list[dict], digest: str, before: str | None) -> bool:
    """Return whether newspaper or supervisor show a digest in time (唯一性)."""
    return any(
        one["digest"] == digest
        and one["kind"] in ("newspaper", "supervisor")
        and (before is None or one["at"] < before)
        for one in anchors
    )
