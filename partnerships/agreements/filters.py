"""By which conditions agreements are looked for.

A condition that reaches other rows asks only what the reader may see of them, so that nothing hidden can be guessed.
"""

from datetime import date
from functools import lru_cache

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from partnerships.access.roles import Role, role_of
from partnerships.access.scoping import scope, scope_to
from partnerships.agreements.models import Agreement, AgreementRelation, Ending, Party, WorkflowStep
from partnerships.agreements.states import LegalState, legal_state
from partnerships.funding.models import Funding, Project
from partnerships.notes.models import Note, NoteKind
from partnerships.organisations.models import Organisation, Place
from partnerships.programmes.models import Cohort, Programme
from partnerships.records.filters import Choice, Mine, Pick, RecordFilter, TermChoice, YesNo
from partnerships.records.life import Life, life_of, quiet_since, signs
from partnerships.reviews.models import Review
from partnerships.undertakings.filters import shown_signs
from partnerships.undertakings.models import Evidence, Undertaking
from partnerships.values.prepared import Once
from partnerships.visits.models import FollowUp, VisitAgreement, VisitStatus


@lru_cache(maxsize=100)
def life(role: Role, today: date, months: int) -> Once:
    """The signs of life of an agreement in the last so many months, of those that a role may see.

    Signs are its signature and start; visits that were not called off; programmes, cohorts, projects and money under
    it; what shows that one of its lines came to something; follow-ups done; calls, letters and meetings noted.
    """
    since, own = quiet_since(today, months), OuterRef("pk")

    def seen(model, **conditions) -> QuerySet:
        return scope_to(role, model.objects.filter(**conditions)).order_by()

    visits = seen(VisitAgreement, agreement=own)
    visits = visits.exclude(visit__status__in=[VisitStatus.DECLINED, VisitStatus.CANCELLED])
    lines = {"undertaking__agreement": own, "undertaking__visibility__lte": role}
    shown = Evidence.objects.filter(**lines).order_by()
    notes = seen(Note, record_kind="agreement", record_id=own).exclude(kind=NoteKind.REMARK)
    # Two questions, each of which an index answers; asked as one, every follow-up would be read for every agreement.
    done = seen(FollowUp, done_on__gte=since, agreement=own)
    done_for_a_line = seen(FollowUp, done_on__gte=since, undertaking__agreement=own)
    starts = ~Q(starts_on_edtf="") & ~Q(starts_on_latest__lt=since)
    return life_of(
        (Q(signed_on_earliest__gte=since), ~Q(signed_on_latest__lt=since)),
        (Q(starts_on_earliest__gte=since), starts),
        signs(visits, since, "visit__happens_on"),
        signs(seen(Programme, agreement=own), since, "starts_on"),
        signs(seen(Cohort, programme__agreement=own), since, "enters_on"),
        signs(seen(Project, agreement=own), since, "starts_on"),
        signs(seen(Funding, agreement=own), since, "given_on"),
        shown_signs(role, shown, since),
        signs(notes, since, "happened_on"),
        (Q(Exists(done)) | Q(Exists(done_for_a_line)), Q(pk__in=[])),
    )


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
    life = Choice("life", Life, "Life", method="with_life")
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

    def with_life(self, rows: QuerySet, name: str, value: list[str]) -> QuerySet:
        """Those with these signs of life."""
        found = life(role_of(self.request.user), timezone.localdate(), settings.QUIET_AFTER_MONTHS)
        return rows.annotate(life=found).filter(life__in=value)
