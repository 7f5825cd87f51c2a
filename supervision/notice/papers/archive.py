"""The package of a Word file (文书压缩包): parts in a fixed order with a fixed time, so that bytes repeat."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIXED = (2026, 1, 1, 0, 0, 0)


def zipped(parts: Mapping[str, bytes], at: tuple[int, int, int, int, int, int] = FIXED) -> bytes:
    """Return parts as a ZIP archive (打包) in their order, all of one time; what readers expect first comes first."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = ZipInfo(name, date_time=at)
            info.compress_type, info.create_system = ZIP_DEFLATED, 0
            archive.writestr(info, content)
    return target.getvalue()
