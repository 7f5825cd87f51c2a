"""A county takes its part of the city's list: signed, for this county, newest, and of the list that was drawn."""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from counties import COUNTY, EVIDENCE, ROUND, County, Keys, county_inputs, make_keys, open_county, read_signed
from still_clock import Clock

from supervision.canonical import canonical_json, digest
from supervision.domain.visits import units_of_visits
from supervision.errors import DoesNotVerify, SupervisionError, UsageError
from supervision.month.city import BEIJING, City
from supervision.month.handing_down import hand_down
from supervision.month.importing import import_file
from supervision.month.ledger_report import ledger_of_unit
from supervision.month.other_rounds import VISITS, with_pledged
from supervision.month.round_files import CALENDAR, DRAWN
from supervision.notice.county_part import CountyPart

Rows = tuple[dict[str, str], ...]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """Two keys."""
    return make_keys(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def handed(rehearsal: Any, keys: Keys, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The county's part of the rehearsed month, as the city hands it down."""
    folder = tmp_path_factory.mktemp("handed")
    shutil.copytree(rehearsal.store.parent, folder / "work")
    round = City.open(folder / "work" / "x.db", who="city").round(ROUND, rehearsal=True)
    hand_down(round, county=COUNTY, key=keys.private(), file=folder / "part.json")
    return folder / "part.json"


@pytest.fixture(scope="module")
def inputs(rehearsal: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The county's input files."""
    return county_inputs(rehearsal.inputs, tmp_path_factory.mktemp("county") / "inputs")


@pytest.fixture(scope="module")
def kept(inputs: Path, handed: Path, keys: Keys, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county's store; only to copy."""
    folder = tmp_path_factory.mktemp("store")
    open_county(inputs, folder, keys, read_signed(handed, keys))
    return folder


@pytest.fixture
def county(kept: Path, handed: Path, keys: Keys, tmp_path: Path) -> County:
    """A county's store of the test's own, that has taken nothing yet."""
    shutil.copytree(kept, tmp_path / "county")
    clock = Clock(datetime(2026, 12, 1, 9, tzinfo=BEIJING))
    city = City.open(tmp_path / "county" / "county.db", who="county", now=clock)
    return County(city=city, clock=clock, folder=tmp_path, keys=keys, part=read_signed(handed, keys))


def rows_of(part: CountyPart) -> Rows:
    """The rows, to be changed."""
    return tuple(dict(row) for row in part.rows)


def test_the_part_is_the_draw_and_the_calendar(rehearsal: Any, handed: Path, keys: Keys) -> None:
    """Its units are all that were drawn in the district, with day and office of each item, and no class."""
    part = read_signed(handed, keys)
    round = City.open(rehearsal.store, who="x").round(ROUND, rehearsal=True)
    entities = pd.read_csv(rehearsal.inputs / "entities.csv", dtype="str")
    here = set(entities.loc[entities["region"] == COUNTY, "unit_id"])
    drawn = round.table(DRAWN)
    drawn = drawn[(drawn["role"] == "drawn") & drawn["unit_id"].isin(here)]
    assert {(row["task_id"], row["unit_id"]) for row in part.rows} == set(
        drawn[["task_id", "unit_id"]].itertuples(index=False, name=None)
    )
    assert len(part.rows) > 5
    places = round.read(CALENDAR)
    places = places.assign(unit=units_of_visits(places["visit_id"]))
    said = {
        (unit, item, office, visit, half_days[:10])
        for unit, office, visit, half_days, items in places[places["unit"].isin(here)][
            ["unit", "office", "visit_id", "half_days", "items"]
        ].itertuples(index=False, name=None)
        for item in items.split()
    }
    planned = {
        (row["unit_id"], row["item_id"], row["office_id"], row["visit"], row["date"])
        for row in part.rows
        if row["state"] == "planned"
    }
    assert planned == said
    names = dict(entities[["unit_id", "name"]].itertuples(index=False, name=None))
    assert all(row["name"] == names[row["unit_id"]] for row in part.rows)
    raw = json.loads(handed.read_bytes())
    assert not {"class", "score", "stratum", "rank", "x", "L", "U"} & set(raw["rows"][0])
    commitment = (rehearsal.out / "public" / ROUND / "commitment.json").read_bytes()
    assert raw["commitment"] == digest("sha256", commitment).hex()


def test_handed_down_again(rehearsal: Any, handed: Path, keys: Keys, tmp_path: Path) -> None:
    """The same state gives the same bytes and one entry in the log; a county without offices is refused."""
    shutil.copytree(rehearsal.store.parent, tmp_path / "work")
    round = City.open(tmp_path / "work" / "x.db", who="city").round(ROUND, rehearsal=True)
    given: dict[str, Any] = {"county": COUNTY, "key": keys.private(), "file": tmp_path / "again.json"}
    facts = hand_down(round, **given).facts
    once = round.city.store.log("registers")
    hand_down(round, **given)
    assert (tmp_path / "again.json").read_bytes() == handed.read_bytes()
    assert round.city.store.log("registers") == once
    assert json.loads(once.splitlines()[-1])["step"] == "hand-down"
    part = read_signed(handed, keys)
    assert (facts["version"], facts["units"]) == (part.version, len({row["unit_id"] for row in part.rows}))
    with pytest.raises(UsageError) as refused:
        hand_down(round, **given | {"county": "320500"})
    assert (refused.value.code, COUNTY in str(refused.value.params["known"])) == ("month.part_county_unknown", True)


def test_taken_and_counted(county: County) -> None:
    """Every visit of it counts for every cap of the county's own draw, once; the ledger says handed down."""
    before = with_pledged(county.scored(), county.scored().register("history", VISITS))
    facts = county.take().facts
    units = {row["unit_id"] for row in county.part.rows}
    assert (facts["units"], facts["unknown"], facts["other_names"], facts["beside"]) == (len(units), [], [], [])
    round = county.city.round(ROUND, rehearsal=True)
    after = with_pledged(round, round.register("history", VISITS))
    more = after[after["visit_no"].fillna("").str.startswith("suzhou/")]
    held = {
        (row["unit_id"], row["department"], row["item_id"]) for row in county.part.rows if row["state"] != "not_held"
    }
    assert set(more[["unit_id", "agency", "item_id"]].itertuples(index=False, name=None)) == held
    assert len(after) == len(before) + len(held)
    assert more["level"].isna().all()
    unit = next(row for row in county.part.rows if row["department"] == "market" and row["state"] == "planned")
    report = ledger_of_unit(county.city, unit["unit_id"], 2026, rehearsal=True)
    told = [row for row in report.facts["visits"] if row["state"] == "handed"]  # type: ignore[attr-defined]
    assert {(row["date"], row["item"]) for row in told} == {
        (row["date"], row["item_id"]) for row in county.part.rows if row["unit_id"] == unit["unit_id"]
    }
    caps = {(one["rule"], one["agency"]): one["left"] for one in report.facts["caps"]}  # type: ignore[attr-defined]
    assert caps["shared/yearly_visit_cap", "market"] == 0
    assert "上级下达" in "\n".join(line.text("zh") for line in report.lines)


def test_a_rehearsal_binds_rehearsals_only(county: County) -> None:
    """A rehearsed part is none of the real year's: neither its ledger nor a real round's draw knows it."""
    county.take()
    unit = county.part.rows[0]["unit_id"]
    visits = ledger_of_unit(county.city, unit, 2026).facts["visits"]
    assert not [row for row in visits if row["state"] == "handed"]  # type: ignore[attr-defined]


def test_the_history_says_it_is_held(county: County) -> None:
    """A visit that another system already reports as held is not counted a second time."""
    row = next(row for row in county.part.rows if row["state"] == "planned")
    county.take()
    place = county.folder / "history.csv"
    place.write_text(
        "unit_id,agency,item_id,date,kind,on_site,result,known_on\n"
        f"{row['unit_id']},{row['department']},{row['item_id']},{row['date']},routine,是,1,{row['date']}\n",
        encoding="utf-8",
    )
    county.clock.set("2026-12-31T09:00")
    assert import_file(county.city, "history", place, as_of=None).inserted == 1
    visits = ledger_of_unit(county.city, row["unit_id"], 2026, rehearsal=True).facts["visits"]
    same = [one for one in visits if (one["item"], one["date"]) == (row["item_id"], row["date"])]  # type: ignore[attr-defined]
    assert [one["state"] for one in same] == ["held"]


def test_any_changed_byte_is_refused(county: County) -> None:
    """One other byte anywhere, and nothing is taken."""
    whole = county.file().read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 150)):
        changed = bytes([*whole[:place], whole[place] ^ 1, *whole[place + 1 :]])
        (county.folder / "changed.json").write_bytes(changed)
        with pytest.raises(DoesNotVerify):
            county.take(county.folder / "changed.json")
    assert county.taken() == []


def test_a_changed_name_is_named_as_such(county: County) -> None:
    """Another name under the old signature: the file was changed, says the message, and what to do."""
    raw = json.loads(county.file().read_bytes())
    raw["rows"][0]["name"] = "另一家有限公司"
    (county.folder / "part.json").write_bytes(canonical_json(raw))
    with pytest.raises(DoesNotVerify) as refused:
        county.take(county.folder / "part.json")
    assert refused.value.code == "notice.part_changed"
    assert "没有接收" in refused.value.text("zh")
    assert county.taken() == []


def refusals(part: CountyPart) -> dict[str, tuple[dict[str, Any], str]]:
    """What the city might sign and a county that took the part must refuse: changes → code."""
    rows, later = rows_of(part), part.version + 1
    first = rows[0]
    unit = first["unit_id"]
    swapped = tuple({**row, "unit_id": "unit-swap"} if row["unit_id"] == unit else row for row in rows)
    more = ({**first, "unit_id": "unit-more", "visit": ""}, *rows)
    return {
        "twice": ({}, "month.part_taken"),
        "older": ({"version": part.version - 1}, "month.part_older"),
        "same version, other content": ({"rows": rows[1:]}, "month.part_older"),
        "other commitment": ({"version": later, "commitment": "ab" * 32}, "month.part_other_commitment"),
        "name changed": ({"version": later, "rows": swapped}, "month.part_name_gone"),
        "name gone": (
            {"version": later, "rows": tuple(row for row in rows if row["unit_id"] != unit)},
            "month.part_name_gone",
        ),
        "name added": ({"version": later, "rows": more}, "month.part_name_new"),
        "other county": ({"version": later, "county": "320505"}, "month.part_other_county"),
    }


def test_what_a_county_refuses_after_it_took_its_part(county: County) -> None:
    """Twice, older, another list, another county: each is named, and what was taken stays as it is."""
    county.take()
    before = county.taken()
    for name, (changes, code) in refusals(county.part).items():
        with pytest.raises(UsageError) as refused:
            county.take(county.file(**changes))
        assert (name, refused.value.code) == (name, code)
        assert "没有" in refused.value.text("zh")
        assert county.taken() == before
    with pytest.raises(DoesNotVerify) as other:
        county.take(county.file("other", version=county.part.version + 1))
    assert other.value.code == "notice.part_other_key"


def handed_days(county: County, unit: str) -> set[str]:
    """The days of a unit's visits that were handed down; its own history may hold others."""
    visits = ledger_of_unit(county.city, unit, 2026, rehearsal=True).facts["visits"]
    return {row["date"] for row in visits if row["state"] == "handed"}  # type: ignore[attr-defined]


def test_a_later_version_replaces_the_earlier(county: County) -> None:
    """Moved, cancelled, stepped in: the newest version counts alone, from the day it came; a step-in stays."""
    county.take()
    rows = rows_of(county.part)
    gone, moved = rows[0]["unit_id"], rows[-1]["unit_id"]
    assert gone != moved
    stepped = {**rows[0], "unit_id": "unit-step", "role": "stepped_in", "state": "drawn", "visit": "", "office_id": ""}
    changed = tuple(
        {**row, "state": "not_held", "visit": "", "office_id": ""} if row["unit_id"] == gone
        else {**row, "date": "2026-12-30"} if row["unit_id"] == moved else row
        for row in rows
    )  # fmt: skip
    later = {"version": county.part.version + 3, "rows": (*changed, stepped)}
    report = county.take(county.file(**later), known_on=date(2026, 12, 1))
    assert (report.facts["free"], report.facts["unknown"]) == (1, ["unit-step"])
    assert handed_days(county, gone) == set()
    assert handed_days(county, moved) == {"2026-12-30"}
    with pytest.raises(UsageError) as refused:
        county.take(county.file(version=county.part.version + 4, rows=changed))
    assert (refused.value.code, refused.value.params["unit"]) == ("month.part_name_gone", "unit-step")


@pytest.mark.parametrize(
    ("changes", "code", "named"),
    [
        ({"department": "nobody"}, "month.part_cell", "department"),
        ({"date": "2026-13-01"}, "month.part_cell", "date"),
        ({"state": "maybe"}, "month.part_cell", "state"),
        ({"unit_id": "not a code"}, "month.part_cell", "unit_id"),
        ({"item_id": ""}, "month.part_cell", "item_id"),
    ],
)
def test_a_bad_cell_refuses_the_part(county: County, changes: dict[str, str], code: str, named: str) -> None:
    """A code that the county does not know, a date that is none: the part is refused whole, with line and column."""
    rows = rows_of(county.part)
    with pytest.raises(UsageError) as refused:
        county.take(county.file(rows=({**rows[0], **changes}, *rows[1:])))
    assert (refused.value.code, refused.value.params["column"]) == (code, named)
    assert county.taken() == []


def test_a_row_twice_refuses_the_part(county: County) -> None:
    """A repeated row, or two that contradict each other, refuse the part."""
    rows = rows_of(county.part)
    for again, code in ((rows[0], "month.part_rows"), ({**rows[0], "state": "not_held"}, "month.part_cell")):
        with pytest.raises(UsageError) as refused:
            county.take(county.file(rows=(again, *rows)))
        assert refused.value.code == code
    assert county.taken() == []


def test_days_and_doors(county: County) -> None:
    """A part does not come tomorrow, nor by `import`; other names and unknown units are told, not refused."""
    with pytest.raises(UsageError) as refused:
        county.take(known_on=date(2026, 12, 2))
    assert refused.value.code == "month.part_in_future"
    with pytest.raises(UsageError) as refused:
        import_file(county.city, "handed_down", county.file(), as_of=EVIDENCE)
    assert refused.value.code == "month.part_by_take_part"
    rows = rows_of(county.part)
    unit = rows[0]["unit_id"]
    other = tuple({**row, "name": "旧名有限公司"} if row["unit_id"] == unit else row for row in rows)
    report = county.take(county.file(rows=other), known_on=date(2026, 12, 1))
    assert report.facts["other_names"] == [unit]
    assert "旧名有限公司" in "\n".join(line.text("zh") for line in report.lines)


def test_only_a_part_is_read(county: County) -> None:
    """Text, a list, fields too few or of another kind: refused by name before the signature is looked at."""
    raw = json.loads(county.file().read_bytes())
    cases: list[tuple[object, str, str]] = [
        ([], "notice.part_form", "agency"),
        ({**raw, "more": ""}, "notice.part_form", "agency"),
        ({**raw, "version": "7"}, "notice.part_form", "version"),
        ({**raw, "version": 0}, "notice.part_form", "version"),
        ({**raw, "rows": [{}]}, "notice.part_form", "rows"),
        ({**raw, "rows": []}, "notice.part_form", "rows"),
        ({**raw, "commitment": "ab"}, "notice.part_form", "commitment"),
        ({**raw, "signature": "zz"}, "notice.part_form", "signature"),
        ({**raw, "protocol": "supervision-part/2"}, "notice.part_form", "protocol"),
        ({**raw, "rehearsal": "maybe"}, "notice.part_form", "rehearsal"),
    ]
    path = county.folder / "other.json"
    for value, code, field in cases:
        path.write_bytes(canonical_json(value))
        with pytest.raises(DoesNotVerify) as refused:
            county.take(path)
        assert (refused.value.code, field in str(refused.value.params["field"])) == (code, True)
    path.write_bytes(b"\x00 no json")
    with pytest.raises(SupervisionError) as refused_bytes:
        county.take(path)
    assert refused_bytes.value.code == "notice.part_bytes"


def test_beside_what_was_published(county: County, rehearsal: Any, handed: Path) -> None:
    """The commitment and every open list agree; another commitment, a unit that is not in an open list, are refused."""
    rows = rows_of(county.part)
    lists = json.loads((rehearsal.out / "public" / ROUND / "result.json").read_bytes())["tasks"]
    is_open = {entry["task_id"] for entry in lists if "drawn" in entry}
    tasks = {row["task_id"] for row in rows}
    assert tasks & is_open, "the county has no unit in the open list"
    other = tuple(
        {**row, "unit_id": f"unit-{row['unit_id'][-5:]}"} if row["task_id"] in is_open else row for row in rows
    )
    refused = {
        "month.part_not_committed": {"commitment": "cd" * 32},
        "month.part_not_drawn_unit": {"rows": other},
        "month.part_task_unknown": {"rows": tuple({**row, "task_id": f"X-{row['task_id']}"} for row in rows)},
        "month.part_other_agency": {"agency": "wuxi"},
    }
    for code, changes in refused.items():
        with pytest.raises(DoesNotVerify) as found:
            county.take(county.file(**changes), published=rehearsal.out)
        assert found.value.code == code
    with pytest.raises(UsageError) as missing:
        county.take(county.file(round="2026-11"), published=rehearsal.out)
    assert missing.value.code == "month.part_round_missing"
    assert county.taken() == []
    report = county.take(published=rehearsal.out / "public" / ROUND)
    told = next(line for line in report.lines if line.code == "month.part_published")
    assert (told.params["compared"], told.params["tasks"]) == (len(tasks & is_open), len(tasks))


def test_a_folder_that_does_not_verify_proves_nothing(county: County, rehearsal: Any, tmp_path: Path) -> None:
    """A published folder with one byte changed is no ground to take a part."""
    folder = shutil.copytree(rehearsal.out / "public" / ROUND, tmp_path / ROUND)
    path = folder / "result.json"
    path.write_bytes(path.read_bytes().replace(b"T01-food", b"T01-fooe"))
    with pytest.raises(DoesNotVerify) as refused:
        county.take(published=folder)
    assert refused.value.code == "month.part_public_differs"
    assert county.taken() == []


def test_a_key_that_is_not_there_is_called_a_key(county: County, tmp_path: Path) -> None:
    """The key and the list are called by their names, not evidence."""
    (tmp_path / "empty.pem").write_bytes(b"")
    for file, key, said in (
        (county.file(), tmp_path / "none.pem", "找不到公钥 "),
        (county.file(), tmp_path / "empty.pem", "公钥 "),
        (tmp_path / "none.json", county.keys.public(), "找不到下达名单 "),
    ):
        with pytest.raises(UsageError) as missing:
            county.take(file, key=key)
        text = missing.value.message.text("zh")
        assert text.startswith(said)
        assert "证据" not in text
