"""What a file is, by its content: the types that are kept, and everything that is refused by rule."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from partnerships.attachments.types import MEGABYTE, Unfit, clean_name, type_of
from tests.attachments.files import (
    ENCRYPTED_NAME,
    EXCEL,
    JPEG,
    PDF,
    PNG,
    SLIDES,
    TEXT,
    open_document,
    package,
    packed_pdf,
    pdf,
    word,
)


@pytest.mark.parametrize(
    ("name", "content", "label"),
    [
        ("MoU.pdf", PDF, "PDF"),
        ("MoU.PDF", packed_pdf(b"<< /Type /Page >>"), "PDF"),
        ("draft.docx", word(), "Word"),
        ("list.xlsx", EXCEL, "Excel"),
        ("talk.pptx", SLIDES, "PowerPoint"),
        ("draft.odt", open_document("text"), "OpenDocument text"),
        ("list.ods", open_document("spreadsheet"), "OpenDocument table"),
        ("photo.png", PNG, "PNG"),
        ("photo.jpeg", JPEG, "JPEG"),
        ("minutes.txt", TEXT, "text"),
        ("list.csv", b"\xef\xbb\xbfa,b\r\n1,2\r\n", "text"),
    ],
)
def test_a_type_is_known_by_its_content(name, content, label):
    assert type_of(name, content).label == label


def bomb() -> bytes:
    """A document that would unpack to a thousand times its size."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", b"<Types/>")
        book.writestr("word/document.xml", b"0" * (20 * MEGABYTE))
    return made.getvalue()


def locked() -> bytes:
    """A document whose parts say that they are encrypted."""
    content = bytearray(word())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


OUTSIDE = b'<Relationships><Relationship Type="http://x/attachedTemplate" Target="http://evil" TargetMode="External"/>'
SIMPLE_LINK = b'<Relationships><Relationship Type="http://x/hyperlink" Target="http://ok" TargetMode="External"/>'
MACRO_TYPES = b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("empty.pdf", b"", "empty"),
        ("page.html", b"<html>", ".html"),
        ("logo.svg", b"<svg/>", ".svg"),
        ("MoU.pdf.exe", PDF, ".exe"),
        ("macros.docm", word(), ".docm"),
        ("page.txt", b"<!DOCTYPE html><script>1</script>", "markup"),
        ("page.txt", b"Hello <ScRiPt >alert(1)</script>", "markup"),
        ("MoU.docx", PDF, ".pdf"),
        ("MoU.pdf", word(), ".docx"),
        ("MoU", PDF, ".pdf"),
        ("photo.png", JPEG, ".jpg or .jpeg"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "none of the types"),
        ("all.zip", package("a.txt"), "none of the types"),
        ("draft.docx", b"PK\x03\x04 is no archive", "none of the types"),
        ("random.pdf", bytes(range(256)), "none of the types"),
        ("large.txt", b"a" * (2 * MEGABYTE + 1), "2 MB"),
        ("cut.pdf", PDF[:30], "breaks off"),
        ("both.pdf", PDF + package("a.txt"), "archive as well"),
        ("both.pdf", pdf(b"<html><script>1</script></html>"), "web page as well"),
        ("both.png", PNG + package("a.txt"), "archive as well"),
        ("both.jpg", JPEG + package("[Content_Types].xml", "word/document.xml"), "archive as well"),
        ("run.pdf", pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>"), "/JavaScript"),
        ("run.pdf", ENCRYPTED_NAME, "/JavaScript"),
        ("run.pdf", packed_pdf(b"<< /S /Launch /F (cmd.exe) >>"), "/Launch"),
        ("carry.pdf", pdf(b"<< /EmbeddedFiles 2 0 R >>"), "/EmbeddedFiles"),
        ("macro.docx", word("word/vbaProject.bin"), "macros"),
        ("macro.docx", package("[Content_Types].xml", "word/document.xml", Content_Types_xml=MACRO_TYPES), "macros"),
        ("macro.odt", open_document("text", "Basic/Standard/Module1.xml"), "macros"),
        ("outside.docx", word("word/_rels/settings.xml.rels", word___rels__settings_xml_rels=OUTSIDE), "fetches"),
        ("away.docx", word("../../evil.xml"), "somewhere else"),
        ("bomb.docx", bomb(), "zip bomb"),
        ("locked.docx", locked(), "password"),
    ],
)
def test_what_is_not_kept_is_refused_by_its_rule(name, content, rule):
    with pytest.raises(Unfit, match=rule.replace(".", r"\.")):
        type_of(name, content)


def test_a_link_in_a_document_is_no_reason_to_refuse_it():
    content = word("word/_rels/document.xml.rels", word___rels__document_xml_rels=SIMPLE_LINK)
    assert type_of("draft.docx", content).label == "Word"


def test_letters_that_happen_to_stand_in_a_packed_stream_are_no_reason_to_refuse_a_pdf():
    assert type_of("a.pdf", pdf(b"<< /Length 20 >> stream\n\x01/JS \x02/Launch \x03\nendstream")).label == "PDF"


def test_a_damaged_document_is_refused():
    content = bytearray(word())
    content[45:60] = b"\xff" * 15
    with pytest.raises(Unfit):
        type_of("draft.docx", bytes(content))


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("../MoU.pdf", "bare name"),
        ("C:\\MoU.pdf", "bare name"),
        (".htaccess", "bare name"),
        ("MoU\u202efdp.exe", "direction"),
        ("MoU\x00.pdf", "NUL"),
        ("x" * 147 + ".pdf", "151 characters"),
    ],
)
def test_a_name_that_leads_or_misleads_is_refused(name, rule):
    with pytest.raises(Unfit, match=rule):
        clean_name(name)


def test_a_name_is_kept_in_whatever_script_it_is_written():
    assert clean_name(" 备忘录 “draft” 2024; final.pdf ") == "备忘录 “draft” 2024; final.pdf"
