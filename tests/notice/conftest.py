"""A small round with every kind of task, and marker strings in all that must not be published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from supervision.canonical import canonical_json, digest
from supervision.domain.items import Item, Task
from supervision.domain.people import Office
from supervision.notice.office_content import LOAD_COLUMNS, UNHELD_COLUMNS, Month, OfficeContent, office_contents
from supervision.notice.public_content import Content, Heading, build_content
from supervision.notice.recorded_answers import ANSWER_COLUMNS
from supervision.notice.visit_details import Contact, Particulars
from supervision.sampling.protocol.verifier import RULES

WORDS = {
    "department": {"market": "市场监管局", "fire": "消防救援支队"},
    "region": {"320505": "虎丘区", "320506": "吴中区"},
    "method": {"on_site": "实地检查", "desk": "书面检查"},
    "category": {"none_found": "未发现问题", "pending": "发现问题待后续处理"},
    "result": {"1": "未发现问题", "E": "发现问题经责令已改正", "7": "已关闭停业或正在组织清算"},
    "follow_up": {"none": "无需后续处置", "order": "责令改正"},
    "item_result": {"passed": "合格", "failed": "不合格"},
    "entity_type": {"企业": "企业"},
    "inspection_kind": {"routine": "日常检查"},
    "industry": {"H": "住宿和餐饮业"},
}


class Words:
    """The names of a few codes."""

    def label(self, name: str, code: str, lang: str = "zh") -> str:
        """Return a name; of one category in English, too."""
        return "no problem found" if (code, lang) == ("none_found", "en") else WORDS[name][code]

    def codes(self, name: str) -> list[str]:
        """Return the codes."""
        return list(WORDS[name])


def make_task(task_id: str, **changes: object) -> Task:
    """Return a task of the round with some of its values changed."""
    values: dict[str, object] = {
        "task_id": task_id,
        "number": "苏市监抽查〔2026〕1号",
        "name": f"任务 {task_id}",
        "round": "2026-12",
        "items": ("food",),
        "lead": "market",
        "partners": ("fire",),
        "start": date(2026, 12, 1),
        "end": date(2026, 12, 31),
        "population": "type=企业;region=320505,320506",
        "regime": "random",
        "ratio": "A=1%;D=MARKRATIO",
        "by_region": True,
        "reserve": "20%",
        "group": "joint",
        "access": "sealed",
        "disclosure": "after_visit",
    }
    return Task(**{**values, **changes})  # type: ignore[arg-type]


def make_item(item_id: str, name: str, department: str) -> Item:
    """Return an item of the list."""
    return Item(
        item_id=item_id,
        name=name,
        department=department,
        kind="general",
        basis="《食品安全法》",
        ratio="不高于10%",
        half_days=1,
        inspectors=2,
        method=("on_site", "desk"),
        content={"fire-door": "疏散通道"}.get(item_id, ""),
    )


TASKS = (
    make_task("sealed-01"),
    make_task("open-02", access="open", disclosure="before", ratio="n=2", population="*", items=("fire-door",)),
    make_task("never-03", disclosure="never"),
)
ITEMS = {
    "food": make_item("food", "食品经营检查", "market"),
    "fire-door": make_item("fire-door", "消防通道检查", "fire"),
}
NAMES = pd.DataFrame(
    {
        "unit_id": ["91320505MA1EXAMP07", "U2", "U3"],
        "name": ["苏州<b>甲</b>有限公司", "=HYPERLINK(1)", "丙店"],
        "phone": ["MARKPHONE"] * 3,
        "class": ["MARKCLASS"] * 3,
        "score": ["MARKSCORE"] * 3,
        "legal_rep": ["MARKPERSON"] * 3,
    }
)
FRAME = b"unit_id,stratum,x,L,salt\n" + b"".join(
    f"{unit},all,1,6004799503160661,{'0' * 32}\n".encode() for unit in ("91320505MA1EXAMP07", "U2", "U3")
)
STRATA = canonical_json(
    [{"stratum": "all", "units": 3, "sample": 2, "reserve": 0, "size_total": "3", "working": "pareto"}]
)
SOURCES = [
    {
        "name": "dice",
        "issue": "2026-12-01",
        "kind": "sequence",
        "count": 5,
        "low": 0,
        "high": 999,
        "at": "2026-12-01T15:00:00+08:00",
    },
    {
        "name": "ssq-red",
        "issue": "2026139",
        "kind": "set",
        "count": 6,
        "low": 1,
        "high": 33,
        "at": "2026-12-01T21:15:00+08:00",
    },
]

ROSTER_SOURCES = [
    {
        "name": "kl8",
        "issue": "2026323",
        "kind": "set",
        "count": 8,
        "low": 1,
        "high": 80,
        "at": "2026-12-02T21:30:00+08:00",
    }
]


def commitment(*, rehearsal: str = "no") -> bytes:
    """Return commitment.json of the round."""
    tasks = [
        {
            "task_id": task.task_id,
            "group": task.number_group,
            "access": task.access,
            "disclosure": task.disclosure,
            "units": 3,
            "sample": 2,
            "reserve": 0,
            "strata": "ab" * 32,
            "frame_root": "cd" * 32,
            "excluded": {"cap": 1},
            "excluded_root": "ef" * 32,
        }
        for task in sorted(TASKS, key=lambda task: task.task_id)
    ]
    return canonical_json(
        {
            "protocol": "supervision-draw/2",
            "hash": "sha256",
            "agency": "market-01",
            "round": "2026-12",
            "rehearsal": rehearsal,
            "committed_at": "2026-11-30T09:00:00+08:00",
            "evidence": "2026-11-30",
            "sequence": 0 if rehearsal == "yes" else 1,
            "previous": None,
            "log": None if rehearsal == "yes" else "77" * 32,
            "cause": None,
            "key_digest": "11" * 32,
            "rules": "22" * 32,
            "register": "33" * 32,
            "roster": "88" * 32,
            "software": "99" * 32,
            "sources": SOURCES,
            "tasks": tasks,
        }
    )


def roster_commitment(number: int = 1) -> bytes:
    """Return a roster_commitment.json of the round."""
    return canonical_json(
        {
            "protocol": "supervision-roster/2",
            "hash": "sha256",
            "agency": "market-01",
            "round": "2026-12",
            "rehearsal": "no",
            "committed_at": "2026-12-02T09:00:00+08:00",
            "number": number,
            "sequence": 1 + number,
            "previous": digest("sha256", commitment()).hex(),
            "log": "77" * 32,
            "commitment": digest("sha256", commitment()).hex(),
            "calendar": "aa" * 32,
            "roster": "bb" * 32,
            "recusals": "cc" * 32,
            "sources": ROSTER_SOURCES,
        }
    )


def reveal(committed: bytes, key_string: str, *, values: dict[str, list[str]], seed: bytes) -> bytes:
    """Return reveal.json of a commitment."""
    return canonical_json(
        {
            "commitment": digest("sha256", committed).hex(),
            "held": {name: HELD[name] for name in values},
            "key_string": key_string,
            "round": "2026-12",
            "seed": seed.hex(),
            "values": values,
        }
    )


HELD = {
    "dice": "2026-12-01T15:00:00+08:00",
    "ssq-red": "2026-12-01T21:15:00+08:00",
    "kl8": "2026-12-02T21:30:00+08:00",
}
KEY = "743.29.540.227.782./8.12.18.29.30.32./"
SEED = digest("sha256", b"supervision-draw/2\0", digest("sha256", commitment()), KEY.encode())
REVEAL = reveal(
    commitment(),
    KEY,
    values={"dice": ["743", "29", "540", "227", "782"], "ssq-red": ["8", "12", "18", "29", "30", "32"]},
    seed=SEED,
)
KEY2 = "1.2.3.5.8.13.21.34./"
REVEAL2 = reveal(
    roster_commitment(),
    KEY2,
    values={"kl8": ["1", "2", "3", "5", "8", "13", "21", "34"]},
    seed=digest("sha256", b"supervision-roster/2\0", digest("sha256", roster_commitment()), SEED, KEY2.encode()),
)


def result(**drawn: list[str]) -> bytes:
    """Return result.json; a task that is not named has only its digest."""
    tasks = [
        {"task_id": task_id, "drawn": drawn[task_id.replace("-", "_")]}
        if task_id.replace("-", "_") in drawn
        else {"task_id": task_id, "digest": "44" * 32}
        for task_id in ("never-03", "open-02", "sealed-01")
    ]
    return canonical_json({"round": "2026-12", "commitment": "55" * 32, "seed": "66" * 32, "tasks": tasks})


RESULTS = pd.DataFrame(
    {
        "visit_id": ["MARKVISIT~1"] * 2,
        "unit_id": ["U2", "91320505MA1EXAMP07"],
        "agency": ["market", "fire"],
        "item_id": ["food", "fire-door"],
        "inspected_on": pd.to_datetime(["2026-12-04", "2026-12-03"]),
        "category": ["none_found", "pending"],
        "inspectors": ["MARKINSPECTOR"] * 2,
        "reviewer": ["MARKREVIEWER"] * 2,
        "note": ["MARKNOTE"] * 2,
    }
)
CLOCK = pd.DataFrame(
    {
        "agency": ["market", "market", "fire"],
        "unit_id": ["MARKUNIT"] * 3,
        "state": ["published", "overdue", "pending"],
    }
)


def make_content(**changes: object) -> Content:
    """Return the content of the finished round, with some arguments changed."""
    stage = str(changes.pop("stage", "results"))
    rehearsal = bool(changes.pop("rehearsal", False))
    values: dict[str, object] = {
        "tasks": TASKS,
        "items": ITEMS,
        "labels": Words(),
        "names": NAMES,
        "proofs": {
            "commitment.json": commitment(rehearsal="yes" if rehearsal else "no"),
            "reveal.json": REVEAL,
            "result.json": result(open_02=["91320505MA1EXAMP07", "U2"]),
        },
        "frames": {"open-02": {"frame.csv": FRAME, "strata.json": STRATA, "order.csv": b"MARKORDER"}},
        "conditions": RULES,
        "results": RESULTS,
        "clock": CLOCK,
        "counts": {"tasks": 3, "drawn": 2, "MARKCOUNT": 5},
        **changes,
    }
    heading = Heading(city="苏州市", round="2026-12", rehearsal=rehearsal, stage=stage)
    return build_content(heading, **values)  # type: ignore[arg-type]


LOADS = [
    (office, day, *bound, 4)
    for office, day, *bound in (
        ("fire-01", "2026-12-03", 0, 0),
        ("fire-01", "2026-12-04", 1, 0),
        ("market-01", "2026-12-03", 0, 1),
        ("market-01", "2026-12-04", 2, 2),
    )
]


def make_month(**changes: object) -> Month:
    """Return what the offices' months are made from: two visits, one of them joint, one of them a whole day."""
    places = [
        ("U2~1", "fire-01", "1", "2026-12-04T1", "fire-door"),
        ("U2~1", "market-01", "1", "2026-12-04T1 2026-12-04T2", "food"),
        ("U2~1", "market-01", "2", "2026-12-04T1 2026-12-04T2", "food"),
        ("U3~1", "market-01", "1", "2026-12-03T2", "fire-door food"),
    ]
    values: dict[str, object] = {
        "calendar": pd.DataFrame(places, columns=["visit_id", "office", "place", "half_days", "items"], dtype="str"),
        "assignments": None,
        "inspectors": pd.DataFrame(
            {"inspector_id": ["i1", "i2"], "name": ["张三", "李四"], "phone": ["MARKPHONE"] * 2}
        ),
        "entities": NAMES.assign(address=["一号", "二号", None], street=["枫桥街道"] * 3),
        "drawn": pd.DataFrame({"task_id": ["sealed-01", "open-02", "sealed-01"], "unit_id": ["U2", "U2", "U3"]}),
        "tasks": {task.task_id: task for task in TASKS},
        "items": ITEMS,
        "offices": {
            "market-01": Office(office_id="market-01", department="market", region="320505", name="市监分局"),
            "fire-01": Office(office_id="fire-01", department="fire", region="320505", name="消防大队"),
        },
        "answers": pd.DataFrame(columns=list(ANSWER_COLUMNS), dtype="str"),
        "loads": pd.DataFrame(LOADS, columns=list(LOAD_COLUMNS)),
        "unheld": pd.DataFrame(columns=list(UNHELD_COLUMNS), dtype="str"),
        "certificate": {},
        "versions": {},
        "particulars": Particulars(methods=WORDS["method"]),
        **changes,
    }
    return Month(**values)  # type: ignore[arg-type]


PARTICULARS = Particulars(
    contacts={"U2": Contact(contact="钱一", phone="0512-00000001", legal_rep="孙二")},
    earlier={"U2": "2025-06-03 市场监管局 食品经营检查：发现问题"},
    certificates={"i1": "苏E001", "i3": "苏X003"},
    methods=WORDS["method"],
)


def drawn_teams() -> dict[str, object]:
    """Return the changes of a month whose people are drawn, with all that is known of units and people."""
    calendar = make_month().calendar
    people = pd.DataFrame({"inspector_id": ["i1", "i2", "i3"], "name": ["张三", "李四", "王五"]})
    return {
        "assignments": calendar.assign(inspector_id=["i3", "i1", "i2", "i1"]),
        "inspectors": people,
        "particulars": PARTICULARS,
        "used": {("market", "U2"): "市监：已用 1 次，剩余 0 次"},
    }


HOURS = {"T1": ["09:00", "12:00"], "T2": ["13:00", "17:00"]}


def office_months(heading: Heading, month: Month, **choices: list[str]) -> Iterator[OfficeContent]:
    """Yield every office's month, with the choices of its form."""
    return office_contents(heading, month, choices=choices, publication_days=20, hours=HOURS)


@pytest.fixture
def content() -> Content:
    """The content of the finished round."""
    return make_content()


@pytest.fixture
def sample() -> SimpleNamespace:
    """The parts of the round, and the functions that make it with changes."""
    return SimpleNamespace(**globals())
