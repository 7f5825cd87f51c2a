"""Another city, Nanjing: its districts and departments are two files of its rules folder, and no line of Python."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from pathlib import Path

import openpyxl
import pytest
from builders import LISTS

sys.path.insert(0, str(Path(__file__).parent))
import rehearsals

DISTRICTS = {  # GB/T 2260
    "320102": "玄武区",
    "320104": "秦淮区",
    "320105": "建邺区",
    "320106": "鼓楼区",
    "320111": "浦口区",
    "320113": "栖霞区",
    "320114": "雨花台区",
    "320115": "江宁区",
    "320116": "六合区",
    "320117": "溧水区",
    "320118": "高淳区",
}
REGION_COLUMNS = ("region", "行政区划代码", "适用区域")
AGENCY_COLUMNS = ("agency", "检查机关")


def code_list(name: str, title: str, codes: dict[str, tuple[str, str]]) -> str:
    """Return a code list as a city writes it: code → name and one alias."""
    rows = "".join(
        f'  "{code}":\n    zh: {zh}\n    en: "{code}"\n    aliases: [{alias}]\n' for code, (zh, alias) in codes.items()
    )
    return f"id: {name}\ntitle:\n  zh: {title}\n  en: {name}\nbasis: 南京市自编\nverified: true\ncodes:\n{rows}"


def to_nanjing(city: Path) -> None:
    """Turn the demo city's input files into Nanjing's: other districts, departments under other codes."""
    regions = dict(zip(LISTS.codes("region"), DISTRICTS, strict=False))
    assert len(regions) == 10
    for path in city.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as handle:
            head, *rows = csv.reader(handle)
        for place, name in enumerate(head):
            if name in REGION_COLUMNS:
                for row in rows:
                    row[place] = regions.get(row[place], row[place])
        if path.name == "tasks.csv":
            where, one = head.index("抽查对象范围"), rows[0]
            one[where] = f"region!=320118;{one[where]}"
        with path.open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle).writerows([head, *rows])
    folder = city / "rules" / "code_lists"
    folder.mkdir()
    (folder / "region.yaml").write_text(
        code_list("region", "区划", {code: (name, name[:-1]) for code, name in DISTRICTS.items()}), encoding="utf-8"
    )
    departments = {f"nj_{code}": (f"宁{LISTS.label('department', code)}", code) for code in LISTS.codes("department")}
    text = code_list("department", "部门", departments)
    for code in LISTS.codes("department"):
        text = text.replace(f"aliases: [{code}]", f"aliases: [{code}, {LISTS.label('department', code)}]")
    (folder / "department.yaml").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def nanjing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nanjing's month, rehearsed; the folder of its store, inputs and output."""
    folder = tmp_path_factory.mktemp("nanjing")
    rehearsals.supervision(folder, "demo", "city", "--entities", "500")
    to_nanjing(folder / "city")
    arguments = ("month", rehearsals.ROUND, "--rehearsal", "--inputs", "city", "--out", "out")
    printed = rehearsals.supervision(folder, *arguments, exits=(0, 4))
    assert "rejected" not in printed.replace("0 rejected", "")
    return folder


def test_pages_have_its_names(nanjing: Path) -> None:
    """Departments and districts stand on the pages by Nanjing's names, and its lists are in the round's law."""
    plan = (nanjing / "out" / "public" / rehearsals.ROUND / "plan.html").read_text(encoding="utf-8")
    assert "行政区划不为高淳区" in plan
    assert "宁消防救援、宁卫生健康" in plan
    rules = json.loads((nanjing / "out" / "audit" / rehearsals.ROUND / "rules.json").read_text(encoding="utf-8"))
    assert {"city/code_lists/region.yaml", "city/code_lists/department.yaml"} <= set(rules)


def test_workbooks_have_its_names(nanjing: Path) -> None:
    """An office's workbook names its department by Nanjing's code, which the register of results takes."""
    books = sorted((nanjing / "out" / "internal").rglob("market-*.xlsx"))
    sheet = openpyxl.load_workbook(books[0])["结果录入"]
    agency = next(cell.column for cell in sheet[2] if cell.value == "检查机关")
    assert sheet.cell(3, agency).value == "nj_market"


def test_results_come_back(nanjing: Path) -> None:
    """A result of a Nanjing office is recorded and published under the department's name."""
    rehearsals.supervision(nanjing, "init")
    shutil.copytree(nanjing / "city" / "rules", nanjing / "rules", dirs_exist_ok=True)
    visit = rehearsals.rows(nanjing / "out" / "audit" / rehearsals.ROUND / "calendar.csv")[0]
    row = [rehearsals.REHEARSED, visit["visit_id"], visit["visit_id"].rpartition("~")[0], visit["items"].split()[0]]
    agency = "宁" + LISTS.label("department", visit["office"].rpartition("-")[0])
    people = rehearsals.who_went(nanjing / "out" / "audit" / rehearsals.ROUND / "roster.json")[
        visit["visit_id"], visit["office"]
    ]
    with (nanjing / "r.csv").open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(
            [rehearsals.RESULTS, [*row, agency, "1", visit["half_days"][:10], people, "演示审核人"]]
        )
    printed = rehearsals.supervision(nanjing, "record", "r.csv")
    assert "1 new" in printed
    rehearsals.rehearsed(nanjing, "publish", "--out", "out")
    page = (nanjing / "out" / "public" / rehearsals.ROUND / "results.html").read_text(encoding="utf-8")
    assert agency in page


def test_suzhou_is_unknown_there(nanjing: Path) -> None:
    """A district of another city is refused with the districts that there are."""
    (nanjing / "e.csv").write_text("unit_id,name,region\nu1,甲,虎丘区\nu2,乙,江宁\n", encoding="utf-8")
    shutil.copytree(nanjing / "city" / "rules", nanjing / "rules", dirs_exist_ok=True)
    printed = rehearsals.supervision(
        nanjing, "check", "entities", "e.csv", "--ids", "own", "--as-of", "2026-11-30", exits=(3,)
    )
    assert "1 rows could go in (1 new), 1 would be rejected" in printed
    assert "320118" in printed
