"""Small registers for the tests of this stage."""

from types import SimpleNamespace

import pandas as pd

OUTCOMES = {"1": "clean", "5": "problem", "6": "could_not"}
CUTOFF = {"B": 450, "C": 600, "D": 750}


def law(**values):
    """A law that says only these shared rules."""
    return SimpleNamespace(value=lambda rule: values[rule.removeprefix("shared/")])


def _frame(rows, texts, dates, numbers=()):
    names = [*texts, *dates, *numbers]
    frame = pd.DataFrame(rows, columns=names if not rows else None).reindex(columns=names)
    for name in texts:
        frame[name] = frame[name].astype("str")
    for name in dates:
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    for name in numbers:
        frame[name] = frame[name].astype("float64")
    return frame


def entities(*rows):
    """The register of units; each row a dict, what is not given is missing."""
    filled = [{"known_on": "2020-01-01", **row} for row in rows]
    frame = _frame(
        filled,
        ["unit_id", "type", "industry", "address", "region", "legal_rep"],
        ["established", "licence_until", "last_annual_report", "known_on"],
        ["capital", "paid_capital", "employees"],
    )
    frame["above_scale"] = pd.array([row.get("above_scale", pd.NA) for row in filled], dtype="boolean")
    return frame


def events(*rows):
    """The register of events; known on the day that they happened unless said otherwise."""
    filled = [{"known_on": row["happened"], **row} for row in rows]
    return _frame(filled, ["unit_id", "kind", "event_no"], ["happened", "until", "known_on"], ["severity", "amount"])


def history(*rows):
    """The register of past inspections; routine ones of one item, known the next day unless said otherwise."""
    filled = [
        {
            "agency": "market",
            "item_id": "m-1",
            "kind": "routine",
            "known_on": pd.Timestamp(row["date"]) + pd.Timedelta(days=1),
            **row,
        }
        for row in rows
    ]
    return _frame(filled, ["unit_id", "agency", "item_id", "kind", "result", "inspector"], ["date", "known_on"])
