"""Results held against their round (结果受理): one door, the same checks for every file of results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from supervision.directory.checking.problems import in_order, no_problems, problems
from supervision.directory.checking.register_check import check_table
from supervision.directory.corrections import settle
from supervision.directory.register import CORRECTION, KNOWN_ON, register
from supervision.directory.table import Checked, Table
from supervision.errors import UsageError
from supervision.messages import Message
from supervision.month.calendars import standing
from supervision.month.city import City
from supervision.month.result_files import ResultSheet
from supervision.month.round_results import FAR, can_report, expected_papers, expected_visits
from supervision.results.acceptance import Owed, faults, known_day, teams
from supervision.results.item_results import LIST as ITEM_RESULT
from supervision.results.item_results import contradictions
from supervision.results.off_site import OfficePeople, as_off_site, entry_times, off_site_teams
from supervision.results.people import People, inspector_ids
from supervision.results.registration import RULE, known_ended
from supervision.results.workbook_reader import CellFault
from supervision.tables import tuples

LEAST = "shared/minimum_inspectors"
KEY = register("results").key
AGREED = ["correction_reason", "correction_reviewer"]
FIRST = "00"  # the version of a result that nobody corrected


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """Why rows may change and who agreed (更正依据), for all rows of a command that have no reason of their own."""

    reason: str
    reviewer: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Received:
    """A sheet of results after all checks (受理结果).

    `news`: the rows that may be stored; `held`: `KEY` of those that say what is on record; `on_record`: all versions of
    the results of the sheet's rounds.
    """

    checked: Checked
    news: pd.DataFrame
    held: pd.DataFrame
    on_record: pd.DataFrame

    def not_over(self, seen: Mapping[tuple[str, str], str]) -> Received:
        """Hand back rows that would change a version that their writer did not see (不覆盖未见过的更正).

        `seen`: visit and item → the number of the correction on record that they saw, `FIRST` where there was none. A
        row that says what is on record changes nothing, whatever its writer saw.
        """
        if not seen:
            return self
        pair = list(KEY[1:])
        latest = self.on_record.drop_duplicates(list(KEY), keep="last").set_index(pair)[CORRECTION.name].fillna(FIRST)
        news = set(tuples(self.news, *pair))
        keys = tuples(self.checked.good, *pair)
        late = [row for row, key in enumerate(keys) if key in news and key in seen and latest.get(key) != seen[key]]
        reason = Message.of("results.corrected_since")
        wrong = problems(line=np.array(late, dtype=np.int64), column=CORRECTION.name, value="", reason=reason)
        checked = self.checked.without(wrong)
        stays = pd.MultiIndex.from_frame(self.news[pair]).isin(pd.MultiIndex.from_frame(checked.good[pair]))
        return replace(self, checked=checked, news=self.news[stays].reset_index(drop=True))


class Reception:
    """What results are held against (受理依据): rounds, people, registers, each read once for all files."""

    def __init__(self, city: City, *, as_of: date | None, agreement: Agreement | None) -> None:
        self.city = city
        self._as_of = as_of
        self._agreement = agreement
        self._owed: dict[str, Owed | Message] = {}

    def read(self, round_id: str) -> None:
        """Read now what results of a round are held against (预读受理依据), so that `by` hands it on."""
        self.owed(round_id)
        self.people  # noqa: B018 – a property that reads

    def by(self, city: City) -> Reception:
        """Return this reception for a city opened anew, under another name (换人受理): what was read is not read again.

        For as long as no step of a round and no register that it read has changed.
        """
        other = copy(self)
        other.city = city
        return other

    @cached_property
    def people(self) -> People:
        """The register of inspectors (检查人员名录)."""
        rows = self.city.register("inspectors", on=FAR, columns=["inspector_id", "name", "office_id"])
        named = {name: rows[name].fillna("") for name in ("name", "office_id")}
        return People(
            names=dict(zip(rows["inspector_id"], named["name"], strict=True)),
            offices=dict(zip(rows["inspector_id"], named["office_id"], strict=True)),
        )

    @cached_property
    def office_people(self) -> OfficePeople:
        """Who may do off-site checks (可办理非现场检查的人员)."""
        rows = self.city.register("recusals", on=FAR, columns=["inspector_id", "unit_id"])
        return OfficePeople.of(self.people.offices, set(tuples(rows)))

    @cached_property
    def ending(self) -> dict[str, Sequence[str]]:
        """The result codes that the register must bear out (须印证的结果代码), with the statuses that do."""
        words: dict[str, Sequence[str]] = self.city.rules.on(self.city.now().date()).value(RULE) or {}
        return words

    def owed(self, round_id: str) -> Owed | Message:
        """Return what a round's visits owe (应报结果), or why it can have no results."""
        if round_id not in self._owed:
            self._owed[round_id] = self._owing(round_id)
        return self._owed[round_id]

    def _owing(self, round_id: str) -> Owed | Message:
        round = self.city.find(round_id)
        if round is None:
            return Message.of("results.round_unknown", round=round_id)
        if not can_report(round):
            return Message.of("results.round_not_matched", round=round_id)
        wanted = {item_id: item.inspectors for item_id, item in round.items.items()}
        least = int(round.law.value(LEAST))
        found = teams(expected_visits(round), standing(round), least=least, wanted=wanted)
        papers = expected_papers(round)
        if len(papers):
            methods = {item_id: item.method for item_id, item in round.items.items()}
            found |= off_site_teams(papers, people=self.office_people, methods=methods, least=least)
        last = round.name.last_day if round.is_rehearsal else self.city.now().date()
        return Owed(teams=found, first=round.name.first_day, last=last)

    def on_record(self, sheets: Sequence[ResultSheet]) -> pd.DataFrame:
        """Return all versions of the results of the rounds that sheets name (库中各版本)."""
        named = [sheet.table.frame["round"].dropna() for sheet in sheets]
        return self.city.store.versions("results", of={text for one in named for text in one})

    def receive(self, sheet: ResultSheet, *, before: pd.DataFrame) -> Received:
        """Check a sheet's rows (受理一张表): what they say, who went, who reviewed, what is on record.

        `before` is what was on record before the file: a row that says no more than that is no news, even when another
        sheet of the file has corrected it.
        """
        plain = replace(sheet.table, frame=sheet.table.frame.drop(columns="inspectors", errors="ignore"))
        checked = check_table("results", plain, as_of=self.city.now().date(), lists=self.city.code_lists, own_ids=True)
        wrong = [*sheet.faults, *_other_people(sheet.table), *entry_times(sheet.table.frame, sheet.table.line)]
        checked = _without_lines(checked, wrong)
        checked, nobody = self._with_ids(self._of_rounds(checked), sheet.table)
        known = self._known(checked.good)
        good = known if sheet.corrects else self._agreed(known)
        on_record = self.city.store.versions("results", of={*before["round"], *good["round"]})
        settled = settle("results", good, on_record, who=self.city.who, lists=self.city.code_lists)
        said = settled.same | settle("results", good, before, who="", lists=self.city.code_lists).same
        bad = pd.concat([nobody, self._faults(settled.rows), settled.faults], ignore_index=True)
        bad = bad[~said[bad["line"].to_numpy(dtype=np.int64)]]
        same = np.delete(said, np.unique(bad["line"].to_numpy(dtype=np.int64)))
        checked = replace(checked, good=settled.rows).without(bad)
        if KNOWN_ON.name in sheet.table.frame:
            checked = replace(checked, notes=(*checked.notes, Message.of("results.note_known_on")))
        return Received(
            checked=checked,
            news=checked.good[~same].reset_index(drop=True),
            held=checked.good.loc[same, list(KEY)],
            on_record=on_record,
        )

    def _with_ids(self, checked: Checked, table: Table) -> tuple[Checked, pd.DataFrame]:
        """Give the rows the ids of who went (检查人员工号), with the faults of those who are nobody here."""
        if "inspectors" not in table.frame:
            return checked, no_problems()
        texts = pd.Series(table.frame["inspectors"].to_numpy(), index=table.line).reindex(checked.lines)
        ids: list[str | None] = []
        wrong = [no_problems()]
        keys = tuples(checked.good, "round", "visit_id", "item_id")
        for row, ((round_id, *key), text) in enumerate(zip(keys, texts, strict=True)):
            owed = self.owed(round_id)
            team = None if pd.isna(text) or isinstance(owed, Message) else owed.by_item.get((key[0], key[1]))
            found, said = inspector_ids(text, holders=team.holders, people=self.people) if team else ([], [])
            said = [as_off_site(one) for one in said] if team and team.off_site else said
            ids.append(" ".join(found) or None)
            wrong += [problems(line=np.array([row]), column="inspectors", value=text, reason=reason) for reason in said]
        good = checked.good.assign(inspectors=pd.Series(ids, index=checked.good.index, dtype="str"))
        return replace(checked, good=good), pd.concat(wrong, ignore_index=True)

    def _of_rounds(self, checked: Checked) -> Checked:
        """Return the file without rows of rounds that have no results (剔除他轮的行): each such row, not the file."""
        names = checked.good["round"]
        refused = {name: owed for name in sorted(set(names)) if isinstance(owed := self.owed(name), Message)}
        rows = np.flatnonzero(names.isin(list(refused)).to_numpy())
        told = names.iloc[rows].tolist()
        return checked.without(problems(line=rows, column="round", value=told, reason=[refused[name] for name in told]))

    def _known(self, good: pd.DataFrame) -> pd.DataFrame:
        """Return rows with the day on which they became known (知悉日期).

        A real round's is the day on which they are entered, whatever a column says; a rehearsal's, whose days may lie
        ahead, its own (`known_day`), never before what is on record.
        """
        days = {}
        for name in sorted(set(good["round"])):
            round = self.city.round(name)
            if not round.is_rehearsal:
                if self._as_of is not None:
                    raise UsageError("month.as_of_in_real_round")
                days[name] = self.city.now().date()
                continue
            own = good.loc[good["round"] == name, "inspected_on"]
            day = self._as_of or known_day(own, first=round.name.first_day, last=round.name.last_day)
            before = self.city.store.versions("results", of=[name])["known_on"]
            days[name] = day if before.empty else max(day, before.max().date())
        return good.assign(known_on=good["round"].map(days).astype("datetime64[s]"))

    def _faults(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return what speaks against rows (不予受理的原因) whose rounds have results, by their positions."""
        owed = {name: self.owed(name) for name in sorted(set(rows["round"]))}
        found = faults(
            rows,
            owed={name: one for name, one in owed.items() if isinstance(one, Owed)},
            people=self.people,
            known_ended=self._known_ended(rows),
            ending=list(self.ending),
        )
        listed = [
            problems(line=np.array([one.row]), column=one.column, value=one.value, reason=one.reason) for one in found
        ]
        listed += [
            problems(line=np.array([place]), column=ITEM_RESULT, value=value, reason=reason)
            for place, value, reason in contradictions(rows, self.city.code_lists)
        ]
        return pd.concat([no_problems(), *listed], ignore_index=True)

    def _agreed(self, good: pd.DataFrame) -> pd.DataFrame:
        """Return rows with the reason and reviewer that the command gives (命令所给的更正依据), but for their own."""
        if self._agreement is None:
            return good
        given = dict(zip(AGREED, (self._agreement.reason, self._agreement.reviewer), strict=True))
        own = good[AGREED].notna().any(axis=1)
        return good.assign(**{column: good[column].where(own, text) for column, text in given.items()})

    def _known_ended(self, rows: pd.DataFrame) -> set[tuple[str, str]]:
        units = set(rows.loc[rows["result"].isin(list(self.ending)), "unit_id"].dropna())
        if not units:
            return set()
        entities = self.city.register("entities", on=FAR, columns=["unit_id", "status"], of=units)
        events = self.city.register("events", on=FAR, columns=["unit_id", "kind", "result"], of=units)
        return known_ended(rows, entities, events, self.ending)


def _other_people(table: Table) -> list[CellFault]:
    """Return the rows that say the same of one item but for who went (人员不一的重复行), which are no repeats."""
    columns = ["round", "visit_id", "item_id", "inspectors"]
    if "inspectors" not in table.frame:
        return []
    rows = table.frame[columns].fillna("").assign(line=table.line).drop_duplicates(columns, keep=False)
    rows = rows[rows.duplicated(columns[:3], keep=False)]
    return [
        CellFault(
            line=line,
            column="inspectors",
            value=text,
            reason=Message.of("directory.duplicate", lines="、".join(str(one) for one in group if one != line)),
        )
        for _, part in rows.groupby(columns[:3])
        for group in [part["line"].tolist()]
        for line, text in zip(group, part["inspectors"], strict=True)
    ]


def _without_lines(checked: Checked, wrong: Sequence[CellFault]) -> Checked:
    """Return a checked file without the rows whose cells are no answer (剔除无法采用的行), with their reasons."""
    place = {line: row for row, line in enumerate(checked.lines.tolist())}
    listed = [
        problems(line=np.array([fault.line]), column=fault.column, value=fault.value, reason=fault.reason)
        for fault in wrong
    ]
    told = pd.MultiIndex.from_frame(checked.rejected[["line", "column"]])
    again = told.isin([(fault.line, fault.column) for fault in wrong])
    checked = replace(checked, rejected=checked.rejected[~again].reset_index(drop=True))
    inside = [one.assign(line=place[line]) for one in listed if (line := int(one["line"].iloc[0])) in place]
    outside = [one for one in listed if int(one["line"].iloc[0]) not in place]
    found = checked.without(pd.concat([no_problems(), *inside], ignore_index=True))
    return replace(found, rejected=in_order(register("results"), [found.rejected, *outside]))
