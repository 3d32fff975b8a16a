"""The legal state of an agreement: computed on a day that is passed in, and unknown where the dates leave it open."""

from datetime import date
from itertools import product

import pytest
from django.db import transaction

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
        ({"starts_on": "2020", "ends_on": "2030", "event": "terminated", "event_on": "2024-06-15"}, "terminated"),
        ({"starts_on": "2020", "ends_on": "2030", "event": "terminated", "event_on": "2024-06-16"}, LegalState.ACTIVE),
        ({"starts_on": "2020", "ends_on": "2030", "event": "terminated", "event_on": "2024"}, LegalState.UNKNOWN),
        ({"starts_on": "2020", "ends_on": "2030", "event": "terminated", "event_on": "XXXX-12"}, "terminated"),
        ({"event": "terminated", "event_on": "2025"}, LegalState.UNKNOWN),
        ({"ends_on": "2023", "event": "lapsed", "event_on": "2025"}, LegalState.EXPIRED),
        ({"starts_on": "2020", "ends_on": "2030", "event": "suspended", "event_on": "2024/.."}, LegalState.SUSPENDED),
        ({"starts_on": "2020", "ends_on": "2030", "event": "suspended", "event_on": "../2024"}, LegalState.SUSPENDED),
        ({"starts_on": "2020", "ends_on": "2030", "event": "suspended", "event_on": "2022/2025"}, LegalState.SUSPENDED),
        ({"starts_on": "2020", "ends_on": "2030", "event": "suspended", "event_on": "2022/2023"}, LegalState.ACTIVE),
        ({"starts_on": "2020", "ends_on": "2030", "event": "suspended", "event_on": "2025/2026"}, LegalState.ACTIVE),
        ({"starts_on": "2020", "ends_on": "2022/.."}, LegalState.UNKNOWN),
        ({"starts_on": "2020", "ends_on": "2025/.."}, LegalState.ACTIVE),
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
        ({"starts_on": "2020", "ends_on": "2022/.."}, "the end date is open"),
        ({"starts_on": "2020", "ends_on": "../2030"}, "the dates are too vague to tell"),
        ({"starts_on": "2020", "ends_on": "XXXX-05", "ending": "fixed"}, "the end date has no year"),
        ({"ends_on": "2025/.."}, "no start or signing date recorded"),
        ({"starts_on": "XXXX-05", "ends_on": "2030"}, "the start date has no year"),
        ({"starts_on": "2024", "ending": "evergreen"}, "the dates are too vague to tell"),
        ({"event": "terminated", "event_on": "2024"}, "the date of the legal event is too vague to tell"),
        ({"event": "terminated", "event_on": "2025"}, "no end date recorded"),
    ],
)
def test_an_unknown_state_says_what_is_missing(fields, reason):
    assert why_unknown(agreement(**fields), TODAY) == reason
    assert state(**fields) == LegalState.UNKNOWN


def test_in_force_are_those_that_bind_on_the_day():
    agreement("Active", starts_on="2020", ends_on="2030")
    agreement("Ends soon", starts_on="2020", ends_on="2024-07")
    agreement("For ever", starts_on="2020", ending="evergreen")
    agreement("Renewing", starts_on="2020", ending="renewing")
    agreement("Over", ends_on="2020")
    agreement("Who knows")
    assert [str(one) for one in Agreement.objects.in_force(TODAY)] == ["Active", "Ends soon", "For ever", "Renewing"]


DATES = [
    "",
    "2020",
    "2023/..",
    "../2023",
    "2024",
    "2024-06-14",
    "2024-06-15",
    "2024-06-16",
    "2030",
    "XXXX-05",
    "2022/2023",
]


def test_every_state_is_known_or_has_its_reason_whatever_the_dates():
    """Of all combinations one reason is told exactly where the state is unknown, and it names what is there."""
    made = [
        Agreement(title="A", handle=f"a{number}", starts_on=starts, ends_on=ends, ending=ending)
        for number, (starts, ends, ending) in enumerate(product(DATES, DATES, ["", "fixed", "evergreen", "renewing"]))
    ]
    with transaction.atomic():
        for one in made:
            if is_in_order(one):
                agreement(starts_on=one.starts_on, ends_on=one.ends_on, ending=one.ending)
    for one in Agreement.objects.with_state(TODAY).filter(state=LegalState.UNKNOWN):
        reason = why_unknown(one, one.state_on)
        assert not (reason == "no end date recorded" and one.ends_on.notation), one.ends_on
        assert not (reason == "the end date has no year" and one.ends_on.year_known), one.ends_on
        assert not (reason == "the end date is open" and not one.ends_on.is_open), one.ends_on
        assert not (reason == "the start date has no year" and one.starts_on.year_known), one.starts_on
        assert not (reason == "no start or signing date recorded" and one.starts_on.notation), one.starts_on


def is_in_order(one: Agreement) -> bool:
    """Whether the end is not certainly before the start."""
    return not (one.starts_on.earliest and one.ends_on.latest and one.ends_on.latest < one.starts_on.earliest)
