"""What a step tells its caller (步骤报告)."""

from __future__ import annotations

from dataclasses import dataclass, field

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
