"""An entry code as a picture (入企码图形): SVG for PDF, PNG and DrawingML for Word.

In a Word template the field `{{ 入企码 }}` becomes the picture where it stands, in rows that repeat, too, as pictures
do with docxtpl; Word and WPS keep such a field when they save a template.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from io import BytesIO

import segno

from supervision.notice.entry.code import EntryCode

MARK = "entry-code:"
RELATION = "rIdEntry"
EMU = 36000  # of a millimetre
MASK = 2  # any of the eight is valid: to try all of them takes most of the time
BORDER = 4  # squares of quiet around a code, as the standard asks
_DRAWING = (
    '</w:t></w:r><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{size}" cy="{size}"/><wp:docPr '
    'id="{id}" name="{number}" descr="入企码 {number}"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/'
    'drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="0" name='
    '"{number}.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships" r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{size}" cy="{size}"/></a:xfrm><a:prstGeom prst="rect">'
    "<a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    '<w:r><w:t xml:space="preserve">'
)


class EntryPicture:
    """A code as papers show it (文书上的入企码): `width` in millimetres."""

    def __init__(self, code: EntryCode, *, width: int) -> None:
        self.code = code
        self.width = width

    def __str__(self) -> str:
        """Return the mark that stands for the picture in a text (占位文字)."""
        return f"{MARK}{self.code.number}"

    def __html__(self) -> str:
        """Return the picture as Word takes it inside a text (Word 图形)."""
        number = self.code.number
        shape = int(number[:7], 16) + 1
        return _DRAWING.format(size=self.width * EMU, id=shape, number=number, relation=self.relation)

    @property
    def relation(self) -> str:
        """The name of the relationship to the picture's file (关系标识)."""
        return f"{RELATION}{self.code.number}"

    @cached_property
    def svg(self) -> str:
        """The picture as SVG, which takes the size of its box (SVG)."""
        target = BytesIO()
        self._qr.save(target, kind="svg", border=BORDER, xmldecl=False, svgns=True, omitsize=True)
        return target.getvalue().decode()

    @cached_property
    def png(self) -> bytes:
        """The picture as PNG (PNG), three points a square."""
        target = BytesIO()
        self._qr.save(target, kind="png", border=BORDER, scale=3)
        return target.getvalue()

    @cached_property
    def _qr(self) -> segno.QRCode:
        return segno.make_qr(self.code.text, error="m", boost_error=False, mode="byte", encoding="utf-8", mask=MASK)


def pictures_in(values: Mapping[str, object]) -> Iterator[EntryPicture]:
    """Yield the pictures in the values of a paper (文书取值中的图形), those of listed entries, too."""
    for value in values.values():
        if isinstance(value, EntryPicture):
            yield value
        elif isinstance(value, list):
            for entry in value:
                yield from pictures_in(entry)
