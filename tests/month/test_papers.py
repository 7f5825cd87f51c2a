"""Papers of a rehearsed month (文书): written below OUT/papers, by own templates if there are any, never over work."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from notice.papers.word_files import texts, written

from supervision.errors import SupervisionError, UsageError
from supervision.month.calendars import standing
from supervision.month.city import City
from supervision.month.paper_making import FORMATS, PDF, WORD, papers
from supervision.month.paper_templates import FIELDS, FOLDER, Templates, lay_templates
from supervision.month.publishing import publish
from supervision.month.round import Round
from supervision.notice.papers import values
from supervision.notice.papers.form import shipped_forms

ROUND = "2026-12"
Reader = Callable[[Path], dict[str, bytes]]


@pytest.fixture
def round(copied: object) -> Round:
    """The rehearsed round, in a store of the test's own."""
    return City.open(copied.store, who="tester").round(ROUND, rehearsal=True)  # type: ignore[attr-defined]


@pytest.fixture
def out(copied: object) -> Path:
    """The folder in which the round was published."""
    found: Path = copied.out  # type: ignore[attr-defined]
    return found


@pytest.fixture
def templates(round: Round) -> Path:
    """The folder of the city's own templates, empty."""
    folder = round.city.store.path.parent / FOLDER
    folder.mkdir()
    return folder


def folder_of(round: Round, out: Path, office: str = "") -> Path:
    """Where the round's papers stand, or an office's."""
    return out / "papers" / round.key / office


def busiest(round: Round) -> str:
    """The office with most visits: whoever is drawn, it has some."""
    places = standing(round)[["office", "visit_id"]].drop_duplicates()
    return str(places["office"].value_counts().sort_index().sort_values(kind="stable").index[-1])


def test_every_visit_has_its_papers(round: Round, out: Path) -> None:
    """Three papers a visit and office, a sheet a day and office, an announcement a task, each as Word and PDF."""
    report = papers(round, out)
    places = standing(round)
    days = places["half_days"].str.slice(0, 10)
    visits = places.assign(day=days).groupby(["office", "visit_id"])["day"].min().reset_index()
    wanted = {
        f"{row.office}/{row.day}/{row.visit_id}-{name}.{ending}"
        for row in visits.itertuples()
        for name in ("approval", "notice", "record")
        for ending in ("docx", "pdf")
    }
    of_days = visits[["office", "day"]].drop_duplicates()
    for ending in ("docx", "pdf"):
        wanted |= {f"{row.office}/{row.day}/{row.day}-task-sheet.{ending}" for row in of_days.itertuples()}
        wanted |= {f"announcements/{task.task_id}-announcement.{ending}" for task in round.tasks}
    wanted_forms = {f"{row.office}/{row.day}/{row.day}-form.html" for row in of_days.itertuples()}
    folder = folder_of(round, out)
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {path for path in there if not path.endswith("manifest.json")} == wanted | wanted_forms
    assert report.facts["visits"] == len(visits)
    assert (report.facts[WORD], report.facts[PDF], report.exit_code) == (len(wanted) // 2, len(wanted) // 2, 0)


def test_papers_repeat_and_stand_apart_from_what_is_published(round: Round, out: Path, files: Reader) -> None:
    """Made again nothing changes; publication neither lists nor moves them, and they change nothing public."""
    office = busiest(round)
    before = files(out)
    papers(round, out, offices=[office])
    made = files(folder_of(round, out))
    assert papers(round, out, offices=[office]).facts["kept"] == []
    assert files(folder_of(round, out)) == made
    report = publish(round, out)
    assert (report.facts["changed"], report.facts["kept"]) == (False, [])
    assert files(folder_of(round, out)) == made
    assert {path: content for path, content in files(out).items() if not path.startswith("papers")} == before


def test_a_notice_says_what_the_calendar_says(round: Round, out: Path) -> None:
    """Unit, day and inspectors of a notice are those of the calendar; it bears the mark of a rehearsal."""
    office = busiest(round)
    papers(round, out, offices=[office], formats=[WORD])
    names = dict(round.city.register("inspectors", on=round.evidence_day)[["inspector_id", "name"]].values.tolist())
    places = standing(round)
    for visit, own in places[places["office"] == office].groupby("visit_id"):
        day = str(own["half_days"].iloc[0])[:10]
        said = "".join(texts((folder_of(round, out, office) / day / f"{visit}-notice.docx").read_bytes()))
        year, month, date = (int(part) for part in day.split("-"))
        assert f"{year}年{month}月{date}日" in said and str(visit).partition("~")[0] in said and "演练" in said
        assert all(names[who] in said for who in own["inspector_id"])
    assert not list(folder_of(round, out).rglob("*.pdf"))


def test_no_secret_stands_on_a_paper(round: Round, out: Path) -> None:
    """No class, score, reason, frame key or phone of an inspector: words and values are searched for in every paper."""
    office = busiest(round)
    papers(round, out, formats=[WORD], offices=[office])
    said = "\n".join("".join(texts(path.read_bytes())) for path in folder_of(round, out).rglob("*.docx"))
    assert len(said) > 1000
    for word in ("风险等级", "信用风险分类", "评分", "inclusion", round.frame_key.hex()):
        assert word not in said
    scores = round.table("scores", ["unit_id", "class"])
    assert {"A", "D"} <= set(scores["class"]), "the city has no classes that could be told"
    assert not re.search(r"[类级]别?[：:]\s*[ABCD]\b", said)


def test_a_paper_that_was_filled_in_is_kept(round: Round, out: Path) -> None:
    """Somebody wrote in a record: the file moves aside, whole, and a fresh one takes its place."""
    office = busiest(round)
    papers(round, out, offices=[office], formats=[WORD])
    record = sorted(folder_of(round, out, office).rglob("*-record.docx"))[0]
    fresh, filled = record.read_bytes(), written("现场发现问题")
    record.write_bytes(filled)
    (kept,) = papers(round, out, offices=[office], formats=[WORD]).facts["kept"]  # type: ignore[misc]
    assert Path(kept).read_bytes() == filled
    assert Path(kept).relative_to(out.with_name("out-kept")) == record.relative_to(out)
    assert record.read_bytes() == fresh


def test_one_office_leaves_the_others(round: Round, out: Path, files: Reader) -> None:
    """Asked for one office, another's papers stay; its own list names what stands there."""
    papers(round, out, formats=[WORD])
    before, office = files(folder_of(round, out)), busiest(round)
    papers(round, out, formats=FORMATS, offices=[office])
    after = files(folder_of(round, out))
    changed = {path.split("/")[0] for path in after if after[path] != before.get(path)}
    assert changed == {office}
    listed = json.loads(after[f"{office}/manifest.json"])["files"]
    there = {path.removeprefix(f"{office}/") for path in after if path.startswith(f"{office}/")}
    assert {entry["path"] for entry in listed} == there - {"manifest.json"}


def test_the_nearest_template_is_taken(round: Round, out: Path, templates: Path) -> None:
    """An office's own template before its department's, that before the city's, that before ours; none as PDF."""
    office = round.offices[busiest(round)]
    for place, word in ((".", "全市"), (office.department, "部门"), (office.office_id, "机构")):
        (templates / place).mkdir(exist_ok=True)
        (templates / place / "notice.docx").write_bytes(written(f"{word}：{{{{ 企业名称 }}}}"))
    (templates / "~$notice.docx").write_bytes(b"left by Word")
    report = papers(round, out, offices=[office.office_id])
    notices = sorted(folder_of(round, out, office.office_id).rglob("*-notice.*"))
    assert notices and {path.suffix for path in notices} == {".docx"}
    assert {texts(path.read_bytes())[0][:3] for path in notices} == {"机构："}
    assert list(folder_of(round, out, office.office_id).rglob("*-approval.pdf"))
    assert {"month.papers_own", "month.papers_own_pdf"} <= {line.code for line in report.lines}
    for gone, word in ((office.office_id, "部门："), (office.department, "全市：")):
        (templates / gone / "notice.docx").unlink()
        papers(round, out, offices=[office.office_id], formats=[WORD])
        assert texts(notices[0].read_bytes())[0][:3] == word


def test_a_form_of_the_citys_own_is_made_for_every_visit(round: Round, out: Path, templates: Path) -> None:
    """A further template, such as one of the other forms of the ministry, is printed beside ours."""
    (templates / "询问笔录.docx").write_bytes(written("{{ 企业名称 }}的{{ 法定代表人 }}"))
    office = busiest(round)
    papers(round, out, offices=[office])
    folder = folder_of(round, out, office)
    assert len(list(folder.rglob("*-询问笔录.docx"))) == len(list(folder.rglob("*-notice.docx"))) > 0


def test_a_broken_template_stops_before_anything_is_written(round: Round, out: Path, templates: Path) -> None:
    """A field that does not exist in one office's template is named with its file; no paper of anybody is there."""
    office = busiest(round)
    (templates / office).mkdir()
    (templates / office / "record.docx").write_bytes(written("{{ 罚款金额 }}"))
    with pytest.raises(SupervisionError) as refused:
        papers(round, out)
    assert refused.value.code == "notice.paper.field"
    assert refused.value.params["file"] == f"{FOLDER}/{office}/record.docx"
    assert refused.value.params["field"] == "罚款金额"
    assert not folder_of(round, out).exists()
    other = next(one for one in sorted(round.offices) if one != office)
    papers(round, out, offices=[other], formats=[WORD])  # it is nobody else's template


def test_a_template_with_an_impossible_name_is_refused(round: Round, out: Path, templates: Path) -> None:
    """Its name becomes part of files' names."""
    (templates / "a b.docx").write_bytes(written("x"))
    with pytest.raises(UsageError) as refused:
        papers(round, out)
    assert refused.value.code == "month.paper_name"


def test_laid_templates_give_the_same_papers_and_are_never_overwritten(round: Round, out: Path) -> None:
    """Unchanged they print what ours print; changed ones stay when they are laid again."""
    office = busiest(round)
    papers(round, out, offices=[office], formats=[WORD])
    before = {path: path.read_bytes() for path in folder_of(round, out, office).rglob("*.docx")}
    names = [f"{form.name}.docx" for form in shipped_forms()]
    assert lay_templates(round.city).facts["laid"] == names
    papers(round, out, offices=[office], formats=[WORD])
    assert {path: path.read_bytes() for path in before} == before
    folder = round.city.store.path.parent / FOLDER
    (folder / "notice.docx").write_bytes(written("本局"))
    (folder / "record.docx").unlink()
    again = lay_templates(round.city).facts
    assert (again["laid"], again["kept"]) == (["record.docx"], [name for name in names if name != "record.docx"])
    assert texts((folder / "notice.docx").read_bytes()) == ["本局"]
    assert "{{ 企业名称 }}" in (folder / FIELDS).read_text(encoding="utf-8-sig")
    assert Templates(round.city).own_files() == sorted(names)


def test_a_name_that_no_font_shows_has_its_word_file(round: Round, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One character without a shape costs that visit's PDFs, which are named; all others are made."""
    office, said = busiest(round), iter(["😀"])
    monkeypatch.setattr(values, "day_words", lambda text: f"{text}{next(said, '')}")  # of the first visit alone
    report = papers(round, out, offices=[office])
    folder = folder_of(round, out, office)
    lacking = {path.name for path in folder.rglob("*.docx") if not path.with_suffix(".pdf").exists()}
    assert {name.rpartition("-")[2] for name in lacking} == {"approval.docx", "notice.docx", "record.docx"}
    named = [Path(str(path)) for path in report.facts["lacking"]]  # type: ignore[attr-defined]
    assert {path.with_suffix(".docx").name for path in named} == lacking
    assert ({path.parts[0] for path in named}, report.exit_code) == ({office}, 4)
    told = [line.text("zh") for line in report.lines if line.code == "month.paper_lacking"]
    assert len(told) == 3 and all("U+1F600" in text for text in told)


def test_offices_and_rounds_that_are_not_there(round: Round, out: Path, tmp_path: Path) -> None:
    """An unknown office, a folder of somebody else's, a round whose inspectors are not drawn: each is told."""
    with pytest.raises(UsageError) as refused:
        papers(round, out, offices=["nobody"])
    assert (refused.value.code, refused.value.params["office"]) == ("month.office_unknown", "nobody")
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "letter.txt").write_text("x")
    with pytest.raises(UsageError) as refused:
        papers(round, tmp_path / "theirs")
    assert refused.value.code == "month.out_foreign"
    with pytest.raises(UsageError) as refused:
        papers(round.city.upcoming("2027-03", rehearsal=True), out)
    assert (refused.value.code, refused.value.params["command"]) == ("month.step_missing", "match")
