"""By which conditions the queue is asked: those of agreements, and why somebody must decide."""

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone

from partnerships.access.roles import Role, role_of
from partnerships.agreements.filters import AgreementFilter
from partnerships.agreements.models import Agreement
from partnerships.records.filters import UNKNOWN, Choice
from partnerships.records.pages import Look
from partnerships.reviews.queue import Why, conditions, in_queue, with_reasons


def colleagues() -> list[tuple[str, str]]:
    """Who can look after an agreement: the active accounts of the staff and above, by user name; one query."""
    roles = [role.title for role in Role if role >= Role.STAFF]
    rows = get_user_model().objects.filter(is_active=True, groups__name__in=roles).distinct().order_by("username")
    return [(one.username, str(one)) for one in rows]


class Colleague(Choice):
    """One of several people, or nobody yet."""

    def __init__(self, field_name: str, label: str):
        super().__init__(field_name, [], label)
        self.extra["choices"] = self.offered

    @staticmethod
    def offered() -> list[tuple[str, str]]:
        """Everybody who can look after one, and nobody."""
        return [*colleagues(), (UNKNOWN, "nobody yet")]

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
        reasons, asked = conditions(look.today), Q()
        for value in values:
            asked |= reasons[Why(value)]
        return asked
