"""Monitoring of the scorecard (评分监测): is it still used on what it was learned on, and does it still say what comes.

Internal: classes and chances are not for the public. What rests on too few is said to be too few.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from supervision.domain.strata import CLASSES
from supervision.errors import UsageError
from supervision.messages import Label, Message
from supervision.month import round_files as files
from supervision.month.assessing import cards_of
from supervision.month.industry_words import industry_label
from supervision.month.monitored import CameIn, Heard, features_of, groups_of, heard_in, learned_from, visits_of
from supervision.month.monitored_groups import (
    ALARM,
    FAR,
    FEW,
    FINE,
    RULE,
    WATCH,
    WIDE,
    judged,
    limits_of,
    round_share,
)
from supervision.month.output_folder import write_whole
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.notice.site.pages import render
from supervision.results.oversight import wilson
from supervision.risk.cards import GENERAL, Cards
from supervision.risk.indicators import SECTIONS
from supervision.risk.stability import moves, outside, shift
from supervision.risk.training import RECENT_DAYS
from supervision.risk.training_set import Training

UNUSED, UNJUDGED, CAME = "unused", "unjudged", "came"
MONTHS_BACK = 12
Row = dict[str, Any]


def monitor(round: Round, *, base: Round | None = None, out: Path | None = None) -> Report:
    """Say how a round's scorecard stands (评分监测), beside its training rows and an earlier round.

    Parameters
    ----------
    round : Round
        A round that is scored.
    base : Round, optional
        The earlier round; without one the last real round before it that was scored, if any.
    out : Path, optional
        Where `internal/monitor-<round>.html` is written, of a rehearsal `monitor-<round>.rehearsal.html`.

    Raises
    ------
    UsageError
        The base is not earlier.
    SupervisionError
        `month.monitor_rule`: the rule shared/monitor_limits has another shape.
    """
    round.need(Step.SCORE, "score")
    base = base or _before(round)
    if base is not None:
        base.need(Step.SCORE, "score")
        if base.evidence_day >= round.evidence_day:
            raise UsageError("month.monitor_base", base=base.id, round=round.id)
    city, cards = round.city, cards_of(round)
    card = cards.general
    limits = limits_of(city.rules.on(city.now().date()).value(RULE))
    city.progress("month.monitor", 0, 0)
    features = features_of(round)
    training = learned_from(round) if card.rows else None
    came = CameIn(round)
    told: Row = {
        "round": round.id,
        "on": round.evidence_day.isoformat(),
        "rehearsal": round.is_rehearsal,
        "card": {"kind": card.kind, "rows": card.rows, "found": card.found, "latest": card.latest},
        "base": base.id if base else None,
        "limits": limits,
        "own_cards": _own_cards(round, cards, features),
        "stability": _stability(round, cards, features, training, base, limits, came),
        "outside": _outside(round, cards, features, training, limits, came),
        "calibration": _calibration(round, cards, training, limits),
        "moves": _moves(base, round),
        "selection": [judged(one, limits, round.code_lists) for one in groups_of(round)],
    }
    report = Report(facts=told)
    _say(report, told)
    if out is not None:
        place = out / "internal" / f"monitor-{round.key}.html"
        write_whole(place, render("monitor", {**told, "classes": CLASSES, "made": city.now().date()}))
        report.say("month.monitor_page", page=place)
    return report


def _before(round: Round) -> Round | None:
    earlier = [
        one for one in round.city.rounds()
        if not one.is_rehearsal and one.has(Step.SCORE) and one.evidence_day < round.evidence_day
    ]  # fmt: skip
    return max(earlier, key=lambda one: one.evidence_day, default=None)


def _own_cards(round: Round, cards: Cards, features: pd.DataFrame) -> list[Row]:
    """The industries that have a card of their own, what it was learned from, and how many units it scores."""
    units = {section: int(mine.sum()) for section, _, mine in cards.split(features)}
    return [
        {"section": section, "label": _label(round, section, ("", "")), "rows": one.rows, "found": one.found,
         "latest": one.latest, "units": units.get(section, 0)}
        for section, one in sorted(cards.own.items())
    ]  # fmt: skip


def _label(round: Round, section: str, label: Sequence[str]) -> list[str]:
    """A label beside the name of the industry whose card it is of; alone of the general card."""
    if section == GENERAL:
        return list(label)
    names = industry_label(round.code_lists, section)
    return [" · ".join(text for text in (name, one) if text) for name, one in zip(names, label, strict=True)]


def _stability(round: Round, cards: Cards, features: pd.DataFrame, training: Training | None, base: Round | None,
               limits: Mapping[str, int], came: CameIn) -> list[Row]:  # fmt: skip
    """The score and each indicator of each card, against its latest training rows and against the earlier round.

    The latest alone, as for the card's base: years ago less was known of everybody. An indicator without points is
    shown and not judged, for the score does not hear of it. One that nobody had then, because its register came in
    later, cannot be compared, nor can the score that counts it.
    """
    compared: list[tuple[str, pd.DataFrame, Heard]] = []
    if training is not None:
        recent = training.date > training.date.max() - np.timedelta64(RECENT_DAYS, "D")
        compared.append(("training", training.features[recent], heard_in(training, recent)))
    if base is not None:
        earlier = features_of(base)
        compared.append((base.id, earlier, lambda name: np.full(len(earlier), (earlier[name] >= 0).any())))
    rows = []
    for name, before, known in compared:
        found = []
        now = {section: mine for section, _, mine in cards.split(features)}
        for section, card, then in cards.split(before):
            mine = now.get(section, np.zeros(len(features), dtype=np.bool_))
            for one in card.features:
                today = features[one.name].to_numpy()[mine]
                told = known(one.name) | (today < 0).all()  # what nobody has even now did not come in late
                values = before[one.name].to_numpy()[then & told], today
                label = _label(round, section, one.wording.label)
                row = _shifted(one.name, label, name, *values, limits, up_to=one.up_to)
                late = row["state"] == FEW and not told[then].all() and bool((values[1] >= 0).any())
                if late:
                    row |= {"state": CAME, "since": came.since(one.name)}
                scores_nothing = len({*one.points, one.unknown}) == 1
                found.append(row | {"state": UNUSED} if scores_nothing and row["state"] not in (FEW, CAME) else row)
                found[-1]["counts"] = not scores_nothing
        score = _shifted("score", ["评分", "score"], name, cards.score(before), cards.score(features), limits)
        late_ones = [one["since"] or "" for one in found if one["state"] == CAME and one.pop("counts")]
        if late_ones and score["state"] != FEW:
            score |= {"state": CAME, "since": max(late_ones) or None}
        rows += [score, *({key: value for key, value in one.items() if key != "counts"} for one in found)]
    return rows


def _shifted(name: str, label: list[str], against: str, before: NDArray[Any], now: NDArray[Any],
             limits: Mapping[str, int], *, up_to: Sequence[int] = ()) -> Row:  # fmt: skip
    row: Row = {"name": name, "label": label, "against": against, "before": len(before), "now": len(now)}
    if min(len(before), len(now)) < limits["least_units"]:
        return {**row, "psi": None, "chance": None, "state": FEW}
    one = shift(before, now, up_to=up_to)
    sure = one.psi if one.psi > one.chance else 0.0
    state = ALARM if 100 * sure >= limits["psi_alarm"] else WATCH if 100 * sure >= limits["psi_watch"] else FINE
    return {**row, "psi": one.psi, "chance": one.chance, "state": state}


def _outside(round: Round, cards: Cards, features: pd.DataFrame, training: Training | None,
             limits: Mapping[str, int], came: CameIn) -> list[Row]:  # fmt: skip
    """Units with values that their card never learned from: any of its indicators first, then each, card by card.

    The general card learned from all inspections, those of industries with a card of their own among them. What no
    inspection knew, because its register came in later, is said and counted for nobody.
    """
    if training is None:
        return []
    anything = np.zeros(len(features), dtype=np.bool_)
    rows = []
    for section, card, mine in cards.split(features):
        learned = training.features
        if section != GENERAL:
            learned = learned[cards.sections(learned) == SECTIONS.index(section)]
        for one in card.features:
            codes = {one.name} if one.wording.form == "code" else set()
            now = pd.DataFrame({one.name: features[one.name].to_numpy()[mine]})
            flag = outside(learned[[one.name]], now, codes=codes)[one.name]
            row = _beyond(one.name, _label(round, section, one.wording.label), flag, len(learned), limits)
            if row["state"] != FEW and flag.any() and not (learned[one.name] >= 0).any():
                row |= {"state": CAME, "since": came.since(one.name)}
            else:
                anything[mine] |= flag
            rows.append(row)
    return [_beyond("any", ["任一指标", "any indicator"], anything, len(training.found), limits), *rows]


def _beyond(name: str, label: list[str], flag: NDArray[np.bool_], learned: int, limits: Mapping[str, int]) -> Row:
    share = float(flag.mean()) if len(flag) else 0.0
    enough = min(len(flag), learned) >= limits["least_units"]
    state = FEW if not enough else WATCH if 100 * share > limits["outside_percent"] else FINE
    return {"name": name, "label": label, "units": int(flag.sum()), "share": round(share, 4), "state": state}


def _calibration(round: Round, cards: Cards, training: Training | None, limits: Mapping[str, int]) -> list[Row]:
    """Estimated and observed shares: by month of the training rows, then by month and class of later visits."""
    rows = []
    if training is not None:
        chance = cards.probability(cards.score(training.features))
        months = training.date.astype("datetime64[M]")
        for month in np.unique(months)[-MONTHS_BACK:]:
            mine = months == month
            rows.append(_observed(str(month), "training", "", chance[mine], training.found[mine] == 1, limits))
    earlier = [one for one in round.city.rounds() if not one.is_rehearsal and one.has(Step.SCORE)]
    for one in [*(one for one in earlier if one.evidence_day < round.evidence_day), round]:
        visits = visits_of(one, known=round.city.now().date())
        for name in ("", *CLASSES):
            mine = visits if not name else visits[visits["class"] == name]
            chance, found = mine["chance"].to_numpy(), mine["found"].to_numpy(dtype=np.bool_)
            rows.append(_observed(one.name.month, "later", name, chance, found, limits))
    return rows


def _observed(month: str, part: str, name: str, chance: NDArray[np.float64], found: NDArray[np.bool_],
              limits: Mapping[str, int]) -> Row:  # fmt: skip
    visits, hits = len(found), int(found.sum())
    row: Row = {"month": month, "part": part, "class": name, "visits": visits, "found": hits}
    if visits < limits["least_visits"]:
        return {**row, "estimated": None, "observed": None, "low": None, "high": None, "state": FEW}
    low, high = wilson(hits, visits) or (0, 0)
    told = {"observed": round_share(hits / visits), "low": low / 1000, "high": high / 1000}
    if np.isnan(chance).any():
        return {**row, "estimated": None, **told, "state": UNJUDGED}
    away = abs(hits - chance.sum()) / max(1e-9, float(np.sqrt((chance * (1 - chance)).sum())))
    state = ALARM if away > FAR else WATCH if away > WIDE else FINE
    return {**row, "estimated": round_share(float(chance.mean())), **told, "state": state}


def _moves(base: Round | None, round: Round) -> Row | None:
    if base is None:
        return None
    before, now = (one.table(files.SCORES, ["unit_id", "class"]).set_index("unit_id")["class"] for one in (base, round))
    table = moves(before, now, CLASSES)
    both = sum(sum(row.values()) for row in table.values())
    up, down = (
        sum(many for a, row in table.items() for b, many in row.items() if (b > a if worse else b < a))
        for worse in (True, False)
    )
    return {"table": table, "both": both, "worse": up, "better": down, "new": len(now) - both,
            "gone": len(before) - both}  # fmt: skip


def _say(report: Report, told: Row) -> None:
    """The text table: what is out of line by name, and how many rows were looked at."""
    report.say("month.monitored", round=told["round"], on=told["on"], base=told["base"] or "–")
    for part in ("stability", "outside", "calibration", "selection"):
        rows = told[part]
        if not rows:
            report.say("month.monitor_nothing", part=Message.of(f"month.monitor_{part}"))
            continue
        many = {state: sum(row["state"] == state for row in rows) for state in (FINE, WATCH, ALARM, FEW)}
        report.say("month.monitor_part", part=Message.of(f"month.monitor_{part}"), **many)
        for row in rows:
            if row["state"] == CAME:
                report.say("month.monitor_came", label=Label(*row["label"]), since=row["since"] or "–")
            if row["state"] in (WATCH, ALARM):
                state = Message.of(f"month.monitor_{row['state']}")
                report.say(f"month.monitor_row_{part}", state=state, **_worded(row))
    if told["moves"] is None:
        report.say("month.monitor_no_base")
        return
    one = told["moves"]
    report.say("month.monitor_moves", **{name: one[name] for name in ("both", "worse", "better", "new", "gone")})


def _worded(row: Row) -> Row:
    shares: Row = {
        name: f"{100 * row[name]:.1f}%" for name in ("estimated", "observed", "share") if row.get(name) is not None
    }
    if "label" in row and isinstance(row["label"], list):
        shares["label"] = Label(*row["label"])
    if "dimension" in row:
        shares["dimension"] = Message.of(f"month.monitor_by_{row['dimension']}")
    if "class" in row:
        shares["class"] = row["class"] or "A–D"
    if row.get("against") == "training":
        shares["against"] = Message.of("month.monitor_training")
    return {name: value for name, value in {**row, **shares}.items() if name != "state"}
