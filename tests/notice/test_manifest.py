"""The list of published files (发布清单)."""

from __future__ import annotations

import hashlib
import json

import pytest

from supervision.canonical import canonical_json
from supervision.errors import DoesNotVerify, SupervisionError, UsageError
from supervision.notice.manifest import Manifest, check_correction, next_manifest

ONE, TWO = (2, "aa" * 32), (3, "bb" * 32)


def first(files):
    """The first manifest of a folder."""
    return next_manifest(None, files, round="2026-12", reason="不用", earlier={})


def test_manifest_lists_paths_sizes_digests():
    """Files stand sorted by the bytes of their path; the first manifest has no reason and names none before."""
    made = first({"b.json": (2, "ee"), "a/最.csv": (7, "ff"), "B": (0, "00")})
    assert made.decode() == (
        '{"files":[{"digest":"00","path":"B","size":0},{"digest":"ff","path":"a/最.csv","size":7},'
        '{"digest":"ee","path":"b.json","size":2}],"previous":null,"reason":null,"round":"2026-12","sequence":1}'
    )
    assert Manifest.from_bytes(made).to_bytes() == made


def test_a_later_manifest_names_and_lists_the_one_before():
    """It has the next number, the digest of the one before, a reason, and the earlier manifests among its files."""
    one = first({"a": ONE})
    two = next_manifest(one, {"a": TWO}, round="2026-12", reason="更正", earlier={})
    three = next_manifest(
        two, {"a": ONE}, round="2026-12", reason="再更正", earlier={"manifests/0001.json": (len(one), "cc")}
    )
    before, after = json.loads(two), json.loads(three)
    assert (before["sequence"], before["previous"], before["reason"]) == (2, hashlib.sha256(one).hexdigest(), "更正")
    assert [entry["path"] for entry in before["files"]] == ["a", "manifests/0001.json"]
    assert before["files"][1] == {
        "digest": hashlib.sha256(one).hexdigest(),
        "path": "manifests/0001.json",
        "size": len(one),
    }
    assert (after["sequence"], after["previous"]) == (3, hashlib.sha256(two).hexdigest())
    assert [entry["path"] for entry in after["files"]] == ["a", "manifests/0001.json", "manifests/0002.json"]


def test_nothing_new_is_no_new_manifest():
    """The same files give the same bytes, whatever the reason; the earlier manifests are not counted as files."""
    one = first({"a": ONE})
    two = next_manifest(one, {"a": TWO}, round="2026-12", reason="更正", earlier={})
    assert next_manifest(one, {"a": ONE}, round="2026-12", reason="x", earlier={}) == one
    earlier = {"manifests/0001.json": (len(one), "cc")}
    assert next_manifest(two, {"a": TWO}, round="2026-12", reason="x", earlier=earlier) == two


@pytest.mark.parametrize(
    ("path", "fixed"),
    [
        ("commitment.json", True),
        ("roster_commitment-2.json", True),
        ("reveal2.json", True),
        ("abandoned2.json", True),
        ("open/T11/frame.csv", True),
        ("result.json", False),
        ("commitment.csv", False),
        ("commitment.html", False),
        ("index.html", False),
        ("plan.csv", False),
    ],
)
@pytest.mark.parametrize("gone", [False, True])
def test_what_was_fixed_changes_only_with_a_reason(path, fixed, gone):
    """Commitments, values, abandonments and open frames that are other or gone need a reason; the rest goes on."""
    before = first({path: ONE, "x": ONE})
    now = first({"x": ONE} if gone else {path: TWO, "x": ONE})
    check_correction(before, now, "笔误")
    check_correction(None, now, None)
    check_correction(before, before, None)
    if not fixed:
        check_correction(before, now, None)
        return
    with pytest.raises(UsageError) as caught:
        check_correction(before, now, None)
    assert (caught.value.code, caught.value.params) == ("notice.reason_missing", {"path": path})


@pytest.mark.parametrize("path", ["../a", "/a", "a//b", "a\\b", "manifest.json", "anchors.json", "C:/a", "", "a/./b"])
def test_paths_that_leave_the_folder_are_refused(path):
    """A path must stay inside the folder and can be neither the manifest itself nor what stands apart from it."""
    with pytest.raises(SupervisionError) as caught:
        first({path: ONE})
    assert caught.value.code == "notice.path"


@pytest.mark.parametrize(
    "changes",
    [
        {"round": 1},
        {"sequence": "1"},
        {"previous": 1},
        {"files": {}},
        {"files": ["x"]},
        {"files": [{"path": "a", "size": 1}]},
        {"files": [{"digest": "", "path": "a", "size": "1"}]},
        {"files": [{"digest": "", "path": ["a"], "size": 1}]},
        {"files": [{"digest": None, "path": "a", "size": 1}]},
        {"more": 1},
    ],
)
def test_another_form_is_refused(changes):
    """A manifest with a field of another kind, or another field, is none; a path that leads away is named."""
    raw = json.loads(first({"a": ONE}))
    with pytest.raises(DoesNotVerify) as caught:
        Manifest.from_bytes(canonical_json({**raw, **changes}))
    assert caught.value.code == "notice.manifest_form"
    with pytest.raises(SupervisionError, match="etc"):
        Manifest.from_bytes(canonical_json({**raw, "files": [{"digest": "", "path": "../etc", "size": 1}]}))
