"""Sums of money as typed and as shown."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.values.currencies import CURRENCIES, WITHDRAWN
from partnerships.values.money import Money, parse_typed_amount


@pytest.mark.parametrize(
    ("typed", "amount", "currency"),
    [
        ("", None, None),
        ("2.7m", "2700000.00", None),
        ("2,700,000", "2700000.00", None),
        ("£2.7m", "2700000.00", "GBP"),
        ("GBP 2.7 million", "2700000.00", "GBP"),
        ("2.7 million gbp", "2700000.00", "GBP"),
        ("RMB 1,422 billion", "1422000000000.00", "CNY"),
        ("RMB 1,422.5", "1422.50", "CNY"),
        ("US$5k", "5000.00", "USD"),
        ("300万元", "3000000.00", "CNY"),
        ("10 MYR", "10.00", "MYR"),
        ("0", "0.00", None),
    ],
)
def test_an_amount_is_read_as_people_type_it(typed, amount, currency):
    assert parse_typed_amount(typed) == (Decimal(amount) if amount else None, currency)


@pytest.mark.parametrize(
    "typed", ["NaN", "Infinity", "-Infinity", "1e400", "-5", "2,7", "1,42,200", "1.2.3", "abc", "2.7.m"]
)
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(ValueError, match=r"^“.*” is not an amount\. Enter a figure such as 2,700,000, 2\.7m"):
        parse_typed_amount(typed)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("$5m", "“$” stands for several currencies: write USD, AUD, CAD, HKD or another, or choose the currency."),
        ("¥5", "“¥” stands for several currencies: write CNY or JPY, or choose the currency."),
        ("XYZ 5", "“XYZ” is not a currency in use. Write its three letters, such as GBP or CNY."),
        ("£5 USD", "The amount names two currencies."),
        ("1.234", "The amount has more than two places after the point."),
        ("10 trillion", "The amount is too large: at most 13 digits before the point can be kept."),
        ("10,000 trillion", "The amount is too large: at most 13 digits before the point can be kept."),
        ("9" * 60, "The amount is too large: at most 13 digits before the point can be kept."),
        ("9" * 5000, "An amount has at most 60 characters; this has 5000."),
    ],
)
def test_a_refused_amount_says_why(typed, sentence):
    with pytest.raises(ValueError) as refused:
        parse_typed_amount(typed)
    assert str(refused.value) == sentence


@given(st.text(max_size=70))
def test_any_text_is_an_amount_that_fits_or_is_refused(text):
    try:
        amount, currency = parse_typed_amount(text)
    except ValueError:
        return
    assert amount is None or (amount.is_finite() and len(amount.as_tuple().digits) <= 15)
    assert currency is None or currency in CURRENCIES


def test_money_reads_as_code_and_figure():
    assert [
        str(money)
        for money in (
            Money(Decimal("2700000"), "GBP"),
            Money(Decimal("2700000.00"), "GBP", "£2.7m", True),
            Money(Decimal("10.5"), ""),
            Money(as_stated="several million"),
            Money(),
        )
    ] == ["GBP 2,700,000", "about GBP 2,700,000", "10.50, currency not stated", "“several million”", ""]
    assert not Money()
    assert Money(Decimal(0), "GBP")


def test_every_currency_has_three_letters_and_a_name():
    assert len(CURRENCIES) == 155
    assert all(len(code) == 3 and code.isupper() and name for code, name in CURRENCIES.items())
    assert all(len(code) == 3 and code.isupper() for code in WITHDRAWN)
    assert not WITHDRAWN & CURRENCIES.keys()
    assert {"GBP", "CNY", "EUR", "USD", "MYR", "XCG", "ZWG"} <= CURRENCIES.keys()
