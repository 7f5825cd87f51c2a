"""Corrections of imported registers (登记表更正): the same day with a reason, never undone in silence; one door."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from supervision.month import importing
from supervision.month.city import BEIJING, City
from supervision.store.store import Store

DAY = date(2026, 11, 20)
HEAD = "统一社会信用代码,检查机关,事项编号,检查日期,检查类型,结果代码,检查编号"


@pytest.fixture
def city(tmp_path):
    """A city at an empty store."""
    Store.create(tmp_path / "x.db")
    return City.open(
        tmp_path / "x.db", who="sun-04", now=lambda: datetime(2026, 11, 20, 9, tzinfo=BEIJING), own_ids=True
    )


def take(city, tmp_path, *rows, more="", kind="history", head=HEAD, day=DAY):
    """Import rows and return inserted, unchanged, rejected and the codes of what was rejected."""
    path = tmp_path / f"{kind}.csv"
    path.write_text("\n".join([head + more, *rows]), encoding="utf-8")
    report = importing.dry_run(city, kind, path, as_of=day)
    taken = importing.import_files(city, kind, [path], as_of=day).facts["files"][0]
    assert report.facts["rejected"] <= taken["rejected"]
    return taken["inserted"], taken["unchanged"], taken["rejected"], [cell["code"] for cell in report.facts["cells"]]


def row(result, *, visit="v1", unit="opaque-1", on="2026-11-02", more=""):
    """Return one past inspection."""
    return f"{unit},market,food,{on},日常,{result},{visit}{more}"


AGREED = ",更正理由,更正审核人"


def now(city, column="result"):
    """What history says now."""
    return city.register("history", on=date(2027, 1, 1))[column].fillna("").tolist()


def test_a_correction_of_the_same_day(city, tmp_path):
    """Without a reason the same day contradicts the record; with reason and reviewer it is a correction, once."""
    assert take(city, tmp_path, row("1"))[:3] == (1, 0, 0)
    assert take(city, tmp_path, row("E"))[:3] == (0, 0, 1)
    assert take(city, tmp_path, row("E", more=",选错,sun-04"), more=AGREED) == (0, 0, 1, ["directory.correction_own"])
    assert take(city, tmp_path, row("E", more=",选错,李复核"), more=AGREED) == (1, 0, 0, [])
    assert take(city, tmp_path, row("E", more=",选错,李复核"), more=AGREED) == (0, 1, 0, [])
    assert (now(city), now(city, "correction"), now(city, "correction_reason")) == (["E"], ["01"], ["选错"])


def test_an_old_file_does_not_undo_a_correction(city, tmp_path):
    """The first file once more is unchanged; known later, with its old value, it is rejected and both values named."""
    take(city, tmp_path, row("1"))
    take(city, tmp_path, row("E", more=",选错,李复核"), more=AGREED)
    assert take(city, tmp_path, row("1")) == (0, 1, 0, [])
    assert take(city, tmp_path, row("1"), day=date(2026, 11, 25)) == (0, 0, 1, ["directory.changed"])
    assert take(city, tmp_path, row("E"), day=date(2026, 11, 25)) == (0, 1, 0, [])
    assert take(city, tmp_path, row("A", unit="opaque-2"), row("1"), day=date(2026, 11, 25))[:3] == (1, 0, 1)
    assert now(city) == ["E", "A"]


def test_what_was_never_corrected_follows_the_register(city, tmp_path):
    """Known later with another value is a new version, as in every register, also beside what was corrected."""
    take(city, tmp_path, row("1"), row("1", visit="v2"))
    take(city, tmp_path, row("E", more=",选错,李复核"), more=AGREED)
    assert take(city, tmp_path, row("A", visit="v2"), day=date(2026, 11, 25)) == (1, 0, 0, [])
    assert now(city) == ["E", "A"]


def test_two_visits_of_a_day(city, tmp_path):
    """Two numbers on one day are two records, and a file's own number of a correction is not used."""
    more = ",更正序号"
    assert take(city, tmp_path, row("1", more=",07"), row("E", visit="v2", more=","), more=more)[:3] == (2, 0, 0)
    assert (now(city), now(city, "correction")) == (["1", "E"], ["", ""])


def test_a_record_is_withdrawn(city, tmp_path):
    """是否撤销 takes a record out of use, with a reason and a reviewer; it stays in the store."""
    take(city, tmp_path, row("1"), row("1", visit="v2"))
    more = AGREED + ",是否撤销"
    assert take(city, tmp_path, row("1", more=",重复记录,李复核,是"), more=more) == (1, 0, 0, [])
    assert now(city, "visit_no") == ["v2"]
    assert len(city.store.register("history", on=DAY)) == 2
    assert now(city, "date")[0].date() == date(2026, 11, 2)


def test_visits_of_a_round_come_by_record(city, tmp_path):
    """A visit of a round of this store is no past inspection to import; another system's number is."""
    city.begin("2026-12")
    assert take(city, tmp_path, row("1", visit="2026-12/opaque-1~1")) == (0, 0, 1, ["month.history_of_round"])
    assert take(city, tmp_path, row("1", visit="2026-10/opaque-1~1"), row("1", visit="2026-12")) == (2, 0, 0, [])


@pytest.mark.parametrize(
    ("on", "found"), [("2026-11-20", (1, 0, 0, [])), ("2026-11-21", (0, 0, 1, ["month.history_in_future"]))]
)
def test_an_inspection_is_not_known_before_it_is_held(city, tmp_path, on, found):
    """The day on which it becomes known may be its own day, not the day before."""
    assert take(city, tmp_path, row("1", on=on)) == found


def test_events_are_corrected_alike(city, tmp_path):
    """The register of credit events knows corrections as well."""
    head = "unit_id,kind,happened,event_no,severity"
    first = take(city, tmp_path, "opaque-1,处罚,2026-11-02,苏罚1号,1", kind="events", head=head)
    more = AGREED
    second = take(city, tmp_path, "opaque-1,处罚,2026-11-02,苏罚1号,2,抄错,李复核", kind="events", head=head, more=more)
    assert (first[:3], second[:3]) == ((1, 0, 0), (1, 0, 0))
    assert city.register("events", on=DAY)["severity"].tolist() == [2]
