"""What may be published (可公示内容)."""

import pandas as pd
import pytest

from supervision.errors import SupervisionError
from supervision.notice.plan_table import population_words, ratio_words
from supervision.notice.site.pages import write_pages


def refused(sample, **changes):
    """Return the code and English text with which a content is refused."""
    with pytest.raises(SupervisionError) as caught:
        sample.make_content(**changes)
    return caught.value.code, caught.value.text("en")


def test_no_marker_reaches_a_public_byte(sample):
    """Whatever stands in other columns – class, score, phones, inspectors, notes, numbers – is in no public file."""
    files = write_pages(sample.make_content())
    assert len(files) > 20
    assert [path for path, source in files.items() if b"MARK" in source] == []


def test_plan_tells_sizes_and_never_rates_of_classes(content):
    """A ratio per class is described, not told; frame and sample sizes come from the commitment."""
    assert content.plan[["task_id", "ratio", "units", "sample", "access"]].values.tolist() == [
        ["never-03", "按分类监管要求差异化抽取", "3", "2", "名单不公开，只公开摘要"],
        ["open-02", "2 户", "3", "2", "检查前公开名单"],
        ["sealed-01", "按分类监管要求差异化抽取", "3", "2", "检查后公开名单"],
    ]


def test_lists_are_those_of_result_json(content):
    """Only lists that result.json discloses are shown, with names, in its order."""
    assert content.lists.values.tolist() == [
        ["open-02", "91320505MA1EXAMP07", "苏州<b>甲</b>有限公司"],
        ["open-02", "U2", "=HYPERLINK(1)"],
    ]


def test_sealed_list_before_its_time_is_refused(sample):
    """A sealed list in result.json stops the notice until results are published, and always where it is never told."""
    early = {"commitment.json": sample.commitment(), "result.json": sample.result(sealed_01=["U2"])}
    assert refused(sample, stage="matched", proofs=early)[0] == "notice.sealed_list"
    assert len(sample.make_content(stage="results", proofs=early).lists) == 1
    never = {"result.json": sample.result(never_03=["U2"])}
    assert refused(sample, proofs=never)[0] == "notice.sealed_list"


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"sealed-01": {}}, "access=sealed"),
        ({"open-02": {"frame.csv": b"unit_id,stratum,x,L,salt\nU2,all,1,9,0000\nU3,all,2,9,0000\n"}}, "stratum, x"),
        ({"open-02": {"frame.csv": b"unit_id,stratum,x,L,salt\nU2,all,1,9,00ff\n"}}, "salt"),
        ({"open-02": {"frame.csv": b"unit_id,stratum,x,L,salt\nU2,D-1,1,9,0000\n"}}, "stratum, x"),
        ({"open-02": {"frame.csv": b"unit_id,score\nU2,900\n"}}, "unit_id,score"),
    ],
)
def test_frame_that_tells_something_is_refused(sample, files, reason):
    """A sealed task's frame, unequal sizes, salts, a stratum that is not the table's or other columns are refused."""
    whole = {
        task_id: {"frame.csv": sample.FRAME, "strata.json": sample.STRATA} | some for task_id, some in files.items()
    }
    code, text = refused(sample, frames=whole)
    assert (code, reason in text) == ("notice.frame_not_open", True)


def test_stratum_named_like_a_class_is_refused(sample):
    """An open frame whose one stratum is a class would tell the class of all its units."""
    frame = sample.FRAME.replace(b",all,", b",D,")
    strata = sample.STRATA.replace(b'"all"', b'"D"')
    code, text = refused(sample, frames={"open-02": {"frame.csv": frame, "strata.json": strata}})
    assert (code, "stratum D" in text) == ("notice.frame_not_open", True)


def test_only_known_proofs_of_this_round_are_published(sample):
    """A roster, another round's file and a rehearsal in a real round's notice are refused."""
    assert refused(sample, proofs={"roster.json": b"[]"})[0] == "notice.proof_unknown"
    other = sample.commitment().replace(b'"round":"2026-12"', b'"round":"2026-11"')
    assert refused(sample, proofs={"commitment.json": other})[0] == "notice.round_differs"
    assert refused(sample, proofs={"commitment.json": sample.commitment(rehearsal="yes")})[0] == (
        "notice.rehearsal_differs"
    )
    assert refused(sample, stage="done")[0] == "notice.stage_unknown"


def test_results_and_clock_in_public_words(content):
    """Results stand by day with names of agency, item and category; the clock counts and names no unit."""
    assert content.results.values.tolist() == [
        [
            "91320505MA1EXAMP07",
            "苏州<b>甲</b>有限公司",
            "消防救援支队",
            "消防通道检查",
            "2026-12-03",
            "发现问题待后续处理",
            *[""] * 8,
        ],
        ["U2", "=HYPERLINK(1)", "市场监管局", "食品经营检查", "2026-12-04", "未发现问题", *[""] * 8],
    ]
    assert content.clock.values.tolist() == [["消防救援支队", 1, 0, 0, 1, 0], ["市场监管局", 2, 1, 0, 0, 1]]


def test_a_round_without_results_has_empty_tables(sample):
    """Before any result the tables are empty, not missing."""
    early = sample.make_content(stage="committed", proofs={}, frames={}, results=None, clock=None, counts=None)
    assert (len(early.results), len(early.clock), len(early.lists), dict(early.counts)) == (0, 0, 0, {})
    assert early.plan["sample"].tolist() == ["", "", ""]


def test_missing_columns_and_items_are_named(sample):
    """A frame that lacks columns, and an item outside the list, are named."""
    assert refused(sample, results=pd.DataFrame({"unit_id": ["U2"]})) == (
        "notice.columns",
        "results lacks the columns visit_id agency item_id inspected_on category. Supply them before publishing.",
    )
    assert refused(sample, tasks=sample.TASKS[:2])[0] == "notice.task_missing"
    assert refused(sample, items={"food": sample.ITEMS["food"]})[0] == "notice.item_missing"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("*", "全部检查对象"),
        ("type=企业；region=320505,320506", "主体类型为企业，行政区划为虎丘区、吴中区"),
        ("industry^=C34;capital>=500", "行业代码以C34开头，注册资本（万元）不低于500"),
        ("licence_no!=1", "licence_no!=1"),
        ("region^=3205", "行政区划以3205开头"),
    ],
)
def test_population_in_words(sample, text, words):
    """A condition is put into words; a column without a public word stays as it is written."""
    assert population_words(text, sample.Words()) == words


@pytest.mark.parametrize(
    ("text", "words"), [("3%", "3%"), ("n=500", "500 户"), ("A=1%;D=60%", "按分类监管要求差异化抽取")]
)
def test_ratio_in_words(text, words):
    """Shares of classes are not told."""
    assert ratio_words(text) == words
