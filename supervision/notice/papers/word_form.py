"""A form as a Word template (文书模板): what an office lays beside its store, changes in Word or WPS, and prints from.

Office Open XML (ECMA-376) by hand: five small parts, so that a thousand visits' papers stay small and are made fast.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from supervision.notice.papers.archive import zipped
from supervision.notice.papers.blocks import COLUMNS, Block, Cell, Line, Listing, Row, Table, Title
from supervision.notice.papers.form import Form

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SHORT, LONG, MARGIN = 11906, 16838, 1134  # A4 and its margins in twentieths of a point
MILLIMETRE = 57
SIZE, SMALL = 21, 15  # half points
FONT = '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体" w:cs="Times New Roman"/>'
MARK = "演练"


def word_form(form: Form) -> bytes:
    """Return a form as a .docx template (生成文书模板), the same bytes every time."""
    width, height = (LONG, SHORT) if form.wide else (SHORT, LONG)
    column = (width - 2 * MARGIN) // COLUMNS
    body = "".join(_blocks(form.blocks, column))
    turned = ' w:orient="landscape"' if form.wide else ""
    around = "".join(f' w:{side}="{MARGIN}"' for side in ("top", "right", "bottom", "left"))
    section = f'<w:sectPr><w:pgSz w:w="{width}" w:h="{height}"{turned}/><w:pgMar{around} w:header="567"'
    section += ' w:footer="567" w:gutter="0"/></w:sectPr>'
    document = f'{HEAD}<w:document xmlns:w="{W}"><w:body>{_mark()}{body}{section}</w:body></w:document>'
    return zipped(
        {
            "[Content_Types].xml": _types(),
            "_rels/.rels": _relations((f"{OFFICE}/officeDocument", "word/document.xml")),
            "word/_rels/document.xml.rels": _relations((f"{OFFICE}/styles", "styles.xml")),
            "word/document.xml": document.encode(),
            "word/styles.xml": _styles(),
        }
    )


def _types() -> bytes:
    made = f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    made += '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    for part, kind in (("document", "document.main"), ("styles", "styles")):
        made += f'<Override PartName="/word/{part}.xml" ContentType="{WORD}.{kind}+xml"/>'
    return f"{made}</Types>".encode()


def _relations(*relations: tuple[str, str]) -> bytes:
    made = f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    for number, (kind, target) in enumerate(relations, 1):
        made += f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
    return f"{made}</Relationships>".encode()


def _styles() -> bytes:
    normal = f'<w:rPrDefault><w:rPr>{FONT}<w:sz w:val="21"/><w:lang w:val="zh-CN" w:eastAsia="zh-CN"/></w:rPr>'
    made = f'{HEAD}<w:styles xmlns:w="{W}"><w:docDefaults>{normal}</w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    made += '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style></w:styles>'
    return made.encode()


def _mark() -> str:
    """The mark of a rehearsal, with no line of its own in a real round."""
    test = _paragraph(f"{{%p if {MARK} %}}")
    return (
        f"{test}{_paragraph(f'{{{{ {MARK} }}}}', align='center', size=28, colour='A01818')}{_paragraph('{%p endif %}')}"
    )


def _blocks(blocks: Iterable[Block], column: int) -> Iterator[str]:
    before: Block | None = None
    for block in blocks:
        if isinstance(block, Title):
            yield _paragraph(block.text, align="center", size=36, bold=True, after=120)
        elif isinstance(block, Line):
            yield _paragraph(block.text, align=block.align, indent=block.indent and block.align == "left", after=60)
        else:
            if isinstance(before, Table | Listing):  # two tables that touch would become one
                yield '<w:p><w:pPr><w:spacing w:line="120" w:lineRule="exact"/></w:pPr></w:p>'
            yield _table(block, column)
        before = block
    if isinstance(before, Table | Listing):
        yield _paragraph("")


def _table(block: Table | Listing, column: int) -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)
    grid = f'<w:gridCol w:w="{column}"/>' * COLUMNS
    properties = f'<w:tblW w:w="{column * COLUMNS}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}'
    properties += '</w:tblBorders><w:tblLayout w:type="fixed"/>'
    rows = "".join(_listed(block, column) if isinstance(block, Listing) else _fixed(block, column))
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _fixed(block: Table, column: int) -> Iterator[str]:
    """Rows as they stand; of those that stay together each but the last keeps with the next."""
    for row in block.rows:
        yield _row(row, column, keep=block.together and row is not block.rows[-1])


def _listed(block: Listing, column: int) -> Iterator[str]:
    """A header that comes again on every page, and a row that the template repeats."""
    yield _row(block.head, column, header=True)
    for text in (f"{{%tr for {block.each} in {block.of} %}}", None, "{%tr endfor %}"):
        yield _row(block.row if text is None else Row(cells=[Cell(text=text, span=COLUMNS)]), column)


def _row(row: Row, column: int, *, header: bool = False, keep: bool = False) -> str:
    properties = "<w:cantSplit/>"
    properties += f'<w:trHeight w:val="{row.height * MILLIMETRE}" w:hRule="atLeast"/>' if row.height else ""
    properties += "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(_cell(cell, column, keep=keep) for cell in row.cells)}</w:tr>"


def _cell(cell: Cell, column: int, *, keep: bool = False) -> str:
    properties = f'<w:tcW w:w="{cell.span * column}" w:type="dxa"/><w:gridSpan w:val="{cell.span}"/>'
    properties += '<w:shd w:val="clear" w:color="auto" w:fill="EEF2F6"/>' if cell.label else ""
    size = SMALL if cell.small else SIZE
    text = _paragraph(cell.text, align="center" if cell.label else "left", size=size, keep=keep)
    return f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="center"/></w:tcPr>{text}</w:tc>'


def _paragraph(
    text: str,
    *,
    align: str = "left",
    indent: bool = False,
    size: int = SIZE,
    bold: bool = False,
    colour: str = "",
    after: int = 0,
    keep: bool = False,
) -> str:
    layout = "<w:keepNext/>" if keep else ""
    layout += f'<w:spacing w:after="{after}"/>' if after else ""
    layout += '<w:ind w:firstLineChars="200" w:firstLine="420"/>' if indent else ""
    layout += "" if align == "left" else f'<w:jc w:val="{align}"/>'
    look = FONT + ("<w:b/>" if bold else "") + (f'<w:color w:val="{colour}"/>' if colour else "")
    look += f'<w:sz w:val="{size}"/>'
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(line) for line in text.split("\n"))
    run = f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{lines}</w:t></w:r>' if text else ""
    return f"<w:p>{f'<w:pPr>{layout}</w:pPr>' if layout else ''}{run}</w:p>"
