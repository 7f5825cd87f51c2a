"""Commands `cases` and `review`: from a case that came by file to its closing, exit codes, what is refused."""

from __future__ import annotations

import shutil

import pytest

NUMBER = "WT2026-11-0001"


@pytest.fixture
def filled(call, town, tmp_path):
    """A store with the town's small registers, its law and one case of a problem."""
    shutil.copytree(town / "rules", tmp_path / "rules")
    assert call("init").code == 0
    for kind in ("calendar", "offices", "items", "entities"):
        assert call("import", kind, *sorted(town.glob(f"{kind}*.csv"))).code == 0
    listed = (town / "entities.csv").read_text(encoding="utf-8-sig").splitlines()
    unit = listed[1].split(",")[0].strip('"')
    header = "case_no,step,action,matter,unit_id,office_id,visit_no,item_id,happened,due,text,by,known_on"
    row = f"{NUMBER},00,opened,problem,{unit},market-320505,V1,food,2026-11-20,2026-12-05,核实,王明,2026-11-20"
    (tmp_path / "cases.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    assert call("import", "cases", "cases.csv").code == 0
    return call


def test_a_case_from_its_order_to_its_end(filled):
    """Each step is a command; overdue is exit code 4, what is closed stays closed."""
    call = filled
    late = call("cases", "list", "--overdue", "--on", "2026-12-06")
    assert (late.code, NUMBER in late.out) == (4, True)
    assert call("cases", "list", "--overdue", "--on", "2026-12-05").code == 0
    day = ("--on", "2026-12-06")
    ordered = call("cases", "order", NUMBER, "--until", "2026-12-20", "--document", "责改1号", *day, "--json")
    assert (ordered.code, ordered.json["due"], ordered.json["command"]) == (0, "2026-12-20", "cases order")
    words = ("cases", "tell", NUMBER, "--to", "fire", "--document", "抄告1号", "--text", "通道堵塞", *day)
    assert call(*words, "--json").json["action"] == "informed"
    assert call(*words, "--transfer", "--json").json["action"] == "transferred"
    again = call("cases", "reinspect", NUMBER, "--result", "1", "--text", "已改正", "--off-site", *day)
    assert (again.code, "个案检查" in again.out) == (0, True)
    assert call("cases", "follow", NUMBER, "--done", "已归档", *day).code == 0
    closed = call(
        "--as", "丙", "cases", "close", NUMBER, "--outcome", "corrected", "--done", "复查已改正", *day, "--json"
    )
    assert (closed.json["event"], closed.json["open"]) == ("rectified", False)
    refused = call("cases", "follow", NUMBER, "--done", "再查", *day)
    assert (refused.code, "由 丙 办结" in refused.err) == (1, True)
    assert call("cases", "list", *day, "--json").json["closed"] == 1


def test_one_thing_at_a_time(call):
    """`review` says yes or sends back, not both, and says so before it opens anything."""
    refused = call("review", "2026-12", "--accept-all", "--send-back", "a~1", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (2, "month.review_one_thing")


def test_cases_of_a_round_that_there_is_not(filled):
    """`cases make` names the round that is missing, exit code 2."""
    refused = filled("cases", "make", "2026-12")
    assert (refused.code, "2026-12" in refused.err) == (2, True)
