"""What was agreed: agreements, their parties and signatures, how they stand to each other, and the steps taken."""

from partnerships.agreements.models.agreement import Agreement, AgreementType, Ending, LegalEvent, WorkflowStep
from partnerships.agreements.models.drafts import DraftTemplate
from partnerships.agreements.models.parties import Party
from partnerships.agreements.models.relations import AgreementRelation, AgreementRelationKind
from partnerships.agreements.models.reminding import Deadline, ReminderInterval
from partnerships.agreements.models.steps import (
    APPROVING,
    REVIEWS,
    AgreementStep,
    AnswerGiven,
    AnswerKind,
    Decision,
    ReferenceYear,
    RefusedStep,
    StepAnswer,
    StepQuestion,
)

__all__ = [
    "APPROVING",
    "REVIEWS",
    "Agreement",
    "AgreementRelation",
    "AgreementRelationKind",
    "AgreementStep",
    "AgreementType",
    "AnswerGiven",
    "AnswerKind",
    "Decision",
    "Deadline",
    "DraftTemplate",
    "Ending",
    "LegalEvent",
    "Party",
    "ReferenceYear",
    "RefusedStep",
    "StepAnswer",
    "StepQuestion",
    "ReminderInterval",
    "WorkflowStep",
]
