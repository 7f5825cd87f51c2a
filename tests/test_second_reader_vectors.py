"""The second reader against vectors/protocol2.json: every value of the worked round, recomputed from the text."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from second_reader import assignment, changes, drawing, probabilities, records, sources
from second_reader.digests import HASHES, Keys, leaf, root_from_path
from second_reader.encoding import from_csv, from_json, to_csv, to_json

VECTORS = json.loads((Path(__file__).parent / "vectors" / "protocol2.json").read_text("utf-8"))
H = HASHES[VECTORS["hash"]]
KEYS = Keys(H, bytes.fromhex(VECTORS["frame_key"]), VECTORS["round"])
COMMITMENT = json.loads(VECTORS["commitment_json"])
IDS = [task["task_id"] for task in VECTORS["tasks"]]


def task_of(number):
    """One task of the vectors, as frozen."""
    given = VECTORS["tasks"][number]
    rows = [{name: row[name] for name in ("unit_id", "stratum", "x")} | {"L": int(row["L"])} for row in given["frame"]]
    excluded = [{name: row[name] for name in ("unit_id", "reason", "rule")} for row in given["excluded"]]
    strata = json.loads(given["strata_json"])
    task = drawing.Task(given["task_id"], given["access"], given["group"], rows, excluded, strata)
    task.salts = drawing.salts_of(KEYS, task)
    return task


TASKS = [task_of(number) for number in range(len(IDS))]
SEED1 = sources.check_reveal(
    json.loads(VECTORS["reveal_json"]), COMMITMENT, VECTORS["commitment_json"].encode(), H, b"", "reveal.json"
)
LISTS = {task.task_id: drawing.draw(KEYS, SEED1, task) for task in TASKS}


def test_commitment_and_seed_are_those_of_the_vectors():
    """Digest of the commitment, key string and first seed are recomputed."""
    assert H(VECTORS["commitment_json"].encode()).hex() == VECTORS["commitment"]
    assert to_json(COMMITMENT) == VECTORS["commitment_json"].encode()
    assert SEED1.hex() == VECTORS["seed1"]
    numbers = {name: [int(text) for text in texts] for name, texts in VECTORS["values"].items()}
    assert sources.key_string(COMMITMENT["sources"], numbers) == VECTORS["key_string"]
    assert json.loads(VECTORS["reveal_json"])["held"] == VECTORS["held"]
    assert H(KEYS.frame_key).hex() == COMMITMENT["key_digest"]
    sources.check_sources(COMMITMENT["sources"], COMMITMENT["committed_at"], True, "commitment.json")


@pytest.mark.parametrize("number", range(3), ids=IDS)
def test_a_tasks_frame_gives_its_line_of_the_commitment(number):
    """Salts, leaves, roots, strata digest, sums and counts of a task are those of the commitment."""
    task, given, line = TASKS[number], VECTORS["tasks"][number], COMMITMENT["tasks"][number]
    assert drawing.entry_of(KEYS, task, given["disclosure"]) == line
    assert [line["frame_root"], line["excluded_root"]] == [given["frame_root"], given["excluded_root"]]
    assert line["strata"] == given["strata"]
    assert [task.salts[row["unit_id"]].hex() for row in given["frame"]] == [row["salt"] for row in given["frame"]]
    assert [task.salts[row["unit_id"]].hex() for row in given["excluded"]] == [row["salt"] for row in given["excluded"]]
    assert [one.hex() for one in drawing.frame_leaves(H, task)] == [row["leaf"] for row in given["frame"]]
    assert [one.hex() for one in drawing.excluded_leaves(H, task)] == [row["leaf"] for row in given["excluded"]]
    assert KEYS.stratum_names(task.task_id, list(given["strata_keys"])) == given["strata_keys"]
    assert (bytes(16) if task.access == "open" else KEYS.strata_salt(task.task_id)).hex() == given["strata_salt"]


@pytest.mark.parametrize("number", range(3), ids=IDS)
def test_wanted_probabilities_and_l_follow_from_the_sizes(number):
    """Each π is the exact fraction; L is exact or, adjusted, realises π."""
    task, given = TASKS[number], VECTORS["tasks"][number]
    drawing.check_strata(task)
    for row in task.strata:
        units = [unit for unit in given["frame"] if unit["stratum"] == row["stratum"]]
        pis, _ = probabilities.wanted([unit["x"] for unit in units], row["sample"])
        assert [Fraction(1) if p is None else p for p in pis] == [Fraction(unit["wanted"]) for unit in units]


@pytest.mark.parametrize("number", range(3), ids=IDS)
def test_numbers_order_and_lists_are_those_of_the_vectors(number):
    """D, U, the order of every stratum, drawn list, reserve and the salted digest of the list."""
    task, given = TASKS[number], VECTORS["tasks"][number]
    lists = LISTS[task.task_id]
    for row in given["frame"]:
        d = lists.digests[row["unit_id"]]
        assert [d.hex(), str(drawing.number(d))] == [row["D"], row["U"]]
    for stratum, expected in given["order"].items():
        units = [(row["unit_id"], row["L"], lists.digests[row["unit_id"]]) for row in task.rows]
        here = {row["unit_id"] for row in task.rows if row["stratum"] == stratum}
        assert drawing.order([unit for unit in units if unit[0] in here])[: len(expected)] == expected
    assert lists.drawn == given["drawn"]
    assert lists.reserve == given["reserve"]
    assert KEYS.list_salt(task.task_id).hex() == given["list_salt"]
    assert KEYS.list_digest(task.task_id, to_json(lists.drawn)) == given["list_digest"]


def test_results_before_and_after_the_visits():
    """Sealed lists are digests until their disclosure allows."""
    head = {"commitment": VECTORS["commitment"], "round": VECTORS["round"], "seed": VECTORS["seed1"]}
    for text, shown in (("result_json", {"open-03"}), ("result_json_after_visits", {"open-03", "fire-01"})):
        lines = [drawing.result_line(KEYS, name, LISTS[name].drawn, name in shown) for name in IDS]
        assert to_json(head | {"tasks": lines}) == VECTORS[text].encode()


@pytest.mark.parametrize("number", range(3), ids=IDS)
def test_proofs_lead_to_the_root(number):
    """The proof of the vectors is made again, and its path gives the root."""
    task, given = TASKS[number], VECTORS["tasks"][number]["proof"]
    assert drawing.proof(KEYS, VECTORS["commitment"], task, given["row"][0]) == given
    start = leaf(H, bytes.fromhex(given["salt"]), given["task_id"], given["row"])
    path = [bytes.fromhex(step) for step in given["path"]]
    root = root_from_path(H, start, given["index"], given["size"], path)
    assert root is not None and root.hex() == VECTORS["tasks"][number]["frame_root"]


def test_ties_of_the_calendar():
    """T of every unit in the calendars."""
    assert {unit_id: KEYS.tie(SEED1, unit_id).hex() for unit_id in VECTORS["ties"]} == VECTORS["ties"]


def test_neighbours_in_the_order_are_told_apart_exactly():
    """Keys that differ in the last digit of numerator or denominator are ranked by exact fractions, then by D."""
    for case in VECTORS["order_cases"]:
        units = [(one["unit_id"], int(one["L"]), bytes.fromhex(one["D"])) for one in case["items"]]
        keys = {name: str(drawing.ranking_key(drawing.number(d), size_l)) for name, size_l, d in units}
        assert drawing.order(units) == case["order"]
        assert keys == case["Q"]


def held_rows(held):
    """Holdings as the vectors list them."""
    return [[*key, one.inspector_id, list(one.place.half_days)] for key, one in sorted(held.items())]


def loads(held, inspectors):
    """Loads of everybody in the roster who holds a place."""
    return busy({who.inspector_id: assignment.load(held, who.inspector_id) for who in inspectors})


def busy(given):
    """Loads above zero."""
    return {name: value for name, value in given.items() if value}


def check_numbers(draw, numbers):
    """P and R of the places."""
    places = {place.key: place for place in draw.places}
    for line in numbers:
        place = places[tuple(line["place"])]
        assert assignment.ticket(H, draw.seed, place).hex() == line["P"]
        assert {who: assignment.ticket(H, draw.seed, place, who).hex() for who in line["R"]} == line["R"]


def run(draw, places, given):
    """Run a draw and compare all that the vectors say of it."""
    draw.places = places
    rows = draw.run(places)
    check_numbers(draw, given["numbers"])
    assert draw.trace == given["trace"]
    assert draw.sent_back == given["sent_back"]
    assert loads(draw.held, draw.inspectors) == busy(given["load_after"])
    return rows


@pytest.mark.parametrize("number", range(6))
def test_lottery_cases(number):
    """Augmenting paths, whole days, the window of two, a supplement: order, roster, loads, who was eligible."""
    given = VECTORS["lottery_cases"][number]
    people = [
        assignment.Inspector(
            *(one[name] for name in ("inspector_id", "office", "from", "until")),
            tuple(one["scopes"]),
            one["daily_limit"],
            tuple(one["absent"]),
        )
        for one in given["inspectors"]
    ]
    half_days = {}
    for earlier in VECTORS["lottery_cases"][:number]:
        half_days |= {(p["visit_id"], p["office"], p["place"]): tuple(p["half_days"]) for p in earlier["places"]}
    held = {}
    for visit_id, office, place, who, *rest in given["held_before"]:
        halves = tuple(rest[0]) if rest else half_days[visit_id, office, place]
        seat = assignment.Place(visit_id, office, place, halves)
        held[seat.key] = assignment.Holding(seat, who, b"")
    draw = assignment.Draw(H, bytes.fromhex(given["seed2"]), people, {tuple(pair) for pair in given["recusals"]}, held)
    assert loads(held, people) == busy(given["load_before"])
    places = [
        assignment.Place(p["visit_id"], p["office"], p["place"], tuple(p["half_days"]), tuple(p["items"]))
        for p in given["places"]
    ]
    assert run(draw, places, given) == given["roster"]


def second(number, book):
    """Play one roster draw of the vectors in the book of the round."""
    given, digest = VECTORS["second"][number], H
    content = from_json(given["commitment2_json"].encode(), "roster_commitment")
    for name in ("calendar", "roster", "recusals"):
        data = given[f"{name}_csv"].encode()
        assert KEYS.file_salt(name, number + 1).hex() == given["salts"][name]
        assert KEYS.file_digest(name, number + 1, data) == content[name]
    commitment = given["commitment2_json"].encode()
    assert digest(commitment).hex() == given["commitment2"]
    reveal = json.loads(given["reveal2_json"])
    seed = sources.check_reveal(reveal, content, commitment, digest, SEED1, "reveal2")
    assert [seed.hex(), reveal["key_string"]] == [given["seed2"], given["key_string2"]]
    assert [reveal["values"], reveal["held"]] == [given["values2"], given["held2"]]
    assert [row for row in held_rows(book.held) if row[3]] == given["held_before"]
    people = changes.inspectors_of(from_csv("roster", given["roster_csv"].encode(), "roster"))
    recusals = from_csv("recusals", given["recusals_csv"].encode(), "recusals")
    book.recusals = {(row["inspector_id"], row["unit_id"]) for row in recusals}
    book.inspectors, book.since = people, content["committed_at"]
    draw = assignment.Draw(digest, seed, people, book.recusals, book.held)
    rows = run(draw, changes.places_of(from_csv("calendar", given["calendar_csv"].encode(), "calendar")), given)
    assert to_json(rows) == given["roster_json"].encode()
    lines = from_json(given["sent_back_json"].encode(), "sent_back")
    assert [line["visit_id"] for line in lines] == draw.sent_back
    book.sent_back = (book.sent_back | set(draw.sent_back)) - {row["visit_id"] for row in rows}


def test_both_roster_draws_with_the_changes_between_and_after():
    """Draws, leave, substitutes, moves and cancelled visits, with holdings, loads and R at every step."""
    book = changes.Book(H)
    rows = from_json(VECTORS["changes_json"].encode(), "changes")
    second(0, book)
    draws = 1
    for block, trace in zip(changes.blocks(rows), VECTORS["changes_trace"], strict=True):
        if trace["draws"] > draws:
            second(1, book)
            draws = 2
        assert [block[0]["at"], block[0]["kind"]] == [trace["at"], trace["kind"]]
        assert held_rows(book.held) == trace["held_before"]
        if trace["steps"] and "eligible" in trace["steps"][0]:
            step, row = trace["steps"][0], block[0]
            key = (row["visit_id"], row["office"], row["place"])
            before = book.held[key]
            book.free(before)
            assert {name: number.hex() for name, number in book.substitute(before).items()} == step["R"]
            book.free(before)
            assert {name: assignment.load(book.held, name) for name in step["eligible"]} == step["eligible"]
            book.held[key] = before
        changes.apply(book, block)
        assert loads(book.held, book.inspectors) == busy(trace["load_after"])
        assert sorted(book.sent_back) == trace["sent_back"]
    drawing.check_stepins(from_json(VECTORS["stepins_json"].encode(), "stepins"), LISTS)


def files_of_the_vectors():
    """The files of the worked round, by their path below OUT."""
    files = {}
    for name in ("commitment", "reveal", "result", "anchors", "manifest"):
        files[f"public/{VECTORS['round']}/{name}.json"] = VECTORS[f"{name}_json"].encode()
    audit = f"audit/{VECTORS['round']}"
    files[f"{audit}/frame_key.hex"] = VECTORS["frame_key"].encode()
    for name, path in (("roster_0", "roster-0"), ("strata_keys", "strata_keys"), ("tasks", "tasks")):
        files[f"{audit}/{path}.csv"] = VECTORS[f"{name}_csv"].encode()
    for task in TASKS:
        home, lists = f"{audit}/tasks/{task.task_id}", LISTS[task.task_id]
        rows = [row | {"salt": task.salts[row["unit_id"]].hex()} for row in task.rows]
        files[f"{home}/frame.csv"] = to_csv("frame", rows)
        files[f"{home}/excluded.csv"] = to_csv("excluded", task.excluded)
        files[f"{home}/strata.json"] = to_json(task.strata)
        files[f"{home}/order.csv"] = to_csv("order", drawing.order_rows(task, lists))
        if task.access == "open":
            for name in ("frame.csv", "strata.json"):
                files[f"public/{VECTORS['round']}/open/{task.task_id}/{name}"] = files[f"{home}/{name}"]
    for number, given in enumerate(VECTORS["second"], 1):
        end = "" if number == 1 else f"-{number}"
        for name in ("calendar", "roster", "recusals", "roster_changes"):
            files[f"{audit}/{name}{end}.csv"] = given[f"{name}_csv"].encode()
        for name in ("roster", "sent_back"):
            files[f"{audit}/{name}{end}.json"] = given[f"{name}_json"].encode()
        files[f"public/{VECTORS['round']}/roster_commitment{end}.json"] = given["commitment2_json"].encode()
        files[f"public/{VECTORS['round']}/reveal2{end}.json"] = given["reveal2_json"].encode()
    files[f"{audit}/stepins.json"] = VECTORS["stepins_json"].encode()
    files[f"{audit}/changes.json"] = VECTORS["changes_json"].encode()
    return files


def test_log_manifest_and_files_have_the_digests_of_the_vectors():
    """Every file that the log put or the manifest lists is made again to the byte; heads stand in the commitments."""
    files = files_of_the_vectors()
    lines = records.read_log(VECTORS["log_jsonl"].encode())
    last = {path: digest for line in lines for path, digest in line["outputs"].items()}
    apart = {f"audit/{VECTORS['round']}/registers.json", f"audit/{VECTORS['round']}/rules.json"}
    assert set(last) - set(files) - apart == {f"public/{VECTORS['round']}/verify.py"}
    records.check_puts(lines, files, VECTORS["round"])
    assert records.plain(to_json(lines[-1])) == VECTORS["log_head"]
    for name, given in (("commitment", COMMITMENT), *((f"roster_commitment{e}", None) for e in ("", "-2"))):
        path = f"public/{VECTORS['round']}/{name}.json"
        content = given or json.loads(files[path])
        assert records.entry_that_put(lines, path)["previous"] == content["log"]
    assert KEYS.file_digest("roster", 0, VECTORS["roster_0_csv"].encode()) == COMMITMENT["roster"]
    assert KEYS.file_salt("roster", 0).hex() == VECTORS["roster_0_salt"]
    manifest = from_json(VECTORS["manifest_json"].encode(), "manifest")
    for line in manifest["files"]:
        path = f"public/{VECTORS['round']}/{line['path']}"
        if path in files:
            assert [line["digest"], line["size"]] == [records.plain(files[path]), len(files[path])]


def test_anchors_of_the_vectors_are_in_order():
    """All anchors are of commitments of the round, and each commitment has one that shows it is the only one."""
    anchors = from_json(VECTORS["anchors_json"].encode(), "anchors")
    seconds = [given["commitment2"] for given in VECTORS["second"]]
    known = {("commitment", VECTORS["commitment"]), *(("roster_commitment", one) for one in seconds)}
    records.check_anchors(anchors, known)
    assert records.only_one(anchors, VECTORS["commitment"], COMMITMENT["sources"][0]["at"])
    assert not records.only_one(anchors, VECTORS["commitment"], "2026-11-25T09:30:00+08:00")


def test_sm3_gives_other_digests_of_the_same_length():
    """SM3 of "abc" is that of GB/T 32905, and salts of an sm3 round differ from those of sha256."""
    assert HASHES["sm3"](b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert Keys(HASHES["sm3"], KEYS.frame_key, KEYS.round_id).unit_salt("g", "u") != KEYS.unit_salt("g", "u")
