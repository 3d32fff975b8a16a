"""Pages of an agreement's life: its line, and a renewal or an amendment that starts from it and leaves it as it is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern

from partnerships.access.roles import Role
from partnerships.access.routes import route
from partnerships.access.scoping import scope
from partnerships.agreements.lives import between, line_of, overlap, refusal_to_follow
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

    kind, relation, noun = AGREEMENTS, AgreementRelationKind.RENEWS, "Renewal"

    def get(self, request: HttpRequest, old: int) -> HttpResponse:
        """The form, filled; or why there is nothing to renew."""
        before, record = found(AGREEMENTS, request.user, old), Agreement()
        if refusal := refusal_to_follow(before, self.relation):
            messages.warning(request, refusal)
            return HttpResponseRedirect(before.get_absolute_url(), status=303)
        form = self.form(request, instance=record, initial=self.stays(before))
        formsets = self.formsets(request, record)
        related = {"kind": self.relation, "to_agreement": before}
        filled = (parties_of(before, request.user), self.areas(before), [related])
        for place, (rows, given) in enumerate(zip(self.kind.rows, filled, strict=True)):
            formsets[place] = rows.filled(Agreement, given, request.user, record)
        return self.page(request, record, form, formsets, new_token())

    def post(self, request: HttpRequest, old: int) -> HttpResponse:
        """Save it as any new agreement."""
        found(AGREEMENTS, request.user, old)
        return super().post(request)

    def title(self, record: Agreement) -> str:
        """What follows which agreement."""
        return f"{self.noun} of “{found(AGREEMENTS, self.request.user, self.kwargs['old'])}”"

    def stays(self, before: Agreement) -> dict:
        """The values that it usually keeps, as a form takes them."""
        return {name: usual(before, name) for name in STAYS}

    def areas(self, before: Agreement) -> list[dict]:
        """The areas that it begins with."""
        return areas_of(before, self.request.user)


class AmendPage(RenewPage):
    """`/agreements/<id>/amend/`: the form of an amendment between the same parties; what it changes is typed."""

    relation, noun = AgreementRelationKind.AMENDS, "Amendment"

    def stays(self, before: Agreement) -> dict:
        """Who sees to it; and a title that says what is amended, until its own is typed."""
        title = f"Amendment of {before}"[: Agreement._meta.get_field("title").max_length]
        return {name: usual(before, name) for name in ("owner", "reviewer")} | {"title": title}

    def areas(self, before: Agreement) -> list[dict]:
        """None: those of the agreement stay as they are."""
        return []


def usual(before: Agreement, name: str):
    """A value of the old agreement, as a form takes it."""
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


def renewing_routes() -> list[URLPattern]:
    """The addresses, each with its rule."""
    return [
        route("agreements/<bigid:pk>/line/", LinePage.as_view(kind=AGREEMENTS), Role.VIEWER, "agreement-line"),
        route("agreements/<bigid:old>/renew/", RenewPage.as_view(), Role.STAFF, "agreement-renew"),
        route("agreements/<bigid:old>/amend/", AmendPage.as_view(), Role.STAFF, "agreement-amend"),
    ]
