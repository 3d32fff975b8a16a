"""Which agreements wait for a decision, and why each of them does: conditions on rows, and the same in words."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from partnerships.agreements.deadlines import in_days, notice_in_words
from partnerships.agreements.models import Agreement
from partnerships.agreements.states import REFUSED_STEPS, LegalState, claim, notice_is_near, why_unknown
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
    NOTICE_90 = "notice-90", "last day for notice within 90 days"
    NOTICE = "notice", "past its notice date"
    SUSPENDED = "suspended", "suspended"
    UNKNOWN = "unknown", "unknowns block a decision"
    DORMANT = "dormant", "dormant"
    PERHAPS = "perhaps", "perhaps dormant: undated signs of life"
    DECIDED = "decided", "decided, and back later"


BESIDE = (Why.PERHAPS, Why.DECIDED)
BY_DATE = (Why.REVIEW, Why.IN_30, Why.IN_90, Why.IN_180, Why.NOTICE_90, Why.NOTICE)
BY_STATE = {
    LegalState.EXPIRED: Why.ENDED,
    LegalState.SUSPENDED: Why.SUSPENDED,
    LegalState.UNKNOWN: Why.UNKNOWN,
}
BY_LIFE = {Life.NONE: Why.DORMANT, Life.POSSIBLE: Why.PERHAPS}


def reasons(today: date) -> dict[Why, Q]:
    """Each reason to decide about an open agreement as a condition on rows `with_reasons`."""

    def ends_within(days: int) -> Q:
        """It may end within so many days, as far as the date tells."""
        return Q(ends_on_earliest__lte=today + timedelta(days=days), ends_on_latest__gte=today)

    awake = ~Q(state__in=ASLEEP_NEVER)
    return {
        Why.REVIEW: Q(review_on__lte=today),
        Why.IN_30: ends_within(30),
        Why.NOTICE_90: notice_is_near(today),
        Why.IN_90: ends_within(90),
        Why.IN_180: ends_within(180),
        Why.ENDED: Q(state=LegalState.EXPIRED),
        Why.NOTICE: Q(notice_on__lt=today) & ~Q(state=LegalState.EXPIRED),
        Why.SUSPENDED: Q(state=LegalState.SUSPENDED),
        Why.UNKNOWN: Q(state=LegalState.UNKNOWN),
        Why.DORMANT: awake & Q(life=Life.NONE),
        Why.PERHAPS: awake & Q(life=Life.POSSIBLE),
    }


def conditions(today: date) -> dict[Why, Q]:
    """Why an agreement stands in the queue or beside it, each as a condition on rows `with_reasons`."""
    is_open = {why: Q(is_open=True) & condition for why, condition in reasons(today).items()}
    return is_open | {Why.DECIDED: Q(is_settled=True)}


def pressing(today: date) -> Case:
    """The place of an open agreement in the queue, by the first of its reasons.

    Each stands as it must after those before it: for the database every mention of state and life is work.
    """
    ranked = reasons(today) | {Why.NOTICE: Q(notice_on__lt=today)}
    ranked |= {why: Q(life=life) for life, why in BY_LIFE.items()}
    return Case(*(When(ranked[why], then=Value(rank)) for rank, why in enumerate(ranked)), default=Value(len(Why)))


def in_queue(today: date) -> Q:
    """Any reason to decide now."""
    found = Q(pk__in=[])
    for why, condition in reasons(today).items():
        # Whatever ends within 30 or 90 days does so within 180.
        found |= condition if why not in (*BESIDE, Why.IN_30, Why.IN_90) else Q(pk__in=[])
    return Q(is_open=True) & found


# What the reasons are told from, so that a database works out each once, for each group of agreements alike in them.
TOLD_FROM = ("waits", "is_decided", "state", "life")


def counts(rows: QuerySet, today: date) -> dict[str, int]:
    """How many rows `with_reasons` stand in the queue, as “all”, and how many for each reason; one query."""
    by_date = {f"is_{why}": claim(condition) for why, condition in reasons(today).items() if why in BY_DATE}
    rows = rows.order_by().annotate(waits=F("is_open"), is_decided=F("is_settled"), **by_date)
    groups = rows.values_list(*TOLD_FROM, *by_date).annotate(count=Count("pk"))
    found = dict.fromkeys(["all", *(why.value for why in Why)], 0)
    for is_open, is_settled, state, life, *dates, count in groups:
        told = {Why(name.removeprefix("is_")) for name, holds in zip(by_date, dates, strict=True) if holds}
        why = of_group(told, state, life) if is_open else {Why.DECIDED} if is_settled else set()
        for one in why:
            found[one.value] += count
        found["all"] += count if why - {*BESIDE} else 0
    return found


def of_group(by_date: set[Why], state: str, life: str) -> set[Why]:
    """The reasons of open agreements of a state and a life, for which these reasons hold by their dates."""
    found = by_date - {Why.NOTICE} if state == LegalState.EXPIRED else {*by_date}
    found |= {BY_STATE[state]} if state in BY_STATE else set()
    return found | ({BY_LIFE[life]} if life in BY_LIFE and state not in ASLEEP_NEVER else set())


def in_words(one: Agreement, today: date) -> list[str]:
    """Why an agreement of `with_reasons` stands in the queue, the most pressing first, in sentences."""
    if one.step in REFUSED_STEPS or one.replaced or one.state in OVER:
        return []
    if one.settled:
        return [settled(one)]
    told = [*ending(one, today)]
    if one.review_on and one.review_on <= today:
        told.insert(0, f"Review due since {plain(one.review_on)}")
    told += notice_in_words(one, today)
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
    when = in_days(left)
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
