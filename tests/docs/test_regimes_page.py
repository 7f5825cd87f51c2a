"""The page of regimes names every regime that the law has, its rule and its cases."""

import re
from datetime import date
from pathlib import Path

from supervision.law.regimes import KEYS, regimes
from supervision.law.rules import Rules
from supervision.store import shipped_files

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "regimes.md").read_text(encoding="utf-8")


def test_every_regime_stands_in_the_table_with_its_cases() -> None:
    """One row a regime, with its title, the ways of drawing and a file of cases that is there."""
    law = Rules.read(shipped_files.shipped_rules()).on(date(2026, 12, 1))
    rows = {
        row[-2].strip(" `"): row
        for row in (line.strip("|").split("|") for line in PAGE.splitlines())
        if len(row) == 6 and "/" in row[-2]
    }
    found = {regime.path: regime for regime in regimes(law)}
    assert set(rows) == set(found)
    ways = {"random": "随机", "full": "全覆盖", "reduced": "减少", "observation": "观察期"}
    for path, row in rows.items():
        assert row[0].strip() == f"{law.title(path)} {law.title(path, 'en')}"
        assert row[1].strip() == "、".join(ways[way] for way in found[path].regime)
        assert (ROOT / "tests" / "regimes" / "cases" / f"{row[-1].strip(' `')}.yaml").is_file()
        assert row[3].strip() in law.entry(path).basis


def test_every_key_is_explained() -> None:
    """A key that the page does not explain would be known to nobody."""
    assert {key for key in KEYS if not re.search(rf"`{key}(: \w+)?`", PAGE)} == set()
