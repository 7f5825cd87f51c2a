"""The published page (核验页) checks what was published with it: the zip, the auditor's bundle, a unit's proof."""

import shutil
from datetime import datetime

import pytest
from browser import Browser, chromium
from checking_desk import answer
from real_rounds import ROUND

from supervision.month import proving
from supervision.month import round_files as files
from supervision.month.city import BEIJING
from supervision.month.signing import make_key, open_key, sign


@pytest.fixture(scope="module")
def browser():
    """A browser for the tests of this file."""
    with Browser(chromium()) as one:
        yield one


def test_a_rehearsal(rehearsal, browser):
    """The zip agrees, in public alone; OUT agrees with every task computed again; both say that it is a rehearsal."""
    public = rehearsal.out / "public"
    page = (public / ROUND / "verify.html").as_uri()
    code, text = answer(browser, page, public / f"{ROUND}.zip")
    assert code == "0" and "演练" in text and "仅有公开部分" in text
    code, text = answer(browser, page, rehearsal.out / "audit" / ROUND, public / ROUND, selector="#check-folder")
    assert code == "0" and "全部任务" in text


def test_a_signed_public_folder(rehearsal, browser, tmp_path):
    """The whole public folder with its home page, zips and signatures agrees; who checks signatures is said."""
    out, secret = shutil.copytree(rehearsal.out, tmp_path / "out"), "lang genug 2026"
    make_key(tmp_path / "agency.pem", secret)
    sign(out, open_key(tmp_path / "agency.pem", secret))
    page = (out / "public" / ROUND / "verify.html").as_uri()
    for drop in (False, True):
        code, text = answer(browser, page, out / "public", selector="#check-folder", drop=drop)
        assert code == "0" and "首页清单" in text and "不在任何清单内" not in text
        assert "签名未核验" in text and "supervision verify --signer" in text


def test_a_real_round(at, browser):
    """The zip of a real round, and a proof that the program wrote for a unit of it."""
    play = at("matched")
    public = play.out / "public"
    page = (public / ROUND / "verify.html").as_uri()
    code, text = answer(browser, page, public / f"{ROUND}.zip")
    play.check()
    assert code == "6" and "真实轮次" in text
    play.time = datetime(2027, 1, 1, 9, tzinfo=BEIJING)
    round = play.round("sun")
    unit = round.read(files.ORDER, task="T01-food")["unit_id"].iloc[0]
    proving.proof(round, unit, play.work / "proofs")
    code, text = answer(browser, page, play.work / "proofs" / f"proof-{ROUND}-T01-food.json", unit=unit)
    assert code == "0" and unit in text
