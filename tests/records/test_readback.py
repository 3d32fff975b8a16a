"""While one types, the form asks how a date or a sum is understood."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerships.models import Funding
from tests.asking import signed_in, submitted

pytestmark = pytest.mark.django_db


def test_a_date_and_a_sum_are_read_back_and_kept_in_no_cache():
    client = signed_in("staff")
    answer = client.get("/read/date/", {"typed": "May"})
    assert answer.json() == {"read": "May, year not stated", "notation": "XXXX-05"}
    assert answer["Cache-Control"] == "no-store"
    answer = client.get("/read/money/", {"typed": "about £1.4m"})
    assert answer.json() == {"read": "GBP 1,400,000, approximately", "notation": "GBP 1400000.00"}
    answer = client.get("/read/date/", {"typed": "3/4/26"})
    assert (answer.status_code, list(answer.json())) == (200, ["error"])


def test_reading_back_asks_the_database_only_who_one_is():
    client = signed_in("staff")
    client.get("/read/date/", {"typed": "May"})
    with CaptureQueriesContext(connection) as queries:
        client.get("/read/date/", {"typed": "May"})
    assert len(queries) <= 3


@pytest.mark.parametrize(
    "question", ["", "?typed=May&typed=June", "?typed=May&x=1", "?q=May", "?typed=" + "9" * 201, "?typed=May&typed"]
)
def test_a_question_that_is_put_wrongly_is_refused(question):
    assert signed_in("staff").get(f"/read/date/{question}").status_code == 400


def test_only_who_is_signed_in_is_answered_and_only_by_get():
    assert Client().get("/read/date/", {"typed": "May"}).status_code == 302
    assert signed_in("staff").post("/read/date/", {"typed": "May"}).status_code == 405
    assert signed_in("staff").get("/read/names/", {"typed": "May"}).status_code == 404


def test_one_box_takes_figure_currency_and_about():
    answer = submitted("funding", title="Fund", amount="about 5m EUR")
    assert answer.status_code == 303
    fund = Funding.objects.get()
    assert (fund.amount, fund.currency, fund.is_approximate) == (5_000_000, "EUR", True)
