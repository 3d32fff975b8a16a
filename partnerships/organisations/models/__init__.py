"""Who is named: organisations and their names, tree and relations; places; partnerships."""

from partnerships.organisations.models.organisation import NameKind, Organisation, OrganisationKind, OrganisationName
from partnerships.organisations.models.partnership import Partnership, PartnershipStatus, Presentation
from partnerships.organisations.models.places import Place, PlaceKind
from partnerships.organisations.models.relations import Relation, RelationKind

__all__ = [
    "NameKind",
    "Organisation",
    "OrganisationKind",
    "OrganisationName",
    "Partnership",
    "PartnershipStatus",
    "Place",
    "PlaceKind",
    "Presentation",
    "Relation",
    "RelationKind",
]
