"""The stand-alone verifier against the worked round, whole and with every file changed in turn."""

import csv
import hashlib
import json
import shutil
import subprocess
import sys
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest

from supervision.sampling.protocol import verifier as module
from supervision.sampling.protocol.verifier import verify

VECTORS = Path(__file__).parents[3] / "shared" / "vectors" / "protocol1.json"


def sha(data: bytes) -> str:
    """Return a digest in hex."""
    return hashlib.sha256(data).hexdigest()


def seal(folder: Path, beside: tuple[str, ...] = ()) -> None:
    """Write a manifest over a folder's files."""
    files = [
        {"path": path.relative_to(folder).as_posix(), "size": path.stat().st_size, "digest": sha(path.read_bytes())}
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and (path.name != "manifest.json" or path.parent != folder)
        and (path.name == "manifest.json" or path.relative_to(folder).parts[0] not in beside)
    ]
    files.sort(key=lambda entry: entry["path"].encode())
    body = {"round": "2026-12", "sequence": 1, "previous": None, "reason": None, "files": files}
    (folder / "manifest.json").write_bytes(module.canonical(body))


def reseal(folder: Path) -> None:
    """Write all three manifests anew."""
    seal(folder / "public")
    seal(folder / "audit")
    seal(folder, ("public", "audit"))


def settle(folder: Path, *, forget: str = "") -> None:
    """Write the log anew, as if every file had been made so, then the manifests; `forget` leaves one file out."""
    stages = ["commitment.json", "announced.json", "reveal.json", "result.json", "open"]
    known = [p for p in folder.rglob("*") if p.is_file() and p.name not in ("log.jsonl", "manifest.json")]
    paths = {p.relative_to(folder).as_posix(): sha(p.read_bytes()) for p in known if p.name != "index.html"}
    paths.pop(forget, None)
    first = {path: digest for path, digest in paths.items() if path.split("/")[1] in stages}
    entries, previous = [], None
    steps = [{}, dict.fromkeys(first, sha(b"before")), {"manifests/manifest.json": sha(b"")}, paths]
    for number, outputs in enumerate(steps, 1):
        entry = {"seq": number, "previous": previous, "scope": "2026-12", "step": f"s{number}", "inputs": {}}
        body = module.canonical({**entry, "who": "甲", "at": "2026-12-01T00:00:00+08:00", "outputs": outputs})
        entries.append(body + b"\n")
        previous = sha(body)
    (folder / "audit" / "log.jsonl").write_bytes(b"".join(entries))
    reseal(folder)


def lines(header: str, rows: list[list[object]]) -> bytes:
    """Return a CSV file."""
    return "\n".join([header, *(",".join(map(str, row)) for row in rows), ""]).encode()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The worked round laid out as the files of a round."""
    if not VECTORS.is_file():
        pytest.skip(f"the worked round is not here: {VECTORS.name} in ../shared/vectors")
    vector = json.loads(VECTORS.read_text(encoding="utf-8"))
    public, audit = tmp_path / "public", tmp_path / "audit"
    public.mkdir()
    audit.mkdir()
    key, second = bytes.fromhex(vector["frame_key"]), vector["second"]
    (public / "commitment.json").write_text(vector["commitment_json"], encoding="utf-8")
    reveal = {
        "round": "2026-12",
        "values": vector["values"],
        "key_string": vector["key_string"],
        "seed": vector["seed1"],
    }
    (public / "reveal.json").write_bytes(module.canonical(reveal))
    (public / "commitment2.json").write_text(second["commitment2_json"], encoding="utf-8")
    reveal2 = {
        "round": "2026-12",
        "values": second["values2"],
        "key_string": second["key_string2"],
        "seed": second["seed2"],
    }
    (public / "reveal2.json").write_bytes(module.canonical(reveal2))
    drawn = []
    for task in vector["tasks"]:
        name, sealed = task["task_id"], task["access"] == "sealed"
        drawn.append({"task_id": name, "drawn": task["drawn"]})
        group = hashlib.sha256(f"salt|2026-12|{task['group']}".encode()).digest()
        frame = []
        for row in task["frame"]:
            salt = hashlib.sha256(key + group + row["unit_id"].encode()).digest()[:16] if sealed else bytes(16)
            frame.append([row["unit_id"], row["stratum"], row["x"], row["L"], salt.hex()])
        number = {row["unit_id"]: [row["U"], row["D"]] for row in task["frame"]}
        order = []
        for stratum in task["strata"]:
            first = task["order"][stratum["stratum"]][: stratum["sample"] + stratum["reserve"]]
            roles = ["drawn"] * stratum["sample"] + ["reserve"] * stratum["reserve"]
            order += [
                [u, stratum["stratum"], k, role, *number[u]]
                for k, (u, role) in enumerate(zip(first, roles, strict=True), 1)
            ]
        excluded = [[unit, *why] for unit, why in sorted(task["excluded"].items())]
        for part in [audit / "tasks" / name] + ([] if sealed else [public / "open" / name]):
            part.mkdir(parents=True)
            (part / "frame.csv").write_bytes(lines("unit_id,stratum,x,L,salt", frame))
            strata = [{**s, "size_total": str(s["size_total"])} for s in task["strata"]]
            (part / "strata.json").write_bytes(module.canonical(strata))
        (audit / "tasks" / name / "excluded.csv").write_bytes(lines("unit_id,reason,rule", excluded))
        (audit / "tasks" / name / "order.csv").write_bytes(lines("unit_id,stratum,rank,role,U,D", sorted(order)))
    result = {"round": "2026-12", "commitment": vector["commitment"], "seed": vector["seed1"], "tasks": drawn}
    (public / "result.json").write_bytes(module.canonical(result))
    (audit / "frame_key.hex").write_text(vector["frame_key"], encoding="utf-8")
    for name in ("calendar", "roster", "recusals"):
        (audit / f"{name}.csv").write_text(second[f"{name}_csv"], encoding="utf-8")
    (audit / "roster.json").write_bytes(module.canonical(second["roster"]))
    held = {line.split("~")[0] for line in second["calendar_csv"].splitlines()[1:]}
    unheld = {(unit, task["task_id"], "no_half_day") for task in drawn for unit in task["drawn"] if unit not in held}
    (audit / "unheld.csv").write_bytes(lines("unit_id,task_ids,reason", [list(row) for row in sorted(unheld)]))
    settle(tmp_path)
    return tmp_path


def test_worked_round_agrees(out: Path) -> None:
    """The whole worked round agrees, for the auditor and for the public."""
    assert verify(out).difference is None
    assert verify(out / "public").difference is None


def test_every_changed_byte_is_named(out: Path) -> None:
    """One byte changed in any file is found, and the file is named."""
    for path in sorted(p for p in out.rglob("*") if p.is_file() and p.name != "manifest.json"):
        before = path.read_bytes()
        path.write_bytes(before[:-3] + bytes([before[-3] ^ 1]) + before[-2:])
        found = verify(out).difference
        path.write_bytes(before)
        assert found is not None and path.name in " ".join(found), path


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        ("audit/roster.json", '"M1-04"', '"M1-02"', "roster differs"),
        ("audit/frame_key.hex", "6bc0", "6bc1", "frame key differs"),
        ("audit/tasks/fire-01/excluded.csv", "cap,", "whitelist,", "excluded list differs"),
        ("public/reveal.json", '"743"', '"744"', "key string differs"),
        ("public/result.json", "913205046821274425", "913205011870321604", "published list differs"),
    ],
)
def test_resealed_changes_are_found(out: Path, name: str, old: str, new: str, what: str) -> None:
    """A change that brings its manifests along is still found, by the draw itself."""
    path = out / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    settle(out)
    found = verify(out).difference
    assert found is not None and what in found[0]


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def change(path: Path, **values: object) -> None:
    """Set keys of a JSON file."""
    path.write_bytes(module.canonical(json.loads(path.read_bytes()) | values))


def ranked(task: dict, rows: list[dict[str, str]], seed: bytes) -> list[list[object]]:
    """Return the rows of order.csv that a seed gives."""
    target = hashlib.sha256(f"targets|2026-12|{task['group']}".encode()).digest()
    strata: dict[str, list] = defaultdict(list)
    for row in rows:
        d = hashlib.sha256(seed + target + bytes.fromhex(row["salt"]) + row["unit_id"].encode()).digest()
        u, low = 2 * (int.from_bytes(d[:8], "big") >> 11) + 1, int(row["L"])
        strata[row["stratum"]].append((Fraction(u * (2**53 - low), low * (2**54 - u)), d, row["unit_id"], u))
    return [[unit, name, k, u, d.hex()] for name in strata for k, (_, d, unit, u) in enumerate(sorted(strata[name]), 1)]


def forge(out: Path, first: dict | None = None, second: dict | None = None, calendar=lambda places: places) -> None:
    """Make the whole round anew from changed commitments or another calendar, with all that follows from them."""
    public, audit = out / "public", out / "audit"
    commitment = json.loads((public / "commitment.json").read_bytes()) | (first or {})
    (public / "commitment.json").write_bytes(module.canonical(commitment))
    digest = hashlib.sha256(module.canonical(commitment)).digest()
    reveal = json.loads((public / "reveal.json").read_bytes())
    seed = hashlib.sha256(b"supervision-draw/1\0" + digest + reveal["key_string"].encode()).digest()
    change(public / "reveal.json", seed=seed.hex())
    lists = {}
    for task in commitment["tasks"]:
        part = audit / "tasks" / task["task_id"]
        strata, chosen = {s["stratum"]: s for s in json.loads((part / "strata.json").read_bytes())}, []
        for unit, name, k, u, d in ranked(task, read(part / "frame.csv"), seed):
            n, reserve = strata[name]["sample"], strata[name]["reserve"]
            if k <= n + reserve:
                chosen.append([unit, name, k, "drawn" if k <= n else "reserve", u, d])
        (part / "order.csv").write_bytes(lines("unit_id,stratum,rank,role,U,D", sorted(chosen)))
        lists[task["task_id"]] = sorted(row[0] for row in chosen if row[3] == "drawn")
    shown = [{"task_id": name, "drawn": units} for name, units in lists.items()]
    change(public / "result.json", commitment=digest.hex(), seed=seed.hex(), tasks=shown)
    drawn = {unit for units in lists.values() for unit in units}
    places = read(audit / "calendar.csv")
    if first:
        old = sorted({place["visit_id"].split("~")[0] for place in places})
        renamed = dict(zip(old, sorted(drawn), strict=False))
        places = [p | {"visit_id": renamed[p["visit_id"].split("~")[0]] + "~1"} for p in places]
    places = calendar(places)
    files = {"calendar": lines(module.TABLES["calendar"], [list(place.values()) for place in places])}
    files |= {name: (audit / f"{name}.csv").read_bytes() for name in ("roster", "recusals")}
    (audit / "calendar.csv").write_bytes(files["calendar"])
    held = {place["visit_id"].split("~")[0] for place in places}
    unheld = [[unit, name, "later"] for name, units in lists.items() for unit in units if unit not in held]
    (audit / "unheld.csv").write_bytes(lines("unit_id,task_ids,reason", sorted(unheld)))
    files["recusals"] = bytes.fromhex((audit / "frame_key.hex").read_text()) + files["recusals"]
    body = json.loads((public / "commitment2.json").read_bytes())
    body |= {"commitment": digest.hex(), "previous": digest.hex(), "rehearsal": commitment["rehearsal"]}
    body |= {name: sha(data) for name, data in files.items()} | (second or {})
    (public / "commitment2.json").write_bytes(module.canonical(body))
    bound = hashlib.sha256(module.canonical(body)).digest()
    reveal2 = json.loads((public / "reveal2.json").read_bytes())
    seed2 = hashlib.sha256(b"supervision-roster/1\0" + bound + seed + reveal2["key_string"].encode()).digest()
    change(public / "reveal2.json", seed=seed2.hex())
    this = module.Outcome()
    this.hash = "sha256"
    tables = {name: read(audit / f"{name}.csv") for name in module.TABLES}
    (audit / "roster.json").write_bytes(module.canonical(module.lottery(tables, module.Held(dict), this, seed2)))
    settle(out)


def found_in(out: Path) -> str:
    """Return the difference that is found, in one text, or nothing."""
    return " ".join(verify(out).difference or ())


def test_forged_whole_still_agrees(out: Path) -> None:
    """What the forger of these tests makes without a change, or from another commitment, is a good round."""
    forge(out)
    assert found_in(out) == ""
    forge(out, first={"cause": "again"})
    assert found_in(out) == ""
    assert found_in(out / "public") == ""


STAGES = {
    "second draw taken back": ["public/commitment2.json", "public/reveal2.json"],
    "second draw taken back, roster.json too": ["public/commitment2.json", "public/reveal2.json", "audit/roster.json"],
    "second values taken back": ["public/reveal2.json"],
    "first draw taken back": ["public/reveal.json", "public/result.json", "public/commitment2.json"],
    "only values": ["public/reveal.json"],
    "only lists": ["public/result.json"],
    "second commitment": ["public/commitment2.json"],
    "unheld": ["audit/unheld.csv"],
    "calendar": ["audit/calendar.csv", "audit/unheld.csv"],
    "all of the second draw that the auditor holds": [
        *(f"audit/{name}.csv" for name in ("calendar", "unheld", "roster", "recusals")),
        "audit/roster.json",
    ],
}


@pytest.mark.parametrize("names", STAGES.values(), ids=STAGES)
def test_hidden_stage_is_found(out: Path, names: list[str]) -> None:
    """A later stage cannot be taken away while files that rest on it are there."""
    for name in names:
        (out / name).unlink()
    settle(out)
    assert found_in(out)


def test_first_draw_cannot_be_denied(out: Path) -> None:
    """Lists drawn and then hidden are found by the order of the draw that is left."""
    for path in [*(out / "public").glob("re*.json"), *(out / "public").glob("commitment2*"), out / "audit/roster.json"]:
        path.unlink()
    for name in ("calendar.csv", "roster.csv", "recusals.csv", "unheld.csv"):
        (out / "audit" / name).unlink()
    settle(out)
    assert "order.csv" in found_in(out)
    for path in out.rglob("order.csv"):
        path.unlink()
    settle(out)
    assert found_in(out) == ""
    assert any("not drawn yet" in text for text in verify(out).remarks)


def test_waiting_rounds_agree(out: Path) -> None:
    """A second commitment that waits for its sources is remarked, and so is a calendar without one."""
    for name in ("public/reveal2.json", "audit/roster.json"):
        (out / name).unlink()
    settle(out)
    assert found_in(out) == ""
    assert any("still waits" in text for text in verify(out).remarks)
    assert any("still waits" in text for text in verify(out / "public").remarks)
    for name in ("public/commitment2.json", "audit/roster.csv", "audit/recusals.csv"):
        (out / name).unlink()
    settle(out)
    assert found_in(out) == ""
    assert any("has no commitment2.json" in text for text in verify(out).remarks)


def stranger(places):
    """Visit somebody who was not drawn in place of somebody who was."""
    return [p | {"visit_id": p["visit_id"].replace("913205029157344790", "913205999999999999")} for p in places]


def other_month(places):
    """Hold a visit in the month after."""
    return [p | {"half_days": p["half_days"].replace("2026-12-04", "2027-01-04")} for p in places]


def no_day(places):
    """Hold a visit on a day that there is not."""
    return [p | {"half_days": p["half_days"].replace("2026-12-04T1", "2026-12-44T1")} for p in places]


@pytest.mark.parametrize(
    ("calendar", "what"),
    [
        (stranger, "was not drawn"),
        (other_month, "outside the month"),
        (no_day, "outside the month"),
        (lambda places: [*places, places[-1]], "stands twice"),
    ],
)
def test_calendar_is_tied_to_the_lists(out: Path, calendar, what: str) -> None:
    """A calendar of strangers, of another month or with a place twice is found, whatever was recomputed after it."""
    forge(out, calendar=calendar)
    assert what in found_in(out)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [["913205999999999999", "market-07", "later"]],
        [["913205077886501365", "fire-01", "later"]],
        [["913205077886501365", "no-task", "later"]],
    ],
)
def test_unheld_is_tied_to_the_lists(out: Path, rows: list[list[object]]) -> None:
    """Units that are in no calendar must be listed, others must not, and only for tasks that drew them."""
    path = out / "audit" / "unheld.csv"
    kept = [list(row.values()) for row in read(path)] if rows else []
    path.write_bytes(lines("unit_id,task_ids,reason", [*kept, *rows]))
    settle(out)
    assert "unheld" in found_in(out) or "no-task" in found_in(out)


def test_single_inspector_is_remarked(out: Path) -> None:
    """Visits of an office with one inspector are counted: another law may allow them."""
    assert not any("single inspector" in text for text in verify(out).remarks)
    forge(out, calendar=lambda places: [p for p in places if p["office"] != "F1" or p["place"] == "1"])
    assert found_in(out) == ""
    assert any(text.endswith("4 visits with a single inspector") for text in verify(out).remarks)


def cut(data: bytes) -> bytes:
    """Cut the log's last line off."""
    return b"".join(data.splitlines(keepends=True)[:-1])


def renamed(data: bytes) -> bytes:
    """Take the name of who did it out of the last line."""
    head, line = cut(data), data.splitlines()[-1]
    return head + module.canonical(json.loads(line) | {"who": ""}) + b"\n"


@pytest.mark.parametrize(
    ("alter", "what"),
    [
        (lambda data: b"", "differs from what the log names"),
        (cut, "differs from what the log names"),
        (lambda data: data[data.index(b"\n") + 1 :], "log chain is broken"),
        (lambda data: data.replace(b'"seq":4', b'"seq":5'), "log chain is broken"),
        (renamed, "log chain is broken"),
        (lambda data: data.replace(sha(b"").encode(), sha(b"1").encode()), "log chain is broken"),
    ],
)
def test_log_is_whole(out: Path, alter, what: str) -> None:
    """An empty, cut, renumbered or rewritten log is found."""
    path = out / "audit" / "log.jsonl"
    path.write_bytes(alter(path.read_bytes()))
    reseal(out)
    assert what in found_in(out)


@pytest.mark.parametrize(
    "name",
    ["audit/certificate.json", "audit/unheld.csv", "public/open/open-03/frame.csv", "public/announced.json"],
)
def test_log_knows_every_file(out: Path, name: str) -> None:
    """A file of the draw that no step put is found, and so is one that a step put and that is gone or different."""
    if not (out / name).exists():
        (out / name).write_bytes(b"{}")
    settle(out, forget=name)
    assert name in found_in(out)
    settle(out)
    assert found_in(out) == ""
    if "certificate" in name:
        (out / name).write_bytes(b"[]")
        reseal(out)
        assert name in found_in(out)
        (out / name).unlink()
        reseal(out)
        assert name in found_in(out)


@pytest.mark.parametrize("part", ["", "public", "audit"])
@pytest.mark.parametrize(
    "values",
    [
        {"round": "2026-11"},
        {"more": 1},
        {"sequence": 0},
        {"sequence": 2},
        {"previous": sha(b"")},
        {"files": "twice"},
        {"files": []},
    ],
)
def test_manifest_is_of_the_protocol(out: Path, part: str, values: dict) -> None:
    """Round, keys, sequence and the digest of the manifest before must fit."""
    files = json.loads((out / part / "manifest.json").read_bytes())["files"]
    change(out / part / "manifest.json", **(values if values != {"files": "twice"} else {"files": [files[0], *files]}))
    if part:
        seal(out, ("public", "audit"))
    assert "manifest" in found_in(out)


def test_next_manifest_agrees(out: Path) -> None:
    """A second manifest that names the digest of the first agrees."""
    change(out / "manifest.json", sequence=2, previous=sha(b"the first"), reason="更正")
    assert found_in(out) == ""


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("public/reveal.json", {"round": "2026-11"}),
        ("public/reveal2.json", {"round": "2026-11"}),
        ("public/reveal2.json", {"more": 1}),
        ("public/result.json", {"more": 1}),
        ("public/result.json", {"round": "2026-11"}),
    ],
)
def test_other_round_is_found(out: Path, name: str, values: dict) -> None:
    """Revealed values and lists belong to this round and hold nothing else."""
    change(out / name, **values)
    settle(out)
    assert Path(name).name in found_in(out)


@pytest.mark.parametrize("values", [{"more": 1}, {"digest": "0"}, {"drawn": None}])
def test_result_holds_list_or_digest(out: Path, values: dict) -> None:
    """Each task of the result has its list or its digest, not both, not neither."""
    path = out / "public" / "result.json"
    tasks = json.loads(path.read_bytes())["tasks"]
    tasks[0] = {key: value for key, value in (tasks[0] | values).items() if value is not None}
    change(path, tasks=tasks)
    settle(out)
    assert "result.json" in found_in(out)


def test_open_frame_is_the_auditors(out: Path) -> None:
    """The frame that the public sees is the one that the auditor holds."""
    for name in ("frame.csv", "strata.json"):
        path = out / "public" / "open" / "open-03" / name
        before = path.read_bytes()
        path.write_bytes(before + b"\n")
        settle(out)
        assert f"open-03/{name}" in found_in(out)
        path.write_bytes(before)
    sealed = out / "public" / "open" / "fire-01"
    shutil.copytree(out / "audit" / "tasks" / "market-07", sealed)
    settle(out)
    assert "fire-01/frame.csv" in found_in(out)


def test_abandoned_round_has_no_lists(out: Path) -> None:
    """A round cannot be given up and drawn."""
    digest = sha((out / "public" / "commitment.json").read_bytes())
    body = {"round": "2026-12", "commitment": digest, "reason": "停", "at": "2026-12-01T00:00:00+08:00"}
    (out / "public" / "abandoned.json").write_bytes(module.canonical(body))
    settle(out)
    assert "abandoned.json" in found_in(out)
    for path in [*(out / "public").glob("re*.json"), *(out / "public").glob("commitment2*")]:
        path.unlink()
    for path in [p for p in (out / "audit").rglob("*.*") if p.stem.split("-")[0] in FOLLOWS]:
        path.unlink()
    settle(out)
    assert found_in(out) == ""
    change(out / "public" / "abandoned.json", commitment=sha(b""))
    settle(out)
    assert "abandoned.json" in found_in(out)


FOLLOWS = ("order", "calendar", "roster", "recusals", "unheld")


@pytest.mark.parametrize(
    ("place", "values"),
    [
        (1, {"name": "dice"}),
        (0, {"count": 0}),
        (0, {"kind": "wish"}),
        (0, {"at": "2026-11-30T15:00:00"}),
        (0, {"at": "2026-11-30T15:00:00Z"}),
        (0, {"at": "20261130T150000+08:00"}),
        (0, {"at": "2026-12-09T15:00:00+08:00"}),
        (1, {"count": 1}),
    ],
)
def test_sources_are_of_the_protocol(out: Path, place: int, values: dict) -> None:
    """Names are unique, counts at least one, times in Beijing time and in order, the last event strong enough."""
    sources = json.loads((out / "public" / "commitment.json").read_bytes())["sources"]
    sources[place] |= values
    forge(out, first={"sources": sources})
    assert "commitment.json" in found_in(out)
    assert "commitment.json" in found_in(out / "public")


@pytest.mark.parametrize("value", ["maybe", "", None])
def test_rehearsal_is_yes_or_no(out: Path, value: str | None) -> None:
    """A round that says neither is no round."""
    forge(out, first={"rehearsal": value})
    assert "commitment.json" in found_in(out)


def real(out: Path, *, at: str = "2026-11-29T09:00:00+08:00", second: str = "2026-12-02T08:00:00+08:00") -> None:
    """Make a real round of the worked one."""
    sources = json.loads((out / "public" / "commitment2.json").read_bytes())["sources"]
    sources[1]["at"] = "2026-12-02T21:15:00+08:00"
    forge(out, first={"rehearsal": "no", "committed_at": at}, second={"committed_at": second, "sources": sources})


def test_real_round_agrees(out: Path) -> None:
    """A real round agrees when commitments, sources and visits follow one another."""
    real(out)
    assert found_in(out) == ""


@pytest.mark.parametrize("at", ["2026-11-30T15:00:00+08:00", "2026-11-30T16:00:00+08:00"])
def test_real_sources_are_later(out: Path, at: str) -> None:
    """In a real round no source is known at the commitment."""
    real(out, at=at)
    assert "commitment.json" in found_in(out)


def test_real_second_sources_are_later(out: Path) -> None:
    """Nor is a source of the second draw known at the second commitment."""
    real(out, second="2026-12-02T16:00:00+08:00")
    assert "commitment2.json" in found_in(out)


def test_real_visits_are_later(out: Path) -> None:
    """In a real round nobody is visited before the inspectors could be drawn, nor on the same day."""
    forge(out, first={"rehearsal": "no", "committed_at": "2026-11-29T09:00:00+08:00"}, second={"committed_at": EARLY})
    assert "not later than the second sources" in found_in(out)


EARLY = "2026-12-02T08:00:00+08:00"


def test_second_commitment_is_of_the_same_kind(out: Path) -> None:
    """A rehearsed second commitment cannot follow a real first one, nor one of another round."""
    forge(out, second={"rehearsal": "no", "committed_at": "2026-12-01T00:00:00+08:00"})
    assert "commitment2.json" in found_in(out)
    forge(out, second={"round": "2026-11"})
    assert "commitment2.json" in found_in(out)


def test_other_previous_is_remarked(out: Path) -> None:
    """The first second commitment may follow another commitment of the agency: one chain over all rounds."""
    forge(out, second={"previous": sha(b"another round")})
    assert found_in(out) == ""
    assert any("commitment2.json follows" in text for text in verify(out).remarks)
    forge(out, second={"previous": None})
    assert "not chained" in found_in(out)


def test_supplement_names_the_earlier_one(out: Path) -> None:
    """A supplement hangs on the second commitment before it, and comes after its lottery."""
    public, audit = out / "public", out / "audit"
    for name in ("calendar", "roster", "recusals"):
        shutil.copy(audit / f"{name}.csv", audit / f"{name}-2.csv")
    before = (public / "commitment2.json").read_bytes()
    (public / "commitment2-2.json").write_bytes(before)
    change(public / "commitment2-2.json", previous=sha(before))
    settle(out)
    assert found_in(out) == ""
    change(public / "commitment2-2.json", previous=sha(b"another"))
    settle(out)
    assert "not chained" in found_in(out)
    change(public / "commitment2-2.json", previous=sha(before))
    for name in ("public/reveal2.json", "audit/roster.json"):
        (out / name).unlink()
    settle(out)
    assert "reveal2.json" in found_in(out)


def test_rules_and_registers_are_checked(out: Path) -> None:
    """Where rules.json and registers.json are there they must be those of the commitment; else it is remarked."""
    assert sum("its digest cannot be checked" in text for text in verify(out).remarks) == 2
    rules = {"shipped": {"shared/cap.yaml": "上限: 3\n"}, "city": {"shared/cap.yaml": "上限: 2\n"}}
    digests = {f"{side}/{path}": sha(text.encode()) for side in rules for path, text in rules[side].items()}
    registers = {"entities": sha(b"1"), "visits": sha(b"2")}
    (out / "audit" / "rules.json").write_bytes(module.canonical(rules))
    (out / "audit" / "registers.json").write_bytes(module.canonical(registers))
    forge(out, first={"rules": sha(module.canonical(digests)), "register": sha(module.canonical(registers))})
    assert found_in(out) == ""
    assert not any("its digest cannot be checked" in text for text in verify(out).remarks)
    for name, values in (("rules.json", {"city": {}}), ("registers.json", {"visits": sha(b"3")})):
        before = (out / "audit" / name).read_bytes()
        change(out / "audit" / name, **values)
        settle(out)
        assert name in found_in(out)
        (out / "audit" / name).write_bytes(before)


def test_says_what_it_takes_on_trust(out: Path) -> None:
    """Pages and workbooks are never recomputed, and every outcome says so."""
    for folder in (out, out / "public"):
        assert any("by the manifest alone" in text for text in verify(folder).remarks)


def test_runs_alone(out: Path, tmp_path: Path) -> None:
    """The file runs with a bare interpreter, without site packages, from any folder."""
    command = [sys.executable, "-I", "-S", module.__file__, str(out), "en"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Everything agrees.")


def test_imports_the_standard_library_only() -> None:
    """The verifier stands alone: strangers need nothing but Python."""
    source = Path(module.__file__).read_text(encoding="utf-8")
    imports = {line.split()[1].split(".")[0] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert imports <= set(sys.stdlib_module_names)
