"""How pages and workbooks look in the programs that people use (浏览器与办公软件)."""

import io
import os
import shutil
import struct
import subprocess
from datetime import datetime

import openpyxl
import pytest
from builders import LISTS

from supervision.month.result_files import workbook_sheets
from supervision.notice.calendar_pages import calendar_pages, office_page
from supervision.notice.formats import workbook
from supervision.notice.public_content import Heading
from supervision.notice.site.pages import write_pages
from supervision.results.workbook_reader import read_results


def program(*names, package):
    """Return the path of a program; skip without it, but fail where everything should be installed."""
    found = next((path for path in map(shutil.which, names) if path), None)
    if found is None:
        reason = f"package {package} is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.mark.parametrize("width", [390, 1200])
def test_pages_fit_the_screen(sample, tmp_path, width):
    """No page is wider than the screen, on a phone and on a desk; the browser writes a picture of the width asked."""
    chromium = program("chromium", "chromium-browser", package="chromium")
    probe = "<script>document.body.id=document.documentElement.scrollWidth>innerWidth?'WIDE':'FITS'</script></body>"
    heading, month = Heading(city="苏州市", round="2026-12", rehearsal=False, stage="planned"), sample.make_month()
    contents = list(sample.office_months(heading, month))
    calendar = {f"{one.office.office_id}/calendar.html": office_page(one, {}) for one in contents}
    calendar |= calendar_pages(heading, month, contents, {})
    for path, source in {**write_pages(sample.make_content()), **calendar, "city.html": calendar["index.html"]}.items():
        if path.endswith(".html"):
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_bytes(source.replace(b"</body>", probe.encode()))
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]
    for name in ("market-01/calendar", "city", "district-320505", "commitment", "verify"):
        page = (tmp_path / f"{name}.html").as_uri()
        size = f"--window-size={width},900"
        dumped = subprocess.run(
            [chromium, *flags, size, "--dump-dom", page], capture_output=True, timeout=60, check=True
        )
        assert b'id="FITS"' in dumped.stdout
    picture = tmp_path / "page.png"
    subprocess.run(
        [chromium, *flags, size, f"--screenshot={picture}", page], capture_output=True, timeout=60, check=True
    )
    assert struct.unpack(">I", picture.read_bytes()[16:20]) == (width,)


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_what_office_saves_can_be_recorded(sample, tmp_path, ending):
    """A workbook that LibreOffice saved again, also in its own or the old format, is read as it was filled in."""
    soffice = program("soffice", "libreoffice", package="libreoffice-calc")
    heading = Heading(city="苏州市", round="2026-12", rehearsal=False, stage="planned")
    choices = {"result": ["1 未发现问题"], "method": ["实地检查"], "follow_up": ["无需后续处置"]}
    content = next(iter(sample.office_months(heading, sample.make_month(), **choices)))
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(content)))
    sheet = book["结果录入"]
    at = {cell.value: cell.column for cell in sheet[2]}
    filled = {"检查结果": "1 未发现问题", "检查日期": datetime(2026, 12, 4), "检查人员工号": "0010", "备注": "'=1+1"}
    for header, value in filled.items():
        sheet.cell(3, at[header], value)
    (tmp_path / "in").mkdir()
    book.save(tmp_path / "in" / "fire.xlsx")
    call = [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", ending]
    subprocess.run([*call, "--outdir", str(tmp_path), str(tmp_path / "in" / "fire.xlsx")], timeout=120, check=True)
    saved = (tmp_path / f"fire.{ending}").read_bytes()
    (found,) = read_results(f"fire.{ending}", workbook_sheets(f"fire.{ending}", saved), codes=LISTS.named("result"))
    assert found.frame[["visit_id", "item_id", "result", "inspected_on", "inspectors", "note"]].values.tolist() == [
        ["U2~1", "fire-door", "1", "2026-12-04", "0010", "=1+1"]
    ]
    assert (found.line.tolist(), found.faults) == ([3], ())


def test_office_opens_the_workbook(sample, tmp_path):
    """LibreOffice opens the workbook and prints all its visible sheets."""
    soffice = program("soffice", "libreoffice", package="libreoffice-calc")
    heading = Heading(city="苏州市", round="2026-12", rehearsal=True, stage="planned")
    choices = {"result": ["1 未发现问题"], "method": ["实地检查"], "follow_up": ["无需后续处置"]}
    content = next(iter(sample.office_months(heading, sample.make_month(), **choices)))
    (tmp_path / "fire.xlsx").write_bytes(workbook.write(content))
    call = [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*call, "--outdir", str(tmp_path), str(tmp_path / "fire.xlsx")], timeout=120, check=True)
    reader = program("pdftotext", package="poppler-utils")
    printed = subprocess.run([reader, str(tmp_path / "fire.pdf"), "-"], capture_output=True, timeout=60, check=True)
    text = printed.stdout.decode()
    assert [word in text for word in ("本月检查日程", "结果录入", "说明", "演练", "选项")] == [True] * 4 + [False]
    assert text.count("=HYPERLINK(1)") == 3
