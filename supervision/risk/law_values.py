"""What this stage asks of the law (规则取值): one method, so that tests can say the law in a line."""

from __future__ import annotations

from typing import Protocol


class Values(Protocol):
    """The law in force (有效规则), as far as this stage asks it."""

    def value(self, rule: str, /) -> object:
        """Return a rule's value (规则取值)."""
        ...
