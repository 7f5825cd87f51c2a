"""What inspectors must know (入企要素): contacts, certificates, and what earlier inspections found."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from builders import LISTS

from supervision.month.visit_particulars import particulars
from supervision.notice.visit_details import Contact

HISTORY = [
    ("U1", "market", "food", "2024-03-01", "E"),
    ("U1", "fire", "gone-item", "2026-05-02", "5"),
    ("U1", "market", "food", "2025-01-31", "1"),
    ("U1", "market", "food", "2025-02-01", "3"),
    ("U1", "market", "food", "2025-02-01", "3"),
    ("U1", "market", "food", "2023-02-01", "A"),
    ("U2", "market", "food", "2025-02-01", "1"),
    ("U2", "market", "food", "2025-03-01", "9"),
    ("U3", "market", "food", "2025-02-01", "E"),
    ("U4", "market", "food", "2025-02-01", "E"),
]
ENTITIES = [("U1", "钱一", "0512-00000001", "孙二"), ("U2", None, None, None), ("U4", "别人", "1", "别人")]


class _Round:
    """What the function asks of a round: registers as known on the evidence day, people as on their own day."""

    code_lists = LISTS
    items = {"food": SimpleNamespace(name="食品检查")}  # noqa: RUF012
    is_rehearsal = True
    evidence_day = date(2026, 11, 30)

    def __init__(self) -> None:
        self.city = SimpleNamespace(register=self.people)

    def register(self, kind: str, columns: list[str], *, of: set[str]) -> pd.DataFrame:
        """Return the rows of some units in a register of the evidence day."""
        frame = pd.DataFrame(ENTITIES if kind == "entities" else HISTORY, columns=columns, dtype="str")
        frame = frame[frame["unit_id"].isin(of)].reset_index(drop=True)
        return frame if kind == "entities" else frame.assign(date=pd.to_datetime(frame["date"]))

    def people(self, kind: str, *, on: date, columns: list[str]) -> pd.DataFrame:
        """Return the directory of inspectors."""
        assert (kind, on) == ("inspectors", self.evidence_day)
        return pd.DataFrame([("i1", "苏E001"), ("i2", None)], columns=columns, dtype="str")


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The particulars of three units, before anybody was drawn for a visit: no token yet."""
    monkeypatch.setattr("supervision.month.visit_particulars.tokens", lambda round: {})
    round: Any = _Round()
    return particulars(round, pd.Series(["U1", "U2", "U3"], dtype="str"))


def test_problems_are_told_newest_first_and_counted_beyond_three(found: Any) -> None:
    """Each problem once, by whom and for what; a clean visit or a closed shop is none."""
    market, fire = (LISTS.label("department", code, "zh") for code in ("market", "fire"))
    words = {code: LISTS.label("result", code, "zh") for code in ["5", "3", "E", "A"]}
    assert found.earlier == {
        "U1": f"2026-05-02 {fire} gone-item：{words['5']}；2025-02-01 {market} 食品检查：{words['3']}；"
        f"2024-03-01 {market} 食品检查：{words['E']}；另有 1 次",
        "U3": f"2025-02-01 {market} 食品检查：{words['E']}",
    }


def test_contacts_are_those_of_the_units_alone(found: Any) -> None:
    """What the directory does not say is blank; other units' contacts are not taken along."""
    assert found.contacts == {
        "U1": Contact(contact="钱一", phone="0512-00000001", legal_rep="孙二"),
        "U2": Contact(contact="", phone="", legal_rep=""),
    }


def test_certificates_and_ways_to_inspect(found: Any) -> None:
    """Certificates by inspector, blank where the directory has none; methods by their names."""
    assert found.certificates == {"i1": "苏E001", "i2": ""}
    assert found.methods["on_site"] == LISTS.label("method", "on_site", "zh")
