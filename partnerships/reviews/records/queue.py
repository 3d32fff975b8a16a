"""The queue: agreements that wait for a decision, as a list, a board by workflow step, and a timeline of terms."""

from dataclasses import dataclass, replace

from django.core.paginator import Page
from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.urls import URLPattern
from django.utils import timezone
from django.utils.html import format_html

from partnerships.access.roles import Role
from partnerships.access.routes import route
from partnerships.agreements.forms import AgreementForm
from partnerships.agreements.models import Agreement, WorkflowStep
from partnerships.agreements.pictures import terms
from partnerships.agreements.records import STATE, party_names
from partnerships.records.columns import day, draw_words, honest
from partnerships.records.exporting import ExportPage
from partnerships.records.kinds import Column, Kind
from partnerships.records.listing import ListPage
from partnerships.records.question import Question
from partnerships.reviews.filters import ReviewFilter
from partnerships.reviews.queue import Why, counts, in_words
from partnerships.values import names
from partnerships.values.draw import draw_path, draw_text, joined
from partnerships.values.figures import Figure, Told
from partnerships.visits.records.follow_ups import NOBODY, draw_open

ON_BOARD = 30
NO_STEP = "no step recorded"
VIEWS = (("", "List"), ("board/", "Board"), ("timeline/", "Timeline"))


def review_address(agreement: Agreement) -> str:
    """Where an agreement is reviewed."""
    return f"{agreement.get_absolute_url()}review/"


def draw_agreement(agreement: Agreement, role):
    """The title, which leads to the review, and the parties below."""
    title = draw_path(review_address(agreement), draw_text(names.in_order(agreement.title, "")), "ttl")
    return joined([title, format_html('<span class="l2">{}</span>', draw_text(party_names(agreement)))])


AGREEMENT = Column(
    "title",
    "Agreement",
    lambda agreement: agreement,
    draw=draw_agreement,
    export=lambda agreement, role: agreement.title,
    sort=("title",),
)


def sees_to_it(name: str, head: str) -> Column:
    """A colleague, or that there is nobody yet."""
    return Column(
        name,
        head,
        lambda agreement: str(getattr(agreement, name) or NOBODY),
        draw=lambda words, role: draw_open(words, NOBODY),
        sort=(f"{name}__username",),
    )


REASONS = Column(
    "pressing",
    "Why it is here",
    lambda agreement: in_words(agreement, agreement.state_on),
    draw=draw_words,
    export=lambda reasons, role: "; ".join(reasons),
    sort=("pressing", F("ends_on_earliest"), "title"),
)
COLUMNS = (
    AGREEMENT,
    REASONS,
    STATE,
    honest("ends_on", "Ends"),
    sees_to_it("owner", "Owner"),
    sees_to_it("reviewer", "Reviewer"),
    day("review_on", "Next review", may_be_empty=True),
)


@dataclass(frozen=True)
class Queue(Kind):
    """The agreements that wait for a decision, in one of the three ways to look at them."""

    view: str = ""

    @property
    def name(self) -> str:
        """Its name in what is remembered of drawings."""
        return f"review-{self.view}"

    @property
    def path(self) -> str:
        """The folder of its pages."""
        return f"reviews/{self.view}".rstrip("/")

    @property
    def singular(self) -> str:
        """The noun of its rows."""
        return "agreement to review"

    @property
    def plural(self) -> str:
        """Their plural as a title."""
        return "Agreements to review"


QUEUE = Queue(
    model=Agreement,
    columns=COLUMNS,
    filters=ReviewFilter,
    form=AgreementForm,
    joins=("type", "owner", "reviewer"),
    prefetch=("parties>organisation",),
    sort="pressing",
    intro="Agreements that wait for a decision, the most pressing first, each with the reason why it is here.",
)


@dataclass(frozen=True)
class Tab:
    """A quick choice: its words, how many agreements it leaves, its address, and whether it is chosen."""

    words: str
    number: int
    address: str
    is_on: bool


def tabs(question: Question) -> list[Tab]:
    """The whole queue, and each reason, within the other conditions; one query."""
    found = counts(question.filters.for_any_reason, timezone.localdate())
    chosen = question.params.getlist("why")
    whole = Tab("all", found["all"], question.address(why=None, page=None), not chosen)
    single = [
        Tab(why.label, found[why], question.address(why=why.value, page=None), chosen == [why.value]) for why in Why
    ]
    return [whole, *(one for one in single if one.number or one.is_on)]


def ways(question: Question, view: str) -> list[tuple[str, str, bool]]:
    """The ways to look at the same agreements: words, address, and whether it is this one."""
    rest = question.address(page=None, per_page=None)
    return [(words, f"/reviews/{way}{rest if rest != '?' else ''}", way == view) for way, words in VIEWS]


class QueuePage(ListPage):
    """`/reviews/`."""

    kind = QUEUE

    def context(self, question: Question) -> dict:
        """What a list draws, with the quick choices and the other ways to look."""
        beside = {"tabs": tabs(question), "ways": ways(question, self.kind.view), "exports": QUEUE.path}
        return super().context(question) | beside | {"may_create": False}


@dataclass(frozen=True)
class Card:
    """An agreement on the board."""

    title: str
    address: str
    reasons: list[str]
    owner: str


@dataclass(frozen=True)
class Step:
    """The agreements at one workflow step: the first of them, and how many there are."""

    words: str
    cards: list[Card]
    count: int


class BoardPage(QueuePage):
    """`/reviews/board/`: the same agreements by the last workflow step that somebody took."""

    kind = replace(QUEUE, view="board/")

    def shown(self, question: Question, page: Page) -> dict:
        """The columns of the board, whatever the page."""
        return {"steps": steps_of(question), "most": ON_BOARD}


def steps_of(question: Question) -> list[Step]:
    """One column for each step that an agreement has come to, those without any first."""
    place = Window(RowNumber(), partition_by=F("step"), order_by=[F("pressing"), F("title"), F("pk")])
    size = Window(Count("pk"), partition_by=F("step"))
    rows = question.rows.annotate(place=place, size=size).filter(place__lte=ON_BOARD)
    found: dict[str, list[Agreement]] = {}
    for one in rows:
        found.setdefault(one.step, []).append(one)
    labels = {"": NO_STEP, **dict(WorkflowStep.choices)}
    return [
        Step(labels[step], [card(one) for one in found[step]], found[step][0].size) for step in labels if step in found
    ]


def card(one: Agreement) -> Card:
    """An agreement as the board shows it."""
    return Card(one.title, review_address(one), in_words(one, one.state_on), str(one.owner or ""))


class TimelinePage(QueuePage):
    """`/reviews/timeline/`: their terms on one axis, no surer than what is recorded."""

    kind = replace(QUEUE, view="timeline/")

    def shown(self, question: Question, page: Page) -> dict:
        """The picture of the rows of this page."""
        return {"figure": with_reasons_beside(list(page.object_list))}


def with_reasons_beside(rows: list[Agreement]) -> Figure:
    """The terms of agreements, each leading to its review and saying why it is here."""
    figure = terms(rows, timezone.localdate())
    lines = []
    for one, row in zip(rows, figure.rows, strict=True):
        label = Told(one.title, review_address(one))
        reasons = Told("; ".join(in_words(one, one.state_on)))
        lines.append(replace(row, label=label, says=(*row.says, reasons), cells=(label, *row.cells[1:], reasons)))
    return replace(figure, heads=(*figure.heads, "Why it is here"), rows=lines)


def queue_routes() -> list[URLPattern]:
    """The three ways to look at the queue, and its exports."""
    return [
        route("reviews/", QueuePage.as_view(), Role.VIEWER, "review-queue"),
        route("reviews/board/", BoardPage.as_view(), Role.VIEWER, "review-board"),
        route("reviews/timeline/", TimelinePage.as_view(), Role.VIEWER, "review-timeline"),
        route("reviews/export.csv", ExportPage.as_view(kind=QUEUE, form="csv"), Role.VIEWER, "review-csv"),
        route("reviews/export.xlsx", ExportPage.as_view(kind=QUEUE, form="xlsx"), Role.VIEWER, "review-xlsx"),
    ]
