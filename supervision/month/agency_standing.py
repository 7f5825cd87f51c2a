"""How far an agency's round is (机构进度): step, counts, what it waits for, digests; read from its store alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from supervision.messages import Message
from supervision.month import round_files as files
from supervision.month.agenda import next_duty
from supervision.month.calendars import drawn_units, standing, unheld
from supervision.month.output_folder import measure
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.sampling.protocol.seeds import Source

NEW, NONE, OLDER, DONE = "new", "none", "older", "done"
STEPS = (Step.ABANDON, Step.MATCH, Step.ROSTER, Step.PLAN, Step.DRAW, Step.COMMIT, Step.SCORE, Step.OPEN)


@dataclass(frozen=True, kw_only=True)
class AgencyStanding:
    """How far an agency's round is (机构进度).

    `step`: the last finished step, `done` when nothing is waited for, `none` before the round, `new` where there is no
    store yet, `older` where it must be brought to this version first. `waits` says for what, `since` from when on it
    can be done, `due` until when; ISO texts. `sources`: those that commitments name, by their names as `month --source`
    takes them; `awaits` are those whose values are waited for. `commitment` and `manifest` are digests in hex, ""
    where there is none.
    """

    step: str = NONE
    units: int = 0
    drawn: int = 0
    visits: int = 0
    unheld: int = 0
    waits: Message | None = None
    since: str = ""
    due: str = ""
    commitment: str = ""
    manifest: str = ""
    sources: Mapping[str, Source] = field(default_factory=dict)
    awaits: frozenset[str] = frozenset()

    @property
    def issues(self) -> dict[str, str]:
        """The issues that commitments name (期号): name of the source → issue."""
        return {name: source.issue for name, source in self.sources.items()}

    @property
    def awaited(self) -> dict[str, str]:
        """The sources whose values are waited for (所等信源): name → issue, sorted."""
        return {name: self.sources[name].issue for name in sorted(self.awaits)}


def standing_of(round: Round) -> AgencyStanding:
    """Return how far a round is (本轮进度)."""
    duty, planned = next_duty(round), bool(round.planned_numbers)
    ended = duty is None and not round.has(Step.ABANDON)
    manifests = round.manifests("public")
    sources, awaits = _sources(round)
    return AgencyStanding(
        step=DONE if ended else next(step.stored for step in STEPS if round.has(step)),
        units=len(round.table(files.SCORES, ["unit_id"])) if round.has(Step.SCORE) else 0,
        drawn=int(drawn_units(round)["unit_id"].nunique()) if round.has(Step.DRAW) else 0,
        visits=int(standing(round)["visit_id"].nunique()) if planned else 0,
        unheld=len(unheld(round)) if planned else 0,
        waits=duty.what if duty else None,
        since=duty.since if duty else "",
        due=duty.due if duty else "",
        commitment=round.read(files.COMMITMENT).digest.hex() if round.has(Step.COMMIT) else "",
        manifest=measure(manifests[-1])[1] if manifests else "",
        sources=sources,
        awaits=awaits,
    )


def _sources(round: Round) -> tuple[dict[str, Source], frozenset[str]]:
    """The sources that the round's commitments name, and the names of those whose values are waited for."""
    if not round.has(Step.COMMIT):
        return {}, frozenset()
    named = {source.name: source for source in round.read(files.COMMITMENT).sources}
    awaits = frozenset() if round.has(Step.DRAW) or round.has(Step.ABANDON) else frozenset(named)
    for number in round.finished.get(Step.ROSTER, []):
        sources = round.read(files.ROSTER_COMMITMENT, number).sources
        own = {f"{source.name}-{number + 1}": source for source in sources}
        named |= own
        if not (round.has(Step.MATCH, number) or round.has(Step.ABANDON_ROSTER, number) or round.has(Step.ABANDON)):
            awaits = frozenset(own)
    return named, awaits
