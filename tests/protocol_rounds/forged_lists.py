"""抽取名单 (6): forged orders, lists, results and step-ins, all that follows made again."""

from typing import Any

from second_reader.drawing import Lists
from second_reader.encoding import later, to_json

from protocol_rounds import afterwards as after
from protocol_rounds.bureau import Tap
from protocol_rounds.cases import Case, changing, dropping, forged, rehashed, setting
from protocol_rounds.forged_records import without_step
from protocol_rounds.round import Round
from protocol_rounds.scenarios import END, eventful, plain

ORDER, RESULT, STEPINS = "order.csv", "result.json", "stepins.json"


def on_lists(name: str, change: Any, task_id: str = "fire-01") -> Case:
    """Return a case in which the outcome of a draw is changed."""
    return forged(name, (ORDER, RESULT), plain, {f"lists:{task_id}": changing(change)})


def swap_last(lists: Lists, _: Any) -> None:
    """Put the first reserve unit of a stratum on the list, the last drawn one into the reserve."""
    for stratum, places in lists.places.items():
        n = len(places) - len(lists.reserve[stratum])
        places[n - 1], places[n] = places[n], places[n - 1]
        lists.drawn = sorted({*lists.drawn, places[n - 1]} - {places[n]})
        lists.reserve[stratum] = places[n:]
        return


def spare(lists: Lists, _: Any) -> None:
    """Leave the first drawn unit out; everybody moves up."""
    stratum = min(lists.places)
    gone = lists.places[stratum].pop(0)
    n = len(lists.places[stratum]) + 1 - len(lists.reserve[stratum])
    lists.drawn = sorted((set(lists.drawn) - {gone}) | {lists.places[stratum][n - 1]})
    lists.reserve[stratum] = lists.places[stratum][n:]


def swap_reserve(lists: Lists, _: Any) -> None:
    """Swap the first two reserve units of a stratum."""
    stratum = max(lists.places)
    places, reserve = lists.places[stratum], lists.reserve[stratum]
    n = len(places) - len(reserve)
    places[n], places[n + 1] = places[n + 1], places[n]
    lists.reserve[stratum] = places[n:]


def other_number(lists: Lists, _: Any) -> None:
    """Change the D of a drawn unit."""
    name = lists.drawn[0]
    lists.digests[name] = lists.digests[name][:-1] + bytes([lists.digests[name][-1] ^ 1])


def orders() -> list[Case]:
    """order.csv: ranks, roles, numbers."""

    def on_order(name: str, change: Tap) -> Case:
        return forged(name, ORDER, plain, {"order:fire-01": change})

    return [
        on_lists("a reserve unit on the list", swap_last),
        on_lists("a drawn unit spared", spare),
        on_lists("two reserve units swapped", swap_reserve),
        on_lists("another D", other_number),
        on_lists("the same with an open list", swap_last, "open-02"),
        on_lists("the same with a list that is never shown", swap_last, "market-07"),
        on_order("a rank twice", changing(lambda rows, _: rows[1].update(rank=1))),
        on_order("a rank left out", changing(lambda rows, _: rows[-1].update(rank=rows[-1]["rank"] + 1))),
        on_order("another U", changing(lambda rows, _: rows[0].update(U=rows[0]["U"] + 2))),
        on_order("an even U", changing(lambda rows, _: rows[0].update(U=rows[0]["U"] + 1))),
        on_order("a drawn unit called reserve", setting("reserve", 0, "role")),
        on_order("a role that is none", setting("spare", 0, "role")),
        on_order("another stratum", changing(other_stratum)),
        on_order("no reserve in the order", lambda rows, _: [row for row in rows if row["role"] == "drawn"]),
        on_order("one unit more than reserve", changing(one_more)),
        on_order("an unknown unit", setting("nobody", 0, "unit_id")),
    ]


def other_stratum(rows: Any, _: Any) -> None:
    """Give the first row the other stratum."""
    names = sorted({row["stratum"] for row in rows})
    rows[0]["stratum"] = names[1] if rows[0]["stratum"] == names[0] else names[0]


def one_more(rows: Any, one: Round) -> None:
    """Add a row of a unit that is neither drawn nor reserve."""
    seen = {row["unit_id"] for row in rows}
    unit = next(row for row in one.tasks["fire-01"].rows if row["unit_id"] not in seen)
    own = [row["rank"] for row in rows if row["stratum"] == unit["stratum"]]
    rows.append(rows[0] | {"unit_id": unit["unit_id"], "stratum": unit["stratum"], "rank": max(own) + 1})


def results() -> list[Case]:
    """result.json: what is shown and what is hidden."""

    def on_result(name: str, change: Any) -> Case:
        return forged(name, RESULT, plain, {"result": changing(change)})

    def line(result: Any, task_id: str) -> dict:
        return next(one for one in result["tasks"] if one["task_id"] == task_id)

    def digest(task_id: str, salt: Any) -> Any:
        def change(result: Any, one: Round) -> None:
            text = to_json(one.lists[task_id].drawn)
            line(result, task_id)["digest"] = one.digest(b"\x04" + salt(one) + text).hex()

        return change

    def shown(task_id: str) -> Any:
        def change(result: Any, one: Round) -> None:
            result["tasks"] = [r for r in result["tasks"] if r["task_id"] != task_id]
            result["tasks"].append({"drawn": one.lists[task_id].drawn, "task_id": task_id})
            result["tasks"].sort(key=lambda r: r["task_id"])

        return change

    def hidden(result: Any, one: Round) -> None:
        text = to_json(one.lists["open-02"].drawn)
        place = next(i for i, r in enumerate(result["tasks"]) if r["task_id"] == "open-02")
        result["tasks"][place] = {"digest": one.keys.list_digest("open-02", text), "task_id": "open-02"}

    def both(result: Any, one: Round) -> None:
        line(result, "fire-01")["drawn"] = one.lists["fire-01"].drawn

    return [
        on_result("a list that is never shown, shown", shown("market-07")),
        on_result("an open list hidden", hidden),
        on_result("a list shown and hidden", both),
        on_result("a list digest without salt", digest("fire-01", lambda one: bytes(16))),
        on_result("a list digest with another task's salt", digest("fire-01", lambda o: o.keys.list_salt("food-03"))),
        on_result("an open list not sorted", lambda r, _: line(r, "open-02")["drawn"].reverse()),
        on_result("a unit of the open list twice", lambda r, _: line(r, "open-02")["drawn"].append("open_7")),
        on_result("an open list without its first unit", lambda r, _: line(r, "open-02")["drawn"].__delitem__(0)),
        on_result("a task left out of the result", lambda r, _: r["tasks"].__delitem__(0)),
        on_result("tasks of the result in another order", lambda r, _: r["tasks"].reverse()),
        on_result("another seed in the result", lambda r, _: r.update(seed="0" * 64)),
        on_result("another commitment in the result", lambda r, _: r.update(commitment="0" * 64)),
        on_result("a field more in the result", lambda r, _: r.update(note="x")),
        forged("no round in the result", RESULT, plain, {"result": dropping("round")}),
    ]


def stepping(taps: dict[str, Tap] | None = None) -> Round:
    """Return a finished round with two step-ins."""
    one = plain(taps)
    for hour, out in enumerate(one.lists["fire-01"].drawn[:2], 1):
        after.step_in(one, later(END, hours=hour), "fire-01", out)
    after.publish(one, later(END, hours=3), "step-ins")
    return one


def step(name: str, /, number: int = 1, **values: Any) -> Case:
    """Return a case with fields of one step-in set."""
    return forged(name, STEPINS, stepping, {f"stepin:{number}": lambda entry, _: entry | values})


def skipping(number: int) -> Tap:
    """Return a tap by which a step-in takes the last reserve unit of its stratum."""
    return lambda entry, one: entry | {"in": one.lists[entry["task_id"]].reserve[entry["stratum"]][number]}


def over_again(out_of: Any) -> Any:
    """Return a story with one more step-in whose `out` the function gives."""

    def story(taps: dict[str, Tap] | None = None) -> Round:
        one = plain(taps)
        after.step_in(one, later(END, hours=1), "open-02", one.lists["open-02"].drawn[0])
        after.step_in(one, later(END, hours=2), "open-02", out_of(one))
        after.publish(one, later(END, hours=3), "step-ins")
        return one

    return story


def stepins() -> list[Case]:
    """stepins.json: order, persons, evidence, log."""

    def drawn_first(one: Round) -> str:
        return one.lists["open-02"].drawn[0]

    def drawn_second(one: Round) -> str:
        return one.lists["open-02"].drawn[1]

    no_log = forged(
        "step-ins without a step in the log", ("log.jsonl", STEPINS), eventful, {"log": without_step("stepin")}
    )
    early = forged(
        "a step-in before the lists were drawn",
        (STEPINS, "log.jsonl"),
        eventful,
        {"stepin:1": setting("2026-11-29T20:00:00+08:00", "at")},
    )
    empty = rehashed(
        "no stepins.json",
        STEPINS,
        plain,
        lambda files: files.pop("audit/2026-12/stepins.json") and None,
    )
    return [
        forged("the second reserve unit steps in first", STEPINS, stepping, {"stepin:1": skipping(1)}),
        step("a person reviews the own step-in", reviewed_by="i-07"),
        step("a unit from outside steps in", **{"in": "nobody"}),
        step("nobody steps in although a reserve is left", **{"in": None}),
        step("a unit goes out that was not drawn", out="shop.99"),
        step("an unknown stratum", stratum="s9"),
        step("a stratum of another unit", stratum="D-320505"),
        step("an unknown task", task_id="gas-01"),
        step("step-ins from number 0", no=0),
        step("step-in number 3 after 1", number=2, no=3),
        step("evidence that is no digest", evidence="photo.jpg"),
        step("evidence in upper case", evidence="AB" * 32),
        step("a step-in's reason with a space", reason="gone away"),
        step("a step-in by nobody", by=""),
        step("a step-in with a field more", note="x"),
        step("a step-in at no time", at="2026-12-02"),
        early,
        no_log,
        empty,
        forged("a unit goes out twice", STEPINS, over_again(drawn_first), {}),
        forged(
            "a reserve unit steps in twice",
            STEPINS,
            over_again(drawn_second),
            {"stepin:2": lambda e, one: e | {"in": one.stepins[0]["in"]}},
        ),
        forged(
            "step-ins in the order of time but not of number",
            STEPINS,
            over_again(drawn_second),
            {"stepin:1": setting(2, "no"), "stepin:2": setting(1, "no")},
        ),
    ]


def cases() -> list[Case]:
    """Return all cases about lists."""
    return [*orders(), *results(), *stepins()]
