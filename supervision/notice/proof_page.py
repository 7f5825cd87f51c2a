"""The page that explains a unit's own proof (本单位证明说明页): what it was, which chance it had, how to check it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from supervision.notice.site.pages import render


@dataclass(frozen=True, kw_only=True)
class ProofLine:
    """One task's line (一个任务一行): in the frame with its chance, or left out with reason and rule."""

    task: str
    task_id: str
    kind: str
    drawn: bool
    chance: Fraction | None
    reason: str
    rule: str
    row: Sequence[str]
    root: str

    @property
    def chance_words(self) -> str:
        """The chance in words (中签机会): a percentage and one in how many."""
        if self.chance is None:
            return ""
        if self.chance == 1:
            return "必抽（100 %）"
        return f"{float(self.chance):.2%}（约 {round(1 / self.chance):,} 户中抽 1 户）"


def proof_page(round_id: str, unit_id: str, name: str, lines: Sequence[ProofLine], *, rehearsal: bool) -> bytes:
    """Return the page (说明页), for the unit alone: it names no other unit."""
    values = {"round": round_id, "unit_id": unit_id, "name": name, "lines": lines, "rehearsal": rehearsal}
    return render("proof", values)
