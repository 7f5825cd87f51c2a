"""The stand-alone verifier against the worked round, whole and with every file changed in turn."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from supervision.sampling import verify as module
from supervision.sampling.verify import verify

VECTORS = Path(__file__).parents[3] / "shared" / "vectors" / "protocol1.json"


def sha(data: bytes) -> str:
    """Return a digest in hex."""
    return hashlib.sha256(data).hexdigest()


def seal(folder: Path, beside: tuple[str, ...] = ()) -> None:
    """Write a manifest over a folder's files."""
    files = [
        {"path": path.relative_to(folder).as_posix(), "size": path.stat().st_size, "digest": sha(path.read_bytes())}
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "manifest.json" and path.relative_to(folder).parts[0] not in beside
    ]
    files.sort(key=lambda entry: entry["path"].encode())
    body = {"round": "2026-12", "sequence": 1, "previous": None, "reason": None, "files": files}
    (folder / "manifest.json").write_bytes(module.canonical(body))


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
    (audit / "log.jsonl").write_bytes(module.canonical({"seq": 1, "previous": None}) + b"\n")
    seal(public)
    seal(audit)
    seal(tmp_path, ("public", "audit"))
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
    seal(out / "public")
    seal(out / "audit")
    seal(out, ("public", "audit"))
    found = verify(out).difference
    assert found is not None and what in found[0]


def test_runs_alone(out: Path, tmp_path: Path) -> None:
    """The file runs with a bare interpreter, without site packages, from any folder."""
    command = [sys.executable, "-I", "-S", module.__file__, str(out), "en"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Everything agrees.")


def test_is_one_short_file() -> None:
    """The verifier stays short enough to be read in one sitting, and imports the standard library only."""
    source = Path(module.__file__).read_text(encoding="utf-8")
    assert len(source.splitlines()) < 400
    imports = {line.split()[1].split(".")[0] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert imports <= set(sys.stdlib_module_names)
