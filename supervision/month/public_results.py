"""Results on the public page (公示结果): those that may still be shown, what was corrected, what left by rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

import pandas as pd

from supervision.messages import say
from supervision.month.calendars import chosen_units
from supervision.month.city import City
from supervision.month.round import Round
from supervision.month.round_files import PUBLISHED
from supervision.month.round_people import units_of
from supervision.month.round_results import first_known, public_results, results_of, today_of, versions_of
from supervision.results.corrections import CORRECTION_COLUMNS, public_corrections
from supervision.results.display import RULE, Display, shown
from supervision.tables import tuples

KEY = ["visit_id", "item_id"]
REMOVALS = ("expired", "repaired")


@dataclass(frozen=True, kw_only=True, eq=False)
class PublicResults:
    """What a page of results shows (公示的检查结果): rows, their corrections, and how many left by which rule.

    `rows` is None before the first result; `removed`: "expired" and "repaired" → number of rows.
    """

    rows: pd.DataFrame | None
    corrections: pd.DataFrame
    removed: Mapping[str, int]


def shown_results(round: Round) -> PublicResults:
    """Return what may be shown of a round's results today (当日可公示的结果).

    What left by rule – its term is over, its unit's credit repaired – is in none of these, its corrections neither.
    """
    recorded = results_of(round)
    rows = public_results(round, recorded)
    if rows is None:
        nothing = pd.DataFrame(columns=list(CORRECTION_COLUMNS), dtype="str")
        return PublicResults(rows=None, corrections=nothing, removed={})
    corrections = public_corrections(
        versions_of(round), tasks=round.tasks, drawn=chosen_units(round), codes=round.code_lists
    )
    kept = _on_display(round, rows, recorded)
    corrected = (
        corrections[["visit_id", "unit_id", "item_id"]].drop_duplicates().merge(rows[KEY], how="left", indicator=True)
    )
    former = corrected[corrected["_merge"] == "left_only"].assign(category="")
    allowed = pd.concat([kept.rows[KEY], _on_display(round, former, recorded).rows[KEY]])
    told = pd.MultiIndex.from_frame(corrections[KEY]).isin(pd.MultiIndex.from_frame(allowed))
    return PublicResults(
        rows=kept.rows,
        corrections=corrections[told].reset_index(drop=True),
        removed={"expired": kept.expired, "repaired": kept.repaired},
    )


def _on_display(round: Round, rows: pd.DataFrame, recorded: pd.DataFrame) -> Display:
    day = today_of(round, recorded)
    columns = ["unit_id", "kind", "happened", "repaired_no"]
    events = round.city.register("events", on=day, columns=columns, of=set(rows["unit_id"]))
    term = round.city.rules.on(day).value(RULE)
    return shown(rows, published=first_known(round), events=events, round_id=round.id, term=term, on=day)


def published_state(found: PublicResults) -> dict[str, list[str]]:
    """Return what is kept of a publication (本次公示留存), so that the next one knows what is new: see `PUBLISHED`."""
    names = ["visit_id", "item_id", "field", "corrected_on", "old", "new"]
    rows = tuples(found.corrections[names].astype("str"))
    left = [f"{name} {found.removed[name]}" for name in REMOVALS if found.removed.get(name)]
    return {"corrections": [" ".join(row) for row in rows], "removed": left}


def rounds_to_publish(city: City) -> list[str]:
    """Return the real rounds whose page shows what must leave it by now, or lacks a correction (待重新公示的轮次).

    A round's page changes only when that round is published again, so somebody must be told.
    """
    return [
        round.id
        for round in city.rounds()
        if not round.is_rehearsal
        and round.holds(PUBLISHED)
        and published_state(shown_results(round)) != round.read(PUBLISHED)
    ]


def reason_of(round: Round, found: PublicResults, given: str | None) -> str | None:
    """Return why the next manifest differs (清单更新理由): the reason given, those of corrections, what left by rule.

    Units are not named in it: a manifest stays when a result has left the page.
    """
    before = round.read(PUBLISHED) if round.holds(PUBLISHED) else {"corrections": [], "removed": []}
    state = published_state(found)
    fresh = [one not in before["corrections"] for one in state["corrections"]]
    new = found.corrections[fresh]
    parts = [given] if given else []
    if len(new):
        reasons = "；".join(dict.fromkeys(_unnamed(round, new)))
        parts.append(say("month.reason.corrected", count=len(new[KEY].drop_duplicates()), reasons=reasons))
    if state["removed"] and state["removed"] != before["removed"]:
        parts.append(say("month.reason.removed", count=sum(found.removed.values())))
    return "；".join(parts) or None


def _unnamed(round: Round, corrections: pd.DataFrame) -> list[str]:
    """Return reasons of corrections without names and codes of their units (隐去单位名称的更正理由)."""
    rows = units_of(round, corrections["unit_id"], ["name"])
    words = [text for name in ("name", "unit_id") for text in rows[name].dropna() if text]
    unit = say("month.reason.unit")
    return [reduce(lambda text, word: text.replace(word, unit), words, reason) for reason in corrections["reason"]]
