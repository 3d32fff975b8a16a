"""Months and weeks as addresses write them, and the days that a date certainly states."""

from datetime import date

import pytest

from partnerships.calendars.days import Days, days_of
from partnerships.calendars.periods import month_of, read_period, week_of
from partnerships.values.dates import HonestDate

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("name", "text", "first", "last"),
    [
        ("month", "", date(2026, 11, 1), date(2026, 11, 30)),
        ("month", "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("month", "1800-01", date(1800, 1, 1), date(1800, 1, 31)),
        ("month", "2200-12", date(2200, 12, 1), date(2200, 12, 31)),
        ("week", "", date(2026, 11, 23), date(2026, 11, 29)),
        ("week", "2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        ("week", "2026-W13", date(2026, 3, 23), date(2026, 3, 29)),
        ("week", "2025-W01", date(2024, 12, 30), date(2025, 1, 5)),
    ],
)
def test_a_period_is_read_as_it_is_written(name, text, first, last):
    period = read_period(name, text, TODAY)
    assert (period.first, period.last) == (first, last)
    assert not text or period.value == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(
            ("month", text)
            for text in ("2026-13", "2026-00", "0001-01", "9999-12", "2026", "2026-1", "٢٠٢٦-١١", "x" * 500)
        ),
        *(("week", text) for text in ("2025-W53", "2026-W00", "2026-W54", "0001-W01", "9999-W52", "2026-48", "W48")),
    ],
)
def test_what_is_no_period_is_refused_with_how_one_is_written(name, text):
    with pytest.raises(ValueError, match=f"is no {name} of this calendar. A {name} is written as"):
        read_period(name, text, TODAY)


def test_time_has_ends():
    assert month_of(date(1800, 1, 5)).beside(-1) is None
    assert month_of(date(2200, 12, 5)).beside(1) is None
    assert month_of(date(2026, 1, 31)).beside(-1) == month_of(date(2025, 12, 1))
    assert week_of(date(2026, 12, 31)).beside(1) == week_of(date(2027, 1, 4))


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("2026-11-12", Days(date(2026, 11, 12), date(2026, 11, 12))),
        ("2024-02-28/2024-03-01", Days(date(2024, 2, 28), date(2024, 3, 1))),
        ("2026-11-12/..", Days(date(2026, 11, 12), None)),
        *(
            (text, None)
            for text in ("2027-05", "2026", "2026~", "2026-11-12~", "XXXX-05", "XXXX-05-12", "", "../2026-11-12")
        ),
        ("2026-11-12/2026-12", None),
    ],
)
def test_only_a_date_known_to_the_day_has_days(notation, expected):
    assert days_of(HonestDate.from_notation(notation)) == expected


def test_days_know_which_of_them_one_is():
    days = Days(date(2024, 2, 28), date(2024, 3, 1))
    assert days.between(date(2024, 2, 29), date(2024, 12, 31)) == [date(2024, 2, 29), date(2024, 3, 1)]
    assert [days.words_on(date(2024, 2, 29)), Days(days.first, None).words_on(days.first)] == [
        "day 2 of 3",
        "end not stated",
    ]
