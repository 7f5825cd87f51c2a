"""What counts as off site, as the rule writes it (非现场检查规则)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml

from supervision.domain.items import Item
from supervision.errors import RuleMissing, SupervisionError
from supervision.law.off_site import OffSite, off_site
from supervision.law.rules import Law, Rules
from supervision.store import shipped_files

KNOWN = ("on_site", "desk", "opinion", "test", "online", "agency")


def law(value: Any) -> Law:
    """A law of this rule alone."""
    entry = {"from": date(2020, 1, 1), "value": value, "basis": "甲文", "verified": False}
    body = {
        "id": "shared/off_site_check",
        "title": {"zh": "甲", "en": "A"},
        "unit": "-",
        "values": [entry | {"review_by": date(2030, 1, 1)}],
    }
    text = yaml.safe_dump(body, allow_unicode=True).encode()
    return Rules.read({"shared/off_site_check.yaml": text}).on(date(2026, 12, 1))


def item(*methods: str) -> Item:
    """An item with these methods."""
    return Item(item_id="i", name="甲", department="market", kind="general", basis="甲文", ratio="不高于10%",
                half_days=1, inspectors=2, method=methods)  # fmt: skip


def test_the_shipped_rule() -> None:
    """Papers, data of other bodies and monitoring are off site; it can be read, has a basis, is called unverified."""
    shipped = Rules.read(shipped_files.shipped_rules()).on(date(2026, 12, 1))
    found = off_site(shipped, known=KNOWN)
    assert found == OffSite(methods=frozenset({"desk", "opinion", "online"}), correction_days=10)
    assert not shipped.entry("shared/off_site_check").verified


@pytest.mark.parametrize(
    ("methods", "held"),
    [(("desk",), True), (("desk", "online"), True), (("desk", "on_site"), False), (("test",), False), ((), False)],
)
def test_which_items_are_off_site(methods: tuple[str, ...], held: bool) -> None:
    """Those all of whose methods are, and that name one."""
    assert OffSite(methods=frozenset({"desk", "online"}), correction_days=1).holds(item(*methods)) is held


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (["desk"], "law.shapes.wrong"),
        ({"methods": ["desk"]}, "law.shapes.wrong"),
        ({"methods": ["desk"], "correction_days": 5, "more": 1}, "law.shapes.wrong"),
        ({"methods": "desk", "correction_days": 5}, "law.shapes.wrong"),
        ({"methods": [], "correction_days": 5}, "law.shapes.wrong"),
        ({"methods": ["desk"], "correction_days": 0}, "law.shapes.wrong"),
        ({"methods": ["desk"], "correction_days": True}, "law.shapes.wrong"),
        ({"methods": ["desk", "phone"], "correction_days": 5}, "law.off_site_method"),
        ({"methods": ["desk", "on_site"], "correction_days": 5}, "law.off_site_method"),
    ],
)
def test_written_otherwise(value: Any, code: str) -> None:
    """Another shape, a method off the code list, the visit itself: refused by name."""
    with pytest.raises(SupervisionError) as refused:
        off_site(law(value), known=KNOWN)
    assert refused.value.code == code


def test_a_day_is_enough() -> None:
    """One working day is the least."""
    assert off_site(law({"methods": ["desk"], "correction_days": 1}), known=KNOWN).correction_days == 1


def test_no_rule_no_check() -> None:
    """Without the rule nobody knows what is off site."""
    with pytest.raises(RuleMissing):
        off_site(Law(on=date(2026, 12, 1), rules={}), known=KNOWN)
