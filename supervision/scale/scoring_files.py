"""What is scored from, as partitions (评分输入分区): registers of its units, and what all share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from supervision.law.rules import Law
from supervision.risk.cards import Cards, OwnCards
from supervision.risk.features import COLUMNS
from supervision.risk.scorecard import Scorecard
from supervision.risk.scoring_inputs import ScoringInputs
from supervision.risk.standing import Standing
from supervision.scale import files
from supervision.scale.bounds import sliced
from supervision.scale.shared_inputs import shared_in

SCORING, WORK, RESTS = "scoring.json", "scoring", "evidence"
PROFESSIONAL, STANDING = "professional", "standing"
Table = Callable[[str], pd.DataFrame]


@dataclass(frozen=True, kw_only=True, eq=False)
class Scoring:
    """What all partitions are scored by (评分共用输入): day, cards, law; `event` and `retrained` of `Standing`."""

    on: date
    cards: Cards
    outcomes: Mapping[str, str]
    law: Law
    event: str
    retrained: bool


def put_scoring(folder: Path, inputs: ScoringInputs, bounds: Sequence[str]) -> None:
    """Write a round's registers as partitions (写评分输入), one after the other; `bounds` as `cut` takes them."""
    tables: dict[str, Table] = {kind: lambda kind: _plain(inputs.read(kind)) for kind in COLUMNS}
    tables |= {PROFESSIONAL: lambda _: inputs.professional, STANDING: lambda _: inputs.standing.table}
    for kind, table in tables.items():
        for number, rows in enumerate(sliced(table(kind), bounds)):
            files.put_table(register(folder, number, kind), rows)
    put_shared_scoring(folder, inputs)


def put_shared_scoring(folder: Path, inputs: ScoringInputs) -> None:
    """Write what all partitions are scored by (写评分共用输入)."""
    cards, standing = inputs.cards, inputs.standing
    said = {
        "on": inputs.on.isoformat(),
        "general": cards.general.to_json().decode(),
        "own": cards.file.to_bytes().decode() if cards.own else "",
        "outcomes": dict(inputs.outcomes),
        "event": standing.event,
        "retrained": standing.retrained,
    }
    files.put_json(folder / SCORING, said)


def scoring_in(folder: Path) -> Scoring:
    """Read what all partitions are scored by (读评分共用输入), once a process."""
    place = folder / SCORING
    return _read(folder, place.stat().st_mtime_ns if place.exists() else 0)


@lru_cache(maxsize=1)
def _read(folder: Path, _written: int) -> Scoring:
    with files.reading(folder / SCORING):
        return _scoring(folder, files.get_json(folder / SCORING))


def _scoring(folder: Path, said: Mapping[str, Any]) -> Scoring:
    general = Scorecard.from_json(said["general"].encode())
    own = said["own"].encode()
    return Scoring(
        on=date.fromisoformat(said["on"]),
        cards=Cards.of(general, OwnCards.from_bytes(own)) if own else Cards(general=general),
        outcomes=said["outcomes"],
        law=shared_in(folder).law,
        event=said["event"],
        retrained=said["retrained"],
    )


def register(folder: Path, number: int, kind: str) -> Path:
    """Return where a partition's register stands (分区登记表): one that is scored from, not one that frames take."""
    return files.partition(folder, number) / RESTS / f"{kind}.parquet"


def standing_of(folder: Path, number: int) -> Standing:
    """Return the classes that stand of a partition's units (分区上期类别)."""
    shared = scoring_in(folder)
    table = files.get_table(register(folder, number, STANDING))
    return Standing(table=table, event=shared.event, retrained=shared.retrained)


def work(folder: Path, number: int, what: str) -> Path:
    """Return where a partition keeps what it made between two steps (分区中间文件)."""
    return folder / WORK / f"{number:04}" / what


def together(folder: Path, what: str) -> Path:
    """Return where that stands which all partitions look at (共用中间文件)."""
    return folder / WORK / "all" / what


def _plain(rows: pd.DataFrame) -> pd.DataFrame:
    """Coded texts as texts again: each partition codes its own."""
    return rows.astype({name: "str" for name, kind in rows.dtypes.items() if isinstance(kind, pd.ArrowDtype)})
