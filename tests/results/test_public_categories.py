"""From result codes to what the public reads (结果代码与公示类别)."""

import pytest

from supervision.errors import SupervisionError
from supervision.results.public_categories import publish_results, status_events, step_ins


def test_every_code_has_the_category_of_the_design(codes):
    """1 is none found; A, 3, 4, 5, D, G are pending; E is corrected; B, C, 6, 8, F as named; 7, 9-12 have no row."""
    found: dict[str, str | None] = {}
    for code in codes.codes("result"):
        category = codes.category(code)
        found[code] = category and codes.label("category", category)
    pending, unavailable = dict.fromkeys("A345DG", "发现问题待后续处理"), dict.fromkeys(("7", "9", "10", "11", "12"))
    assert found == {
        "1": "未发现问题",
        **pending,
        "E": "发现问题已责令改正",
        "B": "未按规定公示应当公示的信息",
        "C": "公示信息隐瞒真实情况弄虚作假",
        "6": "通过登记的住所（经营场所）无法联系",
        "8": "不配合检查情节严重",
        "F": "未发现开展本次抽查涉及的经营活动",
        **unavailable,
    }


def test_one_public_row_a_visit_agency_and_item(results, tasks, drawn, codes):
    """A joint visit has a row for each item; closed units and tasks that never tell their list have none."""
    found = publish_results(results, tasks=tasks, drawn=drawn, codes=codes)
    assert found.rows.astype("str").values.tolist() == [
        ["U1~1", "U1", "market", "food", "2026-12-02", "pending"],
        ["U1~1", "U1", "market", "label", "2026-12-02", "none_found"],
        ["U2~1", "U2", "market", "food", "2026-12-03", "corrected"],
    ]
    assert found.unavailable[["unit_id", "agency", "result"]].values.tolist() == [
        ["U3", "fire", "7"],
        ["U3", "market", "7"],
    ]
    assert found.withheld[["unit_id", "item_id"]].values.tolist() == [["U1", "fire"]]


def test_a_result_that_no_task_has_drawn_is_withheld(results, tasks, drawn, codes):
    """Without a draw behind it a row is not this round's to publish."""
    found = publish_results(results, tasks=tasks, drawn=drawn[drawn["unit_id"] != "U2"], codes=codes)
    assert "U2" in set(found.withheld["unit_id"])


def test_reserve_steps_in_for_each_task_that_lost_a_unit(results, tasks, drawn, codes):
    """A closed unit is missing in every task that drew it; a unit that was inspected in none."""
    found = step_ins(results, tasks=tasks, drawn=drawn, codes=codes)
    assert found.values.tolist() == [["never", "U3", "7", "U3~1"], ["told", "U3", "7", "U3~1"]]


def test_a_unit_that_cannot_be_contacted_has_a_row_and_a_step_in(results, tasks, drawn, codes):
    """Code 6 is published and the reserve steps in."""
    changed = results.assign(result=results["result"].where(results["unit_id"] != "U2", "6").astype("str"))
    assert "unreachable" in set(publish_results(changed, tasks=tasks, drawn=drawn, codes=codes).rows["category"])
    assert "U2" in set(step_ins(changed, tasks=tasks, drawn=drawn, codes=codes)["unit_id"])


def test_status_event_once_a_visit(results, tasks, drawn, codes):
    """A closed unit gives one event of the register, with the day, the visit, and the code's name."""
    events = status_events(publish_results(results, tasks=tasks, drawn=drawn, codes=codes).unavailable, codes=codes)
    assert events[["unit_id", "kind", "event_no", "source", "result"]].values.tolist() == [
        ["U3", "change", "U3~1", "fire", "已关闭停业或正在组织清算"]
    ]
    assert events["happened"].astype("str").tolist() == ["2026-12-04"]


def test_nothing_in_nothing_out(results, tasks, drawn, codes):
    """Without results all tables are empty, with their columns."""
    found = publish_results(results.iloc[:0], tasks=tasks, drawn=drawn, codes=codes)
    assert (len(found.rows), len(found.unavailable), len(found.withheld)) == (0, 0, 0)
    assert len(step_ins(results.iloc[:0], tasks=tasks, drawn=drawn, codes=codes)) == 0
    assert len(status_events(found.unavailable, codes=codes)) == 0


def test_unknown_code_and_missing_column_are_named(results, tasks, drawn, codes):
    """A code outside the dictionary and a missing column are named."""
    with pytest.raises(SupervisionError) as caught:
        publish_results(results.assign(result="X"), tasks=tasks, drawn=drawn, codes=codes)
    assert (caught.value.code, caught.value.params["result"]) == ("results.code_unknown", "X")
    with pytest.raises(SupervisionError) as caught:
        publish_results(results.drop(columns="agency"), tasks=tasks, drawn=drawn, codes=codes)
    assert caught.value.text("en") == "results lacks the columns agency. Supply them."
