"""A partition's evidence among everybody's (分区证据): its own registers, and what all partitions know together.

It is the evidence of one machine: the same recipes ask it, about the partition's units alone. What they keep beside it
is made ready here, for it rests on all partitions.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from supervision.risk.coded_registers import EventRows, UnitRows, VisitRows
from supervision.risk.dated_rows import SPAN, Ints, composite
from supervision.risk.features import CODED, COLUMNS, MEASURED
from supervision.risk.findings import Findings, Sums
from supervision.risk.indicators import INDICATORS
from supervision.risk.licences import Licences
from supervision.risk.link_recipes import LinkedRatio
from supervision.risk.links import Links
from supervision.risk.name_words import WIDE, NameRatio, NameWords
from supervision.risk.other_registers import RULE as NEEDED
from supervision.risk.peer_rates import ItemRatio, PeerRatio, TagRatio
from supervision.risk.snapshot import FINDINGS, FOUND_AT, ITEMS, PEERS, ROWS, Evidence
from supervision.scale import files
from supervision.scale.arrays import Array, get_arrays, get_columns, noun, put_columns, shifted
from supervision.scale.coding import LICENCES, RESULTS, UNITS, VISITS
from supervision.scale.joining import EXPECTED, LINKS, OF_RECORDS, Joint
from supervision.scale.same_texts import FEW, asked_columns, same_few, same_many
from supervision.scale.scoring_files import register, scoring_in, together, work

OF_SUMS = ("place", "found", "expected")
FOUND, NAMES = "found", "names"
PEER_RECIPES = tuple(row.recipe for row in INDICATORS if isinstance(row.recipe, PeerRatio | TagRatio | ItemRatio))
LATIN = WIDE * WIDE  # from which number on words are runs of letters


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A partition's evidence that is asked for (所取分区证据): `sizes` of its buckets, (partitions, buckets) a columns.

    `token` tells this run from an earlier one in the same folder; `latin`: runs of letters in names, in order.
    """

    folder: Path
    number: int
    joint: Joint
    sizes: Mapping[tuple[str, ...], Array]
    token: int
    latin: tuple[str, ...] = ()


def own_evidence(asked: Asked, columns: Sequence[str]) -> Evidence:
    """Return a partition's evidence (分区证据) without what visits found elsewhere; `columns` of its units are read."""
    folder, number, joint = asked.folder, asked.number, asked.joint
    ahead, tables = int(joint.ahead[number]), joint.tables[number]
    arrays = {name: get_arrays(work(folder, number, name)) for name in (UNITS, VISITS, LICENCES)}
    units, visits, licences = (shifted(arrays[name], ahead) for name in (UNITS, VISITS, LICENCES))
    results = shifted(get_arrays(work(folder, number, RESULTS)), ahead)
    frame = files.get_table(register(folder, number, "entities"), list(columns))
    items = tables["item"][visits.pop("item")]
    given = get_arrays(work(folder, number, EXPECTED))
    findings = Findings(**{name: results[name] for name in ("unit", "day", "found")}, expected=given["expected"])
    kept: dict[Hashable, Any] = {
        ROWS: results["rows"],
        ITEMS: items,
        FINDINGS: findings,
        PEERS: replace(findings, expected=given["usual"]),
    }
    codes = {name: tables[name][units.pop(f"text_{name}")] for name in FEW}
    units.pop("marks")
    nothing = pd.DataFrame()
    return Evidence.joined(
        noun(UnitRows, units, frame=frame),
        _records(folder, asked.token, tuple(joint.kinds.items())),
        noun(VisitRows, visits, frame=nothing),
        links=_links(folder, asked.token, joint.since),
        licences=noun(
            Licences,
            licences | {"kind": tables["licences"][licences["kind"]].astype(np.int16)},
            kinds=list(joint.licences),
            kind_from=np.array(list(joint.licences.values()), dtype=np.int64),
        ),
        needed=scoring_in(folder).law.value(NEEDED),
        coded=kept | _same(asked, codes, len(frame)),
    )


def whole_evidence(asked: Asked) -> Evidence:
    """Return a partition's evidence (分区证据) with what visits found at all other units."""
    columns = [name for name in COLUMNS["entities"] if name not in (*CODED, "unit_id")]
    evidence, folder = own_evidence(asked, columns), asked.folder
    found_at, by_word = sums_in(folder, FOUND), sums_in(folder, NAMES)
    _keep(evidence, FOUND_AT, found_at)
    for number, recipe in enumerate(PEER_RECIPES):
        _keep(evidence, recipe, replace(recipe.others(evidence), everybody=sums_in(folder, str(number))))
    latin = {text: LATIN + place for place, text in enumerate(asked.latin)}
    for one in (row.recipe for row in INDICATORS):
        if isinstance(one, NameRatio):
            _keep(evidence, one, _name_words(evidence, latin, by_word))
        if isinstance(one, LinkedRatio):
            _keep(evidence, one, found_at.place // SPAN)
    return evidence


def put_sums(folder: Path, what: str, sums: Sums) -> None:
    """Write what visits found anywhere (写全体累计)."""
    put_columns(together(folder, f"sums/{what}"), {name: getattr(sums, name) for name in OF_SUMS})


def sums_in(folder: Path, what: str) -> Sums:
    """Read what visits found anywhere (读全体累计)."""
    return Sums(**get_columns(together(folder, f"sums/{what}"), OF_SUMS))


def with_keys(sums: Sums, key: Ints) -> Sums:
    """Return sums by other keys (更换累计的键), (rows,), in whatever order."""
    return replace(sums, place=key * SPAN + sums.place % SPAN)


def _keep(evidence: Evidence, key: Hashable, value: Any) -> None:
    evidence.kept(key, lambda: value)


def _name_words(evidence: Evidence, latin: Mapping[str, int], by_word: Sums) -> NameWords:
    """The words of names with what visits found under them anywhere, by their places among known words."""
    known, row = by_word.place // SPAN, evidence.versions.earliest(evidence.peers.unit)
    mine = NameWords.among(known, latin, evidence.peers, evidence.entities["name"], row)
    everybody = with_keys(by_word, np.arange(len(known), dtype=np.int64))
    return replace(mine, others=replace(mine.others, everybody=everybody))


def _same(asked: Asked, codes: Mapping[str, Array], units: int) -> dict[Hashable, Any]:
    """What units say, and how many say the same, as evidence keeps it."""
    texts = asked.joint.texts
    few, many = asked_columns()
    kept: dict[Hashable, Any] = {("coded", name): (codes[name], texts[name]) for name in FEW}
    sizes = {name: len(texts[name]) for name in FEW}
    kept |= {("shared", columns): same_few(columns, codes, sizes) for columns in few}
    day = np.datetime64(scoring_in(asked.folder).on, "D").astype(np.int64)
    for columns in many:
        code, alike = same_many(asked.folder, asked.number, columns, asked.sizes[columns], units)
        own, first = np.unique(code[code >= 0], return_index=True)
        spans = np.repeat(own, alike[code >= 0][first])
        kept["shared", columns] = code
        kept["spans", columns] = (composite(spans, np.full(len(spans), day)), spans[:0])
    return kept


@lru_cache(maxsize=1)
def _records(folder: Path, _token: int, kinds: tuple[tuple[str, int], ...]) -> EventRows:
    """The records of everybody, once a process."""
    columns = get_columns(together(folder, "records"), OF_RECORDS)
    measured = pd.DataFrame({name: columns.pop(name) for name in MEASURED}, copy=False)
    days = np.array([day for _, day in kinds], dtype=np.int64)
    codes = {name: code for code, (name, _) in enumerate(kinds)}
    return noun(EventRows, columns, frame=measured, kinds=codes, kind_from=days)


@lru_cache(maxsize=1)
def _links(folder: Path, _token: int, since: int) -> Links:
    """The groups of linked units of everybody, once a process."""
    return noun(Links, get_columns(together(folder, "links"), LINKS), since=since)
