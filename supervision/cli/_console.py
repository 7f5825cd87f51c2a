"""Consoles (控制台): what they cannot show is replaced, never a reason to stop."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TextIO


def ready_console() -> None:
    """Let stdout and stderr replace the characters that they cannot show (无法显示的字符以 ? 代替).

    Where the caller has closed one, what is said goes nowhere.
    """
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def shows(text: str) -> bool:
    """Tell whether the console's encoding has all characters of a text (控制台能否显示)."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def let_go_of_output() -> None:
    """Give up a stdout that cannot be written (放弃无法写入的标准输出), so that leaving does not fail on it again."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")
