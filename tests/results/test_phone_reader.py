"""Result files of the phone form: rows as a workbook has them; what was changed or is not whole is refused."""

from __future__ import annotations

import hashlib
import json

import pytest
from builders import LISTS

from supervision.canonical import canonical_json
from supervision.errors import SupervisionError
from supervision.results.phone_reader import FORMAT, is_result_file, read_phone_results

CODES = LISTS.named("result")
ROW = {
    "agency": "market", "follow_up": "责令改正", "inspected_on": "2026-12-03", "inspectors": "0010 0011",
    "item_id": "food", "item_result": "不合格", "method": "实地检查、书面检查", "note": "冷柜温度高",
    "points": [{"answer": "不符合", "point": "温度"}, {"answer": "符合", "point": "证照"}],
    "result": "1 未发现问题", "reviewer": "钱审核", "unit_id": "91320505MA1EXAMP07", "visit_id": "91320505MA1EXAMP07~1",
}  # fmt: skip
VISIT = {
    "begun": "09:00", "code": "0f1e2d3c4b5a6978", "ended": "10:00", "opinion": "无", "refused": "",
    "photos": [{"name": "IMG_1.jpg", "sha256": "ab" * 32, "size": 12345}],
    "signatures": {"inspectors": None, "unit": {"png": "data:image/png;base64,AA", "sha256": "cd" * 32}},
    "visit_id": "91320505MA1EXAMP07~1",
}  # fmt: skip
TOLD = {
    "day": "2026-12-03", "form": "ef" * 32, "format": FORMAT, "office": "market-320505", "round": "2026-12",
    "rows": [ROW], "saved": "2026-12-03T10:15", "visits": [VISIT],
}  # fmt: skip


def saved(told=TOLD, **changes) -> bytes:
    """Return the file of some content, with its digest."""
    whole = {**told, **changes}
    return canonical_json({**whole, "digest": hashlib.sha256(canonical_json(whole)).hexdigest()})


def read(source: bytes):
    """Read a file."""
    return read_phone_results("results-x.json", source, codes=CODES)


def refusal(source: bytes) -> SupervisionError:
    """Return why a file is refused."""
    with pytest.raises(SupervisionError) as found:
        read(source)
    return found.value


def test_rows_as_a_workbook_has_them():
    """Every column of a row, the result as its code, and in the note what failed."""
    found = read(saved())
    (row,) = found.frame.to_dict("records")
    assert row == {
        **{name: ROW[name] for name in ROW if name not in ("points", "note")},
        "round": "2026-12",
        "result": "1",
        "note": "冷柜温度高；不符合：温度",
    }
    assert (found.name, found.line.tolist(), found.faults, found.corrects) == ("results-x.json", [1], (), False)
    assert (found.headers["visit_id"], found.headers["inspectors"]) == ("检查编号", "检查人员工号")
    assert found.notes[0].params == {"office": "market-320505", "day": "2026-12-03", "saved": "2026-12-03T10:15"}


def test_what_is_blank_is_missing():
    """Blank texts are missing values; a refused signature stands in the note; a row alone has none."""
    row = {**ROW, "follow_up": "", "note": "", "points": [], "visit_id": "U~2"}
    visit = {**VISIT, "refused": "负责人不在", "photos": [], "signatures": {"inspectors": None, "unit": None}}
    found = read(saved(rows=[{**row, "visit_id": VISIT["visit_id"]}, row], visits=[visit]))
    assert found.frame["follow_up"].isna().all()
    assert found.frame["note"].fillna("").tolist() == ["拒绝签名：负责人不在", ""]
    assert read(saved(rows=[], visits=[])).frame.empty


def test_a_code_and_other_words():
    """A result whose words are another code's is at fault, as in a workbook."""
    found = read(saved(rows=[{**ROW, "result": "1 经责令已改正"}]))
    assert [fault.reason.code for fault in found.faults] == ["results.code_and_words"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\xe6\x9c\xaa\xe5\x8f\x91\xe7\x8e\xb0", b"\xe5\xb7\xb2\xe5\x8f\x91\xe7\x8e\xb0"),
        (b"0010 0011", b"0010 0012"),
        (b'"size":12345', b'"size":12346'),
        (b"base64,AA", b"base64,AB"),
        (b'"round":"2026-12"', b'"round":"2026-11"'),
        (b"10:15", b"10:16"),
    ],
)
def test_a_changed_file(old, new):
    """One change anywhere, in rows, photographs, signatures or the head: refused whole, with both digests."""
    source = saved()
    assert source.count(old) >= 1
    error = refusal(source.replace(old, new, 1))
    assert error.code == "results.form_digest"
    assert error.params["said"] == json.loads(source)["digest"][:16] != error.params["found"]
    assert len(error.params["found"]) == 16


def test_saved_again_by_an_editor():
    """White space, another order of keys and a byte order mark change nothing that is said."""
    again = json.dumps(dict(reversed(json.loads(saved()).items())), ensure_ascii=False, indent=2).encode("utf-8-sig")
    assert read(again).frame.equals(read(saved()).frame)


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"\xff\xfe",
        b"[1]",
        b"{}",
        saved(format="supervision-form-results-2"),
        saved(more=""),
        saved(rows=[{**ROW, "more": ""}]),
        saved(rows=[{key: ROW[key] for key in ROW if key != "note"}]),
        saved(rows=[{**ROW, "result": 1}]),
        saved(rows=[{**ROW, "points": [{"answer": ""}]}]),
        saved(rows=["x"]),
        saved(rows={}),
        saved(visits=[{**VISIT, "photos": [{"name": "x"}]}]),
        saved(visits=[{**VISIT, "signatures": {}}]),
        saved(visits=[{**VISIT, "begun": 9}]),
        saved(day=3),
        saved()[:-20],
        b"[" * 100000,
        b"1" * 5_000,
        saved(rows=[{**ROW, "points": [{"answer": {}, "point": ""}]}]),
        saved(rows=[{**ROW, "points": [{"answer": 1, "point": ""}]}]),
        saved(visits=[{**VISIT, "photos": [{"name": "x", "sha256": "", "size": "1"}]}]),
        saved(visits=[{**VISIT, "photos": [{"name": 1, "sha256": "", "size": 1}]}]),
        saved(visits=[{**VISIT, "signatures": {"inspectors": [], "unit": None}}]),
        saved(visits=[{**VISIT, "signatures": {"inspectors": {"png": 1, "sha256": ""}, "unit": None}}]),
        saved().replace(b"12345", b"1.5"),
    ],
)
def test_another_file(source):
    """Nothing, other text, another format, a part or another shape: said to be no file of the form, nothing is read."""
    assert refusal(source).code == "results.form_unreadable"


def test_its_name():
    """In a folder only files named as the form saves them are taken, also when a browser numbered them."""
    assert is_result_file("results-market-320505-2026-12-03.json")
    assert is_result_file("Results-x (1).JSON")
    assert not is_result_file("manifest.json")
    assert not is_result_file("results-x.csv")
