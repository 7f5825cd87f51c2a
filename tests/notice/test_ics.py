"""Calendar files, read back by another library (日历文件)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
import vobject

from supervision.notice.formats import ics
from supervision.notice.office_content import WITHDRAWN_COLUMNS
from supervision.notice.public_content import Heading

SHANGHAI = ZoneInfo("Asia/Shanghai")
ROWS = [
    ("U2~1", "market-01", "1", "i1"),
    ("U2~1", "market-01", "2", "i2"),
    ("U3~1", "market-01", "1", "i1"),
    ("U2~1", "fire-01", "1", "f1"),
]
ASSIGNED = pd.DataFrame(ROWS, columns=["visit_id", "office", "place", "inspector_id"], dtype="str")
PEOPLE = pd.DataFrame({"inspector_id": ["i1", "i2", "f1"], "name": ["张三", "李四", "王五"]})


@pytest.fixture
def months(sample):
    """Return what gives office_id → its month, after the draw of inspectors."""

    def made(*, rehearsal=False, **changes):
        heading = Heading(city="苏州市", round="2026-12", rehearsal=rehearsal, stage="matched")
        month = sample.make_month(assignments=ASSIGNED, inspectors=PEOPLE, **changes)
        return {one.office.office_id: one for one in sample.office_months(heading, month)}

    return made


def events(source):
    """Return summary, begin and end of every event, as the other library reads them."""
    book = vobject.readOne(source.decode())
    return [(one.summary.value, one.dtstart.value, one.dtend.value) for one in book.contents.get("vevent", [])]


def test_visits_of_an_office(months):
    """Every visit with its times in Beijing: a whole day from morning to evening, whatever zone the reader lives in."""
    source = ics.write(months()["market-01"])
    assert events(source) == [
        ("入企检查：丙店", datetime(2026, 12, 3, 13, tzinfo=SHANGHAI), datetime(2026, 12, 3, 17, tzinfo=SHANGHAI)),
        (
            "入企检查：=HYPERLINK(1)",
            datetime(2026, 12, 4, 9, tzinfo=SHANGHAI),
            datetime(2026, 12, 4, 17, tzinfo=SHANGHAI),
        ),
    ]
    book = vobject.readOne(source.decode())
    assert book.vtimezone.tzid.value == "Asia/Shanghai"
    assert all(one.dtstart.value.utcoffset() == timedelta(hours=8) for one in book.vevent_list)
    joint = book.vevent_list[1]
    assert joint.location.value == "枫桥街道二号"
    assert joint.description.value.splitlines() == [
        "检查事项：食品经营检查",
        "同行部门：消防大队",
        "牵头机构：市监分局",
        "检查人员：张三、李四",
        "任务：苏市监抽查〔2026〕1号",
        "检查编号：U2~1",
    ]


def test_an_inspector_has_only_own_visits_and_half_days(months):
    """The second inspector has one visit, the first both; who has a half-day place is not there the whole day."""
    people = dict(ics.calendar_files(months()["market-01"]))
    assert list(people) == ["", "i1", "i2"]
    assert [name for name, _, _ in events(people["i2"])] == ["入企检查：=HYPERLINK(1)"]
    assert len(events(people["i1"])) == 2
    morning = [(begin.hour, end.hour) for _, begin, end in events(dict(ics.calendar_files(months()["fire-01"]))["f1"])]
    assert morning == [(9, 12)]
    assert "李四" in vobject.readOne(people["i2"].decode()).contents["x-wr-calname"][0].value


def test_uids_are_for_ever_and_bytes_repeat(months):
    """Another making gives the same bytes; a visit set anew keeps its UID with a higher number; offices differ."""
    first, moved = ics.write(months()["market-01"]), ics.write(months(versions={"U2~1": 1})["market-01"])
    assert first == ics.write(months()["market-01"])
    before, after = (vobject.readOne(one.decode()).vevent_list for one in (first, moved))
    assert [one.uid.value for one in before] == [one.uid.value for one in after]
    assert [one.sequence.value for one in before] == ["0", "0"]
    assert [one.sequence.value for one in after] == ["0", "1"]
    others = vobject.readOne(ics.write(months()["fire-01"]).decode()).vevent_list
    assert not {one.uid.value for one in before} & {one.uid.value for one in others}


def test_what_holds_no_more_comes_as_cancelled(months, sample):
    """A visit that is off, for the office and who had it; one that is another's now, for who had it only."""
    rows = [
        ("market-01", "", "U4~1", "U4", "2026-12-07T1"),
        ("market-01", "i1", "U4~1", "U4", "2026-12-07T1"),
        ("market-01", "i3", "U3~1", "U3", "2026-12-03T2"),
    ]
    entities = sample.make_month().entities
    entities = pd.concat([entities, entities.iloc[:1].assign(unit_id="U4", name="丁厂")], ignore_index=True)
    gone = pd.DataFrame(rows, columns=list(WITHDRAWN_COLUMNS), dtype="str")
    month = months(withdrawn=gone, entities=entities, versions={"U4~1": 2, "U3~1": 1})["market-01"]
    files = {who: vobject.readOne(one.decode()).vevent_list for who, one in ics.calendar_files(month)}
    assert list(files) == ["", "i1", "i2", "i3"]
    told = {
        who: [(one.summary.value, one.sequence.value, one.dtstart.value.day) for one in own if hasattr(one, "status")]
        for who, own in files.items()
    }
    off = ("已取消，不入企：丁厂", "2", 7)
    assert told == {"": [off], "i1": [off], "i2": [], "i3": [("不再由你承担：丙店", "1", 3)]}
    assert {one.status.value for own in files.values() for one in own if hasattr(one, "status")} == {"CANCELLED"}
    stands = next(one for one in files[""] if one.summary.value == "入企检查：丙店")
    assert files["i3"][0].uid.value == stands.uid.value
    assert not [one for own in files.values() for one in own if hasattr(one, "status") and hasattr(one, "description")]


def test_a_rehearsal_says_so_and_is_not_the_real_entry(months):
    """A rehearsal's entries are marked and never take a real one's place."""
    real, tried = (vobject.readOne(ics.write(months(rehearsal=r)["market-01"]).decode()) for r in (False, True))
    assert all(one.summary.value.startswith("【演练】") for one in tried.vevent_list)
    assert not {one.uid.value for one in real.vevent_list} & {one.uid.value for one in tried.vevent_list}


def test_an_office_without_visits_has_an_empty_calendar(months, sample):
    """An office that lost everything still has a file that opens."""
    lost = pd.DataFrame([("gas-01", "320505", "U2", "food", "缺人", "short")], columns=list(sample.UNHELD_COLUMNS))
    offices = sample.make_month().offices
    gas = {"gas-01": sample.Office(office_id="gas-01", department="fire", region="320505", name="燃气办")}
    month = months(unheld=lost, offices={**offices, **gas})["gas-01"]
    assert events(ics.write(month)) == []
