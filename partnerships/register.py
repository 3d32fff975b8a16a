"""Index of all kinds of record, in the order of the menu; imported only when the app is ready and by the URLs."""

from partnerships.agreements import records as agreements
from partnerships.funding import records as funding
from partnerships.organisations import records as organisations
from partnerships.people import records as people
from partnerships.programmes import records as programmes
from partnerships.sources import records as sources
from partnerships.undertakings import records as undertakings
from partnerships.visits import records as visits

__all__ = ["agreements", "funding", "organisations", "people", "programmes", "sources", "undertakings", "visits"]
