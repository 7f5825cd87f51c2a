"""Cells of xlsx sheets: texts, numbers, days and formulas as written; memory follows the cells that are filled."""

import io
import tracemalloc
import zipfile

import pytest
from builders import said

from supervision.directory.reading.register_file import read_table
from supervision.directory.reading.xlsx_cells import Merge, hidden_columns, merges, number_text, stream_rows
from supervision.directory.reading.xlsx_package import open_package, shows_day
from supervision.errors import DirectoryError


def read(data: bytes):
    """Return a workbook as a table."""
    return read_table("entities", "e.xlsx", data)


def day(made, column_of, xml: str, book_xml: str = "") -> str | None:
    """Return what a cell of a day is read as."""
    data = made.book({"数据": made.sheet([made.head, made.unit(1, day=xml)])}, book_xml=book_xml)
    return column_of(read(data), "established")[0]


DAYS = {
    '<c s="1"><v>42969</v></c>': "2017-08-22",
    '<c s="2"><v>42969</v></c>': "2017-08-22",
    '<c s="3"><v>44430.99950231481</v></c>': "2021-08-22 23:59:17",
    '<c s="3"><v>44430.999999</v></c>': "2021-08-23",
    '<c s="1"><v>2958465</v></c>': "9999-12-31",
    '<c s="1"><v>2958466</v></c>': "2958466",
    '<c s="1"><v>61</v></c>': "1900-03-01",
    '<c s="1"><v>60</v></c>': "60",
    '<c s="1"><v>-1</v></c>': "-1",
    '<c s="4"><v>0.5</v></c>': "12:00:00",
    '<c s="4"><v>0.999999</v></c>': "23:59:59",
    "<c><v>42969</v></c>": "42969",
    '<c s="9"><v>42969</v></c>': "42969",
    '<c t="d"><v>2021-08-23T00:00:00</v></c>': "2021-08-23",
    '<c t="d"><v>2021-08-23T08:30:00.000Z</v></c>': "2021-08-23 08:30:00",
    '<c t="d"><v>2021</v></c>': "2021",
    '<c s="1" t="str"><f>TEXT(1,2)</f><v>2021/8/23</v></c>': "2021/8/23",
    '<c s="1"><f>B1</f><v>42969</v></c>': "2017-08-22",
}


@pytest.mark.parametrize(("xml", "text"), DAYS.items())
def test_days(made, column_of, xml, text):
    """A serial number in a cell of a day is that day, to the second; before March 1900 and after 9999 it stays one."""
    assert day(made, column_of, xml) == text


DAYS_1904 = {
    '<c s="1"><v>42969</v></c>': "2021-08-23",
    '<c s="1"><v>0.5</v></c>': "12:00:00",
    '<c s="1"><v>1</v></c>': "1904-01-02",
    "<c><v>42969</v></c>": "44431",
    "<c><v>42969.5</v></c>": "44431.5",
    "<c><v>9999</v></c>": "11461",
    "<c><v>999</v></c>": "999",
    "<c><v>20210823</v></c>": "20210823",
    '<c t="str"><v>2021-08-23</v></c>': "2021-08-23",
    '<c t="str"><v>20210823</v></c>': "20210823",
}


@pytest.mark.parametrize(("xml", "text"), DAYS_1904.items())
@pytest.mark.parametrize("mark", ['<workbookPr date1904="1"/>', '<workbookPr date1904="true"/><workbookProtection/>'])
def test_days_of_a_1904_workbook(made, column_of, xml, text, mark):
    """In a workbook of the 1904 system days are four years and a day later, in typed numbers as well."""
    assert day(made, column_of, xml, mark) == text


def test_typed_numbers_of_1904_are_said(made):
    """Days typed as numbers in a 1904 workbook are said with their rows; numbers of other columns are left alone."""
    head = [*made.head, "从业人数"]
    rows = [head, [*made.unit(1, day=42969), 50000], [*made.unit(2), 3]]
    table = read(made.book({"数据": made.sheet(rows)}, book_xml='<workbookPr date1904="1"/>'))
    assert table.frame["employees"].tolist() == ["50000", "3"]
    assert said(table) == ("工作表“数据”用 1904 日期系统，1 行以数字填写的日期已按此换算（第 2 行）",)


def test_a_serial_number_as_text_in_a_1904_workbook(made):
    """A serial number that came as text may be of either system: its row is handed back."""
    data = made.book(
        {"数据": made.sheet([made.head, made.unit(1, day="42969")])}, book_xml='<workbookPr date1904="1"/>'
    )
    assert made.rejected_of(read(data)) == [(2, "established", "directory.serial_as_text")]
    assert made.rejected_of(read(made.book({"数据": made.sheet([made.head, made.unit(1, day="42969")])}))) == []


FORMATS = {
    "yyyy-mm-dd": True,
    'yyyy"年"m"月"d"日"': True,
    "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy": True,
    "[DBNum1][$-804]yyyy年m月d日": True,
    "h:mm:ss.000": True,
    "[h]:mm": True,
    "mm:ss": True,
    "General": False,
    "G/通用格式": False,
    "0.00": False,
    "#,##0": False,
    '0"日"': False,
    '"d"0': False,
    "[Red]0.00": False,
    "\\d0": False,
    "0_d": False,
    "@": False,
    "?/?": False,
    "0.00E+00": False,
    "[Red]": False,
}


@pytest.mark.parametrize(("code", "is_day"), FORMATS.items())
def test_formats_of_days(code, is_day):
    """A format shows a day where letters of a day are left once quoted text, escapes, colours and locales are gone."""
    assert shows_day(code) is is_day


def test_built_in_formats_of_days(made):
    """The formats of the standard that show a day or a time, with those of Chinese systems, by their numbers."""
    xfs = "".join(f'<xf numFmtId="{number}"/>' for number in range(62))
    styles = (
        f'<styleSheet xmlns="x"><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{xfs}</cellXfs></styleSheet>'
    )
    package = open_package(
        "e.xlsx", made.book({"数据": made.sheet([made.head])}, parts={"xl/styles.xml": styles.encode()})
    )
    days = [*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)]
    assert sorted(int(style) for style in package.day_styles) == days


def test_zeros_that_a_format_shows(made, column_of):
    """An id that is a number shown as 0010 is 0010; other formats, texts and fractions put no zeros."""
    formats = '<numFmts><numFmt numFmtId="164" formatCode="0000"/><numFmt numFmtId="165" formatCode="0.0"/></numFmts>'
    xfs = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 164, 165))
    styles = f'<styleSheet xmlns="x">{formats}<cellXfs>{xfs}</cellXfs></styleSheet>'
    cells = [
        '<c s="1"><v>10</v></c>',
        '<c s="1"><v>12345</v></c>',
        '<c s="1"><v>1.5</v></c>',
        '<c s="2"><v>10</v></c>',
        7,
    ]
    rows = [made.head, *([f"u{at}", cell, 320505] for at, cell in enumerate(cells))]
    book = made.book({"数据": made.sheet(rows)}, parts={"xl/styles.xml": styles.encode()})
    assert column_of(read_table("entities", "e.xlsx", book), "name") == ["0010", "12345", "1.5", "10", "7"]


NUMBERS = {
    "320505": "320505",
    "0": "0",
    "1.0": "1",
    "1.50": "1.5",
    "-3": "-3",
    "1E3": "1000",
    "999999999999999": "999999999999999",
    "1000000000000000": "1.00000000000000E+15",
    "9.1320505E+17": "9.13205050000000E+17",
    "0.1": "0.1",
}


@pytest.mark.parametrize(("written", "text"), NUMBERS.items())
def test_numbers(written, text):
    """Whole numbers have no point; those of 16 digits and more, which lost digits, say so."""
    assert number_text(written) == text


def test_texts(made, column_of):
    """Shared, rich, phonetic, inline, empty and escaped texts, truth values and errors."""
    shared = (
        "<si><t>统一社会信用代码</t></si>"
        "<si><r><t>企业</t></r><r><t>名称</t></r><rPh sb='0' eb='1'><t>qiye</t></rPh><phoneticPr/></si>"
        "<si><t>行政区划代码</t></si><si><t xml:space='preserve'>甲_x000D_店_x005F_x41</t></si><si/>"
    )
    rows = [
        ['<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>', '<c t="s"><v>2</v></c>', "规上标志", "备注"],
        ["u1", '<c t="s"><v>3</v></c>', 320505, '<c t="b"><v>1</v></c>', '<c t="e"><v>#N/A</v></c>'],
        [
            "u2",
            '<c t="inlineStr"><is><r><t>乙</t></r><rPh><t>yi</t></rPh><r><t>店</t></r></is></c>',
            320505,
            '<c t="b"><v>0</v></c>',
            '<c t="s"><v>4</v></c>',
        ],
        ["u3", '<c t="str"><f>A1</f><v>丙&amp;店</v></c>', 320505, '<c s="1"/>', '<c t="str"><f>A1</f><v></v></c>'],
    ]
    table = read(made.book({"数据": made.sheet(rows)}, shared=shared))
    assert column_of(table, "name") == ["甲\r店_x41", "乙店", "丙&店"]
    assert column_of(table, "above_scale") == ["TRUE", "FALSE", None]
    assert column_of(table, "note") == ["#N/A", None, None]
    assert said(table) == ()


@pytest.mark.parametrize("change", ["prefix", "strict", "pretty", "no references", "quotes"])
def test_ways_of_writing_a_sheet(made, change):
    """Namespace prefixes, strict files, indented files, cells without references and single quotes are read alike."""
    data = made.book({"数据": made.sheet([made.head, made.unit(1), made.unit(2)])})
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if change == "prefix" and name.endswith("sheet1.xml"):
                text = text.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
            elif change == "strict":
                text = text.replace("http://schemas.openxmlformats.org", "http://purl.oclc.org/ooxml")
            elif change == "pretty" and name.endswith("sheet1.xml"):
                text = text.replace("><", ">\n  <").replace('<t xml:space="preserve">\n  <', "<t><")
            elif change == "no references" and name.endswith("sheet1.xml"):
                text = "".join(part.partition('"')[2] if at else part for at, part in enumerate(text.split(' r="')))
            elif change == "quotes" and name.endswith("sheet1.xml"):
                text = text.replace('"', "'")
            new.writestr(name, text)
    table = read(stream.getvalue())
    names = [row["name"] for row in made.rows_of(table)]
    assert names == ["演示第1号企业", "演示第2号企业"]


def test_formulas_without_results(made, column_of):
    """A formula saved without its result hands the row back where the column decides, and is said in any case."""
    head = [*made.head, "备注"]
    empty, gone = "<c><f>DATE(2015,3,9)</f><v></v></c>", "<c><f>A1</f></c>"
    rows = [
        head,
        [*made.unit(1, day=empty), "x"],
        [*made.unit(2), gone],
        [*made.unit(3, tags='<c t="str"><f>A1</f><v></v></c>'), "y"],
    ]
    table = read(made.book({"数据": made.sheet(rows)}))
    assert made.rejected_of(table) == [(2, "established", "directory.unsaved_formula")]
    assert said(table) == (
        "工作表“数据”的“成立日期”有 1 格是没有保存结果的公式（第 2 行）；请用表格软件打开、保存后重新导入",
        "工作表“数据”的“备注”有 1 格是没有保存结果的公式（第 3 行）；请用表格软件打开、保存后重新导入",
    )
    assert column_of(table, "note") == ["x", None, "y"]


def test_zeros_of_formulas_that_were_never_calculated(made):
    """A program that leaves the calculation to the next one writes 0 for each result: that is no value."""
    rows = [
        made.head,
        made.unit(1, day='<c s="1"><f>DATE(2015,3,9)</f><v>0</v></c>'),
        made.unit(2, day='<c s="1"><f>A1</f><v>42000</v></c>'),
    ]
    never = made.book({"数据": made.sheet(rows)}, book_xml='<calcPr fullCalcOnLoad="1"/>')
    assert made.rejected_of(read(never)) == [(2, "established", "directory.unsaved_formula")]
    assert made.rejected_of(read(made.book({"数据": made.sheet(rows)}, book_xml="<calcPr/>"))) == []


def test_formulas_alone_in_a_row(made):
    """A row that holds nothing but formulas without results is handed back, not passed over."""
    rows = [made.head, made.unit(1), ["<c><f>A1</f></c>", "<c><f>B1</f></c>"]]
    table = read(made.book({"数据": made.sheet(rows)}))
    assert made.rejected_of(table) == [
        (3, "unit_id", "directory.unsaved_formula"),
        (3, "name", "directory.unsaved_formula"),
    ]


@pytest.mark.parametrize("reference", ["XFD1048576", "XFD2", "A1048576", "ZZ7"])
def test_a_stray_cell_costs_a_cell(made, reference):
    """A space far out costs no memory for the cells between."""
    rows = [made.head, *(made.unit(number) for number in range(1, 9))]
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    stray = f'<row r="{row}"><c r="{reference}" t="inlineStr"><is><t xml:space="preserve"> </t></is></c></row>'
    data = made.book({"数据": made.sheet(rows).replace("</sheetData>", f"{stray}</sheetData>")})
    read(data)
    tracemalloc.start()
    table = read(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(table.line) == 8
    assert peak < 8_000_000


def test_styles_without_cells_are_no_rows(made):
    """Rows that hold nothing but styles are not kept."""
    styled = "".join(f'<row r="{number}"><c r="A{number}" s="1"/></row>' for number in range(3, 50_000))
    data = made.book({"数据": made.sheet([made.head, made.unit(1)]).replace("</sheetData>", f"{styled}</sheetData>")})
    assert read(data).line.tolist() == [2]


def test_what_stands_around_the_rows(made):
    """Merged cells after the rows and hidden columns before them are found, whatever else stands there."""
    xml = made.sheet(
        [made.head],
        cols='<x:cols><x:col hidden="true" max="3" min="2"/><col min="5" max="5"/></x:cols>',
        more="<hyperlinks><hyperlink ref='A1:B2'/></hyperlinks>"
        "<x:mergeCells count='1'><x:mergeCell ref='B2:C$9'/></x:mergeCells>",
    )
    package = open_package("e.xlsx", made.book({"数据": xml}))
    assert merges(package, package.sheets[0]) == [Merge(2, 1, 9, 2)]
    assert hidden_columns(package, package.sheets[0]) == {1, 2}
    assert [row.number for row in stream_rows(package, package.sheets[0])] == [1]


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"]
)
def test_entities_are_refused(made, part):
    """A part that declares a document type is refused before any entity grows."""
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    data = made.book({"数据": made.sheet([made.head, made.unit(1)])}, shared="<si><t>x</t></si>")
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, bomb if name == part else old.read(name))
    with pytest.raises(DirectoryError) as caught:
        read(stream.getvalue())
    assert (caught.value.code, caught.value.params["what"].code) == ("directory.foreign", "directory.is_bomb")


def test_a_part_too_large_is_not_read(made, monkeypatch):
    """A part that unpacks to more than a workbook can need is refused by its size, unread."""
    monkeypatch.setattr("supervision.directory.reading.xlsx_cells.LARGEST_SHEET", 2_000)
    small, large = made.sheet([made.head, made.unit(1)]), made.sheet([made.head, *[made.unit(1)] * 9])
    assert len(small) < 2_000 < len(large)
    assert len(read(made.book({"数据": small})).line) == 1
    with pytest.raises(DirectoryError, match="大得不合常理"):
        read(made.book({"数据": large}))


@pytest.mark.parametrize("damage", ["cut", "no relations", "no sheet", "bad number", "bad index"])
def test_damaged_workbooks(made, damage):
    """A workbook that is cut off or contradicts itself is called damaged, in both languages."""
    cells = {"bad number": "<c><v>1,5</v></c>", "bad index": '<c t="s"><v>7</v></c>'}.get(damage, "x")
    data = made.book({"数据": made.sheet([made.head, made.unit(1, tags=cells)])})
    if damage == "cut":
        data = data[:-40]
    stream = io.BytesIO()
    if damage.startswith("no "):
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
            for name in old.namelist():
                if not name.endswith(".rels" if damage == "no relations" else "workbook.xml"):
                    new.writestr(name, old.read(name))
        data = stream.getvalue()
    with pytest.raises(DirectoryError) as caught:
        read(data)
    assert caught.value.code == "directory.unreadable"
    assert "文件已损坏或不完整" in caught.value.text("zh") and "damaged or incomplete" in caught.value.text("en")
