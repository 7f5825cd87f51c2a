"""Check a published round again from its files (核验), by draw protocol 1.

Stands alone: standard library only, one file, nothing to install. `python3 verify.py OUT` checks all that an auditor
holds (public, audit, internal), `python3 verify.py OUT/public` what the public may see, and says what it cannot check;
add `en` for English. Exit 0 when all agrees, 5 at the first difference, which is named.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import itertools
import json
import math
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

ONE, TWO = 2**53, 2**54
Row = dict[str, str]
Json = dict[str, Any]

class Difference(Exception):
    """The first thing that does not agree (第一处不符): what, and where."""

def want(fact: object, what: str, where: object = "") -> None:
    """Go on only where a fact holds (须成立)."""
    if not fact:
        raise Difference(what, str(where))

@dataclass
class Outcome:
    """What was checked (核验结果), in sentences; `difference` is the first one and its place."""

    done: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    difference: tuple[str, str] | None = None
    round: str = ""
    hash: str = ""
    key: bytes = b""
    seed: bytes = b""
    lists: dict[str, list[str]] = field(default_factory=dict)

    def lines(self, lang: str = "zh") -> list[str]:
        """Return the outcome in sentences (文字结果)."""
        end = (*self.difference, "不通过。 / Does not verify.") if self.difference else ("一致。 / Everything agrees.",)
        return [text.split(" / ")[-1 if lang == "en" else 0] for text in [*self.done, *self.remarks, *end]]

def h(name: str, *parts: bytes) -> bytes:
    """Return the round's hash of joined bytes (摘要)."""
    return hashlib.new(name, b"".join(parts)).digest()

def canonical(value: object) -> bytes:
    """Return the one way to write a JSON value (规范 JSON), protocol 0."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

def read_json(path: Path) -> Any:
    """Read a canonical JSON file (读取规范 JSON); anything else is a difference."""
    data, value = path.read_bytes(), None
    with contextlib.suppress(ValueError):
        value = json.loads(data)
    want(canonical(value) == data, "不是规范 JSON / not canonical JSON", path.name)
    return value

def read_csv(path: Path, header: str) -> list[Row]:
    """Read a CSV file of the protocol (读取 CSV) with exactly this header."""
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.reader(handle, strict=True)
        names, rows = next(reader, []), list(reader)
    want(names == header.split(","), "表头不符 / another header", path.name)
    want(all(len(row) == len(names) for row in rows), "列数不齐 / ragged rows", path.name)
    return [dict(zip(names, row, strict=True)) for row in rows]

def check_manifest(folder: Path, hash_name: str, beside: tuple[str, ...] = ()) -> int:
    """Compare every file below a folder with its manifest (清单), except the sub-folders in `beside`."""
    listed = {entry["path"]: entry for entry in read_json(folder / "manifest.json")["files"]}
    for name, entry in listed.items():
        data = (folder / name).read_bytes() if (folder / name).is_file() else b""
        same = [h(hash_name, data).hex(), len(data)] == [entry["digest"], entry["size"]]
        want(same, "文件缺失或与清单不符 / missing, or differs from its manifest", f"{folder.name}/{name}")
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        known = name in listed or name.split("/")[0] in (*beside, "manifest.json")
        want(known, "文件不在清单中 / not in the manifest", f"{folder.name}/{name}")
    return len(listed)

def check_sources(commitment: Json, name: str) -> None:
    """Check order, times and randomness of the sources (信源) of a commitment, protocol 4."""
    sources = commitment["sources"]
    ats, spans = [source["at"] for source in sources], [source["high"] - source["low"] + 1 for source in sources]
    bits = [math.log2(math.comb(span, source["count"]) if source["kind"] == "set" else span ** source["count"])
            for span, source in zip(spans, sources, strict=True)]  # fmt: skip
    later = commitment["rehearsal"] == "yes" or ats[0] > commitment["committed_at"]
    want(ats == sorted(ats) and later, "信源时间不合 / sources are not in order, or not later than it", name)
    last = sum(b for b, at in zip(bits, ats, strict=True) if at == ats[-1])
    want(last >= 20 and sum(bits) >= 40, "信源随机性不足 / sources hold too little randomness", name)

def check_reveal(reveal: Json, sources: list[Json], hash_name: str, prefix: bytes, name: str) -> bytes:
    """Recompute key string (密钥串, RFC 3797 section 4) and seed, and return the seed."""
    values, text = reveal["values"], ""
    want(set(values) == {s["name"] for s in sources}, "信源与公布值名称不符 / values are not of the sources", name)
    for source in sources:
        numbers = [int(value) for value in values[source["name"]]]
        good = len(numbers) == source["count"] and all(source["low"] <= n <= source["high"] for n in numbers)
        if source["kind"] == "set":
            good, numbers = good and len(set(numbers)) == len(numbers), sorted(numbers)
        want(good, "信源的值超出范围 / values out of range", source["name"])
        text += "".join(f"{n}." for n in numbers) + "/"
    want(reveal["key_string"] == text, "密钥串不符 / key string differs", name)
    seed = h(hash_name, prefix, text.encode())
    want(reveal["seed"] == seed.hex(), "种子不符 / seed differs", name)
    return seed

def merkle(leaves: list[bytes], hash_name: str) -> str:
    """Return the root of a tree of leaf digests (默克尔根), RFC 9162 2.1, in hex."""
    level = leaves or [h(hash_name)]
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [h(hash_name, b"\x01", *pair) for pair in pairs] + level[len(level) & ~1 :]
    return level[0].hex()

def wanted(sizes: Counter[int], n: int) -> dict[int, Fraction]:
    """Return the wanted inclusion probability of every size (目标入样概率), protocol 2.3."""
    left, certain = Counter(sizes), dict[int, Fraction]()
    while n > 0 and (sure := [x for x in left if n * x >= sum(y * count for y, count in left.items())]):
        n -= sum(left.pop(x) for x in sure)
        certain |= dict.fromkeys(sure, Fraction(1))
    total = sum(x * count for x, count in left.items())
    return certain | {x: Fraction(n * x, total) for x in left}

def realised(logits: list[float], n: int) -> list[float]:
    """Return realised inclusion probabilities of Pareto sampling (实际入样概率): Aires 1999, trapezoid rule."""
    start, stop, found = -max(logits) - 45, -min(logits) + 45, [0.0] * len(logits)
    for step in range(math.floor((stop - start) / 0.2) + 1):
        f = [1 / (1 + math.exp(-(start + 0.2 * step + v))) for v in logits]
        if max(p * (1 - p) for p in f) < 1e-18:
            continue
        before = [[1.0] + [0.0] * (n - 1)]
        for p in f[:-1]:
            old = before[-1]
            before.append([old[0] * (1 - p)] + [old[k] * (1 - p) + old[k - 1] * p for k in range(1, n)])
        after = [1.0] + [0.0] * (n - 1)
        for i in reversed(range(len(f))):
            sums = list(itertools.accumulate(after))
            found[i] += 0.2 * f[i] * (1 - f[i]) * sum(a * sums[n - 1 - k] for k, a in enumerate(before[i]))
            after = [after[0] * (1 - f[i])] + [after[k] * (1 - f[i]) + after[k - 1] * f[i] for k in range(1, n)]
    return found

def check_stratum(rows: list[Row], stratum: Json, task: str, remarks: list[str]) -> None:
    """Check sizes and L of one stratum (一层的规模与 L), protocol 2.2 to 2.4."""
    where, sizes = f"{task}/{stratum['stratum']}", Counter(int(row["x"]) for row in rows)
    n, units, least = stratum["sample"], len(rows), Fraction(1, 10**4)
    same = (units, str(sum(x * c for x, c in sizes.items()))) == (stratum["units"], stratum["size_total"])
    fine = min(sizes) >= 1 and max(sizes) <= min(10**6 * min(sizes), ONE // units)
    want(same and fine and 1 <= n <= n + stratum["reserve"] <= units, "层表与抽样框不符 / strata table differs", where)
    pi = wanted(sizes, n)
    free = {x: p for x, p in pi.items() if p < 1}
    want(all(p > 0 for p in free.values()), "有对象入样概率为零 / a unit has probability zero", where)
    count, spread = sum(sizes[x] for x in free), sum(sizes[x] * p * (1 - p) for x, p in free.items())
    due = len(sizes) > 1 and 0 < count <= 200 and spread < 10 and all(least <= p <= 1 - least for p in free.values())
    adjusted = stratum["working"] == "adjusted"
    want(due if adjusted else stratum["working"] == "pareto", "L 的算法不符 / L by another method", where)
    if due and not adjusted:
        remarks.append(f"{where} 未能校正，按 pareto / {where} could not be adjusted, pareto stands")
    working = {x: ONE if p == 1 else min(max(round(ONE * p), 1), ONE - 1) for x, p in pi.items()}
    for row in rows:
        low, x = int(row["L"]), int(row["x"])
        good = 0 < low < ONE if adjusted and x in free else low == working[x]
        want(good, "L 不符 / L differs", f"{where} {row['unit_id']}")
    if adjusted:
        rest = [(row["unit_id"], int(row["L"]), free[int(row["x"])]) for row in rows if int(row["x"]) in free]
        got = realised([math.log(low) - math.log(ONE - low) for _, low, _ in rest], n - units + count)
        for (unit, _, p), value in zip(rest, got, strict=True):
            good = abs(Fraction(value) - p) <= min(p, 1 - p) / 10**9
            want(good, "校正后的 L 未达目标概率 / adjusted L misses its probability", f"{where} {unit}")

def order(rows: list[Row], number: dict[str, bytes]) -> list[str]:
    """Return a stratum's units in the order of the draw (抽取次序), protocol 6; rounding keeps the exact order."""
    keys = []
    for row in rows:
        d, low = number[row["unit_id"]], int(row["L"])
        u = 2 * (int.from_bytes(d[:8], "big") >> 11) + 1
        top, bottom = u * (ONE - low), low * (TWO - u)
        keys.append((top / bottom, Fraction(top, bottom), d, row["unit_id"]))
    return [key[3] for key in sorted(keys)]

def check_task(task: Json, part: Path, this: Outcome) -> None:
    """Check salts, roots, strata, L, numbers and list of one task (一个任务) from the files in `part`."""
    name, group, sealed = task["task_id"], f"{this.round}|{task['group']}".encode(), task["access"] == "sealed"
    salted, target = h(this.hash, b"salt|", group), h(this.hash, b"targets|", group)

    def salt_of(unit: str) -> bytes:
        return h(this.hash, this.key, salted, unit.encode())[:16] if sealed else bytes(16)

    def root(rows: list[Row], columns: tuple[str, ...]) -> str:
        texts = [(row["unit_id"], "\x1f".join(row[c] for c in columns).encode()) for row in rows]
        return merkle([h(this.hash, b"\0", salt_of(u), name.encode(), b"\x1f", text) for u, text in texts], this.hash)

    rows, number = read_csv(part / "frame.csv", "unit_id,stratum,x,L,salt"), {}
    units = [row["unit_id"].encode() for row in rows]
    want(units == sorted(set(units)), "抽样框未排序或有重复 / frame unsorted or repeated", name)
    for row in rows:
        salt = salt_of(row["unit_id"])
        want(row["salt"] == salt.hex(), "盐不符 / salt differs", f"{name} {row['unit_id']}")
        number[row["unit_id"]] = h(this.hash, this.seed, target, salt, row["unit_id"].encode())
    framed = root(rows, ("unit_id", "stratum", "x", "L")) == task["frame_root"]
    want(framed and len(rows) == task["units"], "抽样框根不符 / frame root differs", name)
    strata, members = read_json(part / "strata.json"), defaultdict(list)
    for row in rows:
        members[row["stratum"]].append(row)
    known = [s["stratum"] for s in strata] == sorted(members, key=str.encode) and (sealed or len(strata) == 1)
    totals = all(sum(s[total] for s in strata) == task[total] for total in ("units", "sample", "reserve"))
    equal = sealed or len({row["x"] for row in rows}) == 1
    good = known and totals and equal and h(this.hash, canonical(strata)).hex() == task["strata"]
    want(good, "层表不符 / strata table differs", name)
    places = []
    for stratum in strata:
        check_stratum(members[stratum["stratum"]], stratum, name, this.remarks)
        first = order(members[stratum["stratum"]], number)[: stratum["sample"] + stratum["reserve"]]
        roles = ["drawn"] * stratum["sample"] + ["reserve"] * stratum["reserve"]
        places += [(u, stratum["stratum"], k, role) for k, (u, role) in enumerate(zip(first, roles, strict=True), 1)]
    this.lists[name] = sorted((unit for unit, _, _, role in places if role == "drawn"), key=str.encode)
    if this.key:
        out = read_csv(part / "excluded.csv", "unit_id,reason,rule")
        good = root(out, ("unit_id", "reason", "rule")) == task["excluded_root"]
        good = good and Counter(row["reason"] for row in out) == task["excluded"]
        apart = not {row["unit_id"] for row in out} & {*number}
        want(good and apart, "排除名单不符 / excluded list differs", name)
        found = [tuple(row.values()) for row in read_csv(part / "order.csv", "unit_id,stratum,rank,role,U,D")]
        mine = [(u, s, str(k), role, str(2 * (int.from_bytes(number[u][:8], "big") >> 11) + 1), number[u].hex())
                for u, s, k, role in places]  # fmt: skip
        want(sorted(found) == sorted(mine), "抽取次序或备选不符 / order or reserve differs", name)

class Lottery:
    """The lottery of inspectors (检查人员抽取), protocol 7; loads and busy half-days last for the whole round."""

    def __init__(self, hash_name: str) -> None:
        self.hash, self.load, self.busy = hash_name, Counter[str](), defaultdict[str, Counter[str]](Counter)
        self.here: dict[int, tuple[Row, str]] = {}

    def _able(self, person: Row, place: Row, freed: Row | None) -> bool:
        """Tell whether an inspector may take a place once `freed`, the one held here, is taken away."""
        halves, who = place["half_days"].split(), person["inspector_id"]
        mine = self.busy[who].copy()
        mine.subtract(freed["half_days"].split() if freed else [])
        used, blocked = Counter(half[:10] for half in [*mine.elements(), *halves]), {*person["absent"].split(), *+mine}
        return (all(person["from"] <= d <= person["until"] and used[d] <= int(person["daily_limit"])
                    for d in {half[:10] for half in halves})
                and not blocked & {*halves} and {*place["items"].split()} <= {*person["scopes"].split()}
                and (who, place["visit_id"].rpartition("~")[0]) not in self.recused)  # fmt: skip

    def _turn(self, place: Row) -> int:
        """Fill one place, by the least R among the least loaded, else along an augmenting path; count the eligible."""
        people = self.people[place["office"]]
        able = [p["inspector_id"] for p in people if self._able(p, place, None)]
        if able:
            least = min(self.load[who] for who in able)
            near = [who for who in able if self.load[who] <= least + 2]
            self._put(place, min(near, key=lambda who: self._rank(place, who)))
            return len(able)
        holds = {who: p for p, who in self.here.values() if p["office"] == place["office"]}
        queue, via = [place], dict[str, Row]()
        for at in queue:
            fit = [p["inspector_id"] for p in people if self._able(p, at, holds.get(p["inspector_id"]))]
            for who in sorted(set(fit) - set(via), key=lambda w: (self.load[w], self._rank(at, w))):
                via[who] = at
                if who in holds:
                    queue.append(holds[who])
                    continue
                while who:  # everybody on the path moves up by one
                    goal, displaced = via[who], self._put(via[who], "")
                    self._put(goal, who)
                    who = displaced
                return 0
        return 0

    def _rank(self, place: Row, who: str) -> bytes:
        return h(self.hash, self.seed, "\x1f".join([place["visit_id"], place["office"], place["place"], who]).encode())

    def _put(self, place: Row, who: str) -> str:
        """Put an inspector, or nobody, on a place and return who held it before, or nothing."""
        _, before = self.here.pop(id(place), (place, ""))
        for one, sign in ((before, -1), (who, 1)):
            if one:
                self.load[one] += sign
                self.busy[one].update(dict.fromkeys(place["half_days"].split(), sign))
        if who:
            self.here[id(place)] = (place, who)
        return before

    def run(self, places: list[Row], people: list[Row], recused: list[Row], seed: bytes) -> list[Json]:
        """Hold the lottery of one calendar (整场抽取) and return the rows of roster.json."""
        self.seed, self.recused = seed, {(row["inspector_id"], row["unit_id"]) for row in recused}
        self.people = {o: [p for p in people if p["office"] == o] for o in {p["office"] for p in places}}
        out: list[Json] = []
        for half in sorted({p["half_days"][:12] for p in places}):
            todo = [p for p in places if p["half_days"][:12] == half]
            todo.sort(key=lambda p: (p["office"].encode(), self._rank(p, "")))
            self.here, count = {}, {}
            for place in todo:
                count[id(place)] = self._turn(place)
            back = {p["visit_id"] for p in todo if id(p) not in self.here}
            for place in [p for p in todo if p["visit_id"] in back]:
                self._put(place, "")
            out += [{"visit_id": p["visit_id"], "office": p["office"], "place": int(p["place"]), "inspector_id": who,
                     "candidates": count[id(p)]} for p, who in self.here.values()]  # fmt: skip
        return sorted(out, key=lambda r: (r["visit_id"].encode(), r["office"].encode(), r["place"]))

def check_rosters(public: Path, audit: Path | None, this: Outcome, first: str) -> None:
    """Check every second commitment, its seed and its lottery (第二次承诺与人员抽取)."""
    lottery, previous = Lottery(this.hash), first
    names = itertools.chain([""], (f"-{k}" for k in itertools.count(2)))
    for suffix in itertools.takewhile(lambda suffix: (public / f"commitment2{suffix}.json").is_file(), names):
        name, second = f"commitment2{suffix}.json", read_json(public / f"commitment2{suffix}.json")
        chained = (second["previous"], second["commitment"], second["round"]) == (previous, first, this.round)
        want(chained, "第二次承诺未接上 / second commitment is not chained", name)
        check_sources(second, name)
        files = {kind: audit / f"{kind}{suffix}.csv" for kind in ("calendar", "roster", "recusals")} if audit else {}
        for kind, path in files.items():
            data = (this.key if kind == "recusals" else b"") + path.read_bytes()
            want(h(this.hash, data).hex() == second[kind], "与第二次承诺不符 / differs from its commitment", path.name)
        digest = h(this.hash, canonical(second))
        previous = digest.hex()
        if not (public / f"reveal2{suffix}.json").is_file():
            return
        prefix, name = b"supervision-roster/1\0" + digest + this.seed, f"reveal2{suffix}.json"
        seed = check_reveal(read_json(public / name), second["sources"], this.hash, prefix, name)
        if audit:
            places = read_csv(files["calendar"], "visit_id,office,place,half_days,items")
            people = read_csv(files["roster"], "inspector_id,office,from,until,scopes,daily_limit,absent")
            recused = read_csv(files["recusals"], "inspector_id,unit_id,ground")
            same = lottery.run(places, people, recused, seed) == read_json(audit / f"roster{suffix}.json")
            want(same, "检查人员名单不符 / roster differs", f"roster{suffix}.json")
        this.done.append(f"第二次承诺与种子{suffix} / second commitment and seed{suffix}")

def check_result(result: Json, commitment: Json, digest: str, this: Outcome) -> None:
    """Check the published lists (公布的名单), or their digests while they are sealed."""
    found = [result["round"], result["commitment"], result["seed"], *(task["task_id"] for task in result["tasks"])]
    expected = [this.round, digest, this.seed.hex(), *(task["task_id"] for task in commitment["tasks"])]
    want(found == expected, "结果属于别的轮次 / of another round", "result.json")
    for task in result["tasks"]:
        name = task["task_id"]
        if name not in this.lists:
            this.remarks.append(f"{name} 的名单须由审计方核验 / list of {name} is for an auditor to check")
            continue
        salt = h(this.hash, this.key, h(this.hash, f"list|{this.round}".encode()), name.encode())[:16]
        hidden = h(this.hash, b"\0", salt, canonical(this.lists[name])).hex()
        good = task["drawn"] == this.lists[name] if "drawn" in task else task["digest"] == hidden
        want(good, "公布名单不符 / published list differs", name)

def check_all(folder: Path, this: Outcome) -> None:
    """Check a folder of a round (核验全部) in the order of protocol 10; the first difference is raised."""
    public, audit = (folder / "public", folder / "audit") if (folder / "public").is_dir() else (folder, None)
    commitment = read_json(public / "commitment.json")
    this.round, this.hash = str(commitment.get("round")), str(commitment.get("hash"))
    want(this.hash in ("sha256", "sm3"), "摘要算法不符 / unknown hash", "commitment.json")
    count = check_manifest(folder, this.hash, ("public", "audit") if audit else ())
    if audit:
        count += check_manifest(public, this.hash) + check_manifest(audit, this.hash)
        this.key = bytes.fromhex((audit / "frame_key.hex").read_text())
        want(h(this.hash, this.key).hex() == commitment["key_digest"], "密钥不符 / frame key differs", "frame_key.hex")
    check_sources(commitment, "commitment.json")
    this.done.append(f"清单与 {count} 个文件、承诺及其信源 / manifests and {count} files, commitment and its sources")
    if not (public / "reveal.json").is_file():
        this.remarks.append("尚未抽取 / not drawn yet")
        return
    digest = h(this.hash, canonical(commitment))
    prefix, revealed = b"supervision-draw/1\0" + digest, read_json(public / "reveal.json")
    this.seed = check_reveal(revealed, commitment["sources"], this.hash, prefix, "reveal.json")
    for task in commitment["tasks"]:
        if audit or task["access"] == "open":
            check_task(task, (audit / "tasks" if audit else public / "open") / task["task_id"], this)
            this.done.append(f"{task['task_id']} 抽 {task['sample']} / {task['task_id']} drew {task['sample']}")
    check_result(read_json(public / "result.json"), commitment, digest.hex(), this)
    check_rosters(public, audit, this, digest.hex())
    previous = None
    for number, line in enumerate((audit / "log.jsonl").read_bytes().splitlines() if audit else [], 1):
        want(json.loads(line)["previous"] == previous, "日志链断开 / log chain is broken", f"log.jsonl:{number}")
        previous = h("sha256", line).hex()

def verify(folder: Path) -> Outcome:
    """Check a round from its files (核验一轮): `folder` is OUT or OUT/public. Reads only; never raises on bad files."""
    this = Outcome()
    try:
        check_all(folder, this)
    except Difference as error:
        this.difference = (error.args[0], error.args[1])
    except (LookupError, TypeError, ValueError, AttributeError, OSError, ArithmeticError, csv.Error) as error:
        this.difference = ("文件缺失或不合规程 / a file is missing or not of the protocol", str(error))
    return this

if __name__ == "__main__":
    ended = verify(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    print("\n".join(ended.lines(sys.argv[-1])))
    sys.exit(5 if ended.difference else 0)
