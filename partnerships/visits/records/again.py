"""Another visit like one before: the same two sides, place, kind and people; no date, and nothing that came of it."""

from django.core.exceptions import BadRequest
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from partnerships.access.scoping import scope
from partnerships.memory.submissions import new_token
from partnerships.organisations.models import Place
from partnerships.records.forms import LONGEST_ID
from partnerships.records.saving import SavePage, found
from partnerships.visits.models import Participant, Visit
from partnerships.visits.records.visits import VISITS

PART = ("side", "person", "group", "group_size", "role", "organisation", "address_as")


class AnotherPage(SavePage):
    """`/visits/<id>/another/`: the form of a new visit, filled with what usually stays the same."""

    kind = VISITS

    def get(self, request: HttpRequest, like: int) -> HttpResponse:
        """The form, filled from the visit before."""
        before, record = found(VISITS, request.user, like), Visit()
        form = self.form(request, instance=record, initial=usual(before, request.user))
        taking_part = scope(request.user, Participant.objects.filter(visit=before)).select_related(
            "person", "organisation"
        )
        formsets = self.formsets(request, record)
        given = [{name: getattr(one, name) for name in PART} for one in taking_part]
        formsets[0] = self.kind.rows[0].filled(Visit, given, request.user, record)
        return self.page(request, record, form, formsets, new_token())

    def post(self, request: HttpRequest, like: int) -> HttpResponse:
        """Save it as any new visit."""
        found(VISITS, request.user, like)
        return super().post(request)


def usual(before: Visit, user) -> dict:
    """What usually stays the same, as far as this user sees it."""
    told = {"direction": before.direction, "home": before.home_id, "partner": before.partner_id, "kind": before.kind_id}
    place = scope(user, Place.objects.filter(pk=before.place_id)).values_list("pk", flat=True).first()
    return {name: value for name, value in {**told, "place": place}.items() if value}


@require_safe
def again(request: HttpRequest) -> HttpResponse:
    """`/visits/again/?partner=…&home=…`: leads to another visit like the last of these two, or to an empty form."""
    named = {name: value for name, value in request.GET.items() if name in ("partner", "home")}
    if not all(value.isascii() and value.isdecimal() and len(value) <= LONGEST_ID for value in named.values()):
        raise BadRequest("The partner and the home are named by their numbers.")
    rows = scope(request.user, Visit.objects.filter(**{f"{name}_id": int(value) for name, value in named.items()}))
    last = rows.order_by(F("happens_on_latest").desc(nulls_last=True), "-pk").first() if named else None
    empty = "&".join(f"{name}={value}" for name, value in named.items())
    return HttpResponseRedirect(f"/visits/{last.pk}/another/" if last else f"/visits/new/?{empty}")
