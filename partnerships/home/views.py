"""The first page: what needs whoever opens it, what happened lately, and pictures of how things stand.

Who opens it, with what in hand, to decide what:
- a viewer (a rector, a dean), before a meeting, with nothing but the question “how do we stand with China?”: sentences
  and pictures come first, and each leads to its list; nothing here waits for them.
- staff, in the morning, with a telephone and a calendar: what have I promised, who comes next, and what of my own
  records could I complete with one call?
- a manager, with the agreements' folder: which agreements must be decided about, the most pressing first, and which
  partnerships have gone quiet?
- an admin, after others have worked: what was changed and by whom, and where is the register thinnest?

A figure is never without the list that it counts: the same conditions, the same reader, the same day.
"""

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.db.models import Count, F, Value, Window
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from partnerships.access.models import Entry
from partnerships.access.roles import Role
from partnerships.agreements.pictures import terms
from partnerships.funding.models import Funding
from partnerships.funding.pictures import by_currency
from partnerships.home import asleep, due
from partnerships.home.lately import lately
from partnerships.home.parts import Part, counted
from partnerships.organisations.models import Partnership, Place
from partnerships.organisations.pictures import by_place
from partnerships.programmes.models import Cohort
from partnerships.programmes.pictures import by_cohort
from partnerships.records.kinds import kinds
from partnerships.records.listing import list_address
from partnerships.records.pages import Look, look_of
from partnerships.values.figures import Told
from partnerships.visits.models import Visit
from partnerships.visits.pictures import HAPPENED, by_direction, happened

COHORTS = 8
PICTURES = ("terms", "visits", "places", "cohorts", "funding")
ORDER = {
    Role.VIEWER: (*PICTURES, "decisions", "visits-to-come", "quiet", "dormant", "lately", "follow-ups", "gaps"),
    Role.STAFF: (
        "follow-ups",
        "preparing",
        "visits-to-come",
        "gaps",
        "lately",
        *PICTURES,
        "decisions",
        "quiet",
        "dormant",
    ),
    Role.MANAGER: ("decisions", "quiet", "dormant", "follow-ups", "visits-to-come", "lately", "gaps", *PICTURES),
    Role.ADMIN: ("lately", "gaps", "decisions", "quiet", "dormant", "follow-ups", "visits-to-come", *PICTURES),
}


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for what can't be read: drawn without the request, since reading that may be what fails."""
    return HttpResponseBadRequest(render_to_string("400.html", {"reason": reason_of(exception)}))


def reason_of(exception: Exception) -> str:
    """Why something was not understood, in a sentence; '' where there is no more to say."""
    if isinstance(exception, TooManyFieldsSent):
        most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        return f"This has more than {most:,} fields, which is more than can be taken at once. Nothing was changed."
    if isinstance(exception, RequestDataTooBig):
        return "This is longer than what can be taken at once. Nothing was changed."
    return str(exception) if isinstance(exception, BadRequest) else ""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Draw the first page for whoever is signed in."""
    look = look_of(request)
    lines = Entry.objects.filter(visibility__lte=look.role).order_by().values_list("kind")
    counts = dict(lines.annotate(count=Count("pk")))
    states = due.states(look) if counts else {}
    parts = arranged(look, states) if counts else []
    context = {
        "held": [(kind, counts.get(kind.name, 0)) for kind in kinds()],
        "agreements": counted(total_of(states), "agreement", "/agreements/", "agreements"),
        "sentence": due.sentence(states),
        "besides": besides(parts),
        "parts": parts,
        "may_enter": look.role >= Role.STAFF,
    }
    return render(request, "home/home.html", context)


def arranged(look: Look, states: dict) -> list[Part]:
    """The parts in the order of the reader's role; pictures of nothing, and nothing to prepare, are left out."""
    rows = due.pressing(look.role, look.today)
    preparing = due.to_prepare(look) if look.role == Role.STAFF else None
    parts = [
        due.follow_ups(look),
        due.coming(look),
        *([preparing] if preparing and preparing.lines else []),
        due.decisions(states, rows, look.today),
        asleep.quiet(look, settings.QUIET_AFTER_MONTHS),
        asleep.dormant(look, settings.QUIET_AFTER_MONTHS),
        due.gaps(look),
        lately(look),
        picture_of_terms(look, states, rows),
        picture_of_visits(look),
        picture_of_places(look),
        picture_of_cohorts(look),
        picture_of_funding(look),
    ]
    by_name = {part.name: part for part in parts if part.figure is None or part.figure.rows}
    return [by_name[name] for name in ORDER[look.role] if name in by_name]


def total_of(states: dict[str, dict]) -> int:
    """How many agreements there are of all states."""
    return sum(one["count"] for one in states.values())


def besides(parts: list[Part]) -> list[Told]:
    """What the sentence at the top says after the agreements."""
    more = {part.name: part.more for part in parts}
    nothing = {
        "visits": "no visit took place",
        "visits-to-come": "no visit is to come",
        "follow-ups": "no follow-up is open",
    }
    return [told for name, none in nothing.items() for told in more.get(name) or [Told(none)]]


def picture_of_terms(look: Look, states: dict, rows: list) -> Part:
    """The terms of the most pressing agreements."""
    total = total_of(states)
    shown = [Told(f"The {len(rows)} most pressing are drawn")] if total > len(rows) else []
    more = counted(total, "agreement in the list", "/agreements/", "agreements in the list")
    return Part("terms", "Terms", shown, figure=terms(rows, look.today), more=more, is_wide=True)


def picture_of_visits(look: Look) -> Part:
    """The visits that took place; one query."""
    figure = by_direction(happened(look.seen(Visit.objects.all())))
    address = list_address("visits", status=HAPPENED)
    more = counted(figure.total, "visit took place", address, "visits took place")
    return Part("visits", figure.title, figure=figure, more=more)


def picture_of_places(look: Look) -> Part:
    """Where the partners are; two queries."""
    figure = by_place(look.seen(Partnership.objects.all()), look.seen(Place.objects.all()))
    more = counted(figure.total, "partnership", "/partnerships/", "partnerships")
    return Part("places", figure.title, figure=figure, more=more)


def picture_of_cohorts(look: Look) -> Part:
    """The newest cohorts; one query."""
    rows = look.seen(Cohort.objects.select_related("programme")).annotate(all=Window(Count("pk"), Value(1)))
    rows = list(rows.order_by(F("enters_on_earliest").desc(nulls_last=True), "name", "pk")[:COHORTS])
    total = rows[0].all if rows else 0
    more = counted(total, "cohort in the list", "/cohorts/", "cohorts in the list")
    figure = by_cohort(rows)
    return Part("cohorts", figure.title, figure=figure, more=more)


def picture_of_funding(look: Look) -> Part:
    """The money, by currency; one query."""
    figure = by_currency(look.seen(Funding.objects.all()))
    more = counted(figure.total, "record of funding", "/funding/", "records of funding")
    return Part("funding", figure.title, figure=figure, more=more)
