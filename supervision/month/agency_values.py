"""Values of sources for many agencies (各机构共用的信源数值): each gets those of the issues that it committed to.

Agencies that committed on different days wait for different issues of one lottery. A value that is given once for all
goes to nobody for whom it may be another issue's: `NAME@ISSUE=VALUES` says whose it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from supervision.errors import UsageError
from supervision.messages import Message
from supervision.month.agency_months import AgencyMonth
from supervision.month.agency_standing import AgencyStanding
from supervision.sampling.protocol.seeds import Values

AT = "@"
SHOWN = 5


def with_values(months: Sequence[AgencyMonth], standings: Sequence[AgencyStanding], given: Values) -> list[AgencyMonth]:
    """Return the months with the values that each waits for (分发信源数值); a rehearsal takes all, as `month` does.

    `given`: NAME or NAME@ISSUE → values. Raises UsageError for a source or issue that no commitment names, and for a
    name without its issue where agencies that it may be meant for have several.
    """
    for key in given:
        name, _, issue = key.partition(AT)
        named = {one.issues[name] for one in standings if name in one.issues}
        if issue and issue not in named:
            raise UsageError(
                "month.province_issue_unnamed", name=name, issue=issue, known=" ".join(sorted(named)) or "-"
            )
        if not issue and not named and not any(month.rehearsal for month in months):
            raise UsageError("month.province_source_unnamed", name=name)
    for name in (key for key in given if AT not in key):
        _refuse_several(
            name, months, standings, {key.partition(AT)[2] for key in given if key.startswith(f"{name}{AT}")}
        )
    return [
        replace(month, values=_of_agency(month, standing, given))
        for month, standing in zip(months, standings, strict=True)
    ]


def _of_agency(month: AgencyMonth, standing: AgencyStanding, given: Values) -> dict[str, Sequence[str]]:
    plain = {name: texts for name, texts in given.items() if AT not in name}
    if not month.rehearsal:
        plain = {name: texts for name, texts in plain.items() if name in standing.awaits}
    exact = {
        name: given[f"{name}{AT}{standing.issues[name]}"]
        for name in standing.awaits
        if f"{name}{AT}{standing.issues[name]}" in given
    }
    return plain | exact


def _refuse_several(
    name: str, months: Sequence[AgencyMonth], standings: Sequence[AgencyStanding], told: set[str]
) -> None:
    """Refuse a value without its issue where it may be one of several (期号不明); `told`: issues given on their own."""
    issues: dict[str, list[str]] = {}
    waited = False
    for month, standing in zip(months, standings, strict=True):
        issue = standing.issues.get(name, "")
        if issue and issue not in told and not month.rehearsal:
            issues.setdefault(issue, []).append(month.agency)
            waited |= name in standing.awaits
    if waited and len(issues) > 1:
        raise UsageError("month.province_issues", name=name, issues=_listed(issues), example=f"{name}{AT}{min(issues)}")


def _listed(issues: Mapping[str, Sequence[str]]) -> tuple[Message, ...]:
    return tuple(
        Message.of("month.province_issue", issue=issue, count=len(names), names="、".join(names[:SHOWN]))
        for issue, names in sorted(issues.items())
    )
