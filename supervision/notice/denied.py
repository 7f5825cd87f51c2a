"""Fields that are never published (不得公示的字段): a last look at every public table, whoever made it.

Content is built from named columns, so that none of these should get this far. Where one does, the program is at fault,
and nothing is written: what was public once cannot be taken back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from supervision.errors import SupervisionError

DENIED: dict[str, tuple[str, ...]] = {
    "信用风险分类、评分及理由": (
        *("class", "score", "override", "by_score", "reasons", "points", "scorecard"),
        *("reason_1", "reason_2", "reason_3", "value_1", "value_2", "value_3", "lowered_by", "lowered_value"),
    ),
    "个人信息与联系方式": (
        *("legal_rep", "contact", "phone", "mobile", "identity_number", "sex", "birthday", "home_address", "education"),
    ),
    "检查人员": ("inspector", "inspector_id", "cert_no", "reviewer", "reviewed_by", "entered_by"),
    "封存抽取的号码与次序": (
        *("U", "D", "T", "x", "L", "salt", "stratum", "rank", "frame_key", "half_days", "visit_id"),
    ),
}
OPEN_FRAME = re.compile(r"open/[^/]+/(frame\.csv|strata\.json)")
OF_OPEN_FRAMES = frozenset({"x", "L", "salt", "stratum"})
_WHY = {name: why for why, names in DENIED.items() for name in names}
_KEY = re.compile(rb'(?<!\\)"([^"\\]+)":')
_CELL = re.compile(rb'[^,"\r\n]+')


def refuse_denied(files: Mapping[str, bytes | Path]) -> None:
    """Refuse to publish tables with a denied field (拒绝公示禁止字段): keys of JSON, headers of CSV.

    `files`: path below the public folder → bytes, or where the file stands, which is not looked into. An open task's
    frame may tell what equal chances look like. Raises SupervisionError `notice.denied`.
    """
    for path, source in files.items():
        if isinstance(source, bytes) and path.endswith((".json", ".csv")):
            allowed = OF_OPEN_FRAMES if OPEN_FRAME.fullmatch(path) else frozenset()
            for name in sorted(_names(path, source) - allowed):
                if name in _WHY:
                    raise SupervisionError("notice.denied", path=path, field=name, why=_WHY[name])


def _names(path: str, source: bytes) -> set[str]:
    found = _KEY.findall(source) if path.endswith(".json") else _CELL.findall(source.partition(b"\n")[0])
    return {name.decode("utf-8", errors="replace") for name in found}
