"""Until when notice can be given."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from partnerships.agreements.models import Agreement
from partnerships.agreements.notice import last_day_of_notice
from tests.samples import agreement


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("6 months", date(2027, 6, 30)),
        ("six (6) months’ written notice", date(2027, 6, 30)),
        ("ninety days", date(2027, 10, 2)),
        ("90-day notice", date(2027, 10, 2)),
        ("1 year", date(2026, 12, 31)),
        ("提前六个月", date(2027, 6, 30)),
        ("两个月", date(2027, 10, 31)),
        ("two weeks", date(2027, 12, 17)),
        ("twenty-four months", date(2025, 12, 31)),
        ("10000 days", date(2000, 8, 14)),
        ("3 months, or 6 months in the first year", None),
        ("reasonable notice", None),
        ("1.5 months", None),
        ("0 days", None),
        ("9999 years", None),
        ("", None),
    ],
)
def test_a_period_as_written_gives_the_last_day_for_notice_or_none(words, day):
    assert last_day_of_notice(words, date(2027, 12, 31)) == day


def test_an_end_without_a_year_gives_no_day():
    assert last_day_of_notice("6 months", None) is None


@pytest.mark.django_db
def test_the_last_day_counts_from_the_first_day_that_the_end_can_mean():
    written = agreement("A", ends_on="2027", notice_period="6 months")
    written.refresh_from_db()
    assert written.notice_on == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("starts", "ends", "refused"),
    [
        ("2026-01-01", "2026-06-29", True),
        ("2026-01-01", "2026-06-30", False),
        ("2026", "2026-06", False),
        ("", "2026", False),
    ],
)
def test_a_notice_period_certainly_longer_than_the_term_is_refused_by_name(starts, ends, refused):
    one = Agreement(title="A", starts_on=starts, ends_on=ends, notice_period="6 months")
    if not refused:
        return one.clean()
    with pytest.raises(ValidationError) as caught:
        one.clean()
    assert list(caught.value.message_dict) == ["notice_period"]
