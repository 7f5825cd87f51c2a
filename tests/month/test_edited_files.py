"""Files of a calendar that somebody edited by hand (人工改动的日程文件)."""

from __future__ import annotations

import pytest

from supervision.errors import SupervisionError
from supervision.month import calendar_making
from supervision.planner.check.calendar import broken
from supervision.sampling.protocol.verifier import verify

ROUND = "2026-12"


def test_a_calendar_edited_in_the_audit_bundle_is_named(copied):
    """One visit on another day in calendar.csv: verification ends with 5 and names the file."""
    path = copied.out / "audit" / ROUND / "calendar.csv"
    text = path.read_text(encoding="utf-8")
    day = text.splitlines()[1].split(",")[3][:10]
    path.write_text(text.replace(day, "2026-12-06", 1), encoding="utf-8")
    report = verify(copied.out)
    assert report.code == 5
    assert f"audit/{ROUND}/calendar.csv" in str(report.difference)


def test_an_office_s_files_come_back_and_the_edited_one_is_kept(copied, rehearse):
    """A page that somebody wrote into is moved aside, not lost, and stands as it was after the next publication."""
    page = min((copied.out / "internal" / ROUND).glob("market-*/calendar.html"))
    before = page.read_bytes()
    page.write_bytes(before + b"<p>note</p>")
    kept = rehearse(copied.inputs, copied.store.parent).report
    assert page.read_bytes() == before
    aside = copied.out.with_name("out-kept") / page.relative_to(copied.out)
    assert aside.read_bytes().endswith(b"<p>note</p>")
    assert str(aside) in [str(said.params.get("path")) for said in kept.lines if said.code == "month.kept"]


def test_a_certificate_that_does_not_recompute_is_not_kept(city, rehearse, tmp_path, monkeypatch):
    """Where the recomputation differs from the certificate the calendar is refused, and the figures are told."""
    wrong = broken("figure", region="320505", name="proven_lost", stated=3, found=2)
    monkeypatch.setattr(calendar_making, "differences", lambda given, plan: [wrong])
    with pytest.raises(SupervisionError) as refused:
        rehearse(city, tmp_path)
    assert refused.value.code == "month.calendar_broken"
    assert "320505 的 proven_lost 为 3，复算为 2" in refused.value.text("zh")
    assert not list(tmp_path.rglob("calendar.csv"))


def test_a_broken_rule_is_told_before_a_figure(monkeypatch):
    """Rules and certificate are checked at once: where a rule is broken, nothing is asked of the certificate."""
    rule = broken("figure", region="320505", name="doors", stated=1, found=2)

    def fails(_given, _made):
        raise ArithmeticError

    monkeypatch.setattr(calendar_making, "differences", fails)
    monkeypatch.setattr(calendar_making, "check", lambda _given, _made: [rule])
    assert calendar_making._broken(None, None, beside_it=False) == [rule]
    monkeypatch.setattr(calendar_making, "check", lambda _given, _made: [])
    with pytest.raises(ArithmeticError):
        calendar_making._broken(None, None, beside_it=False)
