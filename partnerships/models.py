"""Index of all models, for Django; imported by nobody."""

from partnerships.access.models import Entry, Preferences
from partnerships.agreements.models import (
    Agreement,
    AgreementRelation,
    AgreementStep,
    AgreementType,
    DraftTemplate,
    Party,
    ReferenceYear,
    RefusedStep,
    ReminderInterval,
    StepAnswer,
    StepQuestion,
)
from partnerships.attachments.models import Attachment
from partnerships.calendars.models import Feed
from partnerships.funding.models import ExchangeRate, Funding, FundingKind, Project, ProjectPartner
from partnerships.intake.models import Reading
from partnerships.letters.models import Letter
from partnerships.memory.models import Change, Submission
from partnerships.notes.models import Note, NotePerson
from partnerships.organisations.models import (
    Organisation,
    OrganisationKind,
    OrganisationName,
    Partnership,
    Place,
    Relation,
)
from partnerships.people.models import ContactPoint, Person, Post
from partnerships.programmes.models import Cohort, Programme, ProgrammeInstitution, ProgrammeType
from partnerships.reviews.models import Review
from partnerships.sources.models import Source, Statement
from partnerships.undertakings.models import Activity, Dismissal, Evidence, Subject, Undertaking
from partnerships.values.models import Gap
from partnerships.visits.models import (
    ChecklistLine,
    FollowUp,
    ItineraryItem,
    Minutes,
    Participant,
    Preparation,
    ThankYou,
    Visit,
    VisitAgreement,
    VisitKind,
    VisitStep,
)

__all__ = [
    "Activity",
    "Agreement",
    "AgreementRelation",
    "AgreementStep",
    "AgreementType",
    "Attachment",
    "Change",
    "ChecklistLine",
    "Cohort",
    "ContactPoint",
    "Dismissal",
    "DraftTemplate",
    "Entry",
    "Evidence",
    "ExchangeRate",
    "Feed",
    "FollowUp",
    "Funding",
    "FundingKind",
    "Gap",
    "ItineraryItem",
    "Letter",
    "Minutes",
    "Note",
    "NotePerson",
    "Organisation",
    "OrganisationKind",
    "OrganisationName",
    "Participant",
    "Partnership",
    "Party",
    "Person",
    "Place",
    "Post",
    "Preferences",
    "Preparation",
    "Programme",
    "ProgrammeInstitution",
    "ProgrammeType",
    "Project",
    "ProjectPartner",
    "Reading",
    "ReferenceYear",
    "RefusedStep",
    "Relation",
    "ReminderInterval",
    "Review",
    "Source",
    "Statement",
    "StepAnswer",
    "StepQuestion",
    "Subject",
    "Submission",
    "ThankYou",
    "Undertaking",
    "Visit",
    "VisitAgreement",
    "VisitKind",
    "VisitStep",
]
