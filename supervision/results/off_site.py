"""Off-site checks (非现场检查): what they owe, who may report them, and which methods they may name.

Nobody is drawn for them, as nobody goes anywhere: the people of the office that does them may, but for those who are
recused from the unit.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from supervision.domain.people import Office
from supervision.domain.visits import is_off_site
from supervision.messages import Message
from supervision.results.acceptance import EXPECTED, Owes, Team
from supervision.results.workbook_reader import CellFault, Lines
from supervision.tables import tuples

TIME = re.compile("[:：时点T]|上午|下午")


@dataclass(frozen=True, kw_only=True)
class OfficePeople:
    """The people of the offices (各机构人员): office_id → ids; `recused`: (inspector_id, unit_id) who may not."""

    of_office: Mapping[str, frozenset[str]]
    recused: Collection[tuple[str, str]]

    @classmethod
    def of(cls, offices: Mapping[str, str], recused: Collection[tuple[str, str]]) -> OfficePeople:
        """Return the people by office (按机构归集), out of inspector_id → office_id."""
        found: dict[str, set[str]] = {}
        for who, office in offices.items():
            found.setdefault(office, set()).add(who)
        return cls(of_office={office: frozenset(own) for office, own in found.items()}, recused=recused)

    def free(self, office: str, unit: str) -> frozenset[str]:
        """Return who of an office may check a unit (可办理人员)."""
        return frozenset(one for one in self.of_office.get(office, ()) if (one, unit) not in self.recused)


def expected_off_site(duties: pd.DataFrame, offices: Mapping[str, Office]) -> pd.DataFrame:
    """Return what off-site checks should report (应报非现场检查结果), one row a unit and item: `EXPECTED`.

    `duties`: visit_id, unit_id, office, item_id, correct_by; `inspected_on` is the day by which the unit has corrected
    itself.
    """
    departments = {name: office.department for name, office in offices.items()}
    rows = duties.rename(columns={"office": "office_id"}).assign(
        agency=duties["office"].map(departments).astype("str"),
        inspected_on=pd.to_datetime(duties["correct_by"]).astype("datetime64[s]"),
    )
    return rows[EXPECTED].reset_index(drop=True)


def off_site_teams(
    expected: pd.DataFrame, *, people: OfficePeople, methods: Mapping[str, Collection[str]], least: int
) -> dict[Owes, Team]:
    """Return who may report which off-site check (可办理非现场检查的人员), as `acceptance.teams`.

    `expected` as `expected_off_site` gives it; `methods`: item → the codes of its methods; `least`: the fewest people.
    """
    columns = ["visit_id", "item_id", "agency", "unit_id", "office_id"]
    return {
        (visit, item, agency, unit): Team(
            holders=people.free(office, unit), least=least, methods=frozenset(methods[item])
        )
        for visit, item, agency, unit, office in tuples(expected, *columns)
    }


def entry_times(rows: pd.DataFrame, line: Lines) -> list[CellFault]:
    """Return the off-site rows whose day has a time (填了入企时间的非现场行): nobody entered, so there is none.

    `rows`: visit_id and inspected_on as they were typed; `line` (int64): the rows' numbers in the file.
    """
    found = []
    for number, visit, text in zip(line.tolist(), rows["visit_id"], rows["inspected_on"], strict=True):
        if isinstance(visit, str) and isinstance(text, str) and is_off_site(visit) and TIME.search(text):
            reason = Message.of("results.off_site_time")
            found.append(CellFault(line=number, column="inspected_on", value=text, reason=reason))
    return found


def as_off_site(reason: Message) -> Message:
    """Return what is said of people of an off-site check (非现场检查的人员提示), for whom nobody was drawn."""
    if reason.code != "results.person_not_drawn":
        return reason
    params: Mapping[str, Any] = reason.params
    return Message.of("results.off_site_person", who=params["who"], office=params["office"])
