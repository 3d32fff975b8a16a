"""Which agreements wait for a decision, and why each of them does: conditions on rows, and the same in words."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, Q, QuerySet

from partnerships.agreements.models import Agreement
from partnerships.agreements.states import LegalState, why_unknown
from partnerships.records.life import Life, quiet_since
from partnerships.reviews.models import Decision
from partnerships.values.draw import plain

OVER = (LegalState.TERMINATED, LegalState.SUPERSEDED, LegalState.LAPSED)
ASLEEP_NEVER = (*OVER, LegalState.EXPIRED, LegalState.NOT_YET_EFFECTIVE)


class Why(models.TextChoices):
    """Why an agreement stands in the queue; the last two tell of agreements that need no decision now."""

    REVIEW = "review", "due for review"
    IN_30 = "30", "ending within 30 days"
    IN_90 = "90", "ending within 90 days"
    IN_180 = "180", "ending within 180 days"
    ENDED = "ended", "past its end"
    NOTICE = "notice", "past its notice date"
    SUSPENDED = "suspended", "suspended"
    UNKNOWN = "unknown", "unknowns block a decision"
    DORMANT = "dormant", "dormant"
    PERHAPS = "perhaps", "perhaps dormant: undated signs of life"
    DECIDED = "decided", "decided, and back later"


BESIDE = (Why.PERHAPS, Why.DECIDED)


def conditions(today: date) -> dict[Why, Q]:
    """Each reason as a condition on rows `with_reasons`."""
    is_open = Q(is_open=True)

    def ends_within(days: int) -> Q:
        """It may end within so many days, as far as the date tells."""
        return is_open & Q(ends_on_earliest__lte=today + timedelta(days=days), ends_on_latest__gte=today)

    awake = is_open & ~Q(state__in=ASLEEP_NEVER)
    return {
        Why.REVIEW: is_open & Q(review_on__lte=today),
        Why.IN_30: ends_within(30),
        Why.IN_90: ends_within(90),
        Why.IN_180: ends_within(180),
        Why.ENDED: is_open & Q(state=LegalState.EXPIRED),
        Why.NOTICE: is_open & Q(notice_on__lt=today) & ~Q(state=LegalState.EXPIRED),
        Why.SUSPENDED: is_open & Q(state=LegalState.SUSPENDED),
        Why.UNKNOWN: is_open & Q(state=LegalState.UNKNOWN),
        Why.DORMANT: awake & Q(life=Life.NONE),
        Why.PERHAPS: awake & Q(life=Life.POSSIBLE),
        Why.DECIDED: Q(is_settled=True),
    }


def in_queue(today: date) -> Q:
    """Any reason to decide now."""
    found = Q(pk__in=[])
    for why, condition in conditions(today).items():
        found |= condition if why not in BESIDE else Q(pk__in=[])
    return found


def counts(rows: QuerySet, today: date) -> dict[str, int]:
    """How many rows `with_reasons` stand in the queue, as “all”, and how many for each reason; one query."""
    found = {f"of_{why}": Count("pk", filter=condition) for why, condition in conditions(today).items()}
    told = rows.order_by().aggregate(all=Count("pk", filter=in_queue(today)), **found)
    return {name.removeprefix("of_"): number for name, number in told.items()}


def in_words(one: Agreement, today: date) -> list[str]:
    """Why an agreement of `with_reasons` stands in the queue, the most pressing first, in sentences."""
    if one.is_settled:
        return [settled(one)]
    if not one.is_open:
        return []
    told = [*ending(one, today)]
    if one.review_on and one.review_on <= today:
        told.insert(0, f"Review due since {plain(one.review_on)}")
    if one.notice_on and one.notice_on < today and one.state != LegalState.EXPIRED:
        told.append(f"Its last day for notice was {plain(one.notice_on)}")
    if one.state == LegalState.SUSPENDED:
        told.append("Suspended")
    if one.state == LegalState.UNKNOWN:
        told.append(f"Whether it is in force is unknown: {why_unknown(one, today)}")
    return [*told, *asleep(one, today, alone=not told)]


def settled(one: Agreement) -> str:
    """What was decided, and when it comes back."""
    back = f"next review {plain(one.review_on)}" if one.review_on else "no further review is set"
    return f"Decided: {Decision(one.last_decision).label}; {back}"


def ending(one: Agreement, today: date) -> list[str]:
    """That it ends, or may end, within 180 days, or did."""
    first, last = one.ends_on.earliest, one.ends_on.latest
    if one.state == LegalState.EXPIRED:
        return [f"Ended: {one.ends_on.words}"]
    if not first or not last or last < today or first > today + timedelta(days=180):
        return []
    left = (first - today).days
    when = "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"
    if first == last:
        return [f"Ends {when}, on {one.ends_on.words}"]
    return [f"May end {when}: {one.ends_on.words}" if left >= 0 else f"May have ended already: {one.ends_on.words}"]


def asleep(one: Agreement, today: date, *, alone: bool) -> list[str]:
    """That nothing dated tells of life; that undated signs are all there is, only where it `alone` is to be said."""
    if one.state in ASLEEP_NEVER or one.life == Life.RECENT or one.life == Life.POSSIBLE and not alone:
        return []
    since = plain(quiet_since(today, settings.QUIET_AFTER_MONTHS))
    if one.life == Life.NONE:
        return [f"Dormant: no sign of life is recorded since {since}"]
    return [f"Perhaps dormant: since {since} no sign of life has a date; some have none at all"]
