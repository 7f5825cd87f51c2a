"""Notices of tasks have numbers: the register's own, those that were kept, or the next one of the year and the word."""

from __future__ import annotations

import json
from dataclasses import replace

import builders
import openpyxl
import pytest
from notice.papers.word_files import texts

from supervision.errors import UsageError
from supervision.month import notice_numbers, paper_making, publishing
from supervision.month.notice_numbers import RULE, keep_numbers, numbered, to_keep
from supervision.month.round import Round as Round_
from supervision.month.round_files import NOTICE_NUMBERS

DEFAULT = {"pattern": "{word}抽查〔{year}〕{number}号", "words": {"market": "苏市监"}}


class Commitment:
    """What of a commitment counts here."""

    committed_at = "2026-11-23T09:00:00+08:00"


class Law:
    """A law with the rule of numbers, or without."""

    def __init__(self, rule):
        self.rule = rule

    def missing(self):
        """Return what the rules lack."""
        return [RULE] if self.rule == "nobody decided" else []

    def value(self, path):
        """Return the rule's value."""
        assert path == RULE
        return self.rule


class Round:
    """A round with some tasks, what it has kept, and the city's other rounds."""

    def __init__(self, tasks, *, key="2026-12", rule=DEFAULT, kept=None, others=(), rehearsal=False):
        self.tasks, self.key, self.law, self.kept, self.is_rehearsal = tasks, key, Law(rule), kept, rehearsal
        self.city = self
        self.others = others

    def rounds(self):
        """Return all rounds."""
        return [*self.others, self]

    def holds(self, file):
        """Tell whether numbers were kept."""
        return self.kept is not None

    def read(self, file):
        """Return what was kept, or the commitment."""
        return self.kept if file is NOTICE_NUMBERS else Commitment


def numbers(*args, **given):
    """Return the numbers of a round's tasks, in their order."""
    return [task.number for task in numbered(Round(*args, **given))]


@pytest.fixture(autouse=True)
def law(monkeypatch):
    """Take the law of a made-up round as it is."""
    real = notice_numbers.publication_law
    given = notice_numbers, "publication_law", lambda round: round.law if isinstance(round, Round) else real(round)
    monkeypatch.setattr(*given)


@pytest.fixture
def tasks():
    """Three tasks of the market department without numbers."""
    return [builders.task(task_id=name) for name in ("T1", "T2", "T3")]


def test_numbers_run_through_the_year(tasks):
    """The first free numbers, in the order of the tasks; other real rounds' numbers and own ones are passed over."""
    assert numbers(tasks) == [f"苏市监抽查〔2026〕{no}号" for no in (1, 2, 3)]
    other = Round([], key="2026-11", kept={"T9": "苏市监抽查〔2026〕1号", "T8": "苏市监抽查〔2026〕3号"})
    own = [tasks[0], replace(tasks[1], number="苏市监抽查〔2026〕2号"), tasks[2]]
    assert numbers(own, others=[other]) == [f"苏市监抽查〔2026〕{no}号" for no in (4, 2, 5)]


def test_a_number_is_kept(tasks):
    """What was kept stands, whatever the rule and the register say by now; the rest goes on behind it."""
    kept = {"T2": "苏市监抽查〔2026〕1号"}
    assert numbers(tasks, kept=kept) == [f"苏市监抽查〔2026〕{no}号" for no in (2, 1, 3)]
    changed = [replace(task, number="别的号") for task in tasks]
    assert numbers(changed, kept=kept) == ["别的号", "苏市监抽查〔2026〕1号", "别的号"]
    assert to_keep(numbered(Round(tasks[1:2], kept=kept, rule=None))) == kept


def test_without_a_rule_or_a_word_there_is_none(tasks):
    """No rule, or no word for the department: no number, and nothing to keep."""
    assert numbers(tasks, rule=None) == numbers(tasks, rule="nobody decided") == ["", "", ""]
    fire = replace(tasks[0], lead="fire")
    assert numbers([fire, tasks[1]]) == ["", "苏市监抽查〔2026〕1号"]
    assert to_keep(numbered(Round([fire]))) == {}


def test_a_rehearsal_numbers_for_itself(tasks):
    """A rehearsal says so in its numbers, looks at no other round, and no real round looks at it."""
    real = Round([], key="2026-11", kept={"T9": "苏市监抽查〔2026〕演练1号"})
    assert numbers(tasks[:1], others=[real], rehearsal=True) == ["苏市监抽查〔2026〕演练1号"]
    rehearsed = Round([], key="2026-11.rehearsal", kept={"T9": "苏市监抽查〔2026〕1号"}, rehearsal=True)
    assert numbers(tasks[:1], others=[rehearsed]) == ["苏市监抽查〔2026〕1号"]


@pytest.mark.parametrize("gone", notice_numbers.FIELDS)
def test_a_form_without_a_field_is_refused(tasks, gone):
    """A form that lacks word, year or number is refused by the rule's name: numbers would repeat."""
    with pytest.raises(UsageError) as refused:
        numbers(tasks, rule={**DEFAULT, "pattern": DEFAULT["pattern"].replace(gone, "")})
    assert (refused.value.code, refused.value.params["rule"]) == ("month.notice_pattern", RULE)
    with pytest.raises(UsageError, match="words"):
        numbers(tasks, rule={"pattern": DEFAULT["pattern"]})


def test_a_real_round_keeps_its_numbers(at):
    """The register's own number and the rule's stand on plan, notices and list, and stay when published again."""
    play = at("committed")
    kept = play.round("sun-04").read(NOTICE_NUMBERS)
    assert kept == {"T01-food": "苏演市场监管抽查〔2026〕1号", "T11-disclosure": "苏演市场监管抽查〔2026〕2号"}
    public = play.out / "public"
    plan = json.loads((public / "2026-12" / "plan.json").read_bytes())["tasks"]
    assert {task["task_id"]: task["number"] for task in plan} == kept
    listed = (public / "notices.html").read_text(encoding="utf-8")
    for task, number in kept.items():
        page = (public / "2026-12" / f"task-{task}.html").read_text(encoding="utf-8")
        assert number in page and "（未编文号）" not in page
        assert number in listed and f'href="2026-12/task-{task}.html"' in listed
    publishing.publish(play.round("li-02"), play.out)
    assert play.round("sun-04").read(NOTICE_NUMBERS) == kept


def cells(book, sheet, title):
    """Return the texts of a column of a workbook's sheet, without blanks."""
    rows = list(book[sheet].iter_rows(values_only=True))
    place = rows[1].index(title)
    return {str(row[place]) for row in rows[2:] if row[place]}


def test_workbooks_and_papers_have_the_numbers_of_the_notices(at, tmp_path):
    """One number everywhere: the office's visits, the announcement, the notice of a visit; no bare task id."""
    play = at("matched")
    kept = play.round("sun-04").read(NOTICE_NUMBERS)
    told = set()
    for office in play.offices():
        told |= cells(openpyxl.load_workbook(play.workbook(office)), "本月检查日程", "任务编号")
    assert told and all(set(one.split("、")) <= set(kept.values()) for one in told)
    paper_making.papers(play.round("sun-04"), tmp_path / "papers", formats=("word",))
    folder = tmp_path / "papers" / "papers" / "2026-12"
    for task, number in kept.items():
        assert number in "".join(texts((folder / "announcements" / f"{task}-announcement.docx").read_bytes()))
    notices = sorted(folder.glob("*/*/*-notice.docx"))
    assert notices
    for path in notices:
        said = "".join(texts(path.read_bytes()))
        assert any(number in said for number in kept.values())
        assert not any(task in said for task in kept)


def test_a_paper_from_before_the_publication_has_the_number_that_is_published(at, tmp_path, monkeypatch):
    """The first paper gives the number and keeps it: a round that is published in between takes the next one."""
    play = at("matched")
    numbers = play.round("sun-04").read(NOTICE_NUMBERS)
    holds = Round_.holds
    monkeypatch.setattr(
        Round_, "holds", lambda own, file, *more: file is not NOTICE_NUMBERS and holds(own, file, *more)
    )
    assert {task.task_id: task.number for task in keep_numbers(play.round("sun-04"))} == numbers
    assert play.state()[-1] == "number_notices"
    monkeypatch.undo()
    publishing.publish(play.round("li-02"), play.out)
    play.check()
    assert play.round("sun-04").read(NOTICE_NUMBERS) == numbers


def test_a_notice_has_its_own_items_only(rehearsal):
    """Each notice lists the items of its task; a rehearsal is marked in number and banner."""
    folder = rehearsal.out / "public" / "2026-12"
    plan = json.loads((folder / "plan.json").read_bytes())
    names = {item["name"] for item in plan["items"]}
    for task in plan["tasks"]:
        page = (folder / f"task-{task['task_id']}.html").read_text(encoding="utf-8")
        rows = page.split("<tbody>")[1].split("</tbody>")[0]
        assert {name for name in names if f">{name}</span></th>" in rows} == set(task["items"].split("、"))
        assert task["name"] in page and "演练：不是真实的抽查" in page
    assert any("演练1号" in task["number"] for task in plan["tasks"])
