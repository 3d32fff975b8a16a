"""By which conditions people are looked for; posts at a body that the reader may not see are never asked."""

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet

from partnerships.access.scoping import scope
from partnerships.organisations.models import Organisation, Place
from partnerships.people.models import ContactPoint, Person, Post
from partnerships.records.filters import LONGEST_QUESTION, Pick, RecordFilter, TermChoice, Words, WordsField, YesNo


class RoleWords(django_filters.CharFilter):
    """Words of a role, as it is written."""

    field_class = WordsField


class PersonFilter(RecordFilter):
    """Conditions on people."""

    q = Words(everywhere=True)
    organisation = Pick(Organisation, "Has a post at", method="at")
    home = TermChoice("home", "organisation", "At one of our own", where="is_home", method="at_home")
    role = RoleWords(label="Words in a role", max_length=LONGEST_QUESTION, method="with_role")
    place = Pick(Place, "Has a post in", method="in_place")
    has_contact_points = YesNo(
        "A contact point is recorded", Exists(ContactPoint.objects.filter(person=OuterRef("pk")))
    )

    class Meta:
        model = Person
        fields: list[str] = []

    def with_posts(self, rows: QuerySet, **conditions) -> QuerySet:
        """Those with a post that the reader may see and that meets the conditions."""
        posts = scope(self.request.user, Post.objects.filter(**conditions))
        return rows.filter(pk__in=posts.order_by().values("person"))

    def at(self, rows: QuerySet, name: str, organisation: Organisation) -> QuerySet:
        """Those with a post at an organisation."""
        return self.with_posts(rows, organisation=organisation)

    def at_home(self, rows: QuerySet, name: str, homes: list[str]) -> QuerySet:
        """Those with a post at one of our institutions, or at a unit of it."""
        ours = Organisation.objects.filter(Q(handle__in=homes) | Q(parent__handle__in=homes))
        return self.with_posts(rows, organisation__in=ours)

    def with_role(self, rows: QuerySet, name: str, role: str) -> QuerySet:
        """Those with these words in a role."""
        return self.with_posts(rows, role__icontains=role)

    def in_place(self, rows: QuerySet, name: str, place: Place) -> QuerySet:
        """Those with a post at an organisation in a place or in any part of it."""
        inside = scope(self.request.user, Place.objects.filter(lineage__startswith=place.lineage))
        return self.with_posts(rows, organisation__place__in=inside)
