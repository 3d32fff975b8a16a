"""Pages of an agreement's life: its line, and a renewal that starts from a copy and leaves the old one as it is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern

from partnerships.access.roles import Role
from partnerships.access.routes import route
from partnerships.access.scoping import scope
from partnerships.agreements.lives import between, line_of, overlap, refusal_to_renew
from partnerships.agreements.models import Agreement, AgreementRelationKind
from partnerships.agreements.pictures import terms
from partnerships.agreements.records import AGREEMENTS
from partnerships.memory.submissions import new_token
from partnerships.records.pages import Look
from partnerships.records.parts import PartPage
from partnerships.records.saving import SavePage, found
from partnerships.undertakings.models import Standing

STAYS = ("title", "type", "purpose", "ending", "notice_period", "owner", "reviewer")


class LinePage(PartPage):
    """`/agreements/<id>/line/`: what it renews, amends, supersedes or stands under, and what does so to it."""

    template = "agreements/line.html"

    def context(self, record: Agreement, look: Look, asked: dict, page: int) -> dict:
        """The agreements in a line, with what stands between them; three queries."""
        line = line_of(record, look)
        if len(line) == 1:
            return {"line": []}
        relations = between(line, look)
        told = [
            (one, [(relation, overlap(relation)) for relation in relations.get(one.pk, [])], one.pk == record.pk)
            for one in line
        ]
        return {"line": told, "figure": terms(line, look.today)}


class RenewPage(SavePage):
    """`/agreements/<id>/renew/`: the form of a new agreement, filled from the old one; a part is renewed by
    removing what is not."""

    kind = AGREEMENTS

    def get(self, request: HttpRequest, old: int) -> HttpResponse:
        """The form, filled; or why there is nothing to renew."""
        before, record = found(AGREEMENTS, request.user, old), Agreement()
        if refusal := refusal_to_renew(before):
            messages.warning(request, refusal)
            return HttpResponseRedirect(before.get_absolute_url(), status=303)
        form = self.form(request, instance=record, initial={name: usual(before, name) for name in STAYS})
        formsets = self.formsets(request, record)
        filled = (parties_of(before, request.user), areas_of(before, request.user), [renews(before)])
        for place, (rows, given) in enumerate(zip(self.kind.rows, filled, strict=True)):
            formsets[place] = rows.filled(Agreement, given, request.user, record)
        return self.page(request, record, form, formsets, new_token())

    def post(self, request: HttpRequest, old: int) -> HttpResponse:
        """Save it as any new agreement."""
        found(AGREEMENTS, request.user, old)
        return super().post(request)


def usual(before: Agreement, name: str):
    """A value that a renewal usually keeps, as a form takes it."""
    column = Agreement._meta.get_field(name)
    return getattr(before, column.attname)


def parties_of(before: Agreement, user) -> list[dict]:
    """Its parties, without who signed."""
    rows = scope(user, before.parties.select_related("organisation"))
    return [{"organisation": row.organisation} for row in rows]


def areas_of(before: Agreement, user) -> list[dict]:
    """Its areas in their words, planned again; what showed that the old ones came to life stays with these."""
    rows = scope(user, before.undertakings.prefetch_related("activities", "subjects"))
    return [
        {
            "wording": row.wording,
            "detail": row.detail,
            "standing": Standing.PLANNED,
            "activities": [one.pk for one in row.activities.all()],
            "subjects": [one.pk for one in row.subjects.all()],
        }
        for row in rows
    ]


def renews(before: Agreement) -> dict:
    """That the new one renews the old."""
    return {"kind": AgreementRelationKind.RENEWS, "to_agreement": before}


def renewing_routes() -> list[URLPattern]:
    """The addresses, each with its rule."""
    return [
        route("agreements/<bigid:pk>/line/", LinePage.as_view(kind=AGREEMENTS), Role.VIEWER, "agreement-line"),
        route("agreements/<bigid:old>/renew/", RenewPage.as_view(), Role.STAFF, "agreement-renew"),
    ]
