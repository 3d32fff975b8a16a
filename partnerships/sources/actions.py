"""What is done with sources: their full texts are attached and checked, and everything they prove is listed."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps

from partnerships.memory import remembered
from partnerships.sources.models import Source, Statement
from partnerships.values.gaps import GapState
from partnerships.values.models import Gap


@dataclass(frozen=True)
class Misquotation:
    """A quotation that isn't in the paragraph that its statement names."""

    document: str
    paragraph: int
    quotation: str

    def __str__(self) -> str:
        return f"{self.document}, paragraph {self.paragraph}: “{self.quotation}”"


@dataclass(frozen=True)
class Attached:
    """What came of attaching documents; file names in each list but the last."""

    attached: list[str]
    missing: list[str]
    unreadable: list[str]
    misquotations: list[Misquotation]

    @property
    def complete(self) -> bool:
        """Whether every document was there and holds every quotation."""
        return not (self.missing or self.unreadable or self.misquotations)


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a document: its lines that aren't blank, unchanged; the first is number 1."""
    return [line for line in text.split("\n") if line.strip()]


def misquoted(source: Source, paragraph: int, quotation: str) -> str:
    """Why a quotation is not one, in a sentence; "" where its paragraph holds it, or no text is kept."""
    paragraphs = paragraphs_of(source.text)
    if not paragraphs:
        return ""
    if paragraph > len(paragraphs):
        return f"The text of this source has {len(paragraphs)} paragraphs; there is no {paragraph}."
    if quotation in paragraphs[paragraph - 1]:
        return ""
    there = next((number for number, words in enumerate(paragraphs, 1) if quotation in words), None)
    return f"These words stand in paragraph {there}." if there else f"Paragraph {paragraph} does not hold these words."


def misquotations_of(source: Source, text: str) -> list[Misquotation]:
    """The quotations of `source` that `text` doesn't hold, sign for sign, in the paragraph they name."""
    paragraphs = paragraphs_of(text)
    quoted = source.statements.exclude(quotation="").order_by("paragraph", "pk")
    return [
        Misquotation(source.file_name, paragraph, quotation)
        for paragraph, quotation in quoted.values_list("paragraph", "quotation")
        if paragraph > len(paragraphs) or quotation not in paragraphs[paragraph - 1]
    ]


def attach_documents(*, folder: Path) -> Attached:
    """Keep the full text and its SHA-256 with each source whose file is in `folder`.

    A document that lacks a quotation is another page than the one that was read: it isn't attached, the others are.
    """
    done = Attached([], [], [], [])
    with remembered(reason="Document attached"):
        for source in Source.objects.exclude(file_name="").order_by("file_name"):
            _attach(source, folder / source.file_name, done)
    return done


def _attach(source: Source, path: Path, done: Attached) -> None:
    """Attach one document, or note in `done` why not."""
    if path.name != source.file_name or not path.is_file():
        done.missing.append(source.file_name)
        return
    content = path.read_bytes()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        done.unreadable.append(source.file_name)
        return
    if "\x00" in text:
        done.unreadable.append(source.file_name)
    elif wrong := misquotations_of(source, text):
        done.misquotations.extend(wrong)
    else:
        source.text, source.text_sha256 = text, hashlib.sha256(content).hexdigest()
        source.save(update_fields=["text", "text_sha256"])
        done.attached.append(source.file_name)


def listed_statements() -> list[dict]:
    """All that sources say or leave open, by document and paragraph: statements, and gaps that a source left.

    `record` holds the kind and the title of the record it speaks of; where nothing is quoted, paragraph and quote
    are None. What no document says stands at the end.
    """
    statements = list(Statement.objects.select_related("source").defer("source__text").order_by("pk"))
    gaps = list(Gap.objects.filter(state=GapState.NOT_STATED, source_id__isnull=False).order_by("pk"))
    titles = _titles([*statements, *gaps])
    documents = {source.pk: source.file_name or source.title for source in Source.objects.defer("text")}
    rows = [*_said(statements, documents, titles), *_left_open(gaps, documents, titles)]
    return sorted(rows, key=lambda row: (row["document"] is None, row["document"] or "", row["paragraph"] or 10**9))


def _said(statements: list[Statement], documents: dict[int, str], titles: dict) -> Iterator[dict]:
    """The statements, as they are listed."""
    for one in statements:
        yield {
            "document": documents.get(one.source_id),
            "paragraph": one.paragraph,
            "quote": one.quotation or None,
            "record": {"kind": one.record_kind, "title": titles[one.record_kind, one.record_id]},
            "field": one.field,
            "kind": one.kind,
            "basis": one.get_basis_display(),
            "note": one.note,
        }


def _left_open(gaps: list[Gap], documents: dict[int, str], titles: dict) -> Iterator[dict]:
    """The gaps, as they are listed."""
    for gap in gaps:
        yield {
            "document": documents.get(gap.source_id),
            "paragraph": None,
            "quote": None,
            "record": {"kind": gap.record_kind, "title": titles[gap.record_kind, gap.record_id]},
            "field": gap.field,
            "kind": "value",
            "basis": "not stated",
            "note": gap.note,
        }


def _titles(rows: list[Statement | Gap]) -> dict[tuple[str, int], str]:
    """The title of each record that the rows speak of, one query for each kind; "" where it is gone."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        wanted.setdefault(row.record_kind, set()).add(row.record_id)
    titles = {}
    for kind, ids in wanted.items():
        records = apps.get_model("partnerships", kind)._base_manager.select_related().in_bulk(ids)
        titles.update({(kind, pk): str(records.get(pk, "")) for pk in ids})
    return titles
