"""A brief as a Word file, from the template that the office can change in Word (`templates/briefs/brief.docx`)."""

import re
from collections.abc import Iterable
from io import BytesIO

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, RichText
from jinja2 import Environment

from partnerships.attachments.models import Attachment
from partnerships.attachments.records import DownloadPage
from partnerships.papers.words import Brief, Line, Section, Words

TEMPLATE = settings.BASE_DIR / "templates" / "briefs" / "brief.docx"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PHOTO_WIDTH = Mm(18)
# What XML can't hold, and the signs that docxtpl takes for breaks or for braces of its own.
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
BREAKS = re.compile("[\t\n\r\f\a]+")
BRACES = re.compile(r"(?<=\{)_(?=[{%])|(?<=[}%])_(?=\})")
STYLES = {"strong": "BriefStrong", "unknown": "BriefUnknown", "quoted": "BriefQuoted", "cited": "BriefCited"}


def in_word(paper: Brief, name: str, request: HttpRequest) -> HttpResponse:
    """A paper as an answer that is kept as a Word file of this name."""
    answer = HttpResponse(word_file(paper, request.build_absolute_uri("/")), content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def word_file(brief: Brief, site: str) -> bytes:
    """The brief as the bytes of a Word file; links lead to `site`, such as https://accord.example/."""
    document = DocxTemplate(TEMPLATE)
    document.init_docx()
    draw = Drawing(document, site.rstrip("/"))
    document.render(draw.context(brief), Environment(autoescape=True))
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def fit(text: str) -> str:
    """Text that a Word file can hold, on one line."""
    return BRACES.sub("_\u200b", UNFIT.sub("", BREAKS.sub(" ", text)))


class Drawing:
    """Draws the pieces of a brief into one document; every address becomes one link of it."""

    def __init__(self, document: DocxTemplate, site: str):
        self.document = document
        self.site = site
        self.links: dict[str, str] = {}

    def context(self, brief: Brief) -> dict:
        """What the template fills in."""
        return {
            "kind": fit(brief.kind),
            "home": fit(brief.home),
            "title": self.text([Words(brief.title, brief.address), Words(f" {brief.native}" if brief.native else "")]),
            "lead": self.text(brief.lead),
            "as_at": brief.as_at,
            "pairs": [self.section(one) for one in brief.sides],
            "sections": [self.section(one) for one in brief.sections],
            "sources": [self.line(one) for one in brief.sources],
            "cautions": [fit(one) for one in brief.cautions],
        }

    def section(self, one: Section) -> dict:
        """A section with its lines."""
        title = self.text([Words(one.title), *one.cited])
        return {"title": title, "is_table": one.is_table, "lines": [self.line(row) for row in one.lines]}

    def line(self, one: Line) -> dict:
        """A line with what hangs under it."""
        photo = self.photo(one.photo) if one.photo else None
        under = [self.text(row.words) for row in one.under]
        mark = f"{fit(one.mark)}:" if one.mark[-1:].isalpha() else fit(one.mark)  # a name, or a number, time or dash
        return {"mark": mark, "text": self.text(one.words), "under": under, "photo": photo}

    def text(self, words: Iterable[Words]) -> RichText:
        """Pieces with their voices and links."""
        drawn = RichText()
        for one in words:
            link = self.link(one.address) if one.address else None
            drawn.add(fit(one.text), STYLES.get(one.tone), url_id=link)
        return drawn

    def link(self, address: str) -> str:
        """The number of the link to a page of this site."""
        if address not in self.links:
            self.links[address] = self.document.build_url_id(f"{self.site}{address}")
        return self.links[address]

    def photo(self, one: Attachment) -> InlineImage | None:
        """A photograph as it is kept; none where the file is missing, damaged, or of no kind that Word draws."""
        content = DownloadPage().content(one)
        if content is None:
            return None
        try:
            picture = Image.from_blob(content)
        except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError):
            return None
        drawable = picture.px_width and picture.px_height
        return InlineImage(self.document, BytesIO(content), width=PHOTO_WIDTH) if drawable else None
