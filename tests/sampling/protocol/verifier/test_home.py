"""The home page over all rounds, and the notices: listed files, their digests, the chain of manifests."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from edits import Edit, each, more, put
from forge import text
from forge_draws import whole_round

from supervision.sampling.protocol.verifier import verify, without_tags

PUB = "public/2026-12"
SAME = put()
PAGES = {"index.html": b"<p>rounds</p>", "index.json": b'{"rounds":[]}'}


def manifest(pages: dict[str, bytes], number: int, before: bytes | None) -> dict[str, Any]:
    """Return a manifest of the home page."""
    rows = [
        {"digest": hashlib.sha256(data).hexdigest(), "path": path, "size": len(data)}
        for path, data in sorted(pages.items())
    ]
    previous = hashlib.sha256(before).hexdigest() if before else None
    return {
        "files": rows,
        "previous": previous,
        "reason": "rounds were updated" if before else None,
        "round": "home",
        "sequence": number,
    }


def home(first: Edit = SAME, last: Edit = SAME) -> dict[str, bytes]:
    """Return the files of a home page that was written twice; a forger's edits of its two manifests."""
    one = text(first(manifest({"index.html": b"<p>none</p>"}, 1, None)))
    listed = PAGES | {"manifests/0001.json": one}
    return {**listed, "manifest.json": text(last(manifest(listed, 2, one)))}


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an honest round, without a home page."""
    return whole_round(tmp_path_factory.mktemp("honest"))


@pytest.fixture
def shown(honest: Path) -> Any:
    """Return a function that lays a home page beside the round and verifies OUT or OUT/public; it is taken away."""
    laid: list[Path] = []

    def run(files: dict[str, bytes], folder: str = "") -> Any:
        for name, data in files.items():
            path = honest / "public" / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
            laid.append(path)
        return verify(honest / folder)

    yield run
    for path in laid:
        path.unlink(missing_ok=True)


@pytest.mark.parametrize("folder", ["", "public"])
def test_an_honest_home_page_is_checked(shown: Callable[..., Any], folder: str) -> None:
    """Seen from OUT and from public/ alone, its manifests and files are counted among what was checked."""
    report = shown(home(), folder)
    assert report.code in (0, 6), report.verdict("en")
    assert ("首页清单与 3 个文件", "home page: manifests and 3 files") in report.checked


def test_a_home_page_without_manifest_could_not_be_checked(shown: Callable[..., Any]) -> None:
    """The protocol asks for none; the report says that nothing vouches for the page."""
    report = shown({"index.html": b"anything"})
    assert report.code == 0
    assert ("public 首页没有清单", "public: the home page has no manifest") in report.unchecked


def test_what_no_manifest_lists_is_remarked(shown: Callable[..., Any]) -> None:
    """A file beside the home page is none of it: it is named, and the rounds still agree."""
    report = shown(home() | {"robots.txt": b"x"})
    assert report.code == 0
    assert "public: files that no manifest lists: robots.txt" in [en for _, en in report.remarks]


CASES: list[tuple[str, str, dict[str, bytes]]] = [
    ("manifest.digest", "public/index.html", home() | {"index.html": b"<p>ruonds</p>"}),
    ("manifest.size", "public/index.html", home() | {"index.html": b"<p>no rounds</p>"}),
    ("manifest.missing", "public/gone.html", home(last=each("files", 0, path="gone.html"))),
    ("manifest.itself", "public/manifest.json", home(last=each("files", 0, path="2026-12/x"))),
    ("manifest.itself", "public/manifest.json", home(last=each("files", 1, path="manifest.json"))),
    ("fields.value", "public/manifest.json round", home(last=put(round="2026-12"))),
    ("fields.value", "public/manifest.json #1 path", home(last=each("files", 0, path="../x"))),
    ("manifest.chain", "public/manifest.json", home(last=put(previous="0" * 64))),
    ("manifest.previous", "public/manifest.json", home(last=put(previous=None))),
    ("manifest.reason", "public/manifest.json", home(last=put(reason=None))),
    ("manifest.earlier", "public/manifest.json", home(last=put(sequence=3))),
    ("manifest.earlier", "public/manifest.json", home() | {"manifests/0002.json": b"{}"}),
    ("manifest.sequence", "public/manifests/0001.json", home(first=put(sequence=2, previous="0" * 64, reason="x"))),
    ("fields.value", "public/manifests/0001.json round", home(first=put(round="2026-11"))),
    ("json.canonical", "public/manifest.json", home() | {"manifest.json": home()["manifest.json"] + b"\n"}),
    ("paths.module", "public/json.py", home() | {"json.py": b"print('AGREES.')"}),
]


@pytest.mark.parametrize(("condition", "where", "files"), CASES, ids=[f"{c[0]}-{k}" for k, c in enumerate(CASES)])
def test_a_home_page_out_of_order_is_named(
    shown: Callable[..., Any], condition: str, where: str, files: dict[str, bytes]
) -> None:
    """Each change of a listed file or of a manifest is named, from OUT and from public/ alike."""
    for folder in ("", "public"):
        found = shown(files, folder).difference
        assert found
        assert (found.name, found.where) == (condition, where)


def test_history_has_a_home_page_too(shown: Callable[..., Any], honest: Path, tmp_path: Path) -> None:
    """A folder of earlier rounds is looked at as the rounds themselves; one round's folder has no home page."""
    shown(home() | {"index.html": b"<p>ruonds</p>"})
    report = verify(honest / PUB, history=[honest])
    assert report.difference
    assert report.difference.where == "public/index.html"
    assert verify(honest / PUB).difference is None


def test_a_second_ticket_beside_the_rounds_is_found_in_public_too(shown: Callable[..., Any], honest: Path) -> None:
    """A commitment outside the rounds' folders is a difference, from OUT and from public/ alone."""
    hidden = {".well-known/commitment.json": (honest / PUB / "commitment.json").read_bytes()}
    for folder in ("", "public"):
        found = shown(hidden, folder).difference
        assert found
        assert (found.name, found.where) == ("paths.round", "public/.well-known/commitment.json")


def test_links_and_pipes_beside_the_home_page_are_refused(shown: Callable[..., Any], honest: Path) -> None:
    """Public/ alone is walked like OUT: a link is a difference wherever it stands."""
    shown(home())
    link = honest / "public" / "latest"
    link.symlink_to("2026-12")
    try:
        found = verify(honest / "public").difference
        assert found
        assert (found.name, found.where) == ("paths.link", "public/latest")
        link.unlink()
        os.mkfifo(link)
        found = verify(honest / "public").difference
        assert found
        assert (found.name, found.where) == ("paths.special", "public/latest")
    finally:
        link.unlink()


def groups(digest: str) -> bytes:
    """Return a notice that shows a digest in groups."""
    spans = "".join(f"<span>{digest[at : at + 8]}</span>\n" for at in range(0, 64, 8))
    return f"<h1>随机抽取承诺公告</h1><p>摘要：</p><div>{spans}</div><p>共 8 组</p>".encode()


@pytest.mark.parametrize("name", ["notice.html", "notice-roster.html", "notice-roster-2.html"])
def test_a_notice_shows_its_own_commitment(name: str, differs: Callable[..., str], honest: Path) -> None:
    """The digest in groups is read together; another's is named, a notice without one is let be."""
    record = name.replace("notice-roster", "roster_commitment").replace("notice", "commitment").replace("html", "json")
    right = hashlib.sha256((honest / PUB / record).read_bytes()).hexdigest()
    assert differs({"files": more(f"{PUB}/{name}", groups(right))}) == "exit 0"
    assert differs({"files": more(f"{PUB}/{name}", b"<p>posted</p>")}) == "exit 0"
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    assert differs({"files": more(f"{PUB}/{name}", groups(wrong))}) == "commitment.posted"


def test_pages_lose_their_tags_as_browsers_do() -> None:
    """What stands between < and the next > goes, and spaces; a sign that opens or closes nothing stays."""
    for page, left in ((b"a<b>c d", b"acd"), (b"<a<b>c>d", b"c>d"), (b"x<y z", b"x<yz"), (b">a\n", b">a"), (b"", b"")):
        assert without_tags(page) == left
