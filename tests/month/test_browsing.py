"""Browsing (浏览): what the copy holds and what not, the ready questions, and the pages as they are asked for."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import closing
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from real_rounds import ROUND
from result_desk import Desk

from supervision.cli import _datasette
from supervision.directory.register import register
from supervision.errors import UsageError
from supervision.month.browse_tables import MADE, QUESTIONS, SHOWN, headings
from supervision.month.browsing import write_browsable
from supervision.month.city import BEIJING
from supervision.month.visit_ledger import ledger_of
from supervision.notice.denied import DENIED

LATE = datetime(2026, 12, 31, 10, tzinfo=BEIJING)


@pytest.fixture
def desk(at, tmp_path):
    """The month after its second draw, some of its results recorded, at the end of the year."""
    desk = Desk(at("matched"), tmp_path)
    first = desk.rows[0]
    desk.record(desk.fill("filled", {(first, "检查结果"): "E 发现问题经责令已改正"}, rows=desk.rows[:-1]))
    desk.city.now = lambda: LATE
    return desk


def copied(desk):
    """Write the copy and return its rows by table, and a function that asks a ready question."""
    path = desk.work / "copy.db"
    write_browsable(desk.city, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')] for name in names}
        asked = {one.name: [dict(row) for row in connection.execute(one.sql)] for one in QUESTIONS}
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    return rows, asked, [tuple(row) for row in broken]


def test_no_column_of_a_person_is_named():
    """No shown column is private or holds names, telephones, certificates, classes; each has the register's title."""
    people = {"contact", "phone", "mobile", "legal_rep", "cert_no", "reviewer", "inspector", "address", "note", "class"}
    denied = {*DENIED["个人信息与联系方式"], *DENIED["信用风险分类、评分及理由"], *people}
    for kind, names in SHOWN.items():
        private = {column.name for column in register(kind).private}
        assert not set(names) & (denied | private), kind
        assert set(names) <= set(register(kind).names)
    assert "name" not in SHOWN["inspectors"]
    assert not {"recusals", "leave", "objections", "professional", "warnings"} & set(SHOWN)
    told = headings("zh")
    assert told["entities"][0] == register("entities").title.zh
    assert told["results"][1]["item_result"] == "单项结果"
    assert (told["due"][0], set(told)) == (MADE["due"][0].zh, {*SHOWN, *MADE})


def test_the_copy_holds_the_rows_and_nobodys_data(desk):
    """Every enterprise and result is there; no inspector's name or certificate, no telephone, no reviewer, no class."""
    rows, _, broken = copied(desk)
    assert broken == []
    today, store = LATE.date(), desk.city
    for kind in SHOWN:
        assert len(rows[kind]) == len(store.register(kind, on=today)), kind
    assert {row["result"] for row in rows["results"]} == {"1", "E"}
    body = (desk.work / "copy.db").read_bytes().decode("utf-8", errors="replace")
    people, units = store.register("inspectors", on=today), store.register("entities", on=today)
    offices = store.register("offices", on=today)
    secret = [*people["name"], *people["cert_no"], *offices["phone"].dropna(), "钱审核"]
    for column in ("legal_rep", "phone", "contact", "address"):
        secret += units[column].dropna().tolist()[:200]
    assert len(secret) > 500
    names = " ".join(units["name"].dropna())
    assert [text for text in secret if text in body and text not in names] == []
    held = {path.name for path in Path(desk.city.store.path).parent.glob("*.db")}
    assert "copy.db" not in held


def test_ready_questions_agree_with_the_store(desk):
    """Who is due and overdue as follow-up says, results as counted here, units at cap as the ledger says."""
    rows, asked, _ = copied(desk)
    results = desk.versions()
    own = {(row["visit_id"], row["item"]) for row in rows["due"] if row["state"] in ("已录入", "逾期后录入")}
    items = desk.city.round(ROUND).items
    assert own == {(one.visit_id, items[one.item_id].name) for one in results.itertuples()}
    waiting = [row for row in rows["due"] if row["state"] in ("待录入", "已超期")]
    assert len(asked["waiting"]) == len(waiting) > 0
    assert len(asked["overdue"]) == sum(row["state"] == "已超期" for row in rows["due"]) > 0
    assert all(row["公示期限"] < "2026-12-31" for row in asked["overdue"])
    counted = {row["公示类别"]: row["件数"] for row in asked["by_category"]}
    assert counted == {"未发现问题": len(results) - 1, "发现问题已责令改正": 1}
    assert sum(row["应录入"] for row in asked["by_office"]) == len(rows["due"])
    ledger = ledger_of(desk.city, 2026)
    told = {(row["统一社会信用代码"], row["上限依据"], row["已用次数"]) for row in asked["at_cap"]}
    assert told
    for unit, _, used in told:
        assert len(ledger.visits[ledger.visits["unit_id"] == unit].drop_duplicates("visit_no")) >= used
    assert all(row["剩余次数"] <= 0 for row in asked["at_cap"])


def test_visits_that_lie_ahead_are_not_shown(desk):
    """On the day before the month nothing of what was drawn can be seen: who will be visited is not known here."""
    desk.city.now = lambda: datetime(2026, 11, 30, 8, tzinfo=BEIJING)
    planned = desk.city.round(ROUND).table("drawn", ["unit_id"])
    rows, asked, _ = copied(desk)
    assert (len(planned) > 0, rows["due"], asked["waiting"]) == (True, [], [])
    assert not any(row["year"] == 2026 and row["rule"] and row["used"] > row["most"] for row in rows["used"])


def ask(url, **headers):
    """Return status and body of a page."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_pages(desk):
    """The command serves the copy: titles in Chinese, ready questions, no query of one's own, no other name."""
    pytest.importorskip("datasette")
    command = [sys.executable, "-m", "supervision", "browse", "--port", "0", "--store", str(desk.city.store.path)]
    environment = {**os.environ, "TMPDIR": str(desk.work), "LANG": "zh_CN.UTF-8", "NO_PROXY": "*"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        line = process.stdout.readline()
        home = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert home, (line, process.poll())
        url = home[0]
        assert list(desk.work.glob("supervision-browse-*"))
        status, page = ask(url + "supervision")
        assert (status, register("entities").title.zh in page, "谁已超过公示期限" in page) == (200, True, True)
        name = quote(register("entities").title.zh)
        status, page = ask(f"{url}supervision/{name.replace('%', '~')}")
        assert (status, "统一社会信用代码" in page, "虎丘区" in page) == (200, True, True)
        status, body = ask(url + "supervision/by_category.json?_shape=array")
        assert (status, {row["公示类别"]: row["件数"] for row in json.loads(body)}) == (
            200,
            {"未发现问题": len(desk.versions()) - 1, "发现问题已责令改正": 1},
        )
        for path in (
            f"supervision?sql={quote('select * from inspectors')}",
            f"supervision.json?sql={quote('select 1')}",
            f"supervision/entities?_where={quote('1=1')}",
            "supervision.db",
        ):
            assert ask(url + path)[0] == 403, path
        assert ask(url, Host="example.com")[0] == 403
        status, body = ask(url + "supervision/inspectors.json?_shape=array")
        assert (status, set(json.loads(body)[0]) - {"rowid"}) == (200, set(SHOWN["inspectors"]))
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 0, errors
    assert not list(desk.work.glob("supervision-browse-*"))


def test_refusals(monkeypatch):
    """Without the optional part, and at a port that is taken or none, the command says what to do."""
    monkeypatch.setattr(_datasette.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UsageError) as caught:
        _datasette.need_datasette()
    assert (caught.value.code, "shuangsuiji[browse]" in caught.value.text()) == ("month.browse_missing", True)
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        for port in (other.getsockname()[1], 70000):
            with pytest.raises(UsageError) as caught:
                _datasette.bound(port)
            assert (caught.value.code, caught.value.params["port"]) == ("month.browse_port", port)
