"""A typed date or sum is said back in words, or why it can't be read."""

import pytest

from partnerships.values.forms import HonestDateFormField
from partnerships.values.readback import date_read, money_read


@pytest.mark.parametrize(
    ("typed", "read", "notation"),
    [
        ("May", "May, year not stated", "XXXX-05"),
        ("between 2020 and 2022", "2020 to 2022", "2020/2022"),
        ("Sep 2015", "September 2015", "2015-09"),
        ("about 2015", "about 2015", "2015~"),
        ("", "", ""),
    ],
)
def test_a_date_is_said_back_in_words(typed, read, notation):
    assert date_read(typed) == {"read": read, "notation": notation}


@pytest.mark.parametrize(
    ("typed", "read", "notation"),
    [
        ("£1.4m", "GBP 1,400,000", "GBP 1400000.00"),
        ("RMB 1,422 billion", "CNY 1,422,000,000,000", "CNY 1422000000000.00"),
        ("about 5m EUR", "EUR 5,000,000, approximately", "EUR 5000000.00"),
        ("~ £1.50", "GBP 1.50, approximately", "GBP 1.50"),
        ("£2m approx.", "GBP 2,000,000, approximately", "GBP 2000000.00"),
        ("2.7m", "2,700,000, currency not typed", "2700000.00"),
        ("", "", ""),
    ],
)
def test_a_sum_is_said_back_in_words(typed, read, notation):
    assert money_read(typed) == {"read": read, "notation": notation}


@pytest.mark.parametrize("typed", ["3/4/26", "last year", "2022-13", "\x07", "9" * 199, "about"])
def test_what_is_no_date_is_told_and_never_guessed(typed):
    assert list(date_read(typed)) == ["error"]


@pytest.mark.parametrize("typed", ["$5m", "about", "a lot", "-5", "5 EUR GBP", "9" * 199, "about about 5"])
def test_what_is_no_sum_is_told_and_never_guessed(typed):
    assert list(money_read(typed)) == ["error"]


def test_a_form_that_comes_back_says_under_the_box_how_the_date_was_understood():
    drawn = HonestDateFormField().widget.render("on", ["May", "in May"], {"id": "id_on"})
    assert "Read as <b>May, year not stated</b>" in drawn
    assert "Read as" not in HonestDateFormField().widget.render("on", ["May 12345", ""], {"id": "id_on"})
