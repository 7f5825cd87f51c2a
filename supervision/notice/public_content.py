"""What may be published of a round (可公示内容): everything else is left out here, before any page is written.

Never here: class, score, reasons, lists of sealed tasks before their disclosure, numbers, order, reserve, ID numbers,
phones, inspectors (draw protocol 2, section 9). Every table is built from named columns; nothing is passed through.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from supervision.canonical import parse_canonical
from supervision.domain.items import Item, Task
from supervision.domain.publication import CLOCK
from supervision.domain.rounds import RoundId
from supervision.domain.strata import StratumId
from supervision.errors import SupervisionError
from supervision.messages import say
from supervision.notice.estimate_content import ESTIMATE_COLUMNS
from supervision.notice.plan_table import Labels, item_rows, plan_rows
from supervision.notice.publisher import Publisher
from supervision.tables import tuples

STAGES = ("committed", "abandoned", "drawn", "planned", "matched", "results")
PROOF = re.compile(
    r"^(commitment|reveal|result|abandoned|(roster_commitment|reveal2|abandoned2)(-[1-9][0-9]*)?)\.json$"
)
FRAME_HEADER = "unit_id,stratum,x,L,salt"
OPEN_FILES = ("frame.csv", "strata.json")
LIST_COLUMNS = ("task_id", "unit_id", "name")
DETAIL_COLUMNS = ("tasks", "office", "region", "follow_up", "due", "published_on")
RESULT_COLUMNS = (
    *("unit_id", "name", "agency", "item", "inspected_on", "category", "corrected_on", "correction"),
    *DETAIL_COLUMNS,
)
CORRECTION_COLUMNS = ("unit_id", "name", "agency", "item", "corrected_on", "field", "old", "new", "reason")
REMOVED = ("expired", "repaired")
CLOCK_COLUMNS = ("agency", "inspected", *CLOCK)
OVERSIGHT_COLUMNS = ("office", "name", "kind", "number", "of", "percent", "low", "high")
OVERSIGHT_KINDS = ("stepped_in", "could_not", "unheld", "sent_back", "changed", "few_candidates")
ENGLISH = ("category", "department", "follow_up", "region", "method", "entity_type", "inspection_kind", "industry")
COUNTS = ("tasks", "units", "drawn", "visits", "office_visits", "joint", "off_site", "unheld", "inspectors", "results")

CHANGE_COUNTS = ("office", "substituted", "moved", "cancelled")


@dataclass(frozen=True, kw_only=True)
class Heading:
    """What stands on every page (页眉): city, round, stage, whether it is a rehearsal (演练), who publishes it."""

    city: str
    round: str
    rehearsal: bool
    stage: str
    publisher: Publisher | None = None

    @property
    def key(self) -> str:
        """The name by which results come back (回收用轮次名): a rehearsal's is one of its own."""
        return RoundId.parse(self.round).key(rehearsal=self.rehearsal)


@dataclass(frozen=True, kw_only=True)
class Unverified:
    """A rule on which the round rests and that nobody has verified (未经核实的规则): its name, its date, its basis."""

    title: str
    since: str
    basis: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Content:
    """Everything that a round publishes (公示内容).

    `plan`, `items`: text frames (see `plan`); `proofs`: file name → bytes of commitment.json, reveal.json, result.json,
    roster_commitment.json …; `frames`: open task → {"frame.csv", "strata.json"} → bytes; `lists`: `LIST_COLUMNS`, those
    that result.json discloses; `results`: `RESULT_COLUMNS`, text; `corrections`: `CORRECTION_COLUMNS`, text; `removed`:
    keys of `REMOVED`, how many results left the page; `estimates`: `ESTIMATE_COLUMNS`; `clock`: `CLOCK_COLUMNS`,
    agencies' clock in counts;
    `oversight`: `OVERSIGHT_COLUMNS`, offices' counts of what went otherwise than drawn, shares and bounds as texts;
    `counts`: keys of `COUNTS`; `changes`: `CHANGE_COUNTS`, an office's places and visits changed since inspectors were
    drawn, in counts alone (draw protocol 2, 9); `read`: `proofs` as parsed JSON; `awaits`: years without whose calendar
    some deadlines cannot be known; `conditions`: what the verifier asks for, by name: section of the protocol, Chinese,
    English; `unverified`: the rules that nobody has verified; `english`: names of the code lists `ENGLISH` → the
    same in English.
    """

    heading: Heading
    plan: pd.DataFrame
    items: pd.DataFrame
    proofs: Mapping[str, bytes]
    frames: Mapping[str, Mapping[str, bytes]]
    lists: pd.DataFrame
    results: pd.DataFrame
    corrections: pd.DataFrame
    removed: Mapping[str, int]
    clock: pd.DataFrame
    oversight: pd.DataFrame
    counts: Mapping[str, int]
    changes: pd.DataFrame
    read: Mapping[str, Any] = field(repr=False)
    conditions: Mapping[str, tuple[str, str, str]] = field(repr=False)
    estimates: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(ESTIMATE_COLUMNS)))
    awaits: tuple[int, ...] = ()
    unverified: tuple[Unverified, ...] = ()
    english: Mapping[str, str] = field(default_factory=dict, repr=False)


def build_content(
    heading: Heading,
    *,
    tasks: Sequence[Task],
    items: Mapping[str, Item],
    labels: Labels,
    names: pd.DataFrame,
    proofs: Mapping[str, bytes],
    frames: Mapping[str, Mapping[str, bytes]],
    conditions: Mapping[str, tuple[str, str, str]],
    results: pd.DataFrame | None = None,
    details: pd.DataFrame | None = None,
    corrections: pd.DataFrame | None = None,
    removed: Mapping[str, int] | None = None,
    clock: pd.DataFrame | None = None,
    oversight: pd.DataFrame | None = None,
    counts: Mapping[str, int] | None = None,
    changes: pd.DataFrame | None = None,
    estimates: pd.DataFrame | None = None,
    unverified: Sequence[Unverified] = (),
) -> Content:
    """Return what may be published, masked (生成可公示内容).

    `items`: item_id → Item; `names`: columns unit_id, name (others are not looked at); `frames`: open task →
    {"frame.csv", "strata.json"} → bytes; `conditions`: see `Content`; `results`: public rows as
    `results.public_categories` gives them (visit_id, unit_id, agency, item_id, inspected_on, category code), with
    `method` where a row is to say how the item was checked, codes joined by a space; `details`: visit_id, item_id,
    `DETAIL_COLUMNS`, what stands beside them, in words;
    `corrections`: as `results.corrections.public_corrections` gives them; `removed`: how many results left the page,
    by reason; `estimates`: as `estimate_content.estimate_rows` gives them; `clock`: as `results.deadlines.clock` gives
    it (agency, state); `oversight`: counts by office, `OVERSIGHT_COLUMNS`; `changes`: see `Content`. Raises
    SupervisionError `notice.*` where something would be published that may not be, or where files are of another round.
    """
    if heading.stage not in STAGES:
        raise SupervisionError("notice.stage_unknown", stage=heading.stage, known=" ".join(STAGES))
    read = _read_proofs(heading, proofs)
    committed = {entry["task_id"]: entry for entry in read.get("commitment.json", {}).get("tasks", [])}
    by_id = {task.task_id: task for task in tasks}
    for task_id in committed:
        _task(by_id, task_id, "commitment.json")
    lists = _disclosed_lists(read.get("result.json", {}), by_id, names, heading.stage)
    corrected = _correction_rows(corrections, names, items, labels)
    rows = _result_rows(results, corrected, details, names, items, labels)
    return Content(
        heading=heading,
        plan=plan_rows(tasks, items, labels, committed),
        items=item_rows(tasks, items, labels),
        proofs=dict(proofs),
        frames={task_id: _open_files(by_id, task_id, frames[task_id]) for task_id in sorted(frames)},
        lists=lists,
        results=rows,
        corrections=corrected[list(CORRECTION_COLUMNS)],
        removed={key: int((removed or {}).get(key, 0)) for key in REMOVED},
        clock=_clock_by_agency(clock, labels),
        oversight=_oversight(oversight),
        counts={key: int((counts or {})[key]) for key in COUNTS if key in (counts or {})},
        changes=pd.DataFrame(columns=list(CHANGE_COUNTS)) if changes is None else changes[list(CHANGE_COUNTS)],
        read=read,
        conditions=dict(conditions),
        estimates=pd.DataFrame(columns=list(ESTIMATE_COLUMNS)) if estimates is None else estimates,
        awaits=_awaited(clock),
        unverified=tuple(unverified),
        english=english_names(labels),
    )


def require_columns(frame: pd.DataFrame, columns: Sequence[str], name: str) -> None:
    """Raise `notice.columns` where a frame lacks columns (检查必需的列); `name` says which frame."""
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise SupervisionError("notice.columns", table=name, missing=" ".join(missing))


def _read_proofs(heading: Heading, proofs: Mapping[str, bytes]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for path, source in proofs.items():
        if not PROOF.match(path):
            raise SupervisionError("notice.proof_unknown", path=path)
        read[path] = parse_canonical(source)
        if read[path]["round"] != heading.round:
            raise SupervisionError("notice.round_differs", path=path, found=read[path]["round"], round=heading.round)
        committed = read[path].get("rehearsal", "yes" if heading.rehearsal else "no")
        if (committed == "yes") != heading.rehearsal:
            raise SupervisionError("notice.rehearsal_differs", round=heading.round, committed=committed)
    return read


def _disclosed_lists(
    result: Mapping[str, Any], tasks: Mapping[str, Task], names: pd.DataFrame, stage: str
) -> pd.DataFrame:
    """Return the lists that stand in result.json, with names; a sealed list before its time is refused."""
    pairs: list[tuple[str, str]] = []
    for entry in result.get("tasks", []):
        task = _task(tasks, entry["task_id"], "result.json")
        if "drawn" not in entry:
            continue
        sealed = task.access != "open"
        if sealed and (task.disclosure == "never" or (task.disclosure == "after_visit" and stage != "results")):
            raise SupervisionError("notice.sealed_list", task_id=task.task_id, disclosure=task.disclosure)
        pairs.extend((task.task_id, unit_id) for unit_id in entry["drawn"])
    lists = pd.DataFrame(pairs, columns=["task_id", "unit_id"], dtype="str")
    return _with_names(lists, names)[list(LIST_COLUMNS)].reset_index(drop=True)


def _result_rows(
    results: pd.DataFrame | None,
    corrected: pd.DataFrame,
    details: pd.DataFrame | None,
    names: pd.DataFrame,
    items: Mapping[str, Item],
    labels: Labels,
) -> pd.DataFrame:
    if results is None or results.empty:
        return pd.DataFrame(columns=list(RESULT_COLUMNS), dtype="str")
    wanted = ["visit_id", "unit_id", "agency", "item_id", "inspected_on", "category"]
    require_columns(results, wanted, "results")
    rows = results.reindex(columns=[*wanted, "method"]).sort_values(
        ["inspected_on", "unit_id", "agency", "item_id"], kind="stable"
    )
    marks = corrected.groupby(["visit_id", "item_id"]).agg(
        corrected_on=("corrected_on", "last"), correction=("words", "；".join)
    )
    key = ["visit_id", "item_id"]
    beside = pd.DataFrame(columns=[*key, *DETAIL_COLUMNS], dtype="str") if details is None else details
    require_columns(beside, [*key, *DETAIL_COLUMNS], "details")
    rows = _in_words(rows, names, items, labels).merge(marks, on=key, how="left")
    rows = rows.merge(beside[[*key, *DETAIL_COLUMNS]], on=key, how="left", validate="many_to_one")
    rows = rows.assign(
        category=_labelled(rows["category"], "category", labels),
        inspected_on=pd.to_datetime(rows["inspected_on"]).dt.strftime("%Y-%m-%d").astype("str"),
        item=[_with_method(item, method, labels) for item, method in tuples(rows, "item", "method")],
    )
    return rows[list(RESULT_COLUMNS)].astype("str").fillna("").reset_index(drop=True)


def _with_method(item: str, method: object, labels: Labels) -> str:
    """Return an item's name with the methods by which it was checked (事项及检查方式), where a row says them."""
    if not isinstance(method, str) or not method:
        return item
    words = "、".join(labels.label("method", code, "zh") for code in method.split())
    return say("notice.item_by_method", item=item, method=words)


def _correction_rows(
    corrections: pd.DataFrame | None, names: pd.DataFrame, items: Mapping[str, Item], labels: Labels
) -> pd.DataFrame:
    """Return corrections in public words (更正说明), with visit_id, item_id and `words`, the mark beside a result."""
    columns = [*CORRECTION_COLUMNS, "visit_id", "item_id", "words"]
    if corrections is None or corrections.empty:
        return pd.DataFrame(columns=columns, dtype="str")
    wanted = ["visit_id", "unit_id", "agency", "item_id", "corrected_on", "field", "old", "new", "reason"]
    require_columns(corrections, wanted, "corrections")
    rows = _in_words(corrections[wanted], names, items, labels)
    rows["corrected_on"] = pd.to_datetime(rows["corrected_on"]).dt.strftime("%Y-%m-%d").astype("str")
    for column in ("old", "new"):
        named = _labelled(rows[column].where(rows["field"] == "category"), "category", labels)
        named = named.mask(rows["field"].eq("category") & rows[column].eq(""), say("notice.correction.not_public"))
        rows[column] = named.where(rows["field"] == "category", rows[column])
    rows["field"] = [say(f"notice.correction.{field}") for field in rows["field"]]
    told = zip(rows["corrected_on"], rows["field"], rows["old"], rows["new"], strict=True)
    rows["words"] = [
        say("notice.correction.words", day=day, field=field, old=old, new=new) for day, field, old, new in told
    ]
    return rows[columns].astype("str").fillna("").reset_index(drop=True)


def _in_words(rows: pd.DataFrame, names: pd.DataFrame, items: Mapping[str, Item], labels: Labels) -> pd.DataFrame:
    """Return rows with the unit's name, the agency's and the item's (名称); an item outside the list is refused."""
    unknown = sorted(set(rows["item_id"]) - set(items))
    if unknown:
        raise SupervisionError("notice.item_missing", item_id=unknown[0])
    return _with_names(rows, names).assign(
        agency=_labelled(rows["agency"], "department", labels),
        item=rows["item_id"].map({item_id: items[item_id].name for item_id in items}).astype("str"),
    )


def _labelled(codes: pd.Series[str], name: str, labels: Labels) -> pd.Series[str]:
    """Return codes by their Chinese names (代码名称), blank ones as they are."""
    known = {code: labels.label(name, code, "zh") for code in codes.dropna().unique() if code}
    found: pd.Series[str] = codes.map(known).astype("str")
    return found


def english_names(labels: Labels) -> dict[str, str]:
    """Return names of code lists that stand on pages, in English (代码英文名称): Chinese → English."""
    codes = [(name, code) for name in ENGLISH for code in labels.codes(name)]
    return {labels.label(name, code, "zh"): labels.label(name, code, "en") for name, code in codes}


def _clock_by_agency(clock: pd.DataFrame | None, labels: Labels) -> pd.DataFrame:
    """Count an agency's rows by the state of their clock; units are not named before their results are public."""
    if clock is None or clock.empty:
        return pd.DataFrame(columns=list(CLOCK_COLUMNS))
    require_columns(clock, ["agency", "state"], "clock")
    counted = pd.crosstab(clock["agency"], clock["state"]).reindex(columns=list(CLOCK_COLUMNS[2:]), fill_value=0)
    counted.insert(0, "inspected", counted.sum(axis=1))
    counted.insert(0, "agency", [labels.label("department", code, "zh") for code in counted.index])
    counted.columns.name = None
    return counted.reset_index(drop=True).astype(dict.fromkeys(CLOCK_COLUMNS[1:], "int64"))


def _oversight(counts: pd.DataFrame | None) -> pd.DataFrame:
    """Return offices' counts as they are published (监督计数): no other column, no kind that is not known."""
    if counts is None:
        return pd.DataFrame(columns=list(OVERSIGHT_COLUMNS))
    require_columns(counts, OVERSIGHT_COLUMNS, "oversight")
    unknown = sorted(set(counts["kind"]) - set(OVERSIGHT_KINDS))
    if unknown:
        raise SupervisionError("notice.kind_unknown", kind=unknown[0], known=" ".join(OVERSIGHT_KINDS))
    return counts[list(OVERSIGHT_COLUMNS)].reset_index(drop=True)


def _awaited(clock: pd.DataFrame | None) -> tuple[int, ...]:
    """The years that deadlines wait for, where the clock names any."""
    if clock is None or "awaits" not in clock:
        return ()
    return tuple(sorted({int(year) for year in clock["awaits"].dropna()}))


def _open_files(tasks: Mapping[str, Task], task_id: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return an open task's frame.csv and strata.json as they are, after looking that they tell nothing of a unit."""
    task = _task(tasks, task_id, "frame.csv")
    header, *rows = files["frame.csv"].decode("utf-8").rstrip("\n").split("\n")
    fields = [row.rsplit(",", 4) for row in rows]
    strata = [entry["stratum"] for entry in parse_canonical(files["strata.json"])]
    reason = ""
    if task.access != "open":
        reason = f"access={task.access}"
    elif header != FRAME_HEADER or any(len(row) != FRAME_HEADER.count(",") + 1 for row in fields):
        reason = header
    elif len({(row[1], row[2]) for row in fields}) != 1 or strata != [fields[0][1]]:
        reason = "stratum, x"
    elif StratumId.parse(strata[0]).names_a_class:
        reason = f"stratum {strata[0]}"
    elif any(row[4].strip("0") for row in fields):
        reason = "salt"
    if reason:
        raise SupervisionError("notice.frame_not_open", task_id=task_id, reason=reason)
    return {name: files[name] for name in OPEN_FILES}


def _with_names(rows: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    require_columns(names, ["unit_id", "name"], "names")
    known = names[names["unit_id"].isin(rows["unit_id"])].drop_duplicates("unit_id").set_index("unit_id")["name"]
    return rows.assign(name=rows["unit_id"].map(known).astype("str").fillna(""))


def _task(tasks: Mapping[str, Task], task_id: str, path: str) -> Task:
    if task_id not in tasks:
        raise SupervisionError("notice.task_missing", task_id=task_id, path=path)
    return tasks[task_id]
