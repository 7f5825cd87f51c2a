"""Before anybody is framed, every status is known, and every kind of unit where tasks ask for kinds."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from builders import LISTS

from supervision.errors import SupervisionError
from supervision.law.rules import Law, Rules
from supervision.sampling.frame.known_words import with_known_words
from supervision.store import shipped_files

OWN = """id: shared/in_force
title: {{zh: 存续, en: in force}}
unit: texts
values:
  - from: 2026-06-01
    value: [{words}]
    basis: 本市自定
    verified: true
    review_by: 2027-12-31
"""


def law(words: str = "") -> Law:
    """Return the law of December 2026, with the city's own words for in force where some are given."""
    own = {"shared/in_force.yaml": OWN.format(words=words).encode()} if words else {}
    return Rules.read(shipped_files.shipped_rules(), own).on(date(2026, 12, 1))


def units(statuses: list[str | None], types: list[str | None] | None = None) -> pd.DataFrame:
    """Return units with these statuses and kinds."""
    kinds = types if types is not None else ["企业"] * len(statuses)
    return pd.DataFrame({"status": pd.Series(statuses, dtype="str"), "type": pd.Series(kinds, dtype="str")})


def refusal(entities: pd.DataFrame, populations: tuple[str, ...] = ("*",)) -> SupervisionError:
    """Return what is said against these units."""
    with pytest.raises(SupervisionError) as caught:
        with_known_words(entities, populations, lists=LISTS, law=law())
    return caught.value


def test_known_statuses_become_their_codes() -> None:
    """Words of the rule stay as they are, words of the list become its codes, though they were stored as strangers."""
    found = with_known_words(units(["存续", "active", "已注销", "在营（开业）企业"]), ("*",), lists=LISTS, law=law())
    assert found["status"].tolist() == ["存续", "active", "注销", "存续"]


def test_an_unknown_status_stops() -> None:
    """Strange words and blanks are named with their units, the most frequent first, and the lines to write."""
    said = refusal(units(["存续", "开业(正常)", None, "开业(正常)", "注销"]))
    assert (said.code, said.params["units"]) == ("sampling.status_unknown", 3)
    assert "“开业(正常)” 2 户；“空白” 1 户" in said.text("zh")
    assert '"开业(正常)" 2; "空白" 1' in said.text("en")
    assert "active, 开业(正常), 空白]" in said.text("en")
    assert '  "空白":\n    zh: 空白' in said.text("en")


def test_the_rule_settles_it() -> None:
    """The lines that the refusal names, with their blanks filled in, make the words known; blank ones as well."""
    strange = units(["存续", "开业(正常)", None, "备案, 歇业", "true"])
    lines = refusal(strange).params["in_force"]
    own = Rules.read(shipped_files.shipped_rules(), {"shared/in_force.yaml": str(lines).replace("…", "某文").encode()})
    found = with_known_words(strange, ("*",), lists=LISTS, law=own.on(date(2026, 12, 1)))
    assert found["status"].tolist() == ["存续", "开业(正常)", "空白", "备案, 歇业", "true"]


def test_a_rule_may_leave_blanks_out() -> None:
    """A word that only the city's rule names is in force, and the shipped words are not repeated by themselves."""
    found = with_known_words(units(["营业中", "注销"]), ("*",), lists=LISTS, law=law("营业中"))
    assert found["status"].tolist() == ["营业中", "注销"]


@pytest.mark.parametrize(("populations", "stops"), [(("*",), False), (("region=320505", "type=企业"), True)])
def test_an_unknown_kind_stops_where_tasks_ask_for_kinds(populations: tuple[str, ...], stops: bool) -> None:
    """A strange kind of unit matters only to tasks that draw by kind; a blank one is no word."""
    entities = units(["存续"] * 3, ["企业", "家庭作坊", None])
    if not stops:
        assert len(with_known_words(entities, populations, lists=LISTS, law=law())) == 3
        return
    said = refusal(entities, populations)
    assert (said.code, said.params["units"]) == ("sampling.type_unknown", 1)
    assert "“家庭作坊” 1 户" in said.text("zh")
