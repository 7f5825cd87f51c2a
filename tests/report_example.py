"""A small report, for the tests of what it says, of its extract and of its files."""

from supervision.notice.report_content import COUNT, NUMBER, SHARE, TEXT, Column, Content, Share, Table

RULE = {"least_units": 30, "least_found": 5, "least_reported": "80%"}


def share(number, of, units=None, **limits):
    """A share that rests on as many units as it has cases, where nothing else is said."""
    return Share(number=number, of=of, units=of if units is None else units, **limits)


def columns(**kinds):
    """Columns by name and kind."""
    return [Column(name=name, kind=kind) for name, kind in kinds.items()]


def part(name, units, done, *, joint=None, in_time=None):
    """A department or district: of its units so many are done."""
    figures = {"fulfilled": share(done, units), "joint": joint or share(0, units), "in_time": in_time or share(0, 0)}
    return {"name": name, "units": units, **figures, "hit": share(1, units), "alarms": 2}


def fields(*rows):
    """The table of fields, of rows of `part` with a share with a problem each."""
    kinds = {"name": TEXT, "units": COUNT, "fulfilled": SHARE, "hit": SHARE}
    return Table(name="fields", columns=columns(**kinds), rows=rows)


def content(*, departments=(), districts=(), of_fields=(), whole=None, **others):
    """A report with these tables, one of classes, and one without rows."""
    kinds = {"name": TEXT, "units": COUNT, "fulfilled": SHARE, "joint": SHARE, "hit": SHARE, "in_time": SHARE}
    parts = columns(**kinds, alarms=COUNT)
    classes = [{"class": "D", "hit": share(3, 9, low=121, high=646), "drawn": 9}]
    tables = [
        Table(name="departments", columns=parts, rows=departments, chart="fulfilled"),
        Table(name="districts", columns=parts, rows=districts, chart="fulfilled"),
        Table(
            name="classes", columns=columns(**{"class": TEXT, "hit": SHARE, "drawn": COUNT}), rows=classes, chart="hit"
        ),
        Table(name="satisfaction", columns=columns(name=TEXT, answers=COUNT), rows=[]),
        Table(name="rounds", columns=columns(name=TEXT, times=NUMBER), rows=[{"name": "2026-12", "times": 1.26}]),
        fields(*of_fields),
    ]
    key = {
        "fulfilled": whole or share(90, 120),
        "joint": share(40, 100),
        "saved": 1234,
        "hit": share(7, 90, low=38, high=153),
        "times": 1.26,
        "in_time": share(0, 0),
        "beyond": 2,
        "for_cause": share(3, 29),
        "stepped_in": share(1, 200),
        "satisfaction": None,
    }
    given = {"city": "演示市", "period": "2026-12", "rehearsal": False, "on": "2026-12-31", "rounds": ["2026-12"]}
    return Content(**given | {"key": key, "tables": tables} | others)
