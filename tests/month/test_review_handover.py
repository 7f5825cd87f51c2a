"""Review and hand-over together: only what a second person accepted goes out, a correction accepted later as u."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from month.test_reviewing import REVIEWS, reviewed
from real_rounds import RECORDS, ROUND, busiest, fill

from supervision.errors import UsageError
from supervision.month import recording, reviewing
from supervision.month.exporting import export
from supervision.month.result_checks import Agreement
from supervision.results.review import SENT_BACK


@pytest.fixture
def play(at, tmp_path):
    """The month whose results wait for a second person."""
    return reviewed(at, tmp_path)


def answered(path, cells, *, only=None):
    """Fill columns of all rows of a workbook, or of one visit and item."""
    book = openpyxl.load_workbook(path)
    sheet = book["结果录入"]
    at = {cell.value: cell.column for cell in sheet[2]}
    for row in range(3, sheet.max_row + 1):
        key = (sheet.cell(row, at["检查编号"]).value, sheet.cell(row, at["事项编号"]).value)
        if key[0] and (only is None or key == only):
            for header, value in cells.items():
                sheet.cell(row, at[header], value)
    book.save(path)
    return path


def parts(report):
    """Item and result of each item of a batch."""
    path = Path(report.facts["folder"]) / "check_item.csv"
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return [(row["item_id"], row["item_result"]) for row in csv.DictReader(handle)]


def test_only_what_was_accepted_goes_out(play) -> None:
    """Nothing before the yes; what was sent back goes out as i once corrected and accepted; corrected again, as u."""
    out = play.work / "handover"
    path = answered(fill(play, busiest(play)[0]), {"单项结果": "合格", "审核人": REVIEWS})
    rows = recording.record(play.city(RECORDS), [path]).facts["files"][0]["inserted"]
    with pytest.raises(UsageError) as refused:
        export(play.round(RECORDS), target="jianguan", out=out)
    assert refused.value.code == "month.export_no_results"
    first = reviewing.list_unreviewed(play.round(REVIEWS)).facts["rows"][0]
    key = (first["visit_id"], first["item_id"])
    reviewing.review(play.round(REVIEWS), ["/".join(key)], decision=SENT_BACK, reason="单项结果有误")
    accepted = reviewing.review(play.round(REVIEWS), everything=True)
    assert (accepted.facts["rows"], accepted.facts["named_others"]) == (rows - 1, 0)
    told = export(play.round(RECORDS), target="jianguan", out=out)
    assert (told.facts["inserted"], told.facts["rejected"], told.exit_code) == (rows - 1, 0, 0)
    assert {said for _, said in parts(told)} == {"合格"}

    for day, said, operation in (("2026-12-15", "合理缺项", "inserted"), ("2026-12-17", "合格", "updated")):
        play.set(f"{day}T10:00")
        agreed = Agreement(reason="更正单项结果", reviewer="李复核")
        recording.record(play.city(RECORDS), [answered(path, {"单项结果": said}, only=key)], agreement=agreed)
        with_none = export(play.round(RECORDS), target="jianguan", out=out)
        assert (with_none.facts["inserted"], with_none.facts["updated"]) == (0, 0)
        reviewing.review(play.round(REVIEWS), ["/".join(key)])
        told = export(play.round(RECORDS), target="jianguan", out=out)
        assert (told.facts[operation], parts(told)) == (1, [(key[1], said)])
    assert len(play.city(RECORDS).store.versions("results", of=[ROUND])) == rows + 2
