"""By which conditions programmes and cohorts are looked for.

A condition that reaches other rows asks only what the reader may see of them, so that nothing hidden can be guessed.
"""

from django.db.models import Q, QuerySet

from partnerships.access.scoping import scope
from partnerships.agreements.models import Agreement
from partnerships.organisations.models import Organisation, Place
from partnerships.programmes.models import (
    NUMBERS,
    Cohort,
    CohortStatus,
    InstitutionRole,
    Programme,
    ProgrammeInstitution,
)
from partnerships.records.filters import Choice, Pick, RecordFilter, TermChoice, YesNo


class ProgrammeFilter(RecordFilter):
    """Conditions on programmes."""

    spans = {"starts": ("starts_on", "Starts")}

    home = TermChoice("home", "organisation", "Home", where="is_home")
    type = TermChoice("type", "programmetype", "Type", unknown="type not stated")
    institution = Pick(Organisation, "Institution, in any role", method="with_institution")
    sponsor = Pick(Organisation, "Sponsor", method="with_sponsor")
    place = Pick(Place, "Carried out in", method="in_place")
    subject = TermChoice("subjects", "subject", "Subject", method="in_subjects")
    agreement = Pick(Agreement, "Agreement", field_name="agreement")

    class Meta:
        model = Programme
        fields: list[str] = []

    def with_institution(self, rows: QuerySet, name: str, one: Organisation) -> QuerySet:
        """Those in which an organisation has a part, its home among them."""
        found = ProgrammeInstitution.objects.filter(organisation=one).order_by()
        return rows.filter(Q(home=one) | Q(pk__in=found.values("programme")))

    def with_sponsor(self, rows: QuerySet, name: str, one: Organisation) -> QuerySet:
        """Those that an organisation pays for."""
        found = ProgrammeInstitution.objects.filter(organisation=one, role=InstitutionRole.SPONSOR).order_by()
        return rows.filter(pk__in=found.values("programme"))

    def in_place(self, rows: QuerySet, name: str, place: Place) -> QuerySet:
        """Those that are carried out in a place or in any part of it."""
        inside = scope(self.request.user, Place.objects.filter(lineage__startswith=place.lineage)).order_by()
        return rows.filter(pk__in=Programme.places.through.objects.filter(place__in=inside).values("programme"))

    def in_subjects(self, rows: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Those in one of the subjects."""
        return rows.filter(
            pk__in=Programme.subjects.through.objects.filter(subject__code__in=codes).values("programme")
        )


def any_number() -> Q:
    """At least one of a cohort's numbers is known; zero is a number."""
    known = Q()
    for name, _ in NUMBERS:
        known |= Q(**{f"{name}__isnull": False})
    return known


class CohortFilter(RecordFilter):
    """Conditions on cohorts."""

    spans = {"entry": ("enters_on", "Entry")}

    home = TermChoice("programme__home", "organisation", "Home", where="is_home")
    programme = Pick(Programme, "Programme", field_name="programme")
    partner = Pick(Organisation, "Institution of the programme", method="with_partner")
    status = Choice("status", CohortStatus, "Status", unknown="status not recorded")
    size_known = YesNo("A number is known", any_number())

    class Meta:
        model = Cohort
        fields: list[str] = []

    def with_partner(self, rows: QuerySet, name: str, one: Organisation) -> QuerySet:
        """Those in whose programme an organisation has a part."""
        found = ProgrammeInstitution.objects.filter(organisation=one).order_by()
        return rows.filter(programme__in=found.values("programme"))
