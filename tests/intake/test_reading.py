"""Texts come in as files: what is read of each type, and that a hostile one is refused by name and rule."""

import io
import zlib
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from pypdf import PdfWriter

from partnerships.intake import child
from partnerships.intake.child import Refused, run_apart
from partnerships.intake.reading import LONGEST, fit, text_of
from tests.attachments.files import PDF, pdf, word

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def document(*paragraphs: str) -> bytes:
    """A Word document with these paragraphs."""
    body = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
    return word(word__document_xml=f"<w:document {W}><w:body>{body}</w:body></w:document>".encode())


def printed(line: bytes, packed: bool = False) -> bytes:
    """A PDF of one page with this line on it."""
    stream = b"BT /F1 12 Tf 72 720 Td (" + line + b") Tj ET"
    filtered = b" /Filter /FlateDecode" if packed else b""
    stream = zlib.compress(stream) if packed else stream
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d%s >> stream\n%s\nendstream" % (len(stream), filtered, stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made, at = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        at.append(len(made))
        made += b"%d 0 obj %s endobj\n" % (number, part)
    xref = b"".join(b"%010d 00000 n \n" % one for one in at)
    head = b"xref\n0 6\n0000000000 65535 f \n"
    return made + head + xref + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(made)


def encrypted() -> bytes:
    """A PDF that asks for a password."""
    writer, made = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "Delegation\n代表团".encode()),
        ("a.txt", "\ufeffDelegation\r\n代表团".encode()),
        ("a.txt", "Delegation\n代表团".encode("utf-16")),
        ("a.txt", "Delegation\n代表团".encode("gb18030")),
        ("a.html", "<html><head><title>x</title></head><p>Delegation</p><script>evil()</script><p>代表团".encode()),
        ("a.docx", document("Delegation", "代表团")),
    ],
)
def test_a_text_of_any_type_is_read_as_its_paragraphs(name, content):
    assert text_of(name, content) == "Delegation\n代表团"


def test_the_words_of_a_pdf_are_read():
    assert text_of("a.pdf", printed(b"The delegation came")) == "The delegation came"


def bomb() -> bytes:
    """A Word document that unpacks to very much."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<x/>")
        package.writestr("word/document.xml", b" " * 40_000_000)
    return made.getvalue()


ENTITIES = f'<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document {W}><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:document>'


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("a.txt", b"", "It is empty."),
        ("a.txt", b"  \n ", "There is no text in it."),
        ("a.txt", b"\x00\x01\x02", "By its content it is no text"),
        ("a.txt", b"a" * 2_100_000, "larger than 2 MB"),
        ("a.txt", b"a" * (LONGEST + 1), "at most 200,000 can be read"),
        ("a.exe", b"MZ", "A file ends in txt, html, docx or pdf."),
        ("a.pdf", PDF, "can't be read"),
        ("a.pdf", printed(b""), "Pictures of pages can't be read"),
        ("a.pdf", b"%PDF-1.4 cut off", "breaks off before its end"),
        ("a.pdf", pdf(b"<< /S /JavaScript /JS (x) >>"), "runs or carries"),
        ("a.pdf", encrypted(), "locked with a password"),
        ("a.pdf", document("x"), "whose name must end in .docx"),
        ("a.docx", word("word/vbaProject.bin"), "It holds macros."),
        ("a.docx", bomb(), "zip bomb"),
        ("a.docx", word(word__document_xml=ENTITIES.encode()), "entities of its own"),
        ("a.docx", word(word__document_xml=b"<w:document>"), "no well-formed XML"),
    ],
)
def test_a_hostile_file_is_refused_by_its_name_and_the_rule(name, content, rule):
    with pytest.raises(Refused) as refused:
        text_of(name, content)
    assert str(refused.value).startswith(f"“{name}” can't be read.")
    assert rule in str(refused.value)


def test_a_pdf_that_unpacks_without_end_is_refused_within_its_limits():
    with pytest.raises(Refused):
        text_of("a.pdf", printed(b"x" * 60_000_000, packed=True))


def test_a_pasted_text_loses_only_what_nobody_sees():
    assert fit("A\u202eb\x07 c\r\nd") == "Ab c\nd"


def spin(content: bytes) -> str:
    """Never end."""
    while True:
        pass


def swell(content: bytes) -> str:
    """Take more and more."""
    return str(bytearray(2**30))


def test_what_hangs_or_swells_apart_is_ended(monkeypatch):
    monkeypatch.setattr(child, "SECONDS", 1)
    with pytest.raises(Refused, match="longer than 1 seconds"):
        run_apart("tests.intake.test_reading:spin", b"")
    monkeypatch.setattr(child, "SECONDS", 10)
    with pytest.raises(Refused, match="memory"):
        run_apart("tests.intake.test_reading:swell", b"")
