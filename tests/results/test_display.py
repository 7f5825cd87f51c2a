"""How long results are shown, what was corrected in public, what the registers bear out (公示期、更正、登记印证)."""

from datetime import date

import pandas as pd
import pytest

from supervision.results.corrections import public_corrections
from supervision.results.display import shown
from supervision.results.registration import known_ended

TERM = {"months": 36, "minor": {"months": 3, "categories": ["corrected"]}}
NOTHING = pd.DataFrame({"unit_id": [], "kind": [], "happened": pd.to_datetime([]), "repaired_no": []})


def on(day, *, category="pending", published="2026-12-09", events=NOTHING):
    """Return rows, expired and repaired of one result on a day."""
    rows = pd.DataFrame({"visit_id": ["U1~1"], "unit_id": ["U1"], "item_id": ["food"], "category": [category]})
    first = pd.DataFrame(
        {"visit_id": ["U1~1"], "item_id": ["food"], "published_on": [pd.Timestamp(published).as_unit("s")]}
    )
    found = shown(rows, published=first, events=events, round_id="2026-12", term=TERM, on=date.fromisoformat(day))
    return len(found.rows), found.expired, found.repaired


def repair(number, *, unit="U1", happened="2027-01-05", kind="repair"):
    """Return one event of the register."""
    return pd.DataFrame(
        {"unit_id": [unit], "kind": [kind], "happened": [pd.Timestamp(happened)], "repaired_no": [number]}
    )


@pytest.mark.parametrize(
    ("category", "last", "after"),
    [
        ("corrected", "2027-03-09", "2027-03-10"),
        ("pending", "2029-12-09", "2029-12-10"),
        ("none_found", "2029-12-09", "2029-12-10"),
    ],
)
def test_a_term_ends_on_the_day_of_its_number(category, last, after):
    """Published on 9 December: three months run through 9 March, three years through 9 December, not a day longer."""
    assert on(last, category=category) == (1, 0, 0)
    assert on(after, category=category) == (0, 1, 0)


def test_a_month_without_such_a_day_ends_with_its_last():
    """Three months from 30 November end on 28 February."""
    assert on("2027-02-28", category="corrected", published="2026-11-30") == (1, 0, 0)
    assert on("2027-03-01", category="corrected", published="2026-11-30") == (0, 1, 0)


@pytest.mark.parametrize("number", ["2026-12/U1~1", "2026-12/U1~1/food"])
def test_a_repair_ends_what_it_names_from_its_day(number):
    """The visit's results, or the one item's, leave the page on the day of the repair and not before."""
    assert on("2027-01-04", events=repair(number)) == (1, 0, 0)
    assert on("2027-01-05", events=repair(number)) == (0, 0, 1)


@pytest.mark.parametrize(
    "event",
    [
        repair("2026-12/U1~2"),
        repair("2026-12/U1~1/label"),
        repair("2026-11/U1~1"),
        repair("2026-12/U1~1", unit="U2"),
        repair("2026-12/U1~1", kind="complaint"),
    ],
)
def test_a_repair_ends_nothing_else(event):
    """Another visit, item, round, unit or kind of event leaves the result where it is."""
    assert on("2027-02-01", events=event) == (1, 0, 0)


def test_what_was_repaired_is_not_counted_as_expired_too():
    """Each result that left is counted once."""
    assert on("2040-01-01", events=repair("2026-12/U1~1")) == (0, 0, 1)


def versions(*rows):
    """Return versions of results: (visit, unit, item, result, inspected, known, reason)."""
    names = ["visit_id", "unit_id", "item_id", "result", "inspected_on", "known_on", "correction_reason"]
    frame = pd.DataFrame(rows, columns=names, dtype="str").assign(agency="market")
    for name in ("inspected_on", "known_on"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    return frame


def changes(tasks, drawn, codes, *rows):
    """Return what the public reads of corrections."""
    found = public_corrections(versions(*rows), tasks=tasks, drawn=drawn, codes=codes)
    found["corrected_on"] = found["corrected_on"].dt.strftime("%m-%d")
    return found[["unit_id", "item_id", "corrected_on", "field", "old", "new", "reason"]].values.tolist()


def test_old_and_new_value_with_the_day_and_the_reason(tasks, drawn, codes):
    """Each step from version to version is a row: result and day are two of them; first results are none."""
    assert changes(
        tasks,
        drawn,
        codes,
        ("U1~1", "U1", "food", "A", "2026-12-03", "2026-12-07", None),
        ("U1~1", "U1", "food", "1", "2026-12-03", "2026-12-07", "选错"),
        ("U1~1", "U1", "food", "E", "2026-12-04", "2026-12-10", "日期也错"),
        ("U2~1", "U2", "food", "1", "2026-12-03", "2026-12-07", None),
    ) == [
        ["U1", "food", "12-07", "category", "pending", "none_found", "选错"],
        ["U1", "food", "12-10", "category", "none_found", "corrected", "日期也错"],
        ["U1", "food", "12-10", "inspected_on", "2026-12-03", "2026-12-04", "日期也错"],
    ]


def test_what_the_public_never_saw_gives_no_row(tasks, drawn, codes):
    """A change within a category, of a task that never tells, and of what was never public is not told."""
    assert (
        changes(
            tasks,
            drawn,
            codes,
            ("U1~1", "U1", "food", "A", "2026-12-03", "2026-12-07", None),
            ("U1~1", "U1", "food", "3", "2026-12-03", "2026-12-08", "同类"),
            ("U1~1", "U1", "fire", "A", "2026-12-03", "2026-12-07", None),
            ("U1~1", "U1", "fire", "1", "2026-12-03", "2026-12-08", "不公开的任务"),
            ("U3~1", "U3", "food", "7", "2026-12-03", "2026-12-07", None),
            ("U3~1", "U3", "food", "9", "2026-12-04", "2026-12-08", "都不公示"),
        )
        == []
    )


def test_a_result_that_vanishes_is_told(tasks, drawn, codes):
    """From a public category to none, and back, is a correction that the public reads."""
    assert changes(
        tasks,
        drawn,
        codes,
        ("U1~1", "U1", "food", "1", "2026-12-03", "2026-12-07", None),
        ("U1~1", "U1", "food", "7", "2026-12-03", "2026-12-08", "关门"),
        ("U1~1", "U1", "food", "1", "2026-12-03", "2026-12-09", "开门"),
    ) == [
        ["U1", "food", "12-08", "category", "none_found", "", "关门"],
        ["U1", "food", "12-09", "category", "", "none_found", "开门"],
    ]


def ended(result, *, status="存续", kind="change", text=None):
    """Return what the registers bear out of one result."""
    rows = pd.DataFrame({"unit_id": ["U1"], "result": [result]})
    entities = pd.DataFrame({"unit_id": ["U1", "U2"], "status": [status, "注销"]})
    events = pd.DataFrame({"unit_id": ["U1"], "kind": [kind], "result": [text]})
    return known_ended(rows, entities, events, {"9": ["注销"], "10": ["吊销"]})


def test_the_register_bears_out_what_it_knows():
    """A status, or a change or licence event that says so, of this unit and with this word; nothing else does."""
    assert ended("9", status="注销") == {("U1", "9")}
    assert ended("10", status="注销") == set()
    assert ended("9") == set()
    assert ended("9", text="准予注销登记") == {("U1", "9")}
    assert ended("10", kind="licence", text="营业执照被吊销") == {("U1", "10")}
    assert ended("9", kind="opinion", text="网传已注销") == set()
    assert ended("1", status="注销") == set()
