"""The report on a month: every figure again, counted from the files that were written and filled."""

from __future__ import annotations

import json
from datetime import date, datetime

import openpyxl
import pytest
from real_rounds import RECORDS, ROUND, register_file, rows, said

from supervision.errors import SupervisionError, UsageError
from supervision.month import overseeing, oversight_special, publishing, recording
from supervision.month.city import BEIJING, City
from supervision.month.monitoring import monitor
from supervision.month.overseeing import content_of, oversee_month, oversee_year
from supervision.month.oversight_period import month_of
from supervision.month.warning_making import make_warnings
from supervision.notice.report_content import plain

SHEET = "结果录入"
NOW = datetime(2026, 12, 31, 10, tzinfo=BEIJING)
CODES = ("1", "1", "A", "1", "E", "6")
FOUND = {"A", "E"}  # 6, nobody to be met, is neither a problem nor none
HISTORY = "unit_id,agency,item_id,date,kind,on_site,result,trigger,visit_no"


class Month:
    """A real month with filled workbooks: `filled` unit and item → code, in the order of the workbooks' rows."""

    def __init__(self, played, work):
        self.played, self.work = played, work
        self.city = City.open(played.store, who=RECORDS, rules=played.inputs / "rules", now=lambda: NOW)
        self.filled, self.left = {}, {}

    def fill(self, *, leave):
        """Fill all rows of all workbooks but the last ones of each, and record them."""
        (self.work / "filled").mkdir()
        books = sorted((self.played.out / "internal" / ROUND).glob("*/*.xlsx"))
        for path in books:
            book = openpyxl.load_workbook(path)
            sheet = book[SHEET]
            at = {cell.value: cell.column for cell in sheet[2]}
            lines = [row for row in range(3, sheet.max_row + 1) if sheet.cell(row, at["检查人员工号"]).value]
            for place, row in enumerate(lines):
                unit, item, visit = (str(sheet.cell(row, at[name]).value)
                                     for name in ("统一社会信用代码", "事项编号", "检查编号"))  # fmt: skip
                self.left[unit, item] = path.stem
                if place >= len(lines) - leave:
                    continue
                code = CODES[len(self.filled) % len(CODES)]
                self.filled[unit, item] = (code, path.stem, visit)
                for name, value in (("检查结果", code), ("检查日期", datetime(2026, 12, 8)), ("审核人", "钱审核")):
                    sheet.cell(row, at[name], value)
            book.save(self.work / "filled" / path.name)
        files = sorted((self.work / "filled").glob("*.xlsx"))
        report = recording.record(self.city, files)
        assert sum(one["inserted"] for one in report.facts["files"]) == len(self.filled)
        publishing.publish(self.city.round(ROUND), self.played.out)

    def audit(self, pattern):
        """The rows of some CSV files of the audit bundle."""
        return [
            row for path in sorted((self.played.out / "audit" / ROUND).glob(pattern)) for row in rows(path.read_bytes())
        ]

    def duties(self):
        """Unit and item pairs that the draw asks for, by the orders of the draw and the list of tasks."""
        items = {row["task_id"]: row["items"].split(" ") for row in self.audit("tasks.csv")}
        found = set()
        for task, own in items.items():
            drawn = [row["unit_id"] for row in self.audit(f"tasks/{task}/order.csv") if row["role"] == "drawn"]
            found |= {(unit, item) for unit in drawn for item in own}
        return found

    def places(self):
        """Visit, office and half-days of all places that inspectors were drawn for."""
        calendars = {
            (row["visit_id"], row["office"], row["place"]): row["half_days"] for row in self.audit("calendar*.csv")
        }
        found = []
        for path in sorted((self.played.out / "audit" / ROUND).glob("roster*.json")):
            for row in json.loads(path.read_bytes()):
                found.append(
                    (row["visit_id"], row["office"], calendars[row["visit_id"], row["office"], str(row["place"])])
                )
        return found

    def kinds(self):
        """The kind of each entity, by the register that was imported."""
        units = self.city.register("entities", on=NOW.date(), columns=["unit_id", "type"])
        return dict(units.itertuples(index=False, name=None))

    def told(self, **options):
        """The report's facts."""
        return oversee_month(self.city, ROUND, **options).facts


@pytest.fixture(scope="module")
def filled(stages, tmp_path_factory):
    """The real month with its workbooks filled but for the last row of each, published and told; only to read."""
    work = tmp_path_factory.mktemp("filled")
    month = Month(stages["matched"].copy(work / "matched"), work)
    month.fill(leave=1)
    month.report = oversee_month(month.city, ROUND, out=month.played.out)
    month.facts = month.report.facts
    return month


@pytest.fixture
def month(at, tmp_path):
    """The real month after its second draw, without results, that a test may change."""
    return Month(at("matched"), tmp_path)


def counts(cell):
    """The counts of a share."""
    return cell["number"], cell["of"]


def test_inspections_and_findings(filled):
    """What was asked, held and found, whole, by department and by district, as orders and workbooks count it."""
    told, duties = filled.facts, filled.duties()
    assert counts(told["key"]["fulfilled"]) == (len(filled.filled), len(duties))
    departments = {row["item_id"]: row["department"] for row in filled.audit("items.csv")}
    names = filled.city.code_lists
    for row in told["tables"]["departments"]:
        own = {pair for pair in duties if names.label("department", departments[pair[1]]) == row["name"]}
        done = [filled.filled[pair][0] for pair in own if pair in filled.filled]
        assert (row["duties"], row["units"]) == (len(own), len({unit for unit, _ in own}))
        assert counts(row["fulfilled"]) == (len(done), len(own))
        assert counts(row["hit"]) == (sum(code in FOUND for code in done), len(done))
    assert sum(row["duties"] for row in told["tables"]["departments"]) == len(duties)
    regions = {row["office"]: row["region"] for row in filled.audit("offices.csv")}
    for row in told["tables"]["districts"]:
        own = [
            code for code, office, _ in filled.filled.values() if names.label("region", regions[office]) == row["name"]
        ]
        assert counts(row["hit"]) == (sum(code in FOUND for code in own), len(own))
    one = told["tables"]["rounds"][0]
    assert one["duties"] == one["done"] + one["planned"] + one["unplanned"]
    assert (one["done"], one["planned"]) == (len(filled.filled), len(filled.left.keys() & duties) - len(filled.filled))
    fields = told["tables"]["fields"]
    assert len(fields) == 19
    assert sum(row["duties"] for row in fields) == len(duties)


def test_doors_and_load(filled):
    """Joint visits, doors saved, half-days bound: as rosters and calendars say, and as the public page says."""
    told, places = filled.facts, filled.places()
    offices = {}
    for visit, office, _ in places:
        offices.setdefault(visit, set()).add(office)
    shown = filled.played.public("index.json")["counts"]
    joint = sum(len(own) > 1 for own in offices.values())
    assert counts(told["key"]["joint"]) == (joint, len(offices)) == (shown["joint"], shown["visits"])
    assert told["key"]["saved"] == sum(len(own) - 1 for own in offices.values()) > 0
    names = {row["office"]: row["name"] for row in filled.audit("offices.csv")}
    for row in told["tables"]["loads"]:
        bound = sum(len(half_days.split()) for _, office, half_days in places if names[office] == row["name"])
        assert row["bound"] == bound <= row["available"]
    assert counts(told["key"]["load"])[0] == sum(len(half_days.split()) for _, _, half_days in places)
    assert told["key"]["satisfaction"] is None
    assert told["tables"]["satisfaction"] == []


def test_publication_and_counts(filled):
    """Results in time and overdue, and what went otherwise than drawn, as the public folder publishes them."""
    told = filled.facts
    clock = {row["agency"]: row for row in filled.played.public("index.json")["clock"]}
    states = ("published", "published_late", "pending", "overdue")
    for row in told["tables"]["publication"]:
        assert {name: row[name] for name in states} == {name: clock[row["name"]][name] for name in states}
        known = row["published"] + row["published_late"] > 0  # inspected on the 8th, recorded on the 31st
        assert (row["median"], row["longest"]) == (("23.0", 23) if known else (None, None))
    overdue, late, good = (
        sum(row[name] for row in clock.values()) for name in ("overdue", "published_late", "published")
    )
    assert told["key"]["overdue"] == overdue
    assert counts(told["key"]["in_time"]) == (good, good + late + overdue)
    public = filled.played.public("oversight.json")["counts"]
    for kind, row in zip(("stepped_in", "could_not", "unheld", "sent_back", "changed", "few_candidates"),
                         told["tables"]["otherwise"], strict=True):  # fmt: skip
        own = [one for one in public if one["kind"] == kind]
        assert (row["number"], row["of"]) == (sum(one["number"] for one in own), sum(one["of"] for one in own))
    assert counts(told["key"]["stepped_in"]) == (0, told["tables"]["otherwise"][0]["of"])


def test_caps_causes_and_alarms(month):
    """A visit beyond a cap, a check for cause and a unit checked twice: each counted once, for its department."""
    asked = {unit for unit, _ in month.duties()}
    unit = next(one for one, kind in month.kinds().items() if kind == "企业" and one not in asked)
    before = month.told()["key"]
    assert (before["hit"]["of"], before["times"], before["in_time"]["of"]) == (0, None, before["overdue"])
    lines = [
        [unit, "market", "market-food", "2026-12-01", "routine", "是", "1", "", "V1"],
        [unit, "fire", "fire-premises", "2026-12-01", "routine", "是", "1", "", "V1"],
        [unit, "market", "market-food", "2026-12-03", "routine", "是", "1", "", "V2"],
        [unit, "market", "market-food", "2026-12-04", "for_cause", "是", "1", "投诉举报", "V3"],
        [unit, "market", "market-food", "2026-11-04", "for_cause", "是", "1", "投诉举报", "V4"],
    ]
    month.played.set("2026-12-31T10:00")
    register_file(month.city, month.work, "history", HISTORY, *lines, day="2026-12-31")
    assert make_warnings(month.city, on=date(2026, 12, 31)).facts["opened"]
    told = month.told()
    key = told["key"]
    assert counts(key["for_cause"]) == (counts(before["for_cause"])[0] + 1, counts(before["for_cause"])[1] + 3)
    assert key["beyond"] == before["beyond"] + 1
    warned = month.city.register("warnings", on=date(2026, 12, 31), columns=["signal", "action", "unit_id"])
    assert key["alarms"] == int(warned["signal"].eq("over_inspection").sum()) >= 1
    parts = {row["name"]: row for row in told["tables"]["departments"]}
    assert sum(row["beyond"] for row in parts.values()) == key["beyond"]
    assert parts["市场监管"]["for_cause"]["number"] == key["for_cause"]["number"]
    assert parts["消防救援"]["for_cause"]["number"] == 0
    assert sum(row["beyond"] for row in told["tables"]["districts"]) == key["beyond"]
    assert sum(row["raised"] for row in told["tables"]["alarms"]) == len(warned)
    for row in told["tables"]["alarms"]:
        assert row["raised"] == row["open"] + row["closed"]


def test_estimates_and_fairness(filled):
    """Hit rates by class and times as the estimates have them; groups as the monitor judges them."""
    told, round_ = filled.facts, filled.city.round(ROUND)
    found = 0
    for task in filled.audit("tasks.csv"):
        drawn = [row["unit_id"] for row in filled.audit(f"tasks/{task['task_id']}/order.csv") if row["role"] == "drawn"]
        for unit in drawn:  # one of which something that stands in a workbook is still to come is not told of
            due = {(unit, item) for item in task["items"].split(" ")} & filled.left.keys()
            codes = {filled.filled[pair][0] for pair in due if pair in filled.filled}
            found += bool(codes & FOUND) and due <= filled.filled.keys()
    assert (told["key"]["hit"]["number"], found > 0) == (found, True)
    classes = told["tables"]["classes"]
    assert [row["class"] for row in classes] == sorted(row["class"] for row in classes)
    assert sum(row["hit"]["number"] for row in classes) == found
    assert sum(row["done"] for row in classes) == told["key"]["hit"]["of"]
    report = (filled.played.out / "internal" / ROUND / "estimates.html").read_text(encoding="utf-8")
    assert [row["estimate"] is None for row in classes] == [not row["done"] for row in classes]
    for row in [row for row in classes if row["done"]]:
        low, high = row["estimate"].partition("（")[2].rstrip("）").split("–")
        assert report.count(f"{low}–{high}") > 0  # counted: the page is too long to be shown where it is not there
    selection = monitor(round_).facts["selection"]
    shown = [(row["name"], row["framed"], row["drawn"], row["expected"], row["low"], row["high"])
             for row in told["tables"]["fairness"]]  # fmt: skip
    assert shown == [(one["label"][0], one["framed"], one["drawn"],
                      *(f"{one[name]:.1f}" for name in ("expected", "low", "high"))) for one in selection]  # fmt: skip
    assert told["key"]["unfair"] == sum(one["state"] in ("watch", "alarm") for one in selection)


def test_a_year_of_one_round_is_that_round(filled):
    """The year's report of a single round has the month's figures; a year without rounds is refused."""
    of_month, of_year = filled.facts, oversee_year(filled.city, 2026).facts
    assert of_year["period"] == "2026"
    assert (of_year["rounds"], of_year["tables"]["plan"]) == ([ROUND], [])
    for name in ("fulfilled", "joint", "saved", "hit", "in_time", "overdue", "stepped_in", "load", "busy", "unfair"):
        assert of_year["key"][name] == of_month["key"][name]
    with pytest.raises(UsageError) as refused:
        oversee_year(filled.city, 2025)
    assert refused.value.code == "month.report_no_rounds"
    with pytest.raises(UsageError):
        oversee_year(filled.city, 2026, rehearsal=True)


def test_files_inside_and_outside(filled):
    """Page, workbook and Word file stand inside, the extract outside without a word of classes; all of it repeats."""
    report = filled.report
    inside, public = filled.played.out / "internal/report/2026-12", filled.played.out / "public/report/2026-12"
    assert sorted(path.name for path in inside.iterdir()) == [
        f"report.{end}" for end in ("docx", "html", "json", "xlsx")
    ]
    assert sorted(path.name for path in public.iterdir()) == ["index.html", "report.json"]
    assert said(report, "month.report_extract")["units"] == 30
    assert json.loads((inside / "report.json").read_bytes()) == report.facts
    extract = json.loads((public / "report.json").read_bytes())
    assert set(extract["tables"]) == {"departments", "districts", "fields"}
    assert all(row["units"] >= 30 for table in extract["tables"].values() for row in table)
    assert "类别命中率" not in (public / "index.html").read_text(encoding="utf-8")
    before = {path: path.read_bytes() for folder in (inside, public) for path in folder.iterdir()}
    oversee_month(filled.city, ROUND, out=filled.played.out)
    assert {path: path.read_bytes() for path in before} == before
    filled.played.check()  # the verifier takes no offence at what stands beside the rounds


def test_an_extract_with_a_denied_field_is_not_written(filled, tmp_path, monkeypatch):
    """The last look at public tables is taken of the report's extract as well."""
    monkeypatch.setattr(overseeing, "canonical_json", lambda told: b'{"class":"D"}')
    with pytest.raises(SupervisionError) as caught:
        oversee_month(filled.city, ROUND, out=tmp_path)
    assert (caught.value.code, caught.value.params["field"]) == ("notice.denied", "class")
    assert not (tmp_path / "public").exists()


def test_what_is_refused(at, filled):
    """A round before its draw, and a rule of another shape: named; a rule that says there is none leaves tables out."""
    early = at("committed")
    with pytest.raises(UsageError) as refused:
        oversee_month(early.city("wang-01"), ROUND)
    assert refused.value.code == "month.step_missing"
    for value in ({}, [], {"goods": {"types": []}}, {"goods": {"types": []}, "special_equipment": {"rules": []}}):
        with pytest.raises(SupervisionError) as rule:
            oversight_special.chosen(value)
        assert rule.value.code == "month.report_rule"
    assert oversight_special.chosen(None) is None
    drawn = oversee_month(at("drawn").city("wang-01"), ROUND).facts
    assert drawn["key"]["fulfilled"]["of"] > drawn["key"]["fulfilled"]["number"] == drawn["key"]["in_time"]["of"] == 0
    assert drawn["tables"]["otherwise"][0]["name"] == "递补"
    assert {"goods", "special_equipment"} <= set(filled.facts["tables"])


def test_objects_by_class(filled):
    """Objects of some kinds by class (here sole traders in place of consignments), as the frames count them."""
    kinds = filled.kinds()
    framed = {row["unit_id"] for row in filled.audit("tasks/*/frame.csv") if kinds[row["unit_id"]] == "个体工商户"}
    drawn = {unit for unit, _ in filled.duties() if kinds[unit] == "个体工商户"}
    table = oversight_special.goods(month_of(filled.city, ROUND, rehearsal=False), ["个体工商户"])
    told = {row["class"]: row for row in table.rows}
    assert list(told) == ["A", "B", "C", "D", "合计"]
    assert (told["合计"]["framed"], told["合计"]["drawn"].number) == (len(framed), len(drawn))
    bad = {unit for (unit, _), (code, *_) in filled.filled.items() if code in FOUND} & drawn
    assert told["合计"]["hit"].number == len(bad)
    for name in ("framed", "checked"):
        assert sum(told[one][name] for one in "ABCD") == told["合计"][name]
    none = oversight_special.goods(month_of(filled.city, ROUND, rehearsal=False), ["进出口货物"])
    assert none.rows == []


def test_items_of_special_equipment(filled):
    """Items are taken in by a word of their name, by field or by rule; each stands alone, and all together."""
    period = month_of(filled.city, ROUND, rehearsal=False)
    items = {one.item_id: one for one in period.newest.items.values() if one.item_id in {i for _, i in filled.duties()}}
    word = next(iter(items.values())).name
    for rule in ({"rules": [], "fields": [], "names": [word]}, {"rules": [], "fields": [""], "names": []}):
        own = [one for one in items.values() if word in one.name or one.field in rule["fields"]]
        table = oversight_special.special_equipment(period, rule)
        pairs = {pair for pair in filled.duties() if items[pair[1]] in own}
        assert [row["name"] for row in table.rows] == [one.name for one in sorted(own, key=lambda one: one.item_id)] + [
            "合计"
        ]
        assert table.rows[-1]["duties"] == len(pairs)
    assert oversight_special.special_equipment(period, {"rules": [], "fields": [], "names": []}).rows == []
    assert plain(content_of(period))["period"] == "2026-12"
