"""The days of an agreement that somebody must not miss, and what is assumed where none is stated."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from partnerships.access.scoping import scope
from partnerships.agreements.models import Agreement, AgreementRelation
from partnerships.agreements.models.reminding import Deadline
from partnerships.agreements.states import NOTICE_WITHIN, OVER, REFUSED_STEPS, REPLACING
from partnerships.values.dates import HonestDate
from partnerships.values.draw import plain

COLUMNS = ("ends_on_latest", "notice_on", "review_on")
VERBS = {Deadline.END: "ends", Deadline.NOTICE: "last day for notice", Deadline.REVIEW: "review due"}


@dataclass(frozen=True)
class Day:
    """A day of an agreement: what it is, and in a sentence what was assumed to name it; "" where it was stated."""

    deadline: Deadline
    on: date
    assumed: str = ""


def days_of(agreement: Agreement) -> list[Day]:
    """The days that are known, or follow from what is known."""
    ends, days = agreement.ends_on, []
    if ends.latest and not ends.is_open:
        days.append(Day(Deadline.END, ends.latest, vague(ends, ends.latest, "the last")))
    if agreement.notice_on:
        counted = vague(ends, ends.earliest, "the first")
        told = f"Counted from its notice period, {agreement.notice_period}.{counted and ' '}{counted}"
        days.append(Day(Deadline.NOTICE, agreement.notice_on, told))
    if agreement.review_on:
        days.append(Day(Deadline.REVIEW, agreement.review_on))
    return days


def vague(ends: HonestDate, taken: date, which: str) -> str:
    """That a day is assumed for the end, in a sentence; "" for a stated day."""
    if ends.is_exact:
        return ""
    return f"No day is stated for its end ({ends.words}): taken as {plain(taken)}, {which} that it can mean."


def notice_in_words(agreement: Agreement, today: date) -> list[str]:
    """That the last day for notice of an agreement with its `state` is near or past, in a sentence; else nothing."""
    last = agreement.notice_on
    if not last or last > today + NOTICE_WITHIN or agreement.state in OVER:
        return []
    if last < today:
        return [f"Its last day for notice was {plain(last)}"]
    return [f"Last day for notice {in_days((last - today).days)}, on {plain(last)}"]


def in_days(left: int) -> str:
    """How soon a day comes, from today on."""
    return "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"


def watched_by(user) -> QuerySet:
    """The agreements, as far as somebody sees them, that they own, review or watch and that are not over.

    Over is what an event ended, somebody refused, or another agreement that they see renews or supersedes.
    """
    relations = scope(user, AgreementRelation.objects.all())
    watched = Agreement.watchers.through.objects.filter(agreement=OuterRef("pk"), user=user)
    concerned = Q(owner=user) | Q(reviewer=user) | Exists(watched)
    rows = scope(user, Agreement.objects.filter(concerned))
    replaced = Exists(relations.filter(to_agreement=OuterRef("pk"), kind__in=REPLACING))
    return rows.exclude(event__in=OVER).exclude(step__in=REFUSED_STEPS).exclude(replaced)


def between(first: date, last: date) -> Q:
    """The condition that one of an agreement's days, as `days_of` tells them, lies between two days."""
    found = Q(pk__in=[])
    for column in COLUMNS:
        found |= Q(**{f"{column}__range": (first, last)})
    return found
