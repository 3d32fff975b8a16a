"""Index of all kinds of record, in the order of the menu; imported only when the app is ready and by the URLs."""

from partnerships.agreements import records as agreements
from partnerships.funding import records as funding
from partnerships.organisations import records as organisations
from partnerships.people import records as people
from partnerships.programmes import records as programmes
from partnerships.records.kinds import arrange
from partnerships.sources import records as sources
from partnerships.undertakings import records as undertakings
from partnerships.visits import records as visits

ROOMS = (agreements, visits, organisations, people, programmes, funding, sources, undertakings)

arrange(
    "agreement",
    "visit",
    "organisation",
    "person",
    "programme",
    "funding",
    "source",
    "partnership",
    "undertaking",
    "cohort",
    "project",
    "followup",
    "statement",
    "place",
)
