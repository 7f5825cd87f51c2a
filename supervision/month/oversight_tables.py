"""Tables of a report (报告各表): what each round, class, cap, signal and office comes to."""

from __future__ import annotations

from typing import Any

import pandas as pd

from supervision.domain.publication import CLOCK
from supervision.messages import say
from supervision.month import oversight_shares as shares
from supervision.month.annual_counts import COUNTS
from supervision.month.monitored_groups import RULE as MONITORED
from supervision.month.monitored_groups import judged, limits_of
from supervision.month.oversight_duties import PLANNED, UNPLANNED
from supervision.month.oversight_parts import known_offices
from supervision.month.oversight_period import Period
from supervision.notice.report_content import COUNT, NUMBER, SHARE, TEXT, Column, Share, Table
from supervision.results.deadlines import STATES
from supervision.results.oversight import all_offices
from supervision.sampling.frame.past_visits import ALL
from supervision.tables import tuples

PLAN = {name: {"planned": "batches_planned", "published": "units_public"}.get(name, name) for name in COUNTS}


def rounds(period: Period) -> Table:
    """Return the rounds (各轮次): what was asked and held, and what was found beside what the estimates say."""
    names = {"duties": COUNT, "done": COUNT, "planned": COUNT, "unplanned": COUNT, "visits": COUNT, "saved": COUNT}
    more = {"hit": SHARE, "estimate": TEXT, "equal": NUMBER, "times": NUMBER}
    rows = []
    for round in period.rounds:
        duties, doors = (one[one["round"] == round.id] for one in (period.duties, period.doors))
        estimates = period.inside[period.inside["round"] == round.id]
        done = len(duties) - duties["state"].isin([PLANNED, UNPLANNED]).sum()
        rows.append(
            {
                "name": round.id,
                "duties": len(duties),
                "done": int(done),
                "planned": int(duties["state"].eq(PLANNED).sum()),
                "unplanned": int(duties["state"].eq(UNPLANNED).sum()),
                "visits": int(doors["visit_id"].nunique()),
                "saved": shares.saved(doors),
                "hit": found_of(estimates, "all"),
                "estimate": _estimate(estimates[estimates["kind"] == "all"]),
                "equal": equal_of(estimates),
                "times": times_of(estimates),
            }
        )
    return _table("rounds", {"name": TEXT, **names, **more}, rows)


def found_of(estimates: pd.DataFrame, kind: str, key: str = "") -> Share:
    """Return what was found, unweighted, of the lines of a kind (直接发现率), over all rounds together."""
    own = estimates[estimates["kind"].eq(kind) & estimates["key"].eq(key)]
    reported = int(own["reported"].sum())
    return shares.share(int(own["found"].sum()), reported, reported)


def equal_of(estimates: pd.DataFrame) -> float | None:
    """Return what as many units drawn with equal chances would have found (等概率可发现), task by task added up."""
    own = estimates[estimates["kind"] == "task"]["equal_found"].dropna()
    return float(own.sum()) if len(own) else None


def times_of(estimates: pd.DataFrame) -> float | None:
    """Return how often more was found than equal chances would have (命中倍数)."""
    equal, tasks = equal_of(estimates), estimates[(estimates["kind"] == "task") & estimates["equal_found"].notna()]
    return float(tasks["found"].sum() / equal) if equal else None


def _estimate(lines: pd.DataFrame) -> str | None:
    """The weighted share of a single line with its limits."""
    if lines.empty or lines["share"].isna().any():
        return None
    low, share, high = (f"{100 * lines[name].iloc[0]:.1f}" for name in ("low", "share", "high"))
    return f"{share} %（{low}–{high}）"


def classes(period: Period) -> Table:
    """Return hit rates by class (各类别命中率), all rounds together; of a single round also its estimates."""
    own = period.inside[period.inside["kind"] == "class"]
    rows = []
    for key in sorted(own["key"].unique()):
        lines = own[own["key"] == key]
        drawn, reported = (int(lines[name].sum()) for name in ("drawn", "reported"))
        estimate = _estimate(lines) if len(period.rounds) == 1 else None
        figures = {"drawn": drawn, "done": reported, "hit": found_of(own, "class", key), "estimate": estimate}
        rows.append({"class": key or say("notice.estimate.unsaid"), **figures})
    kinds = {"class": TEXT, "drawn": COUNT, "done": COUNT, "hit": SHARE, "estimate": TEXT}
    return _table("classes", kinds, rows, chart="hit")


def publication(period: Period) -> Table:
    """Return how long results took to become public (公示用时), by agency: days from the visit's end, and the clock."""
    rows = []
    for code in shares.ordered(period.clock["agency"].unique(), period.newest.code_lists.codes("department")):
        own = period.clock[period.clock["agency"] == code]
        days = own["days"].dropna()
        row: dict[str, Any] = {"name": _label(period, "department", code), "results": len(own)}
        row |= {state: int(own["state"].eq(state).sum()) for state in STATES}
        row |= {
            "median": float(days.median()) if len(days) else None,
            "longest": int(days.max()) if len(days) else None,
        }
        rows.append({**row, "in_time": shares.in_time(own)})
    kinds = {"name": TEXT, "results": COUNT, **dict.fromkeys(CLOCK, COUNT), "in_time": SHARE}
    return _table("publication", {**kinds, "median": NUMBER, "longest": COUNT}, rows, chart="in_time")


def caps(period: Period) -> Table:
    """Return the yearly caps (频次上限): of how many units each is kept, used up or exceeded by now."""
    rows = [
        {
            "name": say("month.ledger_all_agencies")
            if one.cap.agency == ALL
            else _label(period, "department", one.cap.agency),
            "rule": one.cap.rule,
            "most": one.cap.per_year,
            "units": int(one.units.sum()),
            "full": int((one.units & (one.left == 0)).sum()),
            "over": int((one.units & (one.left < 0)).sum()),
        }
        for one in sorted(period.ledger.usage, key=lambda one: (one.cap.rule, one.cap.agency))
    ]
    return _table("caps", {"name": TEXT, "rule": TEXT, **dict.fromkeys(("most", "units", "full", "over"), COUNT)}, rows)


def alarms(period: Period) -> Table:
    """Return the warnings that were raised (预警): of each signal how many, closed, open, and open past their day."""
    today, rows = pd.Timestamp(period.city.now().date()), []
    for code in shares.ordered(period.warnings["signal"].unique(), period.newest.code_lists.codes("warning_signal")):
        own = period.warnings[period.warnings["signal"] == code]
        still = own["is_open"].astype("bool")
        late = still & own["due"].lt(today)
        figures = {"raised": len(own), "closed": int((~still).sum()), "open": int(still.sum()), "late": int(late.sum())}
        rows.append({"name": _label(period, "warning_signal", code), **figures})
    return _table("alarms", {"name": TEXT, **dict.fromkeys(("raised", "closed", "open", "late"), COUNT)}, rows)


def otherwise(period: Period) -> Table:
    """Return what went otherwise than drawn (监督计数): step-ins first, of all offices together."""
    totals = tuples(all_offices(period.counts), "kind", "number", "of")
    rows = [
        {"name": say(f"notice.oversight.{kind}"), "number": number, "of": of, "share": shares.share(number, of)}
        for kind, number, of in totals
    ]
    return _table("otherwise", {"name": TEXT, "number": COUNT, "of": COUNT, "share": SHARE}, rows)


def loads(period: Period) -> Table:
    """Return the load of the offices (各机构负荷) in inspector-half-days, the heaviest first."""
    offices = known_offices(period)
    rows = [
        {"name": offices[office].name, "bound": bound, "available": there, "load": shares.plain(bound, there)}
        for office, bound, there in tuples(period.loads, "office", "bound", "available")
    ]
    rows.sort(key=lambda row: (-(row["load"].value or 0), row["name"]))
    return _table("loads", {"name": TEXT, "bound": COUNT, "available": COUNT, "load": SHARE}, rows, chart="load")


def fairness(period: Period) -> Table:
    """Return who was drawn by district, kind and size (抽取公平性), beside what the chances let expect."""
    law = period.city.rules.on(period.city.now().date())
    limits, rows = limits_of(law.value(MONITORED)), []
    for group in period.groups:
        told = judged(group, limits, period.newest.code_lists)
        figures = {name: told[name] for name in ("framed", "drawn", "expected", "low", "high")}
        state = say(f"notice.report.state.{told['state']}")
        label = {"by": say(f"month.monitor_by_{told['dimension']}"), "name": told["label"][0]}
        rows.append({**label, **figures, "state": state})
    kinds = {
        "by": TEXT,
        "name": TEXT,
        "framed": COUNT,
        "drawn": COUNT,
        "expected": NUMBER,
        "low": NUMBER,
        "high": NUMBER,
    }
    return _table("fairness", {**kinds, "state": TEXT}, rows)


def plan(period: Period) -> Table:
    """Return how far the year's plan is (年度计划执行), by department: none where none is approved."""
    rows = []
    for code, counts in period.plan.items():
        begun = shares.plain(counts["begun"], counts["planned"])
        figures = {column: counts[name] for name, column in PLAN.items()}
        rows.append({"name": _label(period, "department", code), **figures, "batches": begun})
    return _table("plan", {"name": TEXT, **dict.fromkeys(PLAN.values(), COUNT), "batches": SHARE}, rows)


def _table(name: str, kinds: dict[str, str], rows: list[dict[str, Any]], chart: str = "") -> Table:
    return Table(
        name=name, columns=[Column(name=key, kind=kind) for key, kind in kinds.items()], rows=rows, chart=chart
    )


def _label(period: Period, name: str, code: str) -> str:
    """The name of a code; one that no list has stands as it is."""
    row = period.newest.code_lists.named(name).codes.get(code)
    return row.label.zh if row else code
