"""The page itself (核验页), opened from a file and over plain http: what people choose, and what it answers."""

import functools
import http.server
import json
import shutil
import threading
import zipfile

import pytest
from checking_desk import ROUND, zipped
from protocol_rounds.forged_home import notices, with_home
from protocol_rounds.scenarios import committed, drawn, eventful, plain, rehearsed
from second_reader import drawing

FILES = functools.cache(lambda: plain().bureau.files)


def folder_zip(place, public, method=zipfile.ZIP_STORED):
    """Write a round's zip as the site has it, or compressed as people make it."""
    return zipped(place, {f"{ROUND}/{name}": data for name, data in public.items()}, method)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_round_agrees(desk, tmp_path, method):
    """The zip of the site, or the same packed anew: agrees, with steps, sources, limits; nothing is asked for."""
    one = desk(FILES())
    code, text = one.answer(folder_zip(tmp_path / f"{ROUND}.zip", one.public, method))
    assert code == "0"
    for words in ("相符", "✓", "逐项核验", "信源", "2026138", "无法核验的", "仅有公开部分", "SHA-256"):
        assert words in text
    assert "✗" not in text and "--history" not in text
    assert [address for address in one.browser.requests() if not address.startswith(("file:", "blob:"))] == []


def test_english(desk, tmp_path):
    """The switch changes every word of the answer and of the page around it."""
    one = desk(FILES())
    code, text = one.answer(folder_zip(tmp_path / "a.zip", one.public), english=True)
    assert (code, "Agrees" in text, "Step by step" in text) == ("0", True, True)
    assert not [sign for sign in text if "\u4e00" <= sign <= "\u9fff"]
    shown = one.browser.value("document.querySelector('#check-zone').innerText")
    assert shown.startswith("Choose files")


def test_a_folder_and_an_auditors_bundle(desk):
    """A chosen folder: the public one, and OUT with the auditor's part, in which every task is computed again."""
    one = desk(FILES())
    assert one.answer(one.folder / "out" / "public" / ROUND, selector="#check-folder")[0] == "0"
    code, text = one.answer(one.folder / "out", selector="#check-folder")
    assert code == "0" and "全部任务" in text and "仅有公开部分" not in text


def test_dropped(desk, tmp_path):
    """A zip, and a folder with folders in it, dropped on the page."""
    one = desk(FILES())
    assert one.answer(folder_zip(tmp_path / "a.zip", one.public), drop=True)[0] == "0"
    code, text = one.answer(one.folder / "out", drop=True)
    assert code == "0" and "全部任务" in text


def test_public_and_audit_chosen_one_after_the_other(desk, tmp_path):
    """An auditor's bundle alone asks for the public zip, keeps what was chosen, and agrees when both are there."""
    one = desk(FILES())
    head = f"audit/{ROUND}/"
    audit = {path.removeprefix(head): data for path, data in FILES().items() if path.startswith(head)}
    bundle = zipped(tmp_path / "audit.zip", audit, zipfile.ZIP_DEFLATED)
    code, text = one.answer(bundle)
    assert code == "5" and "paths.audit_alone" in text and "请再选入公开的压缩包" in text
    code, text = one.answer(bundle, folder_zip(tmp_path / "public.zip", one.public))
    assert code == "0" and "全部任务" in text


@pytest.mark.parametrize("drop", [False, True])
def test_the_whole_public_folder(desk, drop):
    """The home page beside the rounds is checked by its own manifests; signatures and populations are not, it says."""
    one = desk(with_home()())
    selector = "#check-folder"
    code, text = one.answer(one.folder / "out" / "public", selector=selector, drop=drop)
    assert code == "0" and "首页清单与 4 个文件" in text and "首页的文件与首页历次清单相符" in text
    assert "签名未核验" in text and "supervision verify --signer" in text and "openssl pkeyutl" in text
    assert "抽查对象范围未由登记表重建" in text and "supervision verify --registers" in text
    (one.folder / "out" / "public" / "signatures" / "2026-12.json").write_bytes(b"{}")
    code, text = one.answer(one.folder / "out" / "public", selector=selector, drop=drop)
    assert code == "5" and "public/signatures/2026-12.json" in text


@pytest.mark.parametrize("audit", ["audit", f"audit/{ROUND}"])
def test_the_home_page_stays_when_an_audit_folder_is_added(desk, audit):
    """The public folder, then the auditor's: every task is computed again, the home page is checked all the same."""
    one = desk(with_home()())
    out = one.folder / "out"
    code, text = one.answer(out / "public", out / audit, selector="#check-folder")
    assert code == "0" and "首页清单与 4 个文件" in text and "全部任务" in text
    code, text = one.answer(out / audit, out / "public" / ROUND, selector="#check-folder")
    assert code == "0" and "首页" not in text and "全部任务" in text


def test_a_round_alone_has_no_home_page(desk, tmp_path):
    """From the zip nothing is said of home page and signatures, which it cannot hold; of populations, it is."""
    one = desk(with_home()())
    for english, words in ((False, "抽查对象范围未由登记表重建"), (True, "populations were not built again")):
        code, text = one.answer(folder_zip(tmp_path / "a.zip", one.public), english=english)
        assert code == "0" and words in text
        assert "首页" not in text and "home page" not in text and "signatures/" not in text


def test_a_notice_that_shows_another_digest(desk, tmp_path):
    """The condition is named in words, with the digest that the notice shows."""
    one = desk(next(case for case in notices() if case.name == "a notice of another commitment").make())
    code, text = one.answer(folder_zip(tmp_path / "a.zip", one.public))
    assert code == "5" and "commitment.posted" in text and "公告所载摘要不是该承诺的" in text


@pytest.mark.parametrize(("story", "code", "words"), [(rehearsed, "0", "演练"), (eventful, "0", "相符")])
def test_other_rounds(desk, story, code, words):
    """A rehearsal says that it is one; a round with changes of all kinds agrees."""
    bureau = story()
    one = desk(getattr(bureau, "bureau", bureau).files)
    found = one.answer(one.folder / "out", selector="#check-folder")
    assert found[0] == code and words in found[1]


def test_not_shown_to_be_the_only_one(desk, tmp_path):
    """A real round without a newspaper's or the supervising body's anchor: agrees, but."""
    one = desk(committed(anchored=("notice",)).bureau.files)
    code, text = one.answer(folder_zip(tmp_path / "a.zip", one.public))
    assert code == "6" and "唯一" in text and "!" in text


def test_a_difference_names_file_condition_and_value(desk, tmp_path):
    """One forged digit: the file, the condition with its section, the value, and the step that failed."""
    one = desk(FILES())
    public = one.public | {"reveal.json": one.public["reveal.json"].replace(b'"9"', b'"8"', 1)}
    assert public != one.public
    code, text = one.answer(folder_zip(tmp_path / "a.zip", public))
    assert code == "5" and "不相符" in text and "✗" in text
    assert f"{ROUND}/reveal.json" in text and "manifest.digest" in text and "规程第 9 节" in text


def test_another_commitment_than_the_pages(desk, tmp_path):
    """Files that agree among themselves and bind another commitment than this page shows do not agree."""
    one = desk(FILES())
    other = desk(plain(chained=5).bureau.files)
    bundle = folder_zip(tmp_path / "a.zip", other.public)
    one = desk(FILES())
    code, text = one.answer(bundle)
    assert code == "5" and "page.commitment" in text


def test_a_secret_in_public(desk, tmp_path):
    """A public zip that holds the frame key is refused as public, not taken for an auditor's bundle."""
    one = desk(FILES())
    code, text = one.answer(folder_zip(tmp_path / "a.zip", one.public | {"frame_key.hex": b"0" * 64}))
    assert code == "5" and "paths.secret" in text


def refused(one, path, words, english_words, **given):
    """Ask that a choice is refused in both languages, without a verdict."""
    for english, said in ((False, words), (True, english_words)):
        code, text = one.answer(path, english=english, **given)
        assert code == "input" and said in text, text


def test_a_truncated_zip(desk, tmp_path):
    """A download that broke off is named as such, at whatever place it ended."""
    one = desk(FILES())
    whole = folder_zip(tmp_path / "whole.zip", one.public).read_bytes()
    place = tmp_path / "cut.zip"
    for size in (0, 100, len(whole) // 2, len(whole) - 1):
        place.write_bytes(whole[:size])
        refused(one, place, "不完整", "not whole")


def test_a_damaged_zip(desk, tmp_path):
    """One byte changed inside a stored file or a compressed one: damaged, which is no verdict about the round."""
    one = desk(FILES())
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        place = folder_zip(tmp_path / "a.zip", one.public, method)
        data = bytearray(place.read_bytes())
        data[len(data) // 3] ^= 1
        place.write_bytes(data)
        refused(one, place, "已损坏", "is damaged")


def test_other_things(desk, tmp_path):
    """A bundle of another round, a zip of something else, a text: told what they are and what to do."""
    one = desk(FILES())
    other = {name: data.replace(b'"2026-12"', b'"2026-11"') for name, data in one.public.items()}
    moved = zipped(tmp_path / "2026-11.zip", {f"2026-11/{name}": data for name, data in other.items()})
    refused(
        one, moved, "所给文件是 2026-11 轮次的，本页是 2026-12 轮次的", "round 2026-11, this page is of round 2026-12"
    )
    refused(one, zipped(tmp_path / "b.zip", {"a/photo.jpg": b"x"}), "不是某一轮", "neither a round's")
    (tmp_path / "note.txt").write_text("x")
    refused(one, tmp_path / "note.txt", "不是某一轮", "neither a round's")


@pytest.mark.parametrize("name", ["../commitment.json", "a/./b", "/etc/x", "a\\b"])
def test_paths_that_leave_the_folder(desk, tmp_path, name):
    """A zip whose names are no plain paths differs, as a folder with such names would."""
    one = desk(FILES())
    code, text = one.answer(zipped(tmp_path / "a.zip", one.public | {name: b"x"}))
    assert code == "5" and "paths.name" in text


def test_a_link_in_a_zip(desk, tmp_path):
    """A symbolic link is refused."""
    one = desk(FILES())
    place = zipped(tmp_path / "a.zip", one.public)
    with zipfile.ZipFile(place, "a") as archive:
        link = zipfile.ZipInfo("link")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "commitment.json")
    assert "paths.link" in one.answer(place)[1]


@functools.cache
def proofs():
    """Return files of a drawn round, and proofs of a framed and an excluded unit."""
    one = drawn()
    task = one.tasks["fire-01"]
    commitment = one.digest(one.file("public", "commitment.json")).hex()
    units = (task.rows[3]["unit_id"], task.excluded[0]["unit_id"], task.rows[4]["unit_id"])
    return one.bureau.files, [drawing.proof(one.keys, commitment, task, unit) for unit in units]


def written(place, proof):
    """Write a proof as its file."""
    place.write_text(json.dumps(proof, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
    return place


@pytest.mark.parametrize("number", [0, 1])
def test_a_proof(desk, tmp_path, number):
    """The page alone checks a proof against the commitment it carries, framed or excluded, and says whose it is."""
    files, found = proofs()
    one = desk(files)
    unit = found[number]["row"][0]
    code, text = one.answer(written(tmp_path / "proof.json", found[number]), unit=unit.lower())
    assert code == "0" and unit in text
    assert ("在抽样框中" if number == 0 else "未列入抽样框") in text


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"salt": "0" * 32}, "proof.root"),
        ({"index": 0}, "proof.root"),
        ({"size": 5}, "proof.size"),
        ({"task_id": "gas-09"}, "proof.task"),
        ({"commitment": "0" * 64}, "proof.commitment"),
        ({"kind": "excluded"}, "proof.row"),
        ({"path": []}, "proof.root"),
        ({"extra": 1}, "fields.unknown"),
    ],
)
def test_a_forged_proof(desk, tmp_path, change, rule):
    """Whatever is changed in a proof is named."""
    files, found = proofs()
    code, text = desk(files).answer(written(tmp_path / "proof.json", found[0] | change))
    assert code == "5" and rule in text


def test_a_proof_of_another_unit(desk, tmp_path):
    """Another unit's proof is told from the own one by the code, and a swapped row does not lead to the root."""
    files, found = proofs()
    one = desk(files)
    place = written(tmp_path / "proof.json", found[0])
    for english, words in ((False, "这是别的单位的证明"), (True, "a proof of another unit")):
        code, text = one.answer(place, unit=found[2]["row"][0], english=english)
        assert code == "5" and words in text
    swapped = written(tmp_path / "swapped.json", found[0] | {"row": found[2]["row"]})
    code, text = one.answer(swapped)
    assert code == "5" and "proof.root" in text


def test_a_proof_of_another_round(desk, tmp_path):
    """A proof is of its round alone; with that round's commitment beside it, it is checked against that one."""
    _, found = proofs()
    one = desk(plain(chained=5).bureau.files)
    code, text = one.answer(written(tmp_path / "proof.json", found[0]))
    assert code == "5" and "proof.commitment" in text


@pytest.mark.parametrize("width", [390, 1200])
def test_answers_fit_the_screen(desk, tmp_path, width):
    """Neither verdict is wider than a phone; buttons are large enough for a finger."""
    one = desk(FILES())
    bad = one.public | {"verify.py": b"print('AGREES')\n"}
    for public, due in ((one.public, "0"), (bad, "5")):
        code, _ = one.answer(folder_zip(tmp_path / "a.zip", public), width=width)
        assert code == due
        assert one.browser.value("document.documentElement.scrollWidth") <= width
        assert one.browser.value("document.querySelector('.button').offsetHeight") >= 44


@pytest.fixture
def served(tmp_path):
    """Return a function that serves a page over plain http and returns its address."""
    servers = []

    def serve(page):
        (tmp_path / "www").mkdir()
        shutil.copy(page, tmp_path / "www" / "verify.html")
        handler = functools.partial(Quiet, directory=str(tmp_path / "www"))
        servers.append(http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler))
        threading.Thread(target=servers[0].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[0].server_port}/verify.html"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server that prints nothing."""

    def log_message(self, *_):
        """Say nothing."""


def test_over_plain_http(desk, served, tmp_path):
    """Served without https the page does the same, for what is chosen and dropped, and asks for itself alone."""
    one = desk(FILES())
    address = served(one.page)
    for drop in (False, True):
        code, _ = one.answer(folder_zip(tmp_path / "a.zip", one.public), address=address, drop=drop)
        outside = [asked for asked in one.browser.requests() if not asked.startswith("blob:")]
        assert code == "0"
        assert {asked.rpartition("/")[2] for asked in outside} <= {"verify.html", "favicon.ico"}
    assert one.answer(one.folder / "out", address=address, drop=True)[0] == "0"
