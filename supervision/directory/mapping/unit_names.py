"""Names of units (主体名称): written alike where they are the same, and what of a name is its own.

Width, case, white space, brackets and points make no difference, nor do 有限责任公司 and 有限公司, or the words
(个体工商户) at the end. 股份有限公司 is another form and another company.
"""

from __future__ import annotations

import re
from typing import Any

import pyarrow.compute as pc

_SAME = (
    (r"\s+", ""),
    (r"[(\[{〔【〈《<]个体工商户[)\]}〕】〉》>]$", ""),
    (r"[()\[\]{}〔〕【】〈〉《》<>「」“”\"'‘’·•.,、。*_-]", ""),
    (r"有限责任公司", "有限公司"),
    (r"股份公司", "股份有限公司"),
)
_FORMS = re.compile(
    r"(股份有限公司|有限公司|有限合伙|普通合伙|个人独资企业|专业合作社|合伙企业|集团|公司|分公司|总公司|商行|经营部|门市部|中心|工作室|厂|店|部|行)+$"
)
_PLACE = re.compile(r"^(中国|[\u4e00-\u9fff]{2,7}?(省|市|区|县|镇|乡|街道))+")


def same_names(names: Any) -> Any:
    """Return names as names are compared (比对用名称); a pyarrow array or ChunkedArray of large_string, and one back.

    >>> import pyarrow as pa
    >>> same_names(pa.array(["苏州（示例） 机械有限责任公司", "便民超市(个体工商户)"], pa.large_string())).to_pylist()
    ['苏州示例机械有限公司', '便民超市']
    """
    values = pc.utf8_upper(pc.utf8_normalize(names, form="NFKC"))
    for pattern, put in _SAME:
        values = pc.replace_substring_regex(values, pattern=pattern, replacement=put)
    return values


def own_part(name: str) -> str:
    """Return what is a name's own (字号): without the place before it and the form behind it.

    >>> own_part("苏州市虎丘区示例机械有限公司"), own_part("公司")
    ('示例机械', '公司')
    """
    rest = _FORMS.sub("", _PLACE.sub("", name))
    return rest or name
