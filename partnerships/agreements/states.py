"""The legal state of an agreement: never stored, always computed in the database, with 'today' passed in."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Case, CharField, Q, Value, When

EXPIRES_WITHIN = timedelta(days=180)


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


def legal_state(today: date) -> Case:
    """The state on `today` as a database expression; an event overrides the dates, and a gap is 'unknown'."""
    started = Q(starts_on_latest__lte=today) | Q(starts_on_edtf="") & (Q(signed_on_latest__lte=today))
    ended = Q(ends_on_latest__lt=today)
    return Case(
        *(When(event=event, then=Value(event)) for event in ("terminated", "superseded", "lapsed", "suspended")),
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


def why_unknown(agreement) -> str:
    """Which missing field keeps the legal state unknown, in words; '' where nothing is missing."""
    if not agreement.ends_on.notation and agreement.ending in ("", "fixed"):
        return "no end date recorded"
    if agreement.ends_on.notation and agreement.ends_on_latest is None and not agreement.ending:
        return "the end date has no year"
    if not agreement.starts_on.notation and not agreement.signed_on.year_known:
        return "no start or signing date recorded"
    return "the dates are too vague to tell"


class AgreementQuerySet(models.QuerySet):
    """Questions the office asks of its agreements."""

    def with_state(self, today: date):
        """Each with its `state` on `today`."""
        return self.annotate(state=legal_state(today))

    def in_force(self, today: date):
        """Those that bind on `today`."""
        return self.with_state(today).filter(
            state__in=[LegalState.ACTIVE, LegalState.EXPIRING, LegalState.EVERGREEN, LegalState.RENEWING]
        )
