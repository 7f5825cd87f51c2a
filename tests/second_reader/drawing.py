"""第一次抽取 (2, 5, 6): a task's rows, roots and strata; numbers, order, drawn lists, reserve, step-ins."""

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from second_reader.digests import Hash, Keys, leaf, tree_path, tree_root
from second_reader.encoding import require, same, to_json
from second_reader.probabilities import ONE, adjusted_error, needs_adjusting, size_error, wanted, working


@dataclass
class Task:
    """任务: what was frozen of one task; rows as in frame.csv without salts, L as integers."""

    task_id: str
    access: str
    group: str
    rows: list[dict]  # unit_id, stratum, x, L, sorted by unit_id
    excluded: list[dict]  # unit_id, reason, rule, sorted by unit_id
    strata: list[dict]  # the strata table
    salts: dict[str, bytes] = field(default_factory=dict)  # unit_id: salt, framed and excluded


def salts_of(keys: Keys, task: Task) -> dict[str, bytes]:
    """Return the salt of every unit of a task: zeros for framed ones of an open task (2.5, 2.6)."""
    is_open = task.access == "open"
    salts = {row["unit_id"]: keys.unit_salt(task.group, row["unit_id"]) for row in task.rows + task.excluded}
    return salts | {row["unit_id"]: bytes(16) for row in task.rows if is_open}


def frame_leaves(digest: Hash, task: Task) -> list[bytes]:
    """Return the leaves of a frame (2.6)."""
    cells = [[row["unit_id"], row["stratum"], str(row["x"]), str(row["L"])] for row in task.rows]
    return [leaf(digest, task.salts[row[0]], task.task_id, row) for row in cells]


def excluded_leaves(digest: Hash, task: Task) -> list[bytes]:
    """Return the leaves of the excluded units (2.6)."""
    cells = [[row["unit_id"], row["reason"], row["rule"]] for row in task.excluded]
    return [leaf(digest, task.salts[row[0]], task.task_id, row) for row in cells]


def strata_digest(keys: Keys, task: Task) -> str:
    """Return the salted digest of a strata table (2.7)."""
    salt = bytes(16) if task.access == "open" else keys.strata_salt(task.task_id)
    return keys.digest(b"\x02" + salt + to_json(task.strata)).hex()


def entry_of(keys: Keys, task: Task, disclosure: str) -> dict:
    """Return what the commitment says about a task (3)."""
    counts: dict[str, int] = {}
    for row in task.excluded:
        counts[row["reason"]] = counts.get(row["reason"], 0) + 1
    return {
        "access": task.access,
        "disclosure": disclosure,
        "excluded": counts,
        "excluded_root": tree_root(keys.digest, excluded_leaves(keys.digest, task)).hex(),
        "frame_root": tree_root(keys.digest, frame_leaves(keys.digest, task)).hex(),
        "group": task.group,
        "reserve": sum(row["reserve"] for row in task.strata),
        "sample": sum(row["sample"] for row in task.strata),
        "strata": strata_digest(keys, task),
        "task_id": task.task_id,
        "units": len(task.rows),
    }


def check_strata(task: Task) -> None:
    """Check strata table, bounds and L of a task against its frame (2.2 to 2.4, 2.7)."""
    names = [row["stratum"] for row in task.strata]
    same(f"{task.task_id} strata of the frame", sorted({row["stratum"] for row in task.rows}), names)
    for row in task.strata:
        what = f"{task.task_id} {row['stratum']}"
        same(f"{what} fields", sorted(row), ["reserve", "sample", "size_total", "stratum", "units", "working"])
        units = [unit for unit in task.rows if unit["stratum"] == row["stratum"]]
        sizes, ls = [unit["x"] for unit in units], [unit["L"] for unit in units]
        same(f"{what} units", row["units"], len(units))
        same(f"{what} size_total", row["size_total"], str(sum(sizes)))
        error = size_error(sizes, row["sample"], row["reserve"])
        require(not error, f"{what}: {error}")
        pis, n = wanted(sizes, row["sample"])
        left = [p for p in pis if p is not None]
        if row["working"] == "adjusted":
            require(needs_adjusting(left, n), f"{what}: adjusted, where pareto is the rule")
            error = adjusted_error(sizes, row["sample"], ls)
            require(not error, f"{what}: {error}")
        else:
            word, recomputed = working(sizes, row["sample"])
            same(f"{what} working", row["working"], word)
            same(f"{what} L", ls, recomputed)


def unit_digest(keys: Keys, seed1: bytes, task: Task, unit_id: str) -> bytes:
    """Return D of a unit (5)."""
    label = keys.digest(f"targets|{keys.round_id}|{task.group}".encode())
    return keys.digest(seed1 + label + task.salts[unit_id] + unit_id.encode())


def number(d: bytes) -> int:
    """Return U, the number of a unit in units of 2^-54 (签号)."""
    return 2 * (int.from_bytes(d[:8], "big") >> 11) + 1


def ranking_key(u: int, size_l: int) -> Fraction:
    """Return Q of a unit (6)."""
    return Fraction(u * (ONE - size_l), size_l * (2 * ONE - u))


def order(units: list[tuple[str, int, bytes]]) -> list[str]:
    """Return the units of one stratum in their order; each is unit_id, L, D (6)."""
    certain = sorted((d, unit_id) for unit_id, size_l, d in units if size_l == ONE)
    others = sorted((ranking_key(number(d), size_l), d, unit_id) for unit_id, size_l, d in units if size_l != ONE)
    return [unit_id for _, unit_id in certain] + [unit_id for _, _, unit_id in others]


@dataclass
class Lists:
    """抽取名单: the outcome of the first draw of one task."""

    drawn: list[str]
    reserve: dict[str, list[str]]  # stratum: units in order
    places: dict[str, list[str]]  # stratum: the first n + r in order
    digests: dict[str, bytes]  # unit_id: D


def draw(keys: Keys, seed1: bytes, task: Task) -> Lists:
    """Draw one task (6)."""
    digests = {row["unit_id"]: unit_digest(keys, seed1, task, row["unit_id"]) for row in task.rows}
    result = Lists([], {}, {}, digests)
    for row in task.strata:
        units = [unit for unit in task.rows if unit["stratum"] == row["stratum"]]
        ranked = order([(unit["unit_id"], unit["L"], digests[unit["unit_id"]]) for unit in units])
        result.places[row["stratum"]] = ranked[: row["sample"] + row["reserve"]]
        result.drawn += ranked[: row["sample"]]
        result.reserve[row["stratum"]] = ranked[row["sample"] : row["sample"] + row["reserve"]]
    result.drawn.sort()
    return result


def order_rows(task: Task, lists: Lists) -> list[dict]:
    """Return the rows of order.csv (6)."""
    rows = []
    for stratum, places in lists.places.items():
        for rank, unit_id in enumerate(places, 1):
            d = lists.digests[unit_id]
            role = "drawn" if unit_id in lists.drawn else "reserve"
            cells = {"unit_id": unit_id, "stratum": stratum, "rank": rank, "role": role}
            rows.append(cells | {"U": number(d), "D": d.hex()})
    return rows


def result_line(keys: Keys, task_id: str, drawn: list[str], shown: bool) -> dict:
    """Return the line of a task in result.json (6)."""
    if shown:
        return {"drawn": drawn, "task_id": task_id}
    return {"digest": keys.list_digest(task_id, to_json(drawn)), "task_id": task_id}


def proof(keys: Keys, commitment: str, task: Task, unit_id: str) -> dict:
    """Return the inclusion proof of a unit, framed or excluded (9)."""
    framed = unit_id in [row["unit_id"] for row in task.rows]
    rows = task.rows if framed else task.excluded
    leaves = frame_leaves(keys.digest, task) if framed else excluded_leaves(keys.digest, task)
    index = [row["unit_id"] for row in rows].index(unit_id)
    columns = ["unit_id", "stratum", "x", "L"] if framed else ["unit_id", "reason", "rule"]
    return {
        "commitment": commitment,
        "index": index,
        "kind": "frame" if framed else "excluded",
        "path": [step.hex() for step in tree_path(keys.digest, leaves, index)],
        "row": [str(rows[index][name]) for name in columns],
        "salt": task.salts[unit_id].hex(),
        "size": len(rows),
        "task_id": task.task_id,
    }


def next_reserve(lists: Lists, stratum: str, used: list[str]) -> str | None:
    """Return the next unit of a stratum's reserve that has not been used, None when there is none (6)."""
    free = [unit_id for unit_id in lists.reserve[stratum] if unit_id not in used]
    return free[0] if free else None


def check_stepins(stepins: list[dict], tasks: dict[str, Lists]) -> None:
    """Check step-ins against the order of their strata (6)."""
    used: dict[tuple, list[str]] = {}
    gone: dict[str, set[str]] = {}
    for number_, step in enumerate(stepins, 1):
        what = f"stepins.json no {number_}"
        same(f"{what} no", step["no"], number_)
        require(step["by"] != step["reviewed_by"], f"{what}: {step['by']} reviewed the own step-in")
        lists = tasks.get(step["task_id"])
        require(lists is not None and step["stratum"] in lists.places, f"{what}: no such task or stratum")
        taken = used.setdefault((step["task_id"], step["stratum"]), [])
        out = gone.setdefault(step["task_id"], set())
        members = [u for u in lists.places[step["stratum"]] if u in lists.drawn or u in taken]
        require(step["out"] in members and step["out"] not in out, f"{what}: {step['out']} is not on the list")
        same(f"{what} in", step["in"], next_reserve(lists, step["stratum"], taken))
        out.add(step["out"])
        if step["in"] is not None:
            taken.append(step["in"])
    times = [step["at"] for step in stepins]
    require(all(a <= b for a, b in pairwise(times)), "stepins.json: times fall")
