"""Quotes that leave open what a cell holds: the row goes back; quotes that leave nothing open are read."""

import pytest
from builders import check, faults

HEAD = "统一社会信用代码,企业名称,行政区划代码,备注\n"
FIRST, SECOND, THIRD = "91320505YY0000001P", "91320505YY0000002T", "91320505YY0000003X"


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ('"甲""乙""公司"', '甲"乙"公司'),
        ('甲"乙"公司', '甲"乙"公司'),
        ('甲"公司', '甲"公司'),
        ('"甲,乙公司"', "甲,乙公司"),
        ('"甲\n公司"', "甲 公司"),
        ('"甲公司" ', "甲公司"),
    ],
)
def test_plain_quotes(cell, name):
    """Doubled quotes, and those inside a cell that is not quoted, are part of the name."""
    checked = check("entities", f"{HEAD}{FIRST},{cell},320505,\n{SECOND},乙公司,320505,\n".encode())
    assert (faults(checked), checked.good["name"].tolist()) == ([], [name, "乙公司"])


@pytest.mark.parametrize("cell", ['"甲"乙"公司"', '"甲\\"乙\\"公司"', ' "甲公司"', '"甲"公司'])
@pytest.mark.parametrize("before", ["", f'{THIRD},"丙\n公司",320505,"多\n行"\n'])
@pytest.mark.parametrize("encoding", ["utf8", "gb18030"])
def test_quotes_that_leave_it_open(cell, before, encoding):
    """A quote not doubled, one escaped in another way and one after a space hand back their row, and no other."""
    text = f"{HEAD}{before}{FIRST},{cell},320505,\n{SECOND},乙公司,320505,\n"
    checked = check("entities", text.encode(encoding))
    line = 3 if before else 2
    assert faults(checked) == [[line, "", f"{FIRST},{cell},320505,", "directory.misquoted"]]
    assert checked.good["unit_id"].tolist() == ([THIRD] if before else []) + [SECOND]


def test_a_quote_that_is_never_closed():
    """All rows after it are handed back with the row in which it opens, even where it is the first of a short file."""
    text = f'{HEAD}{FIRST},"甲公司,320505,\n{SECOND},乙公司,320505,\n{THIRD},丙公司,320505,\n'
    checked = check("entities", text.encode())
    assert [fault[::3] for fault in faults(checked)] == [[2, "directory.swallowed"]]
    assert THIRD in checked.rejected["value"].iloc[0]
