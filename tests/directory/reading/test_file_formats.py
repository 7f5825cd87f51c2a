"""File formats: a file is called what it is, with what to do, in the language asked."""

import io
import struct
import zipfile

import pytest

from supervision.directory.reading.file_formats import format_of
from supervision.directory.reading.register_file import read_table
from supervision.errors import DirectoryError


def container(*names: str, contents: bytes = b"\x00" * 4096, sector: int = 512) -> bytes:
    """Return an OLE container with the streams named, all with the same contents of at least 4,096 bytes."""
    size = -(-len(contents) // sector)
    entries = [b"Root Entry", *(name.encode() for name in names)]
    directory = b""
    for at, name in enumerate(entries):
        wide = name.decode().encode("utf-16-le") + b"\x00\x00"
        kind = 5 if at == 0 else 2
        start, length = (0xFFFFFFFE, 0) if at == 0 else (2, len(contents))
        directory += (
            wide.ljust(64, b"\x00")
            + struct.pack("<HB", len(wide), kind)
            + b"\x00" * 49
            + struct.pack("<IIQ", start, length, 0)[:12]
        )
    directory = directory.ljust(-(-len(directory) // sector) * sector, b"\x00")
    rows = len(directory) // sector
    fat = [0xFFFFFFFD, 0xFFFFFFFF]
    fat += [*range(3, 2 + size), 0xFFFFFFFE]
    fat += [*range(3 + size, 2 + size + rows), 0xFFFFFFFE]
    assert len(fat) <= sector // 4
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(sector, b"\xff")
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\x00" * 16
        + struct.pack("<HHHHH", 62, 3, 0xFFFE, sector.bit_length() - 1, 6)
    )
    header += (
        b"\x00" * 10 + struct.pack("<I", 1) + struct.pack("<I", 2 + size) + struct.pack("<III", 0, 4096, 0xFFFFFFFE)
    )
    header += struct.pack("<III", 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0) + b"\xff" * (108 * 4)
    assert len(header) == 512
    return header.ljust(sector, b"\x00") + table + b"\x00" * sector + contents.ljust(size * sector, b"\x00") + directory


def packed(**parts: bytes) -> bytes:
    """Return an archive; "__" in a name is "/", "_dot_" is "."."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path, data in parts.items():
            archive.writestr(path.replace("__", "/").replace("_dot_", "."), data)
    return stream.getvalue()


def locked_zip() -> bytes:
    """Return an archive that says its part is encrypted."""
    data = bytearray(packed(a_dot_xlsx=b"x"))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


PAGE = b"<html><body><table><tr><td>1</td></tr></table></body></html>"
MHT = b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related\r\n\r\n" + PAGE
XML_2003 = (
    b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)
FOREIGN = {
    "page": (PAGE, "is_web_page"),
    "page with a mark": (b"\xef\xbb\xbf\n <!DOCTYPE html>\n" + PAGE, "is_web_page"),
    "page after a comment": (b"<!-- report -->\n<TABLE><tr>", "is_web_page"),
    "page in XHTML": (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"></html>', "is_web_page"),
    "page in UTF-16": ("\ufeff<html><table>".encode("utf-16-le"), "is_web_page"),
    "page in UTF-16 without a mark": ("<html><table>".encode("utf-16-le"), "is_web_page"),
    "page of a spreadsheet program": (b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>', "is_web_page"),
    "archive of a page": (MHT, "is_web_archive"),
    "archive of a page, other first line": (
        b"From: <Saved>\r\nSnapshot-Content-Location: x\r\nMIME-Version: 1.0\r\n\r\n",
        "is_web_archive",
    ),
    "XML of 2003": (XML_2003, "is_xml_2003"),
    "XML of 2003 in UTF-16": (b"\xff\xfe" + XML_2003.decode().encode("utf-16-le"), "is_xml_2003"),
    "other XML": (b'<?xml version="1.0"?><units><unit/></units>', "is_xml"),
    "PDF": (b"%PDF-1.7\n", "is_pdf"),
    "PNG": (b"\x89PNG\r\n\x1a\n", "is_picture"),
    "JPEG": (b"\xff\xd8\xff\xe0", "is_picture"),
    "RAR": (b"Rar!\x1a\x07\x01\x00", "is_archive"),
    "7z": (b"7z\xbc\xaf\x27\x1c\x00", "is_archive"),
    "gzip": (b"\x1f\x8b\x08\x00", "is_archive"),
    "zip of a workbook": (packed(a_dot_xlsx=b"x"), "is_archive"),
    "zip with a password": (locked_zip(), "is_locked"),
    "RTF": (b"{\\rtf1\\ansi}", "is_document"),
    "docx": (packed(word__document_dot_xml=b"<x/>"), "is_document"),
    "text of another office": (packed(mimetype=b"application/vnd.oasis.opendocument.text"), "is_document"),
    "Numbers": (packed(Index__Document_dot_iwa=b"x"), "is_numbers"),
    "Access": (b"\x00\x01\x00\x00Standard ACE DB\x00", "is_database"),
    "SQLite": (b"SQLite format 3\x00", "is_database"),
    "password": (container("EncryptionInfo", "EncryptedPackage"), "is_locked"),
    "doc": (container("WordDocument", "1Table"), "is_document"),
}


@pytest.mark.parametrize(("data", "code"), FOREIGN.values(), ids=FOREIGN)
def test_files_that_are_something_else(data, code):
    """What is no register file is called what it is, in Chinese or in English, never in both."""
    with pytest.raises(DirectoryError) as caught:
        read_table("entities", "名录.xls", data)
    assert (caught.value.code, caught.value.params["what"].code) == ("directory.foreign", f"directory.{code}")
    assert caught.value.text("zh").startswith("名录.xls：不能作为登记表导入。它")
    english = caught.value.text("en").removeprefix("名录.xls: cannot be imported as a register. ")
    assert english.isascii() and english.endswith(".")


def test_formats():
    """Registers are told by their bytes."""
    assert [
        format_of("x", data)
        for data in (
            b"a,b\n",
            b"<a>,b\n",
            "\ufeff名称,代码\n".encode("utf-16-le"),
            b"From: a,b\n",
            b"BM,x\n",
            packed(xl__workbook_dot_xml=b"<x/>"),
            packed(XL__WorkBook_dot_xml=b"<x/>"),
            packed(xl__workbook_dot_bin=b"x"),
            packed(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
            packed(content_dot_xml=b"<x/>"),
            container("Workbook"),
            container("Book", sector=4096),
        )
    ] == ["csv", "csv", "csv", "csv", "csv", "xlsx", "xlsx", "xlsb", "ods", "ods", "xls", "xls"]


@pytest.mark.parametrize(("bottom", "right", "code"), [(2_499, 15_999, "unreadable"), (2_500, 15_999, "foreign")])
def test_binary_workbooks_of_a_wide_extent(bottom, right, code):
    """A binary workbook is not opened where its extent, which its reader keeps whole, is of over 40,000,000 cells."""
    extent = b"\x81\x01\x00\x94\x01\x10" + struct.pack("<4I", 0, bottom, 0, right)
    parts = {"xl__workbook_dot_bin": b"x", "xl__worksheets__sheet1_dot_bin": extent}
    with pytest.raises(DirectoryError) as caught:
        read_table("entities", "x.xlsb", packed(**parts))
    assert caught.value.code == f"directory.{code}"


def test_many_parts():
    """An archive of more parts than a workbook can have is refused before any of them is read."""
    with pytest.raises(DirectoryError, match="压缩包"):
        format_of("x", packed(**{f"xl__workbook_dot_xml{number}": b"" for number in range(20_001)}))


@pytest.mark.parametrize("cut", [100, 511, 700, 1030, 3000])
def test_cut_containers(cut):
    """A container that is cut off is damaged, wherever it is cut."""
    with pytest.raises(DirectoryError) as caught:
        read_table("entities", "x.xls", container("Workbook")[:cut])
    assert caught.value.code == "directory.unreadable"


def test_a_chain_in_a_circle():
    """A container whose chains never end is damaged."""
    data = bytearray(container("Workbook"))
    at = 512 + 4 * 3
    data[at : at + 4] = struct.pack("<I", 3)
    with pytest.raises(DirectoryError) as caught:
        read_table("entities", "x.xls", bytes(data))
    assert caught.value.code == "directory.unreadable"
