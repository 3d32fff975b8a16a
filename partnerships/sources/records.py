"""Sources and statements: who opens these lists, to see where a fact was read, and what else stands there."""

from django.db.models import F, OuterRef, Subquery
from django.utils.html import format_html

from partnerships.access.models import Entry
from partnerships.records.columns import choice, heading, honest, record, text
from partnerships.records.kinds import Column, Kind, Panel, declare, kind_of
from partnerships.sources.filters import SourceFilter, StatementFilter
from partnerships.sources.forms import SourceForm, StatementForm
from partnerships.sources.models import Rank, Source, Statement, StatementKind
from partnerships.sources.reading import read
from partnerships.values.draw import draw_basis, draw_bool, draw_link, draw_text, plain


def statements_of(source, look):
    """What a source says, in the order of its paragraphs."""
    return with_titles(look.seen(source.statements.select_related("source", "said_by"))).order_by(
        F("paragraph").asc(nulls_last=True), "pk"
    )


def attached_text(source, look) -> dict:
    """The text with its quotations marked, where the office has attached it."""
    return {"reading": read(source.text, list(statements_of(source, look))) if source.text_sha256 else []}


def with_titles(rows):
    """Each statement with the title of the record it speaks of, and without the full text of its source."""
    line = Entry.objects.filter(kind=OuterRef("record_kind"), record_id=OuterRef("record_id"))
    return rows.annotate(about_title=Subquery(line.values("title")[:1])).defer("source__text")


def draw_about(statement, role):
    """A link to the record that a statement speaks of, and its noun."""
    kind = kind_of(statement.record_kind)
    return format_html(
        '<a href="/{}/{}/">{}</a><span class="l2">{}</span>',
        kind.path,
        statement.record_id,
        draw_text(statement.about_title),
        kind.singular,
    )


def about(statement) -> Statement | None:
    """The statement itself where the record it speaks of is there."""
    return statement if statement.about_title and kind_of(statement.record_kind) else None


def cited(statement) -> Statement | None:
    """The statement itself where it has a source."""
    return statement if statement.source_id else None


def citation(statement) -> str:
    """Where it stands: “003 ¶14”."""
    return f"{statement.source.short} ¶{statement.paragraph}" if statement.paragraph else statement.source.short


def place_quoted(statement) -> str:
    """The page of its source, at its words where the text is attached."""
    page = statement.source.get_absolute_url()
    return f"{page}#s{statement.pk}" if statement.source.text_sha256 and statement.paragraph else page


def counted(statement) -> str:
    """What it counts, in words: “more than 100 research institutes”."""
    if statement.number is None:
        return ""
    figure = f"{statement.number:,.4f}".rstrip("0").rstrip(".")
    bound = "" if statement.bound in ("", "exactly") else statement.get_bound_display()
    return " ".join(filter(None, [bound, statement.currency, figure, statement.unit]))


SAID = heading("said", "What is said", sort=("text", "quotation"))
ABOUT = Column("about", "Speaks of", about, draw=draw_about, export=lambda one, role: plain(one.about_title))
QUOTATION = Column(
    "quotation",
    "In its words",
    lambda one: one.quotation,
    draw=lambda words, role: format_html('<q class="q">{}</q>', draw_text(words)),
    may_be_empty=True,
)
CITATION = Column(
    "source",
    "Source",
    cited,
    draw=lambda one, role: draw_link(place_quoted(one), citation(one)),
    export=lambda one, role: citation(one),
    sort=("source__title", "paragraph"),
    may_be_empty=True,
)
BASIS = Column(
    "basis",
    "Basis",
    lambda one: one,
    draw=lambda one, role: draw_basis(one.basis),
    export=lambda one, role: one.get_basis_display(),
    sort=("basis",),
)
COUNTED = Column("number", "Number", counted, sort=("number",), css="num", may_be_empty=True)
HAS_TEXT = Column("has_text", "Full text", lambda one: bool(one.text_sha256), draw=lambda value, role: draw_bool(value))


def for_whom_it_speaks(source, look):
    """Who “we” are in a source, and where its statements stand as a list."""
    speaker = source.speaks_for
    words = f"“We” in it means {speaker}." if speaker else "For whom it speaks is not recorded."
    if speaker and speaker.visibility > look.role:
        words = ""
    link = format_html('<a href="/statements/?source={}">{}</a>', source.pk, "All that it says, as a list")
    return format_html("{} {}", draw_text(words), link)


SOURCES = declare(
    Kind(
        model=Source,
        columns=(
            heading("title", "Source", second=lambda one: one.file_name),
            record("publisher", "Publisher"),
            record("speaks_for", "Speaks for"),
            honest("dated_on", "Dated"),
            HAS_TEXT,
        ),
        filters=SourceFilter,
        form=SourceForm,
        facts=(
            record("publisher", "Publisher"),
            record("speaks_for", "Speaks for"),
            honest("dated_on", "Dated"),
            text("file_name", "File", may_be_empty=True),
            Column(
                "url",
                "Web address",
                lambda one: one.url,
                draw=lambda url, role: draw_link(url, url),
                field="url",
                may_be_empty=True,
            ),
            HAS_TEXT,
        ),
        panels=(
            Panel(
                "What it says",
                lambda one, look: [] if one.text_sha256 else statements_of(one, look),
                (
                    Column(
                        "paragraph",
                        "At",
                        lambda one: f"¶{one.paragraph}" if one.paragraph else "",
                        draw=lambda at, role: format_html('<span class="cite">{}</span>', at),
                        may_be_empty=True,
                    ),
                    SAID,
                    QUOTATION,
                    ABOUT,
                    BASIS,
                ),
                field="statements",
            ),
        ),
        joins=("publisher", "speaks_for"),
        records=lambda rows, today: rows.defer("text"),
        sort="title",
        names=lambda one: [one.title, one.file_name],
        second=lambda one: " · ".join(filter(None, [one.file_name, one.dated_on.words])),
        words=lambda one: [one.notes, one.url, one.text],
        lead=for_whom_it_speaks,
        besides=attached_text,
        intro="The documents that facts were read in, and for whom each of them speaks.",
    )
)


def where_it_stands(statement, look) -> str:
    """Where a statement stands, and who said it, in a sentence."""
    if not statement.source_id:
        return f"{statement.get_basis_display().capitalize()}: no document gives it."
    said = f", said by {statement.said_by}" if statement.said_by and statement.said_by.visibility <= look.role else ""
    return f"{statement.source}, {citation(statement)}{said}."


STATEMENTS = declare(
    Kind(
        model=Statement,
        columns=(
            SAID,
            QUOTATION,
            ABOUT,
            CITATION,
            BASIS,
            choice("kind", "Kind", StatementKind),
            record("said_by", "Said by", sort_by="family_name", may_be_empty=True),
            COUNTED,
        ),
        filters=StatementFilter,
        form=StatementForm,
        facts=(
            ABOUT,
            Column("field", "Field", lambda one: one.field.replace("_", " "), may_be_empty=True),
            QUOTATION,
            CITATION,
            BASIS,
            choice("kind", "Kind", StatementKind),
            choice("rank", "Rank", Rank),
            record("said_by", "Said by", may_be_empty=True),
            COUNTED,
            honest("happened_on", "Date", may_be_empty=True),
            text("note", "Note", may_be_empty=True),
        ),
        joins=("source", "said_by"),
        records=lambda rows, today: with_titles(rows),
        sort="source",
        names=lambda one: [one.text, one.quotation],
        second=lambda one: " · ".join(filter(None, [one.subject_title, one.source_id and citation(one)])),
        words=lambda one: [one.subject_title, one.quotation, one.note, one.notes],
        catalogue_joins=("source",),
        depends={"source": "source"},
        lead=lambda one, look: draw_text(where_it_stands(one, look)),
        intro="What each source says about a record, in a few of its own words.",
        is_main=False,
    )
)
