"""The legal state of an agreement: computed on a day that is passed in, and unknown where the dates leave it open."""

from datetime import date

import pytest

from partnerships.agreements.states import LegalState, why_unknown
from partnerships.models import Agreement
from tests.samples import agreement

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 15)


def state(**fields) -> str:
    """The state on 15 June 2024 of an agreement with these dates."""
    return Agreement.objects.with_state(TODAY).get(pk=agreement(**fields).pk).state


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"starts_on": "2020", "ends_on": "2030"}, LegalState.ACTIVE),
        ({"signed_on": "2020", "ends_on": "2030"}, LegalState.ACTIVE),
        ({"starts_on": "2020", "ends_on": "2024-12-12"}, LegalState.EXPIRING),
        ({"starts_on": "2020", "ends_on": "2024-12-13"}, LegalState.ACTIVE),
        ({"starts_on": "2020", "ends_on": "2024-06-15"}, LegalState.EXPIRING),
        ({"starts_on": "2020", "ends_on": "2024-06-14"}, LegalState.EXPIRED),
        ({"ends_on": "2023"}, LegalState.EXPIRED),
        ({"starts_on": "2024-07", "ends_on": "2030"}, LegalState.NOT_YET_EFFECTIVE),
        ({"starts_on": "2020", "ending": "evergreen"}, LegalState.EVERGREEN),
        ({"starts_on": "2020", "ends_on": "2023", "ending": "renewing"}, LegalState.RENEWING),
        ({"starts_on": "2020", "ends_on": "2030", "event": "terminated"}, LegalState.TERMINATED),
        ({"event": "suspended"}, LegalState.SUSPENDED),
        ({"starts_on": "2020", "ends_on": "2023", "event": "lapsed"}, LegalState.LAPSED),
        ({"event": "superseded"}, LegalState.SUPERSEDED),
        ({}, LegalState.UNKNOWN),
        ({"signed_on": "XXXX-05"}, LegalState.UNKNOWN),
        ({"starts_on": "2020", "ends_on": "2024"}, LegalState.UNKNOWN),
        ({"starts_on": "2024-06", "ends_on": "2030"}, LegalState.UNKNOWN),
        ({"ends_on": "2030"}, LegalState.UNKNOWN),
    ],
)
def test_the_state_follows_from_dates_and_events(fields, expected):
    assert state(**fields) == expected


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "no end date recorded"),
        ({"ending": "fixed"}, "no end date recorded"),
        ({"ends_on": "XXXX-05"}, "the end date has no year"),
        ({"ends_on": "2030"}, "no start or signing date recorded"),
        ({"ending": "evergreen"}, "no start or signing date recorded"),
        ({"starts_on": "2020", "ends_on": "2024"}, "the dates are too vague to tell"),
    ],
)
def test_an_unknown_state_says_what_is_missing(fields, reason):
    assert why_unknown(agreement(**fields)) == reason


def test_in_force_are_those_that_bind_on_the_day():
    agreement("Active", starts_on="2020", ends_on="2030")
    agreement("Ends soon", starts_on="2020", ends_on="2024-07")
    agreement("For ever", starts_on="2020", ending="evergreen")
    agreement("Renewing", starts_on="2020", ending="renewing")
    agreement("Over", ends_on="2020")
    agreement("Who knows")
    assert [str(one) for one in Agreement.objects.in_force(TODAY)] == ["Active", "Ends soon", "For ever", "Renewing"]
