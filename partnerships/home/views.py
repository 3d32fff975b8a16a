"""The first page: what the register holds, what is due, and what is unknown, honestly small."""

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships.access.models import Entry
from partnerships.access.roles import role_of
from partnerships.access.scoping import scope
from partnerships.agreements.models import Agreement
from partnerships.agreements.states import LegalState
from partnerships.records.kinds import kinds
from partnerships.values.models import Gap
from partnerships.visits.models import FollowUp, Visit

SHOWN = 8
COMING = ("requested", "triaged", "approved", "planned")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Draw the first page for whoever is signed in."""
    user, today = request.user, timezone.localdate()
    lines = Entry.objects.filter(visibility__lte=role_of(user))
    counts = dict(lines.order_by().values_list("kind").annotate(count=Count("pk")))
    agreements = scope(user, Agreement.objects.with_state(today))
    states = dict(agreements.order_by().values_list("state").annotate(count=Count("pk")))
    open_follow_ups = scope(user, FollowUp.objects.filter(done_on__isnull=True)).select_related(
        "owner", "visit", "agreement", "partnership__home", "partnership__partner"
    )
    shown = ["agreement", "visit", "cohort", "funding"]
    gaps = scope(user, Gap.objects.filter(state="not_stated", record_kind__in=shown))
    context = {
        "counts": [(kind, counts.get(kind.name, 0)) for kind in kinds()],
        "states": [(state, states.get(state.value, 0)) for state in LegalState if states.get(state.value)],
        "agreement_count": sum(states.values()),
        "unknown_count": states.get(LegalState.UNKNOWN.value, 0),
        "follow_ups": open_follow_ups.order_by("due_on", "pk")[:SHOWN],
        "overdue_count": open_follow_ups.filter(due_on__lt=today).count(),
        "coming": scope(user, Visit.objects.filter(Q(status__in=COMING))).select_related("partner", "home")[:SHOWN],
        "gap_counts": gaps.values_list("record_kind").annotate(count=Count("pk")).order_by("-count"),
        "today": today,
    }
    return render(request, "home/home.html", context)


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
