"""Off-site checks (非现场检查): which methods are off site, and the days for self-correction: shared/off_site_check."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from supervision.domain.items import ON_SITE, Item
from supervision.errors import SupervisionError
from supervision.law.rules import Law

RULE = "shared/off_site_check"


@dataclass(frozen=True, kw_only=True)
class OffSite:
    """What counts as off site (非现场检查的口径).

    `methods`: codes of the code list `method`; `correction_days`: working days that an enterprise has to look at itself
    and to correct what it finds, before its papers are looked at.
    """

    methods: frozenset[str]
    correction_days: int

    def holds(self, item: Item) -> bool:
        """Tell whether an item is checked off site (是否非现场事项): all of its methods are, and it names one."""
        return bool(item.method) and self.methods.issuperset(item.method)


def off_site(law: Law, *, known: Collection[str]) -> OffSite:
    """Return what counts as off site (读取非现场检查规则); `known` are the codes of the code list `method`.

    Raises `law.off_site_method` where the rule names a method that is not on the code list, or the visit itself.
    """
    value = law.value(RULE)
    methods, days = value["methods"], value["correction_days"]
    for method in methods:
        if method not in known or method == ON_SITE:
            listed = " ".join(sorted(set(known) - {ON_SITE}))
            raise SupervisionError("law.off_site_method", rule=RULE, method=method, known=listed)
    return OffSite(methods=frozenset(methods), correction_days=days)
