"""抽取规程的第二个读者 (second reader): the draw protocol, read from its text alone.

Shares nothing with the program that publishes a round. Numbers in brackets are sections of the protocol; a ValueError
names the first difference. For use: lists_from_files, roster_from_files (round folder or vectors), compare.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key
from pathlib import Path

Digest = Callable[[bytes], bytes]
HASHES = {name: lambda data, name=name: hashlib.new(name, data).digest() for name in ("sha256", "sm3")}
ONE = 2**53  # L of a certainty unit
ENDINGS = ["", *(f"-{number}" for number in range(2, 1000))]  # of the names of files of second draws
FRAME, EXCLUDED = ("unit_id", "stratum", "x", "L"), ("unit_id", "reason", "rule")
SECOND = {  # files of the second draw, with their columns (7)
    "calendar": ("visit_id", "office", "place", "half_days", "items"),
    "roster": ("inspector_id", "office", "from", "until", "scopes", "daily_limit", "absent"),
    "recusals": ("inspector_id", "unit_id", "ground"),
}


@dataclass
class Round:
    """一轮材料: everything that a reader is given of one round."""

    commitment: bytes
    reveal: dict
    key: bytes
    tasks: dict[str, tuple[list, list, list]]  # task_id: rows of the frame, strata table, rows of the excluded
    seconds: list[dict]  # each: commitment, calendar, roster, recusals as bytes, reveal


@dataclass(slots=True)
class Unit:
    """检查对象: one row of a frame with all that is worked out for it."""

    unit_id: str
    stratum: str
    x: int
    file_l: str
    wanted: Fraction = Fraction(1)
    size_l: int = ONE
    d: bytes = b""
    u: int = 0
    q: float = 0.0


def require(truth: bool, message: str) -> None:
    """要求: a ValueError with the message unless the statement is true."""
    if not truth:
        raise ValueError(message)


def same(what: str, recomputed: object, stated: object) -> None:
    """比对: a ValueError that names the thing unless the recomputed value is the stated one."""
    require(recomputed == stated, f"{what}: stated {stated}, recomputed {recomputed}")


def to_json(value: object) -> bytes:
    """规范 JSON (0): keys sorted, no white space, non-ASCII as itself, no final newline."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def from_json(data: bytes, what: str) -> object:
    """读规范 JSON (0): the value, after serialising it again and comparing the bytes."""
    value = json.loads(data)
    require(to_json(value) == data, f"{what}: not the canonical JSON bytes")
    return value


def from_csv(data: bytes, columns: tuple[str, ...], what: str) -> list[dict]:
    """读规范 CSV (0): rows by column name; header, quoting and order must be those of the protocol."""
    header, *rows = csv.reader(io.StringIO(data.decode(), newline=""), strict=True)
    require(tuple(header[: len(columns)]) == columns, f"{what}: header is {','.join(header)}")
    rows.sort(key=lambda row: [int(cell) if name == "place" else cell for name, cell in zip(header, row, strict=True)])
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    require(text.getvalue().encode() == data, f"{what}: not the canonical CSV bytes")
    return [dict(zip(header, row, strict=True)) for row in rows]


def read_round(source: Path | dict) -> Round:
    """读入一轮: the material of a round, from a folder OUT or from the parsed vector file."""
    tasks, seconds = {}, []
    if isinstance(source, dict):
        for task in source["tasks"]:
            rows = [dict(zip(EXCLUDED, (unit_id, *why), strict=True)) for unit_id, why in task["excluded"].items()]
            tasks[task["task_id"]] = (task["frame"], task["strata"], rows)
        sec, reveals = source["second"], []
        for where, end, seed in ((source, "", "seed1"), (sec, "2", "seed2")):
            reveal = {"values": where[f"values{end}"], "key_string": where[f"key_string{end}"]}
            reveals.append(reveal | {"round": source["round"], "seed": where[seed]})
        second = {name: sec[f"{name}_csv"].encode() for name in SECOND}
        second |= {"commitment": sec["commitment2_json"].encode(), "reveal": reveals[1]}
        return Round(
            source["commitment_json"].encode(), reveals[0], bytes.fromhex(source["frame_key"]), tasks, [second]
        )
    public, audit = Path(source) / "public", Path(source) / "audit"
    commitment = (public / "commitment.json").read_bytes()
    for name in (entry["task_id"] for entry in from_json(commitment, "commitment.json")["tasks"]):
        home = audit / "tasks" / name
        frame = from_csv((home / "frame.csv").read_bytes(), FRAME, f"{name} frame.csv")
        strata = from_json((home / "strata.json").read_bytes(), f"{name} strata.json")
        tasks[name] = (frame, strata, from_csv((home / "excluded.csv").read_bytes(), EXCLUDED, f"{name} excluded.csv"))
    while (file := public / f"reveal2{(end := ENDINGS[len(seconds)])}.json").exists():
        second = {name: (audit / f"{name}{end}.csv").read_bytes() for name in SECOND}
        second["commitment"] = (public / f"commitment2{end}.json").read_bytes()
        seconds.append(second | {"reveal": from_json(file.read_bytes(), file.name)})
    reveal = from_json((public / "reveal.json").read_bytes(), "reveal.json")
    key = bytes.fromhex((audit / "frame_key.hex").read_text("ascii"))
    return Round(commitment, reveal, key, tasks, seconds)


def draw_seed(commitment: bytes, reveal: dict, label: str, before: bytes, digest: Digest) -> bytes:
    """随机种子 (4, 7): seed1 (before is empty) or seed2 (before is seed1), with values, key string checked."""
    content, values, text = from_json(commitment, label), reveal["values"], ""
    same(f"{label} protocol", content["protocol"], label)
    same(f"{label} round of the reveal", content["round"], reveal["round"])
    same(f"{label} names of sources", sorted(values), sorted(source["name"] for source in content["sources"]))
    for source in content["sources"]:
        name, numbers = f"{label} {source['name']}", values[source["name"]]
        require(all(v.isascii() and v.isdecimal() for v in numbers), f"{name}: a value is no decimal number")
        numbers = [int(value) for value in numbers]
        same(f"{name} count", len(numbers), source["count"])
        require(all(source["low"] <= v <= source["high"] for v in numbers), f"{name}: a value is out of range")
        if source["kind"] == "set":
            require(len(set(numbers)) == len(numbers), f"{name}: a value stands twice in a set")
            numbers.sort()
        text += "".join(f"{number}." for number in numbers) + "/"
    same(f"{label} key_string", text, reveal["key_string"])
    seed = digest(label.encode() + b"\0" + digest(commitment) + before + text.encode())
    same(f"{label} seed", seed.hex(), reveal["seed"])
    return seed


def set_wanted(units: list[Unit], n: int) -> tuple[list[Unit], int]:
    """必抽与入样概率 (2.3): sets wanted of one stratum; returns the units that are not certain and their n."""
    left, total = units, sum(unit.x for unit in units)  # n = 0 with units left cannot be: n·x ≥ Σx for n units is all
    while certain := sum(n * unit.x >= total for unit in left):
        left, n = [unit for unit in left if n * unit.x < total], n - certain
        total = sum(unit.x for unit in left)
    fractions = {x: Fraction(n * x, total) for x in {unit.x for unit in left}}
    for unit in left:
        unit.wanted = fractions[unit.x]
    return left, n


def realised(logits: list[float], n: int) -> list[float]:
    """实现概率 (2.4): inclusion probabilities of Pareto sampling of n units with these logits of λ."""
    size = len(logits)
    if 2 * n > size:  # the same question about those left out, with keys 1/t
        return [1 - p for p in realised([-value for value in logits], size - n)]
    low, high, total = -max(logits) - 45, -min(logits) + 45, [0.0] * size
    for step in range(math.ceil((high - low) / 0.2) + 1):
        below = [1 / (1 + math.exp(-low - 0.2 * step - value)) for value in logits]
        above = [1 / (1 + math.exp(low + 0.2 * step + value)) for value in logits]
        tails = [[1.0] * n]  # P(at most k of the units from here on are below t), k < n
        for f, g in zip(below[:0:-1], above[:0:-1], strict=True):
            tails.append([g * tails[-1][0], *(g * a + f * b for a, b in zip(tails[-1][1:], tails[-1], strict=False))])
        head = [1.0] + [0.0] * (n - 1)  # P(exactly k of the units before this one are below t)
        for i, (f, g) in enumerate(zip(below, above, strict=True)):
            total[i] += 0.2 * f * g * sum(a * b for a, b in zip(head, reversed(tails[size - 1 - i]), strict=True))
            head = [g * head[0], *(g * a + f * b for a, b in zip(head[1:], head[:-1], strict=True))]
    return total


def set_working(units: list[Unit], row: dict, what: str) -> None:
    """工作概率 (2.2, 2.4): sets wanted and L of one stratum; an adjusted L is taken from the file and checked."""
    n, size, sizes = row["sample"], len(units), [unit.x for unit in units]
    same(f"{what} units", size, row["units"])
    same(f"{what} size_total", str(sum(sizes)), row["size_total"])
    require(n >= 1 and row["reserve"] >= 0 and n + row["reserve"] <= size, f"{what}: sample or reserve do not fit")
    require(0 < max(sizes) <= min(ONE // size, 10**6 * min(sizes)), f"{what}: sizes out of bounds")
    left, n = set_wanted(units, n)
    chances, adjusted = {unit.wanted for unit in left}, row["working"] == "adjusted"
    fixed = {p: round(ONE * p) for p in chances}  # half to even
    for unit in left:  # an adjusted one out of range does not meet its root
        unit.size_l = min(max(int(unit.file_l) if adjusted else fixed[unit.wanted], 1), ONE - 1)
    if row["working"] == "pareto":
        return
    least = min(min(p, 1 - p) for p in chances) if len(set(sizes)) > 1 and 0 < len(left) <= 200 else 0
    may = least >= Fraction(1, 10**4) and sum(unit.wanted * (1 - unit.wanted) for unit in left) < 10
    require(adjusted and may, f"{what}: working {row['working']} is not allowed")
    for unit, p in zip(left, realised([math.log(u.size_l / (ONE - u.size_l)) for u in left], n), strict=True):
        near = abs(p - unit.wanted) <= 1e-9 * min(unit.wanted, 1 - unit.wanted)
        require(near, f"{what} {unit.unit_id}: L realises {p!r}, wanted {unit.wanted}")


def tree_root(leaves: list[bytes], digest: Digest) -> bytes:
    """树根 (2.6): the tree head of RFC 9162 2.1 over leaves that are hashed already; an odd one moves up."""
    while len(leaves) > 1:
        pairs = zip(leaves[::2], leaves[1::2], strict=False)
        leaves = [digest(b"\1" + left + right) for left, right in pairs] + leaves[len(leaves) // 2 * 2 :]
    return leaves[0] if leaves else digest(b"")


def ordered(units: Iterable[Unit]) -> list[Unit]:
    """抽取次序 (6): the units of one stratum by (Q, D); a certainty unit has Q = 0, so these come first, by D."""

    def order(a: Unit, b: Unit) -> int:
        if abs(a.q - b.q) > 1e-9 * a.q:  # floats do where they are far apart, else exact integers
            return -1 if a.q < b.q else 1
        left = a.u * (ONE - a.size_l) * b.size_l * (2 * ONE - b.u)
        right = b.u * (ONE - b.size_l) * a.size_l * (2 * ONE - a.u)
        return (left > right) - (left < right) or (a.d > b.d) - (a.d < b.d)

    return sorted(units, key=cmp_to_key(order))


def draw_task(entry: dict, files: tuple[list, list, list], rnd: str, key: bytes, seed: bytes, digest: Digest) -> dict:
    """一项任务的抽取 (2, 3, 5, 6): checks one task against its entry in the commitment, then draws it."""
    (frame, table, excluded), name, is_open = files, entry["task_id"], entry["access"] == "open"
    require(entry["group"] in (f"task.{name}", entry["group"].removeprefix("task.")), f"{name}: not its group")
    same(f"{name} strata", digest(to_json(table)).hex(), entry["strata"])
    sums = [sum(row[column] for row in table) for column in ("sample", "reserve")]
    same(f"{name} sample, reserve", sums, [entry["sample"], entry["reserve"]])
    units = [Unit(row["unit_id"], row["stratum"], int(row["x"]), row["L"]) for row in frame]
    ids = {row["unit_id"] for row in frame + excluded}
    require(len(ids) == len(frame + excluded), f"{name}: a unit stands twice")
    same(f"{name} units", len(units), entry["units"])
    same(f"{name} excluded", dict(Counter(row["reason"] for row in excluded)), entry["excluded"])
    same(f"{name} strata of the frame", sorted({unit.stratum for unit in units}), [row["stratum"] for row in table])
    strata = {row["stratum"]: [unit for unit in units if unit.stratum == row["stratum"]] for row in table}
    require(not is_open or len({(unit.stratum, unit.x) for unit in units}) == 1, f"{name}: open, of unequal sizes")
    for row in table:
        set_working(strata[row["stratum"]], row, f"{name} {row['stratum']}")
    label = f"|{rnd}|{entry['group']}".encode()
    salting, prefix = key + digest(b"salt" + label), seed + digest(b"targets" + label)
    salts = {unit_id: bytes(16) if is_open else digest(salting + unit_id.encode())[:16] for unit_id in ids}

    def root(rows: Iterable[tuple]) -> str:
        texts = (("\x1f".join([name, *map(str, row)]).encode(), salts[row[0]]) for row in sorted(rows))
        return tree_root([digest(b"\0" + salt + text) for text, salt in texts], digest).hex()

    same(f"{name} frame_root", root((u.unit_id, u.stratum, u.x, u.size_l) for u in units), entry["frame_root"])
    same(f"{name} excluded_root", root(tuple(row[c] for c in EXCLUDED) for row in excluded), entry["excluded_root"])
    for unit in units:
        unit.d = digest(prefix + salts[unit.unit_id] + unit.unit_id.encode())
        unit.u = 2 * (int.from_bytes(unit.d[:8], "big") >> 11) + 1
        unit.q = unit.u * (ONE - unit.size_l) / (unit.size_l * (2 * ONE - unit.u))
    lists: dict = {"drawn": [], "reserve": {}, "units": units}
    for stratum, n, r in ((row["stratum"], row["sample"], row["reserve"]) for row in table):
        first = [unit.unit_id for unit in ordered(strata[stratum])[: n + r]]
        lists["drawn"] = sorted(lists["drawn"] + first[:n])
        lists["reserve"][stratum] = first[n:]
    return lists


def opened(material: Round) -> tuple[dict, bytes, Digest]:
    """首次承诺: content of the first commitment, seed1, the H of the round."""
    content = from_json(material.commitment, "commitment.json")
    require(content["hash"] in HASHES, f"unknown hash {content['hash']}")
    digest = HASHES[content["hash"]]
    seed = draw_seed(material.commitment, material.reveal, "supervision-draw/1", b"", digest)
    same("key_digest", digest(material.key).hex(), content["key_digest"])
    return content, seed, digest


def first_draw(material: Round) -> dict[str, dict]:
    """第一次抽取: all tasks of a round: drawn, reserve by stratum, units with their numbers."""
    content, seed, digest = opened(material)
    same("order of tasks", sorted(material.tasks), [entry["task_id"] for entry in content["tasks"]])
    entries = ((entry, material.tasks[entry["task_id"]]) for entry in content["tasks"])
    return {e["task_id"]: draw_task(e, files, content["round"], material.key, seed, digest) for e, files in entries}


def lists_from_files(out: Path | dict) -> dict[str, dict]:
    """抽取名单: drawn and reserve of every task of a round folder (or the vectors), checked on the way."""
    return {name: {k: task[k] for k in ("drawn", "reserve")} for name, task in first_draw(read_round(out)).items()}


def lottery(seed2: bytes, places: list, inspectors: list, recusals: Iterable, digest: Digest, held: dict) -> dict:
    """人员抽取 (7): {"roster", "sent_back"} of one calendar; held (places of each) goes on through a round."""
    barred, turns, counts, back, roster = {tuple(pair) for pair in recusals}, {}, {}, set(), []
    held.update({person["inspector_id"]: [] for person in inspectors if person["inspector_id"] not in held})
    for place in places:
        turns.setdefault(min(place["half_days"]), {}).setdefault(place["office"], []).append(place)

    def ticket(place: dict, who: str = "") -> bytes:  # P without, R with an inspector
        cells = (place["visit_id"], place["office"], str(place["place"]))
        return digest(seed2 + "".join(f"{cell}\x1f" for cell in cells).encode() + who.encode())

    def eligible(place: dict, here: dict[str, dict]) -> list[str]:  # each without the place held here
        def fits(person: dict) -> bool:
            who, own, limit = person["inspector_id"], set(place["half_days"]), person["daily_limit"]
            if not set(place["items"]) <= set(person["scopes"]) or (who, place["unit_id"]) in barred:
                return False
            busy = {half_day for seat in held[who] if seat is not here.get(who) for half_day in seat["half_days"]}
            days = Counter(half_day[:10] for half_day in own | busy)
            on_duty = all(person["from"] <= h[:10] <= person["until"] and days[h[:10]] <= limit for h in own)
            return on_duty and not own & (busy | set(person["absent"]))

        return [who["inspector_id"] for who in inspectors if who["office"] == place["office"] and fits(who)]

    def path(start: dict, here: dict[str, dict]) -> list[tuple[str, dict]]:
        queue, came = deque([(start, "")]), {}  # came: inspector -> moves if the search ends with this one
        while queue:
            place, holder = queue.popleft()
            new = set(eligible(place, here)) - set(came)
            for who in sorted(new, key=lambda who: (len(held[who]), ticket(place, who))):
                came[who] = [(who, place), *came.get(holder, [])]  # everybody on the path moves up by one
                if who not in here:
                    return came[who]
                queue.append((here[who], who))
        return []

    for _, offices in sorted(turns.items()):
        given: list[tuple[str, dict]] = []
        for _, seats in sorted(offices.items()):
            here: dict[str, dict] = {}  # inspector -> place held in this half-day and office
            for place in sorted(seats, key=ticket):
                can = eligible(place, {})
                counts[ticket(place)] = len(can)
                most = min((len(held[who]) for who in can), default=0) + 2
                best = sorted((ticket(place, who), who) for who in can if len(held[who]) <= most)
                moves = [(best[0][1], place)] if best else path(place, here)
                if not moves:
                    back.add(place["visit_id"])
                for who in [who for who, _ in moves if who in here]:
                    held[who].remove(here.pop(who))
                for who, seat in moves:
                    held[who].append(seat)
                    here[who] = seat
            given += here.items()
        for who, seat in given:
            if seat["visit_id"] in back:
                held[who].remove(seat)
            else:
                roster.append((seat["visit_id"], seat["office"], seat["place"], who, counts[ticket(seat)]))
    columns = ("visit_id", "office", "place", "inspector_id", "candidates")
    return {"roster": [dict(zip(columns, row, strict=True)) for row in sorted(roster)], "sent_back": sorted(back)}


def second_files(second: dict, what: str) -> tuple[list[dict], list[dict], list[tuple[str, str]]]:
    """第二次抽取的文件 (7): places, inspectors and recusals as the lottery takes them."""
    places, inspectors, recusals = (from_csv(second[name], SECOND[name], f"{what} {name}") for name in SECOND)
    for row in places:
        row |= {"unit_id": row["visit_id"].rpartition("~")[0], "place": int(row["place"])}
        row |= {name: row[name].split() for name in ("half_days", "items")}
    starts = {(row["visit_id"], min(row["half_days"])) for row in places}
    require(len(starts) == len(dict(starts)), f"{what} calendar: a visit begins at two times")
    for row in inspectors:
        row |= {name: row[name].split() for name in ("scopes", "absent")} | {"daily_limit": int(row["daily_limit"])}
    return places, inspectors, [(row["inspector_id"], row["unit_id"]) for row in recusals]


def roster_from_files(out: Path | dict | Round) -> list[dict]:
    """派员名单 (7): {"roster", "sent_back"} of every second commitment of a round folder (or the vectors)."""
    material = out if isinstance(out, Round) else read_round(out)
    base, seed1, digest = opened(material)
    base["commitment"], held, result, before = digest(material.commitment).hex(), {}, [], None
    for second, what in zip(material.seconds, (f"commitment2{end}" for end in ENDINGS), strict=False):
        content = from_json(second["commitment"], what)
        for name in ("commitment", "round", "hash", "rehearsal"):
            same(f"{what} {name}", base[name], content[name])
        same(f"{what} previous", before or content["previous"], content["previous"])
        before = digest(second["commitment"]).hex()
        for name, salt in zip(SECOND, (b"", b"", material.key), strict=True):
            same(f"{what} {name}", digest(salt + second[name]).hex(), content[name])
        seed2 = draw_seed(second["commitment"], second["reveal"], "supervision-roster/1", seed1, digest)
        result.append(lottery(seed2, *second_files(second, what), digest, held))
    return result


def compare(out: Path) -> list[str]:
    """比较: differences between the published lists of a round folder and this reader's; [] if none."""
    out, found = Path(out), []
    try:
        material = read_round(out)
        tasks, (content, seed, digest) = first_draw(material), opened(material)
        mine = {f"roster{e}.json": one["roster"] for e, one in zip(ENDINGS, roster_from_files(material), strict=False)}
        result = from_json((out / "public" / "result.json").read_bytes(), "result.json")
        theirs = {p.name: from_json(p.read_bytes(), p.name) for p in sorted((out / "audit").glob("roster*.json"))}
    except (ValueError, LookupError, TypeError, OSError) as error:
        return [f"{type(error).__name__}: {error}"]
    stated = {line["task_id"]: line for line in result.pop("tasks")}
    head = {"round": content["round"], "commitment": digest(material.commitment).hex(), "seed": seed.hex()}
    if result != head or list(stated) != sorted(tasks):
        found.append(f"result.json: {result} with {list(stated)}, recomputed {head} with {sorted(tasks)}")
    for entry in content["tasks"]:
        name, drawn = entry["task_id"], tasks[entry["task_id"]]["drawn"]
        salt = digest(material.key + digest(f"list|{head['round']}".encode()) + name.encode())[:16]
        hidden = {"task_id": name, "digest": digest(b"\0" + salt + to_json(drawn)).hex()}
        shown = [hidden, {"task_id": name, "drawn": drawn}][: 1 + (entry["disclosure"] != "never")]
        allowed = [{"task_id": name, "drawn": drawn}] if entry["access"] == "open" else shown
        if stated.get(name) not in allowed:
            found.append(f"result.json: {name} is not the recomputed list: {stated.get(name)}")
    found += [f"{n}: not the recomputed roster" for n in sorted({*mine, *theirs}) if mine.get(n) != theirs.get(n)]
    return found
