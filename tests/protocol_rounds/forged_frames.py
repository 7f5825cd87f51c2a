"""抽样框 (2, 5): forged frames, strata, working probabilities, salts and roots, all that follows made again."""

from dataclasses import replace
from typing import Any

from second_reader.digests import leaf, tree_root
from second_reader.drawing import frame_leaves
from second_reader.encoding import to_json
from second_reader.probabilities import ONE, rounded, wanted

from protocol_rounds.bureau import Tap
from protocol_rounds.cases import Case, changing, dropping, forged, setting
from protocol_rounds.scenarios import committed, plain
from protocol_rounds.worlds import CODES, FIRE, OPEN, Plan

FRAME, STRATA, C = "frame.csv", "strata.json", "commitment.json"
BOUND = (C, FRAME, STRATA, "excluded.csv")


def row_of(task: Any, key: str, value: Any) -> dict:
    """Return the first row of a task with that value."""
    return next(row for row in task.rows if row[key] == value)


def on_task(name: str, says: Any, change: Any, task_id: str = "food-03", story: Any = plain, **given: Any) -> Case:
    """Return a case in which the frozen task is changed before anything is hashed."""
    return forged(name, says, story, {f"task:{task_id}": changing(change)}, **given)


def nudged(by: int, task_id: str = "food-03", certain: bool = False) -> Any:
    """Return a change of one L."""

    def change(task: Any, _: Any) -> None:
        row = next(row for row in task.rows if (row["L"] == ONE) == certain)
        row["L"] += by

    return change


def scaled(factor: int) -> Any:
    """Return a change of one L of the adjusted stratum by one part in the factor."""

    def change(task: Any, _: Any) -> None:
        table = next(row for row in task.strata if row["working"] == "adjusted")
        row = next(row for row in task.rows if row["stratum"] == table["stratum"] and row["L"] != ONE)
        row["L"] += row["L"] // factor

    return change


def l_of(value: int) -> Any:
    """Return a change of one L to a value."""
    return lambda task, _: task.rows[3].update(L=value)


def probabilities() -> list[Case]:
    """L, working, certainty units (2.3, 2.4)."""

    def relabel(word: str, which: str) -> Any:
        def change(task: Any, _: Any) -> None:
            next(row for row in task.strata if row["working"] == which)["working"] = word

        return change

    return [
        on_task("L one too large", (FRAME, "L"), nudged(1)),
        on_task("L one too small", (FRAME, "L"), nudged(-1)),
        on_task("L of a certainty unit one too small", (FRAME, "L"), nudged(-1, certain=True)),
        on_task("L above 2^53", (FRAME, "L"), nudged(1, certain=True)),
        on_task("L of nothing", (FRAME, "L"), l_of(0), story=committed),
        on_task("a unit made certain", (FRAME, "L"), l_of(ONE)),
        on_task("equal sizes, L one too large", (FRAME, "L"), nudged(1), "open-02"),
        on_task("an adjusted L off by a millionth", (FRAME, "L"), scaled(10**6), "market-07"),
        on_task("an adjusted L off by a hundred millionth", (FRAME, "L"), scaled(10**8), "market-07"),
        on_task("an adjusted L off by a twentieth", (FRAME, "L"), scaled(20), "fire-01"),
        on_task("an adjusted L that is certain", (FRAME, "L"), l_of(ONE), "market-07"),
        on_task("an adjusted L of nothing", (FRAME, "L"), l_of(0), "market-07", committed),
        on_task("pareto called adjusted", (STRATA, FRAME), relabel("adjusted", "pareto")),
        on_task("equal sizes called adjusted", (STRATA, FRAME), relabel("adjusted", "pareto"), "open-02"),
        on_task("adjusted called pareto", (STRATA, FRAME), relabel("pareto", "adjusted"), "market-07"),
        on_task("adjusted left out", (STRATA, FRAME), unadjusted, "market-07"),
        on_task("an unknown word for working", STRATA, relabel("sampford", "adjusted"), "market-07"),
        on_task("a size changed without L", (FRAME, STRATA), lambda t, _: t.rows[5].update(x=t.rows[5]["x"] + 1)),
        on_task("a size of nothing", FRAME, lambda t, _: t.rows[5].update(x=0), story=committed),
    ]


def unadjusted(task: Any, _: Any) -> None:
    """Give a task's first stratum the L of its wanted probabilities; `working` stays adjusted."""
    table = task.strata[0]
    rows = [row for row in task.rows if row["stratum"] == table["stratum"]]
    pis, _ = wanted([row["x"] for row in rows], table["sample"])
    for row, p in zip(rows, pis, strict=True):
        row["L"] = ONE if p is None else rounded(p)


NOBODY = {"reserve": 0, "sample": 0, "size_total": "0", "stratum": "s3", "units": 0, "working": "pareto"}


def tables() -> list[Case]:
    """Strata tables, sums, names (2.2, 2.7)."""

    def cell(name: str, value: Any, by: int = 0) -> Any:
        def change(task: Any, _: Any) -> None:
            task.strata[0][name] = task.strata[0][name] + by if by else value

        return change

    def named(names: dict[str, str]) -> Tap:
        return changing(lambda given, _: given["fire-01"].update(names))

    line: Any = lambda name, value: {"commitment": setting(value, "tasks", 0, name)}  # noqa: E731
    keys = "strata_keys.csv"
    return [
        on_task("a sample one larger than L says", (FRAME, STRATA), cell("sample", 0, 1)),
        on_task("a sample one smaller", (FRAME, STRATA), cell("sample", 0, -1)),
        on_task("a sample of nobody", BOUND, cell("sample", 0), "open-02", committed),
        on_task("sample and reserve above the units", BOUND, cell("reserve", 7), "open-02"),
        on_task("a negative reserve", BOUND, cell("reserve", -1), "open-02", committed),
        on_task("another size_total", STRATA, cell("size_total", "57"), "open-02"),
        on_task("size_total with a leading zero", STRATA, cell("size_total", "056"), "open-02"),
        on_task("size_total as a number", STRATA, cell("size_total", 56), "open-02"),
        on_task("another number of units", STRATA, cell("units", 9), "open-02"),
        on_task("a field more in the strata table", STRATA, cell("key", "D"), "open-02"),
        on_task("a stratum left out of the table", BOUND, lambda t, _: t.strata.__delitem__(-1), "fire-01", committed),
        on_task("a stratum of nobody", STRATA, lambda t, _: t.strata.append(NOBODY), "fire-01"),
        on_task("strata in another order", STRATA, lambda t, _: t.strata.reverse(), "fire-01"),
        on_task("an open stratum called s2", (STRATA, FRAME), renamed_open, "open-02"),
        forged("names that carry the class", (keys, STRATA), plain, {"strata_names": named({"D-320505": "D"})}),
        forged("names from s0", (keys, STRATA), plain, {"strata_names": named({"D-320505": "s0"})}),
        forged("names the other way round", keys, plain, {"strata_names": swap_names}),
        forged("keys the other way round", keys, plain, {"strata_keys": changing(swap_keys)}),
        forged("a stratum without key", keys, plain, {"strata_keys": dropping(0)}),
        forged("a key with a space", keys, plain, {"strata_keys": setting("D 320505", 0, "key")}),
        forged("a task without items in tasks.csv", "tasks.csv", plain, {"tasks": dropping(0)}),
        forged("a line that says one unit more", BOUND, plain, line("units", 20)),
        forged("a line that says a smaller sample", BOUND, plain, line("sample", 4)),
        forged("a line that says a larger reserve", BOUND, plain, line("reserve", 5)),
        forged("a line with other counts of excluded", BOUND, plain, line("excluded", {"cap": 2})),
        forged("a line with a reason of nobody", BOUND, plain, line("excluded", {"cap": 1, "whitelist": 1, "x": 0})),
        forged("a line with another frame root", BOUND, plain, line("frame_root", "0" * 64)),
        forged("a line with another excluded root", BOUND, plain, line("excluded_root", "0" * 64)),
        forged("a line with another strata digest", BOUND, plain, line("strata", "0" * 64)),
        forged("a line with a field more", BOUND, plain, line("class", "D")),
        forged("a disclosure that is none", C, plain, line("disclosure", "always")),
        forged("a sealed task disclosed before", C, plain, line("disclosure", "before")),
        forged("an access that is none", C, plain, line("access", "half")),
        forged("the group of another task", C, plain, {"commitment": setting("task.food-03", "tasks", 0, "group")}),
        forged("a reserve as a text", C, plain, line("reserve", "4")),
    ]


def renamed_open(task: Any, _: Any) -> None:
    """Call the one stratum of a task s2."""
    for row in [*task.rows, *task.strata]:
        row["stratum"] = "s2"


def swap_names(given: Any, _: Any) -> Any:
    """Swap the two names of a task's strata."""
    first, second = given["fire-01"].values()
    return given | {"fire-01": dict(zip(given["fire-01"], (second, first), strict=True))}


def swap_keys(rows: Any, _: Any) -> None:
    """Swap the keys of a task's two strata in strata_keys.csv."""
    own = [row for row in rows if row["task_id"] == "fire-01"]
    own[0]["key"], own[1]["key"] = own[1]["key"], own[0]["key"]


def planned(name: str, says: Any, plan: Plan, story: Any = plain, **change: Any) -> Case:
    """Return a case whose only task is a plan with some fields changed."""
    says = (says,) if isinstance(says, str) else says
    return forged(name, (*says, *BOUND), lambda taps: story(taps, (replace(plan, **change),)), {})


def units() -> list[Case]:
    """Ids, sizes and who is framed or excluded (0, 2.1, 2.2)."""
    lower, first = CODES[0].lower(), FIRE.units[0]

    def with_unit(unit_id: str) -> tuple:
        return ((unit_id, *first[1:]), *FIRE.units[1:])

    def excluded(*row: str) -> tuple:
        return (*FIRE.excluded, row)

    crowd = tuple((f"v{i:04}", "A", 50 + i % 7) for i in range(2001))
    heavy = tuple((f"v{i:04}", "A", 900 if i == 0 else 4 + i % 2) for i in range(2001))
    return [
        planned("a credit code in lower case", FRAME, FIRE, units=with_unit(lower)),
        planned("a unit id of 40 characters", FRAME, FIRE, units=with_unit("u" * 40)),
        planned("a unit id with a tilde", FRAME, FIRE, units=with_unit("a~1")),
        planned("a unit id with a space", FRAME, FIRE, units=with_unit("a b")),
        planned("an empty unit id", FRAME, FIRE, units=with_unit("")),
        planned("two ids that differ in case", FRAME, FIRE, units=with_unit("SHOP.01")),
        planned("a unit in two strata", FRAME, FIRE, units=(*FIRE.units, (CODES[0], "ABC-320505", 10))),
        planned("a unit framed and excluded", ("excluded.csv", FRAME), FIRE, excluded=excluded("shop.01", "cap", "a")),
        planned("a reason left out with a space", "excluded.csv", FIRE, excluded=excluded("zz", "a cap", "a/b")),
        planned("an empty reason", "excluded.csv", FIRE, excluded=excluded("zz", "", "a/b")),
        planned("a rule with a star", "excluded.csv", FIRE, excluded=excluded("zz", "cap", "a/*")),
        planned("a rule of 81 characters", "excluded.csv", FIRE, excluded=excluded("zz", "cap", "r" * 81)),
        planned("sizes beyond a million to one", FRAME, FIRE, units=((*first[:2], 40_000_001), *FIRE.units[1:])),
        planned("2001 unequal units with n of 19", (FRAME, STRATA), FIRE, units=crowd, samples={"A": (19, 1)}, held=2),
        planned("2001 units with a π above one half", (FRAME, STRATA), FIRE, units=heavy, samples={"A": (6, 1)}),
        planned("a task_id of 36 characters", C, FIRE, task_id="t" * 36, group="joint"),
        planned("a group with a slash", C, FIRE, group="a/b"),
        planned("an open task of unequal sizes", (FRAME, C, STRATA), OPEN, units=unequal(OPEN)),
        planned("an open task of two strata", (STRATA, FRAME, C), OPEN, units=halves(), samples=two_samples()),
        planned("an open task disclosed after the visits", C, OPEN, disclosure="after_visit"),
        forged(
            "an open and a sealed task in one group",
            (C, "group"),
            lambda taps: plain(taps, (FIRE, replace(OPEN, group="joint"))),
            {},
        ),
    ]


def unequal(plan: Plan) -> tuple:
    """Return the units with sizes that differ."""
    return tuple((unit_id, key, x + number % 2) for number, (unit_id, key, x) in enumerate(plan.units))


def halves() -> tuple:
    """Return the open units in two strata."""
    return tuple((unit_id, f"K{number % 2}", x) for number, (unit_id, _, x) in enumerate(OPEN.units))


def two_samples() -> dict:
    """Return samples of two strata."""
    return {"K0": (1, 1), "K1": (1, 1)}


def roots() -> list[Case]:
    """Salts, leaves and trees (2.5 to 2.7)."""

    def root(leaves: Any) -> Tap:
        def change(content: Any, one: Any) -> None:
            task = one.tasks["fire-01"]
            content["tasks"][0]["frame_root"] = leaves(one, task).hex()

        return changing(change)

    def doubling(one: Any, task: Any) -> bytes:
        level = frame_leaves(one.digest, task)
        while len(level) > 1:
            level = level + level[-1:] if len(level) % 2 else level
            level = [one.digest(b"\x01" + level[i] + level[i + 1]) for i in range(0, len(level), 2)]
        return level[0]

    def unsalted(one: Any, task: Any) -> bytes:
        rows = [[row["unit_id"], row["stratum"], str(row["x"]), str(row["L"])] for row in task.rows]
        return tree_root(one.digest, [leaf(one.digest, bytes(16), "fire-01", row) for row in rows])

    def without_task(one: Any, task: Any) -> bytes:
        rows = [[row["unit_id"], row["stratum"], str(row["x"]), str(row["L"])] for row in task.rows]
        return tree_root(one.digest, [leaf(one.digest, task.salts[row[0]], "", row) for row in rows])

    def by_size(one: Any, task: Any) -> bytes:
        return tree_root(one.digest, sorted(frame_leaves(one.digest, task)))

    def excluded_unsalted(content: Any, one: Any) -> None:
        rows = [[row["unit_id"], row["reason"], row["rule"]] for row in one.tasks["open-02"].excluded]
        leaves = [leaf(one.digest, bytes(16), "open-02", row) for row in rows]
        content["tasks"][-1]["excluded_root"] = tree_root(one.digest, leaves).hex()

    def strata(content: Any, one: Any) -> None:
        content["tasks"][0]["strata"] = one.digest(b"\x02" + bytes(16) + to_json(one.tasks["fire-01"].strata)).hex()

    def salts(change: Any) -> Tap:
        return lambda given, one: {name: change(one, name, salt) for name, salt in given.items()}

    zero, group = bytes(16), "task.fire-01"
    return [
        forged("a tree that doubles the last leaf", BOUND, plain, {"commitment": root(doubling)}),
        forged("leaves without salt", BOUND, plain, {"commitment": root(unsalted)}),
        forged("leaves without task", BOUND, plain, {"commitment": root(without_task)}),
        forged("leaves sorted by digest", BOUND, plain, {"commitment": root(by_size)}),
        forged("an open task's excluded list without salt", BOUND, plain, {"commitment": changing(excluded_unsalted)}),
        forged("a strata digest without salt", BOUND, plain, {"commitment": changing(strata)}),
        forged("a sealed frame without salts", FRAME, plain, {"salts:fire-01": salts(lambda *_: zero)}),
        forged(
            "salts of another group", FRAME, plain, {"salts:fire-01": salts(lambda r, n, s: r.keys.unit_salt(group, n))}
        ),
        forged(
            "an open frame with salts", FRAME, plain, {"salts:open-02": salts(lambda r, n, s: r.keys.unit_salt("g", n))}
        ),
        forged("one salt chosen freely", FRAME, plain, {"salts:fire-01": changing(one_salt)}),
        forged(
            "another key in the file",
            ("frame_key", C, FRAME),
            plain,
            {"bytes:audit/frame_key.hex": lambda data, _: b"0" * 64},
        ),
        forged("a key in upper case", "frame_key", plain, {"bytes:audit/frame_key.hex": lambda d, _: d.upper()}),
        forged("a key with a line end", "frame_key", plain, {"bytes:audit/frame_key.hex": lambda d, _: d + b"\n"}),
        forged(
            "a public open frame that differs",
            FRAME,
            plain,
            {"bytes:public/open/open-02/frame.csv": lambda d, _: d.replace(b"open_1", b"open_9")},
        ),
        forged(
            "a public strata table that differs",
            STRATA,
            plain,
            {"bytes:public/open/open-02/strata.json": lambda d, _: d.replace(b'"reserve":2', b'"reserve":1')},
        ),
        forged(
            "a frame with one unit less than its root",
            FRAME,
            plain,
            {"bytes:audit/tasks/fire-01/frame.csv": lambda d, _: b"\n".join(d.split(b"\n")[:-2]) + b"\n"},
        ),
        forged(
            "an excluded list with one unit less",
            "excluded.csv",
            plain,
            {"bytes:audit/tasks/fire-01/excluded.csv": lambda d, _: b"\n".join(d.split(b"\n")[:-2]) + b"\n"},
        ),
        forged(
            "L with a leading zero",
            FRAME,
            plain,
            {"bytes:audit/tasks/open-02/frame.csv": lambda d, _: d.replace(b"s1,7,", b"s1,07,", 1)},
        ),
    ]


def one_salt(given: Any, _: Any) -> None:
    """Change one salt."""
    name = min(given)
    given[name] = bytes([given[name][0] ^ 1]) + given[name][1:]


def cases() -> list[Case]:
    """Return all cases about frames."""
    return [*probabilities(), *tables(), *units(), *roots()]
