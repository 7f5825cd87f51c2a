"""Publishing at the desk: exactly what becomes public is seen first; then just that is published, or nothing."""

import hashlib
import json

import pytest
from browser import Browser, chromium
from desk_people import PASSWORD, log_in
from phones import WIDTH, fits, violations
from real_rounds import ROSTERED

from supervision.desk import jobs, previews
from supervision.desk.accounts import Accounts
from supervision.errors import UsageError
from supervision.month import assigning, preview_folder, publishing
from supervision.month.preview_folder import CHANGED, GONE, NEW, SAME

ROUND = "2026-12"
PATH, VIEW = f"/rounds/{ROUND}/publication", f"/rounds/{ROUND}/preview"
WANG = "wang-01"


def public(desk):
    """Return every file of the public folder with its digest."""
    folder = desk.play.out / "public"
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def look(person, **form):
    """Make a preview; return the page that shows it."""
    answer = person.post(PATH, **form)
    assert answer.status_code == 302, answer.text
    return person.get(PATH).text


def last(desk):
    """Return the latest job."""
    return jobs.latest(desk.file, last=1)[0]


def listed(desk):
    """Return the files of the latest preview by path."""
    return previews.listed(desk.settings.store, ROUND, jobs.last_of(desk.file, ["publish_look"], ROUND).id)


@pytest.fixture
def desk(at):
    """A desk on the round whose second commitment is made, before anything of it is published."""
    found = at("drawn")
    (found.play.out / "public" / ROUND / "index.html").unlink()  # as if somebody had removed a page
    return found


def test_what_is_published_is_what_was_seen(desk):
    """Files, sizes and digests of the preview are those of the folder afterwards; before, nothing changes."""
    person, before, log = desk.person(WANG), public(desk), desk.play.log()
    page = look(person)
    assert public(desk) == before
    assert desk.play.log() == log
    seen = listed(desk)
    assert seen[f"{ROUND}/index.html"].state == NEW
    assert all(one.path in page and one.digest in page for one in seen.values() if one.state != SAME)
    done = person.work(f"{PATH}/{last(desk).id}")
    assert "完成" in done
    after = public(desk)
    assert {path: one.digest for path, one in seen.items() if one.state != GONE} == after
    assert {path for path, one in seen.items() if one.state == SAME} == {p for p in after if before.get(p) == after[p]}
    assert {path for path, one in seen.items() if one.state == CHANGED} == {
        path for path in after if path in before and before[path] != after[path]
    }
    desk.play.check()
    page = look(person)
    assert "无需公示" in page
    assert {one.state for one in listed(desk).values()} == {SAME}


def test_a_page_is_shown_as_it_will_be_and_nothing_in_it_runs(desk):
    """Its bytes are those of the preview; no script may run, only its own style is let in; data come as text."""
    person = desk.person(WANG)
    look(person)
    for path, one in listed(desk).items():
        answer = person.get(f"{VIEW}/{path}")
        assert (answer.status_code, hashlib.sha256(answer.data).hexdigest()) == (200, one.digest)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "style-src 'unsafe-inline'" in policy
        assert "script" not in policy
        assert policy.endswith("sandbox allow-same-origin")
        kind = answer.headers["Content-Type"].partition(";")[0]
        if path.endswith(".html"):
            assert kind == "text/html"
        elif path.endswith((".json", ".csv", ".js", ".py")):
            assert kind == "text/plain"
        else:
            assert answer.headers["Content-Disposition"] == "attachment"


def test_no_path_leads_out_of_the_list(desk):
    """Other files of the machine, of the store, of other parts, of hidden names: 404, however they are written."""
    person = desk.person(WANG)
    assert person.get(f"{VIEW}/index.html").status_code == 404
    look(person)
    folder = previews.folder_of(desk.settings.store, ROUND, last(desk).id)
    (folder / "public" / "secret.html").write_text("secret", encoding="utf-8")
    (folder / "public" / "passwd.html").symlink_to("/etc/passwd")
    assert person.get(f"{VIEW}/index.html").status_code == 200
    for path in (
        "../list.json",
        "%2e%2e/list.json",
        "..%2flist.json",
        "..%5clist.json",
        f"{ROUND}/../../list.json",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "//etc/passwd",
        "./index.html",
        "index.html%00",
        "secret.html",
        "passwd.html",
        f"../../../{desk.settings.store.name}",
        "",
    ):
        answer = person.get(f"{VIEW}/{path}")
        assert answer.status_code in (404, 308), path
        assert b"root:" not in answer.data
        assert b"digest" not in answer.data


def test_a_file_that_was_changed_behind_the_list_is_not_shown(desk):
    """What is shown is what was counted, or nothing."""
    person = desk.person(WANG)
    look(person)
    folder = previews.folder_of(desk.settings.store, ROUND, last(desk).id)
    place = folder / "public" / ROUND / "plan.html"
    place.unlink()
    place.write_text("other", encoding="utf-8")
    assert person.get(f"{VIEW}/{ROUND}/plan.html").status_code == 422
    (folder / previews.LIST).unlink()
    assert desk.person(WANG).get(f"{VIEW}/index.html").status_code in (200, 422)
    with pytest.raises(UsageError) as error:
        previews.listed(desk.settings.store, ROUND, last(desk).id)
    assert error.value.code == "desk.preview_gone"


def test_what_changed_since_is_not_published(desk):
    """The round went on in between: 409 with the new preview, which has more, and nothing is written."""
    person = desk.person(WANG)
    look(person)
    number = last(desk).id
    desk.play.set(ROSTERED)
    assigning.commit_roster(desk.play.round(WANG))
    before = public(desk)
    answer = person.post(f"{PATH}/{number}")
    assert answer.status_code == 409
    assert "没有公示" in answer.text
    assert "roster_commitment.json" in answer.text
    assert public(desk) == before
    assert (last(desk).work, last(desk).id) == ("publish_look", number + 1)
    person.work(f"{PATH}/{number + 1}")
    assert f"{ROUND}/roster_commitment.json" in public(desk)


def test_what_leaves_the_folder_is_listed_and_not_shown(desk):
    """A file that is not the round's is named as removed; publishing moves it aside, as the command does."""
    place = desk.play.out / "public" / ROUND / "extra.html"
    place.write_text("not ours", encoding="utf-8")
    person = desk.person(WANG)
    page = look(person)
    one = listed(desk)[f"{ROUND}/extra.html"]
    assert (one.state, one.size) == (GONE, 8)
    assert one.path in page
    assert f"{VIEW}/{one.path}" not in page
    assert person.get(f"{VIEW}/{one.path}").status_code == 404
    person.work(f"{PATH}/{last(desk).id}")
    assert not place.exists()
    assert (desk.play.out.with_name("out-kept") / "public" / ROUND / "extra.html").read_text(
        encoding="utf-8"
    ) == "not ours"


def test_the_job_itself_compares(desk, monkeypatch):
    """Where the quick look sees nothing the job does: what would be public is another thing, so nothing is."""
    person = desk.person(WANG)
    look(person)
    number, before = last(desk).id, public(desk)
    pages = publishing.public_files
    monkeypatch.setattr(publishing, "public_files", lambda *given: {**pages(*given), "more.html": b"more"})
    page = person.work(f"{PATH}/{number}")
    assert "将公示的内容有了变动" in page
    assert public(desk) == before
    assert [path.name for path in desk.settings.store.parent.glob("preview-*")] == []


def test_a_correction_needs_its_reason_before_it_is_seen(desk, monkeypatch):
    """What was fixed and is different is refused without a reason; with one, the reason is in what is published."""
    person = desk.person(WANG)
    pages = publishing.public_files
    path = "open/T11-disclosure/frame.csv"

    def corrected(*given):
        found = pages(*given)
        return {**found, path: found[path][:-1]}

    monkeypatch.setattr(publishing, "public_files", corrected)
    page = look(person)
    assert path in page
    assert f'action="{PATH}/' not in page
    assert person.post(f"{PATH}/{last(desk).id}").status_code == 422
    page = look(person, reason="信源更正")
    assert "信源更正" in page
    person.work(f"{PATH}/{last(desk).id}")
    manifest = json.loads((desk.play.out / "public" / ROUND / "manifest.json").read_bytes())
    assert manifest["reason"] == "信源更正"


def test_nothing_is_published_unseen(desk):
    """The step without its preview is refused, a preview of another kind of job is no page."""
    person, before = desk.person(WANG), public(desk)
    assert "须先看预览" in person.work(f"/rounds/{ROUND}/publish")
    assert public(desk) == before
    assert person.post(f"{PATH}/{last(desk).id}").status_code == 404
    assert person.post(f"{PATH}/99").status_code == 422
    assert "/publish" not in person.get(f"/rounds/{ROUND}").text


def test_a_newer_preview_takes_the_place_of_the_older(desk):
    """One folder a round; the older one can still not be published once anything differs, but its files are gone."""
    person = desk.person(WANG)
    look(person)
    first = last(desk).id
    look(person, reason="另一理由")
    folder = previews.folder_of(desk.settings.store, ROUND, last(desk).id)
    assert [path.name for path in folder.parent.iterdir()] == [str(last(desk).id)] != [str(first)]
    assert folder.parent.parent.stat().st_mode & 0o777 == 0o700


def test_the_folder_of_the_public_is_not_written_through_the_preview(desk):
    """The preview's files are links to the public ones where they are the same, and no write reaches through them."""
    person, before = desk.person(WANG), public(desk)
    look(person)
    folder = previews.folder_of(desk.settings.store, ROUND, last(desk).id) / "public"
    same = [path for path, one in listed(desk).items() if one.state == SAME and not path.startswith(f"{ROUND}")]
    assert any((folder / path).samefile(desk.play.out / "public" / path) for path in same)
    assert public(desk) == before


def test_without_links_files_are_copied(tmp_path, monkeypatch):
    """On another disk the preview has copies; any other error of the disk is an error."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.html").write_text("x", encoding="utf-8")

    def refused(code):
        def link(source, target):
            raise OSError(code, "no")

        return link

    monkeypatch.setattr(preview_folder.os, "link", refused(preview_folder.errno.EXDEV))
    preview_folder.linked(tmp_path / "a", tmp_path / "b", leave_out="2026-12")
    assert (tmp_path / "b" / "x.html").read_text(encoding="utf-8") == "x"
    monkeypatch.setattr(preview_folder.os, "link", refused(preview_folder.errno.ENOSPC))
    with pytest.raises(OSError, match="no"):
        preview_folder.linked(tmp_path / "a", tmp_path / "c", leave_out="2026-12")


def test_reading_what_is_not_public_yet_is_noted(desk):
    """The list and each page that is new or changed; what is public already is not noted."""
    person = desk.person(WANG)
    look(person)
    new = next(path for path, one in listed(desk).items() if one.state == NEW)
    same = next(path for path, one in listed(desk).items() if one.state == SAME)
    for path in (new, same):
        person.get(f"{VIEW}/{path}")
    files = [entry["inputs"]["file"] for entry in desk.acts("sealed.preview")]
    assert files[-1] == new
    assert same not in files
    assert "" in files


def test_only_who_publishes_sees_it(desk):
    """Drawer, clerk, reviewer, auditor and leader get 404 for list, page and both buttons."""
    look(desk.person(WANG))
    number = last(desk).id
    Accounts(desk.file).add("sun-04", password=PASSWORD, roles=["clerk"], office="market-320505")
    for name in ("li-02", "sun-04", "qian-05", "zhou-06", "wu-07"):
        person = desk.person(name)
        for path in (PATH, f"{VIEW}/index.html"):
            assert person.get(path).status_code == 404
        for path in (PATH, f"{PATH}/{number}"):
            assert person.post(path).status_code == 404
    assert last(desk).id == number
    assert desk.person(WANG).get("/rounds/2026-11/publication").status_code == 404


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_works_in_a_browser_and_on_a_phone(desk, lang):
    """The preview is made, a page of it opens and runs no script, links in it work; axe-core finds nothing."""
    with desk.served() as base, Browser(chromium()) as browser:
        log_in(browser, base, WANG)
        look(desk.person(WANG))
        for width in (1200, WIDTH):
            browser.open(f"{base}{PATH}?lang={lang}", width=width)
            assert width > WIDTH or fits(browser)
            assert violations(browser) == []
        browser.open(f"{base}{VIEW}/{ROUND}/index.html", width=1200)
        assert "2026" in browser.value("document.body.innerText")
        assert browser.value("getComputedStyle(document.querySelector('header')).backgroundColor") == "rgb(18, 63, 109)"
        address = browser.value("document.querySelector('nav a[href$=\"plan.html\"]').href")
        assert address == f"{base}{VIEW}/{ROUND}/plan.html"
