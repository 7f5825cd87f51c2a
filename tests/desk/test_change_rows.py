"""What changes, as a page shows it: one line for a visit and office, times and hands in words."""

import pytest
from flask import Flask

from supervision.desk.change_rows import Line, half_day_words, lines_of


def row(kind, office, was, now, out, into, unit="u1"):
    """A row as a change order has it."""
    return {"kind": kind, "unit_id": unit, "office": office, "was": was, "half_days": now, "out": out, "into": into}


def test_places_of_an_office_become_one_line():
    """Who goes for whom stays place by place; another office, unit or time is another line; the order stays."""
    rows = [
        row("leave", "a", "", "2026-12-02T1", "", "p1", unit=""),
        row("moved", "a", "2026-12-02T1", "2026-12-03T1", "p1", "p2"),
        row("moved", "a", "2026-12-02T1", "2026-12-03T1", "p3", "p3"),
        row("moved", "b", "2026-12-02T1", "2026-12-03T1", "p4", "p4"),
        row("cancelled", "a", "2026-12-02T2", "2026-12-02T2", "p1", "", unit="u2"),
    ]
    assert lines_of(rows) == [
        Line(kind="leave", unit="", office="a", was="", now="2026-12-02T1", people=[("", "p1")]),
        Line(
            kind="moved",
            unit="u1",
            office="a",
            was="2026-12-02T1",
            now="2026-12-03T1",
            people=[("p1", "p2"), ("p3", "p3")],
        ),
        Line(kind="moved", unit="u1", office="b", was="2026-12-02T1", now="2026-12-03T1", people=[("p4", "p4")]),
        Line(kind="cancelled", unit="u2", office="a", was="2026-12-02T2", now="", people=[("p1", "")]),
    ]


def test_before_the_draw_a_line_has_no_people():
    """Rows of a draft name nobody."""
    drafted = {"kind": "added", "unit_id": "u1", "office": "a", "was": "", "half_days": "2026-12-02T1"}
    assert lines_of([drafted]) == [Line(kind="added", unit="u1", office="a", was="", now="2026-12-02T1")]


@pytest.mark.parametrize(
    ("halves", "zh", "en"),
    [
        ("", "—", "—"),
        ("2026-12-02T1", "12-02 上午", "12-02 morning"),
        ("2026-12-02T2", "12-02 下午", "12-02 afternoon"),
        ("2026-12-02T1 2026-12-02T2", "12-02 全天", "12-02 all day"),
        ("2026-12-02T2 2026-12-03T1", "12-02 下午、12-03 上午", "12-02 afternoon, 12-03 morning"),
        ("2026-12-02T1 2026-12-02T2 2026-12-03T1", "12-02 全天、12-03 上午", "12-02 all day, 12-03 morning"),
        ("2026-12-02T1 2026-12-02T2 2026-12-03T1 2026-12-03T2", "12-02 – 12-03", "12-02 – 12-03"),
    ],
)
def test_half_days_in_words(halves, zh, en):
    """Half a day, a day, days in a row, in either language."""
    for lang, said in (("zh", zh), ("en", en)):
        with Flask(__name__).test_request_context(f"/?lang={lang}"):
            assert half_day_words(halves) == said
