"""What is done in the process apart: the words of a web page, a Word document or a PDF, a paragraph a line."""

import re
from html.parser import HTMLParser
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from partnerships.intake.child import Refused

MOST_PAGES = 200
LARGEST_PART = 30 * 2**20
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SILENT = {"script", "style", "template", "noscript", "svg", "head", "nav", "iframe"}
BLOCKS = {
    "p", "div", "li", "tr", "br", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "ul", "ol", "table",
    "blockquote", "header", "footer", "main", "figcaption", "dt", "dd", "pre",
}  # fmt: skip
_SENTENCE_ENDS = re.compile(r"[.!?:;。！？：；”\"’)）]$")


class Words(HTMLParser):
    """Gathers the words of a page; what is no word of it is dropped, and nothing is fetched."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        """A block begins a line."""
        self.silent += tag in SILENT
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag):
        """And ends one."""
        self.silent = max(0, self.silent - (tag in SILENT))
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data):
        """Words, their blanks run together."""
        if not self.silent:
            self.parts.append(re.sub(r"\s+", " ", data))


def html(content: bytes) -> str:
    """The words of a web page."""
    page = Words()
    page.feed(content.decode())
    page.close()
    return _lines("".join(page.parts).split("\n"))


def docx(content: bytes) -> str:
    """The paragraphs of a Word document, those in tables too."""
    from lxml import etree

    try:
        with ZipFile(BytesIO(content)) as package, package.open("word/document.xml") as part:
            body = part.read(LARGEST_PART + 1)
    except (BadZipFile, KeyError, OSError) as broken:
        raise Refused("It is broken: its text can't be unpacked.") from broken
    if len(body) > LARGEST_PART:
        raise Refused("Its text unpacks to far more than a page holds (a “zip bomb”).")
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise Refused("It declares entities of its own, which no Word document does.")
    try:
        tree = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as broken:
        raise Refused("It is broken: its text is no well-formed XML.") from broken
    return _lines("".join(_runs(paragraph)) for paragraph in tree.iter(f"{WORD}p"))


def _runs(paragraph):
    for node in paragraph.iter(f"{WORD}t", f"{WORD}tab", f"{WORD}br"):
        yield (node.text or "") if node.tag == f"{WORD}t" else " "


def pdf(content: bytes) -> str:
    """The text of a PDF, its broken lines put together again."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise Refused("It is locked with a password (encrypted). Save it without, or paste the words.")
        if len(reader.pages) > MOST_PAGES:
            raise Refused(f"It has {len(reader.pages)} pages; at most {MOST_PAGES} are read.")
        return "\n".join(rejoined(page.extract_text().split("\n")) for page in reader.pages)
    except (MemoryError, Refused):
        raise
    except RecursionError as deep:
        raise Refused("It is broken: its parts lead back to themselves.") from deep
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError) as broken:
        raise Refused("It is broken: it can't be read as a PDF.") from broken


def rejoined(lines: list[str]) -> str:
    """Lines as paragraphs: a long line that ends in no sentence goes on in the next."""
    made: list[str] = []
    for line in filter(None, (" ".join(line.split()) for line in lines)):
        if made and len(made[-1]) > 40 and not _SENTENCE_ENDS.search(made[-1]):
            gap = "" if made[-1][-1] > "\u2e80" else " "
            made[-1] += gap + line
        else:
            made.append(line)
    return "\n".join(made)


def _lines(lines) -> str:
    return "\n".join(filter(None, (line.strip() for line in lines)))
