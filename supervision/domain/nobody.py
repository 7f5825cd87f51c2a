"""Cells that name nobody (未填人名): a dash, 无 or 待定 where a person is asked for is no person."""

from __future__ import annotations

import unicodedata

NOBODY = frozenset(
    {"无", "暂无", "空", "待审核", "未审核", "待审", "待定", "本人", "自己", "同上", "none", "null", "n/a", "na", "tbd"}
)


def is_nobody(text: object) -> bool:
    """Tell whether a cell names nobody (是否未填人名).

    >>> is_nobody(None), is_nobody(" — "), is_nobody("王五")
    (True, True, False)
    """
    if not isinstance(text, str):
        return True
    word = "".join(unicodedata.normalize("NFKC", text).split()).casefold()
    return word in NOBODY or not any(sign.isalnum() for sign in word)
