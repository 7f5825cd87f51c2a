"""Who comes in, and who does not: passwords, sessions, the proxy's header, tokens of forms, headers of answers."""

import json
import re

import pytest
from desk_people import PASSWORD, WRONG, Person

from supervision.desk import accounts, acts
from supervision.desk.menu import ENTRIES, UNDER
from supervision.desk.pages import BLUEPRINTS
from supervision.store.log import verify_log


def test_a_stranger_sees_the_login_only(at):
    """Every address answers a stranger with the login, and shows nothing."""
    desk = at("committed")
    stranger = Person(desk.app.test_client())
    for path in ("/", "/rounds", "/rounds/2026-12", "/jobs", "/nothing"):
        answer = stranger.get(path)
        assert answer.status_code == 302
        assert answer.headers["Location"] == "/login"
    assert stranger.post("/rounds/2026-12/publish").status_code == 302
    assert desk.acts() == []


def test_a_new_session_each_time_and_an_end_for_good(at):
    """What the browser brought before is not the session after; a session that was ended stays ended."""
    desk = at("committed")
    person = Person(desk.app.test_client())
    person.get("/login")
    before = person.client.get_cookie("desk").value
    person.post("/login", name="wang-01", password=PASSWORD)
    kept = person.client.get_cookie("desk").value
    assert kept != before
    assert person.get("/").status_code == 200
    assert person.post("/logout").status_code == 302
    person.client.set_cookie("desk", kept)
    assert person.get("/").status_code == 302
    assert [entry["step"] for entry in desk.acts()] == ["login", "logout"]


def test_five_wrong_passwords_let_an_account_rest(at, monkeypatch):
    """The sixth try is refused though it is right, until the time is over; a right one in between starts anew."""
    desk = at("committed")
    stranger = Person(desk.app.test_client())
    for _ in range(4):
        assert stranger.post("/login", name="wang-01", password=WRONG).status_code == 401
    desk.person("wang-01")
    for _ in range(5):
        assert stranger.post("/login", name="wang-01", password=WRONG).status_code == 401
    answer = stranger.post("/login", name="wang-01", password=PASSWORD)
    assert answer.status_code == 401
    assert "15 分钟" in answer.text
    later = accounts.time.time() + 15 * 60 + 1
    monkeypatch.setattr(accounts.time, "time", lambda: later)
    desk.person("wang-01")


def test_a_password_in_the_field_of_the_name_is_not_kept(at):
    """Only names of accounts stand in the log."""
    desk = at("committed")
    Person(desk.app.test_client()).post("/login", name="my-secret-word", password=WRONG)
    assert desk.acts("login_refused")[0]["who"] == "-"
    assert "my-secret-word" not in json.dumps(desk.acts())


def test_an_idle_session_ends(at, monkeypatch):
    """After half an hour without a request the login comes."""
    desk = at("committed")
    person = desk.person("wang-01")
    now = accounts.time.time()
    monkeypatch.setattr(accounts.time, "time", lambda: now + 29 * 60)
    assert person.get("/").status_code == 200
    monkeypatch.setattr(accounts.time, "time", lambda: now + 58 * 60)
    assert person.get("/").status_code == 200
    monkeypatch.setattr(accounts.time, "time", lambda: now + 89 * 60)
    assert person.get("/").status_code == 302


def test_a_new_password_ends_the_sessions(at):
    """Whoever had the old one is out; a disabled account is as well."""
    desk = at("committed")
    person, other = desk.person("wang-01"), desk.person("li-02")
    accounts.Accounts(desk.file).set_password("wang-01", "another-word-1")
    accounts.Accounts(desk.file).disable("li-02")
    assert person.get("/").status_code == 302
    assert other.get("/").status_code == 302
    assert Person(desk.app.test_client()).post("/login", name="li-02", password=PASSWORD).status_code == 401


def test_the_header_of_a_proxy_counts_from_its_address_only(at):
    """With a proxy in front nobody needs a password, and nobody else can say who they are."""
    desk = at("committed", proxy_header="X-Remote-User", proxies=("10.0.0.9",))
    client = desk.app.test_client()
    named = {"X-Remote-User": "wang-01"}
    assert client.get("/", headers=named, environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code == 200
    assert client.get("/", headers=named, environ_base={"REMOTE_ADDR": "10.0.0.8"}).status_code == 403
    assert client.get("/", environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code == 403
    unknown = {"X-Remote-User": "nobody"}
    assert client.get("/", headers=unknown, environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code == 403
    ordinary = at("drawn").app.test_client()
    assert ordinary.get("/", headers=named, environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code == 302


def test_a_form_without_its_token_changes_nothing(at):
    """A form of another page is refused, with or without a token of another session."""
    desk = at("committed")
    person, other = desk.person("wang-01"), desk.person("li-02")
    person.get("/rounds/2026-12")
    other.get("/rounds/2026-12")
    for token in ("", "x", other.token):
        assert person.post("/rounds/2026-12/preview", token=token).status_code == 400
    assert desk.acts("job.preview") == []


@pytest.mark.parametrize("path", ["/", "/login", "/nothing", "/static/page.js", "/style.css"])
def test_every_answer_has_the_headers(at, path):
    """Nothing from outside runs, nothing is framed, nothing but files is kept by the browser."""
    answer = at("committed").person("wang-01").get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert ("no-store" in answer.headers.get("Cache-Control", "")) == (path != "/static/page.js")


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(at):
    """HttpOnly, SameSite; over https only where https stands in front."""
    for https in (False, True):
        client = at("committed" if https else "drawn", https=https).app.test_client()
        cookie = client.get("/login").headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert ("Secure" in cookie) == https


def test_no_page_has_a_script_or_style_of_its_own(at):
    """The policy would stop them; nothing relies on them either."""
    person = at("committed").person("wang-01")
    for path in ("/", "/rounds", "/rounds/2026-12", "/jobs"):
        page = person.get(path).text
        assert re.search(r"<script(?![^>]*src=)|<style|\son\w+=|\sstyle=|javascript:", page) is None


def test_too_many_requests_wait(at):
    """From one address so many a minute, logins fewer."""
    desk = at("committed", per_minute=5)
    person = Person(desk.app.test_client())
    assert [person.client.get("/login").status_code for _ in range(6)][-1] == 429


def test_a_large_upload_is_refused(at):
    """More than the limit never reaches a page."""
    desk = at("committed", largest=1000)
    person = desk.person("wang-01")
    assert person.post("/rounds/2026-12/preview", filler="x" * 2000).status_code == 413


def test_the_log_of_acts_is_a_chain(at):
    """Changing one entry breaks it, as in the store's log."""
    desk = at("committed")
    desk.person("wang-01")
    desk.person("li-02").post("/logout")
    lines = acts.all_lines(desk.file)
    assert verify_log(lines) is None
    assert verify_log(lines.replace(b"li-02", b"li-03", 1)) == 3


def test_the_file_is_for_its_owner_only(at):
    """It holds password hashes and the key of the cookies; passwords and tokens stand nowhere."""
    desk = at("committed")
    desk.person("wang-01")
    assert desk.file.path.stat().st_mode & 0o777 == 0o600
    content = b"".join(path.read_bytes() for path in desk.file.path.parent.glob("x.db.desk*"))
    assert PASSWORD.encode() not in content
    assert b"$argon2id$" in content


def test_every_page_marks_its_place_in_the_menu(at):
    """One entry is marked, that which leads there; every page but login and style sheet belongs to one."""
    entries = {endpoint.partition(".")[0]: words for endpoint, _, words, _ in ENTRIES}
    pages = {blueprint.name for blueprint in BLUEPRINTS} - {"login", "style"}
    assert {UNDER.get(page, page) for page in pages} == set(entries)
    desk = at("matched")
    clerk, office = desk.person("sun-04"), desk.play.offices()[0]
    shown = {
        "/": "待办",
        f"/office/{office}/2026-12/visits": "检查",
        f"/office/{office}/2026-12/due": "检查",
    }
    for path, words in shown.items():
        found = re.findall(r'aria-current="page">([^<]+)<', clerk.get(path).text.partition("</nav>")[0])
        assert found == [words], path
    coordinator = desk.person("wang-01")
    for path, words in (("/rounds", "轮次"), ("/rounds/2026-12/board", "轮次"), ("/registers", "登记表")):
        answer = coordinator.get(path)
        assert answer.status_code == 200, path
        found = re.findall(r'aria-current="page">([^<]+)<', answer.text.partition("</nav>")[0])
        assert found == [words], path
