"""Registers in numbers (登记表的整数形式): ids as codes, days as 32 bits; the texts need not stay in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from supervision.errors import SupervisionError
from supervision.risk.dated_rows import FAR, Bools, Dated, Ints, packed_days, superseded
from supervision.spare_memory import give_back_beside

NOBODY = -1  # the code of a blank id
LOOKED_UP = 2**20  # ids at once
OUTCOMES = {"clean": 0, "problem": 1, "could_not": 2}


class Ids:
    """Ids as codes (编号转代码): the same code for the same id in whatever register, −1 where there is none."""

    def __init__(self) -> None:
        self._known = pa.array([], pa.large_string())

    def codes(self, column: pd.Series) -> Ints:
        """Return the codes of a column (一列的代码), int32 (rows,); new ids get the next codes."""
        texts = texts_of(column)
        codes = _looked_up(texts, self._known)
        new = codes < 0
        if new.any():
            fresh = texts.filter(pa.array(new)).dictionary_encode()
            codes[new] = fresh.indices.fill_null(NOBODY).to_numpy(zero_copy_only=False)
            codes[new] += np.where(codes[new] == NOBODY, 0, len(self._known)).astype(np.int32)
            self._known = pa.concat_arrays([self._known, fresh.dictionary])
            del fresh
        give_back_beside(len(texts))
        return codes

    def __len__(self) -> int:
        """Return how many ids have a code (已编码数)."""
        return len(self._known)

    def texts(self, codes: Ints) -> pa.Array:
        """Return the ids of codes (代码对应的编号), null for −1."""
        return self._known.take(pa.array(codes, mask=codes < 0))


@dataclass(frozen=True, kw_only=True)
class UnitRows:
    """The register of units (主体登记), arrays (rows,): `frame` as given, `unit` codes, `replaced` by a newer version.

    `versions` answers which row was known of a unit on a day.
    """

    frame: pd.DataFrame
    unit: Ints
    versions: Dated
    replaced: Ints

    @classmethod
    def of(cls, entities: pd.DataFrame, ids: Ids) -> UnitRows:
        """Make the register ready (整理主体登记)."""
        unit, known = ids.codes(entities["unit_id"]), packed_days(entities["known_on"])
        never = np.full(len(entities), FAR, dtype=np.int32)
        versions = Dated.of(unit=unit, counts_from=known, ends=never)
        give_back_beside(len(unit))
        return cls(frame=entities, unit=unit, versions=versions, replaced=_replaced(unit, known))


@dataclass(frozen=True, kw_only=True)
class EventRows:
    """Records of units (信用记录), arrays (rows,): `frame` as given; `unit` and `kind` codes, days as numbers.

    `ends` is the day from which a newer version is known; `dates` answers which rows count; `kind_from` (kinds,) the
    first day on which any record of the kind counted.
    """

    frame: pd.DataFrame
    unit: Ints
    happened: Ints
    known: Ints
    until: Ints
    ends: Ints
    dates: Dated
    kind: Ints
    kinds: Mapping[str, int]
    kind_from: Ints

    @classmethod
    def of(cls, events: pd.DataFrame, ids: Ids) -> EventRows:
        """Make the register ready (整理信用记录)."""
        unit, happened, known = ids.codes(events["unit_id"]), packed_days(events["happened"]), packed_days(
            events["known_on"])  # fmt: skip
        codes, names = pd.factorize(events["kind"])
        kind = codes.astype(np.int16)
        ends = superseded(unit=unit, day=happened, others=(kind, events["event_no"]), known=known)
        counts = np.maximum(happened, known)
        kind_from = np.full(len(names), FAR, dtype=np.int64)
        np.minimum.at(kind_from, kind[kind >= 0], counts[kind >= 0])
        return cls(
            frame=events, unit=unit, happened=happened, known=known, until=packed_days(events["until"]), ends=ends,
            dates=Dated.of(unit=unit, counts_from=counts, ends=ends), kind=kind,
            kinds={str(name): code for code, name in enumerate(names)}, kind_from=kind_from,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class VisitRows:
    """Past inspections (历次检查), arrays (rows,): `frame` as given, `unit` codes, the day, and the outcome.

    `ends` is the day from which a newer version is known, `dates` answers which rows count.
    """

    frame: pd.DataFrame
    unit: Ints
    visited: Ints
    outcome: Ints
    ends: Ints
    dates: Dated

    @classmethod
    def of(cls, history: pd.DataFrame, ids: Ids, *, outcomes: Mapping[str, str]) -> VisitRows:
        """Make the register ready (整理检查记录); a result that `outcomes` lacks raises `risk.result_unknown`."""
        unit, visited = ids.codes(history["unit_id"]), packed_days(history["date"])
        known = packed_days(history["known_on"])
        ends = superseded(unit=unit, day=visited, known=known, others=(history["agency"], history["item_id"]))
        return cls(
            frame=history, unit=unit, visited=visited, ends=ends,
            outcome=_outcome_codes(history["result"], outcomes),
            dates=Dated.of(unit=unit, counts_from=np.maximum(visited, known), ends=ends),
        )  # fmt: skip


def places_among(asked: pd.Series, ids: pd.Series) -> Ints:
    """Return the place of each id among `ids` (在名单中的位置), int32 (asked,), −1 where it is not there."""
    return _looked_up(texts_of(asked), texts_of(ids))


def among(asked: pd.Series, ids: pd.Series) -> Bools:
    """Tell which ids stand among others (是否在名单中), bool (asked,); a blank one never does."""
    found: Bools = places_among(asked, ids) >= 0
    return found


def _looked_up(asked: pa.Array, ids: pa.Array) -> Ints:
    """The first place of each among `ids`: by parts, as the table that it is looked up in is larger than the ids."""
    places = np.full(len(asked), NOBODY, dtype=np.int32)
    for start in range(0, len(ids), LOOKED_UP):
        said = pc.index_in(asked, ids.slice(start, LOOKED_UP), skip_nulls=True)
        found = said.fill_null(NOBODY).to_numpy(zero_copy_only=False)
        np.copyto(places, found + np.int32(start), where=(found >= 0) & (places < 0))
    return places


def texts_of(column: pd.Series) -> pa.Array:
    """Return a column as one array of texts (文字列): no copy of one that is such already."""
    cells = pa.array(column.astype("str"))
    chunks = cells if isinstance(cells, pa.ChunkedArray) else pa.chunked_array([cells])
    whole = chunks.cast(pa.large_string()).combine_chunks()
    return whole.combine_chunks() if isinstance(whole, pa.ChunkedArray) else whole


def _replaced(unit: Ints, known: Ints) -> Ints:
    order = np.lexsort((known, unit))
    result = np.full(len(unit), FAR, dtype=np.int32)
    same = unit[order][1:] == unit[order][:-1]
    result[order[:-1][same]] = known[order[1:][same]]
    return result


def _outcome_codes(result: pd.Series, outcomes: Mapping[str, str]) -> Ints:
    codes, names = pd.factorize(result)
    table: list[int] = []
    for name in names:
        meaning: Any = outcomes.get(str(name))
        if meaning not in OUTCOMES:
            raise SupervisionError("risk.result_unknown", result=name, outcome=meaning)
        table.append(OUTCOMES[meaning])
    return np.array([*table, -1], dtype=np.int8)[codes]
