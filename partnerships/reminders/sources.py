"""What a letter may remind somebody of: one function for each sort of thing, which takes a look and gives a section.

Whoever adds a sort of thing writes such a function and names it in SOURCES. Nothing here reminds of a day that nobody
stated: where a date is vague, the line says what it assumes; where no day is known, it says so.
"""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db.models import F, Q

from partnerships.access.roles import Role
from partnerships.letters.models import Letter
from partnerships.records.pages import Look
from partnerships.reminders.agreements import agreements
from partnerships.reminders.parts import SHOWN, Section, address, line, shown
from partnerships.undertakings.models import OWNERS, Standing, Undertaking
from partnerships.values.dates import HonestDate
from partnerships.values.draw import plain
from partnerships.visits.models import FollowUp, Preparation, Visit, VisitStatus

SOON, AHEAD = timedelta(days=7), timedelta(days=14)
BELONGING = ("visit", "agreement", "partnership__home", "partnership__partner")
COMING = [VisitStatus.REQUESTED, VisitStatus.TRIAGED, VisitStatus.APPROVED, VisitStatus.PLANNED]
OFF = [VisitStatus.DECLINED, VisitStatus.CANCELLED, VisitStatus.CLOSED]
OPEN = [Standing.AGREED, Standing.PLANNED, Standing.PROMISED, Standing.ASKED]


def due(day, look: Look) -> str:
    """When something was or is due."""
    if day == look.today:
        return "due today"
    return f"overdue since {plain(day)}" if day < look.today else f"due {plain(day)}"


def assumed(when: HonestDate) -> str:
    """What a reminder takes a vague date for, in a sentence; "" for a stated day."""
    if when.is_exact:
        return ""
    return f" No day is stated ({when.words}): this counts from {plain(when.earliest)}, the first that it can mean."


def follow_ups(look: Look) -> Section:
    """What somebody does themselves: overdue, or due within a week."""
    own = look.seen(FollowUp.objects.filter(owner=look.user, done_on__isnull=True))
    rows = own.filter(due_on__lte=look.today + SOON).select_related(*BELONGING).order_by("due_on", "pk")
    undated = own.filter(due_on__isnull=True).count()
    besides = [f"Of your follow-ups, {undated} without a due date: nothing reminds you of these."] if undated else []
    lines = [line(f"{one.what}: {due(one.due_on, look)}. For: {one.belonging}.", one) for one in rows]
    return Section("Your follow-ups", shown(lines, len(lines)), besides)


def to_check(look: Look) -> Section:
    """What others have done, and this person is to check."""
    done = FollowUp.objects.filter(checker=look.user, done_on__isnull=False, checked_on__isnull=True)
    rows = look.seen(done).exclude(owner=look.user).order_by("done_on", "pk")
    lines = [line(f"{one.what}: done {plain(one.done_on)}. {one.outcome}", one) for one in rows]
    return Section("For you to check", shown(lines, len(lines)), [])


def promises(look: Look) -> Section:
    """What was agreed, promised or asked for, is due, and shows no sign of life."""
    own = Undertaking.objects.filter(owner=look.user, standing__in=OPEN, evidence="", shown_by__isnull=True)
    rows = look.seen(own.filter(due_on__lte=look.today + SOON)).select_related(*OWNERS).order_by("due_on", "pk")
    lines = [line(f"{one.wording} ({one.get_standing_display()}): {due(one.due_on, look)}.", one) for one in rows]
    return Section("Promises you see to", shown(lines, len(lines)), [])


def preparations(look: Look) -> Section:
    """What is to be prepared for visits that still stand."""
    own = Preparation.objects.filter(owner=look.user, is_needed=True, done_on__isnull=True).exclude(
        visit__status__in=OFF
    )
    own = look.seen(own).select_related("visit")
    rows = own.filter(due_on__lte=look.today + SOON).order_by("due_on", "pk")
    lines = [
        line(f"{one.what}: {due(one.due_on, look)}. For: {one.visit}.{assumed(one.visit.happens_on)}", one.visit)
        for one in rows
    ]
    undated = own.filter(due_on__isnull=True).count()
    besides = [f"Of what you prepare, {undated} without a day, since the visit has none."] if undated else []
    return Section("To prepare", shown(lines, len(lines)), besides)


def visits(look: Look) -> Section:
    """Visits to come that this person looks after, in the next two weeks as far as their dates tell."""
    own = look.seen(Visit.objects.filter(owner=look.user, status__in=COMING))
    ends = Q(happens_on_latest__gte=look.today) | Q(happens_on_latest__isnull=True)
    rows = own.filter(ends, happens_on_earliest__lte=look.today + AHEAD).order_by("happens_on_earliest", "pk")
    lines = [line(f"{one}: {one.happens_on.words}.{assumed(one.happens_on)}", one) for one in rows]
    unknown = own.filter(happens_on_earliest__isnull=True).order_by(F("happens_on_edtf").desc(), "title", "pk")
    besides = [
        line(f"{one}: {one.happens_on.words or 'no date'}, so that nothing can remind you of its day.", one)
        for one in unknown[:SHOWN]
    ]
    return Section("Visits to come", shown(lines, len(lines)), besides)


def undelivered(look: Look) -> Section:
    """For admins: letters that no mail server takes, and accounts that none can be sent to."""
    if look.role < Role.ADMIN:
        return Section("", [], [])
    lately = Letter.objects.given_up().filter(made_at__date__gte=look.today - timedelta(days=1)).select_related("to")
    lines = [f"- to {one.to}: {one.last_error}\n  {address(f'/admin/partnerships/letter/{one.pk}/')}" for one in lately]
    lacking = get_user_model().objects.filter(is_active=True, email="", groups__isnull=False).distinct()
    names = ", ".join(sorted(lacking.values_list("username", flat=True)))
    besides = [f"Without an e-mail address, and so without letters: {names}."] if names else []
    return Section("Letters that were refused", shown(lines, len(lines)), besides)


SOURCES: list[Callable[[Look], Section]] = [
    follow_ups,
    to_check,
    promises,
    preparations,
    visits,
    agreements,
    undelivered,
]
