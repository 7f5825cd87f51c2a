"""The store's logs (业务日志): of the registers and of each round, and whether the chains of logs are sound."""

from __future__ import annotations

from collections.abc import Mapping

from supervision.month.city import City
from supervision.month.report import Report
from supervision.store.log import REGISTERS, verify_log


def log_names(city: City) -> list[str]:
    """Return the names of the store's logs (日志名称): the registers', then those of rounds and yearly plans."""
    return [REGISTERS, *city.store.rounds()]


def check_logs(logs: Mapping[str, bytes]) -> Report:
    """Say of each log whether its chain is sound (核验日志链), or at which line it breaks; exit code 3 if any does.

    `logs`: name → JSON lines.
    """
    report, told = Report(), {}
    for name, lines in logs.items():
        broken, count = verify_log(lines), lines.count(b"\n")
        told[name] = {"entries": count, "broken": broken}
        if broken is None:
            report.say("month.log_sound", scope=name, count=count)
        else:
            report.say("month.log_broken", scope=name, line=broken, count=count)
            report.exit_code = 3
    report.facts["logs"] = told
    return report
