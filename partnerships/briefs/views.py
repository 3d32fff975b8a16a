"""The pages of a brief, and the same in Word."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships.access.roles import Role
from partnerships.briefs.gathering import brief_of_organisation, brief_of_visit
from partnerships.briefs.sides import homes_for
from partnerships.organisations.models import Organisation
from partnerships.papers.word import in_word
from partnerships.records.pages import Look, look_of
from partnerships.visits.models import Visit


def visit_of(request: HttpRequest, pk: int, look: Look) -> Visit:
    """The visit, if the reader sees it."""
    rows = look.seen(Visit.objects.filter(pk=pk)).select_related("home__place", "partner__place", "place")
    visit = rows.first()
    if visit is None:
        raise Http404("There is no such visit.")
    return visit


@require_safe
def visit_brief(request: HttpRequest, pk: int) -> HttpResponse:
    """`/visits/<id>/brief/`."""
    look = look_of(request)
    visit = visit_of(request, pk, look)
    context = {"brief": brief_of_visit(visit, look), "path": "visits", "file": f"{visit.get_absolute_url()}brief.docx"}
    if look.role >= Role.STAFF:
        context["edit"] = f"{visit.get_absolute_url()}edit/#id_talking_points"
    return render(request, "briefs/brief.html", context)


@require_safe
def visit_brief_file(request: HttpRequest, pk: int) -> HttpResponse:
    """`/visits/<id>/brief.docx`: the same in Word."""
    look = look_of(request)
    visit = visit_of(request, pk, look)
    return in_word(brief_of_visit(visit, look), f"brief-visit-{visit.pk}.docx", request)


def partner_of(request: HttpRequest, pk: int, look: Look) -> tuple[Organisation, list[Organisation], Organisation]:
    """The partner, our institutions that the brief can be seen from, and the one that it is seen from."""
    rows = look.seen(Organisation.objects.filter(pk=pk, is_home=False)).select_related("place", "kind")
    organisation = rows.first()
    homes = homes_for(organisation, look) if organisation else []
    if organisation is None or not homes:
        raise Http404("There is no such organisation, or it is one of our own.")
    return organisation, homes, chosen(request, homes)


@require_safe
def organisation_brief(request: HttpRequest, pk: int) -> HttpResponse:
    """`/organisations/<id>/brief/?home=<id>`: without a visit, seen from one of our institutions."""
    look = look_of(request)
    organisation, homes, home = partner_of(request, pk, look)
    context = {"brief": brief_of_organisation(organisation, home, look), "path": "organisations"}
    context["file"] = f"{organisation.get_absolute_url()}brief.docx?home={home.pk}"
    return render(request, "briefs/brief.html", context | {"homes": homes, "home": home})


@require_safe
def organisation_brief_file(request: HttpRequest, pk: int) -> HttpResponse:
    """`/organisations/<id>/brief.docx?home=<id>`: the same in Word."""
    look = look_of(request)
    organisation, _, home = partner_of(request, pk, look)
    return in_word(brief_of_organisation(organisation, home, look), f"brief-organisation-{pk}.docx", request)


def chosen(request: HttpRequest, homes: list[Organisation]) -> Organisation:
    """The institution of ours that the address names, or the first with ties; BadRequest for anything else."""
    given = request.GET.getlist("home")
    if {*request.GET} - {"home"} or len(given) > 1:
        raise BadRequest("A brief is asked for with one of our own institutions as “home”, and with nothing else.")
    found = [one for one in homes if not given or str(one.pk) == given[0]]
    if not found:
        raise BadRequest("“home” is to be one of our own institutions.")
    return found[0]
