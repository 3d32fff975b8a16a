"""What money adds up to: by currency and stage, converted only on request, with all that a sum leaves out."""

from datetime import date
from decimal import Decimal

import pytest

from partnerships.access.models import Visibility
from partnerships.funding.totals import overspent, totals
from partnerships.memory import remembered
from partnerships.models import ExchangeRate, Funding
from tests.asking import page_of, signed_in, submitted, words_of
from tests.samples import agreement, funding, programme, somebody

pytestmark = pytest.mark.django_db


def rate(currency: str, to: str, value: str, day: str) -> ExchangeRate:
    """A rate of a day."""
    return ExchangeRate.objects.create(currency=currency, to_currency=to, rate=value, holds_on=day, source="A bank")


def test_what_is_committed_and_what_is_spent_are_never_added_up():
    for stage, amount, about in (("commitment", 100, False), ("commitment", 50, True), ("expenditure", 40, False)):
        funding(stage=stage, amount=amount, currency="GBP", is_approximate=about)
    funding(amount=7, currency="GBP")
    funding(stage="commitment", currency="GBP")
    assert totals(Funding.objects.all(), {}) == [
        "Committed, sum of 2 records, 1 of them approximate: about GBP 150",
        "Spent, sum of 1 record: GBP 40",
        "Stage not recorded, sum of 1 record: GBP 7",
        "1 record without an amount",
    ]


def test_nothing_is_converted_unless_asked_and_then_each_sum_names_its_rate():
    funding(amount=Decimal("1000"), currency="CNY")
    funding(amount=Decimal("10"), currency="EUR", is_approximate=True)
    funding(amount=Decimal("5"), currency="USD")
    funding(amount=Decimal("5"), currency="GBP")
    rate("CNY", "GBP", "0.10", "2025-01-01")
    rate("CNY", "GBP", "0.11", "2026-01-01")
    rate("CNY", "GBP", "0.99", "2999-01-01")
    rate("GBP", "EUR", "1.25", "2026-02-03")
    stated = totals(Funding.objects.all(), {})
    assert not any("converted" in line for line in stated)
    assert totals(Funding.objects.all(), {"converted_to": "GBP"})[len(stated) :] == [
        "CNY converted: GBP 110, at 0.11 GBP for 1 CNY of 1 January 2026 (A bank)",
        "EUR converted: about GBP 8, at 1.25 EUR for 1 GBP of 3 February 2026 (A bank)",
        "Not converted to GBP: 1 record in USD, without a rate",
    ]
    page = words_of(signed_in().get("/funding/?converted_to=GBP").content.decode())
    assert "CNY converted: GBP 110" in page
    assert signed_in().get("/funding/?converted_to=XXX").status_code == 400


def test_a_sum_that_would_be_too_large_is_said_to_be_so_and_not_to_lack_a_rate():
    funding(amount=Decimal("9999999999999.99"), currency="GBP")
    funding(amount=Decimal("5"), currency="USD")
    rate("CNY", "GBP", "0.0001", "2026-01-01")
    assert totals(Funding.objects.all(), {"converted_to": "CNY"})[-2:] == [
        "Not converted to CNY: 1 record in USD, without a rate",
        "Not converted to CNY: 1 record in GBP, which would come to more than 9,999,999,999,999.99, "
        "the largest amount kept here",
    ]


@pytest.mark.parametrize("wrong", [{"rate": "0"}, {"to_currency": "CNY"}, {"rate": "NaN"}, {"rate": "1e309"}])
def test_a_rate_that_can_not_be_is_refused_in_the_workshop(workshop, wrong):
    sent = {"currency": "CNY", "to_currency": "GBP", "rate": "0.11", "holds_on": "2026-01-01", "source": "A bank"}
    answer = workshop.post("/admin/partnerships/exchangerate/add/", sent | wrong)
    assert (answer.status_code, ExchangeRate.objects.count()) == (200, 0)
    assert workshop.post("/admin/partnerships/exchangerate/add/", sent).status_code == 302
    assert str(ExchangeRate.objects.get()) == "CNY in GBP at 0.11 of 1 January 2026"


def test_the_money_of_a_record_stands_on_its_page_as_far_as_it_may_be_seen():
    with remembered():
        one = agreement("Signed")
        funding("Fund", agreement=one, amount=5, currency="GBP", stage="pledge", purpose="Travel")
        funding("Unknown", agreement=one)
        funding("Secret", agreement=one, amount=9, currency="GBP", visibility=Visibility.MANAGERS)
    rate("CNY", "GBP", "0.11", date(2026, 1, 1))
    assert "Money On a page of its own" in page_of(one)[0]
    told = words_of(signed_in().get(f"/agreements/{one.pk}/money/").content.decode())
    assert "Pledged, sum of 1 record: GBP 5; 1 record without an amount. Sums also in: CNY GBP" in told
    assert ("Fund Travel" in told, "Secret" in told) == (True, False)
    asked = signed_in("manager").get(f"/agreements/{one.pk}/money/?converted_to=CNY").content.decode()
    assert "GBP pledged converted: CNY 45.45, at 0.11 GBP for 1 CNY" in words_of(asked)
    assert signed_in().get(f"/agreements/{one.pk}/money/?converted_to=XXX").status_code == 400


def test_more_spent_than_committed_is_kept_and_pointed_out():
    shared = programme("PhD")
    funding(programme=shared, amount=10, currency="GBP", stage="commitment")
    answer = submitted("funding", title="Spent", amount="£12", stage="expenditure", programme=str(shared.pk))
    assert answer.status_code == 303
    assert overspent(Funding.objects.get(title="Spent"), somebody("staff")) == [
        "More is spent than was committed to PhD: GBP 12 of GBP 10. Look at the amounts and stages."
    ]
    assert overspent(funding(programme=shared, amount=1, currency="CNY", stage="expenditure"), somebody("staff")) == []
