"""Rules that nobody has verified (未经核实的规则): a real round rests on them only when a named person accepts that."""

from __future__ import annotations

from collections.abc import Collection

from supervision.domain.nobody import is_nobody
from supervision.errors import UsageError
from supervision.law.rules import Entry, Law
from supervision.month.regime_checks import regime_rules
from supervision.month.round import Round

# what a round reads on its way from scoring to the clock of publication
READ = tuple(
    f"shared/{name}"
    for name in (
        "change_notice",
        "check_kind",
        "city",
        "class_change",
        "class_override",
        "class_ratio",
        "commit_interval",
        "coverage",
        "daily_limit",
        "draw_source",
        "estimate_publication",
        "exclusion",
        "expert_card",
        "general_item_limit",
        "in_force",
        "industry_card",
        "licence_needed",
        "list_entry",
        "merge_duty",
        "minimum_inspectors",
        "notice_number",
        "objection",
        "observation_period",
        "off_site_check",
        "office_hours",
        "office_load_warning",
        "outcome_minimum",
        "professional_class",
        "publication_deadline",
        "quiet_days",
        "record_use",
        "reduced_contact",
        "reserve",
        "result_display",
        "result_registration",
        "result_review",
        "risk_cutoff",
        "roles",
        "size_floor",
        "statutory_holidays",
        "visit_lead_time",
        "whitelist_tier",
        "yearly_visit_cap",
    )
)


def unverified(law: Law, more: Collection[str] = ()) -> list[Entry]:
    """Return the entries that a round rests on and nobody has compared with their documents (未经核实的规则).

    Those that every round reads, and `more`, those of the regimes that its tasks fall under.
    """
    return [entry for entry in law.entries() if entry.path in (*READ, *more) and not entry.verified]


def accepted(round: Round, person: str) -> dict[str, object]:
    """Return what auditors find of the acceptance (采用未核实规则的记录): who, which rules; nothing in a rehearsal.

    A real round with such rules and nobody's name, or 无 for one, is refused: `month.unverified` with the rules.
    """
    rules = [entry.path for entry in unverified(round.law, regime_rules(round))]
    if round.is_rehearsal or not rules:
        return {}
    if is_nobody(person):
        raise UsageError("month.unverified", round=round.id, count=len(rules), rules=" ".join(rules))
    return {"who": person.strip(), "rules": rules}
