"""Why a unit has its score (评分说明): the card sheet for the regulator; reasons with their records for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from supervision.domain.strata import CLASSES
from supervision.errors import UsageError
from supervision.law.rules import Law
from supervision.messages import Label, say
from supervision.month.assessing import cards_of
from supervision.month.city import City
from supervision.month.explained_class import differs_how, fields_of, say_fields_of
from supervision.month.industry_words import industry_label
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import SCORES, Step
from supervision.month.used_registers import EVIDENCE, OBJECTIONS, other_registers, others_of, undisputed
from supervision.risk import objections as objected
from supervision.risk.cards import Cards
from supervision.risk.class_bounds import CUTOFF, resolved_cutoff
from supervision.risk.classes import OVERRIDE, overridden
from supervision.risk.explanation import Explanation, explain
from supervision.risk.features import COLUMNS, tabulate, usable_evidence
from supervision.risk.grounds import ground_table
from supervision.risk.hysteresis import class_ranks
from supervision.risk.indicators import SECTIONS
from supervision.risk.past_rate import EVERY
from supervision.risk.record_use import RULE, within_terms
from supervision.risk.scorecard import REASONS

EXTRA = {"events": ("source",)}
SOON = 5  # next days on which a record leaves, shown to people; all of them in JSON
CHUNK = 200_000
NOT_SCORED = -1
GROUNDS = ("register", "date", "source", "until", "rule")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A unit's sheet with its class (评分明细与类别): `stored` tells whether the round gave it the same score.

    `kept`: the class before any override where it is not that of the score's rank alone, `why_kept` as `differs_how`;
    `fields`: as `fields_of`.
    """

    explanation: Explanation
    round: str
    on: date
    name: str
    class_: str
    by_score: str
    override: str
    stored: bool
    kept: str
    why_kept: str
    fields: list[dict[str, Any]]
    rehearsal: bool
    law: Law
    cards: Cards


def sheet_of(city: City, unit_id: str, *, round_id: str = "", rehearsal: bool = False, on: date | None = None) -> Sheet:
    """Explain a unit (评分说明) by a round's card on its evidence day, or on another day.

    Without `round_id` the latest round that was scored. On another day than the round's the class is what its cut-offs
    make of the score that day.
    """
    round = scored_round(city, round_id, rehearsal=rehearsal)
    day = on or round.evidence_day
    law = round.law if on is None else round.city.rules.on(day)
    entities, events, history = registers(city, day)
    objections = city.register(OBJECTIONS, on=day, columns=list(objected.COLUMNS))
    city.progress("month.explain", 0, 0)
    cards = cards_of(round)
    told = explain(entities, events, history, objections, unit_id=unit_id, on=day, law=law, cards=cards,
                   outcomes=round.code_lists.outcomes(), others=other_registers(city, day, law))  # fmt: skip
    scores = round.table(SCORES, ["unit_id", "score", "class", "override", "by_score", "mark"])
    mine = scores[scores["unit_id"] == unit_id]
    name = entities.loc[entities["unit_id"] == unit_id, "name"].iloc[0]
    given = scores["score"].to_numpy(dtype=np.int16)
    ranks = class_ranks(given, resolved_cutoff(law.value(CUTOFF), cards.general))
    by_score = int(ranks[given <= told.score].max(initial=0))
    same = len(mine) == 1 and int(mine["score"].iloc[0]) == told.score
    kept, scored = "", on is None and same
    if scored:
        kept = "" if (held := str(mine["by_score"].iloc[0])) == CLASSES[by_score] else held
        final, override = str(mine["class"].iloc[0]), mine["override"].iloc[0]
    else:
        used, _ = objected.without_disputed(events, history, objections, on=day, rule=law.value(objected.RULE))
        final_rank, said = overridden(np.array([by_score], dtype=np.int8), pd.Series([unit_id], dtype="str"),
                                 within_terms(used, law.value(RULE)), on=day, rule=law.value(OVERRIDE))  # fmt: skip
        final, override = CLASSES[int(final_rank[0])], said.iloc[0]
    return Sheet(
        explanation=told, round=round.id, on=day, name=str(name), class_=final,
        by_score=CLASSES[by_score], kept=kept, why_kept=differs_how(round, dict(mine.iloc[0])) if kept else "",
        fields=fields_of(round, unit_id, final, on=day, law=law, stored=scored),
        override="" if pd.isna(override) else str(override),
        stored=on is not None or same,
        rehearsal=round.is_rehearsal,
        law=law, cards=cards,
    )  # fmt: skip


def sheet(city: City, unit_id: str, *, round_id: str = "", rehearsal: bool = False, on: date | None = None) -> Report:
    """Tell the whole sheet of a unit (评分明细), for the regulator alone."""
    found = sheet_of(city, unit_id, round_id=round_id, rehearsal=rehearsal, on=on)
    told, report = found.explanation, Report(facts=_facts(found))
    report.say("month.explain_head", unit=unit_id, name=found.name, on=found.on, round=found.round)
    report.say("month.explain_sum", base=told.base, points=told.total - told.base, total=told.total, score=told.score)
    _say_card(city, found, report)
    _say_class(city, found, report)
    for one in told.raising(REASONS):
        report.say("month.explain_raises", words=Label(*one["words"]), above=f"{one['above']:+}")
    for one in told.lowering():
        report.say("month.explain_lowers", words=Label(*one["words"]), above=f"{one['above']:+}")
    for one in told.indicators:
        report.say("month.explain_indicator", words=Label(*one["words"]), points=f"{one['points']:+}")
        if one["register"] in ("others", "licences"):
            report.say(f"month.explain_{one['register']}")
        for row in one["rows"]:
            if row["register"] == "entities":
                report.say("month.explain_registered", known=row["known_on"])
            else:
                report.say("month.explain_row", **_words(city, row), known=row["known_on"], **_term(row))
    for row in told.left_out:
        report.say("month.explain_left_out", **_words(city, row), why=Label(*_why(row["why"])))
    for one in told.objections:
        report.say("month.explain_objection", number=one["objection_no"], filed=one["filed"],
                   state=_state(city, one["state"]), decided=one["decided"] or "–")  # fmt: skip
    for day, name, number in told.expiries()[:SOON]:
        report.say("month.explain_next", day=day, number=number, name=_label(told, name))
    return report


def _say_card(city: City, found: Sheet, report: Report) -> None:
    """Name the card where there are several."""
    section = found.explanation.section
    if section:
        card, industry = found.cards.own[section], industry_label(city.code_lists, section)
        report.say("month.explain_own_card", industry=industry, rows=card.rows, found=card.found)
    elif found.cards.own:
        report.say("month.explain_general_card")


def _say_class(city: City, found: Sheet, report: Report) -> None:
    report.say("month.explain_class", final=found.class_, by_score=found.by_score)
    if found.kept:
        report.say(f"month.explain_{found.why_kept}", kept=found.kept, by_score=found.by_score)
    if found.override:
        report.say("month.explain_override", event=_coded(city, "event_kind", found.override), **_override(found))
    say_fields_of(report, city.code_lists, found.fields)
    if not found.stored:
        report.say("month.explain_differs", round=found.round)


def reasons_of_all(round: Round, out: Path) -> Report:
    """Write everybody's reasons with the newest record behind each (全体评分理由) as CSV, internal."""
    round.need(Step.SCORE, "score")
    day, law, cards = round.evidence_day, round.law, cards_of(round)
    entities, events, history = registers(round.city, day)
    events, history = undisputed(round.city, day, law, events, history)
    evidence = usable_evidence(entities, within_terms(events, law.value(RULE)), history, on=day,
                               outcomes=round.code_lists.outcomes(), others=others_of(round))  # fmt: skip
    days = np.full(len(entities), np.datetime64(day, "D").astype(np.int64))
    moment = evidence.at(evidence.unit, days, backfill=False)
    features = tabulate(moment, index=entities.index)
    score, raising, lowering = cards.reasoned(features)
    chosen = np.column_stack([raising, lowering])
    recipes = {row.name: row.recipe for row in EVERY}
    grounds = ground_table(moment, [recipes[name] for name in cards.names], chosen)
    parts = _reason_rows(entities["unit_id"], score, features, cards, chosen, grounds)
    with out.open("w", encoding="utf-8", newline="") as target:
        for number, part in enumerate(parts):
            part.to_csv(target, index=False, header=number == 0, lineterminator="\r\n", date_format="%Y-%m-%d")
    report = Report(facts={"units": len(entities), "file": str(out)})
    stored = round.table(SCORES, ["unit_id", "score"]).set_index("unit_id")["score"]
    other = int((stored.reindex(entities["unit_id"], fill_value=NOT_SCORED).to_numpy() != score).sum())
    report.facts["differ"] = other
    report.say("month.explained_all", units=len(entities), file=out)
    if other:
        report.say("month.explained_differ", units=other, round=round.id)
    return report


def _reason_rows(units: pd.Series, score: np.ndarray[Any, Any], features: pd.DataFrame, cards: Cards,
                 chosen: np.ndarray[Any, Any], grounds: pd.DataFrame) -> Iterator[pd.DataFrame]:  # fmt: skip
    names = pd.array([*cards.names, None], dtype="str")
    sections = pd.array([*SECTIONS, None], dtype="str")
    for start in range(0, len(units), CHUNK):
        part = slice(start, start + CHUNK)
        some = features.iloc[part]
        points = np.column_stack([cards.above(some), np.zeros(len(some), dtype=np.int32)])
        columns: dict[str, Any] = {"unit_id": units.iloc[part].array, "score": score[part]}
        if cards.own:
            columns["card"] = sections.take(cards.sections(some).astype(np.int64), allow_fill=True)
        for k in range(chosen.shape[1]):
            which = chosen[part, k].astype(np.int64)
            columns[f"reason_{k + 1}"] = names.take(which, allow_fill=True)
            columns[f"above_{k + 1}"] = points[np.arange(len(some)), which]
            for name in GROUNDS:
                columns[f"{name}_{k + 1}"] = grounds[f"{name}_{k + 1}"].iloc[part].array
        yield pd.DataFrame(columns).rename(columns=lambda name: name.replace(f"_{REASONS + 1}", "_lowering"))


def registers(city: City, day: date) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return entities, events with their source, and history as known on a day (评分所用登记表)."""
    entities, events, history = (
        city.register(kind, on=day, columns=[*COLUMNS[kind], *EXTRA.get(kind, ())]) for kind in EVIDENCE
    )
    return entities, events, history


def scored_round(city: City, round_id: str, *, rehearsal: bool) -> Round:
    """Return a round that was scored (已评分轮次), the latest where none is named."""
    if round_id:
        round = city.round(round_id, rehearsal=rehearsal)
        round.need(Step.SCORE, "score")
        return round
    for found in reversed(list(city.rounds())):
        if found.is_rehearsal == rehearsal and found.has(Step.SCORE):
            return found
    raise UsageError("month.nobody_scored")


def _facts(found: Sheet) -> dict[str, object]:
    told = found.explanation
    return {
        "unit_id": told.unit_id, "name": found.name, "round": found.round, "on": found.on.isoformat(),
        "card": found.cards.general.kind, "own_card": told.section or None,
        "base": told.base, "points": told.total - told.base, "total": told.total,
        "score": told.score, "class": found.class_, "class_by_score": found.by_score, "as_scored": found.stored,
        "class_before_override": found.kept or found.by_score, "kept": found.why_kept or None, "fields": found.fields,
        "override": {"event": found.override, **_override(found, plain=True)} if found.override else None,
        "raises": [one["name"] for one in told.raising(REASONS)], "lowers": [one["name"] for one in told.lowering()],
        "indicators": [{k: v for k, v in one.items() if k != "rows"}
                       | {"rows": [_without_place(row) for row in one["rows"]]} for one in told.indicators],
        "left_out": told.left_out, "objections": told.objections,
        "expires": [{"day": day, "indicator": name, "number": number} for day, name, number in told.expiries()],
    }  # fmt: skip


def _without_place(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "place"}


def _override(found: Sheet, *, plain: bool = False) -> dict[str, object]:
    """The statutory reason and its basis, as the rule has them."""
    entries: list[dict[str, Any]] = found.law.value(OVERRIDE)
    entry = next(one for one in entries if one["event"] == found.override)
    reason = entry["reason"]
    words = Label(reason["zh"], reason["en"]) if isinstance(reason, dict) else Label(str(reason), str(reason))
    return {"reason": words.zh if plain else words, "rule": OVERRIDE, "basis": found.law.entry(OVERRIDE).basis}


def _label(told: Explanation, name: str) -> Label:
    return Label(*next(one["label"] for one in told.indicators if one["name"] == name))


def _coded(city: City, code_list: str, code: str) -> Label:
    known = city.code_lists.named(code_list).codes
    return known[code].label if code in known else Label(code, code)


def _words(city: City, row: dict[str, Any]) -> dict[str, object]:
    """What a row is, when, its number and its source, in words."""
    said = {"date": row["date"], "number": row["number"] or "–"}
    if row["register"] != "history":
        return said | {"kind": _coded(city, "event_kind", row["kind"]), "source": row["source"] or "–"}
    kind, result = _coded(city, "inspection_kind", row["kind"]), _coded(city, "result", row["result"])
    both = Label(f"{kind.zh}：{result.zh}", f"{kind.en}: {result.en}")
    return said | {"kind": both, "source": _coded(city, "department", row["source"])}


def _term(row: dict[str, Any]) -> dict[str, object]:
    return {"until": row["until"] or Label("无期限", "no term"), "leaves": row["leaves"] or Label("不限", "never")}


def _why(name: str) -> tuple[str, str]:
    return say(f"risk.why_{name}", "zh"), say(f"risk.why_{name}", "en")


def _state(city: City, code: str) -> Label:
    return Label("处理中", "open") if code == objected.OPEN else _coded(city, "objection_decision", code)


def without(sheet: Sheet, kinds: list[str]) -> Sheet:
    """Return a sheet without records of some kinds (剔除不告知的记录)."""
    told = sheet.explanation
    kept = [one | {"rows": [row for row in one["rows"] if row["kind"] not in kinds]} for one in told.indicators]
    left = [row for row in told.left_out if row["kind"] not in kinds]
    return replace(sheet, explanation=replace(told, indicators=kept, left_out=left))
