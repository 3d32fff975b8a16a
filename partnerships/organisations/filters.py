"""By which conditions organisations, places and partnerships are looked for.

A condition that reaches another record asks only what the reader may see of it, so that nothing hidden can be guessed.
"""

from datetime import date
from functools import lru_cache

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from partnerships.access.models import Entry
from partnerships.access.roles import Role, role_of
from partnerships.access.scoping import scope, scope_to
from partnerships.agreements.models import Party
from partnerships.organisations.models import (
    NameKind,
    Organisation,
    OrganisationName,
    Partnership,
    PartnershipStatus,
    Place,
    PlaceKind,
    Presentation,
    Relation,
    RelationKind,
)
from partnerships.programmes.models import Cohort
from partnerships.records.catalogue import BETWEEN
from partnerships.records.filters import (
    LONGEST_QUESTION,
    Choice,
    Mine,
    Pick,
    RecordFilter,
    TermChoice,
    WordsField,
    YesNo,
)
from partnerships.records.life import Life, life_of, quiet_since, signs
from partnerships.sources.models import Statement
from partnerships.undertakings.filters import shown_signs
from partnerships.undertakings.models import Evidence, Undertaking
from partnerships.values.prepared import Once
from partnerships.values.text import normalise
from partnerships.visits.models import FollowUp, Visit, VisitStatus

MOST_DOCUMENTS = 9
SAME_BOTH_WAYS = {RelationKind.RELATED_TO, RelationKind.SISTER_CITY}
OF_ORGANISATIONS = [one for one in RelationKind.choices if one[0] != RelationKind.SISTER_CITY]
OF_PLACES = [(one.value, one.label) for one in (RelationKind.SISTER_CITY, RelationKind.RELATED_TO)]


class Abbreviation(django_filters.CharFilter):
    """The whole of an acronym, after normalising both: “xjtu” finds XJTU and never XJTLU."""

    field_class = WordsField

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        """Rows with exactly this acronym; words that normalise to nothing match nothing."""
        if not value:
            return rows
        key = normalise(value)
        return rows.filter(pk__in=bearers(key)) if key else rows.none()


def bearers(key: str) -> list[int]:
    """The organisations that have an acronym with this key; the catalogue leaves few to compare."""
    whole = Q(names_key=key) | Q(names_key__startswith=f"{key}{BETWEEN}") | Q(names_key__endswith=f"{BETWEEN}{key}")
    named = Entry.objects.filter(whole | Q(names_key__contains=f"{BETWEEN}{key}{BETWEEN}"), kind="organisation")
    acronyms = OrganisationName.objects.filter(kind=NameKind.ACRONYM, organisation__in=named.values("record_id"))
    return [one for one, acronym in acronyms.values_list("organisation", "value") if normalise(acronym) == key]


class WholeNumber(django_filters.Filter):
    """A whole number within bounds."""

    field_class = forms.IntegerField


class AnyRelation(django_filters.MultipleChoiceFilter.field_class):  # type: ignore[name-defined, misc]
    """Kinds of relation; those of places are taken as well and find no organisation."""

    def valid_value(self, value) -> bool:
        """Whether there is such a kind."""
        return value in RelationKind.values


class OrganisationRelation(Choice):
    """The kinds of relation that an organisation may have."""

    field_class = AnyRelation


class OrganisationFilter(RecordFilter):
    """Conditions on organisations."""

    spans = {"founded": ("founded_on", "Founded")}

    abbreviation = Abbreviation(label="Abbreviation, exactly", max_length=LONGEST_QUESTION)
    kind = TermChoice("kind", "organisationkind", "Kind", unknown="kind not recorded")
    place = Pick(Place, "Place, with all in it", method="in_place")
    partner_of = TermChoice("partner_of", "organisation", "Partner of", where="is_home", method="partners_of")
    is_home = YesNo("One of our own", Q(is_home=True))
    parent = Pick(Organisation, "Part of", field_name="parent")
    relation = OrganisationRelation("relation", OF_ORGANISATIONS, "Relation", method="in_relation")
    related_to = Pick(Organisation, "Related organisation", method="in_relation")
    has_agreements = YesNo("Party to an agreement", method="with_agreements")
    in_documents = WholeNumber(
        label="Named in at least so many documents", method="named_in", min_value=1, max_value=MOST_DOCUMENTS
    )

    class Meta:
        model = Organisation
        fields: list[str] = []

    def seen(self, rows: QuerySet) -> QuerySet:
        """Of these rows, what the reader may see."""
        return scope(self.request.user, rows)

    def in_place(self, rows: QuerySet, name: str, place: Place) -> QuerySet:
        """Those in a place or in any part of it."""
        return rows.filter(place__in=self.seen(Place.objects.filter(lineage__startswith=place.lineage)))

    def partners_of(self, rows: QuerySet, name: str, homes: list[str]) -> QuerySet:
        """Those that one of our institutions has a partnership with."""
        found = self.seen(Partnership.objects.filter(home__handle__in=homes))
        return rows.filter(pk__in=found.order_by().values("partner"))

    def in_relation(self, rows: QuerySet, name: str, value) -> QuerySet:
        """Those in one of the chosen relations to the chosen organisation, or in any to it, or in these to anything.

        A kind is read from the organisation that is listed: “chair of” lists those in the chair.
        """
        kinds, other = self.form.cleaned_data.get("relation"), self.form.cleaned_data.get("related_to")
        forth = self.seen(Relation.objects.filter(organisation__isnull=False)).order_by()
        back = self.seen(Relation.objects.filter(organisation__isnull=False, to_organisation__isnull=False)).order_by()
        if kinds:
            forth, back = forth.filter(kind__in=kinds), back.filter(kind__in=SAME_BOTH_WAYS & set(kinds))
        if other:
            forth, back = forth.filter(to_organisation=other), back.filter(organisation=other)
        return rows.filter(Q(pk__in=forth.values("organisation")) | Q(pk__in=back.values("to_organisation")))

    def with_agreements(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Those that are party to an agreement, or that are not."""
        found = Q(pk__in=self.seen(Party.objects.all()).order_by().values("organisation"))
        return rows.filter(found) if value == "yes" else rows.exclude(found)

    def named_in(self, rows: QuerySet, name: str, least: int) -> QuerySet:
        """Those that statements of at least so many different sources speak of."""
        said = self.seen(Statement.objects.filter(record_kind="organisation")).order_by()
        counted = said.values("record_id").annotate(documents=Count("source", distinct=True))
        return rows.filter(pk__in=counted.filter(documents__gte=least).values("record_id"))


def countries(request) -> QuerySet:
    """The countries that the reader may see."""
    return scope(request.user, Place.objects.filter(kind=PlaceKind.COUNTRY))


class PlaceFilter(RecordFilter):
    """Conditions on places."""

    kind = Choice("kind", PlaceKind, "Kind")
    country = django_filters.ModelChoiceFilter(
        queryset=countries, label="Country", empty_label="any country", method="inside"
    )
    parent = Pick(Place, "Inside, at any depth", method="inside")
    relation = Choice("relation", OF_PLACES, "Relation", method="in_relation")
    has_organisations = YesNo("An organisation is there", method="with_organisations")

    class Meta:
        model = Place
        fields: list[str] = []

    def inside(self, rows: QuerySet, name: str, place: Place) -> QuerySet:
        """Those that lie in a place, at any depth, without the place itself."""
        return rows.filter(lineage__startswith=place.lineage).exclude(pk=place.pk)

    def in_relation(self, rows: QuerySet, name: str, kinds: list[str]) -> QuerySet:
        """Those at either end of such a relation."""
        found = scope(self.request.user, Relation.objects.filter(kind__in=kinds)).order_by()
        forth, back = found.filter(place__isnull=False), found.filter(to_place__isnull=False)
        return rows.filter(Q(pk__in=forth.values("place")) | Q(pk__in=back.values("to_place")))

    def with_organisations(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Those where an organisation is, or none."""
        there = scope(self.request.user, Organisation.objects.filter(place__isnull=False)).order_by()
        found = Q(pk__in=there.values("place"))
        return rows.filter(found) if value == "yes" else rows.exclude(found)


@lru_cache(maxsize=100)
def life(role: Role, today: date, months: int) -> Once:
    """The signs of life of a partnership in the last so many months, of those that a role may see.

    Signs are visits that were not called off, signatures of agreements between the two, cohorts of their programmes,
    follow-ups done, and what shows that one of its areas came to something.
    """
    since = quiet_since(today, months)
    visits = scope_to(role, Visit.objects.filter(home=OuterRef("home"), partner=OuterRef("partner")))
    visits = visits.exclude(status__in=[VisitStatus.DECLINED, VisitStatus.CANCELLED])
    ours = Party.objects.filter(agreement=OuterRef("agreement"), organisation=OuterRef(OuterRef("home")))
    # One of ours for each of theirs, which are few: a join would read every agreement of a home for each partner.
    theirs = Party.objects.filter(organisation=OuterRef("partner")).alias(ours=Subquery(ours.values("pk")[:1]))
    signed = scope_to(role, theirs.filter(ours__isnull=False))
    cohorts = scope_to(role, Cohort.objects.filter(programme__home=OuterRef("home")))
    cohorts = cohorts.filter(programme__institutions__organisation=OuterRef("partner"))
    lines = {"undertaking__partnership": OuterRef("pk"), "undertaking__visibility__lte": role}
    shown = Evidence.objects.filter(**lines).order_by()
    done = scope_to(role, FollowUp.objects.filter(partnership=OuterRef("pk"), done_on__gte=since))
    return life_of(
        signs(visits, since, "happens_on"),
        signs(signed, since, "agreement__signed_on"),
        signs(cohorts, since, "enters_on"),
        shown_signs(role, shown, since),
        (Q(Exists(done)), Q(pk__in=[])),
    )


class PartnershipFilter(RecordFilter):
    """Conditions on partnerships."""

    spans = {"since": ("since", "Since")}

    home = TermChoice("home", "organisation", "Home", where="is_home")
    partner = Pick(Organisation, "Partner", field_name="partner")
    place = Pick(Place, "The partner is in", method="in_place")
    place_only = Pick(Place, "The partner is there, and nothing nearer is known", field_name="partner__place")
    has_place = YesNo("It is known where the partner is", method="with_place")
    subject = TermChoice("subjects", "subject", "Subject of cooperation", method="in_areas")
    activity = TermChoice("activities", "activity", "Activity", method="in_areas")
    status = Choice("status", PartnershipStatus, "Status", unknown="status not recorded")
    presentation = Choice("presentation", Presentation, "In the source", unknown="not recorded")
    life = Choice("life", Life, "Life", method="with_life")
    has_owner = YesNo("Somebody looks after it", Q(looked_after_by__isnull=False))
    mine = Mine("looked_after_by", "I look after it")

    class Meta:
        model = Partnership
        fields: list[str] = []

    def in_place(self, rows: QuerySet, name: str, place: Place) -> QuerySet:
        """Those whose partner is in a place or in any part of it."""
        inside = scope(self.request.user, Place.objects.filter(lineage__startswith=place.lineage))
        return rows.filter(partner__place__in=inside)

    def with_place(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Those whose partner is in a place that the reader may see, or not."""
        found = Q(partner__place__in=scope(self.request.user, Place.objects.all()).order_by())
        return rows.filter(found) if value == "yes" else rows.exclude(found)

    def with_life(self, rows: QuerySet, name: str, value: list[str]) -> QuerySet:
        """Those with these signs of life."""
        found = life(role_of(self.request.user), timezone.localdate(), settings.QUIET_AFTER_MONTHS)
        return rows.annotate(life=found).filter(life__in=value)

    def in_areas(self, rows: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Those with an area of one of the subjects or activities, their own or of an agreement between the two."""
        areas = scope(self.request.user, Undertaking.objects.filter(**{f"{name}__code__in": codes})).order_by()
        signed = Party.objects.filter(agreement__in=areas.values("agreement"), organisation=OuterRef("partner"))
        ours = Party.objects.filter(agreement=OuterRef("agreement"), organisation=OuterRef(OuterRef("home")))
        return rows.filter(Q(pk__in=areas.values("partnership")) | Exists(signed.filter(Exists(ours))))
