"""Agencies by their full names: a place, a department, a body, perhaps a branch – nothing else."""

from __future__ import annotations

import pytest

from supervision.directory.checking.agencies import find_agency
from supervision.law.code_lists import CodeLists
from supervision.store import shipped_files

DEPARTMENTS = CodeLists.read(shipped_files.shipped_code_lists()).named("department")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("market", "market"),
        ("苏州市市场监督管理局", "market"),
        ("江苏省苏州市吴中区市场监督管理局", "market"),
        ("无锡市滨湖区市场监管局", "market"),
        ("虎丘区市场监督管理局枫桥分局", "market"),
        ("江苏省应急管理厅", "emergency"),
        ("苏州工业园区应急管理局", "emergency"),
        ("某市消防救援支队", "fire"),
        ("吴江区卫生健康委员会", "health"),
        ("市场监督管理协会", None),
        ("苏州市市场监督管理局与应急管理局", None),
        ("某某有限公司", None),
        ("原市场监督管理局", None),
        ("局", None),
        ("", None),
    ],
)
def test_agencies(text, code):
    """What stands before the department must be a place, what stands behind it the body or its branch."""
    assert find_agency(text, DEPARTMENTS) == code
