"""Backtest (回测): the method tried on later time, on the store's registers or on anybody's files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from supervision.canonical import canonical_json
from supervision.errors import UsageError
from supervision.law.code_lists import CodeLists
from supervision.month.backtest_files import read_all, say_of_files
from supervision.month.city import City
from supervision.month.industry_words import industry_label
from supervision.month.mapped_files import Asked
from supervision.month.output_folder import write_whole
from supervision.month.report import Report
from supervision.month.used_registers import undisputed
from supervision.notice.site.pages import render
from supervision.results.oversight import wilson
from supervision.risk.expert_card import expert_card
from supervision.risk.features import COLUMNS
from supervision.risk.learning import SEED
from supervision.risk.other_registers import OtherRegisters
from supervision.risk.rolling import RULES, Month, by_class, compare, months_between, reliability, roll
from supervision.risk.scorecard import Scorecard

PREDICTIONS = ["unit_id", "month", "score", "class", "outcome"]
STRONGEST = 15


def backtest(
    city: City,
    *,
    first: date,
    last: date,
    out: Path,
    files: Mapping[str, Path] | None = None,
    asked: Mapping[str, Asked] | None = None,
    partial: bool = False,
) -> Report:
    """Learn before each month and ask about it (逐月回测) from what was known on the eve of each.

    Writes report.html, report.json, model_card.html (one page) and predictions.csv.

    Parameters
    ----------
    city : City
        Its store, rules and code lists.
    first, last : date
        Months from and to, days of them do not count.
    out : Path
        Folder for the results.
    files : mapping, optional
        Files of the registers `history`, `entities` and, if any, `events`, instead of the store's own.
    asked : mapping, optional
        How files of other sources are to be read, by kind; names of units are looked up in the file of `entities`.
    partial : bool
        Go on without rows that are rejected, and say how many they are.

    Raises
    ------
    UsageError
        Nobody was visited in these months; a file has rows that are rejected, and `partial` is not said.
    """
    read = read_all(city, files or {}, asked or {}, partial=partial)
    tables = {kind: one.rows[list(COLUMNS[kind])] for kind, one in read.items()}
    day = max(last + timedelta(days=31), city.now().date()) if files else city.now().date()
    for kind, columns in COLUMNS.items():
        if kind not in tables:
            since = date(1900, 1, 1) if files else day
            tables[kind] = city.register(kind, on=since, columns=list(columns))
    law = city.rules.on(city.now().date())
    if not files:
        tables["events"], tables["history"] = undisputed(city, day, law, tables["events"], tables["history"])
    wanted = months_between(first, last)
    months: list[Month] = []
    for one in roll(
        tables["entities"],
        tables["events"],
        tables["history"],
        months=wanted,
        outcomes=city.code_lists.outcomes(),
        record_use=law.value("shared/record_use"),
        cutoff=law.value("shared/risk_cutoff"),
        expert=expert_card(law.value("shared/expert_card")),
        minimum=law.value("shared/outcome_minimum"),
        seed=SEED,
        own=law.value("shared/industry_card"),
        others=OtherRegisters(
            relations=tables["relations"], licences=tables["licences"], needed=law.value("shared/licence_needed")
        ),
    ):
        months.append(one)
        city.progress("month.backtest", len(months), len(wanted))
    if not months:
        raise UsageError("month.backtest_nobody", first=f"{first:%Y-%m}", last=f"{last:%Y-%m}")
    rows = pd.concat([one.rows for one in months], ignore_index=True)
    told = _told(months, rows, city.code_lists)
    write_whole(out / "predictions.csv", rows[PREDICTIONS].to_csv(index=False, lineterminator="\r\n").encode())
    write_whole(out / "report.json", canonical_json(_texts(told)))
    page = {**told, "rules": RULES, "made": city.now().date()}
    write_whole(out / "report.html", render("backtest", page))
    write_whole(out / "model_card.html", render("model_card", page))
    report = Report(facts={**told, "out": str(out)})
    say_of_files(read, out, report)
    _say(report, out, told)
    return report


def _told(months: list[Month], rows: pd.DataFrame, names: CodeLists) -> dict[str, Any]:
    """What the report says, in JSON values."""
    latest = months[-1]
    return {
        "months": [
            {
                "month": f"{one.month:%Y-%m}",
                "card": one.method,
                "own_cards": sorted(one.cards.own),
                "units": len(one.rows),
                "found": int(one.rows["outcome"].sum()),
            }
            for one in months
        ],
        "units": len(rows),
        "found": int(rows["outcome"].sum()),
        "rules_compared": compare(rows, seed=SEED),
        "reliability": reliability(rows),
        "classes": _classes(rows),
        "card": _card(latest.cards.general, latest.method),
        "own_cards": [
            {"section": section, "label": list(industry_label(names, section))} | _card(card, latest.method)
            for section, card in sorted(latest.cards.own.items())
        ],
    }


def _classes(rows: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """The yield of each class, with Wilson's limits."""
    classes: dict[str, dict[str, Any]] = {}
    for name, one in by_class(rows).items():
        limits = wilson(int(one["found"] or 0), int(one["rows"] or 0))
        low, high = (limits[0] / 1000, limits[1] / 1000) if limits else (None, None)
        classes[name] = {**one, "low": low, "high": high}
    return classes


def _card(card: Scorecard, method: str) -> dict[str, object]:
    """The model card: what it was learned from, and what its indicators can give and take."""
    spans = [
        {
            "label": list(one.wording.label),
            "least": min(*one.points, one.unknown),
            "most": max(*one.points, one.unknown),
        }
        for one in card.features
    ]
    ranked = sorted(spans, key=lambda one: int(str(one["least"])) - int(str(one["most"])))
    return {
        "method": method,
        "digest": hashlib.sha256(card.to_json()).hexdigest(),
        "rows": card.rows,
        "found": card.found,
        "latest": card.latest,
        "base": card.base,
        "indicators": [one for one in ranked if one["most"] != one["least"]][:STRONGEST],
    }


def _texts(value: object) -> object:
    """Numbers with a point as texts: canonical JSON has integers only."""
    if isinstance(value, dict):
        return {str(name): _texts(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_texts(part) for part in value]
    return f"{value:.4f}" if isinstance(value, float) else value


def _say(report: Report, out: Path, told: Mapping[str, Any]) -> None:
    report.say("month.backtested", units=told["units"], found=told["found"], folder=out)
    for name, one in told["rules_compared"].items():
        report.say(f"month.backtest_{name}", auc=one["auc"], ap=one["average_precision"], hits=one["found_per_100"])


def month_of(text: str) -> date:
    """Return the first day of a month (月份): `2026-03`."""
    try:
        return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 – a month has no zone
    except ValueError as error:
        raise UsageError("month.not_a_month", text=text) from error
