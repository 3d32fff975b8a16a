"""A record's own page, and its history."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.core.exceptions import BadRequest
from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views import View

from partnerships.access.models import Entry, Record
from partnerships.access.roles import Role, role_of
from partnerships.access.scoping import scope, scope_to
from partnerships.attachments.models import Attachment
from partnerships.memory.history import history
from partnerships.notes.models import Note
from partnerships.records.kinds import Column, Kind, Panel, kind_of
from partnerships.records.listing import draw_body_of, draw_cell
from partnerships.records.question import scoped_prefetch
from partnerships.sources.panel import Evidence, evidence_of
from partnerships.values.gaps import gaps_of
from partnerships.values.prepared import Given, prepared

SHOWN = 8
HISTORY_PAGE = 25


@dataclass(frozen=True)
class Look:
    """Who looks at a page, and when."""

    user: object
    role: Role
    today: date

    def seen(self, rows: QuerySet) -> QuerySet:
        """The rows that this reader may see."""
        return scope(self.user, rows)


def look_of(request: HttpRequest) -> Look:
    """Who looks, and today."""
    return Look(request.user, role_of(request.user), timezone.localdate())


@dataclass(frozen=True)
class Fact:
    """One line of the facts: its value drawn, and how far a source supports it."""

    column: Column
    drawn: SafeString
    evidence: Evidence | None


@dataclass(frozen=True)
class Table:
    """A panel's rows, drawn in the columns in which there is something to show."""

    panel: Panel
    columns: list[Column]
    body: SafeString
    count: int


@dataclass(frozen=True)
class Others:
    """Related records of one kind: the first few, how many there are, and the address of exactly their list."""

    title: str
    lines: list[Entry]
    count: int
    address: str
    path: str


def how_many(name: str, rows: QuerySet) -> Coalesce:
    """How many of these rows belong to each record of the kind of this name."""
    of_record = rows.filter(record_kind=name, record_id=OuterRef("pk")).order_by().values("record_id")
    return Coalesce(Subquery(of_record.annotate(count=Count("pk")).values("count")), 0)


@prepared
def rows_for(name: str, role: Role, today: date) -> QuerySet:
    """A record of a kind, with all that its page draws and a role may see."""
    kind = kind_of(name)
    rows = kind.records(scope_to(role, kind.model.objects.filter(pk=Given("pk"))), today)
    found = kind.on_page(rows, today).annotate(
        note_count=how_many(name, scope_to(role, Note.objects.all())),
        file_count=how_many(name, scope_to(role, Attachment.objects.newest())),
    )
    prefetches = (scoped_prefetch(kind.model, path, role) for path in kind.prefetch)
    return found.select_related(*kind.joins).prefetch_related(*prefetches)


def record_of(kind: Kind, request: HttpRequest, pk: int):
    """The record with everything its page draws, if the reader may see it."""
    found = rows_for(kind.name, role_of(request.user), timezone.localdate(), pk=pk)
    if not found:
        raise Http404(f"There is no such {kind.singular}.")
    return found[0]


class DetailPage(View):
    """`/<path>/<id>/`."""

    kind: Kind = None  # type: ignore[assignment]  # given by as_view

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Draw the record with its facts, what hangs on it, and what the sources say."""
        kind, record = self.kind, record_of(self.kind, request, pk)
        look = look_of(request)
        panels = [(panel, list(panel.rows(record, look))) for panel in kind.panels]
        known = gaps_of([record, *(row for _, rows in panels for row in rows if isinstance(row, Record))])
        gaps = {(pk, name): state for (of, pk, name), state in known.items() if (of, pk) == (kind.name, record.pk)}
        evidence = evidence_of(kind.name, record.pk, request.user)
        tables = [table(panel, rows, gaps, known, look) for panel, rows in panels]
        context = {
            "kind": kind,
            "record": record,
            "heading": kind.heading(record),
            "native": kind.native(record),
            "lead": kind.lead(record, look),
            "to_do": kind.to_do(record, look) if look.role >= kind.may_edit else [],
            "facts": facts(kind, record, gaps, evidence, look),
            "first_tables": [drawn for drawn in tables if drawn.panel.is_first],
            "tables": [drawn for drawn in tables if not drawn.panel.is_first],
            "others": others(kind, record, look),
            "evidence": evidence,
            "open_gaps": open_gaps(kind, gaps),
            "may_edit": look.role >= kind.may_edit,
            "may_write": look.role >= Role.STAFF,
            "may_delete": look.role >= kind.may_delete,
        } | kind.besides(record, look)
        return render(request, [f"{kind.path}/detail.html", "records/detail.html"], context)


def facts(kind: Kind, record, gaps: dict, evidence, look: Look) -> list[Fact]:
    """The facts in their order; one that may simply be empty, and is, is left out."""
    found = []
    for column in kind.facts:
        drawn = draw_cell(column, record, gaps, look.role)
        if drawn or not column.may_be_empty:
            found.append(Fact(column, drawn, evidence.for_field(column.field) if column.field else None))
    return found


def table(panel: Panel, rows: list, gaps: dict, known: dict, look: Look) -> Table:
    """A panel's rows, drawn like a list's, with what is known of their own empty fields.

    Child rows have no gaps of their own: what is known of the record's empty fields holds for them as well.
    """
    states: dict[tuple[int, str], str] = {}
    for row in rows:
        if isinstance(row, Record):
            states |= {(pk, name): state for (kind, pk, name), state in known.items() if kind == row._meta.model_name}
            break
        states |= {(row.pk, name): state for (_, name), state in gaps.items()}
    columns = [
        column
        for column in panel.columns
        if not column.may_be_empty or any(draw_cell(column, row, states, look.role) for row in rows)
    ]
    return Table(panel, columns, draw_body_of(tuple(columns), rows, states, look.role), len(rows))


def others(kind: Kind, record, look: Look) -> list[Others]:
    """Related records by kind, in one query over the catalogue, narrowed to what the reader may see."""
    if not kind.related:
        return []
    wanted, groups, orders = Q(pk__in=[]), [], []
    named = Counter(related.kind for related in kind.related)
    for number, related in enumerate(kind.related):
        of_group = Q(kind=related.kind, record_id__in=related.found(record, look))
        wanted |= of_group
        groups.append(When(of_group if named[related.kind] > 1 else Q(kind=related.kind), then=Value(number)))
        if related.order:
            own = kind_of(related.kind).model.objects.order_by().filter(pk=OuterRef("record_id"))
            orders.append(When(group=number, then=Subquery(own.values(related.order)[:1])))
    lines = (
        Entry.objects.filter(wanted, visibility__lte=look.role)
        .annotate(group=Case(*groups), own=Case(*orders, default=Value(0), output_field=IntegerField()))
        .annotate(
            total=Window(Count("pk"), partition_by=F("group")),
            position=Window(RowNumber(), partition_by=F("group"), order_by=[F("own"), F("title"), F("pk")]),
        )
        .filter(position__lte=SHOWN)
        .order_by("group", "position")
    )
    by_group: dict[int, list[Entry]] = {}
    for line in lines:
        line.address = f"/{kind_of(line.kind).path}/{line.record_id}/"
        by_group.setdefault(line.group, []).append(line)
    return [of_kind(related, by_group.get(number, []), record) for number, related in enumerate(kind.related)]


def of_kind(related, lines: list[Entry], record) -> Others:
    """The related records of one kind."""
    other = kind_of(related.kind)
    count = lines[0].total if lines else 0
    return Others(related.title or other.plural, lines, count, f"/{other.path}/?{related.query(record)}", other.path)


def open_gaps(kind: Kind, gaps: dict) -> list[str]:
    """The labels of the facts that no source states."""
    labels = {column.field: column.head for column in kind.facts if column.field}
    return [labels[name] for (_, name), state in gaps.items() if state == "not_stated" and name in labels]


def number_in(params: QueryDict) -> int | None:
    """The number of the change before which a page of the history begins; raises BadRequest for anything else."""
    if not params:
        return None
    given = params.get("before", "")
    if [*params] != ["before"] or len(params.getlist("before")) > 1 or not re.fullmatch("[0-9]{1,17}", given):
        raise BadRequest("A page of the history begins before a change of which the address gives the number.")
    return int(given)


class HistoryPage(View):
    """`/<path>/<id>/history/`: who changed what, when and why; the history of a deleted record stays, for admins."""

    kind: Kind = None  # type: ignore[assignment]  # given by as_view

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Draw a page of the history, newest first."""
        record = scope(request.user, self.kind.model.objects.all()).filter(pk=pk).first()
        if record is None and role_of(request.user) < Role.ADMIN:
            raise Http404(f"There is no such {self.kind.singular}.")
        before, seen, level = number_in(request.GET), partial(scope, request.user), role_of(request.user)
        entries = history(self.kind.name, pk, HISTORY_PAGE + 1, before, seen, level)
        if record is None and not entries:
            raise Http404(f"There is no such {self.kind.singular}.")
        context = {
            "kind": self.kind,
            "record": record,
            "pk": pk,
            "entries": entries[:HISTORY_PAGE],
            "older": entries[HISTORY_PAGE - 1].before_id if len(entries) > HISTORY_PAGE else None,
        }
        return render(request, "records/history.html", context)
