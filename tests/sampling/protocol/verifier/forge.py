"""Make whole rounds of draw protocol 2, honest or forged: an edit changes a value before it is hashed and logged.

A forger writes everything again after a change; so does `Forge`. `edits` maps the name of a record to a function that
changes it in place (or returns another value) before its digest is taken, so that only a rule can notice it.
"""

import hashlib
import json
import math
import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from supervision.sampling.protocol import verifier as v

ONE = 2**53
CODE = b"print('published verifier')\n"
PEOPLE = [
    *([f"F-{k}", "F1", "2026-01-01", "2027-12-31", "fire-a", "2", ""] for k in range(5)),
    ["F-5", "F1", "2026-01-01", "2027-12-31", "*", "1", ""],
    *([f"M-{k}", "M1", "2026-01-01", "2027-12-31", "market", "2", ""] for k in range(4)),
]
TASKS = [
    {"task_id": "fire", "items": "fire-a", "group": "joint", "access": "sealed", "disclosure": "after_visit"},
    {"task_id": "market", "items": "market", "group": "joint", "access": "sealed", "disclosure": "never"},
    {"task_id": "open", "items": "fire-a", "group": "task.open", "access": "open", "disclosure": "before"},
]
STRATA = {  # key: n, r, sizes by unit
    "fire": {
        "A": (3, 3, {f"A{k:02}": 5 for k in range(12)}),
        "D": (2, 2, {f"D{k:02}": 10 + 7 * k for k in range(8)}),
        "C": (2, 1, {"C00": 100, "C01": 1, "C02": 1, "C03": 1}),
    },
    "market": {"ABC": (4, 2, {f"A{k:02}": 1 for k in range(4, 12)} | {f"M{k:02}": 1 for k in range(4)})},
    "open": {"ABCD": (2, 1, {f"P{k:02}": 3 for k in range(7)})},
}
EXCLUDED = {"fire": [["X00", "cap", "shared/cap"], ["X01", "whitelist", "city/list-1"]], "market": [], "open": []}


def text(value: Any) -> bytes:
    """Return canonical JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def table(header: str, rows: list[list[str]]) -> bytes:
    """Return a CSV file."""
    return "".join(",".join(row) + "\n" for row in [header.split(","), *rows]).encode()


def event(day: str, dlt: str, ssq: str) -> list[dict[str, Any]]:
    """Return the four sources of two lotteries on one evening."""
    at = f"{day}T21:25:00+08:00"
    sets = [("dlt-front", 5, 35, dlt), ("dlt-back", 2, 12, dlt), ("ssq-red", 6, 33, ssq), ("ssq-blue", 1, 16, ssq)]
    return [
        {
            "at": at,
            "count": count,
            "high": high,
            "issue": issue,
            "kind": "set" if count > 1 else "number",
            "low": 1,
            "name": name,
        }
        for name, count, high, issue in sets
    ]


def working(sizes: dict[str, int], n: int) -> tuple[str, dict[str, int]]:
    """Return the name of the method and L of each unit, by section 2.3 and 2.4."""
    method, lows = working_of(tuple(sizes.items()), n)
    return method, dict(lows)


@cache
def working_of(items: tuple[tuple[str, int], ...], n: int) -> tuple[str, dict[str, int]]:
    """Return method and L, solved once for each stratum."""
    sizes = dict(items)
    left = dict(sizes)
    total = sum(left.values())
    while sure := {u for u, x in left.items() if n * x >= total}:
        left, n = {u: x for u, x in left.items() if u not in sure}, n - len(sure)
        total = sum(left.values())
    pi = {u: Fraction(n * x, total) for u, x in left.items()}
    low = dict.fromkeys(sizes, ONE) | {u: round(ONE * p) for u, p in pi.items()}
    if len({*left.values()}) < 2 or not (n <= 20 or sum(p * (1 - p) for p in pi.values()) < 10):
        return "pareto", low
    wanted = sorted(pi.values(), reverse=True)
    goal = [math.log(p / (1 - p)) for p in wanted]
    logits = [*goal]
    for _ in range(60):
        got = v.realised(logits, [1] * len(logits), n)
        logits = [
            a + (len(goal) - 1) / len(goal) * (g - math.log(p / (1 - p)))
            for a, g, p in zip(logits, goal, got, strict=True)
        ]
    by_pi = {p: round(ONE / (1 + math.exp(-a))) for p, a in zip(wanted, logits, strict=True)}
    return "adjusted", low | {u: by_pi[p] for u, p in pi.items()}


class Forge:
    """One round being written, step by step, with its log."""

    def __init__(self, **options: Any) -> None:
        self.round = options.get("round", "2026-12")
        self.real = options.get("real", True)
        self.hash = options.get("hash", "sha256")
        self.sequence, self.previous = options.get("sequence", 1), options.get("previous")
        self.tasks, self.strata = options.get("tasks", TASKS), options.get("strata", STRATA)
        self.excluded, self.people = options.get("excluded", EXCLUDED), options.get("people", PEOPLE)
        self.edits: dict[str, Callable[[Any], Any]] = options.get("edits", {})
        self.key = hashlib.sha256(f"key of {self.round}".encode()).digest()
        self.h = v.hash_of(self.hash)
        self.files: dict[str, bytes] = {}
        self.lines: list[bytes] = options.get("lines", [])
        self.shift = options.get("shift", timedelta())
        self.anchors: list[dict[str, str]] = []
        self.manifests: dict[str, list[bytes]] = {"public": [], "audit": []}
        self.pub, self.aud = f"public/{self.round}", f"audit/{self.round}"
        self.seeds2: dict[int, bytes] = {}
        self.seconds: dict[int, Any] = {}
        self.tables: dict[str, list[dict[str, str]]] = {}
        self.stepins: list[Any] = []
        self.changes: list[Any] = []
        this = SimpleNamespace(h=self.h, seeds2=self.seeds2, seconds=self.seconds, tables=self.tables, real=False)
        self.course = v.Course(this=this, audit=None)  # type: ignore[arg-type]

    def edit(self, name: str, value: Any) -> Any:
        """Return a record after the forger's edit of it."""
        if name in self.edits and (other := self.edits[name](value)) is not None:
            return other
        return value

    def time(self, at: str) -> str:
        """Return a time of the round moved with it."""
        return (datetime.fromisoformat(f"{at}+08:00") + self.shift).isoformat()

    def hx(self, *parts: bytes) -> bytes:
        """Return H of joined bytes."""
        return self.h(b"".join(parts))

    def inner(self, word: str) -> bytes:
        """Return H(word|round)."""
        return self.h(f"{word}|{self.round}".encode())

    def salt(self, word: str, name: str) -> bytes:
        """Return the salt of a table."""
        return self.hx(self.key, self.inner(word), name.encode())[:16]

    def log(self, step: str, who: str, at: str, names: list[str]) -> None:
        """Enter a step with the files it put."""
        outputs = {name: hashlib.sha256(self.files[name]).hexdigest() for name in names}
        previous = hashlib.sha256(self.lines[-1]).hexdigest() if self.lines else None
        entry = {"at": at, "inputs": {}, "outputs": outputs, "previous": previous, "seq": len(self.lines) + 1}
        entry = self.edit("log", {**entry, "step": step, "who": who})
        self.lines.append(text(entry))

    @property
    def head(self) -> str | None:
        """Head of the log."""
        return hashlib.sha256(self.lines[-1]).hexdigest() if self.lines and self.real else None

    def place_in_chain(self) -> dict[str, Any]:
        """Return sequence, previous and log of the next commitment."""
        if not self.real:
            return {"log": None, "previous": None, "sequence": 0}
        return {"log": self.head, "previous": self.previous, "sequence": self.sequence}

    def salt_of(self, task: dict[str, Any], unit: str, *, always: bool = False) -> bytes:
        """Return a unit's salt."""
        if task["access"] == "open" and not always:
            return bytes(16)
        inner = self.h(f"salt|{self.round}|{task['group']}".encode())
        return self.hx(self.key, inner, unit.encode())[:16]

    def root(self, task: dict[str, Any], rows: list[list[str]], salts: list[bytes]) -> str:
        """Return the root over rows, by the recursive definition of RFC 9162."""
        pairs = zip(salts, rows, strict=True)
        leaves = [
            self.hx(b"\0", salt, task["task_id"].encode(), b"\x1f", "\x1f".join(row).encode()) for salt, row in pairs
        ]

        def tree(part: list[bytes]) -> bytes:
            if len(part) < 2:
                return part[0] if part else self.h(b"")
            cut = 1 << (len(part) - 1).bit_length() - 1
            return self.hx(b"\1", tree(part[:cut]), tree(part[cut:]))

        return tree(leaves).hex()

    def frame(self, task: dict[str, Any]) -> dict[str, Any]:
        """Write one task's frame, strata table and excluded list; return its entry in the commitment."""
        name, spec = task["task_id"], self.strata[task["task_id"]]
        inner = self.inner("stratum")
        keys = sorted(spec, key=lambda key: self.hx(self.key, inner, name.encode(), b"\x1f", key.encode()))
        named = {key: f"s{number}" for number, key in enumerate(keys, 1)}
        self.keys_rows = [*getattr(self, "keys_rows", []), *([name, named[key], key] for key in keys)]
        rows, strata = [], []
        for key, stratum in named.items():
            n, r, sizes = spec[key]
            method, lows = working(sizes, n)
            strata.append({"reserve": r, "sample": n, "size_total": str(sum(sizes.values())), "stratum": stratum})
            strata[-1] |= {"units": len(sizes), "working": method}
            rows += [[unit, stratum, str(x), str(lows[unit])] for unit, x in sizes.items()]
        strata = self.edit(f"strata:{name}", sorted(strata, key=lambda one: one["stratum"]))
        rows = self.edit(f"frame:{name}", sorted(rows))
        salts = [self.salt_of(task, row[0]) for row in rows]
        salts = self.edit(f"salts:{name}", salts)
        out = self.edit(f"excluded:{name}", [[*row] for row in self.excluded[name]])
        frame = table("unit_id,stratum,x,L,salt", [[*row, salt.hex()] for row, salt in zip(rows, salts, strict=True)])
        self.frames = getattr(self, "frames", {}) | {name: (strata, rows, salts)}
        inside = f"{self.aud}/tasks/{name}"
        self.files[f"{inside}/frame.csv"], self.files[f"{inside}/strata.json"] = frame, text(strata)
        self.files[f"{inside}/excluded.csv"] = table("unit_id,reason,rule", out)
        if task["access"] == "open":
            self.files[f"{self.pub}/open/{name}/frame.csv"] = frame
            self.files[f"{self.pub}/open/{name}/strata.json"] = text(strata)
        salt = bytes(16) if task["access"] == "open" else self.salt("strata", name)
        excluded_salts = [self.salt_of(task, row[0], always=True) for row in out]
        entry = {key: task[key] for key in ("access", "disclosure", "group", "task_id")}
        entry |= {"excluded": dict(Counter(row[1] for row in out)), "units": len(rows)}
        entry |= {"excluded_root": self.root(task, out, excluded_salts), "frame_root": self.root(task, rows, salts)}
        entry |= {key: sum(one[key] for one in strata) for key in ("reserve", "sample")}
        return entry | {"strata": self.hx(b"\2", salt, text(strata)).hex()}

    def commit(self, at: str = "2026-11-25T09:00:00") -> "Forge":
        """Write the first commitment and what it binds."""
        self.files[f"{self.pub}/verify.py"] = CODE
        for name, value in (("rules", {"shared/cap.yaml": "ab" * 32}), ("registers", {"entities": "cd" * 32})):
            self.files[f"{self.aud}/{name}.json"] = text(self.edit(name, value))
        imported = [f"{self.aud}/registers.json", f"{self.aud}/rules.json"]
        self.log("import", "registrar", self.time("2026-11-24T18:00:00"), imported)
        entries = self.edit("tasks", [self.frame(task) for task in self.tasks])
        self.files[f"{self.aud}/frame_key.hex"] = self.key.hex().encode()
        rows = self.edit("tasks_csv", [[task["task_id"], task["items"]] for task in self.tasks])
        self.files[f"{self.aud}/tasks.csv"] = table("task_id,items", rows)
        keys = self.edit("strata_keys", sorted(self.keys_rows))
        self.files[f"{self.aud}/strata_keys.csv"] = table("task_id,stratum,key", keys)
        roster = self.edit("roster-0", [[*row] for row in self.people])
        self.roster = roster
        self.files[f"{self.aud}/roster-0.csv"] = table(",".join(v.ROSTER), roster)
        bound = self.hx(b"\3", self.salt("roster", "0"), self.files[f"{self.aud}/roster-0.csv"]).hex()
        record = {
            "agency": "suzhou",
            "cause": "补充抽取" if len(self.round) > 7 else None,
            "committed_at": self.time(at) if self.real else f"{self.round[:7]}-01T00:00:00+08:00",
            "evidence": self.time("2026-11-24T00:00:00")[:10],
            "hash": self.hash,
            "key_digest": self.h(self.key).hex(),
            "protocol": "supervision-draw/2",
            "register": self.h(self.files[f"{self.aud}/registers.json"]).hex(),
            "rehearsal": "no" if self.real else "yes",
            "roster": bound,
            "round": self.round,
            "rules": self.h(self.files[f"{self.aud}/rules.json"]).hex(),
            "software": self.h(CODE).hex(),
            "sources": event(self.time("2026-11-29T21:25:00")[:10], f"{self.round}-1", f"{self.round}-1"),
            "tasks": entries,
        }
        self.commitment = self.edit("commitment", record | self.place_in_chain())
        self.files[f"{self.pub}/commitment.json"] = text(self.commitment)
        self.digest = self.h(self.files[f"{self.pub}/commitment.json"])
        self.sequence, self.previous = self.sequence + 1, self.digest.hex()
        names = [name for name in self.files if name not in imported and f"/{self.round}/" in name]
        self.log("commit", "alice", self.time(at), names)
        self.anchor("commitment", self.digest, at)
        if "files" not in self.edits:  # who forges files makes no earlier manifest that has them as they were
            self.close("results follow")
        return self

    def anchor(self, of: str, digest: bytes, at: str) -> None:
        """Add a supervisor's and a notice's evidence of a digest."""
        for kind in ("notice", "supervisor"):
            file = f"anchors/{of}-{digest.hex()[:8]}-{kind}.pdf"
            when = self.time(at)[:14] + "45:00+08:00"
            self.anchors.append({"at": when, "digest": digest.hex(), "file": file, "kind": kind, "of": of})

    def close(self, reason: str) -> None:
        """Make the manifests of both sides."""
        for side, old in self.manifests.items():
            files = {f"manifests/{number:04}.json": data for number, data in enumerate(old, 1)}
            files |= {
                name.split("/", 2)[2]: data
                for name, data in self.files.items()
                if name.startswith(f"{side}/{self.round}/")
            }
            rows = [
                {"digest": hashlib.sha256(data).hexdigest(), "path": name, "size": len(data)}
                for name, data in sorted(files.items())
            ]
            record = {"files": rows, "previous": None, "reason": None, "round": self.round, "sequence": len(old) + 1}
            if old:
                record |= {"previous": hashlib.sha256(old[-1]).hexdigest(), "reason": reason}
            old.append(text(self.edit(f"manifest:{side}:{len(old) + 1}", record)))

    def finish(self, out: Path) -> Path:
        """Write everything below a folder."""
        if self.lines:
            self.files[f"{self.aud}/log.jsonl"] = b"".join(line + b"\n" for line in self.lines)
        self.files = self.edit("files", self.files)
        self.close("records added")
        anchors = self.edit("anchors", sorted(self.anchors, key=lambda a: (a["of"], a["digest"], a["kind"], a["at"])))
        written = dict(self.files)
        if self.real:
            written[f"{self.pub}/anchors.json"] = text(anchors)
            written |= {f"{self.pub}/{anchor['file']}": b"evidence" for anchor in anchors if "file" in anchor}
        for side, made in self.manifests.items():
            written |= {f"{side}/{self.round}/manifests/{n:04}.json": data for n, data in enumerate(made[:-1], 1)}
            written[f"{side}/{self.round}/manifest.json"] = made[-1]
        for name, data in self.edit("written", written).items():
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (out / name).write_bytes(data)
        return out

    def values(self, sources: list[Any]) -> dict[str, list[str]]:
        """Return the outcomes of sources, the same at each run."""
        found = {}
        for source in sources:
            luck, room = random.Random(f"{source['name']}{source['issue']}"), range(source["low"], source["high"] + 1)
            drawn = [luck.choice(room)] * source["count"]
            if source["kind"] == "set":
                drawn = sorted(luck.sample(room, min(len(room), source["count"])))
            found[source["name"]] = [str(value) for value in drawn]
        return found

    def reveal(self, name: str, commitment: Any, digest: bytes, prefix: bytes) -> bytes:
        """Write one reveal and return its seed."""
        values = self.edit(f"values:{name}", self.values(commitment["sources"]))
        key_string = "".join("".join(f"{x}." for x in values[s["name"]]) + "/" for s in commitment["sources"])
        seed = self.hx(prefix, digest, *([] if name == "reveal" else [self.seed]), key_string.encode())
        record = {"commitment": digest.hex(), "held": {s["name"]: s["at"] for s in commitment["sources"]}}
        record |= {"key_string": key_string, "round": self.round, "seed": seed.hex(), "values": values}
        self.files[f"{self.pub}/{name}.json"] = text(self.edit(name, record))
        return seed
