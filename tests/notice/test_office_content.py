"""What one office carries (执法机构的当月安排)."""

import pandas as pd
import pytest

from supervision.errors import SupervisionError
from supervision.notice.office_content import form_choices, half_day_words
from supervision.notice.public_content import Heading

HEADING = Heading(city="苏州市", round="2026-12", rehearsal=False, stage="planned")


def months(sample, **changes):
    """Return office_id → its month."""
    found = sample.office_months(HEADING, sample.make_month(**changes))
    return {one.office.office_id: one for one in found}


def test_visits_stand_in_calendar_order_with_their_partners(sample):
    """Each office sees its visits by day, its own items, who comes along, how many go, and the tasks' numbers."""
    made = months(sample)
    assert list(made) == ["fire-01", "market-01"]
    visits = made["market-01"].visits
    assert visits[["date", "half", "visit_id", "name", "unit_id", "address", "street"]].values.tolist() == [
        ["2026-12-03", "下午", "U3~1", "丙店", "U3", "", "枫桥街道"],
        ["2026-12-04", "全天", "U2~1", "=HYPERLINK(1)", "U2", "二号", "枫桥街道"],
    ]
    assert visits[["items", "joint", "inspectors", "tasks"]].values.tolist() == [
        ["消防通道检查、食品经营检查", "", "1 人（待抽取）", "苏市监抽查〔2026〕1号"],
        ["食品经营检查", "消防大队", "2 人（待抽取）", "苏市监抽查〔2026〕1号"],
    ]
    assert made["fire-01"].visits[["half", "items", "joint"]].values.tolist() == [["上午", "消防通道检查", "市监分局"]]


def test_one_form_row_a_visit_and_item(sample):
    """The form has a row for each item of the office at each visit, with the ids that the register needs."""
    forms = months(sample)["market-01"].forms
    assert forms[["visit_id", "item_id", "agency", "unit_id", "inspectors"]].values.tolist() == [
        ["U3~1", "fire-door", "market", "U3", ""],
        ["U3~1", "food", "market", "U3", ""],
        ["U2~1", "food", "market", "U2", ""],
    ]


def test_after_the_second_draw_inspectors_are_named(sample):
    """Names stand in the calendar, ids in the form; visits without anybody yet keep the number of people."""
    rows = [("U2~1", "market-01", "2", "i2"), ("U2~1", "market-01", "1", "i1")]
    assigned = pd.DataFrame(rows, columns=["visit_id", "office", "place", "inspector_id"], dtype="str")
    made = months(sample, assignments=assigned)["market-01"]
    assert made.visits["inspectors"].tolist() == ["1 人（待抽取）", "张三、李四"]
    assert made.forms["inspectors"].tolist() == ["", "", "i1 i2"]


def test_nothing_private_enters(sample):
    """Class, score, phones and legal persons of the directory do not reach an office's month."""
    made = months(sample)["market-01"]
    assert "MARK" not in made.visits.to_csv() + made.forms.to_csv()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"offices": {}}, "notice.office_missing"),
        ({"items": {}}, "notice.item_missing"),
        ({"entities": pd.DataFrame(columns=["unit_id", "name", "address", "street"])}, "notice.unit_missing"),
        ({"calendar": pd.DataFrame({"visit_id": ["U2~1"]})}, "notice.columns"),
    ],
)
def test_what_is_not_in_the_directory_is_named(sample, changes, code):
    """An office, item, unit or column that is missing is named."""
    with pytest.raises(SupervisionError) as caught:
        months(sample, **changes)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("half_days", "words"),
    [
        (["2026-12-03T2"], ("2026-12-03", "下午")),
        (["2026-12-03T1", "2026-12-03T2"], ("2026-12-03", "全天")),
        (["2026-12-03T2", "2026-12-04T1"], ("2026-12-03", "下午、2026-12-04上午")),
    ],
)
def test_half_days_in_words(half_days, words):
    """Morning, afternoon, a whole day, or two half-days on two days."""
    assert half_day_words(half_days) == words


def test_choices_show_codes_of_results_only(sample):
    """A result is picked with its code before its name, the rest by name."""
    assert form_choices(sample.Words(), {"result": ["1", "E"], "method": ["desk"]}) == {
        "method": ["书面检查"],
        "result": ["1 未发现问题", "E 发现问题经责令已改正"],
    }
