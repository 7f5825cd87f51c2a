"""A notice to post (张贴公告): one sheet as page and as PDF, its code whole, its bytes the same anywhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zlib
from dataclasses import replace

import pytest

from supervision.errors import SupervisionError
from supervision.notice.formats import posted_pdf
from supervision.notice.posted import Posted, posted_page

DIGEST = "2d71164201627ca9c8530fb102258717b726b044fbac32f5903cc4db921a4881"
SOURCE = {"name": "双色球红球", "issue": "2026137", "shape": "1–33 取 6", "at": "2026-11-26T21:15:00+08:00"}
POSTED = Posted(
    city="苏州市",
    agency="market-01",
    round="2026-12",
    rehearsal=False,
    second=False,
    digest=DIGEST,
    hash_name="sha256",
    committed_at="2026-11-24T09:00:00+08:00",
    sequence=7,
    sources=[{**SOURCE, "organiser": "中国福利彩票发行管理中心 https://www.cwl.gov.cn"}] * 4,
)


def streams(pdf: bytes) -> bytes:
    """Everything that a PDF holds, its streams unpacked."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return pdf + b"".join(zlib.decompress(one) for one in packed if one[:1] == b"\x78")


def pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b", streams(pdf)))


def test_the_code_scales_with_its_box() -> None:
    """It has a view box and no size of its own: a smaller box would cut off two of its three corners."""
    drawing = re.search(r"<svg[^>]*>", posted_page(POSTED).decode())
    assert drawing
    assert re.search(r'viewBox="0 0 \d+ \d+"', drawing[0])
    assert not re.search(r"\swidth=", drawing[0])


def test_the_digest_stands_in_groups_of_eight() -> None:
    """Read from left to right the groups are the digest, whole: who compares it by eye compares all of it."""
    shown = "0123456789abcdeffedcba98765432100f1e2d3c4b5a69788796a5b4c3d2e1f0"
    groups = re.findall(r"<span>([0-9a-f]+)</span>", posted_page(replace(POSTED, digest=shown)).decode())
    assert [len(group) for group in groups] == [8] * 8
    assert "".join(groups) == shown


def test_page_and_paper_name_digest_source_and_dates() -> None:
    """Everything that is compared later stands on the page: eight groups of the digest, issue, times, sequence."""
    page = posted_page(POSTED).decode()
    assert [page.count(f"<span>{DIGEST[at : at + 8]}</span>") for at in range(0, 64, 8)] == [1] * 8
    for text in (
        "2026137",
        "2026-11-26 21:15:00",
        "2026-11-24 09:00:00",
        "中国福利彩票发行管理中心",
        '<dd><span class="zh">7</span>',
    ):
        assert text in page


def test_the_pdf_is_one_page_with_its_fonts_inside() -> None:
    """One sheet, dated by the commitment, both fonts embedded: it prints where no Chinese font is installed."""
    inside = streams(posted_pdf.write(POSTED))
    assert pages(inside) == 1
    assert b"NotoSerifCJKsc-Regular" in inside and b"/FontFile3" in inside
    assert b"D:20261124000000" in inside
    used = {int(code, 16) for code in re.findall(rb"<[0-9a-f]{4}> <([0-9a-f]{4})>", inside.lower())}
    assert {ord(character) for character in "承诺苏州双色球开奖"} <= used


def test_a_rehearsal_with_all_its_sources_stays_on_one_sheet() -> None:
    """Twice as many sources as any rule has, the mark of a rehearsal and a long digest change nothing of that."""
    sources = [*POSTED.sources] * 2
    assert pages(posted_pdf.write(replace(POSTED, rehearsal=True, sequence=0, second=True, sources=sources))) == 1


def test_the_pdf_has_the_same_bytes_elsewhere() -> None:
    """Another process in another time zone, without a home and its fonts, writes the same file: manifests list it."""
    script = "import sys, test_posted as t; sys.stdout.buffer.write(t.posted_pdf.write(t.POSTED))"
    here = os.path.dirname(__file__)  # noqa: PTH120 - a search path is a text
    path = os.pathsep.join([here, *sys.path])
    there = {"PYTHONPATH": path, "TZ": "America/New_York", "SOURCE_DATE_EPOCH": "1", "LANG": "C"}
    made = subprocess.run([sys.executable, "-c", script], env=there, capture_output=True, check=True).stdout
    assert made == posted_pdf.write(POSTED)


def test_a_character_without_a_shape_is_named() -> None:
    """A character that the font lacks would be an empty box on the wall: it is refused, with the text it stands in."""
    with pytest.raises(SupervisionError) as refused:
        posted_pdf.write(replace(POSTED, city="\ue000州市"))
    assert refused.value.code == "notice.posted.no_glyph"
    params = refused.value.params
    assert (params["character"], params["point"]) == ("\ue000", "U+E000")
    assert str(params["text"]).startswith("\ue000州市")


def test_rare_characters_are_shown() -> None:
    """Characters of names beyond GBK – of the extensions, of the later rows of the block – are in the font."""
    assert pages(posted_pdf.write(replace(POSTED, city="㐀\u9fb4㛃𠮷市"))) == 1
