"""What stands on every page of a round (页眉): its city, its stage, and whether it is a rehearsal."""

from __future__ import annotations

from supervision.law.rules import Law
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.notice.public_content import Heading
from supervision.notice.publisher import PUBLISHER, Publisher, read_publisher

ANYWHERE = "本市"


def heading(round: Round) -> Heading:
    """Return what stands on every page (页眉)."""
    stage = "committed"
    for step, name in (
        (Step.ABANDON, "abandoned"),
        (Step.DRAW, "drawn"),
        (Step.PLAN, "planned"),
        (Step.MATCH, "matched"),
        (Step.RECORD, "results"),
    ):
        stage = name if round.has(step) else stage
    return Heading(
        city=name_of_city(round.law),
        round=round.id,
        rehearsal=round.is_rehearsal,
        stage=stage,
        publisher=publisher_of(round.law),
    )


def publisher_of(law: Law) -> Publisher | None:
    """Return who publishes the site (主办单位), None where the city has not entered it: the pages say so."""
    return None if PUBLISHER in law.missing() else read_publisher(law.value(PUBLISHER))


def name_of_city(law: Law) -> str:
    """Return the city's name (本市名称): of the rule shared/city, a general word where there is none."""
    return ANYWHERE if "shared/city" in law.missing() else str(law.value("shared/city")["zh"])
