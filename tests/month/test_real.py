"""A real round of 500 units, played over its stops: two commitments, two waits, two people, results, the next month.

The tests of this file are one story and run in the order of the file; each goes on where the one before stopped.
"""

from __future__ import annotations

import csv
import json
import shutil
from datetime import datetime
from hashlib import sha256

import openpyxl
import pandas as pd
import pytest

from supervision.errors import CannotHold, SupervisionError, UsageError
from supervision.month import (
    assigning,
    committing,
    drawing,
    following_up,
    importing,
    line,
    other_rounds,
    planning,
    recording,
    scoring,
)
from supervision.month.city import BEIJING, City, silent
from supervision.sampling.protocol.verifier import verify
from supervision.store.store import Store

ROUND, EXTRA = "2026-12", "2026-12-b"
FOOD = "tags=餐饮,食品经营;tags=本月批次"
FIRST = {
    "dice": ["442", "918", "7", "31", "600"],
    "ssq-red": ["06", "09", "14", "20", "27", "31"],
    "ssq-blue": ["11"],
}
SECOND = {
    "dice-2": ["693", "224", "779", "1", "540"],
    "ssq-red-2": ["01", "14", "19", "27", "30", "33"],
    "ssq-blue-2": ["5"],
}
RESULT, DAY, IDS, REVIEWER = 9, 10, 13, 14  # columns of the sheet 结果录入
COMMITS, DRAWS, ACCEPTS = "王承诺", "李抽取", "赵核准"


class Play:
    """The round's store and folders, the clock on the wall, and what is done at it."""

    def __init__(self, work, inputs):
        self.store, self.out, self.inputs, self.work = work / "x.db", work / "out", inputs, work
        self.time = datetime(2026, 11, 23, 9, tzinfo=BEIJING)

    def set(self, text):
        """Set the clock."""
        self.time = datetime.fromisoformat(text).replace(tzinfo=BEIJING)

    def month(self, who, values=None, *, round_id=ROUND, inputs=None, out=None, store=None):
        """Run the command `month` as somebody, with the values known by now."""
        return line.run(
            store or self.store,
            round_id,
            inputs=inputs or self.inputs,
            out=out or self.out,
            values=values or {},
            rehearsal=False,
            who=who,
            progress=silent,
            accept_unverified=ACCEPTS,
            now=lambda: self.time,
        )

    def city(self, who, store=None):
        """Open the city as somebody."""
        return City.open(store or self.store, who=who, rules=self.inputs / "rules", now=lambda: self.time)

    def public(self, name):
        """Read a public JSON file."""
        return json.loads((self.out / "public" / name).read_bytes())

    def state(self):
        """List the finished steps."""
        return Store.open(self.store).state(ROUND)

    def check(self):
        """Verify both folders."""
        assert verify(self.out).difference is None
        assert verify(self.out / "public").difference is None


@pytest.fixture(scope="module")
def play(town, tmp_path_factory):
    """The round, before its first command."""
    return Play(tmp_path_factory.mktemp("real"), town)


@pytest.fixture
def beside(play, tmp_path):
    """Return what opens the city at a copy of the store, for what must not be part of the story."""

    def copy(name):
        shutil.copy(play.store, tmp_path / f"{name}.db")
        shutil.copytree(f"{play.store}.files", tmp_path / f"{name}.db.files")
        return play.city(COMMITS, tmp_path / f"{name}.db")

    return copy


@pytest.fixture
def aside(beside):
    """The city at a copy of the store."""
    return beside("x")


YEAR = (  # an invented arrangement of 2027, whose own notice nobody has seen
    "2027-01-01,休息日,元旦,\n2027-01-31,调休上班,春节,\n2027-02-20,调休上班,春节,\n2027-04-05,休息日,清明,\n"
    + "".join(f"2027-02-{day},休息日,春节,\n" for day in ("05", "08", "09", "10", "11", "12"))
    + "2027-05-03,休息日,劳动节,\n2027-05-04,休息日,劳动节,\n2027-06-09,休息日,端午,\n2027-09-15,休息日,中秋,\n"
    + "2027-10-01,休息日,国庆节,\n2027-10-04,休息日,国庆节,\n2027-10-05,休息日,国庆节,\n"
)


def said(report, code):
    """The parameters of a report's line."""
    return next(said.params for said in report.lines if said.code == code)


def fill(play, office, *, result="1", day="2026-12-08"):
    """Fill an office's workbook as the office would: every row of the sheet 结果录入 gets a result and a day."""
    target = play.work / f"{office}-filled.xlsx"
    book = openpyxl.load_workbook(play.out / "internal" / office / f"{office}.xlsx")
    sheet = book["结果录入"]
    assert [sheet.cell(2, column).value for column in (RESULT, DAY)] == ["检查结果", "检查日期"]
    for row in range(3, sheet.max_row + 1):
        if sheet.cell(row, 2).value:
            sheet.cell(row, RESULT, result)
            sheet.cell(row, DAY, datetime.fromisoformat(day))
    book.save(target)
    return target


def as_(city, who):
    """Let somebody else act."""
    city.who = who
    return city


def register_file(city, folder, kind, header, *rows, day):
    """Import rows into a register, as known on a day."""
    path = folder / f"{kind}-{len(list(folder.iterdir()))}.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([header.split(","), *rows])
    taken = importing.import_file(city, kind, path, as_of=datetime.fromisoformat(day).date())
    assert (taken.inserted, taken.rejected) == (len(rows), 0)


def extra_task(play, city, folder, name, *, items, population):
    """Put a task of the extra round 2026-12-b into the register, known today."""
    columns = (
        "task_id,name,round,items,lead,from_date,until_date,population,regime,ratio,by_region,access,disclosure,cause"
    )
    row = [name, "专项", EXTRA, items, "market", "2026-12-01", "2026-12-31", population, "random", "10%", "no"]
    day = play.time.date().isoformat()
    register_file(city, folder, "tasks", columns, [*row, "sealed", "after_visit", "投诉集中"], day=day)


def csv_rows(data):
    """Rows of a CSV file of the store."""
    return list(csv.DictReader(data.decode("utf-8-sig").splitlines()))


def offices(play):
    """Offices with a workbook, sorted."""
    return sorted(path.stem for path in (play.out / "internal").glob("*/*.xlsx"))


def most_rows(play, names):
    """The office of these whose workbook has the most rows."""
    counts = {}
    for name in names:
        sheet = openpyxl.load_workbook(play.out / "internal" / name / f"{name}.xlsx")["结果录入"]
        counts[name] = sum(1 for row in range(3, sheet.max_row + 1) if sheet.cell(row, 2).value)
    return max(counts, key=counts.__getitem__)


def reasons_in(taken):
    """The text of a file's rejects workbook."""
    sheet = openpyxl.load_workbook(taken["rejects_file"]).worksheets[0]
    return " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)


def test_commits_and_waits(play):
    """The first run ends at the commitment with exit code 0, publishes it and names the sources that it waits for."""
    report = play.month(COMMITS)
    waits = [(said.params["name"], said.params["at"]) for said in report.lines if said.code == "month.waits_for"]
    lottery = "2026-11-24T21:15:00+08:00"
    assert report.exit_code == 0
    assert waits == [("dice", "2026-11-24T15:15:00+08:00"), ("ssq-red", lottery), ("ssq-blue", lottery)]
    assert said(report, "month.values_missing") == {"names": "dice ssq-red ssq-blue", "at": lottery}
    assert "month.waiting" in [said.code for said in report.lines]
    assert play.state() == ["open", "train", "score", "commit", "publish"]
    committed = play.public("commitment.json")
    assert (committed["rehearsal"], committed["previous"]) == ("no", None)
    assert committed["committed_at"] == "2026-11-23T09:00:00+08:00"
    assert not (play.out / "public" / "reveal.json").exists()
    assert "演练" not in (play.out / "public" / "index.html").read_text(encoding="utf-8")
    play.check()


def test_says_the_same_again(play, files):
    """Run again before the first source it names the values that are missing still, and changes nothing."""
    before = files(play.out)
    play.set("2026-11-24T15:00")
    report = play.month(DRAWS)
    assert said(report, "month.values_missing") == {
        "names": "dice ssq-red ssq-blue",
        "at": "2026-11-24T21:15:00+08:00",
    }
    assert files(play.out) == before


def test_nobody_scores_after_the_commitment(play, files):
    """Scorecard, scores and classes are bound: training and scoring are refused."""
    before = play.state(), files(play.out)
    for work in (scoring.train, scoring.score):
        with pytest.raises(UsageError) as refused:
            work(play.city(COMMITS).round(ROUND))
        assert refused.value.code == "month.already_committed"
    assert (play.state(), files(play.out)) == before


def test_abandon_before_the_first_source(play, aside, tmp_path):
    """Before its first source the round can be given up in public; then it cannot be drawn, and it still verifies."""
    committing.abandon(aside.round(ROUND), reason="抽样框有误")
    play.set("2026-11-24T22:00")
    with pytest.raises(UsageError) as refused:
        drawing.draw(as_(aside, DRAWS).round(ROUND), values=FIRST)
    assert refused.value.code == "month.was_abandoned"
    report = play.month(DRAWS, store=aside.store.path, out=tmp_path / "out")
    assert said(report, "month.abandoned")["reason"] == "抽样框有误"
    body = json.loads((tmp_path / "out" / "public" / "abandoned.json").read_bytes())
    assert body["reason"] == "抽样框有误"
    assert body["commitment"] == sha256((play.out / "public" / "commitment.json").read_bytes()).hexdigest()
    assert "抽样框有误" in (tmp_path / "out" / "public" / "index.html").read_text(encoding="utf-8")
    assert verify(tmp_path / "out").difference is None
    assert verify(tmp_path / "out" / "public").difference is None
    # what was given up is no draw: an extra round may hold its population
    extra_task(play, aside, tmp_path, "X01", items="market-food", population=FOOD)
    again = line.commit(as_(aside, COMMITS), EXTRA, cause="投诉集中", accept_unverified=ACCEPTS)
    assert again.facts["tasks"][0]["task_id"] == "X01"


def test_abandon_after_the_first_source(play, aside):
    """From the first source on the list stands: the round cannot be given up."""
    play.set("2026-11-24T15:15")
    with pytest.raises(UsageError) as refused:
        committing.abandon(aside.round(ROUND), reason="不满意")
    assert refused.value.code == "month.too_late_to_abandon"


def test_values_after_the_lottery_are_refused(play, aside, tmp_path):
    """A value that was not on record when the lottery was held is refused for good: the round can only be given up."""
    play.set("2026-11-24T21:15")
    for given in (FIRST, {"dice": FIRST["dice"]}):
        with pytest.raises(UsageError) as refused:
            drawing.draw(as_(aside, DRAWS).round(ROUND), values=given)
        assert (refused.value.code, refused.value.params["name"]) == ("month.values_late", "dice")
        with pytest.raises(UsageError) as refused:
            play.month(DRAWS, given, store=aside.store.path, out=tmp_path / "out")
        assert refused.value.code == "month.values_late"
    assert not {"announce", "draw"} & set(aside.store.state(ROUND))
    committing.abandon(aside.round(ROUND), reason="骰子数值未及时登记")
    assert list(aside.store.state(ROUND))[-1] == "abandon"


def test_malformed_values_are_refused_before(play):
    """A value out of its form never comes on record."""
    play.set("2026-11-24T16:00")
    for wrong in (["442"], ["442", "918", "7", "31", "1000"]):
        with pytest.raises(SupervisionError) as refused:
            play.month(DRAWS, {"dice": wrong})
        assert refused.value.exit_code in (1, 2)
        assert "dice" in refused.value.text("zh")
    assert "announce" not in play.state()


def test_who_committed_does_not_announce(play):
    """The person who committed puts no value on record: the month says so and goes no further."""
    report = play.month(COMMITS, {"dice": FIRST["dice"]})
    assert said(report, "month.one_person")["step"] == "commit"
    with pytest.raises(UsageError) as refused:
        drawing.draw(play.city(COMMITS).round(ROUND), values={"dice": FIRST["dice"]})
    assert refused.value.code == "month.one_person"
    assert "announce" not in play.state()


def test_dice_go_on_record(play, files):
    """Dice given before the lottery are put on record in public; early values wait; said again nothing changes."""
    report = play.month(DRAWS, FIRST)
    assert said(report, "month.announced")["names"] == "dice"
    assert said(report, "month.values_missing")["names"] == "ssq-red ssq-blue"
    early = [said.params["name"] for said in report.lines if said.code == "month.values_early"]
    assert early == ["ssq-red", "ssq-blue"]
    assert play.state() == ["open", "train", "score", "commit", "publish", "announce"]
    announced = play.public("announced.json")
    assert (announced["round"], announced["at"]) == (ROUND, "2026-11-24T16:00:00+08:00")
    assert announced["values"] == {"dice": FIRST["dice"]}
    play.check()
    before = files(play.out)
    report = play.month(DRAWS, {"dice": FIRST["dice"]})
    assert "month.announced" not in [said.code for said in report.lines]
    assert files(play.out) == before


def test_values_on_record_stand(play):
    """Another value for a source that is on record is refused, by name."""
    with pytest.raises(UsageError) as refused:
        play.month(DRAWS, {"dice": ["1", "2", "3", "4", "5"]})
    assert (refused.value.code, refused.value.params["name"]) == ("month.values_differ", "dice")


def test_early_values_are_refused(play):
    """Nobody can know a value before its source happens: the draw refuses by name, and where nothing is new."""
    with pytest.raises(SupervisionError) as refused:
        drawing.draw(play.city(DRAWS).round(ROUND), values=FIRST)
    assert refused.value.code == "month.values_early"
    assert "2026-11-24T21:15:00+08:00" in refused.value.text("en")
    with pytest.raises(UsageError) as refused:
        drawing.draw(play.city(DRAWS).round(ROUND), values={"dice": FIRST["dice"]})
    assert refused.value.code == "month.values_missing"
    assert "draw" not in play.state()


def test_part_of_the_lottery_goes_on_record(play, aside):
    """The draw with a part of the values puts them on record and says what it waits for."""
    play.set("2026-11-24T22:00")
    report = drawing.draw(as_(aside, DRAWS).round(ROUND), values={"ssq-blue": FIRST["ssq-blue"]})
    assert report.facts["waits_for"] == {"names": "ssq-red", "at": "2026-11-24T21:15:00+08:00"}
    assert said(report, "month.announced")["names"] == "ssq-blue"
    report = drawing.draw(aside.round(ROUND), values={"ssq-red": FIRST["ssq-red"]})
    assert report.facts["units"] > 0


def test_malformed_values_are_refused(play):
    """A value out of its range and a set with a repeated number are refused with exit code 1 or 2."""
    for wrong in ({"ssq-blue": ["17"]}, {"ssq-red": ["06", "06", "14", "20", "27", "31"]}, {"dice": ["442"]}):
        with pytest.raises(SupervisionError) as refused:
            play.month(DRAWS, FIRST | wrong)
        assert refused.value.exit_code in (1, 2)
        assert next(iter(wrong)) in refused.value.text("zh")
    assert "draw" not in play.state()


def test_who_committed_does_not_draw(play):
    """The person who committed is refused as the one who draws; the month says so and publishes."""
    report = play.month(COMMITS, FIRST)
    assert said(report, "month.one_person")["who"] == COMMITS
    assert report.facts["publish"]["changed"] is False
    with pytest.raises(UsageError) as refused:
        drawing.draw(play.city(COMMITS).round(ROUND), values=FIRST)
    assert refused.value.code == "month.one_person"
    assert "draw" not in play.state()


def test_a_back_dated_import_changes_nothing(play, beside):
    """Tasks, items, offices and units that come in late, dated before the commitment, leave list and workload alone."""
    plain, changed = beside("plain"), beside("changed")
    before = plain.round(ROUND)
    nouns = [before.tasks, before.items, before.offices]
    for kind, change in (
        ("tasks", {"ratio": "50%", "items": "fire-premises"}),
        ("items", {"half_days": 2, "inspectors": 4}),
        ("offices", {"department": "fire"}),
        ("entities", {"status": "注销", "tags": ""}),
    ):
        late = changed.store.register(kind, on=play.time.date()).assign(**change)
        late["known_on"] = late["known_on"].max() + (datetime(2026, 11, 22) - datetime(2026, 11, 21))
        assert late["known_on"].max() <= datetime(2026, 11, 23)
        taken = changed.store.insert(kind, late, who=COMMITS, at=changed.now().isoformat(), source_digest="late")
        assert taken.inserted == len(late)
    after = changed.round(ROUND)
    assert [after.tasks, after.items, after.offices] == nouns
    for city in (plain, changed):
        drawing.draw(as_(city, DRAWS).round(ROUND), values=FIRST)
    assert changed.store.get(ROUND, "public/result.json") == plain.store.get(ROUND, "public/result.json")
    assert changed.store.table(ROUND, "drawn").equals(plain.store.table(ROUND, "drawn"))


@pytest.mark.parametrize("stage", ["drawn", "planned"])
def test_pledged_visits_count(play, aside, tmp_path, stage):
    """A unit drawn in the month is out of its extra round where its cap is reached, before any result is recorded."""
    drawing.draw(as_(aside, DRAWS).round(ROUND), values=FIRST)
    drawn = aside.store.table(ROUND, "drawn")
    units = set(drawn.loc[(drawn["role"] == "drawn") & (drawn["task_id"] == "T01-food"), "unit_id"])
    if stage == "planned":
        planning.plan(aside.round(ROUND))
        visits = csv_rows(aside.store.get(ROUND, "audit/calendar.csv"))
        at_market = {row["visit_id"].split("~")[0] for row in visits if row["office"].startswith("market")}
        units &= at_market
    extra_task(play, aside, tmp_path, "X01", items="market-production", population=FOOD)
    line.commit(as_(aside, COMMITS), EXTRA, cause="投诉集中", accept_unverified=ACCEPTS)
    out = {row["unit_id"]: row["reason"] for row in csv_rows(aside.store.get(EXTRA, "audit/tasks/X01/excluded.csv"))}
    before = {
        row["unit_id"]: row["reason"] for row in csv_rows(aside.store.get(ROUND, "audit/tasks/T01-food/excluded.csv"))
    }
    assert units
    assert {out.get(unit) for unit in units} == {"cap"}
    assert {unit for unit, reason in out.items() if reason == "cap"} - before.keys() >= units
    assert aside.store.register("results", on=play.time.date()).empty


@pytest.mark.parametrize(
    "population",
    [
        FOOD,
        "tags=本月批次;unit_id!=无;tags=食品经营,餐饮",
        f"{FOOD};unit_id!=无",
        f"{FOOD};region=320505,320506,320507",
        "tags=餐饮,食品经营",
    ],
)
def test_a_population_is_drawn_once(play, aside, tmp_path, population):
    """With an item in common an extra round draws nobody again, however its condition is worded or narrowed."""
    extra_task(play, aside, tmp_path, "X01", items="market-production market-food", population=population)
    with pytest.raises(SupervisionError) as refused:
        line.commit(aside, EXTRA, cause="投诉集中", accept_unverified=ACCEPTS)
    assert refused.value.code == "month.population_repeated"
    assert (refused.value.params["other"], refused.value.params["round"]) == ("T01-food", ROUND)
    assert "commit" not in list(aside.store.state(EXTRA))


def test_another_item_or_population_is_no_repetition(play, aside, tmp_path):
    """The same population with another item, and one that only overlaps, may be drawn."""
    extra_task(play, aside, tmp_path, "X01", items="market-production", population=FOOD)
    extra_task(play, aside, tmp_path, "X02", items="market-food", population="type=企业;tags=本月批次")
    assert len(line.commit(aside, EXTRA, cause="投诉集中", accept_unverified=ACCEPTS).facts["tasks"]) == 2


def test_scores_follow_the_registers(play, aside, tmp_path):
    """When a register changed after the scores were made the commitment scores again."""
    extra_task(play, aside, tmp_path, "X01", items="market-production", population=FOOD)
    line.score(aside, EXTRA)
    first = aside.store.table(EXTRA, "scores").set_index("unit_id")["score"]
    unit, day = first.idxmin(), play.time.date().isoformat()
    events = [[unit, "complaint", "2026-11-20", f"E{number}", "12345"] for number in range(12)]
    register_file(aside, tmp_path, "events", "unit_id,kind,happened,event_no,source", *events, day=day)
    line.commit(aside, EXTRA, cause="投诉集中", accept_unverified=ACCEPTS)
    second = aside.store.table(EXTRA, "scores").set_index("unit_id")["score"]
    assert second[unit] > first[unit]
    steps = [json.loads(entry)["step"] for entry in aside.store.log(EXTRA).splitlines()]
    assert steps == ["open", "train", "score", "score", "commit"]
    registers = json.loads(aside.store.get(EXTRA, "audit/registers.json"))
    evidence = json.loads(aside.store.get(EXTRA, "evidence.json"))
    assert evidence == {kind: registers[kind] for kind in evidence}


def test_draws_plans_and_waits(play):
    """Another person draws and plans; the calendar waits for who committed: nobody who drew commits the roster."""
    report = play.month(DRAWS, FIRST)
    assert report.exit_code in (0, 4)
    assert said(report, "month.one_person")["who"] == DRAWS
    assert play.state() == ["open", "train", "score", "commit", "publish", "announce", "draw", "plan"]
    shown = {task["task_id"]: set(task) for task in play.public("result.json")["tasks"]}
    assert shown == {"T01-food": {"task_id", "digest"}, "T11-disclosure": {"task_id", "drawn"}}
    with pytest.raises(UsageError) as refused:
        assigning.commit_roster(play.city(DRAWS).round(ROUND))
    assert refused.value.code == "month.one_person"
    play.check()


def test_pledges_end_agency_by_agency(play, aside):
    """When one agency of a joint visit has reported, the visit is still pledged for the others, and only for them."""
    extra = aside.begin(EXTRA, rehearsal=False)
    history = aside.store.register("history", on=play.time.date())
    pledged = other_rounds.pledged_visits(extra, history)
    agencies = pledged.groupby("visit_no")["agency"].agg(set)
    visit = agencies[agencies.str.len() > 1].index[0]
    assert visit.startswith(f"{ROUND}/")
    reported = pledged[(pledged["visit_no"] == visit) & (pledged["agency"] == "market")]
    left = other_rounds.pledged_visits(extra, pd.concat([history, reported], ignore_index=True))
    assert len(reported) == 1
    assert len(left) == len(pledged) - 1
    assert set(left.loc[left["visit_no"] == visit, "agency"]) == agencies[visit] - {"market"}


def test_audit_holds_rules_and_registers(play):
    """The auditor's folder holds the rules and register digests of the commitment, and what the calendar left out."""
    audit = play.out / "audit"
    committed = play.public("commitment.json")
    assert set(json.loads((audit / "rules.json").read_bytes())) == {"shipped", "city"}
    assert committed["register"] == sha256((audit / "registers.json").read_bytes()).hexdigest()
    assert (audit / "unheld.csv").read_text(encoding="utf-8").splitlines()[0] == "unit_id,task_ids,reason"


def test_a_calendar_too_early_is_planned_again(play, aside):
    """A calendar that would begin before its lottery is not committed; the next plan begins after it."""
    first = csv_rows(aside.store.get(ROUND, "audit/calendar.csv"))
    play.set("2026-12-01T09:00")
    with pytest.raises(CannotHold) as refused:
        assigning.commit_roster(aside.round(ROUND))
    assert (refused.value.code, refused.value.exit_code) == ("month.calendar_too_early", 4)
    assert refused.value.params["last"] == "2026-12-03T21:15:00+08:00"
    assert min(row["half_days"] for row in first)[:10] <= "2026-12-03"
    assert "roster" not in list(aside.store.state(ROUND))
    planning.plan(as_(aside, DRAWS).round(ROUND))
    again = csv_rows(aside.store.get(ROUND, "audit/calendar.csv"))
    assert min(row["half_days"] for row in again)[:10] > "2026-12-03"
    assigning.commit_roster(as_(aside, COMMITS).round(ROUND))
    assert "roster" in list(aside.store.state(ROUND))
    play.set("2026-11-24T22:00")


def test_commits_the_roster(play):
    """Who committed first commits calendar and roster too, before the sources of the second draw."""
    report = play.month(COMMITS, FIRST)
    waits = [said.params["name"] for said in report.lines if said.code == "month.waits_for"]
    assert waits == ["dice-2", "ssq-red-2", "ssq-blue-2"]
    assert said(report, "month.values_missing")["names"] == "dice-2 ssq-red-2 ssq-blue-2"
    assert play.state()[-1] == "roster"
    first, second = play.public("commitment.json"), play.public("commitment2.json")
    digest = sha256((play.out / "public" / "commitment.json").read_bytes()).hexdigest()
    assert (second["commitment"], second["previous"]) == (digest, digest)
    assert all(source["at"] > second["committed_at"] > first["sources"][-1]["at"] for source in second["sources"])
    play.check()


def test_drawn_once(play, files):
    """Other values given later change nothing: a round is drawn once."""
    before = files(play.out / "public")
    play.month(DRAWS, FIRST | {"ssq-blue": ["12"]})
    assert files(play.out / "public") == before


def test_inspectors_are_not_known_yet(play):
    """Before the second draw no workbook names an inspector."""
    book = openpyxl.load_workbook(play.out / "internal" / offices(play)[0] / f"{offices(play)[0]}.xlsx")
    text = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    assert "检查员" not in text


def test_second_values_after_the_lottery_are_refused(play, aside):
    """What the second draw's dice showed must be on record before its lottery as well."""
    play.set("2026-11-26T22:00")
    with pytest.raises(UsageError) as refused:
        assigning.match(as_(aside, DRAWS).round(ROUND), values=SECOND)
    assert (refused.value.code, refused.value.params["name"]) == ("month.values_late", "dice-2")


def test_second_dice_go_on_record(play):
    """Before the second lottery its dice are put on record, by who drew."""
    play.set("2026-11-26T16:00")
    report = play.month(DRAWS, {"dice-2": SECOND["dice-2"]})
    assert said(report, "month.announced")["names"] == "dice-2"
    assert said(report, "month.values_missing") == {
        "names": "ssq-red-2 ssq-blue-2",
        "at": "2026-11-26T21:15:00+08:00",
    }
    assert play.public("announced2.json")["values"] == {"dice-2": SECOND["dice-2"]}
    assert play.state()[-1] == "announce2"
    play.check()


def test_who_fixed_the_roster_does_not_match(play):
    """The person who committed calendar and roster is refused as the one who draws the inspectors."""
    play.set("2026-11-26T22:00")
    report = play.month(COMMITS, SECOND)
    assert said(report, "month.one_person")["who"] == COMMITS
    with pytest.raises(UsageError) as refused:
        assigning.match(play.city(COMMITS).round(ROUND), values=SECOND)
    assert refused.value.code == "month.one_person"
    assert "match" not in play.state()


def test_matches_and_publishes(play):
    """With the second sources' values the inspectors are drawn, and the output is complete and verifies."""
    report = play.month(DRAWS, SECOND)
    assert report.exit_code in (0, 4)
    assert report.lines[-1].code == "month.next_verify"
    assert play.state()[-1] == "match"
    assert len(json.loads((play.out / "audit" / "roster.json").read_bytes())) > 20
    play.check()


def test_log_names_who_did_what(play):
    """The auditor's log says who did each step."""
    lines = (play.out / "audit" / "log.jsonl").read_bytes().splitlines()
    done = {entry["step"]: entry["who"] for entry in map(json.loads, lines)}
    assert {step: done[step] for step in ("commit", "announce", "draw", "roster", "announce2", "match")} == {
        "commit": COMMITS,
        "announce": DRAWS,
        "draw": DRAWS,
        "roster": COMMITS,
        "announce2": DRAWS,
        "match": DRAWS,
    }


def test_results_come_back(play):
    """One office's filled workbook goes in; the next manifest names the one before and the page has its rows."""
    play.set("2026-12-09T10:00")
    before = (play.out / "public" / "manifest.json").read_bytes()
    office = offices(play)[0]
    report = recording.record(play.city("赵录入"), [fill(play, office)])
    taken = report.facts["files"][0]
    assert report.exit_code == 0
    assert taken["inserted"] > 0
    play.month("赵录入")
    manifest = play.public("manifest.json")
    assert manifest["sequence"] == json.loads(before)["sequence"] + 1
    assert manifest["previous"] == sha256(before).hexdigest()
    with (play.out / "public" / "results.csv").open(encoding="utf-8-sig", newline="") as handle:
        assert len(list(csv.reader(handle))) == taken["inserted"] + 1
    play.check()


def test_same_workbook_again(play, files):
    """The same workbook once more changes nothing."""
    before = files(play.out)
    report = recording.record(play.city("赵录入"), [fill(play, offices(play)[0])])
    taken = report.facts["files"][0]
    assert (taken["inserted"], taken["rejected"]) == (0, 0)
    play.month("赵录入")
    assert files(play.out) == before


def test_same_workbook_another_day(play):
    """A workbook that comes back a week later does not make its old rows younger: they were published before."""
    play.set("2026-12-16T10:00")
    recording.record(play.city("赵录入"), [fill(play, offices(play)[0])])
    found = Store.open(play.store).register("results", on=play.time.date())
    assert set(found["known_on"].dt.strftime("%Y-%m-%d")) == {"2026-12-09"}
    play.set("2026-12-09T12:00")


def test_foreign_rows_are_rejected(play):
    """Rows of no visit, of a day outside, or reviewed by their own inspector come back in a workbook, exit code 3."""
    late = fill(play, offices(play)[1], day="2027-03-01")
    path = fill(play, most_rows(play, offices(play)[2:]))
    book = openpyxl.load_workbook(path)
    sheet = book["结果录入"]
    assert [sheet.cell(2, column).value for column in (IDS, REVIEWER)] == ["检查人员工号", "审核人"]
    people = Store.open(play.store).register("inspectors", on=play.time.date()).set_index("inspector_id")["name"]
    ids = [sheet.cell(row, IDS).value.split()[-1] for row in (5, 6)]
    sheet.cell(3, 2, "91320500XX0000000X~1")
    sheet.cell(4, DAY, datetime(2026, 11, 30))
    sheet.cell(5, REVIEWER, ids[0])
    sheet.cell(6, REVIEWER, people[ids[1]])
    for row in range(7, sheet.max_row + 1):
        sheet.cell(row, RESULT).value = sheet.cell(row, DAY).value = None
    book.save(path)
    report = recording.record(play.city("赵录入"), [late, path])
    assert report.exit_code == 3
    first, second = report.facts["files"]
    assert (first["inserted"], second["inserted"], second["rejected"]) == (0, 0, 4)
    assert reasons_in(first).count("检查日期在今天之后") == first["rejected"] > 0
    text = reasons_in(second)
    assert text.count("本轮日程中没有这次检查") == 1
    assert text.count("检查日期早于本轮月份") == 1
    assert text.count("审核人与检查人员是同一人") == 2


def test_results_are_not_back_dated(play, files):
    """Results of a real round are known on the day they come in; --as-of is refused."""
    before = Store.open(play.store).register("results", on=play.time.date())
    with pytest.raises(UsageError) as refused:
        recording.record(play.city("赵录入"), [fill(play, offices(play)[1])], as_of=datetime(2026, 12, 8).date())
    assert refused.value.code == "month.as_of_in_real_round"
    assert Store.open(play.store).register("results", on=play.time.date()).equals(before)


def test_clock_runs(play):
    """The publication clock: what is recorded is published, the rest is open, and overdue after 20 working days."""
    today = following_up.follow_up(play.city("赵录入").round(ROUND))
    states = [row["state"] for row in today.facts["rows"]]
    assert today.exit_code == 0
    assert set(states) == {"published", "pending"}
    play.set("2026-12-31T10:00")
    later = following_up.follow_up(play.city("赵录入").round(ROUND))
    assert later.exit_code == 4
    assert "overdue" in [row["state"] for row in later.facts["rows"]]
    assert [row for row in later.facts["rows"] if row["state"] == "published"]


def test_sealed_lists_open_at_the_end(play):
    """When the last visit of a sealed task is recorded its list is published; a CSV of results goes in as well."""
    sealed = {task["task_id"]: task.get("digest") for task in play.public("result.json")["tasks"]}
    assert sealed["T01-food"]
    path = play.work / "results.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["round", "visit_id", "item_id", "agency", "unit_id", "result", "inspected_on"])
        for office in offices(play)[1:]:
            book = openpyxl.load_workbook(play.out / "internal" / office / f"{office}.xlsx", read_only=True)
            for row in book["结果录入"].iter_rows(min_row=3, max_col=7, values_only=True):
                if row[1]:
                    writer.writerow([*row[:4], row[6], "1", "2026-12-30"])
    report = recording.record(play.city("赵录入"), [path])
    assert report.exit_code == 0
    play.set("2027-01-02T10:00")
    play.month("赵录入")
    shown = {task["task_id"]: task for task in play.public("result.json")["tasks"]}
    sample = {task["task_id"]: task["sample"] for task in play.public("commitment.json")["tasks"]}
    assert len(shown["T01-food"]["drawn"]) == sample["T01-food"] > 1
    play.check()


def test_results_are_next_months_evidence(play):
    """What was recorded stands in the history register, with the visit's number, for the next month's scores."""
    history = Store.open(play.store).register("history", on=datetime(2027, 1, 2).date())
    mine = history[history["date"] >= "2026-12-01"]
    assert set(mine["result"]) == {"1"}
    assert mine["visit_no"].str.match(r"2026-12/\w+~\d+$").all()


def test_next_month_is_chained(play):
    """The next month's commitment names the digest of this month's last one."""
    inputs = play.work / "next"
    inputs.mkdir()
    shutil.copytree(play.inputs / "rules", inputs / "rules")
    text = (play.inputs / "tasks.csv").read_text(encoding="utf-8")
    for old, new in (
        ("2026-12", "2027-01"),
        ("2026-11-21", "2026-12-30"),
        ('"T01-', '"N01-'),
        ('"T11-', '"N11-'),
    ):
        text = text.replace(old, new)
    (inputs / "tasks.csv").write_text(text, encoding="utf-8")
    (inputs / "calendar.csv").write_text(f"日期,类型,节日名称,地区\n{YEAR}", encoding="utf-8")
    play.set("2026-12-31T10:00")
    report = play.month(COMMITS, round_id="2027-01", inputs=inputs, out=play.work / "out-2027-01")
    assert report.exit_code == 0
    last = sha256((play.out / "public" / "commitment2.json").read_bytes()).hexdigest()
    found = json.loads((play.work / "out-2027-01" / "public" / "commitment.json").read_bytes())
    assert found["previous"] == last
    assert verify(play.work / "out-2027-01").difference is None


def test_matching_is_done_once(play):
    """A second call of the lottery says what was drawn and draws nothing."""
    before = Store.open(play.store).log(ROUND)
    report = assigning.match(play.city(DRAWS).round(ROUND), values={})
    assert report.facts["filled"] > 20
    assert Store.open(play.store).log(ROUND) == before
