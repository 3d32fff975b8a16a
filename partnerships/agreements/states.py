"""The legal state of an agreement: never stored, always computed in the database, with 'today' passed in."""

from datetime import date, timedelta
from functools import lru_cache

from django.db import models
from django.db.models import Case, CharField, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from partnerships.values.prepared import Once

EXPIRES_WITHIN = timedelta(days=180)
NOTICE_WITHIN = timedelta(days=90)  # so long before its last day for notice somebody must decide


class LegalState(models.TextChoices):
    """What the dates and events say (vocabularies.md, 2.2)."""

    NOT_YET_EFFECTIVE = "not_yet_effective", "Not yet effective"
    ACTIVE = "active", "In force"
    EXPIRING = "expiring", "Ending soon"
    EXPIRED = "expired", "Ended"
    EVERGREEN = "evergreen", "Evergreen"
    RENEWING = "renewing", "Renews itself"
    SUSPENDED = "suspended", "Suspended"
    TERMINATED = "terminated", "Terminated"
    SUPERSEDED = "superseded", "Superseded"
    LAPSED = "lapsed", "Lapsed"
    UNKNOWN = "unknown", "Unknown"


@lru_cache(maxsize=100)
def legal_state(today: date) -> Once:
    """The state on `today` as a database expression; an event overrides the dates, and a gap is 'unknown'."""
    started = Q(starts_on_latest__lte=today) | Q(starts_on_edtf="") & (Q(signed_on_latest__lte=today))
    ended = Q(ends_on_latest__lt=today)
    state = Case(
        When(event_may_hold(today), then=Value(LegalState.UNKNOWN)),
        When(event_holds(today), then=F("event")),
        When(ended & ~Q(ending="renewing"), then=Value(LegalState.EXPIRED)),
        When(starts_on_earliest__gt=today, then=Value(LegalState.NOT_YET_EFFECTIVE)),
        When(started & Q(ending="evergreen"), then=Value(LegalState.EVERGREEN)),
        When(started & Q(ending="renewing"), then=Value(LegalState.RENEWING)),
        When(
            started & Q(ends_on_earliest__gte=today, ends_on_latest__lte=today + EXPIRES_WITHIN),
            then=Value(LegalState.EXPIRING),
        ),
        When(started & Q(ends_on_earliest__gte=today), then=Value(LegalState.ACTIVE)),
        default=Value(LegalState.UNKNOWN),
        output_field=CharField(),
    )
    return Once(state)


def event_holds(today: date) -> Q:
    """The legal event is in effect: its day has come, or isn't known; a suspension ends with the span it is given."""
    over = Q(event="suspended", event_on_edtf__contains="/", event_on_latest__lt=today)
    return ~Q(event="") & ~Q(event_on_earliest__gt=today) & ~over


def event_may_hold(today: date) -> Q:
    """The legal event falls on one day of a span in which `today` lies, so that nobody can tell whether it has come."""
    spanned = Q(event_on_earliest__lte=today, event_on_latest__gt=today)
    return ~Q(event="") & spanned & ~Q(event_on_edtf__contains="/")


def event_in_words(agreement) -> str:
    """What was done that overrides the dates, and when, be it still to come; '' where nothing was."""
    when = agreement.event_on.words or "day not recorded"
    return f"{agreement.get_event_display()}, {when}" if agreement.event else ""


def why_unknown(agreement, today: date) -> str:
    """Which missing or vague field keeps the legal state of `today` unknown, in words."""
    event, ends, starts = agreement.event_on, agreement.ends_on, agreement.starts_on
    if agreement.event and "/" not in event.notation and event.earliest and event.earliest <= today < event.latest:
        return "the date of the legal event is too vague to tell"
    if agreement.ending in ("", "fixed"):
        if not ends.notation:
            return "no end date recorded"
        if ends.is_open and ends.earliest < today:
            return "the end date is open"
        if not ends.is_open and ends.latest is None:
            return "the end date has no year"
    if not starts.notation and not agreement.signed_on.year_known:
        return "no start or signing date recorded"
    if starts.notation and not starts.year_known:
        return "the start date has no year"
    return "the dates are too vague to tell"


IN_FORCE = (LegalState.ACTIVE, LegalState.EXPIRING, LegalState.EVERGREEN, LegalState.RENEWING)
# In which of these states somebody has to decide, the most pressing first.
TO_DECIDE = (LegalState.EXPIRING, LegalState.EXPIRED, LegalState.SUSPENDED, LegalState.UNKNOWN)
# In which of these nobody expects anything to happen any more.
OVER = (LegalState.EXPIRED, LegalState.TERMINATED, LegalState.SUPERSEDED, LegalState.LAPSED)
REFUSED_STEPS = ("declined", "withdrawn")
REPLACING = ("renews", "supersedes")
FOR_GOOD = ("lapse", "end")  # decisions after which an agreement only waits for its end


def notice_is_near(today: date) -> Q:
    """Its last day for notice comes today or within 90 days."""
    return Q(notice_on__range=(today, today + NOTICE_WITHIN))


def claim(condition: Q) -> Case:
    """A condition as a column that is true or false."""
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=models.BooleanField())


class AgreementQuerySet(models.QuerySet):
    """Questions the office asks of its agreements."""

    def with_state(self, today: date):
        """Each with its `state` on `today`, and that day beside it as `state_on`."""
        return self.annotate(state=legal_state(today), state_on=Value(today, DateField()))

    def in_force(self, today: date):
        """Those that bind on `today`."""
        return self.with_state(today).filter(state__in=IN_FORCE)

    def not_over(self, today: date):
        """Those, with their `state` on `today`, in which somebody still expects something to happen."""
        return self.with_state(today).exclude(state__in=OVER).exclude(step__in=REFUSED_STEPS)

    def with_settled(self, today: date, relations: QuerySet, reviews: QuerySet):
        """Each with its `state`, whether it is `replaced`, its `last_decision`, and whether that has it `settled`.

        Another agreement that renews or supersedes it replaces it, of the `relations` that the reader may see. It is
        settled from the last of its `reviews` until the next one is due, or for good where it was to end.
        """
        replaced = Exists(relations.filter(to_agreement=OuterRef("pk"), kind__in=REPLACING))
        last = reviews.filter(agreement=OuterRef("pk")).order_by("-number").values("decision")[:1]
        settled = Q(last_decision__isnull=False, review_on__gt=today)
        settled |= Q(last_decision__in=FOR_GOOD, review_on__isnull=True)
        rows = self.with_state(today).annotate(replaced=replaced, last_decision=Subquery(last))
        return rows.annotate(settled=claim(settled))

    def with_decision(self, today: date, relations: QuerySet, reviews: QuerySet):
        """Each as in `with_settled`, and whether it `needs_decision` on `today`.

        It needs one where its end is near, past or unknown, it is suspended, its review has come, or its last day for
        notice is near or past; and nobody refused it, nor is it replaced or settled.
        """
        due = Q(state__in=TO_DECIDE) | Q(state__in=IN_FORCE, review_on__lte=today)
        due |= Q(notice_on__lte=today + NOTICE_WITHIN) & ~Q(state__in=OVER)
        open_and_due = due & ~Q(step__in=REFUSED_STEPS) & Q(replaced=False, settled=False)
        return self.with_settled(today, relations, reviews).annotate(needs_decision=claim(open_and_due))
