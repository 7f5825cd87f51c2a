"""Frames of a round (本轮抽样框): built from the registers as known on the evidence day, or read as committed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

import pandas as pd

from supervision.canonical import parse_canonical
from supervision.domain.items import Item
from supervision.domain.population import Population
from supervision.errors import SupervisionError
from supervision.law.code_lists import CodeLists
from supervision.law.coverage_duties import coverage_duties
from supervision.law.rules import Law
from supervision.month.list_terms import still_counting
from supervision.month.off_site_tasks import check_off_site
from supervision.month.other_levels import other_level_visits, visited_levels
from supervision.month.other_rounds import VISITS, earlier_draws, with_pledged
from supervision.month.regime_checks import check_regimes
from supervision.month.round import Round
from supervision.month.round_files import COMMITMENT, PROFESSIONAL, SCORES, TASK_FILE, Step
from supervision.processes import results
from supervision.sampling.frame.caps import LAW_CAP, PLACE, counted_kinds
from supervision.sampling.frame.due_dates import Coverage
from supervision.sampling.frame.frame import Frame
from supervision.sampling.frame.inputs import FrameInputs, only_frame
from supervision.sampling.frame.known_words import with_known_words
from supervision.sampling.frame.yearly_limits import keys_of, within_year
from supervision.sampling.protocol.frame_files import FILES, FRAME, read_frame
from supervision.sampling.protocol.frozen_frames import FrozenFrame

COULD_NOT = "could_not"
PROCESSES = 2
ALONE = 100_000  # units of all tasks whose frames are built before a second process has begun
ALWAYS = ("unit_id", "status", "type", "region", "established")


def built_frames(round: Round) -> list[Frame]:
    """Build every task's frame (生成各任务抽样框) from the registers as known on the evidence day."""
    inputs = frame_inputs(round)
    populations = [Population.parse(task.population) for task in inputs.tasks]
    entities = _coded(inputs.entities, [name for one in populations for name in one.columns])
    coming = replace(inputs, entities=entities).cut()
    first: list[FrameInputs] = []
    while sum(len(one.entities) for one in first) <= ALONE and (one := next(coming, None)) is not None:
        first.append(one)
    many, later = sum(len(one.entities) for one in first) > ALONE, next(coming, None)
    given = first if later is None else chain(first, [later], coming)  # cut while those before are worked on
    built: list[Frame] = []
    for frame in results(only_frame, given, processes=PROCESSES if many else 1):
        built.append(frame)
        round.city.progress("month.frames", len(built), len(inputs.tasks))
    return built


def _coded(entities: pd.DataFrame, columns: Collection[str]) -> pd.DataFrame:
    """Return units with the texts that populations look at as categories: there are few, and dozens of tasks."""
    texts = [name for name in columns if isinstance(entities[name].dtype, pd.StringDtype) and name != "unit_id"]
    return entities.astype(dict.fromkeys(texts, "category"))


def scored_inputs(round: Round) -> FrameInputs:
    """Return the same of a round that is scored (已评分轮次的输入): another one is refused."""
    round.need(Step.SCORE, "score")
    return frame_inputs(round)


def unscored_inputs(round: Round) -> FrameInputs:
    """Return the same of a round whose scores are made elsewhere (未评分轮次的输入): no scores, no field's classes."""
    nobody = pd.DataFrame({name: pd.Series(dtype="str") for name in ("unit_id", "score", "field", "class")})
    return _inputs(round, nobody[["unit_id", "score", "class"]], nobody[["unit_id", "field", "class"]])


def frame_inputs(round: Round) -> FrameInputs:
    """Return what the round's frames are made from (抽样框的输入): the registers as known on the evidence day."""
    scores = round.table(SCORES, ["unit_id", "score", "class"])
    return _inputs(round, scores, round.table(PROFESSIONAL, ["unit_id", "field", "class"]))


def _inputs(round: Round, scores: pd.DataFrame, professional: pd.DataFrame) -> FrameInputs:
    tasks = round.tasks
    columns = {name for task in tasks for name in Population.parse(task.population).columns}
    check_regimes(round)
    check_off_site(round)
    exemptions = still_counting(round.register("exemptions"), round.law, round.evidence_day)
    caps = round.register("caps")
    coverage = coverage_of(round)
    columns |= coverage.columns
    columns |= {"tags"} if caps["field"].notna().any() else set()
    columns |= {"address"} if caps["counted_by"].eq(PLACE).any() or _law_counts_places(round) else set()
    names = [*ALWAYS, *sorted(columns - set(ALWAYS))]
    coming = round.city.coming("entities", on=round.evidence_day, columns=names)
    visits = with_pledged(round, round.register("history", VISITS))
    levels = visited_levels(round, on=round.evidence_day, visits=visits)
    entities = coming()
    populations = [task.population for task in tasks]
    elsewhere = {task.task_id: other_level_visits(task, round.items, levels, round.law)["unit_id"] for task in tasks}
    return FrameInputs(
        tasks=tasks,
        items=round.items,
        entities=with_known_words(entities, populations, lists=round.code_lists, law=round.law),
        scores=scores,
        professional=professional,
        exemptions=exemptions,
        visits=visits,
        caps=caps,
        law=round.law,
        coverage=coverage,
        other_level={task_id: frozenset(units) for task_id, units in elsewhere.items()},
    )


def coverage_of(round: Round) -> Coverage:
    """Return the city's coverage duties in force, and what counts for them (本轮有效的覆盖要求)."""
    return coverage_in(round.law, round.items, round.code_lists)


def coverage_in(law: Law, items: Mapping[str, Item], lists: CodeLists) -> Coverage:
    """Return the duties of a law, and what counts for them (覆盖要求及计入口径); an item off the list raises."""
    duties = coverage_duties(law)
    for duty in duties:
        unknown = [item for item in duty.items if item not in items]
        if unknown:
            raise SupervisionError("month.coverage_item", duty=duty.name, item=unknown[0])
    return Coverage(
        duties=tuple(duties),
        kinds=counted_kinds(law) if duties else (),
        could_not=tuple(code for code, outcome in lists.outcomes().items() if outcome == COULD_NOT),
        departments={duty.name: frozenset(items[item].department for item in duty.items) for duty in duties},
    )


def kept_in_year(round: Round, built: list[Frame]) -> list[Frame]:
    """Return the frames after looking at items' yearly limits (核对年度比例), with what other rounds have drawn."""
    wanted = keys_of(built, round.items, law=round.law)
    return within_year(built, round.items, earlier_draws(round, wanted), law=round.law)


def frozen_rows(round: Round, task_id: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return unit_id, stratum, x, L of a task's committed frame and its strata table (已承诺的抽样框行), no salts."""
    dtypes: Any = {name: FRAME.columns[name] for name in ("unit_id", "stratum", "x", "L")}
    place = round.place_of(TASK_FILE.format(task=task_id, name="frame.csv"))
    rows = pd.read_csv(place, usecols=list(dtypes), dtype={**dtypes, "stratum": "category"}, na_filter=False)
    strata = parse_canonical(round.content(TASK_FILE.format(task=task_id, name="strata.json")))
    return rows[list(dtypes)], pd.DataFrame(strata)


def _law_counts_places(round: Round) -> bool:
    """Tell whether the law's own cap counts by place of business."""
    rule = None if LAW_CAP in round.law.missing() else round.law.value(LAW_CAP)
    return isinstance(rule, dict) and rule.get("counted_by") == PLACE


def frozen_frames(round: Round) -> list[FrozenFrame]:
    """Read the committed frames back (读回已承诺的抽样框): what was committed, not what the registers say by now."""
    found = []
    for entry in round.read(COMMITMENT).tasks:
        files = {name: round.content(TASK_FILE.format(task=entry.task_id, name=name)) for name in FILES}
        found.append(read_frame(entry, files))
    return found
