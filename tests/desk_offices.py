"""An office at the desk, for tests: what its clerk may see, forms of results filled in, a colleague."""

from __future__ import annotations

import re
from html import unescape

import pandas as pd
from desk_people import PASSWORD, Desk

from supervision.desk.accounts import Accounts
from supervision.month.round_results import expected

ROUND = "2026-12"
FAULT = re.compile(r'<span class="fault" id="fault-([a-z_]*)@((?!-)[^"]+?)(?:-[0-9]+)?">([^<]*)</span>')


class Clerk:
    """A clerk on a day of the month, of the office that has the visit which owes most results; sun-04 is another's."""

    def __init__(self, desk: Desk, *, at: str = "2026-12-28T09:00", name: str = "sun-08") -> None:
        desk.play.set(at)
        self.desk, self.name = desk, name
        owed = expected(desk.play.round("sun-04"))
        sizes = owed.groupby(["office_id", "visit_id"]).size().sort_index()
        self.office, self.visit = sizes.idxmax()
        assert self.office != desk.play.offices()[0]
        self.owed = owed[owed["office_id"] == self.office]
        self.others = owed[owed["office_id"] != self.office]
        mine = self.owed[self.owed["visit_id"] == self.visit]
        self.items, self.day = sorted(mine["item_id"]), f"{mine['inspected_on'].iloc[0]:%Y-%m-%d}"
        Accounts(desk.file).add(name, password=PASSWORD, roles=["clerk"], office=self.office)
        self.person = desk.person(name)

    def colleague(self, name: str = "sun-09") -> Clerk:
        """Return another clerk of the same office, at the same time."""
        return Clerk(self.desk, at=self.desk.play.time.isoformat()[:19], name=name)

    def path(self, page: str = "results", *, visit: str = "", office: str = "") -> str:
        """Return the address of a page of a visit."""
        return f"/office/{office or self.office}/{ROUND}/visits/{visit or self.visit}/{page}"

    def filled(self, **more: str | list[str]) -> dict[str, object]:
        """Return the form as it is opened, with a day, a reviewer and clean results; `item__column` changes fields."""
        page = self.person.get(self.path()).text
        form: dict[str, object] = {"version": re.search(r'name="version" value="([0-9]+)"', page)[1]}
        people = re.findall(r'name="inspectors@" value="([^"]+)" checked', page)
        form |= {"inspected_on@": self.day, "inspectors@": people, "reviewer@": "钱审核", "method@": ["on_site"]}
        for item in self.items:
            form |= {f"result@{item}": "1", f"item_result@{item}": "passed", f"follow_up@{item}": "none"}
        return form | more

    def send(self, form: dict[str, object], act: str = "send") -> tuple[int, str]:
        """Send a form; return the code of the answer, and the page that it is or leads to."""
        answer = self.person.post(self.path(), act=act, **form)
        page = self.person.get(answer.headers["Location"]) if answer.status_code == 302 else answer
        return answer.status_code, page.text

    def stored(self) -> pd.DataFrame:
        """Return all versions on record of the visit's results."""
        rows = self.desk.play.city("sun-04").store.versions("results", of=[ROUND])
        return rows[rows["visit_id"] == self.visit].reset_index(drop=True)


def faults(page: str) -> set[tuple[str, str, str]]:
    """Return what a page says at its fields: item, column, words."""
    return {(unescape(item), column, unescape(said)) for column, item, said in FAULT.findall(page)}
