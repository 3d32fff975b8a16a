"""All that a review tells, read for one reader in a fixed number of queries; nothing that the reader may not see."""

from dataclasses import dataclass

from django.db.models import F, Prefetch, Q

from partnerships.access.models import Record
from partnerships.access.roles import Role
from partnerships.agreements.models import Agreement, AgreementRelation, Party
from partnerships.attachments.models import Attachment
from partnerships.funding.models import Funding, Project
from partnerships.notes.models import Note
from partnerships.organisations.models import Organisation
from partnerships.programmes.models import Cohort, Programme, ProgrammeInstitution
from partnerships.records.pages import Look
from partnerships.reviews.filters import with_reasons
from partnerships.reviews.models import Review
from partnerships.undertakings.models import EVIDENCE_OF, Evidence, Undertaking
from partnerships.visits.models import FollowUp, Visit, VisitAgreement, VisitStatus

MOST, MOST_LINES, NOTES = 12, 40, 5
NOT_HELD = (VisitStatus.DECLINED, VisitStatus.CANCELLED)


@dataclass(frozen=True)
class AnyReader:
    """Whoever has a role: what was shown to them is kept with a decision, whoever made it."""

    role_level: Role
    is_authenticated = is_active = True
    pk = None


@dataclass
class Held:
    """The rows of a review."""

    agreement: Agreement
    parties: list[Party]
    areas: list[Undertaking]
    linked: dict[int, VisitAgreement]
    visits: list[Visit]
    programmes: list[Programme]
    projects: list[Project]
    funding: list[Funding]
    files: list[Attachment]
    relations: list[AgreementRelation]
    notes: list[Note]
    follow_ups: list[FollowUp]
    reviews: list[Review]

    def records(self) -> list[Record]:
        """Every record that is told of, for its sources and gaps."""
        cohorts = [one for programme in self.programmes for one in programme.cohorts.all()]
        lists = (self.areas, self.visits, self.programmes, self.projects, self.funding)
        return [self.agreement, *cohorts, *(row for rows in lists for row in rows)]


def held(agreement: Agreement, look: Look) -> Held:
    """Everything that hangs on an agreement, as far as this reader sees it."""
    one = with_reasons(look.seen(Agreement.objects.filter(pk=agreement.pk)), look)
    one = one.select_related("type", "signed_place", "owner", "reviewer").get()
    joins = ("organisation", "signatory", "signed_place")
    parties = list(look.seen(Party.objects.filter(agreement=one)).select_related(*joins))
    linked = look.seen(VisitAgreement.objects.filter(agreement=one))
    linked = {row.visit_id: row for row in linked}
    programmes = look.seen(Programme.objects.filter(agreement=one)).select_related("type")
    projects = look.seen(Project.objects.filter(agreement=one))
    return Held(
        agreement=one,
        parties=parties,
        areas=areas_of(one, look),
        linked=linked,
        visits=visits_of(parties, linked, look),
        programmes=list(programmes.prefetch_related(*of_programmes(look))[:MOST]),
        projects=list(projects[:MOST]),
        funding=funding_of(one, look),
        files=files_of(one, look),
        relations=list(
            look.seen(AgreementRelation.objects.filter(Q(agreement=one) | Q(to_agreement=one))).select_related(
                "agreement", "to_agreement"
            )[:MOST]
        ),
        notes=notes_of(one, look),
        follow_ups=list(
            look.seen(FollowUp.objects.filter(agreement=one, done_on__isnull=True)).select_related("owner")[:MOST]
        ),
        reviews=list(look.seen(one.reviews.all()).defer("snapshot")[:MOST]),
    )


def areas_of(agreement: Agreement, look: Look) -> list[Undertaking]:
    """The areas of cooperation, with their codes, and what shows that they came to something."""
    shown = look.seen(Evidence.objects.select_related(*EVIDENCE_OF, "cohort__programme"))
    kept = look.seen(FollowUp.objects.select_related("owner"))
    rows = look.seen(Undertaking.objects.filter(agreement=agreement))
    related = (Prefetch("shown_by", shown), Prefetch("follow_ups", kept), "activities", "subjects")
    return list(rows.prefetch_related(*related)[:MOST_LINES])


def visits_of(parties: list[Party], linked: dict[int, VisitAgreement], look: Look) -> list[Visit]:
    """The visits that have to do with the agreement, and the others between its sides; the newest first."""
    ours = [one.organisation_id for one in parties if one.organisation.is_home]
    theirs = [one.organisation_id for one in parties if not one.organisation.is_home]
    either = Q(pk__in=linked) | Q(home__in=ours, partner__in=theirs)
    rows = look.seen(Visit.objects.filter(either)).exclude(status__in=NOT_HELD).select_related("home", "partner")
    return list(rows.order_by(F("happens_on_earliest").desc(nulls_last=True), "title", "pk")[:MOST_LINES])


def of_programmes(look: Look) -> tuple[Prefetch, Prefetch]:
    """The cohorts of programmes, and their institutions."""
    return (
        Prefetch("cohorts", look.seen(Cohort.objects.select_related("programme"))),
        Prefetch("institutions", look.seen(ProgrammeInstitution.objects.select_related("organisation"))),
    )


def funding_of(agreement: Agreement, look: Look) -> list[Funding]:
    """The money under the agreement, and that for its programmes and projects."""
    of = Q(agreement=agreement) | Q(programme__agreement=agreement) | Q(project__agreement=agreement)
    rows = look.seen(Funding.objects.filter(of)).select_related("kind", "funder", "recipient")
    return list(rows.order_by("title", "pk")[:MOST_LINES])


def files_of(agreement: Agreement, look: Look) -> list[Attachment]:
    """The newest version of each of its files."""
    rows = Attachment.objects.newest().filter(record_kind="agreement", record_id=agreement.pk)
    return list(look.seen(rows)[:MOST])


def notes_of(agreement: Agreement, look: Look) -> list[Note]:
    """The newest of what the office wrote down."""
    rows = Note.objects.filter(record_kind="agreement", record_id=agreement.pk)
    return list(look.seen(rows).select_related("written_by")[:NOTES])


def homes_of(parties: list[Party]) -> list[Organisation]:
    """Which of our own institutions are parties."""
    return [one.organisation for one in parties if one.organisation.is_home]
