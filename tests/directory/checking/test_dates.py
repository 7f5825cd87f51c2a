"""Days as programs and people write them: Beijing's days, empty days, days without end."""

from __future__ import annotations

from datetime import date

import pytest
from builders import CONVENTIONS, check, parse

from supervision.directory.checking.cells import parse_noted
from supervision.directory.register import kinds, register
from supervision.errors import SupervisionError

ESTABLISHED = register("entities").column("established")
AUGUST = date(2021, 8, 23)
READ = {
    "2021-08-23": (AUGUST, None),
    "2021-08-23 00:00:00": (AUGUST, None),
    "2021-08-23T00:00:00+08:00": (AUGUST, None),
    "2021-08-23 08:30": (AUGUST, "directory.note_time"),
    "2021/8/23 上午10:00:00": (AUGUST, "directory.note_time"),
    "2021/8/23 下午 3:05": (AUGUST, "directory.note_time"),
    "2021-08-23 12:00 AM": (AUGUST, None),
    "2021-08-22 下午11:59:17": (AUGUST, "directory.note_short_day"),
    "2021-08-22T04:00 PM UTC": (AUGUST, "directory.note_zoned"),
    "2021年8月23日 星期一": (AUGUST, None),
    "2021-08-23（周一）": (AUGUST, None),
    "2021 年 8 月 23 日": (AUGUST, None),
    "2021年8月23号": (AUGUST, None),
    "2021.08.23.": (AUGUST, None),
    "2021–08–23": (AUGUST, None),
    "20210823 000000": (AUGUST, None),
    "20210823103000": (AUGUST, "directory.note_time"),
    "23-Aug-2021": (AUGUST, None),
    "August 23, 2021": (AUGUST, None),
    "1900-01-01": (None, "directory.note_no_day"),
    "2021年8月23日 8时30分": (AUGUST, "directory.note_time"),
    "2021-08-22T16:00:00.000Z": (AUGUST, "directory.note_zoned"),
    "2021-08-22T15:59:59Z": (date(2021, 8, 22), "directory.note_time"),
    "2021-08-22 16:00:00+00:00": (AUGUST, "directory.note_zoned"),
    "2021-08-22 16:00:00 UTC": (AUGUST, "directory.note_zoned"),
    "2021-08-22T12:00:00-0400": (AUGUST, "directory.note_zoned"),
    "2021-08-23T01:00:00+09:00": (AUGUST, None),
    "2021-08-23T00:59:00+09:00": (date(2021, 8, 22), "directory.note_zoned"),
    "Mon Aug 23 2021 00:00:00 GMT+0800 (中国标准时间)": (AUGUST, None),
    "Sun, 22 Aug 2021 16:00:00 GMT": (AUGUST, "directory.note_zoned"),
    "2021-08-22 23:59:17": (AUGUST, "directory.note_short_day"),
    "2021-08-22T15:59:17.000Z": (AUGUST, "directory.note_short_day"),
    "2021-12-31T23:59:17+08:00": (date(2022, 1, 1), "directory.note_short_day"),
    "2021-08-22 23:59:16": (date(2021, 8, 22), "directory.note_time"),
    "2021-08-22 23:59:18": (date(2021, 8, 22), "directory.note_time"),
    "1988-05-31T15:00:00Z": (date(1988, 6, 1), "directory.note_zoned"),
    "1988-05-31T14:59:00Z": (date(1988, 5, 31), "directory.note_time"),
    "1988-01-31T15:00:00Z": (date(1988, 1, 31), "directory.note_time"),
    "1992-05-31T15:00:00Z": (date(1992, 5, 31), "directory.note_time"),
    "1986-05-03T16:00:00Z": (date(1986, 5, 4), "directory.note_zoned"),
    "1991-09-14T15:30:00Z": (date(1991, 9, 15), "directory.note_zoned"),
    "1991-09-15T15:30:00Z": (date(1991, 9, 15), "directory.note_time"),
    "44431": (AUGUST, "directory.note_day_number"),
    "44431.66": (AUGUST, "directory.note_day_number"),
    "10000": (date(1927, 5, 18), "directory.note_day_number"),
    "0000-00-00": (None, "directory.note_no_day"),
    "0000-00-00 00:00:00": (None, "directory.note_no_day"),
    "0000/0/0": (None, "directory.note_no_day"),
    "00000000": (None, "directory.note_no_day"),
    "0": (None, "directory.note_no_day"),
    "1900-01-00": (None, "directory.note_no_day"),
    "1899-12-30": (None, "directory.note_no_day"),
    "1899-12-31 00:00:00": (None, "directory.note_no_day"),
    "0001-01-01T00:00:00": (None, "directory.note_no_day"),
    "N/A": (None, None),
    "暂无": (None, None),
    "1800-01-01": (date(1800, 1, 1), None),
    "9998-12-31": (date(9998, 12, 31), None),
}
REFUSED = {
    "9999-09-09": "directory.no_end_here",
    "9999-12-31": "directory.no_end_here",
    "长期": "directory.no_end_here",
    "2958352": "directory.no_end_here",
    "1799-12-31": "directory.bad_date",
    "2021-08-00": "directory.no_such_day",
    "2021-02-29": "directory.no_such_day",
    "2021-08-23T25:00:00Z": "directory.no_such_day",
    "2021-08-23T00:00:00+25:00": "directory.no_such_day",
    "Mon Foo 23 2021 00:00:00 GMT": "directory.no_such_day",
    "Mon Aug 23 00:00:00 CST 2021": "directory.bad_date",
    "1629648000000": "directory.bad_date",
    "9999": "directory.bad_date",
    "8/23/2021": "directory.date_order",
    "21-08-23": "directory.date_order",
    "21/8/23": "directory.date_order",
    "23.08.2021": "directory.date_order",
    "23-Aug-21": "directory.date_order",
    "2026/13/01": "directory.no_such_day",
    "23 Foo 2021": "directory.no_such_day",
    "2021-08-23 24:00": "directory.hour_24",
    "2021-08-23T24:00:00Z": "directory.hour_24",
    "2021-08-23 星期二": "directory.weekday_differs",
    "民国110年8月23日": "directory.bad_date",
    "2021年8月": "directory.bad_date",
    "2021-08-23～2022-08-22": "directory.bad_date",
    "2021-08-23T00:00:00 08:00": "directory.bad_date",
}


@pytest.mark.parametrize(("text", "found"), READ.items())
def test_days(text: str, found: tuple[date | None, str | None]) -> None:
    """A moment is its day in Beijing, summers of 1986 to 1991 with them; whatever is not plainly a day has a note."""
    assert parse_noted(ESTABLISHED, text, CONVENTIONS) == found


@pytest.mark.parametrize(("text", "code"), REFUSED.items())
def test_no_days(text: str, code: str) -> None:
    """No end where there must be one, days that are none, and what can be read in two ways are refused."""
    with pytest.raises(SupervisionError) as caught:
        parse(ESTABLISHED, text)
    assert caught.value.code == code


def test_only_until_has_no_end() -> None:
    """Exactly the columns that say until when may say that something never ends."""
    endless = {(kind, column.name) for kind in kinds() for column in register(kind).columns if column.endless}
    assert endless == {
        ("caps", "until_date"),
        ("entities", "capital_due"),
        ("entities", "licence_until"),
        ("events", "until"),
        ("exemptions", "until_date"),
        ("inspectors", "cert_until"),
        ("items", "until_date"),
        ("leave", "until_date"),
        ("licences", "valid_until"),
        ("professional", "until_date"),
        ("relations", "until_date"),
        ("tasks", "until_date"),
    }
    licence = register("entities").column("licence_until")
    days = {text: parse(licence, text) for text in ("9999-09-09", "9999-12-31", "长期", "2958352")}
    assert days == {
        "9999-09-09": date(9999, 9, 9),
        "9999-12-31": date(9999, 12, 31),
        "长期": date(9999, 9, 9),
        "2958352": date(9999, 9, 9),
    }


def test_an_empty_day_keeps_the_unit() -> None:
    """A unit whose optional day is 0000-00-00 goes in, and the import says how many such days were blank."""
    rows = "91320505YY0000001P,甲,320505,0000-00-00\n91320505YY0000002T,乙,320505,0000-00-00\n"
    checked = check("entities", f"unit_id,name,region,established\n{rows}")
    assert len(checked.good) == 2
    assert checked.good["established"].isna().all()
    assert checked.notes[0].text("zh") == "“成立日期”：2 个是空日期，按空白处理（如第 2 行 0000-00-00）"


def test_an_empty_day_is_no_day_where_one_must_be() -> None:
    """Where a day is required, 0000-00-00 is a blank, and the row goes back."""
    checked = check("leave", "inspector_id,from_date,until_date\n0010,0000-00-00,2026-12-08\n")
    assert [reason.code for reason in checked.rejected["reason"]] == ["directory.blank"]
