"""Who came and who went: visits, who took part, what was prepared and done, and what is to follow."""

from partnerships.visits.models.afterwards import FollowUp, Minutes, ThankYou
from partnerships.visits.models.agreements import VisitAgreement, VisitAgreementKind
from partnerships.visits.models.itinerary import SHOWS_RESEARCH, ItemKind, ItineraryItem
from partnerships.visits.models.preparing import ChecklistLine, Preparation
from partnerships.visits.models.taking_part import Participant, ParticipantRole, Side
from partnerships.visits.models.visit import Direction, Visit, VisitKind, VisitStatus, VisitStep

__all__ = [
    "SHOWS_RESEARCH",
    "ChecklistLine",
    "Direction",
    "FollowUp",
    "ItemKind",
    "ItineraryItem",
    "Minutes",
    "Participant",
    "ParticipantRole",
    "Preparation",
    "Side",
    "ThankYou",
    "Visit",
    "VisitAgreement",
    "VisitAgreementKind",
    "VisitKind",
    "VisitStatus",
    "VisitStep",
]
