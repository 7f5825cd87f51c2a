"""What is told over all rounds stands beside them: statistics, data, archives, listed in the home page's manifest."""

from __future__ import annotations

import csv
import json
import shutil
import zipfile

import real_rounds
from real_rounds import RECORDS

from supervision.month import publishing, recording
from supervision.month.city import City
from supervision.month.home_page import write_home
from supervision.notice.open_data_columns import COLUMNS
from supervision.sampling.protocol.verifier import verify


def rows(path):
    """Read a CSV file as it stands."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_all_of_it_is_listed_and_linked(rehearsal):
    """The home page links both pages, its manifest lists every file, and the whole folder verifies."""
    public = rehearsal.out / "public"
    listed = {entry["path"] for entry in json.loads((public / "manifest.json").read_bytes())["files"]}
    data = {path.relative_to(public).as_posix() for path in (public / "data").rglob("*") if path.is_file()}
    assert len(data) == 2 * len(COLUMNS) + 2
    assert data | {"statistics.html", "statistics.json", "statistics.csv", "data.html", "data-2026.zip"} <= listed
    home = (public / "index.html").read_text(encoding="utf-8")
    assert 'href="statistics.html"' in home and 'href="data.html"' in home
    assert verify(rehearsal.out).difference is None


def test_data_are_those_of_the_rounds_own_files(rehearsal):
    """The rows of a table are the rows of the round's file, after the round's name; a rehearsal is marked in each."""
    public = rehearsal.out / "public"
    for table, file in (("tasks", "plan"), ("lists", "draw"), ("oversight", "oversight")):
        own = rows(public / "2026-12" / f"{file}.csv")
        assert rows(public / "data" / "2026" / f"{table}.csv") == [
            {"round": "2026-12", "rehearsal": "yes", **row} for row in own
        ]
    counts = json.loads((public / "2026-12" / "index.json").read_bytes())["counts"]
    (told,) = json.loads((public / "data" / "2026" / "rounds.json").read_bytes())["rows"]
    assert {name: told[name] for name in counts} == counts
    assert counts["joint"] <= counts["office_visits"] - counts["visits"]


def test_an_archive_holds_a_year_and_repeats(copied, tmp_path):
    """data-2026.zip: the dictionary and all tables, with fixed times; written anew its bytes are the same."""
    public = copied.out / "public"
    before = (public / "data-2026.zip").read_bytes()
    with zipfile.ZipFile(public / "data-2026.zip") as archive:
        names = archive.namelist()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert all(archive.read(name) == (public / name).read_bytes() for name in names)
    tables = [f"2026/{table}.{ending}" for table in COLUMNS for ending in ("csv", "json")]
    assert names == sorted(f"data/{name}" for name in ["dictionary.csv", "dictionary.json", *tables])
    (public / "data-2026.zip").unlink()
    shutil.rmtree(public / "data")
    manifest = (public / "manifest.json").read_bytes()
    write_home(City.open(copied.store, who="x", rules=copied.inputs / "rules"), copied.out)
    assert (public / "data-2026.zip").read_bytes() == before
    assert (public / "manifest.json").read_bytes() == manifest


def test_a_file_that_a_killed_run_left_is_not_listed(copied):
    """Half a file of an earlier run beside the data does not get into the manifest."""
    public = copied.out / "public"
    (public / "data" / "2026" / ".rounds.csv.part").write_bytes(b"half a fi")
    write_home(City.open(copied.store, who="x", rules=copied.inputs / "rules"), copied.out)
    assert b".part" not in (public / "manifest.json").read_bytes()


def test_results_of_a_real_round_get_in(at):
    """Once results are recorded and the round is published again, they stand in the data and in the statistics."""
    play = at("matched")
    office = play.offices()[0]
    play.set("2026-12-09T09:00")
    city = play.city(RECORDS)
    recording.record(city, [real_rounds.fill(play, office)])
    publishing.publish(play.round(RECORDS), play.out)
    public = play.out / "public"
    own = play.public("results.json")["results"]
    told = json.loads((public / "data" / "2026" / "results.json").read_bytes())["rows"]
    assert own and told == [{"round": "2026-12", "rehearsal": "no", **row} for row in own]
    figures = json.loads((public / "statistics.json").read_bytes())
    assert figures["rehearsal"] == "no"
    assert figures["categories"] == [{"category": "未发现问题", "results": len(own)}]
    assert figures["months"][0]["published"] == len(own)
    assert "演练数据" not in (public / "statistics.html").read_text(encoding="utf-8")
