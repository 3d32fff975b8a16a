"""A feed by its secret address: read by whoever has the address, and showing what its owner may see at that moment."""

import time
from datetime import timedelta
from hmac import compare_digest

from django.core.cache import cache
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships.access import second_factor
from partnerships.access.backend import RoleBackend
from partnerships.access.roles import Role, role_of
from partnerships.access.scoping import scope
from partnerships.agreements.deadlines import days_of as days_of_agreement
from partnerships.agreements.deadlines import watched_by
from partnerships.calendars.asking import visits_of
from partnerships.calendars.days import days_of
from partnerships.calendars.models import Feed, digest_of
from partnerships.calendars.writing import Writer, calendar_file, of_visits, with_items
from partnerships.records.question import Refused
from partnerships.visits.models import FollowUp, Preparation, Visit

MOST = 1000  # visits, the newest first
OFTEN, SECONDS = 60, 600  # how often one feed is read, by however many programmes
NOTED_EVERY = timedelta(minutes=5)
INVALID = "Nothing is shown: a condition of this feed no longer holds. Subscribe again from the list of visits."


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """`/feeds/<secret>.ics`: the same 404 for an unknown secret, a closed account and one without a role."""
    one, user = owned(secret)
    if too_often(one):
        return HttpResponse("This calendar is read too often. Wait some minutes.", "text/plain", status=429)
    now = timezone.now()
    if one.last_read_at is None or now - one.last_read_at > NOTED_EVERY:
        Feed.objects.filter(pk=one.pk).update(last_read_at=now)
    writer = Writer(now, request.build_absolute_uri("/").rstrip("/"))
    answer = HttpResponse(drawn(request, writer, one, user), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="accord.ics"'
    answer["Cache-Control"] = "no-store"
    return answer


def owned(secret: str) -> tuple[Feed, object]:
    """The feed of a secret, and its owner as they are now; raises Http404."""
    digest = digest_of(secret)
    one = Feed.objects.filter(digest=digest).first()
    if one is None or not compare_digest(one.digest, digest):
        raise Http404
    user = RoleBackend().get_user(one.user_id)
    if user is None or role_of(user) == Role.NOBODY or second_factor.is_missing(user):
        raise Http404
    return one, user


def too_often(one: Feed) -> bool:
    """Whether a feed was read more often than any calendar needs."""
    key = f"feed-{one.pk}-{int(time.time() // SECONDS)}"
    count = cache.get(key, 0) + 1
    cache.set(key, count, SECONDS)
    return count > OFTEN


def drawn(request: HttpRequest, writer: Writer, one: Feed, user) -> bytes:
    """The calendar as its owner may see it now."""
    try:
        question = visits_of(request, QueryDict("mine=yes" if one.is_own else one.conditions), user)
    except Refused:
        return calendar_file(one.name, [], INVALID)
    rows = Visit.objects.filter(pk__in=question.filters.qs.order_by().values("pk"))
    rows = with_items(rows, user).order_by(F("happens_on_earliest").desc(nulls_last=True), "pk")
    visits = list(rows[: MOST + 1])
    events = of_visits(writer, visits[:MOST])
    if one.is_own:
        events += what_is_due(writer, user, Q(owner=user)) + agreement_days(writer, user)
    return calendar_file(one.name, events, missing(visits))


def missing(visits: list[Visit]) -> str:
    """What of the list is not in the calendar, and why; '' where all of it is."""
    count = sum(days_of(visit.happens_on) is None for visit in visits[:MOST])
    are = "1 visit has no known day and is" if count == 1 else f"{count} visits have no known day and are"
    said = [f"{are} not in this calendar." if count else ""]
    said.append(f"Only the newest {MOST} visits are in it." if len(visits) > MOST else "")
    return " ".join(filter(None, said))


def what_is_due(writer: Writer, user, asked: Q) -> list:
    """The open follow-ups and preparations that have a due date and meet a condition; two queries."""
    left = asked & Q(due_on__isnull=False, done_on__isnull=True)
    tasks = newest(scope(user, FollowUp.objects.filter(left)).select_related("visit", "agreement", "partnership"))
    things = newest(scope(user, Preparation.objects.filter(left, is_needed=True)).select_related("visit"))
    return [
        *(writer.due(task, f"follow-up-{task.handle}", title_of(task), task.get_absolute_url()) for task in tasks),
        *(writer.due(one, f"preparation-{one.pk}", str(one.visit), one.visit.get_absolute_url()) for one in things),
    ]


def agreement_days(writer: Writer, user) -> list:
    """Ends, last days for notice and reviews of the agreements that somebody owns, reviews or watches; one query."""
    rows = watched_by(user).order_by("-ends_on_latest", "pk")
    return [writer.day(one, day) for one in rows[:MOST] for day in days_of_agreement(one)]


def title_of(task: FollowUp) -> str:
    """What a follow-up follows; a partnership is named by its page alone."""
    return str(task.visit or task.agreement or "")


def newest(rows: QuerySet) -> QuerySet:
    """Those due last, no more than a calendar takes."""
    return rows.order_by("-due_on", "pk")[:MOST]
