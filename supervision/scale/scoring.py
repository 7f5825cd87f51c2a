"""Scores and classes on partitions (分区评分分类): the functions of one machine, and the same tables.

First every partition puts its registers in numbers and says what others must know of it. Then what is the same over
all partitions is told apart, visits are held against what was expected, related parties become groups. Each partition
says what visits found under each kind, word and item; these sums are everybody's. With them it scores its own units,
and counts them by score and class so far. From the counts of all the classes are cut, and every partition writes them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from supervision.risk.class_bounds import CUTOFF, resolved_cutoff
from supervision.risk.dated_rows import SPAN
from supervision.risk.findings import Sums
from supervision.risk.hysteresis import CHANGE, Alike, Stability, kept_alike
from supervision.risk.indicators import INDICATORS
from supervision.risk.name_words import NameRatio
from supervision.scale import files
from supervision.scale.arrays import Array, get_arrays, put_arrays
from supervision.scale.classing import Classed, Classing, class_units, classed_of, score_units
from supervision.scale.coding import Coded, Coding, code
from supervision.scale.engine import Engine, Progress
from supervision.scale.joining import Asking, ask_related, join_links, join_records, join_visits, joint_of, units_among
from supervision.scale.same_texts import Bucket, Columns, asked_columns, tell_apart
from supervision.scale.scoring_files import WORK, scoring_in, together, work
from supervision.scale.unit_evidence import (
    FOUND,
    LATIN,
    NAMES,
    OF_SUMS,
    PEER_RECIPES,
    Asked,
    own_evidence,
    put_sums,
    with_keys,
)
from supervision.spare_memory import give_back

A = TypeVar("A")
R = TypeVar("R")
TOTALS = "totals.arrays"


def make_scores(folder: Path, engine: Engine, progress: Progress) -> Classed:
    """Score and class the units of a partitioned round (分区评分分类): scores.parquet, professional.parquet of each.

    The same folder gives the same bytes, however often and with whatever engine.
    """
    folder = folder.resolve()
    shared = scoring_in(folder)

    def each(work: Callable[[A], R], arguments: Sequence[A], stage: str) -> list[R]:
        return engine.each(work, arguments, lambda done, total: progress(stage, done, total))

    numbers = files.partitions(folder)
    coding = [Coding(folder=folder, number=number, partitions=len(numbers)) for number in numbers]
    coded = each(code, coding, "scale.coding")
    joint = joint_of(coded)
    sizes = {columns: np.stack([part.buckets[columns] for part in coded]) for columns in asked_columns()[1]}
    each(tell_apart, _buckets(folder, joint.tables, sizes), "scale.telling")
    order, texts = ask_related(folder, coded)
    asking = [Asking(folder=folder, number=number, ahead=ahead) for number, ahead in enumerate(joint.ahead.tolist())]
    join_links(folder, joint, order, texts, each(units_among, asking, "scale.relating"), _ids(coded))
    join_visits(folder, joint)
    join_records(folder, joint, coded)
    token = together(folder, "records/unit.npy").stat().st_mtime_ns
    asked = [Asked(folder=folder, number=number, joint=joint, sizes=sizes, token=token) for number in numbers]
    latin = _join_totals(folder, each(total_up, asked, "scale.totals"))
    asked = [replace(one, latin=latin) for one in asked]
    alike = Alike.joined(each(score_units, asked, "scale.scoring"))
    cutoff = resolved_cutoff(shared.law.value(CUTOFF), shared.cards.general)
    kept = kept_alike(alike, cutoff, stability=Stability.of(shared.law.value(CHANGE)))
    classing = [Classing(folder=folder, number=number, alike=alike, kept=kept) for number in numbers]
    classed = classed_of(each(class_units, classing, "scale.classing"))
    shutil.rmtree(folder / WORK)
    return classed


def total_up(asked: Asked) -> list[str]:
    """Sum up what a partition's visits found (分区累计) by every kind, word and item; return the runs of letters."""
    evidence = own_evidence(asked, ["name"])
    day = int(np.datetime64(scoring_in(asked.folder).on, "D").astype(np.int64))
    sums = {FOUND: evidence.found_at.on(day)}
    sums |= {str(number): recipe.others(evidence).everybody.on(day) for number, recipe in enumerate(PEER_RECIPES)}
    words = next(row.recipe for row in INDICATORS if isinstance(row.recipe, NameRatio)).words(evidence)
    by_word = words.others.everybody.on(day)
    sums[NAMES] = with_keys(by_word, words.known[by_word.place // SPAN])
    arrays = {f"{what}.{name}": getattr(one, name) for what, one in sums.items() for name in OF_SUMS}
    put_arrays(work(asked.folder, asked.number, TOTALS), arrays)
    give_back()
    return list(words.latin)


def _join_totals(folder: Path, latin: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Add up the partitions' sums; return the runs of letters in the order of their numbers."""
    parts = [get_arrays(work(folder, number, TOTALS)) for number in range(len(latin))]
    letters = sorted({text for part in latin for text in part})
    for what in (FOUND, *(str(number) for number in range(len(PEER_RECIPES)))):
        put_sums(folder, what, Sums.joined([_sums(part, what) for part in parts]))
    numbers = {text: LATIN + number for number, text in enumerate(letters)}
    by_word = []
    for part, texts in zip(parts, latin, strict=True):
        one, own = _sums(part, NAMES), np.array([numbers[text] for text in texts] + [0], dtype=np.int64)
        word = one.place // SPAN
        by_word.append(with_keys(one, np.where(word >= LATIN, own[np.maximum(word - LATIN, -1)], word)))
    put_sums(folder, NAMES, Sums.joined(by_word))
    return tuple(letters)


def _sums(arrays: Mapping[str, Array], what: str) -> Sums:
    return Sums(**{name: arrays[f"{what}.{name}"] for name in OF_SUMS})


def _ids(coded: Sequence[Coded]) -> int:
    return sum(part.ids for part in coded)


def _buckets(folder: Path, tables: Sequence[Mapping[str, Array]], sizes: Mapping[Columns, Array]) -> list[Bucket]:
    found = []
    for columns, many in sizes.items():
        starts = np.cumsum(many, axis=1) - many
        own = [{name: table[name] for name in columns if name in table} for table in tables]
        found += [
            Bucket(folder=folder, columns=columns, number=number, tables=own, starts=starts[:, number],
                   sizes=many[:, number])
            for number in range(many.shape[1])
        ]  # fmt: skip
    return found
