"""The calendar's certificate in words (日程证明的说明): what is held, what is proven least, what is only computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from supervision.messages import Message


def certificate_words(certificates: Sequence[Mapping[str, Any]], items: Mapping[str, str]) -> dict[str, list[Message]]:
    """Return the statements of a round's certificates (日程证明的说明): "" the city, district or office → its own.

    `certificates`: those of the first calendar and of its supplements, as `planner.solver.calendar` makes them; what
    stands of a supplement says its number first. `items`: names of items by their ids.
    """
    found: dict[str, list[Message]] = {}
    for number, certificate in enumerate(certificates, 1):
        found.setdefault("", []).extend(_statements(certificate["total"], number))
        if certificate["impossible"]:
            found[""].append(Message.of("notice.certificate.impossible", items=certificate["impossible"]))
        for district in certificate["districts"]:
            found.setdefault(district["region"], []).extend(_statements(district, number))
            for office in district["offices"]:
                found.setdefault(office["office"], []).append(_office(office, items))
    return found


def _statements(counts: Mapping[str, Any], number: int) -> list[Message]:
    """What one calendar of a district or city holds and what is proven of it, in the order of its aims."""
    said = [] if number == 1 else [Message.of("notice.certificate.supplement", number=number - 1)]
    return [*said, _duties(counts), _doors(counts), _team_days(counts), _even(counts)]


def _duties(counts: Mapping[str, Any]) -> Message:
    lost, proven, computed = (int(counts[name]) for name in ("lost", "proven_lost", "computed_lost"))
    figures = {name: int(counts[name]) for name in ("duties", "held", "units")}
    if not lost:
        return Message.of("notice.certificate.all_held", **figures)
    figures |= {"lost": lost, "incomplete": int(counts["incomplete"])}
    if lost == proven:
        return Message.of("notice.certificate.least_lost", **figures)
    if lost == computed:
        return Message.of("notice.certificate.least_computed", proven=proven, **figures)
    return Message.of("notice.certificate.lost", proven=proven, computed=computed, **figures)


def _doors(counts: Mapping[str, Any]) -> Message:
    doors, least, units = (int(counts[name]) for name in ("doors", "proven_doors", "units"))
    if doors == least:
        return Message.of("notice.certificate.least_doors", doors=doors, units=units)
    return Message.of("notice.certificate.doors", doors=doors, units=units, least=least, more=doors - least)


def _team_days(counts: Mapping[str, Any]) -> Message:
    days, least = int(counts["team_days"]), int(counts["proven_team_days"])
    if days == least:
        return Message.of("notice.certificate.least_team_days", days=days)
    gap = Fraction(days - least, least) if least else Fraction(1)
    return Message.of("notice.certificate.team_days", days=days, least=least, gap=f"{float(gap):.1%}")


def _even(counts: Mapping[str, Any]) -> Message:
    return Message.of("notice.certificate.even", uneven=int(counts["uneven"]))


def _office(proof: Mapping[str, Any], items: Mapping[str, str]) -> Message:
    """What an office loses in any calendar, whoever plans it; of whom the proof speaks."""
    figures = {"proven": int(proof["proven_lost"]), "computed": int(proof["computed_lost"])}
    if proof["item"]:
        return Message.of("notice.certificate.specialists", item=items[proof["item"]], **figures)
    return Message.of("notice.certificate.office", **figures)
