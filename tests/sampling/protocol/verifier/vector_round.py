"""Lay out the worked round of tests/vectors/protocol2.json as published and deposited files."""

import hashlib
import json
from pathlib import Path
from typing import Any

VECTOR = json.loads((Path(__file__).parents[3] / "vectors" / "protocol2.json").read_text("utf-8"))
ROUND = VECTOR["round"]


def csv_text(header: str, rows: list[list[str]]) -> str:
    """Return CSV text as the protocol writes it."""
    return "".join(",".join(row) + "\n" for row in [header.split(","), *rows])


def canonical(value: Any) -> str:
    """Return canonical JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def order_csv(task: dict[str, Any]) -> str:
    """Return order.csv of one task from the vector's order and numbers."""
    numbers = {row["unit_id"]: row for row in task["frame"]}
    rows = []
    for table in json.loads(task["strata_json"]):
        keep = table["sample"] + table["reserve"]
        for rank, unit in enumerate(task["order"][table["stratum"]][:keep], 1):
            role = "drawn" if rank <= table["sample"] else "reserve"
            rows.append([unit, table["stratum"], str(rank), role, numbers[unit]["U"], numbers[unit]["D"]])
    return csv_text("unit_id,stratum,rank,role,U,D", sorted(rows))


def vector_files() -> dict[str, str]:
    """Return every file of the worked round, path below OUT to text, without manifests.

    verify.py, rules.json and registers.json are stand-ins: the vector gives their digests alone.
    """
    public, audit, v = f"public/{ROUND}", f"audit/{ROUND}", VECTOR
    files = {
        f"{public}/commitment.json": v["commitment_json"],
        f"{public}/reveal.json": v["reveal_json"],
        f"{public}/result.json": v["result_json"],
        f"{public}/anchors.json": v["anchors_json"],
        f"{public}/verify.py": "stand-in\n",
        f"{audit}/rules.json": "{}",
        f"{audit}/registers.json": "{}",
        f"{audit}/frame_key.hex": v["frame_key"],
        f"{audit}/roster-0.csv": v["roster_0_csv"],
        f"{audit}/tasks.csv": v["tasks_csv"],
        f"{audit}/strata_keys.csv": v["strata_keys_csv"],
        f"{audit}/stepins.json": v["stepins_json"],
        f"{audit}/changes.json": v["changes_json"],
        f"{audit}/unheld.csv": v["unheld_csv"],
        f"{audit}/log.jsonl": v["log_jsonl"],
    }
    for task in v["tasks"]:
        name = task["task_id"]
        rows = [[r["unit_id"], r["stratum"], str(r["x"]), r["L"], r["salt"]] for r in task["frame"]]
        frame, strata = csv_text("unit_id,stratum,x,L,salt", rows), task["strata_json"]
        excluded = [[r["unit_id"], r["reason"], r["rule"]] for r in task["excluded"]]
        files[f"{audit}/tasks/{name}/frame.csv"] = frame
        files[f"{audit}/tasks/{name}/strata.json"] = strata
        files[f"{audit}/tasks/{name}/excluded.csv"] = csv_text("unit_id,reason,rule", excluded)
        files[f"{audit}/tasks/{name}/order.csv"] = order_csv(task)
        if task["access"] == "open":
            files |= {f"{public}/open/{name}/frame.csv": frame, f"{public}/open/{name}/strata.json": strata}
    for second in v["second"]:
        end = "" if second["number"] == 1 else f"-{second['number']}"
        files[f"{public}/roster_commitment{end}.json"] = second["commitment2_json"]
        files[f"{public}/reveal2{end}.json"] = second["reveal2_json"]
        for name in ("calendar", "roster", "recusals", "roster_changes"):
            files[f"{audit}/{name}{end}.csv"] = second[f"{name}_csv"]
        files[f"{audit}/roster{end}.json"] = second["roster_json"]
        files[f"{audit}/sent_back{end}.json"] = second["sent_back_json"]
    for anchor in json.loads(v["anchors_json"]):
        files[f"{public}/{anchor['file']}"] = "evidence"
    return files


def manifest_of(files: dict[str, str], side: str) -> str:
    """Return the first manifest of one side."""
    rows = []
    for path, text in sorted(files.items()):
        name = path.removeprefix(f"{side}/{ROUND}/")
        if name != path and name != "anchors.json" and not name.startswith("anchors/"):
            data = text.encode()
            rows.append({"digest": hashlib.sha256(data).hexdigest(), "path": name, "size": len(data)})
    return canonical({"files": rows, "previous": None, "reason": None, "round": ROUND, "sequence": 1})


def write_vector(out: Path) -> Path:
    """Write the worked round below a folder."""
    files = vector_files()
    files |= {f"{side}/{ROUND}/manifest.json": manifest_of(files, side) for side in ("public", "audit")}
    for path, text in files.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text(text, "utf-8", newline="")
    return out
