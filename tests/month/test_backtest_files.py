"""Backtests on anybody's tables: one file for units and visits, own ids or names, words and days of their own."""

from __future__ import annotations

import csv
from datetime import date

import numpy as np
import openpyxl
import pytest

from supervision.errors import SupervisionError
from supervision.month.backtest_files import asked_by_kind, read_all
from supervision.month.backtesting import backtest
from supervision.month.city import City
from supervision.store.store import Store

VISITS = """kind: history
columns: {编号: unit_id, 单位: unit_name, 日子: date, 结论: result, 序号: visit_no}
set: {agency: market, item_id: food, kind: routine}
"""
UNITS = 'kind: entities\ncolumns: {编号: unit_id, 单位: name, 地址: address}\nset: {region: "@address"}\n'
SPAN = {"first": date(2026, 1, 1), "last": date(2026, 1, 1)}


@pytest.fixture
def city(tmp_path):
    """A store without registers that takes own ids."""
    Store.create(tmp_path / "x.db")
    return City.open(tmp_path / "x.db", who="tester", own_ids=True)


@pytest.fixture
def table(tmp_path):
    """One GBK table of 1,500 visits to 60 units, and its two mappings."""
    rng = np.random.default_rng(4)
    days = np.datetime64("2025-01-01") + np.sort(rng.integers(0, 395, 1_500)).astype("timedelta64[D]")
    rows = [["监督检查结果"], ["序号", "编号", "单位", "地址", "日子", "结论"]]
    for at, day in enumerate(days):
        unit = int(rng.integers(0, 60))
        hit = rng.random() < (0.4 if unit % 3 == 0 else 0.05)
        name = f"第{unit}{'饭店' if unit % 3 == 0 else '书店'}"
        year, month, number = str(day).split("-")
        written = f"{year}年{int(month)}月{int(number)}日"
        rows.append([at, f"Q-{unit}", name, f"苏州市虎丘区一路{unit}号", written, "不合格" if hit else "合格"])
    with (tmp_path / "t.csv").open("w", encoding="gb18030", newline="") as handle:
        csv.writer(handle).writerows(rows)
    (tmp_path / "v.yaml").write_text(VISITS, encoding="utf-8")
    (tmp_path / "u.yaml").write_text(UNITS, encoding="utf-8")
    return rows


def run(city, folder, *, maps=(), sets=(), results=(), mappings=("v.yaml", "u.yaml"), files=None, partial=False):
    """Run the backtest of a month as the command does."""
    asked = asked_by_kind(city, [str(folder / name) for name in mappings], maps, sets, results)
    files = files or {"history": folder / "t.csv", "entities": folder / "t.csv"}
    return backtest(city, **SPAN, out=folder / "out", files=files, asked=asked, partial=partial)


def said(report):
    """Return what a report says."""
    return "\n".join(line.text("zh") for line in report.lines)


def test_one_foreign_table_is_units_and_visits(city, table, tmp_path):
    """The mapping is shown, later rows of a unit are counted, the card beats chance."""
    report = run(city, tmp_path)
    assert report.exit_code == 0
    assert report.facts["units"] > 30
    assert float(report.facts["rules_compared"]["card"]["auc"]) > 0.6
    text = said(report)
    assert "“日子” → 检查日期 date" in text
    assert "同一主体的后续 1440 行不再读" in text
    assert (tmp_path / "out" / "report.html").is_file()


def test_units_by_name_are_those_of_the_table_of_units(city, table, tmp_path):
    """Without ids in the visits the same months give the same scores; one unknown name is left out, listed and said."""
    run(city, tmp_path)
    before = (tmp_path / "out" / "predictions.csv").read_bytes()
    rows = [[cell for place, cell in enumerate(row) if place != 1 or len(row) == 1] for row in table]
    rows.append([9999, "某某饭馆", "天上", "2025年2月2日", "合格"])
    with (tmp_path / "names.csv").open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(rows)
    files = {"history": tmp_path / "names.csv", "entities": tmp_path / "t.csv"}
    (tmp_path / "v.yaml").write_text(VISITS.replace("编号: unit_id, ", ""), encoding="utf-8")
    with pytest.raises(SupervisionError) as refused:
        run(city, tmp_path, files=files)
    assert refused.value.code == "month.backtest_rejected"
    report = run(city, tmp_path, files=files, partial=True)
    assert report.exit_code == 3
    assert "names.csv：1 行退回，未参加回测：名录中没有名称为“某某饭馆”的主体" in said(report)
    assert (tmp_path / "out" / "predictions.csv").read_bytes() == before
    sheet = openpyxl.load_workbook(tmp_path / "out" / "history.unmatched.xlsx").active
    assert [cell.value for cell in sheet[2]][1] == "某某饭馆"


def test_single_changes_say_which_file_they_are_about(city, table, tmp_path):
    """history: or entities: before them; results are the history's."""
    (tmp_path / "v.yaml").write_text("kind: history\ncolumns: {编号: unit_id}\n", encoding="utf-8")
    changes = {
        "maps": ("history:日子=date", "history:结论=result", "history:序号=visit_no", "entities:地址="),
        "sets": ("history:agency=market", "history:item_id=food", "history:kind=routine", "entities:region=320505"),
        "results": ("不合格=5",),
    }
    assert run(city, tmp_path, **changes).exit_code == 0


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"maps": ("日子=date",)}, "month.backtest_which_file"),
        ({"sets": ("tasks:x=y",)}, "month.backtest_which_file"),
        ({"mappings": ("v.yaml", "v.yaml")}, "month.mapping_kind_twice"),
        ({"sets": ("events:kind=penalty",)}, "month.backtest_mapping_alone"),
        ({"mappings": ("v.yaml", "nowhere.yaml")}, "month.file_missing"),
        ({"mappings": ("v.yaml", "kept")}, "store.mapping_name"),
    ],
)
def test_what_cannot_be_asked(city, table, tmp_path, told, code):
    """A change of no file, two mappings for one, a mapping without its file, one that is not there."""
    with pytest.raises(SupervisionError) as error:
        run(city, tmp_path, **told)
    assert error.value.code == code
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("kind", ["relations", "licences"])
def test_every_file_that_is_given_is_read(city, table, tmp_path, kind):
    """A file of relations or of licences that cannot be read as one is refused, not passed over."""
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    files = {"history": tmp_path / "t.csv", "entities": tmp_path / "t.csv", kind: tmp_path / "other.csv"}
    with pytest.raises(SupervisionError) as refused:
        run(city, tmp_path, files=files)
    assert refused.value.code == "directory.no_header"
    assert not (tmp_path / "out").exists()


def test_relations_beside_the_visits_are_used(city, table, tmp_path):
    """With a file of relations the same months are asked about, and the card may know who is linked."""
    lines = [f"Q-{unit},ADDRESS-{unit % 3},address,2024-01-01,2024-01-02,lists" for unit in range(60)]
    head = "unit_id,related,kind,from_date,known_on,source"
    (tmp_path / "r.csv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    files = {"history": tmp_path / "t.csv", "entities": tmp_path / "t.csv", "relations": tmp_path / "r.csv"}
    read = read_all(city, files, asked_by_kind(city, [str(tmp_path / "v.yaml"), str(tmp_path / "u.yaml")], (), (), ()),
                    partial=False)  # fmt: skip
    assert len(read["relations"].rows) == 60
    assert run(city, tmp_path, files=files).exit_code == 0
