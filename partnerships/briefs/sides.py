"""The two sides of a brief: one of our institutions with its units, and a partner with what is above and below it."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from partnerships.agreements.models import Party
from partnerships.organisations.models import Organisation, Partnership
from partnerships.records.pages import Look
from partnerships.visits.models import Visit

MOST_ORGANISATIONS = 60


@dataclass(frozen=True)
class Sides:
    """Our institution and the organisations of either side, as far as the reader may see them, by their ids."""

    home: Organisation
    partner: Organisation | None
    ours: dict[int, Organisation]
    theirs: dict[int, Organisation]


def sides_of(home: Organisation, partner: Organisation | None, others: set[int], look: Look) -> Sides:
    """The two sides; `others` are further bodies that come with the partner. One query."""
    roots = {pk for pk in (partner and partner.pk, *others) if pk}
    family = Q(pk__in=roots) | Q(parent__in=roots) | Q(units__in=roots) | Q(units__units__in=roots)
    found = Organisation.objects.filter(family | Q(pk=home.pk) | Q(parent=home)).order_by()
    rows = look.seen(Organisation.objects.filter(pk__in=found.values("pk"))).select_related("place", "kind")
    # The partner and our own institution come first: a cut must never lose them.
    rows = sorted(rows[: MOST_ORGANISATIONS * 4], key=lambda one: (one.pk not in roots, one.pk))
    ours = {one.pk: one for one in rows if home.pk in (one.pk, one.parent_id)}
    theirs = {one.pk: one for one in rows if one.pk not in ours and not one.is_home}
    return Sides(home, partner, ours, dict([*theirs.items()][:MOST_ORGANISATIONS]))


def homes_for(organisation: Organisation, look: Look) -> list[Organisation]:
    """Our institutions, those with ties to an organisation first; each says in `tied` whether it has any."""
    partnerships = look.seen(Partnership.objects.filter(home=OuterRef("pk"), partner=organisation))
    visits = look.seen(Visit.objects.filter(home=OuterRef("pk"), partner=organisation))
    agreements = together(organisation, look).filter(organisation=OuterRef("pk"))
    tied = Q(Exists(partnerships)) | Q(Exists(visits)) | Q(Exists(agreements))
    rows = look.seen(Organisation.objects.homes()).annotate(tied=tied)
    return sorted(rows, key=lambda one: (not one.tied, one.name))


def together(organisation: Organisation, look: Look) -> QuerySet:
    """The parties of agreements to which an organisation is a party as well."""
    own = look.seen(Party.objects.filter(organisation=organisation)).order_by()
    return look.seen(Party.objects.filter(agreement__in=own.values("agreement"))).order_by()
