"""Index of the workshop's tables."""

from partnerships.access import admin as access
from partnerships.agreements import admin as agreements
from partnerships.attachments import admin as attachments
from partnerships.funding import admin as funding
from partnerships.letters import admin as letters
from partnerships.memory import admin as memory
from partnerships.notes import admin as notes
from partnerships.organisations import admin as organisations
from partnerships.people import admin as people
from partnerships.programmes import admin as programmes
from partnerships.reviews import admin as reviews
from partnerships.sources import admin as sources
from partnerships.undertakings import admin as undertakings
from partnerships.values import admin as values
from partnerships.visits import admin as visits

__all__ = [
    "access",
    "agreements",
    "attachments",
    "funding",
    "letters",
    "memory",
    "notes",
    "organisations",
    "people",
    "programmes",
    "reviews",
    "sources",
    "undertakings",
    "values",
    "visits",
]
