"""Messages of the draw (抽取)."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
}
