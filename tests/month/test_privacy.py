"""Nothing that is denied reaches a published byte: marks in every denied field, at every stage of a real round.

The round has a sealed task and an open one. What has no mark of its own – numbers, salts, order, units of the sealed
frame – is taken from the deposited files and searched as it is; class and score, which are small figures, are shown to
have no say in what is published. The tests of this file go on where the one before stopped.
"""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import openpyxl
import planted
import pytest
import real_rounds
from real_rounds import IDS, RECORDS, REVIEWER, ROUND, Play, run_to_the_end

from supervision.errors import SupervisionError
from supervision.month import publishing, recording
from supervision.month.round import Round
from supervision.month.round_files import PROFESSIONAL, SCORES
from supervision.notice.denied import DENIED, refuse_denied

NUMBER = re.compile(r"\d{7,}")  # a demo unit's name holds a number of its own
STAGES = ("committed", "drawn", "rostered", "matched")
NOTE, REVIEWED = planted.mark("results", "note"), planted.mark("results", "reviewer")
TEXTS = {**planted.marks(), NOTE: "results.note", REVIEWED: "results.reviewer", "mkinsp": "inspectors.inspector_id"}


@pytest.fixture(scope="module")
def story(town, tmp_path_factory) -> Iterator[Play]:
    """A town whose registers hold a mark in every denied field, played on by the tests."""
    work = tmp_path_factory.mktemp("planted")
    shutil.copytree(town, work / "town")
    planted.plant(work / "town")
    (work / "play").mkdir()
    play = Play(work / "play", work / "town")
    play.stages = run_to_the_end(play)
    return play


def written(play: Play, part: str = "public") -> dict[str, bytes]:
    """Return every file of a part of the output folder, that which is published."""
    folder = play.out / part
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def table(path: Path) -> list[dict[str, str]]:
    """Read a deposited table, nothing where it is not there yet."""
    return list(csv.DictReader(path.read_text("utf-8").splitlines())) if path.is_file() else []


def secrets_of(play: Play) -> dict[str, str]:
    """Return what the deposited files hold of the sealed task: key, salts, numbers, and the units that nobody knows."""
    task = play.out / "audit" / ROUND / "tasks" / "T01-food"
    found = {(play.out / "audit" / ROUND / "frame_key.hex").read_text(): "frame_key"}
    found |= {row["salt"]: "salt" for row in table(task / "frame.csv")}
    found |= {row[name]: name for row in table(task / "order.csv") for name in ("U", "D")}
    opened = table(play.out / "public" / ROUND / "open" / "T11-disclosure" / "frame.csv")
    names = {row["unit_id"]: NUMBER.search(row["name"])[0] for row in table(play.inputs / "entities.csv")}
    known = {row["unit_id"] for row in opened} | {row["unit_id"] for row in play.public("results.json")["results"]}
    for row in (*table(task / "frame.csv"), *table(task / "excluded.csv")):
        if row["unit_id"] not in known:
            found[row["unit_id"]] = "unit of the sealed frame"
            found[names[row["unit_id"]]] = "name of the sealed frame"
    return found


@pytest.mark.parametrize("stage", STAGES)
def test_before_the_visits_nothing_leaks(story, stage):
    """Committed, drawn, rostered, matched: no mark, key, salt, number or unit of the sealed task in any byte."""
    assert next(story.stages) == stage
    secrets = secrets_of(story)
    assert {"frame_key", "salt", "unit of the sealed frame"} <= set(secrets.values())
    assert ("D" in secrets.values()) == (stage != "committed")
    files = written(story)
    assert "data-2026.zip" in files and f"{ROUND}.zip" in files
    assert planted.leaks(files, TEXTS, secrets) == []


def test_with_results_only_their_units_are_known(story):
    """An office's results with marks in note and reviewer are public: those units, no others of the sealed frame."""
    story.set("2026-12-09T09:00")
    city = story.city(RECORDS)
    filled = [real_rounds.fill(story, office) for office in story.offices()]
    for path in filled:
        book = openpyxl.load_workbook(path)
        sheet = book["结果录入"]
        note = next(cell.column for cell in sheet[2] if cell.value == "备注")
        for row in range(3, sheet.max_row + 1):
            if sheet.cell(row, 2).value:
                sheet.cell(row, note, NOTE)
                sheet.cell(row, REVIEWER, REVIEWED)
                assert "mkinsp" in sheet.cell(row, IDS).value
        book.save(path)
    recording.record(city, filled)
    publishing.publish(story.round(RECORDS), story.out)
    assert len(story.public("results.json")["results"]) > 0
    told = set(secrets_of(story).values())
    assert {"U", "D", "salt", "unit of the sealed frame"} <= told
    assert planted.leaks(written(story), TEXTS, secrets_of(story)) == []


def test_the_marks_are_in_the_registers(story):
    """What was planted is really there to be leaked: each mark stands in a register, but private columns nowhere."""
    city = story.city(RECORDS)
    kept = {}
    for kind in (*planted.PLANTED, "results"):
        cells = city.register(kind, on=story.time.date()).to_numpy().ravel()
        kept[kind] = "\n".join(sorted({str(cell) for cell in cells}))
    never = {planted.mark("inspectors", column) for column in ("身份证号", "手机号", "家庭住址")}
    for text, place in TEXTS.items():
        assert any(text in told for told in kept.values()) == (text not in never), place


def test_the_same_search_finds_them_inside(story):
    """In the offices' workbooks and the deposited files, where they may stand, the search finds marks and secrets."""
    inside = {what for _, what in planted.leaks(written(story, "internal"), TEXTS, {})}
    assert {"inspectors.姓名", "inspectors.inspector_id"} <= inside
    secrets = secrets_of(story)
    assert {what for _, what in planted.leaks(written(story, "audit"), {}, secrets)} >= {"frame_key", "salt", "U", "D"}


def test_class_and_score_have_no_say(story, monkeypatch):
    """With every class and score turned round, and marks for reasons, the pages are the same to the byte."""
    plain = publishing.public_files(*of_round(story))
    read = Round.table

    def turned(self, name, columns=None, **given):
        frame = read(self, name, None, **given)
        if name in (SCORES, PROFESSIONAL):
            changed = {"class": frame["class"].map(dict(zip("ABCD", "DCBA", strict=True))).fillna("B")}
            changed |= {"score": 1000 - frame["score"]} if "score" in frame else {}
            frame = frame.assign(**changed)
            assert not frame.equals(read(self, name, None, **given))
        return frame if columns is None else frame[columns]

    monkeypatch.setattr(Round, "table", turned)
    assert publishing.public_files(*of_round(story)) == plain


def of_round(play):
    """Return what public_files is given of the round, opened anew."""
    round = play.round(RECORDS)
    return round, round.tasks, publishing.shown_results(round), publishing.publishable(round)


@pytest.mark.parametrize("form", ["plain", "json", "html", "numbers", "url", "gbk url", "gbk", "utf-16", "csv"])
@pytest.mark.parametrize("packing", ["none", "zip", "gz", "zip in zip"])
def test_the_search_finds_every_form(form, packing):
    """The search itself: a mark is found in each form and packing, and something else is not."""
    text = planted.mark("entities", "phone")
    source = {
        "plain": text.encode(),
        "json": json.dumps(f"a{text}").encode(),
        "html": html.escape(text).encode(),
        "numbers": "".join(f"&#x{ord(sign):x};" for sign in text).encode(),
        "url": quote(text).encode(),
        "gbk url": quote(text, encoding="gbk").encode(),
        "gbk": text.encode("gbk"),
        "utf-16": text.encode("utf-16-be"),
        "csv": ('"' + text.replace('"', '""') + '"').encode(),
    }[form]
    for _ in range({"none": 0, "gz": 0, "zip": 1, "zip in zip": 2}[packing]):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/sharedStrings.xml", source)
        source = packed.getvalue()
    source = gzip.compress(source) if packing == "gz" else source
    assert [what for _, what in planted.leaks({"f": source}, planted.marks(), {})] == ["entities.phone"]


def test_the_search_finds_whole_words():
    """A number is found as a whole word, in a packed file too, and not as a part of a longer one."""
    tokens = {"91320505YY5H43JL9T": "unit"}
    assert planted.leaks({"f": gzip.compress(b"a,91320505YY5H43JL9T,b")}, {}, tokens) == [("f:gz", "unit")]
    assert planted.leaks({"f": b"00" + b"91320505YY5H43JL9T"}, {}, tokens) == []


@pytest.mark.parametrize("name", sorted(name for names in DENIED.values() for name in names))
def test_a_denied_field_stops_the_publication(name):
    """A table with a denied field, as JSON or CSV, is refused by name; the same word as a value is not."""
    for path, source in (("results.json", f'{{"rows":[{{"{name}":1}}]}}'), ("a/b.csv", f"unit_id,{name}\nU1,9\n")):
        with pytest.raises(SupervisionError) as refused:
            refuse_denied({path: source.encode()})
        assert (refused.value.code, refused.value.params["field"]) == ("notice.denied", name)
    refuse_denied({"a.json": json.dumps({"name": f'"{name}": x'}).encode(), "b.csv": f"name\n{name}\n".encode()})


def test_only_tables_are_looked_into(tmp_path):
    """A page that speaks of a class, and a file that is not read into memory, are not tables with such a field."""
    words = b'{"class":1}'
    (tmp_path / "a.json").write_bytes(words)
    refuse_denied({"check.html": words, "verify.py": b"class,score\n", "a.json": tmp_path / "a.json"})


def test_only_an_open_frame_may_tell_equal_chances():
    """x, L, salt and stratum stand in the frame of an open task; the same file elsewhere is refused, a class always."""
    frame = b"unit_id,stratum,x,L,salt\n"
    refuse_denied({"open/T11/frame.csv": frame, "open/T11/strata.json": b'[{"stratum":"s1"}]'})
    for path, source in (
        ("open/frame.csv", frame),
        ("T11/frame.csv", frame),
        ("open/T11/frame.csv", b"unit_id,class\n"),
    ):
        with pytest.raises(SupervisionError):
            refuse_denied({path: source})
