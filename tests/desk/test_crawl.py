"""Every route as every role: nothing breaks, nothing is open, nothing of another's is shown, no secret, no script."""

from __future__ import annotations

import re
from contextlib import closing
from html import escape
from sqlite3 import connect

import pytest
from desk_crawl import FOREIGN, OPEN, UNCHECKED, gets, posts, read, rules, walk
from desk_people import PASSWORD, PEOPLE, WRONG, AtOnce, Desk, Person
from real_rounds import ROUND

from supervision.desk import drafts, reports_made
from supervision.desk.accounts import Accounts
from supervision.desk.roles import role_acts
from supervision.desk.security import HEADERS, csrf, limiter
from supervision.desk.works import WORKS
from supervision.month.round_results import expected

BAD = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>"
PATHS = ("..", "%2e%2e", "..%2f..%2fx.db", "..%5c..%5cx.db", "%00", "~root")
WHOLE_FOR_AUDITORS = {"verify", "see"}  # acts under which an auditor may send a form: checks that change nothing


def spoil(store) -> None:
    """Put markup into every name, address and reason that the store has: nothing of it may run."""
    with closing(connect(store)) as database, database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            columns = {row[1]: row[2] for row in database.execute(f'PRAGMA table_info("{table}")')}
            keys = {row[1] for row in database.execute(f'PRAGMA table_info("{table}")') if row[5]}
            for column in {"name", "address", "legal_person", "phone"} & set(columns) - keys:
                database.execute(f'UPDATE "{table}" SET "{column}" = "{column}" || ?', [BAD])


@pytest.fixture(scope="module")
def desk(entered, tmp_path_factory):
    """A desk with entries that wait, a report, jobs, drafts, and markup wherever somebody may have typed some."""
    play, offices = entered[0].copy(tmp_path_factory.mktemp("crawl") / "desk"), entered[1]
    spoil(play.store)
    made = Desk(play, office=offices[0], spawn=lambda *_: AtOnce(), per_minute=10**6)
    made.offices = offices
    with made.file.writing() as database:
        database.execute("UPDATE account SET display = name || ?", [BAD])
    with made.app.extensions["desk"].city("wang-01") as city:
        reports_made.make(city, ROUND)
        made.owed = expected(city.round(ROUND))
        made.key = city.round(ROUND).frame_key
    made.person("wang-01").post(f"/rounds/{ROUND}/preview", reason=BAD)
    made.person("zhou-06").post("/audit/verify")
    drafts.keep(made.file, f"review/{ROUND}/qian-05", {"rows": [], "reason": BAD}, version=0, who="qian-05")
    return made


@pytest.fixture(autouse=True)
def unlimited():
    """Let each test log in as often as it likes."""
    limiter.reset()


def known(desk) -> dict[str, list[object]]:
    """Return ids that are there, of the clerk's own office and of the other: what routes take."""
    own, other = (desk.owed[desk.owed["office_id"] == office] for office in desk.offices)
    pairs = {name: [own[name].iloc[0], other[name].iloc[0]] for name in ("visit_id", "unit_id", "item_id", "agency")}
    return pairs | {
        "round_id": [ROUND],
        "round": [ROUND],
        "office": list(desk.offices),
        "office_id": list(desk.offices),
        "visit": pairs["visit_id"],
        "unit": pairs["unit_id"],
        "number": [1, 2],
        "period": [ROUND],
        "name": ["desk", "registers", "report.xlsx"],
        "kind": ["stepin", "leave", "entities", "offices"],
        "of": pairs["unit_id"][:1],
        "check": ["verify", "logs"],
        "work": sorted(WORKS)[:4],
    }


def secrets_of(desk) -> list[bytes]:
    """Return what no page may hold: the round's key, the key of the cookies, what is kept of passwords and sessions."""
    with desk.file.reading() as database:
        kept = [row[0] for row in database.execute("SELECT password FROM account UNION SELECT token FROM session")]
    texts = [desk.file.secret, desk.key.hex(), PASSWORD, *filter(None, kept)]
    return [desk.key, *(text.encode() for text in texts)]


def test_every_view_asks_for_an_act(desk):
    """A route without the check at its door is not there, but for the login, the style and going out."""
    views = desk.app.view_functions
    bare = {rule.endpoint for rule in desk.app.url_map.iter_rules() if not hasattr(views[rule.endpoint], "needs")}
    assert bare <= UNCHECKED
    with desk.app.extensions["desk"].city("-") as city:
        acts = {act for own in role_acts(city).values() for act in own}
    wanted = {view.needs for view in views.values() if hasattr(view, "needs")} | {work.act for work in WORKS.values()}
    assert wanted <= acts


def test_a_stranger_reaches_the_login_only(desk):
    """Whatever is asked for or sent, the login comes."""
    stranger = Person(desk.app.test_client())
    stranger.get("/login")
    for endpoint, address in gets(desk, known(desk)):
        if endpoint not in OPEN:
            answer = stranger.get(address)
            assert (answer.status_code, answer.headers.get("Location")) == (302, "/login"), address
    for _, address in [*posts(desk, known(desk)), ("login.leave", "/logout")]:
        answer = stranger.post(address)
        assert (answer.status_code, answer.headers.get("Location")) == (302, "/login"), address


def test_every_form_needs_its_token(desk):
    """No route is exempt; without the token of the page nothing is sent, whoever sends it."""
    assert not csrf._exempt_views
    assert not csrf._exempt_blueprints
    for name in PEOPLE:
        person = desk.person(name)
        for _, address in [*posts(desk, known(desk)), ("login.enter", "/login"), ("login.leave", "/logout")]:
            for token in ("", "x"):
                assert person.post(address, token=token).status_code == 400, address
        assert person.get("/").status_code == 200


@pytest.mark.parametrize("name", PEOPLE)
def test_nothing_breaks_and_nothing_leaks(desk, name):
    """All routes and all that pages link to: no error of ours, headers on each, no secret, nothing that would run."""
    person, hidden = desk.person(name), secrets_of(desk)
    starts = [address for _, address in gets(desk, known(desk))]
    seen = walk(person, ["/", *starts, *(f"{one}?lang=en" for one in starts), f"/log?who={BAD}&act={BAD}"])
    assert len([one for one in seen.values() if one.status_code == 200]) >= 2
    for address, answer in seen.items():
        assert answer.status_code < 500, address
        assert "Traceback" not in answer.text if "text" in answer.content_type else True, address
        assert not [one for one in hidden if one in answer.data], address
        assert {head: answer.headers.get(head) for head in HEADERS} == HEADERS, address
        if html(answer):
            assert not read(answer.text).runs, address


def test_markup_in_names_is_shown_as_text(desk):
    """It is on the pages, escaped: the crawl above looked at pages that have it."""
    page = desk.person("qian-05").get("/review").text
    said = str(escape(BAD)).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")
    assert page.count(said) > 5
    assert said in page.partition("<textarea")[2].partition("</textarea>")[0]
    assert said in desk.person("zhou-06").get("/log").text or said in page


@pytest.mark.parametrize("name", PEOPLE)
def test_forms_sent_empty_or_as_they_stand_break_nothing(desk, name):
    """A form without its fields, and with the fields as the page has them: an answer each, no error of ours."""
    person = desk.person(name)
    for _, address in posts(desk, known(desk)):
        answer = person.post(address)
        assert answer.status_code < 500, address
        assert not read(answer.text).runs, address
    forms = [form for answer in filter(html, walk(person, ["/"]).values()) for form in read(answer.text).forms]
    sent = set()
    for form in forms:
        fields = {one: value for one, value in form["fields"].items() if one != "csrf_token"}
        asked = (form["action"], *sorted(fields))
        if form["method"] == "post" and form["action"] not in ("/logout", "/login") and asked not in sent:
            sent.add(asked)
            assert person.post(form["action"], **fields).status_code < 500, form


def html(answer) -> bool:
    """Tell whether an answer is a page."""
    return "html" in answer.content_type


def test_an_auditor_changes_nothing(desk):
    """All forms of all routes, sent by an auditor: refused, but for checks; store and drafts stay as they are."""
    views, auditor, before = desk.app.view_functions, desk.person("zhou-06"), state(desk)
    for endpoint, address in posts(desk, known(desk)):
        answer = auditor.post(address)
        if getattr(views[endpoint], "needs", "") not in WHOLE_FOR_AUDITORS | {"rounds", "reports"}:
            assert answer.status_code == 404, address
    assert state(desk) == before
    with desk.file.reading() as database:
        begun = {row[0] for row in database.execute("SELECT work FROM job WHERE name = 'zhou-06'")}
    assert {WORKS[work].act for work in begun} <= {"verify", "reports"}


def state(desk):
    """All that an auditor may not change: every table of the store, drafts and accounts."""
    with closing(connect(desk.play.store)) as database:
        lines = list(database.iterdump())
    with desk.file.reading() as database:
        own = [tuple(row) for table in ("draft", "account") for row in database.execute(f"SELECT * FROM {table}")]
    return lines, own


def test_a_clerk_reaches_nothing_of_another_office(desk):
    """Every address with an id of the other office is no page for a clerk, and asking is on record."""
    clerk, ids = desk.person("sun-04"), known(desk)
    foreign = {str(ids[name][1]) for name in ("visit_id", "unit_id", "office")}
    asked = 0
    for endpoint, address in [*gets(desk, ids), *posts(desk, ids)]:
        if foreign & set(address.split("/")) and not address.endswith(FOREIGN):
            asked += 1
            send = clerk.post if (endpoint, address) in posts(desk, ids) else clerk.get
            assert send(address).status_code in (404, 405), address
    assert asked > 0
    assert desk.acts("refused")


def test_paths_lead_nowhere(desk):
    """Steps up, backslashes and zero bytes in place of a name give no file and no error."""
    person = desk.person("zhou-06")
    for rule in rules(desk.app, "GET"):
        for name in rule.arguments:
            for path in PATHS:
                address = re.sub(rf"<[^>]*\b{name}>", path, rule.rule)
                address = re.sub(r"<int:[^>]*>", "1", address)
                answer = person.get(re.sub(r"<[^>]*>", ROUND, address))
                assert answer.status_code in (302, 308, 400, 404, 405, 422), (address, answer.status_code)


def test_uploads_end_at_the_limit(at):
    """A body above the limit is refused with a sentence at every route, whatever the route is."""
    desk = at("committed", largest=20_000)
    person = desk.person("wang-01")
    for _, address in [("", "/login"), *posts(desk, {"round_id": [ROUND], "work": ["preview"]})]:
        answer = person.post(address, file=b"x" * 30_000)
        assert answer.status_code == 413, address
        assert "文件太大" in answer.text


def test_too_many_requests_are_refused(at):
    """In a minute: pages from one address by the desk's limit, tries to log in with one name by a smaller one."""
    desk = at("committed", per_minute=30)
    stranger = Person(desk.app.test_client())
    codes = [stranger.get("/login").status_code for _ in range(32)]
    assert codes == [200] * 30 + [429] * 2
    other = at("drawn")
    stranger = Person(other.app.test_client())
    codes = [stranger.post("/login", name="nobody", password=WRONG).status_code for _ in range(22)]
    assert codes == [401] * 20 + [429] * 2
    assert stranger.post("/login", name="somebody", password=WRONG).status_code == 401


def test_a_name_cannot_choose_its_roles(desk):
    """What a form says of the sender is not believed."""
    person = desk.person("sun-04")
    answer = person.post(f"/rounds/{ROUND}/publish", who="wang-01", role="coordinator", name="wang-01")
    assert answer.status_code == 404
    assert Accounts(desk.file).find("sun-04").roles == ("clerk",)
