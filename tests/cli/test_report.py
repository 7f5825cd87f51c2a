"""Command `report`: what it asks for, what a program reads, what it writes."""

from __future__ import annotations

import shutil


def test_a_report_is_of_a_month_or_a_year(call, month_of_town, tmp_path):
    """Neither or both is refused; a rehearsed month is told and written, the year of it has the same figures."""
    shutil.copytree(month_of_town, tmp_path, dirs_exist_ok=True)
    for wrong in ((), ("--month", "2026-12", "--year", "2026")):
        ended = call("report", *wrong)
        assert ended.code == 2
        assert "--month" in ended.err
    month = call("report", "--month", "2026-12", "--rehearsal", "--out", "out", "--json")
    assert (month.code, month.json["period"], month.json["rehearsal"]) == (0, "2026-12", "yes")
    assert month.json["key"]["fulfilled"]["number"] == 0 < month.json["key"]["fulfilled"]["of"]
    assert (tmp_path / "out/internal/report/2026-12.rehearsal/report.docx").is_file()
    year = call("report", "--year", "2026", "--rehearsal", "--json")
    assert (year.code, year.json["key"]["joint"]) == (0, month.json["key"]["joint"])
    told = call("report", "--year", "2026", "--rehearsal")
    assert "企业满意度：没有数据" in told.out
    assert call("report", "--month", "2026-12").code in (1, 2)  # there is none but the rehearsal
