"""What a step tells its caller (步骤报告)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from supervision.messages import Message


@dataclass
class Report:
    """Facts for programs, lines for people, and the exit code (报告).

    `facts` holds JSON values only; `lines` are messages, in order.
    """

    facts: dict[str, object] = field(default_factory=dict)
    lines: list[Message] = field(default_factory=list)
    exit_code: int = 0

    def say(self, code: str, **params: object) -> None:
        """Add a line for people (加一行说明)."""
        self.lines.append(Message(code, params))

    def join(self, name: str, other: Report) -> None:
        """Take over another step's report (并入): its facts under `name`, its lines, the larger exit code."""
        self.facts[name] = other.facts
        self.lines.extend(other.lines)
        self.exit_code = max(self.exit_code, other.exit_code)


def plain(value: Any, lang: str = "zh") -> Any:
    """Return facts as strict JSON has them (转为 JSON 值): missing or not finite is None, other things their text."""
    if isinstance(value, dict):
        return {str(name): plain(part, lang) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part, lang) for part in value]
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if hasattr(value, "item"):
        return plain(value.item(), lang)
    text = value.text(lang) if isinstance(value, Message) else str(value)
    return None if text in ("NaT", "<NA>") else text
