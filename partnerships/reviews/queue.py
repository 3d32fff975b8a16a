"""Which agreements wait for a decision, and why each of them does: conditions on rows, and the same in words."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import models
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from partnerships.agreements.models import Agreement, AgreementRelation, Party
from partnerships.agreements.states import REFUSED_STEPS, LegalState, claim, why_unknown
from partnerships.funding.models import Funding
from partnerships.programmes.models import Cohort, Programme
from partnerships.records.pages import Look
from partnerships.reviews.models import Decision, Review
from partnerships.undertakings.models import Evidence, Undertaking
from partnerships.values.draw import plain
from partnerships.visits.models import FollowUp, VisitAgreement, VisitStatus

OVER = (LegalState.TERMINATED, LegalState.SUPERSEDED, LegalState.LAPSED)
ASLEEP_NEVER = (*OVER, LegalState.EXPIRED, LegalState.NOT_YET_EFFECTIVE)
NOT_HELD = (VisitStatus.DECLINED, VisitStatus.CANCELLED)
# The dates of what evidence can be.
OF_EVIDENCE = (
    "visit__happens_on",
    "cohort__enters_on",
    "funding__given_on",
    "agreement__signed_on",
    "programme__starts_on",
    "project__starts_on",
    "note__happened_on",
)


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


class Life(models.TextChoices):
    """The signs of life of an agreement in the last months."""

    RECENT = "recent", "recent"
    POSSIBLE = "possible", "possible"
    NONE = "none", "none"


def asleep_since(today: date) -> date:
    """The day from which on nothing must have happened for an agreement to be dormant."""
    return today - relativedelta(months=settings.DORMANT_AFTER_MONTHS)


def with_reasons(rows: QuerySet, look: Look) -> QuerySet:
    """Agreements with all that their reasons are read from, of what this reader sees."""
    relations, reviews = (look.seen(one.objects.all()) for one in (AgreementRelation, Review))
    rows = rows.with_decision(look.today, relations, reviews).annotate(life=life(look))
    over = Q(step__in=REFUSED_STEPS) | Q(replaced=True) | Q(state__in=OVER)
    rows = rows.annotate(is_open=claim(~over & Q(settled=False)), is_settled=claim(~over & Q(settled=True)))
    reasons = conditions(look.today)
    pressing = [When(reasons[why], then=Value(rank)) for rank, why in enumerate(Why)]
    return rows.annotate(pressing=Case(*pressing, default=Value(len(Why))))


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


def life(look: Look) -> Case:
    """The signs of life of an agreement, of those that the reader sees, as a database expression.

    Signs are its signing, visits that were not called off, evidence of its areas, its programmes and cohorts, its
    funding, and follow-ups done. Only one that lies wholly after the day is certain; one without a year is possible.
    """
    since = asleep_since(look.today)
    visits = VisitAgreement.objects.exclude(visit__status__in=NOT_HELD)
    told = Undertaking.objects.exclude(evidence="")
    signs = (
        (visits, "agreement", ("visit__happens_on",)),
        (Evidence.objects.all(), "undertaking__agreement", OF_EVIDENCE),
        (Programme.objects.all(), "agreement", ("starts_on",)),
        (Cohort.objects.all(), "programme__agreement", ("enters_on",)),
        (Funding.objects.all(), "agreement", ("given_on",)),
        (Party.objects.exclude(signed_on_edtf="", signed_on_wording=""), "agreement", ("signed_on",)),
    )
    done = look.seen(FollowUp.objects.filter(agreement=OuterRef("pk"), done_on__gte=since)).order_by()
    recent = Q(Exists(done)) | Q(signed_on_earliest__gte=since)
    possible = ~Q(signed_on_latest__lt=since) & ~Q(signed_on_edtf="", signed_on_wording="") | Q(
        Exists(look.seen(told.filter(agreement=OuterRef("pk"))).order_by())
    )
    for model, path, names in signs:
        rows = look.seen(model.filter(**{path: OuterRef("pk")})).order_by()
        recent |= Q(Exists(rows.filter(any_of(names, "{}_earliest__gte", since))))
        possible |= Q(Exists(rows.exclude(all_before(names, since))))
    return Case(
        When(recent, then=Value(Life.RECENT)),
        When(possible, then=Value(Life.POSSIBLE)),
        default=Value(Life.NONE),
        output_field=CharField(),
    )


def any_of(names: tuple[str, ...], lookup: str, value: date) -> Q:
    """One of the dates meets a lookup."""
    found = Q()
    for name in names:
        found |= Q(**{lookup.format(name): value})
    return found


def all_before(names: tuple[str, ...], since: date) -> Q:
    """Some date is known to lie before a day, and none may lie after it."""
    return any_of(names, "{}_latest__lt", since)


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
    since = plain(asleep_since(today))
    if one.life == Life.NONE:
        return [f"Dormant: no sign of life is recorded since {since}"]
    return [f"Perhaps dormant: since {since} no sign of life has a date; some have none at all"]


def by_pressing() -> list:
    """The order of the queue: the most pressing reason first, then the nearest end."""
    return [F("pressing"), F("ends_on_earliest").asc(nulls_last=True), "title", "pk"]
