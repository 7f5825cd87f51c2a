"""The second reader of the draw protocol against the vectors: both draws, the lottery cases, a round folder."""

import hashlib
import importlib.util
import json
import math
import sys
import time
from fractions import Fraction
from pathlib import Path

import pytest

HERE = Path(__file__).resolve()
VECTORS = HERE.parent / "vectors" / "protocol1.json"


def load_reader():
    """Load second_reader.py from this folder, which is no package."""
    spec = importlib.util.spec_from_file_location("second_reader_1", HERE.with_name("second_reader.py"))
    module = importlib.util.module_from_spec(spec)
    sys.modules["second_reader_1"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


reader = load_reader()


@pytest.fixture(scope="module")
def vectors():
    """The parsed vector file."""
    return json.loads(VECTORS.read_text("utf-8"))


@pytest.fixture(scope="module")
def first(vectors):
    """The first draw of the vectors: every task with its units."""
    return reader.first_draw(reader.read_round(vectors))


def plain(data):
    """SHA-256 as the vectors use it."""
    return hashlib.sha256(data).digest()


def canonical(value):
    """The canonical JSON bytes, written here once more."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def adjust(wanted, n):
    """调整工作概率: λ whose realised probabilities are the wanted ones; None if 100 steps do not reach them."""
    goal = [math.log(p / (1 - p)) for p in wanted]
    logits, size = list(goal), len(wanted)
    for _ in range(100):
        now = reader.realised(logits, n)
        if all(abs(a - p) <= 1e-11 * min(p, 1 - p) for a, p in zip(now, wanted, strict=True)):
            return [1 / (1 + math.exp(-value)) for value in logits]
        moves = [g - math.log(a / (1 - a)) for g, a in zip(goal, now, strict=True)]
        logits = [value + (size - 1) / size * move for value, move in zip(logits, moves, strict=True)]
        for _ in range(50):  # Newton steps for the common shift that keeps the sum at n
            lam = [1 / (1 + math.exp(-value)) for value in logits]
            shift = (n - math.fsum(lam)) / sum(p * (1 - p) for p in lam)
            logits = [value + shift for value in logits]
            if abs(shift) < 1e-15:
                break
    return None


def write_round(out, vectors):
    """Write the vectors as a round folder: what is published and what the auditor holds."""
    public, audit, second = out / "public", out / "audit", vectors["second"]
    public.mkdir(parents=True)
    (public / "commitment.json").write_bytes(vectors["commitment_json"].encode())
    (public / "commitment2.json").write_bytes(second["commitment2_json"].encode())
    reveal = {"round": vectors["round"], "values": vectors["values"]}
    reveal |= {"key_string": vectors["key_string"], "seed": vectors["seed1"]}
    (public / "reveal.json").write_bytes(canonical(reveal))
    reveal = {"round": vectors["round"], "values": second["values2"]}
    reveal |= {"key_string": second["key_string2"], "seed": second["seed2"]}
    (public / "reveal2.json").write_bytes(canonical(reveal))
    key, result = bytes.fromhex(vectors["frame_key"]), []
    for task in vectors["tasks"]:
        home = audit / "tasks" / task["task_id"]
        home.mkdir(parents=True)
        lines = ["unit_id,stratum,x,L,salt"]
        lines += [f"{u['unit_id']},{u['stratum']},{u['x']},{u['L']},{'00' * 16}" for u in task["frame"]]
        (home / "frame.csv").write_bytes(("\n".join(lines) + "\n").encode())
        (home / "strata.json").write_bytes(canonical(task["strata"]))
        lines = ["unit_id,reason,rule"] + [",".join([u, *why]) for u, why in sorted(task["excluded"].items())]
        (home / "excluded.csv").write_bytes(("\n".join(lines) + "\n").encode())
        salt = plain(key + plain(f"list|{vectors['round']}".encode()) + task["task_id"].encode())[:16]
        sealed = {"task_id": task["task_id"], "digest": plain(b"\0" + salt + canonical(task["drawn"])).hex()}
        shown = {"task_id": task["task_id"], "drawn": task["drawn"]}
        result.append(shown if task["access"] == "open" else sealed)
    (audit / "frame_key.hex").write_text(vectors["frame_key"])
    for name in ("calendar", "roster", "recusals"):
        (audit / f"{name}.csv").write_bytes(second[f"{name}_csv"].encode())
    (audit / "roster.json").write_bytes(canonical(second["roster"]))
    result = {"round": vectors["round"], "tasks": result}
    result |= {"commitment": vectors["commitment"], "seed": vectors["seed1"]}
    (public / "result.json").write_bytes(canonical(result))


def test_seed(vectors):
    """Commitment, key string and seed1 are those of the vectors."""
    assert reader.opened(reader.read_round(vectors))[1].hex() == vectors["seed1"]
    assert plain(vectors["commitment_json"].encode()).hex() == vectors["commitment"]


def test_numbers(vectors, first):
    """Every unit: wanted probability, L, D and U."""
    for task in vectors["tasks"]:
        units = first[task["task_id"]]["units"]
        got = [(u.unit_id, str(u.wanted), str(u.size_l), u.d.hex(), str(u.u)) for u in units]
        assert got == [tuple(u[key] for key in ("unit_id", "wanted", "L", "D", "U")) for u in task["frame"]]


def test_order(vectors, first):
    """The whole order of every stratum, not only the part that is used."""
    for task in vectors["tasks"]:
        units = first[task["task_id"]]["units"]
        for stratum, order in task["order"].items():
            assert [u.unit_id for u in reader.ordered(u for u in units if u.stratum == stratum)] == order


def test_lists(vectors):
    """Drawn lists and reserves of the vectors."""
    wanted = {t["task_id"]: {"drawn": t["drawn"], "reserve": t["reserve"]} for t in vectors["tasks"]}
    assert reader.lists_from_files(vectors) == wanted


def test_adjusted(vectors, first):
    """Adjusted L: found again by the reader's own solution to 1e-9."""
    seen = 0
    for task in vectors["tasks"]:
        units = first[task["task_id"]]["units"]
        for row in task["strata"]:
            left = [u for u in units if u.stratum == row["stratum"] and u.size_l < reader.ONE]
            if row["working"] == "adjusted":
                got = adjust([float(u.wanted) for u in left], int(sum(u.wanted for u in left)))
                for unit, lam in zip(left, got, strict=True):
                    assert abs(lam * reader.ONE / unit.size_l - 1) < 1e-9
                seen += 1
    assert seen == 2


def test_second_draw(vectors):
    """The roster of the vectors, with the visits that went back."""
    second = vectors["second"]
    assert reader.roster_from_files(vectors) == [{"roster": second["roster"], "sent_back": second["sent_back"]}]
    assert plain(second["commitment2_json"].encode()).hex() == second["commitment2"]


def test_second_files(vectors):
    """Calendar, roster and recusals are read as the vectors give them in JSON."""
    second = vectors["second"]
    places, people, recusals = reader.second_files(reader.read_round(vectors).seconds[0], "commitment2")
    assert places == second["places"]
    assert people == second["inspectors"]
    assert recusals == [tuple(pair) for pair in second["recusals"]]


@pytest.mark.parametrize("number", range(3))
def test_lottery_cases(vectors, number):
    """The lottery cases: two half-days, a path, a visit that goes back."""
    case = vectors["lottery_cases"][number]
    arguments = (case["places"], case["inspectors"], case["recusals"], plain, {})
    got = reader.lottery(bytes.fromhex(case["seed2"]), *arguments)
    assert got == {"roster": case["roster"], "sent_back": case["sent_back"]}


def test_folder(vectors, tmp_path):
    """A round folder gives the same lists, and no difference to what it publishes."""
    write_round(tmp_path, vectors)
    assert reader.lists_from_files(tmp_path) == reader.lists_from_files(vectors)
    assert reader.roster_from_files(tmp_path) == reader.roster_from_files(vectors)
    assert reader.compare(tmp_path) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "word"),
    [
        ("public/reveal.json", '"029"', '"030"', "key_string"),
        ("public/reveal.json", '"029"', '"1029"', "out of range"),
        ("public/reveal.json", '"029"', '"29 "', "no decimal"),
        ("public/commitment.json", '"open-03"', '"open-3"', "open-3"),
        ("public/commitment.json", '"cap":1', '"cap":2', "seed"),
        ("public/commitment.json", '"cap":1', '"cap": 1', "canonical"),
        ("audit/frame_key.hex", "6bc0", "6bc1", "key_digest"),
        ("audit/tasks/fire-01/frame.csv", "913205064827633292,D,45", "913205064827633292,D,46", "size_total"),
        ("audit/tasks/fire-01/frame.csv", ",1781293980101204,", ",1781293980101205,", "frame_root"),
        ("audit/tasks/fire-01/frame.csv", ",1781293980101204,", ",1781294980101204,", "realises"),
        ("audit/tasks/fire-01/frame.csv", "913205064827633292,D,45", '"913205064827633292",D,45', "canonical"),
        ("audit/tasks/fire-01/excluded.csv", "shared/", "shared_", "excluded_root"),
        ("audit/tasks/fire-01/excluded.csv", "913205083463099014", "913205064827633292", "twice"),
        ("audit/tasks/fire-01/strata.json", '"sample":2', '"sample":1', "strata"),
        ("audit/calendar.csv", "2026-12-04T1", "2026-12-04T2", "calendar"),
        ("audit/recusals.csv", "M1-01", "M1-02", "recusals"),
        ("public/commitment2.json", '"rehearsal":"yes"', '"rehearsal":"no"', "rehearsal"),
        ("public/reveal2.json", '"30"', '"27"', "twice in a set"),
    ],
)
def test_first_difference(vectors, tmp_path, path, old, new, word):
    """A changed file is named; compare says it instead of raising."""
    write_round(tmp_path, vectors)
    file = tmp_path / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_bytes(text.replace(old, new, 1).encode())
    if word != "open-3":  # that task has no folder
        with pytest.raises(ValueError, match=word):
            reader.lists_from_files(tmp_path)
            reader.roster_from_files(tmp_path)
    assert len(reader.compare(tmp_path)) == 1
    assert word in reader.compare(tmp_path)[0]


def test_compare_published(vectors, tmp_path):
    """Changed results are found: a list, a digest, a roster, a roster too many; a disclosed list is allowed."""
    write_round(tmp_path, vectors)
    result, roster = tmp_path / "public" / "result.json", tmp_path / "audit" / "roster.json"
    content = json.loads(result.read_text("utf-8"))
    content["tasks"][0] = {"task_id": "fire-01", "drawn": vectors["tasks"][0]["drawn"]}
    result.write_bytes(canonical(content))
    assert reader.compare(tmp_path) == []
    content["tasks"][0]["drawn"] = vectors["tasks"][1]["drawn"]
    content["tasks"][1]["digest"] = "00" * 32
    result.write_bytes(canonical(content))
    lines = json.loads(roster.read_text("utf-8"))
    lines[0]["inspector_id"] = "M1-00"
    roster.write_bytes(canonical(lines))
    roster.with_name("roster-2.json").write_bytes(canonical([]))
    found = reader.compare(tmp_path)
    assert [line.split()[1] for line in found[:2]] == ["fire-01", "market-07"]
    assert [line.split(":")[0] for line in found[2:]] == ["roster-2.json", "roster.json"]


def test_supplement(vectors, tmp_path):
    """A supplement has its own seed and carries loads and busy half-days on."""
    write_round(tmp_path, vectors)
    public, audit = tmp_path / "public", tmp_path / "audit"
    first = json.loads(vectors["second"]["commitment2_json"])
    calendar = vectors["second"]["calendar_csv"].splitlines()
    again = [line.replace("T2", "T1") for line in calendar if line.startswith("913205029157344790~1")]
    calendar = "".join(f"{line}\n" for line in [calendar[0], *again]).encode()
    (audit / "calendar-2.csv").write_bytes(calendar)
    for name in ("roster", "recusals"):
        (audit / f"{name}-2.csv").write_bytes((audit / f"{name}.csv").read_bytes())
    first |= {"calendar": plain(calendar).hex(), "previous": vectors["second"]["commitment2"]}
    (public / "commitment2-2.json").write_bytes(canonical(first))
    seed1, text = bytes.fromhex(vectors["seed1"]), vectors["second"]["key_string2"]
    seed2 = plain(b"supervision-roster/1\0" + plain(canonical(first)) + seed1 + text.encode())
    reveal = {"round": vectors["round"], "values": vectors["second"]["values2"], "key_string": text}
    (public / "reveal2-2.json").write_bytes(canonical(reveal | {"seed": seed2.hex()}))
    one, two = reader.roster_from_files(tmp_path)
    assert one["roster"] == vectors["second"]["roster"]
    busy = {r["inspector_id"] for r in one["roster"] if r["visit_id"] == "913205036272661805~1"}
    assert busy == {"M1-03", "M1-04"}
    got = {r["inspector_id"] for r in two["roster"]}  # M1-00 holds its one half-day of that day, M1-01 is out
    assert got <= {"M1-02"} and two["sent_back"] == ["913205029157344790~1"]
    assert reader.compare(tmp_path) != []
    (audit / "roster-2.json").write_bytes(canonical(two["roster"]))
    assert reader.compare(tmp_path) == []


def make_units(count, sizes):
    """Units with numbers of their own, many of them alike."""
    units = [reader.Unit(f"{i:06d}", "s", sizes[i % len(sizes)], "") for i in range(count)]
    left, _ = reader.set_wanted(units, count // 10)
    for unit in left:
        unit.size_l = min(max(round(reader.ONE * unit.wanted), 1), reader.ONE - 1)
    for unit in units:
        unit.d = plain(unit.unit_id.encode())
        unit.u = 2 * (int.from_bytes(unit.d[:8], "big") >> 11) + 1
    return set_floats(units)


def set_floats(units):
    """The float keys from u and L."""
    for unit in units:
        unit.q = unit.u * (reader.ONE - unit.size_l) / (unit.size_l * (2 * reader.ONE - unit.u))
    return units


def test_order_exact():
    """The float preselection gives the order of the exact fractions, neighbours 1e-16 apart and ties included."""
    units = make_units(1500, (1, 2, 5, 900))
    for unit, other in zip(units[:300], units[300:600], strict=True):
        unit.u, unit.size_l = other.u + 2 * (other.u < 2**53), other.size_l
    for unit, other in zip(units[600:700], units[700:800], strict=True):
        unit.u, unit.size_l = other.u, other.size_l
    set_floats(units)

    def exact(unit):
        if unit.size_l == reader.ONE:
            return (0, unit.d)
        above, below = unit.u * (reader.ONE - unit.size_l), unit.size_l * (2 * reader.ONE - unit.u)
        return (1, Fraction(above, below), unit.d)

    wanted = sorted(units, key=exact)
    assert [u.unit_id for u in reader.ordered(units)] == [u.unit_id for u in wanted]
    assert [u.unit_id for u in reader.ordered(reversed(units))] == [u.unit_id for u in wanted]


def test_large_frame():
    """A frame of 50,000 units is ordered in seconds."""
    start = time.perf_counter()
    units = make_units(50_000, (3, 7, 20))
    assert len(reader.ordered(units)) == 50_000
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize(("wanted", "n"), [([0.2, 0.3, 0.5, 0.7, 0.3], 2), ([0.9, 0.8, 0.5, 0.95, 0.85], 4)])
def test_realised(wanted, n):
    """Realised probabilities add up to n, from both sides of one half, and meet the wanted ones."""
    lam = adjust(wanted, n)
    assert math.isclose(sum(lam), n, rel_tol=1e-12)
    assert reader.realised([math.log(p / (1 - p)) for p in lam], n) == pytest.approx(wanted, rel=1e-10)


def test_tree():
    """The tree of RFC 9162: the left part is the largest power of two that is smaller."""

    def root(leaves):
        if len(leaves) < 2:
            return leaves[0] if leaves else plain(b"")
        split = 2 ** ((len(leaves) - 1).bit_length() - 1)
        return plain(b"\1" + root(leaves[:split]) + root(leaves[split:]))

    for count in range(40):
        leaves = [plain(bytes([i])) for i in range(count)]
        assert reader.tree_root(leaves, plain) == root(leaves)
