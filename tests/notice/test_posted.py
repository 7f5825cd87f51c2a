"""A notice to post (张贴公告): its code is whole at any size."""

from __future__ import annotations

import re
from typing import Any

from supervision.notice.posted import Posted, posted_page


def test_the_code_scales_with_its_box() -> None:
    """It has a view box and no size of its own: a smaller box would cut off two of its three corners."""
    given: dict[str, Any] = dict.fromkeys(Posted.__dataclass_fields__, "x")
    given |= {"sequence": 7, "digest": "ab" * 32, "hash_name": "sha256", "sources": (), "rehearsal": False}
    page = posted_page(Posted(**{name: given[name] for name in Posted.__dataclass_fields__})).decode()
    drawing = re.search(r"<svg[^>]*>", page)
    assert drawing
    assert re.search(r'viewBox="0 0 \d+ \d+"', drawing[0])
    assert not re.search(r"\swidth=", drawing[0])


def test_the_digest_stands_in_groups_of_eight() -> None:
    """Read from left to right the groups are the digest, whole: who compares it by eye compares all of it."""
    shown = "0123456789abcdeffedcba98765432100f1e2d3c4b5a69788796a5b4c3d2e1f0"
    given: dict[str, Any] = dict.fromkeys(Posted.__dataclass_fields__, "x")
    given |= {"sequence": 7, "digest": shown, "hash_name": "sha256", "sources": (), "rehearsal": False}
    groups = re.findall(r"<span>([0-9a-f]+)</span>", posted_page(Posted(**given)).decode())
    assert [len(group) for group in groups] == [8] * 8
    assert "".join(groups) == shown
