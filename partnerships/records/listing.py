"""The page of a list: conditions, chips, rows drawn cheaply, and pages."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views import View

from partnerships.access.roles import Role
from partnerships.records import options
from partnerships.records.kinds import Column, Kind
from partnerships.records.question import PER_PAGE, Question, Refused, read, without
from partnerships.values.dates import HonestDate
from partnerships.values.draw import NOTHING, draw_gap, joined
from partnerships.values.gaps import gaps_for

COUNTED_TO = 10_000
DEEP = 1_000  # behind so many rows, one more query costs less than to join and to judge them all
ROW, CELL_END, END, NEXT = (SafeString(piece) for piece in ("<tr>", "</td>", "</tr>", "\n"))


@dataclass(frozen=True)
class Chip:
    """One condition in words, and the address without it."""

    label: str
    words: str
    without: str


@dataclass(frozen=True)
class Group:
    """Conditions that stand together in the rail; the first stands open above all others."""

    label: str
    fields: list[SafeString]
    is_open: bool
    is_first: bool


@dataclass(frozen=True)
class Head:
    """A column's head: its words, where a click leads, and how the list is sorted by it now."""

    column: Column
    address: str
    direction: str


class ListPage(View):
    """`/<path>/`: everything that the address asks for, or a refusal that names what is wrong."""

    kind: Kind = None  # type: ignore[assignment]  # given by as_view

    def get(self, request: HttpRequest) -> HttpResponse:
        """Draw the list; HTTP 400 with nothing listed where the question is refused."""
        kind = self.kind
        try:
            question = read(kind, request)
        except Refused as refused:
            return render(request, "records/refused.html", refusal(kind, refused, request.GET), status=400)
        return render(request, [f"{kind.path}/list.html", "records/list.html"], self.context(question))

    def context(self, question: Question) -> dict:
        """What the page draws."""
        kind, span = self.kind, question.filters.certain_and_possible()
        page = page_of(question, span)
        return {
            "kind": kind,
            "rail": drawn_rail(question),
            "chips": chips(question),
            "count": page.paginator.count,
            "counted_to": COUNTED_TO if page.paginator.is_cut else None,
            "summary": summary(question),
            "page": page,
            "previous": question.address(page=page.number - 1) if page.has_previous() else "",
            "next": question.address(page=page.number + 1) if page.has_next() else "",
            "per_page": question.per_page,
            "per_page_choices": PER_PAGE,
            "sort": question.sort,
            "span": span,
            "span_shown": any(shown for *_, shown in question.filters.asked_spans().values()),
            "span_address": span_address(question),
            "export": question.address(page=None, per_page=None),
            "conditions": question.address(page=None, per_page=None, sort=None),
            "notes": question.notes,
            "may_create": question.role >= kind.may_create,
            "past_end": question.page > page.paginator.num_pages,
        } | self.shown(question, page)

    def shown(self, question: Question, page: Page) -> dict:
        """How the rows of a page are drawn: as a table, with the heads of its columns."""
        return {"heads": heads(question), "body": draw_body(self.kind, list(page.object_list), question.role)}


class Pages(Paginator):
    """Pages of a list, counted only as far as `COUNTED_TO` unless a page beyond that is asked for."""

    def __init__(self, question: Question, known: int | None) -> None:
        super().__init__(question.rows, question.per_page)
        self.most = COUNTED_TO + 1 if question.page * question.per_page <= COUNTED_TO else None
        if known is not None:
            self.count = known

    @cached_property
    def count(self) -> int:
        """How many rows there are, one more than `COUNTED_TO` where there are more."""
        return self.object_list.order_by().values("pk")[: self.most].count()

    def page(self, number: int | str) -> Page:
        """A page; of a deep one the ids are found first, so that the rows before it are neither joined nor drawn."""
        page = super().page(number)
        if page.start_index() > DEEP:
            ids = page.object_list.prefetch_related(None).values_list("pk", flat=True)
            page.object_list = self.object_list.filter(pk__in=list(ids))
        return page

    @property
    def is_cut(self) -> bool:
        """Whether there are more rows than were counted."""
        return self.count == self.most


def page_of(question: Question, span: tuple[int, int] | None = None) -> Page:
    """The page that was asked for; one beyond the last is the last, and the list says so."""
    shown = any(shown for *_, shown in question.filters.asked_spans().values())
    return Pages(question, span and sum(span[: 1 + shown])).get_page(question.page)


def summary(question: Question) -> list[str]:
    """What the kind says of all the rows that the conditions leave, each row once."""
    if question.kind.summary is None:
        return []
    kept = question.filters.qs.order_by().values("pk")
    rows = question.kind.model._default_manager.filter(pk__in=kept)
    return question.kind.summary(rows, question.filters.form.cleaned_data)


def span_address(question: Question) -> str:
    """The address that adds the possible rows to the certain ones, or takes them out again."""
    for name, (_, _, _, shown) in question.filters.asked_spans().items():
        return question.address(**{f"{name}_possible": None if shown else "yes", "page": None})
    return ""


def drawn_rail(question: Question) -> SafeString:
    """The conditions as crispy draws them, which costs most of a list: drawn once for each set of conditions."""
    chosen = without(question.params, "page", "per_page").urlencode()

    def draw() -> SafeString:
        asked = question.filters
        every = question.kind.filters(asked.data, queryset=asked.queryset, request=asked.request)
        groups = rail(question.kind, every) if every.is_valid() else []
        given = sum(group.is_open for group in groups)
        context = {"rail": groups, "kind": question.kind, "sort": question.sort, "given": given}
        return render_to_string("records/parts/rail.html", context)

    return options.remembered_drawing(f"{question.kind.name} {question.role} {chosen}", draw)


def rail(kind: Kind, filters) -> list[Group]:
    """The conditions in their order, the three of a span together; open where something is chosen."""
    groups, form = [], filters.form

    def drawn(name: str) -> SafeString:
        return options.drawn_condition(kind.name, form[name])

    spanned = {
        f"{name}_{end}": (name, label)
        for name, (_, label) in filters.spans.items()
        for end in ("from", "to", "possible")
    }
    chosen = {name for name, value in form.cleaned_data.items() if value not in (None, "", [])}
    for name in form.fields:
        if name not in spanned:
            groups.append(Group(str(form[name].label), [drawn(name)], name in chosen, name == "q"))
    for span, (_, label) in filters.spans.items():
        names = [f"{span}_{end}" for end in ("from", "to", "possible")]
        groups.append(Group(label, [drawn(name) for name in names], bool(chosen & set(names)), False))
    return groups


def refusal(kind: Kind, refused: Refused, params: QueryDict) -> dict:
    """What the page of a refused question shows: what is wrong, and the address of what else was asked."""
    rest = without(params, "page", "per_page", *(name for name, _ in refused.problems))
    return {"kind": kind, "problems": refused.problems, "rest": f"?{rest.urlencode()}" if rest else ""}


def chips(question: Question) -> list[Chip]:
    """A chip for every condition that is given; each value of a condition with several has its own."""
    found = []
    for name, field in question.filters.form.fields.items():
        value = question.filters.form.cleaned_data.get(name)
        if value in (None, "", []):
            continue
        for one in value if isinstance(value, list) else [value]:
            rest = question.params.copy()
            if isinstance(value, list):
                rest.setlist(name, [other for other in rest.getlist(name) if other != str(one)])
            else:
                rest.pop(name)
            rest.pop("page", None)
            found.append(Chip(str(field.label), in_words(field, one), f"?{rest.urlencode()}"))
    return found


def in_words(field, value) -> str:
    """A condition's value as a person reads it."""
    if isinstance(value, HonestDate):
        return value.words
    labels = {str(key): label for key, label in getattr(field, "choices", ())} if isinstance(value, str) else {}
    return str(labels.get(str(value), value))


def heads(question: Question) -> list[Head]:
    """The heads of the columns; a click sorts, and a second one turns the order round."""
    current = question.sort or question.kind.sort
    found = []
    for column in question.kind.columns:
        up, down = current == column.name, current == f"-{column.name}"
        address = question.address(sort=f"-{column.name}" if up else column.name, page=None) if column.sort else ""
        found.append(Head(column, address, "ascending" if up else "descending" if down else ""))
    return found


def draw_body(kind: Kind, rows: list, role: Role) -> SafeString:
    """The rows of the list, joined without interpreting a template; one query for what is known of empty fields."""
    asked = any(column.field for column in kind.columns)
    gaps = gaps_for(str(kind.model._meta.model_name), [row.pk for row in rows]) if asked else {}
    return draw_body_of(kind.columns, rows, gaps, role)


def draw_body_of(columns: tuple[Column, ...], rows: list, gaps: dict, role: Role) -> SafeString:
    """Rows of a table with these columns; `gaps` says what is known of empty fields."""
    plan = [(opening(column), column) for column in columns]
    return joined([draw_row(plan, row, gaps, role) for row in rows], NEXT)


def draw_row(plan: list[tuple[SafeString, Column]], row, gaps: dict, role: Role) -> SafeString:
    """One row: the start of each of its cells, the value, and the end."""
    cells = [joined([start, draw_cell(column, row, gaps, role), CELL_END]) for start, column in plan]
    return joined([ROW, *cells, END])


def opening(column: Column) -> SafeString:
    """The start of each of a column's cells; on a phone the cell shows the label."""
    css = format_html(' class="{}"', column.css) if column.css else NOTHING
    return format_html('<td{} data-label="{}">', css, column.head)


def draw_cell(column: Column, row, gaps: dict, role: Role) -> SafeString:
    """A value as its column draws it, or what is known of its absence."""
    value = column.value(row)
    if value is None or value == "" or value == [] or (isinstance(value, HonestDate) and not value):
        state = gaps.get((row.pk, column.field))
        return draw_gap(state) if state or not column.may_be_empty else NOTHING
    return column.draw(value, role)


def list_address(path: str, **conditions) -> str:
    """The address of a list with these conditions."""
    return f"/{path}/?{urlencode(conditions, doseq=True)}"
