"""By which conditions the queue is asked: those of agreements, and why somebody must decide."""

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from partnerships.access.colleagues import colleagues
from partnerships.access.roles import role_of
from partnerships.agreements.filters import AgreementFilter, life
from partnerships.agreements.models import Agreement, AgreementRelation
from partnerships.agreements.states import REFUSED_STEPS, claim
from partnerships.records.filters import UNKNOWN, Choice
from partnerships.records.pages import Look
from partnerships.reviews.models import Review
from partnerships.reviews.queue import OVER, Why, conditions, in_queue, pressing


def with_reasons(rows: QuerySet, look: Look) -> QuerySet:
    """Agreements with all that their reasons are read from, of what this reader sees."""
    relations, reviews = (look.seen(one.objects.all()) for one in (AgreementRelation, Review))
    rows = rows.with_settled(look.today, relations, reviews)
    rows = rows.annotate(life=life(look.role, look.today, settings.QUIET_AFTER_MONTHS))
    over = Q(step__in=REFUSED_STEPS) | Q(replaced=True) | Q(state__in=OVER)
    rows = rows.alias(is_open=claim(~over & Q(settled=False)), is_settled=claim(~over & Q(settled=True)))
    return rows.alias(pressing=pressing(look.today))


class Colleague(Choice):
    """One of several people, or nobody yet."""

    def __init__(self, field_name: str, label: str):
        super().__init__(field_name, [], label)
        self.extra["choices"] = self.offered

    @staticmethod
    def offered() -> list[tuple[str, str]]:
        """Everybody who can look after one, and nobody."""
        return [*((one.username, str(one)) for one in colleagues()), (UNKNOWN, "nobody yet")]

    def condition(self, rows: QuerySet, value: list[str]) -> Q:
        """One of the people, or nobody where that is among them."""
        known = [one for one in value if one != UNKNOWN]
        asked = Q(**{f"{self.field_name}__username__in": known})
        return asked | Q(**{f"{self.field_name}__isnull": True}) if UNKNOWN in value else asked

    def may_repeat(self, rows: QuerySet) -> bool:
        """A foreign key leads to one."""
        return False


class Reasons(Choice):
    """Any of the reasons; the filter set itself applies them, since without one the whole queue is meant."""

    def filter(self, rows: QuerySet, value: list[str]) -> QuerySet:
        """Nothing by itself: see `ReviewFilter.filter_queryset`."""
        return rows


class ReviewFilter(AgreementFilter):
    """Conditions on the agreements that wait for a decision."""

    why = Reasons("why", Why, "Why it is here")
    owner = Colleague("owner", "Owner")
    reviewer = Colleague("reviewer", "Reviewer")

    class Meta:
        model = Agreement
        fields: list[str] = []

    def filter_queryset(self, rows: QuerySet) -> QuerySet:
        """Those of the queue, or those that stand there, or beside it, for one of the reasons asked for."""
        look = Look(self.request.user, role_of(self.request.user), timezone.localdate())
        found = super().filter_queryset(with_reasons(rows, look))
        self.for_any_reason = found
        asked = self.asked_reasons(self.form.cleaned_data.get("why") or [], look)
        self.without_spans = self.without_spans.filter(asked)
        return found.filter(asked)

    def asked_reasons(self, values: list[str], look: Look) -> Q:
        """The condition that the chosen reasons make."""
        if not values:
            return in_queue(look.today)
        known, asked = conditions(look.today), Q()
        for value in values:
            asked |= known[Why(value)]
        return asked
