"""All that a brief tells, read for one reader in a fixed number of queries; nothing that the reader may not see."""

from dataclasses import dataclass, field

from django.db.models import Case, F, Prefetch, Q, QuerySet, Value, When

from partnerships.access.models import Record
from partnerships.agreements.models import Agreement, AgreementRelation, Party
from partnerships.attachments.models import Attachment
from partnerships.briefs.sides import Sides
from partnerships.funding.models import Funding, Project, ProjectPartner
from partnerships.organisations.models import Organisation, Partnership, Relation
from partnerships.people.models import Person, Post
from partnerships.programmes.models import Cohort, Programme, ProgrammeInstitution
from partnerships.records.pages import Look
from partnerships.undertakings.models import EVIDENCE_OF, Evidence, Undertaking
from partnerships.visits.models import FollowUp, ItineraryItem, Participant, Visit, VisitAgreement, VisitStatus

MOST, MOST_VISITS, MOST_LINES = 12, 5, 80
NOT_HELD = (VisitStatus.DECLINED, VisitStatus.CANCELLED)
PICTURES = ("image/png", "image/jpeg")


@dataclass
class Material:
    """The rows of a brief. `visit` is none for the brief of an organisation."""

    sides: Sides
    visit: Visit | None = None
    participants: list[Participant] = field(default_factory=list)
    itinerary: list[ItineraryItem] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    partnerships: list[Partnership] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    linked: list[VisitAgreement] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    related: list[AgreementRelation] = field(default_factory=list)
    programmes: list[Programme] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    funding: list[Funding] = field(default_factory=list)
    undertakings: list[Undertaking] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    photos: dict[int, Attachment] = field(default_factory=dict)
    cut: set[str] = field(default_factory=set)  # the lists of which there is more than a brief takes

    def first(self, name: str, rows: QuerySet, most: int) -> list:
        """The first of these rows; where there are more, the list of this name is known to be cut."""
        found = list(rows[: most + 1])
        if len(found) > most:
            self.cut.add(name)
        return found[:most]

    def records(self) -> list[Record]:
        """Every record that is told of, for its sources and gaps."""
        cohorts = [one for programme in self.programmes for one in programme.cohorts.all()]
        own = [self.visit] if self.visit else []
        partner = [self.sides.partner] if self.sides.partner else []
        lists = (self.partnerships, self.visits, self.agreements, self.programmes, self.projects, self.funding)
        rows = [row for rows in (*lists, self.undertakings, self.people) for row in rows]
        ends = [end for row in self.relations for end in (row.organisation, row.place) if end]
        return [*own, *partner, *rows, *cohorts, *ends]

    def of(self, record: Record) -> list[Undertaking]:
        """The lines that belong to a record."""
        name = f"{record._meta.model_name}_id"
        return [one for one in self.undertakings if getattr(one, name, None) == record.pk]


def first(condition: Q) -> Case:
    """The order in which what meets a condition comes first."""
    return Case(When(condition, then=Value(0)), default=Value(1))


def participants_of(visit: Visit, look: Look) -> list[Participant]:
    """Who takes part, in the order of precedence, with the posts and organisations that the reader sees."""
    rows = look.seen(Participant.objects.filter(visit=visit)).select_related("person", "organisation")
    posts = look.seen(Post.objects.select_related("organisation"))
    return list(rows.prefetch_related(Prefetch("person__posts", posts)))


def itinerary_of(visit: Visit, look: Look) -> list[ItineraryItem]:
    """What is done, in its order, by day and time where all of them are known."""
    rows = look.seen(ItineraryItem.objects.filter(visit=visit)).select_related("place", "led_by", "organisation")
    found = list(rows.prefetch_related(Prefetch("joined_by", look.seen(Person.objects.all()))))
    if all(one.on_day and one.starts_at for one in found):
        return sorted(found, key=lambda one: (one.on_day, one.starts_at))
    return found


def people_at(sides: Sides, look: Look) -> QuerySet:
    """Persons who have a post with the partner."""
    posts = look.seen(Post.objects.filter(organisation__in=sides.theirs)).order_by()
    rows = look.seen(Person.objects.filter(pk__in=posts.values("person")))
    with_posts = Prefetch("posts", look.seen(Post.objects.select_related("organisation")))
    return rows.prefetch_related(with_posts)


def gather(material: Material, look: Look) -> None:
    """Read what stands between the two sides."""
    sides, visit = material.sides, material.visit
    ours, theirs = sides.ours, sides.theirs
    material.relations = relations_of(sides, look)
    ends = {pk for one in material.relations for pk in (one.organisation_id, one.to_organisation_id) if pk}
    rows = look.seen(Partnership.objects.filter(home__in=ours, partner__in={*theirs, *ends} - {*ours}))
    found = list(rows.select_related("home", "partner", "looked_after_by")[: MOST * 3])
    material.partnerships = [one for one in found if one.partner_id in theirs]
    material.relations = between(material.relations, sides, {one.partner_id for one in found})
    material.visits = visits_with(sides, visit, look)
    agreements = agreements_of(sides, look)
    material.linked = list(linked_to([one for one in (visit, *material.visits) if one], look))
    material.agreements = material.first("agreements", shown_of(agreements, material.linked, look), MOST)
    relations = look.seen(AgreementRelation.objects.filter(agreement__in=material.agreements))
    material.related = list(relations.select_related("to_agreement")[:MOST_LINES])
    programmes = programmes_of(sides, agreements, look)
    projects = projects_of(sides, agreements, look)
    material.programmes = material.first("programmes", programmes.prefetch_related(*of_programmes(look)), MOST)
    material.projects = material.first("projects", projects, MOST)
    money = (agreements, programmes, projects)
    material.funding = material.first("funding", funding_of(material, money, look), MOST)
    material.undertakings = material.first("undertakings", undertakings_of(material, look), MOST_LINES)
    material.follow_ups = material.first("follow-ups", follow_ups_of(material, look), MOST_LINES)
    material.photos = photos_of(material.people, look)


def relations_of(sides: Sides, look: Look) -> list[Relation]:
    """How the bodies of both sides, and the places they lie in, stand to others."""
    both = {*sides.ours, *sides.theirs}
    rows = Relation.objects.filter(Q(organisation__in=both) | Q(to_organisation__in=both) | between_places(sides))
    joins = ("organisation", "place", "to_organisation", "to_place")
    return list(look.seen(rows.filter(to_person__isnull=True)).select_related(*joins)[:MOST_LINES])


def between_places(sides: Sides) -> Q:
    """Relations between a place that ours lies in and one that the partner lies in, such as sister cities."""
    ours, theirs = (places_of(one) for one in (sides.home, sides.partner))
    there = Q(place__handle__in=ours, to_place__handle__in=theirs)
    return there | Q(place__handle__in=theirs, to_place__handle__in=ours)


def places_of(organisation: Organisation | None) -> list[str]:
    """The handles of the places that an organisation lies in."""
    return [one for one in organisation.place.lineage.split("/") if one] if organisation and organisation.place else []


def between(relations: list[Relation], sides: Sides, partners: set[int]) -> list[Relation]:
    """Those that tie both sides: to each other, to a body that both have to do with, or to a partner of ours."""
    ours, theirs = {*sides.ours}, {*sides.theirs}

    def far(row: Relation, near: set[int]) -> set[int]:
        """The end of a relation that lies outside a side, where the other end lies inside."""
        ends = {pk for pk in (row.organisation_id, row.to_organisation_id) if pk}
        return ends - near if ends & near else set()

    common = {pk for row in relations for pk in far(row, ours)} & {pk for row in relations for pk in far(row, theirs)}
    known = ours | common | (partners - theirs)
    return [row for row in relations if row.place_id or far(row, theirs) & known or far(row, ours) & common]


def visits_with(sides: Sides, visit: Visit | None, look: Look) -> list[Visit]:
    """The other visits with the partner, either way, the newest first; those that this one comes after among them."""
    with_them = Q(home__in=sides.ours, partner__in=sides.theirs) & ~Q(status__in=NOT_HELD)
    rows = Visit.objects.filter(with_them)
    if visit:
        rows = Visit.objects.filter(with_them | Q(pk=visit.after_id)).exclude(pk=visit.pk)
        rows = rows.order_by(first(Q(pk=visit.after_id)), *Visit._meta.ordering)
    seen = look.seen(Participant.objects.select_related("person", "organisation"))
    rows = look.seen(rows).select_related("home", "partner", "place", "kind")
    return list(rows.prefetch_related(Prefetch("participants", seen))[: MOST_VISITS + 1])


def agreements_of(sides: Sides, look: Look) -> QuerySet:
    """The agreements to which both sides are parties."""
    parties = look.seen(Party.objects.all()).order_by()
    ours, theirs = (parties.filter(organisation__in=side).values("agreement") for side in (sides.ours, sides.theirs))
    return look.seen(Agreement.objects.filter(pk__in=ours).filter(pk__in=theirs))


def shown_of(agreements: QuerySet, linked: list[VisitAgreement], look: Look) -> QuerySet:
    """The first agreements with their legal state and parties, and those that the visits have to do with."""
    either = Q(pk__in=agreements.order_by().values("pk")) | Q(pk__in=[one.agreement_id for one in linked])
    rows = look.seen(Agreement.objects.with_state(look.today).filter(either)).select_related("type", "signed_place")
    parties = look.seen(Party.objects.select_related("organisation", "signatory"))
    return rows.prefetch_related(Prefetch("parties", parties)).order_by(
        first(Q(pk__in=[one.agreement_id for one in linked])), F("signed_on_earliest").desc(nulls_last=True), "title"
    )


def linked_to(visits: list[Visit], look: Look) -> QuerySet:
    """How visits and agreements belong together."""
    return look.seen(VisitAgreement.objects.filter(visit__in=visits)).select_related("agreement")


def programmes_of(sides: Sides, agreements: QuerySet, look: Look) -> QuerySet:
    """The programmes of our side in which the other takes part, or which rest on an agreement of both."""
    roles = look.seen(ProgrammeInstitution.objects.filter(organisation__in=sides.theirs)).order_by()
    either = Q(pk__in=roles.values("programme")) | Q(agreement__in=agreements.order_by().values("pk"))
    return look.seen(Programme.objects.filter(either, home__in=sides.ours)).select_related("type")


def of_programmes(look: Look) -> tuple[Prefetch, Prefetch]:
    """The cohorts of programmes, and their institutions."""
    return (
        Prefetch("cohorts", look.seen(Cohort.objects.select_related("programme"))),
        Prefetch("institutions", look.seen(ProgrammeInstitution.objects.select_related("organisation"))),
    )


def projects_of(sides: Sides, agreements: QuerySet, look: Look) -> QuerySet:
    """The projects of our side in which the other takes part, or which an agreement of both established."""
    partners = look.seen(ProjectPartner.objects.filter(organisation__in=sides.theirs)).order_by()
    either = Q(pk__in=partners.values("project")) | Q(agreement__in=agreements.order_by().values("pk"))
    return look.seen(Project.objects.filter(either, home__in=sides.ours))


def funding_of(material: Material, tied: tuple[QuerySet, ...], look: Look) -> QuerySet:
    """The money between both sides, or for what they do together; never that for another of our institutions."""
    sides, names = material.sides, ("agreement", "programme", "project")
    visits = [one for one in (material.visit, *material.visits) if one]
    together = Q(visit__in=visits)
    for name, rows in zip(names, tied, strict=True):
        together |= Q(**{f"{name}__in": rows.order_by().values("pk")})
    given = Q(funder__in=sides.theirs) & (Q(recipient__isnull=True) | Q(recipient__in=sides.ours))
    received = Q(recipient__in=sides.theirs) & (Q(funder__isnull=True) | Q(funder__in=sides.ours))
    alone = Q(agreement__isnull=True, programme__isnull=True, project__isnull=True, visit__isnull=True)
    direct = Q(funder__in=sides.theirs, recipient__in=sides.ours) | Q(funder__in=sides.ours, recipient__in=sides.theirs)
    rows = look.seen(Funding.objects.filter(together | direct | (given | received) & alone))
    return rows.select_related("kind", "funder", "recipient")


def undertakings_of(material: Material, look: Look) -> QuerySet:
    """What was asked, promised and agreed, with what shows that it happened."""
    visits = [one for one in (material.visit, *material.visits) if one]
    of = Q(visit__in=visits) | Q(agreement__in=material.agreements) | Q(partnership__in=material.partnerships)
    rows = look.seen(Undertaking.objects.filter(of)).select_related("by", "owner")
    joins = (*EVIDENCE_OF, "cohort__programme")
    shown = look.seen(Evidence.objects.select_related(*joins))
    return rows.prefetch_related(Prefetch("shown_by", shown))


def follow_ups_of(material: Material, look: Look) -> QuerySet:
    """What is to be done, or was done, after the visits, for the agreements, the partnerships and their lines."""
    visits = [one for one in (material.visit, *material.visits) if one]
    of = Q(visit__in=visits) | Q(agreement__in=material.agreements) | Q(partnership__in=material.partnerships)
    rows = look.seen(FollowUp.objects.filter(of | Q(undertaking__in=material.undertakings)))
    return rows.select_related("owner", "visit", "agreement", "partnership__home", "partnership__partner")


def photos_of(people: list[Person], look: Look) -> dict[int, Attachment]:
    """The newest picture that is held of each person."""
    held = Attachment.objects.newest().filter(record_kind="person", record_id__in=[one.pk for one in people])
    rows = look.seen(held.filter(media_type__in=PICTURES)).order_by("pk")
    return {one.record_id: one for one in rows}
