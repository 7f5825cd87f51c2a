"""Small registers for the tests of this stage."""

from types import SimpleNamespace

import numpy as np
import pandas as pd

from supervision.risk.other_registers import OtherRegisters

OUTCOMES = {"1": "clean", "5": "problem", "6": "could_not"}
NO_TERMS = None  # record_use: decided that records have no terms of their own
CUTOFF = {"B": 450, "C": 600, "D": 750}
KINDS = ["penalty", "abnormal", "dishonesty", "complaint", "annual_report", "court", "change", "opinion", "repair",
         "change_address", "sampling_failed", "trustworthy"]  # fmt: skip


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
        ["unit_id", "name", "type", "industry", "address", "region", "street", "tags", "legal_rep"],
        ["established", "licence_until", "last_annual_report", "capital_due", "known_on"],
        ["capital", "paid_capital", "employees"],
    )
    frame["above_scale"] = pd.array([row.get("above_scale", pd.NA) for row in filled], dtype="boolean")
    return frame


def events(*rows):
    """The register of events; known on the day that they happened unless said otherwise."""
    filled = [{"known_on": row["happened"], **row} for row in rows]
    return _frame(
        filled,
        ["unit_id", "kind", "event_no", "repaired_no"],
        ["happened", "until", "known_on"],
        ["severity", "amount"],
    )


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
    return _frame(
        filled, ["unit_id", "agency", "item_id", "kind", "result", "visit_no", "inspector"], ["date", "known_on"]
    )


def relations(*rows):
    """The register of relations; known since 2020, of a person, without end, unless said otherwise."""
    filled = [{"kind": "legal_rep", "known_on": "2020-01-01", **row} for row in rows]
    return _frame(filled, ["unit_id", "related", "kind"], ["from_date", "until_date", "known_on"], ["share"])


def licences(*rows):
    """The register of licences; known since 2020 and valid, unless said otherwise."""
    filled = [{"number": "1", "status": "valid", "known_on": "2020-01-01", **row} for row in rows]
    return _frame(filled, ["unit_id", "kind", "number", "status"], ["issued", "valid_until", "known_on"])


def others(*, linked=(), held=(), needed=None):
    """Relations, licences and what is needed."""
    return OtherRegisters(relations=relations(*linked), licences=licences(*held), needed=needed)


def random_others(seed, *, size=80):
    """Relations and licences of the same eight units, in several versions, some ended, some with a share."""
    rng = np.random.default_rng(seed)

    def day(low, high):
        return pd.Timestamp("2020-01-01") + pd.Timedelta(days=int(rng.integers(low, high)))

    def unit():
        return f"u{rng.integers(8)}"

    linked = []
    for _ in range(size):
        start = day(0, 2000)
        linked.append(
            {"unit_id": unit(), "related": str(rng.choice(["p1", "p2", "p3", "u1", "u7"])),
             "kind": str(rng.choice(["legal_rep", "investor"])), "from_date": start, "known_on": day(0, 2400),
             "until_date": rng.choice([pd.NaT, start + pd.Timedelta(days=int(rng.integers(1, 900)))]),
             "share": rng.choice([np.nan, 20.0, 60.0])}
        )  # fmt: skip
    held = [
        {"unit_id": unit(), "kind": str(rng.choice(["food_business", "medical_institution"])), "number": str(n % 20),
         "issued": day(0, 1500), "valid_until": day(900, 2600), "known_on": day(0, 2400),
         "status": str(rng.choice(["valid", "valid", "revoked", "cancelled"]))}
        for n in range(size)
    ]  # fmt: skip
    one_version = {(row["unit_id"], row["related"], row["kind"], row["known_on"]): row for row in linked}
    return others(
        linked=list(one_version.values()), held=held, needed=[{"industry": "C34", "licence": "food_business"}]
    )


def random_registers(seed, *, size=60):
    """Registers with rows of all kinds, known up to half a year after they happened; entities in several versions."""
    rng = np.random.default_rng(seed)

    def day(low, high):
        return (pd.Timestamp("2020-01-01") + pd.to_timedelta(rng.integers(low, high, size), unit="D")).tolist()

    def pick(values):
        return rng.choice(values, size).tolist()

    units = [f"u{number}" for number in range(8)]
    happened, visited = day(0, 2400), day(900, 2400)
    late = [pd.Timedelta(days=int(days)) for days in rng.integers(0, 180, size)]
    facts = zip(pick(units), pick(["x", "y"]), pick(["王", "李"]), day(0, 2400), strict=True)
    versions = [
        {"unit_id": unit, "established": "2015-05-05", "capital": 100, "address": address, "region": "1",
         "legal_rep": name, "known_on": known, "type": "企业", "industry": "C34", "employees": 5}
        for unit, address, name, known in facts
    ]  # fmt: skip
    records = [
        {"unit_id": unit, "kind": kind, "happened": when, "event_no": str(n), "severity": severity, "amount": 900.0,
         "until": until, "known_on": when + wait}
        for n, (unit, kind, when, severity, until, wait) in enumerate(
            zip(pick(units), pick(KINDS), happened, pick([0, 1, 2, 3]), day(600, 4000), late, strict=True))
    ]  # fmt: skip
    reasons = pick(["routine", "special", "for_cause"])
    visits = [
        {"unit_id": unit, "date": when, "result": result, "kind": kind, "known_on": when + wait, "item_id": f"m-{n}"}
        for n, (unit, when, result, kind, wait) in enumerate(
            zip(pick(units), visited, pick(["1", "5", "6"]), reasons, late, strict=True))
    ]  # fmt: skip
    first = [{"unit_id": unit, "known_on": "2019-06-01", "address": "x", "region": "1"} for unit in units]
    return entities(*first, *versions), events(*records), history(*visits)
