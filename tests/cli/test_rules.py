"""The command `rules`: its questions, one at a time, in both languages."""

from __future__ import annotations

import shutil

import pytest

from supervision.month import what_if as comparing
from supervision.planner.plan import Budget


def test_due_rules_in_words_and_json(call):
    """What is due within three months where nothing else is said; exit code 4 where a day has passed."""
    said = call("rules", "--due", "--on", "2026-12-01")
    assert said.code == 0 and "还有 30 天 shared/draw_source（随机信源），复核期限 2026-12-31（未经核实）" in said.out
    none = call("rules", "--due", "--on", "2026-11-01", "--within", "1", "--json").json
    assert (none["rules"], none["months"], none["passed"]) == ([], 1, 0)
    passed = call("rules", "--due", "--on", "2027-01-02", "--within", "0", "--lang", "en")
    assert passed.code == 4 and "OVERDUE by 2 days shared/draw_source" in passed.out
    assert call("rules", "--due", "--on", "2027-09-30", "--json").json["months"] == 3


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--due", "--used", "2026-12"), "month.rules_one_of"),
        (("--preset", "henan", "--due"), "month.rules_one_of"),
        (("--items", "2026-01-01", "2026-02-01", "--what-if", "2026-12"), "month.rules_one_of"),
        (("--within", "0"), "month.rules_only_with"),
        (("--set", "shared/reserve=30%"), "month.rules_only_with"),
        (("--under", ".", "--due"), "month.rules_only_with"),
        (("--what-if", "2026-12"), "month.rules_only_with"),
    ],
)
def test_options_that_do_not_go_together(call, words, code):
    """Each question has its own options; nothing is read before that is clear."""
    ended = call("rules", *words, "--json")
    assert (ended.code, ended.json["error"]["code"]) == (2, code)


def test_questions_about_a_round(call, town, tmp_path, monkeypatch):
    """What a rehearsal rested on, the same month under another rule, and the list of items."""
    monkeypatch.setattr(comparing, "BUDGET", Budget(turns=1, rescue=1, processes=1))
    shutil.copytree(town / "rules", tmp_path / "rules")
    call("month", "2026-12", "--rehearsal", "--inputs", town, "--out", "out")
    used = call("rules", "--used", "2026-12", "--rehearsal", "--json").json
    assert (used["command"], used["rehearsal"], used["accepted"]) == ("rules", True, None)
    asked = (
        "rules",
        "--what-if",
        "2026-12",
        "--rehearsal",
        "--set",
        "tasks/T01-food.D=100%",
        "--set",
        "shared/reserve=50%",
    )
    found = call(*asked, "--json").json
    assert [row["rule"] for row in found["rules"]] == ["tasks/T01-food.D", "shared/reserve"]
    assert found["figures"]["assumed"]["expected_visited"] > found["figures"]["is"]["expected_visited"]
    words = call(*asked).out
    assert "假设 shared/reserve（备选比例）：20% → 50%" in words and "一次抽取：入企次数：" in words
    english = call(*asked, "--lang", "en").out
    assert "one draw: doors: " in english and "coverage, expected: " in english
    assert call("rules", "--used", "2026-12").code == 2
    items = call("rules", "--items", "2026-11-01", "2026-12-01", "--json").json
    assert items["added"] == len(items["changes"]) > 20
    folder = call("rules", "--what-if", "2026-12", "--rehearsal", "--under", "out", "--json")
    assert folder.json["error"]["code"].startswith("law.assumed.")


WRONG = """id: shared/yearly_visit_cap
title: {zh: 上限, en: Cap}
unit: visits
values:
  - {from: 2026-01-01, value: {same_agency: many, all_agencies: 4}, basis: b, verified: true, review_by: 2027-12-31}
"""


@pytest.mark.parametrize(
    "words", [("rules", "--on", "2026-12-01"), ("status",), ("rules", "--due"), ("score", "2026-12")]
)
def test_a_value_of_another_type_stops_every_command(call, tmp_path, words):
    """File, date, key, what is asked and what stands there, in either language; no traceback."""
    call("init")
    (tmp_path / "rules" / "shared").mkdir()
    (tmp_path / "rules" / "shared" / "yearly_visit_cap.yaml").write_text(WRONG, encoding="utf-8")
    ended = call(*words)
    assert ended.code == 1
    place = "rules/shared/yearly_visit_cap.yaml（自 2026-01-01 起的取值）same_agency"
    assert f'{place}：应为0 至 1000000 的整数，或 null，现为文字 "many"。' in ended.err.replace("\n", "")
    said = call(*words, "--lang", "en").err.replace("\n", " ")
    assert 'same_agency: must be an integer from 0 to 1000000, or null, but is the text "many".' in said
