"""What was agreed: agreements, their parties and signatures, and how they stand to each other."""

from partnerships.agreements.models.agreement import Agreement, AgreementType, Ending, LegalEvent, WorkflowStep
from partnerships.agreements.models.drafts import DraftTemplate
from partnerships.agreements.models.parties import Party
from partnerships.agreements.models.relations import AgreementRelation, AgreementRelationKind

__all__ = [
    "Agreement",
    "AgreementRelation",
    "AgreementRelationKind",
    "AgreementType",
    "DraftTemplate",
    "Ending",
    "LegalEvent",
    "Party",
    "WorkflowStep",
]
