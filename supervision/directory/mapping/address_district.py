"""The district of an address (地址中的区划): told only where the address names one district of the code list, and one.

An address goes from large to small, so a district at its beginning, after the city's prefixes, is the one:
昆山市高新区 is in 昆山市. Elsewhere a name counts where no other place stands before it (南京市高新区 is none of ours),
and only if it is the only one. Names must end as a district's do (区、县、市、旗): 吴中西路 is a road.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from supervision.law.code_lists import CodeList

_ENDING = re.compile(r".{2,}[区县市旗]")
_OTHER_PLACE = re.compile(r"[省市县州盟]")


def district_of(address: str, districts: CodeList) -> str | None:
    """Return the code of the district that an address names (地址所在区划); None where it names none, or several.

    >>> from supervision.law.code_lists import Code
    >>> from supervision.messages import Label
    >>> two = {"320505": Code(label=Label("虎丘区", ""), aliases=("高新区",)),
    ...        "320583": Code(label=Label("昆山市", ""))}
    >>> city = CodeList(name="region", title=Label("", ""), basis="", verified=True, codes=two, prefixes=("苏州市",))
    >>> [district_of(text, city) for text in ("苏州市虎丘区科技路1号", "昆山市高新区", "南京市高新区", "虎丘西路")]
    ['320505', '320583', None, None]
    """
    text, named = _plain(address), _names(districts)
    for prefix in sorted(map(_plain, districts.prefixes), key=len, reverse=True):
        text = text.removeprefix(prefix)
    for name in named:
        if text.startswith(name):
            return named[name]
    found = {
        code
        for name, code in named.items()
        for hit in re.finditer(re.escape(name), text)
        if not _OTHER_PLACE.search(text[: hit.start()])
    }
    return found.pop() if len(found) == 1 else None


def within_district(address: str, districts: CodeList) -> str:
    """Return what an address says below its district (区划以下的地址), as addresses are compared: without marks.

    >>> from supervision.messages import Label
    >>> none = CodeList(name="region", title=Label("", ""), basis="", verified=True, codes={}, prefixes=("苏州市",))
    >>> within_district("苏州市 虎丘区 科技路１#", none)
    '虎丘区科技路1号'
    """
    text = re.sub(r"[^\w#]", "", _plain(address))
    for words in (districts.prefixes, _names(districts)):
        first = sorted(map(_plain, words), key=len, reverse=True)
        text = text.removeprefix(next((word for word in first if text.startswith(word)), ""))
    return text.replace("#", "号")


@lru_cache(maxsize=8)
def _names(districts: CodeList) -> dict[str, str]:
    """Return the names of districts that end as such → their codes (区划全称), the longest first."""
    found = {
        _plain(word): code
        for code, row in districts.codes.items()
        for word in (row.label.zh, *row.aliases)
        if _ENDING.fullmatch(word)
    }
    return dict(sorted(found.items(), key=lambda one: (-len(one[0]), one[0])))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
