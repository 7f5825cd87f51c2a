"""首页与张贴的公告 (10): the home page beside the rounds, listed or not, and the digest that a posted notice shows."""

import hashlib
from typing import Any

from second_reader import records
from second_reader.encoding import to_json

from protocol_rounds import chains
from protocol_rounds.cases import Case, Files, changing, files_of, rehashed, setting
from protocol_rounds.scenarios import plain

ROUND = "public/2026-12"
HOME = "public"
MANIFEST = "manifest.json"


def same(content: dict, _: Any) -> dict:
    """Change nothing."""
    return content


def add_home(files: Files, first: Any = same, last: Any = same) -> None:
    """Lay a home page that was written twice beside the rounds, with signatures; a forger's taps on its manifests."""
    old = to_json(first(records.manifest({"index.html": b"<p>none</p>"}, "home", 1, None, None), None))
    listed = {
        "index.html": b"<p>rounds</p>",
        "manifests/0001.json": old,
        "signatures/0123456789abcdef.pem": b"-----BEGIN PUBLIC KEY-----\n",
        "signatures/2026-12.json": b"[]",
    }
    content = records.manifest(listed, "home", 2, records.plain(old), "rounds were updated")
    files |= {f"{HOME}/{path}": data for path, data in listed.items()}
    files[f"{HOME}/{MANIFEST}"] = to_json(last(content, None))


def with_home(story: Any = plain, **given: Any) -> Any:
    """Return a story with a home page."""

    def played() -> Files:
        files = dict(files_of(story()))
        add_home(files, **given)
        return files

    return played


def at_home(name: str, says: str, folder: str = HOME, **given: Any) -> Case:
    """Return a case with a forged manifest of the home page, seen from its folder."""
    return Case(name=name, says=(says,), make=with_home(**given), folder=folder)


def changed(name: str, says: str, path: str, data: bytes | None) -> Case:
    """Return a case in which a file beside the rounds is another one, or gone."""

    def make() -> Files:
        files = with_home()()
        files.pop(path, None)
        return files if data is None else files | {path: data}

    return Case(name=name, says=(says,), make=make, folder=HOME)


def home_pages() -> list[Case]:
    """Home pages: honest ones, a listed file changed, a manifest forged, a second ticket."""
    agrees = frozenset({0})
    ticket = b'{"rehearsal":"no"}'
    return [
        Case(name="a home page with signatures", make=with_home(), verdicts=agrees, folder=HOME),
        Case(name="a home page of three rounds", make=with_home(chains.three_months), verdicts=agrees, folder=HOME),
        Case(name="a home page without manifest", make=lambda: files_of(plain()), verdicts=agrees, folder=HOME),
        Case(
            name="a file that the home page does not list",
            make=lambda: with_home()() | {f"{HOME}/robots.txt": b"x"},
            verdicts=agrees,
            folder=HOME,
        ),
        changed("a listed page with other words", "index.html", f"{HOME}/index.html", b"<p>ruonds</p>"),
        changed("a listed page that has grown", "index.html", f"{HOME}/index.html", b"<p>more rounds</p>"),
        changed("a signature changed", "signatures", f"{HOME}/signatures/2026-12.json", b"{}"),
        changed("signatures gone", "signatures", f"{HOME}/signatures/2026-12.json", None),
        changed("a module of Python beside the rounds", "json.py", f"{HOME}/json.py", b""),
        changed("a second ticket beside the rounds", "x/commitment.json", f"{HOME}/x/commitment.json", ticket),
        changed("an earlier manifest of the home page gone", MANIFEST, f"{HOME}/manifests/0001.json", None),
        at_home("a home page called after a round", MANIFEST, last=setting("2026-12", "round")),
        at_home("a home page that follows another manifest", MANIFEST, last=setting("0" * 64, "previous")),
        at_home("a home page that lists a round's file", MANIFEST, last=setting("2026-12/x", "files", 0, "path")),
        at_home("a first manifest of a round", "manifests/0001.json", first=setting("2026-12", "round")),
        at_home(
            "a home page that lists a file that is not there",
            "gone.html",
            last=changing(lambda content, _: content["files"][0].update(path="gone.html")),
        ),
    ]


def in_groups(digest: str) -> bytes:
    """Return a notice that shows a digest in groups of eight, with words and other numbers around it."""
    spans = "".join(f"<span\nclass='group'>{digest[at : at + 8]}</span>\r\n" for at in range(0, 64, 8))
    return f"<h1>承诺公告</h1><p>摘要：\u00a0</p><div>{spans}</div>，共 8 组，见 &lt; 附页 <p".encode()


def noticed(name: str, page: str, record: str, change: Any, *, good: bool = False) -> Case:
    """Return a case with a posted notice: `change` gets the digest of a record and returns the page's bytes."""

    def edit(files: Files) -> None:
        files[f"{ROUND}/{page}"] = change(hashlib.sha256(files[f"{ROUND}/{record}"]).hexdigest())

    verdicts = {0} if good else {5}
    return rehashed(name, () if good else page, plain, edit, folder=ROUND, verdicts=verdicts)


def notices() -> list[Case]:
    """Posted notices: the digest of their commitment, in groups or not, and of others."""
    first, roster = "commitment.json", "roster_commitment.json"

    def last_changed(digest: str) -> str:
        return digest[:-1] + ("0" if digest[-1] != "0" else "1")

    return [
        noticed("a notice with its digest in groups", "notice.html", first, in_groups, good=True),
        noticed("a roster notice with its digest", "notice-roster.html", roster, in_groups, good=True),
        noticed("a notice without digest", "notice.html", first, lambda digest: digest[:63].encode(), good=True),
        noticed("a notice with a longer number", "notice.html", first, lambda d: b"0" + d.encode(), good=True),
        noticed(
            "a notice with two digests, one its own",
            "notice.html",
            first,
            lambda digest: f"{'0' * 64}。{digest}".encode(),
            good=True,
        ),
        noticed("a notice of another commitment", "notice.html", roster, in_groups),
        noticed("a roster notice of the first commitment", "notice-roster.html", first, in_groups),
        noticed("a notice with one digit changed", "notice.html", first, lambda d: in_groups(last_changed(d))),
        noticed(
            "a roster notice with one digit changed",
            "notice-roster.html",
            roster,
            lambda digest: f"\ufeff<b>{last_changed(digest)}\u3000".encode() + b"\xff\xa0",
        ),
    ]


def cases() -> list[Case]:
    """Return all cases about home pages and notices."""
    return [*home_pages(), *notices()]
