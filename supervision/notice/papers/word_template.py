"""A Word template (Word 模板), ours or an office's: tried when it is read, filled for every visit.

docxtpl says how fields, `{%tr for … %}` rows and `{%p if … %}` paragraphs stand in a Word file. It opens the file anew
for every paper; here the template is read and compiled once, which makes a thousand papers in seconds.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from difflib import get_close_matches
from io import BytesIO
from lzma import LZMAError
from zipfile import BadZipFile, ZipFile
from zlib import error as damaged_stream

from docxtpl import DocxTemplate
from jinja2 import Template, meta
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError, UndefinedError
from lxml import etree

from supervision.errors import SupervisionError
from supervision.notice.entry.picture import pictures_in
from supervision.notice.papers.archive import zipped
from supervision.notice.papers.field_texts import WORD
from supervision.notice.papers.fields import KINDS, empty_values, sample_values
from supervision.notice.papers.word_pictures import with_pictures

DOCUMENT = "word/document.xml"
FILLED = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
LARGEST = 20 * 2**20  # unpacked: more is no template but an attack or an accident
EXCERPT = 40
BROKEN = (  # what Python's reader of archives raises for a damaged one
    *(BadZipFile, damaged_stream, LZMAError, struct.error, NotImplementedError, RuntimeError, OSError, EOFError),
    *(ValueError, LookupError, OverflowError),
)
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


class WordTemplate:
    """A template that has been tried (已校验的模板): `name` is its file's, `kind` what it is filled for.

    A file that is no Word file, a tag that does not close, a field that does not exist is refused with its place.
    """

    def __init__(self, name: str, source: bytes, *, kind: str) -> None:
        self.name = name
        self._docx = DocxTemplate(BytesIO(source))
        self._parts = _parts(name, source)
        self._texts = {part: self._prepared(part) for part in self._parts if FILLED.fullmatch(part)}
        self._templates = {part: self._compiled(text, kind) for part, text in self._texts.items()}
        self._columns = {part for part, text in self._texts.items() if "{%tc" in self._parts[part].decode("utf-8")}
        self._try(kind)

    def fill(self, values: Mapping[str, object]) -> bytes:
        """Return the paper (填写文书) as .docx, the same bytes for the same values."""
        made = {part: self._filled(part, template, values).encode() for part, template in self._templates.items()}
        parts = {part: made.get(part, content) for part, content in self._parts.items()}
        return zipped(with_pictures(parts, made, list(pictures_in(values))))

    def _prepared(self, part: str) -> str:
        """A part as Jinja reads it, a paragraph a line, so that an error's line is a paragraph's."""
        try:
            text: str = self._docx.patch_xml(self._parts[part].decode("utf-8"))
        except UnicodeDecodeError as error:
            raise SupervisionError("notice.paper.broken", file=self.name, part=part) from error
        return re.sub(r"<w:p([ >])", r"\n<w:p\1", text)

    def _compiled(self, text: str, kind: str) -> Template:
        try:
            tree = WORD.parse(text)
            compiled = WORD.from_string(text)
        except TemplateSyntaxError as error:
            near = re.sub(r"<[^>]*>", "", text.splitlines()[max(error.lineno - 1, 0)]).strip()[:EXCERPT]
            raise SupervisionError("notice.paper.syntax", file=self.name, near=near, why=error.message) from error
        for field in sorted(meta.find_undeclared_variables(tree) - set(WORD.globals)):
            if field not in KINDS[kind]:
                raise self._unknown(field, kind)
        return compiled

    def _try(self, kind: str) -> None:
        """Fill the template with everything and with nothing, and read what comes out (试填)."""
        tried = [(part, values(kind)) for part in self._templates for values in (sample_values, empty_values)]
        for part, values in tried:
            template = self._templates[part]
            try:
                etree.fromstring(self._filled(part, template, values).encode(), PARSER)
            except UndefinedError as error:
                raise self._unknown(str(error.message), kind) from error
            except etree.XMLSyntaxError as error:
                raise SupervisionError("notice.paper.broken", file=self.name, part=part) from error

    def _filled(self, part: str, template: Template, values: Mapping[str, object]) -> str:
        try:
            text = template.render(values)
        except UndefinedError:
            raise
        except (TemplateError, SecurityError, TypeError, ValueError, ArithmeticError, LookupError) as error:
            raise SupervisionError("notice.paper.syntax", file=self.name, near=part, why=str(error)) from error
        text = self._docx.resolve_listing(re.sub(r"\n<w:p([ >])", r"<w:p\1", text))
        if part in self._columns:
            tree = self._docx.fix_tables(text)
            return str(etree.tostring(tree, encoding="unicode"))
        return str(text)

    def _unknown(self, field: str, kind: str) -> SupervisionError:
        known = [
            *KINDS[kind],
            *(part for entry in KINDS[kind].values() if isinstance(entry, Mapping) for part in entry),
        ]
        close = get_close_matches(field, known, n=3, cutoff=0.3) or known
        return SupervisionError("notice.paper.field", file=self.name, field=field, known="、".join(close))


def _parts(name: str, source: bytes) -> dict[str, bytes]:
    """The parts of a Word file, in its order (读取 Word 文件)."""
    try:
        with ZipFile(BytesIO(source)) as archive:
            if sum(info.file_size for info in archive.infolist()) > LARGEST:
                raise SupervisionError("notice.paper.too_large", file=name, most=LARGEST // 2**20)
            parts = {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
    except BROKEN as error:
        raise SupervisionError("notice.paper.no_word", file=name) from error
    if DOCUMENT not in parts:
        raise SupervisionError("notice.paper.no_word", file=name)
    return parts
