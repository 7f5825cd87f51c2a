"""Check a published round again from its files (核验), by draw protocol 1; one file, standard library only.

`python3 verify.py OUT` checks all that an auditor holds, `python3 verify.py OUT/public` what the public may see, and
says what it cannot check; add `en` for English. Exit 0 when all agrees, 5 at the first difference, which is named.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import itertools
import json
import math
import re
import sys
from collections import Counter, defaultdict
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

ONE = 2**53
TABLES = {
    "calendar": "visit_id,office,place,half_days,items",
    "recusals": "inspector_id,unit_id,ground",
    "roster": "inspector_id,office,from,until,scopes,daily_limit,absent",
}
NEEDS = {
    "reveal.json": "result.json",
    "result.json": "reveal.json",
    "order.csv": "result.json",
    "calendar.csv": "result.json unheld.csv",
    "commitment2.json": "result.json",
    "roster.csv": "commitment2*.json",
    "recusals.csv": "commitment2*.json",
    "reveal2.json": "commitment2*.json",
    "roster.json": "reveal2*.json",
}
Row = dict[str, str]
Json = dict[str, Any]
Held = defaultdict[str, dict[int, Row]]  # who holds which places


class Difference(ValueError):
    """The first thing that does not agree (第一处不符): what, and where."""


def want(fact: object, what: str, where: object = "") -> None:
    """Go on only where a fact holds (须成立)."""
    if not fact:
        raise Difference(what, str(where))


class Outcome:
    """What was checked (核验结果), in sentences; `difference` is the first one and its place."""

    def __init__(self) -> None:
        self.done, self.remarks, self.lists = list[str](), list[str](), dict[str, list[str]]()
        self.difference: tuple[str, str] | None = None
        self.round, self.hash, self.key, self.seed = "", "", b"", b""

    def h(self, *parts: bytes) -> bytes:
        """Return the round's hash of joined bytes (摘要)."""
        return hashlib.new(self.hash, b"".join(parts)).digest()

    def lines(self, lang: str = "zh") -> list[str]:
        """Return the outcome in sentences (文字结果)."""
        end = (*self.difference, "不通过。 / Does not verify.") if self.difference else ("一致。 / Everything agrees.",)
        return [text.split(" / ")[-1 if lang == "en" else 0] for text in [*self.done, *self.remarks, *end]]


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
        names, *rows = csv.reader(handle, strict=True)
    want(names == header.split(","), "表头不符 / another header", path.name)
    return [dict(zip(names, row, strict=True)) for row in rows]


def check_manifest(folder: Path, this: Outcome, beside: tuple[str, ...] = ()) -> int:
    """Compare every file below a folder with its manifest (清单), except the sub-folders in `beside`."""
    manifest = read_json(folder / "manifest.json")
    listed, number = {entry["path"]: entry for entry in manifest["files"]}, manifest["sequence"]
    good = " ".join(sorted(manifest)) == "files previous reason round sequence" and manifest["round"] == this.round
    good = good and number >= 1 and (number == 1) == (manifest["previous"] is None)
    good = good and {f"{part}/manifest.json" for part in beside} <= {*listed} and len(listed) == len(manifest["files"])
    want(good, "清单本身不合规程 / manifest is not of the protocol", f"{folder.name}/manifest.json")
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for name in sorted({n for n in there if n.split("/")[0] not in (*beside, "manifest.json")} | {*listed}):
        data, entry = (folder / name).read_bytes() if name in there else b"", listed.get(name, {})
        same = [this.h(data).hex(), len(data)] == [entry.get("digest"), entry.get("size")]
        want(same, "文件缺失、多出或与清单不符 / missing, unlisted, or unlike its manifest", f"{folder.name}/{name}")
    return len(listed)


def check_stages(public: Path, audit: Path | None) -> None:
    """Ask for the files that each file rests on (前后阶段齐全), so that no stage is taken away unseen."""
    there = {path.name for folder in (public, audit) if folder for path in folder.rglob("*.*")}
    for name in sorted(there):
        stem, number, kind = re.findall(r"^(.*?)(|-[0-9]+)(\..*)$", name)[0]
        needs = NEEDS.get(stem + kind, "").replace("*", number).split()
        if number and stem in ("calendar", "commitment2"):  # a supplement follows the lottery before it
            needs.append(f"reveal2{int(number) + 1 if number != '-2' else ''}.json")
        want({*needs} <= there, "后一阶段的文件在而前一阶段的不全 / without " + " ".join(needs), name)


def check_sources(commitment: Json, name: str) -> None:
    """Check order, times and randomness of the sources (信源) of a commitment, protocol 4."""
    sources, start, rehearsal = commitment["sources"], commitment["committed_at"], commitment["rehearsal"]
    ats = [source["at"] for source in sources]
    good = all(time[-6:] == "+08:00" and datetime.fromisoformat(time).isoformat() == time for time in (start, *ats))
    good = good and rehearsal in ("yes", "no") and len({source["name"] for source in sources}) == len(sources)
    good = good and all(s["kind"] in ("set", "sequence", "number") and s["count"] >= 1 for s in sources)
    good = good and ats == sorted(ats) and (rehearsal == "yes" or min(ats) > start)
    want(good, "信源或其时间不合规程 / sources or their times are not of the protocol", name)
    bit = [math.log2((math.comb if s["kind"] == "set" else pow)(s["high"] - s["low"] + 1, s["count"])) for s in sources]
    last = sum(b for b, at in zip(bit, ats, strict=True) if at == ats[-1])
    want(last >= 20 and sum(bit) >= 40, "信源随机性不足 / sources hold too little randomness", name)


def check_reveal(path: Path, sources: list[Json], this: Outcome, prefix: bytes) -> bytes:
    """Recompute key string (密钥串, RFC 3797 section 4) and seed, and return the seed."""
    reveal, text = read_json(path), ""
    good = " ".join(sorted(reveal)) == "key_string round seed values" and reveal["round"] == this.round
    good = good and {*reveal["values"]} == {source["name"] for source in sources}
    want(good, "属于别的轮次或信源 / of another round, or of other sources", path.name)
    for source in sources:
        numbers, kind = [int(value) for value in reveal["values"][source["name"]]], source["kind"]
        good = len(numbers) == source["count"] and all(source["low"] <= n <= source["high"] for n in numbers)
        good = good and (kind != "set" or len({*numbers}) == len(numbers))
        want(good, "信源的值超出范围 / values out of range", source["name"])
        text += "".join(f"{n}." for n in (sorted(numbers) if kind == "set" else numbers)) + "/"
    seed = this.h(prefix, text.encode())
    want(reveal["key_string"] == text, "密钥串不符 / key string differs", path.name)
    want(reveal["seed"] == seed.hex(), "种子不符 / seed differs", path.name)
    return seed


def realised(logits: list[float], n: int) -> list[float]:
    """Return realised inclusion probabilities of Pareto sampling (实际入样概率): Aires 1999, trapezoid rule."""

    def add(counts: list[float], p: float) -> list[float]:
        return [a * (1 - p) + b * p for a, b in zip(counts, [0.0, *counts], strict=False)]

    start, stop, found, none = -max(logits) - 45, -min(logits) + 45, [0.0] * len(logits), [1.0] + [0.0] * (n - 1)
    for step in range(math.floor((stop - start) / 0.2) + 1):
        f = [1 / (1 + math.exp(-(start + 0.2 * step + v))) for v in logits]
        before = itertools.accumulate(f[:-1], add, initial=none)
        after = [*itertools.accumulate(f[:0:-1], add, initial=none)][::-1]
        found = [
            sum(map(float.__mul__, low, reversed([*itertools.accumulate(high)]))) * 0.2 * p * (1 - p) + so_far
            for so_far, p, low, high in zip(found, f, before, after, strict=True)
        ]
    return found


def check_stratum(rows: list[Row], stratum: Json, where: str, remarks: list[str]) -> None:
    """Check sizes and L of one stratum (一层的规模与 L), protocol 2.2 to 2.4."""
    sizes, n, units, least = Counter(int(row["x"]) for row in rows), stratum["sample"], len(rows), Fraction(1, 10**4)
    same = (units, str(sum(x * c for x, c in sizes.items()))) == (stratum["units"], stratum["size_total"])
    fine = min(sizes) >= 1 and max(sizes) <= min(10**6 * min(sizes), ONE // units)
    want(same and fine and 1 <= n <= n + stratum["reserve"] <= units, "层表与抽样框不符 / strata table differs", where)
    left, pi = Counter(sizes), dict[int, Fraction]()
    while n > 0 and (sure := [x for x in left if n * x >= sum(y * c for y, c in left.items())]):
        n -= sum(left.pop(x) for x in sure)
        pi |= dict.fromkeys(sure, Fraction(1))
    total = sum(x * c for x, c in left.items())
    pi |= {x: Fraction(n * x, total) for x in left}
    free = {x: p for x, p in pi.items() if p < 1}
    want(all(free.values()), "有对象入样概率为零 / a unit has probability zero", where)
    count, spread = sum(sizes[x] for x in free), sum(sizes[x] * p * (1 - p) for x, p in free.items())
    due = len(sizes) > 1 and 0 < count <= 200 and spread < 10 and all(least <= p <= 1 - least for p in free.values())
    adjusted = stratum["working"] == "adjusted"
    want(due if adjusted else stratum["working"] == "pareto", "L 的算法不符 / L by another method", where)
    remarks += [f"{where} 未能校正，按 pareto / {where} could not be adjusted, pareto stands"] * (due and not adjusted)
    working = {x: ONE if p == 1 else min(max(round(ONE * p), 1), ONE - 1) for x, p in pi.items()}
    lows = [int(row["L"]) for row in rows if adjusted and int(row["x"]) in free]
    got = iter(realised([math.log(low) - math.log(ONE - low) for low in lows], n) if lows else [])
    for x, low, unit in ((int(row["x"]), int(row["L"]), row["unit_id"]) for row in rows):
        gap = abs(Fraction(next(got)) - pi[x]) * 10**9 if adjusted and x in free else None
        good = low == working[x] if gap is None else gap <= min(pi[x], 1 - pi[x])
        want(good, "L 不符，或校正后未达目标概率 / L differs, or misses its probability", f"{where} {unit}")


def check_task(task: Json, part: Path, this: Outcome) -> None:
    """Check salts, roots, strata, L, numbers and list of one task (一个任务) from the files in `part`."""
    name, group, sealed = task["task_id"], f"{this.round}|{task['group']}".encode(), task["access"] == "sealed"
    salted, target, places = this.h(b"salt|", group), this.h(b"targets|", group), list[tuple[str, ...]]()
    number, members = dict[str, tuple[float, Fraction, bytes, int]](), defaultdict[str, list[Row]](list)

    def salt_of(row: Row) -> bytes:
        return this.h(this.key, salted, row["unit_id"].encode())[:16] if sealed else bytes(16)

    def root(rows: list[Row], columns: str) -> str:  # Merkle root (默克尔根), RFC 9162 2.1
        texts = [(salt_of(row), "\x1f".join(row[column] for column in columns.split(","))) for row in rows]
        level = [this.h(b"\0", salt, name.encode(), b"\x1f", text.encode()) for salt, text in texts] or [this.h()]
        while (size := len(level)) > 1:
            level = [this.h(b"\1", *level[k : k + 2]) if k + 1 < size else level[k] for k in range(0, size, 2)]
        return level[0].hex()

    rows = read_csv(part / "frame.csv", "unit_id,stratum,x,L,salt")
    for row in rows:
        salt, unit, low = salt_of(row), row["unit_id"], int(row["L"])
        want(row["salt"] == salt.hex(), "盐不符 / salt differs", f"{name} {unit}")
        d = this.h(this.seed, target, salt, unit.encode())
        u = 2 * (int.from_bytes(d[:8], "big") >> 11) + 1
        top, bottom = u * (ONE - low), low * (2 * ONE - u)
        number[unit] = top / bottom, Fraction(top, bottom), d, u  # rounding keeps the exact order
        members[row["stratum"]].append(row)
    good = [row["unit_id"] for row in rows] == sorted(number, key=str.encode) and len(rows) == task["units"]
    good = good and root(rows, "unit_id,stratum,x,L") == task["frame_root"]
    want(good, "抽样框未排序或与其根不符 / frame unsorted, or differs from its root", name)
    strata = read_json(part / "strata.json")
    good = [table["stratum"] for table in strata] == sorted(members, key=str.encode)
    good = good and all(sum(table[key] for table in strata) == task[key] for key in ("units", "sample", "reserve"))
    good = good and (sealed or len(strata) == len({row["x"] for row in rows}) == 1)
    want(good and this.h(canonical(strata)).hex() == task["strata"], "层表不符 / strata table differs", name)
    for table in strata:
        stratum, n, units = table["stratum"], table["sample"], [row["unit_id"] for row in members[table["stratum"]]]
        check_stratum(members[stratum], table, f"{name}/{stratum}", this.remarks)
        for rank, unit in enumerate(sorted(units, key=lambda unit: number[unit])[: n + table["reserve"]], 1):
            role, (_, _, d, u) = "drawn" if rank <= n else "reserve", number[unit]
            places.append((unit, stratum, str(rank), role, str(u), d.hex()))
    this.lists[name] = sorted((place[0] for place in places if place[3] == "drawn"), key=str.encode)
    if this.key:
        out = read_csv(part / "excluded.csv", "unit_id,reason,rule")
        good = (
            Counter(row["reason"] for row in out) == task["excluded"]
            and number.keys().isdisjoint(row["unit_id"] for row in out)
            and root(out, "unit_id,reason,rule") == task["excluded_root"]
        )
        want(good, "排除名单不符 / excluded list differs", name)
        found = [tuple(row.values()) for row in read_csv(part / "order.csv", "unit_id,stratum,rank,role,U,D")]
        want(sorted(found) == sorted(places), "抽取次序或备选不符 / order or reserve differs", name)


def lottery(files: dict[str, list[Row]], held: Held, this: Outcome, seed: bytes) -> list[Json]:
    """Draw the inspectors of one calendar (检查人员抽取), protocol 7, as roster.json; `held` lasts for the round."""
    barred = {(row["inspector_id"], row["unit_id"]) for row in files["recusals"]}
    offices, count = {place["office"] for place in files["calendar"]}, dict[int, int]()
    staff = {office: [person for person in files["roster"] if person["office"] == office] for office in offices}

    def rank(place: Row, who: str) -> bytes:
        return this.h(seed, "\x1f".join([place["visit_id"], place["office"], place["place"], who]).encode())

    def able(person: Row, place: Row, freed: Row | None = None) -> bool:  # once `freed`, held here, is taken away
        halves, who = {*place["half_days"].split()}, person["inspector_id"]
        busy = {half for row in held[who].values() if row is not freed for half in row["half_days"].split()}
        days, limit = Counter(half[:10] for half in busy | halves), int(person["daily_limit"])
        return (
            not halves & {*busy, *person["absent"].split()}
            and all(person["from"] <= half[:10] <= person["until"] and days[half[:10]] <= limit for half in halves)
            and {*place["items"].split()} <= {*person["scopes"].split()}
            and (who, place["visit_id"].rpartition("~")[0]) not in barred
        )

    def put(place: Row, who: str) -> str:  # somebody, or nobody (""); return who held it before
        before, place["who"] = place["who"], who
        held[before].pop(id(place), None)
        held[who][id(place)] = place
        return before

    def turn(place: Row, todo: list[Row]) -> int:  # least R among the least loaded, else an augmenting path
        if fit := [person["inspector_id"] for person in staff[place["office"]] if able(person, place)]:
            most = min(len(held[who]) for who in fit) + 2
            put(place, min((who for who in fit if len(held[who]) <= most), key=lambda who: rank(place, who)))
            return len(fit)
        holds = {other["who"]: other for other in todo if other["who"] and other["office"] == place["office"]}
        queue, via = [place], dict[str, Row]()
        for at in queue:
            near = {p["inspector_id"] for p in staff[at["office"]] if able(p, at, holds.get(p["inspector_id"]))}
            for who in sorted(near - {*via}, key=lambda who: (len(held[who]), rank(at, who))):
                via[who] = at
                if who not in holds:
                    while who:  # everybody on the path moves up by one
                        who = put(via[who], who)
                    return 0
                queue.append(holds[who])
        return 0

    places = [place | {"who": ""} for place in files["calendar"]]
    places.sort(key=lambda place: (place["half_days"][:12], place["office"].encode(), rank(place, "")))
    for todo in ([*group] for _, group in itertools.groupby(places, key=lambda place: place["half_days"][:12])):
        count |= {id(place): turn(place, todo) for place in todo}
        back = {place["visit_id"] for place in todo if not place["who"]}
        for place in (place for place in todo if place["visit_id"] in back):
            put(place, "")
    places.sort(key=lambda place: (place["visit_id"].encode(), place["office"].encode(), int(place["place"])))
    return [
        {
            "visit_id": p["visit_id"],
            "office": p["office"],
            "place": int(p["place"]),
            "inspector_id": p["who"],
            "candidates": count[id(p)],
        }
        for p in places
        if p["who"]
    ]


def check_rosters(public: Path, audit: Path | None, this: Outcome, own: Json) -> None:
    """Check calendars (日程), second commitments, which say all of `own`, their seeds and lotteries (人员抽取)."""
    held, previous, single, seen = Held(dict), own["commitment"], 0, set[str]()
    drawn = {unit for units in this.lists.values() for unit in units}
    month = rf"({re.escape(this.round[:7])}-(0[1-9]|[12][0-9]|3[01]))T(1|2|1 \1T2)"
    there = [*public.glob("commitment2*.json"), *(audit.glob("calendar*.csv") if audit else ())]
    for end in sorted({"".join(path.stem.partition("-")[1:]) for path in there}, key=lambda end: (len(end), end)):
        paths = {kind: audit / f"{kind}{end}.csv" for kind in TABLES} if audit else {}
        tables = {kind: read_csv(path, TABLES[kind]) for kind, path in paths.items() if path.is_file()}
        places = tables.get("calendar", [])
        keys = {(place["visit_id"], place["office"], place["place"]) for place in places}
        single += [*Counter(key[:2] for key in keys).values()].count(1)
        seen |= {visit.rpartition("~")[0] for visit, _, _ in keys}
        want(seen <= drawn, "日程中的对象未被抽中 / a unit was not drawn", f"calendar{end}.csv")
        fine = len(keys) == len(places) and all(re.fullmatch(month, place["half_days"]) for place in places)
        want(fine, "岗位重复或半天不在本月 / a place stands twice or outside the month", f"calendar{end}.csv")
        name = f"commitment2{end}.json"
        if not (public / name).is_file():
            this.remarks.append(f"日程{end}尚无 {name} / calendar{end} has no {name} yet")
            break
        second = read_json(public / name)
        chained = second["previous"] == previous or (not end and second["previous"])
        want(chained and own.items() <= second.items(), "第二次承诺未接上 / second commitment is not chained", name)
        if second["previous"] != previous:
            this.remarks.append(f"{name} 接在别处的承诺之后 / {name} follows a commitment of another round")
        check_sources(second, name)
        for kind, path in paths.items():
            bound = this.h(this.key if kind == "recusals" else b"", path.read_bytes()).hex() == second[kind]
            want(bound, "与第二次承诺不符 / differs from its commitment", path.name)
        last, digest = second["sources"][-1]["at"][:10], this.h(canonical(second))
        late = second["rehearsal"] == "yes" or all(place["half_days"][:10] > last for place in places)
        want(late, "有检查不晚于第二次信源 / a visit is not later than the second sources", f"calendar{end}.csv")
        if not (public / f"reveal2{end}.json").is_file():
            this.remarks.append(f"{name} 尚待其信源 / {name} still waits for its sources")
            break
        previous, prefix = digest.hex(), b"supervision-roster/1\0" + digest + this.seed
        seed = check_reveal(public / f"reveal2{end}.json", second["sources"], this, prefix)
        same = not audit or lottery(tables, held, this, seed) == read_json(audit / f"roster{end}.json")
        want(same, "检查人员名单不符 / roster differs", f"roster{end}.json")
        this.done.append(f"第二次承诺与种子{end} / second commitment and seed{end}")
    if audit and (audit / "calendar.csv").is_file():
        rows = [row for path in audit.glob("unheld*.csv") for row in read_csv(path, "unit_id,task_ids,reason")]
        good = all(row["unit_id"] in this.lists[task] for row in rows for task in row["task_ids"].split())
        good = good and drawn == seen | {row["unit_id"] for row in rows}
        want(good, "日程与未排定名单合不成抽中名单 / calendars and unheld are not what was drawn", "unheld.csv")
    this.remarks += [f"{single} 处检查仅一名检查人员 / {single} visits with a single inspector"] * bool(single)


def check_draw(public: Path, audit: Path | None, this: Outcome, commitment: Json) -> None:
    """Check seed, tasks, the published lists (公布的名单) or their digests while sealed, calendars and rosters."""
    digest, result = this.h(canonical(commitment)), read_json(public / "result.json")
    this.seed = check_reveal(public / "reveal.json", commitment["sources"], this, b"supervision-draw/1\0" + digest)
    head = {"round": this.round, "commitment": digest.hex(), "seed": this.seed.hex(), "tasks": result["tasks"]}
    same = [task["task_id"] for task in result["tasks"]] == [task["task_id"] for task in commitment["tasks"]]
    same = same and all({*task} in ({"task_id", "drawn"}, {"task_id", "digest"}) for task in result["tasks"])
    want(same and result == head, "结果属于别的轮次或不合规程 / of another round or malformed", "result.json")
    for task, shown in zip(commitment["tasks"], result["tasks"], strict=True):
        name, listed = task["task_id"], public / "open" / task["task_id"]
        if not audit and task["access"] == "sealed":
            this.remarks.append(f"{name} 的名单须由审计方核验 / list of {name} is for an auditor to check")
            continue
        part = audit / "tasks" / name if audit else listed
        for file in ("frame.csv", "strata.json") if task["access"] == "open" or listed.exists() else ():
            same = (listed / file).read_bytes() == (part / file).read_bytes()
            want(same, "公开的抽样框与审计文件不同 / open frame is not the auditor's", f"open/{name}/{file}")
        check_task(task, part, this)
        salt = this.h(this.key, this.h(f"list|{this.round}".encode()), name.encode())[:16]
        hidden = this.h(b"\0", salt, canonical(this.lists[name])).hex()
        good = shown.get("drawn", this.lists[name]) == this.lists[name] and shown.get("digest", hidden) == hidden
        want(good, "公布名单不符 / published list differs", name)
        this.done.append(f"{name} 抽 {task['sample']} / {name} drew {task['sample']}")
    own = {"protocol": "supervision-roster/1", "commitment": digest.hex()}
    check_rosters(public, audit, this, own | {key: commitment[key] for key in ("round", "hash", "rehearsal")})


def check_log(public: Path, audit: Path) -> None:
    """Check the chain of the log (日志链), and that it knows every file of the draw with its present bytes."""
    previous, logged = None, dict[str, str]()
    for number, line in enumerate((audit / "log.jsonl").read_bytes().splitlines(), 1):
        entry = json.loads(line)
        good = (entry["previous"], entry["seq"]) == (previous, number) and all(map(entry.get, ("step", "who", "at")))
        want(good, "日志链断开 / log chain is broken", f"log.jsonl:{number}")
        previous, logged = hashlib.sha256(line).hexdigest(), logged | entry["outputs"]
    proof = [p for p in public.glob("*.json") if re.match("(commitment|announced|reveal|result|abandoned)[.2]", p.name)]
    there = {path for path in (*audit.rglob("*"), *public.glob("open/*/*"), *proof) if path.is_file()}
    names = {path.relative_to(audit.parent).as_posix() for path in there} - {"audit/log.jsonl", "audit/manifest.json"}
    for name in sorted(names | {name for name in logged if name.startswith(("public/", "audit/"))}):
        same = (p := audit.parent / name).is_file() and logged.get(name) == hashlib.sha256(p.read_bytes()).hexdigest()
        want(same, "与日志所记不符 / differs from what the log names", name)


def check_all(folder: Path, this: Outcome) -> None:
    """Check a folder of a round (核验全部) in the order of protocol 10; the first difference is raised."""
    public, audit = (folder / "public", folder / "audit") if (folder / "public").is_dir() else (folder, None)
    commitment = read_json(public / "commitment.json")
    this.round, this.hash = str(commitment.get("round")), str(commitment.get("hash"))
    known = this.hash in ("sha256", "sm3") and commitment["protocol"] == "supervision-draw/1"
    want(known, "规程或摘要算法不符 / unknown protocol or hash", "commitment.json")
    count = check_manifest(folder, this, ("public", "audit") if audit else ())
    if audit:
        count += check_manifest(public, this) + check_manifest(audit, this)
        this.key = bytes.fromhex((audit / "frame_key.hex").read_text())
        want(this.h(this.key).hex() == commitment["key_digest"], "密钥不符 / frame key differs", "frame_key.hex")
    check_stages(public, audit)
    check_sources(commitment, "commitment.json")
    this.done.append(f"清单与 {count} 个文件、承诺及其信源 / manifests and {count} files, commitment and its sources")
    this.remarks.append("网页、工作簿等仅凭清单 / pages, workbooks, scorecard, certificate: by the manifest alone")
    for name, key in (("registers.json", "register"), ("rules.json", "rules")):
        if not audit or not (audit / name).is_file():
            this.remarks.append(f"无 {name}，其摘要无法核对 / without {name} its digest cannot be checked")
            continue
        body = read_json(audit / name)
        if key == "rules":
            body = {f"{side}/{p}": this.h(t.encode()).hex() for side in body for p, t in body[side].items()}
        want(this.h(canonical(body)).hex() == commitment[key], "与承诺不符 / differs from the commitment", name)
    if (public / "abandoned.json").is_file():
        given_up, at = read_json(public / "abandoned.json"), commitment["sources"][0]["at"]
        good = [given_up["round"], given_up["commitment"]] == [this.round, this.h(canonical(commitment)).hex()]
        good = good and (commitment["rehearsal"] == "yes" or given_up["at"] < at)
        want(good and not (public / "result.json").exists(), "放弃公告不符 / does not fit the round", "abandoned.json")
    if (public / "reveal.json").is_file():
        check_draw(public, audit, this, commitment)
    else:
        this.remarks.append("尚未抽取 / not drawn yet")
    if audit:
        check_log(public, audit)


def verify(folder: Path) -> Outcome:
    """Check a round from its files (核验一轮): `folder` is OUT or OUT/public. Reads only; never raises on bad files."""
    this = Outcome()
    try:
        check_all(folder, this)
    except (ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError, csv.Error) as e:
        other = ("文件缺失或不合规程 / a file is missing or not of the protocol", str(e))
        this.difference = e.args if isinstance(e, Difference) else other
    return this


if __name__ == "__main__":
    ended = verify(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    print("\n".join(ended.lines(sys.argv[-1])))
    sys.exit(5 if ended.difference else 0)
