"""Agencies (检查机关): the department that an agency's full name says, as 苏州市吴中区市场监督管理局 or its 木渎分局.

Before the department stand only places, behind it a word for the body and perhaps a branch of it; a name with anything
else in it, or that may be two departments, is none.
"""

from __future__ import annotations

import re

from supervision.law.code_lists import CodeList, normal

_PLACES = r"(?:[\u4e00-\u9fff]{1,8}?(?:自治区|自治州|开发区|新区|园区|地区|省|市|州|盟|区|县|旗))+"
_BODY = r"(?:管理局|委员会|局|厅|委)?"
_BRANCH = r"(?:[\u4e00-\u9fff]{1,12}?(?:分局|所|总队|支队|大队|中队))?"


def find_agency(text: str, departments: CodeList) -> str | None:
    """Return the code of the department that a text means (读检查机关), None where it means none.

    >>> from supervision.law.code_lists import Code
    >>> from supervision.messages import Label
    >>> market = {"market": Code(label=Label("市场监管", "market"), aliases=("市场监督管理局",))}
    >>> one = CodeList(name="department", title=Label("", ""), basis="", verified=True, codes=market)
    >>> [find_agency(text, one) for text in ("无锡市滨湖区市场监督管理局", "吴中区市场监管局木渎分局", "市场监管协会")]
    ['market', 'market', None]
    """
    if found := departments.find(text):
        return found
    word = normal(text)
    codes = {
        code
        for name, code in departments.writings.items()
        if name in word and re.fullmatch(f"(?:{_PLACES})?{re.escape(name)}{_BODY}{_BRANCH}", word)
    }
    return codes.pop() if len(codes) == 1 else None
