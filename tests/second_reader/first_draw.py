"""一轮的第一次抽取: what the files of a round say of frames, seeds and lists, recomputed (2 to 6)."""

from dataclasses import dataclass, field

from second_reader import drawing, sources
from second_reader.digests import HASHES, Keys
from second_reader.encoding import (
    DIGEST,
    NAME,
    ROUND,
    RULE,
    TASK_ID,
    TEXT,
    check_unit_ids,
    day,
    from_csv,
    from_json,
    matches,
    moment,
    require,
    same,
    to_json,
    values_of,
    whole,
)
from second_reader.records import plain

COMMITMENT = [
    "agency",
    "cause",
    "committed_at",
    "evidence",
    "hash",
    "key_digest",
    "log",
    "previous",
    "protocol",
    "register",
    "rehearsal",
    "roster",
    "round",
    "rules",
    "sequence",
    "software",
    "sources",
    "tasks",
]
LINE = [
    "access",
    "disclosure",
    "excluded",
    "excluded_root",
    "frame_root",
    "group",
    "reserve",
    "sample",
    "strata",
    "task_id",
    "units",
]


@dataclass
class Folder:
    """一轮材料: the files of one round, by path within public/<round> and audit/<round>."""

    round_id: str
    public: dict[str, bytes]
    audit: dict[str, bytes]
    content: dict = field(default_factory=dict)  # the commitment
    keys: Keys = None  # type: ignore[assignment]
    seed1: bytes = b""
    tasks: dict[str, drawing.Task] = field(default_factory=dict)
    lists: dict[str, drawing.Lists] = field(default_factory=dict)

    def json(self, side: str, name: str) -> object:
        """Return the value of a JSON file."""
        files = self.public if side == "public" else self.audit
        require(name in files, f"{side}/{self.round_id}/{name} is missing")
        return from_json(files[name], name)

    def rows(self, kind: str, name: str) -> list[dict]:
        """Return the rows of an audit CSV file."""
        require(name in self.audit, f"audit/{self.round_id}/{name} is missing")
        return from_csv(kind, self.audit[name], name)

    @property
    def real(self) -> bool:
        """Whether this is no rehearsal."""
        return self.content["rehearsal"] == "no"

    def digest_of(self, data: bytes) -> str:
        """Return H of the round in hex."""
        return self.keys.digest(data).hex()


def check_head(content: dict, round_id: str, what: str) -> None:
    """Check what both kinds of commitment share: times, sources, rehearsal (3)."""
    same(f"{what} round", content["round"], round_id)
    require(matches(ROUND, round_id), f"{what}: round {round_id}")
    require(content["hash"] in HASHES and matches(NAME, content["agency"]), f"{what}: hash or agency")
    require(content["rehearsal"] in ("yes", "no"), f"{what}: rehearsal {content['rehearsal']}")
    moment(content["committed_at"], f"{what} committed_at")
    real = content["rehearsal"] == "no"
    sources.check_sources(content["sources"], content["committed_at"], real, what)
    if not real:
        told = [content[name] for name in ("sequence", "previous", "log", "committed_at")]
        same(f"{what} of a rehearsal", told, [0, None, None, f"{round_id[:7]}-01T00:00:00+08:00"])
    else:
        require(type(content["sequence"]) is int and content["sequence"] >= 1, f"{what}: sequence")
        require((content["previous"] is None) == (content["sequence"] == 1), f"{what}: previous and sequence")
        heads = [content["previous"], content["log"]]
        require(all(one is None or matches(DIGEST, one) for one in heads), f"{what}: previous or log")


def check_task_line(line: dict) -> None:
    """Check the form of a task in the commitment (3)."""
    what = f"commitment.json {line.get('task_id')}"
    same(f"{what} fields", sorted(line), LINE)
    require(matches(TASK_ID, line["task_id"]) and matches(NAME, line["group"]), f"{what}: task_id or group")
    is_open, own = line["access"] == "open", f"task.{line['task_id']}"
    require(line["access"] in ("open", "sealed"), f"{what}: access")
    require(line["disclosure"] in (("before",) if is_open else ("after_visit", "never")), f"{what}: disclosure")
    require(not line["group"].startswith("task.") or line["group"] == own, f"{what}: group {line['group']}")
    require(all(matches(NAME, reason) and count > 0 for reason, count in line["excluded"].items()), f"{what}: excluded")


def read_commitment(folder: Folder) -> None:
    """Read commitment.json and the key; check the fields and what stands beside them (3)."""
    content = folder.json("public", "commitment.json")
    same("commitment.json fields", sorted(content), COMMITMENT)
    same("commitment.json protocol", content["protocol"], "supervision-draw/2")
    check_head(content, folder.round_id, "commitment.json")
    folder.content = content
    key = folder.audit.get("frame_key.hex", b"").decode("ascii", "replace")
    require(matches(DIGEST, key), f"frame_key.hex: {key!r}")
    folder.keys = Keys(HASHES[content["hash"]], bytes.fromhex(key), folder.round_id)
    same("key_digest", content["key_digest"], folder.digest_of(folder.keys.frame_key))
    extra = len(folder.round_id) > 7
    require(matches(TEXT, content["cause"]) if extra else content["cause"] is None, f"cause {content['cause']!r}")
    require(day(content["evidence"], "evidence").isoformat() <= content["committed_at"][:10], "evidence is late")
    names = [line["task_id"] for line in content["tasks"]]
    require(names == sorted(set(names)) and bool(names), f"commitment.json tasks: {names}")
    for line in content["tasks"]:
        check_task_line(line)
    by_access = {(line["group"], line["access"]) for line in content["tasks"]}
    require(len(by_access) == len({group for group, _ in by_access}), "open and sealed tasks share a group")
    same("software", content["software"], folder.digest_of(folder.public["verify.py"]))
    same("rules", content["rules"], folder.digest_of(folder.audit["rules.json"]))
    same("register", content["register"], folder.digest_of(folder.audit["registers.json"]))
    for name in ("rules.json", "registers.json"):
        values = folder.json("audit", name)
        good = isinstance(values, dict) and all(matches(DIGEST, value) for value in values.values())
        require(good, f"{name}: not digests by name")
    same("roster", content["roster"], folder.keys.file_digest("roster", 0, folder.audit["roster-0.csv"]))


def read_task(folder: Folder, line: dict) -> drawing.Task:
    """Read what was frozen of a task and compare it with the commitment (2, 3)."""
    name, home = line["task_id"], f"tasks/{line['task_id']}"
    frame = folder.rows("frame", f"{home}/frame.csv")
    excluded = folder.rows("excluded", f"{home}/excluded.csv")
    strata = folder.json("audit", f"{home}/strata.json")
    rows = []
    for row in frame:
        sizes = {"x": whole(row["x"], f"{name} x"), "L": whole(row["L"], f"{name} L")}
        rows.append({"unit_id": row["unit_id"], "stratum": row["stratum"]} | sizes)
    task = drawing.Task(name, line["access"], line["group"], rows, excluded, strata)
    check_unit_ids([row["unit_id"] for row in rows + excluded], name)
    require(all(matches(NAME, r["reason"]) and matches(RULE, r["rule"]) for r in excluded), f"{name}: excluded.csv")
    task.salts = drawing.salts_of(folder.keys, task)
    salts = [task.salts[row["unit_id"]].hex() for row in rows]
    same(f"{name} salts", [row["salt"] for row in frame], salts)
    same(f"{name} in commitment.json", line, drawing.entry_of(folder.keys, task, line["disclosure"]))
    drawing.check_strata(task)
    if task.access == "open":
        require(
            {(row["stratum"], row["x"]) for row in rows} == {("s1", rows[0]["x"])}, f"{name}: not one equal stratum"
        )
        for file in ("frame.csv", "strata.json"):
            path = f"open/{name}/{file}"
            same(f"public {path}", folder.public.get(path), folder.audit[f"{home}/{file}"])
    return task


def read_frames(folder: Folder) -> None:
    """Read all tasks and the names of their strata (2)."""
    for line in folder.content["tasks"]:
        folder.tasks[line["task_id"]] = read_task(folder, line)
    named = folder.rows("strata_keys", "strata_keys.csv")
    require(all(matches(NAME, row["key"]) for row in named), "strata_keys.csv: key")
    for name, task in folder.tasks.items():
        rows = {row["key"]: row["stratum"] for row in named if row["task_id"] == name}
        same(f"strata_keys.csv {name}", rows, folder.keys.stratum_names(name, list(rows)))
        same(f"strata of {name}", sorted(rows.values()), [row["stratum"] for row in task.strata])
    opened = {path.split("/")[1] for path in folder.public if path.startswith("open/")}
    same("tasks in public/open", opened, {name for name, task in folder.tasks.items() if task.access == "open"})
    rows = folder.rows("tasks", "tasks.csv")
    require(all(values_of(row["items"], "tasks.csv") for row in rows), "tasks.csv: a task without items")
    require(all(matches(NAME, one) for row in rows for one in values_of(row["items"], "items")), "tasks.csv: items")
    tasks = [row["task_id"] for row in rows]
    same("tasks.csv", tasks, list(folder.tasks))
    same("strata_keys.csv tasks", sorted({row["task_id"] for row in named}), tasks)


def read_draw(folder: Folder) -> None:
    """Recompute seed, order, lists, result and step-ins (4 to 6)."""
    reveal, commitment = folder.json("public", "reveal.json"), folder.public["commitment.json"]
    folder.seed1 = sources.check_reveal(reveal, folder.content, commitment, folder.keys.digest, b"", "reveal.json")
    lines = []
    result = folder.json("public", "result.json")
    stated = {line["task_id"]: line for line in result["tasks"]}
    for line in folder.content["tasks"]:
        name = line["task_id"]
        lists = drawing.draw(folder.keys, folder.seed1, folder.tasks[name])
        folder.lists[name] = lists
        rows = folder.rows("order", f"tasks/{name}/order.csv")
        expected = [{k: str(v) for k, v in row.items()} for row in drawing.order_rows(folder.tasks[name], lists)]
        same(f"{name} order.csv", rows, sorted(expected, key=lambda row: row["unit_id"].encode()))
        shown = line["access"] == "open" or (line["disclosure"] == "after_visit" and "drawn" in stated.get(name, {}))
        lines.append(drawing.result_line(folder.keys, name, lists.drawn, shown))
    head = {"commitment": folder.digest_of(commitment), "round": folder.round_id, "seed": folder.seed1.hex()}
    same("result.json", result, head | {"tasks": lines})
    stepins = folder.json("audit", "stepins.json")
    for step in stepins:
        fields = ["at", "by", "evidence", "in", "no", "out", "reason", "reviewed_by", "stratum", "task_id"]
        same("stepins.json fields", sorted(step), fields)
        names = [step["by"], step["reviewed_by"], step["reason"], step["stratum"]]
        require(all(matches(NAME, one) for one in names) and matches(DIGEST, step["evidence"]), "stepins.json: names")
        moment(step["at"], "stepins.json at")
        require(step["at"] >= max(reveal["held"].values()), f"stepins.json no {step['no']}: before the draw")
    drawing.check_stepins(stepins, folder.lists)


def check_prefixes(folder: Folder, lines: list[dict], name: str, counts: list[int], each: bool) -> None:
    """Ask that the log recorded the list as it grew: after each of its steps, or after some and the last (6, 7, 9)."""
    path = f"audit/{folder.round_id}/{name}"
    stated = [line["outputs"][path] for line in lines if path in line["outputs"]]
    values = folder.json("audit", name)
    expected = [plain(to_json(values[:count])) for count in counts]
    if not each:
        require(stated[-1:] == expected[-1:], f"log.jsonl: the last digest of {name}")
        expected = [digest for digest in expected if digest in stated]
    same(f"log.jsonl digests of {name}", stated, expected)
