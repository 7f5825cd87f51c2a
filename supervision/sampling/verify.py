"""Check a published round again from its files (核验), by draw protocol 1.

Stands alone: standard library only, one file, nothing to install. `python3 verify.py OUT` checks everything an auditor
holds (OUT/public, OUT/audit, OUT/internal), `python3 verify.py OUT/public` what the public may see, and says what it
cannot check. Exit 0 when all agrees, 5 at the first difference, which is named.
"""

from __future__ import annotations

import csv
import functools
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


class Difference(Exception):
    """The first thing that does not agree (第一处不符): what, in "中文 / English", and where."""


def want(fact: object, what: str, where: object = "") -> None:
    """Go on only where a fact holds (须成立)."""
    if not fact:
        raise Difference(what, str(where))


@dataclass
class Outcome:
    """What was checked (核验结果): `done` and `remarks` are sentences "中文 / English"; `difference` the first one."""

    done: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    difference: tuple[str, str] | None = None

    @property
    def ok(self) -> bool:
        """Tell whether everything agreed (是否一致)."""
        return self.difference is None

    def lines(self, lang: str = "zh") -> list[str]:
        """Return the outcome in sentences (文字结果)."""

        def pick(text: str) -> str:
            return text.split(" / ")[1 if lang == "en" else 0]

        lines = [f"✓ {pick(text)}" for text in self.done] + [f"· {pick(text)}" for text in self.remarks]
        if self.difference is None:
            return [*lines, pick("核验一致。 / Everything agrees.")]
        return [*lines, f"✗ {pick(self.difference[0])}: {self.difference[1]}", pick("核验不通过。 / Does not verify.")]

    def facts(self) -> dict[str, object]:
        """Return the outcome as JSON values (结构化结果)."""
        return {"ok": self.ok, "checked": self.done, "remarks": self.remarks, "difference": self.difference}


def h(name: str, *parts: bytes) -> bytes:
    """Return the round's hash of joined bytes (摘要)."""
    return hashlib.new(name, b"".join(parts)).digest()


def canonical(value: object) -> bytes:
    """Return the one way to write a JSON value (规范 JSON), protocol 0."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_json(path: Path) -> Any:
    """Read a canonical JSON file (读取规范 JSON); anything else is a difference."""
    want(path.is_file(), "缺少文件 / file is missing", path.name)
    data = path.read_bytes()
    try:
        value = json.loads(data)
        good = canonical(value) == data
    except (ValueError, RecursionError):
        good, value = False, None
    want(good, "不是规范 JSON / not canonical JSON", path.name)
    return value


def read_csv(path: Path, header: str) -> list[Row]:
    """Read a CSV file of the protocol (读取 CSV) with exactly this header."""
    want(path.is_file(), "缺少文件 / file is missing", path.name)
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle, strict=True)
            rows = list(reader)
    except (ValueError, csv.Error) as error:
        raise Difference("CSV 无法读取 / CSV cannot be read", f"{path.name}: {error}") from error
    want(reader.fieldnames == header.split(","), "表头不符 / another header", path.name)
    want(all(None not in row and None not in row.values() for row in rows), "列数不齐 / ragged rows", path.name)
    return rows


def check_manifest(folder: Path, hash_name: str, beside: tuple[str, ...] = ()) -> int:
    """Compare every file below a folder with its manifest (清单), except the sub-folders in `beside`."""
    listed = {entry["path"]: entry for entry in read_json(folder / "manifest.json")["files"]}
    for name, entry in listed.items():
        path, where = folder / name, f"{folder.name}/{name}"
        want(path.is_file(), "清单中的文件不存在 / listed file is missing", where)
        with path.open("rb") as handle:
            digest = hashlib.file_digest(handle, lambda: hashlib.new(hash_name)).hexdigest()
        want(digest == entry["digest"] and path.stat().st_size == entry["size"], "文件与清单不符 / differs from its manifest", where)
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        known = name in listed or name == "manifest.json" or name.split("/")[0] in beside
        want(known, "文件不在清单中 / not in the manifest", f"{folder.name}/{name}")
    return len(listed)


def bits(source: dict[str, Any]) -> float:
    """Return the randomness of a source in bits (信源的随机性)."""
    span = source["high"] - source["low"] + 1
    return math.log2(math.comb(span, source["count"])) if source["kind"] == "set" else source["count"] * math.log2(span)


def check_sources(commitment: dict[str, Any], name: str) -> None:
    """Check order, times and randomness of the sources (信源) of a commitment, protocol 4."""
    sources = commitment["sources"]
    ats = [source["at"] for source in sources]
    want(ats and ats == sorted(ats), "信源未按时间排列 / sources are not in order of time", name)
    want(commitment["rehearsal"] == "yes" or ats[0] > commitment["committed_at"], "承诺晚于信源 / sources came before it", name)
    want(sum(bits(s) for s in sources if s["at"] == ats[-1]) >= 20, "最后信源不足 20 比特 / last event under 20 bits", name)
    want(sum(map(bits, sources)) >= 40, "信源合计不足 40 比特 / sources under 40 bits", name)


def check_reveal(reveal: dict[str, Any], sources: list[dict[str, Any]], hash_name: str, prefix: bytes, name: str) -> bytes:
    """Recompute key string (密钥串, RFC 3797 section 4) and seed, and return the seed."""
    values, text = reveal["values"], ""
    want(set(values) == {s["name"] for s in sources}, "信源与公布值的名称不符 / values are not those of the sources", name)
    for source in sources:
        announced = values[source["name"]]
        want(all(v.isdecimal() for v in announced), "信源的值不是整数 / a value is no integer", source["name"])
        numbers = [int(v) for v in announced]
        good = len(numbers) == source["count"] and all(source["low"] <= n <= source["high"] for n in numbers)
        if source["kind"] == "set":
            good, numbers = good and len(set(numbers)) == len(numbers), sorted(numbers)
        want(good, "信源的值超出范围 / values out of range", source["name"])
        text += "".join(f"{n}." for n in numbers) + "/"
    want(reveal["key_string"] == text, "密钥串不符 / key string differs", name)
    seed = h(hash_name, prefix, text.encode())
    want(reveal["seed"] == seed.hex(), "种子不符 / seed differs", name)
    return seed


def merkle(leaves: list[bytes], hash_name: str) -> bytes:
    """Return the root of a tree of leaf digests (默克尔根), RFC 9162 2.1."""
    if not leaves:
        return h(hash_name)
    level = leaves
    while len(level) > 1:
        paired = [h(hash_name, b"\x01", level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + ([level[-1]] if len(level) % 2 else [])
    return level[0]


def wanted(sizes: Counter[int], n: int) -> dict[int, Fraction]:
    """Return the wanted inclusion probability of every size (目标入样概率), protocol 2.3."""
    left, certain = Counter(sizes), {}
    while n > 0 and left:
        total = sum(x * count for x, count in left.items())
        sure = [x for x in left if n * x >= total]
        if not sure:
            break
        for x in sure:
            n -= left.pop(x)
            certain[x] = Fraction(1)
    total = sum(x * count for x, count in left.items())
    return certain | {x: Fraction(n * x, total) for x in left}


def realised(logits: list[float], n: int) -> list[float]:
    """Return the realised inclusion probabilities of Pareto sampling (实际入样概率), Aires 1999, by the trapezoid rule."""
    start, stop, found = min(-v for v in logits) - 45, max(-v for v in logits) + 45, [0.0] * len(logits)
    for step in range(math.floor((stop - start) / 0.2) + 1):
        f = [1 / (1 + math.exp(-(start + 0.2 * step + v))) for v in logits]
        if max(p * (1 - p) for p in f) < 1e-18:
            continue
        before = [[1.0] + [0.0] * (n - 1)]
        for p in f[:-1]:
            old = before[-1]
            before.append([old[0] * (1 - p)] + [old[k] * (1 - p) + old[k - 1] * p for k in range(1, n)])
        after = [1.0] + [0.0] * (n - 1)
        for i in range(len(f) - 1, -1, -1):
            cumulated = list(itertools.accumulate(after))
            at_most = sum(a * cumulated[n - 1 - k] for k, a in enumerate(before[i]))
            found[i] += 0.2 * f[i] * (1 - f[i]) * at_most
            after = [after[0] * (1 - f[i])] + [after[k] * (1 - f[i]) + after[k - 1] * f[i] for k in range(1, n)]
    return found


def check_stratum(rows: list[Row], stratum: dict[str, Any], task: str, remarks: list[str]) -> None:
    """Check sizes and L of one stratum (一层的规模与 L), protocol 2.2 to 2.4."""
    where, sizes = f"{task}/{stratum['stratum']}", Counter(int(row["x"]) for row in rows)
    n, units = stratum["sample"], len(rows)
    same = units == stratum["units"] and str(sum(x * c for x, c in sizes.items())) == stratum["size_total"]
    want(same and 1 <= n <= units and n + stratum["reserve"] <= units, "层表与抽样框不符 / strata table differs", where)
    in_range = 1 <= min(sizes) and max(sizes) <= min(10**6 * min(sizes), ONE // units)
    want(in_range, "规模超出范围 / sizes out of range", where)
    pi = wanted(sizes, n)
    free = {x: p for x, p in pi.items() if p < 1}
    want(all(p > 0 for p in free.values()), "有对象入样概率为零 / a unit has probability zero", where)
    count, spread = sum(sizes[x] for x in free), sum(sizes[x] * p * (1 - p) for x, p in free.items())
    due = len(free) > 1 and count <= 200 and spread < 10 and all(10**-4 <= p <= 1 - Fraction(1, 10**4) for p in free.values())
    if stratum["working"] == "adjusted":
        want(due, "不应校正 L / L must not be adjusted", where)
        check_adjusted(rows, pi, n - sum(sizes[x] for x in pi if pi[x] == 1), where)
        return
    want(stratum["working"] == "pareto", "未知的方法 / unknown method", where)
    if due:
        remarks.append(f"{where} 未能校正，按 pareto / {where} could not be adjusted, pareto stands")
    working = {x: ONE if p == 1 else min(max(round(ONE * p), 1), ONE - 1) for x, p in pi.items()}
    for row in rows:
        want(int(row["L"]) == working[int(row["x"])], "L 不符 / L differs", f"{where} {row['unit_id']}")


def check_adjusted(rows: list[Row], pi: dict[int, Fraction], n: int, where: str) -> None:
    """Check that adjusted L realise the wanted probabilities (校正后的 L) within 1e-9."""
    for row in rows:
        sure = pi[int(row["x"])] == 1
        want((int(row["L"]) == ONE) == sure and 1 <= int(row["L"]) <= ONE, "L 不符 / L differs", f"{where} {row['unit_id']}")
    free = [row for row in rows if pi[int(row["x"])] < 1]
    got = realised([math.log(int(row["L"])) - math.log(ONE - int(row["L"])) for row in free], n)
    for row, value in zip(free, got, strict=True):
        p = pi[int(row["x"])]
        good = abs(Fraction(value) - p) <= min(p, 1 - p) / 10**9
        want(good, "校正后的 L 未达目标概率 / adjusted L misses its probability", f"{where} {row['unit_id']}")


def order(rows: list[Row], number: dict[str, bytes]) -> list[str]:
    """Return a stratum's units in the order of the draw (抽取次序), protocol 6."""

    def parts(row: Row) -> tuple[int, int, bytes]:
        d, low = number[row["unit_id"]], int(row["L"])
        u = 2 * (int.from_bytes(d[:8], "big") >> 11) + 1
        return u * (ONE - low), low * (TWO - u), d

    def compare(one: tuple[Any, ...], other: tuple[Any, ...]) -> int:
        if one[0] != other[0]:  # correctly rounded quotients keep the exact order; equal ones are compared exactly
            return -1 if one[0] < other[0] else 1
        left, right = (one[1] * other[2], one[3]), (other[1] * one[2], other[3])
        return (left > right) - (left < right)

    keys = []
    for row in rows:
        top, bottom, d = parts(row)
        keys.append((top / bottom, top, bottom, d, row["unit_id"]))
    return [key[4] for key in sorted(keys, key=functools.cmp_to_key(compare))]


def draw(rows: list[Row], strata: list[dict[str, Any]], number: dict[str, bytes]) -> list[tuple[str, int, str, str]]:
    """Draw one task (抽取一个任务): (stratum, rank, role, unit) of the drawn and the reserve units."""
    by_stratum: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_stratum[row["stratum"]].append(row)
    places = []
    for stratum in strata:
        name, n = stratum["stratum"], stratum["sample"]
        first = order(by_stratum[name], number)[: n + stratum["reserve"]]
        places += [(name, rank, "drawn" if rank <= n else "reserve", unit) for rank, unit in enumerate(first, 1)]
    return places


def check_task(task: dict[str, Any], part: Path, this: Round) -> None:
    """Check salts, roots, strata, L, numbers and list of one task (一个任务), from `part`/frame.csv and its neighbours."""
    name, group, open_ = task["task_id"], f"{this.round}|{task['group']}".encode(), task["access"] == "open"
    rows = read_csv(part / "frame.csv", "unit_id,stratum,x,L,salt")
    units = [row["unit_id"].encode() for row in rows]
    want(units == sorted(set(units)), "抽样框未排序或有重复 / frame unsorted or repeated", name)
    salted = None if open_ or not this.key else h(this.hash, b"salt|" + group)
    leaves, number, target = [], {}, h(this.hash, b"targets|" + group)
    for row, unit in zip(rows, units, strict=True):
        salt = bytes.fromhex(row["salt"])
        expected = h(this.hash, this.key, salted, unit)[:16] if salted else bytes(16)
        want(salt == expected, "盐不符 / salt differs", f"{name} {row['unit_id']}")
        text = f"{row['unit_id']}\x1f{row['stratum']}\x1f{row['x']}\x1f{row['L']}".encode()
        leaves.append(h(this.hash, b"\0", salt, name.encode(), b"\x1f", text))
        number[row["unit_id"]] = h(this.hash, this.seed, target, salt, unit)
    want(len(rows) == task["units"] and merkle(leaves, this.hash).hex() == task["frame_root"], "抽样框根不符 / frame root differs", name)
    strata = read_json(part / "strata.json")
    want(h(this.hash, canonical(strata)).hex() == task["strata"], "层表摘要不符 / strata table differs", name)
    for total in ("units", "sample", "reserve"):
        want(sum(s[total] for s in strata) == task[total], "层表合计不符 / strata totals differ", name)
    same = [s["stratum"] for s in strata] == sorted({row["stratum"] for row in rows}, key=str.encode)
    want(same and (not open_ or len(strata) == 1), "层不符 / strata differ", name)
    for stratum in strata:
        members = [row for row in rows if row["stratum"] == stratum["stratum"]]
        want(not open_ or len({row["x"] for row in members}) == 1, "公开任务规模须相等 / open task with unequal sizes", name)
        check_stratum(members, stratum, name, this.outcome.remarks)
    if this.key:
        check_excluded(task, part, this, None if open_ else salted, set(number))
    places = draw(rows, strata, number)
    this.lists[name] = sorted((unit for _, _, role, unit in places if role == "drawn"), key=str.encode)
    if this.key:
        found = read_csv(part / "order.csv", "unit_id,stratum,rank,role,U,D")
        mine = [(u, s, str(k), role, str(2 * (int.from_bytes(number[u][:8], "big") >> 11) + 1), number[u].hex())
                for s, k, role, u in places]  # fmt: skip
        want(sorted(tuple(row.values()) for row in found) == sorted(mine), "抽取次序或备选不符 / order or reserve differs", name)


def check_excluded(task: dict[str, Any], part: Path, this: Round, salted: bytes | None, frame: set[str]) -> None:
    """Check the list of the excluded (排除名单) against its root and its counts."""
    rows, leaves = read_csv(part / "excluded.csv", "unit_id,reason,rule"), []
    for row in rows:
        want(row["unit_id"] not in frame, "既在框内又被排除 / both in the frame and excluded", f"{task['task_id']} {row['unit_id']}")
        salt = h(this.hash, this.key, salted, row["unit_id"].encode())[:16] if salted else bytes(16)
        text = f"{row['unit_id']}\x1f{row['reason']}\x1f{row['rule']}".encode()
        leaves.append(h(this.hash, b"\0", salt, task["task_id"].encode(), b"\x1f", text))
    good = merkle(leaves, this.hash).hex() == task["excluded_root"] and Counter(r["reason"] for r in rows) == task["excluded"]
    want(good, "排除名单不符 / excluded list differs", task["task_id"])


class Lottery:
    """The lottery of inspectors (检查人员抽取), protocol 7; loads and busy half-days last for the whole round."""

    def __init__(self, hash_name: str) -> None:
        self.hash = hash_name
        self.load: Counter[str] = Counter()
        self.busy: dict[str, Counter[str]] = defaultdict(Counter)

    def able(self, person: Row, place: Row, freed: Row | None) -> bool:
        """Tell whether an inspector may take a place (是否合格) once `freed`, the one held here, is taken away."""
        mine, halves = self.busy[person["inspector_id"]].copy(), place["half_days"].split()
        mine.subtract(freed["half_days"].split() if freed else [])
        days = {half[:10] for half in halves}
        used = Counter(half[:10] for half in (+mine).elements()) + Counter(half[:10] for half in halves)
        absent, unit = person["absent"].split(), place["visit_id"].rpartition("~")[0]
        return (person["office"] == place["office"] and all(person["from"] <= d <= person["until"] for d in days)
                and not set(absent) & set(halves) and set(place["items"].split()) <= set(person["scopes"].split())
                and (person["inspector_id"], unit) not in self.recused and not any((+mine)[half] for half in halves)
                and all(used[d] <= int(person["daily_limit"]) for d in days))  # fmt: skip

    def turn(self, place: Row) -> None:
        """Fill one place (抽一个岗位): the least R among the least loaded, else along an augmenting path."""
        able = [p for p in self.people[place["office"]] if self.able(p, place, None)]
        self.candidates[id(place)] = len(able)
        least = min((self.load[p["inspector_id"]] for p in able), default=0)
        near = [p for p in able if self.load[p["inspector_id"]] <= least + 2]
        if near:
            self.give(place, min(near, key=lambda p: self.rank(place, p))["inspector_id"])
            return
        queue, via, seen = [place], {}, set()
        for at in queue:
            holds = {who: p for p, who in self.here.values() if p["office"] == place["office"]}
            fit = [p for p in self.people[place["office"]] if self.able(p, at, holds.get(p["inspector_id"]))]
            for person in sorted(fit, key=lambda p: (self.load[p["inspector_id"]], self.rank(at, p))):
                who = person["inspector_id"]
                if who in seen:
                    continue
                seen.add(who)
                via[who] = at
                if who in holds:
                    queue.append(holds[who])
                    continue
                while True:  # everybody on the path moves up by one
                    goal, before = via[who], self.here.get(id(via[who]))
                    if before:
                        self.take(goal)
                    self.give(goal, who)
                    if not before:
                        return
                    who = before[1]

    def rank(self, place: Row, person: Row) -> bytes:
        """Return R of a place and an inspector (签值)."""
        return h(self.hash, self.head(place), person["inspector_id"].encode())

    def head(self, place: Row) -> bytes:
        """Return the bytes that P and R begin with (岗位前缀)."""
        return self.seed + "".join(f"{place[k]}\x1f" for k in ("visit_id", "office", "place")).encode()

    def give(self, place: Row, who: str) -> None:
        """Put an inspector on a place (到岗)."""
        self.here[id(place)] = (place, who)
        self.load[who] += 1
        self.busy[who].update(place["half_days"].split())

    def take(self, place: Row) -> None:
        """Take the inspector from a place (离岗)."""
        _, who = self.here.pop(id(place))
        self.load[who] -= 1
        self.busy[who].subtract(place["half_days"].split())

    def run(self, places: list[Row], people: list[Row], recused: list[Row], seed: bytes) -> list[dict[str, object]]:
        """Hold the lottery of one calendar (整场抽取) and return the rows of roster.json."""
        self.seed, self.candidates = seed, {}
        self.recused = {(row["inspector_id"], row["unit_id"]) for row in recused}
        self.people = defaultdict(list)
        for person in people:
            self.people[person["office"]].append(person)
        out: list[dict[str, object]] = []
        for half in sorted({p["half_days"][:12] for p in places}):
            todo, self.here = [p for p in places if p["half_days"][:12] == half], {}
            for place in sorted(todo, key=lambda p: (p["office"].encode(), h(self.hash, self.head(p)))):
                self.turn(place)
            back = {p["visit_id"] for p in todo if id(p) not in self.here}
            for place in todo:
                if place["visit_id"] in back and id(place) in self.here:
                    self.take(place)
            out += [{"visit_id": p["visit_id"], "office": p["office"], "place": int(p["place"]), "inspector_id": who,
                     "candidates": self.candidates[id(p)]} for p, who in self.here.values()]  # fmt: skip
        return sorted(out, key=lambda r: (str(r["visit_id"]).encode(), str(r["office"]).encode(), r["place"]))


@dataclass
class Round:
    """What is known of the round while it is checked (本轮)."""

    round: str
    hash: str
    key: bytes
    outcome: Outcome
    seed: bytes = b""
    lists: dict[str, list[str]] = field(default_factory=dict)


def check_rosters(public: Path, audit: Path | None, this: Round, commitment: bytes) -> None:
    """Check every second commitment, its seed and its lottery (第二次承诺与人员抽取)."""
    lottery, previous, suffix, count = Lottery(this.hash), h(this.hash, commitment).hex(), "", 1
    while (public / f"commitment2{suffix}.json").is_file():
        second = read_json(public / f"commitment2{suffix}.json")
        digest = h(this.hash, canonical(second))
        want(second["previous"] == previous and second["commitment"] == h(this.hash, commitment).hex() and second["round"] == this.round,
             "第二次承诺未接上 / second commitment is not chained", f"commitment2{suffix}.json")  # fmt: skip
        check_sources(second, f"commitment2{suffix}.json")
        if (public / f"reveal2{suffix}.json").is_file():
            prefix = b"supervision-roster/1\0" + digest + this.seed
            seed = check_reveal(read_json(public / f"reveal2{suffix}.json"), second["sources"], this.hash, prefix, f"reveal2{suffix}.json")
            if audit:
                check_roster(audit, suffix, second, seed, this, lottery)
        previous, count = digest.hex(), count + 1
        suffix = f"-{count}"


def check_roster(audit: Path, suffix: str, second: dict[str, Any], seed: bytes, this: Round, lottery: Lottery) -> None:
    """Check calendar, roster and recusals against the second commitment, and draw the inspectors again (人员抽取)."""
    files = {name: audit / f"{name}{suffix}.csv" for name in ("calendar", "roster", "recusals")}
    for name, path in files.items():
        want(path.is_file(), "缺少文件 / file is missing", path.name)
        data = (this.key if name == "recusals" else b"") + path.read_bytes()
        want(h(this.hash, data).hex() == second[name], "与第二次承诺不符 / differs from the second commitment", path.name)
    places = read_csv(files["calendar"], "visit_id,office,place,half_days,items")
    people = read_csv(files["roster"], "inspector_id,office,from,until,scopes,daily_limit,absent")
    drawn = lottery.run(places, people, read_csv(files["recusals"], "inspector_id,unit_id,ground"), seed)
    want(read_json(audit / f"roster{suffix}.json") == drawn, "检查人员名单不符 / roster differs", f"roster{suffix}.json")


def check_log(path: Path) -> None:
    """Check the chain of the log (日志链)."""
    previous = None
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        entry = json.loads(line)
        want(entry["previous"] == previous and canonical(entry) == line, "日志链断开 / log chain is broken", f"{path.name}:{number}")
        previous = hashlib.sha256(line).hexdigest()


def check_all(folder: Path, outcome: Outcome) -> None:
    """Check a folder of a round (核验全部) in the order of protocol 10; the first difference is raised."""
    whole = (folder / "public").is_dir()
    public, audit = (folder / "public", folder / "audit") if whole else (folder, None)
    commitment = read_json(public / "commitment.json")
    want(commitment.get("protocol") == "supervision-draw/1" and commitment.get("hash") in ("sha256", "sm3"),
         "未知的规程 / unknown protocol", "commitment.json")  # fmt: skip
    this = Round(commitment["round"], commitment["hash"], b"", outcome)
    count = check_manifest(public, this.hash)
    if audit:
        count += check_manifest(audit, this.hash) + check_manifest(folder, this.hash, ("public", "audit"))
    outcome.done.append(f"清单与 {count} 个文件的字节 / manifests and bytes of {count} files")
    raw = canonical(commitment)
    check_sources(commitment, "commitment.json")
    outcome.done.append("承诺、信源的次序与随机性 / commitment, order and randomness of its sources")
    if audit:
        this.key = bytes.fromhex((audit / "frame_key.hex").read_text().strip())
        want(h(this.hash, this.key).hex() == commitment["key_digest"], "抽样框密钥不符 / frame key differs", "frame_key.hex")
    if not (public / "reveal.json").is_file():
        outcome.remarks.append("尚未抽取 / not drawn yet")
        return
    this.seed = check_reveal(read_json(public / "reveal.json"), commitment["sources"], this.hash,
                             b"supervision-draw/1\0" + h(this.hash, raw), "reveal.json")  # fmt: skip
    outcome.done.append("密钥串与种子 / key string and seed")
    for task in commitment["tasks"]:
        part = audit / "tasks" / task["task_id"] if audit else public / "open" / task["task_id"]
        if audit or task["access"] == "open":
            check_task(task, part, this)
            outcome.done.append(f"任务 {task['task_id']} 的抽样框、概率与名单 / task {task['task_id']}: frame, L, list")
    check_result(read_json(public / "result.json"), commitment, h(this.hash, raw).hex(), this)
    check_rosters(public, audit, this, raw)
    if audit:
        check_log(audit / "log.jsonl")
        outcome.done.append("日程、检查人员与日志链 / calendar, roster and log chain")
    else:
        outcome.remarks.append("封存任务的抽样框、日程与人员须由审计方核验 / sealed frames, calendar and roster are the auditor's to check")


def check_result(result: dict[str, Any], commitment: dict[str, Any], digest: str, this: Round) -> None:
    """Check the published lists (公布的名单), or their digests while they are sealed."""
    same = (result["round"], result["commitment"], result["seed"]) == (this.round, digest, this.seed.hex())
    tasks = [task["task_id"] for task in commitment["tasks"]]
    want(same and [task["task_id"] for task in result["tasks"]] == tasks, "结果与承诺不符 / result is of another round", "result.json")
    for task in result["tasks"]:
        name = task["task_id"]
        if name not in this.lists:
            this.outcome.remarks.append(f"任务 {name} 的名单无法由公众核验 / list of task {name} is not for the public to check")
            continue
        listed = canonical(this.lists[name])
        salt = h(this.hash, this.key, h(this.hash, f"list|{this.round}".encode()), name.encode())[:16]
        good = task["drawn"] == this.lists[name] if "drawn" in task else task["digest"] == h(this.hash, b"\0", salt, listed).hex()
        want(good, "公布名单不符 / published list differs", name)
    this.outcome.done.append("公布的名单 / published lists")


def verify(folder: Path) -> Outcome:
    """Check a round from its files (核验一轮): `folder` is OUT or OUT/public. Reads only; never raises on bad files."""
    outcome = Outcome()
    try:
        check_all(folder, outcome)
    except Difference as error:
        outcome.difference = (str(error.args[0]), str(error.args[1]))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, OSError, OverflowError) as error:
        outcome.difference = ("文件内容不合规程 / a file is not of the protocol", f"{type(error).__name__}: {error}")
    return outcome


if __name__ == "__main__":
    language = "en" if "en" in sys.argv[2:] else "zh"
    if len(sys.argv) < 2:
        sys.exit("python3 verify.py OUT|OUT/public [en]")
    found = verify(Path(sys.argv[1]))
    print("\n".join(found.lines(language)))
    sys.exit(0 if found.ok else 5)
