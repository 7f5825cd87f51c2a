"""Foreign files at the desk: columns proposed, confirmed or changed by a person, kept under a name, imported."""

import io
import re

import pytest

from supervision.desk import jobs, uploads
from supervision.directory.mapping.source import read_mapping

HEAD = "序号,企业名称,检查日期,执法部门,检查结果,联系电话\n"


def visits(desk):
    """Return a foreign list of visits: one of a unit of the town, one of nobody, one on a day that is none."""
    units = desk.play.city("x").register("entities", on=desk.play.time.date(), columns=["unit_id", "name"])
    name = units["name"].iloc[0]
    rows = [f"1,{name},2026-05-06,市场监管局,合格,13800000000", "2,某某不存在公司,2026-05-07,市场监管局,合格,"]
    return units["unit_id"].iloc[0], HEAD + "\n".join([*rows, f"3,{name},2026-13-07,市场监管局,合格,"]) + "\n"


def send(person, text, name="检查记录.csv", **form):
    """Upload a file and return the address of its page."""
    given = {"kind": "history", "as_of": "2026-11-20", **form}
    answer = person.post("/mappings", files=[(io.BytesIO(text.encode("gbk")), name)], **given)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def chosen(page):
    """Return what each column of the page is read as."""
    found = {}
    for number, options in re.findall(r'<select name="column-(\d+)".*?>(.*?)</select>', page, re.DOTALL):
        field = re.search(r'value="([^"]*)" selected', options)
        found[int(number)] = field[1] if field else ""
    return found


FORM = {"kind": "history", "as_of": "2026-11-20", "set-item_id": "market-food", "set-kind": "routine"}


def test_a_foreign_file_goes_in_by_what_a_person_confirmed(at):
    """Proposed, completed, looked at, kept and imported; personal data cannot be chosen; a second file needs a name."""
    desk = at("committed")
    person = desk.person("wang-01")
    unit, text = visits(desk)
    address = send(person, text)
    page = person.get(address).text
    fields = chosen(page)
    assert fields[1] == "unit_name"
    assert fields[2] == "date"
    assert 5 not in fields or fields[5] == ""
    assert "138" not in page
    assert "还缺" in page
    place = address.partition("?")[0]
    columns = {f"column-{number}": field for number, field in fields.items()}
    columns |= {"column-3": "agency", "column-4": "result"}
    look = person.post(place, do="look", **FORM, **columns).text
    coded = re.findall(r'name="word-(\d+)" value="([^"]+)"', look)
    words = {f"word-{number}": word for number, word in coded} | {f"code-{number}": "1" for number, _ in coded}
    assert [word for _, word in coded] in ([], ["合格"])
    look = person.post(place, do="look", **FORM, **columns, **words).text
    assert chosen(look)[4] == "result"
    assert "1 行可以导入，2 行会退回" in look
    assert unit in look
    assert "某某不存在公司" in look
    assert desk.play.city("x").store.mappings() == []
    done = person.work(place, do="import", name="街道检查", **FORM, **columns, **words)
    assert "新增 1 行" in done
    assert "退回 2 行" in done
    kept = read_mapping("x", desk.play.city("x").store.mapping("街道检查"))
    assert kept.columns["企业名称"] == "unit_name"
    assert kept.set["item_id"] == "market-food"
    rejects = person.get("/registers/rejects/1").text
    assert "2026-13-07" in rejects
    assert person.get("/registers/rejects/1/0?names=1").data.startswith(b"PK")
    assert "街道检查" in person.get("/mappings").text
    more = HEAD + text.splitlines()[1].replace("05-06", "06-08") + "\n"
    files = [(io.BytesIO(more.encode("gbk")), "六月.csv")]
    again = person.work("/registers", kind="history", as_of="2026-11-20", mapping="街道检查", files=files)
    assert "新增 1 行" in again


def test_a_choice_that_cannot_be_is_said_and_kept(at):
    """Two columns for one field: nothing is kept, the choices stay, and nothing is imported."""
    desk = at("committed")
    person = desk.person("wang-01")
    address = send(person, visits(desk)[1]).partition("?")[0]
    columns = {"column-1": "unit_name", "column-2": "date", "column-3": "date"}
    answer = person.post(address, do="import", name="x", **FORM, **columns)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert chosen(answer.text)[3] == "date"
    assert 'value="market-food"' in answer.text
    assert jobs.latest(desk.file, last=1) == []
    assert desk.play.city("x").store.mappings() == []


def test_another_mapping_of_the_name_is_not_lost(at):
    """What somebody kept stays, until a person says that it is to be replaced."""
    desk = at("committed")
    person = desk.person("wang-01")
    city, kept = desk.play.city("x"), b"kind: events\n"
    city.store.keep_mapping("x", kept, who="sun-04", at=city.now().isoformat())
    address = send(person, visits(desk)[1]).partition("?")[0]
    columns = {"column-1": "unit_name", "column-2": "date", "column-3": "agency", "column-4": "result"}
    answer = person.post(address, do="import", name="x", **FORM, **columns)
    assert answer.status_code == 422
    assert "勾选替换" in answer.text
    assert city.store.mapping("x") == kept
    assert "导入" in person.work(address, do="import", name="x", replace="yes", **FORM, **columns)
    assert city.store.mapping("x") != kept


@pytest.mark.parametrize("name", ["", "../x", "a/b"])
def test_a_mapping_needs_a_name(at, name):
    """Without one, or with one that the store does not take, it is said; the form stays."""
    desk = at("committed")
    person = desk.person("wang-01")
    address = send(person, visits(desk)[1]).partition("?")[0]
    columns = {"column-1": "unit_name", "column-2": "date", "column-3": "agency", "column-4": "result"}
    answer = person.post(address, do="import", name=name, **FORM, **columns)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert jobs.latest(desk.file, last=1) == []


def test_the_register_is_guessed_and_can_be_another(at):
    """Without a kind the likeliest is taken; another one gives another proposal."""
    desk = at("committed")
    person = desk.person("wang-01")
    text = "统一社会信用代码,企业名称,成立日期,登记状态\n91320505MA1MYBAB0H,甲公司,2020-01-01,存续\n"
    address = send(person, text, kind="")
    page = person.get(address).text
    assert 'value="entities" selected' in page
    other = person.post(address.partition("?")[0], do="kind", kind="history").text
    assert 'value="history" selected' in other


def test_a_file_that_is_no_table_and_one_that_is_gone(at):
    """Both are said clearly; a token that is none leads nowhere."""
    desk = at("committed")
    person = desk.person("wang-01")
    address = send(person, "nothing here\n")
    assert person.get(address).status_code == 422
    for token in ("0" * 32, "..", "x"):
        assert person.get(f"/mappings/{token}").status_code == 404
    assert person.post("/mappings", kind="results", files=[]).status_code == 422
    refused = person.post("/registers", kind="offices", mapping="/etc/x.yaml", files=[(io.BytesIO(b"x"), "x.csv")])
    assert refused.status_code == 422
    assert "/etc/x.yaml" in refused.text


def test_only_the_beginning_of_a_large_text_is_looked_at(tmp_path):
    """It ends at a line; small files and workbooks are taken as they are."""
    large, small = tmp_path / "a.csv", tmp_path / "b.csv"
    large.write_bytes(b"x,y\n" + b"1,2\n" * uploads.HEAD)
    small.write_bytes(b"x,y\n")
    made = uploads.head(large)
    assert made.name == "head-of-a.csv"
    assert len(made.read_bytes()) == uploads.HEAD // 4 * 4
    assert uploads.head(small) == small
    book = tmp_path / "c.xlsx"
    book.write_bytes(b"PK" + bytes(uploads.HEAD * 2))
    assert uploads.head(book) == book


@pytest.mark.parametrize("name", ["li-02", "qian-05", "zhou-06"])
def test_only_the_coordinator_maps(at, name):
    """Others have no such pages, not even with the token of an upload."""
    desk = at("committed")
    address = send(desk.person("wang-01"), visits(desk)[1])
    person = desk.person(name)
    assert person.get("/mappings").status_code == 404
    assert person.get(address).status_code == 404
    assert person.post(address.partition("?")[0], do="look", **FORM).status_code == 404


def test_nothing_is_kept_while_a_job_runs(at):
    """The store is held by the job: the mapping is refused at once, with who started it."""
    desk = at("committed")
    person = desk.person("wang-01")
    address = send(person, visits(desk)[1]).partition("?")[0]
    person.work("/rounds/2026-12/preview")
    with desk.file.writing() as database:
        database.execute("UPDATE job SET state = 'running', beat = 1e12, pid = ?", [1])
    columns = {"column-1": "unit_name", "column-2": "date", "column-3": "agency", "column-4": "result"}
    answer = person.post(address, do="import", name="x", **FORM, **columns)
    assert answer.status_code == 422
    assert "wang-01" in re.search(r'role="alert">(.*?)</div>', answer.text, re.DOTALL)[1]
    assert desk.play.city("x").store.mappings() == []
