"""Districts (区划): what registers write for one beyond its code and its names.

A statistical code of nine or twelve digits (街道、社区) begins with the district's six; a code and a name that stand
together must be the same district.
"""

from __future__ import annotations

import re

from supervision.law.code_lists import CodeList

_LONGER = re.compile(r"(\d{6})(\d{3}|\d{6})(\.0+)?")
_BOTH = re.compile(r"(?P<code>\d{6})(?:0{6})?\W*(?P<name>\D+)|(?P<name2>\D+?)\W*(?P<code2>\d{6})(?:0{6})?\W*")


def find_district(text: str, districts: CodeList) -> str | None:
    """Return the code of the district that a text in NFKC means (读区划), None where it means none.

    >>> from supervision.law.code_lists import Code
    >>> from supervision.messages import Label
    >>> huqiu = {"320505": Code(label=Label("虎丘区", "Huqiu"))}
    >>> one = CodeList(name="region", title=Label("", ""), basis="", verified=True, codes=huqiu)
    >>> [find_district(text, one) for text in ("320505003000", "320505 虎丘区", "虎丘区(320505)", "320506虎丘区")]
    ['320505', '320505', '320505', None]
    """
    if found := districts.find(text):
        return found
    if longer := _LONGER.fullmatch(text):
        return districts.find(longer[1])
    if both := _BOTH.fullmatch(text):
        code = districts.find(both["code"] or both["code2"])
        return code if code is not None and code == districts.find(both["name"] or both["name2"]) else None
    return None
