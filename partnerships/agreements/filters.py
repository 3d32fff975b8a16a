"""By which conditions agreements are looked for.

A condition that reaches other rows asks only what the reader may see of them, so that nothing hidden can be guessed.
"""

from django.db.models import Q, QuerySet
from django.utils import timezone

from partnerships.access.scoping import scope
from partnerships.agreements.models import Agreement, AgreementRelation, Ending, Party, WorkflowStep
from partnerships.agreements.states import LegalState, legal_state
from partnerships.organisations.models import Organisation, Place
from partnerships.records.filters import Choice, Mine, Pick, RecordFilter, TermChoice, YesNo
from partnerships.reviews.models import Review
from partnerships.undertakings.models import Undertaking


class LegalStateChoice(Choice):
    """Any of the computed states of today."""

    def condition(self, rows, value: list[str]) -> Q:
        """The state is computed in the query itself, so that list, count and export agree."""
        known = Agreement.objects.annotate(found=legal_state(timezone.localdate())).filter(found__in=value)
        return Q(pk__in=known.values("pk"))


class TypeChoice(TermChoice):
    """Any of the types with their narrower ones, whose codes end in theirs: “mou” finds `government_mou` as well."""

    def condition(self, rows, value: list[str]) -> Q:
        """One of the types, or of the narrower ones."""
        asked = super().condition(rows, value)
        for code in value:
            asked |= Q(type__code__endswith=f"_{code}")
        return asked


class AgreementFilter(RecordFilter):
    """Conditions on agreements."""

    spans = {"signed": ("signed_on", "Signed"), "ends": ("ends_on", "Ends"), "starts": ("starts_on", "Starts")}

    home = TermChoice("parties__organisation", "organisation", "Home", where="is_home")
    state = LegalStateChoice("state", LegalState, "Legal state")
    type = TypeChoice("type", "agreementtype", "Type, with narrower ones", unknown="type not stated")
    party = Pick(Organisation, "Party", where=lambda one: Q(parties__organisation=one))
    place = Pick(Place, "A party is in", method="in_place")
    signed_at = Pick(Place, "Signed in", method="signed_in")
    activity = TermChoice("activities", "activity", "Activity", method="in_areas")
    subject = TermChoice("subjects", "subject", "Subject", method="in_areas")
    step = Choice("step", WorkflowStep, "Workflow step", unknown="no step recorded")
    needs_decision = YesNo("It needs a decision", method="to_decide")
    has_end = YesNo("It is known how it ends", ~Q(ends_on_edtf="") | Q(ending__in=[Ending.EVERGREEN, Ending.RENEWING]))
    has_owner = YesNo("Somebody owns it", Q(owner__isnull=False))
    mine = Mine("owner")

    class Meta:
        model = Agreement
        fields: list[str] = []

    def seen(self, rows: QuerySet) -> QuerySet:
        """Of these rows, what the reader may see."""
        return scope(self.request.user, rows).order_by()

    def in_place(self, rows: QuerySet, name: str, place: Place) -> QuerySet:
        """Those with a party, other than our own, in a place or in any part of it."""
        inside = self.seen(Place.objects.filter(lineage__startswith=place.lineage))
        partners = self.seen(Party.objects.filter(organisation__place__in=inside, organisation__is_home=False))
        return rows.filter(pk__in=partners.values("agreement"))

    def signed_in(self, rows: QuerySet, name: str, place: Place) -> QuerySet:
        """Those that were signed, as a whole or by a party, in a place or in any part of it."""
        inside = self.seen(Place.objects.filter(lineage__startswith=place.lineage))
        parties = self.seen(Party.objects.filter(signed_place__in=inside))
        return rows.filter(Q(signed_place__in=inside) | Q(pk__in=parties.values("agreement")))

    def in_areas(self, rows: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Those with an area in one of the subjects, or of one of the activities; `name` says which."""
        areas = self.seen(Undertaking.objects.filter(agreement__isnull=False, **{f"{name}__code__in": codes}))
        return rows.filter(pk__in=areas.values("agreement"))

    def to_decide(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Those that somebody must decide about: see `with_decision`; or all others."""
        relations, reviews = (self.seen(one.objects.all()) for one in (AgreementRelation, Review))
        asked = Agreement.objects.with_decision(timezone.localdate(), relations, reviews)
        return rows.filter(pk__in=asked.filter(needs_decision=value == "yes").order_by().values("pk"))
