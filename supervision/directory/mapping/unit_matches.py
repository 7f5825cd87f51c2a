"""Units by their names (按名称匹配主体): whose row it is, where it says a name and no id.

A name matches the one unit of the register that is written the same (see `unit_names`); of several, the one at the
address of the row. A unit in another district than the address says is none. A name that only resembles others is
never matched: those are candidates for a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from supervision.directory.mapping.address_district import district_of, within_district
from supervision.directory.mapping.source import unit_key
from supervision.directory.mapping.unit_names import own_part, same_names
from supervision.directory.row_selection import as_arrow
from supervision.law.code_lists import CodeList
from supervision.tables import tuples

MOST_CANDIDATES = 5
MOST_ASKED = 1_000  # names for which resembling ones are looked up; beyond, the list has the same-named only
MOST_BESIDE = 100  # units that begin or end alike, of which the nearest are candidates
LEAST_ALIKE = 0.6
COLUMNS = ("unit_id", "name", "address", "region")
Unit = tuple[str, str, str, str]
REASONS = ("unknown", "several", "elsewhere")


@dataclass(frozen=True, kw_only=True)
class Match:
    """What came of one name (匹配结果): the unit's id, or why there is none (one of `REASONS`) and who it may be.

    `how` is "table" (the mapping says so), "written" (letter for letter), "tidied" or "address"; "" without an id.
    `candidates` are (unit_id, name, address).
    """

    unit_id: str = ""
    how: str = ""
    reason: str = ""
    candidates: tuple[tuple[str, str, str], ...] = ()


def match_units(
    asked: list[tuple[str, str]], register: pd.DataFrame, *, units: Mapping[str, str], districts: CodeList
) -> dict[tuple[str, str], Match]:
    """Return what came of every name and address (匹配).

    Parameters
    ----------
    asked
        Distinct pairs of name and address, "" = no address.
    register
        The units, columns `COLUMNS`, text.
    units
        Name, or name and address as `unit_key` writes them → id, as a person has decided; goes before the register.
    districts
        The code list of districts.
    """
    decided = dict(zip(_table_keys(list(units)), units.values(), strict=True))
    found: dict[tuple[str, str], Match] = {}
    whole, alone = _table_keys([unit_key(*pair) for pair in asked]), _table_keys([name for name, _ in asked])
    for pair, both, name in zip(asked, whole, alone, strict=True):
        told = decided.get(both) or decided.get(name)
        if told:
            found[pair] = Match(unit_id=told, how="table")
    rest = [pair for pair in asked if pair not in found]
    if not rest:
        return found
    written = same_names(pc.fill_null(as_arrow(register["name"]), ""))
    keys = _same([name for name, _ in rest])
    near = register[pc.is_in(written, value_set=pa.array(sorted(set(keys.values())), pa.large_string())).to_numpy()]
    groups: dict[str, list[Unit]] = {}
    listed = list(tuples(near.fillna("")[list(COLUMNS)].sort_values("unit_id")))
    theirs = _same([unit[1] for unit in listed])
    for unit in listed:
        groups.setdefault(theirs[unit[1]], []).append(unit)
    for name, address in rest:
        found[name, address] = _of_same(name, address, groups.get(keys[name], []), districts)
    unknown = [pair for pair in rest if found[pair].reason == "unknown"][:MOST_ASKED]
    return found | _with_resembling(unknown, register, written)


def _same(names: list[str]) -> dict[str, str]:
    """Names as they are compared, all in one pass: of a large file there are a hundred thousand."""
    distinct = list(dict.fromkeys(names))
    return dict(zip(distinct, same_names(pa.array(distinct, pa.large_string())).to_pylist(), strict=True))


def _table_keys(keys: list[str]) -> list[str]:
    parts = [key.partition(" @ ") for key in keys]
    same = _same([name for name, _, _ in parts])
    return [f"{same[name]}{mark}{''.join(address.split())}" for name, mark, address in parts]


def _of_same(name: str, address: str, units: list[Unit], districts: CodeList) -> Match:
    """Return the unit among those that are written the same (同名主体中的一户)."""
    if not units:
        return Match(reason="unknown")
    said = district_of(address, districts) if address else None
    here = [unit for unit in units if said is None or unit[3] in (said, "")]
    listed = tuple(unit[:3] for unit in units[:MOST_CANDIDATES])
    if len(units) == 1:
        if not here:
            return Match(reason="elsewhere", candidates=listed)
        return Match(unit_id=units[0][0], how="written" if units[0][1] == name else "tidied")
    wanted = within_district(address, districts)
    there = [unit for unit in here if wanted and within_district(unit[2], districts) == wanted]
    if len(there) == 1:
        return Match(unit_id=there[0][0], how="address")
    return Match(reason="several", candidates=listed)


def _with_resembling(
    asked: list[tuple[str, str]], register: pd.DataFrame, written: pa.ChunkedArray
) -> dict[tuple[str, str], Match]:
    """Return names that nobody has, with those that resemble them (近似名称): a person may find the unit there."""
    if not asked or register.empty:
        return {}
    same = _same([name for name, _ in asked])
    own = {pair: own_part(same[pair[0]]) for pair in asked}
    ends = {own[pair][:2] for pair in asked} | {own[pair][-2:] for pair in asked}
    beside: dict[str, list[int]] = {end: [] for end in ends}
    parts: dict[int, str] = {}
    for row, name in enumerate(written.to_pylist()):
        part = own_part(name)
        for end in {part[:2], part[-2:]} & ends:
            if len(beside[end]) < MOST_BESIDE:
                beside[end].append(row)
                parts[row] = part
    names = register.fillna("")
    found = {}
    for pair, part in own.items():
        rows = sorted({*beside[part[:2]], *beside[part[-2:]]})
        near = _nearest(part, {row: parts[row] for row in rows})
        listed = tuples(names.iloc[near], "unit_id", "name", "address")
        found[pair] = Match(reason="unknown", candidates=tuple(listed))
    return found


def _nearest(part: str, others: dict[int, str]) -> list[int]:
    """Return the rows whose names are most like one (最近似的), the nearest first."""
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(part)
    found = []
    for row, other in others.items():
        matcher.set_seq1(other)
        if matcher.real_quick_ratio() >= LEAST_ALIKE and matcher.quick_ratio() >= LEAST_ALIKE:
            found.append((-matcher.ratio(), row))
    return [row for likeness, row in sorted(found) if -likeness >= LEAST_ALIKE][:MOST_CANDIDATES]
