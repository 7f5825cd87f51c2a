"""The draws as calls (抽取): a frame, the draw of units, the draw of inspectors, and the check of a published round."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from supervision.domain.items import Item, Task
from supervision.errors import SupervisionError
from supervision.law.rules import Law
from supervision.library.inputs import by_id, empty_register
from supervision.sampling import drawing
from supervision.sampling.drawing import Drawn
from supervision.sampling.frame import frame as framing
from supervision.sampling.frame.frame import Frame
from supervision.sampling.inspectors.lottery import Match, match
from supervision.sampling.protocol import verifier
from supervision.sampling.protocol.frozen_frames import commit_frames
from supervision.sampling.protocol.verifier import Outcome

KEY_BYTES = 32
NO_SCORES = {"unit_id": "str", "score": "int64", "class": "str"}


def build_frame(
    task: Task,
    *,
    items: Iterable[Item],
    entities: pd.DataFrame,
    law: Law,
    scores: pd.DataFrame | None = None,
    history: pd.DataFrame | None = None,
    exemptions: pd.DataFrame | None = None,
    caps: pd.DataFrame | None = None,
) -> Frame:
    """Build the sampling frame of one task (抽样框).

    Everybody of the task's population is in the frame, with a stratum, a size and a working probability, or is
    excluded with one reason and its rule.

    Parameters
    ----------
    task
        The task: which items, of which units, how many, between which days.
    items
        The published items; those of the task must be among them.
    entities
        The register of units, as `read_register("entities", …).good`: unit_id (str), status, type, region (str),
        established (datetime64[s]), and the columns that the task's population names.
    law
        The law on the first day of the task's window.
    scores
        unit_id (str), score (int, 0–1000), class (str, A–D) of the whole population, as `score_units` returns them.
        Open and full tasks look at none.
    history, exemptions, caps
        The registers of these names; None: there are no such rows.

    Returns
    -------
    Frame
        `rows`: unit_id (str), stratum (category), x, L (int64; L = working probability × 2^53), sorted by unit_id.
        `excluded`: unit_id, reason, rule. `strata`: stratum, units, sample, reserve, size_total, working. `remarks`:
        what a user should know. `inclusion()`: each unit's chance to be drawn (float64).

    Raises
    ------
    RuleMissing
        The law has no value for a rule that the task needs; nothing is assumed in its place.
    SupervisionError
        The task cannot be drawn as it stands: an item that is not listed, a ratio above a legal maximum, nobody left
        in the frame, a score missing.

    Notes
    -----
    Sample sizes are exact fractions, rounded once; draw protocol, section 2.

    Examples
    --------
    >>> from datetime import date
    >>> import supervision
    >>> item = supervision.Item(item_id="food", name="餐饮服务检查", department="market", kind="general",
    ...                         basis="示例", ratio="不高于10%", half_days=1, inspectors=2)
    >>> task = supervision.Task(task_id="T1", name="餐饮抽查", round="2026-12", items=("food",), lead="market",
    ...                         start=date(2026, 12, 1), end=date(2026, 12, 31), population="tags=餐饮",
    ...                         regime="random", ratio="n=5", access="open", disclosure="before")
    >>> units = supervision.read_register("entities", "examples/entities.csv").good
    >>> law = supervision.read_law(date(2026, 12, 1), rules="examples/rules")
    >>> frame = supervision.build_frame(task, items=[item], entities=units, law=law)
    >>> len(frame.rows), len(frame.excluded), frame.strata["sample"].sum().item()
    (58, 2, 5)
    >>> round(frame.inclusion()["probability"].iloc[0].item(), 4)
    0.0862
    """
    return framing.build_frame(
        task,
        items=by_id((item.item_id, item) for item in items),
        entities=entities,
        scores=pd.DataFrame(columns=list(NO_SCORES)).astype(NO_SCORES) if scores is None else scores,
        exemptions=empty_register("exemptions") if exemptions is None else exemptions,
        visits=empty_register("history") if history is None else history,
        caps=empty_register("caps") if caps is None else caps,
        law=law,
    )


def draw(
    frames: Iterable[Frame], *, seed: bytes, frame_key: bytes, round_id: str, hash_name: str = "sha256"
) -> dict[str, Drawn]:
    """Draw the units of a round's tasks (抽取检查对象).

    Parameters
    ----------
    frames
        One frame a task; tasks of one group share their units' numbers and are drawn together.
    seed
        32 bytes that nobody knew when the frames were fixed; in a published round they come from the commitment and
        the values of its sources.
    frame_key
        32 secret bytes; salts of sealed tasks are made from them, open tasks have none.
    round_id
        Name of the round, "2026-12"; numbers never outlive a round.
    hash_name
        "sha256" or "sm3".

    Returns
    -------
    dict
        task_id → Drawn: `drawn` and `reserve` are lists of unit_ids, sorted; `order` is a frame in the order of the
        draw: unit_id, stratum (str), rank (int64, from 1 in each stratum), role ("drawn" or "reserve"), U (int64,
        odd, u = U / 2^54), D (str, hex).

    Raises
    ------
    SupervisionError
        A seed or key of another length, a name that the protocol does not allow, or the same task twice.

    Notes
    -----
    Pareto sampling with permanent random numbers (Rosén 1997); draw protocol, sections 5 and 6. The same frames, seed
    and key give the same lists on every machine.

    Examples
    --------
    >>> from datetime import date
    >>> import supervision
    >>> item = supervision.Item(item_id="food", name="餐饮服务检查", department="market", kind="general",
    ...                         basis="示例", ratio="不高于10%", half_days=1, inspectors=2)
    >>> task = supervision.Task(task_id="T1", name="餐饮抽查", round="2026-12", items=("food",), lead="market",
    ...                         start=date(2026, 12, 1), end=date(2026, 12, 31), population="tags=餐饮",
    ...                         regime="random", ratio="n=5", access="open", disclosure="before")
    >>> units = supervision.read_register("entities", "examples/entities.csv").good
    >>> law = supervision.read_law(date(2026, 12, 1), rules="examples/rules")
    >>> frame = supervision.build_frame(task, items=[item], entities=units, law=law)
    >>> drawn = supervision.draw([frame], seed=bytes(32), frame_key=bytes(32), round_id="2026-12")
    >>> drawn["T1"].order["unit_id"].tolist()[0], len(drawn["T1"].drawn), len(drawn["T1"].reserve)
    ('92320508YYFU3PL478', 5, 1)
    """
    _check_bytes("seed", seed)
    _check_bytes("frame_key", frame_key)
    records = commit_frames(list(frames), round_id=round_id, frame_key=frame_key, hash_name=hash_name)
    return drawing.draw(records, seed1=seed, round_id=round_id, hash_name=hash_name)


def draw_inspectors(
    places: pd.DataFrame,
    roster: pd.DataFrame,
    *,
    seed: bytes,
    recusals: pd.DataFrame | None = None,
    hash_name: str = "sha256",
) -> Match:
    """Draw who goes (抽取执法检查人员): the planner said when, the lottery says who, the rules say whom not.

    Parameters
    ----------
    places
        The calendar, as `plan_calendar(…).calendar`: visit_id, office (str), place (int64 from 1), half_days, items
        (str, several joined by a space).
    roster
        inspector_id, office, from, until (dates as 2026-12-01), scopes (items joined by a space), daily_limit
        (half-days a day), absent (half-days joined by a space); all str.
    seed
        32 bytes that nobody knew when calendar and roster were fixed.
    recusals
        inspector_id, unit_id (str): who must not go where; None: nobody.
    hash_name
        "sha256" or "sm3".

    Returns
    -------
    Match
        `assignments`: visit_id, office, place, inspector_id, candidates (int64: how many could have been drawn).
        `sent_back`: one row for each place that nobody could fill, with how many were out for which reason.

    Raises
    ------
    SupervisionError
        A seed of another length, a place twice, an inspector twice.

    Notes
    -----
    Draw protocol, section 7: among the eligible with the least load, within two, the least lot.

    Examples
    --------
    >>> import pandas as pd, supervision
    >>> places = pd.DataFrame({"visit_id": ["u1~1", "u1~1"], "office": ["fire-1", "fire-1"], "place": [1, 2],
    ...                        "half_days": ["2026-12-03T1"] * 2, "items": ["fire"] * 2})
    >>> roster = pd.DataFrame({"inspector_id": ["p1", "p2", "p3"], "office": ["fire-1"] * 3, "from": ["2026-01-01"] * 3,
    ...                        "until": ["2027-12-31"] * 3, "scopes": ["fire"] * 3, "daily_limit": ["2"] * 3,
    ...                        "absent": ["", "2026-12-03T1", ""]})
    >>> found = supervision.draw_inspectors(places, roster, seed=bytes(32))
    >>> sorted(found.assignments["inspector_id"])
    ['p1', 'p3']
    """
    _check_bytes("seed", seed)
    nobody = empty_register("recusals") if recusals is None else recusals
    return match(places, roster, nobody, seed, hash_name=hash_name)


def verify(folder: str | Path) -> Outcome:
    """Check a published round again from its files (核验一轮).

    Parameters
    ----------
    folder
        An output folder with public/ and audit/, or its public part alone.

    Returns
    -------
    Outcome
        `difference`: None where everything agrees, else the first difference and its place; `done`: what was checked;
        `remarks`: what could not be; `lines(lang)`: all of it in sentences.

    Notes
    -----
    Only reads, and never raises on bad files: what cannot be read is a difference. The same program stands in every
    public folder as verify.py and needs no installation.

    Examples
    --------
    >>> import supervision
    >>> supervision.verify("examples").difference is None
    False
    """
    return verifier.verify(Path(folder))


def _check_bytes(name: str, given: bytes) -> None:
    if len(given) != KEY_BYTES:
        raise SupervisionError("library.seed_length", name=name, wanted=KEY_BYTES, found=len(given))
