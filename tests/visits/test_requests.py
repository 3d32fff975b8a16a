"""The list of requests: what was asked for, how much time there is, and what is not known yet."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from partnerships.access.models import Visibility
from partnerships.values.dates import HonestDate
from tests.asking import signed_in, words_of
from tests.samples import make, organisation, visit

pytestmark = pytest.mark.django_db


def test_requests_stand_soonest_first_with_lead_time_and_what_is_missing(django_assert_num_queries):
    soon = timezone.localdate() + timedelta(days=40)
    make("visit", title="No day", requested_by="Their office")
    make(
        "visit",
        title="Soon",
        happens_on=HonestDate.from_notation(soon.isoformat()),
        requested_on=soon - timedelta(days=60),
        partner=organisation("River Institute"),
        status="triaged",
    )
    make("visit", title="Decided", status="approved")
    make("visit", title="Secret", visibility=Visibility.MANAGERS)
    client = signed_in("staff")
    client.get("/visits/requests/")
    with django_assert_num_queries(3):
        page = words_of(client.get("/visits/requests/").content.decode())
    assert page.index("Soon Inbound") < page.index("No day Inbound")
    assert f"in 40 days by whom is not recorded {soon - timedelta(days=60):%-d %B %Y} 60 days triaged Decide" in page
    assert "no date yet Their office on which day is not recorded unknown: a day is missing requested Triage it" in page
    assert "a date with its year, kind, partner, purpose, who looks after it" in page
    assert ("Decided" in page, "Secret" in page) == (False, False)


def test_the_lead_time_of_a_visit_in_the_past_or_asked_for_afterwards_is_said():
    from partnerships.visits.records.requests import left_until, notice_of

    one = visit(happens_on=HonestDate.from_notation("2026-03-04"), requested_on=date(2026, 3, 5))
    assert [left_until(one, date(2026, 3, day)) for day in (3, 4, 5)] == ["in 1 day", "today", "1 day ago"]
    assert notice_of(one) == "after the day itself"


def test_no_request_says_so():
    assert "No request is open." in words_of(signed_in("viewer").get("/visits/requests/").content.decode())
