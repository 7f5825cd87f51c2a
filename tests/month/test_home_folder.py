"""The home folder (公示首页文件夹): what the page no longer has is removed, what somebody changed is not."""

from __future__ import annotations

import json

from supervision.month.home_folder import write_home_folder


def test_what_left_the_page_does_not_stay_readable(tmp_path):
    """A file of the index that is not written any more is gone, and the next manifest does not list it."""
    write_home_folder(tmp_path, {"index.html": b"1", "search/units-1.js": b"a", "search/units-2.js": b"b"})
    write_home_folder(tmp_path, {"index.html": b"2", "search/units-1.js": b"a"})
    assert sorted(path.name for path in (tmp_path / "search").iterdir()) == ["units-1.js"]
    listed = json.loads((tmp_path / "manifest.json").read_bytes())["files"]
    assert [entry["path"] for entry in listed] == ["index.html", "manifests/0001.json", "search/units-1.js"]


def test_what_is_not_ours_stays(tmp_path):
    """A file that was changed or laid beside the page is nobody's to remove; zip and signatures stand as they are."""
    write_home_folder(tmp_path, {"index.html": b"1", "old.js": b"a"})
    (tmp_path / "old.js").write_bytes(b"changed")
    (tmp_path / "other.txt").write_bytes(b"x")
    (tmp_path / "2026-12.zip").write_bytes(b"z")
    write_home_folder(tmp_path, {"index.html": b"2"})
    assert (tmp_path / "old.js").read_bytes() == b"changed"
    write_home_folder(tmp_path, {"index.html": b"3"})
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {
        *("index.html", "manifest.json", "old.js", "other.txt", "2026-12.zip"),
    }


def test_a_call_killed_before_its_manifest_goes_on(tmp_path):
    """The newest manifest may stand among the earlier ones already: it is still one, and nothing is left over."""
    for folder in ("whole", "killed"):
        write_home_folder(tmp_path / folder, {"index.html": b"1"})
    newest = (tmp_path / "killed" / "manifest.json").read_bytes()
    (tmp_path / "killed" / "manifests").mkdir()
    (tmp_path / "killed" / "manifests" / "0001.json").write_bytes(newest)
    for folder in ("whole", "killed"):
        write_home_folder(tmp_path / folder, {"index.html": b"2"})
    found = [
        {path.relative_to(tmp_path / folder).as_posix(): path.read_bytes()
         for path in (tmp_path / folder).rglob("*") if path.is_file()}
        for folder in ("whole", "killed")
    ]  # fmt: skip
    assert found[0] == found[1]
    assert sorted(found[0]) == ["index.html", "manifest.json", "manifests/0001.json"]
