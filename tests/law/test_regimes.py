"""Regimes and the terms of lists, as the rules write them."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
import yaml

from supervision.errors import RuleMissing, SupervisionError
from supervision.law.list_entry import list_entries
from supervision.law.regimes import Regime, regime_of, regimes
from supervision.law.rules import Law, Rules
from supervision.store import shipped_files

ON = date(2026, 12, 1)


def law(path: str, value: Any) -> Law:
    """A law of one rule with this value."""
    entry = {
        "from": date(2020, 1, 1),
        "value": value,
        "basis": "甲文",
        "verified": False,
        "review_by": date(2030, 1, 1),
    }
    body = {"id": path, "title": {"zh": "甲", "en": "A"}, "unit": "-", "values": [entry]}
    return Rules.read({f"{path}.yaml": yaml.safe_dump(body, allow_unicode=True).encode()}).on(ON)


def test_a_regime_is_read_with_all_that_it_asks():
    """Every key has its place; what is not named asks nothing."""
    value = {
        "regime": ["random"], "levels": ["national"], "names": ["飞检"], "method": ["desk"], "points": ["价格"],
        "groups": ["甲"], "registers": ["permits"], "department": "market", "people": 2, "field": "food",
        "announced": False, "published": True, "floor": "1.5%",
    }  # fmt: skip
    assert regime_of(law("market/a", value), "market/a") == Regime(
        path="market/a", regime=("random",), levels=("national",), names=("飞检",), method=("desk",), points=("价格",),
        groups=("甲",), registers=("permits",), department="market", people=2, field="food", announced=False,
        published=True, floor=Fraction(3, 200),
    )  # fmt: skip
    plain = Regime(path="market/a", regime=("full",), people=0, announced=True, published=False, floor=Fraction(0))
    assert regimes(law("market/a", {"regime": ["full"]})) == [plain]
    assert regimes(law("market/a", {"people": 2})) == []


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ({"regime": "random"}, "regime"),
        ({"regime": []}, "regime"),
        ({"regime": [1]}, "regime"),
        ({"regime": ["full"], "person": 2}, "person"),
        ({"regime": ["full"], "people": "2"}, "people"),
        ({"regime": ["full"], "people": True}, "people"),
        ({"regime": ["full"], "announced": "no"}, "announced"),
        ({"regime": ["full"], "floor": "x"}, "floor"),
    ],
)
def test_a_regime_written_otherwise_is_refused(value, key):
    """A misspelt key would let a task through that the law forbids: rule and key are named."""
    with pytest.raises(SupervisionError, match=rf"market/a.yaml.*{key}") as refused:
        law("market/a", value)
    assert refused.value.code == "law.shapes.wrong"


@pytest.mark.parametrize("value", ["random", {"people": 2}])
def test_a_rule_that_is_no_regime_is_refused(value):
    """An item names a rule of another kind: rule and keys are named."""
    with pytest.raises(SupervisionError) as refused:
        regime_of(law("market/a", value), "market/a")
    assert refused.value.code == "law.regime_malformed"
    assert dict(refused.value.params)["key"] == "regime"


def test_a_regime_that_is_not_there_is_named():
    """An item that names a rule which the city does not have stops with the file and the lines to write."""
    with pytest.raises(RuleMissing) as refused:
        regime_of(law("market/a", {"regime": ["full"]}), "market/b")
    assert "rules/market/b.yaml" in refused.value.text("zh")


def test_every_shipped_regime_is_well_formed_and_unverified():
    """All thirty-four can be read, each has a basis, none is called verified."""
    shipped = Rules.read(shipped_files.shipped_rules()).on(ON)
    found = regimes(shipped)
    assert len(found) == 34
    assert all(shipped.entry(one.path).basis and not shipped.entry(one.path).verified for one in found)
    lists = {"regime": {"random", "full", "reduced", "observation"}, "levels": {"national", "provincial"}}
    assert all(set(getattr(one, name)) <= codes for one in found for name, codes in lists.items())


def test_terms_of_lists():
    """What is not named bars nobody and lets a list stand; another shape is refused."""
    value = {"positive": {"barred_years": 5, "barred_by": {"penalty": 3}}, "whitelist": {}}
    found = list_entries(law("shared/list_entry", value))
    assert (found["positive"].barred_years, found["positive"].barred_by, found["positive"].renewed_months) == (
        5,
        {"penalty": 3},
        0,
    )
    assert (found["whitelist"].barred_years, found["whitelist"].barred_by) == (0, {})
    assert list_entries(law("shared/other", 1)) == {}


@pytest.mark.parametrize(
    "value", [3, {"positive": 3}, {"positive": {"years": 5}}, {"positive": {"barred_years": "5"}},
              {"positive": {"barred_years": 5, "barred_by": {"penalty": "3"}}}]
)  # fmt: skip
def test_terms_written_otherwise_are_refused(value):
    """A misspelt term would let anybody onto a list."""
    with pytest.raises(SupervisionError) as refused:
        law("shared/list_entry", value)
    assert refused.value.code == "law.shapes.wrong"
