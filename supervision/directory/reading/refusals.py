"""Refusals (拒收): the errors for a file that is broken, or is something else than a register."""

from __future__ import annotations

from supervision.errors import DirectoryError
from supervision.messages import Message


def foreign(name: str, code: str) -> DirectoryError:
    """Return the error for a file that is something else (不是登记表)."""
    return DirectoryError("directory.foreign", name=name, what=Message.of(code))


def damaged(name: str, error: object) -> DirectoryError:
    """Return the error for a file that is broken (文件损坏)."""
    return DirectoryError("directory.unreadable", name=name, detail=Message.of("directory.detail_damaged", error=error))
