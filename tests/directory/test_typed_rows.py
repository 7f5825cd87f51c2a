"""Register rows as nouns (登记行转为名词)."""

from __future__ import annotations

from datetime import date

import pytest
from builders import check

from supervision.directory import typed_rows
from supervision.domain.items import Item
from supervision.errors import SupervisionError

HEAD = "item_id,name,department,kind,basis,ratio,method,half_days,half,inspectors,from_date\n"


def items(*rows: str) -> dict[str, Item]:
    """Return the items of December from rows of the register."""
    checked = check("items", HEAD + "".join(f"{row}\n" for row in rows))
    assert len(checked.good) == len(rows)
    return typed_rows.items(checked.good, first=date(2026, 12, 1), last=date(2026, 12, 31))


def test_the_half_of_the_day_of_an_item() -> None:
    """Morning or afternoon only becomes the half-day's name; blank is any."""
    common = "市场监管,一般,示例,3%,实地检查"
    found = items(
        f"a,甲,{common},1,上午,2,2026-01-01", f"b,乙,{common},1,下午,2,2026-01-01", f"c,丙,{common},2,,2,2026-01-01"
    )
    assert {name: item.only_half for name, item in found.items()} == {"a": "T1", "b": "T2", "c": ""}


def test_a_whole_day_in_one_half_is_refused() -> None:
    """An item of two half-days that is held in the afternoon only contradicts itself and is named."""
    with pytest.raises(SupervisionError) as error:
        items("a,甲,市场监管,一般,示例,3%,实地检查,2,下午,2,2026-01-01")
    assert (error.value.code, error.value.params) == (
        "directory.item_half",
        {"item": "a", "half_days": 2, "half": "pm"},
    )
    assert "请改正" in error.value.text("zh")
