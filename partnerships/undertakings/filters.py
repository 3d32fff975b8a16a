"""By which conditions undertakings are looked for, whatever they belong to."""

from datetime import date

import django_filters
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from partnerships.access.roles import Role, role_of
from partnerships.access.scoping import scope, scope_to
from partnerships.agreements.models import Agreement
from partnerships.funding.models import Project
from partnerships.organisations.models import Organisation, Partnership
from partnerships.people.models import Person
from partnerships.records.filters import Choice, Pick, RecordFilter, TermChoice, Words, YesNo
from partnerships.records.life import Life, Signs, life_of, quiet_since
from partnerships.undertakings.models import DATE_OF, OWNERS, Evidence, Standing, Undertaking
from partnerships.visits.models import FollowUp, Visit

EVIDENCE = (
    ("none", "none yet"),
    ("linked", "linked, or told in words"),
    ("quiet", "linked, and nothing newer within the time after which it is quiet"),
)


def shown_signs(role: Role, shown: QuerySet, since: date) -> Signs:
    """Whether one of these pieces of evidence is of late, of the records that a role may see.

    Each kind of record is asked for by itself: joined all at once, PostgreSQL would plan for seconds.
    """
    recent, possible = Q(pk__in=[]), Q(line__in=seen_as("line", role))
    for name, day in DATE_OF.items():
        if day:
            rows = seen_as(name, role)
            recent |= Q(**{f"{name}__in": rows.filter(**{f"{day}_earliest__gte": since})})
            possible |= Q(**{f"{name}__in": rows.exclude(**{f"{day}_latest__lt": since})})
    return Q(Exists(shown.filter(recent))), Q(Exists(shown.filter(possible)))


def seen_as(name: str, role: Role) -> QuerySet:
    """The ids of the records that a role may see, of the kind that evidence names so."""
    model = Evidence._meta.get_field(name).related_model
    return scope_to(role, model._default_manager.all()).order_by().values("pk")


def linked_for(role: Role, shown: QuerySet) -> Q:
    """Whether one of these pieces of evidence is a record that a role may see."""
    either = Q(pk__in=[])
    for name in DATE_OF:
        either |= Q(**{f"{name}__in": seen_as(name, role)})
    return Q(Exists(shown.filter(either)))


def owners(request) -> QuerySet:
    """Who sees to undertakings that the reader may see."""
    seen = scope(request.user, Undertaking.objects.filter(owner__isnull=False)).order_by()
    return get_user_model().objects.filter(pk__in=seen.values("owner")).order_by("username")


class UndertakingFilter(RecordFilter):
    """Conditions on undertakings."""

    q = Words(everywhere=True)
    standing = Choice("standing", Standing, "Standing")
    home = TermChoice("home", "organisation", "Home", where="is_home", method="of_homes")
    partner = Pick(Organisation, "Partner", method="with_partner")
    activity = TermChoice("activities", "activity", "Activity", unknown="no activity recorded")
    subject = TermChoice("subjects", "subject", "Subject", unknown="no subject recorded")
    belongs_to = Choice("belongs_to", [(name, name) for name in OWNERS], "Belongs to what", method="owned_by")
    partnership = Pick(Partnership, "Of the partnership", field_name="partnership")
    agreement = Pick(Agreement, "Of the agreement", field_name="agreement")
    visit = Pick(Visit, "Of the visit", field_name="visit")
    organisation = Pick(Organisation, "Strand of the organisation", field_name="organisation")
    project = Pick(Project, "Of the project", field_name="project")
    through = Pick(Organisation, "Through", method="going_through")
    by = Pick(Person, "Asked or promised by", field_name="by")
    evidence = Choice("evidence", EVIDENCE, "Evidence", method="by_evidence")
    owner = django_filters.ModelChoiceFilter(queryset=owners, label="Seen to by", empty_label="anybody")
    has_owner = YesNo("Somebody sees to it", Q(owner__isnull=False))
    has_due = YesNo("A due date is set", Q(due_on__isnull=False))
    has_evidence = YesNo("There is evidence that it happened", method="with_evidence")

    class Meta:
        model = Undertaking
        fields: list[str] = []

    def with_evidence(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Those with evidence in words or records, as far as the reader may see these, or those without any."""
        shown = scope(self.request.user, Evidence.objects.all()).order_by()
        found = ~Q(evidence="") | Q(pk__in=shown.values("undertaking"))
        return rows.filter(found) if value == "yes" else rows.exclude(found)

    def by_evidence(self, rows: QuerySet, name: str, value: list[str]) -> QuerySet:
        """Those without evidence, with it, or with none but old one, as far as the reader may see it.

        Evidence of unknown date may be new, so a line that has some is not quiet; nor is one with a follow-up done.
        """
        shown = Evidence.objects.filter(undertaking=OuterRef("pk")).order_by()
        done = scope(self.request.user, FollowUp.objects.filter(undertaking=OuterRef("pk"))).order_by()
        role = role_of(self.request.user)
        linked, wanted = linked_for(role, shown), Q(pk__in=[])
        if "none" in value:
            wanted |= ~linked & Q(evidence="")
        if "linked" in value:
            wanted |= linked | ~Q(evidence="")
        if "quiet" in value:
            since = quiet_since(timezone.localdate(), settings.QUIET_AFTER_MONTHS)
            lately = Q(Exists(done.filter(done_on__gte=since)))
            found = shown_signs(role, shown, since)
            rows = rows.annotate(life=life_of(found, (lately, Q(pk__in=[]))))
            wanted |= linked & Q(life=Life.NONE)
        return rows.filter(wanted)

    def owned_by(self, rows: QuerySet, name: str, kinds: list[str]) -> QuerySet:
        """Those that belong to one of these kinds of record."""
        wanted = Q()
        for kind in kinds:
            wanted |= Q(**{f"{kind}__isnull": False})
        return rows.filter(wanted)

    def of_homes(self, rows: QuerySet, name: str, homes: list[str]) -> QuerySet:
        """Those on whose side one of our institutions stands."""
        return rows.of_homes(Organisation.objects.filter(handle__in=homes))

    def going_through(self, rows: QuerySet, name: str, one: Organisation) -> QuerySet:
        """Those that go through an organisation."""
        return rows.through(one)

    def with_partner(self, rows: QuerySet, name: str, partner: Organisation) -> QuerySet:
        """Those with an organisation on the other side."""
        return rows.with_partner(partner)
