"""Files for tests: each as small as its type allows."""

import io
import zlib
from zipfile import ZIP_DEFLATED, ZipFile

PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 40 + b"\xff\xd9"
TEXT = "Minutes of the meeting, 会议纪要\n".encode()
CONTENT_TYPES = b'<Types><Override ContentType="application/vnd.x.main+xml"/></Types>'


def package(*parts: str, compressed: bool = True, **contents: bytes) -> bytes:
    """A ZIP with these parts; each empty unless `contents` names it (with __ for / and _ for .)."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as book:
        for part in parts:
            key = part.replace("/", "__").replace(".", "_").strip("[]_").replace("[", "").replace("]", "")
            book.writestr(part, contents.get(key, CONTENT_TYPES if part.startswith("[") else b"<x/>"))
    return made.getvalue()


def word(*more: str, **contents: bytes) -> bytes:
    """A Word document, with more parts."""
    return package("[Content_Types].xml", "_rels/.rels", "word/document.xml", *more, **contents)


def open_document(kind: str, *more: str) -> bytes:
    """An OpenDocument file."""
    made = io.BytesIO()
    with ZipFile(made, "w") as book:
        book.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        for part in ("content.xml", *more):
            book.writestr(part, "<x/>")
    return made.getvalue()


EXCEL = package("[Content_Types].xml", "xl/workbook.xml")
SLIDES = package("[Content_Types].xml", "ppt/presentation.xml")
ENCRYPTED_NAME = b"%PDF-1.7\n1 0 obj << /S /J#61vaScript /JS (x) >> endobj\n%%EOF\n"


def pdf(body: bytes) -> bytes:
    """A PDF with this in it."""
    return b"%PDF-1.7\n1 0 obj " + body + b" endobj\n%%EOF\n"


def packed_pdf(body: bytes) -> bytes:
    """A PDF whose objects are packed into a stream."""
    return pdf(b"<< /Type /ObjStm /Filter /FlateDecode >> stream\n" + zlib.compress(body) + b"\nendstream")
