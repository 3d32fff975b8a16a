"""By which conditions visits and follow-ups are looked for.

A condition that reaches other rows asks only what the reader may see of them, so that nothing hidden can be guessed.
"""

from datetime import date

import django_filters
from django import forms
from django.db.models import Case, CharField, Q, QuerySet, TextChoices, Value, When
from django.db.models.functions import ExtractYear
from django.utils import timezone

from partnerships.access.scoping import scope
from partnerships.agreements.models import Agreement
from partnerships.organisations.models import Organisation, Partnership, Place
from partnerships.people.models import Person
from partnerships.records.filters import Choice, Mine, Pick, RecordFilter, TermChoice, Words, YesNo, once
from partnerships.undertakings.models import Undertaking
from partnerships.values.forms import DayField
from partnerships.visits.models import Direction, FollowUp, ItineraryItem, Participant, Visit, VisitStatus

IN_ONE_YEAR = Q(
    happens_on_earliest__isnull=False,
    happens_on_latest__isnull=False,
    happens_on_earliest__year=ExtractYear("happens_on_latest"),
)


class VisitFilter(RecordFilter):
    """Conditions on visits."""

    spans = {"when": ("happens_on", "When")}

    q = Words(everywhere=True)
    home = TermChoice("home", "organisation", "Home", where="is_home")
    direction = Choice("direction", Direction, "Direction")
    partner = Pick(Organisation, "Partner, or who came or was met", method="with_partner")
    place = Pick(Place, "Place, with all in it", method="in_place")
    person = Pick(Person, "Person who took part", method="with_person")
    kind = TermChoice("kind", "visitkind", "Kind", unknown="kind not recorded")
    status = Choice("status", VisitStatus, "Status")
    agreement = Pick(Agreement, "Has to do with the agreement", field_name="agreements__agreement")
    after = Pick(Visit, "After the visit", field_name="after")
    has_follow_ups = YesNo("Something is still to be done", method="with_open_follow_ups")
    has_year = YesNo("It is known in which year", IN_ONE_YEAR)
    mine = Mine("owner")

    class Meta:
        model = Visit
        fields: list[str] = []

    def seen(self, rows: QuerySet) -> QuerySet:
        """Of these rows, what the reader may see."""
        return scope(self.request.user, rows).order_by()

    def with_partner(self, rows: QuerySet, name: str, one: Organisation) -> QuerySet:
        """Those with this partner, with a participant who came or stood there for it, or on whose itinerary it is."""
        present = self.seen(Participant.objects.filter(organisation=one))
        met = self.seen(ItineraryItem.objects.filter(organisation=one))
        return rows.filter(Q(partner=one) | Q(pk__in=present.values("visit")) | Q(pk__in=met.values("visit")))

    def in_place(self, rows: QuerySet, name: str, place: Place) -> QuerySet:
        """Those in a place or in any part of it, and those with an item of the itinerary there."""
        inside = self.seen(Place.objects.filter(lineage__startswith=place.lineage))
        items = self.seen(ItineraryItem.objects.filter(place__in=inside))
        return rows.filter(Q(place__in=inside) | Q(pk__in=items.values("visit")))

    def with_person(self, rows: QuerySet, name: str, one: Person) -> QuerySet:
        """Those in which somebody took part, or led an item of the itinerary."""
        present = self.seen(Participant.objects.filter(person=one))
        items = self.seen(ItineraryItem.objects.filter(led_by=one))
        return rows.filter(Q(pk__in=present.values("visit")) | Q(pk__in=items.values("visit")))

    def with_open_follow_ups(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Those with a follow-up that is not done, or with none."""
        left = self.seen(FollowUp.objects.filter(visit__isnull=False, done_on__isnull=True))
        found = Q(pk__in=left.values("visit"))
        return rows.filter(found) if value == "yes" else rows.exclude(found)


class FollowUpState(TextChoices):
    """Whether something is still to be done."""

    OPEN = "open", "open"
    OVERDUE = "overdue", "overdue"
    DONE = "done", "done"
    CHECKED = "checked", "done and checked"


def follow_up_state(today: date) -> Case:
    """The state on `today` as a database expression; without a due date nothing is overdue."""
    return Case(
        When(checked_on__isnull=False, then=Value(FollowUpState.CHECKED)),
        When(done_on__isnull=False, then=Value(FollowUpState.DONE)),
        When(due_on__lt=today, then=Value(FollowUpState.OVERDUE)),
        default=Value(FollowUpState.OPEN),
        output_field=CharField(),
    )


def state_of(follow_up: FollowUp, today: date) -> FollowUpState:
    """The same for one follow-up that is in hand."""
    if follow_up.done_on:
        return FollowUpState.CHECKED if follow_up.checked_on else FollowUpState.DONE
    return FollowUpState.OVERDUE if follow_up.due_on and follow_up.due_on < today else FollowUpState.OPEN


class StateChoice(Choice):
    """Any of the states of today; what is overdue is open too, and what is checked is done."""

    def condition(self, rows: QuerySet, value: list[str]) -> Q:
        """The dates that the chosen states have."""
        conditions = {
            FollowUpState.OPEN: Q(done_on__isnull=True),
            FollowUpState.OVERDUE: Q(done_on__isnull=True, due_on__lt=timezone.localdate()),
            FollowUpState.DONE: Q(done_on__isnull=False),
            FollowUpState.CHECKED: Q(checked_on__isnull=False),
        }
        asked = Q(pk__in=[])
        for state in value:
            asked |= conditions[FollowUpState(state)]
        return asked


class Day(django_filters.DateFilter):
    """One day, as a date input sends it."""

    field_class = DayField

    def __init__(self, **more):
        super().__init__(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **more)


STATES = [
    ("open", "open, overdue or not"),
    ("overdue", "overdue"),
    ("done", "done, checked or not"),
    ("checked", "done and checked"),
]


class FollowUpFilter(RecordFilter):
    """Conditions on follow-ups."""

    state = StateChoice("state", STATES, "State")
    mine = Mine("owner")
    mine_to_check = Mine("checker", "It is mine to check")
    home = TermChoice("home", "organisation", "Home", where="is_home", method="of_homes")
    has_owner = YesNo("Somebody owns it", Q(owner__isnull=False))
    has_due = YesNo("A due date is set", Q(due_on__isnull=False))
    due_from = Day(field_name="due_on", lookup_expr="gte", label="Due from")
    due_to = Day(field_name="due_on", lookup_expr="lte", label="Due to")
    visit = Pick(Visit, "Visit", field_name="visit")
    agreement = Pick(Agreement, "Agreement", field_name="agreement")
    partnership = Pick(Partnership, "Partnership", field_name="partnership")
    undertaking = Pick(Undertaking, "Keeps the promise", field_name="undertaking")

    class Meta:
        model = FollowUp
        fields: list[str] = []

    def get_form_class(self):
        """A form that also refuses a span of due dates that ends before it starts."""

        class Conditions(super().get_form_class()):
            def clean(self):
                cleaned = super().clean()
                first, last = cleaned.get("due_from"), cleaned.get("due_to")
                if first and last and first > last:
                    self.add_error("due_to", "The span ends before it starts. Exchange the two dates.")
                return cleaned

        return Conditions

    def of_homes(self, rows: QuerySet, name: str, homes: list[str]) -> QuerySet:
        """Those of visits to or from, agreements or partnerships of one of our institutions."""
        return once(
            rows,
            Q(visit__home__handle__in=homes)
            | Q(partnership__home__handle__in=homes)
            | Q(agreement__parties__organisation__handle__in=homes),
        )
