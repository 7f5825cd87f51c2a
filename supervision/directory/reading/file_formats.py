"""File formats (文件格式): what a file is, told from its bytes, never from its name; and what else it may be.

A file that is something else is called what it is, with what to do.
"""

from __future__ import annotations

import io
import re
import zipfile

from supervision.directory.reading.ole_files import SIGNATURE, Container, DamagedContainer
from supervision.directory.reading.refusals import damaged, foreign
from supervision.directory.reading.xls_records import BOOKS
from supervision.directory.reading.zip_parts import part, readable
from supervision.errors import DirectoryError

ZIP = b"PK\x03\x04"
MOST_PARTS = 20_000
MANIFEST = "META-INF/manifest.xml"
_NOTHING = b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"
_SPACE = b"\xef\xbb\xbf \t\r\n"
_XML_BOOK = re.compile(rb"schemas-microsoft-com:office:spreadsheet|progid=[\"']Excel\.Sheet", re.IGNORECASE)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|meta|body|table|style|script|div)\b", re.IGNORECASE)
_WEB_ARCHIVE = re.compile(rb"(?:mime-version:|from:|content-type:|subject:|snapshot-content-location:)", re.IGNORECASE)
_FOREIGN = (
    (b"%PDF-", "directory.is_pdf"),
    (b"\x89PNG\r\n", "directory.is_picture"),
    (b"\xff\xd8\xff", "directory.is_picture"),
    (b"GIF8", "directory.is_picture"),
    (b"II*\x00", "directory.is_picture"),
    (b"MM\x00*", "directory.is_picture"),
    (b"Rar!\x1a\x07", "directory.is_archive"),
    (b"7z\xbc\xaf\x27\x1c", "directory.is_archive"),
    (b"\x1f\x8b\x08", "directory.is_archive"),
    (b"PK\x05\x06", "directory.is_archive"),
    (b"SQLite format 3\x00", "directory.is_database"),
    (b"\x00\x01\x00\x00Standard", "directory.is_database"),
    (b"{\\rtf", "directory.is_document"),
)


def format_of(name: str, data: bytes) -> str:
    """Return a file's format (判断格式): "xlsx", "xlsb", "ods", "xls" or "csv".

    Raises DirectoryError for an empty file, one with a password, and for what is no table: a web page, a web archive,
    an XML workbook of 2003, a document, a picture, an archive.
    """
    if not data[:65536].strip(_NOTHING) and not data.strip(_NOTHING):
        raise DirectoryError("directory.empty", name=name)
    if data.startswith(ZIP):
        return _in_archive(name, data)
    if data.startswith(SIGNATURE[:4]):
        return _in_container(name, data)
    _refuse_foreign(name, data)
    return "csv"


def _in_archive(name: str, data: bytes) -> str:
    with readable(name), zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        if len(infos) > MOST_PARTS:
            raise foreign(name, "directory.is_archive")
        if any(info.flag_bits & 1 for info in infos):
            raise foreign(name, "directory.is_locked")
        names = {info.filename for info in infos}
        kind = part(name, archive, "mimetype")[:80] if "mimetype" in names else b""
        listed = part(name, archive, MANIFEST) if MANIFEST in names else b""
    paths = {one.replace("\\", "/").lower() for one in names}
    if b"encryption-data" in listed:
        raise foreign(name, "directory.is_locked")
    if any(path.endswith("workbook.bin") for path in paths):
        return "xlsb"
    if b"opendocument.spreadsheet" in kind or ("content.xml" in paths and not kind):
        return "ods"
    if any(path.startswith(("word/", "ppt/")) for path in paths) or b"opendocument" in kind:
        raise foreign(name, "directory.is_document")
    if any(path.startswith("index/") or path.endswith(".iwa") for path in paths):
        raise foreign(name, "directory.is_numbers")
    if "[content_types].xml" in paths or any(path.endswith("workbook.xml") for path in paths):
        return "xlsx"
    raise foreign(name, "directory.is_archive")


def _in_container(name: str, data: bytes) -> str:
    try:
        streams = Container(data).streams
    except DamagedContainer as error:
        raise damaged(name, error) from error
    if "EncryptedPackage" in streams or "EncryptionInfo" in streams:
        raise foreign(name, "directory.is_locked")
    if any(book in streams for book in BOOKS):
        return "xls"
    raise foreign(name, "directory.is_document")


def _refuse_foreign(name: str, data: bytes) -> None:
    for start, code in _FOREIGN:
        if data.startswith(start):
            raise foreign(name, code)
    head = _plain_head(data)
    if head.startswith(b"<") and _XML_BOOK.search(head):
        raise foreign(name, "directory.is_xml_2003")
    if _WEB_ARCHIVE.match(head) and re.search(rb"^mime-version:", head, re.IGNORECASE | re.MULTILINE):
        raise foreign(name, "directory.is_web_archive")
    if head.startswith(b"<") and _PAGE.search(head):
        raise foreign(name, "directory.is_web_page")
    if head.startswith(b"<?xml"):
        raise foreign(name, "directory.is_xml")


def _plain_head(data: bytes) -> bytes:
    """Return a file's beginning in one-byte text (文件开头), whatever its encoding, for the look at its marks."""
    head = data[:16384]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or (head[:1] == b"<" and head[1:2] == b"\x00"):
        head = head.replace(b"\x00", b"").lstrip(b"\xff\xfe")
    return head.lstrip(_SPACE)
